/* YAML by libyaml's events, which type nothing, check no keys and have no limits: all of that is done here.
 *
 * The use of YAML is narrow on purpose: no anchors, aliases, merge keys, tags or directives. Nobody who writes a
 * case needs them, and each has been a way to make a document mean something else than it shows. */
#include "yaml/tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/utf8.h"
#include "text/clean.h"
#include "text/folder.h"
#include "yaml/builder.h"
#include "yaml/json.h"

/* Bytes between two events. Libyaml collects a scalar whole before we see its length; in the source it may be
 * longer than SURPLACE_MAX_SCALAR_BYTES by its escapes and indentation, but not without end. */
#define MAX_BYTES_PER_EVENT (16u * SURPLACE_MAX_SCALAR_BYTES)

/* What libyaml reads from: the caller's bytes, checked, and cut between characters. */
typedef struct source {
    sp_read_fn read;
    void *context;
    const sp_input *input;
    sp_diags *diags;
    sp_clean_position at; /* behind what was delivered */
    bool started, ended;
    bool faulty;  /* `held` is not clean: to be reported once libyaml has used what comes before */
    char held[4]; /* the start of a character whose rest has not come yet, or what is faulty */
    size_t held_len;
    uint64_t bytes, bytes_at_document, bytes_at_event;
    surplace_status status; /* why nothing more comes, if not because of the end */
} source;

struct sp_doc_reader {
    sp_builder builder;
    sp_json *json; /* NULL for YAML */
    yaml_parser_t parser;
    source source;
    bool over;
};

/* ---- The source */

static sp_place place_here(const source *s)
{
    return (sp_place){s->input, s->at.line, s->at.column, s->at.column + 1};
}

static bool within_limits(source *s)
{
    const char *what;
    uint32_t limit;
    if (s->bytes - s->bytes_at_document > SURPLACE_MAX_DOCUMENT_BYTES) {
        what = "document";
        limit = SURPLACE_MAX_DOCUMENT_BYTES;
    } else if (s->bytes - s->bytes_at_event > MAX_BYTES_PER_EVENT) {
        what = "text";
        limit = MAX_BYTES_PER_EVENT;
    } else {
        return true;
    }
    sp_diags_add(s->diags, SP_ERROR, SP_DIAG_LIMIT, place_here(s), "a %s larger than %u MiB (limit: %s)",
                 what, limit / (1024 * 1024), limit == MAX_BYTES_PER_EVENT ? "scalar" : "document bytes");
    s->status = SURPLACE_LIMIT;
    return false;
}

static void report_fault(source *s)
{
    bool at_start = s->at.line == 1 && s->at.column == 1;
    sp_clean_report(s->diags, place_here(s), (sp_str){s->held, s->held_len}, at_start);
    s->status = SURPLACE_INVALID;
}

/* Reads behind the `len` bytes of buf. */
static size_t read_more(source *s, char *buf, size_t len, size_t cap)
{
    ptrdiff_t count = s->read(s->context, buf + len, cap - len);
    if (count < 0) {
        sp_diags_errno(s->diags, s->input, "cannot be read", errno);
        s->status = SURPLACE_IO;
        return len;
    }
    s->ended = count == 0;
    s->bytes += (uint64_t)count;
    len += (size_t)count;
    if (!s->started && (len >= sizeof(s->held) || s->ended)) {
        s->started = true;
        size_t mark = sp_clean_bom((sp_str){buf, len});
        len -= mark;
        memmove(buf, buf + mark, len);
    }
    return len;
}

/* Libyaml's read handler: 1 and *size_read bytes of clean text, none of them at the end; 0 to stop. */
static int deliver(void *data, unsigned char *buffer, size_t size, size_t *size_read)
{
    source *s = data;
    char *buf = (char *)buffer;
    *size_read = 0;
    if (s->faulty && s->status == SURPLACE_OK)
        report_fault(s);
    if (s->status != SURPLACE_OK || !within_limits(s))
        return 0;

    size_t len = s->held_len, clean = 0;
    memcpy(buf, s->held, len);
    s->held_len = 0;
    while (clean == 0 && !s->ended && !s->faulty) {
        len = read_more(s, buf, len, size);
        if (s->status != SURPLACE_OK)
            return 0;
        if (!s->started)
            continue;
        clean = sp_clean_prefix((sp_str){buf, len}, SP_CLEAN_FOR_YAML);
        sp_str rest = {buf + clean, len - clean};
        s->faulty = rest.len > 0 && (s->ended || !sp_clean_is_cut(rest));
    }
    s->held_len = len - clean < sizeof(s->held) ? len - clean : sizeof(s->held);
    memcpy(s->held, buf + clean, s->held_len);
    sp_clean_advance(&s->at, (sp_str){buf, clean});
    if (clean == 0 && s->faulty) {
        report_fault(s);
        return 0;
    }
    *size_read = clean;
    return 1;
}

