// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * show_served.c - sipfast show: what only sipfastd holds
 */
#include "json.h"
#include "served.h"

/**
 * struct kind - a kind of things
 * @request: what is asked for, and the key of the list with -j
 * @key: of one of them in the answer
 * @view: prints a table
 */
struct kind {
	const char *request;
	const char *key;
	void (*view)(struct sf_cli *cli, const json_t *list);
};

static int show(struct sf_cli *cli, const struct kind *kind)
{
	struct sf_served served = sf_served_ask(cli, kind->request);
	json_t *list, *o;
	int status;

	status = served.err ? sf_served_error(cli, &served) : SF_EXIT_OK;
	if (!status) {
		list = sf_served_list(&served, kind->key);
		if (cli->json) {
			o = sf_json_object();
			sf_json_set(o, kind->request, json_incref(list));
			sf_json_print(cli, o, false);
		} else {
			kind->view(cli, list);
		}
		json_decref(list);
	}
	sf_served_free(&served);
	return status;
}

int sf_show_conns(struct sf_cli *cli)
{
	static const struct kind kind = { "connections", "connection",
					  sf_view_conns };

	return show(cli, &kind);
}

int sf_show_bans(struct sf_cli *cli)
{
	static const struct kind kind = { "bans", "ban", sf_view_bans };

	return show(cli, &kind);
}

int sf_show_trunks(struct sf_cli *cli)
{
	static const struct kind kind = { "trunks", "trunk", sf_view_trunks };

	return show(cli, &kind);
}

int sf_show_transactions(struct sf_cli *cli)
{
	static const struct kind kind = { "transactions", "transaction",
					  sf_view_transactions };

	return show(cli, &kind);
}
