#include "read/rulebase.h"

#include <string.h>

#include "read/loader.h"
#include "read/read_case.h"
#include "text/suggest.h"

typedef SP_VEC(const sp_yaml_tree *) tree_list;

/* Sorting that needs no context: by id, then by where it came from. */
static int compare_passages(const void *a, const void *b)
{
    return sp_str_cmp(((const sp_passage *)a)->id, ((const sp_passage *)b)->id);
}

static int compare_rules(const void *a, const void *b)
{
    const sp_rule *x = a, *y = b;
    int order = sp_str_cmp(x->id, y->id);
    return order != 0 ? order : x->reading < y->reading ? 1 : x->reading > y->reading ? -1 : 0;
}

static int compare_authorities(const void *a, const void *b)
{
    return sp_str_cmp(((const sp_authority *)a)->cite, ((const sp_authority *)b)->cite);
}

static void duplicate(sp_diags *diags, const char *what, sp_str id, sp_place first, sp_place second)
{
    bool swap = second.input == first.input ? second.line < first.line
                                            : sp_str_cmp(second.input->name, first.input->name) < 0;
    sp_diag *diag = sp_diags_add(diags, SP_ERROR, SP_DIAG_DUPLICATE, swap ? first : second,
                                 "%s '%.*s' is declared twice", what, SP_STR(id));
    sp_diag_second(diags, diag, swap ? second : first, "first declared here");
}

static void sort_sources(sp_loader *loader)
{
    sp_rulebase *base = loader->base;
    if (base->authorities.len > 1)
        qsort(base->authorities.items, base->authorities.len, sizeof *base->authorities.items,
              compare_authorities);
    for (size_t i = 1; i < base->authorities.len; i++)
        if (sp_str_eq(base->authorities.items[i].cite, base->authorities.items[i - 1].cite))
            duplicate(loader->diags, "the authority", base->authorities.items[i].cite,
                      base->authorities.items[i - 1].place, base->authorities.items[i].place);
    if (base->passages.len > 1)
        qsort(base->passages.items, base->passages.len, sizeof *base->passages.items, compare_passages);
    for (size_t i = 1; i < base->passages.len; i++)
        if (sp_str_eq(base->passages.items[i].id, base->passages.items[i - 1].id))
            duplicate(loader->diags, "the passage", base->passages.items[i].id,
                      base->passages.items[i - 1].place, base->passages.items[i].place);
}

/* Rules sort by id; readings hold rule numbers, so those move along. */
static void sort_rules(sp_loader *loader)
{
    sp_rulebase *base = loader->base;
    for (size_t i = 0; i < base->readings.len; i++)
        for (size_t r = 0; r < base->readings.items[i].replace.len; r++)
            base->rules.items[base->readings.items[i].replace.items[r]].replaces = true;
    for (size_t i = 0; i < base->readings.len; i++)
        base->readings.items[i].replace.len = base->readings.items[i].add.len = 0;
    if (base->rules.len > 1)
        qsort(base->rules.items, base->rules.len, sizeof *base->rules.items, compare_rules);
    for (uint32_t i = 0; i < base->rules.len; i++) {
        const sp_rule *rule = &base->rules.items[i];
        const sp_rule *before = i > 0 ? &base->rules.items[i - 1] : NULL;
        if (before != NULL && rule->reading == before->reading && sp_str_eq(rule->id, before->id))
            duplicate(loader->diags, "the rule", rule->id, before->place, rule->place);
        if (rule->reading == SP_NONE)
            continue;
        sp_reading *reading = &base->readings.items[rule->reading];
        if (!(rule->replaces ? SP_VEC_PUSH(&reading->replace, i) : SP_VEC_PUSH(&reading->add, i)))
            loader->diags->failed = true;
    }
}

/* The first of some rules with an id, or SP_NONE; `list` are numbers of rules, ascending and so sorted by id, or NULL
 * for all rules. */
static uint32_t find_rule(const sp_rulebase *base, const uint32_t *list, size_t count, sp_str id)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (sp_str_cmp(base->rules.items[list != NULL ? list[mid] : mid].id, id) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    uint32_t found = low == count ? SP_NONE : list != NULL ? list[low] : (uint32_t)low;
    return found != SP_NONE && sp_str_eq(base->rules.items[found].id, id) ? found : SP_NONE;
}

/* The rule of the base itself with an id, or SP_NONE. It stands before those of readings. */
static uint32_t base_rule(const sp_rulebase *base, sp_str id)
{
    uint32_t found = find_rule(base, NULL, base->rules.len, id);
    return found != SP_NONE && base->rules.items[found].reading == SP_NONE ? found : SP_NONE;
}

