/* Feeds the files of folders to a fuzz target, one by one: the corpus and every input that once was a fault. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return 0;
    uint8_t *data = NULL;
    size_t size = 0, cap = 0;
    for (;;) {
        if (size == cap) {
            cap = cap == 0 ? 65536 : cap * 2;
            uint8_t *bigger = realloc(data, cap);
            if (bigger == NULL)
                abort();
            data = bigger;
        }
        size_t count = fread(data + size, 1, cap - size, file);
        if (count == 0)
            break;
        size += count;
    }
    fclose(file);
    /* as large as it is, so that a sanitizer sees a step beyond it */
    uint8_t *exact = malloc(size == 0 ? 1 : size);
    if (exact == NULL)
        abort();
    memcpy(exact, data, size);
    free(data);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return 1;
}

int main(int argc, char **argv)
{
    int count = 0;
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        if (folder == NULL) {
            fprintf(stderr, "no folder %s\n", argv[i]);
            return 1;
        }
        const struct dirent *entry;
        while ((entry = readdir(folder)) != NULL) {
            char path[4096];
            if (entry->d_name[0] == '.')
                continue;
            snprintf(path, sizeof path, "%s/%s", argv[i], entry->d_name);
            count += replay(path);
        }
        closedir(folder);
    }
    printf("%d inputs replayed\n", count);
    return count == 0;
}
