#!/usr/bin/env python3
"""A second, deliberately naive statement of what the rule language means.

    oracle.py [--reading ID] [--no-presumptions] RULES_DIRECTORY CASE_FILE...

evaluates every criterion of every row of every case and prints, sorted,

    case<TAB>criterion<TAB>subject<TAB>with, or - if it has none<TAB>state

It was written from the reference of the language alone (rules/README.md and the table of the four
states), never from the program that it judges. It is slow on purpose: it walks the conditions again for
every row and repeats until nothing changes. It reports few errors; whether files are well formed is
the program's business.
"""
import argparse
import calendar
import datetime
import pathlib
import re
import sys
from collections import namedtuple
from dataclasses import dataclass, field
from fractions import Fraction

import yaml


class Unusable(Exception):
    """The rule base or case lies outside what the oracle understands."""


# ---- The four states ---------------------------------------------------------------------------------
#
# A value is what must hold, what may hold, and whether a part that leaves it undetermined is contested.

class Value(namedtuple("Value", "must may contested")):
    @property
    def undetermined(self):
        return self.may and not self.must

    @property
    def state(self):
        if self.must:
            return "holds"
        if not self.may:
            return "fails"
        return "contested" if self.contested else "open"


HOLDS = Value(True, True, False)
FAILS = Value(False, False, False)
OPEN = Value(False, True, False)
CONTESTED = Value(False, True, True)


def build(must, may, parts):
    """A compound is contested when it is undetermined and one of its undetermined parts is contested."""
    contested = may and not must and any(part.undetermined and part.contested for part in parts)
    return Value(must, may, contested)


def at_least(n, parts):
    return build(sum(part.must for part in parts) >= n, sum(part.may for part in parts) >= n, parts)


def all_of(parts):
    return at_least(len(parts), parts)


def any_of(parts):
    return at_least(1, parts)


def negation(value):
    return Value(not value.may, not value.must, value.contested)


def none_of(parts):
    return negation(any_of(parts))


def agreement(values):
    """One answer for each way of taking sides among contested assertions: all the same, or contested."""
    states = {value.state for value in values}
    return values[0] if len(states) == 1 else CONTESTED


# ---- Dates: the interval of days that a partial date leaves possible ---------------------------------

def date_interval(text):
    parts = [int(part) for part in text.split("-")]
    first = datetime.date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
    if len(parts) == 3:
        return first, first
    month = parts[1] if len(parts) == 2 else 12
    return first, datetime.date(parts[0], month, calendar.monthrange(parts[0], month)[1])


def certainly(always, never):
    return HOLDS if always else FAILS if never else OPEN


def compare_intervals(comparison, a, b):
    """Compares two intervals (low, high); a high end of None is no end at all."""
    def below(x, y, or_equal=False):     # x is the high end of one interval, y the low end of another
        return x is not None and (x < y or (or_equal and x == y))

    if comparison == "less":
        return certainly(below(a[1], b[0]), below(b[1], a[0], True))
    if comparison == "at most":
        return certainly(below(a[1], b[0], True), below(b[1], a[0]))
    if comparison == "greater":
        return compare_intervals("less", b, a)
    if comparison == "at least":
        return compare_intervals("at most", b, a)
    if comparison == "equal":
        certain = a[0] == a[1] == b[0] == b[1]
        return certainly(certain, below(a[1], b[0]) or below(b[1], a[0]))
    if comparison == "not equal":
        return negation(compare_intervals("equal", a, b))
    raise Unusable(f"comparison {comparison}")


ORDER = {"is": "equal", "is not": "not equal",
         "is at least": "at least", "is at most": "at most", "is above": "greater", "is below": "less",
         "is on or after": "at least", "is on or before": "at most", "is after": "greater", "is before": "less"}
COMPARISONS = sorted([*ORDER, "is one of", "is not one of", "includes", "includes one of", "matches"], key=len, reverse=True)


# ---- Vocabulary --------------------------------------------------------------------------------------

