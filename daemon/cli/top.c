// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * top.c - sipfast top: the streams as they are now
 *
 * It reads dumps and keeps nothing but the last one, for what there is of each
 * in a second.
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <linux/sipfast.h>

#include "json.h"
#include "top.h"

#define INTERVAL_LIVE	2.0	/* seconds */
#define INTERVAL_ONCE	1.0
#define INTERVAL_MIN	0.1
#define INTERVAL_MAX	3600.0

/**
 * struct source - where the streams come from
 * @cli: the run
 * @kernel: the link; NULL when the module went away
 * @read_at: when they were read last, on CLOCK_MONOTONIC in seconds; 0: never
 */
struct source {
	struct sf_cli *cli;
	struct sf_kernel *kernel;
	double read_at;
};

/* Letters of options that have only a long name, apart from tool.c's. */
enum { OPT_ONCE = 0x300 };

static const struct option options[] = {
	{ "delay", required_argument, NULL, 'd' },
	{ "sort", required_argument, NULL, 's' },
	{ "once", no_argument, NULL, OPT_ONCE },
	{ 0 },
};

static double now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

static int get(struct sf_kernel *kernel, struct sf_snapshot *snapshot)
{
	int err;

	/* Streams first: none of them is then without its call. */
	err = sf_kernel_get(kernel, SIPFAST_CMD_GET_STREAM, sf_snapshot_add,
			    snapshot);
	if (!err)
		err = sf_kernel_get(kernel, SIPFAST_CMD_GET_CALL,
				    sf_snapshot_add, snapshot);
	sf_snapshot_sort(snapshot);
	return err;
}

/* What sf_cli_kernel_error() has to say, without its beginning and end. */
static void note_trouble(struct sf_top *top, const struct source *source,
			 int err)
{
	static const char begin[] = "sipfast: ";
	struct sf_cli quiet = *source->cli;
	char *text = NULL;
	size_t n = 0;

	quiet.err = open_memstream(&text, &n);
	if (!quiet.err)
		return;
	sf_cli_kernel_error(&quiet, source->kernel, err);
	fclose(quiet.err);
	text[strcspn(text, "\n")] = '\0';
	n = strncmp(text, begin, strlen(begin)) ? 0 : strlen(begin);
	snprintf(top->trouble, sizeof(top->trouble), "%s", text + n);
	free(text);
}

static int refresh(struct sf_top *top, struct source *source)
{
	struct sf_snapshot fresh = { 0 };
	double at = now_s();
	int err = get(source->kernel, &fresh);

	if (err) {
		sf_snapshot_free(&fresh);
		return err;
	}
	sf_snapshot_free(&top->before);
	top->before = top->now;
	top->now = fresh;
	top->seconds = source->read_at ? at - source->read_at : 0;
	source->read_at = at;
	*top->trouble = '\0';
	return 0;
}

/* Nothing is left of what the module knew. */
static void forget(struct sf_top *top, struct source *source)
{
	sf_top_clear(top);
	memset(&top->now, 0, sizeof(top->now));
	memset(&top->before, 0, sizeof(top->before));
	top->rows = NULL;
	top->seconds = 0;
	source->read_at = 0;
}

/*
 * A module that went away may come again. It is not asked for meanwhile: that
 * would load it, against the will of whoever unloaded it.
 */
static int reopen(struct source *source)
{
	if (source->kernel)
		return 0;
	return sf_kernel_loaded() ? sf_kernel_open(&source->kernel) : -ENOENT;
}

static void read_now(struct sf_top *top, void *arg)
{
	struct source *source = arg;
	int err = reopen(source);

	if (!err)
		err = refresh(top, source);
	if (err) {
		forget(top, source);
		note_trouble(top, source, err);
		sf_kernel_close(source->kernel);
		source->kernel = NULL;
	}
	sf_top_update(top);
}

static void file_put(void *arg, enum sf_color color, const char *text)
{
	struct sf_cli *cli = arg;

	if (color == SF_COLOR_OFF)
		fputs(text, cli->out);
	else
		fprintf(cli->out, "%s%s%s", sf_color(cli, color), text,
			sf_color(cli, SF_COLOR_OFF));
}

