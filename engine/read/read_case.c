/* A case file's messages never repeat a value: they name the place, the key and what was expected. */
#include "read/read_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "read/expect.h"
#include "read/what_if.h"
#include "surplace/limits.h"
#include "text/suggest.h"

/* What --set says has no line; its messages name the fact. */
static const sp_input command_line = {.name = {"--set", 5}, .confidential = true};

sp_diag *sp_case_fault(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t node, sp_diag_code code,
                       sp_str key, const char *format, ...)
{
    sp_buf message = {0};
    va_list args;
    va_start(args, format);
    sp_buf_vprintf(&message, format, args);
    va_end(args);
    r->diags->failed |= message.failed;
    sp_diag *diag = sp_diags_add(r->diags, SP_ERROR, code, sp_yaml_place(tree, node), "%.*s",
                                 SP_STR(sp_buf_str(&message)));
    sp_buf_clear(&message);
    sp_diag_key(r->diags, diag, key);
    return diag;
}

/* "'manner' is one of deportation, expulsion, ...": the vocabulary's words, never the file's. */
static void enum_fault(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t node, const sp_fact *fact)
{
    const sp_enum *e = &r->vocab->enums.items[fact->type.index];
    sp_buf message = {0};
    sp_buf_printf(&message, "'%.*s' is one of ", SP_STR(fact->name));
    for (uint32_t i = 0; i < e->count; i++)
        sp_buf_printf(&message, "%s%.*s", i == 0 ? "" : ", ", SP_STR(e->values[i].name));
    sp_buf_add_cstr(&message, ", or unknown");
    r->diags->failed |= message.failed;
    sp_case_fault(r, tree, node, SP_DIAG_BAD_VALUE, fact->name, "%.*s", SP_STR(sp_buf_str(&message)));
    sp_buf_clear(&message);
}

/* `No`, `TRUE` and "yes" in quotes mean something elsewhere. That it is such a word is told, not which. */
static void hint_yes_no(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t node, sp_diag *diag)
{
    static const char *const words[] = {"yes", "no", "true", "false", "unknown", "null"};
    sp_str text = tree->nodes[node].kind == SP_YAML_SCALAR ? sp_str_trim(sp_yaml_text(tree, node))
                                                           : SP_EMPTY;
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        size_t i = 0;
        while (i < text.len && words[w][i] != '\0' && (text.ptr[i] | 0x20) == words[w][i])
            i++;
        if (i == text.len && words[w][i] == '\0')
            sp_diag_hint(r->diags, diag, "write it in small letters and without quotation marks%s",
                         tree->nodes[node].quoted ? "; in JSON: true, false or null" : "");
    }
}

static void kind_fault(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t node, const sp_fact *fact)
{
    static const char *const kinds[] = {
        "yes, no or unknown",
        "a number such as 7 or 2.5, or unknown",
        "a date: YYYY, YYYY-MM or YYYY-MM-DD, or unknown",
        "a text, or unknown",
        "",
        "an id, or unknown",
    };
    if (fact->type.kind == SP_ENUM) {
        enum_fault(r, tree, node, fact);
        return;
    }
    sp_diag *diag = sp_case_fault(r, tree, node, SP_DIAG_BAD_VALUE, fact->name, "'%.*s' is %s",
                                  SP_STR(fact->name), kinds[fact->type.kind]);
    if (fact->type.kind == SP_YES_NO)
        hint_yes_no(r, tree, node, diag);
}

static void reference_fault(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t node, const sp_fact *fact)
{
    const sp_entity *entity = &r->vocab->entities.items[fact->type.index];
    sp_case_fault(r, tree, node, SP_DIAG_UNKNOWN_ID, fact->name, "'%.*s' holds an id that %s'%.*s'%s",
                  SP_STR(fact->name), r->world ? "no world file has under " : "neither ",
                  SP_STR(entity->collection), r->world ? "" : " of this case nor the rule base has");
}

static bool says_unknown(const sp_yaml_tree *tree, uint32_t node)
{
    const sp_yaml_node *n = &tree->nodes[node];
    if (n->kind != SP_YAML_SCALAR || n->quoted)
        return false;
    sp_str text = sp_yaml_text(tree, node);
    return sp_str_eq(text, SP_LIT("unknown")) || sp_str_eq(text, SP_LIT("null"));
}

/* One scalar by the fact's declared type. */
static bool read_scalar(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t node, const sp_fact *fact,
                        sp_value *value)
{
    bool yes = false, ok = false;
    *value = (sp_value){0};
    if (tree->nodes[node].kind != SP_YAML_SCALAR) {
        kind_fault(r, tree, node, fact);
        return false;
    }
    sp_str text = sp_str_trim(sp_yaml_text(tree, node));
    switch ((sp_type_kind)fact->type.kind) {
    case SP_YES_NO:
        ok = sp_yaml_yes_no(tree, node, &yes);
        value->index = yes;
        break;
    case SP_NUMBER:
        ok = sp_number_parse(text, &value->number);
        break;
    case SP_DATE:
        ok = sp_date_parse(text, &value->date);
        break;
    case SP_TEXT:
        *value = sp_facts_add_text(r->facts, text);
        /* an empty text would be matched against patterns, and so decide by silence */
        ok = text.len > 0 && (tree->nodes[node].quoted || !sp_str_eq(text, SP_LIT("~")));
        break;
    case SP_ENUM:
        value->index = sp_enum_find(&r->vocab->enums.items[fact->type.index], text);
        ok = value->index != SP_NONE;
        break;
    case SP_ENTITY:
        value->index = sp_facts_refer(r->facts, fact->type.index, text);
        if (value->index == SP_NONE)
            reference_fault(r, tree, node, fact);
        return value->index != SP_NONE;
    }
    if (!ok)
        kind_fault(r, tree, node, fact);
    return ok;
}

