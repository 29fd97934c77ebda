/* What the fuzz targets share: documents from memory, in pieces whose size the input chooses. */
#ifndef FUZZ_READING_H
#define FUZZ_READING_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "read/read_case.h"
#include "read/rulebase.h"
#include "render/diag.h"
#include "yaml/tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct fuzz_pieces {
    sp_str rest;
    size_t size;
} fuzz_pieces;

static inline ptrdiff_t fuzz_read(void *context, char *buf, size_t cap)
{
    fuzz_pieces *p = context;
    size_t len = p->rest.len < p->size ? p->rest.len : p->size;
    len = len < cap ? len : cap;
    if (len > 0)
        memcpy(buf, p->rest.ptr, len);
    p->rest.ptr += len;
    p->rest.len -= len;
    return (ptrdiff_t)len;
}

/* Diagnostics are there to be printed, whatever stands in them; none may hold what a terminal would act on. */
static inline void fuzz_print(sp_diags *diags)
{
    sp_buf out = {0};
    sp_style style = {0};
    sp_render_diags(diags, &style, &out);
    for (size_t i = 0; i < out.len; i++)
        if ((unsigned char)out.data[i] < 0x20 && out.data[i] != '\n')
            abort();
    sp_buf_clear(&out);
}

/* A small law that has every type, for targets that read what stands on one. */
static const char FUZZ_VOCABULARY[] =
    "surplace: vocabulary/1\n"
    "enums:\n"
    "  reason: {values: {work: work, fear: fear}}\n"
    "  degree: {ordered: yes, values: {none: none, remote: remote, real: real}}\n"
    "parameters: {exit: {type: degree, default: remote}}\n"
    "entities:\n"
    "  case: {facts: {assessed_on: {type: date}}}\n"
    "  person:\n"
    "    collection: persons\n"
    "    label: label\n"
    "    facts:\n"
    "      label: {type: text, private: yes}\n"
    "      location: {type: state}\n"
    "      left_on: {type: date}\n"
    "      age: {type: number}\n"
    "      reasons: {type: list of reason}\n"
    "      friends: {type: list of person}\n"
    "      harms: {type: list of harm}\n"
    "      believed: {type: yes_no, judgment: yes}\n"
    "    criteria:\n"
    "      refugee: {title: Refugee, headline: yes}\n"
    "      safe_in: {title: Safe, with: state}\n"
    "  harm: {key: kind, facts: {kind: {type: text}, risk: {type: degree}}}\n"
    "  state: {collection: states, label: name, facts: {name: {type: text}, party: {type: yes_no}}}\n";

static const char FUZZ_SOURCES[] =
    "surplace: authorities/1\n"
    "authorities: [{cite: LAW, title: The law, kind: statute, confirmed: yes}]\n";

static const char FUZZ_RULES[] =
    "surplace: rules/1\n"
    "rules:\n"
    "  - id: refugee\n"
    "    title: Refugee\n"
    "    concludes: person.refugee\n"
    "    authority: [LAW 1]\n"
    "    requires:\n"
    "      any_of:\n"
    "        - person.believed\n"
    "        - for_some: harm in person.harms\n"
    "          all_of: [harm.risk is at least real, harm.kind matches /pris(on|m)/]\n"
    "        - for_some: friend in person.friends\n"
    "          that: friend.refugee\n"
    "  - id: safe\n"
    "    title: Safe\n"
    "    concludes: person.safe_in(state)\n"
    "    authority: [LAW 2]\n"
    "    requires: {all_of: [state.party, person.left_on is before case.assessed_on, person.age is above 3]}\n";

#define FUZZ_FILES 4u

typedef struct fuzz_law {
    sp_arena arena;
    sp_diags diags;
    sp_input inputs[FUZZ_FILES];
    sp_yaml_tree trees[FUZZ_FILES];
    sp_rulebase base;
    surplace_status status;
} fuzz_law;

/* Reads a rule base of texts, as far as they are YAML. */
static inline void fuzz_law_read(fuzz_law *law, const sp_str *texts, size_t count)
{
    size_t good = 0;
    *law = (fuzz_law){0};
    for (size_t i = 0; i < count; i++) {
        law->inputs[i] = (sp_input){.name = SP_LIT("fuzz.yaml"), .text = texts[i]};
        if (sp_yaml_read(&law->inputs[i], &law->arena, &law->trees[good], &law->diags) == SURPLACE_OK)
            good++;
    }
    law->status = sp_read_rulebase(&law->base, law->trees, good, &law->diags);
    if (law->status == SURPLACE_OK && good < count)
        law->status = SURPLACE_INVALID;
}

static inline void fuzz_law_free(fuzz_law *law)
{
    sp_rulebase_free(&law->base);
    sp_diags_free(&law->diags);
    sp_arena_free(&law->arena);
}

#define FUZZ_TEXT(array) ((sp_str){(array), sizeof(array) - 1})

#endif
