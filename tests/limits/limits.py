#!/usr/bin/env python3
"""Inputs that blow up: each is made here, has the exit that it must come to and a bound on its seconds, several times
what it takes. Nothing that a terminal would act on may be printed, and no signal may end a run.

    limits.py PROGRAM [--slower N] [NAME...]
"""

import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
MINI = str(ROOT / "tests/golden/library/mini")
SURFACE = "surplace: case/1\n"
OK, RULES, INPUT, LIMIT = 0, 3, 4, 5

VOCABULARY = """surplace: vocabulary/1
entities:
  case: {facts: {}}
  person:
    collection: persons
    facts: {told: {type: yes_no}, name: {type: text}, friends: {type: list of person}}
    criteria:
"""
SOURCES = "surplace: authorities/1\nauthorities: [{cite: LAW, title: The law, kind: statute, confirmed: yes}]\n"


def law(criteria, rules):
    """A rule base of criteria by name, and rules as (criterion, requires)."""
    words = VOCABULARY + "".join(f"      {name}: {{title: {name}}}\n" for name in criteria)
    text = ["surplace: rules/1\nrules:\n"]
    for i, (criterion, requires) in enumerate(rules):
        text.append(f"  - {{id: r{i}, title: R, concludes: person.{criterion}, authority: [LAW 1], requires: {requires}}}\n")
    return {"vocabulary.yaml": words, "sources.yaml": SOURCES, "rules.yaml": "".join(text)}


def people(count, more=""):
    return SURFACE + "persons:\n" + "".join(f"  p{i}: {{told: yes{more}}}\n" for i in range(count))


def table():
    """name: (exit, seconds, case text, rule base or None, more arguments)"""
    flow = lambda n, a, b: SURFACE + "title: " + a * n + b * n + "\n"
    chain = 100000
    links = [f"c{i}" for i in range(2000)]
    yield "brackets 1 MB", LIMIT, 2, flow(500000, "[", "]")
    yield "braces 1 MB", LIMIT, 2, SURFACE + "title: " + "{a: " * 250000
    yield "block nesting", LIMIT, 2, SURFACE + "".join(" " * i + "a:\n" for i in range(1000))
    yield "JSON brackets 1 MB", LIMIT, 2, "[" * 1000000, None, ["--input", "json"]
    yield "JSON objects", LIMIT, 2, '{"a":' * 100000, None, ["--input", "json"]
    yield "scalar of 3 MB", LIMIT, 3, SURFACE + "title: " + "x" * 3000000 + "\n"
    yield "quoted scalar of 3 MB", LIMIT, 3, SURFACE + 'title: "' + "x" * 3000000 + '"\n'
    yield "scalar of 900 kB", OK, 5, SURFACE + "title: " + "x " * 450000 + "\npersons: {p: {}}\n"
    yield "one line of 900 kB of breaks", INPUT, 3, "\n" * 900000
    yield "alias bomb", INPUT, 2, "a: &a [x]\n" + "".join(
        f"b{i}: &b{i} [*a, *a, *a, *a, *a, *a, *a, *a]\n" for i in range(1000))
    yield "alias of itself", INPUT, 2, "&a [*a]\n"
    yield "tags", INPUT, 2, "%TAG ! tag:x,2000:\n---\n" + "!!python/object:os.system " * 1000 + "x\n"
    yield "merge keys", INPUT, 2, SURFACE + "<<: {title: x}\n"
    yield "the same key 100,000 times", INPUT, 5, SURFACE + "title: x\n" * 100000
    yield "100,000 unknown keys", INPUT, 8, SURFACE + "".join(f"key_{i}: x\n" for i in range(100000))
    yield "JSON, the same key", INPUT, 3, '{"surplace": "case/1"' + ', "a": 1' * 100000 + "}", None, ["--input", "json"]
    yield "NUL", INPUT, 2, SURFACE + "title: a\0b\n"
    yield "NULs, 1 MB", INPUT, 2, "\0" * 1000000
    yield "invalid UTF-8", INPUT, 2, SURFACE.encode() + b"title: \xff\xfe\xc0\x80\xed\xa0\x80\n"
    yield "overlong UTF-8", INPUT, 2, SURFACE.encode() + b"title: \xf0\x80\x80\xaf\n"
    yield "byte order mark", OK, 2, "\ufeff" + SURFACE + "title: x\npersons: {p: {}}\n"
    yield "byte order mark inside", INPUT, 2, SURFACE + "title: a\ufeffb\n"
    yield "UTF-16", INPUT, 2, SURFACE.encode("utf-16")
    yield "UTF-32", INPUT, 2, SURFACE.encode("utf-32")
    yield "CRLF", OK, 2, (SURFACE + "title: x\npersons:\n  p: {}\n").replace("\n", "\r\n")
    yield "CR alone", OK, 2, (SURFACE + "title: x\npersons:\n  p: {}\n").replace("\n", "\r")
    yield "terminal escapes", OK, 2, SURFACE + 'title: "\\e]0;x\\a\\u202e\\x9b31m"\npersons: {p: {label: "\\e[2J"}}\n'
    yield "terminal escapes, raw", INPUT, 2, SURFACE + "title: \x1b[2J\n"
    yield "combining characters", OK, 5, SURFACE + "title: a" + "\u0301" * 200000 + "\npersons: {p: {}}\n"
    yield "empty file", INPUT, 2, ""
    yield "10,000 documents", OK, 20, ("---\n" + SURFACE + "persons: {p: {}}\n") * 10000, None, ["--format", "jsonl"]
    yield "100,000 JSON lines", OK, 60, '{"surplace": "case/1", "persons": {"p": {}}}\n' * 100000, None, [
        "--input", "jsonl", "--format", "jsonl"]
    yield "backtracking pattern", LIMIT, 5, SURFACE + "persons: {p: {name: " + "a" * 16000 + "b}}\n", law(
        ["x"], [("x", "person.name matches /(a+)+(a|aa)+$/")])
    yield "blanks before an end", OK, 5, SURFACE + 'persons: {p: {name: "x' + " " * 16000 + 'x"}}\n', law(
        ["x"], [("x", r"person.name matches /\s+$/")])
    yield "pattern too long", LIMIT, 2, SURFACE, law(["x"], [("x", "person.name matches /" + "a" * 3000 + "/")])
    yield "pattern of nested groups", RULES, 2, SURFACE, law(
        ["x"], [("x", '"person.name matches /' + "(" * 900 + ")" * 900 + '/"')])
    yield "100,000 rules", OK, 30, SURFACE + "persons: {p: {told: yes}}\n", law(
        ["x"], [("x", "person.told")] * chain), ["--format", "json"]
    yield "100,000 facts", OK, 40, people(chain), law(["x"], [("x", "person.told")]), ["--format", "json"]
    yield "a chain of 100,000 people", OK, 60, SURFACE + "persons:\n" + "".join(
        f"  p{i}: {{friends: [p{i + 1}]}}\n" for i in range(chain - 1)) + f"  p{chain - 1}: {{told: yes, friends: []}}\n", law(
            ["x"], [("x", "{any_of: [person.told, {for_some: f in person.friends, that: f.x}]}")]), [
                "--format", "json"]
    yield "a chain of 2,000 criteria", OK, 20, SURFACE + "persons: {p: {told: yes}}\n", law(
        links, [(links[0], "person.told")] + [(b, f"person.{a}") for a, b in zip(links, links[1:])]), [
            "--format", "json"]
    yield "dense recursion of 300 people", OK, 30, SURFACE + "persons:\n" + "".join(
        f"  p{i}: {{friends: [{', '.join(f'p{k}' for k in range(300))}]}}\n" for i in range(300)), law(
            ["x"], [("x", "{any_of: [person.told, {for_some: f in person.friends, that: f.x}]}")]), [
                "--format", "json"]
    inner = "a.told"
    for i in range(8):
        inner = "{for_some: " + "hgfedcba"[i] + " in case.persons, " + (
            "that: a.told" if i == 0 else f"all_of: [{inner}]") + "}"
    yield "quantifiers nested to the limit, 6 people", LIMIT, 30, people(6), law(["x"], [("x", inner.replace("a.told", "h.told"))])
    yield "quantifiers nested past the limit", LIMIT, 3, SURFACE, law(
        ["x"], [("x", "{for_some: z in case.persons, all_of: [" + inner.replace("a.told", "h.told") + "]}")])
    yield "a cycle through an exception", RULES, 3, SURFACE, law(
        ["x", "y"], [("x", "{none_of: [person.y]}"), ("y", "person.x")])
    yield "1,000 faults among 100,000 rules", RULES, 20, SURFACE, law(["x"], [("x", "person.tolld")] * chain)