/* A member of a list while the list is put in order. */
struct member {
    uint32_t value, node;
    sp_str id; /* of a reference */
};

static int compare_members(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    int order = sp_str_cmp(x->id, y->id);
    if (order == 0)
        order = x->value < y->value ? -1 : x->value > y->value;
    return order != 0 ? order : x->node < y->node ? -1 : 1;
}

/* References sort by id, enum values by number: the order in the file means nothing. Doubles then stand side by side. */
static bool keep_members(sp_case_reader *r, const sp_yaml_tree *tree, const sp_fact *fact,
                         struct member *members, uint32_t count, sp_cell *cell)
{
    bool ok = true;
    for (uint32_t i = 0; i < count && fact->type.kind == SP_ENTITY; i++)
        members[i].id = sp_facts_row_id(r->facts, fact->type.index, members[i].value);
    if (count > 1)
        qsort(members, count, sizeof *members, compare_members);
    cell->value.start = (uint32_t)r->facts->members.len;
    cell->value.count = count;
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0 && members[i].value == members[i - 1].value) {
            sp_case_fault(r, tree, members[i].node, SP_DIAG_DUPLICATE, fact->name,
                          "'%.*s' has this member twice", SP_STR(fact->name));
            ok = false;
        }
        r->facts->failed |= !SP_VEC_PUSH(&r->facts->members, members[i].value);
    }
    return ok;
}

static bool read_member_list(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t node,
                             const sp_fact *fact, sp_cell *cell)
{
    sp_fact single = *fact;
    single.type.list = false;
    struct member *members = calloc(tree->nodes[node].len + 1u, sizeof *members);
    uint32_t count = 0;
    bool ok = members != NULL;
    r->facts->failed |= !ok;
    if (!ok)
        return false;
    SP_YAML_EACH (tree, item, node) {
        sp_value value;
        if (read_scalar(r, tree, item, &single, &value))
            members[count++] = (struct member){.value = value.index, .node = item};
        else
            ok = false;
    }
    ok &= keep_members(r, tree, fact, members, count, cell);
    free(members);
    return ok;
}

static void read_body(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t node, uint32_t entity,
                      uint32_t row);

/* An item of an owned list, with what it is sorted by. */
struct item {
    uint32_t node;
    sp_str id;
    uint64_t hash;
};

/* A hash of content that does not depend on the order of keys or list items. */
static uint64_t content_hash(const sp_yaml_tree *tree, uint32_t node)
{
    const sp_yaml_node *n = &tree->nodes[node];
    uint64_t sum = n->kind + 1u;
    if (n->kind == SP_YAML_SCALAR)
        return sp_hash(sp_yaml_text(tree, node));
    if (n->kind == SP_YAML_LIST) {
        SP_YAML_EACH (tree, item, node)
            sum += content_hash(tree, item) * 0x9E3779B97F4A7C15u;
        return sum;
    }
    SP_YAML_EACH_PAIR (tree, key, node) {
        uint64_t pair = sp_hash(sp_yaml_text(tree, key)) ^
                        (content_hash(tree, key + 1) * 0xC2B2AE3D27D4EB4Fu);
        sum += (pair ^ (pair >> 29)) * 0x9E3779B97F4A7C15u;
    }
    return sum;
}

static int compare_items(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    int order = sp_str_cmp(x->id, y->id);
    return order != 0 ? order : x->hash < y->hash ? -1 : x->hash > y->hash;
}

/* What names an item: its `id`, else the value of its entity's key fact. */
static sp_str item_id(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t node, const sp_entity *entity)
{
    if (tree->nodes[node].kind != SP_YAML_MAP)
        return SP_EMPTY;
    uint32_t value = sp_yaml_get(tree, node, SP_LIT("id"));
    if (value == SP_NONE && entity->key != SP_NONE)
        value = sp_yaml_get(tree, node, r->vocab->facts.items[entity->key].name);
    if (value != SP_NONE && tree->nodes[value].kind == SP_YAML_MAP)
        value = sp_yaml_get(tree, value, SP_LIT("is"));
    return value != SP_NONE && tree->nodes[value].kind == SP_YAML_SCALAR
               ? sp_str_trim(sp_yaml_text(tree, value))
               : SP_EMPTY;
}

/* Ids stand in addresses such as kim/PRK.refugee and in_danger_in(PRK), and are seen by people: letters of any script,
 * but nothing that is invisible or turns the direction of a line. */
static bool id_valid(sp_str id)
{
    if (id.len == 0 || id.len > 200)
        return false;
    for (size_t i = 0, len; i < id.len; i += len) {
        uint32_t c = sp_utf8_decode((sp_str){id.ptr + i, id.len - i}, &len);
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '_' || c == '-';
        if (c < 0x80 ? !plain
                     : (sp_utf8_unsafe(c) || (c >= 0x2000 && c <= 0x206F) || c == 0xA0 || c == 0x3000))
            return false;
    }
    return true;
}

