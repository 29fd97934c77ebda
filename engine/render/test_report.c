#include "render/test_report.h"

#include "base/utf8.h"

/* --- coverage --- */

static const struct {
    const char *word, *heading, *count;
} kinds[SP_COVER_KINDS] = {
    [SP_COVER_RULE_HOLDS] = {"rule-never-holds", "Rules that no case makes hold", "rules that hold"},
    [SP_COVER_RULE_FAILS] = {"rule-never-fails", "Rules that no case makes fail", "rules that fail"},
    [SP_COVER_EXCEPTION] = {"exception-never-holds", "Exceptions that no case makes hold", "exceptions"},
    [SP_COVER_ALTERNATIVE] = {"alternative-never-holds", "Alternatives that no case makes hold",
                              "alternatives"},
    [SP_COVER_PRESUMPTION] = {"presumption-never-applied", "Presumptions that no case applies",
                              "presumptions"},
};

const char *sp_cover_word(sp_cover_kind kind)
{
    return kinds[kind].word;
}

sp_str sp_cover_id(const sp_coverage *c, const sp_cover_item *item, sp_buf *scratch)
{
    static const char *const heads[] = {
        [SP_COND_LEAF] = "",           [SP_COND_ALL] = "all_of",        [SP_COND_ANY] = "any_of",
        [SP_COND_NONE] = "none_of",    [SP_COND_AT_LEAST] = "at_least", [SP_COND_SOME] = "for_some ",
        [SP_COND_EVERY] = "for_every "};
    const sp_vocab *vocab = &c->base->vocab;
    sp_buf_reset(scratch);
    if (item->kind == SP_COVER_RULE_HOLDS || item->kind == SP_COVER_RULE_FAILS)
        return c->base->rules.items[item->rule].id;
    if (item->cond != NULL && item->cond->id.len > 0)
        return item->cond->id;
    if (item->cond != NULL) {
        sp_buf_add_cstr(scratch, heads[item->cond->kind]);
        sp_buf_add(scratch, item->cond->text);
        return sp_buf_str(scratch);
    }
    uint32_t entity = item->criterion != SP_NONE ? vocab->criteria.items[item->criterion].entity
                                                 : vocab->facts.items[item->fact].entity;
    sp_str name = item->criterion != SP_NONE ? vocab->criteria.items[item->criterion].name
                                             : vocab->facts.items[item->fact].name;
    sp_buf_printf(scratch, "%.*s.%.*s", SP_STR(vocab->entities.items[entity].name), SP_STR(name));
    return sp_buf_str(scratch);
}

sp_str sp_cover_title(const sp_coverage *c, const sp_cover_item *item)
{
    if (item->kind == SP_COVER_RULE_HOLDS || item->kind == SP_COVER_RULE_FAILS)
        return c->base->rules.items[item->rule].title;
    if (item->cond != NULL)
        return item->cond->title;
    return item->criterion != SP_NONE ? c->base->vocab.criteria.items[item->criterion].title
                                      : c->base->vocab.facts.items[item->fact].title;
}

void sp_test_percent_add(sp_buf *b, sp_cover_count count)
{
    size_t tenths = count.total == 0 ? 1000 : count.covered * 1000 / count.total;
    sp_buf_printf(b, "%zu.%zu", tenths / 10, tenths % 10);
}

static void add_item(const sp_coverage *c, const sp_cover_item *item, const sp_style *style, sp_buf *b)
{
    const sp_place *place = sp_cover_place(c, item);
    sp_buf line = {0}, scratch = {0};
    if (place->input != NULL)
        sp_buf_printf(&line, "%.*s:%u: ", SP_STR(place->input->name), place->line);
    if (item->kind == SP_COVER_EXCEPTION || item->kind == SP_COVER_ALTERNATIVE)
        sp_buf_printf(&line, "%.*s: ", SP_STR(c->base->rules.items[item->rule].id));
    sp_str id = sp_cover_id(c, item, &scratch), title = sp_cover_title(c, item);
    sp_buf_add(&line, id);
    if (title.len > 0 && !sp_str_eq(title, id))
        sp_buf_printf(&line, " (%.*s)", SP_STR(title));
    sp_buf_add_cstr(b, "  ");
    sp_wrap_add(b, style, 2, 4, sp_buf_str(&line));
    b->failed |= line.failed || scratch.failed;
    sp_buf_clear(&line);
    sp_buf_clear(&scratch);
}

static void add_uncovered(const sp_coverage *c, const sp_style *style, sp_buf *b)
{
    for (int kind = 0; kind < SP_COVER_KINDS; kind++) {
        sp_cover_count count = sp_coverage_count(c, (sp_cover_kind)kind);
        if (count.covered == count.total)
            continue;
        sp_ink_on(b, style, SP_INK_BOLD);
        sp_buf_printf(b, "%s (%zu of %zu)", kinds[kind].heading, count.total - count.covered, count.total);
        sp_ink_off(b, style, SP_INK_BOLD);
        sp_buf_add_char(b, '\n');
        for (size_t i = 0; i < c->items.len; i++)
            if (c->items.items[i].kind == kind && c->items.items[i].counts && !c->items.items[i].covered)
                add_item(c, &c->items.items[i], style, b);
        sp_buf_add_char(b, '\n');
    }
}