/* ---- Faults of syntax: libyaml's terms in plain words */

typedef struct fault {
    const char *problem;
    const char *message, *hint;
    const char *around; /* what stands at the second place, which libyaml gives as the context */
    bool at_context;    /* the context is the better place */
} fault;

static const fault faults[] = {
    {"found character that cannot start any token", "a text cannot begin with this character",
     "put the text in quotes", NULL, false},
    {"could not find expected ':'", "a ':' is missing behind this key",
     "a text of several lines needs quotes, or a '|' behind its key", NULL, true},
    {"block sequence entries are not allowed in this context", "a list cannot begin here",
     "put each '- ' on a line of its own, below the key", NULL, false},
    {"mapping keys are not allowed in this context", "a '?' cannot stand here", "put the text in quotes",
     NULL, false},
    {"mapping values are not allowed in this context", "a ':' cannot stand here",
     "put a text with ': ' in it in quotes; check the indentation", NULL, false},
    {"found an indentation indicator equal to 0", "the digit behind '|' or '>' must be 1 to 9", NULL, NULL,
     false},
    {"did not find expected comment or line break", "a text after '|' or '>' must begin on the next line",
     NULL, NULL, false},
    {"found a tab character where an indentation space is expected", "a tab stands in the indentation",
     "use blanks", NULL, false},
    {"found a tab character that violates indentation", "a tab stands in the indentation", "use blanks",
     NULL, false},
    {"found unexpected document indicator", "this text in quotes is not closed", NULL, NULL, true},
    {"found unexpected end of stream", "this text in quotes is not closed", NULL, NULL, true},
    {"found unknown escape character", "an unknown escape in a text in double quotes",
     "in single quotes a backslash is only a backslash", NULL, false},
    {"did not find expected hexdecimal number", "an escape without its hexadecimal digits",
     "in single quotes a backslash is only a backslash", NULL, false},
    {"found invalid Unicode character escape code", "an escape that is no character", NULL, NULL, false},
    {"found unexpected ':'", "a ':' cannot stand here", "put the text in quotes", NULL, false},
    {"did not find expected <document start>", "the document is over, but something follows",
     "check the indentation; a new document begins with '---'", NULL, false},
    {"did not find expected '-' indicator", "this does not fit into the list around it",
     "check the indentation", "the list begins here", false},
    {"did not find expected key", "this does not fit into the mapping around it",
     "check the indentation, and quotes within the line above", "the mapping begins here", false},
    {"did not find expected ',' or ']'", "a ',' or ']' is missing", NULL, "the list begins here", false},
    {"did not find expected ',' or '}'", "a ',' or '}' is missing", NULL, "the mapping begins here", false},
    {"did not find expected node content", "a value is missing here", NULL, NULL, false},
};

/* Libyaml counts from 0. A line number past four thousand million is wrong, and harmless. */
static sp_place mark_place(const sp_doc_reader *r, yaml_mark_t mark)
{
    uint32_t column = (uint32_t)mark.column + 1;
    return (sp_place){r->builder.input, (uint32_t)mark.line + 1, column, column + 1};
}

