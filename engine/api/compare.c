#define _POSIX_C_SOURCE 200809L /* open */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "api/paths.h"
#include "render/compare_log.h"
#include "surplace/limits.h"
#include "text/folder.h"

/* Something that a case is evaluated under: a law, and with which rule base its facts are read. */
struct lane {
    surplace_law *law;
    sp_run run;
    sp_explainer ex;
    bool ready; /* the run has been initialised */
};

/* A case that was read, to be looked at when all are there. */
struct taken {
    uint32_t batch, case_index;
};

struct surplace_comparison {
    const surplace_rules *rules[2]; /* the second: of two rule bases, else NULL */
    surplace_diagnostics *diagnostics;
    surplace_compare_options options;
    sp_str *set;
    struct lane *lanes; /* by column; of two cases under one law too, since both are looked at together */
    size_t lane_count;
    SP_VEC(sp_facts *) batches[2]; /* of the input at hand (of two cases: of all), by rule base */
    SP_VEC(struct taken) cases[2];
    sp_facts facts; /* readings: the batch at hand */
    sp_compare_log log;
    size_t verdicts;
    sp_buf text; /* an input that is read twice */
};

/* --- lanes --- */

static const char *reading_name(const struct surplace_comparison *c, size_t index)
{
    if (c->options.reading_count > 0)
        return c->options.readings[index];
    const sp_rulebase *base = &c->rules[0]->base;
    uint32_t standard = sp_rulebase_default_reading(base);
    if (c->options.what != SURPLACE_COMPARE_READINGS)
        return NULL;
    if (index == 0 && standard != SP_NONE)
        return base->readings.items[standard].id_text;
    /* those before the default one move up by one place */
    size_t before = standard != SP_NONE && index <= standard ? index - 1 : index;
    return base->readings.len > 0 ? base->readings.items[before].id_text : NULL;
}

static surplace_status open_lane(struct surplace_comparison *c, size_t index)
{
    struct lane *lane = &c->lanes[index];
    bool other = c->options.what == SURPLACE_COMPARE_RULES && index == 1;
    size_t reading = c->options.what == SURPLACE_COMPARE_READINGS ? index : 0;
    surplace_status status = surplace_law_compile(c->rules[other], reading_name(c, reading), c->diagnostics,
                                                  &lane->law);
    if (status != SURPLACE_OK)
        return status;
    lane->ready = true;
    lane->ex.base = lane->law->net.base;
    return sp_run_init(&lane->run, &lane->law->net, !c->options.no_presumptions) ? SURPLACE_OK
                                                                                 : SURPLACE_NO_MEMORY;
}

static size_t lanes_wanted(const struct surplace_comparison *c)
{
    if (c->options.what != SURPLACE_COMPARE_READINGS)
        return 2;
    if (c->options.reading_count > 0)
        return c->options.reading_count;
    size_t all = c->rules[0]->base.readings.len;
    return all > 0 ? all : 1;
}

static void name_column(struct surplace_comparison *c, size_t index)
{
    sp_compare_column *column = &c->log.columns[index];
    const sp_network *net = &c->lanes[index].law->net;
    const sp_reading *reading = net->reading != SP_NONE ? &net->base->readings.items[net->reading] : NULL;
    if (c->options.what == SURPLACE_COMPARE_CASES) {
        column->id = index == 0 ? SP_LIT("first") : SP_LIT("second");
    } else if (c->options.what == SURPLACE_COMPARE_RULES) {
        column->id = sp_str_from(index == 0 ? c->options.name : c->options.against_name);
        column->title = reading != NULL ? reading->id : SP_LIT("none");
    } else {
        column->id = reading != NULL ? reading->id : SP_LIT("none");
        column->title = reading != NULL ? reading->title : SP_EMPTY;
    }
}

static int compare_names(const void *a, const void *b)
{
    return sp_str_cmp(*(const sp_str *)a, *(const sp_str *)b);
}

