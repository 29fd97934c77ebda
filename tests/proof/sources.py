"""Holds what a proof says of rules and facts to the files they were read from. It reads them with the oracle's reader
(tests/oracle), which shares nothing with the engine either."""
import pathlib
import sys
from fractions import Fraction

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "oracle"))
import oracle  # noqa: E402

from check import Rejected, require  # noqa: E402


def listed(value):
    return [value] if isinstance(value, str) else list(value or [])


# ---- Conditions in one form, whether from a file or from a proof

HEADS = ("all_of", "any_of", "none_of", "at_least", "for_some", "for_every", "that")


def plain(condition):
    """A conjunction of one part that says nothing itself is that part, with its exceptions if the part has none."""
    if condition["is"] != "all_of" or len(condition["parts"]) != 1 or "id" in condition or "authority" in condition \
            or "passages" in condition:
        return condition
    part = condition["parts"][0]
    if "unless" not in condition:
        return part
    return condition if "unless" in part else {**part, "unless": condition["unless"]}


def with_citations(condition, tree):
    for key in ("authority", "passages", "unless"):
        if tree.get(key):
            condition[key] = listed(tree[key]) if key != "unless" else [from_file(part) for part in tree[key]]
    if tree.get("id"):
        condition["id"] = tree["id"]
    return plain(condition)


def body_from_file(tree):
    if "that" in tree:
        return {"is": "leaf", "text": tree["that"].strip()}
    if "at_least" in tree:
        inner = tree["at_least"]
        return {"is": "at_least", "n": int(inner["n"]), "parts": [from_file(part) for part in inner["of"]]}
    head = next(head for head in ("all_of", "any_of", "none_of") if head in tree)
    return {"is": head, "parts": [from_file(part) for part in tree[head]]}


def from_file(tree):
    if isinstance(tree, str):
        return {"is": "leaf", "text": tree.strip()}
    head = next(head for head in ("for_some", "for_every", *HEADS) if head in tree)
    if head not in ("for_some", "for_every"):
        return with_citations(body_from_file(tree), tree)
    variable, chain = oracle.QUANTIFIER.fullmatch(tree[head]).groups()
    condition = {"is": head, "variable": variable, "in": chain, "that": plain(body_from_file(tree))}
    if head == "for_every":
        condition["if_empty"] = tree.get("if_empty", "fails")
    if "where" in tree:
        condition["where"] = from_file(tree["where"])
    return with_citations(condition, tree)


def from_proof(condition):
    condition = dict(condition)
    for key in ("parts", "unless"):
        if key in condition:
            condition[key] = [from_proof(part) for part in condition[key]]
    for key in ("where", "that"):
        if key in condition:
            condition[key] = from_proof(condition[key])
    return plain(condition)


def presumption(tree):
    if not tree.get("if_open"):
        return {}
    return {"if_open": tree["if_open"], "burden": tree["burden"], "authority": listed(tree["authority"])}


class Sources:
    def __init__(self, rules):
        self.trees = oracle.read_rules(rules)
        self.kinds, self.bases = {}, {}
        for tree in self.trees:
            self.kinds.setdefault(tree["surplace"].split("/")[0], []).append(tree)

    def base(self, reading):
        if reading not in self.bases:
            base = oracle.RuleBase(self.trees, reading)
            rules = {rule["id"]: rule for tree in self.kinds.get("rules", []) for rule in tree.get("rules") or []}
            readings = {tree["id"]: tree for tree in self.kinds.get("reading", [])}
            self.bases[reading] = base, base.read(readings, reading, rules) if reading else rules
        return self.bases[reading]

    def cases(self, path, count):
        trees = oracle.read_trees(path)
        require(len(trees) == count, f"{count} proofs of {len(trees)} cases")
        return [Source(self, tree) for tree in trees]


