/* What can be asked of a fact, and the answers that the rules can tell apart.
 *
 * A question is a fact of a row of the case. What it must tell apart is told by what it is compared with: its marks.
 * From these come finitely many answers, one for each class of values that all those comparisons treat alike; a date
 * that is only compared with another has three: before, on and after it. Together the answers leave out no value. */
#ifndef SP_EXPLAIN_ANSWERS_H
#define SP_EXPLAIN_ANSWERS_H

#include "explain/whatif.h"

/* Something that a fact is compared with. */
typedef struct sp_mark {
    uint8_t op;      /* sp_op */
    bool right;      /* the fact is the right side */
    bool apart;      /* every value is to be told from this one, whatever the comparison */
    uint32_t chosen; /* the question whose answer it is, or SP_NONE: it is stated */
    sp_value value;
    sp_str text;
} sp_mark;

/* Of numbers and dates: the class. Of dates both ends are days in it. */
typedef struct sp_interval {
    bool low, high;           /* has ends */
    bool with_low, with_high; /* numbers: the ends are in it */
    sp_value from, to;
} sp_interval;

typedef struct sp_answer {
    sp_change change; /* numbers, dates, enums: one value of the class */
    sp_interval span;
    const uint32_t *values; /* enums: all values of the class */
    uint32_t value_count;
} sp_answer;

typedef struct sp_question {
    uint32_t fact, row; /* the row's virtual number: a row of the case */
    bool contested;     /* which assertion is right */
    bool all;           /* of an enum, every value; of a list, every member there can be */
    bool peers;   /* compared with another fact that is open: of references, two strangers are told apart */
    bool counted; /* of a list, how long it is */
    bool anew;    /* as if nothing had been stated of it */
    SP_VEC(sp_mark) marks;
    sp_answer *answers;
    uint32_t answer_count;
    sp_str address; /* "kim.departed": orders questions for the reader */
} sp_question;

/* The questions met so far; those before keep their places. */
typedef struct sp_questions {
    sp_whatif *what;
    sp_arena arena;
    SP_VEC(sp_question) items;
    bool grown; /* something more is to be told apart than when the answers were made */
    bool failed;
} sp_questions;

void sp_questions_init(sp_questions *q, sp_whatif *what);
void sp_questions_free(sp_questions *q);
/* The question about a fact; SP_NONE without memory. */
uint32_t sp_question_about(sp_questions *q, uint32_t fact, uint32_t row, bool contested);
/* The question about a fact if it has been met, or SP_NONE. */
uint32_t sp_question_find(const sp_questions *q, uint32_t fact, uint32_t row);
/* What it must tell apart besides. */
void sp_question_mark(sp_questions *q, uint32_t at, sp_mark mark);
void sp_question_flag(sp_questions *q, bool *flag);
/* Two open facts are compared: what either is compared with is to be told apart by both. */
void sp_question_link(sp_questions *q, uint32_t a, uint32_t b);
/* Makes the answers of all questions from what they must tell apart. */
void sp_questions_answer(sp_questions *q);

#endif
