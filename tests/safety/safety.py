#!/usr/bin/env python3
"""What must not leave: no network, no other process, no file but the report, no value of a case where it is redacted.

    safety.py confined PROGRAM PROBE    what a taken-over run is refused (skipped where the system confines nothing)
    safety.py symbols PROGRAM LIBRARY   which calls of the C library the program and the library can make at all
    safety.py redact PROGRAM            every command that takes cases, in each form: no secret of the case is shown
    safety.py hostile PROGRAM           every command and form over hostile names: no control character gets through
    safety.py surroundings PROGRAM      no environment variable changes a report
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
MINI = "tests/golden/library/mini"
PLAIN = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TERM": "dumb"}

# Case text that must not show: a label, dates, sources of assertions, free text, a title, a note.
SECRETS = ["Quirin", "Zanzibar", "1987-03-14", "1987-03", "2013-09-27", "minute-book", "whispered", "Xylander",
           "Ullapool"]
SECRET_CASE = """surplace: case/1
title: The file of Quirin Xylander
assessed_on: 2013-09-27
persons:
  p1:
    label: Quirin Xylander
    location: BBB
    left_on: 1987-03-14
    reasons: [work]
    statement: born in Ullapool, served nobody
    believed: [{is: yes, by: Zanzibar office, see: minute-book 3}, {is: no, by: ministry that whispered}]
    harms: [{kind: Ullapool prison, risk: real, serious: yes}, {kind: "rumour, whispered", risk: remote}]
removals:
  r1: {of: p1, by: BBB, to: CCC, date: 2013-09-27}
expect:
  p1.refugee: fails
