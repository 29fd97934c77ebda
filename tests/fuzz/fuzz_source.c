/* A source text in which passages are looked for; its first line is one of them. */
#include "base/utf8.h"
#include "cite/cite.h"
#include "fuzz/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sp_str text = {(const char *)data, size}, first = text, rest = text;
    sp_str_cut(text, '\n', &first, &rest);
    sp_quote quotes[] = {{SP_LIT("first"), first},
                         {SP_LIT("fear"), SP_LIT("fear with reason makes a refugee")},
                         {SP_LIT("cut"), SP_LIT("the harms ... are many, \"and\" grave.")}};
    sp_cited found[3];
    sp_arena arena = {0};
    sp_input source = {.name = SP_LIT("source.txt"), .text = rest};
    if (sp_utf8_valid_prefix(text) == text.len)
        sp_cite(&source, quotes, 3, found, &arena);
    sp_arena_free(&arena);
    return 0;
}
