#!/usr/bin/env bash
# A JSONL file whose rows have an empty list in a column, before one whose rows have structs there.
#
# Library: datasets 5.2.0 (with pyarrow 26.0.1), load_dataset("json", data_files=[...]).
# Expected: one table of two rows, for an empty list says nothing against structs; the other order of the same two files
#   gives just that.
# Seen: the first file alone gives the column the type list<null>, and the second is refused with a TypeError (a struct cannot be cast to null).
# What follows: whoever writes one file an article has to name one with mentions first. Lines that all have the same keys
#   with values of one kind do not help, for an empty list has no kind.
# Fails, with exit 1, when that has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet "datasets==5.2.0" "pyarrow==26.0.1"
cd "$dir"
printf '%s\n' '{"id": "a", "entities": []}' > a.jsonl
printf '%s\n' '{"id": "b", "entities": [{"start": 0, "end": 4, "label": "GPE"}]}' > b.jsonl
HF_HUB_OFFLINE=1 HF_DATASETS_CACHE=$dir/cache "$dir/venv/bin/python" - <<'PY'
import sys
from datasets import load_dataset
from datasets.exceptions import DatasetGenerationError

def rows(files):
    try:
        return load_dataset("json", data_files=files, split="train").num_rows
    except DatasetGenerationError as error:
        return type(error.__cause__).__name__

first, last = rows(["a.jsonl", "b.jsonl"]), rows(["b.jsonl", "a.jsonl"])
print(f"the empty list first: {first}; last: {last}")
sys.exit(not (first == "TypeError" and last == 2))
PY
