// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * snapshot.c - what the kernel holds, read at one time
 */
#include <string.h>

#include <linux/sipfast.h>

#include "mem.h"
#include "snapshot.h"

#define CHANGED \
	"the tables changed meanwhile: entries may be missing or stand twice"

static void own(const char **text)
{
	*text = sf_mem_dup(*text);
}

static void disown(const char *text)
{
	free((void *)(uintptr_t)text);
}

/* The entry behind the last one of an array. */
#define NEXT(array, n) \
	((array) = sf_mem_grow((array), (n), sizeof(*(array))), \
	 &(array)[(n)++])

static void add_call(struct sf_snapshot *s, const struct sf_call_info *info)
{
	struct sf_call_info *call = NEXT(s->calls, s->ncalls);

	*call = *info;
	own(&call->call_id);
	own(&call->from);
	own(&call->to);
}

static void add_stream(struct sf_snapshot *s,
		       const struct sf_stream_info *info)
{
	struct sf_stream_info *stream = NEXT(s->streams, s->nstreams);

	*stream = *info;
	own(&stream->type);
	own(&stream->forward.declined);
	own(&stream->forward.rtp.encoding);
	own(&stream->reverse.declined);
	own(&stream->reverse.rtp.encoding);
}

static void add_registration(struct sf_snapshot *s,
			     const struct sf_registration_info *info)
{
	struct sf_registration_info *registration =
		NEXT(s->registrations, s->nregistrations);

	*registration = *info;
	own(&registration->aor);
}

static void add_table(struct sf_snapshot *s, const struct sf_table_info *info)
{
	struct sf_table_info *table = NEXT(s->tables, s->ntables);

	*table = *info;
	own(&table->name);
}

static void add_counter(struct sf_snapshot *s,
			const struct sf_counter_info *info)
{
	struct sf_counter_info *counter = NEXT(s->counters, s->ncounters);

	*counter = *info;
	own(&counter->name);
	own(&counter->text);
}

static void add_dialog(struct sf_snapshot *s, const struct sf_dialog_info *info)
{
	struct sf_dialog_info *dialog = NEXT(s->dialogs, s->ndialogs);

	*dialog = *info;
	own(&dialog->caller_tag);
	own(&dialog->callee_tag);
}

static void add_offer(struct sf_snapshot *s, const struct sf_offer_info *info)
{
	struct sf_offer_info *offer = NEXT(s->offers, s->noffers);

	*offer = *info;
	own(&offer->type);
}

static void add_decision(struct sf_snapshot *s,
			 const struct sf_decision_info *info)
{
	struct sf_decision_info *decision = NEXT(s->decisions, s->ndecisions);

	*decision = *info;
	own(&decision->name);
	own(&decision->text);
	own(&decision->method);
}

int sf_snapshot_add(const struct sf_info *info, void *arg)
{
	struct sf_snapshot *snapshot = arg;

	switch (info->kind) {
	case SIPFAST_A_CONFIG:
		snapshot->config = info->config;
		break;
	case SIPFAST_A_CALL:
		add_call(snapshot, &info->call);
		break;
	case SIPFAST_A_STREAM:
		add_stream(snapshot, &info->stream);
		break;
	case SIPFAST_A_REGISTRATION:
		add_registration(snapshot, &info->registration);
		break;
	case SIPFAST_A_TABLE:
		add_table(snapshot, &info->table);
		break;
	case SIPFAST_A_COUNTER:
		add_counter(snapshot, &info->counter);
		break;
	case SIPFAST_A_FLOW:
		*NEXT(snapshot->flows, snapshot->nflows) = info->flow;
		break;
	case SIPFAST_A_DIALOG:
		add_dialog(snapshot, &info->dialog);
		break;
	case SIPFAST_A_OFFER:
		add_offer(snapshot, &info->offer);
		break;
	case SIPFAST_A_PORT:
		*NEXT(snapshot->ports, snapshot->nports) = info->port;
		break;
	case SIPFAST_A_DECISION:
		add_decision(snapshot, &info->decision);
		break;
	}
	return 0;
}

