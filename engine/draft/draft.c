#include "draft/draft.h"

void sp_draft_clear(sp_draft *draft)
{
    sp_prose_free(&draft->prose);
    SP_VEC_FREE(&draft->statements);
    SP_VEC_FREE(&draft->marks);
    SP_VEC_FREE(&draft->findings);
    SP_VEC_FREE(&draft->doubtful);
}
