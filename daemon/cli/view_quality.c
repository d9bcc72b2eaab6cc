// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * view_quality.c - the quality of a direction, in lines of a block
 */
#include <inttypes.h>

#include <linux/sipfast.h>

#include "quality.h"
#include "views.h"

#define MS(us)		((us) / 1000.0)
#define REPORT_OLD	15000	/* milliseconds: one is missing */

static void put_colored(struct sf_cli *cli, enum sf_color color,
			const char *text)
{
	fprintf(cli->out, "%s%s%s", sf_color(cli, color), text,
		sf_color(cli, SF_COLOR_OFF));
}

static void put_loss(struct sf_cli *cli, const struct sf_rtp_info *rtp,
		     const struct sf_quality *q)
{
	char percent[SF_TEXT_LEN], text[64];

	snprintf(text, sizeof(text), "%s lost", sf_text_percent(q->loss, percent));
	fputs(", ", cli->out);
	put_colored(cli, sf_quality_loss_color(q->loss), text);
	if (rtp->lost)
		fprintf(cli->out, " (%" PRIu64 " of %" PRIu64 ")", rtp->lost,
			rtp->expected);
}

static void put_here(struct sf_cli *cli, const struct sf_rtp_info *rtp,
		     const struct sf_quality *q, bool all)
{
	char text[SF_TEXT_LEN];

	fputs(q->codec, cli->out);
	if (q->has_loss)
		put_loss(cli, rtp, q);
	if (q->has_jitter) {
		snprintf(text, sizeof(text), "jitter %.1f ms", q->jitter);
		fputs(", ", cli->out);
		put_colored(cli, sf_quality_jitter_color(q->jitter), text);
		if (all)
			fprintf(cli->out, " (max %.1f)", MS(rtp->jitter_max));
	}
	if (q->has_mos) {
		snprintf(text, sizeof(text), "MOS %.2f", q->mos);
		fputs(", ", cli->out);
		put_colored(cli, sf_quality_mos_color(q->mos), text);
	}
}

/* What is out of the ordinary, each if there is any. */
static void put_odd(struct sf_cli *cli, const struct sf_direction_info *d)
{
	const struct {
		uint64_t n;
		const char *what;
	} rows[] = {
		{ d->rtp.reordered, "out of order" },
		{ d->rtp.duplicates, "twice" },
		{ d->other, "not RTP" },
		{ d->rtp.digits, "digits" },
		{ d->rtp.sources > 1 ? d->rtp.sources : 0, "sources" },
		{ d->rtp.payloads, "changes of the codec" },
	};
	const char *before = "";
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (!rows[i].n)
			continue;
		fprintf(cli->out, "%s%" PRIu64 " %s", before, rows[i].n,
			rows[i].what);
		before = ", ";
	}
}

static bool any_odd(const struct sf_direction_info *d)
{
	return d->rtp.reordered || d->rtp.duplicates || d->other ||
	       d->rtp.digits || d->rtp.sources > 1 || d->rtp.payloads;
}

static void put_report(struct sf_cli *cli, const struct sf_report_info *report)
{
	char text[SF_TEXT_LEN];

	fprintf(cli->out, "receiver: %u lost (%s lately)", report->lost,
		sf_text_percent(report->fraction / 10.0, text));
	if (sf_has(report, SIPFAST_A_REPORT_JITTER))
		fprintf(cli->out, ", jitter %.1f ms", MS(report->jitter));
	if (sf_has(report, SIPFAST_A_REPORT_RTT))
		fprintf(cli->out, ", round trip %.0f ms", MS(report->rtt));
	if (report->age >= REPORT_OLD)
		fprintf(cli->out, ", %s ago", sf_text_seconds(report->age, text));
}

static void put_fast(struct sf_cli *cli, const struct sf_direction_info *d,
		     const struct sf_quality *q)
{
	char text[SF_TEXT_LEN];

	if (d->fast)
		fprintf(cli->out, "%s in the fast path%s",
			sf_text_percent(q->fast, text),
			d->declined ? ", not now: " : "");
	else
		fprintf(cli->out, "not in the fast path%s",
			d->declined ? ": " : "");
	if (d->declined)
		sf_put_text(cli->out, d->declined);
}

static void put_alarms(struct sf_cli *cli, int indent,
		       const struct sf_direction_info *d)
{
	const char *bad = sf_color(cli, SF_COLOR_BAD);
	const char *off = sf_color(cli, SF_COLOR_OFF);
	char sender[SF_SENDER_LEN];

	if (d->silent)
		fprintf(cli->out, "%*s%sone-way: nothing arrives from %s%s\n",
			indent, "", bad, sf_quality_sender(d, sender), off);
	if (!d->poor)
		return;
	fprintf(cli->out, "%*s%spoor: %.1f%% lost lately", indent, "", bad,
		d->rtp.recent / 10.0);
	if (sf_has(&d->rtp, SIPFAST_A_RTP_JITTER))
		fprintf(cli->out, ", jitter %.1f ms", MS(d->rtp.jitter));
	fprintf(cli->out, "%s\n", off);
}

void sf_view_quality(struct sf_cli *cli, int indent,
		     const struct sf_stream_info *stream, bool forward,
		     bool all)
{
	const struct sf_direction_info *d =
		forward ? &stream->forward : &stream->reverse;
	struct sf_quality q = sf_quality_of(stream, forward, SF_QUALITY_WHOLE);

	if (*q.codec) {
		fprintf(cli->out, "%*s", indent, "");
		put_here(cli, &d->rtp, &q, all);
		fputc('\n', cli->out);
	}
	if (all && any_odd(d)) {
		fprintf(cli->out, "%*s", indent, "");
		put_odd(cli, d);
		fputc('\n', cli->out);
	}
	if (all && sf_has(d, SIPFAST_A_DIRECTION_REPORT)) {
		fprintf(cli->out, "%*s", indent, "");
		put_report(cli, &d->report);
		fputc('\n', cli->out);
	}
	if (all && (q.has_fast || d->declined)) {
		fprintf(cli->out, "%*s", indent, "");
		put_fast(cli, d, &q);
		fputc('\n', cli->out);
	}
	put_alarms(cli, indent, d);
}

static void put_silence(struct sf_cli *cli, uint32_t stream,
			const struct sf_direction_info *direction)
{
	char sender[SF_SENDER_LEN];

	if (!direction->silent)
		return;
	fprintf(cli->out, "%sstream %u is one-way: nothing arrives from %s%s\n",
		sf_color(cli, SF_COLOR_BAD), stream,
		sf_quality_sender(direction, sender),
		sf_color(cli, SF_COLOR_OFF));
}

void sf_view_silence(struct sf_cli *cli, const struct sf_snapshot *snapshot)
{
	size_t i;

	for (i = 0; i < snapshot->nstreams; i++) {
		put_silence(cli, snapshot->streams[i].id,
			    &snapshot->streams[i].forward);
		put_silence(cli, snapshot->streams[i].id,
			    &snapshot->streams[i].reverse);
	}
}