class Source:
    def __init__(self, sources, tree):
        self.sources, self.tree = sources, tree

    def compare(self, proof):
        base, rules = self.sources.base(proof.header["reading"] or None)
        if self.tree.get("title"):
            require(proof.header["case"] == self.tree["title"], "the proof is of another case")
        self.compare_vocabulary(proof, base)
        self.compare_rules(proof, rules)
        Facts(self.sources, base, self.tree).compare(proof)

    def silences(self, reading):
        """What silence means under a reading, after what the reading says that it extends."""
        tree = next((r for r in self.sources.kinds.get("reading", []) if r["id"] == reading), {})
        return (self.silences(tree["extends"]) if tree.get("extends") else []) + (tree.get("presume") or [])

    def compare_vocabulary(self, proof, base):
        enums, entities = {}, {"case": {"entity": "case", "facts": {}, "criteria": {}}}
        for tree in self.sources.kinds.get("vocabulary", []):
            for name, enum in (tree.get("enums") or {}).items():
                enums[name] = {"enum": name, "ordered": enum.get("ordered") in ("yes", "true"),
                               "values": list(enum["values"])}
            for name, body in (tree.get("entities") or {}).items():
                self.add_entity(entities.setdefault(name, {"entity": name, "facts": {}, "criteria": {}}), body or {})
        for name, entity in base.entities.items():
            if entity.owner and not entity.collection:
                entities[name]["owner"] = entity.owner
        for silence in self.silences(base.reading):
            entity, member = silence["of"].split(".")
            about = entities[entity]["facts"].get(member) or entities[entity]["criteria"][member]
            for key in ("if_open", "burden", "authority"):
                about.pop(key, None)
            about.update(presumption({**silence, "if_open": None if silence["if_open"] == "open" else silence["if_open"]}))
        same("enums", proof.enums, enums)
        same("entities", proof.entities, entities)
        same("parameters", proof.parameters,
             {name: {"parameter": name, "type": about["type"], "value": base.settings[name]}
              for name, about in base.parameters.items()})

    @staticmethod
    def add_entity(entity, body):
        for key in ("collection", "facet_of"):
            if body.get(key):
                entity[key] = body[key]
        for name, fact in (body.get("facts") or {}).items():
            entity["facts"][name] = {"type": fact["type"], **presumption(fact)}
        for name, criterion in (body.get("criteria") or {}).items():
            about = entity["criteria"][name] = {"title": (criterion or {}).get("title", ""), **presumption(criterion or {})}
            other = (criterion or {}).get("with")
            if other:
                about["with"] = other if isinstance(other, str) else next(iter(other.values()))

    @staticmethod
    def compare_rules(proof, trees):
        expected = {}
        for id_, tree in trees.items():
            requires = from_file(tree["requires"])
            if tree.get("unless"):
                requires = plain({"is": "all_of", "parts": [requires],
                                  "unless": [from_file(part) for part in tree["unless"]]})
            rule = {"rule": id_, "title": tree["title"], "concludes": tree["concludes"].replace(" ", ""),
                    "condition": requires}
            for key in ("authority", "passages"):
                if tree.get(key):
                    rule[key] = listed(tree[key])
            expected[id_] = rule
        same("rules", {id_: {**rule, "condition": from_proof(rule["condition"])} for id_, rule in proof.rules.items()},
             expected)


def list_of_distinct(values):
    found = []
    for value in values:
        if value not in found:
            found.append(value)
    return sorted(found, key=str)


def same(what, found, expected):
    for name in sorted(set(found) | set(expected)):
        require(found.get(name) == expected.get(name), f"{what}: {name} is not as in the files")


class Recorder(oracle.Case):
    """A case that remembers what was written of each row, and reads lists that are asserted in several ways."""

    def members(self, row, name, type_, tree):
        if isinstance(tree, list) and tree and isinstance(tree[0], dict) and {"is", "list"} & set(tree[0]):
            return [self.members(row, name, type_, one) for one in tree]
        return super().members(row, name, type_, tree)

    def fill(self, row, body):
        row.body = body
        super().fill(row, body)


