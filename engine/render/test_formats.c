/* The forms of a test report that programs read. */
#include "base/utf8.h"
#include "render/test_report.h"

static sp_str file_name(const sp_test_log *log, const sp_test_result *r)
{
    return log->files.items[r->file].name;
}

/* "kim.refugee holds, reading uk, in: A food-seeker" */
static void add_name(const sp_test_log *log, const sp_test_result *r, sp_buf *b)
{
    sp_buf_printf(b, "%.*s %s", SP_STR(r->address), sp_state_word(r->expected));
    if (r->reading != SP_NONE)
        sp_buf_printf(b, ", reading %.*s", SP_STR(sp_test_reading(log, r->reading)));
    sp_buf_printf(b, ", in: %.*s", SP_STR(r->case_name));
}

/* "  rule refugee is open": a line with its depth as blanks. */
static void add_indented(const sp_test_line *line, sp_buf *b)
{
    sp_blanks_add(b, 2 * line->depth);
    sp_buf_add(b, line->text);
}

/* --- TAP 13 --- */

/* A `#` would start a directive. */
static void add_tap_text(sp_buf *b, sp_str text)
{
    sp_buf safe = {0};
    sp_utf8_add_safe(&safe, text);
    for (size_t i = 0; i < safe.len; i++) {
        if (safe.data[i] == '#' || safe.data[i] == '\\')
            sp_buf_add_char(b, '\\');
        sp_buf_add_char(b, safe.data[i]);
    }
    b->failed |= safe.failed;
    sp_buf_clear(&safe);
}

static void add_tap_failure(const sp_test_log *log, const sp_test_result *r, sp_buf *b)
{
    sp_buf line = {0};
    sp_buf_add_cstr(b, "  ---\n  message: ");
    sp_json_add(b, r->message);
    sp_buf_add_cstr(b, "\n  at: ");
    sp_buf_printf(&line, "%.*s:%u:%u", SP_STR(file_name(log, r)), r->line, r->column);
    sp_json_add(b, sp_buf_str(&line));
    sp_buf_add_cstr(b, "\n  because:\n");
    for (size_t i = 0; i < r->line_count; i++) {
        sp_buf_reset(&line);
        add_indented(&r->lines[i], &line);
        sp_buf_add_cstr(b, "    - ");
        sp_json_add(b, sp_buf_str(&line));
        sp_buf_add_char(b, '\n');
    }
    sp_buf_add_cstr(b, "  ...\n");
    b->failed |= line.failed;
    sp_buf_clear(&line);
}

static void add_tap_coverage(const sp_coverage *c, sp_buf *b)
{
    sp_cover_count all = sp_coverage_count(c, SP_COVER_KINDS);
    sp_buf scratch = {0};
    for (size_t i = 0; i < c->items.len; i++) {
        const sp_cover_item *item = &c->items.items[i];
        const sp_place *place = sp_cover_place(c, item);
        if (!item->counts || item->covered)
            continue;
        sp_buf_printf(b, "# %s: ", sp_cover_word((sp_cover_kind)item->kind));
        if (place->input != NULL) {
            sp_utf8_add_safe(b, place->input->name);
            sp_buf_printf(b, ":%u: ", place->line);
        }
        sp_utf8_add_safe(b, sp_cover_id(c, item, &scratch));
        sp_buf_add_char(b, '\n');
    }
    sp_buf_add_cstr(b, "# coverage ");
    sp_test_percent_add(b, all);
    sp_buf_printf(b, " %% (%zu of %zu)\n", all.covered, all.total);
    b->failed |= scratch.failed;
    sp_buf_clear(&scratch);
}

void sp_test_report_tap(const sp_test_log *log, sp_buf *b)
{
    size_t faulty = sp_test_log_faulty(log);
    sp_buf_printf(b, "TAP version 13\n1..%zu\n", log->results.len + faulty);
    for (size_t i = 0; i < log->results.len; i++) {
        const sp_test_result *r = &log->results.items[i];
        sp_buf name = {0};
        add_name(log, r, &name);
        sp_buf_printf(b, "%sok %zu - ", r->passed ? "" : "not ", i + 1);
        add_tap_text(b, sp_buf_str(&name));
        sp_buf_add_char(b, '\n');
        if (!r->passed)
            add_tap_failure(log, r, b);
        b->failed |= name.failed;
        sp_buf_clear(&name);
    }
    for (size_t f = 0, n = log->results.len; f < log->files.len; f++) {
        if (!log->files.items[f].faulty)
            continue;
        sp_buf_printf(b, "not ok %zu - ", ++n);
        add_tap_text(b, log->files.items[f].name);
        sp_buf_add_cstr(b, " can be read\n");
    }
    if (log->coverage != NULL)
        add_tap_coverage(log->coverage, b);
}

