#!/usr/bin/env python3
"""Follows a proof step by step, with nothing of the engine: `surplace eval --format proof CASE | check.py -`.

    check.py [--rules DIRECTORY --case FILE] [--strict] PROOF...

A proof (JSON, one object a line; engine/render/proof.h) carries the rules in force, the facts, and a state for every
part that a verdict follows from. Each state is derived again: of a leaf from the facts, by the meaning of its own
words; of everything else from the states of its parts, by the table of the four states. A part that is not shown
counts as open, which proves only what no knowledge of it could unsay; so whatever is open or contested must show all
its parts. What holds in a loop of criteria must be reached from outside it, what fails in one must not be reached,
and no step may be left over. Presumptions resolve only what is open, and what rests on one must say so.

With --rules and --case the rules and facts of the proof are also held to the files they came from, which needs PyYAML
(sources.py). A redacted proof masks dates and texts: leaves that read them are taken on trust and counted; --strict
refuses them. Exit 0: all is proven; 1: it is not, and the first fault is printed.
"""
import argparse
import calendar
import datetime
import json
import re
import sys
from fractions import Fraction

HOLDS, FAILS, OPEN, CONTESTED = "holds", "fails", "open", "contested"
STATES = (HOLDS, FAILS, OPEN, CONTESTED)
MASKED = object()                        # a date or text that a redacted proof keeps to itself
NOTHING = object()                       # what nobody has stated


class Rejected(Exception):
    pass


def require(condition, message):
    if not condition:
        raise Rejected(message)


# ---- The four states

def all_of(states):
    states = list(states)
    for state in (FAILS, CONTESTED, OPEN):
        if state in states:
            return state
    return HOLDS


def negation(state):
    return {HOLDS: FAILS, FAILS: HOLDS}.get(state, state)


def any_of(states):
    return negation(all_of([negation(state) for state in states]))


def at_least(n, states):
    states = list(states)
    if states.count(HOLDS) >= n:
        return HOLDS
    if len(states) - states.count(FAILS) < n:
        return FAILS
    return CONTESTED if CONTESTED in states else OPEN


def agreement(states):
    """One answer for each way of taking sides: all alike, or contested. None at all: open."""
    states = list(states)
    if not states:
        return OPEN
    return states[0] if len(set(states)) == 1 else CONTESTED


def decided(state):
    return state in (HOLDS, FAILS)


# ---- The document

def only(line, required, optional=()):
    keys = set(line)
    require(set(required) <= keys and keys <= set(required) | set(optional), f"a line with the keys {sorted(keys)}")


