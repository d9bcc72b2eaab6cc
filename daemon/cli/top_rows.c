// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * top_rows.c - streams as rows: rates, the worst of both ways, the order
 */
#include <linux/sipfast.h>

#include "json.h"
#include "mem.h"
#include "top.h"

/* A score that is not known counts as the best, or the worst. */
#define MOS_BEST	4.5

const char *const sf_top_key_names[SF_TOP_KEYS] = {
	[SF_TOP_WORST] = "worst",
	[SF_TOP_LOSS] = "loss",
	[SF_TOP_JITTER] = "jitter",
	[SF_TOP_MOS] = "mos",
	[SF_TOP_AGE] = "age",
	[SF_TOP_PACKETS] = "packets",
	[SF_TOP_CALL] = "call",
};

/**
 * struct total - packets of a stream
 * @packets: both ways, with RTCP
 * @fast: of them in the fast path
 */
struct total {
	uint64_t packets;
	uint64_t fast;
};

static struct total total_of(const struct sf_stream_info *stream)
{
	const struct sf_direction_info *f = &stream->forward;
	const struct sf_direction_info *r = &stream->reverse;

	return (struct total){
		.packets = f->packets + f->rtcp + r->packets + r->rtcp,
		.fast = f->fast + r->fast,
	};
}

static uint64_t more(uint64_t now, uint64_t before)
{
	return now > before ? now - before : 0;
}

/* What a stream has carried since the snapshot before; false: nobody knows. */
static bool since(const struct sf_top *top, const struct sf_stream_info *stream,
		  struct total *total)
{
	const struct sf_stream_info *old;
	struct total was;

	*total = total_of(stream);
	if (!top->seconds)
		return false;
	old = sf_snapshot_find(&top->before, stream);
	if (!old)
		return stream->age <= top->seconds * 1000;
	was = total_of(old);
	total->packets = more(total->packets, was.packets);
	total->fast = more(total->fast, was.fast);
	return true;
}

static bool tells_fast(const struct sf_stream_info *stream)
{
	return sf_has(&stream->forward, SIPFAST_A_DIRECTION_FAST) ||
	       sf_has(&stream->reverse, SIPFAST_A_DIRECTION_FAST);
}

static double share(const struct total *total)
{
	return 100.0 * total->fast / total->packets;
}