static bool read_owned_list(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t node, const sp_fact *fact,
                            uint32_t owner, sp_cell *cell)
{
    uint32_t entity_index = fact->type.index, count = tree->nodes[node].len, n = 0;
    const sp_entity *entity = &r->vocab->entities.items[entity_index];
    struct item *items = malloc((count + 1u) * sizeof *items);
    if (items == NULL) {
        r->facts->failed = true;
        return false;
    }
    SP_YAML_EACH (tree, child, node)
        items[n++] = (struct item){child, item_id(r, tree, child, entity),
                                   count > 1 ? content_hash(tree, child) : 0};
    if (n > 1)
        qsort(items, n, sizeof *items, compare_items);
    /* all rows first, so that one list's members lie side by side */
    cell->value.start = r->facts->tables[entity_index].rows;
    cell->value.count = n;
    for (uint32_t i = 0, same = 1, counted = 0; i < n; i++) {
        char label[300];
        sp_str id = items[i].id;
        same = i > 0 && sp_str_eq(id, items[i - 1].id) ? same + 1 : 1;
        if (!id_valid(id))
            id = entity->name; /* no id, or a key that is a text: such rows are counted */
        if (!id_valid(items[i].id) || same > 1)
            id = (sp_str){label, (size_t)snprintf(label, sizeof label, "%.*s-%u", SP_STR(id),
                                                  id_valid(items[i].id) ? same : ++counted)};
        sp_facts_add_row(r->facts, entity_index, owner, id);
    }
    for (uint32_t i = 0; i < n && !r->facts->failed; i++) {
        if (tree->nodes[items[i].node].kind == SP_YAML_MAP)
            read_body(r, tree, items[i].node, entity_index, cell->value.start + i);
        else
            sp_case_fault(r, tree, items[i].node, SP_DIAG_WRONG_KIND, fact->name,
                          "each member of '%.*s' is a mapping of its own facts", SP_STR(fact->name));
    }
    free(items);
    return true;
}

static unsigned add_source(sp_case_reader *r, sp_str by, sp_str see, sp_date found)
{
    sp_facts *facts = r->facts;
    if (by.len == 0)
        by = r->default_by;
    if (by.len == 0 && see.len == 0 && found.from == 0)
        return 0;
    sp_assertion source = {sp_facts_add_text(facts, by), sp_facts_add_text(facts, see), found};
    facts->failed |= !SP_VEC_PUSH(&facts->sources, source);
    return (unsigned)facts->sources.len & 0x7FFFFFFu;
}

/* When a source of the world found what it says; the reader's default if nothing is written. */
static sp_date read_found(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t node)
{
    sp_date found = r->default_found;
    if (node != SP_NONE && (tree->nodes[node].kind != SP_YAML_SCALAR ||
                            !sp_date_parse(sp_str_trim(sp_yaml_text(tree, node)), &found)))
        sp_case_fault(r, tree, node, SP_DIAG_BAD_VALUE, SP_LIT("found"),
                      "'found' is a date: YYYY, YYYY-MM or YYYY-MM-DD");
    return found;
}

/* The wrapped forms: {is: V, by: WHO, see: WHERE} and {list: [...], complete: no, by:, see:}; in world files with
 * found: WHEN. */
static uint32_t unwrap(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t node, const sp_fact *fact,
                       sp_cell *cell)
{
    enum { IS, LIST, COMPLETE, BY, SEE, FOUND, COUNT };
    sp_field f[COUNT] = {[IS] = {"is", SP_FIELD_ANY, false, 0},
                         [LIST] = {"list", SP_FIELD_LIST, false, 0},
                         [COMPLETE] = {"complete", SP_FIELD_TEXT, false, 0},
                         [BY] = {"by", SP_FIELD_TEXT, false, 0},
                         [SEE] = {"see", SP_FIELD_TEXT, false, 0},
                         [FOUND] = {"found", SP_FIELD_TEXT, false, SP_NONE}};
    if (!sp_fields_read(tree, node, "a fact", f, r->world ? COUNT : FOUND, r->diags))
        return SP_NONE;
    bool listed = f[LIST].node != SP_NONE;
    if (listed == (f[IS].node != SP_NONE) || (listed && !fact->type.list) ||
        (!listed && f[COMPLETE].node != SP_NONE)) {
        sp_case_fault(r, tree, node, SP_DIAG_WRONG_KIND, fact->name, "'%.*s' is %s", SP_STR(fact->name),
                      fact->type.list ? "a list, or {list: [...], complete: no}"
                                      : "a value, or {is: VALUE, by: WHO, see: WHERE}");
        return SP_NONE;
    }
    cell->incomplete = listed && !sp_field_flag(tree, &f[COMPLETE], true, r->diags);
    cell->source = add_source(r, sp_field_text(tree, &f[BY]), sp_field_text(tree, &f[SEE]),
                              read_found(r, tree, f[FOUND].node)) &
                   0x7FFFFFFu;
    return listed ? f[LIST].node : f[IS].node;
}

static bool owned(const sp_vocab *vocab, sp_type type)
{
    return type.kind == SP_ENTITY && vocab->entities.items[type.index].collection.len == 0;
}

/* One assertion of a fact: bare or wrapped. */
static bool read_assertion(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t node, const sp_fact *fact,
                           uint32_t row, sp_cell *cell)
{
    *cell = (sp_cell){.line = tree->nodes[node].line,
                      .status = SP_CELL_STATED,
                      .origin = r->world ? SP_FROM_WORLD : SP_FROM_CASE};
    uint32_t value = node;
    if (tree->nodes[node].kind == SP_YAML_MAP) {
        value = unwrap(r, tree, node, fact, cell);
        if (value == SP_NONE)
            return false;
    } else if (r->default_by.len > 0 || r->default_found.from != 0) {
        cell->source = add_source(r, SP_EMPTY, SP_EMPTY, r->default_found) & 0x7FFFFFFu;
    }
    if (says_unknown(tree, value)) {
        cell->status = SP_CELL_UNKNOWN;
        return true;
    }
    if (!fact->type.list)
        return read_scalar(r, tree, value, fact, &cell->value);
    if (tree->nodes[value].kind != SP_YAML_LIST) {
        sp_case_fault(r, tree, value, SP_DIAG_WRONG_KIND, fact->name,
                      "'%.*s' is a list, or {list: [...], complete: no}, or unknown", SP_STR(fact->name));
        return false;
    }
    return owned(r->vocab, fact->type) ? read_owned_list(r, tree, value, fact, row, cell)
                                       : read_member_list(r, tree, value, fact, cell);
}

