#include "render/explain_words.h"
#include "render/head.h"

static void add_text(sp_buf *b, const char *key, sp_str text)
{
    sp_buf_printf(b, ", \"%s\": ", key);
    sp_json_add(b, text);
}

/* A text that was built for it, freed. */
static void add_built(sp_buf *b, const char *key, sp_buf *text)
{
    b->failed |= text->failed;
    add_text(b, key, sp_buf_str(text));
    sp_buf_clear(text);
}

static void add_names(sp_buf *b, const char *key, const sp_names *names)
{
    sp_buf_printf(b, ", \"%s\": [", key);
    for (size_t i = 0; names != NULL && i < names->count; i++) {
        sp_buf_add_cstr(b, i > 0 ? ", " : "");
        sp_json_add(b, names->items[i]);
    }
    sp_buf_add_char(b, ']');
}

static void add_found(const sp_facts *facts, const sp_cell *cell, sp_buf *b)
{
    sp_date found;
    if (!sp_facts_found(facts, cell, &found))
        return;
    sp_buf_add_cstr(b, ", \"found\": \"");
    sp_date_add(b, found);
    sp_buf_add_char(b, '"');
}

/* Who says what: one object for each assertion. */
static void add_assertions(const sp_explanation *e, uint32_t fact, uint32_t row, sp_buf *b)
{
    const sp_facts *facts = e->w->ex.run->facts;
    const sp_fact *f = &facts->vocab->facts.items[fact];
    const sp_cell *cell = sp_facts_cell(facts, f->entity, row, f->column);
    uint32_t count;
    const sp_cell *sides = sp_facts_assertions(facts, cell, &count);
    sp_buf_printf(b, ", \"stated\": \"%s\", \"values\": [",
                  cell->status == SP_CELL_UNSTATED  ? "no"
                  : cell->status == SP_CELL_UNKNOWN ? "unknown"
                                                    : "yes");
    for (uint32_t i = 0; i < count; i++) {
        sp_buf value = {0};
        sp_str by, see;
        bool masked = e->w->style.redact && sides[i].origin != SP_FROM_WORLD;
        sp_facts_source(facts, &sides[i], &by, &see);
        sp_value_add(&value, facts, fact, &sides[i], &e->w->style);
        sp_buf_add_cstr(b, i > 0 ? ", {\"is\": " : "{\"is\": ");
        b->failed |= value.failed;
        sp_json_add(b, sp_buf_str(&value));
        sp_buf_clear(&value);
        if (by.len > 0)
            add_text(b, "by", masked ? SP_LIT("[source]") : by);
        if (see.len > 0)
            add_text(b, "see", masked ? SP_LIT("[source]") : see);
        add_found(facts, &sides[i], b);
        if (sides[i].origin != SP_FROM_CASE)
            add_text(b, "from", sides[i].origin == SP_FROM_WORLD ? SP_LIT("world") : SP_LIT("set"));
        sp_buf_add_char(b, '}');
    }
    sp_buf_add_char(b, ']');
}

/* Frees the list. */
static void add_list(const sp_explanation *e, sp_readings_of *list, sp_buf *b)
{
    sp_buf_add_cstr(b, ", \"read\": [");
    for (size_t i = 0; i < list->len; i++) {
        sp_buf_add_cstr(b, i > 0 ? ", {\"name\": " : "{\"name\": ");
        sp_json_add(b, list->items[i].name);
        if (list->items[i].fact != SP_NONE)
            add_assertions(e, list->items[i].fact, list->items[i].row, b);
        else
            add_text(b, "value", list->items[i].value);
        sp_buf_add_char(b, '}');
    }
    sp_buf_add_char(b, ']');
    SP_VEC_FREE(list);
}

static void add_readings(const sp_explanation *e, const sp_why *why, sp_buf *b)
{
    sp_readings_of list = {0};
    sp_part_readings(e, why, &list);
    add_list(e, &list, b);
}

static void add_presumption(const sp_explanation *e, const sp_why *why, sp_buf *b)
{
    sp_buf words = {0};
    const sp_names *authority = sp_part_presumed_add(&words, e, why);
    if (authority != NULL) {
        add_text(b, "presumption", sp_buf_str(&words));
        add_names(b, "presumption_authority", authority);
    }
    b->failed |= words.failed;
    sp_buf_clear(&words);
}

static void add_cond(const sp_explanation *e, const sp_why *why, sp_buf *b)
{
    sp_buf text = {0};
    sp_part_text_add(&text, why);
    add_built(b, "text", &text);
    add_readings(e, why, b);
    add_names(b, "authority", sp_part_authority(e, why));
    add_names(b, "passages", sp_part_passages(e, why));
    sp_str note = sp_part_note(e, why);
    if (note.len > 0)
        add_text(b, "note", note);
}

