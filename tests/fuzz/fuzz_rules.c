/* A rule file, or any other file of a rule base: read beside a vocabulary, compiled, and written out as sentences. */
#include "fuzz/reading.h"
#include "net/network.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sp_str text = {(const char *)data, size};
    /* One that is a vocabulary itself stands alone. */
    bool alone = size > 20 && memcmp(data, "surplace: vocabulary", 20) == 0;
    sp_str texts[] = {text, FUZZ_TEXT(FUZZ_SOURCES), FUZZ_TEXT(FUZZ_VOCABULARY)};
    fuzz_law law;
    fuzz_law_read(&law, texts, alone ? 2 : 3);
    if (law.status == SURPLACE_OK) {
        sp_network net;
        if (sp_network_compile(&net, &law.base, sp_rulebase_default_reading(&law.base), &law.diags) ==
            SURPLACE_OK)
            sp_network_free(&net);
    }
    fuzz_print(&law.diags);
    fuzz_law_free(&law);
    return 0;
}
