// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * event_stream.c - a notification about a stream, in words
 */
#include <inttypes.h>

#include <linux/sipfast.h>

#include "event.h"
#include "quality.h"
#include "views.h"

/*
 * What a change tells. A kernel that tells no event tells of a first packet, or
 * of endpoints that moved.
 */
static unsigned int event_of(const struct sf_stream_info *stream)
{
	return sf_has(stream, SIPFAST_A_STREAM_EVENT) ? stream->event :
							SIPFAST_STREAM_FIRST;
}

static bool is_about(const struct sf_stream_info *stream, bool forward)
{
	return sf_has(stream, SIPFAST_A_STREAM_EVENT_FORWARD) &&
	       !!stream->event_forward == forward;
}

/* The direction that an event is about; NULL when it is about both. */
static const struct sf_direction_info *subject(const struct sf_stream_info *s)
{
	if (is_about(s, true))
		return &s->forward;
	return is_about(s, false) ? &s->reverse : NULL;
}

static bool same_flow(const struct sf_direction_info *a,
		      const struct sf_direction_info *b)
{
	return sf_endpoint_same(&a->source, &b->source) &&
	       sf_endpoint_same(&a->target, &b->target) &&
	       sf_endpoint_same(&a->source_mapped, &b->source_mapped) &&
	       sf_endpoint_same(&a->target_inside, &b->target_inside);
}

/* Return whether there was something to tell. */
static bool put_move(struct sf_cli *cli, const char *name,
		     const struct sf_direction_info *now,
		     const struct sf_direction_info *before)
{
	if (!before || same_flow(now, before))
		return false;
	fprintf(cli->out, " %s: now ", name);
	sf_view_flow(cli, now);
	return true;
}

/* The same, of the first packet of a direction. */
static bool put_first(struct sf_cli *cli, const char *name, bool told,
		      const struct sf_direction_info *now,
		      const struct sf_direction_info *before)
{
	bool first = sf_has(now, SIPFAST_A_DIRECTION_FIRST) &&
		     !(before && sf_has(before, SIPFAST_A_DIRECTION_FIRST));

	if (!told && !first)
		return false;
	fprintf(cli->out, " %s: first packet", name);
	return true;
}

static void put_firsts(struct sf_cli *cli, const struct sf_stream_info *now,
		       const struct sf_stream_info *before)
{
	const struct sf_direction_info *f = before ? &before->forward : NULL;
	const struct sf_direction_info *r = before ? &before->reverse : NULL;
	bool told;

	told = put_first(cli, "forward", is_about(now, true), &now->forward, f);
	told |= put_move(cli, "forward", &now->forward, f);
	told |= put_first(cli, "reverse", is_about(now, false), &now->reverse,
			  r);
	told |= put_move(cli, "reverse", &now->reverse, r);
	if (!told)
		fputs(" changed", cli->out);
}

static void put_sender(struct sf_cli *cli, const char *words,
		       const struct sf_direction_info *direction)
{
	char sender[SF_SENDER_LEN];

	if (direction)
		fprintf(cli->out, ": %s %s", words,
			sf_quality_sender(direction, sender));
}

static void put_poor(struct sf_cli *cli,
		     const struct sf_direction_info *direction)
{
	char sender[SF_SENDER_LEN];

	if (!direction)
		return;
	fprintf(cli->out, ": from %s, %.1f%% lost lately, jitter %.1f ms",
		sf_quality_sender(direction, sender),
		direction->rtp.recent / 10.0, direction->rtp.jitter / 1000.0);
}

static enum sf_color event_color(unsigned int event)
{
	switch (event) {
	case SIPFAST_STREAM_ONE_WAY:
	case SIPFAST_STREAM_POOR:
		return SF_COLOR_BAD;
	case SIPFAST_STREAM_IDLE:
		return SF_COLOR_WARN;
	}
	return SF_COLOR_GOOD;
}

