/* Nearest names by edit distance: insertion, deletion, replacement, swap of neighbours ("optimal string
 * alignment"). Names are short ASCII words, so bytes are counted. */
#include "text/suggest.h"

#include <string.h>

#include "surplace/limits.h"

#define MAX_LENGTH 96 /* longer words are not looked at: nobody mistypes them by a letter */

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The distance of two texts of at most MAX_LENGTH bytes, or any number above `limit` if it is above it. */
static size_t distance(sp_str a, sp_str b, size_t limit)
{
    size_t rows[3][MAX_LENGTH + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.len; j++)
        above[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t best = row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            bool same = a.ptr[i - 1] == b.ptr[j - 1];
            row[j] = smaller(above[j - 1] + !same, smaller(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1])
                row[j] = smaller(row[j], before[j - 2] + 1);
            best = smaller(best, row[j]);
        }
        if (best > limit + 1) /* a swap may still reach back over one row */
            return best;
        size_t *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[b.len];
}

void sp_suggest_begin(sp_suggest *s, sp_str wanted)
{
    *s = (sp_suggest){.wanted = wanted, .best_distance = wanted.len / 3 + 1};
}

void sp_suggest_begin_for(sp_suggest *s, sp_diags *diags, sp_str wanted)
{
    sp_suggest_begin(s, wanted);
    s->work = &diags->suggest_work;
}

bool sp_suggest_over(const sp_diags *diags)
{
    return diags->suggest_work > SURPLACE_MAX_SUGGEST_WORK || diags->list.len >= SURPLACE_MAX_DIAGNOSTICS;
}

/* False once the work of the run is spent. */
static bool spend(sp_suggest *s, size_t work)
{
    if (s->work == NULL)
        return true;
    *s->work += work;
    return *s->work <= SURPLACE_MAX_SUGGEST_WORK;
}

void sp_suggest_offer(sp_suggest *s, sp_str candidate)
{
    size_t longer = s->wanted.len > candidate.len ? s->wanted.len : candidate.len;
    size_t shorter = smaller(s->wanted.len, candidate.len);
    if (longer > MAX_LENGTH || candidate.len == 0 || longer - shorter > s->best_distance ||
        !spend(s, longer * shorter))
        return;
    size_t found = distance(s->wanted, candidate, s->best_distance);
    if (found > s->wanted.len / 3 || found > s->best_distance)
        return;
    if (found == s->best_distance && s->best.len > 0 && sp_str_cmp(candidate, s->best) >= 0)
        return;
    s->best = candidate;
    s->best_distance = found;
}

sp_str sp_suggest_best(const sp_suggest *s)
{
    return s->best;
}
