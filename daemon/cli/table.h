/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * table.h - rows and columns, aligned
 */
#ifndef SIPFAST_CLI_TABLE_H
#define SIPFAST_CLI_TABLE_H

#include <stddef.h>

#include "cli.h"

/* What is done to a column where a terminal has not enough of them. */
enum sf_fit {
	SF_FIT_KEEP,
	SF_FIT_CUT,	/* its text is cut, and then ends in "..." */
	SF_FIT_DROP,	/* it is left out, the last such column first */
};

/**
 * struct sf_column - a column
 * @title: its heading
 * @right: numbers: aligned to the right
 * @fit: where there is not enough room
 */
struct sf_column {
	const char *title;
	bool right;
	enum sf_fit fit;
};

/**
 * struct sf_table - a table that is being filled, row by row
 * @columns: its columns
 * @ncolumns: how many
 * @cells: the cells so far; each is the table's
 * @ncells: how many
 */
struct sf_table {
	const struct sf_column *columns;
	size_t ncolumns;
	char **cells;
	size_t ncells;
};

#define SF_TABLE(cols) \
	{ .columns = (cols), .ncolumns = ARRAY_SIZE(cols) }

/**
 * sf_table_add() - fill the next cell
 */
__attribute__((format(printf, 2, 3)))
void sf_table_add(struct sf_table *table, const char *format, ...);

/**
 * sf_table_text() - fill the next cell with text from outside
 *
 * It is escaped, and cut when it is so long that it would spoil the table.
 */
void sf_table_text(struct sf_table *table, const char *text);

/**
 * sf_table_print() - print the table and give back its memory
 */
void sf_table_print(struct sf_table *table, struct sf_cli *cli);

#endif /* SIPFAST_CLI_TABLE_H */
