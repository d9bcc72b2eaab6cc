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

/* The last column is not filled up: lines end in no spaces. */
static void print_cell(struct sf_cli *cli, const struct sf_column *column,
		       const char *cell, int width, bool last)
{
	int fill = width - (int)strlen(cell);

	fprintf(cli->out, "%*s%s%*s", column->right ? fill : 0, "", cell,
		last ? 0 : GAP + (column->right ? 0 : fill), "");
}

static void print_row(const struct sf_table *table, struct sf_cli *cli,
		      size_t row, const int *widths)
{
	size_t i;

	for (i = 0; i < table->ncolumns; i++)
		print_cell(cli, &table->columns[i],
			   table->cells[row * table->ncolumns + i], widths[i],
			   i + 1 == table->ncolumns);
	fputc('\n', cli->out);
}

static void print_head(const struct sf_table *table, struct sf_cli *cli,
		       const int *widths)
{
	size_t i;

	fputs(sf_color(cli, SF_COLOR_LABEL), cli->out);
	for (i = 0; i < table->ncolumns; i++)
		print_cell(cli, &table->columns[i], table->columns[i].title,
			   widths[i], i + 1 == table->ncolumns);
	fprintf(cli->out, "%s\n", sf_color(cli, SF_COLOR_OFF));
}

void sf_table_print(struct sf_table *table, struct sf_cli *cli)
{
	int *widths = sf_mem_check(calloc(table->ncolumns, sizeof(*widths)));
	size_t i;

	for (i = 0; i < table->ncolumns; i++)
		widths[i] = column_width(table, i);
	print_head(table, cli, widths);
	for (i = 0; i < table->ncells / table->ncolumns; i++)
		print_row(table, cli, i, widths);
	for (i = 0; i < table->ncells; i++)
		free(table->cells[i]);
	free(table->cells);
	free(widths);
	table->cells = NULL;
	table->ncells = 0;
}