/* What is not used here may be malformed too; then the parser stumbles before we can refuse it. */
static bool report_unsupported_syntax(sp_doc_reader *r)
{
    const yaml_parser_t *p = &r->parser;
    const char *context = p->context == NULL ? "" : p->context;
    const char *what, *hint;
    if (strstr(context, "directive") != NULL || strstr(p->problem, "directive") != NULL ||
        strcmp(p->problem, "found incompatible YAML document") == 0) {
        what = "directives ('%') are not used here";
        hint = "leave the line out; a text that begins with '%' must be put in quotes";
    } else if (strstr(context, "anchor") != NULL) {
        what = "anchors ('&') are not used here";
        hint = "a text that begins with '&' must be put in quotes";
    } else if (strstr(context, "alias") != NULL) {
        what = "aliases ('*') are not used here";
        hint = "a text that begins with '*' must be put in quotes";
    } else if (strstr(context, " tag") != NULL || strcmp(p->problem, "found undefined tag handle") == 0) {
        what = "tags ('!') are not used here";
        hint = "a text that begins with '!' must be put in quotes";
    } else {
        return false;
    }
    yaml_mark_t mark = context[0] == '\0' ? p->problem_mark : p->context_mark;
    sp_diag *diag = sp_builder_error(&r->builder, SP_DIAG_UNSUPPORTED, mark_place(r, mark), what);
    sp_diag_hint(r->builder.diags, diag, "%s", hint);
    return true;
}

static void report_syntax(sp_doc_reader *r)
{
    yaml_parser_t *p = &r->parser;
    sp_diags *diags = r->builder.diags;
    if (report_unsupported_syntax(r))
        return;
    if (p->error == YAML_SCANNER_ERROR && p->buffer.pointer != NULL && *p->buffer.pointer == '\t' &&
        strcmp(p->problem, "found character that cannot start any token") == 0)
        p->problem = "found a tab character where an indentation space is expected";

    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        const fault *f = &faults[i];
        if (strcmp(p->problem, f->problem) != 0)
            continue;
        sp_place place = mark_place(r, f->at_context && p->context != NULL ? p->context_mark
                                                                           : p->problem_mark);
        sp_diag *diag = sp_builder_error(&r->builder, SP_DIAG_SYNTAX, place, f->message);
        if (f->hint != NULL)
            sp_diag_hint(diags, diag, "%s", f->hint);
        if (f->around != NULL && p->context != NULL)
            sp_diag_second(diags, diag, mark_place(r, p->context_mark), "%s", f->around);
        return;
    }
    /* Another version's words. They are constants and quote nothing of the text. Faults of the reader, which
     * has little left to find, come without a mark. */
    yaml_mark_t mark = p->error == YAML_READER_ERROR ? p->mark : p->problem_mark;
    sp_str message = sp_arena_printf(&diags->arena, "malformed YAML: %s", p->problem);
    sp_builder_error(&r->builder, SP_DIAG_SYNTAX, mark_place(r, mark),
                     message.ptr == NULL ? "" : message.ptr);
}

/* The parser gave up. */
static surplace_status parse_failed(sp_doc_reader *r)
{
    r->over = true;
    if (r->source.status != SURPLACE_OK) {
        sp_builder_fail(&r->builder, r->source.status);
    } else if (r->parser.error == YAML_MEMORY_ERROR || r->parser.error == YAML_NO_ERROR ||
               r->parser.problem == NULL) {
        /* Libyaml 0.2.5 names no error at all after some failures to allocate. */
        sp_builder_fail(&r->builder, SURPLACE_NO_MEMORY);
    } else {
        report_syntax(r);
    }
    return r->builder.status;
}

/* ---- Events */

static void refuse(sp_doc_reader *r, sp_place place, const char *what, const char *hint)
{
    sp_diag *diag = sp_builder_error(&r->builder, SP_DIAG_UNSUPPORTED, place, what);
    sp_diag_hint(r->builder.diags, diag, "%s", hint);
}

static void refuse_tag(sp_doc_reader *r, sp_place place)
{
    refuse(r, place, "tags ('!') are not used here",
           "leave it out; a text that begins with '!' must be put in quotes");
}

static void refuse_anchor(sp_doc_reader *r, sp_place place)
{
    refuse(r, place, "anchors ('&') are not used here",
           "write the value out where it is needed; a text that begins with '&' must be put in quotes");
}

