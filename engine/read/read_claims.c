#include "read/read_claims.h"

#include <stdlib.h>

#include "read/claim_pattern.h"
#include "read/expect.h"
#include "read/loader.h"
#include "read/read_case.h"
#include "surplace/limits.h"
#include "text/suggest.h"

enum { HEADER, TITLE, NOTE, LEXICON, LINK, OWN, CASE, VOICES, DEFEATERS, CLAIMS, OMISSIONS, FILE_FIELDS };

typedef struct claims_file {
    const sp_yaml_tree *tree;
    sp_field f[FILE_FIELDS];
} claims_file;

static const char *const severities[] = {"error", "warning", "note"};

/* A list of texts in the arena of the claims. */
static sp_names read_names(sp_claim_loader *l, const sp_yaml_tree *tree, const sp_field *field)
{
    sp_names names = {0};
    if (field->node == SP_NONE)
        return names;
    bool list = tree->nodes[field->node].kind == SP_YAML_LIST;
    size_t count = list ? tree->nodes[field->node].len : 1;
    sp_str *items = SP_NEW_ARRAY(&l->claims->arena, sp_str, count);
    sp_place *places = SP_NEW_ARRAY(&l->claims->arena, sp_place, count);
    if (items == NULL || places == NULL)
        return names;
    uint32_t end = list ? tree->nodes[field->node].next : field->node + 1;
    for (uint32_t item = list ? field->node + 1 : field->node; item < end; item = tree->nodes[item].next) {
        items[names.count] = sp_str_trim(sp_yaml_text(tree, item));
        places[names.count++] = sp_yaml_place(tree, item);
    }
    names.items = items;
    names.places = places;
    return names;
}

static void check_authority(sp_claim_loader *l, const sp_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        if (sp_rulebase_authority(l->base, names->items[i]) == NULL)
            sp_diags_add(l->diags, SP_ERROR, SP_DIAG_UNKNOWN_AUTHORITY, names->places[i],
                         "'%.*s' begins with no declared authority", SP_STR(names->items[i]));
}

static void check_passages(sp_claim_loader *l, const sp_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        if (sp_rulebase_passage(l->base, names->items[i]) == SP_NONE)
            sp_diags_add(l->diags, SP_ERROR, SP_DIAG_UNKNOWN_PASSAGE, names->places[i],
                         "no passage has the id '%.*s'", SP_STR(names->items[i]));
}

static void check_rules(sp_claim_loader *l, const sp_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        bool found = false;
        sp_suggest suggest;
        sp_suggest_begin_for(&suggest, l->diags, names->items[i]);
        for (size_t r = 0; r < l->base->rules.len && !found; r++) {
            found = sp_str_eq(l->base->rules.items[r].id, names->items[i]);
            sp_suggest_offer(&suggest, l->base->rules.items[r].id);
        }
        if (found)
            continue;
        sp_diag *diag = sp_diags_add(l->diags, SP_ERROR, SP_DIAG_UNKNOWN_ID, names->places[i],
                                     "no rule has the id '%.*s'", SP_STR(names->items[i]));
        if (sp_suggest_best(&suggest).len > 0)
            sp_diag_hint(l->diags, diag, "did you mean '%.*s'?", SP_STR(sp_suggest_best(&suggest)));
    }
}

static bool id_valid(sp_claim_loader *l, sp_str id, sp_place place)
{
    bool valid = id.len > 0 && id.len <= 80 && id.ptr[0] != '-';
    for (size_t i = 0; i < id.len && valid; i++) {
        char c = id.ptr[i];
        valid = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }
    if (!valid)
        sp_diags_add(l->diags, SP_ERROR, SP_DIAG_BAD_NAME, place,
                     "'%.*s' cannot be an id here: use lower-case letters, digits and hyphens", SP_STR(id));
    return valid;
}

/* --- the case of the draft --- */