class Proof:
    def __init__(self, lines):
        self.header, self.enums, self.parameters, self.entities = None, {}, {}, {}
        self.rules, self.rows, self.steps, self.end = {}, {}, {}, None
        readers = {"surplace": self.read_header, "enum": self.read_enum, "parameter": self.read_parameter,
                   "entity": self.read_entity, "rule": self.read_rule, "row": self.read_row, "at": self.read_step,
                   "end": self.read_end}
        for line in lines:
            kind = next(iter(line), None)
            require(kind in readers and self.end is None, f"an unexpected line: {kind}")
            require((kind == "surplace") == (self.header is None), "the header stands first, and once")
            readers[kind](line)
        require(self.end == len(self.steps), "the proof is not whole")
        self.collections = {e["collection"]: name for name, e in self.entities.items() if "collection" in e}
        self.by_entity = {name: [] for name in self.entities}
        for entity, address in self.rows:
            require(entity in self.by_entity, f"a row of an unknown entity {entity}")
            self.by_entity[entity].append(address)
        for (entity, address), row in self.rows.items():
            self.check_row(entity, address, row)

    def add(self, table, key, value):
        require(key not in table, f"said twice: {key}")
        table[key] = value

    def read_header(self, line):
        only(line, ("surplace", "case", "reading", "presumptions"))
        require(line["surplace"] == "proof/1" and isinstance(line["presumptions"], bool), "a header of another kind")
        self.header = line

    def read_enum(self, line):
        only(line, ("enum", "ordered", "values"))
        require(len(set(line["values"])) == len(line["values"]), "an enum with a value twice")
        self.add(self.enums, line["enum"], line)

    def read_parameter(self, line):
        only(line, ("parameter", "type", "value"))
        self.add(self.parameters, line["parameter"], line)

    def read_entity(self, line):
        only(line, ("entity", "facts", "criteria"), ("collection", "facet_of", "owner"))
        for about in [*line["facts"].values(), *line["criteria"].values()]:
            presumption = {"if_open", "burden", "authority"} & set(about)
            require(len(presumption) in (0, 3), "a presumption names its burden and its authority")
            require(about.get("if_open", HOLDS) in (HOLDS, FAILS), "a presumption of neither holds nor fails")
        self.add(self.entities, line["entity"], line)

    def read_rule(self, line):
        only(line, ("rule", "title", "concludes", "condition"), ("authority", "passages"))
        require(line.get("authority") or line.get("passages"), f"the rule {line['rule']} cites nothing")
        self.add(self.rules, line["rule"], line)

    def read_row(self, line):
        only(line, ("row", "of", "facts"), ("owner",))
        self.add(self.rows, (line["of"], line["row"]), line)

    def read_step(self, line):
        only(line, ("at", "state"), ("presumed",))
        require(line["state"] in STATES and line.get("presumed", True) is True, "a step in no state")
        require(decided(line["state"]) or "presumed" not in line, "what is undetermined rests on no presumption")
        self.add(self.steps, line["at"], (line["state"], "presumed" in line))

    def read_end(self, line):
        only(line, ("end",))
        self.end = line["end"]

    def check_row(self, entity, address, row):
        about = self.entities[entity]
        owner = about.get("owner")
        require(("owner" in row) == (owner is not None), f"{address}: an owner")
        if owner:
            require((owner, row["owner"]) in self.rows, f"{address}: an owner that is not there")
            require(address.rpartition("/")[0] == row["owner"], f"{address} is not below {row['owner']}")
        for name, assertions in row["facts"].items():
            require(name in about["facts"], f"{entity} has no fact {name}")
            for assertion in assertions:
                self.check_assertion(about["facts"][name]["type"], assertion)

    def check_assertion(self, type_, assertion):
        if type_.startswith("list of "):
            only(assertion, ("list", "complete"), ("by", "see", "from", "found"))
            require(isinstance(assertion["complete"], bool), "a list that is neither complete nor not")
            for item in assertion["list"]:
                self.check_scalar(type_[len("list of "):], item)
        else:
            only(assertion, ("is",), ("by", "see", "from", "found"))
            self.check_scalar(type_, assertion["is"])

    def check_scalar(self, type_, value):
        if type_ in self.entities:
            require((type_, value) in self.rows, f"a reference to {value}, which is not there")
        elif type_ in self.enums:
            require(value in self.enums[type_]["values"], f"{value} is no {type_}")
        elif type_ == "yes_no":
            require(value in ("yes", "no"), f"{value} is neither yes nor no")
        else:
            require(isinstance(value, str) or value is None, "a value that is no text")


# ---- Dates and comparisons

def days(text):
    """The first and the last day that a date, perhaps partial, may be."""
    require(re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text), f"no date: {text}")
    year, month, day = (list(map(int, text.split("-"))) + [None, None])[:3]
    try:
        first = datetime.date(year, month or 1, day or 1)
    except ValueError as e:
        raise Rejected(f"no date: {text}") from e
    if day:
        return first, first
    month = month or 12
    return first, datetime.date(year, month, calendar.monthrange(year, month)[1])


def order(operation, a, b):
    """Compares two spans (first, last) of which any value may be meant."""
    if operation in ("is after", "is above"):
        return order("is before", b, a)
    if operation in ("is on or after", "is at least"):
        return order("is on or before", b, a)
    if operation in ("is before", "is below"):
        return HOLDS if a[1] < b[0] else FAILS if a[0] >= b[1] else OPEN
    if operation in ("is on or before", "is at most"):
        return HOLDS if a[1] <= b[0] else FAILS if a[0] > b[1] else OPEN
    require(operation == "is", f"no comparison: {operation}")
    if a[0] == a[1] == b[0] == b[1]:
        return HOLDS
    return FAILS if a[1] < b[0] or b[1] < a[0] else OPEN