/* --- JUnit XML --- */

static void add_xml_text(sp_buf *b, sp_str text)
{
    sp_buf safe = {0};
    sp_utf8_add_safe(&safe, text);
    for (size_t i = 0; i < safe.len; i++) {
        switch (safe.data[i]) {
        case '&':
            sp_buf_add_cstr(b, "&amp;");
            break;
        case '<':
            sp_buf_add_cstr(b, "&lt;");
            break;
        case '>':
            sp_buf_add_cstr(b, "&gt;");
            break;
        case '"':
            sp_buf_add_cstr(b, "&quot;");
            break;
        default:
            sp_buf_add_char(b, safe.data[i]);
        }
    }
    b->failed |= safe.failed;
    sp_buf_clear(&safe);
}

static void add_xml_result(const sp_test_log *log, const sp_test_result *r, sp_buf *b)
{
    sp_buf name = {0};
    add_name(log, r, &name);
    sp_buf_add_cstr(b, "    <testcase classname=\"");
    add_xml_text(b, file_name(log, r));
    sp_buf_add_cstr(b, "\" name=\"");
    add_xml_text(b, sp_buf_str(&name));
    sp_buf_printf(b, "\" line=\"%u\"", r->line);
    if (r->passed) {
        sp_buf_add_cstr(b, "/>\n");
    } else {
        sp_buf_add_cstr(b, ">\n      <failure type=\"expectation\" message=\"");
        add_xml_text(b, r->message);
        sp_buf_add_cstr(b, "\">");
        for (size_t i = 0; i < r->line_count; i++) {
            sp_buf_reset(&name);
            add_indented(&r->lines[i], &name);
            add_xml_text(b, sp_buf_str(&name));
            sp_buf_add_cstr(b, i + 1 < r->line_count ? "\n" : "");
        }
        sp_buf_add_cstr(b, "</failure>\n    </testcase>\n");
    }
    b->failed |= name.failed;
    sp_buf_clear(&name);
}