"""
# The same with faults where the values stand: messages must not quote them.
SECRET_FAULTY = SECRET_CASE.replace("2013-09-27", "27 Ullapool").replace("risk: real", "risk: Zanzibar").replace(
    "[work]", "[whispered]").replace("location: BBB", "location: Quirin Xylander").replace("of: p1", "of: Xylander")

HOSTILE = "\x1b]0;x\x07\x1b[2J\u202eevil\u2066\x9b31m\u200b\"</script>&'%s\\"


def run(program, *arguments, **more):
    environment = dict(PLAIN, **more.pop("environment", {}))
    return subprocess.run([os.path.abspath(program), *arguments], cwd=ROOT, env=environment, capture_output=True,
                          timeout=60, check=False, **more)


def help_of(program, *arguments):
    return run(program, *arguments, "--help").stdout.decode()


def commands(program):
    return [line.split()[0] for line in help_of(program).splitlines()
            if re.match(r"  [a-z]", line) and not line.startswith("  surplace")]


def forms(program, command):
    found = re.search(r"--format ([a-z|]+)", help_of(program, command))
    return found.group(1).split("|") if found else [None]


class Checks:
    def __init__(self):
        self.count = self.wrong = 0

    def check(self, what, right):
        self.count += 1
        if not right:
            self.wrong += 1
            print("safety:", what)

    def end(self, least):
        print(f"safety: {self.count} checks, {self.wrong} wrong")
        return 1 if self.wrong or self.count < least else 0


def confined(program, probe):
    c = Checks()
    with tempfile.TemporaryDirectory() as folder:
        old = pathlib.Path(folder, "old")
        old.write_text("old\n")
        out = pathlib.Path(folder, "reports")
        out.mkdir()
        seccomp = "Seccomp:" in pathlib.Path("/proc/self/status").read_text()
        if not seccomp:
            return 77
        for to in ([], ["-o", str(out / "report")]):
            got = run(program, "eval", "--rules", MINI, "tests/golden/library/anna.yaml", *to,
                      environment={"LD_PRELOAD": os.path.abspath(probe), "SURPLACE_PROBE": folder})
            told = dict(re.findall(r"probe ([a-z ]+): (.*)", got.stderr.decode()))
            c.check(f"the run itself: exit {got.returncode}", got.returncode == 0 and len(told) == 13)
            for what, answer in told.items():
                files = what in ("remove a file", "move a file")
                if files and answer == "allowed":
                    print(f"safety: note: Landlock is not there: {what}: {answer}")
                else:
                    c.check(f"{what}: {answer}", answer in ("Operation not permitted", "Permission denied"))
            if to:
                c.check("the report is there", (out / "report").stat().st_size > 100)
        if "remove a file" in told and told["remove a file"] != "allowed":
            c.check("the other file is as it was", old.read_text() == "old\n" and sorted(
                p.name for p in pathlib.Path(folder).iterdir()) == ["old", "reports"])
    return c.end(20)


FORBIDDEN = re.compile(r"^(socket|connect|bind|listen|accept|send|recv|getaddrinfo|gethostby|getservby|inet_|res_|"
                       r"system|popen|exec|posix_spawn|fork|vfork|clone|tmpfile|tmpnam|tempnam|mktemp|mkstemp|"
                       r"mkdtemp|mkostemp|dlopen|dlsym|setenv|putenv|gets$|strcpy$|strcat$|sprintf$|"
                       r"__strcpy_chk|__strcat_chk|__sprintf_chk|setlocale|srand|rand$|time$|gettimeofday)")


def undefined(path):
    text = subprocess.run(["nm", "-u", path], capture_output=True, text=True, check=True).stdout
    return {line.split()[-1].split("@")[0] for line in text.splitlines() if line.strip()}


def symbols(program, library):
    c = Checks()
    for path in (program, library):
        names = undefined(path)
        c.check(f"{path}: has no undefined symbol at all", len(names) > 10)
        for name in sorted(names):
            c.check(f"{path}: calls {name}", not FORBIDDEN.match(name))
    readers = set()
    for source in (ROOT / "engine").rglob("*.c"):
        if source.parent.name != "embed":
            readers |= {(source.name, v) for v in re.findall(r'getenv\("([A-Z_]+)"\)', source.read_text())}
            plain = len(re.findall(r"getenv\(", source.read_text()))
            c.check(f"{source.name}: reads a variable by another name than a constant",
                    plain == len(re.findall(r'getenv\("[A-Z_]+"\)', source.read_text())))
    allowed = {"NO_COLOR", "CLICOLOR_FORCE", "TERM"}
    c.check(f"reads {readers}: how a report looks, and nothing else", {v for _, v in readers} <= allowed)
    return c.end(60)


def case_commands(program):
    return [name for name in commands(program) if "--redact" in help_of(program, name)]


def arguments_for(program, command, case):
    """How a command is called on a case: with a criterion where it wants one."""
    synopsis = help_of(program, command).splitlines()[0]
    return [command, "--rules", MINI, case] + (["p1.refugee"] if "CRITERION" in synopsis.split("]")[-1] else [])


def redact(program):
    c = Checks()
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for name, text in (("good", SECRET_CASE), ("faulty", SECRET_FAULTY)):
            paths[name] = os.path.join(folder, name + ".yaml")
            pathlib.Path(paths[name]).write_text(text)
        for command in commands(program):
            # messages never hold a value, asked to be redacted or not
            got = run(program, *arguments_for(program, command, paths["faulty"]))
            for secret in SECRETS:
                c.check(f"{command}: a message shows {secret}", secret.encode() not in got.stderr)
        for command in case_commands(program):
            for form in forms(program, command):
                for kind in ("good", "faulty"):
                    more = ["--format", form] if form else []
                    got = run(program, *arguments_for(program, command, paths[kind]), "--redact", *more)
                    for secret in SECRETS:
                        c.check(f"{command} --redact --format {form}: shows {secret} ({kind})",
                                secret.encode() not in got.stdout + got.stderr)
                    if kind == "good":
                        c.check(f"{command} --redact --format {form}: exit {got.returncode}: {got.stderr[:200]!r}",
                                got.returncode in (0, 1) and len(got.stdout) > 0)
        plain = run(program, *arguments_for(program, "eval", paths["good"])).stdout
        c.check("without --redact nothing would be shown either", b"Quirin" in plain and b"Zanzibar" in plain)
    return c.end(60)


def unsafe(text):
    return [hex(ord(x)) for x in text
            if (ord(x) < 0x20 and x != "\n") or 0x7f <= ord(x) < 0xa0 or x in "\u202e\u2066\u200b\u2028"]


def hostile(program):
    c = Checks()
    text = json.dumps(HOSTILE)
    case = SECRET_CASE
    for plain in ("The file of Quirin Xylander", "Quirin Xylander", "born in Ullapool, served nobody",
                  "Zanzibar office", "minute-book 3", "Ullapool prison"):
        case = case.replace(": " + plain, ": " + text)
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, "case.yaml"), os.path.join(folder, HOSTILE.replace("/", "-") + ".yaml"),
                 os.path.join(folder, "faulty.yaml"), os.path.join(folder, "hostile.txt")]
        for path in paths[:2]:
            pathlib.Path(path).write_text(case, encoding="utf-8")
        pathlib.Path(paths[2]).write_text(case.replace("left_on:", text + ":"), encoding="utf-8")
        pathlib.Path(paths[3]).write_text(HOSTILE, encoding="utf-8")
        for command in commands(program):
            for form in forms(program, command):
                for path in paths + [HOSTILE]:
                    more = ["--format", form] if form else []
                    got = run(program, *arguments_for(program, command, path), *more)
                    for stream in (got.stdout, got.stderr):
                        found = unsafe(stream.decode("utf-8", "strict"))
                        c.check(f"{command} --format {form} {path!r}: prints {found[:5]}", not found)
                    if form in ("json", "jsonl", "sarif") and got.stdout and got.returncode in (0, 1):
                        for document in [got.stdout] if form != "jsonl" else got.stdout.splitlines():
                            try:
                                json.loads(document)
                            except ValueError as fault:
                                c.check(f"{command} --format {form} {path!r}: {fault}", False)
    return c.end(40)


def surroundings(program):
    c = Checks()
    call = ["eval", "--format", "json", "examples/cases/food-seeker.yaml"]
    good = run(program, *call)
    for name, value in (("LC_ALL", "tr_TR.UTF-8"), ("LANG", "de_DE.UTF-8"), ("TZ", "Asia/Seoul"), ("COLUMNS", "20"),
                        ("LINES", "3"), ("HOME", "/nowhere"), ("SURPLACE_RULES", "/nowhere"), ("SURPLACE", "x"),
                        ("MALLOC_PERTURB_", "165"), ("GLIBC_TUNABLES", "glibc.malloc.perturb=90"), ("USER", "x"),
                        ("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1"), ("PWD", "/"), ("TMPDIR", "/nowhere")):
        got = run(program, *call, environment={name: value})
        c.check(f"{name}={value} changes a report", (got.returncode, got.stdout) == (good.returncode, good.stdout))
    c.check("the report itself", good.returncode == 0 and len(good.stdout) > 1000)
    return c.end(10)


if __name__ == "__main__":
    sys.exit({"confined": confined, "symbols": symbols, "redact": redact, "hostile": hostile,
              "surroundings": surroundings}[sys.argv[1]](*sys.argv[2:]))
