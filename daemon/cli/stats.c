// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * stats.c - sipfast stats: how full, and how often what
 */
#include <inttypes.h>
#include <string.h>

#include <linux/sipfast.h>

#include "json.h"
#include "mem.h"
#include "stats.h"
#include "table.h"
#include "views.h"

static const struct option options[] = {
	{ "all", no_argument, NULL, 'a' },
	{ 0 },
};

bool sf_selected(const struct sf_selection *selection, const char *name,
		 uint64_t value)
{
	int i;

	if (!selection->n)
		return selection->all || value;
	for (i = 0; i < selection->n; i++)
		if (name && !strcmp(name, selection->names[i]))
			return true;
	return false;
}

static bool selected(const struct sf_selection *selection,
		     const struct sf_counter_info *counter)
{
	return sf_selected(selection, counter->name, counter->value);
}

static void print_tables(struct sf_cli *cli, const struct sf_snapshot *snapshot)
{
	static const struct sf_column columns[] = {
		{ "TABLE", false, SF_FIT_KEEP }, { "USED", true, SF_FIT_KEEP },
		{ "LIMIT", true, SF_FIT_KEEP },
	};
	struct sf_table table = SF_TABLE(columns);
	size_t i;

	for (i = 0; i < snapshot->ntables; i++) {
		const struct sf_table_info *info = &snapshot->tables[i];

		sf_table_text(&table, info->name);
		sf_table_add(&table, "%u", info->used);
		if (sf_has(info, SIPFAST_A_TABLE_LIMIT))
			sf_table_add(&table, "%u", info->limit);
		else
			sf_table_add(&table, "-");
	}
	sf_table_print(&table, cli);
}

static void print_counters(struct sf_cli *cli,
			   const struct sf_snapshot *snapshot,
			   const struct sf_selection *selection)
{
	static const struct sf_column columns[] = {
		{ "COUNTER", false, SF_FIT_KEEP },
		{ "VALUE", true, SF_FIT_KEEP },
		{ "MEANING", false, SF_FIT_KEEP },
	};
	struct sf_table table = SF_TABLE(columns);
	size_t i;

	for (i = 0; i < snapshot->ncounters; i++) {
		const struct sf_counter_info *info = &snapshot->counters[i];
		char *text;

		if (!selected(selection, info))
			continue;
		text = sf_mem_escape(info->text);
		sf_table_text(&table, info->name);
		sf_table_add(&table, "%" PRIu64, info->value);
		sf_table_add(&table, "%s", text);
		free(text);
	}
	if (table.ncells)
		sf_table_print(&table, cli);
	else if (!selection->n)
		fputs("All counters are zero.\n", cli->out);
}

static json_t *json_tables(const struct sf_snapshot *snapshot)
{
	json_t *list = sf_mem_check(json_array());
	size_t i;

	for (i = 0; i < snapshot->ntables; i++)
		sf_json_append(list, sf_json_table(&snapshot->tables[i]));
	return list;
}

/* Readers of JSON get the counters that are zero, too. */
static json_t *json_counters(const struct sf_snapshot *snapshot,
			     const struct sf_selection *selection)
{
	json_t *list = sf_mem_check(json_array());
	const struct sf_counter_info *info;
	size_t i;

	for (i = 0; i < snapshot->ncounters; i++) {
		info = &snapshot->counters[i];
		if (!selection->n || selected(selection, info))
			sf_json_append(list, sf_json_counter(info));
	}
	return list;
}

/**
 * struct stats - what there is
 * @snapshot: the kernel's; NULL: there is no module
 * @served: the daemon's; NULL: none runs
 */
struct stats {
	const struct sf_snapshot *snapshot;
	const struct sf_served *served;
};

static void print_json(struct sf_cli *cli, const struct stats *stats,
		       const struct sf_selection *selection)
{
	json_t *o = sf_json_object();

	if (stats->snapshot && !selection->n)
		sf_json_set(o, "tables", json_tables(stats->snapshot));
	if (stats->snapshot)
		sf_json_set(o, "counters",
			    json_counters(stats->snapshot, selection));
	if (stats->served)
		sf_json_set(o, "sipfastd",
			    sf_stats_served_json(stats->served, selection));
	sf_json_print(cli, o, false);
}

static bool has_counter(const struct sf_snapshot *snapshot, const char *name)
{
	size_t i;

	for (i = 0; i < snapshot->ncounters; i++)
		if (snapshot->counters[i].name &&
		    !strcmp(snapshot->counters[i].name, name))
			return true;
	return false;
}

static const char *unknown_name(const struct stats *stats,
				const struct sf_selection *selection)
{
	const char *name;
	int i;

	for (i = 0; i < selection->n; i++) {
		name = selection->names[i];
		if ((!stats->snapshot || !has_counter(stats->snapshot, name)) &&
		    (!stats->served || !sf_stats_served_has(stats->served, name)))
			return name;
	}
	return NULL;
}

static void print_text(struct sf_cli *cli, const struct stats *stats,
		       const struct sf_selection *selection)
{
	if (stats->snapshot && !selection->n) {
		print_tables(cli, stats->snapshot);
		fputc('\n', cli->out);
	}
	if (stats->snapshot)
		print_counters(cli, stats->snapshot, selection);
	if (stats->snapshot && stats->served && !selection->n)
		fputc('\n', cli->out);
	if (stats->served)
		sf_stats_served(cli, stats->served, selection);
}

static int print_stats(struct sf_cli *cli, const struct stats *stats,
		       const struct sf_selection *selection)
{
	const char *unknown = unknown_name(stats, selection);

	if (unknown)
		return sf_cli_error(cli, "there is no counter '%s'", unknown);
	if (cli->json)
		print_json(cli, stats, selection);
	else
		print_text(cli, stats, selection);
	return SF_EXIT_OK;
}

int sf_show_stats(struct sf_cli *cli, bool all, char **names, int n)
{
	static const uint8_t cmds[] = { SIPFAST_CMD_GET_STATS, 0 };
	const struct sf_selection selection = { all, names, n };
	struct sf_served served = sf_served_ask(cli, "stats");
	struct sf_snapshot snapshot = { 0 };
	struct stats stats = { .served = served.err ? NULL : &served };
	int status = SF_EXIT_OK, kernel = SF_EXIT_OK;

	if (served.err && !sf_served_absent(&served))
		status = sf_served_error(cli, &served);
	/* Nobody has to load the module for the daemon's sake. */
	if (!stats.served || sf_kernel_loaded()) {
		kernel = sf_snapshot_read(cli, &snapshot, cmds);
		stats.snapshot = kernel ? NULL : &snapshot;
	}
	if (stats.snapshot || stats.served)
		status |= print_stats(cli, &stats, &selection);
	status |= kernel;
	sf_snapshot_free(&snapshot);
	sf_served_free(&served);
	return status;
}

static int stats_run(struct sf_cli *cli, int argc, char **argv)
{
	bool all = false;
	int c;

	while ((c = sf_cli_option(cli, argc, argv, "a", options)) > 0)
		all = true;
	if (c < 0)
		return cli->status;
	return sf_show_stats(cli, all, argv + optind, argc - optind);
}

const struct sf_command sf_cmd_stats = {
	.name = "stats",
	.usage = "stats [-a] [COUNTER...]",
	.summary = "show how full the tables are, and the counters, of kernel and sipfastd",
	.help = "  -a, --all  show the counters that are zero, too\n"
		"  COUNTER    show only the counters with these names\n",
	.run = stats_run,
};