static void add_xml_counts(size_t tests, size_t failures, size_t errors, sp_buf *b)
{
    sp_buf_printf(b, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n", tests + errors, failures, errors);
}

void sp_test_report_junit(const sp_test_log *log, sp_buf *b)
{
    size_t at = 0;
    sp_buf_add_cstr(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"surplace\"");
    add_xml_counts(log->results.len, sp_test_log_count(log, false), sp_test_log_faulty(log), b);
    for (uint32_t f = 0; f < log->files.len; f++) {
        const sp_test_file *file = &log->files.items[f];
        sp_buf_add_cstr(b, "  <testsuite name=\"");
        add_xml_text(b, file->name);
        sp_buf_add_char(b, '"');
        add_xml_counts(file->passed + file->failed, file->failed, file->faulty, b);
        for (; at < log->results.len && log->results.items[at].file == f; at++)
            add_xml_result(log, &log->results.items[at], b);
        if (file->faulty) {
            sp_buf_add_cstr(b, "    <testcase classname=\"");
            add_xml_text(b, file->name);
            sp_buf_add_cstr(b,
                            "\" name=\"can be read\">\n      <error message=\"could not be read whole\"/>\n"
                            "    </testcase>\n");
        }
        sp_buf_add_cstr(b, "  </testsuite>\n");
    }
    sp_buf_add_cstr(b, "</testsuites>\n");
}

/* --- JSON --- */

static void key(sp_buf *b, const char *name)
{
    sp_buf_printf(b, ", \"%s\": ", name);
}

static void add_json_list(sp_buf *b, const sp_str *texts, size_t count)
{
    sp_buf_add_char(b, '[');
    for (size_t i = 0; i < count; i++) {
        sp_buf_add_cstr(b, i > 0 ? ", " : "");
        sp_json_add(b, texts[i]);
    }
    sp_buf_add_char(b, ']');
}

static void add_json_result(const sp_test_log *log, const sp_test_result *r, sp_buf *b)
{
    sp_buf line = {0};
    sp_buf_add_cstr(b, "{\"file\": ");
    sp_json_add(b, file_name(log, r));
    sp_buf_printf(b, ", \"line\": %u, \"column\": %u", r->line, r->column);
    key(b, "case");
    sp_json_add(b, r->case_name);
    key(b, "reading");
    sp_json_add(b, sp_test_reading(log, r->reading));
    key(b, "criterion");
    sp_json_add(b, r->address);
    sp_buf_printf(b, ", \"expected\": \"%s\", \"found\": \"%s\"", sp_state_word(r->expected),
                  sp_state_word(r->found));
    key(b, "rules");
    add_json_list(b, r->rules, r->rule_count);
    key(b, "missing_rules");
    add_json_list(b, r->missing, r->missing_count);
    sp_buf_printf(b, ", \"passed\": %s", r->passed ? "true" : "false");
    key(b, "because");
    sp_buf_add_char(b, '[');
    for (size_t i = 0; i < r->line_count; i++) {
        sp_buf_reset(&line);
        add_indented(&r->lines[i], &line);
        sp_buf_add_cstr(b, i > 0 ? ", " : "");
        sp_json_add(b, sp_buf_str(&line));
    }
    sp_buf_add_cstr(b, "]}");
    b->failed |= line.failed;
    sp_buf_clear(&line);
}

static void add_json_item(const sp_coverage *c, const sp_cover_item *item, sp_buf *b)
{
    const sp_place *place = sp_cover_place(c, item);
    sp_buf scratch = {0};
    sp_buf_printf(b, "{\"kind\": \"%s\"", sp_cover_word((sp_cover_kind)item->kind));
    if (item->rule != SP_NONE) {
        key(b, "rule");
        sp_json_add(b, c->base->rules.items[item->rule].id);
    }
    key(b, "id");
    sp_json_add(b, sp_cover_id(c, item, &scratch));
    key(b, "title");
    sp_json_add(b, sp_cover_title(c, item));
    key(b, "file");
    sp_json_add(b, place->input != NULL ? place->input->name : SP_EMPTY);
    sp_buf_printf(b, ", \"line\": %u, \"column\": %u}", place->line, place->column);
    b->failed |= scratch.failed;
    sp_buf_clear(&scratch);
}

static void add_json_coverage(const sp_coverage *c, sp_buf *b)
{
    sp_cover_count all = sp_coverage_count(c, SP_COVER_KINDS);
    bool first = true;
    sp_buf_printf(b, ",\n \"coverage\": {\"items\": %zu, \"covered\": %zu, \"percent\": ", all.total,
                  all.covered);
    sp_test_percent_add(b, all);
    sp_buf_add_cstr(b, ", \"uncovered\": [");
    for (size_t i = 0; i < c->items.len; i++) {
        if (!c->items.items[i].counts || c->items.items[i].covered)
            continue;
        sp_buf_add_cstr(b, first ? "\n  " : ",\n  ");
        add_json_item(c, &c->items.items[i], b);
        first = false;
    }
    sp_buf_add_cstr(b, "]}");
}

void sp_test_report_json(const sp_test_log *log, sp_buf *b)
{
    sp_buf_printf(b, "{\"surplace\": \"test/1\", \"passed\": %zu, \"failed\": %zu, \"cases\": %zu",
                  sp_test_log_count(log, true), sp_test_log_count(log, false), log->cases);
    key(b, "files");
    sp_buf_add_char(b, '[');
    for (size_t i = 0; i < log->files.len; i++) {
        sp_buf_add_cstr(b, i > 0 ? ", " : "");
        sp_json_add(b, log->files.items[i].name);
    }
    sp_buf_add_char(b, ']');
    key(b, "faulty_files");
    sp_buf_printf(b, "%zu", sp_test_log_faulty(log));
    key(b, "readings");
    sp_buf_add_char(b, '[');
    for (size_t i = 0; i < log->readings.len; i++) {
        sp_buf_add_cstr(b, i > 0 ? ", " : "");
        sp_json_add(b, sp_test_reading(log, log->readings.items[i]));
    }
    sp_buf_add_cstr(b, "],\n \"results\": [");
    for (size_t i = 0; i < log->results.len; i++) {
        sp_buf_add_cstr(b, i > 0 ? ",\n  " : "\n  ");
        add_json_result(log, &log->results.items[i], b);
    }
    sp_buf_add_char(b, ']');
    if (log->coverage != NULL)
        add_json_coverage(log->coverage, b);
    if (log->mutants != NULL)
        sp_test_mutants_json(log, b);
    sp_buf_add_cstr(b, "}\n");
}
