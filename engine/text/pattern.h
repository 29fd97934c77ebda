/* Regular expressions: PCRE2 wrapped, with match limits. The only module that sees pcre2.h. */
#ifndef SP_TEXT_PATTERN_H
#define SP_TEXT_PATTERN_H

#include "base/str.h"

typedef struct sp_pattern sp_pattern;

typedef enum sp_match {
    SP_MATCH_NO,
    SP_MATCH_YES,
    SP_MATCH_UNDECIDED
} sp_match; /* undecided: a limit was reached */

/* Compiles with UTF, UCP, CASELESS, no \C, no leading (*VERB), no callouts. On failure NULL; *error is a
 * message (arena-free, written into `error`) and *offset the byte where; error->failed says that memory ran out. */
sp_pattern *sp_pattern_new(sp_str source, sp_buf *error, size_t *offset);
/* The same for the patterns of claims, which word families make long. */
sp_pattern *sp_pattern_new_long(sp_str source, sp_buf *error, size_t *offset);
void sp_pattern_free(sp_pattern *pattern);

/* Working memory of one thread; patterns themselves may be shared. */
typedef struct sp_matcher sp_matcher;
sp_matcher *sp_matcher_new(void); /* NULL if memory ran out */
void sp_matcher_free(sp_matcher *matcher);

/* Does the pattern match somewhere in `subject` (valid UTF-8)? Subjects past SURPLACE_MAX_SUBJECT_BYTES and
 * matches past the limits are undecided, never "no". */
sp_match sp_pattern_match(const sp_pattern *pattern, sp_matcher *matcher, sp_str subject);

/* A stretch of a subject, in bytes. */
typedef struct sp_span {
    size_t start, end;
} sp_span;

/* Where the pattern first matches at or behind `from`: the group named `at` where the pattern has one that took part,
 * else the whole match. `subject` is known to be valid UTF-8; else as sp_pattern_match. */
sp_match sp_pattern_find(const sp_pattern *pattern, sp_matcher *matcher, sp_str subject, size_t from,
                         sp_span *found);

#endif