/* The criterion of that entity and name in another vocabulary, or SP_NONE. */
static uint32_t same_criterion(const sp_vocab *from, uint32_t criterion, const sp_vocab *to)
{
    const sp_criterion *c = &from->criteria.items[criterion];
    sp_member member;
    uint32_t entity = sp_intern_find(&to->entity_names, from->entities.items[c->entity].name);
    if (entity == SP_NONE || !sp_vocab_member(to, entity, c->name, &member) ||
        member.kind != SP_MEMBER_CRITERION)
        return SP_NONE;
    const sp_criterion *other = &to->criteria.items[member.index];
    if ((c->with == SP_NONE) != (other->with == SP_NONE))
        return SP_NONE;
    bool same = c->with == SP_NONE ||
                sp_str_eq(from->entities.items[c->with].name, to->entities.items[other->with].name);
    return same ? member.index : SP_NONE;
}

static surplace_status list_unmatched(struct surplace_comparison *c)
{
    for (int side = 0; side < 2; side++) {
        const sp_vocab *own = &c->rules[side]->base.vocab, *other = &c->rules[!side]->base.vocab;
        for (uint32_t i = 0; i < own->criteria.len; i++) {
            sp_buf b = {0};
            if (same_criterion(own, i, other) != SP_NONE)
                continue;
            sp_criterion_name_add(&b, own, i);
            sp_str name = sp_arena_dup(&c->log.arena, sp_buf_str(&b));
            c->log.failed |= b.failed || c->log.arena.failed || !SP_VEC_PUSH(&c->log.only[side], name);
            sp_buf_clear(&b);
        }
        if (c->log.only[side].len > 1)
            qsort(c->log.only[side].items, c->log.only[side].len, sizeof(sp_str), compare_names);
    }
    return c->log.failed ? SURPLACE_NO_MEMORY : SURPLACE_OK;
}

static surplace_status open_lanes(struct surplace_comparison *c)
{
    static const sp_compare_kind kinds[] = {SP_COMPARE_READINGS, SP_COMPARE_CASES, SP_COMPARE_RULES};
    size_t wanted = lanes_wanted(c);
    surplace_status worst = SURPLACE_OK;
    c->lanes = calloc(wanted, sizeof *c->lanes);
    c->log.columns = SP_NEW_ARRAY(&c->log.arena, sp_compare_column, wanted);
    c->set = calloc(c->options.set_count + 1, sizeof *c->set);
    if (c->lanes == NULL || c->set == NULL || c->log.columns == NULL)
        return SURPLACE_NO_MEMORY;
    c->lane_count = c->log.column_count = wanted;
    c->log.kind = kinds[c->options.what];
    c->log.style.redact = c->options.redact;
    for (size_t i = 0; i < c->options.set_count; i++)
        c->set[i] = sp_str_from(c->options.set[i]);
    for (size_t i = 0; i < wanted && worst != SURPLACE_NO_MEMORY; i++) {
        surplace_status status = open_lane(c, i);
        if (status == SURPLACE_OK)
            name_column(c, i);
        else
            worst = status;
    }
    if (worst == SURPLACE_OK && c->options.what == SURPLACE_COMPARE_RULES)
        worst = list_unmatched(c);
    return worst;
}

surplace_status surplace_comparison_new(const surplace_rules *rules,
                                        const surplace_compare_options *options, surplace_diagnostics *d,
                                        surplace_comparison **out)
{
    static const surplace_compare_options plain = {0};
    *out = NULL;
    if (options == NULL)
        options = &plain;
    if (options->what == SURPLACE_COMPARE_RULES && options->against == NULL)
        return SURPLACE_MISUSE;
    size_t before = sp_shortages();
    struct surplace_comparison *c = calloc(1, sizeof *c);
    if (c == NULL)
        return sp_settled(d, before, SURPLACE_NO_MEMORY);
    c->rules[0] = rules;
    c->rules[1] = options->what == SURPLACE_COMPARE_RULES ? options->against : NULL;
    c->diagnostics = d;
    c->options = *options;
    surplace_status status = sp_settled(d, before, open_lanes(c));
    if (status == SURPLACE_OK)
        *out = c;
    else
        surplace_comparison_free(c);
    return status;
}

static void forget_cases(struct surplace_comparison *c)
{
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < c->batches[side].len; i++) {
            sp_facts_free(c->batches[side].items[i]);
            free(c->batches[side].items[i]);
        }
        c->batches[side].len = c->cases[side].len = 0;
    }
}

