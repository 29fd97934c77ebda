#include "render/answer.h"
#include "render/head.h"
#include "render/settle.h"
#include "render/verdict.h"

/* Sets of answers shown for each verdict; JSON has all. */
#define SETS_SHOWN 10u
/* Questions that cannot matter, likewise. */
#define IDLE_SHOWN 12u

void sp_settle_address_add(sp_buf *b, const sp_settlement *s)
{
    const sp_facts *facts = s->what.base;
    const sp_vocab *vocab = facts->vocab;
    const sp_criterion *c = &vocab->criteria.items[s->criterion];
    uint32_t facet_of = vocab->entities.items[c->entity].facet_of;
    uint32_t entity = facet_of != SP_NONE ? facet_of : c->entity;
    sp_facts_address(facts, entity, facts->tables[entity].first[s->what.case_index] + s->row, b);
    sp_buf_add_char(b, '.');
    sp_buf_add(b, c->name);
    if (s->with_row == SP_NONE)
        return;
    sp_buf_add_char(b, '(');
    sp_facts_address(facts, c->with, facts->tables[c->with].first[s->what.case_index] + s->with_row, b);
    sp_buf_add_char(b, ')');
}

/* A line of its own, which is freed. */
static void put_line(sp_buf *b, const sp_style *style, size_t at, size_t indent, sp_buf *line)
{
    b->failed |= line->failed;
    sp_wrap_add(b, style, at, indent, sp_buf_str(line));
    sp_buf_clear(line);
}

/* "holds, fails or stays open" */
static void add_states(sp_buf *b, uint32_t states)
{
    static const sp_state order[] = {SP_HOLDS, SP_FAILS, SP_CONTESTED, SP_OPEN};
    static const char *const words[] = {[SP_HOLDS] = "hold",
                                        [SP_FAILS] = "fail",
                                        [SP_OPEN] = "stay open",
                                        [SP_CONTESTED] = "stay contested"};
    uint32_t left = 0, told = 0;
    for (uint32_t i = 0; i < 4; i++)
        left += states >> i & 1;
    for (uint32_t i = 0; i < 4; i++)
        if (states >> order[i] & 1) {
            told++;
            sp_buf_add_cstr(b, told == 1 ? "" : told == left ? " or " : ", ");
            sp_buf_add_cstr(b, words[order[i]]);
        }
}

static bool single(uint32_t states)
{
    return (states & (states - 1)) == 0;
}

static bool open_state(sp_state state)
{
    return state == SP_OPEN || state == SP_CONTESTED;
}

static void write_state(const sp_settlement *s, const sp_style *style, sp_buf *b)
{
    const sp_criterion *c = &s->what.base->vocab->criteria.items[s->criterion];
    sp_buf line = {0};
    sp_buf_add_cstr(b, "\n");
    sp_ink_on(b, style, SP_INK_BOLD);
    sp_buf_add_cstr(&line, "WHAT WOULD SETTLE ");
    sp_settle_address_add(&line, s);
    put_line(b, style, 0, 2, &line);
    sp_ink_off(b, style, SP_INK_BOLD);
    sp_buf_add_cstr(b, "  ");
    sp_ink_on(b, style, sp_ink_of_state(s->state));
    sp_buf_add_cstr(b, sp_mark_of_state(s->state));
    sp_ink_off(b, style, sp_ink_of_state(s->state));
    sp_buf_printf(b, " %-10s", sp_state_word(s->state));
    sp_buf_add(&line, c->title);
    sp_buf_add_cstr(&line, s->presumed ? " (on a presumption)" : "");
    put_line(b, style, 14, 14, &line);
    if (!open_state(s->state) && s->best == SP_NONE)
        sp_buf_add_cstr(&line, s->presumed ? "It is settled, as long as nobody displaces the presumption."
                                           : "It is settled: nothing that is still open can change it.");
    else if (single(s->answered) && !open_state((sp_state)__builtin_ctz(s->answered)))
        sp_buf_printf(&line, "Proven: whichever way the open questions are answered, it %s.",
                      sp_state_word((sp_state)__builtin_ctz(s->answered)));
    else if (single(s->states))
        sp_buf_add_cstr(
            &line, "No answer to what can be asked about this file settles it: it hangs on something that "
                   "the file would have to add.");
    else {
        sp_buf_add_cstr(&line, "By the answers to what is open it can come to ");
        add_states(&line, s->states);
        sp_buf_add_char(&line, '.');
    }
    sp_buf_add_cstr(b, "  ");
    put_line(b, style, 2, 2, &line);
}

static void write_question(const sp_settlement *s, const sp_question *q, const sp_style *style,
                           const char *bullet, size_t indent, sp_buf *b)
{
    sp_buf line = {0};
    sp_question_add(&line, s->what.base, q);
    sp_buf_printf(&line, " [%.*s]", SP_STR(q->address));
    sp_buf_add_cstr(b, bullet);
    put_line(b, style, indent, indent, &line);
}

static void write_prospect(const sp_settlement *s, const sp_question *q, uint32_t answer,
                           const sp_style *style, sp_buf *b)
{
    const sp_prospect *p = &s->prospects[answer];
    sp_buf line = {0};
    sp_answer_add(&line, &s->what, q, &q->answers[answer], style);
    if (!open_state(p->state))
        sp_buf_printf(&line, ": it %s%s", sp_state_word(p->state),
                      p->presumed ? " (on a presumption)" : "");
    else if (single(p->answered) && !open_state((sp_state)__builtin_ctz(p->answered)))
        sp_buf_printf(&line, ": it %s, whichever way the others are answered",
                      sp_state_word((sp_state)__builtin_ctz(p->answered)));
    else {
        sp_buf_add_cstr(&line, ": it can still ");
        add_states(&line, p->states);
    }
    sp_buf_add_cstr(b, "    ");
    put_line(b, style, 4, 8, &line);
}

