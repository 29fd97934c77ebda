#!/usr/bin/env python3
"""Tests of the oracle itself, against tables and answers written by hand."""
import unittest

import generate
import oracle
import yaml

LETTERS = {"h": "holds", "f": "fails", "o": "open", "c": "contested"}
FACTS = {"h": "yes", "f": "no", "o": "unknown", "c": "[{is: yes, by: a}, {is: no, by: b}]"}

VOCABULARY = """
surplace: vocabulary/1
enums:
  colour: {title: Colour, values: {red: r, green: g, blue: b}}
  risk: {title: Risk, ordered: yes, values: {none: n, low: l, high: h}}
parameters:
  strict: {title: Strict, type: yes_no, default: no}
entities:
  case:
    facts: {day: {type: date}}
    criteria: {verdict: {title: V}}
  person:
    collection: persons
    facts:
      a: {type: yes_no}
      b: {type: yes_no}
      likely: {type: yes_no, if_open: holds, burden: x, authority: [LAW]}
      n: {type: number}
      m: {type: number}
      born: {type: date}
      words: {type: text}
      colour: {type: colour}
      risk: {type: risk}
      home: {type: state}
      friend: {type: person}
      friends: {type: list of person}
      colours: {type: list of colour}
      ties: {type: list of tie}
    criteria:
      c1: {title: C1}
      c2: {title: C2}
      c3: {title: C3, if_open: fails, burden: x, authority: [LAW]}
      none_written: {title: C4}
      safe_in: {title: P, with: state}
  tie: {key: state, facts: {state: {type: state}, a: {type: yes_no}, b: {type: yes_no}}, criteria: {bad: {title: B}}}
  state:
    collection: states
    facts: {name: {type: text}, good: {type: yes_no}, near: {type: state}}
    criteria: {fine: {title: F}}
  motive: {kind: explanation, facet_of: state, collection: motives, facts: {w: {type: yes_no}}, criteria: {so: {title: S}}}
"""
WORLD = """
surplace: world/1
states:
  CHN: {name: China, good: no, near: PRK}
  PRK: {name: North Korea, near: KOR}
  KOR: {name: South Korea, good: yes}
  USA: {name: United States}
motives: {CHN: {w: yes}}
"""


def load(text):
    return yaml.load(text, Loader=oracle.LOADER)


def base(rules, *readings, reading=None):
    trees = [load(VOCABULARY), load(WORLD), {"surplace": "rules/1", "rules": load(rules)}]
    return oracle.RuleBase(trees + [load(text) for text in readings], reading)


def states(rules, case, *readings, reading=None, presume=True):
    """{(criterion, subject) or (criterion, subject, other): state}"""
    found = oracle.results(base(rules, *readings, reading=reading), load(case), presume)
    return {result[:2] if result[2] == "-" else result[:3]: result[3] for result in found}


def ask(condition, facts="", presume=True, extra=""):
    """The state of person.c1 for person k, where c1's rule requires the condition (flow YAML)."""
    case = "{surplace: case/1, persons: {k: {%s}%s}}" % (facts, extra)
    rules = "[{id: r, concludes: person.c1, requires: %s}]" % condition
    return states(rules, case, presume=presume)["person.c1", "k"]


class Tables(unittest.TestCase):
    def table(self, condition, expected):
        for row, a in zip(expected.split(), "hocf"):
            for letter, b in zip(row, "hocf"):
                facts = f"a: {FACTS[a]}, b: {FACTS[b]}"
                self.assertEqual(ask(condition, facts), LETTERS[letter], (condition, a, b))

    def test_connectives(self):
        self.table("{all_of: [person.a, person.b]}", "hocf oocf cccf ffff")
        self.table("{any_of: [person.a, person.b]}", "hhhh hoco hccc hocf")
        self.table("{none_of: [person.a, person.b]}", "ffff foco fccc foch")
        self.table("{at_least: {n: 1, of: [person.a, person.b]}}", "hhhh hoco hccc hocf")
        self.table("{at_least: {n: 2, of: [person.a, person.b]}}", "hocf oocf cccf ffff")

    def test_at_least(self):
        of = "{at_least: {n: 2, of: [person.a, person.b, person.likely]}}"
        self.table(of, "hhhh hoco hccc hocf")

    def test_unless(self):
        self.table("{that: person.a, unless: [person.b]}", "foch foco fccc ffff")
        self.table("{that: person.a, unless: [{that: person.likely, unless: [person.b]}]}", "hocf oocf cccf ffff")

    def test_negated_leaf(self):
        for a, expected in zip("hocf", "foch"):
            self.assertEqual(ask("person.a is no", f"a: {FACTS[a]}"), LETTERS[expected])
            self.assertEqual(ask("person.a is not yes", f"a: {FACTS[a]}"), LETTERS[expected])

    def test_agreement(self):
        values = {"h": oracle.HOLDS, "f": oracle.FAILS, "o": oracle.OPEN, "c": oracle.CONTESTED}
        for pair in ("hh h", "ff f", "hf c", "ho c", "fo c", "hfo c", "hc c", "fc c", "oc c", "oo o"):
            given, expected = pair.split()
            self.assertEqual(oracle.agreement([values[x] for x in given]).state, LETTERS[expected], pair)