void surplace_comparison_free(surplace_comparison *c)
{
    if (c == NULL)
        return;
    for (size_t i = 0; i < c->lane_count; i++) {
        if (c->lanes[i].ready) {
            sp_explainer_free(&c->lanes[i].ex);
            sp_run_free(&c->lanes[i].run);
        }
        surplace_law_free(c->lanes[i].law);
    }
    forget_cases(c);
    for (int side = 0; side < 2; side++) {
        SP_VEC_FREE(&c->batches[side]);
        SP_VEC_FREE(&c->cases[side]);
    }
    if (c->text.cap > 0)
        sp_wipe(c->text.data, c->text.cap);
    sp_buf_clear(&c->text);
    sp_compare_log_free(&c->log);
    free(c->lanes);
    free(c->set);
    free(c);
}

/* --- the verdicts of a case, in all columns --- */

/* Where a column has a row of another: in a case of its own it is found by its address. */
struct match {
    const sp_facts *facts[2];
    uint32_t case_index[2];
    bool *
        lone; /* by entity of the first: each case has one of its rows alone, which then are matched whatever they are called */
};

static uint32_t same_entity(const struct match *m, uint32_t entity)
{
    return sp_intern_find(&m->facts[1]->vocab->entity_names,
                          m->facts[0]->vocab->entities.items[entity].name);
}

static uint32_t row_count(const struct match *m, int side, uint32_t entity)
{
    const sp_table *t = &m->facts[side]->tables[entity];
    return t->first[m->case_index[side] + 1] - t->first[m->case_index[side]];
}

/* Rows that the world knows, such as States, have names that mean the same everywhere. */
static bool known_to_world(const sp_facts *facts, uint32_t entity)
{
    return facts->world != NULL && facts->world->tables[entity].rows > 0;
}

static void find_lone(struct match *m)
{
    const sp_vocab *vocab = m->facts[0]->vocab;
    for (uint32_t e = 0; e < vocab->entities.len; e++) {
        uint32_t other = same_entity(m, e);
        m->lone[e] = other != SP_NONE && vocab->entities.items[e].collection.len > 0 &&
                     !known_to_world(m->facts[0], e) && row_count(m, 0, e) == 1 &&
                     row_count(m, 1, other) == 1;
    }
}

/* The row of the second case that is the same as a row of the first, or SP_NONE. */
static uint32_t matching_row(const struct match *m, uint32_t entity, uint32_t row)
{
    const sp_entity *e = &m->facts[0]->vocab->entities.items[entity];
    uint32_t other = same_entity(m, entity), owner = SP_NONE;
    if (other == SP_NONE)
        return SP_NONE;
    const sp_table *t = &m->facts[1]->tables[other];
    uint32_t first = t->first[m->case_index[1]], end = t->first[m->case_index[1] + 1];
    if (entity == SP_CASE_ENTITY || m->lone[entity])
        return first;
    if (e->facet_of != SP_NONE)
        return matching_row(m, e->facet_of, row);
    if (e->owner != SP_NONE) {
        owner = matching_row(m, e->owner, m->facts[0]->tables[entity].owner[row]);
        if (owner == SP_NONE)
            return SP_NONE;
    }
    sp_str id = sp_facts_row_id(m->facts[0], entity, row);
    for (uint32_t i = first; i < end; i++)
        if ((e->owner == SP_NONE || t->owner[i] == owner) &&
            sp_str_eq(sp_facts_row_id(m->facts[1], other, i), id))
            return i;
    return SP_NONE;
}

/* The same verdict in the second: its result; false if it has none. */
static bool matching_result(const struct match *m, const sp_run *run, const sp_result *result,
                            sp_result *found)
{
    const sp_criterion *c = &m->facts[0]->vocab->criteria.items[result->criterion];
    *found = (sp_result){.with_row = SP_NONE};
    found->criterion = same_criterion(m->facts[0]->vocab, result->criterion, m->facts[1]->vocab);
    if (found->criterion == SP_NONE)
        return false;
    found->entity_row = matching_row(m, c->entity, result->entity_row);
    if (c->with != SP_NONE)
        found->with_row = matching_row(m, c->with, result->with_row);
    if (found->entity_row == SP_NONE || (c->with != SP_NONE && found->with_row == SP_NONE))
        return false;
    found->row = sp_rows_root_row(&run->rows, run->net->root_frames[found->criterion], found->entity_row,
                                  found->with_row);
    found->state = sp_run_state(run, run->net->criterion_nodes[found->criterion], found->row);
    return true;
}

