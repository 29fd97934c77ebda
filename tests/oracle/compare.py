#!/usr/bin/env python3
"""Runs a program and the oracle over random rule bases and cases and compares every state.

    compare.py PROGRAM [--seeds A:B] [--cases N]

On a disagreement the rule base and the case are cut down for as long as they still disagree, and the files
that remain are kept in a folder. Exit 0: all equal; 1: a disagreement; 2: the oracle itself failed.
"""
import argparse
import collections
import copy
import json
import multiprocessing
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import generate
import oracle


class Refused(Exception):
    """The program did not answer; the message is what it said, without names and places."""

    def __init__(self, kind, message):
        super().__init__(kind)
        self.kind, self.message = kind, message


# ---- The two answers ---------------------------------------------------------------------------------

def ask_oracle(files, cases, reading):
    base = oracle.RuleBase(list(files.values()), reading)
    return [oracle.verdicts(base, case) for case in cases]


def rows_of_oracle(verdicts):
    """Counted (entity, subject, its states), and the aliases under which the program may speak of a subject."""
    rows, aliases = collections.defaultdict(list), {}
    for criterion, row, other, state in verdicts:
        rows[row].append((criterion, other.id if other else "-", state))
        for one in (row, other):
            if one and one.aliases:
                aliases.update(((one.entity, alias), one.id) for alias in one.aliases)
    counted = collections.Counter((row.entity, row.id, tuple(sorted(states))) for row, states in rows.items())
    return counted, aliases


def rows_of_program(results, aliases):
    """The same of what the program says, whose rows that share an id are numbered."""
    rows = collections.defaultdict(list)
    for criterion, subject, other, state in results:
        rows[criterion.split(".")[0], subject].append((criterion, other, state))
    return collections.Counter((entity, aliases.get((entity, subject), subject), tuple(sorted(states)))
                               for (entity, subject), states in rows.items())


def ask_program(program, files, cases, reading):
    with tempfile.TemporaryDirectory() as directory:
        generate.write(directory, files, cases)
        command = [program, "eval", "--rules", f"{directory}/rules", "--format", "jsonl"]
        if reading:
            command += ["--reading", reading]
        try:
            run = subprocess.run([*command, f"{directory}/cases.yaml"], capture_output=True, timeout=60)
        except subprocess.TimeoutExpired:
            raise Refused("does not end", "no answer after 60 seconds") from None
        said = run.stderr.decode(errors="replace").replace(directory, "")
        if run.returncode:
            raise Refused(f"exit {run.returncode}: {pattern_of(said)}", said.strip())
        answers = [json.loads(line) for line in run.stdout.decode().splitlines()]
        return [[(r["criterion"], r["subject"], r.get("with") or "-", r["state"]) for r in answer["results"]]
                for answer in answers]


def pattern_of(said):
    """The first error without the place and the names in it, to tell one fault from another."""
    first = next((line for line in said.splitlines() if "error:" in line), said[:200])
    first = first.split("error:", 1)[-1].strip()
    return re.sub(r"[`'\"“‘][^`'\"”’]*[`'\"”’]|[0-9]+|\b\w*[_.]\w*\b", "_", first)


def difference(program, files, cases, reading):
    """None if both agree, else (kind, report lines, index of the case)."""
    expected = ask_oracle(files, cases, reading)
    return disagreement(program, files, cases, reading, expected)


def disagreement(program, files, cases, reading, expected):
    try:
        found = ask_program(program, files, cases, reading)
    except Refused as refusal:
        return refusal.kind, [refusal.message], None
    if len(found) != len(expected):
        return "number of cases", [f"{len(expected)} cases, {len(found)} answers"], None
    for index, (verdicts, results) in enumerate(zip(expected, found)):
        ours, aliases = rows_of_oracle(verdicts)
        theirs = rows_of_program(results, aliases)
        if ours != theirs:
            ours, theirs = singly(ours - theirs), singly(theirs - ours)
            report = [f"  oracle   {line(r)}" for r in sorted((ours - theirs).elements())]
            report += [f"  program  {line(r)}" for r in sorted((theirs - ours).elements())]
            return "states", report or ["  the states of rows that share an id are exchanged"], index
    return None


def singly(rows):
    """The states of rows one by one."""
    counted = collections.Counter()
    for (_, subject, states), times in rows.items():
        for criterion, other, state in states:
            counted[criterion, subject, other, state] += times
    return counted


def line(result):
    criterion, subject, other, state = result
    return f"{criterion} of {subject}{'' if other == '-' else f' with {other}'}: {state}"


# ---- Cutting down ------------------------------------------------------------------------------------

def places(tree, path=()):
    """Every place in a tree, larger parts before what is inside them."""
    entries = list(tree.items()) if isinstance(tree, dict) else list(enumerate(tree)) if isinstance(tree, list) else []
    for key, _ in reversed(entries):
        yield (*path, key)
    for key, value in reversed(entries):
        yield from places(value, (*path, key))


def at(tree, path):
    for key in path:
        tree = tree[key]
    return tree


