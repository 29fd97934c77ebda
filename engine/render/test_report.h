/* The results of tests as text, TAP, JUnit XML and JSON. */
#ifndef SP_RENDER_TEST_REPORT_H
#define SP_RENDER_TEST_REPORT_H

#include "render/out.h"
#include "render/test_log.h"

/* Each appends the whole report of a sorted log. `quiet`: only failures and summary. */
void sp_test_report_text(const sp_test_log *log, const sp_style *style, bool quiet, sp_buf *b);
void sp_test_report_tap(const sp_test_log *log, sp_buf *b);
void sp_test_report_junit(const sp_test_log *log, sp_buf *b);
void sp_test_report_json(const sp_test_log *log, sp_buf *b);

/* The parts of the reports that tell of changes of the rules which no case notices (of a log with mutants). */
void sp_test_mutants_text(const sp_test_log *log, const sp_style *style, sp_buf *b);
void sp_test_mutants_line(const sp_test_log *log, const sp_style *style, sp_buf *b);
void sp_test_mutants_json(const sp_test_log *log, sp_buf *b);

/* "97.3": tenths of a percent, rounded down, so that 100 means all. */
void sp_test_percent_add(sp_buf *b, sp_cover_count count);
/* "rule-never-holds": the word for what was not covered. */
const char *sp_cover_word(sp_cover_kind kind);
/* "refugee": the id, title or text that names an item. */
sp_str sp_cover_id(const sp_coverage *coverage, const sp_cover_item *item, sp_buf *scratch);
sp_str sp_cover_title(const sp_coverage *coverage, const sp_cover_item *item);

#endif
