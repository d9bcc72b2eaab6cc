// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * view_stream.c - streams, as blocks and as tables
 */
#include <inttypes.h>
#include <sys/socket.h>

#include <linux/sipfast.h>

#include "quality.h"
#include "table.h"
#include "text.h"
#include "views.h"

#define WIDTH		8	/* of the labels of a block */
#define INDENT		(4 + WIDTH + 1)
#define SILENCE_MS	5000	/* RTP that pauses longer is worth a look */

void sf_view_flow(struct sf_cli *cli, const struct sf_direction_info *direction)
{
	char source[SF_PAIR_LEN], target[SF_PAIR_LEN];

	fprintf(cli->out, "%s %s %s",
		sf_text_pair(&direction->source, &direction->source_mapped,
			     source), sf_arrow(cli),
		sf_text_pair(&direction->target, &direction->target_inside,
			     target));
}

static enum sf_color silence_color(const struct sf_stream_info *stream,
				   uint64_t silence)
{
	return stream->kind == SIPFAST_STREAM_RTP && silence > SILENCE_MS ?
	       SF_COLOR_BAD : SF_COLOR_OFF;
}

static void put_traffic(struct sf_cli *cli,
			const struct sf_stream_info *stream,
			const struct sf_direction_info *direction)
{
	bool any = sf_has(direction, SIPFAST_A_DIRECTION_LAST);
	uint32_t silence = any ? direction->last : stream->age;
	char bytes[SF_TEXT_LEN], ago[SF_TEXT_LEN];

	fprintf(cli->out, "%s", sf_color(cli, silence_color(stream, silence)));
	if (any || direction->packets) {
		sf_put_count(cli->out, direction->packets, "packet");
		fprintf(cli->out, ", %s",
			sf_text_bytes(direction->bytes, bytes));
	} else {
		fputs("no packet yet", cli->out);
	}
	if (direction->rtcp)
		fprintf(cli->out, ", %" PRIu64 " RTCP", direction->rtcp);
	if (any)
		fprintf(cli->out, ", last packet %s ago",
			sf_text_seconds(direction->last, ago));
	fprintf(cli->out, "%s\n", sf_color(cli, SF_COLOR_OFF));
}

static void put_direction(struct sf_cli *cli,
			  const struct sf_stream_info *stream, bool forward,
			  bool all)
{
	const struct sf_direction_info *direction =
		forward ? &stream->forward : &stream->reverse;

	sf_put_label(cli, 4, WIDTH, forward ? "forward" : "reverse");
	sf_put_flow(cli, INDENT, &direction->source, &direction->source_mapped,
		    &direction->target, &direction->target_inside);
	fprintf(cli->out, "\n%*s", INDENT, "");
	put_traffic(cli, stream, direction);
	sf_view_quality(cli, INDENT, stream, forward, all);
}

/* Whom the direction lets in, and who was turned away. */
static void put_admits(struct sf_cli *cli,
		       const struct sf_direction_info *direction)
{
	char text[SF_ENDPOINT_LEN];

	fprintf(cli->out, "%*s", INDENT, "");
	if (!sf_has(direction, SIPFAST_A_DIRECTION_ADMITS))
		fputs("admits nobody", cli->out);
	else if (direction->admits.family == AF_UNSPEC)
		fputs("admits anybody", cli->out);
	else
		fprintf(cli->out, "admits %s",
			sf_endpoint_text(&direction->admits, text));
	if (direction->strangers) {
		fprintf(cli->out, "; %s", sf_color(cli, SF_COLOR_WARN));
		sf_put_count(cli->out, direction->strangers, "stranger");
		fprintf(cli->out, "%s, last %s", sf_color(cli, SF_COLOR_OFF),
			sf_endpoint_text(&direction->stranger, text));
	}
	fputc('\n', cli->out);
}

static void put_stream_head(struct sf_cli *cli,
			    const struct sf_stream_info *stream, bool line)
{
	char kind[SF_TEXT_LEN], age[SF_TEXT_LEN];

	fprintf(cli->out, "  %sstream %u:%s ", sf_color(cli, SF_COLOR_LABEL),
		stream->id, sf_color(cli, SF_COLOR_OFF));
	sf_put_text(cli->out, stream->type);
	fprintf(cli->out, " %s", sf_text_stream_kind(stream->kind, kind));
	if (line)
		fprintf(cli->out, ", m= line %u", stream->media + 1);
	fprintf(cli->out, ", open for %s%s%s\n",
		sf_text_clock(stream->age, age),
		stream->secure ? ", secure" : "", stream->idle ? ", idle" : "");
}

void sf_view_stream(struct sf_cli *cli, const struct sf_stream_info *stream)
{
	put_stream_head(cli, stream, false);
	put_direction(cli, stream, true, false);
	put_direction(cli, stream, false, false);
}

