// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * view_served.c - what sipfastd holds, as tables
 */
#include <inttypes.h>
#include <string.h>

#include "served.h"
#include "table.h"
#include "text.h"

static void add_number(struct sf_table *table, const json_t *o, const char *key)
{
	sf_table_add(table, "%" PRIu64, sf_served_number(o, key));
}

static void add_clock(struct sf_table *table, uint64_t ms)
{
	char text[SF_TEXT_LEN];

	sf_table_add(table, "%s", sf_text_clock(ms, text));
}

static void add_text(struct sf_table *table, const json_t *o, const char *key)
{
	sf_table_text(table, sf_served_text(o, key));
}

/* "udp 192.0.2.1:5060" */
static void add_place(struct sf_table *table, const json_t *o, const char *key)
{
	char text[SF_PAIR_LEN];

	snprintf(text, sizeof(text), "%s %s", sf_served_text(o, "transport"),
		 sf_served_text(o, key));
	sf_table_text(table, text);
}

/* Where from; of a connection that is gone, and that nobody can open again, that. */
static void add_source(struct sf_table *table, const json_t *o)
{
	if (strcmp(sf_served_text(o, "reach"), "none"))
		add_place(table, o, "source");
	else
		sf_table_text(table, "unreachable");
}

void sf_view_bindings(struct sf_cli *cli, const json_t *list)
{
	static const struct sf_column columns[] = {
		{ "AOR", false, SF_FIT_CUT },
		{ "CONTACT", false, SF_FIT_CUT },
		{ "SOURCE", false, SF_FIT_CUT },
		{ "EXPIRES", true, SF_FIT_KEEP },
		{ "Q", true, SF_FIT_DROP },
		{ "PATH", false, SF_FIT_DROP },
		{ "AGENT", false, SF_FIT_DROP },
	};
	struct sf_table table = SF_TABLE(columns);
	const json_t *o;
	size_t i;

	json_array_foreach(list, i, o) {
		add_text(&table, o, "aor");
		add_text(&table, o, "contact");
		add_source(&table, o);
		add_clock(&table, sf_served_number(o, "expires_s") * 1000);
		sf_table_add(&table, "%g",
			     json_number_value(json_object_get(o, "q")));
		add_text(&table, o, "path");
		add_text(&table, o, "user_agent");
	}
	sf_table_print(&table, cli);
}

/* "TLSv1.3 TLS_AES_256_GCM_SHA384 sip.example.net": that name was checked. */
static void add_tls(struct sf_table *table, const json_t *conn)
{
	const json_t *tls = json_object_get(conn, "tls");
	char text[SF_PAIR_LEN];

	snprintf(text, sizeof(text), "%s %s", sf_served_text(tls, "version"),
		 sf_served_text(tls, "cipher"));
	sf_table_text(table, tls ? text : "");
	sf_table_text(table, sf_served_true(tls, "verified") ?
			     sf_served_text(tls, "peer") : "");
}

void sf_view_conns(struct sf_cli *cli, const json_t *list)
{
	static const struct sf_column columns[] = {
		{ "PEER", false, SF_FIT_KEEP }, { "LOCAL", false, SF_FIT_DROP },
		{ "OPENED", false, SF_FIT_KEEP }, { "AGE", true, SF_FIT_KEEP },
		{ "IDLE", true, SF_FIT_KEEP }, { "IN", true, SF_FIT_KEEP },
		{ "OUT", true, SF_FIT_KEEP }, { "QUEUED", true, SF_FIT_DROP },
		{ "WORKER", true, SF_FIT_DROP },
		{ "TLS", false, SF_FIT_DROP }, { "VERIFIED", false, SF_FIT_CUT },
	};
	struct sf_table table = SF_TABLE(columns);
	const json_t *o;
	size_t i;

	json_array_foreach(list, i, o) {
		add_place(&table, o, "remote");
		add_text(&table, o, "local");
		sf_table_add(&table, "%s", sf_served_true(o, "outgoing") ?
					   "here" : "there");
		add_clock(&table, sf_served_number(o, "age_ms"));
		add_clock(&table, sf_served_number(o, "idle_ms"));
		add_number(&table, o, "received");
		add_number(&table, o, "sent");
		add_number(&table, o, "queued_bytes");
		add_number(&table, o, "worker");
		add_tls(&table, o);
	}
	sf_table_print(&table, cli);
}