class Comparisons(unittest.TestCase):
    def check(self, *rows):
        for condition, facts, expected in rows:
            self.assertEqual(ask(f'"{condition}"', facts), LETTERS[expected], (condition, facts))

    def test_numbers(self):
        self.check(("person.n is at least 3", "n: 3", "h"), ("person.n is above 3", "n: 3", "f"),
                   ("person.n is below 2.5", "n: 2", "h"), ("person.n is at most person.m", "n: 2, m: 1", "f"),
                   ("person.n is 3", "", "o"), ("person.n is not 3", "n: unknown", "o"),
                   ("person.n is 3", "n: [{is: 3}, {is: 3.0}]", "h"),
                   ("person.n is above 1", "n: [{is: 2}, {is: 3}]", "h"),
                   ("person.n is above 2", "n: [{is: 2}, {is: 3}]", "c"),
                   ("person.n is above person.m", "n: [{is: 2}, {is: 3}], m: [{is: 0}, {is: 1}]", "h"),
                   ("person.n is above person.m", "n: [{is: 2}, {is: 3}], m: [{is: 0}, {is: 2}]", "c"),
                   ("person.n is above person.m", "n: [{is: 2}, {is: 3}]", "o"),
                   ("person.n is one of [2, 3]", "n: [{is: 2}, {is: 3}]", "h"),
                   ("person.n is not one of [2, 4]", "n: [{is: 2}, {is: 3}]", "c"),
                   ("person.n is 2", "n: [{is: 2}, {is: unknown}]", "h"))

    def test_enums_and_texts(self):
        self.check(("person.risk is at least low", "risk: high", "h"), ("person.risk is below low", "risk: low", "f"),
                   ("person.colour is red", "colour: green", "f"), ("person.colour is not 'red'", "colour: green", "h"),
                   ("person.colour is one of [red, blue]", "colour: blue", "h"),
                   ("person.words matches /^RED b.at$/", "words: red boat", "h"),
                   ("person.words matches /oat/", "words: [{is: red boat}, {is: car}]", "c"),
                   ("person.words is red boat", "words: red boat", "h"))

    def test_dates(self):
        self.check(("person.born is before 1999", "born: 1998", "h"), ("person.born is before 1998", "born: 1998", "o"),
                   ("person.born is 1998", "born: 1998", "o"), ("person.born is 1998", "born: 1998-02", "o"),
                   ("person.born is 1999", "born: 1998-02", "f"), ("person.born is not 1999", "born: 1998-02", "h"),
                   ("person.born is 1998-02-03", "born: 1998-02-03", "h"),
                   ("person.born is before 1998-02", "born: 1998-02-28", "f"),
                   ("person.born is before 2000-02", "born: 2000-02-28", "o"),
                   ("person.born is on or before 1998", "born: 1998-01-01", "h"),
                   ("person.born is on or after 1998-02", "born: 1998-02-28", "h"),
                   ("person.born is after 1998-02", "born: 1998-02-28", "o"),
                   ("person.born is after 1998-02", "born: 1998-03", "h"),
                   ("person.born is after case.day", "born: 1998-03", "o"),
                   ("person.born is before 1998-02", "born: [{is: 1998}, {is: 1997}]", "c"),
                   ("person.born is before 1998-02", "born: [{is: 1998}, {is: 1997}, {is: 1999}]", "c"))

    def test_lists(self):
        incomplete = "colours: {list: [red], complete: no}"
        self.check(("person.colours includes red", "colours: [red]", "h"),
                   ("person.colours includes green", "colours: [red]", "f"),
                   ("person.colours includes red", incomplete, "h"), ("person.colours includes green", incomplete, "o"),
                   ("person.colours includes red", "", "o"), ("person.colours includes red", "colours: unknown", "o"),
                   ("person.colours includes person.colour", "colours: []", "o"),
                   ("person.colours includes person.colour", "colours: [red], colour: [{is: red}, {is: blue}]", "c"),
                   ("person.colours includes one of [red, blue]", "colours: [red]", "h"),
                   ("person.colours includes one of [green, blue]", "colours: [red]", "f"),
                   ("person.colours includes one of [green, red]", incomplete, "h"),
                   ("person.colours includes one of [green, blue]", incomplete, "o"),
                   ("person.colours includes one of [green, blue]", "colours: unknown", "o"),
                   ("count of person.colours is 1", "colours: [red]", "h"),
                   ("count of person.colours is 1", incomplete, "o"), ("count of person.colours is 0", incomplete, "f"),
                   ("count of person.colours is at least 1", incomplete, "h"),
                   ("count of person.colours is at most 0", incomplete, "f"),
                   ("count of person.colours is below 2", incomplete, "o"),
                   ("count of person.colours is above 0", incomplete, "h"),
                   ("count of person.colours is at least 0", "", "o"))

    def test_identity(self):
        self.check(("person.home is CHN", "home: CHN", "h"), ("person.friend is person", "friend: k", "h"),
                   ("person.home is person.home.near", "home: CHN", "f"),
                   ("person.home is not one of [PRK, KOR]", "home: CHN", "h"))