static void take_scalar(sp_doc_reader *r, const yaml_event_t *event)
{
    sp_builder *b = &r->builder;
    sp_str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    yaml_scalar_style_t style = event->data.scalar.style;
    sp_place place = mark_place(r, event->start_mark);
    if (event->end_mark.line == event->start_mark.line && event->end_mark.column > event->start_mark.column)
        place.end_column = (uint32_t)event->end_mark.column + 1;

    if (event->data.scalar.anchor != NULL)
        refuse_anchor(r, place);
    if (event->data.scalar.tag != NULL)
        refuse_tag(r, place);
    if (style == YAML_PLAIN_SCALAR_STYLE && text.len == 2 && text.ptr[0] == '<' && text.ptr[1] == '<' &&
        sp_builder_at_key(b))
        refuse(r, place, "merge keys ('<<') are not used here", "write the keys out");
    if (style == YAML_DOUBLE_QUOTED_SCALAR_STYLE && memchr(text.ptr, 0, text.len) != NULL)
        sp_builder_error(b, SP_DIAG_ENCODING, place, "a NUL character (\\0) stands in a text");
    sp_builder_scalar(b, place, text, style != YAML_PLAIN_SCALAR_STYLE);
}

static void take_start(sp_doc_reader *r, const yaml_event_t *event, sp_yaml_kind kind,
                       const yaml_char_t *anchor, const yaml_char_t *tag)
{
    sp_place place = mark_place(r, event->start_mark);
    if (anchor != NULL)
        refuse_anchor(r, place);
    if (tag != NULL)
        refuse_tag(r, place);
    sp_builder_open(&r->builder, place, kind);
}

static void take_alias(sp_doc_reader *r, const yaml_event_t *event)
{
    sp_place place = mark_place(r, event->start_mark);
    refuse(r, place, "aliases ('*') are not used here",
           "write the value out; a text that begins with '*' must be put in quotes");
    /* Something must stand in its place for the pairs to stay pairs; two aliases are no duplicate keys. */
    if (sp_builder_at_key(&r->builder))
        r->builder.open[r->builder.depth - 1].broken = true;
    sp_builder_scalar(&r->builder, place, SP_EMPTY, true);
}

static void begin_document(sp_doc_reader *r, const yaml_event_t *event)
{
    sp_builder_begin(&r->builder);
    r->source.bytes_at_document = r->source.bytes;
    if (event->data.document_start.version_directive != NULL ||
        event->data.document_start.tag_directives.start != event->data.document_start.tag_directives.end)
        refuse(r, mark_place(r, event->start_mark), "directives ('%') are not used here",
               "leave the line out");
}

static void end_document(sp_doc_reader *r)
{
    sp_builder *b = &r->builder;
    r->source.bytes_at_document = r->source.bytes;
    if (b->nodes.len != 1)
        return;
    const sp_yaml_node *root = &b->nodes.items[0];
    if (root->kind == SP_YAML_SCALAR && root->len == 0 && !root->quoted)
        sp_builder_error(b, SP_DIAG_EMPTY, (sp_place){b->input, root->line, root->column, root->end_column},
                         "the document is empty");
}

static surplace_status next_yaml(sp_doc_reader *r)
{
    /* What the start of a stream brings to light belongs to its first document. */
    sp_builder_begin(&r->builder);
    yaml_event_t event;
    bool done = false;
    while (!done) {
        if (!yaml_parser_parse(&r->parser, &event))
            return parse_failed(r);
        r->source.bytes_at_event = r->source.bytes;
        switch (event.type) {
        case YAML_SCALAR_EVENT:
            take_scalar(r, &event);
            break;
        case YAML_SEQUENCE_START_EVENT:
            take_start(r, &event, SP_YAML_LIST, event.data.sequence_start.anchor,
                       event.data.sequence_start.tag);
            break;
        case YAML_MAPPING_START_EVENT:
            take_start(r, &event, SP_YAML_MAP, event.data.mapping_start.anchor,
                       event.data.mapping_start.tag);
            break;
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT:
            sp_builder_close(&r->builder);
            continue; /* owns nothing, and cannot fail but for want of memory, which the next event finds */
        case YAML_ALIAS_EVENT:
            take_alias(r, &event);
            break;
        case YAML_DOCUMENT_START_EVENT:
            begin_document(r, &event);
            break;
        case YAML_DOCUMENT_END_EVENT:
            end_document(r);
            done = true;
            break;
        case YAML_STREAM_END_EVENT:
        case YAML_NO_EVENT:
            r->over = true;
            yaml_event_delete(&event);
            return SURPLACE_END;
        case YAML_STREAM_START_EVENT:
            break;
        }
        yaml_event_delete(&event);
        done = done || sp_builder_stopped(&r->builder);
    }
    return r->builder.status;
}

/* ---- The reader */

