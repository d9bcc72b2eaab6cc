/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lines.h - the lines of a message, and how two versions of it differ
 */
#ifndef SIPFAST_CLI_LINES_H
#define SIPFAST_CLI_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "../sys/kernel.h"

/**
 * struct sf_lines - the lines of some bytes
 * @line: each without its line end; they point into the bytes
 * @n: how many
 */
struct sf_lines {
	struct sf_bytes *line;
	size_t n;
};

/**
 * sf_lines_split() - find the lines; free @line of the result
 * @cut: the bytes end somewhere: what follows the last line end is left out
 */
struct sf_lines sf_lines_split(struct sf_bytes bytes, bool cut);

/**
 * typedef sf_lines_fn - is given a difference
 * @before: the line that was there, or NULL
 * @after: the line that is there, or NULL
 */
typedef void (*sf_lines_fn)(const struct sf_bytes *before,
			    const struct sf_bytes *after, void *arg);

/**
 * sf_lines_diff() - find the lines that differ
 *
 * Edits change lines and hardly ever add one. Of two texts with as many lines
 * each line is compared with its like; otherwise all lines between the first
 * and the last difference are given, those before and then those after.
 */
void sf_lines_diff(const struct sf_lines *before, const struct sf_lines *after,
		   sf_lines_fn fn, void *arg);

#endif /* SIPFAST_CLI_LINES_H */
