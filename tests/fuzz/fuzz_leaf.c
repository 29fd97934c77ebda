/* One condition of a rule, as it would be written in YAML. */
#include "fuzz/reading.h"
#include "net/network.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char before[] =
        "surplace: rules/1\n"
        "rules:\n"
        "  - {id: safe, title: Safe, concludes: person.safe_in(state), authority: [LAW 2],\n"
        "     requires: state.party}\n"
        "  - id: refugee\n"
        "    title: Refugee\n"
        "    concludes: person.refugee\n"
        "    authority: [LAW 1]\n"
        "    requires:\n"
        "      for_some: harm in person.harms\n"
        "      all_of:\n"
        "        - \"";
    sp_buf text = {0};
    sp_buf_add_cstr(&text, before);
    for (size_t i = 0; i < size; i++) {
        if (data[i] == '"' || data[i] == '\\')
            sp_buf_add_char(&text, '\\');
        sp_buf_add_char(&text, data[i] == '\n' ? ' ' : (char)data[i]);
    }
    sp_buf_add_cstr(&text, "\"\n");
    sp_str texts[] = {sp_buf_str(&text), FUZZ_TEXT(FUZZ_SOURCES), FUZZ_TEXT(FUZZ_VOCABULARY)};
    fuzz_law law;
    fuzz_law_read(&law, texts, 3);
    sp_network net;
    if (law.status == SURPLACE_OK &&
        sp_network_compile(&net, &law.base, SP_NONE, &law.diags) == SURPLACE_OK)
        sp_network_free(&net);
    fuzz_print(&law.diags);
    fuzz_law_free(&law);
    sp_buf_clear(&text);
    return 0;
}