@dataclass
class Fact:
    type: str
    if_open: str = None                  # "holds" or "fails"

    @property
    def item(self):                      # the type of a list's members
        return self.type[len("list of "):] if self.type.startswith("list of ") else None


@dataclass
class Criterion:
    name: str
    entity: str
    other: str = None                    # the second entity of a pair, and the variable that names it
    variable: str = None
    if_open: str = None


@dataclass
class Entity:
    name: str
    collection: str = None
    facet_of: str = None
    owner: str = None
    key: str = None
    facts: dict = field(default_factory=dict)
    criteria: dict = field(default_factory=dict)


def read_vocabulary(trees):
    enums, parameters, entities = {}, {}, {}
    for tree in trees:
        for name, enum in (tree.get("enums") or {}).items():
            enums[name] = list(enum["values"])
        parameters.update(tree.get("parameters") or {})
        for name, body in (tree.get("entities") or {}).items():
            body = body or {}
            entity = entities.setdefault(name, Entity(name))
            entity.collection = body.get("collection", entity.collection)
            entity.facet_of = body.get("facet_of", entity.facet_of)
            entity.key = body.get("key", entity.key)
            for fact, about in (body.get("facts") or {}).items():
                entity.facts[fact] = Fact(about["type"], about.get("if_open"))
            for criterion, about in (body.get("criteria") or {}).items():
                about = about or {}
                other = variable = about.get("with")
                if isinstance(other, dict):
                    [(variable, other)] = other.items()
                entity.criteria[criterion] = Criterion(criterion, name, other, variable, about.get("if_open"))
    entities.setdefault("case", Entity("case"))
    for entity in entities.values():
        for fact in entity.facts.values():
            if fact.item in entities and not entities[fact.item].collection:
                entities[fact.item].owner = entity.name
    return enums, parameters, entities


# ---- Conditions, as they stand in the files ----------------------------------------------------------

@dataclass
class Subject:
    """A variable and a chain of facts; the last may be a criterion, with an argument if it is on a pair."""
    variable: str
    chain: list
    argument: "Subject" = None
    type: str = None
    criterion: Criterion = None


@dataclass
class Leaf:
    subject: Subject
    comparison: str = None
    literals: list = None                # what it is compared with: literals
    other: Subject = None                # or another subject
    count: bool = False


@dataclass
class Parts:
    head: str                            # all_of, any_of, none_of, at_least
    parts: list
    n: int = None


@dataclass
class Quantifier:
    head: str                            # for_some, for_every
    variable: str
    list: Subject
    body: object
    where: object = None
    if_empty: str = "fails"


@dataclass
class Unless:
    node: object
    exceptions: list


@dataclass
class Rule:
    id: str
    criterion: Criterion
    variables: list
    condition: object


NAME = r"[a-z][a-z0-9_]*"
SUBJECT = re.compile(rf"({NAME})((?:\.{NAME})*)(?:\(\s*({NAME}(?:\.{NAME})*)\s*\))?")
QUANTIFIER = re.compile(rf"\s*({NAME})\s+in\s+(.*\S)\s*")


