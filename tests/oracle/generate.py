#!/usr/bin/env python3
"""Random rule bases and cases, the same for the same seed.

    generate.py SEED OUTDIR [--cases N] [--without FEATURE,...]

writes OUTDIR/rules/ and OUTDIR/cases.yaml. Every construct of the language occurs: nested quantifiers,
exceptions of exceptions, pairs, positive recursion, presumptions, incomplete lists, partial dates,
contested and unknown facts, world facts and readings. Criteria stand on levels; negation only ever looks
to a lower level, so no rule base contains a cycle through negation.
"""
import argparse
import pathlib
import random
import re

FEATURES = {
    "at_least": "at_least nodes",
    "contested": "several assertions that differ",
    "contested_references": "the same, of references",
    "count": "count of LIST",
    "count_subject": "count compared with a subject",
    "explanations": "entities of kind explanation",
    "facets": "entities with facet_of",
    "incomplete": "lists that are not complete",
    "list_rows": "collections written as lists with ids",
    "matches": "patterns",
    "owned": "entities written inside a list of their owner",
    "pairs": "criteria on pairs",
    "partial_dates": "dates without day or month",
    "presumptions": "if_open",
    "quantifiers": "for_some and for_every",
    "readings": "readings beside the default one",
    "recursion": "criteria that depend on themselves",
    "ruleless": "criteria whose rules a reading drops",
    "unless": "exceptions",
    "world": "world facts beyond names",
    "yes_no_is": "yes_no facts compared with each other",
}

WORDS = ["amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath"]
TEXTS = ["red boat", "Blue boat", "a red-green flag", "Éclair", "boat 12", "nothing of note", "RED"]
PATTERNS = ["/red/", "/^red/", "/boat$/", "/r.d|blue/", r"/\bred\b/", "/[0-9]+/", "/é/", "/(a|o)t/", "/^n.*e$/"]
STATES = ["CHN", "PRK", "KOR", "THA", "VNM", "USA"]
DATES = ["1998", "1998-02", "1998-02-01", "1998-02-28", "1998-03-01", "1999", "1998-12-31", "1999-01-01",
         "2000-02", "2000-02-28", "2000-02-29", "2000", "1997-12", "1998-01"]
NUMBERS = ["0", "1", "2", "3", "4", "2.5", "10"]