class Quantifiers(unittest.TestCase):
    def check(self, *rows):
        for condition, members, expected in rows:
            given = f"ties: {members}" if members else ""
            self.assertEqual(ask(condition, given), LETTERS[expected], (condition, members))

    def test_for_some(self):
        some = "{for_some: t in person.ties, that: t.a}"
        self.check((some, "", "o"), (some, "[]", "f"), (some, "{list: [], complete: no}", "o"),
                   (some, "[{a: yes}, {a: no}]", "h"), (some, "[{a: no}]", "f"), (some, "[{a: no}, {b: no}]", "o"),
                   (some, "{list: [{a: no}], complete: no}", "o"), (some, "{list: [{a: yes}], complete: no}", "h"))
        some = "{for_some: t in person.ties, where: t.b, that: t.a}"
        self.check((some, "[{a: yes, b: no}, {b: yes, a: no}]", "f"), (some, "[{a: yes}]", "o"),
                   (some, "[{a: yes, b: [{is: yes}, {is: no}]}]", "c"))

    def test_for_every(self):
        every = "{for_every: t in person.ties, that: t.a}"
        self.check((every, "", "o"), (every, "[]", "f"), (every, "{list: [], complete: no}", "o"),
                   (every, "[{a: yes}, {a: yes}]", "h"), (every, "[{a: yes}, {a: no}]", "f"),
                   (every, "{list: [{a: yes}], complete: no}", "o"), (every, "{list: [{a: no}], complete: no}", "f"))
        every = "{for_every: t in person.ties, where: t.b, that: t.a%s}"
        holds, fails = every % ", if_empty: holds", every % ""
        for members, one, other in (("[]", "h", "f"), ("[{a: no, b: no}]", "h", "f"), ("[{a: no, b: yes}]", "f", "f"),
                                    ("[{a: yes}]", "h", "o"), ("[{b: yes, a: yes}, {b: no}]", "h", "h"),
                                    ("{list: [{b: yes, a: yes}], complete: no}", "o", "o"),
                                    ("{list: [{b: no}], complete: no}", "o", "o"), ("", "o", "o")):
            self.check((holds, members, one), (fails, members, other))

    def test_over_values_and_cases(self):
        self.check(("{for_some: t in person.colours, that: t is red}", "[], colours: [blue, red]", "h"))
        nested = "{for_every: p in case.persons, any_of: [p is person, {for_some: f in p.friends, that: f is person}]}"
        self.assertEqual(ask(nested, "a: yes", extra=", j: {friends: [k]}"), "holds")
        self.assertEqual(ask(nested, "a: yes", extra=", j: {friends: [k]}, i: {friends: [j]}"), "fails")


