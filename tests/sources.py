"""What every rule base of ours owes its readers, asked of the program and of the files themselves.

    sources.py PROGRAM RULES

The program refuses most breaches when it loads the rules; what it leaves to us is read from the files. Then each breach
is planted in a copy of the rules, and it must be found: a test of the test.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

import yaml

LEGAL = {"legal_criterion", "factual_premise"}


def document(text):
    """BaseLoader, so that `no` and 1951 stay the texts that they are."""
    return yaml.load(text, Loader=yaml.BaseLoader)


def nodes(tree):
    """Every mapping in a tree, the tree among them."""
    if isinstance(tree, dict):
        yield tree
        for part in tree.values():
            yield from nodes(part)
    elif isinstance(tree, list):
        for part in tree:
            yield from nodes(part)


def rules_of(tree):
    kind = tree["surplace"].split("/")[0]
    if kind == "rules":
        yield from tree.get("rules") or []
    if kind == "reading":
        yield from (tree.get("replace") or []) + (tree.get("add") or [])


def breaches(trees):
    """Breaches that stand in the files, as (kind, what)."""
    kinds = {p["id"]: p["kind"] for tree in trees for p in tree.get("passages") or [] if "quote" in p}
    entities = {name: about for tree in trees if tree["surplace"].startswith("vocabulary/")
                for name, about in (tree.get("entities") or {}).items()}
    cited = set()
    for tree in trees:
        for rule in rules_of(tree):
            passages = {p for node in nodes(rule) for p in node.get("passages") or []}
            cited |= passages
            explains = entities[rule["concludes"].split(".")[0]].get("kind") == "explanation"
            if not rule.get("authority") and not rule.get("passages"):
                yield "uncited", rule["id"]
            if not explains and any(kinds.get(p) not in LEGAL for p in passages):
                yield "wall", rule["id"]
        for node in nodes(tree):
            if "if_open" in node and not (node.get("authority") and
                                          (node.get("burden") or node["if_open"] == "open")):
                yield "presumption", node
    for passage in sorted(set(kinds) - cited):
        yield "unused-passage", passage


def refused(program, folder):
    """The words of the faults for which the program will not load the rules."""
    run = subprocess.run([program, "fmt", "--as", "prose", "--rules", str(folder)], capture_output=True, text=True)
    if run.returncode == 0:
        return set()
    assert run.returncode == 3, (run.returncode, run.stderr)
    return {line.rsplit("[", 1)[1].rstrip("]") for line in run.stderr.splitlines() if ": error: " in line}


PASSAGE = "surplace: passages/1\nsource: {id: s, title: T, author: A, published: P, year: 2000}\npassages:\n"
RULE = "surplace: rules/1\nrules:\n  - id: planted\n    title: Planted\n    concludes: person.refugee\n"
READING = "surplace: reading/1\nid: planted\ntitle: Planted\nextends: unhcr\npresume:\n"
VOCABULARY = "surplace: vocabulary/1\nentities:\n  planted:\n    collection: planted\n    facts:\n"

# What is planted, and the word of the breach: found by the program, or (unused-passage) from the files.
PLANTS = {
    "a rule without a source": ("uncited", RULE + "    requires: person.recognised\n"),
    "a rule with empty sources": ("uncited", RULE + "    authority: []\n    passages: []\n    requires: person.recognised\n"),
    "a legal rule that reads a motive's conclusion":
        ("wall", RULE + "    authority: [HB 28]\n    requires:\n      for_some: motive in case.motives\n"
         "      that: motive.trade\n"),
    "a legal rule that reads a theory":
        ("wall", RULE + "    authority: [HB 28]\n    requires:\n      for_some: theory in case.theories\n"
         "      that: theory.democratic\n"),
    "a motive in an exception":
        ("wall", RULE + "    authority: [HB 28]\n    requires: person.recognised\n    unless:\n"
         "      - for_some: motive in case.motives\n        that: motive.fears_instability\n"),
    "a legal rule with a passage on motives":
        ("wall", RULE + "    authority: [HB 28]\n    passages: [job-rivalry]\n    requires: person.recognised\n"),
    "an element with a passage on motives":
        ("wall", RULE + "    authority: [HB 28]\n    requires: {that: person.recognised, passages: [trade-figures]}\n"),
    "a reading's rule that reads a motive":
        ("wall", "surplace: reading/1\nid: planted\ntitle: Planted\nextends: unhcr\nadd:\n  - id: planted\n    title: Planted\n"
         "    concludes: person.refugee\n    authority: [HB 28]\n    requires:\n      for_some: motive in case.motives\n"
         "      that: motive.trade\n"),
    "a presumption without a burden":
        ("presumption", VOCABULARY + "      planted: {type: yes_no, ask: Is it so, if_open: fails, authority: [HB 28]}\n"),
    "a presumption without an authority":
        ("presumption", VOCABULARY + "      planted: {type: yes_no, ask: Is it so, if_open: fails, burden: the State}\n"),
    "a presumption with an empty authority":
        ("presumption", VOCABULARY + "      planted: {type: yes_no, ask: Is it so, if_open: fails, burden: the State, "
         "authority: []}\n"),
    "a reading's presumption without a burden":
        ("presumption", READING + "  - {of: person.ceased, if_open: fails, authority: [HB 28]}\n"),
    "a reading's presumption without an authority":
        ("presumption", READING + "  - {of: person.ceased, if_open: holds, burden: the State, authority: []}\n"),
    "a reading's silence without an authority":
        ("missing-key", READING + "  - {of: person.ceased, if_open: open}\n"),
    "a passage without a rule":
        ("unused-passage", PASSAGE + "  - {id: planted, quote: Q, page: 1, kind: factual_premise}\n"),
}


def main():
    program, rules = sys.argv[1], pathlib.Path(sys.argv[2])
    # World files hold facts: no rule, no passage, no presumption, and most of what there is to read.
    trees = [document(path.read_text(encoding="utf-8")) for path in sorted(rules.rglob("*.yaml"))
             if "world" not in path.parts]
    failures = [f"the rule base itself: {kind}: {what}" for kind, what in breaches(trees)]
    failures += [f"the program refuses the rule base: {word}" for word in refused(program, rules)]
    with tempfile.TemporaryDirectory() as scratch:
        for number, (name, (word, text)) in enumerate(PLANTS.items()):
            folder = pathlib.Path(scratch) / str(number)
            shutil.copytree(rules, folder)
            (folder / "planted.yaml").write_text(text, encoding="utf-8")
            found = refused(program, folder)
            found |= {kind for kind, _ in breaches([*trees, document(text)]) if kind == "unused-passage"}
            if found != {word}:
                failures.append(f"{name}: found {sorted(found)}, not {word}")
    for failure in failures:
        print(f"sources: {failure}")
    print(f"sources: {len(PLANTS)} breaches planted, {len(failures)} faults")
    return 1 if failures else 0


sys.exit(main())
