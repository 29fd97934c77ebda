#!/usr/bin/env python3
"""The checker on proofs written by hand: criteria that depend on one another must not hold, or be left open, for no
other reason than one another."""
import sys

import check

HOLDS, FAILS, OPEN, CONTESTED = check.STATES


def proof(states, stated, condition=("person.known", "person.friend.seen")):
    """Persons a and b, friends of each other; seen: known, or the friend is seen. `stated`: what is said of a."""
    leaves = [{"is": "leaf", "text": text} for text in condition]
    lines = [{"surplace": "proof/1", "case": "", "reading": "", "presumptions": True},
             {"entity": "case", "facts": {}, "criteria": {}},
             {"entity": "person", "collection": "persons",
              "facts": {"known": {"type": "yes_no"}, "friend": {"type": "person"}}, "criteria": {"seen": {"title": "Seen"}}},
             {"rule": "seen", "title": "Seen", "concludes": "person.seen", "authority": ["LAW"],
              "condition": {"is": "any_of", "parts": leaves}},
             {"row": "case", "of": "case", "facts": {}}]
    for row, friend, known in (("a", "b", stated), ("b", "a", ["no"])):
        lines.append({"row": row, "of": "person", "facts": {"known": [{"is": value} for value in known],
                                                            "friend": [{"is": friend}]}})
    known_state = {(): OPEN, ("no",): FAILS, ("yes",): HOLDS, ("yes", "no"): CONTESTED}[tuple(stated)]
    steps = 0
    for row, other, known in (("a", "b", known_state), ("b", "a", FAILS)):
        for at, state in ((f"{row}.seen", states[row]), (f"{row}.seen:seen", states[row]), (f"{row}.seen:seen/1", known),
                          (f"{row}.seen:seen/2", states[other])):
            lines.append({"at": at, "state": state})
            steps += 1
    return lines + [{"end": steps}]


def accepted(*arguments):
    try:
        check.check(proof(*arguments))
        return True
    except check.Rejected:
        return False


def main():
    both = {state: {"a": state, "b": state} for state in check.STATES}
    only = {("no",): FAILS, (): OPEN, ("yes", "no"): CONTESTED, ("yes",): HOLDS}
    faults = [f"{stated} and {state}" for stated, right in only.items() for state in check.STATES
              if accepted(both[state], list(stated)) != (state == right)]
    # a loop through a negation proves nothing, whatever it says
    faults += [f"negated {state}" for state in check.STATES
               if accepted(both[state], ["no"], ("person.known", "person.friend.seen is no"))]
    for fault in faults:
        print(f"selftest: wrong about {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
