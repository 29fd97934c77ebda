#include "render/head.h"

static sp_str case_name(const sp_style *style, const sp_facts *facts, uint32_t case_index)
{
    return style->redact ? SP_LIT("[case]") : sp_facts_span(facts, facts->cases[case_index].name);
}

void sp_heading_add(sp_buf *b, const sp_style *style, const char *text)
{
    sp_buf_add_char(b, '\n');
    sp_ink_on(b, style, SP_INK_BOLD);
    sp_buf_add_cstr(b, text);
    sp_ink_off(b, style, SP_INK_BOLD);
    sp_buf_add_char(b, '\n');
}

void sp_head_add(sp_buf *b, const sp_style *style, const sp_facts *facts, uint32_t case_index,
                 const sp_network *net)
{
    sp_buf_add_cstr(b, "Case     ");
    sp_wrap_add(b, style, 9, 9, case_name(style, facts, case_index));
    if (net->reading != SP_NONE) {
        const sp_reading *reading = &net->base->readings.items[net->reading];
        sp_buf line = {0};
        sp_buf_printf(&line, "%.*s (%.*s)", SP_STR(reading->title), SP_STR(reading->id));
        if (reading->from.len > 0)
            sp_buf_printf(&line, ", good law from %.*s", SP_STR(reading->from));
        if (reading->until.len > 0)
            sp_buf_printf(&line, " until %.*s", SP_STR(reading->until));
        b->failed |= line.failed;
        sp_buf_add_cstr(b, "Reading  ");
        sp_wrap_add(b, style, 9, 9, sp_buf_str(&line));
        sp_buf_clear(&line);
    }
    sp_buf_add_cstr(b, "         ");
    sp_wrap_add(b, style, 9, 9, SP_LIT("A study of a hypothetical file, not legal advice."));
}

void sp_json_head_add(sp_buf *b, const char *kind, const sp_style *style, const sp_facts *facts,
                      uint32_t case_index, const sp_network *net)
{
    sp_buf_printf(b, "\"surplace\": \"%s\", \"case\": ", kind);
    sp_json_add(b, case_name(style, facts, case_index));
    sp_buf_add_cstr(b, ", \"reading\": ");
    sp_json_add(b, net->reading == SP_NONE ? SP_EMPTY : net->base->readings.items[net->reading].id);
}
