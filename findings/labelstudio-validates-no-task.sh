#!/usr/bin/env bash
# Asking Label Studio's SDK whether a task fits its labelling config.
#
# Library: label-studio-sdk 2.1.2, label_studio_sdk.label_interface.LabelInterface.
# Expected: validate_task answers True for a task that the server takes.
# Seen: TypeError for every task: it calls validate_annotation without the annotation. validate_annotation itself, given the
#   same annotation, answers True.
# What follows: nobody can check a file of tasks with it; the annotations have to be asked about one by one.
# Fails, with exit 1, when that has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet "label-studio-sdk==2.1.2"
"$dir/venv/bin/python" - <<'PY'
import sys

from label_studio_sdk.label_interface import LabelInterface

config = '<View><Labels name="label" toName="text"><Label value="GPE"/></Labels><Text name="text" value="$text"/></View>'
interface = LabelInterface(config)
value = {"start": 3, "end": 7, "text": "Oslo", "labels": ["GPE"]}
region = {"id": "a", "from_name": "label", "to_name": "text", "type": "labels", "value": value}
annotation = {"result": [region]}

def answer(ask, what):
    try:
        return ask(what)
    except TypeError as error:
        return f"TypeError: {error}"

task = answer(interface.validate_task, {"id": 1, "data": {"text": "In Oslo."}, "annotations": [annotation]})
alone = answer(interface.validate_annotation, annotation)
print("the task:", task)
print("its annotation:", alone)
sys.exit(not ("missing 1 required positional argument" in str(task) and alone is True))
PY
