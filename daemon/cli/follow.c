// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * follow.c - events of kernel and daemon, as they come
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <linux/sipfast.h>

#include "follow.h"
#include "served.h"

enum { DONE = 1 };

#define AGAIN_MS	1000	/* until a daemon that went away is looked for */

int64_t sf_monitor_now(void)
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

static const struct sf_seen *before(const struct sf_monitor *monitor,
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
	struct sf_monitor *monitor = arg;

	if (!is_remembered(info))
		return 0;
	if (is_end(info->cmd))
		sf_memory_forget(&monitor->memory, info);
	else
		sf_memory_store(&monitor->memory, info);
	return 0;
}

static void message(struct sf_monitor *monitor, const struct sf_message_info *info)
{
	sf_event_message(monitor->cli, info, &monitor->decisions,
			 monitor->diff);
	sf_snapshot_free(&monitor->decisions);
	memset(&monitor->decisions, 0, sizeof(monitor->decisions));
}

static bool is_held_back(const struct sf_monitor *monitor)
{
	return monitor->kernel && monitor->ask;
}

static int counted(struct sf_monitor *monitor)
{
	if (monitor->limited && !--monitor->left)
		return DONE;
	return ferror(monitor->cli->out) ? DONE : 0;
}

static void print(struct sf_monitor *monitor, const struct sf_info *info)
{
	if (info->kind == SIPFAST_A_MESSAGE)
		message(monitor, &info->message);
	else
		sf_event_print(monitor->cli, info, before(monitor, info));
}

static int event(const struct sf_info *info, void *arg)
{
	struct sf_monitor *monitor = arg;
	struct timespec when;

	if (info->kind == SIPFAST_A_DECISION)
		return sf_snapshot_add(info, &monitor->decisions);
	if (is_held_back(monitor)) {
		sf_order_begin(&monitor->order, monitor->cli);
		print(monitor, info);
		monitor->cli->clock(&when);
		if (info->kind == SIPFAST_A_MESSAGE)
			when = sf_event_message_time(&info->message);
		sf_order_end(&monitor->order, monitor->cli, &when, sf_monitor_now());
	} else {
		print(monitor, info);
	}
	remember(info, monitor);
	return counted(monitor);
}

static int event_served(const json_t *line, void *arg)
{
	struct sf_monitor *monitor = arg;
	const struct timespec when = sf_event_served_time(line);

	if (!is_held_back(monitor)) {
		sf_event_served(monitor->cli, line);
		return counted(monitor);
	}
	sf_order_begin(&monitor->order, monitor->cli);
	sf_event_served(monitor->cli, line);
	sf_order_end(&monitor->order, monitor->cli, &when, sf_monitor_now());
	return counted(monitor);
}

/*
 * Learn what there is, so that the first change of an object can be told.
 * Over a link of its own: answers and events would mix on one.
 */
static int learn(struct sf_monitor *monitor)
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
static int receive(struct sf_monitor *monitor)
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

static int open_served(struct sf_monitor *monitor)
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

/* The daemon may end, and mostly comes back: an update, a restart. */
static int receive_served(struct sf_monitor *monitor)
{
	int err = sf_ask_receive(monitor->ask, event_served, monitor);

	if (err >= 0)
		return err;
	sf_order_flush(&monitor->order, monitor->cli, INT64_MAX);
	sf_event_served_gone(monitor->cli);
	sf_ask_close(monitor->ask);
	monitor->ask = NULL;
	monitor->away = true;
	monitor->again = sf_monitor_now() + AGAIN_MS;
	return 0;
}

static void look_again(struct sf_monitor *monitor)
{
	if (!monitor->away || sf_monitor_now() < monitor->again)
		return;
	monitor->again = sf_monitor_now() + AGAIN_MS;
	if (open_served(monitor))
		return;
	monitor->away = false;
	sf_event_served_back(monitor->cli);
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

static int wait_ms(const struct sf_monitor *monitor)
{
	int64_t now = sf_monitor_now(), left = -1;

	if (monitor->timed)
		left = monitor->deadline > now ? monitor->deadline - now : 0;
	if (monitor->away)
		left = earlier(left, monitor->again > now ?
				     monitor->again - now : 0);
	left = earlier(left, sf_order_wait(&monitor->order, now));
	return left < INT32_MAX ? left : INT32_MAX;
}

/* Take the signal: one that waits would end the process after all. */
static int interrupted(const struct sf_monitor *monitor)
{
	struct signalfd_siginfo info;

	return read(monitor->signals, &info, sizeof(info)) < 0 ? -errno : DONE;
}

static int next(struct sf_monitor *monitor)
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
	sf_order_flush(&monitor->order, monitor->cli, sf_monitor_now());
	if (fds[0].revents)
		return interrupted(monitor);
	look_again(monitor);
	if (fds[2].revents)
		err = receive_served(monitor);
	if (!err && fds[1].revents)
		err = receive(monitor);
	if (!err && !n && monitor->timed && sf_monitor_now() >= monitor->deadline)
		return DONE;
	return err;
}

static int follow(struct sf_monitor *monitor)
{
	int err = 0;

	if (monitor->kernel) {
		err = sf_kernel_subscribe(monitor->kernel,
					  monitor->groups & SF_MONITOR_KERNEL);
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
	return SF_EXIT_OK;
}

/* Does anybody miss a daemon that does not answer? */
static bool is_missed(const struct sf_monitor *monitor, int err)
{
	if (err != -ENOENT && err != -ECONNREFUSED)
		return true;
	return monitor->groups == SF_MONITOR_SERVED || monitor->cli->control ||
	       sf_ask_configured(SF_SERVED_FILE);
}

/* One of both is enough, and what is missing is told once. */
static int open_both(struct sf_monitor *monitor)
{
	int err;

	if (monitor->groups & SF_MONITOR_SERVED) {
		err = open_served(monitor);
		if (err && is_missed(monitor, err))
			sf_served_fail(monitor->cli, err, "");
	}
	if (monitor->groups & SF_MONITOR_KERNEL) {
		err = sf_kernel_open(&monitor->kernel);
		if (err)
			sf_cli_kernel_error(monitor->cli, NULL, err);
	}
	return monitor->kernel || monitor->ask ? SF_EXIT_OK : SF_EXIT_FAILURE;
}

/* Signals end the loop, not the process: the last line is written whole. */
int sf_monitor_run(struct sf_monitor *monitor)
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
