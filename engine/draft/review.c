#include "draft/review.h"

#include <stdlib.h>

#include "draft/prose_read.h"
#include "surplace/limits.h"

const char *sp_finding_kind_word(sp_finding_kind kind)
{
    static const char *const words[] = {"wrong_test", "does_not_follow", "omitted", "mark", "undecided"};
    return words[kind];
}

void sp_draft_find(sp_draft *draft, const sp_finding *finding)
{
    if (draft->findings.len >= SURPLACE_MAX_FINDINGS) {
        draft->suppressed++;
        return;
    }
    if (!SP_VEC_PUSH(&draft->findings, *finding)) {
        draft->failed = true;
        return;
    }
    sp_finding *added = &draft->findings.items[draft->findings.len - 1];
    added->place = sp_prose_place(&draft->prose, added->source);
}

bool sp_review_read(sp_draft *draft, sp_statement_reader *reader)
{
    sp_marks_read(draft);
    sp_statements_read(reader, &draft->prose, &draft->statements);
    draft->voice = reader->voice;
    draft->undecided = reader->undecided;
    for (size_t i = 0; i < reader->doubtful.len; i++)
        draft->failed |= !SP_VEC_PUSH(&draft->doubtful, reader->doubtful.items[i]);
    return !draft->failed && !reader->failed;
}

static sp_finding at_statement(const sp_draft *draft, const sp_statement *s)
{
    const sp_block *block = &draft->prose.blocks.items[draft->prose.sentences.items[s->last].block];
    const sp_sentence *last = &draft->prose.sentences.items[s->last];
    uint32_t start = s->start > last->start ? s->start : last->start;
    return (sp_finding){
        .sentence = s->last, .span = {start, s->end}, .source = sp_prose_source(block, start, s->end)};
}

static bool covers(const sp_claims *claims, const sp_statement *by, uint32_t claim)
{
    const sp_claim *c = &claims->claims.items[by->claim];
    for (uint32_t i = 0; i < c->cover_count; i++)
        if (c->covers[i] == claim)
            return sp_statement_asserted(by);
    return false;
}

/* Another claim that the same sentence asserts says it better. */
static bool is_covered(const sp_draft *draft, const sp_claims *claims, size_t index)
{
    const sp_statement *s = &draft->statements.items[index];
    for (size_t i = index; i-- > 0 && draft->statements.items[i].last + 1 >= s->last;)
        if (draft->statements.items[i].last == s->last &&
            covers(claims, &draft->statements.items[i], s->claim))
            return true;
    for (size_t i = index + 1; i < draft->statements.len && draft->statements.items[i].first <= s->last;
         i++)
        if (draft->statements.items[i].last == s->last &&
            covers(claims, &draft->statements.items[i], s->claim))
            return true;
    return false;
}

bool sp_review_wrong_tests(sp_draft *draft, const sp_claims *claims)
{
    for (size_t i = 0; i < draft->statements.len; i++) {
        const sp_statement *s = &draft->statements.items[i];
        const sp_claim *claim = &claims->claims.items[s->claim];
        if (claim->kind != SP_CLAIM_WRONG_TEST || !sp_statement_asserted(s) || is_covered(draft, claims, i))
            continue;
        sp_finding finding = at_statement(draft, s);
        finding.kind = SP_FINDING_WRONG_TEST;
        finding.severity = claim->severity;
        finding.code = claim->id;
        finding.message = claim->message;
        finding.advice = claim->advice;
        finding.authority = claim->authority;
        finding.passages = claim->passages;
        finding.rules = claim->rules;
        sp_draft_find(draft, &finding);
    }
    return !draft->failed;
}

/* --- omissions --- */

static bool is_one_of(uint32_t claim, const uint32_t *list, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (list[i] == claim)
            return true;
    return false;
}

/* What a draft decides it must assert; to have looked into a matter, touching it is enough. */
static void find_omission(sp_draft *draft, const sp_omission *o)
{
    const sp_statement *decision = NULL;
    for (size_t i = 0; i < draft->statements.len; i++) {
        const sp_statement *s = &draft->statements.items[i];
        if (is_one_of(s->claim, o->needs, o->need_count) || is_one_of(s->claim, o->unless, o->unless_count))
            return;
        if (decision == NULL && sp_statement_asserted(s) &&
            is_one_of(s->claim, o->decides, o->decide_count))
            decision = s;
    }
    if (decision == NULL)
        return;
    sp_finding finding = at_statement(draft, decision);
    finding.kind = SP_FINDING_OMITTED;
    finding.severity = o->severity;
    finding.code = o->id;
    finding.message = o->message;
    finding.advice = o->advice;
    finding.authority = o->authority;
    finding.passages = o->passages;
    sp_draft_find(draft, &finding);
}

/* --- marks --- */

static uint32_t block_of_finding(const sp_draft *draft, const sp_finding *finding)
{
    return finding->sentence == SP_NONE ? SP_NONE : draft->prose.sentences.items[finding->sentence].block;
}

