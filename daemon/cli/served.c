// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * served.c - what sipfastd answers, and what to say when it does not
 */
#include <errno.h>
#include <string.h>

#include "../sys/ask.h"
#include "../util/escape.h"
#include "mem.h"
#include "served.h"

#define NOT_RUNNING	"sipfastd does not run: systemctl start sipfastd"
#define NOT_PERMITTED \
	"not permitted: asking sipfastd takes root, or membership of its group, sipfast"

static const struct {
	int err;
	const char *text;
} reasons[] = {
	{ ENOENT, NOT_RUNNING },
	{ ECONNREFUSED, NOT_RUNNING },
	{ EACCES, NOT_PERMITTED },
	{ EPERM, NOT_PERMITTED },
	{ EPIPE, "sipfastd went away: journalctl -u sipfastd" },
	{ ETIME, "sipfastd does not answer: systemctl restart sipfastd" },
	{ EBADMSG, "malformed answer: daemon and tool do not fit together" },
	{ ENAMETOOLONG, "the path of the control socket is too long" },
	{ ENOMEM, "out of memory" },
};

void sf_served_path(const struct sf_cli *cli, char *path, size_t size)
{
	if (cli->control)
		snprintf(path, size, "%s", cli->control);
	else
		sf_ask_path(SF_SERVED_FILE, path, size);
}

static int keep(const json_t *line, void *arg)
{
	json_t *lines = arg;

	/* A reference is counted in the object itself. */
	return json_array_append(lines, (json_t *)line) ? -ENOMEM : 0;
}

struct sf_served sf_served_tell(struct sf_cli *cli, const json_t *request)
{
	struct sf_served served = {
		.lines = sf_mem_check(json_array()),
	};
	char path[256];
	struct sf_ask *ask;

	sf_served_path(cli, path, sizeof(path));
	served.err = sf_ask_open(&ask, path);
	if (served.err)
		return served;
	served.err = sf_ask_tell(ask, request, keep, served.lines);
	sf_escape(served.fault, sizeof(served.fault), sf_ask_fault(ask));
	sf_ask_close(ask);
	return served;
}

struct sf_served sf_served_ask(struct sf_cli *cli, const char *request)
{
	json_t *o = sf_mem_check(json_pack("{s:s}", "request", request));
	struct sf_served served = sf_served_tell(cli, o);

	json_decref(o);
	return served;
}

void sf_served_free(struct sf_served *served)
{
	json_decref(served->lines);
}

bool sf_served_absent(const struct sf_served *served)
{
	return served->err == -ENOENT || served->err == -ECONNREFUSED;
}

int sf_served_fail(struct sf_cli *cli, int err, const char *fault)
{
	size_t i;

	if (err == -EREMOTEIO)
		return sf_cli_error(cli, "sipfastd refused: %s", fault);
	for (i = 0; i < ARRAY_SIZE(reasons); i++)
		if (reasons[i].err == -err)
			return sf_cli_error(cli, "%s", reasons[i].text);
	return sf_cli_error(cli, "sipfastd: %s", strerror(-err));
}

int sf_served_error(struct sf_cli *cli, const struct sf_served *served)
{
	return sf_served_fail(cli, served->err, served->fault);
}

json_t *sf_served_list(const struct sf_served *served, const char *key)
{
	json_t *list = sf_mem_check(json_array()), *line, *value;
	size_t i;

	json_array_foreach(served->lines, i, line) {
		value = json_object_get(line, key);
		if (value && json_array_append(list, value))
			sf_mem_check(NULL);
	}
	return list;
}

const char *sf_served_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

uint64_t sf_served_number(const json_t *object, const char *key)
{
	json_int_t value = json_integer_value(json_object_get(object, key));

	return value > 0 ? (uint64_t)value : 0;
}

bool sf_served_true(const json_t *object, const char *key)
{
	return json_is_true(json_object_get(object, key));
}
