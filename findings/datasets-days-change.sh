#!/usr/bin/env bash
# Texts in a column of JSONL that all look like days, in one file of several.
#
# Library: datasets 5.2.0 (with pyarrow 26.0.1), load_dataset("json", data_files=[...]).
# Expected: what stands in quotation marks is text and stays as it is written.
# Seen: where each text of a file's column is a day (2026-11-05), it is read as timestamp[s]. Before a file that says
#   "November 2026" there, that one is refused (ArrowInvalid); behind it the column stays text and the day is another text:
#   "2026-11-05 00:00:00". With features= naming the column text both orders load, and the day is that other text in either.
# What follows: days of publication, which sources write in many ways, load, change or do not load by which article comes first.
# Fails, with exit 1, when that has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet "datasets==5.2.0" "pyarrow==26.0.1"
cd "$dir"
printf '%s\n' '{"id": "a", "published": "2026-11-05"}' > day.jsonl
printf '%s\n' '{"id": "b", "published": "November 2026"}' > month.jsonl
HF_HUB_OFFLINE=1 HF_DATASETS_CACHE=$dir/cache "$dir/venv/bin/python" - <<'PY'
import sys
from datasets import Features, Value, load_dataset
from datasets.exceptions import DatasetGenerationError

def published(files, **how):
    try:
        return [str(one) for one in load_dataset("json", data_files=files, split="train", **how)["published"]]
    except DatasetGenerationError as error:
        return type(error.__cause__).__name__

first, last = published(["day.jsonl", "month.jsonl"]), published(["month.jsonl", "day.jsonl"])
named = published(["day.jsonl", "month.jsonl"], features=Features({"id": Value("string"), "published": Value("string")}))
print(f"the day first: {first}; last: {last}; with the kinds named: {named}")
is_so = first == "ArrowInvalid" and last == ["November 2026", "2026-11-05 00:00:00"]
sys.exit(not (is_so and named == ["2026-11-05 00:00:00", "November 2026"]))
PY
