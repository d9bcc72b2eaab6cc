// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * view_detail.c - what is behind a call: flow, dialogs, offers, ports, reasons
 */
#include <string.h>
#include <sys/socket.h>

#include <linux/sipfast.h>

#include "text.h"
#include "views.h"

#define WIDTH	10	/* of the labels of a block, as in view_call.c */
#define INDENT	(2 + WIDTH + 1)

static void put_label(struct sf_cli *cli, const char *label)
{
	sf_put_label(cli, 2, WIDTH, label);
}

/* The label stands before the first of several objects of a kind only. */
static void put_label_once(struct sf_cli *cli, const char *label, size_t i)
{
	if (i)
		fprintf(cli->out, "%*s", INDENT, "");
	else
		put_label(cli, label);
}

static void put_expires(struct sf_cli *cli, const struct sf_call_info *call)
{
	char text[SF_TEXT_LEN];

	if (!sf_has(call, SIPFAST_A_CALL_EXPIRES))
		return;
	put_label(cli, "expires");
	fprintf(cli->out, "in %s, unless a message or media comes\n",
		sf_text_clock(call->expires, text));
}

static void put_flow(struct sf_cli *cli, const struct sf_flow_info *flow)
{
	char text[SF_TEXT_LEN];

	put_label(cli, "flow");
	sf_put_flow(cli, INDENT, &flow->source, &flow->source_mapped,
		    &flow->target, &flow->target_inside);
	fprintf(cli->out, "\n%*s", INDENT, "");
	sf_put_count(cli->out, flow->calls, "call");
	fprintf(cli->out, " on it, kept for %s",
		sf_text_clock(flow->expires * 1000ULL, text));
	if (sf_has(flow, SIPFAST_A_FLOW_REGISTERED))
		fprintf(cli->out, ", registered for %s",
			sf_text_clock(flow->registered * 1000ULL, text));
	fputc('\n', cli->out);
}

static void put_lines(struct sf_cli *cli, uint32_t media)
{
	const char *before = " ";
	int i;

	if (!media) {
		fputs("no media", cli->out);
		return;
	}
	fputs("media of m= line", cli->out);
	for (i = 0; i < 32; i++) {
		if (!(media >> i & 1))
			continue;
		fprintf(cli->out, "%s%d", before, i + 1);
		before = ", ";
	}
}

static void put_dialog(struct sf_cli *cli, const struct sf_dialog_info *dialog,
		       size_t i)
{
	char state[SF_TEXT_LEN];

	put_label_once(cli, "dialog", i);
	fprintf(cli->out, "%s, ", sf_text_dialog_state(dialog->state, state));
	put_lines(cli, dialog->media);
	fprintf(cli->out, "\n%*stags ", INDENT, "");
	sf_put_text(cli->out, dialog->caller_tag);
	fprintf(cli->out, " %s ", sf_arrow(cli));
	sf_put_text(cli->out, dialog->callee_tag);
	fputc('\n', cli->out);
}

/* Offers come line by line: what a line is of is said once. */
static void put_offer(struct sf_cli *cli, const struct sf_offer_info *offer,
		      const struct sf_offer_info *before)
{
	char pair[SF_PAIR_LEN];

	if (!before || before->cseq != offer->cseq ||
	    before->caller != offer->caller ||
	    before->response != offer->response) {
		put_label_once(cli, "offer", before ? 1 : 0);
		fprintf(cli->out, "%s the %s, CSeq %u\n", offer->response ?
			"in a response of" : "of",
			offer->caller ? "caller" : "callee", offer->cseq);
	}
	fprintf(cli->out, "%*sm= line %u ", INDENT, "", offer->media + 1);
	sf_put_text(cli->out, offer->type);
	fprintf(cli->out, ": %s\n", offer->usable ?
		sf_text_pair(&offer->endpoint, &offer->mapped, pair) :
		"not opened");
}

static void put_port(struct sf_cli *cli, const struct sf_port_info *port,
		     size_t i)
{
	char mapped[SF_ENDPOINT_LEN], endpoint[SF_ENDPOINT_LEN];

	put_label_once(cli, "ports", i);
	fprintf(cli->out, "%s-%u for %s", sf_endpoint_text(&port->mapped, mapped),
		port->mapped.port + 1, sf_endpoint_text(&port->endpoint,
							endpoint));
	if (sf_has(port, SIPFAST_A_PORT_RTCP))
		fprintf(cli->out, ", %u", port->rtcp);
	fputc('\n', cli->out);
}

void sf_view_detail(struct sf_cli *cli, const struct sf_snapshot *detail)
{
	size_t i;

	put_expires(cli, &detail->calls[0]);
	for (i = 0; i < detail->nflows; i++)
		put_flow(cli, &detail->flows[i]);
	for (i = 0; i < detail->ndialogs; i++)
		put_dialog(cli, &detail->dialogs[i], i);
	for (i = 0; i < detail->noffers; i++)
		put_offer(cli, &detail->offers[i],
			  i ? &detail->offers[i - 1] : NULL);
	for (i = 0; i < detail->nports; i++)
		put_port(cli, &detail->ports[i], i);
}

static void put_decision(struct sf_cli *cli, const struct sf_decision_info *d,
			 size_t i)
{
	char text[SF_TEXT_LEN];

	put_label_once(cli, "not done", i);
	fprintf(cli->out, "%s", sf_color(cli, SF_COLOR_WARN));
	sf_put_text(cli->out, d->name);
	fprintf(cli->out, "%s", sf_color(cli, SF_COLOR_OFF));
	if (sf_has(d, SIPFAST_A_DECISION_MEDIA))
		fprintf(cli->out, ", m= line %u", d->media + 1);
	fprintf(cli->out, "\n%*s", INDENT, "");
	sf_put_words(cli, INDENT, d->text);
	fprintf(cli->out, "\n%*sin the %s's ", INDENT, "",
		d->caller ? "caller" : "callee");
	if (d->status)
		fprintf(cli->out, "%u to ", d->status);
	sf_put_text(cli->out, d->method);
	fprintf(cli->out, " after %s", sf_text_seconds(d->at, text));
	if (d->times > 1)
		fprintf(cli->out, ", %u times", d->times);
	fputc('\n', cli->out);
}

void sf_view_decisions(struct sf_cli *cli, const struct sf_snapshot *detail)
{
	size_t i;

	for (i = 0; i < detail->ndecisions; i++)
		put_decision(cli, &detail->decisions[i], i);
}
