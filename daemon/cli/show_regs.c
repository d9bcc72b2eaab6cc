// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * show_regs.c - sipfast show regs: what the kernel has learned, and who is
 * registered at sipfastd
 */
#include <linux/sipfast.h>

#include "json.h"
#include "mem.h"
#include "served.h"
#include "views.h"

static void print_json(struct sf_cli *cli, const struct sf_snapshot *snapshot,
		       json_t *bindings)
{
	json_t *o = sf_json_object();

	if (snapshot)
		sf_json_set(o, "registrations",
			    sf_json_registrations(snapshot));
	if (bindings)
		sf_json_set(o, "bindings", json_incref(bindings));
	sf_json_print(cli, o, false);
}

static void print_text(struct sf_cli *cli, const struct sf_snapshot *snapshot,
		       const json_t *bindings)
{
	const char *on = sf_color(cli, SF_COLOR_HEAD);
	const char *off = sf_color(cli, SF_COLOR_OFF);

	if (snapshot && bindings)
		fprintf(cli->out, "%sLearned by the kernel:%s\n", on, off);
	if (snapshot)
		sf_view_registrations(cli, snapshot);
	if (snapshot && bindings)
		fputc('\n', cli->out);
	if (bindings) {
		fprintf(cli->out, "%sRegistered at sipfastd:%s\n", on, off);
		sf_view_bindings(cli, bindings);
	}
}

/* The module, if there is one: nobody has to load it for the daemon's sake. */
static int read_kernel(struct sf_cli *cli, struct sf_snapshot *snapshot,
		       bool daemon, bool *there)
{
	static const uint8_t cmds[] = { SIPFAST_CMD_GET_REGISTRATION, 0 };
	int status = SF_EXIT_OK;

	*there = false;
	if (daemon && !sf_kernel_loaded())
		return status;
	status = sf_snapshot_read(cli, snapshot, cmds);
	*there = !status;
	return status;
}

int sf_show_regs(struct sf_cli *cli)
{
	struct sf_served served = sf_served_ask(cli, "bindings");
	struct sf_snapshot snapshot = { 0 };
	json_t *bindings = NULL;
	int status = SF_EXIT_OK;
	bool kernel;

	if (!served.err)
		bindings = sf_served_list(&served, "binding");
	else if (!sf_served_absent(&served))
		status = sf_served_error(cli, &served);
	status |= read_kernel(cli, &snapshot, bindings, &kernel);
	if ((kernel || bindings) && cli->json)
		print_json(cli, kernel ? &snapshot : NULL, bindings);
	else if (kernel || bindings)
		print_text(cli, kernel ? &snapshot : NULL, bindings);
	sf_snapshot_free(&snapshot);
	json_decref(bindings);
	sf_served_free(&served);
	return status;
}
