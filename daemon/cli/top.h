/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * top.h - the streams as they are now, the worst first
 *
 * top.c reads, top_rows.c makes rows of it and sorts them, top_frame.c draws
 * them line by line with a pen; the pens are a file and, in top_screen.c, the
 * terminal.
 */
#ifndef SIPFAST_CLI_TOP_H
#define SIPFAST_CLI_TOP_H

#include <jansson.h>

#include "cli.h"
#include "quality.h"
#include "snapshot.h"

enum sf_top_key {
	SF_TOP_WORST,
	SF_TOP_LOSS,
	SF_TOP_JITTER,
	SF_TOP_MOS,
	SF_TOP_AGE,
	SF_TOP_PACKETS,
	SF_TOP_CALL,
	SF_TOP_KEYS
};

/* The names of the keys, whose first letters are the ones to press. */
extern const char *const sf_top_key_names[SF_TOP_KEYS];

/**
 * struct sf_top_row - a stream
 * @stream: of the snapshot
 * @call: of the snapshot; NULL when it is not there
 * @forward: quality of late
 * @reverse: likewise
 * @has_rate: @rate holds
 * @rate: packets a second, both ways, with RTCP
 * @has_fast: @fast holds
 * @fast: percent of these in the fast path; of all, before there is a rate
 */
struct sf_top_row {
	const struct sf_stream_info *stream;
	const struct sf_call_info *call;
	struct sf_quality forward;
	struct sf_quality reverse;
	bool has_rate;
	double rate;
	bool has_fast;
	double fast;
};

/**
 * struct sf_top - all of it
 * @now: what there is; the rows point into it
 * @before: what there was; it may hold nothing
 * @seconds: between the two; 0 when there is no @before
 * @rows: the streams, but for RTCP of its own
 * @nrows: how many
 * @one_way: streams that are
 * @poor: streams that are, in either direction
 * @has_rate: @rate holds
 * @rate: packets a second, in all
 * @has_fast: @fast holds
 * @fast: percent of them in the fast path
 * @key: what the rows are sorted by
 * @reversed: the other way round
 * @first: the row that is shown first
 * @trouble: why @now is not of now; "" if it is
 */
struct sf_top {
	struct sf_snapshot now;
	struct sf_snapshot before;
	double seconds;
	struct sf_top_row *rows;
	size_t nrows;
	size_t one_way;
	size_t poor;
	bool has_rate;
	double rate;
	bool has_fast;
	double fast;
	enum sf_top_key key;
	bool reversed;
	size_t first;
	char trouble[128];
};

/**
 * struct sf_top_pen - where a frame is drawn
 * @put: writes some text on the line
 * @end: ends the line
 * @arg: theirs
 */
struct sf_top_pen {
	void (*put)(void *arg, enum sf_color color, const char *text);
	void (*end)(void *arg);
	void *arg;
};

/**
 * sf_top_update() - make rows of @now and @before, and sort them
 */
void sf_top_update(struct sf_top *top);

/**
 * sf_top_sort() - sort the rows by another key
 */
void sf_top_sort(struct sf_top *top);

/**
 * sf_top_clear() - give back the rows and the snapshots
 */
void sf_top_clear(struct sf_top *top);

/**
 * sf_top_frame() - draw
 * @width: columns; 0: as many as it takes
 * @height: lines; 0: as many as it takes, and no line about keys
 */
void sf_top_frame(struct sf_top *top, const struct sf_top_pen *pen,
		  unsigned int width, unsigned int height);

/**
 * sf_top_json() - the same for programs, as a new reference
 */
json_t *sf_top_json(const struct sf_top *top);

/**
 * typedef sf_top_read_fn - reads what there is now into @top
 */
typedef void (*sf_top_read_fn)(struct sf_top *top, void *arg);

/**
 * sf_top_screen() - show it on the terminal until the user ends it
 * @read: called at once and then every @interval milliseconds
 *
 * Return: the exit code.
 */
int sf_top_screen(struct sf_cli *cli, struct sf_top *top, int interval,
		  sf_top_read_fn read, void *arg);

#endif /* SIPFAST_CLI_TOP_H */
