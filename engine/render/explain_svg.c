/* As a picture: a box for each part, one below the other, indented below what it is a part of and joined to it by a
 * line. The picture stands alone: no script, no font of its own, nothing that is fetched. */
#include "base/utf8.h"
#include "render/explain_words.h"

/* Pixels. Text is monospaced, so that its width is known without measuring. */
enum { COLUMN = 8, LINE = 17, INDENT = 28, PAD = 6, GAP = 8, MARGIN = 16, WRAP = 84, LEVELS = 40 };

struct box {
    uint32_t index;
    uint32_t x, y, width, height;
};

struct picture {
    const sp_explanation *e;
    sp_buf boxes; /* what is drawn, the lines between first of all */
    sp_buf joins;
    struct box *of; /* by node: its box, if it has one */
    uint32_t width, height;
};

/* Text between tags or in an attribute. What XML cannot hold is written out by add_safe. */
static void add_escaped(sp_buf *b, sp_str text)
{
    sp_buf safe = {0};
    sp_utf8_add_safe(&safe, text);
    for (size_t i = 0; i < safe.len; i++) {
        char c = safe.data[i];
        const char *entity = c == '&'   ? "&amp;"
                             : c == '<' ? "&lt;"
                             : c == '>' ? "&gt;"
                             : c == '"' ? "&quot;"
                                        : NULL;
        if (entity != NULL)
            sp_buf_add_cstr(b, entity);
        else
            sp_buf_add_char(b, c);
    }
    b->failed |= safe.failed;
    sp_buf_clear(&safe);
}

/* The text wrapped, its lines with a line break at the end of each. */
static void wrap(sp_str text, sp_buf *out)
{
    static const sp_style plain = {.width = WRAP};
    sp_wrap_add(out, &plain, 0, 2, text);
}

static void add_text_line(struct picture *p, struct box *box, sp_str line, bool title)
{
    size_t lead = 0;
    while (lead < line.len && line.ptr[lead] == ' ')
        lead++;
    uint32_t width = 2 * PAD + COLUMN * (uint32_t)sp_utf8_columns(line);
    box->width = width > box->width ? width : box->width;
    sp_buf_printf(&p->boxes, "<text x=\"%u\" y=\"%u\"%s>", box->x + PAD + COLUMN * (uint32_t)lead,
                  box->y + PAD + box->height + 12, title ? " class=\"t\"" : "");
    add_escaped(&p->boxes, (sp_str){line.ptr + lead, line.len - lead});
    sp_buf_add_cstr(&p->boxes, "</text>\n");
    box->height += LINE;
}

static void add_texts(struct picture *p, struct box *box)
{
    sp_part_lines lines = {0};
    sp_part_lines_of(p->e, box->index, &lines);
    for (size_t i = 0; i < lines.len; i++) {
        sp_buf wrapped = {0};
        sp_str rest, line;
        wrap(lines.items[i], &wrapped);
        rest = sp_buf_str(&wrapped);
        while (sp_str_cut(rest, '\n', &line, &rest))
            add_text_line(p, box, line, i == 0);
        p->boxes.failed |= wrapped.failed;
        sp_buf_clear(&wrapped);
    }
    SP_VEC_FREE(&lines);
}

static void add_join(struct picture *p, const struct box *from, const struct box *to,
                     const sp_tree_node *node)
{
    uint32_t x = from->x + INDENT / 2, y = to->y + PAD + LINE / 2;
    sp_buf_printf(&p->joins, "<path d=\"M%u %uV%uH%u\"%s/>\n", x, from->y + from->height, y, to->x,
                  node->decides ? "" : " class=\"i\"");
}

static void add_box(struct picture *p, uint32_t index)
{
    const sp_tree *t = p->e->tree;
    const sp_tree_node *node = &t->nodes.items[index];
    uint32_t level = node->level < LEVELS ? node->level : LEVELS;
    struct box *box = &p->of[index];
    *box = (struct box){.index = index, .x = MARGIN + INDENT * level, .y = p->height};
    sp_buf_printf(&p->boxes, "<g id=\"n%u\"%s><title>", index, node->decides ? "" : " class=\"i\"");
    add_escaped(&p->boxes, node->address);
    sp_buf_add_cstr(&p->boxes, "</title>\n");
    /* the texts tell how large the box is, which has to be drawn before them: it stands among the joins */
    add_texts(p, box);
    box->height += 2 * PAD;
    sp_buf_add_cstr(&p->boxes, "</g>\n");
    if (node->parent != SP_NONE)
        add_join(p, &p->of[sp_part_drawn(t, node->parent)], box, node);
    sp_buf_printf(&p->joins,
                  "<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" rx=\"4\" fill=\"%s\"%s/>\n", box->x,
                  box->y, box->width, box->height, sp_part_fill((sp_state)node->why.state),
                  node->decides ? "" : " class=\"i\"");
    p->height += box->height + GAP;
    uint32_t right = box->x + box->width + MARGIN;
    p->width = right > p->width ? right : p->width;
}

void sp_explain_svg(const sp_explanation *e, sp_buf *b)
{
    const sp_tree *t = e->tree;
    struct picture p = {.e = e, .height = MARGIN};
    p.of = SP_NEW_ARRAY(&e->w->arena, struct box, t->nodes.len);
    if (p.of == NULL) {
        e->w->failed = true;
        return;
    }
    for (uint32_t i = 0; i < t->nodes.len; i++)
        if (!t->nodes.items[i].merged)
            add_box(&p, i);
    p.height += MARGIN;
    sp_buf_printf(
        b,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" viewBox=\"0 0 %u %u\">\n"
        "<title>",
        p.width, p.height, p.width, p.height);
    add_escaped(b, t->nodes.items[0].address);
    sp_buf_add_cstr(b, "</title>\n<style>\n"
                       "text { font: 12px monospace; fill: #222; white-space: pre; }\n"
                       ".t { font-weight: bold; }\n"
                       "rect { stroke: #888; }\n"
                       "path { fill: none; stroke: #888; }\n"
                       "rect.i, path.i { stroke: #bbb; stroke-dasharray: 4 3; }\n"
                       "g.i text { fill: #777; font-weight: normal; }\n"
                       "</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\" stroke=\"none\"/>\n");
    sp_buf_add(b, sp_buf_str(&p.joins));
    sp_buf_add(b, sp_buf_str(&p.boxes));
    sp_buf_add_cstr(b, "</svg>\n");
    b->failed |= p.joins.failed || p.boxes.failed;
    sp_buf_clear(&p.joins);
    sp_buf_clear(&p.boxes);
    e->w->failed |= e->w->ex.failed || e->w->arena.failed;
}
