#!/usr/bin/env python3
"""Same input, same bytes: what stands in files may stand in any order.

    shuffle.py PROGRAM [--seeds A:B] [--keep FOLDER]

For each seed the rule base with the example cases, and a rule base with cases made at random, are written anew: rule
files under other names and in other folders; entities, rules, passages, authorities, readings and world facts in another
order; and in case files the keys, persons, facts and list items. What `eval` prints must stay the same byte for byte, as
text, json and jsonl. The parts of a node and what it cites stand in the order of the author's outline, which the text
follows; those are shuffled too, but then only the JSON is compared. The facts and criteria of an entity stay in the
order of the report. Exit 1: something differs, and the two folders are kept.
"""
import argparse
import itertools
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "oracle"))
import generate  # noqa: E402

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

# Mappings of a vocabulary whose order is that of the report, or of an ordered enum.
DECLARED = {"facts", "criteria", "values"}
# Lists that are an outline.
OUTLINES = {"all_of", "any_of", "none_of", "of", "unless", "authority", "passages"}


def shuffle(node, rng, keep, key=None):
    """Shuffles a composed YAML node in place but for what stands under the keys to keep."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            shuffle(value, rng, keep, name.value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            shuffle(item, rng, keep)
    if not isinstance(node, yaml.ScalarNode) and key not in keep:
        rng.shuffle(node.value)


def kind_of(document):
    return next(value.value for name, value in document.value if name.value == "surplace").split("/")[0]


class Files:
    """The files below a folder, parsed."""

    def __init__(self, folder):
        self.documents = {path.relative_to(folder): list(yaml.compose_all(path.read_text(encoding="utf-8"), Loader=LOADER))
                          for path in sorted(folder.rglob("*.yaml"))}

    def names(self, rng):
        names = {}
        for number, name in enumerate(self.documents):
            folders = [rng.choice("abcdefgh") for _ in range(rng.randint(0, 3))]
            names[name] = "/".join([*folders, f"{rng.choice('zyxwv')}{rng.randrange(1000)}-{number}.yaml"])
        return names

    def write(self, folder, rng=None, parts=False, rename=False):
        names = self.names(rng) if rename else {}
        for name, documents in self.documents.items():
            for document in documents if rng else []:
                kind = kind_of(document)
                keep = set() if kind == "case" or parts else OUTLINES
                shuffle(document, rng, keep | DECLARED if kind == "vocabulary" else keep)
            target = folder / names.get(name, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            with open(target, "w", encoding="utf-8") as file:
                yaml.serialize_all(documents, file, Dumper=DUMPER, allow_unicode=True, width=4000)


def evaluate(program, folder, form, reading):
    cases = sorted(str(path.relative_to(folder)) for path in (folder / "cases").rglob("*.yaml"))
    command = [program, "eval", "--rules", "rules", "--format", form]
    if reading:
        command += ["--reading", reading]
    run = subprocess.run([*command, *cases], cwd=folder, capture_output=True, timeout=100)
    if run.returncode:
        print(run.stderr.decode(errors="replace")[:2000])
        raise SystemExit(f"shuffle: the program refused {folder} with exit {run.returncode}")
    return run.stdout


def difference(wanted, found):
    """The first lines that differ; JSON is cut into lines for this."""
    pairs = list(itertools.zip_longest(*(re.sub(r'(?<=[{\[,]) ?(?=")', "\n", text.decode()).splitlines()
                                         for text in (wanted, found)), fillvalue=""))
    first = next((n for n, (a, b) in enumerate(pairs) if a != b), 0)
    return "\n".join(f"  line {n + 1}\n    - {a[:160]}\n    + {b[:160]}"
                     for n, (a, b) in list(enumerate(pairs))[first:first + 6])


class Test:
    def __init__(self, name, program, rules, cases, scratch):
        self.name, self.program, self.scratch = name, program, scratch
        self.rules, self.cases = Files(rules), Files(cases)
        self.readings = sorted(next(value.value for name, value in document.value if name.value == "id")
                               for documents in self.rules.documents.values() for document in documents
                               if kind_of(document) == "reading")
        self.before = scratch / name / "before"
        self.rules.write(self.before / "rules")
        self.cases.write(self.before / "cases")
        self.printed = {}

    def wanted(self, form, reading):
        if (form, reading) not in self.printed:
            self.printed[form, reading] = evaluate(self.program, self.before, form, reading)
        return self.printed[form, reading]

    def shuffled(self, seed, parts, forms):
        """How many of the forms differ."""
        rng = random.Random(f"{self.name} {seed} {parts}")
        after = self.scratch / self.name / f"after-{seed}{'-parts' if parts else ''}"
        self.rules.write(after / "rules", rng, parts, rename=True)
        self.cases.write(after / "cases", rng)
        reading = self.readings[seed % len(self.readings)] if self.readings else None
        differing = 0
        for form in forms:
            wanted, found = self.wanted(form, reading), evaluate(self.program, after, form, reading)
            if wanted != found:
                differing += 1
                print(f"{self.name}, seed {seed}, reading {reading}, {form}: differs\n  {self.before}\n  {after}")
                print(difference(wanted, found))
        if not differing:
            shutil.rmtree(after)
        return differing


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--seeds", default="0:3", help="from A up to but without B (0:3)")
    parser.add_argument("--keep", help="folder for what differs (a new temporary one)")
    options = parser.parse_args()
    program = str(pathlib.Path(options.program).resolve())
    first, last = map(int, options.seeds.split(":"))
    scratch = pathlib.Path(options.keep or tempfile.mkdtemp(prefix="surplace-shuffle-")).resolve()
    runs = differing = 0

    tests = [(Test("examples", program, ROOT / "rules", ROOT / "examples" / "cases", scratch), range(first, last))]
    for seed in range(first, last):
        generated = scratch / f"generated-{seed}"
        generate.write(generated, *generate.generate(seed, 16))
        (generated / "cases").mkdir(exist_ok=True)
        (generated / "cases.yaml").rename(generated / "cases" / "cases.yaml")
        tests.append((Test(f"random-{seed}", program, generated / "rules", generated / "cases", scratch), [seed]))
    # Parts last: once shuffled they stay so.
    for parts, forms in ((False, ["text", "json", "jsonl"]), (True, ["json"])):
        for test, seeds in tests:
            for seed in seeds:
                runs += len(forms)
                differing += test.shuffled(seed, parts, forms)
    if not differing:
        shutil.rmtree(scratch)
    print(f"{runs} outputs, " + (f"{differing} differ" if differing else "all the same"))
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
