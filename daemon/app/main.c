// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * main.c - sipfastd(8): from the command line to the daemon, and signals
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "../sys/control.h"
#include "../util/clock.h"
#include "../util/container.h"
#include "../util/notify.h"
#include "desk.h"
#include "reload.h"
#include "sets.h"

#ifndef SIPFAST_VERSION
#define SIPFAST_VERSION	"unknown"
#endif

#define TICK_MS		1000
#define DRAIN_MS	5000	/* how long what is under way may take */
#define DEAD_MS		10000	/* a worker that says nothing for so long hangs */

/**
 * struct main - the main thread
 * @loop: what it waits for
 * @signals: its signals
 * @tick: fires every second
 * @daemon: what it looks after
 * @sets: the kernel's, which it keeps in step; NULL: it does not
 * @desk: who answers the tool; NULL: nobody
 * @control: the socket for it, until it takes that over; or a negative errno
 * @file: the configuration's
 * @ending: since when it ends, on sf_clock_ms(); 0: it does not
 */
struct main {
	struct sf_loop loop;
	struct sf_watch signals;
	struct sf_timer tick;
	struct sf_daemon *daemon;
	struct sf_sets *sets;
	struct sf_desk *desk;
	int control;
	const char *file;
	u64 ending;
};

static bool read_again(void *owner, FILE *errors)
{
	struct main *self = owner;
	struct sf_conf *conf;
	bool good;

	sf_notify("RELOADING=1");
	good = !sf_conf_read(&conf, self->file, errors);
	if (good) {
		sf_daemon_reload(self->daemon, conf);
		sf_conf_put(conf);
		sf_log(SF_LOG_NOTICE, "reloaded", "file=%s", self->file);
	} else {
		sf_log(SF_LOG_ERROR, "reload-failed", "file=%s", self->file);
	}
	sf_notify("READY=1");
	return good;
}

static const struct sf_desk_user desk_user = {
	.version = SIPFAST_VERSION,
	.reload = read_again,
};

static void end(struct main *self)
{
	/* Twice means now. */
	if (self->ending) {
		self->loop.stop = true;
		return;
	}
	sf_notify("STOPPING=1");
	self->ending = sf_clock_ms();
	sf_daemon_drain(self->daemon);
}

static void signalled(struct sf_watch *watch, u32 events)
{
	struct main *self = container_of(watch, struct main, signals);
	struct signalfd_siginfo info;

	(void)events;
	if (read(watch->fd, &info, sizeof(info)) != sizeof(info))
		return;
	if (info.ssi_signo == SIGHUP)
		read_again(self, stderr);
	else
		end(self);
}

static bool is_alive(const struct sf_daemon *daemon, u64 now)
{
	u32 i;

	for (i = 0; i < daemon->workers; i++)
		if (now - daemon->worker[i].alive > DEAD_MS)
			return false;
	return true;
}

static void tick(struct sf_timer *timer)
{
	struct main *self = container_of(timer, struct main, tick);
	u64 now = sf_clock_ms();

	sf_daemon_tick(self->daemon);
	if (sf_notify_watchdog() && is_alive(self->daemon, now))
		sf_notify("WATCHDOG=1");
	if (self->ending && (!sf_daemon_busy(self->daemon) ||
			     now - self->ending > DRAIN_MS))
		self->loop.stop = true;
	sf_timer_set(&self->loop.wheel, timer, self->ending ? 100 : TICK_MS);
}

static int watch_signals(struct main *self)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	/* Threads that are made later inherit it. */
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	self->signals.fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	self->signals.ready = signalled;
	if (self->signals.fd < 0)
		return -errno;
	return sf_loop_watch(&self->loop, &self->signals, EPOLLIN);
}

static void no_control(const struct sf_conf *conf, int err)
{
	sf_log(SF_LOG_ERROR, "control-failed", "file=%s error=\"%s\"",
	       conf->control, strerror(-err));
}

/*
 * Its ports can be shared (SO_REUSEPORT): a second daemon would get a part of
 * what is meant for the first, and nobody would notice. The control socket can
 * not, and is taken before the ports.
 *
 * Return: false when there is another.
 */