static void note_column(struct surplace_comparison *c, sp_compare_row *row, const sp_result *first,
                        const sp_result *other, size_t column)
{
    sp_explainer *a = &c->lanes[0].ex, *b = &c->lanes[column].ex;
    row->states[column] = (uint8_t)other->state;
    if (other->state == first->state)
        return;
    row->differs = true;
    sp_why why = sp_why_criterion(a, first->criterion, first->row);
    sp_why other_why = sp_why_criterion(b, other->criterion, other->row);
    sp_compare_log_part(&c->log, a, b, &why, &other_why, column);
}

/* One case under all readings: rows and criteria are the same everywhere. */
static surplace_status compare_readings(struct surplace_comparison *c, uint32_t case_index, sp_str file)
{
    sp_arena arena = {0};
    sp_results results = {0};
    bool listed = sp_results_of_case(&c->lanes[0].ex, case_index, &arena, &results);
    sp_compare_log_case(&c->log, sp_facts_span(&c->facts, c->facts.cases[case_index].name), file);
    c->log.failed |= !listed;
    for (size_t i = 0; i < results.len && !c->log.failed; i++) {
        sp_result *first = &results.items[i];
        sp_compare_row *row = sp_compare_log_row(&c->log, &c->lanes[0].ex, first);
        for (size_t k = 0; k < c->lane_count && row != NULL; k++) {
            sp_result other = *first;
            const sp_run *run = &c->lanes[k].run;
            other.row = sp_rows_root_row(&run->rows, run->net->root_frames[first->criterion],
                                         first->entity_row, first->with_row);
            other.state = sp_run_state(run, run->net->criterion_nodes[first->criterion], other.row);
            note_column(c, row, first, &other, k);
        }
    }
    c->verdicts += results.len;
    SP_VEC_FREE(&results);
    sp_arena_free(&arena);
    return c->log.failed ? SURPLACE_NO_MEMORY : SURPLACE_OK;
}

static surplace_status over_limit(struct surplace_comparison *c, const sp_input *input, const char *what)
{
    sp_diags_add(&c->diagnostics->list, SP_ERROR, SP_DIAG_LIMIT, (sp_place){.input = input},
                 "evaluation stopped: too much work (limit: %s)", what);
    return SURPLACE_LIMIT;
}

static surplace_status run_lane(struct surplace_comparison *c, size_t index, const sp_facts *facts,
                                const sp_input *input)
{
    const char *what;
    struct lane *lane = &c->lanes[index];
    lane->ex.run = &lane->run;
    surplace_status status = sp_run_batch(&lane->run, facts, &what);
    return status == SURPLACE_LIMIT ? over_limit(c, input, what) : status;
}

static surplace_status compare_batch(struct surplace_comparison *c, const sp_input *input)
{
    surplace_status status = SURPLACE_OK;
    for (size_t i = 0; i < c->lane_count && status == SURPLACE_OK; i++)
        status = run_lane(c, i, &c->facts, input);
    for (uint32_t k = 0; k < c->facts.case_count && status == SURPLACE_OK; k++)
        status = compare_readings(c, k, input->name);
    return status;
}

/* --- two cases --- */

static const sp_result *unmatched(const bool *matched, const sp_results *results, size_t *at)
{
    while (*at < results->len && matched[*at])
        ++*at;
    return *at < results->len ? &results->items[(*at)++] : NULL;
}

static size_t index_of(const sp_results *results, const sp_result *result)
{
    for (size_t i = 0; i < results->len; i++)
        if (results->items[i].criterion == result->criterion && results->items[i].row == result->row)
            return i;
    return SIZE_MAX;
}

