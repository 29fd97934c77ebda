/* Reads the cases of a file and prints every verdict, by the rules built into the library:
 *
 *     assess CASE.yaml
 *
 * Exit 0: every case was assessed; 1: something went wrong, and the error stream says what. */
#include <stdio.h>
#include <surplace/surplace.h>

static ptrdiff_t read_file(void *file, char *buffer, size_t capacity)
{
    size_t length = fread(buffer, 1, capacity, file);
    return ferror((FILE *)file) ? -1 : (ptrdiff_t)length;
}

static int write_file(void *file, const char *text, size_t length)
{
    return fwrite(text, 1, length, file) == length ? 0 : -1;
}

static surplace_status print_case(surplace_assessor *assessor, size_t index)
{
    static const char *const words[] = {"open", "holds", "fails", "contested"};
    size_t count;
    surplace_status status = surplace_verdict_count(assessor, index, &count);
    printf("%s\n", surplace_case_name(assessor, index));
    for (size_t i = 0; status == SURPLACE_OK && i < count; i++) {
        surplace_verdict verdict;
        status = surplace_verdict_get(assessor, index, i, &verdict);
        if (status == SURPLACE_OK)
            printf("  %s: %s%s%s: %s%s\n", verdict.subject, verdict.criterion,
                   verdict.with[0] != '\0' ? " with " : "", verdict.with, words[verdict.state],
                   verdict.presumed ? " (presumed)" : "");
    }
    return status;
}

/* A stream comes in batches; OK and INVALID go on, anything else ends it. */
static surplace_status print_cases(surplace_assessor *assessor, surplace_cases *cases)
{
    surplace_status worst = SURPLACE_OK, status;
    size_t count;
    while ((status = surplace_assess(assessor, cases, &count)) == SURPLACE_OK ||
           status == SURPLACE_INVALID) {
        if (status == SURPLACE_INVALID)
            worst = status;
        for (size_t i = 0; i < count; i++) {
            surplace_status printed = print_case(assessor, i);
            if (printed != SURPLACE_OK)
                return printed;
        }
    }
    return status == SURPLACE_END ? worst : status;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: assess CASE.yaml\n");
        return 1;
    }
    FILE *file = fopen(argv[1], "rb");
    if (file == NULL) {
        perror(argv[1]);
        return 1;
    }

    surplace_diagnostics *diagnostics = surplace_diagnostics_new();
    surplace_rules *rules = NULL;
    surplace_law *law = NULL;
    surplace_assessor *assessor = NULL;
    surplace_cases *cases = NULL;
    surplace_status status = diagnostics != NULL ? SURPLACE_OK : SURPLACE_NO_MEMORY;
    if (status == SURPLACE_OK) /* NULL: the rules built in, and of their readings the default one */
        status = surplace_rules_load(NULL, diagnostics, &rules);
    if (status == SURPLACE_OK)
        status = surplace_law_compile(rules, NULL, diagnostics, &law);
    if (status == SURPLACE_OK)
        status = surplace_assessor_new(law, NULL, &assessor);
    if (status == SURPLACE_OK)
        status = surplace_cases_open(rules, argv[1], SURPLACE_YAML, read_file, file, diagnostics, &cases);
    if (status == SURPLACE_OK)
        status = print_cases(assessor, cases);

    const surplace_style plain = {0};
    if (diagnostics != NULL)
        surplace_render_diagnostics(diagnostics, &plain, write_file, stderr);
    if (status == SURPLACE_NO_MEMORY)
        fprintf(stderr, "assess: memory ran out\n");

    /* What borrows is freed before what it borrows from; NULL is nothing to free. */
    surplace_cases_close(cases);
    surplace_assessor_free(assessor);
    surplace_law_free(law);
    surplace_diagnostics_free(diagnostics);
    surplace_rules_free(rules);
    fclose(file);
    return status == SURPLACE_OK && fflush(stdout) == 0 ? 0 : 1;
}
