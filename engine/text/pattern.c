/* PCRE2 with everything that can run away on a short lead. Rules come from many hands and subjects are
 * confidential statements, so a match that hits a limit is "undecided": it must never read as "no match". */
#include "text/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "surplace/limits.h"

#define JIT_STACK_MIN ((size_t)64 * 1024)
#define JIT_STACK_MAX ((size_t)8 * 1024 * 1024)

/* Groups whose place is kept; a pattern's own groups as a rule are not captured. */
#define GROUPS 16u

struct sp_pattern {
    pcre2_code *code;
    uint32_t at; /* the number of the group named `at`, or 0: the whole match */
};

struct sp_matcher {
    pcre2_match_context *context;
    pcre2_match_data *data;
    pcre2_jit_stack *stack; /* NULL where PCRE2 was built without JIT */
};

static sp_pattern *refuse(sp_buf *error, size_t *offset, size_t at, const char *why)
{
    sp_buf_add_cstr(error, why);
    *offset = at;
    return NULL;
}

/* Stops at the first callout. */
static int find_callout(pcre2_callout_enumerate_block *block, void *position)
{
    *(size_t *)position = block->pattern_position;
    return 1;
}

/* A pattern that there is no memory for is no faulty pattern: `failed` of the message's buffer says so. */
static sp_pattern *refuse_memory(sp_buf *error, size_t *offset)
{
    error->failed = true;
    *offset = 0;
    return NULL;
}

static sp_pattern *refuse_code(sp_buf *error, size_t *offset, size_t at, int number)
{
    if (number == PCRE2_ERROR_HEAP_FAILED || number == PCRE2_ERROR_NOMEMORY)
        return refuse_memory(error, offset);
    PCRE2_UCHAR message[256];
    if (pcre2_get_error_message(number, message, sizeof(message)) < 0)
        return refuse(error, offset, at, "cannot be compiled");
    return refuse(error, offset, at, (const char *)message);
}

static sp_pattern *compile(sp_str source, size_t most, sp_buf *error, size_t *offset)
{
    if (source.len == 0)
        return refuse(error, offset, 0, "the pattern is empty");
    if (source.len > most) {
        sp_buf_printf(error, "longer than %zu bytes (limit: pattern)", most);
        *offset = most;
        return NULL;
    }
    if (sp_str_starts(source, SP_LIT("(*"))) /* such as (*UTF) or (*LIMIT_MATCH=1) */
        return refuse(error, offset, 0, "a pattern may not begin with (*");

    int number;
    PCRE2_SIZE at;
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)source.ptr, source.len, options, &number, &at, NULL);
    if (code == NULL)
        return refuse_code(error, offset, at, number);

    size_t callout;
    sp_pattern *pattern = NULL;
    if (pcre2_callout_enumerate(code, find_callout, &callout) != 0)
        refuse(error, offset, callout, "callouts are not used here");
    else if ((pattern = malloc(sizeof(*pattern))) == NULL)
        error->failed = true;
    if (pattern == NULL) {
        pcre2_code_free(code);
        return NULL;
    }
    /* Without JIT, or without memory for it, the interpreter does the same work more slowly. */
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    pattern->code = code;
    int number_of_at = pcre2_substring_number_from_name(code, (PCRE2_SPTR) "at");
    pattern->at = number_of_at > 0 && number_of_at < (int)GROUPS ? (uint32_t)number_of_at : 0;
    return pattern;
}

sp_pattern *sp_pattern_new(sp_str source, sp_buf *error, size_t *offset)
{
    return compile(source, SURPLACE_MAX_PATTERN_BYTES, error, offset);
}

sp_pattern *sp_pattern_new_long(sp_str source, sp_buf *error, size_t *offset)
{
    return compile(source, SURPLACE_MAX_CLAIM_PATTERN_BYTES, error, offset);
}

void sp_pattern_free(sp_pattern *pattern)
{
    if (pattern == NULL)
        return;
    pcre2_code_free(pattern->code);
    free(pattern);
}

sp_matcher *sp_matcher_new(void)
{
    sp_matcher *matcher = calloc(1, sizeof(*matcher));
    if (matcher == NULL)
        return NULL;
    matcher->context = pcre2_match_context_create(NULL);
    matcher->data = pcre2_match_data_create(GROUPS, NULL);
    if (matcher->context == NULL || matcher->data == NULL) {
        sp_matcher_free(matcher);
        return NULL;
    }
    pcre2_set_match_limit(matcher->context, SURPLACE_PATTERN_MATCH_LIMIT);
    pcre2_set_depth_limit(matcher->context, SURPLACE_PATTERN_DEPTH_LIMIT);
    pcre2_set_heap_limit(matcher->context, SURPLACE_PATTERN_HEAP_KIB);
    matcher->stack = pcre2_jit_stack_create(JIT_STACK_MIN, JIT_STACK_MAX, NULL);
    if (matcher->stack != NULL)
        pcre2_jit_stack_assign(matcher->context, NULL, matcher->stack);
    return matcher;
}

void sp_matcher_free(sp_matcher *matcher)
{
    if (matcher == NULL)
        return;
    pcre2_jit_stack_free(matcher->stack);
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->context);
    free(matcher);
}

static sp_match match(const sp_pattern *pattern, sp_matcher *matcher, sp_str subject, size_t from)
{
    PCRE2_SPTR text = (PCRE2_SPTR)(subject.len == 0 ? "" : subject.ptr);
    int result = pcre2_match(pattern->code, text, subject.len, from, PCRE2_NO_UTF_CHECK, matcher->data,
                             matcher->context);
    if (result >= 0) /* 0: it matched, and has groups that the match data has no room for */
        return SP_MATCH_YES;
    return result == PCRE2_ERROR_NOMATCH ? SP_MATCH_NO : SP_MATCH_UNDECIDED;
}

sp_match sp_pattern_match(const sp_pattern *pattern, sp_matcher *matcher, sp_str subject)
{
    /* The check for UTF-8 is ours because it is faster than PCRE2's; without any, PCRE2 reads past the end. */
    if (subject.len > SURPLACE_MAX_SUBJECT_BYTES || sp_utf8_valid_prefix(subject) != subject.len)
        return SP_MATCH_UNDECIDED;
    return match(pattern, matcher, subject, 0);
}

sp_match sp_pattern_find(const sp_pattern *pattern, sp_matcher *matcher, sp_str subject, size_t from,
                         sp_span *found)
{
    if (subject.len > SURPLACE_MAX_SUBJECT_BYTES)
        return SP_MATCH_UNDECIDED;
    if (from > subject.len)
        return SP_MATCH_NO;
    sp_match result = match(pattern, matcher, subject, from);
    if (result != SP_MATCH_YES)
        return result;
    const PCRE2_SIZE *groups = pcre2_get_ovector_pointer(matcher->data);
    size_t at = groups[2 * pattern->at] != PCRE2_UNSET ? 2 * pattern->at : 0;
    /* \K in a look-ahead can put the start behind the end */
    *found = (sp_span){groups[at] <= groups[at + 1] ? groups[at] : groups[at + 1], groups[at + 1]};
    return result;
}
