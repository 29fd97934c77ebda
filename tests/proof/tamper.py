#!/usr/bin/env python3
"""Tampers with proofs, one small change at a time, and requires that each is rejected.

    tamper.py --rules DIRECTORY --case FILE --count N [--seed N] PROOF

Steps (their states, presumptions, addresses, omissions) must be rejected for themselves, without a look at any file;
of changes to the rules and facts that a proof carries, whatever does not already break a step must be caught by the
comparison with the files. A change that leaves a sound proof of the same verdicts from the same rules and facts (a
part left out that nothing needed) is no tampering and is counted apart.
"""
import argparse
import collections
import copy
import json
import random
import sys

import check
import sources


class Unsuitable(Exception):
    """There is nothing of the kind to tamper with."""


def pick(random_, items):
    items = list(items)
    if not items:
        raise Unsuitable
    return random_.choice(items)


def lines_of(proof, key):
    return [line for line in proof if key in line and next(iter(line)) == key]


def other_than(random_, value, values):
    return pick(random_, [v for v in values if v != value])


# ---- Steps

def flip_state(random_, proof):
    line = pick(random_, lines_of(proof, "at"))
    line["state"] = other_than(random_, line["state"], check.STATES)
    if not check.decided(line["state"]):
        line.pop("presumed", None)


def flip_verdict_and_rules(random_, proof):
    """A verdict, and with it the rule it follows from."""
    verdict = pick(random_, [line for line in lines_of(proof, "at") if ":" not in line["at"]])
    state = other_than(random_, verdict["state"], check.STATES)
    for line in lines_of(proof, "at"):
        head, _, rest = line["at"].partition(":")
        if head == verdict["at"] and "/" not in rest:
            line["state"] = state
            if not check.decided(state):
                line.pop("presumed", None)


def flip_whole_branch(random_, proof):
    """Every step of a verdict down to a leaf."""
    leaf = pick(random_, [line for line in lines_of(proof, "at") if "/" in line["at"].partition(":")[2]])
    state = other_than(random_, leaf["state"], (check.HOLDS, check.FAILS))
    for line in lines_of(proof, "at"):
        if leaf["at"] == line["at"] or leaf["at"].startswith((line["at"] + "/", line["at"] + ":")):
            line["state"] = state


def forge_presumed(random_, proof):
    line = pick(random_, [line for line in lines_of(proof, "at") if check.decided(line["state"])])
    if line.pop("presumed", None) is None:
        line["presumed"] = True


def drop_step(random_, proof):
    line = pick(random_, lines_of(proof, "at"))
    proof.remove(line)
    proof[-1]["end"] -= 1


def drop_branch(random_, proof):
    root = pick(random_, lines_of(proof, "at"))["at"]
    gone = [line for line in lines_of(proof, "at") if line["at"] == root or line["at"].startswith((root + "/", root + ":"))]
    for line in gone:
        proof.remove(line)
    proof[-1]["end"] -= len(gone)


def move_step(random_, proof):
    one, other = pick(random_, lines_of(proof, "at")), pick(random_, lines_of(proof, "at"))
    if one["state"] == other["state"] and ("presumed" in one) == ("presumed" in other):
        raise Unsuitable
    one["at"], other["at"] = other["at"], one["at"]


def add_step(random_, proof):
    line = dict(pick(random_, lines_of(proof, "at")))
    line["at"] += random_.choice(("/1", "/unless.1", "/.limit", ":another_rule", "/.list"))
    proof.insert(-1, line)
    proof[-1]["end"] += 1


def turn_presumptions(random_, proof):
    proof[0]["presumptions"] = not proof[0]["presumptions"]


# ---- Facts

def rows(proof):
    return lines_of(proof, "row")


def assertions(proof):
    return [(row, name, a) for row in rows(proof) for name, many in row["facts"].items() for a in many]


def new_value(random_, proof, row, name, value):
    type_ = next(e for e in lines_of(proof, "entity") if e["entity"] == row["of"])["facts"][name]["type"]
    type_ = type_.removeprefix("list of ")
    enums = {e["enum"]: e["values"] for e in lines_of(proof, "enum")}
    if type_ == "yes_no":
        return "no" if value == "yes" else "yes"
    if type_ in enums:
        return other_than(random_, value, enums[type_])
    if type_ == "number":
        return str(int(float(value)) + random_.choice((-1, 1, 100)))
    if type_ == "date":
        return f"{int(value[:4]) + random_.choice((-1, 1, -30, 30)):04}" + value[4:].replace("02-29", "02-28")
    if type_ == "text":
        return value + random_.choice(("!", " served", " rumour"))
    return other_than(random_, value, [r["row"] for r in rows(proof) if r["of"] == type_])