NAME = r"[a-z][a-z0-9_]*"
CHAIN = rf"{NAME}(?:\.{NAME})*"
LEAF = re.compile(rf"(?P<count>count of\s+)?(?P<subject>{CHAIN}(?:\(\s*{CHAIN}\s*\))?)(?:\s+(?P<rest>\S.*))?", re.S)
OPERATIONS = ("is not one of", "is one of", "is on or before", "is on or after", "is at least", "is at most", "is above",
              "is below", "is before", "is after", "is not", "is", "includes one of", "includes", "matches")


class Subject:
    """A variable and a chain of facts, the last of them perhaps a criterion, perhaps of a pair."""

    def __init__(self, proof, scope, text):
        head, _, argument = text.partition("(")
        self.variable, *self.chain = head.strip().split(".")
        self.argument = Subject(proof, scope, argument.rstrip(") \t")) if argument else None
        self.criterion, self.parameter, self.asked = None, None, None
        if self.variable == "reading":
            require(len(self.chain) == 1 and self.chain[0] in proof.parameters, f"no parameter: {text}")
            self.parameter = proof.parameters[self.chain[0]]
            self.type = self.parameter["type"]
            return
        require(self.variable in scope, f"nothing is called {self.variable}: {text}")
        self.root = self.type = scope[self.variable]
        for i, name in enumerate(self.chain):
            entity = proof.entities.get(self.type)
            require(entity is not None, f"a chain goes on behind its end: {text}")
            if name in entity["criteria"]:
                require(i == len(self.chain) - 1, f"a chain goes on behind a criterion: {text}")
                self.criterion, self.type = (self.type, name), "yes_no"
            else:
                self.type = type_of(proof, self.type, name)
                self.asked = name
        with_ = proof.entities[self.criterion[0]]["criteria"][self.criterion[1]].get("with") if self.criterion else None
        require((self.argument is None) == (with_ is None), f"a pair, or not: {text}")
        if self.argument:
            require(self.argument.type == with_, f"the second of the pair is no {with_}: {text}")


def type_of(proof, entity, name):
    about = proof.entities[entity]
    if name in about["facts"]:
        return about["facts"][name]["type"]
    if name == "case":
        return "case"
    if name in (about.get("owner"), about.get("facet_of")):
        return name
    require(entity == "case" and name in proof.collections, f"{entity} has nothing called {name}")
    return "list of " + proof.collections[name]


class Leaf:
    """What a leaf says, read from its words; `scope`: the types of the variables."""

    def __init__(self, proof, scope, text):
        match = LEAF.fullmatch(text.strip())
        require(match, f"not a leaf: {text}")
        self.text, self.count = text, bool(match["count"])
        self.left = Subject(proof, scope, match["subject"])
        self.operation, self.negated, self.right = "truth", False, []
        rest = match["rest"]
        if not rest:
            require(self.left.type == "yes_no" and not self.count, f"not a question: {text}")
            return
        self.operation = next((o for o in OPERATIONS if rest.startswith(o + " ")), None)
        require(self.operation, f"no comparison: {text}")
        value = rest[len(self.operation):].strip()
        if self.operation.startswith("is not"):
            self.negated, self.operation = True, self.operation.replace(" not", "")
        values = [value]
        if self.operation.endswith(" one of"):
            require(value[:1] == "[" and value[-1:] == "]", f"no list of values: {text}")
            values, self.operation = [v.strip() for v in value[1:-1].split(",")], self.operation[:-len(" one of")]
        type_ = "number" if self.count else self.left.type.removeprefix("list of ")
        self.right = [self.operand(proof, scope, v, type_) for v in values]
        if type_ == "yes_no" and not self.left.type.startswith("list") and self.operation == "is" \
                and self.right in ([("yes_no", "yes")], [("yes_no", "no")]):
            self.negated ^= self.right == [("yes_no", "no")]
            self.operation, self.right = "truth", []
        require(self.left.criterion is None or self.operation == "truth", f"a criterion is compared: {text}")

    def operand(self, proof, scope, text, type_):
        if self.operation == "matches":
            require(len(text) > 1 and text[0] == text[-1] == "/", f"no pattern: {text}")
            return "pattern", re.compile(text[1:-1], re.IGNORECASE)
        if re.fullmatch(CHAIN, text) and text.partition(".")[0] in {*scope, "reading"}:
            return "subject", Subject(proof, scope, text)
        if text[:1] in "\"'" and text[:1] == text[-1:]:
            text = text[1:-1]
        if type_ == "yes_no":
            text = {"true": "yes", "false": "no"}.get(text, text)
        return type_, text