static void write_next(const sp_settlement *s, const sp_style *style, sp_buf *b)
{
    if (s->best == SP_NONE)
        return;
    const sp_question *q = &s->questions.items.items[s->best];
    sp_heading_add(b, style, "ASK NEXT");
    write_question(s, q, style, "  ", 2, b);
    for (uint32_t a = 0; a < q->answer_count; a++)
        write_prospect(s, q, a, style, b);
}

/* One question of a set with all answers that would do. */
static uint32_t write_picks(const sp_settlement *s, const sp_settling *set, uint32_t at,
                            const sp_style *style, sp_buf *b)
{
    uint32_t question = set->picks.items[at].question, end = at;
    const sp_question *q = &s->questions.items.items[question];
    sp_buf line = {0};
    while (end < set->picks.count && set->picks.items[end].question == question)
        end++;
    sp_buf_add(&line, q->address);
    sp_buf_add_cstr(&line, ": ");
    for (uint32_t i = at; i < end; i++) {
        sp_buf_add_cstr(&line, i == at ? "" : "; or ");
        sp_answer_add(&line, &s->what, q, &q->answers[set->picks.items[i].answer], style);
    }
    put_line(b, style, 6, 8, &line);
    return end;
}

static void write_presumptions(const sp_settlement *s, const sp_settling *set, const sp_style *style,
                               sp_buf *b)
{
    const sp_vocab *vocab = s->what.base->vocab;
    sp_buf line = {0};
    sp_buf_add_cstr(&line, "presumed besides: ");
    for (uint32_t i = 0; i < set->presumption_count; i++) {
        const sp_presumed_name *p = &set->presumptions[i];
        sp_buf_add_cstr(&line, i == 0 ? "" : ", ");
        if (p->criterion != SP_NONE) {
            sp_criterion_name_add(&line, vocab, p->criterion);
        } else {
            const sp_fact *fact = &vocab->facts.items[p->fact];
            sp_buf_printf(&line, "%.*s.%.*s", SP_STR(vocab->entities.items[fact->entity].name),
                          SP_STR(fact->name));
        }
    }
    sp_buf_add_cstr(b, "      ");
    sp_ink_on(b, style, SP_INK_DIM);
    put_line(b, style, 6, 8, &line);
    sp_ink_off(b, style, SP_INK_DIM);
}

static void write_sets(const sp_settlement *s, const char *title, const sp_settlings *list, bool more,
                       const sp_style *style, sp_buf *b)
{
    if (list->len == 0 || (list->len == 1 && list->items[0].count == 0))
        return;
    sp_heading_add(b, style, title);
    size_t shown = list->len > SETS_SHOWN + 1 ? SETS_SHOWN : list->len;
    for (size_t i = 0; i < shown; i++) {
        const sp_settling *set = &list->items[i];
        sp_buf_printf(b, "%4zu. ", i + 1);
        for (uint32_t at = 0; at < set->picks.count;) {
            if (at > 0)
                sp_buf_add_cstr(b, "      ");
            at = write_picks(s, set, at, style, b);
        }
        if (!set->evaluated)
            sp_buf_add_cstr(b, "      whichever way the other questions are answered\n");
        else if (!set->proven)
            sp_buf_add_cstr(b, "      as long as nothing is said to the contrary\n");
        if (set->presumption_count > 0)
            write_presumptions(s, set, style, b);
    }
    if (list->len > shown || more)
        sp_buf_printf(b, "  and %s%zu more; --format json lists them\n", more ? "at least " : "",
                      list->len - shown);
}

/* The questions whose addresses stand in the sets. */
static void write_questions(const sp_settlement *s, const sp_style *style, sp_buf *b)
{
    size_t count = s->questions.items.len, told = 0;
    for (uint32_t rank = 0; rank < count; rank++)
        for (uint32_t q = 0; q < count; q++) {
            if (s->rank[q] != rank || !s->matters[q])
                continue;
            if (told++ == 0)
                sp_heading_add(b, style, "THE QUESTIONS");
            write_question(s, &s->questions.items.items[q], style, "  \u2022 ", 4, b);
        }
}

static void write_idle(const sp_settlement *s, const sp_style *style, sp_buf *b)
{
    sp_buf line = {0};
    if (s->idle.len == 0)
        return;
    sp_heading_add(b, style, "CANNOT MATTER ANY MORE");
    size_t shown = s->idle.len > IDLE_SHOWN + 1 ? IDLE_SHOWN : s->idle.len;
    for (size_t i = 0; i < shown; i++) {
        sp_buf_add(&line, i == 0 ? SP_EMPTY : SP_LIT(", "));
        sp_buf_add(&line, s->reached.items.items[s->idle.items[i]].address);
    }
    if (shown < s->idle.len)
        sp_buf_printf(&line, " and %zu more", s->idle.len - shown);
    sp_buf_add_cstr(b, "  ");
    put_line(b, style, 2, 2, &line);
}

void sp_settle_text(const sp_settlement *s, const sp_style *style, sp_buf *b)
{
    sp_head_add(b, style, s->what.base, s->what.case_index, s->what.run.net);
    write_state(s, style, b);
    write_next(s, style, b);
    write_sets(s, "IT WOULD HOLD WITH", &s->holds, s->more_holds, style, b);
    write_sets(s, "IT WOULD FAIL WITH", &s->fails, s->more_fails, style, b);
    write_questions(s, style, b);
    write_idle(s, style, b);
}