def change_value(random_, proof):
    row, name, assertion = pick(random_, [one for one in assertions(proof) if "is" in one[2]])
    assertion["is"] = new_value(random_, proof, row, name, assertion["is"])


def add_assertion(random_, proof):
    row, name, assertion = pick(random_, [one for one in assertions(proof) if "is" in one[2]])
    row["facts"][name].append({"is": new_value(random_, proof, row, name, assertion["is"]), "by": "somebody"})


def drop_fact(random_, proof):
    row, name, _ = pick(random_, assertions(proof))
    del row["facts"][name]


def change_source(random_, proof):
    row, name, assertion = pick(random_, [one for one in assertions(proof) if "from" not in one[2]])
    assertion["by"] = assertion.get("by", "") + "somebody else"


def drop_member(random_, proof):
    row, name, assertion = pick(random_, [one for one in assertions(proof) if one[2].get("list")])
    assertion["list"].remove(pick(random_, assertion["list"]))


def turn_complete(random_, proof):
    row, name, assertion = pick(random_, [one for one in assertions(proof) if "list" in one[2]])
    assertion["complete"] = not assertion["complete"]


def drop_row(random_, proof):
    proof.remove(pick(random_, rows(proof)))


# ---- Rules and vocabulary

def conditions(condition, parent=None):
    yield condition, parent
    for part in [*condition.get("parts", []), *condition.get("unless", []),
                 *[condition[k] for k in ("where", "that") if k in condition]]:
        yield from conditions(part, condition)


def all_conditions(proof):
    return [one for rule in lines_of(proof, "rule") for one in conditions(rule["condition"])]


def drop_rule(random_, proof):
    proof.remove(pick(random_, lines_of(proof, "rule")))


def change_head(random_, proof):
    condition, _ = pick(random_, [one for one in all_conditions(proof) if one[0]["is"] in ("all_of", "any_of", "none_of")])
    # of one part, all_of and any_of are the same
    heads = ("all_of", "any_of", "none_of") if len(condition["parts"]) > 1 else \
        ("none_of",) if condition["is"] != "none_of" else ("all_of",)
    condition["is"] = other_than(random_, condition["is"], heads)


def change_quantifier(random_, proof):
    condition, _ = pick(random_, [one for one in all_conditions(proof) if one[0]["is"] in ("for_some", "for_every")])
    if condition["is"] == "for_some":
        condition["is"] = "for_every"
    elif random_.random() < 0.5:
        condition["is"] = "for_some"
    else:
        condition["if_empty"] = other_than(random_, condition["if_empty"], (check.HOLDS, check.FAILS))


def drop_part(random_, proof):
    condition, _ = pick(random_, [one for one in all_conditions(proof) if len(one[0].get("parts", [])) > 1])
    condition["parts"].remove(pick(random_, condition["parts"]))


def drop_exception(random_, proof):
    condition, _ = pick(random_, [one for one in all_conditions(proof) if one[0].get("unless")])
    condition["unless"].remove(pick(random_, condition["unless"]))


def change_leaf(random_, proof):
    swaps = (("is not", "is"), ("is before", "is on or before"), ("is on or before", "is after"), ("is at least", "is above"),
             ("is above", "is at least"), ("is after", "is on or after"), (" yes", " no"), (" no", " yes"),
             (" is ", " is not "))
    leaf, (old, new) = pick(random_, [(one, swap) for one, _ in all_conditions(proof) if one["is"] == "leaf"
                                      for swap in swaps if swap[0] in one["text"]])
    leaf["text"] = leaf["text"].replace(old, new, 1)


def change_citation(random_, proof):
    cites = [one for one in [*lines_of(proof, "rule"), *[c for c, _ in all_conditions(proof)]] if one.get("authority")]
    one = pick(random_, cites)
    one["authority"] = one["authority"][:-1] + [one["authority"][-1] + "1"]


