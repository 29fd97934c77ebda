/* Cases of any form: read, evaluated, and printed in each form, redacted and not. */
#ifndef FUZZ_CASE_H
#define FUZZ_CASE_H

#include "fuzz/reading.h"
#include "net/network.h"
#include "render/verdict.h"

static inline void fuzz_print_cases(sp_facts *facts, const sp_network *net)
{
    sp_run run;
    const char *what;
    if (!sp_run_init(&run, net, true))
        abort();
    if (sp_run_batch(&run, facts, &what) == SURPLACE_OK) {
        sp_verdict_writer writer = {0};
        sp_buf out = {0};
        if (!sp_verdict_begin(&writer, &run))
            abort();
        for (uint32_t i = 0; i < facts->case_count; i++) {
            writer.style = (sp_style){.width = 60, .redact = i % 2 == 1};
            sp_verdict_text(&writer, i, &out);
            for (size_t c = 0; c < out.len; c++)
                if ((unsigned char)out.data[c] < 0x20 && out.data[c] != '\n')
                    abort();
            sp_buf_reset(&out);
            sp_verdict_json(&writer, i, &out);
            if (out.len == 0 || memchr(out.data, '\n', out.len) != NULL)
                abort();
            sp_buf_reset(&out);
        }
        sp_buf_clear(&out);
        sp_verdict_free(&writer);
    }
    sp_run_free(&run);
}

static inline void fuzz_cases(sp_str text, sp_format format, size_t piece)
{
    static fuzz_law law;
    static sp_network net;
    if (law.base.vocab.entities.len == 0) {
        sp_str texts[] = {FUZZ_TEXT(FUZZ_RULES), FUZZ_TEXT(FUZZ_SOURCES), FUZZ_TEXT(FUZZ_VOCABULARY)};
        fuzz_law_read(&law, texts, 3);
        if (law.status != SURPLACE_OK ||
            sp_network_compile(&net, &law.base, SP_NONE, &law.diags) != SURPLACE_OK)
            abort();
    }
    sp_diags diags = {0};
    sp_facts facts;
    sp_input input = {.name = SP_LIT("case"), .confidential = true};
    fuzz_pieces source = {text, piece == 0 ? 1 : piece};
    sp_doc_reader *documents = sp_doc_reader_new(&input, format, fuzz_read, &source, &diags);
    if (documents == NULL || !sp_facts_init(&facts, &law.base.vocab, &law.base.world))
        abort();
    sp_case_reader reader = {.vocab = &law.base.vocab, .facts = &facts, .diags = &diags};
    sp_yaml_tree tree;
    surplace_status status = SURPLACE_OK;
    while (facts.case_count < SP_BATCH_CASES &&
           ((status = sp_doc_reader_next(documents, &tree)) == SURPLACE_OK || status == SURPLACE_INVALID)) {
        if (status == SURPLACE_OK)
            sp_read_case(&reader, &tree, NULL, 0);
    }
    if (facts.case_count > 0)
        fuzz_print_cases(&facts, &net);
    fuzz_print(&diags);
    sp_facts_free(&facts);
    sp_doc_reader_free(documents);
    sp_diags_free(&diags);
}

#endif
