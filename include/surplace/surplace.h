/* surplace: a rule-based refugee-status reasoning engine. This header includes all the others. */
#ifndef SURPLACE_SURPLACE_H
#define SURPLACE_SURPLACE_H

#include "surplace/assess.h"
#include "surplace/case.h"
#include "surplace/compare.h"
#include "surplace/diag.h"
#include "surplace/explain.h"
#include "surplace/limits.h"
#include "surplace/lint.h"
#include "surplace/render.h"
#include "surplace/review.h"
#include "surplace/rules.h"
#include "surplace/settle.h"
#include "surplace/status.h"
#include "surplace/test.h"

#define SURPLACE_VERSION "0.1.0"

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library in use, a constant text. */
SURPLACE_API const char *surplace_version(void);

#ifdef __cplusplus
}
#endif
#endif
