/* Cases in YAML; the first byte says how large the pieces are in which they come. */
#include "fuzz/case.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 0)
        fuzz_cases((sp_str){(const char *)data + 1, size - 1}, SP_FORMAT_YAML, (size_t)data[0] * 16);
    return 0;
}
