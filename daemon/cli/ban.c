// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ban.c - sipfast ban, unban, allow: whom sipfastd does not hear, and whom always
 */
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "mem.h"
#include "served.h"

#define LONGEST_S	315360000	/* 3650d: what sipfastd takes for more */

/* "90", "90s", "5m", "2h", "7d". 0: it is none, or too long. */
static uint64_t read_time(const char *text)
{
	static const struct {
		const char *unit;
		uint64_t seconds;
	} units[] = {
		{ "", 1 }, { "s", 1 }, { "m", 60 }, { "h", 3600 },
		{ "d", 86400 },
	};
	unsigned long long n;
	char *end;
	size_t i;

	if (*text < '0' || *text > '9')
		return 0;
	n = strtoull(text, &end, 10);
	for (i = 0; i < ARRAY_SIZE(units); i++)
		if (!strcmp(end, units[i].unit) &&
		    n <= LONGEST_S / units[i].seconds)
			return n * units[i].seconds;
	return 0;
}

/* The rest of the arguments, with blanks between them. */
static char *join(char **words, int count)
{
	size_t len = 1;
	char *text;
	int i;

	for (i = 0; i < count; i++)
		len += strlen(words[i]) + 1;
	text = sf_mem_check(calloc(1, len));
	for (i = 0; i < count; i++) {
		if (i)
			strcat(text, " ");
		strcat(text, words[i]);
	}
	return text;
}

/* Return: what is wrong; NULL: nothing. */
static const char *read_words(json_t *request, bool timed, char **words,
			      int count)
{
	uint64_t seconds;
	char *text;

	if (timed && count && !strcmp(words[0], "for")) {
		seconds = count > 1 ? read_time(words[1]) : 0;
		if (!seconds)
			return "'for' takes a time: 90s, 5m, 2h or 7d, and 3650d at most";
		sf_json_set(request, "seconds",
			    json_integer((json_int_t)seconds));
		words += 2;
		count -= 2;
	}
	if (count && !strcmp(words[0], "because")) {
		if (count < 2)
			return "'because' takes a text";
		text = join(words + 1, count - 1);
		sf_json_set(request, "because", sf_json_text(text));
		free(text);
		count = 0;
	}
	return count ? "that was not understood" : NULL;
}

static int order(struct sf_cli *cli, json_t *request)
{
	struct sf_served served = sf_served_tell(cli, request);
	int status = served.err ? sf_served_error(cli, &served) : SF_EXIT_OK;

	sf_served_free(&served);
	return status;
}

static int run(struct sf_cli *cli, int argc, char **argv, bool timed, bool told)
{
	const char *wrong = NULL;
	json_t *request;
	int status;

	if (sf_cli_option(cli, argc, argv, "", NULL) < 0)
		return cli->status;
	if (optind == argc)
		return sf_cli_usage(cli, "an address is needed");
	request = sf_json_object();
	sf_json_set(request, "request", sf_json_text(cli->command->name));
	sf_json_set(request, "address", sf_json_text(argv[optind++]));
	if (told)
		wrong = read_words(request, timed, argv + optind,
				   argc - optind);
	else if (optind < argc)
		wrong = "one address is enough";
	status = wrong ? sf_cli_usage(cli, "%s", wrong) : order(cli, request);
	json_decref(request);
	return status;
}

static int ban_run(struct sf_cli *cli, int argc, char **argv)
{
	return run(cli, argc, argv, true, true);
}

static int allow_run(struct sf_cli *cli, int argc, char **argv)
{
	return run(cli, argc, argv, false, true);
}

static int unban_run(struct sf_cli *cli, int argc, char **argv)
{
	return run(cli, argc, argv, false, false);
}

const struct sf_command sf_cmd_ban = {
	.name = "ban",
	.usage = "ban ADDRESS [for TIME] [because TEXT]",
	.summary = "let sipfastd and the kernel drop what comes from an address",
	.help = "TIME is 90s, 5m, 2h or 7d, 3650d at most; without it each ban is longer than\n"
		"the one before: 5 minutes, an hour, a day. Of an IPv6 address the /64 is banned\n"
		"that it is in. Its calls and connections end.\n",
	.run = ban_run,
};

const struct sf_command sf_cmd_unban = {
	.name = "unban",
	.usage = "unban ADDRESS",
	.summary = "end a ban, or that an address is allowed",
	.run = unban_run,
};

const struct sf_command sf_cmd_allow = {
	.name = "allow",
	.usage = "allow ADDRESS [because TEXT]",
	.summary = "never ban an address; 'unban' takes that back",
	.run = allow_run,
};
