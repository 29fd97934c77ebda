#!/usr/bin/env python3
"""Measures the program and prints figures, each with its spread over repetitions.

    bench.py PROGRAM --counted P --yaml-events P --json-lines P --launch P [--cases N] [--seeds A:B] [--only PART,...]

Work is counted in instructions (callgrind), which hardly differ from run to run; every repetition has a seed, and so
cases, of its own. What a person waits for is measured in time.
"""
import argparse
import math
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import generate

SIZES = (1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 100_000)
PARTS = ["stream", "lines", "single", "memory", "rules", "facts"]

# Where the instructions of a run go. Each is counted with all it calls.
SHARES = [("reading", ["sp_cases_read_batch"]), ("evaluation", ["sp_run_batch"]),
          ("explanation", ["sp_supporter_begin", "sp_results_of_case", "sp_supporter_set", "sp_supporter_pattern",
                           "sp_supporter_rules"]),
          ("output", ["surplace_render_case"]), ("loading the rules", ["surplace_rules_load", "surplace_law_compile"])]


def spread(values, form="{:.3g}"):
    values = sorted(values)
    return f"{form.format(values[len(values) // 2])} ({form.format(values[0])} to {form.format(values[-1])})"


def report(name, values, unit="", form="{:.3g}"):
    print(f"  {name:<46}{spread(values, form)}{unit}", flush=True)


