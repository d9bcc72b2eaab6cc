// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tool.c - from the command line to the command
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../util/escape.h"
#include "cli.h"

#ifndef SIPFAST_VERSION
#define SIPFAST_VERSION	"unknown"
#endif

#define OPTIONS	16	/* long options of a command and the common ones */

/* Letters of options that have only a long name. */
enum { OPT_COLOR = 0x100, OPT_CONTROL };

static const struct sf_command *const commands[] = {
	&sf_cmd_show,
	&sf_cmd_stats,
	&sf_cmd_monitor,
	&sf_cmd_top,
	&sf_cmd_trace,
	&sf_cmd_set,
	&sf_cmd_user,
	&sf_cmd_ban,
	&sf_cmd_unban,
	&sf_cmd_allow,
	&sf_cmd_reload,
	&sf_cmd_check,
	&sf_cmd_parse,
	&sf_cmd_policy,
	&sf_cmd_help,
};

static const struct option common[] = {
	{ "json", no_argument, NULL, 'j' },
	{ "color", optional_argument, NULL, OPT_COLOR },
	{ "control", required_argument, NULL, OPT_CONTROL },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
};

int sf_cli_error(struct sf_cli *cli, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("sipfast: ", cli->err);
	vfprintf(cli->err, format, args);
	fputc('\n', cli->err);
	va_end(args);
	return SF_EXIT_FAILURE;
}

int sf_cli_usage(struct sf_cli *cli, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("sipfast: ", cli->err);
	vfprintf(cli->err, format, args);
	va_end(args);
	if (cli->command)
		fprintf(cli->err, ": see 'sipfast help %s'\n",
			cli->command->name);
	else
		fputs(": see 'sipfast help'\n", cli->err);
	return SF_EXIT_USAGE;
}

static const struct sf_command *find_command(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}

static void print_overview(struct sf_cli *cli)
{
	size_t i;

	fputs("Usage: sipfast [OPTIONS] [COMMAND [ARGUMENTS]]\n\n"
	      "Shows and steers SIP calls that cross this router.\n\n"
	      "Commands, 'show' when there is none:\n", cli->out);
	for (i = 0; i < ARRAY_SIZE(commands); i++)
		fprintf(cli->out, "  %-8s  %s\n", commands[i]->name,
			commands[i]->summary);
	fputs("\nOptions of all commands:\n"
	      "  -j, --json          answer in JSON\n"
	      "      --color[=WHEN]  colours: auto, always, never\n"
	      "      --control FILE  the socket that sipfastd answers on\n"
	      "  -h, --help          show the help of the command\n"
	      "  -V, --version       show the version\n\n"
	      "Exit status: 0 success, 1 failure, 2 wrong usage.\n"
	      "'sipfast help COMMAND' and sipfast(8) say more.\n", cli->out);
}

static void print_help(struct sf_cli *cli, const struct sf_command *command)
{
	if (!command) {
		print_overview(cli);
		return;
	}
	fprintf(cli->out, "Usage: sipfast %s\n\n%c%s.\n", command->usage,
		toupper(command->summary[0]), command->summary + 1);
	if (command->help)
		fprintf(cli->out, "\n%s", command->help);
}

static int help_run(struct sf_cli *cli, int argc, char **argv)
{
	const struct sf_command *command = NULL;
	int c = sf_cli_option(cli, argc, argv, "", NULL);

	if (c < 0)
		return cli->status;
	if (argc - optind > 1)
		return sf_cli_usage(cli, "help takes one command");
	if (argc > optind) {
		command = find_command(argv[optind]);
		if (!command)
			return sf_cli_usage(cli, "there is no command '%s'",
					    argv[optind]);
	}
	print_help(cli, command);
	return SF_EXIT_OK;
}

const struct sf_command sf_cmd_help = {
	.name = "help",
	.usage = "help [COMMAND]",
	.summary = "show what a command does",
	.run = help_run,
};