class Compiler:
    """Reads conditions with the vocabulary at hand and notes which criteria each of them depends on."""

    def __init__(self, rule_base):
        self.base = rule_base
        self.dependencies = []           # (criterion, is it reached through positive nodes only)

    def rule(self, tree):
        match = SUBJECT.fullmatch(tree["concludes"])
        entity, name = match[1], match[2][1:]
        criterion = self.base.entities[entity].criteria[name]
        scope = {entity: entity, "case": "case", "reading": "reading"}
        variables = [entity]
        if criterion.other:
            variable = match[3] or criterion.variable
            scope[variable] = criterion.other
            variables.append(variable)
        self.dependencies = []
        condition = self.unless(self.node(tree["requires"], scope, True), tree, scope)
        return Rule(tree["id"], criterion, variables, condition), self.dependencies

    def nodes(self, trees, scope, positive):
        return [self.node(tree, scope, positive) for tree in trees]

    def node(self, tree, scope, positive):
        if isinstance(tree, str):
            return self.leaf(tree, scope, positive)
        for head in ("for_some", "for_every"):
            if head in tree:
                node = self.quantifier(head, tree, scope, positive)
                break
        else:
            node = self.body(tree, scope, positive)
        return self.unless(node, tree, scope)

    def body(self, tree, scope, positive):
        if "that" in tree:
            return self.leaf(tree["that"], scope, positive)
        if "at_least" in tree:
            inner = tree["at_least"]
            return Parts("at_least", self.nodes(inner["of"], scope, positive), int(inner["n"]))
        for head in ("all_of", "any_of"):
            if head in tree:
                return Parts(head, self.nodes(tree[head], scope, positive))
        return Parts("none_of", self.nodes(tree["none_of"], scope, False))

    def quantifier(self, head, tree, scope, positive):
        variable, chain = QUANTIFIER.fullmatch(tree[head]).groups()
        members = self.subject(chain, scope, positive)
        inner = {**scope, variable: members.type[len("list of "):]}
        where = tree.get("where")
        if where is not None:
            where = self.node(where, inner, positive and head == "for_some")
        return Quantifier(head, variable, members, self.body(tree, inner, positive), where,
                          tree.get("if_empty", "fails"))

    def unless(self, node, tree, scope):
        if not tree.get("unless"):
            return node
        return Unless(node, self.nodes(tree["unless"], scope, False))

    def leaf(self, text, scope, positive):
        text = text.strip()
        count = text.startswith("count of ")
        if count:
            text = text[len("count of "):].strip()
        match = SUBJECT.match(text)
        if not match:
            raise Unusable(f"no subject in: {text}")
        rest = text[match.end():].strip()
        if not rest:
            return Leaf(self.subject(match[0], scope, positive))
        comparison = next((c for c in COMPARISONS if rest.startswith(c + " ")), None)
        if not comparison:
            raise Unusable(f"no comparison in: {text}")
        value = rest[len(comparison):].strip()
        right = SUBJECT.fullmatch(value)
        if right and right[1] in scope:
            return Leaf(self.subject(match[0], scope, False), comparison, None,
                        self.subject(value, scope, False), count)
        if comparison == "matches":
            literals = [re.compile(value[1:value.rindex("/")], re.IGNORECASE)]
        elif comparison.endswith("one of"):
            literals = [item.strip() for item in value.strip("[]").split(",")]
        else:
            literals = [value]
        subject = self.subject(match[0], scope, positive and (comparison, literals) == ("is", ["yes"]))
        if comparison != "matches":
            type_ = "number" if count else subject.type.removeprefix("list of ")
            literals = [self.base.scalar(type_, literal.strip("\"'")) for literal in literals]
        return Leaf(subject, comparison, literals, None, count)

    def subject(self, text, scope, positive):
        match = SUBJECT.fullmatch(text)
        if not match or match[1] not in scope:
            raise Unusable(f"not a subject: {text}")
        subject = Subject(match[1], [name for name in match[2].split(".") if name])
        type_ = scope[subject.variable]
        for name in subject.chain:
            criterion = None
            if type_ == "reading":
                type_ = self.base.parameters[name]["type"]
                continue
            criterion = self.base.entities[type_].criteria.get(name) if type_ in self.base.entities else None
            type_ = "yes_no" if criterion else self.base.type_of(type_, name)
            if criterion:
                subject.criterion = criterion
                self.dependencies.append((criterion, positive))
        if match[3]:
            subject.argument = self.subject(match[3], scope, positive)
        subject.type = type_
        return subject


# ---- A rule base, under one reading ------------------------------------------------------------------