# ---- Steps

class Checker:
    def __init__(self, proof, strict=False):
        self.proof, self.strict, self.trusted = proof, strict, 0
        self.seen, self.leaves, self.edges = set(), {}, {}
        self.criterion = None            # whose steps are being checked
        self.places = {}                 # address of a criterion -> (entity, name, row, with)
        self.order = {name: {v: Fraction(i) for i, v in enumerate(e["values"])} for name, e in proof.enums.items()}
        self.rules_of = {}
        for rule in proof.rules.values():
            match = re.fullmatch(rf"({NAME})\.({NAME})(?:\(({NAME})\))?", rule["concludes"])
            require(match and match[1] in proof.entities, f"{rule['rule']} concludes nothing")
            about = proof.entities[match[1]]["criteria"].get(match[2])
            require(about is not None, f"{rule['rule']} concludes no criterion")
            require((match[3] is None) == ("with" not in about), f"{rule['rule']}: a pair, or not")
            scope = {"case": "case", match[1]: match[1]}
            if match[3]:
                scope[match[3]] = about["with"]
            self.rules_of.setdefault((match[1], match[2]), []).append((rule, scope, match[3]))

    # What is checked: every criterion of every row, and nothing else stands in the proof.

    def run(self):
        for entity, about in self.proof.entities.items():
            for name, criterion in about["criteria"].items():
                for row in self.proof.by_entity[entity]:
                    for other in self.proof.by_entity[criterion["with"]] if "with" in criterion else [None]:
                        address = self.address(entity, name, row, other)
                        require(address not in self.places, f"two criteria at {address}")
                        self.places[address] = entity, name, row, other
        for address in self.places:
            self.check_criterion(address)
        extra = set(self.proof.steps) - self.seen
        require(not extra, f"a step that leads nowhere: {min(extra, default='')}")
        self.check_loops()

    @staticmethod
    def address(entity, name, row, other):
        return f"{row}.{name}" + (f"({other})" if other is not None else "")

    def claimed(self, address):
        """The state and the sure state that a step claims; None if it is not shown."""
        step = self.proof.steps.get(address)
        return step and (step[0], OPEN if step[1] or not decided(step[0]) else step[0])

    def conclude(self, address, derive, parts):
        """Does the step follow? `parts`: pairs of states, None where one is not shown; derive: from their states."""
        state, presumed = self.proof.steps[address]
        shown = all(part is not None for part in parts)
        found = derive([OPEN if part is None else part[0] for part in parts], 0)
        require(found == state, f"{address} is claimed to be {state}, and its parts come to {found}")
        require(decided(found) or shown, f"{address} is {state}, and not all its parts are shown")
        sure = derive([OPEN if part is None else part[1] for part in parts], 1)
        if decided(state):
            require((sure == state) != presumed,
                    f"{address} is said to rest on {'a' if presumed else 'no'} presumption, which is not so")

    # One criterion

    def check_criterion(self, address):
        require(address in self.proof.steps, f"there is no verdict on {address}")
        self.seen.add(address)
        self.criterion = address
        self.edges[address] = []
        parts, derive = self.criterion_parts(address, self.check_condition)
        self.conclude(address, derive, parts)

    def criterion_parts(self, address, condition):
        entity, name, row, other = self.places[address]
        if_open = self.proof.entities[entity]["criteria"][name].get("if_open", OPEN)
        rules = self.rules_of.get((entity, name), [])
        parts = []
        for rule, types, variable in rules:
            values = {"case": "case", entity: row}
            if variable:
                values[variable] = other
            parts.append(condition(f"{address}:{rule['rule']}", rule["condition"], (types, values), True))

        def derive(states, sure):
            found = any_of(states) if rules else OPEN
            return if_open if found == OPEN and self.proof.header["presumptions"] and not sure and if_open else found
        return parts, derive

    # Conditions: each method gives the states of the parts and how the whole follows from them

    def check_condition(self, address, condition, scope, positive):
        if address not in self.proof.steps:
            return None
        require(address not in self.seen, f"{address} stands for two parts")
        self.seen.add(address)
        parts, derive = self.condition_parts(address, condition, scope, positive, self.check_condition)
        self.conclude(address, derive, parts)
        return self.claimed(address)

    def condition_parts(self, address, condition, scope, positive, check):
        kind = condition["is"]
        if kind == "leaf":
            parts, core = self.leaf_parts(address, condition, scope, positive)
        elif kind in ("for_some", "for_every"):
            parts, core = self.quantifier_parts(address, condition, scope, positive, check)
        else:
            n = condition.get("n")
            down = positive and kind != "none_of"
            parts = [check(f"{address}/{part.get('id', i + 1)}", part, scope, down)
                     for i, part in enumerate(condition["parts"])]
            tables = {"all_of": all_of, "any_of": any_of, "none_of": lambda states: negation(any_of(states)),
                      "at_least": lambda states: at_least(n, states)}
            require(kind in tables and (kind == "at_least") == isinstance(n, int), f"no condition: {kind}")
            table = tables[kind]

            def core(states, _):
                return table(states)
        exceptions = [check(f"{address}/{part.get('id', f'unless.{i + 1}')}", part, scope, False)
                      for i, part in enumerate(condition.get("unless", []))]
        count = len(parts)

        def derive(states, sure):
            return all_of([core(states[:count], sure), *map(negation, states[count:])])
        return parts + exceptions, derive

    # Quantifiers

    def quantifier_parts(self, address, condition, scope, positive, check):
        types, values = scope
        variable, every = condition["variable"], condition["is"] == "for_every"
        require(variable not in types and variable != "reading", f"{variable} hides another variable")
        subject = Subject(self.proof, types, condition["in"])
        require(subject.type.startswith("list of "), f"{condition['in']} is no list")
        inner = {**types, variable: subject.type[len("list of "):]}
        where, if_empty = condition.get("where"), condition.get("if_empty", FAILS)
        require(if_empty in (HOLDS, FAILS), "if_empty is holds or fails")
        limited = every and where is not None and if_empty == FAILS
        lists, members, limits, times = self.alternatives(subject, values), [], [], {}
        limit_at = f"{address}/.limit"
        for members_of in lists:
            for item in [] if members_of is NOTHING else members_of[0]:
                id_ = item.rpartition("/")[2]
                times[id_] = times.get(id_, 0) + 1
                step = f"/{variable}={id_}" + (f".{times[id_]}" if times[id_] > 1 else "")
                at = inner, {**values, variable: item}
                members.append(self.member(address + step, condition, at, positive, check))
                if limited:
                    limits.append(self.limit(limit_at + step, where, at, check))
        if limited:
            limits = self.check_limit(limit_at, lists, limits, check)
        count = len(members)

        def derive(states, _):
            found, at = [], 0
            for number, members_of in enumerate(lists):
                if members_of is NOTHING:
                    found.append(OPEN)
                    continue
                size, unseen = len(members_of[0]), [] if members_of[1] else [OPEN]
                bodies = states[at:at + size]
                at += size
                if not every:
                    found.append(any_of(bodies + unseen))
                elif if_empty == HOLDS:
                    found.append(all_of(bodies + unseen))
                else:
                    within = states[count + number] if limited else any_of([HOLDS] * size + unseen)
                    found.append(all_of([all_of(bodies + unseen), within]))
            return agreement(found)
        return members + limits, derive

    def member(self, address, condition, scope, positive, check):
        """The state of a quantifier's body at a member."""
        where, every = condition.get("where"), condition["is"] == "for_every"

        def inside():
            parts = [check(f"{address}/that", condition["that"], scope, positive)]
            if where is not None:
                parts.append(check(f"{address}/where", where, scope, positive and not every))

            def derive(states, _):
                if where is None:
                    return states[0]
                return any_of([states[0], negation(states[1])]) if every else all_of(states)
            return parts, derive
        return self.inner_step(address, inside, check)

    def limit(self, address, where, scope, check):
        return self.inner_step(address, lambda: ([check(f"{address}/where", where, scope, False)],
                                                 lambda states, _: states[0]), check)

    def inner_step(self, address, inside, check):
        if address not in self.proof.steps:
            return None
        parts, derive = inside()
        if check == self.check_condition:
            require(address not in self.seen, f"{address} stands for two parts")
            self.seen.add(address)
            self.conclude(address, derive, parts)
            return self.claimed(address)
        return tuple(derive([OPEN if part is None else part[sure] for part in parts], sure) for sure in (0, 1))

    def check_limit(self, address, lists, limits, check):
        """That some member is within the limit: a step of its own, if it is shown. A part for each list."""
        if address not in self.proof.steps:
            return [None] * len(lists)

        def within(states):
            found, at = [], 0
            for members_of in lists:
                if members_of is NOTHING:
                    found.append(OPEN)
                    continue
                size, unseen = len(members_of[0]), [] if members_of[1] else [OPEN]
                found.append(any_of(states[at:at + size] + unseen))
                at += size
            return found
        if check == self.check_condition:
            self.seen.add(address)
            self.conclude(address, lambda states, _: agreement(within(states)), limits)
        each = [within([OPEN if part is None else part[sure] for part in limits]) for sure in (0, 1)]
        # of several lists the step says only what they come to together
        if len(lists) > 1:
            require(None not in limits, f"{address}: not all its parts are shown")
        return list(zip(*each))

    # Leaves

    def leaf_parts(self, address, condition, scope, positive):
        types, values = scope
        key = id(condition)
        if key not in self.leaves:
            self.leaves[key] = Leaf(self.proof, types, condition["text"])
        leaf = self.leaves[key]
        if leaf.left.criterion:
            return self.lookup(leaf, values, positive)
        states = self.compare(leaf, values)
        if states is MASKED:
            require(not self.strict, f"{address} reads what is masked")
            self.trusted += address in self.seen
            states = self.claimed(address)
        return [], lambda _, sure: states[sure]

    def lookup(self, leaf, values, positive):
        """The criterion of every row that may be meant, with every second row."""
        others = self.alternatives(leaf.left.argument, values) if leaf.left.argument else [None]
        states = []
        for row in self.alternatives(leaf.left, values):
            for other in others:
                if row is NOTHING or other is NOTHING:
                    states.append((OPEN, OPEN))
                    continue
                entity, name = leaf.left.criterion
                to = self.address(entity, name, row, other)
                require(to in self.places, f"no criterion at {to}")
                self.edges[self.criterion].append((to, positive and not leaf.negated))
                states.append(self.criterion_state(to))
        flip = negation if leaf.negated else lambda state: state
        return [], lambda _, sure: flip(agreement(state[sure] for state in states))

    def criterion_state(self, address):
        require(address in self.proof.steps, f"there is no verdict on {address}")
        return self.claimed(address)

    def compare(self, leaf, values):
        """The state, and the state without presumptions, of a leaf about facts."""
        found = []
        for presume in (self.proof.header["presumptions"], False):
            lefts = self.alternatives(leaf.left, values, presume)
            rights = [self.alternatives(operand, values, presume) if kind == "subject" else [operand]
                      for kind, operand in leaf.right]
            if any(value is MASKED for side in (lefts, *rights) for value in side):
                return MASKED
            state = agreement(self.one_left(leaf, left, rights) for left in lefts) if len(rights) != 1 else \
                agreement(self.one(leaf, left, right) for left in lefts for right in rights[0])
            found.append(negation(state) if leaf.negated else state)
        return tuple(found)

    def one_left(self, leaf, left, rights):
        if leaf.operation == "truth":
            return OPEN if left is NOTHING else HOLDS if left == "yes" else FAILS
        return any_of([agreement(self.one(leaf, left, right) for right in rights_of) for rights_of in rights])

    def one(self, leaf, left, right):
        if left is NOTHING or right is NOTHING:
            return OPEN
        type_ = leaf.left.type.removeprefix("list of ")
        if leaf.count:
            return self.compare_count(leaf.operation, left, Fraction(right))
        if leaf.operation == "includes":
            items = [self.equal(type_, item, right) for item in left[0]] + ([] if left[1] else [OPEN])
            return any_of(items)
        if leaf.operation == "matches":
            return HOLDS if right.search(left) else FAILS
        if leaf.operation == "is" and type_ not in ("date", "number"):
            return self.equal(type_, left, right)
        return order(leaf.operation, self.span(type_, left), self.span(type_, right))

    @staticmethod
    def compare_count(operation, members, wanted):
        """A list that may go on has so many members or more."""
        items, complete = members
        last = Fraction(len(items)) if complete else Fraction(10**12) + wanted
        return order(operation, (Fraction(len(items)), last), (wanted, wanted))

    def equal(self, type_, left, right):
        if type_ in self.proof.entities:
            # a literal is the row's own id, a subject its address
            return HOLDS if right in (left, left.rpartition("/")[2]) else FAILS
        if type_ == "date":
            return order("is", days(left), days(right))
        return HOLDS if left == right else FAILS

    def span(self, type_, value):
        if type_ == "date":
            return days(value)
        number = self.order[type_][value] if type_ in self.order else Fraction(value)
        return number, number

    # What a chain leads to

    def alternatives(self, subject, values, presume=False):
        """Everything that the facts may mean by it; of a criterion, the rows before it."""
        if subject.parameter:
            return [subject.parameter["value"]]
        ends, type_ = [values[subject.variable]], subject.root
        chain = subject.chain[:-1] if subject.criterion else subject.chain
        for i, name in enumerate(chain):
            last = i == len(chain) - 1
            ends = [further for end in ends
                    for further in ([NOTHING] if end is NOTHING else self.facts(type_, end, name, presume and last))]
            type_ = type_of(self.proof, type_, name)
        return ends

    def facts(self, entity, row, name, presume):
        about = self.proof.entities[entity]
        line = self.proof.rows[entity, row]
        if name not in about["facts"]:
            if name == "case":
                return ["case"]
            if name == about.get("owner"):
                return [line["owner"]]
            if name == about.get("facet_of"):
                return [row]
            return [(self.proof.by_entity[self.proof.collections[name]], True)]
        fact = about["facts"][name]
        assertions = line["facts"].get(name, [])
        if not assertions:
            return [{HOLDS: "yes", FAILS: "no"}[fact["if_open"]]] if presume and "if_open" in fact else [NOTHING]
        if fact["type"].startswith("list of "):
            return [(a["list"], a["complete"]) for a in assertions]
        return [MASKED if a["is"] is None else a["is"] for a in assertions]

    # Loops

    def check_loops(self):
        for component in components(self.edges):
            inside = set(component)
            inner = [(frm, to, positive) for frm in component for to, positive in self.edges[frm] if to in inside]
            if not inner:
                continue
            for frm, to, positive in inner:
                require(positive, f"{frm} depends on {to} and so on itself, and not through positive parts alone")
            self.check_loop(component)

    def check_loop(self, component):
        for sure in (0, 1):
            assumed = dict.fromkeys(component, OPEN)
            self.repeat(component, assumed, sure, lambda old, new: HOLDS if new == HOLDS else old)
            assumed = {c: state if state == HOLDS else FAILS for c, state in assumed.items()}
            self.repeat(component, assumed, sure, lambda old, new: OPEN if old == FAILS != new else old)
            self.repeat(component, assumed, sure, lambda old, new: CONTESTED if (old, new) == (OPEN, CONTESTED) else old)
            for c in component:
                state, presumed = self.proof.steps[c]
                if sure and (presumed or not decided(state)):
                    require(assumed[c] != state or not decided(state), f"{c} rests on no presumption")
                else:
                    require(assumed[c] == state, f"{c} is claimed to be {state}, and its loop comes to {assumed[c]}")

    def repeat(self, component, assumed, sure, change):
        changed = True
        while changed:
            changed = False
            for c in component:
                new = change(assumed[c], self.derived(c, assumed)[sure])
                changed |= new != assumed[c]
                assumed[c] = new

    def derived(self, criterion, assumed):
        """A criterion's states from its leaves, with what is assumed of those in its loop."""
        known = self.criterion_state
        self.criterion = criterion
        edges, self.edges[criterion] = self.edges[criterion], []
        self.criterion_state = lambda to: (assumed[to], assumed[to]) if to in assumed else known(to)

        def condition(address, node, scope, positive):
            if address not in self.proof.steps:
                return None
            parts, derive = self.condition_parts(address, node, scope, positive, condition)
            return tuple(derive([OPEN if part is None else part[sure] for part in parts], sure) for sure in (0, 1))
        parts, derive = self.criterion_parts(criterion, condition)
        self.criterion_state = known
        self.edges[criterion] = edges
        return tuple(derive([OPEN if part is None else part[sure] for part in parts], sure) for sure in (0, 1))