static bool same_value(const sp_facts *facts, const sp_fact *fact, const sp_cell *a, const sp_cell *b)
{
    if (fact->type.list)
        return a->value.count == b->value.count && a->incomplete == b->incomplete &&
               memcmp(sp_facts_members(facts, a), sp_facts_members(facts, b),
                      a->value.count * sizeof(uint32_t)) == 0;
    switch ((sp_type_kind)fact->type.kind) {
    case SP_NUMBER:
        return !(a->value.number < b->value.number) && !(a->value.number > b->value.number);
    case SP_DATE:
        return a->value.date.from == b->value.date.from && a->value.date.to == b->value.date.to;
    case SP_TEXT:
        return sp_str_eq(sp_facts_span(facts, a->value), sp_facts_span(facts, b->value));
    default:
        return a->value.index == b->value.index;
    }
}

static void add_value_key(const sp_facts *facts, const sp_fact *fact, const sp_cell *cell, sp_buf *b)
{
    sp_str by, see;
    if (fact->type.list)
        for (uint32_t i = 0; i < cell->value.count; i++)
            sp_buf_printf(b, "%08x", sp_facts_members(facts, cell)[i]);
    else if (fact->type.kind == SP_TEXT)
        sp_buf_add(b, sp_facts_span(facts, cell->value));
    else if (fact->type.kind == SP_ENTITY)
        sp_buf_add(b, sp_facts_row_id(facts, fact->type.index, cell->value.index));
    else if (fact->type.kind == SP_NUMBER)
        sp_number_add(b, cell->value.number);
    else if (fact->type.kind == SP_DATE)
        sp_buf_printf(b, "%08d%08d", cell->value.date.from, cell->value.date.to);
    else
        sp_buf_printf(b, "%08x", cell->value.index);
    sp_facts_source(facts, cell, &by, &see);
    sp_buf_printf(b, "\x01%.*s\x01%.*s", SP_STR(by), SP_STR(see));
}

/* An assertion, with what it is sorted by. */
struct said {
    sp_str key;
    size_t end; /* of the key in the text of all keys */
    sp_cell cell;
};

static int compare_said(const void *a, const void *b)
{
    const struct said *x = a, *y = b;
    int order = sp_str_cmp(x->key, y->key);
    return order != 0 ? order : x->cell.line < y->cell.line ? -1 : x->cell.line > y->cell.line;
}

/* Assertions in an order that their place in the file does not decide. */
static void sort_assertions(sp_facts *facts, const sp_fact *fact, struct said *said, size_t count)
{
    sp_buf keys = {0};
    if (count < 2)
        return;
    for (size_t i = 0; i < count; i++) {
        add_value_key(facts, fact, &said[i].cell, &keys);
        said[i].end = keys.len;
    }
    facts->failed |= keys.failed;
    for (size_t i = 0, start = 0; i < count && !keys.failed; start = said[i++].end)
        said[i].key = (sp_str){keys.data + start, said[i].end - start};
    qsort(said, count, sizeof *said, compare_said);
    sp_buf_clear(&keys);
}

/* Assertions that agree are one, by all who say so, and found when the first of them found it. */
static void join_assertions(sp_case_reader *r, const struct said *said, size_t count, sp_cell *cell)
{
    sp_buf all = {0}, where = {0};
    sp_str by, see;
    sp_date first, found;
    (void)sp_facts_found(r->facts, &said[0].cell, &first);
    for (size_t i = 0; i < count; i++) {
        sp_facts_source(r->facts, &said[i].cell, &by, &see);
        (void)sp_facts_found(r->facts, &said[i].cell, &found);
        if (found.from < first.from || (found.from == first.from && found.to < first.to))
            first = found; /* 0, not said: at all times */
        sp_buf_printf(&all, "%s%.*s", all.len > 0 && by.len > 0 ? "; " : "", SP_STR(by));
    }
    sp_facts_source(r->facts, &said[0].cell, &by, &see);
    sp_buf_add(&where, see); /* it points into the facts' text, which the next addition may move */
    *cell = said[0].cell;
    cell->source = add_source(r, sp_buf_str(&all), sp_buf_str(&where), first) & 0x7FFFFFFu;
    r->facts->failed |= all.failed || where.failed;
    sp_buf_clear(&where);
    sp_buf_clear(&all);
}

/* Several assertions of one fact. Those that agree are one, with all who say so; `unknown` contradicts nobody. */
static bool read_assertions(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t node, const sp_fact *fact,
                            uint32_t row, sp_cell *cell)
{
    sp_facts *facts = r->facts;
    SP_VEC(struct said) said = {0};
    bool ok = true, differ = false;
    if (owned(r->vocab, fact->type)) {
        sp_case_fault(r, tree, node, SP_DIAG_WRONG_KIND, fact->name,
                      "say who asserts it on the facts of each member of '%.*s', not on the whole list",
                      SP_STR(fact->name));
        return false;
    }
    SP_YAML_EACH (tree, item, node) {
        struct said one = {0};
        ok &= read_assertion(r, tree, item, fact, row, &one.cell);
        if (ok && one.cell.status == SP_CELL_STATED)
            facts->failed |= !SP_VEC_PUSH(&said, one);
    }
    sort_assertions(facts, fact, said.items, said.len);
    for (size_t i = 1; i < said.len; i++)
        differ |= !same_value(facts, fact, &said.items[0].cell, &said.items[i].cell);
    *cell = (sp_cell){.line = tree->nodes[node].line,
                      .status = SP_CELL_UNKNOWN,
                      .origin = r->world ? SP_FROM_WORLD : SP_FROM_CASE};
    if (differ) {
        cell->status = SP_CELL_SEVERAL;
        cell->value.start = (uint32_t)facts->alternatives.len;
        cell->value.count = (uint32_t)said.len;
        for (size_t i = 0; i < said.len; i++)
            facts->failed |= !SP_VEC_PUSH(&facts->alternatives, said.items[i].cell);
    } else if (said.len > 0) {
        join_assertions(r, said.items, said.len, cell);
    }
    SP_VEC_FREE(&said);
    return ok;
}

