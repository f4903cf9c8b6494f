#!/usr/bin/env bash
# Converting a file of tasks that Label Studio imports, with the converter of its own SDK.
#
# Library: label-studio-sdk 2.1.2, label_studio_sdk.converter.Converter.
# Expected: a file of tasks as the server takes it at import (data and annotations; ids are given by the server) is converted.
# Seen: to JSON it is; to JSON_MIN, CSV and CONLL2003 it ends in KeyError: 'id'. With a number as "id" in each task the same
#   file is converted; annotations need none.
# What follows: whoever writes tasks gives each a number, although the server makes its own.
# Fails, with exit 1, when that has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet "label-studio-sdk==2.1.2"
cd "$dir"
cat > config.xml <<'XML'
<View><Labels name="label" toName="text"><Label value="GPE"/></Labels><Text name="text" value="$text"/></View>
XML
"$dir/venv/bin/python" - <<'PY'
import json
import sys

from label_studio_sdk.converter import Converter

value = {"start": 3, "end": 7, "text": "Oslo", "labels": ["GPE"]}
region = {"id": "a", "from_name": "label", "to_name": "text", "type": "labels", "value": value}
task = {"data": {"text": "In Oslo."}, "annotations": [{"result": [region]}]}

def converted(task, form):
    with open("tasks.json", "w") as file:
        json.dump([task], file)
    try:
        Converter(config="config.xml", project_dir=".").convert("tasks.json", "out-" + form, form, is_dir=False)
        return "converted"
    except KeyError as error:
        return f"KeyError {error}"

forms = ["JSON", "JSON_MIN", "CSV", "CONLL2003"]
bare = [converted(task, form) for form in forms]
numbered = [converted({"id": 1, **task}, form) for form in forms]
print("without ids:", dict(zip(forms, bare)))
print("with ids:   ", dict(zip(forms, numbered)))
sys.exit(not (bare == ["converted"] + ["KeyError 'id'"] * 3 and numbered == ["converted"] * 4))
PY
