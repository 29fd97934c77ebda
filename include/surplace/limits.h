/* Every limit that foreign input can reach, each with its reason. A limit reached is
 * SURPLACE_LIMIT (exit 5 of the program) and a diagnostic that names it. */
#ifndef SURPLACE_LIMITS_H
#define SURPLACE_LIMITS_H

/* Nesting of YAML or JSON. libyaml takes quadratic time in flow depth and has no limit of its own;
 * no rule or case that a person can read nests a quarter as deep. */
#define SURPLACE_MAX_DEPTH 64

/* Nodes of one document (keys, values, lists). Bounds memory at some 30 bytes a node. */
#define SURPLACE_MAX_NODES 4000000

/* Bytes of one document's text. Positions are 32-bit numbers. */
#define SURPLACE_MAX_DOCUMENT_BYTES (256u * 1024 * 1024)

/* Folders within folders, and rule files, below a folder of rules. */
#define SURPLACE_MAX_FOLDER_DEPTH 16
#define SURPLACE_MAX_FOLDER_FILES 20000

/* Bytes of one scalar. A pasted book is a mistake, not a fact. */
#define SURPLACE_MAX_SCALAR_BYTES (1024u * 1024)

/* Diagnostics kept in one run; the rest are counted. */
#define SURPLACE_MAX_DIAGNOSTICS 1000

/* Comparisons of letters spent on "did you mean" in one run; past them, faults come without it. */
#define SURPLACE_MAX_SUGGEST_WORK 100000000u

/* What a vocabulary may declare. Each is looked through in whole for every row, citation or value. */
#define SURPLACE_MAX_ENTITIES 500
#define SURPLACE_MAX_FACTS 2000 /* of one entity; every row has room for all of them */
#define SURPLACE_MAX_ENUM_VALUES 1000
#define SURPLACE_MAX_PARAMETERS 1000
#define SURPLACE_MAX_AUTHORITIES 2000

/* Rows of one table in a case (persons, pairs, quantified combinations). Nested quantifiers multiply. */
#define SURPLACE_MAX_ROWS 1000000

/* Nodes of the compiled rules. */
#define SURPLACE_MAX_NETWORK_NODES 4000000

/* Quantifiers in scope of one another. Each multiplies the rows of the one around it. */
#define SURPLACE_MAX_QUANTIFIER_DEPTH 8

/* Links in a chain of facts such as removal.of.spouse.location. */
#define SURPLACE_MAX_PATH_STEPS 8

/* A pattern's source, and PCRE2's work for one match: it restarts its counter at every position,
 * so the subject is bounded too. */
#define SURPLACE_MAX_PATTERN_BYTES 2000
#define SURPLACE_MAX_SUBJECT_BYTES 16384
#define SURPLACE_PATTERN_MATCH_LIMIT 50000
#define SURPLACE_PATTERN_DEPTH_LIMIT 1000
#define SURPLACE_PATTERN_HEAP_KIB 8192

/* A draft's bytes: some 3,000 pages. Offsets and tables stay small, and md4c reads it at once. */
#define SURPLACE_MAX_DRAFT_BYTES (16u * 1024 * 1024)

/* Bytes of a sentence; a longer one is cut at a blank. Patterns see at most two, so that what PCRE2 may do at each
 * position, times the positions, stays small. */
#define SURPLACE_MAX_SENTENCE_BYTES 2000u

/* Patterns of claims, their word families written out; claims, patterns of one claim, and word families. */
#define SURPLACE_MAX_CLAIM_PATTERN_BYTES 60000u
#define SURPLACE_MAX_CLAIMS 2000
#define SURPLACE_MAX_CLAIM_PATTERNS 200
#define SURPLACE_MAX_CONCEPTS 1000

/* Matches over a draft that PCRE2 gave up, after which the rest of the draft stays unread and the report says so. A
 * rule base whose patterns are sound has none. */
#define SURPLACE_MAX_UNDECIDED 64

/* Findings of one draft; the rest are counted. */
#define SURPLACE_MAX_FINDINGS 2000

/* Levels of the outline that a report prints below a verdict before it refers onward. */
#define SURPLACE_MAX_OUTLINE_DEPTH 24

/* What-ifs of one `settle` or `vary`: copies of the case with other answers. Open questions multiply; the largest open
 * verdict of the examples takes a fiftieth of it. And nodes of a decision diagram over the answers. */
#define SURPLACE_MAX_WHAT_IFS 200000
#define SURPLACE_MAX_DIAGRAM_NODES 500000

/* Reasons within reasons, as `settle` follows them by recursion. */
#define SURPLACE_MAX_REASON_DEPTH 4000

/* Open questions that one verdict hangs on: each may be asked within the one before. */
#define SURPLACE_MAX_OPEN_QUESTIONS 1000

/* Smallest sets of answers that `settle` lists for each verdict; past them it says that there are more. */
#define SURPLACE_MAX_SETTLING_SETS 500

/* Nodes of the tree that `explain` prints, and lines of a proof's derivation. The largest verdict of the examples has a
 * thousandth of it. */
#define SURPLACE_MAX_TREE_NODES 1000000

#endif
