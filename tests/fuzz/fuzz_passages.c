/* A file of passages, authorities, a reading or world facts beside a law. */
#include "fuzz/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sp_str texts[] = {{(const char *)data, size},
                      FUZZ_TEXT(FUZZ_RULES),
                      FUZZ_TEXT(FUZZ_SOURCES),
                      FUZZ_TEXT(FUZZ_VOCABULARY)};
    fuzz_law law;
    fuzz_law_read(&law, texts, 4);
    fuzz_print(&law.diags);
    fuzz_law_free(&law);
    return 0;
}
