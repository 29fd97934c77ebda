#include "render/lint_report.h"

#include <stdlib.h>

#include "render/diag.h"
#include "render/sarif.h"

static const char *const words[] = {[SP_ERROR] = "error", [SP_WARNING] = "warning", [SP_NOTE] = "note"};

static sp_severity severity_of(const sp_lint_finding *finding)
{
    return sp_lint_kinds[finding->code].severity;
}

/* --- which --- */

/* "./a//b/" is "a/b". */
static void add_plain_path(sp_buf *b, sp_str path)
{
    while (sp_str_starts(path, SP_LIT("./")))
        path = (sp_str){path.ptr + 2, path.len - 2};
    for (size_t i = 0; i < path.len; i++)
        if (path.ptr[i] != '/' || (i + 1 < path.len && path.ptr[i + 1] != '/'))
            sp_buf_add_char(b, path.ptr[i]);
}

static bool path_within(sp_str file, sp_str path)
{
    if (path.len == 0 || sp_str_eq(path, SP_LIT(".")))
        return file.len > 0 && file.ptr[0] != '/';
    return sp_str_starts(file, path) && (file.len == path.len || file.ptr[path.len] == '/');
}

bool sp_lint_within(const sp_lint_view *view, sp_str file)
{
    bool within = view->only_count == 0;
    sp_buf plain = {0}, path = {0};
    add_plain_path(&plain, file);
    for (size_t i = 0; i < view->only_count && !within; i++) {
        sp_buf_reset(&path);
        add_plain_path(&path, view->only[i]);
        within = path_within(sp_buf_str(&plain), sp_buf_str(&path));
    }
    within |= plain.failed || path.failed; /* rather too much than in silence too little */
    sp_buf_clear(&plain);
    sp_buf_clear(&path);
    return within;
}

bool sp_lint_shows(const sp_lint_view *view, const sp_lint_finding *finding)
{
    if (finding->code == SP_LINT_NOT_DECIDED && !view->verbose)
        return false;
    return sp_lint_within(view, finding->place.input != NULL ? finding->place.input->name : SP_EMPTY);
}

sp_lint_count sp_lint_counted(const sp_lint_view *view)
{
    sp_lint_count count = {.rules = view->findings->base->rules.len};
    for (size_t i = 0; i < view->findings->list.len; i++) {
        const sp_lint_finding *f = &view->findings->list.items[i];
        if (!sp_lint_shows(view, f))
            continue;
        if (f->accepted.len > 0)
            count.accepted++;
        else if (severity_of(f) == SP_ERROR)
            count.errors++;
        else if (severity_of(f) == SP_WARNING)
            count.warnings++;
        else
            count.notes++;
    }
    return count;
}

void sp_lint_witness_name_add(sp_buf *b, const sp_lint_view *view, size_t index)
{
    const sp_lint_findings *f = view->findings;
    const sp_lint_finding *finding = &f->list.items[index];
    size_t number = 0;
    for (size_t i = 0; i <= index; i++)
        number += f->list.items[i].witness.len > 0 && f->list.items[i].accepted.len == 0 &&
                  sp_lint_shows(view, &f->list.items[i]);
    sp_buf_printf(b, "%02zu-%s", number, sp_lint_kinds[finding->code].word);
    if (finding->rule != SP_NONE)
        sp_buf_printf(b, "-%.*s", SP_STR(f->base->rules.items[finding->rule].id));
    sp_buf_add_cstr(b, ".yaml");
}

/* --- text --- */

static void add_count(sp_buf *b, size_t count, const char *what, size_t *before)
{
    if (count > 0)
        sp_buf_printf(b, "%s%zu %s%s", (*before)++ > 0 ? ", " : "", count, what, count == 1 ? "" : "s");
}

static void add_summary(sp_buf *b, const sp_lint_view *view)
{
    sp_lint_count c = sp_lint_counted(view);
    size_t before = 0;
    add_count(b, c.errors, "error", &before);
    add_count(b, c.warnings, "warning", &before);
    add_count(b, c.notes, "note", &before);
    if (before == 0)
        sp_buf_add_cstr(b, "no findings");
    if (c.accepted > 0)
        sp_buf_printf(b, ", %zu accepted", c.accepted);
    sp_buf_printf(b, " (%zu rule%s)\n", c.rules, c.rules == 1 ? "" : "s");
}

static void add_finding(sp_buf *b, const sp_lint_view *view, size_t index, const sp_style *style)
{
    const sp_lint_finding *f = &view->findings->list.items[index];
    sp_remark remark = {.severity = severity_of(f),
                        .word = sp_lint_kinds[f->code].word,
                        .place = f->place,
                        .message = f->message,
                        .second_place = f->second_place,
                        .second_message = f->second_message};
    sp_remark_add(b, &remark, style);
    if (f->accepted.len > 0) {
        sp_buf_add_cstr(b, "         accepted: ");
        sp_wrap_add(b, style, 19, 19, f->accepted);
    } else if (f->witness.len > 0 && view->cases) {
        sp_buf_add_cstr(b, "         case: ");
        sp_lint_witness_name_add(b, view, index);
        sp_buf_add_char(b, '\n');
    }
}

void sp_lint_text(const sp_lint_view *view, const sp_style *style, sp_buf *b)
{
    size_t start = b->len;
    for (size_t i = 0; i < view->findings->list.len; i++) {
        const sp_lint_finding *f = &view->findings->list.items[i];
        if (sp_lint_shows(view, f) && (f->accepted.len == 0 || view->verbose))
            add_finding(b, view, i, style);
    }
    if (b->len > start || view->verbose)
        add_summary(b, view);
}

/* --- JSON --- */

