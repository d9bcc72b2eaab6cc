// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * top_frame.c - rows as lines, drawn with whatever pen
 *
 * Everything but the last column has a width of its own, and all of it fits into
 * 80 columns.
 */
#include <string.h>
#include <sys/socket.h>

#include <linux/sipfast.h>

#include "../util/escape.h"
#include "top.h"

#define LINE		512	/* bytes of a line at most */
#define HEAD		3	/* lines above the rows */
#define TAIL		2	/* and below */

/**
 * struct frame - a line while it is drawn
 * @pen: draws it
 * @width: columns that there are
 * @used: columns that are drawn
 */
struct frame {
	const struct sf_top_pen *pen;
	unsigned int width;
	unsigned int used;
};

__attribute__((format(printf, 3, 4)))
static void put(struct frame *frame, enum sf_color color, const char *format,
		...)
{
	char text[LINE];
	va_list args;
	size_t len;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	len = strlen(text);
	if (len > frame->width - frame->used) {
		len = frame->width - frame->used;
		text[len] = '\0';
	}
	frame->used += len;
	if (len)
		frame->pen->put(frame->pen->arg, color, text);
}

static void end(struct frame *frame)
{
	frame->pen->end(frame->pen->arg);
	frame->used = 0;
}

static void put_count(struct frame *frame, const char *name, size_t n)
{
	put(frame, n ? SF_COLOR_BAD : SF_COLOR_OFF, "  %s %zu", name, n);
}

static void put_head(struct frame *frame, const struct sf_top *top)
{
	char fast[SF_TEXT_LEN] = "-", rate[SF_TEXT_LEN] = "-";

	if (top->has_rate)
		snprintf(rate, sizeof(rate), "%.0f", top->rate);
	if (top->has_fast)
		sf_text_percent(top->fast, fast);
	put(frame, SF_COLOR_OFF,
	    "calls %zu  streams %zu  packets/s %s  fast %s", top->now.ncalls,
	    top->now.nstreams, rate, fast);
	put_count(frame, "one-way", top->one_way);
	put_count(frame, "poor", top->poor);
	end(frame);
}

static void put_titles(struct frame *frame)
{
	put(frame, SF_COLOR_LABEL,
	    "%6s %8s %-6s %5s %5s %5s %5s %4s %4s %5s %4s  %s", "CALL", "AGE",
	    "CODEC", "LOSS>", "<", "JIT>", "<", "MOS>", "<", "PKT/S", "FAST",
	    "NOTE");
	end(frame);
}

static void put_loss(struct frame *frame, const struct sf_quality *q)
{
	char text[SF_TEXT_LEN];

	if (q->has_loss)
		put(frame, sf_quality_loss_color(q->loss), " %5s",
		    sf_text_percent(q->loss, text));
	else
		put(frame, SF_COLOR_OFF, " %5s", "-");
}

/* Four digits at most, and as many of them behind the point as fit. */
static void put_jitter(struct frame *frame, const struct sf_quality *q)
{
	if (q->has_jitter)
		put(frame, sf_quality_jitter_color(q->jitter), " %5.*f",
		    q->jitter < 999.95 ? 1 : 0, q->jitter);
	else
		put(frame, SF_COLOR_OFF, " %5s", "-");
}

static void put_mos(struct frame *frame, const struct sf_quality *q)
{
	if (q->has_mos)
		put(frame, sf_quality_mos_color(q->mos), " %4.2f", q->mos);
	else
		put(frame, SF_COLOR_OFF, " %4s", "-");
}

/* The number, or a dash. */
static void put_number(struct frame *frame, int width, bool there, double n,
		       const char *unit)
{
	char text[SF_TEXT_LEN] = "-";

	if (there)
		snprintf(text, sizeof(text), "%.0f%s", n, unit);
	put(frame, SF_COLOR_OFF, " %*s", width, text);
}

/* The direction that something holds for, both if it does. */
static const char *ways(bool forward, bool reverse)
{
	if (forward && reverse)
		return "><";
	return forward ? ">" : "<";
}

