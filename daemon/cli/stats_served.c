// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * stats_served.c - sipfast stats: what sipfastd has counted
 */
#include <inttypes.h>
#include <string.h>

#include "json.h"
#include "mem.h"
#include "stats.h"
#include "table.h"

bool sf_stats_served_has(const struct sf_served *served, const char *name)
{
	json_t *list = sf_served_list(served, "counter"), *o;
	bool found = false;
	size_t i;

	json_array_foreach(list, i, o)
		found |= !strcmp(sf_served_text(o, "name"), name);
	json_decref(list);
	return found;
}

static void print_tables(struct sf_cli *cli, const struct sf_served *served)
{
	static const struct sf_column columns[] = {
		{ "TABLE", false, SF_FIT_KEEP }, { "USED", true, SF_FIT_KEEP },
		{ "LIMIT", true, SF_FIT_KEEP },
	};
	struct sf_table table = SF_TABLE(columns);
	json_t *list = sf_served_list(served, "table"), *o;
	uint64_t limit;
	size_t i;

	json_array_foreach(list, i, o) {
		limit = sf_served_number(o, "limit");
		sf_table_text(&table, sf_served_text(o, "name"));
		sf_table_add(&table, "%" PRIu64, sf_served_number(o, "used"));
		if (limit)
			sf_table_add(&table, "%" PRIu64, limit);
		else
			sf_table_add(&table, "-");
	}
	sf_table_print(&table, cli);
	json_decref(list);
}

static bool is_selected(const json_t *o, const struct sf_selection *selection)
{
	return sf_selected(selection, sf_served_text(o, "name"),
			   sf_served_number(o, "value"));
}

static void print_counters(struct sf_cli *cli, const struct sf_served *served,
			   const struct sf_selection *selection)
{
	static const struct sf_column columns[] = {
		{ "COUNTER", false, SF_FIT_KEEP },
		{ "VALUE", true, SF_FIT_KEEP },
	};
	struct sf_table table = SF_TABLE(columns);
	json_t *list = sf_served_list(served, "counter"), *o;
	size_t i;

	json_array_foreach(list, i, o) {
		if (!is_selected(o, selection))
			continue;
		sf_table_text(&table, sf_served_text(o, "name"));
		sf_table_add(&table, "%" PRIu64, sf_served_number(o, "value"));
	}
	if (table.ncells)
		sf_table_print(&table, cli);
	else if (!selection->n)
		fputs("All counters are zero.\n", cli->out);
	json_decref(list);
}

void sf_stats_served(struct sf_cli *cli, const struct sf_served *served,
		     const struct sf_selection *selection)
{
	if (!selection->n) {
		fprintf(cli->out, "%ssipfastd:%s\n",
			sf_color(cli, SF_COLOR_HEAD),
			sf_color(cli, SF_COLOR_OFF));
		print_tables(cli, served);
		fputc('\n', cli->out);
	}
	print_counters(cli, served, selection);
}

json_t *sf_stats_served_json(const struct sf_served *served,
			     const struct sf_selection *selection)
{
	json_t *list = sf_served_list(served, "counter"), *o;
	json_t *object = sf_json_object(), *counters = sf_mem_check(json_array());
	size_t i;

	if (!selection->n)
		sf_json_set(object, "tables", sf_served_list(served, "table"));
	json_array_foreach(list, i, o)
		if (!selection->n || is_selected(o, selection))
			sf_json_append(counters, json_incref(o));
	sf_json_set(object, "counters", counters);
	json_decref(list);
	return object;
}
