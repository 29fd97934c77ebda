#!/usr/bin/env python3
"""Outputs that do not arrive: a full device, a closed pipe, a closed stream, a file that may not grow, a run that is
stopped. For every line of `runs`: no exit says that all went well; with -o nothing is left behind, and nothing takes
the place of what was there.

    streams.py PROGRAM
"""

import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

import faults

PREVIOUS = b"what stood here before\n"
PLAIN = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TERM": "dumb"}


class Streams:
    def __init__(self, program, folder):
        self.program = program
        self.folder = folder / "out"
        self.out = self.folder / "report"
        self.checks = self.wrong = 0

    def check(self, what, right):
        self.checks += 1
        if not right:
            self.wrong += 1
            print("streams:", what)

    def before(self):
        if self.folder.exists():
            shutil.rmtree(self.folder)
        self.folder.mkdir()
        self.out.write_bytes(PREVIOUS)

    def check_kept(self, what):
        names = sorted(os.listdir(self.folder))
        self.check(f"{what}: there is {names}", names == ["report"] and self.out.read_bytes() == PREVIOUS)

    def run(self, words, **how):
        """The exit, standard output and standard error; `how` goes to subprocess."""
        stdin = "/dev/null"
        command = [self.program]
        for word in words:
            if word.startswith("<"):
                stdin = faults.ROOT / word[1:]
            else:
                command.append(str(self.out) if word == "OUT" else word)
        how.setdefault("stdout", subprocess.PIPE)
        how.setdefault("stderr", subprocess.PIPE)
        with open(stdin, "rb") as opened:
            return subprocess.run(command, stdin=opened, cwd=faults.ROOT, env=PLAIN, timeout=60, check=False, **how)

    def to_standard_output(self, name, words):
        good = self.run(words)
        if not good.stdout:
            return  # a faulty input: nothing to be lost
        with open("/dev/full", "wb") as full:
            got = self.run(words, stdout=full)
            self.check(f"{name}: full device: exit {got.returncode}, {got.stderr!r}",
                       got.returncode == 74 and b"cannot be written" in got.stderr)
            got = self.run(words, stderr=full)
            self.check(f"{name}: messages to a full device: exit {got.returncode}",
                       (got.returncode, got.stdout) == (good.returncode, good.stdout))
        reading, writing = os.pipe()
        os.close(reading)
        got = self.run(words, stdout=writing)
        os.close(writing)
        self.check(f"{name}: closed pipe: exit {got.returncode}", got.returncode == 74)
        got = self.run(words, stdout=None, preexec_fn=lambda: os.close(1))
        self.check(f"{name}: closed output: exit {got.returncode}", got.returncode == 74)

    def to_file(self, name, words):
        self.before()
        got = self.run(words, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)))
        self.check(f"{name}: no room: exit {got.returncode}", got.returncode == 74)
        self.check_kept(f"{name}: no room")
        self.before()
        got = self.run(words)
        mode = self.out.stat().st_mode & 0o777
        self.check(f"{name}: mode {mode:o}", mode == 0o600)

    def stopped(self, number):
        """A run that waits for its input, with the sibling of the report there already, is stopped."""
        self.before()
        child = subprocess.Popen([self.program, "eval", "-o", str(self.out), "-"], stdin=subprocess.PIPE,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=PLAIN,
                                 preexec_fn=lambda: signal.signal(number, signal.SIG_DFL))
        for _ in range(1000):
            if len(os.listdir(self.folder)) > 1:
                break
            signal.sigtimedwait([], 0.01)
        child.send_signal(number)
        child.wait(timeout=30)
        child.stdin.close()
        self.check(f"{number.name}: exit {child.returncode}", child.returncode == -number)
        self.check_kept(number.name)


def main():
    with tempfile.TemporaryDirectory() as folder:
        s = Streams(os.path.abspath(sys.argv[1]), pathlib.Path(folder))
        for name, (_, words) in faults.read_runs().items():
            if "OUT" in words:
                s.to_file(name, words)
            else:
                s.to_standard_output(name, words)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            s.stopped(number)
        for option in ("--help", "--version"):
            with open("/dev/full", "wb") as full:
                got = s.run([option], stdout=full)
            s.check(f"{option}: full device: exit {got.returncode}", got.returncode == 74)
    print(f"streams: {s.checks} checks, {s.wrong} wrong")
    return 1 if s.wrong or s.checks < 40 else 0


if __name__ == "__main__":
    sys.exit(main())