static void add_node(const sp_explanation *e, uint32_t index, sp_buf *b)
{
    static const char *const kinds[] = {"criterion", "rule", "condition", "member", "list", "limit"};
    static const char *const roles[] = {"part", "exception", "where"};
    const sp_tree *t = e->tree;
    const sp_tree_node *node = &t->nodes.items[index];
    const sp_why *why = &node->why;
    sp_buf title = {0};
    sp_buf_add_cstr(b, "{\"address\": ");
    sp_json_add(b, node->address);
    if (node->parent != SP_NONE)
        add_text(b, "parent", t->nodes.items[node->parent].address);
    sp_buf_printf(
        b,
        ", \"level\": %u, \"kind\": \"%s\", \"role\": \"%s\", \"state\": \"%s\", \"decides\": %s, "
        "\"presumed\": %s",
        node->level, kinds[why->kind], roles[why->role], sp_state_word((sp_state)why->state),
        node->decides ? "true" : "false", why->presumed ? "true" : "false");
    sp_part_title_add(&title, e, why);
    add_built(b, "title", &title);
    if (why->kind != SP_WHY_CRITERION && why->kind != SP_WHY_MEMBER && why->kind != SP_WHY_LIMIT)
        add_cond(e, why, b);
    add_presumption(e, why, b);
    if (node->see != SP_NONE)
        add_text(b, "see", t->nodes.items[node->see].address);
    if (node->below > 0)
        sp_buf_printf(b, ", \"below\": %u", node->below);
    sp_buf_add_char(b, '}');
}

static void add_end(const sp_explanation *e, const sp_account_end *end, bool otherwise, sp_buf *b)
{
    static const char *const wants[] = {[SP_WANT_HOLDS] = "holds",       [SP_WANT_FAILS] = "fails",
                                        [SP_WANT_MEMBER] = "member",     [SP_WANT_IN_FULL] = "list in full",
                                        [SP_WANT_LEFT_OUT] = "left out", [SP_WANT_AS_IT_IS] = "as it is"};
    sp_buf words = {0}, text = {0};
    sp_readings_of list = {0};
    sp_buf_printf(b, "{\"state\": \"%s\"", sp_state_word((sp_state)end->why.state));
    if (otherwise)
        sp_buf_printf(b, ", \"wanted\": \"%s\"", wants[end->want]);
    sp_end_add(&words, e, end, otherwise);
    add_built(b, "words", &words);
    sp_part_text_add(&text, &end->why);
    add_built(b, "text", &text);
    sp_end_readings(e, end, &list);
    add_list(e, &list, b);
    sp_buf_add_char(b, '}');
}

/* All smallest sets, each a list of ends. */
static void add_account(const sp_explanation *e, const char *key, const sp_account *a, bool otherwise,
                        sp_buf *b)
{
    sp_buf_printf(b, ", \"%s\": {\"exact\": %s, \"size\": %zu, \"sets\": [", key,
                  a->exact ? "true" : "false", a->size);
    for (size_t set = 0; set < a->ways; set++) {
        sp_buf_add_cstr(b, set > 0 ? ", [" : "[");
        for (size_t i = 0; i < a->size; i++) {
            sp_buf_add_cstr(b, i > 0 ? ", " : "");
            add_end(e, &a->ends.items[set * a->size + i], otherwise, b);
        }
        sp_buf_add_char(b, ']');
    }
    sp_buf_add_cstr(b, "]}");
}

static void add_items(const sp_explanation *e, const char *key, const sp_items *items, sp_buf *b)
{
    const sp_facts *facts = e->w->ex.run->facts;
    sp_buf_printf(b, ", \"%s\": [", key);
    for (size_t i = 0; items != NULL && i < items->len; i++) {
        sp_buf name = {0};
        sp_fact_address_add(&name, facts, items->items[i].fact, items->items[i].row);
        sp_buf_add_cstr(b, i > 0 ? ", {\"name\": " : "{\"name\": ");
        b->failed |= name.failed;
        sp_json_add(b, sp_buf_str(&name));
        sp_buf_clear(&name);
        add_assertions(e, items->items[i].fact, items->items[i].row, b);
        sp_buf_add_char(b, '}');
    }
    sp_buf_add_char(b, ']');
}

void sp_explain_json(const sp_explanation *e, sp_buf *b)
{
    const sp_run *run = e->w->ex.run;
    const sp_tree_node *root = &e->tree->nodes.items[0];
    sp_state state = (sp_state)root->why.state;
    bool decided = state == SP_HOLDS || state == SP_FAILS;
    sp_buf_add_char(b, '{');
    sp_json_head_add(b, "explanation/1", &e->w->style, run->facts, e->case_index, run->net);
    add_text(b, "address", root->address);
    sp_buf_printf(b, ", \"state\": \"%s\"", sp_state_word(state));
    if (decided) {
        add_account(e, "account", e->account, false, b);
        add_account(e, "change", e->change, true, b);
    }
    if (e->support != NULL) {
        add_items(e, "open", decided ? NULL : &e->support->open, b);
        add_items(e, "contested", decided ? NULL : &e->support->contested, b);
    }
    sp_buf_add_cstr(b, ", \"nodes\": [");
    for (uint32_t i = 0; i < e->tree->nodes.len; i++) {
        sp_buf_add_cstr(b, i > 0 ? ", " : "");
        add_node(e, i, b);
    }
    sp_buf_add_cstr(b, "]}");
    e->w->failed |= e->w->ex.failed || e->w->arena.failed;
}