static bool claim(struct main *self, const struct sf_conf *conf)
{
	self->control = sf_control_claim(conf->control);
	if (self->control != -EADDRINUSE)
		return true;
	sf_log(SF_LOG_ERROR, "already-running",
	       "file=%s error=\"another sipfastd answers there\"",
	       conf->control);
	return false;
}

/* Phones do not need it: without it, it serves nevertheless. */
static void open_desk(struct main *self, const struct sf_conf *conf)
{
	int err = self->control;

	if (err >= 0)
		err = sf_desk_open(&self->desk, &self->loop, self->daemon,
				   self->control, &desk_user, self);
	if (!err)
		self->control = -1;
	else
		no_control(conf, err);
}

/* What the desk did not take: nobody answers there. */
static void unclaim(struct main *self, const struct sf_conf *conf)
{
	if (self->control < 0)
		return;
	unlink(conf->control);
	close(self->control);
}

static void banned(void *owner, const struct sf_ip *ip)
{
	struct main *self = owner;

	sf_daemon_banned(self->daemon, ip);
}

static const struct sf_sets_user sets_user = { .banned = banned };

/* Nor does anybody need rules to make a call. */
static void open_sets(struct main *self)
{
	int err = sf_sets_open(&self->sets, &self->loop, &sf_nft_kernel,
			       &sets_user, self);

	if (err)
		sf_log(SF_LOG_ERROR, "sets-failed", "error=\"%s\"",
		       strerror(-err));
	else
		sf_daemon_sets(self->daemon, self->sets);
}

static int serve(struct main *self, struct sf_conf *conf)
{
	int err = sf_loop_init(&self->loop);

	if (!err)
		err = watch_signals(self);
	if (!err && !claim(self, conf))
		err = -EADDRINUSE;
	if (!err) {
		err = sf_daemon_open(&self->daemon, conf, &sf_handover_kernel);
		if (err)
			unclaim(self, conf);
	}
	if (err)
		return err;
	open_desk(self, conf);
	open_sets(self);
	err = sf_daemon_start(self->daemon);
	if (!err) {
		self->tick.fire = tick;
		tick(&self->tick);
		sf_log(SF_LOG_NOTICE, "started", "version=%s workers=%u",
		       SIPFAST_VERSION, self->daemon->workers);
		sf_notify("READY=1");
		sf_loop_run(&self->loop);
	}
	sf_daemon_close(self->daemon);
	sf_sets_close(self->sets);
	sf_desk_close(self->desk);
	unclaim(self, conf);
	sf_log(SF_LOG_NOTICE, "stopped", "version=%s", SIPFAST_VERSION);
	close(self->signals.fd);
	sf_loop_close(&self->loop);
	return err;
}

static int try(const char *file)
{
	if (sf_conf_test(file, stderr))
		return 1;
	printf("%s: fine\n", file);
	return 0;
}

static void usage(FILE *out)
{
	fputs("Usage: sipfastd [-c FILE] [-t]\n"
	      "\n"
	      "  -c, --config FILE  the configuration (" SF_CONF_FILE ")\n"
	      "  -t, --test         say whether the configuration is right, and end\n"
	      "  -V, --version      say which version it is\n"
	      "  -h, --help         say this\n"
	      "\n"
	      "It stays in the foreground and writes to standard error. SIGHUP reads the\n"
	      "configuration again; SIGTERM ends, after what is under way.\n", out);
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "test", no_argument, NULL, 't' },
		{ "version", no_argument, NULL, 'V' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	struct main self = { .file = SF_CONF_FILE, .control = -1 };
	struct sf_conf *conf;
	bool test = false;
	int c, err;

	while ((c = getopt_long(argc, argv, "c:tVh", options, NULL)) >= 0) {
		switch (c) {
		case 'c':
			self.file = optarg;
			break;
		case 't':
			test = true;
			break;
		case 'V':
			puts("sipfastd " SIPFAST_VERSION);
			return 0;
		case 'h':
			usage(stdout);
			return 0;
		default:
			usage(stderr);
			return 2;
		}
	}
	if (optind < argc) {
		usage(stderr);
		return 2;
	}
	sf_conf_credentials(self.file);
	if (test)
		return try(self.file);
	err = sf_conf_read(&conf, self.file, stderr);
	if (err)
		return 1;
	sf_log_level(conf->level);
	err = serve(&self, conf);
	sf_conf_put(conf);
	return err ? 1 : 0;
}
