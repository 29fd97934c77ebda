/* Rules compiled under one reading: numbered nodes in dependency order, never changed after building.
 *
 * Every node has a frame: the table over whose rows its value is computed. A root frame has the rows of an entity, or the
 * pairs of two entities of the same case; a quantified frame has, for every row of its parent, one row for each member
 * of a list. A node's value over its frame is a handful of bit planes (eval/run.h). */
#ifndef SP_NET_NETWORK_H
#define SP_NET_NETWORK_H

#include "model/rules.h"
#include "text/diag.h"

typedef enum sp_hop_kind {
    SP_HOP_FACT,      /* the cell of a column: a reference, a list, or (last) any value */
    SP_HOP_OWNER,     /* the owner's row */
    SP_HOP_BASE,      /* the base's row: the same number */
    SP_HOP_CASE,      /* the case's row */
    SP_HOP_COLLECTION /* all rows of an entity in the case */
} sp_hop_kind;

typedef struct sp_hop {
    uint8_t kind;
    uint32_t from;   /* the entity the hop starts from */
    uint32_t column; /* fact */
    uint32_t fact;   /* its index in the vocabulary */
    uint32_t to;     /* the entity it leads to, where it does */
} sp_hop;

typedef enum sp_start { SP_START_VARIABLE, SP_START_WITH, SP_START_CASE } sp_start;

/* From a row of a frame to something: climb to the frame that has the variable, take its row, then hop. */
typedef struct sp_path {
    uint32_t up;
    uint8_t start; /* the frame's variable, the second of a pair, or the case */
    sp_type type;  /* what it leads to */
    uint32_t first_hop, hop_count;
} sp_path;

typedef struct sp_frame {
    uint32_t parent;  /* SP_NONE: a root */
    uint32_t entity;  /* root */
    uint32_t with;    /* root of pairs: the second entity, else SP_NONE */
    sp_type variable; /* what the frame's variable is */
    uint32_t level;   /* of the variable in the scope (a root's: 1) */
    sp_path list;     /* quantified: from the parent */
} sp_frame;

typedef enum sp_net_kind {
    SP_NET_CONST,   /* asks a parameter of the reading */
    SP_NET_TRUTH,   /* a yes_no fact */
    SP_NET_COMPARE, /* a comparison */
    SP_NET_LOOKUP,  /* the value of a criterion's node in another frame */
    SP_NET_ALL,
    SP_NET_ANY,
    SP_NET_NONE,
    SP_NET_AT_LEAST,
    SP_NET_SOME,   /* over the rows of a quantified frame */
    SP_NET_EVERY,  /* a second input: some member must hold there too (`where`) */
    SP_NET_PRESUME /* its input, and where that is open the presumption */
} sp_net_kind;

typedef struct sp_net_node {
    uint8_t kind;
    uint8_t state; /* const: its state; every: if empty; presume, truth: if open (SP_OPEN: nothing) */
    bool negated;  /* truth, compare, lookup */
    uint32_t frame;
    uint32_t first_input, input_count; /* in `inputs`; lookup: the criterion's node */
    uint32_t n;                        /* at_least */
    uint32_t child_frame;              /* some, every */
    uint32_t criterion;                /* lookup: its index; presume and the node below it: whose */
    sp_path left;                      /* truth, compare: the subject; lookup: the row */
    sp_path with;                      /* lookup of a pair: the second row */
    bool has_with;
    sp_path *right;      /* compare: a path for each of cond->right that is one */
    const sp_cond *cond; /* the first leaf it was compiled from */
} sp_net_node;

/* A run of nodes in evaluation order. Recursive ones are iterated to a fixpoint. */
typedef struct sp_net_step {
    uint32_t first, count; /* in `order` */
    bool recursive;
} sp_net_step;

typedef struct sp_network {
    const sp_rulebase *base;
    uint32_t reading; /* SP_NONE: the rule base has none */
    sp_arena arena;
    sp_intern shared; /* keys of nodes, for sharing equal ones */
    SP_VEC(uint32_t) shared_nodes;
    SP_VEC(sp_net_node) nodes;
    SP_VEC(uint32_t) inputs;
    SP_VEC(sp_hop) hops;
    SP_VEC(sp_frame) frames;
    SP_VEC(uint32_t) order;
    SP_VEC(sp_net_step) steps;
    sp_value *parameters;         /* by parameter */
    uint32_t *parameter_settings; /* by parameter: reading << 16 | setting, or SP_NONE for the default */
    const sp_presumption **fact_presumptions;      /* by fact: in force under the reading, never NULL */
    const sp_presumption **criterion_presumptions; /* by criterion, likewise */
    uint32_t *root_frames;                         /* by criterion */
    uint32_t *criterion_nodes;                     /* by criterion: its value */
    uint32_t *decided_nodes;                       /* by criterion: its value before any presumption */
    SP_VEC(uint32_t) rules; /* those in force under the reading, by criterion then id */
    uint32_t *first_rule;   /* by criterion: its first in `rules`; one more at the end */
    uint32_t *cond_nodes;   /* by condition: its node, or SP_NONE where the reading dropped it */
    uint32_t *core_nodes;   /* by condition: its node without its exceptions */
} sp_network;

/* Compiles the rules in force under a reading. OK; INVALID (a cycle through an exception, diagnosed); LIMIT;
 * NO_MEMORY. On failure `net` must still be freed. The rule base must outlive the network. */
surplace_status sp_network_compile(sp_network *net, const sp_rulebase *base, uint32_t reading,
                                   sp_diags *diags);
void sp_network_free(sp_network *net);

static inline const uint32_t *sp_net_inputs(const sp_network *net, const sp_net_node *node)
{
    return net->inputs.items + node->first_input;
}

#endif
