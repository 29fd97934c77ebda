/* The least that a reader of JSON Lines can do: every line of standard input parsed and thrown away. */
#define _POSIX_C_SOURCE 200809L

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    while ((length = getline(&line, &capacity, stdin)) > 0) {
        json_error_t error;
        json_t *value = json_loadb(line, (size_t)length, JSON_REJECT_DUPLICATES, &error);
        if (value == NULL)
            return 1;
        json_decref(value);
    }
    free(line);
    return 0;
}