class Generator:
    def __init__(self, seed, cases=8, without=()):
        self.random = random.Random(seed)
        self.features = set(FEATURES) - set(without)
        self.size = self.random.choice([1, 1, 2, 2, 3, 4])
        self.fresh = 0
        self.enums, self.parameters, self.entities, self.levels = {}, {}, {}, {}
        self.vocabulary()
        self.kinds = [                   # what a leaf may speak of, so that no kind drowns in another
            lambda t: t == "yes_no", lambda t: t == "yes_no", lambda t: t == "yes_no",
            lambda t: t == "date", lambda t: t == "date", lambda t: t == "number", lambda t: t == "text",
            lambda t: t in self.enums, lambda t: t in self.enums, lambda t: t in self.collections(),
            lambda t: t.startswith("list of "), lambda t: t.startswith("list of "),
            lambda t: t.removeprefix("list of ") in self.enums]
        self.rules = {}
        self.rule_base()
        self.case_trees = [self.case(f"case {n + 1}") for n in range(cases)]

    # ---- small helpers

    def chance(self, p, feature=None):
        drawn = self.random.random() < p
        return drawn and (feature is None or feature in self.features)

    def pick(self, items):
        return self.random.choice(list(items))

    def some(self, items, most):
        items = list(items)
        return self.random.sample(items, self.random.randint(0, min(most, len(items))))

    def number(self, low, high):
        return self.random.randint(low, high)

    def name(self, word):
        self.fresh += 1
        return f"{word}_{self.fresh}"

    # ---- vocabulary

    def vocabulary(self):
        for name in ["colour", "risk", "grade"][:self.number(2, 3)]:
            values = self.random.sample(WORDS, self.number(2, 4))
            self.enums[name] = {"title": name, "ordered": "no" if name == "colour" else "yes",
                                "values": {value: f"it is {value}" for value in values}}
        for n in range(self.number(0, 3)):
            type_ = self.pick(["yes_no", "number", *self.enums])
            self.parameters[f"option_{n + 1}"] = {
                "title": f"Option {n + 1}", "type": type_, "default": self.literal(type_)}

        def entity(name, **keys):
            self.entities[name] = {"title": name, **keys, "facts": {}, "criteria": {}}

        entity("case")
        entity("person", collection="persons")
        entity("state", collection="states", label="name")
        if self.chance(0.5):
            entity("removal", collection="removals")
        if self.chance(0.3):
            entity("treaty", collection="treaties", label="name")
        owners = {}
        if self.chance(0.8, "owned"):
            entity("tie")
            owners["tie"] = "person"
            if self.chance(0.5):
                entity("harm")
                owners["harm"] = "tie"
            if self.chance(0.3):
                entity("event")
                owners["event"] = self.pick(["person", "case", *({"removal"} & set(self.entities))])
        if self.chance(0.4, "facets"):
            entity("motive_of_state", facet_of="state", collection="motives")
            if self.chance(0.6, "explanations"):
                self.entities["motive_of_state"]["kind"] = "explanation"
        if self.chance(0.2, "facets"):
            entity("profile", facet_of="person", collection="profiles")
        for world in ("state", "treaty"):
            if world in self.entities:
                self.entities[world]["facts"]["name"] = {"type": "text", "title": "Name", "ask": "What is it called?"}
        self.owners = owners
        for name in self.entities:
            self.facts(name)
        for name, owner in owners.items():
            self.fact(owner, f"list of {name}", f"{name}s")
            if self.chance(0.4):
                self.fact(name, self.pick(["state", "text"]), "key")
                self.entities[name]["key"] = "key"
        self.plan_criteria()

    def collections(self):
        return {name for name, e in self.entities.items() if "collection" in e and "facet_of" not in e}

    def facts(self, entity):
        referable = sorted(self.collections())
        plain = ["yes_no"] * 5 + ["number", "date", "date", "text", *self.enums]
        for _ in range(self.number(1, 2 + 2 * self.size)):
            self.fact(entity, self.pick(plain))
        for type_ in referable:
            if self.chance(0.35):
                self.fact(entity, type_)
            if self.chance(0.3):
                self.fact(entity, f"list of {type_}")
        if self.chance(0.4):
            self.fact(entity, f"list of {self.pick(self.enums)}")

    def fact(self, entity, type_, name=None):
        facts = self.entities[entity]["facts"]
        stem = {"yes_no": "flag", "number": "amount", "date": "day", "text": "words"}.get(type_, type_)
        stem = stem.replace("list of ", "all_")
        name = name or f"{stem}_{sum(f.startswith(stem + '_') for f in facts) + 1}"
        facts[name] = about = {"type": type_, "ask": f"What is {name}?"}
        if type_ == "yes_no":
            if self.chance(0.2):
                about["judgment"] = "yes"
            if self.chance(0.2, "presumptions"):
                about.update(self.presumption())

    def presumption(self):
        return {"if_open": self.pick(["holds", "fails"]), "burden": "the State", "authority": [self.citation()]}

    def plan_criteria(self):
        """Criteria on levels; the criteria of a recursive level may depend on each other."""
        level = 0
        for _ in range(self.number(1, 2 + 2 * self.size)):
            level += 1
            recursive = self.chance(0.35, "recursion")
            for _ in range(self.number(1, 3) if recursive else 1):
                self.plan_criterion(level, recursive)

    def plan_criterion(self, level, recursive):
        entity = self.pick(["person", "person", *self.entities])
        criteria = self.entities[entity]["criteria"]
        name = f"verdict_{len(criteria) + 1}"
        criteria[name] = about = {"title": f"Verdict {name}", "holds": "It is so.", "fails": "It is not so."}
        if self.chance(0.3, "pairs"):
            other = self.pick(sorted(self.collections()))
            if other == entity or self.chance(0.3):
                about["with"] = {"other": other}
            else:
                about["with"] = other
        if not recursive and self.chance(0.25, "presumptions"):
            about.update(self.presumption())
        if self.chance(0.2):
            about["headline"] = "yes"
        self.levels[entity, name] = level, recursive

    def second(self, entity, criterion):
        """The second entity of a pair and the variable that names it."""
        other = self.entities[entity]["criteria"][criterion].get("with")
        if isinstance(other, dict):
            [(variable, other)] = other.items()
            return variable, other
        return other, other

    # ---- rules

    def citation(self):
        return self.pick(["LAW 1", "LAW 2, 3", "LAW", "OTHER art. 4"])

    def rule_base(self):
        base = {}
        for entity, criterion in self.levels:
            for _ in range(self.pick([1, 1, 1, 2, 2, 3])):
                rule = self.rule(entity, criterion)
                base[rule["id"]] = rule
        self.rules = base
        self.readings = {}
        known = {"r0": dict(base)}
        self.readings["r0"] = {"surplace": "reading/1", "id": "r0", "title": "Reading 0", "default": "yes"}
        for n in range(1, self.number(1, 3)):
            if "readings" in self.features:
                self.reading(f"r{n}", known)

    def reading(self, id_, known):
        tree = {"surplace": "reading/1", "id": id_, "title": f"Reading {id_}", "default": "no"}
        rules = dict(self.rules)
        if self.chance(0.6):
            tree["extends"] = self.pick(known)
            rules = dict(known[tree["extends"]])
        settings = [{"parameter": name, "value": self.literal(self.parameters[name]["type"]),
                     "held_by": "a court", "authority": [self.citation()]}
                    for name in self.some(self.parameters, 2)]
        changed = self.some(sorted(rules), 2)
        drop = [r for r in changed[1:] if "ruleless" in self.features
                or sum(o["concludes"] == rules[r]["concludes"] for o in rules.values()) > 1]
        replace = [self.rule(*self.concluded(rules[r]), r) for r in changed[:1]]
        add = [self.rule(*criterion) for criterion in self.some(self.levels, 1)]
        for key, value in (("set", settings), ("presume", self.silences()), ("drop", drop), ("replace", replace), ("add", add)):
            if value:
                tree[key] = value
        for r in drop:
            del rules[r]
        rules.update({rule["id"]: rule for rule in replace + add})
        self.readings[id_] = tree
        known[id_] = rules

    def silences(self):
        """What a reading says of silence, on criteria that cannot depend on themselves and on yes-or-no facts."""
        if "presumptions" not in self.features:
            return []
        may = [f"{e}.{c}" for (e, c), (_, recursive) in sorted(self.levels.items()) if not recursive]
        may += [f"{e}.{f}" for e, about in sorted(self.entities.items())
                for f, fact in sorted((about.get("facts") or {}).items()) if fact["type"] == "yes_no"]
        return [{"of": of, "authority": [self.citation()],
                 **(self.presumption() if self.chance(0.6) else {"if_open": "open"})}
                for of in self.some(may, 2)]

    @staticmethod
    def concluded(rule):
        return tuple(rule["concludes"].split("(")[0].split("."))

    def rule(self, entity, criterion, id_=None):
        level, recursive = self.levels[entity, criterion]
        self.level, self.recursive = level, recursive
        self.explaining = self.entities[entity].get("kind") == "explanation"
        scope = {"case": "case", entity: entity}
        concludes = f"{entity}.{criterion}"
        variable, other = self.second(entity, criterion)
        if other:
            scope[variable] = other
            concludes += f"({variable})"
        rule = {"id": id_ or self.name("rule"), "title": "A rule", "concludes": concludes,
                "authority": [self.citation()]}
        rule["requires"] = self.node(self.number(0, min(4, self.size + 1)), scope, True)
        if self.chance(0.25, "unless"):
            rule["unless"] = self.exceptions(1, scope)
        return rule

    def exceptions(self, depth, scope):
        exceptions = []
        for _ in range(self.pick([1, 1, 2])):
            node = self.node(depth, scope, False)
            if self.chance(0.4) and depth >= 0:
                if isinstance(node, str):
                    node = {"that": node}
                node["unless"] = self.exceptions(depth - 1, scope)
            exceptions.append(node)
        return exceptions

    def node(self, depth, scope, positive):
        if depth <= 0 or self.chance(0.2):
            leaf = self.leaf(scope, positive)
            if self.chance(0.85):
                return leaf
            node = {"that": leaf}
        elif self.chance(0.45, "quantifiers"):
            node = self.quantifier(depth, scope, positive)
        else:
            node = self.body(depth, scope, positive)
        if self.chance(0.2):
            node = {"id": self.name("n"), "title": "A condition", **node}
        if self.chance(0.1):
            node["authority"] = [self.citation()]
        if self.chance(0.15, "unless"):
            node["unless"] = self.exceptions(depth - 1, scope)
        return node

    def body(self, depth, scope, positive):
        heads = ["all_of", "all_of", "any_of", "any_of", "none_of"]
        if "at_least" in self.features:
            heads.append("at_least")
        head = self.pick(heads)
        parts = [self.node(depth - 1, scope, positive and head != "none_of")
                 for _ in range(self.number(1, 3))]
        if head == "at_least":
            return {"at_least": {"n": str(self.number(1, len(parts))), "of": parts}}
        return {head: parts}

    def quantifier(self, depth, scope, positive):
        chain, type_ = self.subject(scope, lambda t: t.startswith("list of "))
        if not chain:
            return self.body(depth, scope, positive)
        head = self.pick(["for_some", "for_every"])
        variable = self.name("x")
        inner = {**scope, variable: type_.removeprefix("list of ")}
        node = {head: f"{variable} in {chain}"}
        if self.chance(0.3):
            node["where"] = self.node(depth - 2, inner, positive and head == "for_some")
        if head == "for_every" and self.chance(0.5):
            node["if_empty"] = self.pick(["holds", "fails"])
        if self.chance(0.4):
            node["that"] = self.leaf(inner, positive)
        else:
            node.update(self.body(depth - 1, inner, positive))
        return node

    # ---- leaves

    def readable(self, entity):
        return self.explaining or self.entities[entity].get("kind") != "explanation"

    def steps(self, type_):
        """What can be read of an entity: name -> type."""
        if type_ not in self.entities:
            return {}
        steps = {name: about["type"] for name, about in self.entities[type_]["facts"].items()}
        if type_ == "case":
            for name, about in self.entities.items():
                if "collection" in about and self.readable(name):
                    steps[about["collection"]] = f"list of {name}"
        else:
            steps["case"] = "case"
            if type_ in self.owners:
                steps[self.owners[type_]] = self.owners[type_]
            if "facet_of" in self.entities[type_]:
                steps[self.entities[type_]["facet_of"]] = self.entities[type_]["facet_of"]
        return steps

    def subject(self, scope, wanted):
        """A random chain whose type is wanted, or (None, None); newer variables are likelier."""
        for _ in range(30):
            variables = list(scope)
            variable = self.pick(variables + variables[-2:] * 2)
            chain, type_ = variable, scope[variable]
            for _ in range(self.number(0, 3)):
                steps = self.steps(type_)
                if not steps:
                    break
                going = [n for n, t in steps.items() if t in self.entities and n != "case"]
                name = self.pick(going) if going and self.chance(0.4) else self.pick(steps)
                chain, type_ = f"{chain}.{name}", steps[name]
            if chain != "case" and type_ != "case" and wanted(type_):
                return chain, type_
        return None, None

    def askable(self, type_, positive):
        """Criteria of an entity that a rule of the present level may read in this position."""
        if type_ not in self.entities or not self.readable(type_):
            return []
        return [name for name in self.entities[type_]["criteria"]
                if self.levels[type_, name][0] < self.level
                or (positive and self.recursive and self.levels[type_, name][0] == self.level)]

    def fellows(self, type_):
        """Criteria of an entity that stand on the present level."""
        return [name for name in self.askable(type_, True) if self.levels[type_, name][0] == self.level]

    def criterion(self, scope, positive):
        chain = type_ = None
        if positive and self.recursive and self.chance(0.6):
            among = self.fellows
            chain, type_ = self.subject(scope, self.fellows)
        if not chain:
            among = lambda t: self.askable(t, positive)
            chain, type_ = self.subject(scope, among)
        if not chain and self.askable("case", positive):
            chain, type_ = "case", "case"
        if not chain:
            return None
        name = self.pick(among(type_))
        _, other = self.second(type_, name)
        leaf = f"{chain}.{name}"
        if other:
            argument, _ = self.subject(scope, lambda t: t == other)
            if not argument:
                return None
            leaf += f"({argument})"
        lower = self.levels[type_, name][0] < self.level
        return leaf + self.pick(["", "", "", " is yes", " is no" if lower else ""])

    def leaf(self, scope, positive):
        if self.chance(0.4):
            leaf = self.criterion(scope, positive)
            if leaf:
                return leaf
        if self.parameters and self.chance(0.08):
            name = self.pick(self.parameters)
            return self.comparison(f"reading.{name}", self.parameters[name]["type"], scope)
        chain, type_ = self.subject(scope, self.pick(self.kinds))
        if not chain:
            chain, type_ = self.subject(scope, lambda t: True)
        if not chain:
            # Every entity has at least one fact, so its first one is there to be read.
            variable = next(v for v in scope if scope[v] in self.entities)
            name, about = next(iter(self.entities[scope[variable]]["facts"].items()))
            chain, type_ = f"{variable}.{name}", about["type"]
        return self.comparison(chain, type_, scope)

    def comparison(self, chain, type_, scope):
        if type_.startswith("list of "):
            return self.about_list(chain, type_.removeprefix("list of "), scope)
        if type_ == "yes_no":
            if self.chance(0.15, "yes_no_is"):
                return f"{chain} {self.pick(['is', 'is not'])} {self.value(type_, scope)}"
            return chain + self.pick(["", "", " is yes", " is no"])
        if type_ == "text":
            if self.chance(0.5, "matches"):
                return f"{chain} matches {self.pick(PATTERNS)}"
            value = self.value(type_, scope)
            return f"{chain} {self.pick(['is', 'is not'])} {value}"
        comparisons = ["is", "is not"]
        if type_ == "date":
            comparisons = ["is", "is not"] + ["is before", "is after", "is on or before", "is on or after"] * 2
        elif type_ == "number" or self.enums.get(type_, {}).get("ordered") == "yes":
            comparisons += ["is at least", "is at most", "is above", "is below"]
        if self.has_literals(type_) and self.chance(0.2):
            values = sorted({self.literal(type_) for _ in range(self.number(1, 4))})
            return f"{chain} {self.pick(['is', 'is not'])} one of [{', '.join(values)}]"
        comparison = self.pick(comparisons)
        value = self.value(type_, scope)
        if value is None:
            other, other_type = self.subject(scope, lambda t: t == type_)
            value = other or chain
        return f"{chain} {comparison} {value}"

    def about_list(self, chain, item, scope):
        value = self.value(item, scope) if item in self.enums or item in self.collections() else None
        if item in self.enums and self.chance(0.2):
            values = sorted({self.literal(item) for _ in range(self.number(1, 4))})
            return f"{chain} includes one of [{', '.join(values)}]"
        if value and (self.chance(0.5) or "count" not in self.features):
            return f"{chain} includes {value}"
        if "count" not in self.features:
            return self.any_flag(scope)
        comparison = self.pick(["is", "is at least", "is at most", "is above", "is below"])
        number = str(self.number(0, 3))
        if self.chance(0.15, "count_subject"):
            number = self.subject(scope, lambda t: t == "number")[0] or number
        return f"count of {chain} {comparison} {number}"

    def any_flag(self, scope):
        chain, type_ = self.subject(scope, lambda t: not t.startswith("list of "))
        if chain:
            return self.comparison(chain, type_, scope)
        variable = next(v for v in scope if scope[v] in self.entities)
        return f"{variable} is {variable}"

    def has_literals(self, type_):
        return type_ in ("number", "date", "state", "treaty") or type_ in self.enums

    def value(self, type_, scope):
        """What a subject is compared with: a literal or another subject; None if neither is at hand."""
        literal = self.has_literals(type_) or type_ in ("yes_no", "text")
        if not literal or self.chance(0.35):
            other, _ = self.subject(scope, lambda t: t == type_)
            if other:
                return other
        if not literal:
            return None
        value = self.literal(type_)
        if type_ == "text" or (type_ in self.enums and self.chance(0.1)):
            return f'"{value}"'
        return value

    def literal(self, type_):
        if type_ == "yes_no":
            return self.pick(["yes", "no"])
        if type_ == "number":
            return self.pick(NUMBERS)
        if type_ == "date":
            return self.pick(self.dates())
        if type_ == "text":
            return self.pick(TEXTS)
        if type_ == "state":
            return self.pick(STATES[:3])
        if type_ == "treaty":
            return self.pick(["T1", "T2"])
        return self.pick(self.enums[type_]["values"])

    def dates(self):
        return DATES if "partial_dates" in self.features else [d for d in DATES if len(d) == 10]

    # ---- cases and world facts

    def world(self):
        names, more = {}, {}
        self.manner()
        for entity, ids in (("state", STATES), ("treaty", ["T1", "T2"])):
            if entity not in self.entities:
                continue
            collection = self.entities[entity]["collection"]
            names[collection] = {id_: {"name": f"the {entity} {id_}"} for id_ in ids}
            if "world" not in self.features:
                continue
            more[collection] = self.world_rows(entity, self.some(ids, 3))
            for facet, about in self.entities.items():
                if about.get("facet_of") == entity:
                    more[about["collection"]] = self.world_rows(facet, self.some(ids, 2))
        return names, {collection: rows for collection, rows in more.items() if rows}

    def world_rows(self, entity, ids):
        ids_of = {"state": STATES, "treaty": ["T1", "T2"]}
        rows = {}
        for id_ in ids:
            body = self.facts_of(entity, ids_of, skip={"name"}, worldly=True)
            if body:
                rows[id_] = body
        return rows

    def manner(self):
        """How much a case file or the world leaves unsaid, and how much it says in two ways."""
        self.silence = self.pick([0, 0.05, 0.15, 0.3])
        self.quarrel = self.pick([0, 0.1, 0.2, 0.35])

    def case(self, title):
        self.manner()
        ids = {"state": STATES, "treaty": ["T1", "T2"]}
        for entity in sorted(self.collections() - set(ids)):
            ids[entity] = [f"{entity[0]}{n + 1}" for n in range(self.pick([0, 1, 1, 2, 2, 3]))]
        tree = {"surplace": "case/1", "title": title, **self.facts_of("case", ids)}
        for entity, about in self.entities.items():
            if "collection" not in about:
                continue
            if "facet_of" in about:
                rows = {id_: self.facts_of(entity, ids) for id_ in self.some(ids[about["facet_of"]][:3], 2)}
            elif entity in ("state", "treaty"):
                rows = {id_: self.facts_of(entity, ids) for id_ in self.some(ids[entity], 2)}
            else:
                rows = {id_: self.facts_of(entity, ids) for id_ in ids[entity]}
            rows = {id_: body for id_, body in rows.items() if body or entity not in ("state", "treaty")}
            if rows and "facet_of" not in about and self.chance(0.3, "list_rows"):
                rows = [{"id": id_, **body} for id_, body in rows.items()]
            if rows:
                tree[about["collection"]] = rows
        return tree

    def facts_of(self, entity, ids, skip=(), worldly=False):
        body = {}
        for name, about in self.entities[entity]["facts"].items():
            if name in skip or (name == "name" and self.chance(0.9)):
                continue
            type_ = about["type"]
            if type_.startswith("list of "):
                tree = self.list_of(type_.removeprefix("list of "), ids, worldly)
            else:
                tree = self.assertion(type_, ids, worldly)
            if tree is not None:
                body[name] = tree
        return body

    def asserted(self, type_, ids):
        if type_ in self.entities:
            return self.pick(ids[type_]) if ids.get(type_) else None
        return self.literal(type_)

    def assertion(self, type_, ids, worldly=False):
        value = self.asserted(type_, ids)
        drawn = self.random.random()
        if value is None or drawn < self.silence:
            return None
        if drawn < self.silence + 0.05:
            return "unknown"
        contested = "contested_references" if type_ in self.entities else "contested"
        if drawn < self.silence + 0.05 + self.quarrel and contested in self.features:
            values = [value, self.asserted(type_, ids)]
            if self.chance(0.15):
                values.append(self.pick(["unknown", self.asserted(type_, ids)]))
            return [{"is": v, "by": f"witness {n + 1}"} for n, v in enumerate(values)]
        if self.chance(0.1):
            return {"is": value, "by": "interview", "see": "answer 14"}
        return value

    def list_of(self, type_, ids, worldly):
        drawn = self.random.random()
        owned = type_ in self.entities and "collection" not in self.entities[type_]
        if drawn < self.silence or (owned and worldly):
            return None
        if drawn < self.silence + 0.03:
            return "unknown"
        if owned:
            items = self.owned_rows(type_, ids)
        elif type_ in self.enums:
            items = self.some(self.enums[type_]["values"], 3)
        else:
            items = self.some(ids.get(type_) or [], 3)
        if self.chance(0.3, "incomplete"):
            return {"list": items, "complete": "no"}
        if self.chance(0.1):
            return {"list": items, "complete": "yes"}
        return items

    def owned_rows(self, type_, ids):
        rows = [self.facts_of(type_, ids) for _ in range(self.pick([0, 1, 1, 2, 3]))]
        if "key" in self.entities[type_]:
            about = self.entities[type_]["facts"]["key"]
            pool = STATES if about["type"] == "state" else TEXTS
            for row, key in zip(rows, self.random.sample(pool, len(rows))):
                row["key"] = key
        # A row about which nothing at all is said would be an empty mapping.
        return [row for row in rows if row]

    # ---- files

    def files(self):
        """Path under the rule base -> tree."""
        entities = {}
        for name, about in self.entities.items():
            entities[name] = {k: v for k, v in about.items() if v != {}}
        vocabulary = {"surplace": "vocabulary/1", "enums": self.enums}
        if self.parameters:
            vocabulary["parameters"] = self.parameters
        vocabulary["entities"] = entities
        files = {"vocabulary.yaml": vocabulary}
        files["authorities.yaml"] = {"surplace": "authorities/1", "authorities": [
            {"cite": cite, "title": f"The {cite}", "kind": "treaty", "confirmed": "yes"} for cite in ("LAW", "OTHER")]}
        rules = list(self.rules.values())
        self.random.shuffle(rules)
        cut = self.number(0, len(rules))
        for n, part in enumerate((rules[:cut], rules[cut:]), 1):
            if part:
                files[f"rules/part-{n}.yaml"] = {"surplace": "rules/1", "title": f"Part {n}", "rules": part}
        for id_, tree in self.readings.items():
            files[f"readings/{id_}.yaml"] = tree
        names, more = self.world()
        files["world/names.yaml"] = {"surplace": "world/1", "title": "Names", "by": "a list", **names}
        if more:
            files["world/more.yaml"] = {"surplace": "world/1", "title": "More", "by": "a report", **more}
        return files


