/* Answers to questions in words, and as a case file would have them. */
#ifndef SP_RENDER_ANSWER_H
#define SP_RENDER_ANSWER_H

#include "explain/answers.h"
#include "render/out.h"

/* "yes", "severe or death", "on or before 2003-12-31", "torture, and perhaps more". */
void sp_answer_add(sp_buf *b, const sp_whatif *what, const sp_question *question, const sp_answer *answer,
                   const sp_style *style);
/* The answer, or one of its class, as JSON: true, "severe", "2003-12-31", {"list": ["torture"], "complete": false}; null
 * where a case file would have to say more. */
void sp_answer_add_json(sp_buf *b, const sp_whatif *what, const sp_question *question,
                        const sp_answer *answer, const sp_style *style);
/* What would be asked: the vocabulary's question, else the fact's title. */
void sp_question_add(sp_buf *b, const sp_facts *facts, const sp_question *question);

#endif
