// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * text.c - messages as the script sees them
 */
#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

static const struct { const char *name; char compact; } compacts[] = {
	{ "Via", 'v' }, { "From", 'f' }, { "To", 't' }, { "Call-ID", 'i' },
	{ "Contact", 'm' }, { "Content-Length", 'l' }, { "Content-Type", 'c' },
	{ "Supported", 'k' }, { "Subject", 's' },
};

void text_clear(struct text *text)
{
	text->len = 0;
	text->s[0] = '\0';
}

void text_add(struct text *text, const char *bytes, u32 len)
{
	if (len >= TEXT_SIZE - text->len)
		len = TEXT_SIZE - 1 - text->len;
	memmove(text->s + text->len, bytes, len);
	text->len += len;
	text->s[text->len] = '\0';
}

void text_printf(struct text *text, const char *format, ...)
{
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(text->s + text->len, TEXT_SIZE - text->len, format, args);
	va_end(args);
	if (len > 0)
		text->len += (u32)len < TEXT_SIZE - text->len ?
			     (u32)len : TEXT_SIZE - 1 - text->len;
}

const char *text_body(const char *message)
{
	const char *end = strstr(message, "\r\n\r\n");

	return end ? end + 4 : message + strlen(message);
}

/* Behind the line that begins here, with its folds. */
static const char *line_end(const char *line)
{
	const char *end = line;

	do {
		end = strstr(end, "\r\n");
		if (!end)
			return line + strlen(line);
		end += 2;
	} while (*end == ' ' || *end == '\t');
	return end;
}

static bool is_named(const char *line, const char *name)
{
	u32 len = (u32)strlen(name), i;

	if (strncasecmp(line, name, len)) {
		for (i = 0; i < ARRAY_SIZE(compacts); i++)
			if (!strcasecmp(compacts[i].name, name))
				break;
		if (i == ARRAY_SIZE(compacts) ||
		    (line[0] | 0x20) != compacts[i].compact)
			return false;
		len = 1;
	}
	len += (u32)strspn(line + len, " \t");
	return line[len] == ':';
}

/* The n-th line of a name; NULL: there are not so many. */
static const char *find(const char *message, const char *name, u32 n)
{
	const char *line = line_end(message);

	for (; *line && strncmp(line, "\r\n", 2); line = line_end(line))
		if (is_named(line, name) && !n--)
			return line;
	return NULL;
}

bool text_header(const char *message, const char *name, u32 n, char *value,
		 u32 size)
{
	const char *line = find(message, name, n), *end;
	u32 len;

	value[0] = '\0';
	if (!line)
		return false;
	end = line_end(line) - 2;
	line = strchr(line, ':') + 1;
	line += strspn(line, " \t");
	while (end > line && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	len = end > line ? (u32)(end - line) : 0;
	if (len >= size)
		len = size - 1;
	memcpy(value, line, len);
	value[len] = '\0';
	return true;
}

static void cut(struct text *message, const char *from, const char *to)
{
	memmove(message->s + (from - message->s), to,
		message->len - (u32)(to - message->s) + 1);
	message->len -= (u32)(to - from);
}

static void put_in(struct text *message, u32 at, const char *line)
{
	u32 len = (u32)strlen(line);

	if (len >= TEXT_SIZE - message->len)
		abort();
	memmove(message->s + at + len, message->s + at, message->len - at + 1);
	memcpy(message->s + at, line, len);
	message->len += len;
}

static void add_at(struct text *message, u32 at, const char *name,
		   const char *value)
{
	static struct text line;

	text_clear(&line);
	text_printf(&line, "%s: %s\r\n", name, value);
	put_in(message, at, line.s);
}

static u32 end_of_head(const struct text *message)
{
	const char *end = strstr(message->s, "\r\n\r\n");

	return end ? (u32)(end + 2 - message->s) : message->len;
}

void text_set(struct text *message, const char *name, const char *value)
{
	const char *line = find(message->s, name, 0);
	u32 at = line ? (u32)(line - message->s) : end_of_head(message);

	while ((line = find(message->s, name, 0)))
		cut(message, line, line_end(line));
	if (value)
		add_at(message, at, name, value);
}

void text_append(struct text *message, const char *name, const char *value)
{
	add_at(message, end_of_head(message), name, value);
}

const char *text_param(const char *value, const char *name, char *out, u32 size)
{
	const char *at = strrchr(value, '>');
	u32 len = (u32)strlen(name), n;

	out[0] = '\0';
	for (at = strchr(at ? at : value, ';'); at; at = strchr(at, ';')) {
		at++;
		if (strncasecmp(at, name, len) || at[len] != '=')
			continue;
		at += len + 1;
		n = (u32)strcspn(at, ";,> \t\r\n");
		snprintf(out, size, "%.*s", (int)n, at);
		break;
	}
	return out;
}

const char *text_uri(const char *value, char *out, u32 size)
{
	const char *open = strchr(value, '<');

	if (open)
		snprintf(out, size, "%.*s", (int)strcspn(open + 1, ">"), open + 1);
	else
		snprintf(out, size, "%.*s", (int)strcspn(value, ";"), value);
	return out;
}

const char *text_word(const char *message, u32 n, char *out, u32 size)
{
	while (n-- && *message)
		message += strcspn(message, " \r"), message += *message == ' ';
	snprintf(out, size, "%.*s", (int)strcspn(message, " \r"), message);
	return out;
}

u32 text_status(const char *message)
{
	return strncmp(message, "SIP/2.0 ", 8) ? 0 :
		(u32)strtoul(message + 8, NULL, 10);
}

const char *text_method(const char *message, char *out, u32 size)
{
	char cseq[256];

	if (!text_status(message))
		return text_word(message, 0, out, size);
	text_header(message, "CSeq", 0, cseq, sizeof(cseq));
	return text_word(cseq, 1, out, size);
}

/* What a proxy writes itself. */
static bool is_proxy_line(const char *line)
{
	static const char *const names[] = {
		"Via", "Max-Forwards", "Route", "Record-Route",
		"Proxy-Authorization", "P-Asserted-Identity",
		"P-Preferred-Identity",
	};
	u32 i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (is_named(line, names[i]))
			return true;
	return false;
}

/* A message may hold NULs, which end a string. */
static void without_nul(struct text *out, const char *message, u32 len)
{
	u32 i;

	text_clear(out);
	text_add(out, message, len);
	for (i = 0; i < out->len; i++)
		if (!out->s[i])
			out->s[i] = 1;
}

void text_constant(struct text *out, const char *message, u32 len)
{
	static struct text copy;
	const char *line, *next;

	without_nul(&copy, message, len);
	text_clear(out);
	line = line_end(copy.s + strspn(copy.s, "\r\n"));
	for (; *line && strncmp(line, "\r\n", 2); line = next) {
		next = line_end(line);
		if (!is_proxy_line(line))
			text_add(out, line, (u32)(next - line));
	}
	text_add(out, line, (u32)strlen(line));
}
