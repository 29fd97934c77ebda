#include "support/test.h"

#include <string.h>

#include "draft/prose_read.h"

static surplace_status read_as(sp_prose *prose, sp_input *input, const char *text, size_t length,
                               sp_draft_format format, sp_diags *diags)
{
    *input = (sp_input){.name = SP_LIT("draft"), .text = {text, length}};
    return sp_prose_read(prose, input, format, diags);
}

/* Each block as "kind: text", quotations with '>' before them, sentences parted by '|'. */
static void describe(const sp_prose *prose, sp_buf *out)
{
    static const char *const kinds[] = {"p", "h", "li", "td", "about"};
    for (size_t b = 0; b < prose->blocks.len; b++) {
        const sp_block *block = &prose->blocks.items[b];
        sp_buf_printf(out, "%s%s:", block->quotation ? ">" : "", kinds[block->kind]);
        for (uint32_t s = 0; s < block->sentence_count; s++) {
            sp_str text = sp_prose_text(prose, &prose->sentences.items[block->first_sentence + s]);
            sp_buf_printf(out, "%s%.*s", s > 0 ? "|" : "", SP_STR(text));
        }
        sp_buf_add_char(out, '\n');
    }
    sp_buf_add_char(out, '\0');
}

static void assert_blocks(sp_draft_format format, const char *text, const char *expected)
{
    sp_prose prose;
    sp_input input;
    sp_diags diags = {0};
    sp_buf out = {0};
    assert_int_equal(read_as(&prose, &input, text, strlen(text), format, &diags), SURPLACE_OK);
    describe(&prose, &out);
    assert_string_equal(out.data, expected);
    sp_buf_clear(&out);
    sp_prose_free(&prose);
    sp_diags_free(&diags);
}

static void markdown_blocks(void **state)
{
    (void)state;
    const sp_draft_format md = SP_DRAFT_MARKDOWN;
    assert_blocks(md, "# One *two*\n\nThree **four**\nfive. Six `seven`!\n",
                  "h:One two\np:Three four five.|Six seven!\n");
    assert_blocks(md, "Lead:\n\n- a\n- b\n\n  c\n", "p:Lead:\nli:a\nli:b\nli:c\n");
    assert_blocks(md, "> said\n\nown\n", ">p:said\np:own\n");
    assert_blocks(md, "| A | B |\n|---|---|\n| c | d *e* |\n", "td:A\ntd:B\ntd:c\ntd:d e\n");
    assert_blocks(md, "```\ncode\n```\n\n![alt](x.png) [link](y) <b>bold</b> ~~gone~~ here\n",
                  "p:link bold here\n");
    assert_blocks(md, "---\ntitle: T\nauthor: A\n---\n\nText\n",
                  "about:title: T\nabout:author: A\np:Text\n");
    assert_blocks(md, "a[^1] b\\* &amp; &#8217; c&nbsp;d\n", "p:a b* & ' c d\n");
    assert_blocks(md, "One\r\ntwo\r\n\r\nthree\r\n", "p:One two\np:three\n");
    assert_blocks(md, "", "");
    assert_blocks(md, "<!-- only a comment -->\n", "");
}

static void folding(void **state)
{
    (void)state;
    const sp_draft_format md = SP_DRAFT_MARKDOWN;
    assert_blocks(md, "\u201cA\u201d \u2018b\u2019 c\u2014d\u2026 e\u00a0 f", "p:\"A\" 'b' c-d... e f\n");
    assert_blocks(md, "re\u00adfu\u200bgee \ufb01ne ri\u017fk \u212aim", "p:refugee fine risk Kim\n");
    assert_blocks(md, "well-\nfounded", "p:well-founded\n");
    assert_blocks(md,
                  "red \x1b[31mred \xe2\x80\xae"
                  "der",
                  "p:red [31mred der\n");
}

static void plain_text(void **state)
{
    (void)state;
    const sp_draft_format txt = SP_DRAFT_PLAIN;
    assert_blocks(txt, "A TITLE\n\nOne line\nand *another*.\n\n- item one\n  goes on\n- item two\n",
                  "h:A TITLE\np:One line and *another*.\nli:item one goes on\nli:item two\n");
    assert_blocks(txt, "perse-\ncution and well-\nfounded fear of perse-\n\ncution\n",
                  "p:persecution and well-founded fear of perse-\np:cution\n");
    assert_blocks(txt, "> quoted\n> still\nown words\n", ">p:quoted still\np:own words\n");
    assert_blocks(txt, "(a) first\n(b) second\n1. third\n\f\nnext page.\n",
                  "li:first\nli:second\nli:third\np:next page.\n");
}

static void sentence_ends(void **state)
{
    (void)state;
    const sp_draft_format txt = SP_DRAFT_PLAIN;
    assert_blocks(txt, "See Art. 33 and para. 4 of No. 5. It binds.",
                  "p:See Art. 33 and para. 4 of No. 5.|It binds.\n");
    assert_blocks(txt, "Ms K. left. In U.N. v. X it was so. The U.S.A. did not.",
                  "p:Ms K. left.|In U.N. v. X it was so.|The U.S.A. did not.\n");
    assert_blocks(txt, "Really? \"Yes!\" he said. (Never.) End",
                  "p:Really?|\"Yes!\" he said.|(Never.)|End\n");
    assert_blocks(txt, "It cost 3.5 million, e.g. in 1998. Then more... Then less.",
                  "p:It cost 3.5 million, e.g. in 1998.|Then more...|Then less.\n");
    assert_blocks(txt, "He met Mr P. She left.", "p:He met Mr P.|She left.\n");
}