static void put_silent(struct frame *frame, const struct sf_stream_info *s)
{
	const struct sf_direction_info *d =
		s->forward.silent ? &s->forward : &s->reverse;
	char sender[SF_SENDER_LEN], text[SF_SENDER_LEN + 32];

	snprintf(text, sizeof(text), "nothing arrives from %s",
		 sf_quality_sender(d, sender));
	if (strlen(text) > frame->width - frame->used)
		snprintf(text, sizeof(text), "silent %s",
			 ways(s->forward.silent, s->reverse.silent));
	put(frame, SF_COLOR_BAD, "%s", text);
}

static void put_parties(struct frame *frame, const struct sf_call_info *call)
{
	char from[64], to[64];

	put(frame, SF_COLOR_DIM, "%s -> %s",
	    sf_escape(from, sizeof(from), call->from),
	    sf_escape(to, sizeof(to), call->to));
}

/* What is worst about it; who it is, where nothing is. */
static void put_note(struct frame *frame, const struct sf_top_row *row)
{
	const struct sf_stream_info *s = row->stream;
	bool bad = s->forward.silent || s->reverse.silent || s->forward.poor ||
		   s->reverse.poor || s->idle;

	if (bad || row->call)
		put(frame, SF_COLOR_OFF, "  ");
	if (s->forward.silent || s->reverse.silent)
		put_silent(frame, s);
	else if (s->forward.poor || s->reverse.poor)
		put(frame, SF_COLOR_BAD, "poor %s",
		    ways(s->forward.poor, s->reverse.poor));
	else if (s->idle)
		put(frame, SF_COLOR_WARN, "idle");
	else if (row->call)
		put_parties(frame, row->call);
}

static void put_row(struct frame *frame, const struct sf_top_row *row)
{
	char age[SF_TEXT_LEN];
	const char *codec = *row->forward.codec ? row->forward.codec :
						  row->reverse.codec;

	put(frame, SF_COLOR_OFF, "%6u %8s %-6.6s", row->stream->call,
	    sf_text_clock(row->stream->age, age), *codec ? codec : "-");
	put_loss(frame, &row->forward);
	put_loss(frame, &row->reverse);
	put_jitter(frame, &row->forward);
	put_jitter(frame, &row->reverse);
	put_mos(frame, &row->forward);
	put_mos(frame, &row->reverse);
	put_number(frame, 5, row->has_rate, row->rate, "");
	put_number(frame, 4, row->has_fast, row->fast, "%");
	put_note(frame, row);
	end(frame);
}

static void put_keys(struct frame *frame, const struct sf_top *top)
{
	unsigned int i;

	put(frame, SF_COLOR_OFF, "q quit  r reverse  sort by:");
	for (i = 0; i < SF_TOP_KEYS; i++) {
		put(frame, SF_COLOR_OFF, " ");
		put(frame, i == top->key ? SF_COLOR_HEAD : SF_COLOR_OFF, "%s",
		    sf_top_key_names[i]);
	}
	end(frame);
}

/* The rows that are on the screen; the first of them stays one that exists. */
static size_t visible(struct sf_top *top, unsigned int height)
{
	size_t room = height > HEAD + TAIL ? height - HEAD - TAIL : 1;

	if (!height)
		return top->nrows;
	if (top->first + room > top->nrows)
		top->first = top->nrows > room ? top->nrows - room : 0;
	return room < top->nrows ? room : top->nrows;
}

static void put_place(struct frame *frame, const struct sf_top *top, size_t n)
{
	if (n < top->nrows)
		put(frame, SF_COLOR_DIM, "%zu to %zu of %zu streams",
		    top->first + 1, top->first + n, top->nrows);
	end(frame);
}

void sf_top_frame(struct sf_top *top, const struct sf_top_pen *pen,
		  unsigned int width, unsigned int height)
{
	struct frame frame = { .pen = pen, .width = width ? width : LINE };
	size_t i, n = visible(top, height);

	put_head(&frame, top);
	if (height) {
		put(&frame, SF_COLOR_BAD, "%s", top->trouble);
		end(&frame);
	}
	put_titles(&frame);
	for (i = 0; i < n; i++)
		put_row(&frame, &top->rows[top->first + i]);
	if (!height)
		return;
	for (; i + HEAD + TAIL < height; i++)
		end(&frame);
	put_place(&frame, top, n);
	put_keys(&frame, top);
}