static bool lists_assertions(const sp_yaml_tree *tree, uint32_t node, const sp_fact *fact)
{
    if (tree->nodes[node].kind != SP_YAML_LIST)
        return false;
    if (!fact->type.list)
        return true;
    if (tree->nodes[node].len == 0 || tree->nodes[node + 1].kind != SP_YAML_MAP)
        return false;
    return sp_yaml_get(tree, node + 1, SP_LIT("is")) != SP_NONE ||
           sp_yaml_get(tree, node + 1, SP_LIT("list")) != SP_NONE;
}

static void read_fact_value(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t node, const sp_fact *fact,
                            uint32_t entity, uint32_t row)
{
    sp_cell cell;
    if (!fact->type.list && tree->nodes[node].kind == SP_YAML_LIST && tree->nodes[node].len == 0) {
        kind_fault(r, tree, node, fact);
        return;
    }
    bool ok = lists_assertions(tree, node, fact) ? read_assertions(r, tree, node, fact, row, &cell)
                                                 : read_assertion(r, tree, node, fact, row, &cell);
    if (!ok || r->facts->failed)
        return;
    sp_cell *place = sp_facts_cell(r->facts, entity, row, fact->column);
    bool twice = place->status != SP_CELL_UNSTATED;
    if (r->world && twice)
        sp_case_fault(r, tree, node, SP_DIAG_WORLD, fact->name,
                      "the world files state '%.*s' of this entry twice", SP_STR(fact->name));
    else if (twice && place->origin == SP_FROM_CASE)
        sp_case_fault(r, tree, node, SP_DIAG_DUPLICATE, fact->name, "'%.*s' of this entry is stated twice",
                      SP_STR(fact->name));
    else
        *place = cell;
}

static void unknown_fact(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t key, uint32_t entity,
                         bool top)
{
    sp_str name = sp_yaml_text(tree, key);
    const sp_entity *e = &r->vocab->entities.items[entity];
    sp_suggest suggest;
    sp_suggest_begin_for(&suggest, r->diags, name);
    for (size_t i = 0; i < e->members.len && !(top && r->world); i++)
        if (e->members.items[i].kind == SP_MEMBER_FACT)
            sp_suggest_offer(&suggest, r->vocab->facts.items[e->members.items[i].index].name);
    if (top)
        for (uint32_t i = 0; i < r->vocab->collection_names.count; i++)
            sp_suggest_offer(&suggest, sp_intern_text(&r->vocab->collection_names, i));
    sp_diag *diag = sp_diags_add(r->diags, SP_ERROR, SP_DIAG_UNKNOWN_FACT, sp_yaml_place(tree, key),
                                 "a%s %.*s has no %s '%.*s'",
                                 strchr("aeiou", e->name.ptr[0]) != NULL ? "n" : "",
                                 SP_STR(top && r->world ? SP_LIT("world file") : e->name),
                                 !top       ? "fact"
                                 : r->world ? "collection"
                                            : "fact or collection",
                                 SP_STR(name));
    sp_diag_key(r->diags, diag, name);
    if (sp_suggest_best(&suggest).len > 0)
        sp_diag_hint(r->diags, diag, "did you mean '%.*s'?", SP_STR(sp_suggest_best(&suggest)));
}

/* A key of a row's body: a stated fact. */
static void read_key(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t key, uint32_t entity,
                     uint32_t row, bool top)
{
    sp_member member;
    sp_str name = sp_yaml_text(tree, key);
    if (!sp_vocab_member(r->vocab, entity, name, &member)) {
        unknown_fact(r, tree, key, entity, top);
    } else if (member.kind == SP_MEMBER_CRITERION) {
        sp_case_fault(r, tree, key, SP_DIAG_CRITERION_STATED, name,
                      "'%.*s' is a criterion, which only rules decide: state the facts it rests on",
                      SP_STR(name));
    } else if (r->vocab->facts.items[member.index].role != SP_FACT_STATED) {
        sp_case_fault(r, tree, key, SP_DIAG_BAD_VALUE, name,
                      "'%.*s' follows from where the entry stands and is not stated", SP_STR(name));
    } else {
        read_fact_value(r, tree, key + 1, &r->vocab->facts.items[member.index], entity, row);
    }
}

static void read_body(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t node, uint32_t entity,
                      uint32_t row)
{
    SP_YAML_EACH_PAIR (tree, key, node) {
        if (r->facts->failed)
            return;
        if (!sp_str_eq(sp_yaml_text(tree, key), SP_LIT("id")))
            read_key(r, tree, key, entity, row, false);
    }
}

/* A member of a collection: its id and body, from `id: {...}` or from `{id: ..., ...}`. */
static bool collection_entry(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t at, bool mapping,
                             const sp_entity *entity, sp_str *id, uint32_t *body)
{
    uint32_t id_node = mapping ? at : SP_NONE;
    *body = mapping ? at + 1 : at;
    if (!mapping && tree->nodes[at].kind == SP_YAML_MAP)
        id_node = sp_yaml_get(tree, at, SP_LIT("id"));
    if (id_node == SP_NONE || tree->nodes[id_node].kind != SP_YAML_SCALAR) {
        sp_case_fault(r, tree, at, SP_DIAG_MISSING_KEY, entity->collection,
                      "each entry of '%.*s' needs an id", SP_STR(entity->collection));
        return false;
    }
    *id = sp_str_trim(sp_yaml_text(tree, id_node));
    if (!id_valid(*id)) {
        sp_case_fault(r, tree, id_node, SP_DIAG_BAD_NAME, entity->collection,
                      "an id is of letters, digits, '_' and '-' only, and not longer than 200");
        return false;
    }
    return true;
}