def smaller(tree, path):
    """Trees with the part at the path gone, or replaced by a part of itself."""
    cut = copy.deepcopy(tree)
    del at(cut, path[:-1])[path[-1]]
    yield cut
    part = at(tree, path)
    inside = []
    if isinstance(part, dict):
        for head in ("all_of", "any_of", "none_of"):
            inside += part.get(head, [])
        if isinstance(part.get("at_least"), dict):
            inside += part["at_least"]["of"]
        inside += [part[key] for key in ("that", "is", "list") if key in part]
    elif isinstance(part, list) and part and isinstance(part[0], dict) and "is" in part[0]:
        inside += [part[0]["is"]]
    for replacement in inside:
        swapped = copy.deepcopy(tree)
        at(swapped, path[:-1])[path[-1]] = copy.deepcopy(replacement)
        yield swapped


def minimise(program, files, cases, reading, seconds):
    """Deletes greedily whatever is not needed for the same kind of disagreement."""
    kind, _, index = difference(program, files, cases, reading)
    deadline = time.monotonic() + seconds
    tree = {"files": files, "cases": [cases[index]] if index is not None else cases}

    def still(candidate):
        try:
            found = difference(program, candidate["files"], candidate["cases"], reading)
        except Exception:                # the oracle cannot use it, so it proves nothing
            return False
        return found is not None and found[0] == kind

    changed = True
    while changed and time.monotonic() < deadline:
        changed = False
        todo = list(places(tree))
        while todo and time.monotonic() < deadline:
            path = todo.pop(0)
            if path[-1] == "surplace" or len(path) == 1:
                continue
            try:
                at(tree, path)
            except (KeyError, IndexError, TypeError):
                continue
            for candidate in smaller(tree, path):
                if still(candidate):
                    tree, changed = candidate, True
                    todo = [p for p in todo if p[:len(path)] != path or p == path]
                    break
    return tree["files"], tree["cases"]


# ---- One seed, all seeds -----------------------------------------------------------------------------

def readings_of(files):
    return sorted(tree["id"] for tree in files.values() if tree["surplace"].startswith("reading/"))


def one_seed(task):
    program, seed, cases, without = task
    counts = collections.Counter(seeds=1)
    try:
        files, case_trees = generate.generate(seed, cases, without)
        for reading in readings_of(files):
            counts["rule bases"] += 1
            counts["cases"] += len(case_trees)
            answers = ask_oracle(files, case_trees, reading)
            counts.update(result[-1] for answer in answers for result in answer)
            found = disagreement(program, files, case_trees, reading, answers)
            if found:
                return seed, counts, (reading, found[0])
    except Exception as error:           # of the oracle or the generator, not of the program
        return seed, counts, (None, f"oracle: {type(error).__name__}: {error}")
    return seed, counts, None


def report(options, seed, reading):
    files, cases = generate.generate(seed, options.cases, options.without)
    files, cases = minimise(options.program, files, cases, reading, options.seconds)
    kind, lines, _ = difference(options.program, files, cases, reading)
    folder = pathlib.Path(options.keep or tempfile.mkdtemp(prefix="surplace-oracle-")) / f"seed-{seed}"
    shutil.rmtree(folder, ignore_errors=True)
    generate.write(folder, files, cases)
    print(f"seed {seed}, reading {reading}: disagreement ({kind})")
    print("\n".join(lines))
    print(f"  files    {folder}")
    print(f"  again    {options.program} eval --rules {folder}/rules --reading {reading} {folder}/cases.yaml",
          flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--seeds", default="0:50", help="from A up to but without B (0:50)")
    parser.add_argument("--cases", type=int, default=8, help="cases for each rule base (8)")
    parser.add_argument("--without", default="", help="features that generate.py should leave out, with commas")
    parser.add_argument("--most", type=int, default=1, help="stop after so many disagreements (1)")
    parser.add_argument("--seconds", type=int, default=120, help="time for cutting one down (120)")
    parser.add_argument("--keep", help="folder for the files of disagreements (a new temporary one)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    options.program = str(pathlib.Path(options.program).resolve())
    options.without = [feature for feature in options.without.split(",") if feature]
    if unknown := set(options.without) - set(generate.FEATURES):
        parser.error(f"no such feature: {', '.join(sorted(unknown))}")
    first, last = map(int, options.seeds.split(":"))
    tasks = [(options.program, seed, options.cases, options.without) for seed in range(first, last)]

    total, kinds, faults = collections.Counter(), collections.Counter(), 0
    with multiprocessing.Pool(options.jobs) as pool:
        for seed, counts, trouble in pool.imap(one_seed, tasks):
            total += counts
            if trouble is None:
                continue
            reading, kind = trouble
            if reading is None:
                faults += 1
                print(f"seed {seed}: {kind}")
                continue
            kinds[kind] += 1
            # Another instance of the same refusal would tell nothing new.
            if kind == "states" or kinds[kind] == 1:
                report(options, seed, reading)
            if sum(kinds.values()) >= options.most:
                pool.terminate()
                break
    states = {state: total[state] for state in ("holds", "fails", "open", "contested")}
    print(f"{total['seeds']} seeds, {total['rule bases']} rule bases (a reading each), {total['cases']} cases, "
          f"{sum(states.values())} states ({', '.join(f'{n} {state}' for state, n in states.items())}): "
          + (f"{sum(kinds.values())} disagreements" if kinds else "all equal" if not faults else "oracle failed"))
    sys.exit(1 if kinds else 2 if faults else 0)


if __name__ == "__main__":
    main()
