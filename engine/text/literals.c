/* Reads patterns far enough to know what they cannot match without: a sequence needs each of its parts, an alternation
 * one of its branches, and what is optional, a class or an assertion needs nothing. What is not understood makes the
 * whole pattern unknown, which is always safe. The search is an Aho-Corasick automaton. */
#include "text/literals.h"

#include <stdlib.h>

#include "base/intern.h"

#define SHORTEST 3u /* shorter pieces stand in every sentence */
#define LONGEST 8u  /* the beginning of a word tells enough */
#define MOST_IN_CLAUSE 400u
#define DEEPEST 60u
#define BYTES 256u

typedef SP_VEC(uint32_t) numbers;
typedef SP_VEC(numbers) clause_list;

struct sp_literals {
    sp_intern texts;
    uint8_t class_of[BYTES]; /* 0: no literal has it */
    uint32_t classes;
    uint32_t *next; /* state * classes + class */
    uint32_t *ends; /* by state: literal + 1, or 0 */
    uint32_t *more; /* by state: the next shorter state that ends a literal, or 0 */
    uint32_t states;
    bool failed;
};

sp_literals *sp_literals_new(void)
{
    return calloc(1, sizeof(sp_literals));
}

void sp_literals_free(sp_literals *l)
{
    if (l == NULL)
        return;
    sp_intern_free(&l->texts);
    free(l->next);
    free(l->ends);
    free(l->more);
    free(l);
}

/* --- reading patterns --- */

typedef struct reader {
    sp_literals *literals;
    sp_str text;
    size_t at;
    uint32_t depth;
    bool unknown;
} reader;

typedef struct sequence {
    clause_list clauses;
    char run[LONGEST];
    size_t run_length; /* of the whole run, which may be longer than what is kept */
    size_t run_kept;
} sequence;

static void free_clauses(clause_list *list)
{
    for (size_t i = 0; i < list->len; i++)
        SP_VEC_FREE(&list->items[i]);
    SP_VEC_FREE(list);
}

static void add_clause(reader *r, clause_list *list, numbers *clause)
{
    if (clause->len == 0 || clause->len > MOST_IN_CLAUSE || !SP_VEC_PUSH(list, *clause)) {
        SP_VEC_FREE(clause);
        return;
    }
    *clause = (numbers){0};
    (void)r;
}

static void end_run(reader *r, sequence *s)
{
    numbers clause = {0};
    if (s->run_kept >= SHORTEST) {
        uint32_t number = sp_intern_add(&r->literals->texts, (sp_str){s->run, s->run_kept});
        if (number == SP_NONE || !SP_VEC_PUSH(&clause, number))
            r->literals->failed = true;
        else
            add_clause(r, &s->clauses, &clause);
    }
    SP_VEC_FREE(&clause);
    s->run_length = s->run_kept = 0;
}

