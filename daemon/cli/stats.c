// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * stats.c - sipfast stats: how full, and how often what
 */
#include <inttypes.h>
#include <string.h>

#include <linux/sipfast.h>

#include "json.h"
#include "mem.h"
#include "table.h"
#include "views.h"

static const struct option options[] = {
	{ "all", no_argument, NULL, 'a' },
	{ 0 },
};

/* Which counters are asked for. */
struct selection {
	bool all;
	char **names;
	int n;
};

static bool selected(const struct selection *selection,
		     const struct sf_counter_info *counter)
{
	int i;

	if (!selection->n)
		return selection->all || counter->value;
	for (i = 0; i < selection->n; i++)
		if (counter->name && !strcmp(counter->name,
					     selection->names[i]))
			return true;
	return false;
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
			   const struct selection *selection)
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
	else
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
			     const struct selection *selection)
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

static void print_json(struct sf_cli *cli, const struct sf_snapshot *snapshot,
		       const struct selection *selection)
{
	json_t *o = sf_json_object();

	if (!selection->n)
		sf_json_set(o, "tables", json_tables(snapshot));
	sf_json_set(o, "counters", json_counters(snapshot, selection));
	sf_json_print(cli, o, false);
}

static const char *unknown_name(const struct sf_snapshot *snapshot,
				const struct selection *selection)
{
	size_t j;
	int i;

	for (i = 0; i < selection->n; i++) {
		for (j = 0; j < snapshot->ncounters; j++)
			if (snapshot->counters[j].name &&
			    !strcmp(snapshot->counters[j].name,
				    selection->names[i]))
				break;
		if (j == snapshot->ncounters)
			return selection->names[i];
	}
	return NULL;
}

static int print_stats(struct sf_cli *cli, const struct sf_snapshot *snapshot,
		       const struct selection *selection)
{
	const char *unknown = unknown_name(snapshot, selection);

	if (unknown)
		return sf_cli_error(cli, "there is no counter '%s'", unknown);
	if (cli->json) {
		print_json(cli, snapshot, selection);
		return SF_EXIT_OK;
	}
	if (!selection->n) {
		print_tables(cli, snapshot);
		fputc('\n', cli->out);
	}
	print_counters(cli, snapshot, selection);
	return SF_EXIT_OK;
}

int sf_show_stats(struct sf_cli *cli, bool all, char **names, int n)
{
	static const uint8_t cmds[] = { SIPFAST_CMD_GET_STATS, 0 };
	const struct selection selection = { all, names, n };
	struct sf_snapshot snapshot = { 0 };
	int status = sf_snapshot_read(cli, &snapshot, cmds);

	if (!status)
		status = print_stats(cli, &snapshot, &selection);
	sf_snapshot_free(&snapshot);
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
	.summary = "show how full the tables are, and the counters",
	.help = "  -a, --all  show the counters that are zero, too\n"
		"  COUNTER    show only the counters with these names\n",
	.run = stats_run,
};
