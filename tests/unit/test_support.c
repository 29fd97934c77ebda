/* What verdicts rest on: over all example cases and both with and without presumptions, what the supporter makes of
 * remembered walks and shared sets is what a plain walk from each criterion comes to. */
#include "support/test.h"

#include <dirent.h>

#include "embed/embedded.h"
#include "explain/support.h"
#include "support/engine.h"
#include "text/folder.h"

static int compare_numbers(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(uint64_t));
}

typedef SP_VEC(uint64_t) numbers;

static void add(numbers *n, uint32_t kind, uint32_t what, uint32_t row)
{
    assert_true(SP_VEC_PUSH(n, (uint64_t)kind << 56 | (uint64_t)what << 28 | row));
}

static void sort_once(numbers *n)
{
    size_t kept = 0;
    if (n->len > 0)
        qsort(n->items, n->len, sizeof *n->items, compare_numbers);
    for (size_t i = 0; i < n->len; i++)
        if (kept == 0 || n->items[kept - 1] != n->items[i])
            n->items[kept++] = n->items[i];
    n->len = kept;
}

/* Kinds of numbers beside those of facts. */
enum {
    RULE = SP_GROUND_RULE,
    COND = SP_GROUND_COND,
    ITSELF = SP_GROUND_ITSELF,
    CITED = 20,
    AUTHORITY = 40
};

/* --- the plain walk --- */

static void walk_facts(engine *e, const sp_why *why, numbers *found)
{
    sp_targets facts = {0};
    sp_why_facts(&e->ex, why, &facts);
    for (size_t i = 0; i < facts.len; i++) {
        const sp_target *t = &facts.items[i];
        if (t->fact == SP_NONE)
            continue;
        const sp_fact *fact = &e->base.vocab.facts.items[t->fact];
        const sp_cell *cell = sp_facts_cell(&e->facts, t->entity, t->row, fact->column);
        bool open = t->kind == SP_TARGET_OPEN;
        if (why->presumes && open && e->net.fact_presumptions[t->fact]->if_open != SP_OPEN)
            add(found, SP_GROUND_PRESUMED, t->fact, t->row);
        else if (open || (cell->incomplete && why->state == SP_OPEN))
            add(found, SP_GROUND_OPEN, t->fact, t->row);
        else if (cell->status == SP_CELL_SEVERAL && why->state != SP_HOLDS && why->state != SP_FAILS)
            add(found, SP_GROUND_CONTESTED, t->fact, t->row);
        if (fact->judgment && !open)
            add(found, SP_GROUND_JUDGMENT, t->fact, t->row);
    }
    SP_VEC_FREE(&facts);
}

static void walk_cites(engine *e, const sp_cite_list *list, const sp_cites *cites, numbers *found)
{
    (void)e;
    const uint32_t *number = list->numbers.items + cites->first;
    for (uint32_t i = 0; i < cites->passages; i++)
        add(found, CITED, *number++, 0);
    for (uint32_t i = 0; i < cites->authorities; i++)
        add(found, AUTHORITY, *number++, 0);
}

static void walk(engine *e, const sp_cite_list *cites, uint32_t criterion, uint32_t row, numbers *found)
{
    sp_whys agenda = {0};
    numbers seen = {0};
    assert_true(SP_VEC_PUSH(&agenda, sp_why_criterion(&e->ex, criterion, row)));
    bool own =
        true; /* the first criterion's own rules come before all others: they are taken last in, first out */
    for (bool first = true; agenda.len > 0; first = false) {
        const sp_why why = agenda.items[--agenda.len];
        if (why.kind == SP_WHY_CRITERION) {
            bool known = false;
            uint64_t here = (uint64_t)why.criterion << 32 | why.row;
            for (size_t i = 0; i < seen.len; i++)
                known |= seen.items[i] == here;
            if (known)
                continue;
            assert_true(SP_VEC_PUSH(&seen, here));
            own = first;
            if (why.presumes)
                add(found, ITSELF, why.criterion, why.row);
        } else {
            walk_facts(e, &why, found);
        }
        if (own && why.kind == SP_WHY_RULE) {
            add(found, RULE, why.rule, 0);
            walk_cites(e, cites, &cites->rules[why.rule], found);
        }
        if (own && why.kind == SP_WHY_COND)
            walk_cites(e, cites, &cites->conds[why.cond->number], found);
        size_t from = agenda.len;
        sp_why_children(&e->ex, &why, false, &agenda);
        /* criteria wait below everything else, so that one's own rules are gone through before the next begins */
        for (size_t i = from; i < agenda.len; i++)
            if (agenda.items[i].kind == SP_WHY_CRITERION) {
                sp_why later = agenda.items[i];
                memmove(&agenda.items[1], &agenda.items[0], i * sizeof *agenda.items);
                agenda.items[0] = later;
            }
    }
    SP_VEC_FREE(&agenda);
    SP_VEC_FREE(&seen);
    sort_once(found);
}

