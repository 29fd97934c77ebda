#!/bin/sh
# Explanations in forms that other programs read: JSON, XML (SVG) and, where Graphviz is, DOT are well formed whatever
# stands in the case and the rules, and have the same parts.
set -eu
here=$(cd -- "$(dirname -- "$0")" && pwd -P)
cd "$here/.."
SURPLACE=${SURPLACE:-build/dev/surplace}
command -v python3 >/dev/null 2>&1 || exit 77
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

cat >"$tmp/compare.py" <<'PYTHON'
import json, sys, xml.dom.minidom
json_path, svg_path, dot_path = sys.argv[1:]
nodes = json.load(open(json_path, encoding="utf-8"))["nodes"]
addresses = {node["address"] for node in nodes}
assert all("see" not in node or node["see"] in addresses for node in nodes), "a reference to nothing"
assert all(node.get("parent") in addresses for node in nodes[1:]), "a part of nothing"
svg = xml.dom.minidom.parse(svg_path).documentElement
groups = [group for group in svg.getElementsByTagName("g")]
drawn = {group.getElementsByTagName("title")[0].firstChild.data for group in groups}
assert drawn <= addresses, "a box of nothing"
assert not {e.tagName for e in svg.getElementsByTagName("*")} - {"title", "style", "rect", "path", "g", "text"}
width, height = int(svg.getAttribute("width")), int(svg.getAttribute("height"))
boxes = [r for r in svg.getElementsByTagName("rect") if r.hasAttribute("x")]
assert len(boxes) == len(groups), "a box without texts"
bottom = 0
for r in boxes:
    x, y, w, h = (int(r.getAttribute(name)) for name in ("x", "y", "width", "height"))
    assert y >= bottom and x + w <= width and y + h <= height, "boxes that overlap, or outside the picture"
    bottom = y + h
print(len(nodes), "parts")
PYTHON

# explain RULES CASE CRITERION
explain() {
    for format in json svg dot; do
        "$SURPLACE" explain --rules "$1" "$2" "$3" -f "$format" >"$tmp/out.$format"
    done
    python3 "$tmp/compare.py" "$tmp/out.json" "$tmp/out.svg" "$tmp/out.dot" || { echo "explain: $2 $3"; exit 1; }
    if command -v dot >/dev/null 2>&1; then
        dot -Tcanon "$tmp/out.dot" >/dev/null
    fi
}

explain tests/golden/explain-hostile/rules tests/golden/explain-hostile/case.yaml kim.wanted
for criterion in anna.refugee anna.afraid "flight.prohibited" "BBB.reaches(CCC)"; do
    explain tests/golden/library/mini tests/golden/library/anna.yaml "$criterion"
done
for criterion in kim.refugee_sur_place kim.excluded handover.prohibited_by_article_33 handover.prohibited_by_cat; do
    explain rules examples/cases/food-seeker.yaml "$criterion"
done
