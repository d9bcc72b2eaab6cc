// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * show_call.c - sipfast show call: everything about one call
 *
 * One Call-ID may be several calls here, one for each leg: they are all shown.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/sipfast.h>

#include "../util/escape.h"
#include "json.h"
#include "mem.h"
#include "views.h"

/**
 * struct search - what is looked for, and what is found
 * @arg: the argument
 * @id: it as a number, if @by_id
 * @exact: of the calls in @found, as many as bear this very Call-ID
 * @found: calls whose number or Call-ID, or a beginning of it, it is
 * @streams: all streams
 */
struct search {
	const char *arg;
	uint32_t id;
	bool by_id;
	size_t exact;
	struct sf_snapshot found;
	struct sf_snapshot streams;
};

static void parse_id(struct search *search, const char *arg)
{
	size_t len = strlen(arg);
	unsigned long id;

	search->arg = arg;
	if (!len || strspn(arg, "0123456789") != len || len > 10)
		return;
	id = strtoul(arg, NULL, 10);
	search->by_id = id <= UINT32_MAX;
	search->id = id;
}

static int add_id(const struct sf_info *info, void *arg)
{
	struct search *search = arg;

	return info->kind == SIPFAST_A_CALL ?
	       sf_snapshot_add(info, &search->found) : 0;
}

static int add_matching(const struct sf_info *info, void *arg)
{
	struct search *search = arg;
	const char *id = info->call.call_id;

	if (info->kind != SIPFAST_A_CALL || !id ||
	    strncmp(id, search->arg, strlen(search->arg)))
		return 0;
	search->exact += !strcmp(id, search->arg);
	return sf_snapshot_add(info, &search->found);
}

/* A number may be a Call-ID, too: it is one when no call has that number. */
static int find_calls(struct sf_kernel *kernel, struct search *search)
{
	int err = -ENOENT;

	if (search->by_id)
		err = sf_kernel_get_call(kernel, search->id, add_id, search);
	if (err == -ENOENT) {
		search->by_id = false;
		err = sf_kernel_get(kernel, SIPFAST_CMD_GET_CALL, add_matching,
				    search);
	}
	if (!err && !search->found.ncalls)
		err = -ENOENT;
	if (!err)
		err = sf_kernel_get(kernel, SIPFAST_CMD_GET_STREAM,
				    sf_snapshot_add, &search->streams);
	sf_snapshot_sort(&search->found);
	sf_snapshot_sort(&search->streams);
	return err;
}

/* Does an exact Call-ID, or the beginning of one, name this call? */
static bool is_wanted(const struct search *search, size_t i)
{
	return search->by_id || !search->exact ||
	       !strcmp(search->found.calls[i].call_id, search->arg);
}

/* A beginning of several Call-IDs names none of them. */
static bool is_ambiguous(const struct search *search)
{
	const struct sf_snapshot *found = &search->found;
	size_t i;

	if (search->by_id || search->exact)
		return false;
	for (i = 1; i < found->ncalls; i++)
		if (strcmp(found->calls[i].call_id, found->calls[0].call_id))
			return true;
	return false;
}

/* The streams of a call; @copy owns nothing of them. */
static struct sf_snapshot streams_of(const struct search *search, uint32_t id)
{
	struct sf_snapshot copy = { 0 };
	size_t i, n = search->streams.nstreams;

	for (i = 0; i < n && search->streams.streams[i].call != id; i++)
		;
	copy.streams = search->streams.streams + i;
	for (; i < n && search->streams.streams[i].call == id; i++)
		copy.nstreams++;
	return copy;
}

static void print_text(struct sf_cli *cli, const struct search *search,
		       const struct sf_snapshot *detail)
{
	struct sf_snapshot own = streams_of(search, detail->calls[0].id);
	size_t i;

	sf_view_call(cli, &detail->calls[0]);
	sf_view_detail(cli, detail);
	for (i = 0; i < own.nstreams; i++)
		sf_view_stream_detail(cli, &own.streams[i]);
	sf_view_decisions(cli, detail);
}

static void add_json(json_t *object, const struct search *search,
		     const struct sf_snapshot *detail)
{
	struct sf_snapshot own = streams_of(search, detail->calls[0].id);
	size_t i;

	sf_json_append(json_object_get(object, "calls"),
		       sf_json_call_detail(detail));
	for (i = 0; i < own.nstreams; i++)
		sf_json_append(json_object_get(object, "streams"),
			       sf_json_stream(&own.streams[i]));
}

/* A call may end between being found and being read: then it is left out. */
static int print_call(struct sf_cli *cli, struct sf_kernel *kernel,
		      const struct search *search, uint32_t id, json_t *object)
{
	struct sf_snapshot detail = { 0 };
	int err;

	err = sf_kernel_get_call(kernel, id, sf_snapshot_add, &detail);
	if (!err && detail.ncalls && object)
		add_json(object, search, &detail);
	else if (!err && detail.ncalls)
		print_text(cli, search, &detail);
	sf_snapshot_free(&detail);
	return err == -ENOENT ? 0 : err;
}

static int print_found(struct sf_cli *cli, struct sf_kernel *kernel,
		       const struct search *search)
{
	json_t *object = cli->json ? sf_json_object() : NULL;
	bool first = true;
	int err = 0;
	size_t i;

	if (object) {
		sf_json_set(object, "calls", sf_mem_check(json_array()));
		sf_json_set(object, "streams", sf_mem_check(json_array()));
	}
	for (i = 0; i < search->found.ncalls && !err; i++) {
		if (!is_wanted(search, i))
			continue;
		if (!first && !object)
			fputc('\n', cli->out);
		first = false;
		err = print_call(cli, kernel, search,
				 search->found.calls[i].id, object);
	}
	if (object)
		sf_json_print(cli, object, false);
	return err;
}

int sf_show_call(struct sf_cli *cli, const char *arg)
{
	struct search search = { 0 };
	struct sf_kernel *kernel;
	int status, err;
	char safe[64];

	parse_id(&search, arg);
	status = sf_cli_open(cli, &kernel);
	if (status)
		return status;
	err = find_calls(kernel, &search);
	if (!err && is_ambiguous(&search))
		status = sf_cli_error(cli, "%zu calls begin with '%s': %s",
				      search.found.ncalls,
				      sf_escape(safe, sizeof(safe), arg),
				      "say more of the Call-ID");
	else if (!err)
		err = print_found(cli, kernel, &search);
	if (err == -ENOENT)
		status = sf_cli_error(cli, "there is no such call");
	else if (err)
		status = sf_cli_kernel_error(cli, kernel, err);
	sf_kernel_close(kernel);
	sf_snapshot_free(&search.found);
	sf_snapshot_free(&search.streams);
	return status;
}
