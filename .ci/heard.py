"""Hears what a screen reader would: listens on AT-SPI while keys go into a real window.

usage: heard.py SESSION.ron PROGRAM... (a display, a session bus and an accessibility bus are running)
"""
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
import pyatspi  # noqa: E402
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 15.0
spoken, renamed = [], []


def pump(until, patience=PATIENCE):
    """Takes events in until something holds; answers whether it came to hold."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        while GLib.MainContext.default().iteration(False):
            pass
        if until():
            return True
        time.sleep(0.02)
    return bool(until())


def fail(words):
    sys.exit(f"heard-test: {words}")


def window():
    """The frame of the program, once it is in the tree."""
    desktop = pyatspi.Registry.getDesktop(0)
    for app in (desktop.getChildAtIndex(i) for i in range(desktop.childCount)):
        if app is not None and app.name == "manicule" and app.childCount:
            return app.getChildAtIndex(0)
    return None


def nodes(node):
    if node is None:
        return
    yield node
    for i in range(node.childCount):
        yield from nodes(node.getChildAtIndex(i))


def states(node):
    return {pyatspi.stateToString(state) for state in node.getState().getStates()}


def key(chord):
    subprocess.run(["xdotool", "key", "--clearmodifiers", chord], check=True)


def hears(chord, expected):
    """Presses a key; what is spoken then is what was expected, once, and the key renames few nodes."""
    spoken.clear()
    renamed.clear()
    key(chord)
    if not pump(lambda: spoken):
        fail(f"{chord}: nothing was said instead of {expected!r}")
    pump(lambda: False, 0.4)
    if spoken != [expected]:
        fail(f"{chord}: {spoken!r} was said instead of {expected!r}")
    if len(renamed) > 12:
        fail(f"{chord}: {len(renamed)} nodes were renamed: {renamed!r}")
    print(f"  {chord:12} {expected}")


def main():
    listeners = [
        Atspi.EventListener.new(lambda event: spoken.append(event.any_data)),
        Atspi.EventListener.new(lambda event: renamed.append(event.source.name if event.source else "")),
    ]
    listeners[0].register("object:announcement")
    listeners[1].register("object:property-change:accessible-name")
    program = subprocess.Popen(sys.argv[2:])
    try:
        if not pump(lambda: program.poll() is not None or window(), 60.0) or program.poll() is not None:
            fail("the window is not in the tree")
        found = subprocess.run(
            ["xdotool", "search", "--sync", "--onlyvisible", "--pid", str(program.pid)], capture_output=True, text=True, timeout=60
        )
        window_id = found.stdout.split()[-1]
        subprocess.run(["xdotool", "windowmove", window_id, "0", "0", "windowsize", window_id, "1280", "800"], check=True)
        subprocess.run(["xdotool", "windowfocus", window_id], check=True)
        pump(lambda: any(node.getRoleName() == "toggle button" for node in nodes(window())))
        pump(lambda: False, 1.5)
        check_tree()
        check_steps()
        check_decisions()
        check_caret()
    finally:
        program.terminate()
        program.wait(20)


def check_tree():
    """Frame, tabs, the list and the open article have names and states."""
    frame = window()
    if "Manicule" not in frame.name:
        fail(f"the frame is called {frame.name!r}")
    tree = list(nodes(frame))
    tabs = {node.name: states(node) for node in tree if node.getRoleName() == "page tab"}
    if {name for name, own in tabs.items() if "selected" in own} != {"Review"} or len(tabs) != 7:
        fail(f"tabs: {tabs!r}")
    rows = [states(node) for node in tree if node.getRoleName() == "list item"]
    if not rows or "selected" not in rows[0]:
        fail(f"the open article is not selected in the list: {rows!r}")
    pages = [(node.name, node.description) for node in tree if node.getRoleName() == "document frame"]
    if ("Article: Ferries of the northern harbours", "0 of 24 mentions settled") not in pages:
        fail(f"pages: {pages!r}")


def check_steps():
    """→ and Tab speak the mention that comes into focus."""
    print("steps")
    people = ["Reiko Hanamori", "Stenbock House", "Nora Hale", "Vienna", "Ivo Brandt", "Oslo"]
    labels = ["PERSON", "GPE", "PERSON", "GPE", "PERSON", "GPE"]
    for i in range(1, 6):
        hears("Right", f"{labels[i]} {people[i]}, suggested")
    for i in range(4, -1, -1):
        hears("shift+Tab" if i % 2 else "Left", f"{labels[i]} {people[i]}, suggested")


def check_decisions():
    """A decision speaks itself and what comes next."""
    print("decisions")
    hears("x", "Rejected Reiko Hanamori; next: GPE Stenbock House")
    hears("o", "Retyped Stenbock House ORG; next: PERSON Nora Hale")
    hears("space", "Confirmed Nora Hale; next: GPE Vienna")
    hears("space", "Confirmed Vienna; next: PERSON Ivo Brandt")
    hears("x", "Rejected Ivo Brandt; next: GPE Oslo")
    hears("ctrl+z", "Undone: reject Ivo Brandt PERSON; PERSON Ivo Brandt, suggested")
    hears("space", "Confirmed Ivo Brandt; next: GPE Oslo")
    hears("l", "Retyped Oslo LOC; next: PERSON Mira Solheim")
    hears("x", "Rejected Mira Solheim; next: GPE Bergen")
    hears("space", "Confirmed Bergen; next: PERSON Tomas Vale")
    hears("shift+Right", "Moved the edge of Tomas Vale; now Tomas Vale reached")


def check_caret():
    """The caret speaks the word under it and the selection."""
    print("caret")
    hears("i", "Tomas")
    hears("Right", "Vale")
    hears("Right", "reached")
    hears("shift+Right", "Lisbon; selected reached Lisbon")


if __name__ == "__main__":
    main()