/* Its tree. INVALID if no file, or more than one, has it, or it is malformed (diagnosed); NO_MEMORY. */
static surplace_status find_draft_case(const sp_yaml_tree *trees, size_t count, sp_arena *arena,
                                       sp_yaml_tree *tree, sp_diags *diags)
{
    const sp_yaml_tree *first = NULL;
    uint32_t found = SP_NONE;
    for (size_t i = 0; i < count; i++) {
        uint32_t header = trees[i].nodes[0].kind == SP_YAML_MAP
                              ? sp_yaml_get(&trees[i], 0, SP_LIT("surplace"))
                              : SP_NONE;
        if (header == SP_NONE || !sp_str_eq(sp_yaml_text(&trees[i], header), SP_LIT("claims/1")))
            continue;
        uint32_t node = sp_yaml_get(&trees[i], 0, SP_LIT("case"));
        if (node == SP_NONE || trees[i].nodes[node].kind != SP_YAML_SCALAR)
            continue;
        if (first != NULL) {
            sp_diags_add(diags, SP_ERROR, SP_DIAG_DUPLICATE, sp_yaml_place(&trees[i], node),
                         "the case of a draft is given twice");
            return SURPLACE_INVALID;
        }
        first = &trees[i];
        found = node;
    }
    if (first == NULL) {
        sp_diags_add(diags, SP_ERROR, SP_DIAG_MISSING_KEY, (sp_place){0},
                     "no claims file has a 'case', of which drafts are taken to speak");
        return SURPLACE_INVALID;
    }
    sp_input *input = SP_NEW(arena, sp_input);
    if (input == NULL)
        return SURPLACE_NO_MEMORY;
    input->name = sp_arena_printf(arena, "%.*s, case", SP_STR(first->input->name));
    input->text = sp_arena_dup(arena, sp_yaml_text(first, found));
    return arena->failed ? SURPLACE_NO_MEMORY : sp_yaml_read(input, arena, tree, diags);
}

surplace_status sp_read_draft_case(sp_facts *facts, const sp_yaml_tree *tree, const sp_str *set,
                                   size_t set_count, sp_diags *diags)
{
    sp_case_reader reader = {.vocab = facts->vocab, .facts = facts, .diags = diags};
    sp_facts_reset(facts);
    return sp_read_case(&reader, tree, set, set_count);
}

static bool read_state(sp_str word, sp_state *state)
{
    static const sp_state states[] = {SP_OPEN, SP_HOLDS, SP_FAILS, SP_CONTESTED};
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (sp_str_eq(word, sp_str_from(sp_state_word(states[i])))) {
            *state = states[i];
            return true;
        }
    return false;
}

surplace_status sp_read_asserted(const sp_facts *facts, const sp_yaml_tree *tree, sp_asserted *a,
                                 sp_arena *arena, const char **why)
{
    const char *what;
    a->criterion = SP_NONE;
    if (sp_find_criterion(facts, 0, a->path, &a->criterion, &a->row, &a->with_row, &what)) {
        *why = "a criterion holds or fails";
        bool decided = read_state(a->value, &a->state) && (a->state == SP_HOLDS || a->state == SP_FAILS);
        return decided ? SURPLACE_OK : SURPLACE_INVALID;
    }
    a->criterion = SP_NONE;
    sp_facts scratch;
    sp_diags faults = {0};
    /* a yes-or-no fact may be said to hold or to fail, as a criterion is */
    sp_str value = sp_str_eq(a->value, SP_LIT("holds"))   ? SP_LIT("yes")
                   : sp_str_eq(a->value, SP_LIT("fails")) ? SP_LIT("no")
                                                          : a->value;
    a->set = sp_arena_printf(arena, "%.*s=%.*s", SP_STR(a->path), SP_STR(value));
    *why = "the case of a draft has no such fact or criterion, or not with that value";
    surplace_status status = arena->failed || !sp_facts_init(&scratch, facts->vocab, facts->world)
                                 ? SURPLACE_NO_MEMORY
                                 : sp_read_draft_case(&scratch, tree, &a->set, 1, &faults);
    if (!arena->failed)
        sp_facts_free(&scratch);
    sp_diags_free(&faults);
    return status;
}