/* --- what the supporter says --- */

static void add_items(const sp_items *items, uint32_t kind, numbers *found)
{
    for (size_t i = 0; i < items->len; i++)
        add(found, kind, items->items[i].fact, items->items[i].row);
}

static void collected(const sp_support *s, numbers *found)
{
    add_items(&s->open, SP_GROUND_OPEN, found);
    add_items(&s->contested, SP_GROUND_CONTESTED, found);
    add_items(&s->judgments, SP_GROUND_JUDGMENT, found);
    for (size_t i = 0; i < s->presumptions.len; i++) {
        const sp_presumed *p = &s->presumptions.items[i];
        if (p->criterion != SP_NONE)
            add(found, ITSELF, p->criterion, p->row);
        else
            add(found, SP_GROUND_PRESUMED, p->fact.fact, p->fact.row);
    }
    for (size_t i = 0; i < s->rules.len; i++)
        add(found, RULE, s->rules.items[i], 0);
    for (size_t i = 0; i < s->passages.len; i++)
        add(found, CITED, s->passages.items[i], 0);
    for (size_t i = 0; i < s->authority.len; i++)
        add(found, AUTHORITY, s->authority.items[i], 0);
    size_t doubles = found->len;
    sort_once(found);
    assert_int_equal(found->len, doubles); /* lists are without doubles */
}

/* --- the example cases --- */

static size_t compare_all(engine *e, sp_supporter *s, const char *name)
{
    size_t compared = 0;
    sp_support support = {0};
    assert_true(sp_supporter_begin(s, &e->ex));
    for (uint32_t c = 0; c < e->base.vocab.criteria.len; c++)
        for (uint32_t row = 0; row < e->run.rows.frames[e->net.root_frames[c]].rows; row++, compared++) {
            numbers expected = {0}, found = {0};
            walk(e, &s->cites, c, row, &expected);
            sp_supporter_collect(s, c, row, &support);
            assert_false(s->failed || e->ex.failed);
            collected(&support, &found);
            if (found.len != expected.len ||
                (found.len > 0 &&
                 memcmp(found.items, expected.items, found.len * sizeof *found.items) != 0))
                fail_msg(
                    "%s: %s at row %u rests on something else", name,
                    sp_arena_printf(&e->arena, "%.*s", SP_STR(e->base.vocab.criteria.items[c].name)).ptr,
                    (unsigned)row);
            SP_VEC_FREE(&expected);
            SP_VEC_FREE(&found);
        }
    sp_support_free(&support);
    return compared;
}

static void open_built_in(engine *e)
{
    *e = (engine){0};
    sp_input *inputs = SP_NEW_ARRAY(&e->arena, sp_input, sp_embedded_file_count);
    sp_yaml_tree *trees = SP_NEW_ARRAY(&e->arena, sp_yaml_tree, sp_embedded_file_count);
    for (size_t i = 0; i < sp_embedded_file_count; i++) {
        const sp_embedded_file *file = &sp_embedded_files[i];
        inputs[i] = (sp_input){.name = file->name, .text = file->source};
        trees[i] = (sp_yaml_tree){&inputs[i], file->nodes, file->text, file->count};
    }
    assert_int_equal(sp_read_rulebase(&e->base, trees, sp_embedded_file_count, &e->diags), SURPLACE_OK);
    assert_int_equal(
        sp_network_compile(&e->net, &e->base, sp_rulebase_default_reading(&e->base), &e->diags),
        SURPLACE_OK);
    assert_true(sp_facts_init(&e->facts, &e->base.vocab, &e->base.world));
}

static sp_str file_text(engine *e, const char *path)
{
    sp_input input;
    assert_int_equal(sp_input_load(path, &e->arena, &input, &e->diags), SURPLACE_OK);
    return input.text;
}

static void agrees_with_a_plain_walk(void **state)
{
    (void)state;
    static const char folder[] = "examples/cases";
    engine e;
    sp_supporter with = {0}, without = {0};
    size_t compared = 0;
    open_built_in(&e);
    DIR *all = opendir(folder);
    assert_non_null(all);
    for (const struct dirent *entry; (entry = readdir(all)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        sp_str path = sp_arena_printf(&e.arena, "%s/%s", folder, entry->d_name);
        sp_str text = file_text(&e, path.ptr);
        engine_run_text(&e, text, true);
        compared += compare_all(&e, &with, path.ptr);
        engine_run_text(&e, text, false);
        compared += compare_all(&e, &without, path.ptr);
    }
    closedir(all);
    assert_true(compared > 20000);
    sp_supporter_free(&with);
    sp_supporter_free(&without);
    engine_close(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_a_plain_walk)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
