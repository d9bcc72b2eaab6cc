// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * trace.c - sipfast trace: the messages of a call or a user, as they come
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "../util/escape.h"
#include "capture.h"
#include "follow.h"
#include "json.h"
#include "ladder.h"
#include "lines.h"
#include "mem.h"
#include "served.h"

enum { DONE = 1 };

#define SECONDS_MAX	1e9
#define INDENT	4	/* of the lines of a message */

static const struct option options[] = {
	{ "write", required_argument, NULL, 'w' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "count", required_argument, NULL, 'n' },
	{ "for", required_argument, NULL, 't' },
	{ 0 },
};

/**
 * struct tracing - a run of the command
 * @cli: how it prints
 * @filter: what is wanted
 * @file: where the capture goes; NULL: there is none
 * @pipe: that is the standard output, and nothing else is printed there
 * @verbose: messages in full
 * @limited: end after @left messages
 * @timed: end at @deadline, on CLOCK_MONOTONIC, in milliseconds
 * @ask: where messages come from
 * @signals: is readable when the user wants to end it
 * @capture: the capture
 * @ladder: what was drawn
 * @seen: the messages so far
 * @lost: and how many there were besides
 * @sighting: the last one
 */
struct tracing {
	struct sf_cli *cli;
	const char *filter;
	const char *file;
	bool pipe;
	bool verbose;
	bool limited;
	unsigned long left;
	bool timed;
	int64_t deadline;
	struct sf_ask *ask;
	int signals;
	struct sf_capture capture;
	struct sf_ladder ladder;
	struct sf_sightings seen;
	uint64_t lost;
	struct sf_sighting sighting;
};

static void print_lines(struct sf_cli *cli, const struct sf_sighting *sighting)
{
	struct sf_bytes bytes = { sighting->bytes, sighting->len };
	struct sf_lines lines = sf_lines_split(bytes, false);
	char *safe;
	size_t i;

	for (i = 0; i < lines.n; i++) {
		safe = sf_mem_check(sf_escape_bytes(lines.line[i].data,
						    lines.line[i].len));
		fprintf(cli->out, "%*s%s\n", *safe ? INDENT : 0, "", safe);
		free(safe);
	}
	free(lines.line);
}

static void print(struct tracing *tracing)
{
	struct sf_cli *cli = tracing->cli;

	if (tracing->pipe)
		return;
	if (cli->json) {
		sf_json_print(cli, sf_sighting_json(&tracing->sighting), true);
	} else {
		sf_ladder_add(&tracing->ladder, &tracing->sighting);
		if (tracing->verbose)
			print_lines(cli, &tracing->sighting);
	}
	fflush(cli->out);
}

static int write_down(struct tracing *tracing)
{
	if (!tracing->file ||
	    sf_capture_add(&tracing->capture, &tracing->sighting))
		return 0;
	sf_cli_error(tracing->cli, "%s: %s", tracing->file, strerror(errno));
	tracing->cli->status = SF_EXIT_FAILURE;
	return DONE;
}

static void lose(struct tracing *tracing, const json_t *event)
{
	tracing->lost += sf_served_number(event, "count");
	if (!tracing->pipe)
		sf_event_served(tracing->cli, event);
}

static int event(const json_t *line, void *arg)
{
	struct tracing *tracing = arg;
	int err;

	if (!strcmp(sf_served_text(line, "event"), "lost")) {
		lose(tracing, line);
		return 0;
	}
	if (!sf_sighting_read(&tracing->sighting, line))
		return 0;
	sf_sightings_add(&tracing->seen, &tracing->sighting);
	err = write_down(tracing);
	print(tracing);
	if (err || (tracing->limited && !--tracing->left))
		return DONE;
	return ferror(tracing->cli->out) ? DONE : 0;
}

static int wait_ms(const struct tracing *tracing)
{
	int64_t left = tracing->timed ? tracing->deadline - sf_monitor_now() : -1;

	if (tracing->timed && left < 0)
		left = 0;
	return left < INT32_MAX ? (int)left : INT32_MAX;
}

/* Take the signal: one that waits would end the process after all. */
static int interrupted(const struct tracing *tracing)
{
	struct signalfd_siginfo info;

	return read(tracing->signals, &info, sizeof(info)) < 0 ? -errno : DONE;
}

static int next(struct tracing *tracing)
{
	struct pollfd fds[] = {
		{ .fd = tracing->signals, .events = POLLIN },
		{ .fd = sf_ask_fd(tracing->ask), .events = POLLIN },
	};
	int n = poll(fds, ARRAY_SIZE(fds), wait_ms(tracing));

	if (n < 0)
		return errno == EINTR ? 0 : -errno;
	if (fds[0].revents)
		return interrupted(tracing);
	if (fds[1].revents)
		return sf_ask_receive(tracing->ask, event, tracing);
	return tracing->timed && sf_monitor_now() >= tracing->deadline ? DONE : 0;
}

/* What was seen is told even when the daemon went away. */
static void print_end(const struct tracing *tracing)
{
	struct sf_cli *cli = tracing->cli;

	if (cli->json || tracing->pipe)
		return;
	fputc('\n', cli->out);
	sf_put_count(cli->out, tracing->seen.count, "message");
	if (tracing->lost)
		fprintf(cli->out, ", and %" PRIu64 " lost", tracing->lost);
	if (tracing->file) {
		fputs(", in ", cli->out);
		sf_put_text(cli->out, tracing->file);
	}
	fputc('\n', cli->out);
}