/* A rule that a reading finds before it: of the base, or added by a reading that it extends. */
static uint32_t earlier_rule(const sp_rulebase *base, const sp_reading *reading, sp_str id)
{
    uint32_t found = base_rule(base, id);
    uint32_t at = reading->base;
    for (size_t hops = 0; found == SP_NONE && at != SP_NONE && hops < base->readings.len; hops++) {
        const sp_reading *r = &base->readings.items[at];
        found = find_rule(base, r->add.items, r->add.len, id);
        at = r->base;
    }
    return found;
}

static void unknown_rule(sp_loader *loader, sp_str id, sp_place place)
{
    sp_suggest suggest;
    sp_suggest_begin_for(&suggest, loader->diags, id);
    for (size_t i = 0; i < loader->base->rules.len && !sp_suggest_over(loader->diags); i++)
        if (loader->base->rules.items[i].reading == SP_NONE)
            sp_suggest_offer(&suggest, loader->base->rules.items[i].id);
    sp_diag *diag = sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_READING, place,
                                 "the rule base has no rule '%.*s' to drop or replace", SP_STR(id));
    if (sp_suggest_best(&suggest).len > 0)
        sp_diag_hint(loader->diags, diag, "did you mean '%.*s'?", SP_STR(sp_suggest_best(&suggest)));
}

static void added_twice(sp_loader *loader, const sp_rule *rule, sp_place old)
{
    sp_diag *diag = sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_DUPLICATE, rule->place,
                                 "there is a rule '%.*s' already", SP_STR(rule->id));
    sp_diag_second(loader->diags, diag, old, "it stands here");
    sp_diag_hint(loader->diags, diag, "a reading that changes a rule has it under 'replace'");
}

static void check_replacements(sp_loader *loader, const sp_reading *reading, bool replace)
{
    sp_rulebase *base = loader->base;
    size_t count = replace ? reading->replace.len : reading->add.len;
    for (size_t i = 0; i < count; i++) {
        const sp_rule *rule = &base->rules
                                   .items[replace ? reading->replace.items[i] : reading->add.items[i]];
        uint32_t old = earlier_rule(base, reading, rule->id);
        if (replace && old == SP_NONE)
            unknown_rule(loader, rule->id, rule->place);
        else if (!replace && old != SP_NONE)
            added_twice(loader, rule, base->rules.items[old].place);
        else if (replace && base->rules.items[old].criterion != rule->criterion)
            sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_READING, rule->place,
                         "'%.*s' concludes another criterion than the rule it replaces", SP_STR(rule->id));
    }
}

static void unknown_reading(sp_loader *loader, const sp_reading *reading)
{
    sp_suggest suggest;
    sp_diag *diag = sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_READING, reading->extends_place,
                                 "'%.*s' extends '%.*s', which no file declares", SP_STR(reading->id),
                                 SP_STR(reading->extends));
    sp_suggest_begin_for(&suggest, loader->diags, reading->extends);
    for (size_t i = 0; i < loader->base->readings.len; i++)
        sp_suggest_offer(&suggest, loader->base->readings.items[i].id);
    if (sp_suggest_best(&suggest).len > 0)
        sp_diag_hint(loader->diags, diag, "did you mean '%.*s'?", SP_STR(sp_suggest_best(&suggest)));
}

static void resolve_readings(sp_loader *loader)
{
    sp_rulebase *base = loader->base;
    uint32_t defaults = 0;
    for (size_t i = 0; i < base->readings.len; i++) {
        sp_reading *reading = &base->readings.items[i];
        uint32_t same = sp_rulebase_reading(base, reading->id);
        if (same != i)
            duplicate(loader->diags, "the reading", reading->id, base->readings.items[same].place,
                      reading->place);
        if (reading->extends.len > 0) {
            reading->base = sp_rulebase_reading(base, reading->extends);
            if (reading->base == SP_NONE)
                unknown_reading(loader, reading);
        }
        if (reading->is_default && ++defaults == 2)
            sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_READING, reading->place,
                         "two readings say that they are the default");
    }
    for (size_t i = 0; i < base->readings.len; i++) {
        uint32_t at = (uint32_t)i;
        for (size_t hops = 0; at != SP_NONE; hops++) {
            if (hops > base->readings.len) {
                sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_READING,
                             base->readings.items[i].extends_place, "'%.*s' extends itself",
                             SP_STR(base->readings.items[i].id));
                base->readings.items[i].base = SP_NONE;
                break;
            }
            at = base->readings.items[at].base;
        }
    }
    for (size_t i = 0; i < base->readings.len; i++) {
        const sp_reading *reading = &base->readings.items[i];
        for (size_t d = 0; d < reading->drop.count; d++)
            if (earlier_rule(base, reading, reading->drop.items[d]) == SP_NONE)
                unknown_rule(loader, reading->drop.items[d], reading->drop.places[d]);
        check_replacements(loader, reading, true);
        check_replacements(loader, reading, false);
    }
    if (base->readings.len > 0 && defaults == 0)
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_READING, base->readings.items[0].place,
                     "no reading says `default: yes`");
}

