/* What the public handles hold. */
#ifndef SP_API_HANDLES_H
#define SP_API_HANDLES_H

#include "read/read_case.h"
#include "read/rulebase.h"
#include "render/verdict.h"
#include "surplace/surplace.h"
#include "yaml/tree.h"

struct surplace_diagnostics {
    sp_diags list;
    sp_arena arena;                /* NUL-terminated texts handed out */
    SP_VEC(surplace_rules *) kept; /* faulty rule bases whose lines are shown */
};

struct surplace_rules {
    sp_rulebase base;
    sp_arena arena; /* inputs and trees of its files */
    const sp_yaml_tree *trees;
    size_t tree_count;
};

struct surplace_law {
    sp_network net;
    const surplace_rules *rules;
};

struct surplace_cases {
    const surplace_rules *rules;
    surplace_diagnostics *diagnostics;
    sp_input *input; /* kept by the diagnostics: their places point to it */
    sp_doc_reader *documents;
    size_t number; /* of the document read last */
    bool over;
};

struct surplace_assessor {
    const surplace_law *law;
    surplace_options options;
    sp_str *set;
    sp_facts facts;
    sp_run run;
    sp_verdict_writer writer;
    sp_buf text[3]; /* handed out */
    sp_buf report;
    size_t listed; /* case whose results stand in writer.results, or SIZE_MAX */
};

/* Reads the next cases of a stream into `facts`, emptied first. OK, perhaps with no case at the end; INVALID: faulty
 * cases were left out; LIMIT, IO and NO_MEMORY end the stream. */
surplace_status sp_cases_read_batch(surplace_cases *cases, sp_facts *facts, const sp_str *set,
                                    size_t set_count);

#endif