class Facts:
    def __init__(self, sources, base, tree):
        self.base, self.tree = base, tree
        self.case = Recorder(base, tree)
        self.world_by = {}               # (entity, id, fact) -> who says so in the file of world facts
        for world in sources.kinds.get("world", []):
            for collection, rows in world.items():
                for id_, body in oracle.identified(rows) if collection in base.collections else []:
                    for fact in body:
                        self.world_by[base.collections[collection].name, id_, fact] = world.get("by")

    def compare(self, proof):
        left = dict(proof.rows)
        at = {}                          # row -> its address in the proof
        rows = [self.case.row, *self.case.rows.values()]
        owned = list(self.case.owned)
        for row in rows + owned:
            if row.owner is None:
                candidates = [row.id]
            else:
                candidates = [f"{at[row.owner]}/{alias.rpartition('/')[2]}" for alias in row.aliases]
            for address in candidates:
                line = left.get((row.entity, address))
                fault = "it is not there" if line is None else self.difference(proof, row, line)
                if not fault:
                    break
            require(not fault, f"facts: {row.entity} {candidates[0]} is not as in the files: {fault}")
            at[row] = address
            del left[row.entity, address]
        require(not left, f"facts: an entry that the files do not have: {min(left, default='')}")

    def difference(self, proof, row, line):
        """What is not as the row says it, or nothing."""
        for name in sorted(set(row.facts) | set(line["facts"])):
            if name not in row.facts or name not in line["facts"]:
                return f"{name} is stated, or not"
            type_ = proof.entities[row.entity]["facts"][name]["type"]
            if self.stated(type_, row.facts[name]) != self.shown(type_, line["facts"][name]):
                return name
            sources = self.sources(row, name)
            shown = {}                   # as `sources`; those who say the same may be named together
            for assertion in line["facts"][name]:
                by, see = shown.setdefault(self.value(type_, assertion.get("is")), (set(), set()))
                by.update(set(assertion.get("by", "").split("; ")) - {""})
                see.add(assertion.get("see", ""))
            if sources is not None and not (shown.keys() == sources.keys() and all(
                    by == sources[value][0] and see <= sources[value][1] for value, (by, see) in shown.items())):
                return f"who says {name}"
        return None

    def owned_list(self, type_):
        item = type_.removeprefix("list of ")
        return type_ != item and item in self.base.entities and not self.base.entities[item].collection

    def stated(self, type_, value):
        if type_.startswith("list of "):
            lists = value if isinstance(value, list) else [value] if value is not None else []
            return list_of_distinct((len(one.items) if self.owned_list(type_) else sorted(set(map(str, one.items))), one.complete)
                                    for one in lists)
        return sorted(map(str, value or []))

    def shown(self, type_, assertions):
        if type_.startswith("list of "):
            return list_of_distinct((len(a["list"]) if self.owned_list(type_) else sorted(a["list"]), a["complete"])
                                    for a in assertions)
        return sorted({self.value(type_, a["is"]) for a in assertions})

    @staticmethod
    def value(type_, text):
        return str(Fraction(text)) if type_ == "number" else text

    def sources(self, row, name):
        """Who asserts each value and where it can be seen; None: not looked at (entries within world facts)."""
        value = row.body[name]
        in_case = self.written_in_case(row, name)
        if in_case is None:
            return None
        entries = value if isinstance(value, list) and value and isinstance(value[0], dict) \
            and {"is", "list"} & set(value[0]) else [value]
        type_ = self.base.entities[row.entity].facts[name].type
        is_list = type_.startswith("list of ")
        default = None if in_case else self.world_by.get((row.entity, row.id, name))
        found = {}                       # value, or None for a list -> (who says it, where it can be seen)
        for entry in entries:
            entry = entry if isinstance(entry, dict) else {"is": entry}
            if entry.get("list", entry.get("is")) in ("unknown", "null", "", "~"):
                continue
            by, see = found.setdefault(None if is_list else str(self.base.scalar(type_, entry["is"])), (set(), set()))
            by.update({entry.get("by", default)} - {None})
            see.add(entry.get("see", ""))
        return found

    def written_in_case(self, row, name):
        top = row
        while top.owner is not None:
            top = top.owner
        if top is self.case.row:
            return True
        collection = self.base.entities[top.entity].collection
        given = dict(oracle.identified(self.tree.get(collection) or {})).get(top.id, {})
        if top is not row:
            # below an entry of the case only where the case states the list itself
            below = next(f.name if hasattr(f, "name") else n for n, f in self.base.entities[top.entity].facts.items()
                         if self.contains(top, n, row))
            return True if below in given else None
        return name in given

    @staticmethod
    def contains(top, name, row):
        members = top.facts.get(name)
        while row.owner is not top:
            row = row.owner
        return isinstance(members, oracle.Members) and row in members.items


__all__ = ["Sources", "Rejected"]