/* An id stands for one thing, or addresses such as kim.refugee would mean two. */
static bool id_taken(sp_case_reader *r, uint32_t entity_index, sp_str id)
{
    const sp_facts *facts = r->facts;
    if (sp_str_eq(id, SP_LIT("case")))
        return true;
    for (uint32_t e = 0; e < r->vocab->entities.len; e++) {
        if (!facts->tables[e].keyed)
            continue;
        if (sp_facts_find_row(facts, facts->case_count, e, id) != SP_NONE)
            return true;
        if (e != entity_index && facts->world != NULL &&
            sp_intern_find(&facts->world->ids[e], id) != SP_NONE)
            return true;
    }
    return false;
}

/* First pass: every entry of every collection gets its row, so that references may point forward. */
static void register_collection(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t node,
                                uint32_t entity_index)
{
    const sp_entity *entity = &r->vocab->entities.items[entity_index];
    const sp_yaml_node *n = &tree->nodes[node];
    if (n->kind == SP_YAML_SCALAR) {
        sp_case_fault(r, tree, node, SP_DIAG_WRONG_KIND, entity->collection,
                      "'%.*s' is a mapping of ids to entries, or a list of entries with an id each",
                      SP_STR(entity->collection));
        return;
    }
    bool mapping = n->kind == SP_YAML_MAP;
    for (uint32_t at = node + 1; at < n->next; at = tree->nodes[mapping ? at + 1 : at].next) {
        sp_str id;
        uint32_t body;
        if (r->facts->failed || !collection_entry(r, tree, at, mapping, entity, &id, &body))
            continue;
        if (entity->facet_of != SP_NONE)
            continue;
        bool known = sp_facts_find_row(r->facts, r->facts->case_count, entity_index, id) != SP_NONE;
        if (known && !r->world)
            sp_case_fault(r, tree, at, SP_DIAG_DUPLICATE, entity->collection,
                          "two entries of '%.*s' have this id", SP_STR(entity->collection));
        else if (!known && id_taken(r, entity_index, id))
            sp_case_fault(r, tree, at, SP_DIAG_DUPLICATE, entity->collection,
                          "this id of '%.*s' already stands for something else",
                          SP_STR(entity->collection));
        if (!known && sp_facts_refer(r->facts, entity_index, id) == SP_NONE)
            sp_facts_add_row(r->facts, entity_index, SP_NONE, id);
    }
}

/* Second pass: the facts of each entry. */
static void read_collection(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t node,
                            uint32_t entity_index)
{
    const sp_entity *entity = &r->vocab->entities.items[entity_index];
    const sp_yaml_node *n = &tree->nodes[node];
    bool mapping = n->kind == SP_YAML_MAP;
    uint32_t base = entity->facet_of != SP_NONE ? entity->facet_of : entity_index;
    for (uint32_t at = node + 1; at < n->next && n->kind != SP_YAML_SCALAR;
         at = tree->nodes[mapping ? at + 1 : at].next) {
        uint32_t id_node = mapping                               ? at
                           : tree->nodes[at].kind == SP_YAML_MAP ? sp_yaml_get(tree, at, SP_LIT("id"))
                                                                 : SP_NONE;
        if (id_node == SP_NONE || tree->nodes[id_node].kind != SP_YAML_SCALAR)
            continue;
        sp_str id = sp_str_trim(sp_yaml_text(tree, id_node));
        uint32_t row = sp_facts_refer(r->facts, base, id);
        if (row == SP_NONE && id_valid(id))
            sp_case_fault(r, tree, id_node, SP_DIAG_UNKNOWN_ID, entity->collection,
                          "this id under '%.*s' belongs to nothing that %s", SP_STR(entity->collection),
                          r->world ? "a world file has" : "the case or the rule base has");
        if (row == SP_NONE)
            continue;
        uint32_t body = mapping ? at + 1 : at;
        if (tree->nodes[body].kind == SP_YAML_MAP)
            read_body(r, tree, body, entity_index, row);
        else if (tree->nodes[body].len > 0)
            sp_case_fault(r, tree, body, SP_DIAG_WRONG_KIND, entity->collection,
                          "an entry of '%.*s' is a mapping of its facts", SP_STR(entity->collection));
    }
}

static bool reserved(sp_str key)
{
    return sp_str_eq(key, SP_LIT("surplace")) || sp_str_eq(key, SP_LIT("title")) ||
           sp_str_eq(key, SP_LIT("note")) || sp_str_eq(key, SP_LIT("expect")) ||
           sp_str_eq(key, SP_LIT("expect_under")) || sp_str_eq(key, SP_LIT("what_if"));
}

static uint32_t collection_entity(const sp_vocab *vocab, sp_str name)
{
    uint32_t number = sp_intern_find(&vocab->collection_names, name);
    return number == SP_NONE ? SP_NONE : vocab->collection_entities.items[number];
}

static void read_title(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t case_index)
{
    uint32_t title = sp_yaml_get(tree, 0, SP_LIT("title"));
    sp_case_info *info = &r->facts->cases[case_index];
    info->line = tree->nodes[0].line;
    if (title == SP_NONE)
        return;
    if (tree->nodes[title].kind == SP_YAML_SCALAR)
        info->title = sp_facts_add_text(r->facts, sp_str_trim(sp_yaml_text(tree, title)));
    else
        sp_case_fault(r, tree, title, SP_DIAG_WRONG_KIND, SP_LIT("title"), "a title is a text");
}

