/* A draft, by the claims that are built in; the first byte says whether it is plain text. Whatever it is, each byte of
 * its prose must lead back into the source, and each report of it must be written. */
#include <stdlib.h>
#include <string.h>

#include "api/handles.h"
#include "base/utf8.h"
#include "draft/prose_read.h"
#include "draft/review.h"
#include "read/read_claims.h"
#include "render/review.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct {
    surplace_diagnostics *diagnostics;
    surplace_rules *rules;
    sp_claims claims;
    sp_yaml_tree case_tree;
    sp_statement_reader reader;
} all;

static void prepare(void)
{
    all.diagnostics = surplace_diagnostics_new();
    if (all.diagnostics == NULL || surplace_rules_load(NULL, all.diagnostics, &all.rules) != SURPLACE_OK ||
        sp_read_claims(&all.claims, &all.rules->base, all.rules->trees, all.rules->tree_count,
                       &all.diagnostics->arena, &all.case_tree, &all.diagnostics->list) != SURPLACE_OK ||
        !sp_statement_reader_init(&all.reader, &all.claims))
        abort();
}

static void check_places(const sp_prose *prose)
{
    for (size_t i = 0; i < prose->blocks.len; i++) {
        const sp_block *block = &prose->blocks.items[i];
        size_t before = 0;
        for (size_t at = 0; at < block->text.len; at++) {
            sp_span source = sp_prose_source(block, at, at + 1);
            if (source.end > prose->input->text.len || source.start > source.end || source.start < before)
                abort();
            before = source.start;
        }
        if (sp_utf8_valid_prefix(block->text) != block->text.len)
            abort();
    }
    for (size_t i = 0; i < prose->sentences.len; i++) {
        const sp_sentence *s = &prose->sentences.items[i];
        if (s->end <= s->start || s->end > prose->blocks.items[s->block].text.len ||
            s->end - s->start > SURPLACE_MAX_SENTENCE_BYTES)
            abort();
    }
}

static void render(sp_draft *draft)
{
    static const sp_style narrow = {.width = 60, .colour = true};
    sp_draft *const drafts[] = {draft};
    const sp_reviewed reviewed = {
        .claims = &all.claims, .reading = SP_LIT("unhcr"), .drafts = drafts, .count = 1, .sentences = true};
    sp_buf b = {0};
    sp_review_text(&reviewed, &narrow, &b);
    sp_review_json(&reviewed, &b);
    sp_review_sarif(&reviewed, &b);
    sp_review_markdown(&reviewed, draft, &b);
    if (b.failed)
        abort();
    sp_buf_clear(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (all.rules == NULL)
        prepare();
    if (size == 0)
        return 0;
    /* md4c looks for ends of lines with strcspn: as in the program, the text has a NUL behind it */
    char *text = malloc(size);
    if (text == NULL)
        return 0;
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    sp_input input = {.name = SP_LIT("draft.md"), .text = {text, size - 1}};
    sp_diags diags = {0};
    sp_draft draft = {0};
    sp_draft_format format = data[0] % 2 == 0 ? SP_DRAFT_MARKDOWN : SP_DRAFT_PLAIN;
    if (sp_prose_read(&draft.prose, &input, format, &diags) == SURPLACE_OK) {
        check_places(&draft.prose);
        if (!sp_review_read(&draft, &all.reader) || !sp_review_wrong_tests(&draft, &all.claims))
            abort();
        sp_review_omissions(&draft, &all.claims);
        if (!sp_review_finish(&draft))
            abort();
        render(&draft);
    }
    sp_draft_clear(&draft);
    sp_diags_free(&diags);
    free(text);
    return 0;
}
