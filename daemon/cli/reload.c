// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * reload.c - sipfast reload: let sipfastd read its configuration again
 */
#include "json.h"
#include "mem.h"
#include "served.h"

/* What is wrong, line by line, as sipfastd -t would say it. */
static void print_wrong(struct sf_cli *cli, const struct sf_served *served)
{
	json_t *list = sf_served_list(served, "wrong"), *line;
	char *text;
	size_t i;

	json_array_foreach(list, i, line) {
		text = sf_mem_escape(json_string_value(line));
		fprintf(cli->err, "%s\n", text);
		free(text);
	}
	json_decref(list);
}

static void print_file(struct sf_cli *cli, const struct sf_served *served)
{
	json_t *list = sf_served_list(served, "reloaded"), *o;
	char *file = sf_mem_escape(json_string_value(json_array_get(list, 0)));

	if (cli->json) {
		o = sf_json_object();
		sf_json_set(o, "reloaded", sf_json_text(file));
		sf_json_print(cli, o, false);
	} else {
		fprintf(cli->out, "sipfastd works by %s now.\n", file);
	}
	free(file);
	json_decref(list);
}

static int reload_run(struct sf_cli *cli, int argc, char **argv)
{
	int status = SF_EXIT_OK, c = sf_cli_option(cli, argc, argv, "", NULL);
	struct sf_served served;

	if (c < 0)
		return cli->status;
	if (optind < argc)
		return sf_cli_usage(cli, "reload takes no arguments");
	served = sf_served_ask(cli, "reload");
	if (served.err) {
		print_wrong(cli, &served);
		status = sf_served_error(cli, &served);
	} else {
		print_file(cli, &served);
	}
	sf_served_free(&served);
	return status;
}

const struct sf_command sf_cmd_reload = {
	.name = "reload",
	.usage = "reload",
	.summary = "let sipfastd read its configuration again",
	.help = "Requests that are under way go on. When the file is wrong, that is told\n"
		"with its lines, and sipfastd works on as before.\n",
	.run = reload_run,
};
