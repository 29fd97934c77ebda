#include "model/value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool parse_digits(sp_str text, size_t at, size_t count, int32_t *number)
{
    *number = 0;
    for (size_t i = at; i < at + count; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        *number = *number * 10 + (text.ptr[i] - '0');
    }
    return true;
}

static int32_t days_in_month(int32_t year, int32_t month)
{
    static const int32_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

bool sp_date_parse(sp_str text, sp_date *date)
{
    int32_t year, month, day;
    if ((text.len != 4 && text.len != 7 && text.len != 10) || !parse_digits(text, 0, 4, &year) || year == 0)
        return false;
    if (text.len == 4) {
        *date = (sp_date){year * 10000 + 101, year * 10000 + 1231};
        return true;
    }
    if (text.ptr[4] != '-' || !parse_digits(text, 5, 2, &month) || month < 1 || month > 12)
        return false;
    int32_t base = year * 10000 + month * 100;
    if (text.len == 7) {
        *date = (sp_date){base + 1, base + days_in_month(year, month)};
        return true;
    }
    if (text.ptr[7] != '-' || !parse_digits(text, 8, 2, &day) || day < 1 ||
        day > days_in_month(year, month))
        return false;
    *date = (sp_date){base + day, base + day};
    return true;
}

void sp_date_add(sp_buf *b, sp_date date)
{
    int32_t year = date.from / 10000, month = date.from / 100 % 100, day = date.from % 100;
    if (date.from == date.to)
        sp_buf_printf(b, "%04d-%02d-%02d", year, month, day);
    else if (date.from / 100 == date.to / 100)
        sp_buf_printf(b, "%04d-%02d", year, month);
    else
        sp_buf_printf(b, "%04d", year);
}

void sp_date_words_add(sp_buf *b, sp_date date)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    int32_t year = date.from / 10000, month = date.from / 100 % 100, day = date.from % 100;
    if (date.from / 10000 != date.to / 10000 || date.from / 100 != date.to / 100)
        sp_buf_printf(b, "in %d", year);
    else if (date.from != date.to)
        sp_buf_printf(b, "in %s %d", months[month - 1], year);
    else
        sp_buf_printf(b, "on %d %s %d", day, months[month - 1], year);
}

int32_t sp_date_years(sp_date from, sp_date to)
{
    /* as numbers YYYYMMDD, a whole year is 10000 */
    return to.from < from.to ? 0 : (to.from - from.to) / 10000;
}

bool sp_number_parse(sp_str text, double *number)
{
    char copy[32];
    size_t i = 0, digits = 0;
    bool significant = false;
    if (text.len == 0 || text.len >= sizeof copy)
        return false;
    if (text.ptr[0] == '-')
        i++;
    size_t first = i;
    for (; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++) {
        significant |= text.ptr[i] != '0';
        digits += significant;
    }
    /* 021 is refused: half the world's readers take it for 17 */
    if (i == first || (i - first > 1 && text.ptr[first] == '0'))
        return false;
    if (i < text.len && text.ptr[i] == '.') {
        size_t point = i++;
        for (; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++) {
            significant |= text.ptr[i] != '0';
            digits += significant;
        }
        if (i == point + 1)
            return false;
    }
    if (i != text.len || digits > 15)
        return false;
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    *number = strtod(copy, NULL);
    return true;
}

void sp_number_add(sp_buf *b, double number)
{
    char text[40];
    snprintf(text, sizeof text, "%.15g", number);
    sp_buf_add_cstr(b, text);
}

static sp_state decided(bool yes)
{
    return yes ? SP_HOLDS : SP_FAILS;
}

sp_state sp_compare_numbers(sp_op op, double a, double b)
{
    switch (op) {
    case SP_OP_IS:
        return decided(!(a < b) && !(a > b));
    case SP_OP_AT_LEAST:
        return decided(a >= b);
    case SP_OP_AT_MOST:
        return decided(a <= b);
    case SP_OP_ABOVE:
        return decided(a > b);
    case SP_OP_BELOW:
        return decided(a < b);
    default:
        return SP_OPEN;
    }
}

/* Holds if every day in the one span stands so to every day in the other, fails if none does. */
sp_state sp_compare_dates(sp_op op, sp_date a, sp_date b)
{
    bool always, never;
    switch (op) {
    case SP_OP_IS:
        always = a.from == a.to && b.from == b.to && a.from == b.from;
        never = a.to < b.from || b.to < a.from;
        break;
    case SP_OP_BEFORE:
        always = a.to < b.from;
        never = a.from >= b.to;
        break;
    case SP_OP_AFTER:
        always = a.from > b.to;
        never = a.to <= b.from;
        break;
    case SP_OP_ON_OR_BEFORE:
        always = a.to <= b.from;
        never = a.from > b.to;
        break;
    case SP_OP_ON_OR_AFTER:
        always = a.from >= b.to;
        never = a.to < b.from;
        break;
    default:
        return SP_OPEN;
    }
    return always ? SP_HOLDS : never ? SP_FAILS : SP_OPEN;
}
