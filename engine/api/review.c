#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/handles.h"
#include "draft/follow.h"
#include "draft/prose_read.h"
#include "draft/review.h"
#include "read/read_claims.h"
#include "render/review.h"
#include "text/folder.h"

struct surplace_reviewer {
    const surplace_law *law;
    surplace_diagnostics *diagnostics;
    sp_claims claims;
    sp_arena arena; /* the text of the drafts' case */
    sp_yaml_tree case_tree;
    sp_statement_reader reader;
    bool reader_ready;
    sp_facts facts;
    sp_run run;
    sp_explainer explainer;
    SP_VEC(sp_draft *) drafts;
    size_t faulty;
};

/* --- the reviewer --- */

static surplace_status open_claims(surplace_reviewer *r)
{
    const surplace_rules *rules = r->law->rules;
    surplace_status status = sp_read_claims(&r->claims, &rules->base, rules->trees, rules->tree_count,
                                            &r->diagnostics->arena, &r->case_tree, &r->diagnostics->list);
    if (status != SURPLACE_OK)
        return status;
    r->reader_ready = true;
    if (!sp_statement_reader_init(&r->reader, &r->claims) ||
        !sp_facts_init(&r->facts, &rules->base.vocab, &rules->base.world) ||
        !sp_run_init(&r->run, &r->law->net, true))
        return SURPLACE_NO_MEMORY;
    r->explainer = (sp_explainer){.run = &r->run, .base = &rules->base};
    return SURPLACE_OK;
}

surplace_status surplace_reviewer_new(const surplace_law *law, surplace_diagnostics *d,
                                      surplace_reviewer **out)
{
    *out = NULL;
    surplace_reviewer *r = calloc(1, sizeof *r);
    if (r == NULL)
        return SURPLACE_NO_MEMORY;
    r->law = law;
    r->diagnostics = d;
    surplace_status status = open_claims(r);
    if (status == SURPLACE_OK)
        *out = r;
    else
        surplace_reviewer_free(r);
    return status;
}

static void free_draft(sp_draft *draft)
{
    sp_draft_clear(draft);
    free(draft);
}

void surplace_reviewer_free(surplace_reviewer *r)
{
    if (r == NULL)
        return;
    for (size_t i = 0; i < r->drafts.len; i++)
        free_draft(r->drafts.items[i]);
    SP_VEC_FREE(&r->drafts);
    sp_explainer_free(&r->explainer);
    sp_run_free(&r->run);
    sp_facts_free(&r->facts);
    if (r->reader_ready)
        sp_statement_reader_free(&r->reader);
    sp_claims_free(&r->claims);
    sp_arena_free(&r->arena);
    free(r);
}

/* --- a draft --- */

/* Claims that the author marked are read as those of the rule base are. False if memory ran out. */
static bool resolve_marks(surplace_reviewer *r, sp_draft *draft)
{
    for (size_t i = 0; i < draft->marks.len; i++) {
        sp_mark *mark = &draft->marks.items[i];
        const char *why;
        if (mark->kind != SP_MARK_CLAIM)
            continue;
        mark->asserted = (sp_asserted){.path = mark->subject, .value = mark->rest};
        surplace_status status = sp_read_asserted(&r->claims.facts, &r->case_tree, &mark->asserted,
                                                  &draft->prose.arena, &why);
        if (status == SURPLACE_NO_MEMORY)
            return false;
        if (status == SURPLACE_OK)
            continue;
        mark->kind = SP_MARK_MALFORMED;
        mark->subject = sp_str_from(why);
    }
    return true;
}

/* The premises as the facts of a case, evaluated; then the conclusions held against it. */
static surplace_status follow(surplace_reviewer *r, sp_draft *draft)
{
    sp_premises premises = {0};
    const char *what = NULL;
    sp_premises_collect(&premises, draft, &r->claims);
    surplace_status status = premises.failed
                                 ? SURPLACE_NO_MEMORY
                                 : sp_read_draft_case(&r->facts, &r->case_tree, premises.set.items,
                                                      premises.set.len, &r->diagnostics->list);
    if (status == SURPLACE_OK)
        status = sp_run_batch(&r->run, &r->facts, &what);
    if (status == SURPLACE_LIMIT)
        sp_diags_add(&r->diagnostics->list, SP_ERROR, SP_DIAG_LIMIT,
                     (sp_place){.input = draft->prose.input},
                     "evaluation stopped: too much work (limit: %s)", what);
    if (status == SURPLACE_OK && !sp_follow(draft, &r->claims, &r->explainer))
        status = SURPLACE_NO_MEMORY;
    sp_premises_free(&premises);
    return status;
}

static surplace_status review(surplace_reviewer *r, sp_draft *draft, const sp_input *input,
                              sp_draft_format format)
{
    surplace_status status = sp_prose_read(&draft->prose, input, format, &r->diagnostics->list);
    if (status != SURPLACE_OK)
        return status;
    if (!sp_review_read(draft, &r->reader))
        return SURPLACE_NO_MEMORY;
    if (!resolve_marks(r, draft) || !sp_review_wrong_tests(draft, &r->claims))
        return SURPLACE_NO_MEMORY;
    sp_review_omissions(draft, &r->claims);
    status = follow(r, draft);
    if (status == SURPLACE_OK && !sp_review_finish(draft))
        status = SURPLACE_NO_MEMORY;
    return status;
}

