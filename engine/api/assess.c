#include <stdio.h>
#include <string.h>

#include "api/handles.h"
#include "read/expect.h"
#include "read/what_if.h"

/* Cases past this many rows in one table close a batch early: what is shared by 64 small cases need not be held for
 * 64 huge ones. */
#define BATCH_ROWS 16384u

surplace_status surplace_cases_open(const surplace_rules *rules, const char *name, surplace_format format,
                                    surplace_read_fn read, void *context, surplace_diagnostics *d,
                                    surplace_cases **out)
{
    static const sp_format formats[] = {SP_FORMAT_YAML, SP_FORMAT_JSON, SP_FORMAT_JSONL};
    size_t before = sp_shortages();
    *out = NULL;
    surplace_cases *cases = calloc(1, sizeof *cases);
    sp_input *input = SP_NEW(&d->arena, sp_input);
    if (cases == NULL || input == NULL) {
        free(cases);
        return sp_settled(d, before, SURPLACE_NO_MEMORY);
    }
    *input = (sp_input){.name = sp_arena_dup(&d->arena, sp_str_from(name)), .confidential = true};
    *cases = (surplace_cases){.rules = rules, .diagnostics = d, .input = input};
    cases->documents = sp_doc_reader_new(input, formats[format], read, context, &d->list);
    if (cases->documents == NULL || d->arena.failed) {
        surplace_cases_close(cases);
        return sp_settled(d, before, SURPLACE_NO_MEMORY);
    }
    *out = cases;
    return SURPLACE_OK;
}

void surplace_cases_close(surplace_cases *cases)
{
    if (cases == NULL)
        return;
    sp_doc_reader_free(cases->documents);
    free(cases);
}

surplace_status surplace_assessor_new(const surplace_law *law, const surplace_options *options,
                                      surplace_assessor **out)
{
    *out = NULL;
    surplace_assessor *a = calloc(1, sizeof *a);
    if (a == NULL)
        return SURPLACE_NO_MEMORY;
    a->law = law;
    a->listed = SIZE_MAX;
    if (options != NULL)
        a->options = *options;
    a->set = calloc(a->options.set_count + 1, sizeof *a->set);
    for (size_t i = 0; a->set != NULL && i < a->options.set_count; i++)
        a->set[i] = sp_str_from(a->options.set[i]);
    const sp_rulebase *base = &law->rules->base;
    if (a->set == NULL || !sp_facts_init(&a->facts, &base->vocab, &base->world) ||
        !sp_run_init(&a->run, &law->net, !a->options.no_presumptions)) {
        surplace_assessor_free(a);
        return SURPLACE_NO_MEMORY;
    }
    *out = a;
    return SURPLACE_OK;
}

void surplace_assessor_free(surplace_assessor *a)
{
    if (a == NULL)
        return;
    sp_facts_free(&a->facts);
    sp_run_free(&a->run);
    sp_verdict_free(&a->writer);
    for (size_t i = 0; i < sizeof a->text / sizeof *a->text; i++)
        sp_buf_clear(&a->text[i]);
    sp_buf_clear(&a->report);
    free(a->set);
    free(a);
}

/* A case without a title is called by its file, and in a stream by its number too; a variation by its own number. */
static void name_case(sp_facts *facts, const surplace_cases *cases, size_t what_if)
{
    sp_case_info *info = &facts->cases[facts->case_count - 1];
    if (info->title.count > 0 && what_if == 0) {
        info->name = info->title;
        return;
    }
    sp_buf name = {0};
    if (info->title.count > 0)
        sp_buf_add(&name, sp_facts_span(facts, info->title));
    else
        sp_buf_printf(&name, "%.*s, case %zu", SP_STR(cases->input->name), cases->number);
    if (what_if > 0)
        sp_buf_printf(&name, ", what if %zu", what_if);
    info->name = sp_facts_add_text(facts, sp_buf_str(&name));
    facts->failed |= name.failed;
    sp_buf_clear(&name);
}

static bool batch_full(const sp_facts *facts)
{
    for (size_t e = 0; e < facts->vocab->entities.len; e++)
        if (facts->tables[e].rows > BATCH_ROWS)
            return true;
    return facts->case_count == SP_BATCH_CASES;
}

