/* Changes of the rules of which the author says why no case can notice them. */
#ifndef SP_MODEL_EXPLAINED_H
#define SP_MODEL_EXPLAINED_H

#include "base/vec.h"
#include "text/input.h"

typedef enum sp_explained_use {
    SP_EXPLAINED_UNUSED,  /* the change was not tried */
    SP_EXPLAINED_USED,    /* no case notices it */
    SP_EXPLAINED_NOTICED, /* a case does: there is nothing to explain */
    SP_EXPLAINED_UNKNOWN  /* there is no such change */
} sp_explained_use;

typedef struct sp_explained {
    sp_str mutant, because; /* its address (explain/mutate.h); spans of the file */
    sp_place place;
    uint8_t use;
} sp_explained;

typedef SP_VEC(sp_explained) sp_explanations;

#endif