/* --- claims --- */

static bool resolve(sp_claim_loader *l, const sp_yaml_tree *case_tree, sp_asserted *a)
{
    const char *why;
    surplace_status status = sp_read_asserted(&l->claims->facts, case_tree, a, &l->claims->arena, &why);
    if (status == SURPLACE_NO_MEMORY)
        l->diags->failed = true;
    else if (status != SURPLACE_OK)
        sp_diags_add(l->diags, SP_ERROR, SP_DIAG_UNKNOWN_FACT, a->place, "'%.*s: %.*s': %s",
                     SP_STR(a->path), SP_STR(a->value), why);
    return status == SURPLACE_OK;
}

static void read_asserts(sp_claim_loader *l, const sp_yaml_tree *case_tree, const sp_yaml_tree *tree,
                         uint32_t mapping, sp_claim *claim)
{
    claim->asserts = SP_NEW_ARRAY(&l->claims->arena, sp_asserted, tree->nodes[mapping].len);
    if (claim->asserts == NULL)
        return;
    SP_YAML_EACH_PAIR (tree, key, mapping) {
        sp_asserted a = {.path = sp_yaml_text(tree, key), .place = sp_yaml_place(tree, key)};
        if (tree->nodes[key + 1].kind == SP_YAML_SCALAR)
            a.value = sp_yaml_text(tree, key + 1);
        if (a.value.len == 0)
            sp_diags_add(l->diags, SP_ERROR, SP_DIAG_WRONG_KIND, a.place, "what is asserted is a text");
        else if (l->claims->has_case && resolve(l, case_tree, &a))
            claim->asserts[claim->assert_count++] = a;
    }
}

/* `addresses: [tie.well_founded_fear, tie.fears_return]`: criteria and facts by entity. */
static void read_addresses(sp_claim_loader *l, const sp_names *names, sp_claim *claim)
{
    const sp_vocab *vocab = &l->base->vocab;
    uint32_t *criteria = SP_NEW_ARRAY(&l->claims->arena, uint32_t, names->count);
    sp_str *facts = SP_NEW_ARRAY(&l->claims->arena, sp_str, names->count);
    if (criteria == NULL || facts == NULL)
        return;
    for (size_t i = 0; i < names->count; i++) {
        sp_str entity, name;
        sp_member member;
        uint32_t number = sp_str_cut(names->items[i], '.', &entity, &name)
                              ? sp_intern_find(&vocab->entity_names, entity)
                              : SP_NONE;
        if (number == SP_NONE || !sp_vocab_member(vocab, number, name, &member))
            sp_diags_add(l->diags, SP_ERROR, SP_DIAG_UNKNOWN_FACT, names->places[i],
                         "no fact or criterion is named '%.*s'", SP_STR(names->items[i]));
        else if (member.kind == SP_MEMBER_CRITERION)
            criteria[claim->criterion_count++] = member.index;
        else
            facts[claim->fact_count++] = names->items[i];
    }
    claim->criteria = criteria;
    claim->facts = facts;
}

static void read_ignores(sp_claim_loader *l, const sp_names *names, sp_claim *claim)
{
    for (size_t i = 0; i < names->count; i++) {
        bool found = false;
        for (size_t d = 0; d < l->claims->defeaters.len; d++)
            if (sp_str_eq(l->claims->defeaters.items[d].id, names->items[i])) {
                claim->ignores |= (uint64_t)1 << d;
                found = true;
            }
        if (!found)
            sp_diags_add(l->diags, SP_ERROR, SP_DIAG_UNKNOWN_ID, names->places[i],
                         "no defeater has the id '%.*s'", SP_STR(names->items[i]));
    }
}