static void add_letter(sequence *s, char c)
{
    if (s->run_kept < LONGEST && s->run_kept == s->run_length)
        s->run[s->run_kept++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    s->run_length++;
}

static void drop_letter(sequence *s)
{
    if (s->run_kept == s->run_length)
        s->run_kept--;
    s->run_length--;
}

/* The quantifier at the reader's place, if any: may what stands before it be absent, or stand there more than once? */
static void read_quantifier(reader *r, bool *optional, bool *many)
{
    *optional = *many = false;
    if (r->at >= r->text.len)
        return;
    char c = r->text.ptr[r->at];
    if (c == '?' || c == '*' || c == '+') {
        *optional = c != '+';
        *many = c != '?';
        r->at++;
    } else if (c == '{' && r->at + 1 < r->text.len && r->text.ptr[r->at + 1] >= '0' &&
               r->text.ptr[r->at + 1] <= '9') {
        size_t first = r->at + 1, end = first;
        while (end < r->text.len && r->text.ptr[end] != '}')
            end++;
        size_t digits = first;
        while (digits < end && r->text.ptr[digits] == '0')
            digits++;
        *optional = digits == end || r->text.ptr[digits] == ',';
        *many = true;
        r->at = end < r->text.len ? end + 1 : end;
    } else {
        return;
    }
    if (r->at < r->text.len && (r->text.ptr[r->at] == '?' || r->text.ptr[r->at] == '+'))
        r->at++; /* lazy or possessive */
}

static void skip_class(reader *r)
{
    size_t i = r->at + 1;
    if (i < r->text.len && r->text.ptr[i] == '^')
        i++;
    if (i < r->text.len && r->text.ptr[i] == ']')
        i++;
    while (i < r->text.len && r->text.ptr[i] != ']') {
        if (r->text.ptr[i] == '\\')
            i++;
        else if (r->text.ptr[i] == '[' && i + 1 < r->text.len && r->text.ptr[i + 1] == ':')
            r->unknown = true;
        i++;
    }
    r->at = i + 1;
}

/* How an opening bracket begins: past it, and whether the group asserts and takes up nothing. */
static void open_group(reader *r, bool *asserts)
{
    sp_str rest = {r->text.ptr + r->at, r->text.len - r->at};
    *asserts = sp_str_starts(rest, SP_LIT("(?=")) || sp_str_starts(rest, SP_LIT("(?!")) ||
               sp_str_starts(rest, SP_LIT("(?<=")) || sp_str_starts(rest, SP_LIT("(?<!"));
    if (*asserts)
        r->at += rest.ptr[2] == '<' ? 4 : 3;
    else if (sp_str_starts(rest, SP_LIT("(?:")) || sp_str_starts(rest, SP_LIT("(?>")))
        r->at += 3;
    else if (sp_str_starts(rest, SP_LIT("(?<")))
        while (r->at < r->text.len && r->text.ptr[r->at++] != '>')
            ;
    else if (sp_str_starts(rest, SP_LIT("(?")) || sp_str_starts(rest, SP_LIT("(*")))
        r->unknown = true;
    else
        r->at++;
}

static clause_list read_alternation(reader *r);

static void read_group(reader *r, sequence *s)
{
    bool asserts, optional, many;
    open_group(r, &asserts);
    if (r->unknown)
        return;
    clause_list inner = read_alternation(r);
    if (r->at >= r->text.len || r->text.ptr[r->at] != ')')
        r->unknown = true;
    r->at++;
    read_quantifier(r, &optional, &many);
    if (!asserts) {
        end_run(r, s);
        for (size_t i = 0; i < inner.len && !optional; i++)
            add_clause(r, &s->clauses, &inner.items[i]);
    }
    free_clauses(&inner);
}

static void read_escape(reader *r, sequence *s, bool *letter)
{
    char c = r->at + 1 < r->text.len ? r->text.ptr[r->at + 1] : '\0';
    *letter = false;
    r->at += 2;
    if (c == 'b' || c == 'B' || c == 'A' || c == 'z' || c == 'Z' || c == 'K')
        return; /* takes up nothing, and so does not end a run */
    if (strchr("wWdDsShHvVRNX", c) != NULL && c != '\0') {
        end_run(r, s);
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '\0') {
        r->unknown = true;
    } else {
        add_letter(s, c);
        *letter = true;
    }
}

static void read_atom(reader *r, sequence *s)
{
    unsigned char c = (unsigned char)r->text.ptr[r->at];
    bool letter = false, optional, many;
    if (c == '(') {
        read_group(r, s);
        return;
    }
    if (c == '\\') {
        read_escape(r, s, &letter);
    } else if (c == '[') {
        end_run(r, s);
        skip_class(r);
    } else if (c == '^' || c == '$') {
        r->at++;
    } else if (c == '.' || c >= 0x80) {
        end_run(r, s);
        r->at++;
    } else {
        add_letter(s, (char)c);
        letter = true;
        r->at++;
    }
    read_quantifier(r, &optional, &many);
    if (letter && optional)
        drop_letter(s);
    if (optional || many)
        end_run(r, s);
}

static clause_list read_sequence(reader *r)
{
    sequence s = {0};
    while (r->at < r->text.len && r->text.ptr[r->at] != '|' && r->text.ptr[r->at] != ')' && !r->unknown)
        read_atom(r, &s);
    end_run(r, &s);
    return s.clauses;
}

/* The clause that says most: the one whose shortest piece is longest. NULL if there is none. */
static numbers *best_of(const reader *r, const clause_list *list)
{
    numbers *best = NULL;
    size_t best_length = 0;
    for (size_t i = 0; i < list->len; i++) {
        size_t shortest = SIZE_MAX;
        for (size_t k = 0; k < list->items[i].len; k++) {
            size_t length = sp_intern_text(&r->literals->texts, list->items[i].items[k]).len;
            shortest = length < shortest ? length : shortest;
        }
        if (shortest > best_length ||
            (shortest == best_length && best != NULL && list->items[i].len < best->len)) {
            best = &list->items[i];
            best_length = shortest;
        }
    }
    return best;
}

static bool add_branch(const reader *r, numbers *all, const clause_list *branch)
{
    const numbers *best = best_of(r, branch);
    if (best == NULL)
        return false;
    for (size_t i = 0; i < best->len; i++)
        if (!SP_VEC_PUSH(all, best->items[i]))
            return false;
    return true;
}

static clause_list read_alternation(reader *r)
{
    clause_list first = {0}, result = {0};
    numbers all = {0};
    if (++r->depth > DEEPEST) {
        r->unknown = true;
        return result;
    }
    first = read_sequence(r);
    if (r->at >= r->text.len || r->text.ptr[r->at] != '|' || r->unknown) {
        r->depth--;
        return first;
    }
    bool every = add_branch(r, &all, &first);
    free_clauses(&first);
    while (r->at < r->text.len && r->text.ptr[r->at] == '|' && !r->unknown) {
        r->at++;
        clause_list branch = read_sequence(r);
        every = every && add_branch(r, &all, &branch);
        free_clauses(&branch);
    }
    if (every)
        add_clause(r, &result, &all);
    SP_VEC_FREE(&all);
    r->depth--;
    return result;
}

/* Rarer pieces are asked for first: most patterns are ruled out by one look. */
static int compare_clauses(const void *a, const void *b)
{
    const sp_clause *x = a, *y = b;
    return x->count != y->count ? (x->count < y->count ? -1 : 1) : 0;
}

sp_clauses sp_literals_needed(sp_literals *l, sp_str pattern, sp_arena *arena)
{
    reader r = {.literals = l, .text = pattern};
    sp_clauses clauses = {0};
    clause_list list = read_alternation(&r);
    bool whole = !r.unknown && r.at == pattern.len;
    sp_clause *items = whole && list.len > 0 ? SP_NEW_ARRAY(arena, sp_clause, list.len) : NULL;
    for (size_t i = 0; items != NULL && i < list.len; i++) {
        uint32_t *copy = SP_NEW_ARRAY(arena, uint32_t, list.items[i].len);
        if (copy == NULL)
            break;
        memcpy(copy, list.items[i].items, list.items[i].len * sizeof *copy);
        items[clauses.count++] = (sp_clause){copy, (uint32_t)list.items[i].len};
    }
    clauses.items = items;
    if (clauses.count > 1)
        qsort(items, clauses.count, sizeof *items, compare_clauses);
    free_clauses(&list);
    return clauses;
}

/* --- the automaton --- */

static size_t count_bytes(const sp_literals *l)
{
    size_t total = 1;
    for (uint32_t i = 0; i < l->texts.count; i++)
        total += sp_intern_text(&l->texts, i).len;
    return total;
}

static void find_classes(sp_literals *l)
{
    l->classes = 1;
    for (uint32_t i = 0; i < l->texts.count; i++) {
        sp_str text = sp_intern_text(&l->texts, i);
        for (size_t k = 0; k < text.len; k++) {
            uint8_t *class_of = &l->class_of[(unsigned char)text.ptr[k]];
            if (*class_of == 0)
                *class_of = (uint8_t)l->classes++;
        }
    }
    for (unsigned c = 'A'; c <= 'Z'; c++)
        l->class_of[c] = l->class_of[c | 0x20];
}

static void add_words(sp_literals *l)
{
    l->states = 1;
    for (uint32_t i = 0; i < l->texts.count; i++) {
        sp_str text = sp_intern_text(&l->texts, i);
        uint32_t state = 0;
        for (size_t k = 0; k < text.len; k++) {
            uint32_t *next = &l->next[(size_t)state * l->classes + l->class_of[(unsigned char)text.ptr[k]]];
            if (*next == 0)
                *next = l->states++;
            state = *next;
        }
        l->ends[state] = i + 1;
    }
}

/* Breadth first, so that what a state falls back to is complete before the state is. */
static void add_failures(sp_literals *l, uint32_t *queue, uint32_t *fallback)
{
    size_t head = 0, tail = 0;
    for (uint32_t c = 1; c < l->classes; c++)
        if (l->next[c] != 0)
            queue[tail++] = l->next[c];
    while (head < tail) {
        uint32_t state = queue[head++], fall = fallback[state];
        l->more[state] = l->ends[fall] != 0 ? fall : l->more[fall];
        for (uint32_t c = 1; c < l->classes; c++) {
            uint32_t *next = &l->next[(size_t)state * l->classes + c];
            uint32_t otherwise = l->next[(size_t)fall * l->classes + c];
            if (*next == 0) {
                *next = otherwise;
            } else {
                fallback[*next] = otherwise;
                queue[tail++] = *next;
            }
        }
    }
}

bool sp_literals_finish(sp_literals *l)
{
    size_t most = count_bytes(l);
    find_classes(l);
    l->next = calloc(most * l->classes, sizeof *l->next);
    l->ends = calloc(most, sizeof *l->ends);
    l->more = calloc(most, sizeof *l->more);
    uint32_t *queue = calloc(most, sizeof *queue), *fallback = calloc(most, sizeof *fallback);
    bool room = l->next != NULL && l->ends != NULL && l->more != NULL && queue != NULL && fallback != NULL;
    if (room) {
        add_words(l);
        add_failures(l, queue, fallback);
    }
    free(queue);
    free(fallback);
    return room && !l->failed;
}

size_t sp_literals_words(const sp_literals *l)
{
    return l->texts.count / 64 + 1;
}

void sp_literals_find(const sp_literals *l, sp_str text, uint64_t *seen)
{
    memset(seen, 0, sp_literals_words(l) * sizeof *seen);
    uint32_t state = 0;
    for (size_t i = 0; i < text.len; i++) {
        uint8_t class_of = l->class_of[(unsigned char)text.ptr[i]];
        state = class_of == 0 ? 0 : l->next[(size_t)state * l->classes + class_of];
        for (uint32_t at = l->ends[state] != 0 ? state : l->more[state]; at != 0; at = l->more[at])
            seen[(l->ends[at] - 1) / 64] |= (uint64_t)1 << ((l->ends[at] - 1) % 64);
    }
}