static bool color_wanted(const struct sf_cli *cli)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	if (cli->color_mode != SF_COLOR_AUTO)
		return cli->color_mode == SF_COLOR_ALWAYS;
	if ((no && *no) || !term || !strcmp(term, "dumb"))
		return false;
	return isatty(fileno(cli->out));
}

static int set_color(struct sf_cli *cli, const char *when)
{
	static const char *const modes[] = {
		[SF_COLOR_AUTO] = "auto",
		[SF_COLOR_ALWAYS] = "always",
		[SF_COLOR_NEVER] = "never",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(modes); i++)
		if (!strcmp(modes[i], when ? when : "always"))
			break;
	if (i == ARRAY_SIZE(modes))
		return sf_cli_usage(cli, "--color is auto, always or never");
	cli->color_mode = i;
	cli->color = color_wanted(cli);
	return SF_EXIT_OK;
}

static int option_done(struct sf_cli *cli, int status)
{
	cli->status = status;
	return -1;
}

/* What getopt_long() did not take: optopt says whether it knew the option. */
static int option_wrong(struct sf_cli *cli, int c, const char *arg)
{
	bool is_long = !strncmp(arg, "--", 2);
	char name[64];

	sf_escape(name, sizeof(name), arg);
	if (c == '?' && !is_long)
		snprintf(name, sizeof(name), "-%c", optopt);
	if (c == ':')
		return sf_cli_usage(cli, "option %s needs a value", name);
	if (is_long && optopt)
		return sf_cli_usage(cli, "option %s takes no value", name);
	return sf_cli_usage(cli, "option %s is unknown", name);
}

/* Return 0 when the option was a common one and the next may come. */
static int common_option(struct sf_cli *cli, int c, char **argv)
{
	switch (c) {
	case 'j':
		cli->json = true;
		return 0;
	case OPT_COLOR:
		return set_color(cli, optarg) ?
		       option_done(cli, SF_EXIT_USAGE) : 0;
	case OPT_CONTROL:
		cli->control = optarg;
		return 0;
	case 'h':
		print_help(cli, cli->command);
		return option_done(cli, SF_EXIT_OK);
	case 'V':
		fprintf(cli->out, "sipfast %s\n", SIPFAST_VERSION);
		return option_done(cli, SF_EXIT_OK);
	case ':':
	case '?':
		return option_done(cli, option_wrong(cli, c, argv[optind - 1]));
	}
	return c;
}

int sf_cli_option(struct sf_cli *cli, int argc, char **argv,
		  const char *letters, const struct option *options)
{
	struct option all[OPTIONS + 1] = { 0 };
	char all_letters[32];
	size_t n = ARRAY_SIZE(common);
	bool first = *letters == '+';
	int c;

	memcpy(all, common, sizeof(common));
	for (; options && options->name && n < OPTIONS; options++)
		all[n++] = *options;
	snprintf(all_letters, sizeof(all_letters), "%s:jhV%s",
		 first ? "+" : "", letters + first);
	opterr = 0;
	do {
		c = getopt_long(argc, argv, all_letters, all, NULL);
		if (c == -1)
			return 0;
		c = common_option(cli, c, argv);
	} while (!c);
	return c;
}

int sf_tool(struct sf_cli *cli, int argc, char **argv)
{
	static char show[] = "show";
	char *none[] = { show, NULL };

	cli->command = NULL;
	cli->json = false;
	cli->control = NULL;
	cli->color_mode = SF_COLOR_AUTO;
	cli->color = color_wanted(cli);
	optind = 0;
	if (sf_cli_option(cli, argc, argv, "+", NULL) < 0)
		return cli->status;
	argc -= optind;
	argv += optind;
	optind = 0;
	if (!argc) {
		argc = 1;
		argv = none;
	}
	cli->command = find_command(argv[0]);
	if (!cli->command)
		return sf_cli_usage(cli, "there is no command '%s'", argv[0]);
	return cli->command->run(cli, argc, argv);
}
