/* Findings in SARIF 2.1.0 (OASIS), the form that editors and code review read. It knows of rules, results and places,
 * not of who found them. */
#ifndef SP_RENDER_SARIF_H
#define SP_RENDER_SARIF_H

#include "text/diag.h"

/* A kind of finding. */
typedef struct sp_sarif_rule {
    sp_str id;          /* stable, as in "ruleId" */
    sp_str summary;     /* one line */
    sp_str explanation; /* a paragraph, or empty */
    sp_severity severity;
} sp_sarif_rule;

/* A span of a file, the ends exclusive. A line of 0 is the whole file, a column of 0 the whole line, an end of 0 is not
 * said. Columns count characters. */
typedef struct sp_sarif_place {
    sp_str file; /* its path, relative to where the program was started, or absolute */
    uint32_t line, column, end_line, end_column;
    sp_str message; /* of a related place: what is there; else empty */
} sp_sarif_place;

typedef struct sp_sarif_result {
    uint32_t rule; /* index in the log's rules */
    sp_severity severity;
    sp_str message;
    sp_sarif_place place; /* no file: of no place */
    const sp_sarif_place *related;
    size_t related_count;
    sp_str accepted; /* the reason for which the source accepts the finding (a suppression), or empty */
} sp_sarif_result;

typedef struct sp_sarif_log {
    sp_str command; /* "lint": which part of the program speaks */
    const sp_sarif_rule *rules;
    size_t rule_count;
    const sp_sarif_result *results;
    size_t result_count;
} sp_sarif_log;

/* Appends the whole log, ended by a line break. Texts are made safe; all are borrowed. */
void sp_sarif_add(sp_buf *b, const sp_sarif_log *log);
/* The place of a diagnostic. A built-in rule file is named as in the source tree, "rules/...". */
sp_sarif_place sp_sarif_place_of(const sp_place *place);

#endif