sp_doc_reader *sp_doc_reader_new(const sp_input *input, sp_format format, sp_read_fn read, void *context,
                                 sp_diags *diags)
{
    sp_doc_reader *r = calloc(1, sizeof(*r));
    if (r == NULL)
        return NULL;
    sp_builder_init(&r->builder, input, diags);
    if (format == SP_FORMAT_YAML) {
        r->source = (source){.read = read,
                             .context = context,
                             .input = input,
                             .diags = diags,
                             .at = {.line = 1, .column = 1}};
        if (yaml_parser_initialize(&r->parser)) {
            yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
            yaml_parser_set_input(&r->parser, deliver, &r->source);
            return r;
        }
    } else {
        r->json = sp_json_new(format == SP_FORMAT_JSONL, read, context);
        if (r->json != NULL)
            return r;
    }
    free(r);
    return NULL;
}

surplace_status sp_doc_reader_next(sp_doc_reader *reader, sp_yaml_tree *tree)
{
    if (reader->over)
        return SURPLACE_END;
    surplace_status status = reader->json != NULL ? sp_json_next(reader->json, &reader->builder)
                                                  : next_yaml(reader);
    if (reader->builder.diags->failed)
        status = SURPLACE_NO_MEMORY;
    if (status == SURPLACE_OK)
        *tree = sp_builder_tree(&reader->builder);
    else if (status != SURPLACE_INVALID)
        reader->over = true;
    return status;
}

void sp_doc_reader_free(sp_doc_reader *reader)
{
    if (reader == NULL)
        return;
    if (reader->json != NULL)
        sp_json_free(reader->json, reader->builder.input->confidential);
    else
        yaml_parser_delete(&reader->parser);
    sp_builder_clear(&reader->builder);
    free(reader);
}

/* ---- One document from memory */

static ptrdiff_t read_text(void *context, char *buf, size_t cap)
{
    sp_str *rest = context;
    size_t len = rest->len < cap ? rest->len : cap;
    if (len > 0)
        memcpy(buf, rest->ptr, len);
    *rest = (sp_str){len == 0 ? rest->ptr : rest->ptr + len, rest->len - len};
    return (ptrdiff_t)len;
}

/* Out of the reader's arrays, which the next document will use again. */
static surplace_status keep(const sp_doc_reader *r, sp_arena *arena, sp_yaml_tree *tree)
{
    const sp_builder *b = &r->builder;
    sp_yaml_node *nodes = SP_NEW_ARRAY(arena, sp_yaml_node, b->nodes.len);
    sp_str text = sp_arena_dup(arena, (sp_str){b->text.items, b->text.len});
    if (nodes == NULL || text.ptr == NULL)
        return SURPLACE_NO_MEMORY;
    memcpy(nodes, b->nodes.items, b->nodes.len * sizeof(*nodes));
    tree->nodes = nodes;
    tree->text = text.ptr;
    return SURPLACE_OK;
}

static surplace_status expect_end(sp_doc_reader *r)
{
    sp_yaml_tree second;
    surplace_status status = sp_doc_reader_next(r, &second);
    if (status == SURPLACE_END)
        return SURPLACE_OK;
    if (status != SURPLACE_OK)
        return status;
    sp_builder_error(&r->builder, SP_DIAG_SYNTAX, sp_yaml_place(&second, 0),
                     "a second document begins here, but such a file holds one");
    return r->builder.diags->failed ? SURPLACE_NO_MEMORY : SURPLACE_INVALID;
}

surplace_status sp_yaml_read(const sp_input *input, sp_arena *arena, sp_yaml_tree *tree, sp_diags *diags)
{
    sp_str rest = input->text;
    sp_doc_reader *r = sp_doc_reader_new(input, SP_FORMAT_YAML, read_text, &rest, diags);
    if (r == NULL)
        return SURPLACE_NO_MEMORY;
    surplace_status status = sp_doc_reader_next(r, tree);
    if (status == SURPLACE_END) {
        sp_builder_error(&r->builder, SP_DIAG_EMPTY, (sp_place){.input = input},
                         "the file has nothing in it");
        status = diags->failed ? SURPLACE_NO_MEMORY : SURPLACE_INVALID;
    } else if (status == SURPLACE_OK) {
        status = keep(r, arena, tree);
        if (status == SURPLACE_OK)
            status = expect_end(r);
    }
    sp_doc_reader_free(r);
    return status;
}
