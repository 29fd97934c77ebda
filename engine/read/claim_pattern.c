#include "read/claim_pattern.h"

#include <stdlib.h>

#include "surplace/limits.h"
#include "text/suggest.h"

/* Word families within word families. */
#define CONCEPT_DEPTH 12u

static bool is_name_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The name of a word family in braces at `at`; empty if there is none. `{2,3}` is PCRE2's own. */
static sp_str family_at(sp_str source, size_t at)
{
    size_t start = at + 1, end = start;
    if (source.ptr[at] != '{' || end >= source.len || !(source.ptr[end] >= 'A' && source.ptr[end] <= 'Z'))
        return SP_EMPTY;
    while (end < source.len && is_name_letter(source.ptr[end]))
        end++;
    if (end == source.len || source.ptr[end] != '}')
        return SP_EMPTY;
    return (sp_str){source.ptr + start, end - start};
}

static void unknown_family(sp_claim_loader *l, sp_str name, sp_place place)
{
    sp_suggest suggest;
    sp_suggest_begin_for(&suggest, l->diags, name);
    for (size_t i = 0; i < l->claims->concepts.len; i++)
        sp_suggest_offer(&suggest, l->claims->concepts.items[i].name);
    sp_diag *diag = sp_diags_add(l->diags, SP_ERROR, SP_DIAG_UNKNOWN_NAME, place,
                                 "no word family is named '%.*s'", SP_STR(name));
    if (sp_suggest_best(&suggest).len > 0)
        sp_diag_hint(l->diags, diag, "did you mean '%.*s'?", SP_STR(sp_suggest_best(&suggest)));
}

/* Writes a pattern with its word families written out. False after a diagnostic. */
static bool write_out(sp_claim_loader *l, sp_str source, sp_place place, uint32_t depth, sp_buf *out)
{
    if (depth > CONCEPT_DEPTH || out->len > SURPLACE_MAX_CLAIM_PATTERN_BYTES) {
        sp_diags_add(l->diags, SP_ERROR, SP_DIAG_BAD_PATTERN, place,
                     "word families stand in one another without end, or grow too long");
        return false;
    }
    for (size_t i = 0; i < source.len; i++) {
        sp_str name = source.ptr[i] == '{' ? family_at(source, i) : SP_EMPTY;
        if (source.ptr[i] == '\\' && i + 1 < source.len) {
            sp_buf_add(out, (sp_str){source.ptr + i, 2});
            i++;
            continue;
        }
        if (name.len == 0) {
            sp_buf_add_char(out, source.ptr[i]);
            continue;
        }
        uint32_t concept = sp_claims_concept(l->claims, name);
        if (concept == SP_NONE) {
            unknown_family(l, name, place);
            return false;
        }
        sp_buf_add_cstr(out, "(?:");
        if (!write_out(l, l->claims->concepts.items[concept].source, place, depth + 1, out))
            return false;
        sp_buf_add_char(out, ')');
        i += name.len + 1;
    }
    return true;
}

/* `{3,}`: a number of times that has no end. */
static bool open_ended(sp_str source, size_t at)
{
    size_t end = at + 1;
    while (end < source.len &&
           ((source.ptr[end] >= '0' && source.ptr[end] <= '9') || source.ptr[end] == ','))
        end++;
    return end < source.len && end > at + 2 && source.ptr[end] == '}' && source.ptr[end - 1] == ',';
}

/* A repeat without end around another can take time without bound on a text made for it: (a+)+ is refused. */
static bool repeats_repeats(sp_str source)
{
    bool inside[64] = {false}; /* by depth: an unbounded repeat stands in the open group */
    size_t depth = 0;
    bool in_class = false, closed_with_repeat = false;
    for (size_t i = 0; i < source.len; i++) {
        char c = source.ptr[i];
        bool was_closed = closed_with_repeat;
        closed_with_repeat = false;
        if (c == '\\') {
            i++;
        } else if (in_class) {
            in_class = c != ']';
        } else if (c == '[') {
            in_class = true;
        } else if (c == '(') {
            depth++;
            if (depth >= 64)
                return true;
            inside[depth] = false;
        } else if (c == ')' && depth > 0) {
            closed_with_repeat = inside[depth];
            depth--;
            inside[depth] |= closed_with_repeat;
        } else if (c == '*' || c == '+') {
            if (i > 0 && (source.ptr[i - 1] == '?' || source.ptr[i - 1] == '*' ||
                          source.ptr[i - 1] == '+' || source.ptr[i - 1] == '}'))
                continue; /* possessive */
            if (was_closed)
                return true;
            inside[depth] = true;
        } else if (c == '{' && was_closed && open_ended(source, i)) {
            return true;
        }
    }
    return false;
}

