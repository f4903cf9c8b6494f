#!/usr/bin/env bash
# Ids in quotation marks, read as a table.
#
# Library: pandas 3.1.1, read_json(..., lines=True).
# Expected: what stands in quotation marks is read as text: "0012" stays "0012".
# Seen: a column whose texts can all be taken for numbers becomes one of numbers. "0012" and "0013" are 12 and 13, and the
#   first digits of a hash, "4e1234", are infinity: ids that were different are then the same. With dtype=False they stay.
# What follows: whoever joins tables by article id has to pass dtype=False, or ids need a letter that no number has.
# Fails, with exit 1, when that has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet "pandas==3.1.1"
"$dir/venv/bin/python" - <<'PY'
import io
import sys

import pandas as pd

def ids(*ids, **how):
    lines = "".join(f'{{"id": "{one}", "text": "In Oslo."}}\n' for one in ids)
    return pd.read_json(io.StringIO(lines), lines=True, **how)["id"].tolist()

numbers, hashes, kept = ids("0012", "0013"), ids("4e1234", "7e5678"), ids("0012", "4e1234", dtype=False)
mixed = ids("0012", "a0013")
print(f"digits: {numbers}; hashes: {hashes}; with dtype=False: {kept}; beside one with a letter: {mixed}")
sys.exit(not (numbers == [12, 13] and hashes == [float("inf")] * 2 and kept == ["0012", "4e1234"] and mixed == ["0012", "a0013"]))
PY
