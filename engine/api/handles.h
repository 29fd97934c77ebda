/* What the public handles hold. */
#ifndef SP_API_HANDLES_H
#define SP_API_HANDLES_H

#include "base/shortage.h"
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

/* What a call comes to that diagnoses, and before which there had been so many shortages. Where memory ran out, what was
 * diagnosed may be untrue (a name is unknown because there was no room for it): the list is given up, and the status says
 * so whatever it was. */
static inline surplace_status sp_settled(surplace_diagnostics *d, size_t shortages, surplace_status status)
{
    d->list.failed |= status == SURPLACE_NO_MEMORY || sp_shortages() != shortages;
    return d->list.failed ? SURPLACE_NO_MEMORY : status;
}

/* Hands a report over to whoever asked for it, if none of it was lost since there had been so many shortages. */
surplace_status sp_hand_over(const sp_buf *b, size_t shortages, surplace_write_fn write, void *context);

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
    bool what_ifs;     /* read the variations of cases too */
    sp_yaml_tree tree; /* of the document read last, where variations of it are still to be read ... */
    uint32_t what_if;  /* ... this one next, or 0 */
    size_t what_if_number;
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

/* The criterion of a case by its address, or by its name where only one subject has it: its index and the rows of the
 * facts. False if the case has none such. */
bool sp_assessor_find(const surplace_assessor *assessor, size_t case_index, const char *path,
                      uint32_t *criterion, uint32_t *row, uint32_t *with_row);

/* The part at an address as explanations print them ("kim.refugee", "kim.refugee:inclusion/2"), and the address with its
 * criterion written in full. False if the case has none such, or memory ran out (then the buffer, the writer's arena or
 * its explainer has failed). The case must be of the batch. */
bool sp_assessor_find_part(surplace_assessor *assessor, size_t case_index, const char *address,
                           sp_why *found, sp_buf *canonical);

sp_style sp_style_from(const surplace_style *style);

#endif