static sp_pattern *compile(sp_claim_loader *l, sp_str source, sp_place place, sp_clauses *words)
{
    sp_buf out = {0}, error = {0};
    sp_pattern *pattern = NULL;
    size_t offset = 0;
    if (write_out(l, source, place, 0, &out) && !out.failed) {
        if (repeats_repeats(sp_buf_str(&out)))
            sp_diags_add(l->diags, SP_ERROR, SP_DIAG_BAD_PATTERN, place,
                         "a repeat around a repeat can take time without bound");
        else if ((pattern = sp_pattern_new_long(sp_buf_str(&out), &error, &offset)) == NULL &&
                 !error.failed)
            sp_diags_add(l->diags, SP_ERROR, SP_DIAG_BAD_PATTERN, place,
                         "%.*s, at byte %zu of the pattern with its word families written out",
                         SP_STR(sp_buf_str(&error)), offset);
        else if (pattern != NULL && !SP_VEC_PUSH(&l->claims->patterns, pattern)) {
            sp_pattern_free(pattern);
            pattern = NULL;
            l->diags->failed = true;
        }
    }
    if (pattern != NULL)
        *words = sp_literals_needed(l->claims->literals, sp_buf_str(&out), &l->claims->arena);
    l->diags->failed |= out.failed || error.failed;
    sp_buf_clear(&out);
    sp_buf_clear(&error);
    return pattern;
}

/* --- word families --- */

static bool family_name_valid(sp_str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!is_name_letter(name.ptr[i]))
            return false;
    return name.len > 0 && name.ptr[0] >= 'A' && name.ptr[0] <= 'Z';
}

void sp_read_concepts(sp_claim_loader *l, const sp_yaml_tree *tree, uint32_t mapping)
{
    SP_YAML_EACH_PAIR (tree, key, mapping) {
        sp_concept concept = {.name = sp_yaml_text(tree, key), .place = sp_yaml_place(tree, key)};
        if (!family_name_valid(concept.name)) {
            sp_diags_add(l->diags, SP_ERROR, SP_DIAG_BAD_NAME, concept.place,
                         "'%.*s' cannot name a word family: use capitals, digits and underscores",
                         SP_STR(concept.name));
            continue;
        }
        uint32_t same = sp_claims_concept(l->claims, concept.name);
        if (same != SP_NONE) {
            sp_diag *diag = sp_diags_add(l->diags, SP_ERROR, SP_DIAG_DUPLICATE, concept.place,
                                         "the word family '%.*s' is declared twice", SP_STR(concept.name));
            sp_diag_second(l->diags, diag, l->claims->concepts.items[same].place, "first declared here");
            continue;
        }
        if (l->claims->concepts.len >= SURPLACE_MAX_CONCEPTS) {
            sp_diags_add(l->diags, SP_ERROR, SP_DIAG_LIMIT, concept.place,
                         "more than %d word families (limit: concepts)", SURPLACE_MAX_CONCEPTS);
            return;
        }
        sp_buf source = {0};
        if (tree->nodes[key + 1].kind == SP_YAML_SCALAR)
            sp_buf_add(&source, sp_yaml_text(tree, key + 1));
        else if (tree->nodes[key + 1].kind == SP_YAML_LIST)
            SP_YAML_EACH (tree, item, key + 1)
                sp_buf_printf(&source, "%s%.*s", source.len > 0 ? "|" : "",
                              SP_STR(sp_yaml_text(tree, item)));
        concept.source = sp_arena_dup(&l->claims->arena, sp_buf_str(&source));
        l->diags->failed |= source.failed;
        sp_buf_clear(&source);
        if (concept.source.len == 0)
            sp_diags_add(l->diags, SP_ERROR, SP_DIAG_WRONG_KIND, concept.place,
                         "a word family is a pattern, or a list of patterns");
        else if (!SP_VEC_PUSH(&l->claims->concepts, concept))
            l->diags->failed = true;
    }
}

static int compare_concepts(const void *a, const void *b)
{
    return sp_str_cmp(((const sp_concept *)a)->name, ((const sp_concept *)b)->name);
}

void sp_finish_concepts(sp_claim_loader *l)
{
    sp_claims *claims = l->claims;
    sp_matcher *matcher = sp_matcher_new();
    if (matcher == NULL) {
        l->diags->failed = true;
        return;
    }
    if (claims->concepts.len > 1)
        qsort(claims->concepts.items, claims->concepts.len, sizeof *claims->concepts.items,
              compare_concepts);
    for (size_t i = 0; i < claims->concepts.len; i++) {
        sp_concept *c = &claims->concepts.items[i];
        c->pattern = compile(l, c->source, c->place, &c->words);
        c->may_be_empty = c->pattern != NULL &&
                          sp_pattern_match(c->pattern, matcher, SP_EMPTY) != SP_MATCH_NO;
    }
    sp_matcher_free(matcher);
}

/* --- parts --- */

/* May what stands behind a group be absent? */
static bool optional_behind(sp_str source, size_t at)
{
    if (at >= source.len)
        return false;
    char c = source.ptr[at];
    return c == '?' || c == '*' || (c == '{' && at + 1 < source.len && source.ptr[at + 1] == '0');
}

/* The word families that stand outside of every group and are not optional, in a pattern that is no alternation: any
 * match has them. */