static void read_document(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t case_row)
{
    /* persons and other entries of this file before facts, since facts refer to them */
    SP_YAML_EACH_PAIR (tree, key, 0) {
        uint32_t entity = collection_entity(r->vocab, sp_yaml_text(tree, key));
        if (entity != SP_NONE)
            register_collection(r, tree, key + 1, entity);
    }
    SP_YAML_EACH_PAIR (tree, key, 0) {
        sp_str name = sp_yaml_text(tree, key);
        if (r->facts->failed || reserved(name))
            continue;
        uint32_t entity = collection_entity(r->vocab, name);
        if (entity != SP_NONE)
            read_collection(r, tree, key + 1, entity);
        else
            read_key(r, tree, key, SP_CASE_ENTITY, case_row, true);
    }
}

/* The nodes of a value given on the command line, at least one: [a, b] is a list, all else a scalar. */
static void set_nodes(sp_str text, sp_yaml_node *nodes, uint32_t *count)
{
    *count = 1;
    nodes[0] = (sp_yaml_node){.kind = SP_YAML_SCALAR, .len = (uint32_t)text.len, .next = 1};
    if (text.len < 2 || text.ptr[0] != '[' || text.ptr[text.len - 1] != ']')
        return;
    sp_str rest = {text.ptr + 1, text.len - 2}, item = SP_EMPTY;
    for (bool more = sp_str_trim(rest).len > 0; more; (*count)++) {
        more = sp_str_cut(rest, ',', &item, &rest);
        item = sp_str_trim(more ? item : rest);
        nodes[*count] = (sp_yaml_node){.kind = SP_YAML_SCALAR,
                                       .text = (uint32_t)(item.ptr - text.ptr),
                                       .len = (uint32_t)item.len,
                                       .next = *count + 1};
    }
    nodes[0].kind = SP_YAML_LIST;
    nodes[0].len = *count - 1;
    nodes[0].next = *count;
}

static void set_value(sp_case_reader *r, sp_str text, const sp_fact *fact, uint32_t entity, uint32_t row)
{
    size_t most = 2;
    for (size_t i = 0; i < text.len; i++)
        most += text.ptr[i] == ',';
    sp_yaml_node *nodes = calloc(most, sizeof *nodes);
    if (nodes == NULL) {
        r->facts->failed = true;
        return;
    }
    sp_yaml_tree tree = {.input = &command_line, .nodes = nodes, .text = text.ptr};
    sp_cell cell;
    set_nodes(text, nodes, &tree.count);
    if (read_assertion(r, &tree, 0, fact, row, &cell)) {
        cell.origin = SP_FROM_SET;
        *sp_facts_cell(r->facts, entity, row, fact->column) = cell;
    }
    free(nodes);
}

/* A fault of a path that is set: at its place in the case file, or on the command line. */
static sp_diag *set_fault(sp_case_reader *r, sp_place place, sp_diag_code code, sp_str key,
                          const char *what, sp_str name)
{
    sp_diag *diag = sp_diags_add(r->diags, SP_ERROR, code, place, what, SP_STR(name));
    sp_diag_key(r->diags, diag, key);
    return diag;
}

/* Entries that are written in place have no ids by which they could be named. */
static void refuse_owned(sp_case_reader *r, sp_place place, sp_str path, sp_str name)
{
    set_fault(r, place, SP_DIAG_UNKNOWN_FACT, path,
              place.input == &command_line
                  ? "'%.*s' cannot be set on the command line"
                  : "the entries of '%.*s' are written in place; here it can only be said whether they are "
                    "all: {complete: no}",
              name);
}

/* The fact that a setting names, or NULL after a diagnostic. */
static const sp_fact *set_fact(sp_case_reader *r, sp_place place, uint32_t *entity, sp_str path,
                               sp_str name)
{
    sp_member member = {0};
    bool known = sp_vocab_member_or_facet(r->vocab, entity, name, &member);
    const sp_fact *fact = known && member.kind == SP_MEMBER_FACT ? &r->vocab->facts.items[member.index]
                                                                 : NULL;
    if (fact != NULL && fact->role == SP_FACT_STATED)
        return fact;
    if (fact != NULL) {
        refuse_owned(r, place, path, name);
        return NULL;
    }
    sp_diag *diag = set_fault(
        r, place, known ? SP_DIAG_CRITERION_STATED : SP_DIAG_UNKNOWN_FACT, path,
        known ? "'%.*s' is a criterion, which only rules decide" : "'%.*s' is no fact", name);
    sp_str nearest = known ? SP_EMPTY : sp_vocab_nearest(r->vocab, *entity, name, r->diags);
    if (nearest.len > 0)
        sp_diag_hint(r->diags, diag, "did you mean '%.*s'?", SP_STR(nearest));
    return NULL;
}

/* The row of an address, which may be of an entry that only the world has: from now on the case has it too. */
static bool row_of_address(sp_case_reader *r, sp_str address, uint32_t *entity, uint32_t *row)
{
    sp_facts *facts = r->facts;
    if (sp_find_address(facts, facts->case_count, address, entity, row))
        return true;
    sp_str first = address, rest;
    sp_str_cut(address, '/', &first, &rest);
    for (uint32_t e = 0; e < r->vocab->entities.len; e++)
        if (facts->tables[e].keyed && sp_facts_refer(facts, e, first) != SP_NONE)
            return sp_find_address(facts, facts->case_count, address, entity, row);
    return false;
}

/* What a path such as kim.departed, assessed_on or kim/PRK.kind leads to, and its last name; NULL after a
 * diagnostic. */
static const sp_fact *set_target(sp_case_reader *r, sp_str path, sp_place place, uint32_t *entity,
                                 uint32_t *row, sp_str *name)
{
    *entity = SP_CASE_ENTITY;
    *row = r->facts->tables[SP_CASE_ENTITY].first[r->facts->case_count];
    size_t dot = path.len;
    while (dot > 0 && path.ptr[dot - 1] != '.')
        dot--;
    *name = (sp_str){path.ptr + dot, path.len - dot};
    if (dot > 0 && !row_of_address(r, (sp_str){path.ptr, dot - 1}, entity, row)) {
        set_fault(r, place, SP_DIAG_UNKNOWN_ID, path,
                  "nothing in the case has the address before the last dot of '%.*s'", path);
        return NULL;
    }
    return set_fact(r, place, entity, path, *name);
}