class RuleBase:
    def __init__(self, trees, reading=None):
        kinds = {}
        for tree in trees:
            kinds.setdefault(tree["surplace"].split("/")[0], []).append(tree)
        self.enums, self.parameters, self.entities = read_vocabulary(kinds.get("vocabulary", []))
        self.collections = {e.collection: e for e in self.entities.values() if e.collection}
        self.world = {}                  # (entity, id) -> facts as they stand in the files
        for tree in kinds.get("world", []):
            for collection, rows in tree.items():
                if collection in self.collections:
                    for id_, body in identified(rows):
                        key = self.collections[collection].name, id_
                        self.world.setdefault(key, {}).update(
                            {fact: (said, tree.get("found")) for fact, said in body.items()})
        self.days = [name for tree in kinds.get("vocabulary", [])
                     for name, about in (((tree.get("entities") or {}).get("case") or {}).get("facts") or {}).items()
                     if isinstance(about, dict) and "yes" in (about.get("day_of_case"), about.get("sources_until"))]
        rules = {rule["id"]: rule for tree in kinds.get("rules", []) for rule in tree.get("rules") or []}
        self.settings = {name: about["default"] for name, about in self.parameters.items()}
        readings = {tree["id"]: tree for tree in kinds.get("reading", [])}
        if reading is None:
            reading = next((id_ for id_, tree in readings.items() if tree.get("default") == "yes"), None)
        self.reading = reading
        if reading is not None:
            rules = self.read(readings, reading, rules)
        self.rules, self.edges = [], set()
        compiler = Compiler(self)
        for _, tree in sorted(rules.items()):
            rule, dependencies = compiler.rule(tree)
            self.rules.append(rule)
            for criterion, positive in dependencies:
                self.edges.add((key_of(rule.criterion), key_of(criterion), positive))
        self.groups = self.order()

    def read(self, readings, name, rules):
        """The rules under a reading: those of the reading it extends, then its own changes to them."""
        tree = readings[name]
        if tree.get("extends"):
            rules = self.read(readings, tree["extends"], rules)
        rules = dict(rules)
        for setting in tree.get("set") or []:
            self.settings[setting["parameter"]] = setting["value"]
        for silence in tree.get("presume") or []:
            entity, member = silence["of"].split(".")
            about = self.entities[entity]
            about = about.facts.get(member) or about.criteria[member]
            about.if_open = None if silence["if_open"] == "open" else silence["if_open"]
        for id_ in tree.get("drop") or []:
            del rules[id_]
        for rule in [*(tree.get("replace") or []), *(tree.get("add") or [])]:
            rules[rule["id"]] = rule
        return rules

    def type_of(self, entity, name):
        """The type of a fact, or of one of the facts that need no declaration."""
        about = self.entities[entity]
        if name in about.facts:
            return about.facts[name].type
        if name == "case" or name in (about.owner, about.facet_of):
            return name
        if entity == "case" and name in self.collections:
            return "list of " + self.collections[name].name
        raise Unusable(f"{entity}.{name} is not in the vocabulary")

    def scalar(self, type_, text):
        """A literal or an asserted value, so that equal values are equal."""
        if type_ == "yes_no":
            return {"yes": "yes", "true": "yes", "no": "no", "false": "no"}[text]
        if type_ == "number":
            return Fraction(text)
        if type_ == "date":
            date_interval(text)
        return text

    def order(self):
        """The criteria in groups that depend on each other, what a group depends on before it."""
        criteria = [key_of(c) for entity in self.entities.values() for c in entity.criteria.values()]
        reach = {c: {to for frm, to, _ in self.edges if frm == c} for c in criteria}
        changed = True
        while changed:
            changed = False
            for c in criteria:
                more = reach[c].union(*(reach[d] for d in reach[c]))
                if more != reach[c]:
                    reach[c], changed = more, True
        groups = {frozenset([c] + [d for d in reach[c] if c in reach[d]]) for c in criteria}
        for frm, to, positive in self.edges:
            if not positive and frm in reach[to] | {to}:
                raise Unusable(f"{frm} depends on itself through a negation")
        for c in criteria:
            if c in reach[c] and self.criterion(c).if_open:
                raise Unusable(f"{c} depends on itself through a presumption")
        # A group reaches strictly more than whatever it depends on outside itself.
        return sorted(groups, key=lambda g: (len(g.union(*(reach[c] for c in g))), sorted(g)))

    def recursive(self, group):
        return any(frm in group and to in group for frm, to, _ in self.edges)

    def criterion(self, key):
        return self.entities[key[0]].criteria[key[1]]


