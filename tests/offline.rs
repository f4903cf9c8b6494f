//! Provably offline: no crate of the engine can reach a network, those of the window only the desktop's own sockets; and
//! the program, watched by the operating system, opens no internet socket.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use super::cli::Desk;

/// What networking crates are called, wholly or in part.
const NAMES: [&str; 16] = [
    "mio",
    "tokio",
    "async-std",
    "async-io",
    "async-net",
    "polling",
    "smol",
    "isahc",
    "attohttpc",
    "minreq",
    "ureq",
    "surf",
    "zbus",
    "x11rb",
    "url",
    "webbrowser",
];
const PARTS: [&str; 22] = [
    "http",
    "hyper",
    "tls",
    "quiche",
    "quinn",
    "socket",
    "tungstenite",
    "dns",
    "reqwest",
    "curl",
    "grpc",
    "tonic",
    "webrtc",
    "ssh",
    "ftp",
    "smtp",
    "mqtt",
    "amqp",
    "p2p",
    "_uds",
    "uds_",
    "wasi-",
];

/// What windowing needs of them, and why.
const NEEDED: [(&str, &str); 9] = [
    ("x11rb", "the X server: a Unix socket, or what DISPLAY names"),
    ("zbus", "D-Bus: screen readers through AccessKit"),
    ("uds_windows", "zbus names it for Windows, where AccessKit uses none of it"),
    ("async-io", "zbus waits for the D-Bus socket with it"),
    ("polling", "waits for the Wayland and D-Bus sockets"),
    ("scoped-tls", "storage local to a thread; no network"),
    ("url", "webbrowser parses what a link points to"),
    ("webbrowser", "asks the desktop to open a link of the About dialog; opens no socket itself"),
    ("tokio", "wasm-bindgen-futures names it for browsers; built for none of our platforms"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The names of the packages in Cargo.lock, each with those that it may be built with.
fn lock() -> BTreeMap<String, BTreeSet<String>> {
    let text = std::fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let mut packages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for block in text.split("[[package]]").skip(1) {
        let name = block.split_once("name = \"").unwrap().1.split('"').next().unwrap();
        let dependencies = block.split_once("dependencies = [").map_or("", |(_, rest)| rest.split(']').next().unwrap_or_default());
        let names = dependencies.lines().filter_map(|line| line.trim().strip_prefix('"')?.split([' ', '"']).next());
        packages.entry(name.to_owned()).or_default().extend(names.map(str::to_owned));
    }
    packages
}

/// Everything that may be built for the given packages.
fn reached(packages: &BTreeMap<String, BTreeSet<String>>, from: impl IntoIterator<Item = String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open: Vec<String> = from.into_iter().collect();
    while let Some(name) = open.pop() {
        if found.insert(name.clone()) {
            open.extend(packages.get(&name).unwrap_or_else(|| panic!("Cargo.lock has no {name}")).iter().cloned());
        }
    }
    found
}

fn networking(packages: &BTreeSet<String>) -> BTreeSet<&str> {
    let is_networking = |name: &&str| NAMES.contains(name) || PARTS.iter().any(|part| name.contains(part));
    packages.iter().map(String::as_str).filter(is_networking).collect()
}

/// The dependencies that Cargo.toml lists under a heading: all of them, or only those that are always there.
fn direct(heading: &str, with_optional: bool) -> Vec<String> {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let section = manifest.split_once(&format!("\n[{heading}]\n")).unwrap().1.split("\n[").next().unwrap();
    let lines = section.lines().filter(|line| with_optional || !line.contains("optional = true"));
    lines.filter_map(|line| Some(line.split_once('=')?.0.trim().to_owned()).filter(|name| !name.starts_with('#'))).collect()
}

#[test]
fn no_networking_crate_enters_the_tree_beyond_what_windowing_needs() {
    let packages = lock();
    let engine = reached(&packages, direct("dependencies", false));
    assert!(engine.len() > 50 && engine.contains("regex"), "the test has lost its subject");
    assert_eq!(networking(&engine), BTreeSet::new(), "the engine and the command line reach no network");

    let all = reached(&packages, ["manicule".to_owned()]);
    let needed: BTreeSet<&str> = NEEDED.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        networking(&all),
        needed,
        "a crate here that is not among those needed wants a reason, one that has gone wants striking out"
    );
}

#[test]
fn a_networking_crate_would_be_known() {
    for name in ["reqwest", "hyper-util", "rustls", "native-tls", "tokio", "socket2", "ureq", "hickory-dns", "quinn", "curl-sys", "mio"] {
        assert_eq!(networking(&[name.to_owned()].into()).len(), 1, "{name}");
    }
}

/// Runs a subcommand under strace, and answers what it said of sockets.
fn watched(desk: &Desk, args: &[&str], input: Option<&str>) -> String {
    let trace = desk.file("trace");
    let mut command = Command::new("strace");
    command.args(["-f", "-e", "trace=socket,connect,bind,sendto", "-o"]).arg(&trace).arg(env!("CARGO_BIN_EXE_manicule")).args(args);
    command.current_dir(&desk.folder).env("HOME", desk.file("home"));
    if let Some(script) = input {
        std::fs::write(desk.file("script"), script).unwrap();
        command.arg("script");
    }
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    std::fs::read_to_string(trace).unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn the_command_line_opens_no_internet_socket() {
    let desk = Desk::new(&["[PERSON? Ann Lee] met [ORG? NATO]"]);
    let can_watch = Command::new("strace").args(["-o", "/dev/null", "true"]).output().is_ok_and(|output| output.status.success());
    if !can_watch {
        return eprintln!("skipped: there is no strace here, or it may not watch");
    }
    std::fs::write(desk.file("a.txt"), "Ports reopen\n\nAnn Lee of NATO flew to Oslo on 3 May 2026.\n").unwrap();
    std::fs::write(desk.file("b.jsonl"), "{\"text\": \"Ann Lee flew to Oslo.\", \"entities\": [[0, 7, \"PERSON\"]]}\n").unwrap();
    let runs: [(&[&str], Option<&str>); 9] = [
        (&["tag", "a.txt"], None),
        (&["import", "a.txt", "--tag", "-o", "t.ron"], None),
        (&["import", "b.jsonl", "--from", "jsonl", "-o", "j.ron"], None),
        (&["apply", "s.ron"], Some("confirm a 0..7\nundo\nconfirm a 12..16\n")),
        (&["export", "s.ron", "--to", "jsonl", "-o", "out.jsonl"], None),
        (&["refresh", "t.ron"], None),
        (&["check", "s.ron"], None),
        (&["log", "s.ron"], None),
        (&["info", "s.ron"], None),
    ];
    for (args, input) in runs {
        let trace = watched(&desk, args, input);
        assert!(trace.contains("+++ exited with 0 +++"), "{args:?}: strace saw nothing: {trace}");
        assert!(!trace.contains("AF_INET"), "{args:?}: {trace}");
    }
}