static void long_sentences_are_cut(void **state)
{
    (void)state;
    sp_buf text = {0};
    for (int i = 0; i < 2000; i++)
        sp_buf_add_cstr(&text, "w\xc3\xb6rd ");
    sp_prose prose;
    sp_input input;
    sp_diags diags = {0};
    assert_int_equal(read_as(&prose, &input, text.data, text.len, SP_DRAFT_MARKDOWN, &diags), SURPLACE_OK);
    assert_true(prose.sentences.len >= 6);
    for (size_t i = 0; i < prose.sentences.len; i++)
        assert_true(prose.sentences.items[i].end - prose.sentences.items[i].start <= 2000);
    sp_prose_free(&prose);
    sp_diags_free(&diags);
    sp_buf_clear(&text);
}

/* Where words of the projection stand in the file. */
static void assert_place(const char *text, const char *word, unsigned line, unsigned column, unsigned end)
{
    sp_prose prose;
    sp_input input;
    sp_diags diags = {0};
    bool found = false;
    assert_int_equal(read_as(&prose, &input, text, strlen(text), SP_DRAFT_MARKDOWN, &diags), SURPLACE_OK);
    for (size_t b = 0; b < prose.blocks.len; b++) {
        const sp_block *block = &prose.blocks.items[b];
        for (size_t at = 0; at + strlen(word) <= block->text.len; at++) {
            if (memcmp(block->text.ptr + at, word, strlen(word)) != 0)
                continue;
            sp_place place = sp_prose_place(&prose, sp_prose_source(block, at, at + strlen(word)));
            assert_int_equal(place.line, line);
            assert_int_equal(place.column, column);
            assert_int_equal(place.end_column, end);
            found = true;
        }
    }
    assert_true(found);
    sp_prose_free(&prose);
    sp_diags_free(&diags);
}

static void places(void **state)
{
    (void)state;
    assert_place("one **two** three", "two", 1, 7, 10);
    assert_place("one **two** three", "three", 1, 13, 18);
    assert_place("one\r\ntwo three", "three", 2, 5, 10);
    assert_place("> - caf\xc3\xa9 here", "here", 1, 10, 14);
    assert_place("a &amp; b", "&", 1, 3, 8);
    assert_place("a \xe2\x80\x9cquoted\xe2\x80\x9d b", "\"quoted\"", 1, 3, 11);
    assert_place("well\xe2\x80\xa6 then", "then", 1, 7, 11);
    assert_place("|A|\n|-|\n|the cell|\n", "cell", 3, 6, 10);
    /* over a line break: what stands on the first line */
    assert_place("one two\nthree", "two three", 1, 5, 8);
}

static void quotations(void **state)
{
    (void)state;
    sp_prose prose;
    sp_input input;
    sp_diags diags = {0};
    const char *text = "He said \"one\" and 'two' of the States' own `three`.";
    assert_int_equal(read_as(&prose, &input, text, strlen(text), SP_DRAFT_MARKDOWN, &diags), SURPLACE_OK);
    const sp_block *block = &prose.blocks.items[0];
    assert_int_equal(block->quote_count, 3);
    const char *expected[] = {"\"one\"", "'two'", "three"};
    for (uint32_t i = 0; i < 3; i++)
        assert_memory_equal(block->text.ptr + block->quotes[i].start, expected[i], strlen(expected[i]));
    sp_prose_free(&prose);
    sp_diags_free(&diags);
}

static void comments(void **state)
{
    (void)state;
    sp_prose prose;
    sp_input input;
    sp_diags diags = {0};
    const char *text = "<!-- one -->\n\ntext <!-- two --> more\n\n```\n<!-- no -->\n```\n\n<!-- open";
    assert_int_equal(read_as(&prose, &input, text, strlen(text), SP_DRAFT_MARKDOWN, &diags), SURPLACE_OK);
    assert_int_equal(prose.comments.len, 3);
    assert_memory_equal(text + prose.comments.items[1].source, " two ", prose.comments.items[1].len);
    assert_true(prose.comments.items[1].closed);
    assert_false(prose.comments.items[2].closed);
    sp_prose_free(&prose);
    sp_diags_free(&diags);
}

static void assert_refused(const char *text, size_t length, sp_diag_code code, unsigned line,
                           unsigned column)
{
    sp_prose prose;
    sp_input input;
    sp_diags diags = {0};
    assert_int_not_equal(read_as(&prose, &input, text, length, SP_DRAFT_MARKDOWN, &diags), SURPLACE_OK);
    assert_int_equal(diags.list.len, 1);
    assert_int_equal(diags.list.items[0].code, code);
    assert_int_equal(diags.list.items[0].place.line, line);
    assert_int_equal(diags.list.items[0].place.column, column);
    sp_prose_free(&prose);
    sp_diags_free(&diags);
}

static void refused(void **state)
{
    (void)state;
    assert_refused("one\ntwo \xff", 9, SP_DIAG_ENCODING, 2, 5);
    assert_refused("one\0two", 7, SP_DIAG_ENCODING, 1, 4);
    assert_refused("caf\xc3", 4, SP_DIAG_ENCODING, 1, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markdown_blocks),
        cmocka_unit_test(folding),
        cmocka_unit_test(plain_text),
        cmocka_unit_test(sentence_ends),
        cmocka_unit_test(long_sentences_are_cut),
        cmocka_unit_test(places),
        cmocka_unit_test(quotations),
        cmocka_unit_test(comments),
        cmocka_unit_test(refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