static void check_citations(sp_loader *loader, const sp_names *authority)
{
    for (size_t i = 0; i < authority->count; i++)
        if (sp_rulebase_authority(loader->base, authority->items[i]) == NULL)
            sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_UNKNOWN_AUTHORITY, authority->places[i],
                         "'%.*s' begins with no declared authority", SP_STR(authority->items[i]));
}

static void check_vocab(sp_loader *loader)
{
    sp_vocab *vocab = &loader->base->vocab;
    for (size_t i = 0; i < vocab->facts.len; i++)
        check_citations(loader, &vocab->facts.items[i].presumption.authority);
    bool *concluded = SP_NEW_ARRAY(&loader->base->arena, bool, vocab->criteria.len);
    if (concluded == NULL)
        return;
    for (size_t i = 0; i < loader->base->rules.len; i++)
        concluded[loader->base->rules.items[i].criterion] = true;
    for (size_t i = 0; i < vocab->criteria.len; i++) {
        const sp_criterion *criterion = &vocab->criteria.items[i];
        check_citations(loader, &criterion->presumption.authority);
        /* broken rules have been reported, and would be reported twice as missing */
        if (!concluded[i] && loader->diags->errors == 0)
            sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_NO_RULE, criterion->place,
                         "no rule concludes '%.*s'", SP_STR(criterion->name));
    }
}

static void check_literal(sp_loader *loader, const sp_cond *cond, const sp_operand *operand)
{
    const sp_facts *world = &loader->base->world;
    if (operand->kind != SP_OPERAND_LITERAL || operand->type.kind != SP_ENTITY)
        return;
    const sp_table *t = &world->tables[operand->type.index];
    if (t->rows == 0 || sp_intern_find(&world->ids[operand->type.index], operand->text) != SP_NONE)
        return;
    sp_suggest suggest;
    sp_diag *diag = sp_diags_add(
        loader->diags, SP_ERROR, SP_DIAG_UNKNOWN_ID, cond->place, "the world has no %.*s '%.*s'",
        SP_STR(loader->base->vocab.entities.items[operand->type.index].name), SP_STR(operand->text));
    sp_suggest_begin_for(&suggest, loader->diags, operand->text);
    for (uint32_t i = 0; i < t->rows && !sp_suggest_over(loader->diags); i++)
        sp_suggest_offer(&suggest, sp_facts_row_id(world, operand->type.index, i));
    if (sp_suggest_best(&suggest).len > 0)
        sp_diag_hint(loader->diags, diag, "did you mean '%.*s'?", SP_STR(sp_suggest_best(&suggest)));
}

/* References written in rules must be of something the world knows, if it knows any. */
static void check_literals(sp_loader *loader, const sp_cond *cond)
{
    for (uint32_t i = 0; i < cond->right_count; i++)
        check_literal(loader, cond, &cond->right[i]);
    for (uint32_t i = 0; i < cond->part_count; i++)
        check_literals(loader, cond->parts[i]);
    for (uint32_t i = 0; i < cond->unless_count; i++)
        check_literals(loader, cond->unless[i]);
    if (cond->where != NULL)
        check_literals(loader, cond->where);
    if (cond->body != NULL)
        check_literals(loader, cond->body);
}

/* Which facts have values that the world says were found at some time. */
static void mark_dated(sp_rulebase *base)
{
    const sp_facts *world = &base->world;
    for (size_t f = 0; f < base->vocab.facts.len; f++) {
        sp_fact *fact = &base->vocab.facts.items[f];
        for (uint32_t row = 0; fact->role == SP_FACT_STATED && row < world->tables[fact->entity].rows;
             row++) {
            uint32_t count;
            sp_date found;
            const sp_cell *said = sp_facts_assertions(
                world, sp_facts_cell(world, fact->entity, row, fact->column), &count);
            for (uint32_t i = 0; i < count; i++)
                fact->dated |= sp_facts_found(world, &said[i], &found);
        }
    }
}