/* What every kind of claim must say: a finding of it can then be understood by whoever reads it. */
static void check_complete(sp_claim_loader *l, const sp_claim *claim)
{
    if (claim->kind == SP_CLAIM_WRONG_TEST && (claim->message.len == 0 || claim->advice.len == 0 ||
                                               claim->authority.count + claim->passages.count == 0))
        sp_diags_add(l->diags, SP_ERROR, SP_DIAG_UNCITED, claim->place,
                     "a wrong test needs a message, an advice, and an authority or passage");
    if ((claim->kind == SP_CLAIM_PREMISE || claim->kind == SP_CLAIM_CONCLUSION) &&
        claim->assert_count == 0 && l->diags->errors == 0)
        sp_diags_add(l->diags, SP_ERROR, SP_DIAG_MISSING_KEY, claim->place,
                     "a premise or conclusion says what it asserts");
}

static void read_examples(sp_claim_loader *l, const sp_yaml_tree *tree, uint32_t mapping, sp_claim *claim)
{
    enum { MATCH, NO_MATCH, COUNT };
    sp_field f[COUNT] = {
        [MATCH] = {"match", SP_FIELD_NAMES, true, 0}, [NO_MATCH] = {"no_match", SP_FIELD_NAMES, false, 0}};
    if (!sp_fields_read(tree, mapping, "examples", f, COUNT, l->diags))
        return;
    claim->match = read_names(l, tree, &f[MATCH]);
    claim->no_match = read_names(l, tree, &f[NO_MATCH]);
}

static void read_claim(sp_claim_loader *l, const sp_yaml_tree *case_tree, const sp_yaml_tree *tree,
                       uint32_t item)
{
    enum {
        ID,
        C_TITLE,
        KIND,
        MESSAGE,
        ADVICE,
        SEVERITY,
        MOVE,
        AUTHORITY,
        PASSAGES,
        RULES,
        ASSERTS,
        ADDRESSES,
        PATTERNS,
        EXCEPT,
        IGNORES,
        COVERS,
        EXAMPLES,
        C_NOTE,
        COUNT
    };
    sp_field f[COUNT] = {[ID] = {"id", SP_FIELD_TEXT, true, 0},
                         [C_TITLE] = {"title", SP_FIELD_TEXT, true, 0},
                         [KIND] = {"kind", SP_FIELD_TEXT, true, 0},
                         [MESSAGE] = {"message", SP_FIELD_TEXT, false, 0},
                         [ADVICE] = {"advice", SP_FIELD_TEXT, false, 0},
                         [SEVERITY] = {"severity", SP_FIELD_TEXT, false, 0},
                         [MOVE] = {"move", SP_FIELD_TEXT, false, 0},
                         [AUTHORITY] = {"authority", SP_FIELD_NAMES, false, 0},
                         [PASSAGES] = {"passages", SP_FIELD_NAMES, false, 0},
                         [RULES] = {"rules", SP_FIELD_NAMES, false, 0},
                         [ASSERTS] = {"asserts", SP_FIELD_MAP, false, 0},
                         [ADDRESSES] = {"addresses", SP_FIELD_NAMES, false, 0},
                         [PATTERNS] = {"patterns", SP_FIELD_LIST, true, 0},
                         [EXCEPT] = {"except", SP_FIELD_NAMES, false, 0},
                         [IGNORES] = {"ignores", SP_FIELD_NAMES, false, 0},
                         [COVERS] = {"covers", SP_FIELD_NAMES, false, 0},
                         [EXAMPLES] = {"examples", SP_FIELD_MAP, true, 0},
                         [C_NOTE] = {"note", SP_FIELD_TEXT, false, 0}};
    static const char *const kinds[] = {"wrong_test", "premise", "conclusion", "sound", "addresses"};
    if (!sp_fields_read(tree, item, "a claim", f, COUNT, l->diags))
        return;
    uint32_t kind = sp_field_word(tree, &f[KIND], kinds, SP_CLAIM_KINDS, l->diags);
    uint32_t severity = f[SEVERITY].node == SP_NONE
                            ? 0
                            : sp_field_word(tree, &f[SEVERITY], severities, 3, l->diags);
    sp_claim claim = {.id = sp_field_text(tree, &f[ID]),
                      .title = sp_field_text(tree, &f[C_TITLE]),
                      .message = sp_field_text(tree, &f[MESSAGE]),
                      .advice = sp_field_text(tree, &f[ADVICE]),
                      .move = sp_field_text(tree, &f[MOVE]),
                      .kind = (uint8_t)kind,
                      .severity = (uint8_t)severity,
                      .authority = read_names(l, tree, &f[AUTHORITY]),
                      .passages = read_names(l, tree, &f[PASSAGES]),
                      .rules = read_names(l, tree, &f[RULES]),
                      .except = sp_read_parts(l, tree, &f[EXCEPT]),
                      .covered = read_names(l, tree, &f[COVERS]),
                      .place = sp_yaml_place(tree, f[ID].node)};
    sp_names addresses = read_names(l, tree, &f[ADDRESSES]), ignores = read_names(l, tree, &f[IGNORES]);
    if (!id_valid(l, claim.id, claim.place) || kind == SP_NONE || severity == SP_NONE)
        return;
    check_authority(l, &claim.authority);
    check_passages(l, &claim.passages);
    check_rules(l, &claim.rules);
    read_addresses(l, &addresses, &claim);
    read_ignores(l, &ignores, &claim);
    if (f[ASSERTS].node != SP_NONE)
        read_asserts(l, case_tree, tree, f[ASSERTS].node, &claim);
    claim.patterns = sp_read_claim_patterns(l, tree, f[PATTERNS].node, &claim.pattern_count);
    read_examples(l, tree, f[EXAMPLES].node, &claim);
    check_complete(l, &claim);
    if (l->claims->claims.len >= SURPLACE_MAX_CLAIMS)
        sp_diags_add(l->diags, SP_ERROR, SP_DIAG_LIMIT, claim.place, "more than %d claims (limit: claims)",
                     SURPLACE_MAX_CLAIMS);
    else if (!SP_VEC_PUSH(&l->claims->claims, claim))
        l->diags->failed = true;
}