def change_passage(random_, proof):
    one = pick(random_, [one for one in [*lines_of(proof, "rule"), *[c for c, _ in all_conditions(proof)]]
                         if one.get("passages")])
    one["passages"] = one["passages"][1:] or ["another-passage"]


def change_conclusion(random_, proof):
    one, other = pick(random_, lines_of(proof, "rule")), pick(random_, lines_of(proof, "rule"))
    if one["concludes"] == other["concludes"]:
        raise Unsuitable
    one["concludes"] = other["concludes"]


def members(proof):
    return [about for e in lines_of(proof, "entity") for about in [*e["facts"].values(), *e["criteria"].values()]]


def forge_presumption(random_, proof):
    about = pick(random_, [m for m in members(proof) if "if_open" not in m])
    about.update(if_open=random_.choice((check.HOLDS, check.FAILS)), burden="nobody", authority=["none"])


def turn_presumption(random_, proof):
    about = pick(random_, [m for m in members(proof) if "if_open" in m])
    about["if_open"] = other_than(random_, about["if_open"], (check.HOLDS, check.FAILS))


def shift_burden(random_, proof):
    about = pick(random_, [m for m in members(proof) if "if_open" in m])
    about["burden"] += " and the applicant"


def drop_presumption(random_, proof):
    about = pick(random_, [m for m in members(proof) if "if_open" in m])
    for key in ("if_open", "burden", "authority"):
        del about[key]


def change_parameter(random_, proof):
    enums = {e["enum"]: e["values"] for e in lines_of(proof, "enum")}
    parameter = pick(random_, [p for p in lines_of(proof, "parameter") if p["type"] in enums])
    parameter["value"] = other_than(random_, parameter["value"], enums[parameter["type"]])


def reorder_enum(random_, proof):
    enum = pick(random_, [e for e in lines_of(proof, "enum") if e["ordered"] and len(e["values"]) > 1])
    enum["values"].reverse()


STEPS = (flip_state, flip_verdict_and_rules, flip_whole_branch, forge_presumed, drop_step, drop_branch, move_step, add_step,
         turn_presumptions)
SOURCES = (change_value, add_assertion, drop_fact, change_source, drop_member, turn_complete, drop_row, drop_rule,
           change_head, change_quantifier, drop_part, drop_exception, change_leaf, change_citation, change_passage,
           change_conclusion, forge_presumption, turn_presumption, shift_burden, drop_presumption, change_parameter,
           reorder_enum)


# ---- The trial

def verdicts(proof):
    """What a proof proves, and from what: everything but the steps below the criteria."""
    return [line for line in proof if next(iter(line)) not in ("at", "end")], \
        {line["at"]: line for line in lines_of(proof, "at") if ":" not in line["at"]}


def rejected(proof, case):
    """By the steps themselves, by the files, or not at all."""
    try:
        whole, _ = check.check(proof)
    except check.Rejected:
        return "steps"
    try:
        case.compare(whole)
    except check.Rejected:
        return "files"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rules", required=True)
    parser.add_argument("--case", required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("proof")
    arguments = parser.parse_args()
    random_ = random.Random(arguments.seed)
    originals = check.split(open(arguments.proof, encoding="utf-8").read())
    cases = list(zip(originals, sources.Sources(arguments.rules).cases(arguments.case, len(originals))))
    if any(rejected(original, case) for original, case in cases):
        sys.exit(f"{arguments.proof} is rejected as it is")
    tally, failed, made = collections.Counter(), False, 0
    while made < arguments.count:
        original, case = random_.choice(cases)
        change = random_.choice(STEPS if made % 2 else SOURCES)
        proof = copy.deepcopy(original)
        try:
            change(random_, proof)
        except Unsuitable:
            continue
        if proof == original:
            continue
        made += 1
        by = rejected(proof, case)
        harmless = by is None and change in (drop_step, drop_branch) and verdicts(proof) == verdicts(original)
        tally["harmless" if harmless else by] += 1
        if (by is None and not harmless) or (change in STEPS and by == "files"):
            failed = True
            changed = [(a, b) for a, b in zip(original, proof) if a != b][:1]
            print(f"not rejected: {change.__name__}: {json.dumps(changed)[:600]}")
    print(f"{arguments.case}: {made} changes: {tally['steps']} rejected by the steps, {tally['files']} by the files, "
          f"{tally['harmless']} omissions of what nothing needed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