static void put_words(struct sf_cli *cli, const struct sf_stream_info *now)
{
	const struct sf_direction_info *direction = subject(now);
	char text[SF_TEXT_LEN];

	switch (now->event) {
	case SIPFAST_STREAM_UP:
		fputs("up: packets both ways", cli->out);
		break;
	case SIPFAST_STREAM_ONE_WAY:
		fputs("one-way", cli->out);
		put_sender(cli, "nothing arrives from", direction);
		break;
	case SIPFAST_STREAM_TWO_WAY:
		fputs("two-way again", cli->out);
		put_sender(cli, "packets arrive from", direction);
		break;
	case SIPFAST_STREAM_POOR:
		fputs("poor", cli->out);
		put_poor(cli, direction);
		break;
	case SIPFAST_STREAM_GOOD:
		fputs("good again", cli->out);
		put_poor(cli, direction);
		break;
	case SIPFAST_STREAM_IDLE:
		fputs("idle: no packets either way", cli->out);
		break;
	case SIPFAST_STREAM_RESUMED:
		fputs("resumed: packets again", cli->out);
		break;
	default:
		fprintf(cli->out, "event %s",
			sf_text_stream_event(now->event, text));
	}
}

static void put_change(struct sf_cli *cli, const struct sf_stream_info *now,
		       const struct sf_stream_info *before)
{
	unsigned int event = event_of(now);

	if (event == SIPFAST_STREAM_FIRST) {
		put_firsts(cli, now, before);
		return;
	}
	/* Nobody has told of the second of two first packets that came at once. */
	if (before && event == SIPFAST_STREAM_UP) {
		put_first(cli, "forward", false, &now->forward,
			  &before->forward);
		put_first(cli, "reverse", false, &now->reverse,
			  &before->reverse);
	}
	fprintf(cli->out, " %s", sf_color(cli, event_color(event)));
	put_words(cli, now);
	fputs(sf_color(cli, SF_COLOR_OFF), cli->out);
	if (before) {
		put_move(cli, "forward", &now->forward, &before->forward);
		put_move(cli, "reverse", &now->reverse, &before->reverse);
	}
}

static void put_quality(struct sf_cli *cli, const struct sf_stream_info *stream,
			bool forward)
{
	struct sf_quality q = sf_quality_of(stream, forward, SF_QUALITY_WHOLE);
	char text[SF_TEXT_LEN];

	if (!*q.codec)
		return;
	fprintf(cli->out, " %s", q.codec);
	if (q.has_loss)
		fprintf(cli->out, " %s lost", sf_text_percent(q.loss, text));
	if (q.has_jitter)
		fprintf(cli->out, " jitter %.1f ms", q.jitter);
	if (q.has_mos)
		fprintf(cli->out, " MOS %.2f", q.mos);
}

static void put_total(struct sf_cli *cli, const char *name,
		      const struct sf_stream_info *stream, bool forward)
{
	const struct sf_direction_info *direction =
		forward ? &stream->forward : &stream->reverse;
	char bytes[SF_TEXT_LEN];

	fprintf(cli->out, "%s ", name);
	sf_put_count(cli->out, direction->packets, "packet");
	fprintf(cli->out, " %s", sf_text_bytes(direction->bytes, bytes));
	if (direction->rtcp)
		fprintf(cli->out, " + %" PRIu64 " RTCP", direction->rtcp);
	put_quality(cli, stream, forward);
}

static void put_end(struct sf_cli *cli, const struct sf_stream_info *stream)
{
	char age[SF_TEXT_LEN];

	fprintf(cli->out, " closed after %s: ",
		sf_text_clock(stream->age, age));
	put_total(cli, "forward", stream, true);
	put_total(cli, ", reverse", stream, false);
}

static void put_new(struct sf_cli *cli, const struct sf_stream_info *stream)
{
	fprintf(cli->out, " open  call %u  forward ", stream->call);
	sf_view_flow(cli, &stream->forward);
	fputs("  reverse ", cli->out);
	sf_view_flow(cli, &stream->reverse);
}

void sf_event_stream(struct sf_cli *cli, const struct sf_info *info,
		     const struct sf_stream_info *before)
{
	const struct sf_stream_info *stream = &info->stream;
	char kind[SF_TEXT_LEN];

	fprintf(cli->out, "%sstream %u%s ", sf_color(cli, SF_COLOR_HEAD),
		stream->id, sf_color(cli, SF_COLOR_OFF));
	sf_put_text(cli->out, stream->type);
	fprintf(cli->out, " %s", sf_text_stream_kind(stream->kind, kind));
	if (info->cmd == SIPFAST_CMD_STREAM_NEW_NTF)
		put_new(cli, stream);
	else if (info->cmd == SIPFAST_CMD_STREAM_END_NTF)
		put_end(cli, stream);
	else
		put_change(cli, stream, before);
}
