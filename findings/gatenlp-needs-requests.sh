#!/usr/bin/env bash
# Loading a GATE document (bdocjs) in an environment that holds gatenlp and what it asks for.
#
# Library: gatenlp 1.0.8.
# Expected: Document.load reads a file that lies on the disk.
# Seen: ModuleNotFoundError for requests, which the package imports whatever is loaded and does not ask for; with requests
#   beside it the same file is read.
# What follows: colleagues who are handed a bdocjs file have to install both by name. The file itself is sound.
# Fails, with exit 1, when that has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet "gatenlp==1.0.8"
cat > "$dir/a.bdocjs" <<'DOC'
{"annotation_sets": {"": {"name": "", "annotations": [{"type": "GPE", "start": 3, "end": 7, "id": 0, "features": {}}], "next_annid": 1}},
 "text": "In Oslo.", "features": {}, "offset_type": "p", "name": "a"}
DOC
cat > "$dir/load.py" <<'PY'
import sys
try:
    from gatenlp import Document
    document = Document.load(sys.argv[1])
    print([document[annotation] for annotation in document.annset()])
except ModuleNotFoundError as error:
    print(error.name)
PY
without=$("$dir/venv/bin/python" "$dir/load.py" "$dir/a.bdocjs" | tail -1)
"$dir/venv/bin/pip" install --quiet "requests==2.32.5"
with=$("$dir/venv/bin/python" "$dir/load.py" "$dir/a.bdocjs" | tail -1)
echo "without requests: $without; with it: $with"
[ "$without" = requests ] && [ "$with" = "['Oslo']" ]