def key_of(criterion):
    return criterion.entity, criterion.name


def identified(rows):
    """The rows of a collection: a mapping from ids, or a list of bodies that carry their id."""
    if isinstance(rows, dict):
        return [(id_, body or {}) for id_, body in rows.items()]
    return [(row["id"], {k: v for k, v in row.items() if k != "id"}) for row in rows or []]


def owned_id(tree, key):
    """What names an owned row within its owner: its id or the one text of its key fact, if that can be an id."""
    text = tree.get("id", tree.get(key))
    text = text.get("is") if isinstance(text, dict) else text
    return text if isinstance(text, str) and re.fullmatch(r"(?:[A-Za-z0-9_-]|[^\x00-\x7F])+", text) else None


# ---- A case: its rows and what is asserted of them ---------------------------------------------------

NOTHING = object()                       # what an open fact or reference has to offer


@dataclass(eq=False)
class Row:
    entity: str
    id: str
    facts: dict = field(default_factory=dict)    # name -> list of asserted values, or Members
    owner: "Row" = None
    aliases: list = None                 # every address that this row or one that shares its id may be given


@dataclass
class Members:
    items: list
    complete: bool = True


@dataclass
class Asked:
    """A criterion of a row (and of a second row)."""
    criterion: Criterion
    row: Row
    other: Row = None