static void file_end(void *arg)
{
	struct sf_cli *cli = arg;

	fputc('\n', cli->out);
}

static void wait_s(double seconds)
{
	struct timespec left = {
		.tv_sec = seconds,
		.tv_nsec = (seconds - floor(seconds)) * 1e9,
	};

	nanosleep(&left, NULL);
}

/* Read twice: of one time alone there is no rate. */
static int once(struct source *source, struct sf_top *top, double interval)
{
	const struct sf_top_pen pen = { file_put, file_end, source->cli };
	int err = refresh(top, source);

	if (!err) {
		wait_s(interval);
		err = refresh(top, source);
	}
	if (err)
		return sf_cli_kernel_error(source->cli, source->kernel, err);
	sf_top_update(top);
	if (source->cli->json)
		sf_json_print(source->cli, sf_top_json(top), false);
	else
		sf_top_frame(top, &pen, source->cli->width, 0);
	return SF_EXIT_OK;
}

static int run(struct sf_cli *cli, struct sf_top *top, double interval,
	       bool is_once)
{
	struct source source = { .cli = cli };
	int status;

	if (!is_once && cli->json)
		return sf_cli_usage(cli, "top --json takes --once");
	if (!is_once && (!isatty(fileno(cli->out)) || !isatty(STDIN_FILENO)))
		return sf_cli_usage(cli, "top needs a terminal, or --once");
	status = sf_cli_open(cli, &source.kernel);
	if (status)
		return status;
	if (!interval)
		interval = is_once ? INTERVAL_ONCE : INTERVAL_LIVE;
	if (is_once)
		status = once(&source, top, interval);
	else
		status = sf_top_screen(cli, top, lround(interval * 1000),
				       read_now, &source);
	sf_kernel_close(source.kernel);
	sf_top_clear(top);
	return status;
}

static int parse_delay(struct sf_cli *cli, const char *text, double *interval)
{
	char *end;

	*interval = strtod(text, &end);
	if (*end || end == text ||
	    !(*interval >= INTERVAL_MIN && *interval <= INTERVAL_MAX))
		return sf_cli_usage(cli, "--delay is seconds from %g to %g, not '%s'",
				    INTERVAL_MIN, INTERVAL_MAX, text);
	return SF_EXIT_OK;
}

static int parse_sort(struct sf_cli *cli, const char *text, struct sf_top *top)
{
	unsigned int i;

	for (i = 0; i < SF_TOP_KEYS; i++) {
		if (strcmp(sf_top_key_names[i], text))
			continue;
		top->key = i;
		return SF_EXIT_OK;
	}
	return sf_cli_usage(cli, "there is no key '%s' to sort by", text);
}

static int top_run(struct sf_cli *cli, int argc, char **argv)
{
	struct sf_top top = { .key = SF_TOP_WORST };
	int c, status = SF_EXIT_OK;
	bool is_once = false;
	double interval = 0;

	while ((c = sf_cli_option(cli, argc, argv, "d:s:", options)) > 0) {
		if (c == 'd')
			status = parse_delay(cli, optarg, &interval);
		else if (c == 's')
			status = parse_sort(cli, optarg, &top);
		else
			is_once = true;
		if (status)
			return status;
	}
	if (c < 0)
		return cli->status;
	if (optind < argc)
		return sf_cli_usage(cli, "top takes no argument");
	return run(cli, &top, interval, is_once);
}

const struct sf_command sf_cmd_top = {
	.name = "top",
	.usage = "top [-d SECONDS] [-s KEY] [--once]",
	.summary = "show the quality of streams live, the worst first",
	.help = "  -d, --delay SECONDS  between two looks, 2 if not given\n"
		"  -s, --sort KEY       worst, loss, jitter, mos, age, packets, call\n"
		"      --once           print one frame; its rates are of the delay\n"
		"\nThe first letter of a key sorts by it, r the other way round; arrows\n"
		"and pages scroll, q ends it. > is from the caller to the callee.\n",
	.run = top_run,
};