static void add_json_place(sp_buf *b, const sp_place *place)
{
    sp_buf_add_cstr(b, "{\"file\": ");
    sp_json_add(b, place->input != NULL ? place->input->name : SP_EMPTY);
    sp_buf_printf(b, ", \"line\": %u, \"column\": %u", place->line, place->column);
}

static void add_json_finding(sp_buf *b, const sp_lint_view *view, size_t index)
{
    const sp_lint_finding *f = &view->findings->list.items[index];
    sp_buf_printf(b,
                  "    {\"code\": \"%s\", \"severity\": \"%s\", \"place\": ", sp_lint_kinds[f->code].word,
                  words[severity_of(f)]);
    add_json_place(b, &f->place);
    sp_buf_add_cstr(b, "}, \"rule\": ");
    if (f->rule != SP_NONE)
        sp_json_add(b, view->findings->base->rules.items[f->rule].id);
    else
        sp_buf_add_cstr(b, "null");
    sp_buf_add_cstr(b, ", \"message\": ");
    sp_json_add(b, f->message);
    if (f->second_message.len > 0) {
        sp_buf_add_cstr(b, ", \"see\": ");
        add_json_place(b, &f->second_place);
        sp_buf_add_cstr(b, ", \"message\": ");
        sp_json_add(b, f->second_message);
        sp_buf_add_char(b, '}');
    }
    if (f->accepted.len > 0) {
        sp_buf_add_cstr(b, ", \"accepted\": ");
        sp_json_add(b, f->accepted);
    }
    if (f->witness.len > 0) {
        sp_buf_add_cstr(b, ", \"case\": ");
        sp_json_add(b, f->witness);
    }
    sp_buf_add_char(b, '}');
}

void sp_lint_json(const sp_lint_view *view, sp_buf *b)
{
    sp_lint_count c = sp_lint_counted(view);
    bool any = false;
    sp_buf_add_cstr(b, "{\"surplace\": \"lint/1\",\n  \"findings\": [");
    for (size_t i = 0; i < view->findings->list.len; i++) {
        if (!sp_lint_shows(view, &view->findings->list.items[i]))
            continue;
        sp_buf_add_cstr(b, any ? ",\n" : "\n");
        add_json_finding(b, view, i);
        any = true;
    }
    sp_buf_printf(b,
                  "],\n  \"rules\": %zu, \"errors\": %zu, \"warnings\": %zu, \"notes\": %zu, "
                  "\"accepted\": %zu}\n",
                  c.rules, c.errors, c.warnings, c.notes, c.accepted);
}

/* --- SARIF --- */

void sp_lint_sarif(const sp_lint_view *view, sp_buf *b)
{
    sp_sarif_rule rules[SP_LINT_CODES];
    const sp_lint_findings *f = view->findings;
    sp_sarif_result *results = calloc(f->list.len + 1, sizeof *results);
    sp_sarif_place *related = calloc(f->list.len + 1, sizeof *related);
    size_t count = 0;
    for (int i = 0; i < SP_LINT_CODES; i++)
        rules[i] = (sp_sarif_rule){sp_str_from(sp_lint_kinds[i].word),
                                   sp_str_from(sp_lint_kinds[i].summary),
                                   sp_str_from(sp_lint_kinds[i].explanation), sp_lint_kinds[i].severity};
    for (size_t i = 0; results != NULL && related != NULL && i < f->list.len; i++) {
        const sp_lint_finding *finding = &f->list.items[i];
        if (!sp_lint_shows(view, finding))
            continue;
        related[count] = sp_sarif_place_of(&finding->second_place);
        related[count].message = finding->second_message;
        results[count] = (sp_sarif_result){.rule = (uint32_t)finding->code,
                                           .severity = severity_of(finding),
                                           .message = finding->message,
                                           .place = sp_sarif_place_of(&finding->place),
                                           .related = &related[count],
                                           .related_count = finding->second_message.len > 0,
                                           .accepted = finding->accepted};
        count++;
    }
    if (results != NULL && related != NULL)
        sp_sarif_add(b, &(sp_sarif_log){SP_LIT("lint"), rules, SP_LINT_CODES, results, count});
    else
        b->failed = true;
    free(results);
    free(related);
}

/* --- the codes --- */

void sp_lint_list(const sp_style *style, sp_buf *b)
{
    for (int i = 0; i < SP_LINT_CODES; i++) {
        const sp_lint_kind *kind = &sp_lint_kinds[i];
        sp_ink_on(b, style, SP_INK_BOLD);
        sp_buf_printf(b, "%-20s", kind->word);
        sp_ink_off(b, style, SP_INK_BOLD);
        sp_buf_printf(b, " %-8s ", words[kind->severity]);
        sp_wrap_add(b, style, 30, 30, sp_str_from(kind->summary));
    }
}

void sp_lint_explain(sp_lint_code code, const sp_style *style, sp_buf *b)
{
    const sp_lint_kind *kind = &sp_lint_kinds[code];
    sp_ink_on(b, style, SP_INK_BOLD);
    sp_buf_add_cstr(b, kind->word);
    sp_ink_off(b, style, SP_INK_BOLD);
    sp_buf_printf(b, " (%s): ", words[kind->severity]);
    sp_wrap_add(b, style, strlen(kind->word) + strlen(words[kind->severity]) + 5, 0,
                sp_str_from(kind->summary));
    sp_buf_add_char(b, '\n');
    sp_wrap_add(b, style, 0, 0, sp_str_from(kind->explanation));
    for (const char *line = kind->example; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        if (line == kind->example)
            sp_buf_add_char(b, '\n');
        sp_buf_printf(b, "    %.*s\n", (int)length, line);
        line += length + (line[length] == '\n');
    }
}
