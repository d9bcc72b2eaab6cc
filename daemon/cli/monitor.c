// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * monitor.c - sipfast monitor: events as they come
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <linux/sipfast.h>

#include "follow.h"

#define TIMEOUT_MAX	1e9	/* seconds */

/* Letters of options that have only a long name, apart from tool.c's. */
enum { OPT_SIP = 0x200, OPT_DIFF };

static const struct option options[] = {
	{ "count", required_argument, NULL, 'n' },
	{ "timeout", required_argument, NULL, 't' },
	{ "sip", no_argument, NULL, OPT_SIP },
	{ "diff", no_argument, NULL, OPT_DIFF },
	{ 0 },
};

static int parse_count(struct sf_monitor *monitor, const char *text)
{
	char *end;

	errno = 0;
	monitor->left = strtoul(text, &end, 10);
	monitor->limited = true;
	if (errno || *end || *text < '0' || *text > '9' || !monitor->left)
		return sf_cli_usage(monitor->cli,
				    "--count is a number, not '%s'", text);
	return SF_EXIT_OK;
}

static int parse_timeout(struct sf_monitor *monitor, const char *text)
{
	char *end;
	double seconds = strtod(text, &end);

	if (*end || end == text || !(seconds >= 0 && seconds <= TIMEOUT_MAX))
		return sf_cli_usage(monitor->cli,
				    "--timeout is seconds, not '%s'", text);
	monitor->timed = true;
	monitor->deadline = sf_monitor_now() + (int64_t)ceil(seconds * 1000);
	return SF_EXIT_OK;
}

static int parse_group(struct sf_monitor *monitor, const char *name)
{
	if (!strcmp(name, SIPFAST_MCGRP_CALL))
		monitor->groups |= SF_KERNEL_CALLS | SF_MONITOR_SERVED;
	else if (!strcmp(name, "daemon"))
		monitor->groups |= SF_MONITOR_SERVED;
	else if (!strcmp(name, SIPFAST_MCGRP_MEDIA))
		monitor->groups |= SF_KERNEL_MEDIA;
	else if (!strcmp(name, SIPFAST_MCGRP_SIP))
		monitor->groups |= SF_KERNEL_SIP;
	else
		return sf_cli_usage(monitor->cli,
				    "there is no group '%s'", name);
	return SF_EXIT_OK;
}

static int parse_option(struct sf_monitor *monitor, int c)
{
	switch (c) {
	case 'n':
		return parse_count(monitor, optarg);
	case 't':
		return parse_timeout(monitor, optarg);
	case OPT_DIFF:
		monitor->diff = true;
		break;
	}
	monitor->groups |= SF_KERNEL_SIP;
	return SF_EXIT_OK;
}

static int monitor_run(struct sf_cli *cli, int argc, char **argv)
{
	struct sf_monitor monitor = { .cli = cli };
	int c, status = SF_EXIT_OK;

	while ((c = sf_cli_option(cli, argc, argv, "n:t:", options)) > 0) {
		status = parse_option(&monitor, c);
		if (status)
			return status;
	}
	if (c < 0)
		return cli->status;
	for (; optind < argc && !status; optind++)
		status = parse_group(&monitor, argv[optind]);
	if (!monitor.groups)
		monitor.groups = SF_KERNEL_CALLS | SF_KERNEL_MEDIA | SF_MONITOR_SERVED;
	return status ? status : sf_monitor_run(&monitor);
}

const struct sf_command sf_cmd_monitor = {
	.name = "monitor",
	.usage = "monitor [-n COUNT] [-t SECONDS] [--sip [--diff]] [call] [media] [sip]\n"
		 "                        [daemon]",
	.summary = "show calls, media, registrations and messages as they come",
	.help = "  -n, --count COUNT      end after so many events\n"
		"  -t, --timeout SECONDS  end after this time\n"
		"      --sip              the same as sip\n"
		"      --diff             with the lines that were edited\n"
		"  call                   only calls and registrations, of both\n"
		"  media                  only streams\n"
		"  sip                    only SIP messages\n"
		"  daemon                 only what sipfastd tells: registrations, calls,\n"
		"                         trunks, and what it refused\n"
		"\nWithout a word it shows calls, media and what sipfastd tells; it runs until\n"
		"it is interrupted.\n",
	.run = monitor_run,
};