class Bench:
    def __init__(self, arguments, folder):
        self.a, self.folder = arguments, folder
        first, last = arguments.seeds.split(":")
        self.seeds = range(int(first), int(last))

    # ---- one run

    def count(self, command, text):
        """Instructions of a whole run, and by function with all it calls."""
        out = self.folder / "callgrind"
        source = self.folder / "input"
        source.write_text(text)
        with source.open() as stream:
            done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *command], stdin=stream,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stderr}")
        listed = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", out],
                                capture_output=True, text=True, check=True).stdout
        functions = {}
        for amount, name in re.findall(r"^\s*([\d,]+) \([^)]*\)\s+\S*?:(\w+)(?:'\d+)?(?: \[.*\])?$", listed, re.M):
            functions.setdefault(name, int(amount.replace(",", "")))
        whole = re.search(r"^\s*([\d,]+).*PROGRAM TOTALS", listed, re.M).group(1)
        return int(whole.replace(",", "")), functions

    def launch(self, command, text=None, chunks=None):
        """(seconds from start to end, seconds of processor time, MiB) of one run."""
        with subprocess.Popen([self.a.launch, *map(str, command)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              text=True) as run:
            for chunk in chunks if chunks is not None else [text or ""]:
                run.stdin.write(chunk)
            run.stdin.close()
            said = run.stdout.read().split()
        if run.returncode != 0 or len(said) != 3:
            sys.exit(f"{' '.join(map(str, command))} failed")
        return int(said[0]) / 1e9, int(said[1]) / 1e9, int(said[2]) / 1024

    # ---- what is measured

    def against(self, form, bare, title):
        """The whole evaluation of a stream against a bare reader of the same bytes."""
        command = [self.a.counted, "eval", "--format", "jsonl", "--input", form, "-"]
        of_form = generate.as_yaml if form == "yaml" else generate.as_json_line
        ratios, marginal, each, shares, size = [], [], [], {}, []
        idle, _ = self.count(command, of_form(next(generate.Cases(0).many(1))))
        bare_idle, _ = self.count([bare], of_form(next(generate.Cases(0).many(1))))
        for seed in self.seeds:
            text = "".join(map(of_form, generate.Cases(seed).many(self.a.cases)))
            ours, functions = self.count(command, text)
            theirs, _ = self.count([bare], text)
            ratios.append(ours / theirs)
            marginal.append((ours - idle) / (theirs - bare_idle))
            each.append((ours - idle) / (self.a.cases - 1) / 1000)
            size.append(len(text.encode()) / self.a.cases)
            for name, of in SHARES:
                shares.setdefault(name, []).append(100 * sum(functions.get(f, 0) for f in of) / ours)
        print(f"\n{title}, {self.a.cases} cases, whole `eval --format jsonl`, in instructions")
        report("against the bare reader of the same bytes", ratios, " times", "{:.2f}")
        report("  the same, without what one case takes", marginal, " times", "{:.2f}")
        report("a case more", each, " thousand", "{:.0f}")
        report("bytes a case", size, "", "{:.0f}")
        # what is explained is explained while the output is written
        shares["output"] = [o - e for o, e in zip(shares["output"], shares["explanation"])]
        for name, values in shares.items():
            report(f"share of {name}", values, " %", "{:.1f}")

    def stream(self):
        self.against("yaml", self.a.yaml_events, "YAML stream against libyaml's events")

    def lines(self):
        self.against("jsonl", self.a.json_lines, "JSON Lines against jansson's parse")

    def single(self):
        command = [self.a.program, "eval", "-"]
        cases = list(map(generate.as_yaml, generate.Cases(self.seeds[0]).many(200)))
        runs = [self.launch(command, case) for case in cases]
        print("\nOne case as text, from before the process is started until it has ended, 200 runs")
        report("time", [r[0] * 1000 for r in runs], " ms", "{:.2f}")
        report("processor time", [r[1] * 1000 for r in runs], " ms", "{:.2f}")
        counted = [self.count([self.a.counted, "eval", "-"], case)[0] / 1e6 for case in cases[:len(self.seeds)]]
        report("instructions", counted, " million", "{:.1f}")

    def memory(self):
        print("\nPeak memory of `eval --format jsonl`, YAML stream")
        for count in (1_000, 100_000):
            command = [self.a.program, "eval", "--format", "jsonl", "-"]
            peaks = [self.launch(command, chunks=map(generate.as_yaml, generate.Cases(seed).many(count)))[2]
                     for seed in list(self.seeds)[:1 if count > 1000 else None]]
            report(f"{count:,} cases", peaks, " MiB", "{:.2f}")

    def scaling(self, title, points):
        """Time at growing sizes, and the exponent of the line through their logarithms."""
        print(f"\n{title}")
        fitted = []
        for size, command, text in points:
            if fitted and fitted[-1][1][0] > math.log(20):
                print("  (the larger ones take more than 20 seconds each)")
                break
            runs = [self.launch(command, text) for _ in self.seeds]
            report(f"{size:>7,}", [r[1] * 1000 for r in runs], " ms", "{:.1f}")
            fitted.append((math.log(size), [math.log(r[1]) for r in runs]))
        exponents = [slope([(x, ys[i]) for x, ys in fitted]) for i in range(len(self.seeds))]
        report("exponent", exponents, "", "{:.2f}")
        last = fitted[-2:]
        ends = [slope([(x, ys[i]) for x, ys in last]) for i in range(len(self.seeds))]
        report("exponent between the two largest", ends, "", "{:.2f}")

    def rules(self):
        for shape in ("wide", "tree", "chain"):
            points = []
            for count in SIZES:
                folder = self.folder / f"{shape}-{count}"
                generate.rule_base(folder, count, shape)
                points.append((count, [self.a.program, "eval", "--rules", folder, "--format", "jsonl", "-"],
                               "surplace: case/1\nitems:\n  a: {stated: yes, other: yes}\n"))
            self.scaling(f"Rules loaded and a case evaluated, by number of rules ({shape}), processor time", points)

    def facts(self):
        folder = self.folder / "few"
        generate.rule_base(folder, 10, "tree")
        points = [(count, [self.a.program, "eval", "--rules", folder, "--format", "jsonl", "-"],
                   generate.items_case(count)) for count in SIZES]
        self.scaling("One case under 10 rules, by number of facts, processor time", points)


def slope(points):
    n, sx, sy = len(points), sum(x for x, _ in points), sum(y for _, y in points)
    return ((n * sum(x * y for x, y in points) - sx * sy) / (n * sum(x * x for x, _ in points) - sx * sx))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--counted", required=True, help="the program, built so that callgrind can count it")
    parser.add_argument("--yaml-events", required=True)
    parser.add_argument("--json-lines", required=True)
    parser.add_argument("--launch", required=True)
    parser.add_argument("--cases", type=int, default=512)
    parser.add_argument("--seeds", default="1:4")
    parser.add_argument("--only", default=",".join(PARTS))
    arguments = parser.parse_args()
    if shutil.which("valgrind") is None:
        sys.exit("the benchmark counts instructions with valgrind, which is not installed")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(arguments, pathlib.Path(folder))
        print("Figures are medians (smallest to largest over the repetitions).")
        for part in arguments.only.split(","):
            getattr(bench, part)()


if __name__ == "__main__":
    main()