/* One that never ends has no time left. */
void sf_view_bans(struct sf_cli *cli, const json_t *list)
{
	static const struct sf_column columns[] = {
		{ "ADDRESS", false, SF_FIT_KEEP },
		{ "STATE", false, SF_FIT_KEEP },
		{ "LEFT", true, SF_FIT_KEEP },
		{ "STRIKES", true, SF_FIT_DROP },
		{ "REASON", false, SF_FIT_KEEP },
		{ "EVIDENCE", false, SF_FIT_CUT },
	};
	struct sf_table table = SF_TABLE(columns);
	const json_t *o;
	size_t i;

	json_array_foreach(list, i, o) {
		add_text(&table, o, "address");
		add_text(&table, o, "state");
		if (json_object_get(o, "end"))
			add_clock(&table, sf_served_number(o, "left_s") * 1000);
		else
			sf_table_text(&table, "");
		add_number(&table, o, "strikes");
		add_text(&table, o, "reason");
		add_text(&table, o, "evidence");
	}
	sf_table_print(&table, cli);
}

void sf_view_transactions(struct sf_cli *cli, const json_t *list)
{
	static const struct sf_column columns[] = {
		{ "SIDE", false, SF_FIT_KEEP }, { "METHOD", false, SF_FIT_KEEP },
		{ "STATE", false, SF_FIT_KEEP }, { "AGE", true, SF_FIT_KEEP },
		{ "PEER", false, SF_FIT_KEEP }, { "CALL-ID", false, SF_FIT_CUT },
		{ "WORKER", true, SF_FIT_DROP },
	};
	struct sf_table table = SF_TABLE(columns);
	char age[SF_TEXT_LEN];
	const json_t *o;
	size_t i;

	json_array_foreach(list, i, o) {
		add_text(&table, o, "side");
		add_text(&table, o, "method");
		add_text(&table, o, "state");
		sf_table_add(&table, "%s",
			     sf_text_seconds(sf_served_number(o, "age_ms"),
					     age));
		add_place(&table, o, "peer");
		add_text(&table, o, "call_id");
		add_number(&table, o, "worker");
	}
	sf_table_print(&table, cli);
}

/* What the trunk as a whole is: in its first row. */
static void add_registered(struct sf_table *table, const json_t *trunk)
{
	bool registers = sf_served_true(trunk, "registers");
	uint64_t status = sf_served_number(trunk, "status");

	sf_table_add(table, "%s", !registers ? "-" :
		     sf_served_true(trunk, "registered") ? "yes" : "no");
	if (sf_served_number(trunk, "expires_s"))
		add_clock(table, sf_served_number(trunk, "expires_s") * 1000);
	else
		sf_table_add(table, "-");
	if (status)
		sf_table_add(table, "%" PRIu64, status);
	else
		sf_table_add(table, "-");
}

static void add_trunk(struct sf_table *table, const json_t *trunk)
{
	const json_t *peers = json_object_get(trunk, "peers"), *peer;
	size_t i;

	json_array_foreach(peers, i, peer) {
		add_text(table, trunk, "name");
		add_place(table, peer, "address");
		sf_table_add(table, "%s", !sf_served_true(trunk, "probed") ? "-" :
			     sf_served_true(peer, "up") ? "up" : "down");
		if (!i)
			add_registered(table, trunk);
		for (; i && table->ncells % table->ncolumns;)
			sf_table_add(table, "-");
	}
	if (json_array_size(peers))
		return;
	add_text(table, trunk, "name");
	sf_table_add(table, "-");
	sf_table_add(table, "unresolved");
	add_registered(table, trunk);
}

void sf_view_trunks(struct sf_cli *cli, const json_t *list)
{
	static const struct sf_column columns[] = {
		{ "TRUNK", false, SF_FIT_KEEP }, { "PEER", false, SF_FIT_KEEP },
		{ "STATE", false, SF_FIT_KEEP },
		{ "REGISTERED", false, SF_FIT_KEEP },
		{ "EXPIRES", true, SF_FIT_KEEP },
		{ "STATUS", true, SF_FIT_KEEP },
	};
	struct sf_table table = SF_TABLE(columns);
	const json_t *trunk;
	size_t i;

	json_array_foreach(list, i, trunk)
		add_trunk(&table, trunk);
	sf_table_print(&table, cli);
}

void sf_view_status(struct sf_cli *cli, const json_t *status)
{
	fputs("sipfastd: ", cli->out);
	sf_put_count(cli->out, sf_served_number(status, "bindings"), "binding");
	fputs(", ", cli->out);
	sf_put_count(cli->out, sf_served_number(status, "users"), "user");
	fputs(", ", cli->out);
	sf_put_count(cli->out, sf_served_number(status, "trunks"), "trunk");
	fputc('\n', cli->out);
}
