#include "draft/follow.h"

#include "draft/review.h"

/* Conditions looked at for one conclusion. */
#define MAX_STEPS 20000u

/* Lines of premises that a finding names. */
#define MOST_LINES 12u

/* --- premises --- */

typedef struct told {
    sp_str path, value, set;
    bool both; /* said in two ways */
} told;

typedef SP_VEC(told) told_list;

static bool tell(told_list *list, const sp_asserted *a)
{
    if (a->criterion != SP_NONE)
        return true;
    for (size_t i = 0; i < list->len; i++)
        if (sp_str_eq(list->items[i].path, a->path)) {
            list->items[i].both |= !sp_str_eq(list->items[i].value, a->value);
            return true;
        }
    told one = {a->path, a->value, a->set, false};
    return SP_VEC_PUSH(list, one);
}

void sp_premises_collect(sp_premises *p, const sp_draft *draft, const sp_claims *claims)
{
    told_list list = {0};
    for (size_t i = 0; i < draft->statements.len; i++) {
        const sp_statement *s = &draft->statements.items[i];
        const sp_claim *claim = &claims->claims.items[s->claim];
        if (!sp_statement_asserted(s) || claim->kind == SP_CLAIM_WRONG_TEST)
            continue;
        for (uint32_t a = 0; a < claim->assert_count; a++)
            p->failed |= !tell(&list, &claim->asserts[a]);
    }
    for (size_t i = 0; i < draft->marks.len; i++)
        if (draft->marks.items[i].kind == SP_MARK_CLAIM)
            p->failed |= !tell(&list, &draft->marks.items[i].asserted);
    for (size_t i = 0; i < list.len; i++)
        if (!list.items[i].both)
            p->failed |= !SP_VEC_PUSH(&p->set, list.items[i].set);
    SP_VEC_FREE(&list);
}

void sp_premises_free(sp_premises *p)
{
    SP_VEC_FREE(&p->set);
}

/* --- conclusions --- */

typedef struct conclusion {
    const sp_asserted *what;
    uint32_t sentence;
    sp_span span; /* in its block */
    sp_span source;
    const sp_claim *claim; /* NULL: the author's mark */
} conclusion;

typedef struct follower {
    sp_draft *draft;
    const sp_claims *claims;
    sp_explainer *ex;
    bool *touched;  /* by claim: a sentence addresses it */
    bool *reached;  /* by claim: the conclusion turns on it */
    bool unsettled; /* a sentence addresses what is merely presumed on the way */
    SP_VEC(sp_why) seen;
    uint32_t steps;
    bool all, failed;
} follower;

static bool addresses_criterion(const sp_claim *claim, uint32_t criterion)
{
    for (uint32_t i = 0; i < claim->criterion_count; i++)
        if (claim->criteria[i] == criterion)
            return true;
    return false;
}

static bool addresses_fact(const sp_claim *claim, const sp_vocab *vocab, uint32_t fact)
{
    const sp_fact *f = &vocab->facts.items[fact];
    sp_str entity = vocab->entities.items[f->entity].name;
    for (uint32_t i = 0; i < claim->fact_count; i++) {
        sp_str name = claim->facts[i];
        if (name.len == entity.len + 1 + f->name.len && sp_str_starts(name, entity) &&
            name.ptr[entity.len] == '.' && sp_str_ends(name, f->name))
            return true;
    }
    return false;
}

/* Notes the matters that a criterion is about. True if there are any: then what lies below is that matter's own. */
static bool note_criterion(follower *f, const sp_why *why)
{
    bool any = false;
    for (size_t i = 0; i < f->claims->claims.len; i++) {
        if (f->claims->claims.items[i].kind != SP_CLAIM_ADDRESSES ||
            !addresses_criterion(&f->claims->claims.items[i], why->criterion))
            continue;
        any = f->reached[i] = true;
        f->unsettled |= why->presumes && f->touched[i];
    }
    return any;
}

static void note_facts(follower *f, const sp_why *why)
{
    sp_targets facts = {0};
    sp_why_facts(f->ex, why, &facts);
    for (size_t t = 0; t < facts.len; t++)
        for (size_t i = 0; i < f->claims->claims.len && facts.items[t].fact != SP_NONE; i++)
            if (f->claims->claims.items[i].kind == SP_CLAIM_ADDRESSES &&
                addresses_fact(&f->claims->claims.items[i], &f->claims->base->vocab, facts.items[t].fact))
                f->reached[i] = true;
    SP_VEC_FREE(&facts);
}

static bool seen_before(follower *f, const sp_why *why)
{
    for (size_t i = 0; i < f->seen.len; i++)
        if (f->seen.items[i].criterion == why->criterion && f->seen.items[i].row == why->row)
            return true;
    f->failed |= !SP_VEC_PUSH(&f->seen, *why);
    return false;
}