static void compare_results(struct surplace_comparison *c, const struct match *m, const sp_results *first,
                            const sp_results *second, bool *matched)
{
    const sp_result *rest;
    size_t at = 0;
    for (size_t i = 0; i < first->len && !c->log.failed; i++) {
        sp_result other;
        sp_compare_row *row = sp_compare_log_row(&c->log, &c->lanes[0].ex, &first->items[i]);
        if (row == NULL)
            return;
        row->states[0] = (uint8_t)first->items[i].state;
        row->states[1] = SP_COMPARE_ABSENT;
        if (!matching_result(m, &c->lanes[1].run, &first->items[i], &other))
            continue;
        size_t index = index_of(second, &other);
        if (index != SIZE_MAX)
            matched[index] = true;
        note_column(c, row, &first->items[i], &other, 1);
    }
    while (!c->log.failed && (rest = unmatched(matched, second, &at)) != NULL) {
        sp_compare_row *row = sp_compare_log_row(&c->log, &c->lanes[1].ex, rest);
        if (row == NULL)
            return;
        row->states[0] = SP_COMPARE_ABSENT;
        row->states[1] = (uint8_t)rest->state;
    }
}

/* A case in the first lane and a case in the second. Both lanes have been run. */
static surplace_status compare_two(struct surplace_comparison *c, struct match *m)
{
    sp_arena arena = {0};
    sp_results results[2] = {{0}, {0}};
    m->lone = SP_NEW_ARRAY(&arena, bool, m->facts[0]->vocab->entities.len);
    bool good = m->lone != NULL;
    for (int side = 0; side < 2 && good; side++)
        good = sp_results_of_case(&c->lanes[side].ex, m->case_index[side], &arena, &results[side]);
    bool *matched = SP_NEW_ARRAY(&arena, bool, results[1].len);
    if (good && matched != NULL) {
        find_lone(m);
        compare_results(c, m, &results[0], &results[1], matched);
    }
    c->verdicts += results[0].len;
    c->log.failed |= !good || matched == NULL;
    SP_VEC_FREE(&results[0]);
    SP_VEC_FREE(&results[1]);
    sp_arena_free(&arena);
    return c->log.failed ? SURPLACE_NO_MEMORY : SURPLACE_OK;
}

static sp_str case_name(const struct match *m, int side)
{
    return sp_facts_span(m->facts[side], m->facts[side]->cases[m->case_index[side]].name);
}

static struct match match_of(const struct surplace_comparison *c, int side_of_second, size_t first,
                             size_t second)
{
    const struct taken *a = &c->cases[0].items[first], *b = &c->cases[side_of_second].items[second];
    return (struct match){
        .facts = {c->batches[0].items[a->batch], c->batches[side_of_second].items[b->batch]},
        .case_index = {a->case_index, b->case_index}};
}

/* --- reading --- */

/* Keeps what a stream holds, for one of the rule bases. */
static surplace_status take_cases(struct surplace_comparison *c, int side, surplace_cases *cases)
{
    surplace_status worst = SURPLACE_OK;
    while (!cases->over) {
        sp_facts *facts = calloc(1, sizeof *facts);
        const sp_rulebase *base = &c->rules[side]->base;
        if (facts == NULL || !sp_facts_init(facts, &base->vocab, &base->world) ||
            !SP_VEC_PUSH(&c->batches[side], facts)) {
            if (facts != NULL)
                sp_facts_free(facts);
            free(facts);
            return SURPLACE_NO_MEMORY;
        }
        surplace_status status = sp_cases_read_batch(cases, facts, c->set, c->options.set_count);
        if (status != SURPLACE_OK)
            worst = status;
        if (status != SURPLACE_OK && status != SURPLACE_INVALID)
            return status;
        for (uint32_t i = 0; i < facts->case_count; i++)
            if (!SP_VEC_PUSH(&c->cases[side], (struct taken){(uint32_t)c->batches[side].len - 1, i}))
                return SURPLACE_NO_MEMORY;
    }
    return worst;
}