class Case:
    def __init__(self, base, tree):
        self.base = base
        self.rows = {}                   # (entity, id) -> Row
        self.owned = []
        self.row = Row("case", "case")
        wanted = []                      # references to follow: (entity, id)
        self.wanted = wanted
        given = {}
        for name, entity in base.collections.items():
            for id_, body in identified(tree.get(name) or {}):
                if entity.facet_of:
                    wanted.append((entity.facet_of, id_))
                given[entity.name, id_] = body
        wanted += [key for key in given if not base.entities[key[0]].facet_of]
        self.fill(self.row, tree)
        while wanted:
            entity, id_ = wanted.pop()
            if (entity, id_) in self.rows:
                continue
            self.add(entity, id_, given)
            for facet in base.entities.values():
                if facet.facet_of == entity:
                    self.add(facet.name, id_, given)

    def add(self, entity, id_, given):
        """A row: what the world says of it, and over that, fact by fact, what the case says."""
        row = self.rows[entity, id_] = Row(entity, id_)
        if (entity, id_) not in given and (entity, id_) not in self.base.world \
                and not self.base.entities[entity].facet_of:
            raise Unusable(f"nothing is said of {entity} {id_}")
        world = {}
        for fact, (said, found) in self.base.world.get((entity, id_), {}).items():
            timely = self.timely(said, found)
            if timely is not None:
                world[fact] = timely
        self.fill(row, {**world, **given.get((entity, id_), {})})

    def timely(self, said, found):
        """What the world says of a fact, so far as it was found by the day of the case; None: it was not."""
        if isinstance(said, list) and said and isinstance(said[0], dict) and {"is", "list"} & set(said[0]):
            kept = [one for one in said if self.in_time(one.get("found", found))]
            return kept or None
        if isinstance(said, dict):
            found = said.get("found", found)
        return said if self.in_time(found) else None

    def in_time(self, found):
        days = [self.row.facts.get(name) or [] for name in self.base.days]
        return found is None or not days or any(
            len(values) == 1 and date_interval(values[0])[1] >= date_interval(found)[0] for values in days)

    def fill(self, row, body):
        for name, fact in self.base.entities[row.entity].facts.items():
            if name in body:
                if fact.item:
                    row.facts[name] = self.members(row, name, fact.item, body[name])
                else:
                    row.facts[name] = self.assertions(fact.type, body[name])

    def assertions(self, type_, tree):
        """The different values asserted. Saying `unknown` asserts nothing."""
        values = []
        for entry in tree if isinstance(tree, list) else [tree]:
            text = entry["is"] if isinstance(entry, dict) else entry
            if text in ("unknown", "null", "", "~"):
                continue
            value = self.base.scalar(type_, text)
            if type_ in self.base.entities:
                self.wanted.append((type_, value))
            if value not in values:
                values.append(value)
        return values

    def members(self, row, name, type_, tree):
        complete = True
        if isinstance(tree, dict):
            complete = tree.get("complete", "yes") not in ("no", "false")
            tree = tree.get("list", tree.get("is"))
        if tree in ("unknown", "null", "", "~"):
            return None
        if type_ in self.base.entities and not self.base.entities[type_].collection:
            return Members(self.owned_rows(row, type_, tree), complete)
        items = []
        for item in tree:
            if type_ in self.base.entities:
                self.wanted.append((type_, item))
                items.append(item)
            else:
                items.append(self.base.scalar(type_, item))
        return Members(items, complete)

    def owned_rows(self, owner, entity, trees):
        """Rows are addressed through their owner. Those that share an id, or have none, are numbered by the program in
        an order of its own, so that here each of them goes by the first of their addresses."""
        about, rows = self.base.entities[entity], []
        keys = [owned_id(tree, about.key) for tree in trees]
        for key, tree in zip(keys, trees):
            numbers = range(1, keys.count(key) + 1)
            names = [f"{key}-{n}" if n > 1 else key for n in numbers] if key else [f"{entity}-{n}" for n in numbers]
            aliases = [f"{above}/{name}" for above in owner.aliases or [owner.id] for name in names]
            rows.append(Row(entity, aliases[0], {}, owner, aliases))
        self.owned += rows
        for row, tree in zip(rows, trees):
            self.fill(row, tree)
        return rows

    def rows_of(self, entity):
        if entity == "case":
            return [self.row]
        return [row for row in [*self.rows.values(), *self.owned] if row.entity == entity]

    # ---- following a chain: every way of taking sides on the way, with what lies at its end

    def step(self, place, name):
        """What one fact of one row offers: a list of values, NOTHING standing for an open one."""
        about = self.base.entities[place.entity]
        if name not in about.facts:
            if name == "case":
                return [self.row]
            if name == about.owner:
                return [place.owner]
            if name == about.facet_of:
                return [self.rows[about.facet_of, place.id]]
            return [Members(self.rows_of(self.base.collections[name].name))]
        fact = about.facts[name]
        if fact.item:
            members = place.facts.get(name)
            if members is None:
                return [NOTHING]
            if fact.item in self.base.entities and self.base.entities[fact.item].collection:
                return [Members([self.rows[fact.item, id_] for id_ in members.items], members.complete)]
            return [members]
        values = place.facts.get(name) or []
        if not values and fact.if_open and self.presume:
            return ["yes" if fact.if_open == "holds" else "no"]
        if not values:
            return [NOTHING]
        if fact.type in self.base.entities:
            return [self.rows[fact.type, id_] for id_ in values]
        return values

    def alternatives(self, subject, scope):
        if subject.variable == "reading":
            name = subject.chain[0]
            return [self.base.scalar(self.base.parameters[name]["type"], self.base.settings[name])]
        ends = [scope[subject.variable]]
        chain = subject.chain[:-1] if subject.criterion else subject.chain
        for name in chain:
            ends = [further for end in ends
                    for further in ([NOTHING] if end is NOTHING else self.step(end, name))]
        if not subject.criterion:
            return ends
        others = self.alternatives(subject.argument, scope) if subject.argument else [None]
        return [NOTHING if end is NOTHING or other is NOTHING else Asked(subject.criterion, end, other)
                for end in ends for other in others]

    # ---- the value of a condition

    def value(self, node, scope):
        if isinstance(node, Leaf):
            return self.leaf(node, scope)
        if isinstance(node, Unless):
            exceptions = [self.value(exception, scope) for exception in node.exceptions]
            return all_of([self.value(node.node, scope), none_of(exceptions)])
        if isinstance(node, Quantifier):
            return agreement([self.quantified(node, members, scope)
                              for members in self.alternatives(node.list, scope)])
        parts = [self.value(part, scope) for part in node.parts]
        if node.head == "at_least":
            return at_least(node.n, parts)
        return {"all_of": all_of, "any_of": any_of, "none_of": none_of}[node.head](parts)

    def quantified(self, node, members, scope):
        if members is NOTHING:
            return OPEN
        unseen = [] if members.complete else [OPEN]      # what members not listed would contribute
        scopes = [{**scope, node.variable: item} for item in members.items]
        considered = [HOLDS if node.where is None else self.value(node.where, inner) for inner in scopes]
        bodies = [self.value(node.body, inner) for inner in scopes]
        if node.head == "for_some":
            return any_of([all_of([w, b]) for w, b in zip(considered, bodies)] + unseen)
        every = all_of([any_of([negation(w), b]) for w, b in zip(considered, bodies)] + unseen)
        if node.if_empty == "holds":
            return every
        return all_of([every, any_of(considered + unseen)])

    def leaf(self, leaf, scope):
        left = self.alternatives(leaf.subject, scope)
        if leaf.comparison is None:
            return agreement([self.truth(end) for end in left])
        if leaf.other is None and leaf.subject.type == "yes_no" and leaf.comparison in ("is", "is not"):
            value = agreement([self.truth(end) for end in left])
            return value if (leaf.comparison == "is") == (leaf.literals == ["yes"]) else negation(value)
        if leaf.other is None:
            return agreement([self.compare(leaf, a, leaf.literals) for a in self.sides(left)])
        right = self.sides(self.alternatives(leaf.other, scope))
        return agreement([self.compare(leaf, a, [b]) for a in self.sides(left) for b in right])

    def truth(self, end):
        if end is NOTHING:
            return OPEN
        if isinstance(end, Asked):
            return self.values[key_of(end.criterion), end.row, end.other]
        return HOLDS if end == "yes" else FAILS

    def sides(self, ends):
        """Ends with each criterion among them replaced by the answers it leaves possible."""
        sides = []
        for end in ends:
            if isinstance(end, Asked):
                sides += {"holds": ["yes"], "fails": ["no"], "open": [NOTHING],
                          "contested": ["yes", "no"]}[self.truth(end).state]
            else:
                sides.append(end)
        return sides

    def compare(self, leaf, a, others):
        """One comparison with everything contested decided one way."""
        if a is NOTHING or NOTHING in others:
            return OPEN
        type_ = leaf.subject.type
        if leaf.count:
            n = Fraction(len(a.items))
            return compare_intervals(ORDER[leaf.comparison], (n, n if a.complete else None), (others[0],) * 2)
        if leaf.comparison == "includes one of":
            return any_of([self.compare(Leaf(leaf.subject, "includes"), a, [b]) for b in others])
        if leaf.comparison == "includes":
            present = any(self.same(item, others[0]) for item in a.items)
            return HOLDS if present else FAILS if a.complete else OPEN
        if leaf.comparison == "matches":
            return HOLDS if others[0].search(a) else FAILS
        if leaf.comparison in ("is one of", "is not one of"):
            found = any_of([self.compare(Leaf(leaf.subject, "is"), a, [b]) for b in others])
            return found if leaf.comparison == "is one of" else negation(found)
        if type_ == "date":
            return compare_intervals(ORDER[leaf.comparison], date_interval(a), date_interval(others[0]))
        if type_ == "number" or leaf.comparison not in ("is", "is not"):
            rank = (lambda x: x) if type_ == "number" else self.base.enums[type_].index
            return compare_intervals(ORDER[leaf.comparison], (rank(a),) * 2, (rank(others[0]),) * 2)
        equal = HOLDS if self.same(a, others[0]) else FAILS
        return equal if leaf.comparison == "is" else negation(equal)

    @staticmethod
    def same(a, b):
        """Rows are the same row; a literal names a row by its id; anything else is equal or not."""
        if isinstance(a, Row) and isinstance(b, str):
            return a.id == b
        if isinstance(b, Row) and isinstance(a, str):
            return b.id == a
        return a is b if isinstance(a, Row) else a == b

    # ---- every criterion, group by group

    def evaluate(self, presume=True):
        self.presume = presume
        self.values = {}                 # (criterion, row, second row or None) -> Value
        for group in self.base.groups:
            asked = [(key, row, other) for key in group
                     for row in self.rows_of(key[0])
                     for other in (self.rows_of(self.base.criterion(key).other)
                                   if self.base.criterion(key).other else [None])]
            if not self.base.recursive(group):
                self.values.update((one, self.conclusion(*one)) for one in asked)
                self.presume_open(asked)
                continue
            # First what must and what may hold, from nothing upwards; only then what is contested.
            self.values.update((one, FAILS) for one in asked)
            self.repeat(asked, lambda old, new: Value(new.must, new.may, False))
            self.repeat(asked, lambda old, new: Value(old.must, old.may, new.contested))
            self.presume_open(asked)
        return self.values

    def presume_open(self, asked):
        for one in asked:
            if_open = self.base.criterion(one[0]).if_open
            if self.presume and if_open and self.values[one].state == "open":
                self.values[one] = HOLDS if if_open == "holds" else FAILS

    def repeat(self, asked, update):
        changed = True
        while changed:
            new = {one: update(self.values[one], self.conclusion(*one)) for one in asked}
            changed = any(self.values[one] != new[one] for one in asked)
            self.values.update(new)

    def conclusion(self, key, row, other):
        answers = []
        for rule in self.base.rules:
            if key_of(rule.criterion) == key:
                scope = {"case": self.row, rule.variables[0]: row}
                if other is not None:
                    scope[rule.variables[1]] = other
                answers.append(self.value(rule.condition, scope))
        # No rule in force under this reading: silence, not a finding.
        return any_of(answers) if answers else OPEN