/* The next document as the case that it is. Its variations follow if there are any. */
static surplace_status read_document(surplace_cases *cases, sp_case_reader *reader, const sp_str *set,
                                     size_t set_count)
{
    surplace_status status = sp_doc_reader_next(cases->documents, &cases->tree);
    if (status == SURPLACE_END)
        return status;
    cases->number++;
    cases->what_if_number = 0;
    if (status == SURPLACE_OK)
        status = sp_read_case(reader, &cases->tree, set, set_count);
    if (status == SURPLACE_OK)
        name_case(reader->facts, cases, 0);
    if (status == SURPLACE_OK && cases->what_ifs)
        cases->what_if = sp_next_what_if(&cases->tree, 0);
    return status;
}

static surplace_status read_what_if(surplace_cases *cases, sp_case_reader *reader, const sp_str *set,
                                    size_t set_count)
{
    reader->what_if = cases->what_if;
    surplace_status status = sp_read_case(reader, &cases->tree, set, set_count);
    reader->what_if = 0;
    cases->what_if_number++;
    if (status == SURPLACE_OK)
        name_case(reader->facts, cases, cases->what_if_number);
    cases->what_if = sp_next_what_if(&cases->tree, cases->what_if);
    return status;
}

surplace_status sp_cases_read_batch(surplace_cases *cases, sp_facts *facts, const sp_str *set,
                                    size_t set_count)
{
    surplace_status worst = SURPLACE_OK;
    sp_case_reader reader = {.vocab = facts->vocab, .facts = facts, .diags = &cases->diagnostics->list};
    sp_facts_reset(facts);
    while (!cases->over && !batch_full(facts)) {
        surplace_status status = cases->what_if != 0 ? read_what_if(cases, &reader, set, set_count)
                                                     : read_document(cases, &reader, set, set_count);
        if (status == SURPLACE_END) {
            cases->over = true;
        } else if (status == SURPLACE_INVALID) {
            worst = SURPLACE_INVALID;
        } else if (status != SURPLACE_OK) {
            cases->over = true;
            return status;
        }
    }
    return facts->failed ? SURPLACE_NO_MEMORY : worst;
}

static surplace_status assess(surplace_assessor *a, surplace_cases *cases, size_t *count)
{
    if (cases->over)
        return SURPLACE_END;
    surplace_status read = sp_cases_read_batch(cases, &a->facts, a->set, a->options.set_count);
    if (read != SURPLACE_OK && read != SURPLACE_INVALID)
        return read;
    if (a->facts.case_count == 0)
        return read == SURPLACE_OK ? SURPLACE_END : read;
    const char *what;
    surplace_status status = sp_run_batch(&a->run, &a->facts, &what);
    if (status == SURPLACE_LIMIT)
        sp_diags_add(&cases->diagnostics->list, SP_ERROR, SP_DIAG_LIMIT, (sp_place){.input = cases->input},
                     "evaluation stopped: too much work (limit: %s)", what);
    if (status != SURPLACE_OK) {
        cases->over = true;
        return status;
    }
    if (!sp_verdict_begin(&a->writer, &a->run))
        return SURPLACE_NO_MEMORY;
    *count = a->facts.case_count;
    return read;
}

surplace_status surplace_assess(surplace_assessor *a, surplace_cases *cases, size_t *count)
{
    size_t before = sp_shortages();
    *count = 0;
    a->listed = SIZE_MAX;
    surplace_status status = assess(a, cases, count);
    status = sp_settled(cases->diagnostics, before, status);
    if (status == SURPLACE_NO_MEMORY)
        *count = 0;
    return status;
}

/* --- verdicts --- */

static surplace_status list_results(surplace_assessor *a, size_t case_index)
{
    if (case_index >= a->facts.case_count)
        return SURPLACE_MISUSE;
    if (a->listed == case_index)
        return SURPLACE_OK;
    a->listed = SIZE_MAX;
    if (!sp_results_of_case(&a->writer.ex, (uint32_t)case_index, &a->writer.arena, &a->writer.results))
        return SURPLACE_NO_MEMORY;
    a->listed = case_index;
    return SURPLACE_OK;
}

