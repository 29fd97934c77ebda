#include "explain/answers.h"

#include <stdlib.h>
#include <string.h>

/* What a reference may lead to that the case does not name; of two open ones that are compared, each to its own. */
#define STRANGER SP_LIT("(another)")
#define SECOND_STRANGER SP_LIT("(yet another)")

void sp_questions_init(sp_questions *q, sp_whatif *what)
{
    *q = (sp_questions){.what = what};
}

void sp_questions_free(sp_questions *q)
{
    for (size_t i = 0; i < q->items.len; i++)
        SP_VEC_FREE(&q->items.items[i].marks);
    SP_VEC_FREE(&q->items);
    sp_arena_free(&q->arena);
}

static const sp_fact *fact_of(const sp_questions *q, uint32_t fact)
{
    return &q->what->base->vocab->facts.items[fact];
}

static uint32_t base_row(const sp_questions *q, uint32_t fact, uint32_t row)
{
    return q->what->base->tables[fact_of(q, fact)->entity].first[q->what->case_index] + row;
}

static const sp_cell *cell_of(const sp_questions *q, const sp_question *question)
{
    const sp_fact *fact = fact_of(q, question->fact);
    return sp_facts_cell(q->what->base, fact->entity, base_row(q, question->fact, question->row),
                         fact->column);
}

uint32_t sp_question_find(const sp_questions *q, uint32_t fact, uint32_t row)
{
    for (uint32_t i = 0; i < q->items.len; i++)
        if (q->items.items[i].fact == fact && q->items.items[i].row == row)
            return i;
    return SP_NONE;
}

static sp_str address_of(sp_questions *q, uint32_t fact, uint32_t row)
{
    const sp_vocab *vocab = q->what->base->vocab;
    const sp_fact *f = fact_of(q, fact);
    const sp_entity *e = &vocab->entities.items[f->entity];
    sp_buf b = {0};
    if (f->entity != SP_CASE_ENTITY) {
        sp_facts_address(q->what->base, e->facet_of != SP_NONE ? e->facet_of : f->entity,
                         base_row(q, fact, row), &b);
        sp_buf_add_char(&b, '.');
    }
    sp_buf_add(&b, f->name);
    q->failed |= b.failed;
    sp_str address = sp_arena_dup(&q->arena, sp_buf_str(&b));
    sp_buf_clear(&b);
    return address;
}

uint32_t sp_question_about(sp_questions *q, uint32_t fact, uint32_t row, bool contested)
{
    uint32_t found = sp_question_find(q, fact, row);
    if (found != SP_NONE)
        return found;
    sp_question question = {
        .fact = fact, .row = row, .contested = contested, .address = address_of(q, fact, row)};
    if (q->arena.failed || !SP_VEC_PUSH(&q->items, question)) {
        q->failed = true;
        return SP_NONE;
    }
    q->grown = true;
    return (uint32_t)q->items.len - 1;
}

static bool same_mark(const sp_mark *a, const sp_mark *b, sp_type_kind kind)
{
    if (a->op != b->op || a->right != b->right || a->apart != b->apart || a->chosen != b->chosen)
        return false;
    if (kind == SP_TEXT)
        return sp_str_eq(a->text, b->text);
    if (kind == SP_NUMBER)
        return !(a->value.number < b->value.number) && !(a->value.number > b->value.number);
    if (kind == SP_DATE)
        return a->value.date.from == b->value.date.from && a->value.date.to == b->value.date.to;
    return a->value.index == b->value.index;
}

void sp_question_mark(sp_questions *q, uint32_t at, sp_mark mark)
{
    sp_question *question = &q->items.items[at];
    sp_type_kind kind = (sp_type_kind)fact_of(q, question->fact)->type.kind;
    /* what was answered later cannot be told apart by what was asked before: there would be no end of it */
    if (mark.chosen != SP_NONE && mark.chosen >= at)
        return;
    for (size_t i = 0; i < question->marks.len; i++)
        if (same_mark(&question->marks.items[i], &mark, kind))
            return;
    if (kind == SP_TEXT)
        mark.text = sp_arena_dup(&q->arena, mark.text);
    q->failed |= q->arena.failed || !SP_VEC_PUSH(&question->marks, mark);
    q->grown = true;
}

