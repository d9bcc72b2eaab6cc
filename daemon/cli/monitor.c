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

#include "../sys/ask.h"
#include "event.h"
#include "order.h"
#include "served.h"

#define TIMEOUT_MAX	1e9	/* seconds */

#define KERNEL	(SF_KERNEL_CALLS | SF_KERNEL_MEDIA | SF_KERNEL_SIP)
#define SERVED	0x100U	/* beside those: the daemon's events */

/**
 * struct monitor - a run of the command
 * @kernel: where events come from; NULL: not from there
 * @ask: where the daemon's come from; NULL: not from there
 * @order: events that are held back, if there are both
 * @groups: SF_KERNEL_* bits, and SERVED
 * @diff: show what was edited in messages
 * @decisions: about the message that comes next
 * @memory: calls and streams as they were last
 * @failed: it ended because there was nothing to listen to any more
 * @limited: end after @left events
 * @timed: end at @deadline
 * @deadline: on CLOCK_MONOTONIC, in milliseconds
 * @signals: is readable when the user wants to end it
 */
struct monitor {
	struct sf_cli *cli;
	struct sf_kernel *kernel;
	struct sf_ask *ask;
	struct sf_order order;
	unsigned int groups;
	bool diff;
	struct sf_snapshot decisions;
	struct sf_memory memory;
	bool failed;
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

static bool is_held_back(const struct monitor *monitor)
{
	return monitor->kernel && monitor->ask;
}

static int counted(struct monitor *monitor)
{
	if (monitor->limited && !--monitor->left)
		return DONE;
	return ferror(monitor->cli->out) ? DONE : 0;
}

static void print(struct monitor *monitor, const struct sf_info *info)
{
	if (info->kind == SIPFAST_A_MESSAGE)
		message(monitor, &info->message);
	else
		sf_event_print(monitor->cli, info, before(monitor, info));
}

static int event(const struct sf_info *info, void *arg)
{
	struct monitor *monitor = arg;
	struct timespec when;

	if (info->kind == SIPFAST_A_DECISION)
		return sf_snapshot_add(info, &monitor->decisions);
	if (is_held_back(monitor)) {
		sf_order_begin(&monitor->order, monitor->cli);
		print(monitor, info);
		monitor->cli->clock(&when);
		if (info->kind == SIPFAST_A_MESSAGE)
			when = sf_event_message_time(&info->message);
		sf_order_end(&monitor->order, monitor->cli, &when, now_ms());
	} else {
		print(monitor, info);
	}
	remember(info, monitor);
	return counted(monitor);
}

static int event_served(const json_t *line, void *arg)
{
	struct monitor *monitor = arg;
	const struct timespec when = sf_event_served_time(line);

	if (!is_held_back(monitor)) {
		sf_event_served(monitor->cli, line);
		return counted(monitor);
	}
	sf_order_begin(&monitor->order, monitor->cli);
	sf_event_served(monitor->cli, line);
	sf_order_end(&monitor->order, monitor->cli, &when, now_ms());
	return counted(monitor);
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

/* The daemon may end; the kernel does not. */
static int receive_served(struct monitor *monitor)
{
	int err = sf_ask_receive(monitor->ask, event_served, monitor);

	if (err >= 0)
		return err;
	sf_served_fail(monitor->cli, err, sf_ask_fault(monitor->ask));
	sf_order_flush(&monitor->order, monitor->cli, INT64_MAX);
	sf_ask_close(monitor->ask);
	monitor->ask = NULL;
	monitor->failed = !monitor->kernel;
	return monitor->kernel ? 0 : DONE;
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

static int wait_ms(const struct monitor *monitor)
{
	int64_t now = now_ms(), left = -1;

	if (monitor->timed)
		left = monitor->deadline > now ? monitor->deadline - now : 0;
	left = earlier(left, sf_order_wait(&monitor->order, now));
	return left < INT32_MAX ? left : INT32_MAX;
}

/* Take the signal: one that waits would end the process after all. */
static int interrupted(const struct monitor *monitor)
{
	struct signalfd_siginfo info;

	return read(monitor->signals, &info, sizeof(info)) < 0 ? -errno : DONE;
}

static int next(struct monitor *monitor)
{
	struct pollfd fds[] = {
		{ .fd = monitor->signals, .events = POLLIN },
		{ .fd = monitor->kernel ? sf_kernel_fd(monitor->kernel) : -1,
		  .events = POLLIN },
		{ .fd = monitor->ask ? sf_ask_fd(monitor->ask) : -1,
		  .events = POLLIN },
	};
	int n = poll(fds, ARRAY_SIZE(fds), wait_ms(monitor)), err = 0;

	if (n < 0)
		return errno == EINTR ? 0 : -errno;
	sf_order_flush(&monitor->order, monitor->cli, now_ms());
	if (fds[0].revents)
		return interrupted(monitor);
	if (fds[2].revents)
		err = receive_served(monitor);
	if (!err && fds[1].revents)
		err = receive(monitor);
	if (!err && !n && monitor->timed && now_ms() >= monitor->deadline)
		return DONE;
	return err;
}

static int follow(struct monitor *monitor)
{
	int err = 0;

	if (monitor->kernel) {
		err = sf_kernel_subscribe(monitor->kernel,
					  monitor->groups & KERNEL);
		if (!err)
			err = learn(monitor);
	}
	while (!err)
		err = next(monitor);
	sf_order_flush(&monitor->order, monitor->cli, INT64_MAX);
	sf_memory_clear(&monitor->memory);
	sf_snapshot_free(&monitor->decisions);
	if (err < 0)
		return sf_cli_kernel_error(monitor->cli, monitor->kernel, err);
	return monitor->failed ? SF_EXIT_FAILURE : SF_EXIT_OK;
}

static int open_served(struct monitor *monitor)
{
	char path[256];
	int err;

	sf_served_path(monitor->cli, path, sizeof(path));
	err = sf_ask_open(&monitor->ask, path);
	if (err)
		return err;
	err = sf_ask_listen(monitor->ask);
	if (err) {
		sf_ask_close(monitor->ask);
		monitor->ask = NULL;
	}
	return err;
}

/*
 * One of both is enough, and what is missing is told once; not that there is no
 * daemon where nobody wanted one.
 */
static int open_both(struct monitor *monitor)
{
	int kernel = -ENOENT, served = -ENOENT;
	bool wanted = monitor->groups & SERVED;

	if (wanted)
		served = open_served(monitor);
	if (monitor->groups & KERNEL)
		kernel = sf_kernel_open(&monitor->kernel);
	if (kernel && (monitor->groups & KERNEL))
		sf_cli_kernel_error(monitor->cli, NULL, kernel);
	if (served && wanted && (monitor->groups == SERVED ||
				 (served != -ENOENT && served != -ECONNREFUSED) ||
				 monitor->cli->control ||
				 sf_ask_configured(SF_SERVED_FILE)))
		sf_served_fail(monitor->cli, served, "");
	return monitor->kernel || monitor->ask ? SF_EXIT_OK : SF_EXIT_FAILURE;
}

/* Signals end the loop, not the process: the last line is written whole. */
static int run(struct monitor *monitor)
{
	sigset_t end, old;
	int status = open_both(monitor);

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
	sf_ask_close(monitor->ask);
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
		monitor->groups |= SF_KERNEL_CALLS | SERVED;
	else if (!strcmp(name, "daemon"))
		monitor->groups |= SERVED;
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
		monitor.groups = SF_KERNEL_CALLS | SF_KERNEL_MEDIA | SERVED;
	return status ? status : run(&monitor);
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