surplace_status surplace_verdict_count(surplace_assessor *a, size_t case_index, size_t *count)
{
    surplace_status status = list_results(a, case_index);
    *count = status == SURPLACE_OK ? a->writer.results.len : 0;
    return status;
}

/* The text of a buffer, NUL-terminated. */
static const char *handed_out(sp_buf *b)
{
    sp_buf_add_char(b, '\0');
    return b->failed ? "" : b->data;
}

surplace_status surplace_verdict_get(surplace_assessor *a, size_t case_index, size_t index,
                                     surplace_verdict *out)
{
    surplace_status status = list_results(a, case_index);
    if (status != SURPLACE_OK)
        return status;
    if (index >= a->writer.results.len)
        return SURPLACE_MISUSE;
    const sp_result *result = &a->writer.results.items[index];
    const sp_criterion *c = &a->facts.vocab->criteria.items[result->criterion];
    const sp_entity *e = &a->facts.vocab->entities.items[c->entity];
    for (size_t i = 0; i < 3; i++)
        sp_buf_reset(&a->text[i]);
    sp_criterion_name_add(&a->text[0], a->facts.vocab, result->criterion);
    sp_facts_address(&a->facts, e->facet_of != SP_NONE ? e->facet_of : c->entity, result->entity_row,
                     &a->text[1]);
    if (result->with_row != SP_NONE)
        sp_facts_address(&a->facts, c->with, result->with_row, &a->text[2]);
    *out = (surplace_verdict){
        .criterion = handed_out(&a->text[0]),
        .subject = handed_out(&a->text[1]),
        .with = handed_out(&a->text[2]),
        .state = result->state,
        .presumed = sp_run_presumed(&a->run, a->law->net.criterion_nodes[result->criterion], result->row)};
    return a->text[0].failed || a->text[1].failed || a->text[2].failed ? SURPLACE_NO_MEMORY : SURPLACE_OK;
}

/* "person.refugee": the only row of its entity. */
static bool find_by_name(const surplace_assessor *a, uint32_t case_index, sp_str path, uint32_t *criterion,
                         uint32_t *row)
{
    sp_str entity_name, name;
    sp_member member;
    if (!sp_str_cut(path, '.', &entity_name, &name))
        return false;
    uint32_t entity = sp_intern_find(&a->facts.vocab->entity_names, entity_name);
    if (entity == SP_NONE || !sp_vocab_member(a->facts.vocab, entity, name, &member) ||
        member.kind != SP_MEMBER_CRITERION || a->facts.vocab->criteria.items[member.index].with != SP_NONE)
        return false;
    const sp_table *t = &a->facts.tables[entity];
    *criterion = member.index;
    *row = t->first[case_index];
    return t->first[case_index + 1] - t->first[case_index] == 1;
}

bool sp_assessor_find(const surplace_assessor *a, size_t case_index, const char *path, uint32_t *criterion,
                      uint32_t *row, uint32_t *with_row)
{
    const char *what;
    sp_str text = sp_str_from(path);
    if (case_index >= a->facts.case_count)
        return false;
    *with_row = SP_NONE;
    if (sp_find_criterion(&a->facts, (uint32_t)case_index, text, criterion, row, with_row, &what))
        return true;
    *with_row = SP_NONE;
    return find_by_name(a, (uint32_t)case_index, text, criterion, row);
}

surplace_status surplace_verdict_find(surplace_assessor *a, size_t case_index, const char *path,
                                      surplace_state *state)
{
    uint32_t criterion, row, with_row;
    if (!sp_assessor_find(a, case_index, path, &criterion, &row, &with_row))
        return SURPLACE_MISUSE;
    const sp_network *net = &a->law->net;
    uint32_t root = sp_rows_root_row(&a->run.rows, net->root_frames[criterion], row, with_row);
    *state = sp_run_state(&a->run, net->criterion_nodes[criterion], root);
    return SURPLACE_OK;
}

const char *surplace_case_name(surplace_assessor *a, size_t case_index)
{
    sp_buf_reset(&a->text[0]);
    if (case_index < a->facts.case_count)
        sp_buf_add(&a->text[0], sp_facts_span(&a->facts, a->facts.cases[case_index].name));
    return handed_out(&a->text[0]);
}
