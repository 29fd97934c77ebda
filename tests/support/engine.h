/* A rule base from texts in memory, compiled and run over cases: what the tests of the engine share. */
#ifndef SUPPORT_ENGINE_H
#define SUPPORT_ENGINE_H

#include <stdio.h>
#include <string.h>

#include "explain/why.h"
#include "read/expect.h"
#include "read/read_case.h"
#include "read/rulebase.h"
#include "support/reading.h"

#define ENGINE_FILES 8u

typedef struct engine {
    sp_arena arena;
    sp_diags diags;
    sp_input inputs[ENGINE_FILES];
    sp_yaml_tree trees[ENGINE_FILES];
    sp_rulebase base;
    sp_network net;
    sp_facts facts;
    sp_run run;
    sp_explainer ex;
} engine;

/* Every test's rules may cite this. */
static const char ENGINE_AUTHORITIES[] =
    "surplace: authorities/1\n"
    "authorities: [{cite: LAW, title: The law, kind: statute, confirmed: yes}]\n";

static inline void engine_close(engine *e)
{
    sp_explainer_free(&e->ex);
    sp_run_free(&e->run);
    sp_facts_free(&e->facts);
    sp_network_free(&e->net);
    sp_rulebase_free(&e->base);
    sp_diags_free(&e->diags);
    sp_arena_free(&e->arena);
    *e = (engine){0};
}

static inline void engine_fail(engine *e, const char *what)
{
    sp_buf out = {0};
    print_diags(&out, &e->diags);
    sp_buf_add_char(&out, '\0');
    fail_msg("%s: %s", what, out.data);
}

/* The diagnostics as "line:column word: message" lines, forgotten afterwards. */
static inline void engine_assert_diags(engine *e, const char *expected)
{
    sp_buf out = {0};
    print_diags(&out, &e->diags);
    sp_buf_add_char(&out, '\0');
    assert_string_equal(out.data, expected);
    sp_buf_clear(&out);
    sp_diags_free(&e->diags);
}

/* Reads the rule base of some files, given without end by NULL; authorities come by themselves. */
static inline surplace_status engine_read(engine *e, const char *const *files)
{
    size_t count = 0;
    *e = (engine){0};
    e->inputs[count++].text = sp_str_from(ENGINE_AUTHORITIES);
    for (; *files != NULL; files++) {
        assert_true(count < ENGINE_FILES);
        e->inputs[count++].text = sp_str_from(*files);
    }
    for (size_t i = 0; i < count; i++) {
        e->inputs[i].name = sp_arena_printf(&e->arena, "file-%zu.yaml", i);
        if (sp_yaml_read(&e->inputs[i], &e->arena, &e->trees[i], &e->diags) != SURPLACE_OK)
            engine_fail(e, "malformed YAML in a test");
    }
    return sp_read_rulebase(&e->base, e->trees, count, &e->diags);
}

#define ENGINE_FILES_OF(...)                                                                               \
    (const char *const[])                                                                                  \
    {                                                                                                      \
        __VA_ARGS__, NULL                                                                                  \
    }

/* The same, compiled under a reading (NULL: the default one, or none); all of it must be in order. */
static inline void engine_open(engine *e, const char *reading, const char *const *files)
{
    if (engine_read(e, files) != SURPLACE_OK)
        engine_fail(e, "the rule base is refused");
    uint32_t index = reading == NULL ? sp_rulebase_default_reading(&e->base)
                                     : sp_rulebase_reading(&e->base, sp_str_from(reading));
    assert_true(reading == NULL || index != SP_NONE);
    if (sp_network_compile(&e->net, &e->base, index, &e->diags) != SURPLACE_OK)
        engine_fail(e, "the rules do not compile");
    assert_true(sp_facts_init(&e->facts, &e->base.vocab, &e->base.world));
}

/* Reads the documents of a text as the cases of one batch, in the place of those before. */
static inline void engine_read_cases(engine *e, sp_str text)
{
    sp_input input = {.name = SP_LIT("case.yaml")};
    pieces source = {.rest = text, .size = SIZE_MAX};
    sp_doc_reader *documents = sp_doc_reader_new(&input, SP_FORMAT_YAML, read_piece, &source, &e->diags);
    sp_case_reader reader = {.vocab = &e->base.vocab, .facts = &e->facts, .diags = &e->diags};
    sp_yaml_tree tree;
    surplace_status status;
    sp_facts_reset(&e->facts);
    while ((status = sp_doc_reader_next(documents, &tree)) != SURPLACE_END) {
        assert_true(e->facts.case_count < SP_BATCH_CASES);
        if (status != SURPLACE_OK || sp_read_case(&reader, &tree, NULL, 0) != SURPLACE_OK)
            engine_fail(e, "a case is refused");
    }
    sp_doc_reader_free(documents);
}

static inline surplace_status engine_evaluate(engine *e, bool presume, const char **what)
{
    sp_run_free(&e->run);
    assert_true(sp_run_init(&e->run, &e->net, presume));
    sp_explainer_free(&e->ex);
    e->ex = (sp_explainer){.run = &e->run, .base = &e->base};
    return sp_run_batch(&e->run, &e->facts, what);
}

static inline void engine_run_text(engine *e, sp_str cases, bool presume)
{
    const char *what;
    engine_read_cases(e, cases);
    assert_int_equal(engine_evaluate(e, presume, &what), SURPLACE_OK);
}

static inline void engine_run(engine *e, const char *cases)
{
    engine_run_text(e, sp_str_from(cases), true);
}

/* Finds "kim.refugee" or "kim.safe_in(PRK)": its criterion and row of the root frame. */
static inline uint32_t engine_find(engine *e, uint32_t case_index, const char *path, uint32_t *criterion)
{
    uint32_t row, with_row = SP_NONE;
    const char *what;
    if (!sp_find_criterion(&e->facts, case_index, sp_str_from(path), criterion, &row, &with_row, &what))
        fail_msg("case %u has no %s", (unsigned)case_index, path);
    return sp_rows_root_row(&e->run.rows, e->net.root_frames[*criterion], row, with_row);
}

static inline sp_state engine_state(engine *e, uint32_t case_index, const char *path)
{
    uint32_t criterion, row = engine_find(e, case_index, path, &criterion);
    return sp_run_state(&e->run, e->net.criterion_nodes[criterion], row);
}

static inline bool engine_presumed(engine *e, uint32_t case_index, const char *path)
{
    uint32_t criterion, row = engine_find(e, case_index, path, &criterion);
    return sp_run_presumed(&e->run, e->net.criterion_nodes[criterion], row);
}

static inline void assert_state_word(const char *path, sp_state found, const char *expected)
{
    if (strcmp(sp_state_word(found), expected) != 0)
        fail_msg("%s is %s, not %s", path, sp_state_word(found), expected);
}

/* A verdict of the first case. */
static inline void engine_expect(engine *e, const char *path, const char *expected)
{
    assert_state_word(path, engine_state(e, 0, path), expected);
}

#endif
