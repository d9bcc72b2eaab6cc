// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * table.c - rows and columns, aligned
 */
#include <stdarg.h>
#include <string.h>

#include "../util/escape.h"
#include "mem.h"
#include "table.h"

#define TEXT_WIDTH	48	/* characters of text from outside */
#define CUT_WIDTH	12	/* no column is cut further */
#define GAP		2	/* between columns */

static void add(struct sf_table *table, char *cell)
{
	table->cells = sf_mem_grow(table->cells, table->ncells,
				   sizeof(*table->cells));
	table->cells[table->ncells++] = cell;
}

void sf_table_add(struct sf_table *table, const char *format, ...)
{
	char *cell = NULL;
	va_list args;
	int len;

	va_start(args, format);
	len = vasprintf(&cell, format, args);
	va_end(args);
	add(table, sf_mem_check(len < 0 ? NULL : cell));
}

void sf_table_text(struct sf_table *table, const char *text)
{
	char cell[TEXT_WIDTH + 1];

	sf_escape(cell, sizeof(cell), text);
	sf_table_add(table, "%s", *cell ? cell : "-");
}

static size_t column_width(const struct sf_table *table, size_t column)
{
	size_t width = strlen(table->columns[column].title), i;

	for (i = column; i < table->ncells; i += table->ncolumns) {
		size_t len = strlen(table->cells[i]);

		if (len > width)
			width = len;
	}
	return width;
}

/* Widths of 0 are those of columns that are left out. */
static unsigned int table_width(const struct sf_table *table, const int *widths)
{
	unsigned int width = 0;
	size_t i;

	for (i = 0; i < table->ncolumns; i++)
		if (widths[i])
			width += (width ? GAP : 0) + widths[i];
	return width;
}

/* The widest column that may be cut; NULL when none can be any more. */
static int *widest(const struct sf_table *table, int *widths)
{
	int *found = NULL;
	size_t i;

	for (i = 0; i < table->ncolumns; i++)
		if (table->columns[i].fit == SF_FIT_CUT &&
		    widths[i] > CUT_WIDTH && (!found || widths[i] > *found))
			found = &widths[i];
	return found;
}

static void fit(const struct sf_table *table, unsigned int room, int *widths)
{
	size_t i = table->ncolumns;
	int *column;

	while (i-- && table_width(table, widths) > room)
		if (table->columns[i].fit == SF_FIT_DROP)
			widths[i] = 0;
	while (table_width(table, widths) > room) {
		column = widest(table, widths);
		if (!column)
			return;
		--*column;
	}
}

/* The last column is not filled up: lines end in no spaces. */
static void print_cell(struct sf_cli *cli, const struct sf_column *column,
		       const char *cell, int width, bool last)
{
	char cut[TEXT_WIDTH + 1];
	int fill;

	if ((int)strlen(cell) > width)
		cell = sf_escape(cut, width + 1, cell);
	fill = width - (int)strlen(cell);
	fprintf(cli->out, "%*s%s%*s", column->right ? fill : 0, "", cell,
		last || column->right ? 0 : fill, "");
}

static size_t last_column(const struct sf_table *table, const int *widths)
{
	size_t i = table->ncolumns - 1;

	while (i && !widths[i])
		i--;
	return i;
}

/* A row of cells; the titles, when it is NULL. */
static void print_row(const struct sf_table *table, struct sf_cli *cli,
		      char *const *row, const int *widths)
{
	size_t i, last = last_column(table, widths);

	for (i = 0; i <= last; i++) {
		if (!widths[i])
			continue;
		print_cell(cli, &table->columns[i],
			   row ? row[i] : table->columns[i].title, widths[i],
			   i == last);
		if (i < last)
			fprintf(cli->out, "%*s", GAP, "");
	}
}

static void print_head(const struct sf_table *table, struct sf_cli *cli,
		       const int *widths)
{
	fputs(sf_color(cli, SF_COLOR_LABEL), cli->out);
	print_row(table, cli, NULL, widths);
	fprintf(cli->out, "%s\n", sf_color(cli, SF_COLOR_OFF));
}

void sf_table_print(struct sf_table *table, struct sf_cli *cli)
{
	int *widths = sf_mem_check(calloc(table->ncolumns, sizeof(*widths)));
	size_t i;

	for (i = 0; i < table->ncolumns; i++)
		widths[i] = column_width(table, i);
	if (cli->width)
		fit(table, cli->width, widths);
	print_head(table, cli, widths);
	for (i = 0; i < table->ncells; i += table->ncolumns) {
		print_row(table, cli, table->cells + i, widths);
		fputc('\n', cli->out);
	}
	for (i = 0; i < table->ncells; i++)
		free(table->cells[i]);
	free(table->cells);
	free(widths);
	table->cells = NULL;
	table->ncells = 0;
}
