// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * log.c - what the daemon tells its administrator
 *
 * A line is one write(2), so that those of several threads do not mix.
 */
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "escape.h"
#include "log.h"

#define LINE_MAX_LEN	1000
#define QUOTED_MAX	256
#define QUOTED_COUNT	8
#define MORE		"..."
#define HEX_LEN		4	/* bytes of "\xHH" */

static int least = SF_LOG_NOTICE;

void sf_log_level(enum sf_log_level level)
{
	__atomic_store_n(&least, (int)level, __ATOMIC_RELAXED);
}

bool sf_log_wants(enum sf_log_level level)
{
	return (int)level <= __atomic_load_n(&least, __ATOMIC_RELAXED);
}

__attribute__((format(printf, 3, 4)))
void sf_log(enum sf_log_level level, const char *event, const char *format, ...)
{
	char text[LINE_MAX_LEN + 8], line[LINE_MAX_LEN + 1];
	va_list args;
	size_t len;
	int head;

	if (!sf_log_wants(level))
		return;
	head = snprintf(text, sizeof(text), "<%d>%s ", (int)level, event);
	va_start(args, format);
	if (head >= 0 && (size_t)head < sizeof(text))
		vsnprintf(text + head, sizeof(text) - (size_t)head, format, args);
	va_end(args);
	len = strlen(text);
	if (len && text[len - 1] == ' ')
		text[len - 1] = '\0';
	sf_escape(line, LINE_MAX_LEN, text);
	len = strlen(line);
	line[len++] = '\n';
	/* Who is to be told when nobody can be told? */
	if (write(STDERR_FILENO, line, len) < 0)
		return;
}

/* Letters, digits, and what addresses and URIs are made of. */
static bool is_plain(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c && strchr(".:@[]-_+/~%*", c));
}

static bool all_plain(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!is_plain((unsigned char)text[i]))
			return false;
	return len > 0;
}

/* One byte inside quotes. Return: how many it takes. */
static size_t quote_byte(unsigned char c, char *out)
{
	static const char hex[] = "0123456789abcdef";

	if (c == '"' || c == '\\') {
		out[0] = '\\';
		out[1] = (char)c;
		return 2;
	}
	if (c >= 0x20 && c < 0x7f) {
		out[0] = (char)c;
		return 1;
	}
	out[0] = '\\';
	out[1] = 'x';
	out[2] = hex[c >> 4];
	out[3] = hex[c & 15];
	return HEX_LEN;
}

const char *sf_quoted(const char *text, size_t len)
{
	static __thread char ring[QUOTED_COUNT][QUOTED_MAX];
	static __thread unsigned int turn;
	char *out = ring[turn++ % QUOTED_COUNT];
	/* the last byte of text, "..., a quote and NUL have to fit */
	const size_t room = QUOTED_MAX - HEX_LEN - sizeof(MORE) - 1;
	bool plain = all_plain(text, len);
	size_t n = 0, i;

	if (!plain)
		out[n++] = '"';
	for (i = 0; i < len && n < room; i++)
		n += quote_byte((unsigned char)text[i], out + n);
	if (i < len) {
		memcpy(out + n, MORE, sizeof(MORE) - 1);
		n += sizeof(MORE) - 1;
	}
	if (!plain)
		out[n++] = '"';
	out[n] = '\0';
	return out;
}
