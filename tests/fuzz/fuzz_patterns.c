/* A pattern, a line break, and the text in which it is looked for. */
#include "fuzz/reading.h"
#include "text/pattern.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sp_str pattern = {(const char *)data, size}, subject = SP_EMPTY;
    sp_buf error = {0};
    size_t offset = 0;
    sp_str_cut(pattern, '\n', &pattern, &subject);
    sp_pattern *compiled = sp_pattern_new(pattern, &error, &offset);
    if (compiled == NULL && (error.len == 0 || offset > pattern.len))
        abort();
    sp_matcher *matcher = sp_matcher_new();
    if (matcher == NULL)
        abort();
    if (compiled != NULL)
        sp_pattern_match(compiled, matcher, subject);
    sp_matcher_free(matcher);
    sp_pattern_free(compiled);
    sp_buf_clear(&error);
    return 0;
}