# ---- Files -------------------------------------------------------------------------------------------

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)   # every scalar as the text that it is


def read_trees(path):
    with open(path, encoding="utf-8") as file:
        return [tree for tree in yaml.load_all(file, Loader=LOADER) if tree]


def read_rules(directory):
    paths = sorted(pathlib.Path(directory).rglob("*.yaml"))
    return [tree for path in paths for tree in read_trees(path)]


def verdicts(base, tree, presume=True):
    """(criterion, row, second row or None, state) of one case."""
    values = Case(base, tree).evaluate(presume)
    return [(".".join(key), row, other, value.state) for (key, row, other), value in values.items()]


def results(base, tree, presume=True):
    """The same with ids in the place of rows, sorted; "-" where there is no second row."""
    return sorted((criterion, row.id, other.id if other else "-", state)
                  for criterion, row, other, state in verdicts(base, tree, presume))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--reading")
    parser.add_argument("--no-presumptions", action="store_true")
    parser.add_argument("rules")
    parser.add_argument("cases", nargs="+")
    options = parser.parse_args()
    base = RuleBase(read_rules(options.rules), options.reading)
    lines = []
    for path in options.cases:
        for number, tree in enumerate(read_trees(path), 1):
            name = tree.get("title") or f"{pathlib.Path(path).name}#{number}"
            lines += ["\t".join((name, *result)) for result in results(base, tree, not options.no_presumptions)]
    print("\n".join(sorted(lines)))


if __name__ == "__main__":
    try:
        main()
    except (Unusable, OSError, yaml.YAMLError) as error:
        sys.exit(f"oracle: {error}")