static void walk(follower *f, const sp_why *why, uint32_t depth)
{
    sp_whys children = {0};
    if (f->steps++ > MAX_STEPS || depth > 60 || f->failed)
        return;
    if (why->kind == SP_WHY_CRITERION && depth > 0 && (note_criterion(f, why) || seen_before(f, why)))
        return;
    sp_why_children(f->ex, why, f->all, &children);
    if (children.len == 0 && (why->kind == SP_WHY_COND || why->kind == SP_WHY_LIST))
        note_facts(f, why);
    for (size_t i = 0; i < children.len; i++)
        walk(f, &children.items[i], depth + 1);
    SP_VEC_FREE(&children);
}

static void reach(follower *f, const sp_why *why, bool all)
{
    memset(f->reached, 0, f->claims->claims.len * sizeof *f->reached);
    f->seen.len = 0;
    f->steps = 0;
    f->all = all;
    f->unsettled = false;
    walk(f, why, 0);
    f->failed |= f->ex->failed;
}

/* --- findings --- */

static void add(follower *f, const conclusion *c, sp_str message, const sp_str *missing, uint32_t count)
{
    const sp_network *net = f->ex->run->net;
    uint32_t first = net->first_rule[c->what->criterion];
    sp_finding finding = {.kind = SP_FINDING_DOES_NOT_FOLLOW,
                          .severity = SP_ERROR,
                          .code = SP_LIT("does-not-follow"),
                          .message = message,
                          .missing = missing,
                          .missing_count = count,
                          .sentence = c->sentence,
                          .span = c->span,
                          .source = c->source};
    if (first < net->first_rule[c->what->criterion + 1]) {
        const sp_rule *rule = &f->claims->base->rules.items[net->rules.items[first]];
        sp_str *ids = SP_NEW_ARRAY(&f->draft->prose.arena, sp_str, 1);
        if (ids != NULL) {
            ids[0] = rule->id;
            finding.rules = (sp_names){.items = ids, .count = 1};
        }
        finding.authority = rule->authority;
        finding.passages = rule->passages;
    }
    finding.advice = count > 0
                         ? SP_LIT("address what is missing, or do not conclude")
                         : SP_LIT("mend the premise or the conclusion: the law does not let both stand");
    sp_draft_find(f->draft, &finding);
}

/* The lines of the sentences whose premises made the case: "3, 4 and 7". */
static void add_premise_lines(const follower *f, sp_buf *b)
{
    uint32_t lines[MOST_LINES], count = 0;
    for (size_t i = 0; i < f->draft->statements.len && count < MOST_LINES; i++) {
        const sp_statement *s = &f->draft->statements.items[i];
        const sp_sentence *sentence = &f->draft->prose.sentences.items[s->last];
        const sp_block *block = &f->draft->prose.blocks.items[sentence->block];
        if (!sp_statement_asserted(s) || f->claims->claims.items[s->claim].kind != SP_CLAIM_PREMISE)
            continue;
        uint32_t line = sp_prose_place(&f->draft->prose, sp_prose_source(block, s->start, s->end)).line;
        if (count == 0 || lines[count - 1] != line)
            lines[count++] = line;
    }
    sp_buf_add_cstr(b, count == 0 ? "" : count == 1 ? " in line " : " in lines ");
    for (uint32_t i = 0; i < count; i++)
        sp_buf_printf(b, "%s%u", i == 0 ? "" : i + 1 == count ? " and " : ", ", lines[i]);
}

static void contradicted(follower *f, const conclusion *c)
{
    const sp_criterion *criterion = &f->claims->base->vocab.criteria.items[c->what->criterion];
    sp_str meaning = c->what->state == SP_HOLDS ? criterion->fails : criterion->holds;
    sp_buf lines = {0};
    add_premise_lines(f, &lines);
    while (meaning.len > 0 && meaning.ptr[meaning.len - 1] == '.')
        meaning.len--;
    sp_str message = sp_arena_printf(&f->draft->prose.arena,
                                     "from what the draft itself asserts%.*s, the opposite follows: %.*s",
                                     SP_STR(sp_buf_str(&lines)), SP_STR(meaning));
    f->failed |= lines.failed;
    sp_buf_clear(&lines);
    add(f, c, message, NULL, 0);
}