static int compare_claims(const void *a, const void *b)
{
    return sp_str_cmp(((const sp_claim *)a)->id, ((const sp_claim *)b)->id);
}

static void sort_claims(sp_claim_loader *l)
{
    sp_claims *c = l->claims;
    if (c->claims.len > 1)
        qsort(c->claims.items, c->claims.len, sizeof *c->claims.items, compare_claims);
    for (size_t i = 1; i < c->claims.len; i++)
        if (sp_str_eq(c->claims.items[i].id, c->claims.items[i - 1].id))
            sp_diags_add(l->diags, SP_ERROR, SP_DIAG_DUPLICATE, c->claims.items[i].place,
                         "the claim '%.*s' is declared twice", SP_STR(c->claims.items[i].id));
}

/* --- claims that others refer to --- */

static const uint32_t *find_claims(sp_claim_loader *l, const sp_names *names, uint32_t *count)
{
    uint32_t *claims = SP_NEW_ARRAY(&l->claims->arena, uint32_t, names->count);
    *count = 0;
    for (size_t i = 0; claims != NULL && i < names->count; i++) {
        uint32_t claim = sp_claims_find(l->claims, names->items[i]);
        if (claim == SP_NONE)
            sp_diags_add(l->diags, SP_ERROR, SP_DIAG_UNKNOWN_ID, names->places[i],
                         "no claim has the id '%.*s'", SP_STR(names->items[i]));
        else
            claims[(*count)++] = claim;
    }
    return claims;
}

static const uint32_t *read_claim_list(sp_claim_loader *l, const sp_yaml_tree *tree, const sp_field *field,
                                       uint32_t *count)
{
    sp_names names = read_names(l, tree, field);
    return find_claims(l, &names, count);
}

static void find_covered(sp_claim_loader *l)
{
    for (size_t i = 0; i < l->claims->claims.len; i++) {
        sp_claim *claim = &l->claims->claims.items[i];
        claim->covers = find_claims(l, &claim->covered, &claim->cover_count);
    }
}

/* --- omissions --- */

