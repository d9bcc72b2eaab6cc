// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * vector.c - reading vectors
 */
#define _GNU_SOURCE
#include "vector.h"

#include <errno.h>
#include <error.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t vector_names(const char *dir, char ***names)
{
	char pattern[512];
	glob_t found;
	size_t i;

	snprintf(pattern, sizeof(pattern), "%s/*.expect", dir);
	glob(pattern, 0, NULL, &found);
	snprintf(pattern, sizeof(pattern), "%s/*/*.expect", dir);
	glob(pattern, GLOB_APPEND, NULL, &found);
	for (i = 0; i < found.gl_pathc; i++) {
		found.gl_pathv[i] += strlen(dir) + 1;
		*strrchr(found.gl_pathv[i], '.') = '\0';
	}
	*names = found.gl_pathv;
	return found.gl_pathc;
}

/* A whole file with a NUL behind it, or NULL when there is none. */
static char *file_read(const char *dir, const char *name, const char *suffix,
		       u32 *len)
{
	char path[512], *bytes;
	FILE *in;

	snprintf(path, sizeof(path), "%s/%s%s", dir, name, suffix);
	in = fopen(path, "rb");
	if (!in)
		return NULL;
	bytes = calloc(1, GUARD_MAX + 1);
	*len = (u32)fread(bytes, 1, GUARD_MAX, in);
	fclose(in);
	return bytes;
}

/* What stands behind a backslash; @in is moved over it. */
static char unescape(char **in)
{
	char c = *(*in)++, hex[3] = "";

	switch (c) {
	case 'r':
		return '\r';
	case 'n':
		return '\n';
	case 't':
		return '\t';
	case 'x':
		memcpy(hex, *in, 2);
		*in += strlen(hex);
		return (char)strtoul(hex, NULL, 16);
	}
	return c;
}

/*
 * Take a word from the line at @in. Words are unescaped in place, which only
 * makes them shorter.
 */
static bool word_take(struct vector_line *line, char **in)
{
	char *word, *out, end = ' ';

	while (**in == ' ')
		++*in;
	if (!**in || line->count == VECTOR_WORDS)
		return false;
	if (**in == '"')
		end = *(*in)++;
	for (word = out = *in; **in && **in != end; out++) {
		*out = *(*in)++;
		if (*out == '\\' && end == '"')
			*out = unescape(in);
	}
	if (**in)
		++*in;
	*out = '\0';
	line->word[line->count] = word;
	line->len[line->count++] = (u32)(out - word);
	return true;
}

static void lines_read(struct vector *vector)
{
	char *rest = vector->text, *text;
	struct vector_line *line;
	u32 number = 0;

	while ((text = strsep(&rest, "\n"))) {
		number++;
		if (!*text || *text == '#')
			continue;
		if (vector->count == VECTOR_LINES)
			error(2, 0, "too many lines");
		line = &vector->line[vector->count++];
		line->number = number;
		while (word_take(line, &text))
			;
	}
}

struct vector *vector_read(const char *dir, const char *name)
{
	struct vector *vector = calloc(1, sizeof(*vector));
	u32 len;

	vector->msg = file_read(dir, name, ".sip", &vector->len);
	if (!vector->msg)
		vector->msg = file_read(dir, name, ".dat", &vector->len);
	vector->text = file_read(dir, name, ".expect", &len);
	if (!vector->msg || !vector->text)
		error(2, errno, "%s/%s", dir, name);
	vector->nat = file_read(dir, name, ".nat", &vector->nat_len);
	lines_read(vector);
	return vector;
}

void vector_free(struct vector *vector)
{
	free(vector->msg);
	free(vector->nat);
	free(vector->text);
	free(vector);
}
