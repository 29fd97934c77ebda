/* Every kind of fault: its code, its stable word, and what it means. */
#ifndef SP_TEXT_DIAG_CODES_H
#define SP_TEXT_DIAG_CODES_H

#define SP_DIAG_CODES(X)                                                                                   \
    X(IO, "io", "an input could not be read or an output not be written")                                  \
    X(EMPTY, "empty", "an input has nothing in it")                                                        \
    X(ENCODING, "encoding", "an input is not clean UTF-8")                                                 \
    X(SYNTAX, "syntax", "the YAML or JSON is malformed")                                                   \
    X(UNSUPPORTED, "unsupported-yaml",                                                                     \
      "anchors, aliases, merge keys, tags and directives are not used here")                               \
    X(LIMIT, "limit", "a limit was reached")                                                               \
    X(DUPLICATE_KEY, "duplicate-key", "a key stands twice in one mapping")                                 \
    X(HEADER, "header", "a file does not say what kind it is")                                             \
    X(UNKNOWN_KEY, "unknown-key", "a key that this kind of mapping does not have")                         \
    X(MISSING_KEY, "missing-key", "a key that this kind of mapping must have")                             \
    X(WRONG_KIND, "wrong-kind", "a text, list or mapping stands where another kind is expected")           \
    X(BAD_NAME, "bad-name", "a name is not lower-case letters, digits and underscores")                    \
    X(BAD_VALUE, "bad-value", "a value is not one that this fact can have")                                \
    X(DUPLICATE, "duplicate", "something is declared twice")                                               \
    X(UNKNOWN_TYPE, "unknown-type", "no such type")                                                        \
    X(UNKNOWN_FACT, "unknown-fact", "no such fact or criterion")                                           \
    X(UNKNOWN_NAME, "unknown-name", "a name that nothing declares")                                        \
    X(UNKNOWN_ID, "unknown-id", "a reference to something that is not there")                              \
    X(SYNTAX_LEAF, "leaf-syntax", "a condition that cannot be read")                                       \
    X(TYPE_MISMATCH, "type-mismatch", "a comparison that does not fit the types")                          \
    X(BAD_PATTERN, "bad-pattern", "a regular expression that PCRE2 refuses")                               \
    X(BAD_NODE, "bad-node", "a node without exactly one head")                                             \
    X(UNCITED, "uncited", "a rule without an authority or passage")                                        \
    X(UNKNOWN_AUTHORITY, "unknown-authority", "a citation of no declared authority")                       \
    X(UNKNOWN_PASSAGE, "unknown-passage", "a passage id that nothing declares")                            \
    X(WALL, "wall", "a legal rule reads an explanation of State conduct")                                  \
    X(CYCLE, "cycle", "a criterion depends on itself through an exception, a negation or a presumption")   \
    X(PRESUMPTION, "presumption", "a presumption without its burden or authority")                         \
    X(NO_RULE, "no-rule", "a criterion that no rule concludes")                                            \
    X(READING, "reading", "a reading that does not fit the rules")                                         \
    X(WORLD, "world", "a world fact stated twice or out of place")                                         \
    X(PASSAGE_NOT_FOUND, "passage-not-found", "a passage does not stand in the source")                    \
    X(PASSAGE_REPEATED, "passage-repeated", "a passage stands in the source more than once")               \
    X(EXPECTATION, "expectation", "a verdict is not the expected one")                                     \
    X(CRITERION_STATED, "criterion-stated", "a case states a criterion, which only rules may decide")      \
    X(EXAMPLE, "example", "a claim does not read one of its own examples as it says")                      \
    X(USAGE, "usage", "the command line is wrong")

typedef enum sp_diag_code {
#define X(name, word, explanation) SP_DIAG_##name,
    SP_DIAG_CODES(X)
#undef X
        SP_DIAG_CODE_COUNT
} sp_diag_code;

#endif