static void read_omission(sp_claim_loader *l, const sp_yaml_tree *tree, uint32_t item)
{
    enum { ID, O_TITLE, MESSAGE, ADVICE, SEVERITY, AUTHORITY, PASSAGES, DECIDES, NEEDS, UNLESS, COUNT };
    sp_field f[COUNT] = {[ID] = {"id", SP_FIELD_TEXT, true, 0},
                         [O_TITLE] = {"title", SP_FIELD_TEXT, true, 0},
                         [MESSAGE] = {"message", SP_FIELD_TEXT, true, 0},
                         [ADVICE] = {"advice", SP_FIELD_TEXT, true, 0},
                         [SEVERITY] = {"severity", SP_FIELD_TEXT, true, 0},
                         [AUTHORITY] = {"authority", SP_FIELD_NAMES, true, 0},
                         [PASSAGES] = {"passages", SP_FIELD_NAMES, false, 0},
                         [DECIDES] = {"decides", SP_FIELD_NAMES, true, 0},
                         [NEEDS] = {"needs", SP_FIELD_NAMES, true, 0},
                         [UNLESS] = {"unless", SP_FIELD_NAMES, false, 0}};
    if (!sp_fields_read(tree, item, "an omission", f, COUNT, l->diags))
        return;
    uint32_t severity = sp_field_word(tree, &f[SEVERITY], severities, 3, l->diags);
    sp_omission o = {.id = sp_field_text(tree, &f[ID]),
                     .title = sp_field_text(tree, &f[O_TITLE]),
                     .message = sp_field_text(tree, &f[MESSAGE]),
                     .advice = sp_field_text(tree, &f[ADVICE]),
                     .severity = (uint8_t)severity,
                     .authority = read_names(l, tree, &f[AUTHORITY]),
                     .passages = read_names(l, tree, &f[PASSAGES]),
                     .place = sp_yaml_place(tree, f[ID].node)};
    check_authority(l, &o.authority);
    check_passages(l, &o.passages);
    o.decides = read_claim_list(l, tree, &f[DECIDES], &o.decide_count);
    o.needs = read_claim_list(l, tree, &f[NEEDS], &o.need_count);
    o.unless = read_claim_list(l, tree, &f[UNLESS], &o.unless_count);
    if (id_valid(l, o.id, o.place) && severity != SP_NONE && !SP_VEC_PUSH(&l->claims->omissions, o))
        l->diags->failed = true;
}

static int compare_omissions(const void *a, const void *b)
{
    return sp_str_cmp(((const sp_omission *)a)->id, ((const sp_omission *)b)->id);
}

/* --- defeaters and voices --- */

static uint32_t read_kinds(sp_claim_loader *l, const sp_yaml_tree *tree, const sp_field *field)
{
    sp_names names = read_names(l, tree, field);
    uint32_t kinds = 0;
    for (size_t i = 0; i < names.count; i++) {
        uint32_t before = kinds;
        for (uint32_t k = 0; k < SP_CLAIM_KINDS; k++)
            if (sp_str_eq(names.items[i], sp_str_from(sp_claim_kind_word((sp_claim_kind)k))))
                kinds |= 1u << k;
        if (kinds == before)
            sp_diags_add(l->diags, SP_ERROR, SP_DIAG_UNKNOWN_NAME, names.places[i],
                         "'%.*s' is no kind of claim", SP_STR(names.items[i]));
    }
    return names.count == 0 ? UINT32_MAX : kinds;
}