class Whole(unittest.TestCase):
    def test_references(self):
        for facts, expected in (("home: KOR", "holds"), ("home: CHN", "fails"), ("", "open"), ("home: USA", "open"),
                                ("home: [{is: CHN}, {is: KOR}]", "contested"), ("home: [{is: USA}, {is: KOR}]", "contested")):
            self.assertEqual(ask("person.home.good", facts), expected, facts)
        self.assertEqual(ask("person.friend.likely", ""), "open")

    def test_presumptions(self):
        rules = """[{id: r1, concludes: person.c3, requires: person.a}, {id: r2, concludes: person.c1,
                    requires: {none_of: [person.c3]}}, {id: r3, concludes: person.c2, requires: person.likely}]"""
        for a, presumed, plain in zip("hocf", "fhch", "foch"):
            case = "{surplace: case/1, persons: {k: {a: %s}}}" % FACTS[a]
            self.assertEqual(states(rules, case)["person.c1", "k"], LETTERS[presumed])
            self.assertEqual(states(rules, case, presume=False)["person.c1", "k"], LETTERS[plain])
        case = "{surplace: case/1, persons: {k: {}, j: {likely: [{is: yes}, {is: no}]}}}"
        self.assertEqual(states(rules, case)["person.c2", "k"], "holds")
        self.assertEqual(states(rules, case)["person.c2", "j"], "contested")
        self.assertEqual(states(rules, case, presume=False)["person.c2", "k"], "open")

    def test_rules_of_one_criterion(self):
        rules = "[{id: r1, concludes: person.c1, requires: person.a}, {id: r2, concludes: person.c1, requires: person.b}]"
        for a, row in zip("hocf", "hhhh hoco hccc hocf".split()):
            for b, expected in zip("hocf", row):
                case = "{surplace: case/1, persons: {k: {a: %s, b: %s}}}" % (FACTS[a], FACTS[b])
                self.assertEqual(states(rules, case)["person.c1", "k"], LETTERS[expected])
        self.assertEqual(states(rules, case)["person.none_written", "k"], "open")

    def test_recursion(self):
        rules = """[{id: r, concludes: person.c1,
                     requires: {any_of: [person.a, {for_some: f in person.friends, that: f.c1}]}}]"""
        # Two who rely on each other alone; a chain to somebody it is open of; one to a contested one; one proven.
        case = """{surplace: case/1, persons: {
            u: {a: no, friends: [v]}, v: {a: no, friends: [u]},
            w: {a: no, friends: [x]}, x: {friends: [w]},
            y: {a: no, friends: [z]}, z: {a: [{is: yes}, {is: no}], friends: [y]},
            o: {a: no, friends: [p]}, p: {friends: [o, q]}, q: {a: yes, friends: []}}}"""
        found = states(rules, case)
        told = "".join(next(k for k, v in LETTERS.items() if v == found["person.c1", p]) for p in "uvwxyzopq")
        self.assertEqual(told, "ffoocchhh")

    def test_contested_is_settled_last(self):
        """r is disputed only until its chain to t is walked; u and v must not remember that it was."""
        rules = """[{id: r, concludes: person.c1, requires: {any_of: [person.a,
                     {for_some: f in person.friends, that: f.c1}, {all_of: [person.b, person.friend.c1]}]}}]"""
        case = """{surplace: case/1, persons: {
            r: {a: [{is: yes}, {is: no}], b: no, friends: [s]}, s: {a: no, b: no, friends: [t]},
            t: {a: yes}, u: {a: no, friends: [v], friend: r}, v: {a: no, b: no, friends: [u]}}}"""
        found = states(rules, case)
        self.assertEqual([found["person.c1", p] for p in "rstuv"], ["holds", "holds", "holds", "open", "open"])

    def test_negative_recursion_is_refused(self):
        for requires in ("{none_of: [person.c1]}", "person.c1 is no", "{that: person.a, unless: [person.c1]}"):
            with self.assertRaises(oracle.Unusable):
                base("[{id: r, concludes: person.c1, requires: %s}]" % requires)
        with self.assertRaises(oracle.Unusable):
            base("[{id: r, concludes: person.c3, requires: {any_of: [person.c3, person.a]}}]")

    def test_pairs_and_rows(self):
        rules = """[{id: r1, concludes: person.safe_in(state), requires: {all_of: [state.good, person.home is not state]}},
                    {id: r2, concludes: tie.bad, requires: tie.person.safe_in(tie.state)},
                    {id: r3, concludes: person.c1, requires: person.safe_in(person.home)}]"""
        case = "{surplace: case/1, persons: {k: {home: CHN, ties: [{state: KOR}, {state: CHN}, {a: yes}]}}}"
        found = states(rules, case)
        pairs = {key[2]: state for key, state in found.items() if key[0] == "person.safe_in"}
        # PRK is named by the world's facts of CHN, KOR by those of PRK and by a tie; nothing names USA.
        self.assertEqual(pairs, {"CHN": "fails", "PRK": "open", "KOR": "holds"})
        bad = {key[1]: state for key, state in found.items() if key[0] == "tie.bad"}
        self.assertEqual(bad, {"k/KOR": "holds", "k/CHN": "fails", "k/tie-1": "open"})
        self.assertEqual(found["person.c1", "k"], "fails")

    def test_rows_that_share_an_id(self):
        case = oracle.Case(base("[]"), load("{surplace: case/1, persons: {k: {ties: [{state: KOR}, {a: yes}, "
                                            "{state: [{is: KOR}, {is: PRK}]}, {state: {is: KOR, by: x}}]}}}"))
        self.assertEqual([(row.id, row.aliases) for row in case.rows_of("tie")],
                         [("k/KOR", ["k/KOR", "k/KOR-2"]), ("k/tie-1", ["k/tie-1", "k/tie-2"]),
                          ("k/tie-1", ["k/tie-1", "k/tie-2"]), ("k/KOR", ["k/KOR", "k/KOR-2"])])

    def test_world_and_facets(self):
        rules = """[{id: r1, concludes: state.fine, requires: state.good},
                    {id: r2, concludes: motive.so, requires: {all_of: [motive.w, motive.state.fine is no]}}]"""
        case = "{surplace: case/1, states: {CHN: {near: unknown}, USA: {good: yes}}}"
        self.assertEqual(states(rules, case), {("state.fine", "CHN"): "fails", ("state.fine", "USA"): "holds",
                                               ("motive.so", "CHN"): "holds", ("motive.so", "USA"): "fails",
                                               ("case.verdict", "case"): "open"})

    def test_readings(self):
        rules = """[{id: r1, concludes: person.c1, requires: person.a}, {id: r2, concludes: person.c1, requires: reading.strict},
                    {id: r3, concludes: person.c2, requires: person.a}]"""
        x = "{surplace: reading/1, id: x, default: yes}"
        y = "{surplace: reading/1, id: y, default: no, set: [{parameter: strict, value: yes}], drop: [r3]}"
        z = """{surplace: reading/1, id: z, default: no, extends: y, replace: [{id: r1, concludes: person.c1, requires: person.b}],
                set: [{parameter: strict, value: no}], add: [{id: r4, concludes: person.c2, requires: person.b}]}"""
        case = "{surplace: case/1, persons: {k: {a: yes, b: no}}}"
        for reading, c1, c2 in ((None, "holds", "holds"), ("y", "holds", "open"), ("z", "fails", "fails")):
            found = states(rules, case, x, y, z, reading=reading)
            self.assertEqual((found["person.c1", "k"], found["person.c2", "k"]), (c1, c2), reading)
        case = "{surplace: case/1, persons: {k: {a: no, b: no}}}"
        self.assertEqual(states(rules, case, x, y, z, reading="y")["person.c1", "k"], "holds")


class Generated(unittest.TestCase):
    def test_same_seed_same_files(self):
        for seed in range(5):
            self.assertEqual(generate.generate(seed), generate.generate(seed))

    def test_written_files_read_back(self):
        for seed in range(20):
            files, cases = generate.generate(seed, 2)
            for tree in [*files.values(), *cases]:
                self.assertEqual(load("\n".join(generate.lines(tree))), tree)

    def test_every_state_occurs(self):
        seen = set()
        for seed in range(20):
            files, cases = generate.generate(seed, 2)
            rule_base = oracle.RuleBase(list(files.values()))
            for case in cases:
                seen |= {result[-1] for result in oracle.results(rule_base, case)}
        self.assertEqual(seen, set(LETTERS.values()))


if __name__ == "__main__":
    unittest.main()
