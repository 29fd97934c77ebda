#include "lint/codes.h"

const sp_lint_kind sp_lint_kinds[SP_LINT_CODES] = {
    [SP_LINT_NEVER_HOLDS] =
        {"never-holds", SP_ERROR, "a rule that can never hold",
         "Whatever a case states, what the rule requires cannot all be so, or an exception always defeats it.",
         "requires:\n"
         "  all_of:\n"
         "    - person.age is at least 18\n"
         "    - person.age is below 16\n"},
    [SP_LINT_NEVER_FAILS] =
        {"never-fails", SP_ERROR, "a rule that can never fail",
         "Whatever a case states, the rule holds or is undetermined: nothing would make it fail, so it "
         "decides nothing.",
         "requires:\n"
         "  any_of:\n"
         "    - person.age is at least 18\n"
         "    - person.age is below 18\n"},
    [SP_LINT_UNREACHABLE] =
        {"unreachable", SP_WARNING, "an alternative or an exception that can never hold",
         "A part of any_of, none_of or at_least, an exception, or what for_some asks of a member contradicts "
         "itself, so no case gets there. The rule as a whole may still hold.",
         "any_of:\n"
         "  - person.detained\n"
         "  - all_of: [person.departed is before 2011, person.departed is after 2012]\n"},
    [SP_LINT_UNFAILING] =
        {"unfailing", SP_WARNING, "a required condition that can never fail",
         "A part of all_of holds in every case of which enough is stated, so it asks for nothing.",
         "all_of:\n"
         "  - person.detained\n"
         "  - any_of: [person.age is at least 18, person.age is below 18]\n"},
    [SP_LINT_NO_DIFFERENCE] =
        {"no-difference", SP_WARNING, "a condition that makes no difference",
         "Without the condition the rule would hold and fail in exactly the same cases: another says the "
         "same, or more. Open facts count as well: a condition that settles a case sooner makes a "
         "difference.",
         "all_of:\n"
         "  - person.age is at least 18\n"
         "  - person.age is at least 16\n"},
    [SP_LINT_CONSTANT_COMPARISON] =
        {"constant-comparison", SP_WARNING, "a comparison with the same answer whatever is stated",
         "A subject compared with itself, a number of things that is never negative, the lowest value of an "
         "ordered enum as the least: the comparison can only ever hold, or only ever fail. So does `is` with "
         "a date of which digits are missing: no full date is that date.",
         "- person.departed is on or after person.departed\n"
         "- count of person.harms is at least 0\n"},
    [SP_LINT_SAME_RULE] =
        {"same-rule", SP_WARNING, "two rules of one criterion that say the same",
         "They hold and fail in exactly the same cases. One with both citations says it once.",
         "- {id: a, concludes: person.refugee, requires: {all_of: [person.x, person.y]}, ...}\n"
         "- {id: b, concludes: person.refugee, requires: {all_of: [person.y, person.x]}, ...}\n"},
    [SP_LINT_SUBSUMED_RULE] =
        {"subsumed-rule", SP_WARNING, "a rule that adds nothing to another of the same criterion",
         "Wherever it holds the other rule holds, and wherever the other fails it fails: the criterion would "
         "be the same without it.",
         "- {id: a, concludes: person.refugee, requires: person.x, ...}\n"
         "- {id: b, concludes: person.refugee, requires: {all_of: [person.x, person.y]}, ...}\n"},
    [SP_LINT_UNUSED_CRITERION] =
        {"unused-criterion", SP_WARNING, "a criterion that nobody uses",
         "No rule about another criterion reads it, and it is no end in itself: a headline, an explanation of "
         "State conduct, or a criterion of which the vocabulary says what it means when it holds or fails.",
         "criteria:\n"
         "  stayed_long: {title: Stayed for long}\n"},
    [SP_LINT_UNUSED_FACT] =
        {"unused-fact", SP_WARNING, "a fact that no rule reads",
         "A case may state it, and nothing follows from it. Facts that name something (label, key) and lists "
         "whose members are asked do not count.",
         "facts:\n"
         "  hair_colour: {type: text}\n"},
    [SP_LINT_UNUSED_JUDGMENT] = {"unused-judgment", SP_WARNING, "a judgment that no rule reads",
                                 "A person is asked to decide something from which nothing follows.",
                                 "facts:\n"
                                 "  likeable: {type: yes_no, judgment: yes}\n"},
    [SP_LINT_UNUSED_VALUE] =
        {"unused-value", SP_WARNING, "values of an enum that the rules do not tell apart",
         "No rule and no reading compares with two or more of the values, so it is all the same which of "
         "them a case states. One such value is the rest and no fault; so are the values of an ordered enum "
         "between those compared.",
         "values: {hostile: hostile, calm: calm, quiet: quiet}\n"
         "- state.mood is hostile\n"},
    [SP_LINT_UNUSED_PARAMETER] = {"unused-parameter", SP_WARNING, "a parameter that no rule asks",
                                  "Readings may set it, and no verdict changes.",
                                  "parameters:\n"
                                  "  exit: {type: exit_reading, default: general_law}\n"},
    [SP_LINT_UNUSED_PASSAGE] =
        {"unused-passage", SP_WARNING, "a passage that no rule cites",
         "It is quoted, and supports nothing.",
         "- {id: on-the-weather, quote: It rained., page: 3, kind: factual_premise}\n"},
    [SP_LINT_UNUSED_AUTHORITY] = {"unused-authority", SP_WARNING,
                                  "an authority that is declared and never cited",
                                  "Neither a rule, nor a condition, a presumption or a reading cites it.",
                                  "- {cite: XY, title: A treaty, kind: treaty, confirmed: yes}\n"},
    [SP_LINT_NO_AUTHORITY] =
        {"no-authority", SP_WARNING, "a legal rule without a legal authority",
         "It cites passages of the text alone. What explains State conduct may do so; law needs a source of "
         "law.",
         "- id: refugee\n"
         "  concludes: person.refugee\n"
         "  passages: [definition-fear]\n"},
    [SP_LINT_SHADOWED_ID] =
        {"shadowed-id", SP_WARNING, "a name that already means something else",
         "The id of a node is also that of a rule, or a variable is named as a fact or criterion of what the "
         "rule is about, so that a reader takes one for the other.",
         "- id: refugee\n"
         "  requires:\n"
         "    for_some: spouse in person.family    # person.spouse is a fact\n"},
    [SP_LINT_IDLE_READING] =
        {"idle-reading", SP_WARNING, "a reading that overrides nothing",
         "Under it every parameter and every rule is as without it, or as under the reading that it extends.",
         "id: other\n"
         "extends: unhcr\n"
         "title: Another\n"},
    [SP_LINT_IDLE_OVERRIDE] =
        {"idle-override", SP_WARNING, "a setting or rule of a reading that changes nothing",
         "It drops what the reading it extends has dropped, replaces a rule by one that says and cites the "
         "same, or sets a parameter to the value it has already and names nobody who holds so.",
         "set:\n"
         "  - {parameter: exit, value: general_law}    # the default\n"},
    [SP_LINT_IF_EMPTY_UNSAID] =
        {"if-empty-unsaid", SP_WARNING, "for_every that does not say what holds of an empty list",
         "Is it enough that there is no member, or does that fail? It fails where nothing is said, and a "
         "reader cannot know that this was meant.",
         "for_every: tie in person.countries\n"
         "that: tie.protection_lacking\n"},
    [SP_LINT_PATTERN_EXAMPLE] =
        {"pattern-example", SP_ERROR, "a pattern that matches none of its own examples",
         "Examples that a pattern is said to match are matched by none of what it is made of, or one that it "
         "must not match is matched.",
         "patterns: [economic (migrant|reason)s?]\n"
         "examples: {match: [They left for work.]}\n"},
    [SP_LINT_IDLE_ACCEPTANCE] =
        {"idle-acceptance", SP_WARNING, "a finding is accepted that is not there",
         "A `lint:` names a code that does not exist, or a finding that is no longer made there.",
         "- id: refugee\n"
         "  lint: {never-holds: the treaty is not yet in force}\n"},
    [SP_LINT_NOT_DECIDED] =
        {"not-decided", SP_NOTE, "a rule too large to be searched for contradictions",
         "It asks more than 400 different things, or the diagram of all it may come to passes 200,000 nodes; "
         "or a criterion has so many rules that not every two were compared. Nothing is wrong with it; "
         "nothing was proved of it either. Printed with --verbose only.",
         ""},
};

sp_lint_code sp_lint_code_of(sp_str word)
{
    int code = 0;
    while (code < SP_LINT_CODES && !sp_str_eq(word, sp_str_from(sp_lint_kinds[code].word)))
        code++;
    return (sp_lint_code)code;
}