void sp_question_flag(sp_questions *q, bool *flag)
{
    q->grown |= !*flag;
    *flag = true;
}

static void take_marks(sp_questions *q, uint32_t to, uint32_t from)
{
    for (size_t i = 0; i < q->items.items[from].marks.len && !q->failed; i++) {
        sp_mark mark = q->items.items[from].marks.items[i];
        mark.apart = true;
        sp_question_mark(q, to, mark);
    }
}

void sp_question_link(sp_questions *q, uint32_t a, uint32_t b)
{
    if (a == b)
        return;
    sp_question_flag(q, &q->items.items[a].peers);
    sp_question_flag(q, &q->items.items[b].peers);
    take_marks(q, a, b);
    take_marks(q, b, a);
}

/* --- answers --- */

/* Answers while they are made. */
struct maker {
    sp_questions *q;
    sp_question *question;
    SP_VEC(sp_answer) list;
};

static sp_answer *add_answer(struct maker *m, sp_change_kind kind)
{
    sp_answer answer = {
        .change = {.kind = (uint8_t)kind, .fact = m->question->fact, .row = m->question->row}};
    if (!SP_VEC_PUSH(&m->list, answer)) {
        m->q->failed = true;
        return NULL;
    }
    return &m->list.items[m->list.len - 1];
}

static void add_index(struct maker *m, sp_change_kind kind, uint32_t index)
{
    sp_answer *answer = add_answer(m, kind);
    if (answer != NULL)
        answer->change.value.index = index;
}

/* --- enums: values that all comparisons treat alike are one answer --- */

static bool alike(const sp_question *question, uint32_t a, uint32_t b)
{
    for (size_t i = 0; i < question->marks.len; i++) {
        const sp_mark *mark = &question->marks.items[i];
        double x = a, y = b, z = mark->value.index;
        sp_op op = mark->apart ? SP_OP_IS : (sp_op)mark->op;
        if (mark->right ? sp_compare_numbers(op, z, x) != sp_compare_numbers(op, z, y)
                        : sp_compare_numbers(op, x, z) != sp_compare_numbers(op, y, z))
            return false;
    }
    return !question->all && !question->peers;
}

static void answer_enum(struct maker *m, uint32_t count)
{
    uint32_t *values = SP_NEW_ARRAY(&m->q->arena, uint32_t, count);
    uint32_t used = 0;
    for (uint32_t v = 0; v < count && values != NULL; v++) {
        size_t i = 0;
        while (i < m->list.len && !alike(m->question, m->list.items[i].change.value.index, v))
            i++;
        if (i < m->list.len)
            continue;
        sp_answer *answer = add_answer(m, SP_CHANGE_VALUE);
        if (answer == NULL)
            return;
        answer->change.value.index = v;
        answer->values = &values[used];
        for (uint32_t k = v; k < count; k++)
            if (k == v || alike(m->question, v, k))
                values[used++] = k;
        answer->value_count = (uint32_t)(&values[used] - answer->values);
    }
}

/* --- dates: days as numbers from 0000-03-01, after Howard Hinnant's algorithms --- */

static int32_t day_number(int32_t date)
{
    int32_t y = date / 10000, m = date / 100 % 100, d = date % 100;
    y -= m <= 2;
    int32_t era = y / 400, year = y - era * 400;
    int32_t day = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + year * 365 + year / 4 - year / 100 + day;
}

static int32_t date_of_day(int32_t number)
{
    int32_t era = number / 146097, doe = number - era * 146097;
    int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    int32_t d = doy - (153 * mp + 2) / 5 + 1, month = mp + (mp < 10 ? 3 : -9);
    return (yoe + era * 400 + (month <= 2)) * 10000 + month * 100 + d;
}

#define FIRST_DAY 306    /* 0001-01-01 */
#define LAST_DAY 3652364 /* 9999-12-31 */
#define SOME_DAY 730425  /* 2000-01-01: where nothing is near */

/* A class of points on a line while it is made: one point, or all between two. */
struct region {
    double low, high; /* inclusive; of numbers an open region lies strictly between */
    bool point, first, last;
    double sample;
};