static void apply_mark(sp_draft *draft, sp_mark *mark)
{
    for (size_t i = 0; i < draft->findings.len; i++) {
        sp_finding *finding = &draft->findings.items[i];
        bool near = finding->kind == SP_FINDING_OMITTED ||
                    (mark->block != SP_NONE && block_of_finding(draft, finding) == mark->block);
        if (!near || finding->kind == SP_FINDING_MARK || finding->kind == SP_FINDING_UNDECIDED ||
            !sp_str_eq(finding->code, mark->subject))
            continue;
        mark->used = true;
        if (mark->rest.len > 0)
            finding->allowed = mark->rest;
    }
}

static void mark_finding(sp_draft *draft, const sp_mark *mark, const char *code, uint8_t severity,
                         sp_str message, const char *advice)
{
    sp_finding finding = {.kind = SP_FINDING_MARK,
                          .severity = severity,
                          .code = sp_str_from(code),
                          .message = message,
                          .advice = sp_str_from(advice),
                          .sentence = SP_NONE,
                          .source = mark->source};
    sp_draft_find(draft, &finding);
}

static void judge_mark(sp_draft *draft, sp_mark *mark)
{
    if (mark->kind == SP_MARK_MALFORMED)
        mark_finding(draft, mark, "mark-malformed", SP_ERROR, mark->subject,
                     "write `claim PATH STATE` or `allow CODE because REASON`");
    if (mark->kind != SP_MARK_ALLOW)
        return;
    apply_mark(draft, mark);
    if (mark->rest.len == 0)
        mark_finding(draft, mark, "mark-without-reason", SP_ERROR,
                     SP_LIT("a finding is silenced without a reason, so it stands"),
                     "say why, as in `allow CODE because REASON`");
    else if (!mark->used)
        mark_finding(draft, mark, "mark-unused", SP_WARNING,
                     SP_LIT("nothing is found here that this mark would silence"),
                     "take the mark out, or put it before the paragraph that it is about");
}

/* --- what was not decided --- */

static void find_undecided(sp_draft *draft)
{
    bool stopped = draft->undecided >= SURPLACE_MAX_UNDECIDED;
    for (size_t i = 0; i < draft->doubtful.len; i++) {
        const sp_sentence *s = &draft->prose.sentences.items[draft->doubtful.items[i]];
        const sp_block *block = &draft->prose.blocks.items[s->block];
        bool last = stopped && i + 1 == draft->doubtful.len;
        sp_finding finding = {
            .kind = SP_FINDING_UNDECIDED,
            .severity = SP_WARNING,
            .code = SP_LIT("undecided"),
            .message =
                last
                    ? SP_LIT("this sentence took too much work to read (limit: pattern); the draft was not "
                             "read beyond it")
                    : SP_LIT("this sentence took too much work to read in full (limit: pattern)"),
            .advice = SP_LIT("shorten the sentence, or check it by hand"),
            .sentence = draft->doubtful.items[i],
            .span = {s->start, s->end},
            .source = sp_prose_source(block, s->start, s->end)};
        sp_draft_find(draft, &finding);
    }
}

static int compare_findings(const void *a, const void *b)
{
    const sp_finding *x = a, *y = b;
    if (x->source.start != y->source.start)
        return x->source.start < y->source.start ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return sp_str_cmp(x->code, y->code);
}

void sp_review_omissions(sp_draft *draft, const sp_claims *claims)
{
    for (size_t i = 0; i < claims->omissions.len; i++)
        find_omission(draft, &claims->omissions.items[i]);
}

bool sp_review_finish(sp_draft *draft)
{
    for (size_t i = 0; i < draft->marks.len; i++)
        judge_mark(draft, &draft->marks.items[i]);
    find_undecided(draft);
    if (draft->findings.len > 1)
        qsort(draft->findings.items, draft->findings.len, sizeof *draft->findings.items, compare_findings);
    return !draft->failed && !draft->prose.arena.failed;
}

bool sp_review_example(sp_statement_reader *reader, uint32_t claim, sp_str text, bool *asserted)
{
    sp_input input = {.name = SP_LIT("example"), .text = text};
    sp_diags diags = {0};
    sp_draft draft = {0};
    *asserted = false;
    bool read = sp_prose_read(&draft.prose, &input, SP_DRAFT_MARKDOWN, &diags) == SURPLACE_OK &&
                sp_review_read(&draft, reader);
    bool mentioned = reader->claims->claims.items[claim].kind == SP_CLAIM_ADDRESSES;
    for (size_t i = 0; i < draft.statements.len; i++)
        if (draft.statements.items[i].claim == claim &&
            (mentioned || sp_statement_asserted(&draft.statements.items[i])))
            *asserted = true;
    sp_draft_clear(&draft);
    sp_diags_free(&diags);
    return read;
}