static int follow(struct tracing *tracing)
{
	struct sf_cli *cli = tracing->cli;
	int err;

	if (!cli->json && !tracing->pipe) {
		fputs("Tracing ", cli->out);
		sf_put_text(cli->out, tracing->filter);
		fputs(tracing->timed || tracing->limited ?
		      "\n" : ", until it is interrupted\n", cli->out);
		fflush(cli->out);
	}
	/* Some may have come with the answer. */
	err = sf_ask_receive(tracing->ask, event, tracing);
	while (!err)
		err = next(tracing);
	print_end(tracing);
	return err < 0 ? sf_served_fail(cli, err, "") : cli->status;
}

/* Signals end the loop, not the process: the last line is written whole. */
static int run(struct tracing *tracing)
{
	sigset_t end, old;
	int status;

	sigemptyset(&end);
	sigaddset(&end, SIGINT);
	sigaddset(&end, SIGTERM);
	sigprocmask(SIG_BLOCK, &end, &old);
	tracing->signals = signalfd(-1, &end, SFD_CLOEXEC);
	if (tracing->signals < 0)
		status = sf_cli_error(tracing->cli, "signalfd: %s",
				      strerror(errno));
	else
		status = follow(tracing);
	close(tracing->signals);
	sigprocmask(SIG_SETMASK, &old, NULL);
	return status;
}

static int begin_trace(struct tracing *tracing)
{
	char path[256], fault[256];
	int err;

	sf_served_path(tracing->cli, path, sizeof(path));
	err = sf_ask_open(&tracing->ask, path);
	if (err)
		return sf_served_fail(tracing->cli, err, "");
	err = sf_ask_trace(tracing->ask, tracing->filter);
	if (!err)
		return SF_EXIT_OK;
	if (err == -EINVAL)
		return sf_cli_usage(tracing->cli,
				    "trace takes a Call-ID or a user");
	sf_escape(fault, sizeof(fault), sf_ask_fault(tracing->ask));
	return sf_served_fail(tracing->cli, err, fault);
}

/* It says who calls whom: that is for nobody else to read. */
static int open_capture(struct tracing *tracing)
{
	FILE *file = NULL;
	int fd;

	if (tracing->pipe) {
		tracing->capture.file = tracing->cli->out;
		return SF_EXIT_OK;
	}
	fd = open(tracing->file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd >= 0)
		file = fdopen(fd, "w");
	if (!file)
		return sf_cli_error(tracing->cli, "%s: %s", tracing->file,
				    strerror(errno));
	tracing->capture.file = file;
	return SF_EXIT_OK;
}

static int trace(struct tracing *tracing)
{
	int status = begin_trace(tracing);

	tracing->cli->status = SF_EXIT_OK;
	if (!status && tracing->file)
		status = open_capture(tracing);
	if (!status) {
		if (tracing->file)
			sf_capture_begin(&tracing->capture);
		sf_ladder_begin(&tracing->ladder, tracing->cli);
		status = run(tracing);
	}
	if (tracing->capture.file && !tracing->pipe &&
	    fclose(tracing->capture.file) && !status)
		status = sf_cli_error(tracing->cli, "%s: %s", tracing->file,
				      strerror(errno));
	sf_ask_close(tracing->ask);
	return status;
}

static int parse_count(struct tracing *tracing, const char *text)
{
	char *end;

	errno = 0;
	tracing->left = strtoul(text, &end, 10);
	tracing->limited = true;
	if (errno || *end || *text < '0' || *text > '9' || !tracing->left)
		return sf_cli_usage(tracing->cli,
				    "--count is a number, not '%s'", text);
	return SF_EXIT_OK;
}

static int parse_seconds(struct tracing *tracing, const char *text)
{
	char *end;
	double seconds = strtod(text, &end);

	if (*end || end == text || !(seconds >= 0 && seconds <= SECONDS_MAX))
		return sf_cli_usage(tracing->cli,
				    "--for is seconds, not '%s'", text);
	tracing->timed = true;
	tracing->deadline = sf_monitor_now() + (int64_t)ceil(seconds * 1000);
	return SF_EXIT_OK;
}

static int parse_option(struct tracing *tracing, int c)
{
	switch (c) {
	case 'n':
		return parse_count(tracing, optarg);
	case 't':
		return parse_seconds(tracing, optarg);
	case 'w':
		tracing->file = optarg;
		tracing->pipe = !strcmp(optarg, "-");
		break;
	case 'v':
		tracing->verbose = true;
		break;
	}
	return SF_EXIT_OK;
}

static int trace_run(struct sf_cli *cli, int argc, char **argv)
{
	struct tracing *tracing = sf_mem_check(calloc(1, sizeof(*tracing)));
	int c, status = SF_EXIT_OK;

	tracing->cli = cli;
	while (!status &&
	       (c = sf_cli_option(cli, argc, argv, "w:vn:t:", options)) > 0)
		status = parse_option(tracing, c);
	if (!status && c < 0) {
		status = cli->status;
	} else if (!status && argc - optind != 1) {
		status = sf_cli_usage(cli, "trace takes a Call-ID or a user");
	} else if (!status) {
		tracing->filter = argv[optind];
		status = trace(tracing);
	}
	free(tracing);
	return status;
}

const struct sf_command sf_cmd_trace = {
	.name = "trace",
	.usage = "trace [-v] [-w FILE] [-n COUNT] [-t SECONDS] CALLID|USER",
	.summary = "show the messages of a call or a user at sipfastd, decrypted",
	.help = "  -w, --write FILE     write a capture, too, for Wireshark; -: only that, to\n"
		"                       the standard output\n"
		"  -v, --verbose        print the messages in full, secrets masked\n"
		"  -n, --count COUNT    end after so many messages\n"
		"  -t, --for SECONDS    end after this time\n"
		"  CALLID               a Call-ID\n"
		"  USER                 a user: alice, alice@example.org, +4930123; and what\n"
		"                       follows in the calls that he has to do with\n"
		"\nIt runs until it is interrupted.\n",
	.run = trace_run,
};