static surplace_status read_world(sp_loader *loader, const tree_list *files)
{
    sp_rulebase *base = loader->base;
    sp_yaml_tree *trees = SP_NEW_ARRAY(&base->arena, sp_yaml_tree, files->len);
    if (trees == NULL || !sp_facts_init(&base->world, &base->vocab, NULL))
        return SURPLACE_NO_MEMORY;
    for (size_t i = 0; i < files->len; i++)
        trees[i] = *files->items[i];
    sp_case_reader reader = {.vocab = &base->vocab, .facts = &base->world, .diags = loader->diags};
    surplace_status status = sp_read_world(&reader, trees, files->len);
    if (status == SURPLACE_OK)
        mark_dated(base);
    return status;
}

/* What memory was short of in one phase must not be taken for absent in the next. */
static bool ran_out(sp_loader *loader)
{
    loader->diags->failed |= loader->base->arena.failed || loader->base->vocab.arena.failed;
    return loader->diags->failed;
}

static surplace_status read_phases(sp_loader *loader, tree_list files[SP_FILE_KINDS])
{
    sp_vocab *vocab = &loader->base->vocab;
    for (size_t i = 0; i < files[SP_FILE_VOCABULARY].len; i++)
        sp_read_vocab_names(loader, files[SP_FILE_VOCABULARY].items[i]);
    if (ran_out(loader))
        return SURPLACE_NO_MEMORY;
    if (vocab->entities.len == 0) {
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_HEADER, (sp_place){0},
                     "the rule base has no vocabulary file");
        return SURPLACE_INVALID;
    }
    for (size_t i = 0; i < files[SP_FILE_VOCABULARY].len; i++)
        sp_read_vocab_members(loader, files[SP_FILE_VOCABULARY].items[i]);
    if (ran_out(loader))
        return SURPLACE_NO_MEMORY;
    sp_finish_vocab(loader);
    for (size_t i = 0; i < files[SP_FILE_AUTHORITIES].len; i++)
        sp_read_authorities_file(loader, files[SP_FILE_AUTHORITIES].items[i]);
    for (size_t i = 0; i < files[SP_FILE_PASSAGES].len; i++)
        sp_read_passages_file(loader, files[SP_FILE_PASSAGES].items[i]);
    if (ran_out(loader))
        return SURPLACE_NO_MEMORY;
    sort_sources(loader);
    for (size_t i = 0; i < files[SP_FILE_RULES].len; i++)
        sp_read_rules_file(loader, files[SP_FILE_RULES].items[i]);
    for (size_t i = 0; i < files[SP_FILE_READING].len; i++)
        sp_read_reading_file(loader, files[SP_FILE_READING].items[i]);
    if (ran_out(loader))
        return SURPLACE_NO_MEMORY;
    sort_rules(loader);
    resolve_readings(loader);
    if (ran_out(loader) || read_world(loader, &files[SP_FILE_WORLD]) == SURPLACE_NO_MEMORY)
        return SURPLACE_NO_MEMORY;
    check_vocab(loader);
    for (size_t i = 0; i < loader->base->rules.len; i++)
        check_literals(loader, loader->base->rules.items[i].condition);
    return ran_out(loader) ? SURPLACE_NO_MEMORY : SURPLACE_OK;
}

surplace_status sp_read_rulebase(sp_rulebase *base, const sp_yaml_tree *trees, size_t count,
                                 sp_diags *diags)
{
    sp_loader loader = {base, diags};
    tree_list files[SP_FILE_KINDS] = {0};
    bool room = true;
    for (size_t i = 0; i < count; i++) {
        sp_file_kind kind = sp_read_header(&trees[i], diags);
        if (kind == SP_FILE_CASE)
            sp_diags_add(diags, SP_ERROR, SP_DIAG_HEADER, sp_yaml_place(&trees[i], 0),
                         "a case file stands among the rules");
        else if (kind != SP_FILE_KINDS)
            room &= SP_VEC_PUSH(&files[kind], &trees[i]);
    }
    surplace_status status = room ? read_phases(&loader, files) : SURPLACE_NO_MEMORY;
    for (size_t i = 0; i < SP_FILE_KINDS; i++)
        SP_VEC_FREE(&files[i]);
    if (status != SURPLACE_NO_MEMORY && diags->errors > 0)
        status = diags->limits > 0 ? SURPLACE_LIMIT : SURPLACE_INVALID;
    return status;
}
