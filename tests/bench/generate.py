"""What the benchmark measures: cases like the food-seeker's and rule bases of any size, the same for the same seed."""
import json
import random
import textwrap

HOSTS = ["CHN", "LAO", "VNM", "THA", "KHM", "MMR", "MNG", "RUS"]
NAMES = ["kim", "ri", "pak", "choe", "jong", "kang", "cho", "yun", "jang", "rim", "han", "o", "so", "sin", "kwon"]
PLACES = ["Yanji", "Jilin", "Tumen", "Vientiane", "Chiang Rai", "Kunming", "Nanning", "Ulaanbaatar"]
NOTES = ["What the file says of the person stands here; what awaits her comes from the country facts of the rule base.",
         "Never active in politics, and nobody has recognised the person as a refugee.",
         "The statement was taken through an interpreter, and has not been read back yet.",
         "Crossed the river at night with two others, who have not been heard of since.",
         "The arrest was reported by a relative, and the day of the return is not certain."]
MOTIVES = ["economic", "family", "study", "health"]


class Cases:
    """One person who left North Korea, what she fears there, and an act of return, with facts that differ."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def answer(self, yes=0.5):
        drawn = self.random.random()
        if drawn < 0.06:
            return "unknown"
        if drawn < 0.12:
            first = self.random.random() < yes
            return [{"is": first, "by": "applicant", "see": f"answer {self.random.randint(1, 90)}"},
                    {"is": not first, "by": "ministry"}]
        value = self.random.random() < yes
        return {"is": value, "by": "interview"} if drawn < 0.2 else value

    def date(self, year):
        month, day = self.random.randint(1, 12), self.random.randint(1, 28)
        return self.random.choice([f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-{day:02}"])

    def harm(self):
        return {"kind": self.random.choice(["torture", "arbitrary_detention", "forced_labour"]), "agent": "state_organ",
                "risk": self.random.choice(["remote", "real_chance", "more_likely_than_not"]),
                "serious": self.answer(0.8)}

    def case(self):
        pick, chance = self.random.choice, lambda p: self.random.random() < p
        person, host, left = f"{pick(NAMES)}-{self.random.randint(1, 9999)}", pick(HOSTS), self.random.randint(1995, 2012)
        tie = {"state": "PRK", "kind": "nationality", "fears_return": self.answer(0.95),
               "harms": [self.harm() for _ in range(pick([0, 0, 0, 1, 2]))]}
        kim = {"label": f"{pick(['Ms', 'Mr'])} {pick('ABCDHKLMPRSY')}.", "location": host, "departed": self.date(left),
               "departure_motives": self.random.sample(MOTIVES, pick([1, 1, 2])), "departure_authorised": self.answer(0.05),
               "countries_of_reference": [tie]}
        for fact, p in (("minor", 0.2), ("trafficked", 0.3), ("recognised", 0.1), ("claim_pending", 0.4)):
            if chance(p):
                kim[fact] = self.answer(0.3)
        removal = {"of": person, "by": host, "to": "PRK", "manner": pick(["deportation", "expulsion", "border_rejection"]),
                   "date": f"{left + 1}-{self.random.randint(1, 12):02}-15", "examined_individually": self.answer(0.1)}
        title = f"Left in {left}, arrested in {pick(PLACES)}, to be returned in {left + 1}"
        note = " ".join(self.random.sample(NOTES, pick([0, 1, 2, 3])))
        head = {"surplace": "case/1", "title": title} | ({"note": note} if note else {})
        return head | {"assessed_on": f"{left + 1}-03-01", "persons": {person: kim},
                "removals": {f"return-{self.random.randint(1, 99)}": removal}}

    def many(self, count):
        return (self.case() for _ in range(count))


# ---- The forms of a case

def word(value):
    """A scalar as people write it: no quotes but where a name would read as something else."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if not set(value) & set(":#,[]{}") else json.dumps(value)


def yaml_lines(value, indent):
    pad = "  " * indent
    for key, item in value.items():
        if isinstance(item, dict) and "is" in item:
            yield f"{pad}{key}: {{{', '.join(f'{k}: {word(v)}' for k, v in item.items())}}}"
        elif isinstance(item, dict):
            yield f"{pad}{key}:"
            yield from yaml_lines(item, indent + 1)
        elif isinstance(item, list) and all(isinstance(i, str) for i in item):
            yield f"{pad}{key}: [{', '.join(item)}]"
        elif isinstance(item, list):
            yield f"{pad}{key}:"
            for entry in item:
                lines = list(yaml_lines(entry, indent + 2))
                yield f"{pad}  - {lines[0].lstrip()}"
                yield from lines[1:]
        elif key == "note":
            yield f"{pad}note: >-"
            yield from textwrap.wrap(item, 110, initial_indent=pad + "  ", subsequent_indent=pad + "  ")
        else:
            yield f"{pad}{key}: {word(item)}"


def as_yaml(case):
    return "---\n" + "\n".join(yaml_lines(case, 0)) + "\n"


def as_json_line(case):
    """JSON has `null` for unknown."""
    def plain(value):
        if isinstance(value, dict):
            return {k: plain(v) for k, v in value.items()}
        if isinstance(value, list):
            return [plain(v) for v in value]
        return None if value == "unknown" else value
    return json.dumps(plain(case)) + "\n"


# ---- Rule bases and cases of any size

HEAD = """surplace: vocabulary/1
entities:
  case:
    title: Case
    facts: {{}}
  item:
    title: Item
    collection: items
    facts:
      stated: {{type: yes_no, ask: Is it stated?}}
      other: {{type: yes_no, ask: Is the other?}}
    criteria:
{criteria}
"""


def rule_base(folder, count, shape):
    """`count` rules in `folder`. wide: each asks for facts alone; chain: each asks for the one before it; tree: each asks
    for two before it, twice as deep every time the rules double."""
    def asks(n):
        if n == 0 or shape == "wide":
            return ["item.stated", "item.other"]
        if shape == "chain":
            return [f"item.c{n - 1}", "item.stated"]
        return [f"item.c{(n - 1) // 2}", f"item.c{n // 2}"] if n > 2 else [f"item.c{n - 1}", "item.stated"]

    folder.mkdir(parents=True)
    (folder / "authorities.yaml").write_text(
        "surplace: authorities/1\nauthorities:\n  - {cite: Art, title: A treaty, kind: treaty, confirmed: yes}\n")
    (folder / "vocabulary.yaml").write_text(HEAD.format(
        criteria="\n".join(f"      c{n}: {{title: Criterion {n}}}" for n in range(count))))
    rules = (f"  - id: r{n}\n    title: Rule {n}\n    concludes: item.c{n}\n    authority: [Art {n % 100}]\n"
             f"    requires:\n      {'any_of' if n % 2 else 'all_of'}:\n" + "".join(f"        - {a}\n" for a in asks(n))
             for n in range(count))
    (folder / "rules.yaml").write_text("surplace: rules/1\ntitle: Rules\nrules:\n" + "".join(rules))


def items_case(facts):
    """A case of so many facts, two an item."""
    lines = (f"  i{n}: {{stated: {'yes' if n % 3 else 'no'}, other: {'yes' if n % 5 else 'unknown'}}}\n"
             for n in range(facts // 2))
    return "surplace: case/1\nitems:\n" + "".join(lines)