static uint32_t find_needs(const sp_claims *claims, sp_str source, uint32_t *needs, uint32_t most)
{
    uint32_t count = 0;
    size_t depth = 0;
    bool in_class = false;
    for (size_t i = 0; i < source.len; i++) {
        char c = source.ptr[i];
        sp_str name = c == '{' && depth == 0 && !in_class ? family_at(source, i) : SP_EMPTY;
        if (c == '\\')
            i++;
        else if (in_class)
            in_class = c != ']';
        else if (c == '[')
            in_class = true;
        else if (c == '(')
            depth++;
        else if (c == ')' && depth > 0)
            depth--;
        else if (c == '|' && depth == 0)
            return 0;
        if (name.len == 0)
            continue;
        i += name.len + 1;
        uint32_t concept = sp_claims_concept(claims, name);
        if (concept != SP_NONE && count < most && !claims->concepts.items[concept].may_be_empty &&
            !optional_behind(source, i + 1))
        needs[count++] = concept;
    }
    return count;
}

static sp_claim_part read_part(sp_claim_loader *l, sp_str source, sp_place place)
{
    sp_claim_part part = {.concept = SP_NONE, .place = place};
    uint32_t needs[8];
    sp_str name = source.len > 2 ? family_at(source, 0) : SP_EMPTY;
    if (name.len > 0 && name.len + 2 == source.len) {
        part.concept = sp_claims_concept(l->claims, name);
        if (part.concept == SP_NONE)
            unknown_family(l, name, place);
        return part;
    }
    part.pattern = compile(l, source, place, &part.words);
    part.need_count = find_needs(l->claims, source, needs, 8);
    uint32_t *kept = SP_NEW_ARRAY(&l->claims->arena, uint32_t, part.need_count);
    if (kept != NULL && part.need_count > 0)
        memcpy(kept, needs, part.need_count * sizeof *kept);
    if (kept == NULL)
        part.need_count = 0;
    part.needs = kept;
    return part;
}

static sp_parts read_parts(sp_claim_loader *l, const sp_yaml_tree *tree, uint32_t node)
{
    sp_parts parts = {0};
    if (node == SP_NONE)
        return parts;
    bool list = tree->nodes[node].kind == SP_YAML_LIST;
    uint32_t count = list ? tree->nodes[node].len : 1;
    sp_claim_part *items = SP_NEW_ARRAY(&l->claims->arena, sp_claim_part, count);
    if (items == NULL)
        return parts;
    parts.items = items;
    if (!list) {
        items[parts.count++] = read_part(l, sp_yaml_text(tree, node), sp_yaml_place(tree, node));
        return parts;
    }
    SP_YAML_EACH (tree, item, node)
        if (tree->nodes[item].kind == SP_YAML_SCALAR)
            items[parts.count++] = read_part(l, sp_yaml_text(tree, item), sp_yaml_place(tree, item));
    return parts;
}

sp_parts sp_read_parts(sp_claim_loader *l, const sp_yaml_tree *tree, const sp_field *field)
{
    return read_parts(l, tree, field->node);
}

static sp_claim_pattern read_pattern(sp_claim_loader *l, const sp_yaml_tree *tree, uint32_t node)
{
    enum { ALL, NONE, TWO, COUNT };
    sp_field f[COUNT] = {[ALL] = {"all", SP_FIELD_NAMES, true, 0},
                         [NONE] = {"none", SP_FIELD_NAMES, false, 0},
                         [TWO] = {"two", SP_FIELD_TEXT, false, 0}};
    sp_claim_pattern pattern = {.place = sp_yaml_place(tree, node)};
    if (tree->nodes[node].kind != SP_YAML_MAP) {
        pattern.all = read_parts(l, tree, node);
        return pattern;
    }
    if (!sp_fields_read(tree, node, "a pattern", f, COUNT, l->diags))
        return pattern;
    pattern.all = sp_read_parts(l, tree, &f[ALL]);
    pattern.none = sp_read_parts(l, tree, &f[NONE]);
    pattern.two = sp_field_flag(tree, &f[TWO], false, l->diags);
    if (pattern.all.count == 0)
        sp_diags_add(l->diags, SP_ERROR, SP_DIAG_BAD_VALUE, pattern.place,
                     "a pattern has at least one part");
    return pattern;
}

const sp_claim_pattern *sp_read_claim_patterns(sp_claim_loader *l, const sp_yaml_tree *tree, uint32_t list,
                                               uint32_t *count)
{
    uint32_t length = tree->nodes[list].len;
    sp_claim_pattern *patterns = SP_NEW_ARRAY(&l->claims->arena, sp_claim_pattern, length);
    *count = 0;
    if (length > SURPLACE_MAX_CLAIM_PATTERNS)
        sp_diags_add(l->diags, SP_ERROR, SP_DIAG_LIMIT, sp_yaml_place(tree, list),
                     "more than %d patterns of one claim (limit: claim patterns)",
                     SURPLACE_MAX_CLAIM_PATTERNS);
    else if (patterns != NULL)
        SP_YAML_EACH (tree, item, list)
            patterns[(*count)++] = read_pattern(l, tree, item);
    return patterns;
}
