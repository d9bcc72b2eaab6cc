// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * lines.c - the lines of a message, and how two versions of it differ
 */
#include <string.h>

#include "lines.h"
#include "mem.h"

static void add(struct sf_lines *lines, const char *data, size_t len)
{
	if (len && data[len - 1] == '\r')
		len--;
	lines->line = sf_mem_grow(lines->line, lines->n, sizeof(*lines->line));
	lines->line[lines->n++] = (struct sf_bytes){ data, len };
}

struct sf_lines sf_lines_split(struct sf_bytes bytes, bool cut)
{
	struct sf_lines lines = { 0 };
	const char *at = bytes.data, *lf;
	size_t left = bytes.len;

	while (left) {
		lf = memchr(at, '\n', left);
		if (!lf && cut)
			break;
		add(&lines, at, lf ? (size_t)(lf - at) : left);
		left -= lf ? (size_t)(lf - at) + 1 : left;
		at = lf + 1;
	}
	return lines;
}

static bool same(const struct sf_bytes *a, const struct sf_bytes *b)
{
	return a->len == b->len && !memcmp(a->data, b->data, a->len);
}

void sf_lines_diff(const struct sf_lines *before, const struct sf_lines *after,
		   sf_lines_fn fn, void *arg)
{
	size_t first = 0, na = before->n, nb = after->n, i;

	for (i = 0; na == nb && i < na; i++)
		if (!same(&before->line[i], &after->line[i]))
			fn(&before->line[i], &after->line[i], arg);
	if (na == nb)
		return;
	while (first < na && first < nb &&
	       same(&before->line[first], &after->line[first]))
		first++;
	while (na > first && nb > first &&
	       same(&before->line[na - 1], &after->line[nb - 1])) {
		na--;
		nb--;
	}
	for (i = first; i < na; i++)
		fn(&before->line[i], NULL, arg);
	for (i = first; i < nb; i++)
		fn(NULL, &after->line[i], arg);
}