/* PATH=VALUE over the facts of the file: kim.departed=2011-02, assessed_on=2013, kim/PRK.kind=nationality. */
static void apply_set(sp_case_reader *r, sp_str setting)
{
    sp_str path, value;
    sp_place place = {.input = &command_line};
    if (!sp_str_cut(setting, '=', &path, &value)) {
        sp_diags_add(r->diags, SP_ERROR, SP_DIAG_USAGE, place,
                     "PATH=VALUE is expected, as in kim.departed=2011");
        return;
    }
    if (sp_utf8_valid_prefix(setting) < setting.len || setting.len > SURPLACE_MAX_SCALAR_BYTES) {
        sp_diags_add(r->diags, SP_ERROR, SP_DIAG_ENCODING, place, "this is not UTF-8, or too long");
        return;
    }
    uint32_t entity, row;
    sp_str name;
    const sp_fact *fact = set_target(r, sp_str_trim(path), place, &entity, &row, &name);
    if (fact != NULL && owned(r->vocab, fact->type))
        refuse_owned(r, place, path, name);
    else if (fact != NULL)
        set_value(r, sp_str_trim(value), fact, entity, row);
}

/* `{complete: no}` of a list says that it may go on, and `{complete: yes}` that it does not; its members stay. */
static bool restates_completeness(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t node,
                                  const sp_fact *fact, uint32_t entity, uint32_t row)
{
    sp_cell *cell = sp_facts_cell(r->facts, entity, row, fact->column);
    bool complete;
    if (!fact->type.list || tree->nodes[node].kind != SP_YAML_MAP || tree->nodes[node].len != 1 ||
        cell->status != SP_CELL_STATED || !sp_str_eq(sp_yaml_text(tree, node + 1), SP_LIT("complete")) ||
        !sp_yaml_yes_no(tree, node + 2, &complete))
        return false;
    cell->incomplete = !complete;
    return true;
}

void sp_case_state_otherwise(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t key)
{
    uint32_t entity, row;
    sp_place place = sp_yaml_place(tree, key);
    sp_str path = sp_str_trim(sp_yaml_text(tree, key)), name;
    const sp_fact *fact = set_target(r, path, place, &entity, &row, &name);
    if (fact == NULL || restates_completeness(r, tree, key + 1, fact, entity, row))
        return;
    if (owned(r->vocab, fact->type)) {
        refuse_owned(r, place, path, name);
        return;
    }
    *sp_facts_cell(r->facts, entity, row, fact->column) = (sp_cell){0};
    read_fact_value(r, tree, key + 1, fact, entity, row);
}

surplace_status sp_read_case(sp_case_reader *r, const sp_yaml_tree *tree, const sp_str *set,
                             size_t set_count)
{
    size_t errors = r->diags->errors;
    if (!sp_read_case_header(tree, r->diags))
        return SURPLACE_INVALID;
    uint32_t c = sp_facts_begin_case(r->facts);
    uint32_t case_row = r->facts->tables[SP_CASE_ENTITY].first[c];
    if (!r->facts->failed) {
        read_title(r, tree, c);
        read_document(r, tree, case_row);
        for (size_t i = 0; i < set_count && !r->facts->failed; i++)
            apply_set(r, set[i]);
        if (r->what_if != 0)
            sp_read_what_if(r, tree);
        sp_facts_complete_world(r->facts);
        sp_read_expectations(r, tree, r->what_if, c);
    }
    if (r->facts->failed || r->diags->failed)
        return SURPLACE_NO_MEMORY;
    if (r->diags->errors > errors) {
        sp_facts_drop_case(r->facts);
        return SURPLACE_INVALID;
    }
    sp_facts_end_case(r->facts);
    return SURPLACE_OK;
}

/* World files share one pseudo-case. Only what stands in a collection is of the world. */
surplace_status sp_read_world(sp_case_reader *r, const sp_yaml_tree *trees, size_t count)
{
    r->world = true;
    sp_facts_begin_case(r->facts);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < count; i++) {
            const sp_yaml_tree *tree = &trees[i];
            uint32_t by = sp_yaml_get(tree, 0, SP_LIT("by"));
            r->default_by = by != SP_NONE && tree->nodes[by].kind == SP_YAML_SCALAR ? sp_yaml_text(tree, by)
                                                                                    : SP_EMPTY;
            r->default_found = (sp_date){0, 0};
            if (pass == 1)
                r->default_found = read_found(r, tree, sp_yaml_get(tree, 0, SP_LIT("found")));
            SP_YAML_EACH_PAIR (tree, key, 0) {
                sp_str name = sp_yaml_text(tree, key);
                uint32_t entity = collection_entity(r->vocab, name);
                if (r->facts->failed)
                    return SURPLACE_NO_MEMORY;
                if (entity == SP_NONE) {
                    if (pass == 0 && !reserved(name) && !sp_str_eq(name, SP_LIT("by")) &&
                        !sp_str_eq(name, SP_LIT("found")))
                        unknown_fact(r, tree, key, SP_CASE_ENTITY, true);
                } else if (pass == 0) {
                    /* several files add to one entity: an id seen before is no fault here */
                    register_collection(r, tree, key + 1, entity);
                } else {
                    read_collection(r, tree, key + 1, entity);
                }
            }
        }
    sp_facts_end_case(r->facts);
    return r->facts->failed || r->diags->failed ? SURPLACE_NO_MEMORY : SURPLACE_OK;
}
