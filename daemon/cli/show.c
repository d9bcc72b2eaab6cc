// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * show.c - sipfast show: what there is now
 */
#include <string.h>

#include <linux/sipfast.h>

#include "json.h"
#include "served.h"
#include "text.h"
#include "views.h"

/* What a show of several objects holds. */
enum {
	SHOW_CALLS = 1,
	SHOW_STREAMS = 2,
	SHOW_REGISTRATIONS = 4,
	SHOW_SERVED = 8,
};

/* The daemon's line, or object; nothing without a daemon. */
static void print_served(struct sf_cli *cli, json_t *o)
{
	struct sf_served served = sf_served_ask(cli, "status");
	json_t *list = sf_served_list(&served, "status");
	json_t *status = json_array_get(list, 0);

	if (status && o)
		sf_json_set(o, "sipfastd", json_incref(status));
	else if (status)
		sf_view_status(cli, status);
	else if (!sf_served_absent(&served))
		sf_served_error(cli, &served);
	json_decref(list);
	sf_served_free(&served);
}

static void print_json(struct sf_cli *cli, const struct sf_snapshot *snapshot,
		       unsigned int what)
{
	json_t *o = sf_json_object();

	if (what & SHOW_CALLS)
		sf_json_set(o, "calls", sf_json_calls(snapshot));
	if (what & SHOW_STREAMS)
		sf_json_set(o, "streams", sf_json_streams(snapshot));
	if (what & SHOW_REGISTRATIONS)
		sf_json_set(o, "registrations",
			    sf_json_registrations(snapshot));
	if (what & SHOW_SERVED)
		print_served(cli, o);
	sf_json_print(cli, o, false);
}

/* Calls and streams are in the order of the calls' numbers. */
static void print_calls(struct sf_cli *cli, const struct sf_snapshot *snapshot)
{
	const struct sf_stream_info *streams = snapshot->streams;
	size_t i, j = 0, n = snapshot->nstreams;
	uint32_t id;

	for (i = 0; i < snapshot->ncalls; i++) {
		id = snapshot->calls[i].id;
		if (i)
			fputc('\n', cli->out);
		sf_view_call(cli, &snapshot->calls[i]);
		sf_view_leg(cli, sf_snapshot_whole(snapshot,
						   &snapshot->calls[i]));
		while (j < n && streams[j].call < id)
			j++;
		for (; j < n && streams[j].call == id; j++)
			sf_view_stream(cli, &streams[j]);
	}
}

static void print_overview(struct sf_cli *cli,
			   const struct sf_snapshot *snapshot)
{
	size_t i, legs = sf_snapshot_legs(snapshot);

	print_calls(cli, snapshot);
	if (snapshot->ncalls)
		fputc('\n', cli->out);
	for (i = 0; i < snapshot->nregistrations; i++) {
		sf_view_registration(cli, &snapshot->registrations[i]);
		fputc('\n', cli->out);
	}
	sf_put_count(cli->out, snapshot->ncalls - legs, "call");
	fputs(", ", cli->out);
	if (legs) {
		sf_put_count(cli->out, legs, "leg");
		fputs(", ", cli->out);
	}
	sf_put_count(cli->out, snapshot->nstreams, "stream");
	fputs(", ", cli->out);
	sf_put_count(cli->out, snapshot->nregistrations, "registration");
	fputc('\n', cli->out);
	print_served(cli, NULL);
}

typedef void (*view_fn)(struct sf_cli *cli, const struct sf_snapshot *snapshot);

static int show(struct sf_cli *cli, const uint8_t *cmds, unsigned int what,
		view_fn view)
{
	struct sf_snapshot snapshot = { 0 };
	int status = sf_snapshot_read(cli, &snapshot, cmds);

	if (!status && cli->json)
		print_json(cli, &snapshot, what);
	else if (!status)
		view(cli, &snapshot);
	sf_snapshot_free(&snapshot);
	return status;
}