static void left_open(follower *f, const conclusion *c)
{
    const sp_criterion *criterion = &f->claims->base->vocab.criteria.items[c->what->criterion];
    sp_arena *arena = &f->draft->prose.arena;
    uint32_t count = 0;
    bool any_touched = false;
    sp_str *missing = SP_NEW_ARRAY(arena, sp_str, f->claims->claims.len);
    if (missing == NULL) {
        f->failed = true;
        return;
    }
    for (size_t i = 0; i < f->claims->claims.len; i++) {
        any_touched |= f->reached[i] && f->touched[i];
        if (f->reached[i] && !f->touched[i])
            missing[count++] = f->claims->claims.items[i].title;
    }
    /* one element is enough to deny a status, all are needed to grant it */
    if (count == 0 || (c->what->state == SP_FAILS && any_touched))
        return;
    sp_str message = sp_arena_printf(arena,
                                     "this does not follow from what the draft asserts: '%.*s' stays open",
                                     SP_STR(criterion->title));
    add(f, c, message, missing, count);
}

static bool sentence_has_finding(const sp_draft *draft, uint32_t sentence)
{
    for (size_t i = 0; sentence != SP_NONE && i < draft->findings.len; i++)
        if (draft->findings.items[i].sentence == sentence)
            return true;
    return false;
}

static void examine(follower *f, const conclusion *c)
{
    const sp_run *run = f->ex->run;
    uint32_t frame = run->net->root_frames[c->what->criterion];
    uint32_t row = sp_rows_root_row(&run->rows, frame, c->what->row, c->what->with_row);
    if (row == SP_NONE || sentence_has_finding(f->draft, c->sentence))
        return;
    sp_why why = sp_why_criterion(f->ex, c->what->criterion, row);
    if (why.state == c->what->state && !(why.presumed && c->what->state == SP_HOLDS))
        return;
    if (why.state == SP_HOLDS || why.state == SP_FAILS) {
        /* who speaks of what the law presumes may mean to rebut it */
        if (why.presumed)
            reach(f, &why, true);
        if (why.state != c->what->state && !(why.presumed && f->unsettled))
            contradicted(f, c);
        return;
    }
    reach(f, &why, c->what->state == SP_FAILS);
    left_open(f, c);
}

/* The same conclusion drawn again is not told again. */
static bool drawn_before(const sp_draft *draft, const sp_claims *claims, size_t index,
                         const sp_asserted *what)
{
    for (size_t i = 0; i < index; i++) {
        const sp_statement *s = &draft->statements.items[i];
        const sp_claim *claim = &claims->claims.items[s->claim];
        for (uint32_t a = 0;
             sp_statement_asserted(s) && claim->kind != SP_CLAIM_WRONG_TEST && a < claim->assert_count; a++)
            if (claim->asserts[a].criterion == what->criterion && claim->asserts[a].row == what->row &&
                claim->asserts[a].state == what->state)
                return true;
    }
    return false;
}

static void examine_statements(follower *f)
{
    for (size_t i = 0; i < f->draft->statements.len && !f->failed; i++) {
        const sp_statement s = f->draft->statements.items[i];
        const sp_claim *claim = &f->claims->claims.items[s.claim];
        const sp_block *block = &f->draft->prose.blocks
                                     .items[f->draft->prose.sentences.items[s.last].block];
        if (!sp_statement_asserted(&s) || claim->kind != SP_CLAIM_CONCLUSION)
            continue;
        for (uint32_t a = 0; a < claim->assert_count; a++) {
            conclusion c = {&claim->asserts[a],
                            s.last,
                            {s.start, s.end},
                            sp_prose_source(block, s.start, s.end),
                            claim};
            if (c.what->criterion != SP_NONE && !drawn_before(f->draft, f->claims, i, c.what))
                examine(f, &c);
        }
    }
}

static void examine_marks(follower *f)
{
    for (size_t i = 0; i < f->draft->marks.len && !f->failed; i++) {
        const sp_mark *mark = &f->draft->marks.items[i];
        if (mark->kind != SP_MARK_CLAIM || mark->asserted.criterion == SP_NONE)
            continue;
        conclusion c = {&mark->asserted, SP_NONE, {0, 0}, mark->source, NULL};
        examine(f, &c);
    }
}

bool sp_follow(sp_draft *draft, const sp_claims *claims, sp_explainer *ex)
{
    follower f = {.draft = draft, .claims = claims, .ex = ex};
    f.touched = SP_NEW_ARRAY(&draft->prose.arena, bool, claims->claims.len);
    f.reached = SP_NEW_ARRAY(&draft->prose.arena, bool, claims->claims.len);
    if (f.touched == NULL || f.reached == NULL)
        return false;
    for (size_t i = 0; i < draft->statements.len; i++)
        f.touched[draft->statements.items[i].claim] = true;
    examine_statements(&f);
    examine_marks(&f);
    SP_VEC_FREE(&f.seen);
    return !f.failed && !draft->failed && !draft->prose.arena.failed;
}
