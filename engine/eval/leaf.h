/* The state of a leaf at one row: a yes_no fact, or a comparison. */
#ifndef SP_EVAL_LEAF_H
#define SP_EVAL_LEAF_H

#include "eval/rows.h"

typedef struct sp_leaf_reader {
    sp_rows *rows;
    sp_matcher *matcher;
    sp_targets left, right;
    bool presume; /* a yes_no fact that is compared is taken as presumed where it is open */
    bool failed;
    bool undecided; /* a pattern reached a limit: the run must not be believed */
} sp_leaf_reader;

/* Folds states that hang on which of several assertions is right: all alike is that state, else contested. */
typedef struct sp_agreement {
    bool any, differ;
    sp_state state;
} sp_agreement;

void sp_agree(sp_agreement *agreement, sp_state state);
sp_state sp_agreed(const sp_agreement *agreement);

/* The fact's own state before `is no`; *presumed is what it is with its presumption applied. Where a reference on the
 * way is open there is nothing to presume of. */
sp_state sp_leaf_truth(sp_leaf_reader *reader, const sp_net_node *node, uint32_t row, sp_state *presumed);
/* The comparison's state, `is not` applied. */
sp_state sp_leaf_compare(sp_leaf_reader *reader, const sp_net_node *node, uint32_t row);

#endif
