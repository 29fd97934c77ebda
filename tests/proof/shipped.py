#!/usr/bin/env python3
"""Every proof of every shipped case, under the default reading and under each that the case expects something of, and
of random rule bases: followed, and held to the files.

    shipped.py PROGRAM RULES CASE_FOLDER SEEDS
"""
import pathlib
import subprocess
import sys
import tempfile

import check
import sources

import generate  # beside the oracle, to which `sources` has shown the way
import oracle


def prove(program, rules, path, *options):
    run = subprocess.run([program, "eval", "--rules", rules, "--format", "proof", *options, path],
                         capture_output=True, text=True, check=True, encoding="utf-8")
    return check.split(run.stdout)


class Trial:
    def __init__(self, program):
        self.program, self.proofs, self.steps, self.failed = program, 0, 0, False

    def follow(self, from_, rules, path, *options):
        try:
            proofs = prove(self.program, rules, path, *options)
            for lines, case in zip(proofs, from_.cases(path, len(proofs))):
                whole, _ = check.check(lines)
                case.compare(whole)
                self.proofs += 1
                self.steps += len(whole.steps)
        except (check.Rejected, subprocess.CalledProcessError) as e:
            self.failed = True
            print(f"{path} {' '.join(options)}: {e}")


def main():
    program, rules, folder, seeds = sys.argv[1:]
    trial = Trial(program)
    shipped = sources.Sources(rules)
    for number, path in enumerate(sorted(pathlib.Path(folder).glob("*.yaml"))):
        trial.follow(shipped, rules, str(path))
        if number % 10 == 0:
            trial.follow(shipped, rules, str(path), "--no-presumptions")
        readings = {reading for tree in oracle.read_trees(path) for reading in tree.get("expect_under") or {}}
        for reading in sorted(readings):
            trial.follow(shipped, rules, str(path), "--reading", reading)
    print(f"shipped cases: {trial.proofs} proofs, {trial.steps} steps")
    random = Trial(program)
    for seed in range(int(seeds)):
        with tempfile.TemporaryDirectory() as folder:
            # criteria of a facet and of its base may have one name and so one address
            generate.write(folder, *generate.generate(seed, 4, ("facets",)))
            rules = f"{folder}/rules"
            reading = oracle.RuleBase(oracle.read_rules(rules)).reading
            random.follow(sources.Sources(rules), rules, f"{folder}/cases.yaml", *(["--reading", reading] if reading else []))
    print(f"random rules: {random.proofs} proofs, {random.steps} steps")
    return 1 if trial.failed or random.failed else 0


if __name__ == "__main__":
    sys.exit(main())