static void read_defeater(sp_claim_loader *l, const sp_yaml_tree *tree, uint32_t item)
{
    enum { ID, D_TITLE, STANCE, WHERE, OF, PATTERNS, EXCEPT, YIELDS, COUNT };
    sp_field f[COUNT] = {[ID] = {"id", SP_FIELD_TEXT, true, 0},
                         [D_TITLE] = {"title", SP_FIELD_TEXT, true, 0},
                         [STANCE] = {"stance", SP_FIELD_TEXT, true, 0},
                         [WHERE] = {"where", SP_FIELD_TEXT, true, 0},
                         [OF] = {"of", SP_FIELD_NAMES, false, 0},
                         [PATTERNS] = {"patterns", SP_FIELD_LIST, true, 0},
                         [EXCEPT] = {"except", SP_FIELD_NAMES, false, 0},
                         [YIELDS] = {"yields_to_own", SP_FIELD_TEXT, false, 0}};
    static const char *const stances[] = {"asserted", "denied",   "attributed", "quoted",
                                          "asked",    "supposed", "refuted"};
    static const char *const wheres[] = {"sentence", "before", "after",  "next",
                                         "previous", "lead",   "heading"};
    if (!sp_fields_read(tree, item, "a defeater", f, COUNT, l->diags))
        return;
    uint32_t stance = sp_field_word(tree, &f[STANCE], stances, SP_STANCES, l->diags);
    uint32_t where = sp_field_word(tree, &f[WHERE], wheres, SP_WHERES, l->diags);
    if (stance == SP_NONE || where == SP_NONE)
        return;
    sp_defeater d = {.id = sp_field_text(tree, &f[ID]),
                     .title = sp_field_text(tree, &f[D_TITLE]),
                     .stance = (uint8_t)stance,
                     .where = (uint8_t)where,
                     .kinds = read_kinds(l, tree, &f[OF]),
                     .patterns = sp_read_parts(l, tree, &f[PATTERNS]),
                     .except = sp_read_parts(l, tree, &f[EXCEPT]),
                     .yields_to_own = sp_field_flag(tree, &f[YIELDS], false, l->diags),
                     .place = sp_yaml_place(tree, f[ID].node)};
    if (l->claims->defeaters.len >= 64)
        sp_diags_add(l->diags, SP_ERROR, SP_DIAG_LIMIT, d.place,
                     "more than 64 defeaters (limit: defeaters)");
    else if (id_valid(l, d.id, d.place) && !SP_VEC_PUSH(&l->claims->defeaters, d))
        l->diags->failed = true;
}

static int compare_defeaters(const void *a, const void *b)
{
    return sp_str_cmp(((const sp_defeater *)a)->id, ((const sp_defeater *)b)->id);
}

static void read_voice(sp_claim_loader *l, const sp_yaml_tree *tree, uint32_t item)
{
    enum { ID, HEAD, NOT_HEAD, V_OWN, COUNT };
    sp_field f[COUNT] = {[ID] = {"id", SP_FIELD_TEXT, true, 0},
                         [HEAD] = {"head", SP_FIELD_NAMES, true, 0},
                         [NOT_HEAD] = {"not_head", SP_FIELD_NAMES, false, 0},
                         [V_OWN] = {"own", SP_FIELD_NAMES, true, 0}};
    if (!sp_fields_read(tree, item, "a voice", f, COUNT, l->diags))
        return;
    sp_voice v = {.id = sp_field_text(tree, &f[ID]),
                  .head = sp_read_parts(l, tree, &f[HEAD]),
                  .not_head = sp_read_parts(l, tree, &f[NOT_HEAD]),
                  .own = sp_read_parts(l, tree, &f[V_OWN])};
    if (!SP_VEC_PUSH(&l->claims->voices, v))
        l->diags->failed = true;
}

/* --- files --- */

static void each(sp_claim_loader *l, const claims_file *file, int field,
                 void (*read)(sp_claim_loader *, const sp_yaml_tree *, uint32_t))
{
    if (file->f[field].node != SP_NONE)
        SP_YAML_EACH (file->tree, item, file->f[field].node)
            read(l, file->tree, item);
}

static void open_file(sp_claim_loader *l, const sp_yaml_tree *tree, claims_file *file)
{
    *file = (claims_file){.tree = tree,
                          .f = {[HEADER] = {"surplace", SP_FIELD_TEXT, true, 0},
                                [TITLE] = {"title", SP_FIELD_TEXT, false, 0},
                                [NOTE] = {"note", SP_FIELD_TEXT, false, 0},
                                [LEXICON] = {"lexicon", SP_FIELD_MAP, false, 0},
                                [LINK] = {"link", SP_FIELD_NAMES, false, 0},
                                [OWN] = {"own", SP_FIELD_NAMES, false, 0},
                                [CASE] = {"case", SP_FIELD_TEXT, false, 0},
                                [VOICES] = {"voices", SP_FIELD_LIST, false, 0},
                                [DEFEATERS] = {"defeaters", SP_FIELD_LIST, false, 0},
                                [CLAIMS] = {"claims", SP_FIELD_LIST, false, 0},
                                [OMISSIONS] = {"omissions", SP_FIELD_LIST, false, 0}}};
    sp_fields_read(tree, 0, "a claims file", file->f, FILE_FIELDS, l->diags);
}

