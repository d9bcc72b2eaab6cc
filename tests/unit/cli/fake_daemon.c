// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * fake_daemon.c - a sipfastd that says what a test wants it to say
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "../../../daemon/sys/ask.h"
#include "fake_daemon.h"

#define LINES	64
#define SIZE	2048

struct line {
	char request[32];
	char text[SIZE];
};

struct sf_ask {
	int fd;
};

struct fake_daemon fake_daemon = { .open_error = -ENOENT };

static struct line lines[LINES];
static size_t nlines, next_event;

void fake_daemon_reset(void)
{
	fake_daemon = (struct fake_daemon){ .open_error = -ENOENT };
	nlines = 0;
	next_event = 0;
}

void fake_daemon_say(const char *request, const char *line)
{
	if (nlines == LINES)
		abort();
	fake_daemon.open_error = 0;
	snprintf(lines[nlines].request, sizeof(lines[0].request), "%s", request);
	snprintf(lines[nlines++].text, SIZE, "%s", line);
}

void fake_daemon_load(const char *file)
{
	char path[128], line[SIZE], *text;
	FILE *in;

	snprintf(path, sizeof(path), "daemon/%s", file);
	in = fopen(path, "r");
	if (!in) {
		perror(path);
		exit(2);
	}
	while (fgets(line, sizeof(line), in)) {
		text = strchr(line, ' ');
		*text = '\0';
		fake_daemon_say(line, text + 1);
	}
	fclose(in);
}

void sf_ask_path(const char *conf, char *path, size_t size)
{
	(void)conf;
	snprintf(path, size, "%s", SF_CONTROL_FILE);
}

bool sf_ask_configured(const char *conf)
{
	(void)conf;
	return fake_daemon.configured;
}

int sf_ask_open(struct sf_ask **ask, const char *path)
{
	snprintf(fake_daemon.path, sizeof(fake_daemon.path), "%s", path);
	if (fake_daemon.open_error)
		return fake_daemon.open_error;
	*ask = calloc(1, sizeof(**ask));
	(*ask)->fd = eventfd(1, EFD_CLOEXEC);
	return 0;
}

void sf_ask_close(struct sf_ask *ask)
{
	if (!ask)
		return;
	close(ask->fd);
	free(ask);
}

static int pass_on(const struct line *line, sf_ask_fn fn, void *arg)
{
	json_t *json = json_loads(line->text, 0, NULL);
	int err;

	if (!json)
		abort();
	err = fn(json, arg);
	json_decref(json);
	return err;
}

int sf_ask_get(struct sf_ask *ask, const char *request, sf_ask_fn fn,
	       void *arg)
{
	size_t i;
	int err = 0;

	(void)ask;
	for (i = 0; i < nlines && !err; i++)
		if (!strcmp(lines[i].request, request))
			err = pass_on(&lines[i], fn, arg);
	return err ? err : fake_daemon.error;
}

int sf_ask_tell(struct sf_ask *ask, const json_t *request, sf_ask_fn fn,
		void *arg)
{
	const char *name = json_string_value(json_object_get(request,
							     "request"));
	size_t len = json_dumpb(request, fake_daemon.told,
				sizeof(fake_daemon.told) - 1,
				JSON_SORT_KEYS | JSON_COMPACT);

	if (len >= sizeof(fake_daemon.told))
		abort();
	fake_daemon.told[len] = '\0';
	return sf_ask_get(ask, name, fn, arg);
}

const char *sf_ask_fault(const struct sf_ask *ask)
{
	(void)ask;
	return fake_daemon.fault ? fake_daemon.fault : "";
}

int sf_ask_listen(struct sf_ask *ask)
{
	(void)ask;
	return fake_daemon.error;
}

int sf_ask_trace(struct sf_ask *ask, const char *filter)
{
	(void)ask;
	snprintf(fake_daemon.filter, sizeof(fake_daemon.filter), "%s", filter);
	return fake_daemon.error;
}

int sf_ask_fd(const struct sf_ask *ask)
{
	return ask->fd;
}

/* One at a time; the descriptor is readable until there are no more. */
int sf_ask_receive(struct sf_ask *ask, sf_ask_fn fn, void *arg)
{
	eventfd_t value;
	int end;

	while (next_event < nlines &&
	       strcmp(lines[next_event].request, "monitor"))
		next_event++;
	if (next_event < nlines)
		return pass_on(&lines[next_event++], fn, arg);
	if (!fake_daemon.end) {
		eventfd_read(ask->fd, &value);
		return 0;
	}
	end = fake_daemon.end;
	if (fake_daemon.back) {
		fake_daemon.end = 0;
		next_event = 0;
	}
	return end;
}