static bool told_apart(const sp_question *question, sp_type_kind kind, const struct region *a,
                       const struct region *b)
{
    if (question->peers)
        return true;
    for (size_t i = 0; i < question->marks.len; i++) {
        const sp_mark *mark = &question->marks.items[i];
        sp_state x, y;
        if (kind == SP_NUMBER) {
            double z = mark->value.number;
            if (mark->apart && (a->point || b->point) && (a->low <= z && z <= b->high))
                return true;
            x = mark->right ? sp_compare_numbers((sp_op)mark->op, z, a->sample)
                            : sp_compare_numbers((sp_op)mark->op, a->sample, z);
            y = mark->right ? sp_compare_numbers((sp_op)mark->op, z, b->sample)
                            : sp_compare_numbers((sp_op)mark->op, b->sample, z);
        } else {
            int32_t p = date_of_day((int32_t)a->sample), r = date_of_day((int32_t)b->sample);
            if (mark->apart && p <= mark->value.date.to && r >= mark->value.date.from)
                return true;
            x = mark->right ? sp_compare_dates((sp_op)mark->op, mark->value.date, (sp_date){p, p})
                            : sp_compare_dates((sp_op)mark->op, (sp_date){p, p}, mark->value.date);
            y = mark->right ? sp_compare_dates((sp_op)mark->op, mark->value.date, (sp_date){r, r})
                            : sp_compare_dates((sp_op)mark->op, (sp_date){r, r}, mark->value.date);
        }
        if (x != y)
            return true;
    }
    return false;
}

static int compare_points(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* The points where comparisons may change, sorted, each once. */
static uint32_t marked_points(const struct maker *m, sp_type_kind kind, double *points)
{
    uint32_t n = 0, kept = 0;
    for (size_t i = 0; i < m->question->marks.len; i++) {
        const sp_value *v = &m->question->marks.items[i].value;
        if (kind == SP_NUMBER) {
            points[n++] = v->number;
        } else {
            points[n++] = day_number(v->date.from);
            points[n++] = day_number(v->date.to);
        }
    }
    if (n > 1)
        qsort(points, n, sizeof *points, compare_points);
    for (uint32_t i = 0; i < n; i++)
        if (kept == 0 || points[i] > points[kept - 1])
            points[kept++] = points[i];
    return kept;
}

/* The value half-way, as a day or a number that can be written. */
static double sample_between(sp_type_kind kind, double low, double high)
{
    double middle = low + (high - low) / 2;
    return kind == SP_DATE ? (double)(int32_t)middle : middle;
}

/* All points and what lies between, from `low` to `high` (numbers: without end). */
static uint32_t make_regions(sp_type_kind kind, const double *points, uint32_t count, double low,
                             double high, struct region *regions)
{
    bool date = kind == SP_DATE;
    double step = date ? 1 : 0, at = low;
    uint32_t n = 0;
    for (uint32_t i = 0; i <= count; i++) {
        bool last = i == count;
        double end = last ? high : points[i];
        if (!last && (end < low || end > high))
            continue;
        double to = last ? end : end - step;
        if (date ? at <= to : (n == 0 || last || at < end)) {
            struct region r = {.low = at, .high = to, .first = n == 0, .last = last};
            /* without an end of its own a class is sampled near the other, so that the sample says something */
            if (n == 0 && !last)
                r.sample = date ? (to - at > 182 ? to - 182 : sample_between(kind, at, to)) : end - 1;
            else if (last && n > 0)
                r.sample = date ? (to - at > 182 ? at + 182 : sample_between(kind, at, to)) : at + 1;
            else
                r.sample = last ? (date ? sample_between(kind, at, to) : 0) : sample_between(kind, at, to);
            if (last && n == 0 && date && at <= SOME_DAY && SOME_DAY <= to)
                r.sample = SOME_DAY;
            regions[n++] = r;
        }
        if (last)
            break;
        struct region at_end = {.low = end, .high = end, .point = true, .first = n == 0, .sample = end};
        regions[n++] = at_end;
        at = end + step;
    }
    if (n > 0)
        regions[n - 1].last = true;
    return n;
}

static void add_region(struct maker *m, sp_type_kind kind, const struct region *first,
                       const struct region *last, bool bounded)
{
    sp_answer *answer = add_answer(m, SP_CHANGE_VALUE);
    if (answer == NULL)
        return;
    sp_interval *s = &answer->span;
    s->low = bounded || !first->first || (kind == SP_NUMBER && first->point);
    s->high = bounded || !last->last || (kind == SP_NUMBER && last->point);
    const struct region *sample = first->point && last != first ? first + 1 : first;
    if (kind == SP_NUMBER) {
        s->from.number = first->low;
        s->to.number = last->high;
        s->with_low = first->point;
        s->with_high = last->point;
        answer->change.value.number = sample->sample;
    } else {
        int32_t from = date_of_day((int32_t)first->low), to = date_of_day((int32_t)last->high);
        int32_t day = date_of_day((int32_t)sample->sample);
        s->from.date = (sp_date){from, from};
        s->to.date = (sp_date){to, to};
        answer->change.value.date = (sp_date){day, day};
    }
}

/* Neighbouring classes that no comparison tells apart are one. */
static void answer_line(struct maker *m, sp_type_kind kind)
{
    const sp_cell *cell = cell_of(m->q, m->question);
    bool bounded = kind == SP_DATE && cell->status == SP_CELL_STATED &&
                   !m->question->anew; /* the missing digits of a date */
    double low = FIRST_DAY, high = LAST_DAY;
    size_t most = m->question->marks.len * 2 + 2;
    double *points = SP_NEW_ARRAY(&m->q->arena, double, most);
    struct region *regions = SP_NEW_ARRAY(&m->q->arena, struct region, most * 2 + 2);
    if (regions == NULL)
        return;
    if (bounded) {
        low = day_number(cell->value.date.from);
        high = day_number(cell->value.date.to);
    }
    uint32_t count = marked_points(m, kind, points);
    if (kind == SP_NUMBER) {
        low = count > 0 ? points[0] - 1 : 0;
        high = count > 0 ? points[count - 1] + 1 : 0;
    }
    uint32_t n = make_regions(kind, points, count, low, high, regions);
    for (uint32_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && !told_apart(m->question, kind, &regions[end - 1], &regions[end]);)
            end++;
        add_region(m, kind, &regions[i], &regions[end - 1], bounded);
    }
}

