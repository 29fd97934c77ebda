#include "render/vocabulary_words.h"

#include <string.h>

void sp_words_title_add(sp_buf *b, sp_str title, sp_str name)
{
    if (title.len > 0)
        sp_buf_add(b, title);
    else
        sp_clause_name_add(b, name);
}

void sp_words_names_add(sp_buf *b, const sp_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        sp_buf_printf(b, "%s%.*s", i > 0 ? "; " : "", SP_STR(names->items[i]));
}

void sp_words_criterion_add(sp_buf *b, const sp_vocab *vocab, uint32_t criterion)
{
    const sp_criterion *c = &vocab->criteria.items[criterion];
    sp_buf_printf(b, "%.*s.%.*s", SP_STR(vocab->entities.items[c->entity].name), SP_STR(c->name));
    if (c->with != SP_NONE)
        sp_buf_printf(b, "(%.*s)", SP_STR(c->with_name));
}

void sp_words_place_add(sp_buf *b, const sp_vocab *vocab, uint32_t entity)
{
    const sp_entity *e = &vocab->entities.items[entity];
    if (entity == SP_CASE_ENTITY) {
        sp_buf_add_cstr(b, "The case itself: its facts stand at the top of a case file.");
    } else if (e->facet_of != SP_NONE) {
        sp_buf_add_cstr(b, "One for each ");
        sp_clause_name_add(b, vocab->entities.items[e->facet_of].name);
        sp_buf_printf(b, ", listed under \u201c%.*s\u201d in a case file.", SP_STR(e->collection));
    } else if (e->collection.len > 0) {
        sp_buf_printf(b, "Listed under \u201c%.*s\u201d in a case file.", SP_STR(e->collection));
    } else if (e->owner != SP_NONE) {
        sp_buf_printf(b, "Written in place, under \u201c%.*s\u201d of its ",
                      SP_STR(vocab->facts.items[e->owner_fact].name));
        sp_clause_name_add(b, vocab->entities.items[e->owner].name);
        sp_buf_add_char(b, '.');
    }
    if (e->explanation)
        sp_buf_add_cstr(b, " It explains the conduct of a State: no legal rule may read it.");
}

static void add_values(sp_buf *b, const sp_enum *e)
{
    for (uint32_t i = 0; i < e->count; i++) {
        sp_buf_printf(b, "%s%.*s", i > 0 ? "; " : "", SP_STR(e->values[i].name));
        if (e->values[i].title.len > 0 && !sp_str_eq(e->values[i].title, e->values[i].name))
            sp_buf_printf(b, " (%.*s)", SP_STR(e->values[i].title));
    }
}

void sp_words_type_add(sp_buf *b, const sp_vocab *vocab, sp_type type)
{
    switch ((sp_type_kind)type.kind) {
    case SP_YES_NO:
        sp_buf_add_cstr(b, "yes or no");
        break;
    case SP_NUMBER:
        sp_buf_add_cstr(b, "a number");
        break;
    case SP_DATE:
        sp_buf_add_cstr(b, "a date");
        break;
    case SP_TEXT:
        sp_buf_add_cstr(b, "a text");
        break;
    case SP_ENUM: {
        const sp_enum *e = &vocab->enums.items[type.index];
        sp_buf_add_cstr(b, type.list ? "any of" : "one of");
        sp_buf_add_cstr(b, e->ordered ? ", from the lowest to the highest: " : ": ");
        add_values(b, e);
        break;
    }
    case SP_ENTITY: {
        const sp_entity *e = &vocab->entities.items[type.index];
        bool owned = e->collection.len == 0;
        sp_buf_add_cstr(b, type.list ? "a list of: " : "one ");
        sp_words_title_add(b, e->title, e->name);
        sp_buf_printf(b, " (%.*s%s)", SP_STR(e->name), owned ? ", written in place" : "");
        break;
    }
    }
}

void sp_words_presumption_add(sp_buf *b, const sp_presumption *p, const char *holds, const char *fails)
{
    if (p->if_open == SP_OPEN)
        return;
    sp_buf_printf(b, "While nobody has said enough, taken as %s. Burden: %.*s (",
                  p->if_open == SP_HOLDS ? holds : fails, SP_STR(p->burden));
    sp_words_names_add(b, &p->authority);
    sp_buf_add_cstr(b, ").");
}

void sp_words_day_add(sp_buf *b, const sp_vocab *vocab, const sp_fact *fact)
{
    size_t number = 1 + (size_t)(fact - vocab->facts.items);
    if (number == vocab->day_of_case)
        sp_buf_add_cstr(b,
                        "The day of the case: a fact of the rule base that was found later is not used.");
    if (number == vocab->sources_until)
        sp_buf_add_cstr(b, "A fact of the rule base that was found by then is used.");
}

void sp_words_silence_add(sp_buf *b, const sp_vocab *vocab, const sp_reading_presumption *silence)
{
    const sp_presumption *p = &silence->presumption;
    bool of_fact = silence->of.kind == SP_MEMBER_FACT;
    if (of_fact) {
        const sp_fact *fact = &vocab->facts.items[silence->of.index];
        sp_buf_printf(b, "%.*s.%.*s", SP_STR(vocab->entities.items[fact->entity].name), SP_STR(fact->name));
    } else {
        sp_words_criterion_add(b, vocab, silence->of.index);
    }
    if (p->if_open == SP_OPEN)
        sp_buf_add_cstr(b, ": silence stays open (");
    else
        sp_buf_printf(b, ": silence is taken as %s. Burden: %.*s (",
                      p->if_open == SP_HOLDS ? of_fact ? "yes" : "holding"
                      : of_fact              ? "no"
                                             : "failing",
                      SP_STR(p->burden));
    sp_words_names_add(b, &p->authority);
    sp_buf_add_cstr(b, ").");
}

const char *sp_words_support(uint8_t support)
{
    static const char *const words[] = {
        [SP_SUPPORT_UNSAID] = NULL,
        [SP_SUPPORT_DIRECT] = "the source text argues this step",
        [SP_SUPPORT_PARTIAL] = "the source text supports this step in part",
        [SP_SUPPORT_INFERRED] = "inferred; the source text does not itself argue this step",
        [SP_SUPPORT_NONE] = "the source text says nothing of this step",
    };
    return words[support];
}

const char *sp_words_passage_kind(uint8_t kind)
{
    static const char *const words[] = {
        [SP_PASSAGE_LEGAL] = "legal criterion",
        [SP_PASSAGE_FACTUAL] = "factual premise",
        [SP_PASSAGE_EXPLANATION] = "explanation of State conduct",
        [SP_PASSAGE_THEORY] = "theory",
    };
    return words[kind];
}

void sp_words_page_add(sp_buf *b, const sp_passage *passage)
{
    bool several = passage->page.len > 0 && memchr(passage->page.ptr, '-', passage->page.len) != NULL;
    sp_buf_printf(b, "%s %.*s", several ? "pp." : "p.", SP_STR(passage->page));
}

void sp_words_period_add(sp_buf *b, const sp_reading *reading)
{
    if (reading->from.len > 0)
        sp_buf_printf(b, ", from %.*s", SP_STR(reading->from));
    if (reading->until.len > 0)
        sp_buf_printf(b, "%s until %.*s", reading->from.len > 0 ? "" : ",", SP_STR(reading->until));
}
