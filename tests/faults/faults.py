#!/usr/bin/env python3
"""Fails every call that a run of the program makes, one at a time, and holds the run to what was promised.

    faults.py PROGRAM SHIM NAME [--all] [--limit N] [--show] [--valgrind]
    faults.py PROGRAM --commands

NAME is a line of `runs`. An allocation, a read, a write, an open ... is made to fail (shim.c), and the program must
either not need it, and then print what it always prints, or end with the exit and the message for such a fault: no
signal, no verdict, no file half written, no leak. Without --all one call stands for all that come from the same
place in the program (the first and the last of each); with it every single one is failed. With --valgrind each run is
watched for reads and writes of memory that is not its own.
"""

import argparse
import mmap
import os
import pathlib
import random
import re
import shlex
import shutil
import signal
import struct
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
RUNS = pathlib.Path(__file__).resolve().parent / "runs"

CLASSES = ["memory", "read", "write", "open", "stat", "close", "rename", "sync", "folder"]
EIO, ENOMEM, EACCES, ENOSPC, EINTR, EMFILE = 5, 12, 13, 28, 4, 24
HOWS = {
    "memory": ["once", "on"],
    "read": [str(EIO), "short", str(EINTR)],
    "write": [str(EIO), str(ENOSPC), "short", str(EINTR)],
    "open": [str(EACCES), str(EMFILE)],
    "stat": [str(EACCES)],
    "close": [str(EIO)],
    "rename": [str(EACCES)],
    "sync": [str(EIO)],
    "folder": [str(EIO), str(ENOMEM)],
}
HEADER = struct.Struct("=9QqQ")
STACKS = 2000000
PREVIOUS = b"what stood here before\n"

# What a fault of each class may come to, beside not mattering at all: exits, and a part of the message.
INPUT_FAULT = {3, 4, 74}
ALLOWED = {
    "memory": ({70}, b"memory ran out"),
    "read": ({3, 4}, b"cannot be read"),
    "write": ({74}, b"cannot be written"),
    "open": (INPUT_FAULT, b"cannot be "),
    "stat": (INPUT_FAULT, b"cannot be "),
    "close": ({74}, b"cannot be written"),
    "rename": ({74}, b"cannot be written"),
    "sync": ({74}, b"cannot be written"),
    "folder": ({3, 4, 70}, b""),
}


def read_runs():
    runs = {}
    for line in RUNS.read_text().splitlines():
        if line and not line.startswith("#"):
            name, kind, arguments = line.split(None, 2)
            runs[name] = (kind, arguments.split())
    return runs


class Outcome:
    def __init__(self, code, stdout, stderr, output, others, live, failed):
        self.code, self.stdout, self.stderr = code, stdout, stderr
        self.output, self.others, self.live, self.failed = output, others, live, failed

    def same(self, other):
        return (self.code, self.stdout, self.stderr, self.output) == (
            other.code, other.stdout, other.stderr, other.output)