/* --- texts, references, lists --- */

static void answer_text(struct maker *m)
{
    for (size_t i = 0; i < m->question->marks.len; i++) {
        sp_str text = m->question->marks.items[i].text;
        bool again = false;
        for (size_t k = 0; k < i; k++)
            again |= sp_str_eq(m->question->marks.items[k].text, text);
        sp_answer *answer = again ? NULL : add_answer(m, SP_CHANGE_VALUE);
        if (answer != NULL)
            answer->change.text = text;
    }
    sp_answer *other = add_answer(m, SP_CHANGE_VALUE);
    if (other != NULL)
        other->change.text = SP_LIT("(another text)");
}

typedef SP_VEC(uint32_t) numbers;

static void add_number(struct maker *m, numbers *list, uint32_t number)
{
    for (size_t i = 0; i < list->len; i++)
        if (list->items[i] == number)
            return;
    m->q->failed |= !SP_VEC_PUSH(list, number);
}

/* What a reference of an entity may lead to: the entries of the case, those that rules name, and a stranger. */
static void referents(struct maker *m, uint32_t entity, bool every, numbers *list)
{
    sp_whatif *what = m->q->what;
    const sp_vocab *vocab = what->base->vocab;
    uint32_t facet_of = vocab->entities.items[entity].facet_of;
    uint32_t table = facet_of != SP_NONE ? facet_of : entity, count = what->rows[table].base;
    const uint32_t *rows;
    if (!sp_facts_sorted_rows(what->base, what->case_index, table, &m->q->arena, &rows, &count)) {
        m->q->failed = true;
        return;
    }
    for (uint32_t i = 0; every && i < count; i++)
        add_number(m, list, rows[i] - what->base->tables[table].first[what->case_index]);
    for (size_t i = 0; i < m->question->marks.len; i++)
        add_number(m, list, m->question->marks.items[i].value.index);
    if (!every)
        return;
    add_number(m, list, sp_whatif_number(what, table, STRANGER));
    if (m->question->peers)
        add_number(m, list, sp_whatif_number(what, table, SECOND_STRANGER));
    m->q->failed |= what->failed;
}

static void answer_reference(struct maker *m, uint32_t entity)
{
    numbers list = {0};
    referents(m, entity, true, &list);
    for (size_t i = 0; i < list.len; i++)
        add_index(m, SP_CHANGE_ROW, list.items[i]);
    SP_VEC_FREE(&list);
}