static int compare(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int compare_calls(const void *a, const void *b)
{
	return compare(((const struct sf_call_info *)a)->id,
		       ((const struct sf_call_info *)b)->id);
}

static int compare_registrations(const void *a, const void *b)
{
	return compare(((const struct sf_registration_info *)a)->id,
		       ((const struct sf_registration_info *)b)->id);
}

static int compare_streams(const void *a, const void *b)
{
	const struct sf_stream_info *x = a, *y = b;
	int order = compare(x->call, y->call);

	if (!order)
		order = compare(x->media, y->media);
	return order ? order : compare(x->id, y->id);
}

static void sort(void *array, size_t n, size_t size,
		 int (*order)(const void *, const void *))
{
	if (n)
		qsort(array, n, size, order);
}

static const char *call_id_of(const struct sf_call_info *call)
{
	return call->call_id ? call->call_id : "";
}

static int compare_opened(const void *a, const void *b)
{
	const struct sf_call_info *x = *(const struct sf_call_info *const *)a;
	const struct sf_call_info *y = *(const struct sf_call_info *const *)b;

	return strcmp(call_id_of(x), call_id_of(y));
}

static void find_opened(struct sf_snapshot *s)
{
	size_t i;

	s->nopened = 0;
	for (i = 0; i < s->ncalls; i++)
		if (sf_has(&s->calls[i], SIPFAST_A_CALL_COOKIE))
			*NEXT(s->opened, s->nopened) = &s->calls[i];
	sort(s->opened, s->nopened, sizeof(*s->opened), compare_opened);
}

static bool is_same(const struct sf_endpoint *a, const struct sf_endpoint *b)
{
	return a->family && a->family == b->family &&
	       !memcmp(a->addr, b->addr, sizeof(a->addr));
}

static bool has(const struct sf_call_info *call, const struct sf_endpoint *party)
{
	return is_same(&call->caller, party) || is_same(&call->callee, party);
}

static bool is_leg(const struct sf_call_info *call,
		   const struct sf_call_info *whole)
{
	return call->zone == whole->zone &&
	       (has(call, &whole->caller) || has(call, &whole->callee));
}

/* The first of them with that Call-ID, or a later one, or the end. */
static size_t first_opened(const struct sf_snapshot *s, const char *call_id)
{
	size_t low = 0, high = s->nopened, middle;

	while (low < high) {
		middle = (low + high) / 2;
		if (strcmp(call_id_of(s->opened[middle]), call_id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct sf_call_info *
sf_snapshot_whole(const struct sf_snapshot *s, const struct sf_call_info *call)
{
	const char *call_id = call_id_of(call);
	size_t i;

	if (sf_has(call, SIPFAST_A_CALL_COOKIE))
		return NULL;
	for (i = first_opened(s, call_id); i < s->nopened; i++) {
		if (strcmp(call_id_of(s->opened[i]), call_id))
			break;
		if (is_leg(call, s->opened[i]))
			return s->opened[i];
	}
	return NULL;
}

size_t sf_snapshot_legs(const struct sf_snapshot *s)
{
	size_t i, n = 0;

	for (i = 0; s->nopened && i < s->ncalls; i++)
		n += !!sf_snapshot_whole(s, &s->calls[i]);
	return n;
}

void sf_snapshot_sort(struct sf_snapshot *s)
{
	sort(s->calls, s->ncalls, sizeof(*s->calls), compare_calls);
	sort(s->streams, s->nstreams, sizeof(*s->streams), compare_streams);
	sort(s->registrations, s->nregistrations, sizeof(*s->registrations),
	     compare_registrations);
	find_opened(s);
}

const struct sf_stream_info *
sf_snapshot_find(const struct sf_snapshot *snapshot,
		 const struct sf_stream_info *stream)
{
	if (!snapshot->nstreams)
		return NULL;
	return bsearch(stream, snapshot->streams, snapshot->nstreams,
		       sizeof(*stream), compare_streams);
}

int sf_snapshot_read(struct sf_cli *cli, struct sf_snapshot *snapshot,
		     const uint8_t *cmds)
{
	struct sf_kernel *kernel;
	bool interrupted = false;
	int status, err;

	status = sf_cli_open(cli, &kernel);
	if (status)
		return status;
	for (; *cmds && !status; cmds++) {
		err = sf_kernel_get(kernel, *cmds, sf_snapshot_add, snapshot);
		if (err)
			status = sf_cli_kernel_error(cli, kernel, err);
		interrupted |= sf_kernel_interrupted(kernel);
	}
	if (interrupted)
		sf_cli_error(cli, "%s", CHANGED);
	sf_kernel_close(kernel);
	sf_snapshot_sort(snapshot);
	return status;
}

void sf_snapshot_free(struct sf_snapshot *s)
{
	size_t i;

	for (i = 0; i < s->ncalls; i++) {
		disown(s->calls[i].call_id);
		disown(s->calls[i].from);
		disown(s->calls[i].to);
	}
	for (i = 0; i < s->nstreams; i++) {
		disown(s->streams[i].type);
		disown(s->streams[i].forward.declined);
		disown(s->streams[i].forward.rtp.encoding);
		disown(s->streams[i].reverse.declined);
		disown(s->streams[i].reverse.rtp.encoding);
	}
	for (i = 0; i < s->nregistrations; i++)
		disown(s->registrations[i].aor);
	for (i = 0; i < s->ntables; i++)
		disown(s->tables[i].name);
	for (i = 0; i < s->ncounters; i++) {
		disown(s->counters[i].name);
		disown(s->counters[i].text);
	}
	for (i = 0; i < s->ndialogs; i++) {
		disown(s->dialogs[i].caller_tag);
		disown(s->dialogs[i].callee_tag);
	}
	for (i = 0; i < s->noffers; i++)
		disown(s->offers[i].type);
	for (i = 0; i < s->ndecisions; i++) {
		disown(s->decisions[i].name);
		disown(s->decisions[i].text);
		disown(s->decisions[i].method);
	}
	free(s->calls);
	free(s->opened);
	free(s->streams);
	free(s->registrations);
	free(s->tables);
	free(s->counters);
	free(s->flows);
	free(s->dialogs);
	free(s->offers);
	free(s->ports);
	free(s->decisions);
}