static void add_coverage_line(const sp_coverage *c, const sp_style *style, sp_buf *b)
{
    sp_cover_count all = sp_coverage_count(c, SP_COVER_KINDS);
    sp_buf line = {0};
    size_t off = 0;
    sp_buf_add_cstr(&line, "Coverage ");
    sp_test_percent_add(&line, all);
    sp_buf_printf(&line, " %%: %zu of %zu", all.covered, all.total);
    for (int kind = 0; kind < SP_COVER_KINDS; kind++) {
        sp_cover_count count = sp_coverage_count(c, (sp_cover_kind)kind);
        sp_buf_printf(&line, "%s%s %zu/%zu", kind == 0 ? " (" : ", ", kinds[kind].count, count.covered,
                      count.total);
    }
    sp_buf_add_cstr(&line, ").");
    for (size_t i = 0; i < c->items.len; i++)
        off += c->items.items[i].switched_off && !c->items.items[i].counts;
    if (off > 0)
        sp_buf_printf(&line, " %zu more %s switched off by the readings that were run.", off,
                      off == 1 ? "is" : "are");
    sp_wrap_add(b, style, 0, 0, sp_buf_str(&line));
    b->failed |= line.failed;
    sp_buf_clear(&line);
}

/* --- text --- */

static void add_failure(const sp_test_log *log, const sp_test_result *r, const sp_style *style, sp_buf *b)
{
    sp_utf8_add_safe(b, log->files.items[r->file].name);
    sp_buf_printf(b, ":%u:%u: ", r->line, r->column);
    sp_ink_on(b, style, SP_INK_FAILS);
    sp_buf_add_cstr(b, "error");
    sp_ink_off(b, style, SP_INK_FAILS);
    sp_buf_add_cstr(b, ": ");
    sp_utf8_add_safe(b, r->message);
    sp_buf_add_cstr(b, " [expectation]\n");
    for (size_t i = 0; i < r->line_count; i++) {
        size_t indent = 4 + 2 * r->lines[i].depth;
        sp_blanks_add(b, indent);
        sp_wrap_add(b, style, indent, indent + 4, r->lines[i].text);
    }
}

static void add_file(const sp_test_file *file, const sp_style *style, sp_buf *b)
{
    bool good = file->failed == 0 && !file->faulty;
    sp_state state = !good ? SP_FAILS : file->passed > 0 ? SP_HOLDS : SP_OPEN;
    sp_ink_on(b, style, sp_ink_of_state(state));
    sp_buf_add_cstr(b, sp_mark_of_state(state));
    sp_ink_off(b, style, sp_ink_of_state(state));
    sp_buf_add_char(b, ' ');
    sp_utf8_add_safe(b, file->name);
    if (file->passed + file->failed > 0)
        sp_buf_printf(b, ": %zu passed", file->passed);
    else
        sp_buf_add_cstr(b, ": nothing expected");
    if (file->failed > 0)
        sp_buf_printf(b, ", %zu failed", file->failed);
    sp_buf_add_cstr(b, file->faulty ? ", could not be read whole\n" : "\n");
}

static void add_plural(sp_buf *b, size_t count, const char *noun)
{
    sp_buf_printf(b, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

static void add_sentence(const sp_test_log *log, const sp_style *style, sp_buf *b)
{
    sp_buf line = {0};
    size_t faulty = sp_test_log_faulty(log);
    add_plural(&line, log->cases, "case");
    sp_buf_add_cstr(&line, " in ");
    add_plural(&line, log->files.len, "file");
    for (size_t i = 0; i < log->readings.len; i++) {
        sp_str id = sp_test_reading(log, log->readings.items[i]);
        if (i == 0 && id.len > 0)
            sp_buf_printf(&line, ", under %s", log->readings.len == 1 ? "the reading " : "the readings ");
        sp_buf_printf(&line, "%s%.*s", i > 0 && id.len > 0 ? ", " : "", SP_STR(id));
    }
    sp_buf_add_char(&line, '.');
    if (log->silent > 0) {
        sp_buf_add_char(&line, ' ');
        add_plural(&line, log->silent, "case");
        sp_buf_printf(&line, " expect%s nothing.", log->silent == 1 ? "s" : "");
    }
    if (log->left_out > 0) {
        sp_buf_add_char(&line, ' ');
        add_plural(&line, log->left_out, "expectation");
        sp_buf_printf(&line, " of other readings %s left out.", log->left_out == 1 ? "is" : "are");
    }
    if (faulty > 0) {
        sp_buf_add_char(&line, ' ');
        add_plural(&line, faulty, "file");
        sp_buf_add_cstr(&line, " could not be read whole.");
    }
    sp_wrap_add(b, style, 0, 0, sp_buf_str(&line));
    b->failed |= line.failed;
    sp_buf_clear(&line);
}

void sp_test_report_text(const sp_test_log *log, const sp_style *style, bool quiet, sp_buf *b)
{
    size_t at = 0;
    for (uint32_t f = 0; f < log->files.len; f++) {
        if (!quiet)
            add_file(&log->files.items[f], style, b);
        for (; at < log->results.len && log->results.items[at].file == f; at++)
            if (!log->results.items[at].passed)
                add_failure(log, &log->results.items[at], style, b);
    }
    if (b->len > 0)
        sp_buf_add_char(b, '\n');
    if (log->coverage != NULL && !quiet)
        add_uncovered(log->coverage, style, b);
    if (log->mutants != NULL)
        sp_test_mutants_text(log, style, b);
    sp_buf_printf(b, "%zu passed, %zu failed\n", sp_test_log_count(log, true),
                  sp_test_log_count(log, false));
    add_sentence(log, style, b);
    if (log->coverage != NULL)
        add_coverage_line(log->coverage, style, b);
    if (log->mutants != NULL)
        sp_test_mutants_line(log, style, b);
}