/* Each batch is evaluated and forgotten. */
static surplace_status read_readings(struct surplace_comparison *c, surplace_cases *cases)
{
    surplace_status worst = SURPLACE_OK;
    const sp_rulebase *base = &c->rules[0]->base;
    if (!sp_facts_init(&c->facts, &base->vocab, &base->world))
        worst = SURPLACE_NO_MEMORY;
    while (!cases->over && (worst == SURPLACE_OK || worst == SURPLACE_INVALID)) {
        surplace_status status = sp_cases_read_batch(cases, &c->facts, c->set, c->options.set_count);
        if ((status == SURPLACE_OK || status == SURPLACE_INVALID) && c->facts.case_count > 0) {
            surplace_status compared = compare_batch(c, cases->input);
            status = compared != SURPLACE_OK ? compared : status;
        }
        worst = status != SURPLACE_OK ? status : worst;
    }
    sp_facts_free(&c->facts);
    return worst;
}

static surplace_status no_case(struct surplace_comparison *c, const sp_input *input)
{
    sp_diags_add(&c->diagnostics->list, SP_ERROR, SP_DIAG_EMPTY, (sp_place){.input = input},
                 "there is no case in it");
    return SURPLACE_INVALID;
}

static surplace_status read_stream(struct surplace_comparison *c, int side, const char *name,
                                   surplace_format format, surplace_read_fn read, void *context)
{
    surplace_cases *cases;
    size_t before = c->log.cases.len + c->cases[side].len;
    surplace_status status = surplace_cases_open(c->rules[side], name, format, read, context,
                                                 c->diagnostics, &cases);
    if (status != SURPLACE_OK)
        return status;
    status = c->options.what == SURPLACE_COMPARE_READINGS ? read_readings(c, cases)
                                                          : take_cases(c, side, cases);
    if (status == SURPLACE_OK && c->log.cases.len + c->cases[side].len == before)
        status = no_case(c, cases->input);
    surplace_cases_close(cases);
    return status;
}

/* --- two rule bases --- */

struct memory {
    sp_str text;
    size_t at;
};

static ptrdiff_t read_memory(void *context, char *buffer, size_t capacity)
{
    struct memory *m = context;
    size_t rest = m->text.len - m->at, part = rest < capacity ? rest : capacity;
    if (part > 0)
        memcpy(buffer, m->text.ptr + m->at, part);
    m->at += part;
    return (ptrdiff_t)part;
}

/* The whole of an input, which is read under both rule bases. */
static surplace_status load(struct surplace_comparison *c, const char *name, surplace_read_fn read,
                            void *context)
{
    sp_input *input = sp_paths_input(name, c->diagnostics);
    sp_buf_reset(&c->text);
    return input == NULL ? SURPLACE_NO_MEMORY
                         : sp_read_all(read, context, input, &c->text, &c->diagnostics->list);
}

static surplace_status compare_taken(struct surplace_comparison *c, const char *name)
{
    surplace_status status = SURPLACE_OK;
    const sp_facts *before[2] = {NULL, NULL};
    sp_input input = {.name = sp_arena_dup(&c->diagnostics->arena, sp_str_from(name))};
    for (size_t i = 0; i < c->cases[0].len && status == SURPLACE_OK; i++) {
        struct match m = match_of(c, 1, i, i);
        for (size_t side = 0; side < 2 && status == SURPLACE_OK; side++)
            if (m.facts[side] != before[side]) {
                status = run_lane(c, side, m.facts[side], &input);
                before[side] = m.facts[side];
            }
        if (status != SURPLACE_OK)
            break;
        sp_compare_log_case(&c->log, case_name(&m, 0), input.name);
        status = c->log.failed ? SURPLACE_NO_MEMORY : compare_two(c, &m);
    }
    return status;
}

static surplace_status read_rules(struct surplace_comparison *c, const char *name, surplace_format format,
                                  surplace_read_fn read, void *context)
{
    sp_buf other = {0};
    surplace_status status = load(c, name, read, context), second = SURPLACE_OK;
    if (status != SURPLACE_OK)
        return status;
    struct memory memory = {sp_buf_str(&c->text), 0};
    status = read_stream(c, 0, name, format, read_memory, &memory);
    /* a fault of the file under the other vocabulary must not look like one under the first */
    sp_buf_printf(&other, "%s (read with the rules %s)", name, c->options.against_name);
    sp_buf_add_char(&other, '\0');
    memory.at = 0;
    if (status == SURPLACE_OK)
        second = other.failed ? SURPLACE_NO_MEMORY
                              : read_stream(c, 1, other.data, format, read_memory, &memory);
    sp_buf_clear(&other);
    if (status == SURPLACE_OK && second == SURPLACE_OK)
        status = compare_taken(c, name);
    forget_cases(c);
    return status != SURPLACE_OK ? status : second;
}