static sp_draft_format format_of(sp_str name, surplace_draft_format format)
{
    bool text = format == SURPLACE_DRAFT_TEXT ||
                (format == SURPLACE_DRAFT_BY_NAME && sp_str_ends(name, SP_LIT(".txt")));
    return text ? SP_DRAFT_PLAIN : SP_DRAFT_MARKDOWN;
}

static surplace_status review_input(surplace_reviewer *r, const sp_input *input,
                                    surplace_draft_format format)
{
    sp_draft *draft = calloc(1, sizeof *draft);
    if (draft == NULL)
        return SURPLACE_NO_MEMORY;
    surplace_status status = review(r, draft, input, format_of(input->name, format));
    if (status == SURPLACE_OK && SP_VEC_PUSH(&r->drafts, draft))
        return SURPLACE_OK;
    free_draft(draft);
    r->faulty++;
    return status == SURPLACE_OK ? SURPLACE_NO_MEMORY : status;
}

/* --- files, folders, streams --- */

static surplace_status review_file(surplace_reviewer *r, const char *path, surplace_draft_format format)
{
    sp_input *input = SP_NEW(&r->diagnostics->arena, sp_input);
    if (input == NULL)
        return SURPLACE_NO_MEMORY;
    input->name = sp_arena_dup(&r->diagnostics->arena, sp_str_from(path));
    surplace_status status = sp_input_load(path, &r->diagnostics->arena, input, &r->diagnostics->list);
    if (status == SURPLACE_OK)
        return review_input(r, input, format);
    r->faulty++;
    return status;
}

static surplace_status review_folder(surplace_reviewer *r, const char *folder, surplace_draft_format format)
{
    static const char *const endings[] = {".md", ".markdown", ".txt", NULL};
    sp_names_found names = {0};
    sp_arena arena = {0};
    sp_input *place = SP_NEW(&r->diagnostics->arena, sp_input);
    if (place == NULL)
        return SURPLACE_NO_MEMORY;
    place->name = sp_arena_dup(&r->diagnostics->arena, sp_str_from(folder));
    surplace_status worst = sp_folder_list_endings(folder, endings, place, &arena, &names,
                                                   &r->diagnostics->list);
    const char *between = sp_str_ends(place->name, SP_LIT("/")) ? "" : "/";
    for (size_t i = 0; i < names.len && worst != SURPLACE_NO_MEMORY; i++) {
        sp_str path = sp_arena_printf(&arena, "%s%s%.*s", folder, between, SP_STR(names.items[i]));
        surplace_status status = arena.failed ? SURPLACE_NO_MEMORY : review_file(r, path.ptr, format);
        if (status != SURPLACE_OK && worst != SURPLACE_LIMIT)
            worst = status;
    }
    SP_VEC_FREE(&names);
    sp_arena_free(&arena);
    return worst;
}

surplace_status surplace_review_path(surplace_reviewer *r, const char *path, surplace_draft_format format)
{
    struct stat about;
    if (stat(path, &about) == 0)
        return S_ISDIR(about.st_mode) ? review_folder(r, path, format) : review_file(r, path, format);
    int number = errno;
    sp_input *input = SP_NEW(&r->diagnostics->arena, sp_input);
    if (input == NULL)
        return SURPLACE_NO_MEMORY;
    input->name = sp_arena_dup(&r->diagnostics->arena, sp_str_from(path));
    sp_diags_errno(&r->diagnostics->list, input, "cannot be opened", number);
    r->faulty++;
    return r->diagnostics->arena.failed ? SURPLACE_NO_MEMORY : SURPLACE_IO;
}

surplace_status surplace_review_stream(surplace_reviewer *r, const char *name, surplace_draft_format format,
                                       surplace_read_fn read, void *context)
{
    sp_arena *arena = &r->diagnostics->arena;
    sp_input *input = SP_NEW(arena, sp_input);
    sp_buf text = {0};
    if (input == NULL)
        return SURPLACE_NO_MEMORY;
    input->name = sp_arena_dup(arena, sp_str_from(name));
    ptrdiff_t length = 1;
    while (length > 0 && text.len <= SURPLACE_MAX_DRAFT_BYTES && sp_buf_reserve(&text, 65536)) {
        length = read(context, text.data + text.len, 65536);
        text.len += length > 0 ? (size_t)length : 0;
    }
    surplace_status status = text.failed ? SURPLACE_NO_MEMORY : SURPLACE_OK;
    if (length < 0) {
        sp_diags_errno(&r->diagnostics->list, input, "cannot be read", errno);
        status = SURPLACE_IO;
    }
    sp_str whole = sp_buf_str(&text);
    if (sp_str_starts(whole, SP_LIT("\xEF\xBB\xBF")))
        whole = (sp_str){whole.ptr + 3, whole.len - 3};
    if (status == SURPLACE_OK)
        input->text = sp_arena_dup(arena, whole);
    sp_buf_clear(&text);
    if (status == SURPLACE_OK && arena->failed)
        status = SURPLACE_NO_MEMORY;
    if (status == SURPLACE_OK)
        return review_input(r, input, format);
    r->faulty++;
    return status;
}

