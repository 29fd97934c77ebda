/* The least that a reader of YAML can do: every event of standard input, made and thrown away. */
#include <stdbool.h>
#include <stdio.h>
#include <yaml.h>

int main(void)
{
    yaml_parser_t parser;
    yaml_event_t event;
    bool over = false;
    if (!yaml_parser_initialize(&parser))
        return 1;
    yaml_parser_set_input_file(&parser, stdin);
    while (!over) {
        if (!yaml_parser_parse(&parser, &event))
            return 1;
        over = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return 0;
}