def limit_memory():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--slower", type=float, default=1)
    parser.add_argument("names", nargs="*")
    a = parser.parse_args()
    program = os.path.abspath(a.program)
    wrong = count = 0
    print(f"{'input':46} {'bound':>6} {'s':>7} {'MB':>6} exit")
    with tempfile.TemporaryDirectory() as folder:
        case = pathlib.Path(folder, "case.yaml")
        for name, wanted, bound, text, *more in table():
            if a.names and name not in a.names:
                continue
            rules, arguments = (more + [None, []])[:2]
            if len(more) < 2:
                arguments = []
            where = MINI
            if rules is not None:
                where = os.path.join(folder, f"rules{count}")
                os.mkdir(where)
                for file, content in rules.items():
                    pathlib.Path(where, file).write_text(content)
            case.write_bytes(text if isinstance(text, bytes) else text.encode())
            out = pathlib.Path(folder, "out")
            start = time.monotonic()
            with open(out, "wb") as stdout:
                child = subprocess.Popen([program, "eval", "--rules", where, *arguments, str(case)], stdout=stdout,
                                         stderr=subprocess.PIPE, env={"LC_ALL": "C"}, preexec_fn=limit_memory)
                stderr = child.stderr.read()
                _, status, usage = os.wait4(child.pid, 0)
            taken = time.monotonic() - start
            code = os.waitstatus_to_exitcode(status)
            why = []
            if code != wanted:
                why.append(f"exit {code}, not {wanted}: {stderr[:200]!r}")
            if taken > bound * a.slower:
                why.append("too slow")
            printed = out.read_bytes() + stderr
            if any(c < 0x20 and c != 0x0a or c == 0x7f for c in set(printed)):
                why.append("printed a control character")
            if code not in (0, 1) and not stderr:
                why.append("said nothing")
            if len(stderr) > 2000000:
                why.append(f"messages of {len(stderr)} bytes")
            print(f"{name:46} {bound * a.slower:6.0f} {taken:7.2f} {usage.ru_maxrss // 1024:6} {code:4}",
                  *why, sep="  " if why else "", flush=True)
            count += 1
            wrong += bool(why)
    print(f"limits: {count} inputs, {wrong} wrong")
    return 1 if wrong or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