/* Calls are in the order of their numbers. */
static const struct sf_call_info *call_of(const struct sf_snapshot *s,
					  uint32_t id)
{
	size_t low = 0, high = s->ncalls, mid;

	while (low < high) {
		mid = (low + high) / 2;
		if (s->calls[mid].id < id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < s->ncalls && s->calls[low].id == id ? &s->calls[low] : NULL;
}

static void add_row(struct sf_top *top, const struct sf_stream_info *stream,
		    struct total *sum)
{
	struct sf_top_row *row;
	struct total total;

	top->rows = sf_mem_grow(top->rows, top->nrows, sizeof(*top->rows));
	row = &top->rows[top->nrows++];
	row->stream = stream;
	row->call = call_of(&top->now, stream->call);
	row->forward = sf_quality_of(stream, true, SF_QUALITY_RECENT);
	row->reverse = sf_quality_of(stream, false, SF_QUALITY_RECENT);
	row->has_rate = since(top, stream, &total);
	if (row->has_rate)
		row->rate = total.packets / top->seconds;
	row->has_fast = tells_fast(stream) && total.packets;
	if (row->has_fast)
		row->fast = share(&total);
	if (row->has_rate || !top->seconds) {
		sum->packets += total.packets;
		sum->fast += total.fast;
	}
	top->has_fast |= row->has_fast;
	top->one_way += stream->forward.silent || stream->reverse.silent;
	top->poor += stream->forward.poor || stream->reverse.poor;
}

void sf_top_update(struct sf_top *top)
{
	struct total sum = { 0 };
	size_t i;

	free(top->rows);
	top->rows = NULL;
	top->nrows = 0;
	top->one_way = 0;
	top->poor = 0;
	top->has_fast = false;
	for (i = 0; i < top->now.nstreams; i++)
		if (top->now.streams[i].kind != SIPFAST_STREAM_RTCP)
			add_row(top, &top->now.streams[i], &sum);
	top->has_rate = top->seconds > 0;
	if (top->has_rate)
		top->rate = sum.packets / top->seconds;
	top->has_fast &= sum.packets > 0;
	if (top->has_fast)
		top->fast = share(&sum);
	sf_top_sort(top);
}

static double max(double a, double b)
{
	return a > b ? a : b;
}

static double worst_loss(const struct sf_top_row *row)
{
	return max(row->forward.has_loss ? row->forward.loss : -1,
		   row->reverse.has_loss ? row->reverse.loss : -1);
}

static double worst_jitter(const struct sf_top_row *row)
{
	return max(row->forward.has_jitter ? row->forward.jitter : -1,
		   row->reverse.has_jitter ? row->reverse.jitter : -1);
}

/* The worse the score, the more. */
static double worst_mos(const struct sf_top_row *row)
{
	return max(row->forward.has_mos ? MOS_BEST - row->forward.mos : -1,
		   row->reverse.has_mos ? MOS_BEST - row->reverse.mos : -1);
}

/* One-way first, then what is poor, each in the order of the score. */
static double badness(const struct sf_top_row *row)
{
	const struct sf_direction_info *f = &row->stream->forward;
	const struct sf_direction_info *r = &row->stream->reverse;

	return 200 * (f->silent || r->silent) + 100 * (f->poor || r->poor) +
	       10 * worst_mos(row) + worst_loss(row) / 100;
}

/* What a key sorts by: the row with the most comes first. */
static double measure(const struct sf_top_row *row, enum sf_top_key key)
{
	switch (key) {
	case SF_TOP_WORST:
		return badness(row);
	case SF_TOP_LOSS:
		return worst_loss(row);
	case SF_TOP_JITTER:
		return worst_jitter(row);
	case SF_TOP_MOS:
		return worst_mos(row);
	case SF_TOP_AGE:
		return row->stream->age;
	case SF_TOP_PACKETS:
		return row->has_rate ? row->rate : -1;
	default:
		return -(double)row->stream->call;
	}
}

/* Rows that are equal stay in the order of their numbers. */
static int compare(const void *a, const void *b, void *arg)
{
	const struct sf_top_row *x = a, *y = b;
	const struct sf_top *top = arg;
	double p = measure(x, top->key), q = measure(y, top->key);

	if (p != q)
		return (p < q) != top->reversed ? 1 : -1;
	return (x->stream->id > y->stream->id) - (x->stream->id < y->stream->id);
}

void sf_top_sort(struct sf_top *top)
{
	if (top->nrows)
		qsort_r(top->rows, top->nrows, sizeof(*top->rows), compare, top);
}

static void json_way(json_t *o, const char *key,
		     const struct sf_direction_info *direction,
		     const struct sf_quality *quality)
{
	json_t *way = sf_json_quality(quality);

	sf_json_bool(way, "silent", true, direction->silent);
	sf_json_bool(way, "poor", true, direction->poor);
	sf_json_set(o, key, way);
}

static json_t *json_row(const struct sf_top_row *row)
{
	json_t *o = sf_json_object();

	sf_json_set(o, "id", json_integer(row->stream->id));
	sf_json_set(o, "call", json_integer(row->stream->call));
	sf_json_string(o, "type", row->stream->type);
	sf_json_set(o, "age_ms", json_integer(row->stream->age));
	sf_json_real(o, "packets_per_s", row->has_rate, row->rate);
	sf_json_real(o, "fast_percent", row->has_fast, row->fast);
	sf_json_bool(o, "idle", true, row->stream->idle);
	json_way(o, "forward", &row->stream->forward, &row->forward);
	json_way(o, "reverse", &row->stream->reverse, &row->reverse);
	return o;
}

json_t *sf_top_json(const struct sf_top *top)
{
	json_t *o = sf_json_object(), *rows = sf_mem_check(json_array());
	size_t i;

	sf_json_set(o, "calls", json_integer(top->now.ncalls));
	sf_json_set(o, "streams", json_integer(top->now.nstreams));
	sf_json_real(o, "packets_per_s", top->has_rate, top->rate);
	sf_json_real(o, "fast_percent", top->has_fast, top->fast);
	sf_json_set(o, "one_way", json_integer(top->one_way));
	sf_json_set(o, "poor", json_integer(top->poor));
	for (i = 0; i < top->nrows; i++)
		sf_json_append(rows, json_row(&top->rows[i]));
	sf_json_set(o, "rows", rows);
	return o;
}

void sf_top_clear(struct sf_top *top)
{
	free(top->rows);
	sf_snapshot_free(&top->now);
	sf_snapshot_free(&top->before);
}