def components(edges):
    """Strongly connected components (Tarjan), without recursion: a chain of criteria may be long."""
    number, low, stack, on_stack, found = {}, {}, [], set(), []
    for start in edges:
        if start in number:
            continue
        path = [(start, iter(edges[start]))]
        number[start] = low[start] = len(number)
        stack.append(start)
        on_stack.add(start)
        while path:
            node, rest = path[-1]
            to = next((t for t, _ in rest if t in edges), None)
            if to is None:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[node])
                if low[node] == number[node]:
                    component = []
                    while not component or component[-1] != node:
                        component.append(stack.pop())
                        on_stack.discard(component[-1])
                    found.append(component)
            elif to not in number:
                number[to] = low[to] = len(number)
                stack.append(to)
                on_stack.add(to)
                path.append((to, iter(edges[to])))
            elif to in on_stack:
                low[node] = min(low[node], number[to])
    return found


# ---- The program

def split(text):
    """The proofs of a document, each from its header on."""
    proofs = []
    for line in text.split("\n"):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as e:
            raise Rejected(f"not JSON: {e}") from e
        require(isinstance(value, dict), "a line that is no object")
        if "surplace" in value:
            proofs.append([])
        require(proofs, "no header")
        proofs[-1].append(value)
    require(proofs, "there is no proof")
    return proofs


def check(lines, strict=False):
    """Checks one proof; the number of steps, and of leaves taken on trust."""
    try:
        proof = Proof(lines)
        checker = Checker(proof, strict)
        checker.run()
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, re.error) as e:
        raise Rejected(f"malformed: {type(e).__name__} {e}") from e
    return proof, checker.trusted


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rules")
    parser.add_argument("--case")
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("proofs", nargs="+")
    arguments = parser.parse_args()
    failed = False
    for path in arguments.proofs:
        text = sys.stdin.read() if path == "-" else open(path, encoding="utf-8").read()
        try:
            proofs = split(text)
            cases = [None] * len(proofs)
            if arguments.rules or arguments.case:
                import sources
                cases = sources.Sources(arguments.rules).cases(arguments.case, len(proofs))
            for lines, case in zip(proofs, cases):
                proof, trusted = check(lines, arguments.strict)
                if case is not None:
                    case.compare(proof)
                print(f"{path}: {len(proof.steps)} steps proven"
                      + (f", {trusted} leaves masked and taken on trust" if trusted else ""))
        except Rejected as e:
            failed = True
            print(f"{path}: rejected: {e}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
