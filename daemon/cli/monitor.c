// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * monitor.c - sipfast monitor: events as they come
 */
#include <errno.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <linux/sipfast.h>

#include "event.h"

#define TIMEOUT_MAX	1e9	/* seconds */

/**
 * struct monitor - a run of the command
 * @kernel: where events come from
 * @groups: SF_KERNEL_* bits
 * @diff: show what was edited in messages
 * @decisions: about the message that comes next
 * @memory: calls and streams as they were last
 * @limited: end after @left events
 * @timed: end at @deadline
 * @deadline: on CLOCK_MONOTONIC, in milliseconds
 * @signals: is readable when the user wants to end it
 */
struct monitor {
	struct sf_cli *cli;
	struct sf_kernel *kernel;
	unsigned int groups;
	bool diff;
	struct sf_snapshot decisions;
	struct sf_memory memory;
	bool limited;
	unsigned long left;
	bool timed;
	int64_t deadline;
	int signals;
};

enum { DONE = 1 };

/* Letters of options that have only a long name, apart from tool.c's. */
enum { OPT_SIP = 0x200, OPT_DIFF };

static const struct option options[] = {
	{ "count", required_argument, NULL, 'n' },
	{ "timeout", required_argument, NULL, 't' },
	{ "sip", no_argument, NULL, OPT_SIP },
	{ "diff", no_argument, NULL, OPT_DIFF },
	{ 0 },
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static bool is_end(uint8_t cmd)
{
	return cmd == SIPFAST_CMD_CALL_END_NTF ||
	       cmd == SIPFAST_CMD_STREAM_END_NTF;
}

static bool is_remembered(const struct sf_info *info)
{
	return info->kind == SIPFAST_A_CALL || info->kind == SIPFAST_A_STREAM;
}

static const struct sf_seen *before(const struct monitor *monitor,
				    const struct sf_info *info)
{
	if (!is_remembered(info))
		return NULL;
	return sf_memory_find(&monitor->memory, info->kind,
			      info->kind == SIPFAST_A_CALL ?
			      info->call.id : info->stream.id);
}

static int remember(const struct sf_info *info, void *arg)
{
	struct monitor *monitor = arg;

	if (!is_remembered(info))
		return 0;
	if (is_end(info->cmd))
		sf_memory_forget(&monitor->memory, info);
	else
		sf_memory_store(&monitor->memory, info);
	return 0;
}

static void message(struct monitor *monitor, const struct sf_message_info *info)
{
	sf_event_message(monitor->cli, info, &monitor->decisions,
			 monitor->diff);
	sf_snapshot_free(&monitor->decisions);
	memset(&monitor->decisions, 0, sizeof(monitor->decisions));
}

static int event(const struct sf_info *info, void *arg)
{
	struct monitor *monitor = arg;

	if (info->kind == SIPFAST_A_DECISION)
		return sf_snapshot_add(info, &monitor->decisions);
	if (info->kind == SIPFAST_A_MESSAGE)
		message(monitor, &info->message);
	else
		sf_event_print(monitor->cli, info, before(monitor, info));
	remember(info, monitor);
	if (monitor->limited && !--monitor->left)
		return DONE;
	return ferror(monitor->cli->out) ? DONE : 0;
}

/*
 * Learn what there is, so that the first change of an object can be told.
 * Over a link of its own: answers and events would mix on one.
 */
static int learn(struct monitor *monitor)
{
	struct sf_kernel *kernel;
	int err;

	sf_memory_clear(&monitor->memory);
	err = sf_kernel_open(&kernel);
	if (err)
		return err;
	if (monitor->groups & SF_KERNEL_CALLS)
		err = sf_kernel_get(kernel, SIPFAST_CMD_GET_CALL, remember,
				    monitor);
	if (!err && (monitor->groups & SF_KERNEL_MEDIA))
		err = sf_kernel_get(kernel, SIPFAST_CMD_GET_STREAM, remember,
				    monitor);
	sf_kernel_close(kernel);
	return err;
}

/* Return 0 to go on, DONE, or a negative error. */
static int receive(struct monitor *monitor)
{
	int err = sf_kernel_receive(monitor->kernel, event, monitor);

	if (err == -ENOBUFS) {
		sf_event_lost(monitor->cli);
		return learn(monitor);
	}
	if (err == -EBADMSG) {
		sf_cli_kernel_error(monitor->cli, NULL, err);
		return 0;
	}
	return err;
}

static int wait_ms(const struct monitor *monitor)
{
	int64_t left;

	if (!monitor->timed)
		return -1;
	left = monitor->deadline - now_ms();
	if (left < 0)
		return 0;
	return left < INT32_MAX ? left : INT32_MAX;
}

/* Take the signal: one that waits would end the process after all. */
static int interrupted(const struct monitor *monitor)
{
	struct signalfd_siginfo info;

	return read(monitor->signals, &info, sizeof(info)) < 0 ? -errno : DONE;
}

static int watch(struct monitor *monitor)
{
	struct pollfd fds[] = {
		{ .fd = monitor->signals, .events = POLLIN },
		{ .fd = sf_kernel_fd(monitor->kernel), .events = POLLIN },
	};
	int n, err = 0;

	while (!err) {
		n = poll(fds, ARRAY_SIZE(fds), wait_ms(monitor));
		if (n < 0 && errno != EINTR)
			return -errno;
		if (n > 0 && fds[0].revents)
			return interrupted(monitor);
		if (n > 0)
			err = receive(monitor);
		else if (monitor->timed && now_ms() >= monitor->deadline)
			return DONE;
	}
	return err;
}

static int follow(struct monitor *monitor)
{
	int err = sf_kernel_subscribe(monitor->kernel, monitor->groups);

	if (!err)
		err = learn(monitor);
	if (!err)
		err = watch(monitor);
	sf_memory_clear(&monitor->memory);
	sf_snapshot_free(&monitor->decisions);
	if (err < 0)
		return sf_cli_kernel_error(monitor->cli, monitor->kernel, err);
	return SF_EXIT_OK;
}

/* Signals end the loop, not the process: the last line is written whole. */
static int run(struct monitor *monitor)
{
	sigset_t end, old;
	int status;

	status = sf_cli_open(monitor->cli, &monitor->kernel);
	if (status)
		return status;
	sigemptyset(&end);
	sigaddset(&end, SIGINT);
	sigaddset(&end, SIGTERM);
	sigprocmask(SIG_BLOCK, &end, &old);
	monitor->signals = signalfd(-1, &end, SFD_CLOEXEC);
	if (monitor->signals < 0)
		status = sf_cli_error(monitor->cli, "signalfd: %s",
				      strerror(errno));
	else
		status = follow(monitor);
	close(monitor->signals);
	sigprocmask(SIG_SETMASK, &old, NULL);
	sf_kernel_close(monitor->kernel);
	return status;
}

static int parse_count(struct monitor *monitor, const char *text)
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

static int parse_timeout(struct monitor *monitor, const char *text)
{
	char *end;
	double seconds = strtod(text, &end);

	if (*end || end == text || !(seconds >= 0 && seconds <= TIMEOUT_MAX))
		return sf_cli_usage(monitor->cli,
				    "--timeout is seconds, not '%s'", text);
	monitor->timed = true;
	monitor->deadline = now_ms() + (int64_t)ceil(seconds * 1000);
	return SF_EXIT_OK;
}

static int parse_group(struct monitor *monitor, const char *name)
{
	if (!strcmp(name, SIPFAST_MCGRP_CALL))
		monitor->groups |= SF_KERNEL_CALLS;
	else if (!strcmp(name, SIPFAST_MCGRP_MEDIA))
		monitor->groups |= SF_KERNEL_MEDIA;
	else if (!strcmp(name, SIPFAST_MCGRP_SIP))
		monitor->groups |= SF_KERNEL_SIP;
	else
		return sf_cli_usage(monitor->cli,
				    "there is no group '%s'", name);
	return SF_EXIT_OK;
}

static int parse_option(struct monitor *monitor, int c)
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
	struct monitor monitor = { .cli = cli };
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
		monitor.groups = SF_KERNEL_CALLS | SF_KERNEL_MEDIA;
	return status ? status : run(&monitor);
}

const struct sf_command sf_cmd_monitor = {
	.name = "monitor",
	.usage = "monitor [-n COUNT] [-t SECONDS] [--sip [--diff]] [call] [media] [sip]",
	.summary = "show calls, media, registrations and messages as they come",
	.help = "  -n, --count COUNT      end after so many events\n"
		"  -t, --timeout SECONDS  end after this time\n"
		"      --sip              the same as sip\n"
		"      --diff             with the lines that were edited\n"
		"  call                   only calls and registrations\n"
		"  media                  only streams\n"
		"  sip                    only SIP messages\n"
		"\nWithout a word it shows calls and media; it runs until it is interrupted.\n",
	.run = monitor_run,
};