surplace_status surplace_comparison_read(surplace_comparison *c, const char *name, surplace_format format,
                                         surplace_read_fn read, void *context)
{
    size_t before = sp_shortages();
    surplace_status status = c->options.what == SURPLACE_COMPARE_RULES
                                 ? read_rules(c, name, format, read, context)
                                 : read_stream(c, 0, name, format, read, context);
    return sp_settled(c->diagnostics, before, status);
}

/* An sp_file_fn. */
static surplace_status read_file(void *context, const char *path, size_t index, size_t count)
{
    surplace_comparison *c = context;
    (void)index;
    (void)count;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return sp_paths_unreadable(path, errno, c->diagnostics);
    surplace_status status = surplace_comparison_read(c, path, sp_paths_format(path), sp_read_descriptor,
                                                      &descriptor);
    close(descriptor);
    return status;
}

surplace_status surplace_comparison_path(surplace_comparison *c, const char *path)
{
    size_t before = sp_shortages();
    surplace_status status = sp_paths_each(path, c->diagnostics, read_file, c);
    return sp_settled(c->diagnostics, before, status);
}

static surplace_status finish(struct surplace_comparison *c)
{
    if (c->options.what != SURPLACE_COMPARE_CASES)
        return SURPLACE_OK;
    if (c->cases[0].len != 2) {
        sp_diags_add(&c->diagnostics->list, SP_ERROR, SP_DIAG_USAGE, (sp_place){0},
                     "two cases are to be compared, and there %s %zu", c->cases[0].len == 1 ? "is" : "are",
                     c->cases[0].len);
        return SURPLACE_INVALID;
    }
    struct match m = match_of(c, 0, 0, 1);
    sp_input input = {.name = case_name(&m, 0)};
    surplace_status status = run_lane(c, 0, m.facts[0], &input);
    if (status == SURPLACE_OK)
        status = run_lane(c, 1, m.facts[1], &input);
    for (int side = 0; side < 2; side++)
        c->log.columns[side].title = c->options.redact ? SP_LIT("[case]")
                                                       : sp_arena_dup(&c->log.arena, case_name(&m, side));
    sp_compare_log_case(&c->log, case_name(&m, 0), SP_EMPTY);
    if (c->log.failed)
        return SURPLACE_NO_MEMORY;
    return status == SURPLACE_OK ? compare_two(c, &m) : status;
}

surplace_status surplace_comparison_finish(surplace_comparison *c)
{
    size_t before = sp_shortages();
    return sp_settled(c->diagnostics, before, finish(c));
}

/* --- results --- */

void surplace_comparison_summary(const surplace_comparison *c, surplace_compare_summary *out)
{
    *out = (surplace_compare_summary){.cases = c->log.cases.len,
                                      .verdicts = c->verdicts,
                                      .differences = sp_compare_differences(&c->log),
                                      .unmatched = c->log.only[0].len + c->log.only[1].len};
}

surplace_status surplace_render_comparison(surplace_comparison *c, surplace_compare_output output,
                                           const surplace_style *style, bool all, surplace_write_fn write,
                                           void *context)
{
    static void (*const reports[])(const sp_compare_log *, bool,
                                   sp_buf *) = {[SURPLACE_COMPARE_TEXT] = sp_compare_text,
                                                [SURPLACE_COMPARE_MARKDOWN] = sp_compare_markdown,
                                                [SURPLACE_COMPARE_CSV] = sp_compare_csv,
                                                [SURPLACE_COMPARE_JSON] = sp_compare_json};
    sp_buf b = {0};
    if (style != NULL) {
        c->log.style.width = style->width;
        c->log.style.colour = style->colour;
    }
    size_t before = sp_shortages();
    reports[output](&c->log, all, &b);
    surplace_status status = sp_hand_over(&b, before, write, context);
    sp_buf_clear(&b);
    return status;
}