static void add_members(struct maker *m, const uint32_t *members, uint32_t count, bool complete)
{
    sp_answer *answer = add_answer(m, SP_CHANGE_MEMBERS);
    if (answer == NULL)
        return;
    answer->change.members = members;
    answer->change.member_count = count;
    answer->change.complete = complete;
}

static bool has_member(const struct maker *m, const sp_cell *cell, sp_type type, uint32_t member)
{
    const sp_facts *base = m->q->what->base;
    if (cell->status != SP_CELL_STATED)
        return false;
    for (uint32_t i = 0; i < cell->value.count; i++) {
        uint32_t has = sp_facts_members(base, cell)[i];
        if (type.kind == SP_ENTITY)
            has -= base->tables[type.index].first[m->q->what->case_index];
        if (has == member)
            return true;
    }
    return false;
}

/* Nothing further; one member further, and perhaps more or not; all that rules ask for. */
static void answer_list(struct maker *m, sp_type type)
{
    const sp_question *question = m->question;
    const sp_cell *cell = cell_of(m->q, question);
    numbers candidates = {0};
    if (type.kind == SP_ENTITY) {
        referents(m, type.index, question->all || question->counted, &candidates);
    } else {
        uint32_t count = type.kind == SP_ENUM ? m->q->what->base->vocab->enums.items[type.index].count : 0;
        for (uint32_t v = 0; (question->all || question->counted) && v < count; v++)
            add_number(m, &candidates, v);
        for (size_t i = 0; i < question->marks.len; i++)
            add_number(m, &candidates, question->marks.items[i].value.index);
    }
    uint32_t *members = SP_NEW_ARRAY(&m->q->arena, uint32_t, candidates.len);
    uint32_t n = 0;
    for (size_t i = 0; i < candidates.len && members != NULL; i++)
        if (!has_member(m, cell, type, candidates.items[i]))
            members[n++] = candidates.items[i];
    add_members(m, members, 0, true);
    for (uint32_t i = 0; i < n; i++) {
        add_members(m, members + i, 1, false);
        add_members(m, members + i, 1, true);
    }
    if (n > 1)
        add_members(m, members, n, false);
    SP_VEC_FREE(&candidates);
}

static void answer_owned(struct maker *m)
{
    for (uint32_t further = 0; further <= 2; further++) {
        add_index(m, SP_CHANGE_ENTRIES, further);
        if (!m->q->failed)
            m->list.items[m->list.len - 1].change.complete = further < 2;
    }
}

static void answer(struct maker *m)
{
    const sp_vocab *vocab = m->q->what->base->vocab;
    sp_type type = fact_of(m->q, m->question->fact)->type;
    bool entity = type.kind == SP_ENTITY;
    if (m->question->contested) {
        uint32_t count = cell_of(m->q, m->question)->value.count;
        for (uint32_t i = 0; i < count; i++)
            add_index(m, SP_CHANGE_ASSERTION, i);
    } else if (type.list && entity && vocab->entities.items[type.index].collection.len == 0) {
        answer_owned(m);
    } else if (type.list) {
        answer_list(m, type);
    } else if (type.kind == SP_YES_NO) {
        add_index(m, SP_CHANGE_VALUE, 1);
        add_index(m, SP_CHANGE_VALUE, 0);
    } else if (type.kind == SP_ENUM) {
        answer_enum(m, vocab->enums.items[type.index].count);
    } else if (type.kind == SP_TEXT) {
        answer_text(m);
    } else if (entity) {
        answer_reference(m, type.index);
    } else {
        answer_line(m, (sp_type_kind)type.kind);
    }
}

void sp_questions_answer(sp_questions *q)
{
    for (size_t i = 0; i < q->items.len && !q->failed; i++) {
        struct maker m = {.q = q, .question = &q->items.items[i]};
        answer(&m);
        m.question->answers = SP_NEW_ARRAY(&q->arena, sp_answer, m.list.len);
        if (m.question->answers != NULL && m.list.len > 0)
            memcpy(m.question->answers, m.list.items, m.list.len * sizeof *m.list.items);
        m.question->answer_count = (uint32_t)m.list.len;
        SP_VEC_FREE(&m.list);
        q->failed |= q->arena.failed;
    }
    q->grown = false;
}