/* Nobody has to load the module for the daemon's sake. */
static bool show_served_only(struct sf_cli *cli)
{
	struct sf_served served = sf_served_ask(cli, "ping");
	bool there = !served.err;
	json_t *o;

	sf_served_free(&served);
	if (!there)
		return false;
	sf_cli_error(cli, "the kernel module is not loaded: modprobe nf_sipfast");
	if (cli->json) {
		o = sf_json_object();
		print_served(cli, o);
		sf_json_print(cli, o, false);
	} else {
		print_served(cli, NULL);
	}
	return true;
}

/* Streams first: none of them is then without the call it belongs to. */
static int show_all(struct sf_cli *cli)
{
	static const uint8_t cmds[] = { SIPFAST_CMD_GET_STREAM,
		SIPFAST_CMD_GET_CALL, SIPFAST_CMD_GET_REGISTRATION, 0 };

	if (!sf_kernel_loaded() && show_served_only(cli))
		return SF_EXIT_OK;
	return show(cli, cmds, SHOW_CALLS | SHOW_STREAMS |
		    SHOW_REGISTRATIONS | SHOW_SERVED, print_overview);
}

static int show_calls(struct sf_cli *cli)
{
	static const uint8_t cmds[] = { SIPFAST_CMD_GET_STREAM,
		SIPFAST_CMD_GET_CALL, 0 };

	return show(cli, cmds, SHOW_CALLS, sf_view_calls);
}

static int show_streams(struct sf_cli *cli)
{
	static const uint8_t cmds[] = { SIPFAST_CMD_GET_STREAM, 0 };

	return show(cli, cmds, SHOW_STREAMS, sf_view_streams);
}

static int show_stats(struct sf_cli *cli)
{
	return sf_show_stats(cli, false, NULL, 0);
}

static const struct {
	const char *name;
	int (*show)(struct sf_cli *cli);
} objects[] = {
	{ "calls", show_calls },
	{ "streams", show_streams },
	{ "regs", sf_show_regs },
	{ "registrations", sf_show_regs },
	{ "conns", sf_show_conns },
	{ "connections", sf_show_conns },
	{ "trunks", sf_show_trunks },
	{ "transactions", sf_show_transactions },
	{ "bans", sf_show_bans },
	{ "stats", show_stats },
	{ "config", sf_show_config },
};

static int show_object(struct sf_cli *cli, const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(objects); i++)
		if (!strcmp(objects[i].name, name))
			return objects[i].show(cli);
	return sf_cli_usage(cli, "'show %s' is unknown", name);
}

static int show_run(struct sf_cli *cli, int argc, char **argv)
{
	if (sf_cli_option(cli, argc, argv, "", NULL) < 0)
		return cli->status;
	argc -= optind;
	argv += optind;
	if (!argc)
		return show_all(cli);
	if (!strcmp(argv[0], "call")) {
		if (argc != 2)
			return sf_cli_usage(cli,
					    "'show call' takes one ID");
		return sf_show_call(cli, argv[1]);
	}
	if (argc > 1)
		return sf_cli_usage(cli, "'show %s' takes no argument",
				    argv[0]);
	return show_object(cli, argv[0]);
}

const struct sf_command sf_cmd_show = {
	.name = "show",
	.usage = "show [calls | streams | regs | conns | trunks | transactions | bans |\n"
		 "                     stats | config | call ID]",
	.summary = "show calls, media, registrations, trunks and connections",
	.help = "  (nothing)  every call with its streams, then registrations\n"
		"  calls      a table of the calls\n"
		"  streams    a table of the streams, one row per direction\n"
		"  regs       tables of the registrations: those that the kernel has\n"
		"             learned, and those at sipfastd\n"
		"  stats      how full the tables are, and the counters\n"
		"  config     the settings, as arguments of 'sipfast set'\n"
		"  call ID    all about one call: ID is its number, its Call-ID or\n"
		"             the beginning of that\n"
		"\nOf sipfastd:\n"
		"  conns         a table of its connections\n"
		"  trunks        a table of its trunks, one row per peer\n"
		"  transactions  a table of the requests that are under way\n"
		"  bans          a table of the addresses that are banned, limited or\n"
		"                always allowed, with the reason and how long\n",
	.run = show_run,
};