class Bench:
    """Runs one line of `runs` with one fault at a time."""

    def __init__(self, program, shim, kind, arguments, folder, valgrind):
        self.kind = kind
        self.folder = folder
        self.scratch = folder / "out"
        self.out = self.scratch / "report"
        self.stdin = "/dev/null"
        self.command = [program]
        for word in arguments:
            if word.startswith("<"):
                self.stdin = ROOT / word[1:]
            else:
                self.command.append(str(self.out) if word == "OUT" else word)
        self.program = program
        if valgrind:
            self.command[:0] = ["valgrind", "-q", "--error-exitcode=99"]
        self.writes_file = "OUT" in arguments
        self.page_path = folder / "page"
        with open(self.page_path, "wb") as page:
            page.truncate(HEADER.size + 8 * STACKS)
        self.page_file = open(self.page_path, "r+b")
        self.page = mmap.mmap(self.page_file.fileno(), 0)
        self.environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TERM": "dumb",
                            "SURPLACE_FAULT_PAGE": str(self.page_path), "LD_PRELOAD": shim}

    def run(self, fault):
        if self.scratch.exists():
            shutil.rmtree(self.scratch)
        self.scratch.mkdir()
        if self.writes_file:
            self.out.write_bytes(PREVIOUS)
        self.page[:HEADER.size] = bytes(HEADER.size)
        with open(self.stdin, "rb") as stdin:
            done = subprocess.run(self.command, stdin=stdin, capture_output=True, cwd=ROOT, timeout=60,
                                  env=dict(self.environment, SURPLACE_FAULT=fault), check=False)
        calls = HEADER.unpack(self.page[:HEADER.size])
        self.calls = dict(zip(CLASSES, calls))
        output = self.out.read_bytes() if self.writes_file and self.out.exists() else None
        others = sorted(p.name for p in self.scratch.iterdir() if p != self.out)
        return Outcome(done.returncode, done.stdout, done.stderr, output, others, calls[9], calls[10])

    def show(self, fault):
        """Where the call is, as far as the program's debug information tells."""
        self.environment["SURPLACE_FAULT_TRACE"] = "1"
        got = self.run(fault)
        del self.environment["SURPLACE_FAULT_TRACE"]
        program = os.path.basename(self.program).encode()
        callers = []
        for line in got.stderr.splitlines():
            found = re.match(rb"(.*)\((\w*)\+(0x[0-9a-f]+)\)\[", line)
            if not found or b"libfaults" in line:
                continue
            if os.path.basename(found.group(1)) == program and not found.group(2):
                where = hex(int(found.group(3), 16) - 1)
                told = subprocess.run(["addr2line", "-fse", self.program, where], capture_output=True,
                                      text=True, check=False).stdout.split()
                callers.append(f"{told[0]} ({told[1]})")
            else:
                callers.append(found.group(2).decode() or "?")
        print("      called by", " < ".join(callers[:7]))

    def stacks(self, count):
        count = min(count, STACKS)
        return struct.unpack(f"={count}Q", self.page[HEADER.size:HEADER.size + 8 * count])

    def judge(self, name, how, good, got):
        """What is wrong with the outcome of a fault, or None."""
        if got.code < 0:
            return f"ended by {signal.Signals(-got.code).name}"
        if got.others:
            return f"left {' '.join(got.others)} behind"
        if got.live > good.live:
            return f"leaked {got.live - good.live} allocations"
        if got.same(good):
            return None
        if how in ("short", str(EINTR)):
            return "a short or interrupted call changed the outcome"
        if self.writes_file and got.output != PREVIOUS and not (self.kind == "report" and
                                                                got.output is not None and got.code in (3, 4)):
            return "the file that was there is not the one from before"
        exits, words = ALLOWED[name]
        if got.code not in exits:
            return f"exit {got.code}, of {sorted(exits)}"
        if words not in got.stderr:
            return f"no message that says '{words.decode()}'"
        if got.stdout and not self.may_print(good, got):
            return "a part of the report was printed"
        return None

    def may_print(self, good, got):
        if got.code == 74:  # what was written before the fault cannot be taken back
            return good.stdout.startswith(got.stdout)
        if self.kind == "report":
            return got.code in (3, 4)
        if self.kind == "lines":
            return good.stdout.startswith(got.stdout) and got.stdout.endswith(b"\n")
        return False


def places(stacks):
    """The first and the last call of each place."""
    seen = {}
    for n, stack in enumerate(stacks, 1):
        first, _ = seen.get(stack, (n, n))
        seen[stack] = (first, n)
    return sorted({n for both in seen.values() for n in both})


def test(program, shim, name, a):
    kind, arguments = read_runs()[name]
    faults = wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(program, shim, kind, arguments, pathlib.Path(folder), a.valgrind)
        good = bench.run("none:0:once")
        if good.code < 0 or good.code in (70, 74) or good.others:
            sys.exit(f"{name}: without any fault: exit {good.code}\n{good.stderr.decode(errors='replace')}")
        for fault_class in CLASSES:
            again = bench.run(f"{fault_class}:0:once")
            count = bench.calls[fault_class]
            if not again.same(good):
                sys.exit(f"{name}: two runs differ")
            at = list(range(1, count + 1)) if a.all else places(bench.stacks(count))
            if a.limit and len(at) > a.limit:
                at = sorted(random.Random(1).sample(at, a.limit))
            for n in at:
                for how in HOWS[fault_class]:
                    fault = f"{fault_class}:{n}:{how}"
                    got = bench.run(fault)
                    if got.failed == 0:
                        sys.exit(f"{name}: {fault} was not reached: a run is not like the other")
                    faults += 1
                    why = bench.judge(fault_class, how, good, got)
                    if why is not None:
                        wrong += 1
                        print(f"{name}: {fault}: {why}")
                        if a.show:
                            sys.stdout.write(got.stderr[-600:].decode(errors="replace"))
                            bench.show(fault)
            print(f"{name}: {fault_class}: {count} calls, {len(at)} failed in turn")
    print(f"{name}: {faults} faults, {wrong} wrong")
    return 1 if wrong or faults == 0 else 0


def check_commands(program):
    """Every command that the program's help lists must be among the runs."""
    text = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
    commands = {line.split()[0] for line in text.splitlines()
                if re.match(r"  [a-z]+$", line)}
    run = {arguments[0] for _, arguments in read_runs().values()}
    missing = sorted(commands - run)
    print(f"{len(commands)} commands, {len(missing)} without a line in {RUNS.relative_to(ROOT)}", *missing)
    return 1 if missing or not commands else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("shim", nargs="?")
    parser.add_argument("name", nargs="?")
    parser.add_argument("--commands", action="store_true")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--valgrind", action="store_true")
    a = parser.parse_args()
    program = os.path.abspath(a.program)
    if a.commands:
        return check_commands(program)
    return test(program, shlex.quote(os.path.abspath(a.shim)), a.name, a)


if __name__ == "__main__":
    sys.exit(main())