void sf_view_stream_detail(struct sf_cli *cli,
			   const struct sf_stream_info *stream)
{
	put_stream_head(cli, stream, true);
	put_direction(cli, stream, true, true);
	put_admits(cli, &stream->forward);
	put_direction(cli, stream, false, true);
	put_admits(cli, &stream->reverse);
}

/* What is to be known of a direction in a word; which leg is silent, below. */
static void add_flags(struct sf_table *table, const struct sf_stream_info *s,
		      const struct sf_direction_info *d)
{
	char flags[32] = "";

	snprintf(flags, sizeof(flags), "%s%s%s%s", d->silent ? " silent" : "",
		 d->poor ? " poor" : "", s->idle ? " idle" : "",
		 s->secure ? " secure" : "");
	sf_table_add(table, "%s", *flags ? flags + 1 : "-");
}

/* A cell of a number that may not be there. */
static void add_number(struct sf_table *table, bool there, int digits,
		       double value, const char *unit)
{
	if (there)
		sf_table_add(table, "%.*f%s", digits, value, unit);
	else
		sf_table_add(table, "-");
}

static void add_quality(struct sf_table *table, const struct sf_stream_info *s,
			bool forward)
{
	const struct sf_direction_info *d = forward ? &s->forward : &s->reverse;
	struct sf_quality q = sf_quality_of(s, forward, SF_QUALITY_WHOLE);
	char text[SF_TEXT_LEN];

	sf_table_add(table, "%s", *q.codec ? q.codec : "-");
	sf_table_add(table, "%s", q.has_loss ?
		     sf_text_percent(q.loss, text) : "-");
	add_number(table, q.has_jitter, 1, q.jitter, " ms");
	add_number(table, q.has_mos, 2, q.mos, "");
	sf_table_add(table, "%s", q.has_fast ?
		     sf_text_percent(q.fast, text) : "-");
	sf_table_text(table, d->declined);
	add_flags(table, s, d);
}

static void add_row(struct sf_table *table, const struct sf_stream_info *s,
		    bool forward)
{
	const struct sf_direction_info *d = forward ? &s->forward : &s->reverse;
	char text[SF_TEXT_LEN], pair[SF_PAIR_LEN];

	sf_table_add(table, "%u", s->id);
	sf_table_add(table, "%u", s->call);
	sf_table_text(table, s->type);
	sf_table_add(table, "%s", sf_text_stream_kind(s->kind, text));
	sf_table_add(table, "%s", forward ? "forward" : "reverse");
	sf_table_add(table, "%s", sf_text_pair(&d->source, &d->source_mapped,
					       pair));
	sf_table_add(table, "%s", sf_text_pair(&d->target, &d->target_inside,
					       pair));
	sf_table_add(table, "%" PRIu64, d->packets);
	sf_table_add(table, "%s", sf_text_bytes(d->bytes, text));
	if (sf_has(d, SIPFAST_A_DIRECTION_RTCP))
		sf_table_add(table, "%" PRIu64, d->rtcp);
	else
		sf_table_add(table, "-");
	sf_table_add(table, "%s", sf_has(d, SIPFAST_A_DIRECTION_LAST) ?
		     sf_text_seconds(d->last, text) : "never");
	add_quality(table, s, forward);
}

void sf_view_streams(struct sf_cli *cli, const struct sf_snapshot *snapshot)
{
	static const struct sf_column columns[] = {
		{ "STREAM", true, SF_FIT_KEEP }, { "CALL", true, SF_FIT_KEEP },
		{ "MEDIA", false, SF_FIT_KEEP },
		{ "KIND", false, SF_FIT_DROP }, { "WAY", false, SF_FIT_KEEP },
		{ "SOURCE", false, SF_FIT_DROP },
		{ "TARGET", false, SF_FIT_DROP },
		{ "PACKETS", true, SF_FIT_KEEP },
		{ "BYTES", true, SF_FIT_DROP },
		{ "RTCP", true, SF_FIT_DROP },
		{ "LAST", true, SF_FIT_DROP },
		{ "CODEC", false, SF_FIT_CUT },
		{ "LOSS", true, SF_FIT_KEEP },
		{ "JITTER", true, SF_FIT_KEEP },
		{ "MOS", true, SF_FIT_KEEP },
		{ "FAST", true, SF_FIT_DROP },
		{ "DECLINED", false, SF_FIT_DROP },
		{ "FLAGS", false, SF_FIT_CUT },
	};
	struct sf_table table = SF_TABLE(columns);
	const struct sf_stream_info *stream;
	size_t i;

	for (i = 0; i < snapshot->nstreams; i++) {
		stream = &snapshot->streams[i];
		add_row(&table, stream, true);
		add_row(&table, stream, false);
	}
	sf_table_print(&table, cli);
	sf_view_silence(cli, snapshot);
}