# ---- Writing YAML ------------------------------------------------------------------------------------

PLAIN = re.compile(r"[A-Za-z0-9][^\x00-\x1f:#]*")


def scalar(text, flow=False):
    if PLAIN.fullmatch(text) and text == text.strip() and not (flow and re.search(r"[\[\]{},?]", text)):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def flat(tree):
    values = tree.values() if isinstance(tree, dict) else tree
    return not tree or all(isinstance(value, str) for value in values)


def flow(tree):
    if isinstance(tree, str):
        return scalar(tree, True)
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {flow(value)}" for key, value in tree.items()) + "}"
    return "[" + ", ".join(flow(value) for value in tree) + "]"


def lines(tree, indent=""):
    """Block style; what is short and flat in flow style."""
    for entry in tree.items() if isinstance(tree, dict) else tree:
        key, value = entry if isinstance(tree, dict) else (None, entry)
        mark = f"{indent}{key}:" if key is not None else f"{indent}-"
        if isinstance(value, str):
            yield f"{mark} {scalar(value)}"
        elif flat(value) and len(flow(value)) < 60:
            yield f"{mark} {flow(value)}"
        elif key is not None:
            yield mark
            yield from lines(value, indent + "  ")
        else:
            first, *rest = lines(value, indent + "  ")
            yield f"{mark} {first.strip()}"
            yield from rest


def write(directory, files, cases):
    directory = pathlib.Path(directory)
    for path, tree in files.items():
        target = directory / "rules" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(lines(tree)) + "\n", encoding="utf-8")
    text = "---\n".join("\n".join(lines(tree)) + "\n" for tree in cases)
    (directory / "cases.yaml").write_text(text, encoding="utf-8")


def generate(seed, cases=8, without=()):
    generator = Generator(seed, cases, without)
    return generator.files(), generator.case_trees


def main():
    parser = argparse.ArgumentParser(description="Writes a random rule base and random cases.",
                                     epilog="features: " + ", ".join(FEATURES))
    parser.add_argument("seed", type=int)
    parser.add_argument("outdir")
    parser.add_argument("--cases", type=int, default=8)
    parser.add_argument("--without", default="", help="features to leave out, with commas")
    options = parser.parse_args()
    write(options.outdir, *generate(options.seed, options.cases, [f for f in options.without.split(",") if f]))


if __name__ == "__main__":
    main()