/* In an order in which each finds what it refers to. */
static void read_files(sp_claim_loader *l, const claims_file *files, size_t count,
                       const sp_yaml_tree *case_tree)
{
    sp_claims *c = l->claims;
    for (size_t i = 0; i < count; i++)
        if (files[i].f[LEXICON].node != SP_NONE)
            sp_read_concepts(l, files[i].tree, files[i].f[LEXICON].node);
    sp_finish_concepts(l);
    for (size_t i = 0; i < count; i++) {
        if (files[i].f[LINK].node != SP_NONE)
            c->link = sp_read_parts(l, files[i].tree, &files[i].f[LINK]);
        if (files[i].f[OWN].node != SP_NONE)
            c->own = sp_read_parts(l, files[i].tree, &files[i].f[OWN]);
        each(l, &files[i], VOICES, read_voice);
        each(l, &files[i], DEFEATERS, read_defeater);
    }
    if (c->defeaters.len > 1)
        qsort(c->defeaters.items, c->defeaters.len, sizeof *c->defeaters.items, compare_defeaters);
    for (size_t i = 0; i < count; i++)
        if (files[i].f[CLAIMS].node != SP_NONE)
            SP_YAML_EACH (files[i].tree, item, files[i].f[CLAIMS].node)
                read_claim(l, case_tree, files[i].tree, item);
    sort_claims(l);
    find_covered(l);
    for (size_t i = 0; i < count; i++)
        each(l, &files[i], OMISSIONS, read_omission);
    if (c->omissions.len > 1)
        qsort(c->omissions.items, c->omissions.len, sizeof *c->omissions.items, compare_omissions);
}

surplace_status sp_read_claims(sp_claims *claims, const sp_rulebase *base, const sp_yaml_tree *trees,
                               size_t count, sp_arena *kept, sp_yaml_tree *case_tree, sp_diags *diags)
{
    size_t errors = diags->errors, found = 0;
    *claims = (sp_claims){.base = base};
    sp_claim_loader l = {claims, base, diags};
    claims_file *files = SP_NEW_ARRAY(&claims->arena, claims_file, count);
    claims->literals = sp_literals_new();
    if (files == NULL || claims->literals == NULL ||
        !sp_facts_init(&claims->facts, &base->vocab, &base->world))
        return SURPLACE_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        if (sp_read_header(&trees[i], diags) == SP_FILE_CLAIMS)
            open_file(&l, &trees[i], &files[found++]);
    if (found == 0) {
        sp_diags_add(diags, SP_ERROR, SP_DIAG_HEADER, (sp_place){0},
                     "the rule base has no claims file, by which drafts are read");
        return diags->failed ? SURPLACE_NO_MEMORY : SURPLACE_INVALID;
    }
    surplace_status status = find_draft_case(trees, count, kept, case_tree, diags);
    if (status == SURPLACE_OK)
        status = sp_read_draft_case(&claims->facts, case_tree, NULL, 0, diags);
    if (status == SURPLACE_NO_MEMORY)
        return status;
    claims->has_case = status == SURPLACE_OK;
    read_files(&l, files, found, case_tree);
    if (!sp_literals_finish(claims->literals))
        return SURPLACE_NO_MEMORY;
    if (diags->failed || claims->arena.failed || kept->failed)
        return SURPLACE_NO_MEMORY;
    return diags->errors == errors ? SURPLACE_OK : diags->limits > 0 ? SURPLACE_LIMIT : SURPLACE_INVALID;
}
