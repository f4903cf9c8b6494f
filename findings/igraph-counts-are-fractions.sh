#!/usr/bin/env bash
# Whole numbers of a network in GraphML.
#
# Library: igraph 1.0.0 (Python), Graph.Read_GraphML; beside it networkx 3.6.1.
# Expected: an attribute that is declared as attr.type="long" is read as a whole number.
# Seen: networkx does so; igraph reads a floating point number: 3 is 3.0, and 9007199254740993 is 9007199254740992.0. What it
#   writes again is declared as double.
# What follows: counts print with a fraction, and ids that are large numbers have to be texts, or two of them become one.
# Fails, with exit 1, when that has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet "igraph==1.0.0" "networkx==3.6.1"
cd "$dir"
cat > a.graphml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="count" for="node" attr.name="count" attr.type="long"/>
  <graph edgedefault="undirected">
    <node id="a"><data key="count">3</data></node>
    <node id="b"><data key="count">9007199254740993</data></node>
    <edge source="a" target="b"/>
  </graph>
</graphml>
XML
"$dir/venv/bin/python" - <<'PY'
import sys

import igraph
import networkx

graph = igraph.Graph.Read_GraphML("a.graphml")
counts = graph.vs["count"]
graph.write_graphml("b.graphml")
with open("b.graphml") as file:
    is_double = 'attr.name="count" attr.type="double"' in file.read()
whole = [count for _, count in networkx.read_graphml("a.graphml").nodes(data="count")]
print(f"igraph: {counts}, written again as a double: {is_double}; networkx: {whole}")
is_so = [repr(count) for count in counts] == ["3.0", "9007199254740992.0"] and is_double
sys.exit(not (is_so and [repr(count) for count in whole] == ["3", "9007199254740993"]))
PY
