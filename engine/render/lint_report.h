/* The findings of the rules' own check as text, JSON and SARIF. */
#ifndef SP_RENDER_LINT_REPORT_H
#define SP_RENDER_LINT_REPORT_H

#include "lint/findings.h"
#include "render/out.h"

/* Which findings a report has. */
typedef struct sp_lint_view {
    const sp_lint_findings *findings;
    const sp_str *only; /* files and folders in which they stand; none: all */
    size_t only_count;
    bool cases; /* text: with the names of the case files that show findings */
    /* With what was not decided; in text also with what the rules accept, and a summary in any case. */
    bool verbose;
} sp_lint_view;

typedef struct sp_lint_count {
    size_t errors, warnings, notes, accepted, rules;
} sp_lint_count;

bool sp_lint_shows(const sp_lint_view *view, const sp_lint_finding *finding);
sp_lint_count sp_lint_counted(const sp_lint_view *view);
/* Does a file lie in one of the files and folders of the view? */
bool sp_lint_within(const sp_lint_view *view, sp_str file);

void sp_lint_text(const sp_lint_view *view, const sp_style *style, sp_buf *b);
void sp_lint_json(const sp_lint_view *view, sp_buf *b);
void sp_lint_sarif(const sp_lint_view *view, sp_buf *b);

/* "03-no-difference-refugee.yaml": the name of a finding's case file. */
void sp_lint_witness_name_add(sp_buf *b, const sp_lint_view *view, size_t index);

/* A line for each code; one code with its paragraph and example. */
void sp_lint_list(const sp_style *style, sp_buf *b);
void sp_lint_explain(sp_lint_code code, const sp_style *style, sp_buf *b);

#endif
