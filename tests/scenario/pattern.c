// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pattern.c - what texts have to look like, and what is remembered of them
 */
#include "pattern.h"

#include <ctype.h>
#include <stdio.h>

#define NAMES	128
#define CAUGHT	8

static struct { char name[32]; char value[2048]; } names[NAMES];
static u32 count;

/* Of the pattern that is tried: remembered when all of it fits. */
static struct { const char *name; u32 len; const char *at; u32 bytes; } caught[CAUGHT];

void names_reset(void)
{
	count = 0;
}

static u32 name_len(const char *text)
{
	u32 len = 0;

	while (isalnum((unsigned char)text[len]) || text[len] == '_')
		len++;
	return len;
}

static int find(const char *name, u32 len)
{
	u32 i;

	for (i = 0; i < count; i++)
		if (strlen(names[i].name) == len &&
		    !memcmp(names[i].name, name, len))
			return (int)i;
	return -1;
}

static void set(const char *name, u32 nlen, const char *value, u32 len)
{
	int i = find(name, nlen);

	if (i < 0)
		i = count < NAMES ? (int)count++ : NAMES - 1;
	snprintf(names[i].name, sizeof(names[i].name), "%.*s", (int)nlen, name);
	snprintf(names[i].value, sizeof(names[i].value), "%.*s", (int)len, value);
}

void name_set(const char *name, const char *value, u32 len)
{
	set(name, (u32)strlen(name), value, len);
}

const char *name_get(const char *name, u32 len)
{
	int i = find(name, len);

	return i < 0 ? NULL : names[i].value;
}

bool names_fill(struct text *out, const char *text, char *missing, u32 size)
{
	const char *value;
	u32 len;

	text_clear(out);
	while (*text) {
		len = (u32)strcspn(text, "$");
		text_add(out, text, len);
		text += len;
		if (!*text)
			break;
		len = name_len(text + 1);
		value = len ? name_get(text + 1, len) : "$";
		if (!value) {
			snprintf(missing, size, "%.*s", (int)len, text + 1);
			return false;
		}
		text_add(out, value, (u32)strlen(value));
		text += 1 + (len ? len : text[1] == '$');
	}
	return true;
}

static bool fits(const char *pattern, const char *text, u32 depth);

/* Anything, and then the rest. */
static bool any(const char *rest, const char *text, u32 depth)
{
	do {
		if (fits(rest, text, depth))
			return true;
	} while (*text++);
	return false;
}

static bool catch(const char *pattern, const char *text, u32 depth)
{
	const char *end = strchr(pattern, '}'), *at = text;

	if (!end || depth == CAUGHT)
		return false;
	do {
		if (!fits(end + 1, text, depth + 1))
			continue;
		caught[depth].name = pattern + 1;
		caught[depth].len = (u32)(end - pattern - 1);
		caught[depth].at = at;
		caught[depth].bytes = (u32)(text - at);
		return true;
	} while (*text++);
	return false;
}

static bool known(const char *pattern, const char *text, u32 depth)
{
	u32 len = name_len(pattern + 1);
	const char *value = len ? name_get(pattern + 1, len) : "$";
	u32 bytes = value ? (u32)strlen(value) : 0;

	return value && !strncmp(value, text, bytes) &&
	       fits(pattern + 1 + (len ? len : pattern[1] == '$'),
		    text + bytes, depth);
}

static bool fits(const char *pattern, const char *text, u32 depth)
{
	for (;; pattern++, text++) {
		switch (*pattern) {
		case '*':
			return any(pattern + 1, text, depth);
		case '{':
			return catch(pattern, text, depth);
		case '$':
			return known(pattern, text, depth);
		case '\\':
			pattern++;
			break;
		case '\0':
			memset(&caught[depth], 0,
			       (CAUGHT - depth) * sizeof(caught[0]));
			return !*text;
		}
		if (*pattern != *text)
			return false;
	}
}

bool pattern_fits(const char *pattern, const char *text)
{
	u32 i;

	if (!fits(pattern, text, 0))
		return false;
	for (i = 0; i < CAUGHT && caught[i].name; i++)
		set(caught[i].name, caught[i].len, caught[i].at, caught[i].bytes);
	return true;
}
