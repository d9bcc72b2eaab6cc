// SPDX-License-Identifier: GPL-2.0
/*
 * report.c - messages, told to those who listen to the group "sip"
 */
#include <linux/ktime.h>
#include <linux/slab.h>
#include <sipfast/mask.h>
#include <uapi/linux/sipfast.h>

#include "netlink.h"
#include "nlfill.h"
#include "packet.h"
#include "pernet.h"
#include "report.h"
#include "text.h"

/* What there is besides texts and decisions: nine small attributes, four ends. */
#define SF_REPORT_HEAD 512
#define SF_REPORT_CALL_ID 256

/* A decision: nests, a name, a sentence, a number. */
#define SF_REPORT_NOTE 192

/**
 * struct sf_report - a message to be told of
 * @pkt: its packet
 * @verdict: enum sipfast_verdict
 * @length: its bytes as it came
 * @text: as it came; NULL: not to be shown
 * @edited: as it went on; NULL: the same
 * @edited_len: its bytes
 */
struct sf_report {
	struct sf_packet *pkt;
	u8 verdict;
	u32 length;
	const char *text;
	const char *edited;
	u32 edited_len;
};

static int sf_report_ends(struct sk_buff *skb, const struct sf_packet *pkt)
{
	const struct sf_end *real = pkt->leg.real, *face = pkt->leg.face;
	u8 l3num = pkt->l3num;

	return sf_fill_end(skb, SIPFAST_A_MESSAGE_SOURCE, &real[SF_SENDER],
			   l3num) ?:
	       sf_fill_mapped(skb, SIPFAST_A_MESSAGE_SOURCE_MAPPED,
			      &real[SF_SENDER], &face[SF_SENDER], l3num) ?:
	       sf_fill_end(skb, SIPFAST_A_MESSAGE_TARGET, &face[SF_RECEIVER],
			   l3num) ?:
	       sf_fill_mapped(skb, SIPFAST_A_MESSAGE_TARGET_INSIDE,
			      &face[SF_RECEIVER], &real[SF_RECEIVER], l3num);
}

static int sf_report_call(struct sk_buff *skb, const struct sf_report *report)
{
	const struct sf_packet *pkt = report->pkt;
	char text[SF_REPORT_CALL_ID];
	struct sf_span id;
	int err = 0;

	if (pkt->call)
		err = nla_put_u32(skb, SIPFAST_A_MESSAGE_CALL, pkt->call);
	if (err || report->verdict == SIPFAST_VERDICT_UNREAD ||
	    sf_msg_single(pkt->msg, SF_HDR_CALL_ID, &id) != SF_OK)
		return err;

	sf_text(text, sizeof(text), report->text, id);

	return nla_put_string(skb, SIPFAST_A_MESSAGE_CALL_ID, text);
}

static u32 sf_report_cut(const char *text, u32 len)
{
	return text ? min_t(u32, len, SIPFAST_MESSAGE_TEXT) : 0;
}

static int sf_report_text(struct sk_buff *skb, int attr, const char *text,
			  u32 len)
{
	return text ? nla_put(skb, attr, sf_report_cut(text, len), text) : 0;
}

static int sf_report_message(struct sk_buff *skb,
			     const struct sf_report *report)
{
	struct sf_packet *pkt = report->pkt;

	return nla_put_u32(skb, SIPFAST_A_MESSAGE_NUMBER,
			   atomic_inc_return(&pkt->sn->reported)) ?:
	       nla_put_u64_64bit(skb, SIPFAST_A_MESSAGE_TIME,
				 ktime_get_real_ns(), SIPFAST_A_MESSAGE_PAD) ?:
	       sf_report_ends(skb, pkt) ?:
	       sf_fill_zone(skb, SIPFAST_A_MESSAGE_ZONE, pkt->zone) ?:
	       sf_report_call(skb, report) ?:
	       nla_put_u8(skb, SIPFAST_A_MESSAGE_VERDICT, report->verdict) ?:
	       nla_put_u32(skb, SIPFAST_A_MESSAGE_LENGTH, report->length) ?:
	       sf_report_text(skb, SIPFAST_A_MESSAGE_TEXT, report->text,
			      report->length) ?:
	       sf_report_text(skb, SIPFAST_A_MESSAGE_EDITED, report->edited,
			      report->edited_len);
}

static int sf_report_fill(struct sk_buff *skb, const void *obj)
{
	const struct sf_report *report = obj;
	struct nlattr *nest;
	int err;

	err = sf_fill_notes(skb, &report->pkt->notes);
	if (err)
		return err;

	nest = nla_nest_start(skb, SIPFAST_A_MESSAGE);
	if (!nest)
		return -EMSGSIZE;

	return sf_fill_nest(skb, nest, sf_report_message(skb, report));
}

static void sf_report_send(const struct sf_report *report)
{
	size_t size = SF_REPORT_HEAD + SF_REPORT_CALL_ID +
		      report->pkt->notes.n * SF_REPORT_NOTE +
		      sf_report_cut(report->text, report->length) +
		      sf_report_cut(report->edited, report->edited_len);

	sf_netlink_message(report->pkt->sn, size, sf_report_fill, report);
}

/* A copy without secrets, for kfree(); NULL, counted as lost, for no memory. */
static char *sf_report_copy(struct sf_net *sn, const char *data, u32 len)
{
	char *copy = kmemdup(data, len, GFP_ATOMIC);

	if (copy)
		sf_mask(copy, len);
	else
		sf_count(sn, SF_CNT_EVENT_LOST);

	return copy;
}

void sf_report_begin(struct sf_packet *pkt)
{
	if (likely(!sf_netlink_message_wanted(pkt->sn)))
		return;

	pkt->copy = sf_report_copy(pkt->sn, pkt->msg->buf, pkt->msg->len);
}

/* The edits once more, over the text that has no secrets. */
static void sf_report_edit(struct sf_report *report)
{
	const struct sf_edits *edits = report->pkt->edits;
	u32 max = report->length + max(edits->delta, 0);
	char *out = kmalloc(max, GFP_ATOMIC);

	if (!out)
		return;

	if (sf_edits_apply(edits, report->text, sf_span(0, report->length), out,
			   max, &report->edited_len) == SF_OK)
		report->edited = out;
	else
		kfree(out);
}

void sf_report_end(struct sf_packet *pkt)
{
	struct sf_report report = {
		.pkt = pkt,
		.verdict = pkt->edited ? SIPFAST_VERDICT_EDITED :
					 SIPFAST_VERDICT_PASSED,
		.length = pkt->msg->len,
		.text = pkt->copy,
	};

	if (likely(!pkt->copy))
		return;

	if (pkt->edited)
		sf_report_edit(&report);
	sf_report_send(&report);
	kfree(report.edited);
	kfree(pkt->copy);
	pkt->copy = NULL;
}

void sf_report_unread(struct sf_packet *pkt, const char *data, u32 len)
{
	struct sf_report report = {
		.pkt = pkt,
		.verdict = SIPFAST_VERDICT_UNREAD,
		.length = len,
	};

	if (likely(!sf_netlink_message_wanted(pkt->sn)))
		return;

	sf_packet_leg(pkt);
	if (data) {
		report.text = sf_report_copy(pkt->sn, data, len);
		if (!report.text)
			return;
	}
	sf_report_send(&report);
	kfree(report.text);
}