/* --- results --- */

static sp_reviewed reviewed(const surplace_reviewer *r, bool sentences)
{
    uint32_t reading = r->law->net.reading;
    return (sp_reviewed){.claims = &r->claims,
                         .reading = reading != SP_NONE ? r->law->rules->base.readings.items[reading].id
                                                       : SP_LIT("none"),
                         .drafts = r->drafts.items,
                         .count = r->drafts.len,
                         .sentences = sentences};
}

static size_t recognised_sentences(const sp_draft *draft)
{
    size_t count = 0;
    uint32_t last = SP_NONE;
    for (size_t i = 0; i < draft->statements.len; i++) {
        count += draft->statements.items[i].first != last;
        last = draft->statements.items[i].first;
    }
    return count;
}

void surplace_reviewer_summary(const surplace_reviewer *r, surplace_review_summary *out)
{
    sp_reviewed all = reviewed(r, false);
    *out = (surplace_review_summary){.drafts = r->drafts.len,
                                     .faulty = r->faulty,
                                     .errors = sp_reviewed_count(&all, SP_ERROR),
                                     .warnings = sp_reviewed_count(&all, SP_WARNING),
                                     .notes = sp_reviewed_count(&all, SP_NOTE),
                                     .allowed = sp_reviewed_allowed(&all)};
    for (size_t i = 0; i < r->drafts.len; i++) {
        out->sentences += r->drafts.items[i]->prose.sentences.len;
        out->recognised += recognised_sentences(r->drafts.items[i]);
        out->undecided += r->drafts.items[i]->undecided > 0;
    }
}

surplace_status surplace_render_review(surplace_reviewer *r, surplace_review_output output,
                                       const surplace_style *style, bool sentences, surplace_write_fn write,
                                       void *context)
{
    static const surplace_style plain = {0};
    const surplace_style *s = style != NULL ? style : &plain;
    const sp_style inner = {.width = s->width, .colour = s->colour, .redact = s->redact};
    sp_reviewed all = reviewed(r, sentences);
    sp_buf b = {0};
    if (output == SURPLACE_REVIEW_MARKDOWN && r->drafts.len != 1)
        return SURPLACE_MISUSE;
    switch (output) {
    case SURPLACE_REVIEW_TEXT:
        sp_review_text(&all, &inner, &b);
        break;
    case SURPLACE_REVIEW_JSON:
        sp_review_json(&all, &b);
        break;
    case SURPLACE_REVIEW_SARIF:
        sp_review_sarif(&all, &b);
        break;
    case SURPLACE_REVIEW_MARKDOWN:
        sp_review_markdown(&all, r->drafts.items[0], &b);
        break;
    }
    surplace_status status = b.failed                                                   ? SURPLACE_NO_MEMORY
                             : write(context, b.data != NULL ? b.data : "", b.len) == 0 ? SURPLACE_OK
                                                                                        : SURPLACE_IO;
    sp_buf_clear(&b);
    return status;
}

/* --- examples of claims --- */

static surplace_status check_examples(surplace_reviewer *r, uint32_t index, const sp_names *examples,
                                      bool expected, size_t *checked)
{
    const sp_claim *claim = &r->claims.claims.items[index];
    for (size_t i = 0; i < examples->count; i++) {
        bool asserted;
        if (!sp_review_example(&r->reader, index, examples->items[i], &asserted))
            return SURPLACE_NO_MEMORY;
        ++*checked;
        if (asserted != expected)
            sp_diags_add(&r->diagnostics->list, SP_ERROR, SP_DIAG_EXAMPLE, examples->places[i],
                         "'%.*s' is %s this example", SP_STR(claim->id),
                         expected ? "not read in" : "read in");
        if (r->reader.undecided > 0)
            sp_diags_add(&r->diagnostics->list, SP_ERROR, SP_DIAG_LIMIT, examples->places[i],
                         "this example takes too much work to read (limit: pattern)");
    }
    return SURPLACE_OK;
}

surplace_status surplace_claims_check(const surplace_law *law, surplace_diagnostics *d, size_t *checked)
{
    surplace_reviewer *r;
    *checked = 0;
    surplace_status status = surplace_reviewer_new(law, d, &r);
    if (status != SURPLACE_OK)
        return status;
    size_t errors = d->list.errors;
    for (uint32_t i = 0; i < r->claims.claims.len && status == SURPLACE_OK; i++) {
        status = check_examples(r, i, &r->claims.claims.items[i].match, true, checked);
        if (status == SURPLACE_OK)
            status = check_examples(r, i, &r->claims.claims.items[i].no_match, false, checked);
    }
    surplace_reviewer_free(r);
    return status == SURPLACE_OK && d->list.errors > errors ? SURPLACE_INVALID : status;
}
