// SPDX-License-Identifier: GPL-2.0
/*
 * dialog.c - the dialogs of a call, and when they end
 */
#include <linux/ctype.h>
#include <linux/ktime.h>
#include <linux/slab.h>

#include "cache.h"
#include "call.h"
#include "dialog.h"
#include "offer.h"
#include "packet.h"
#include "pernet.h"
#include "text.h"

/* The shortest session interval that may be asked for (RFC 4028, 4) */
#define SF_SESSION_MIN 90
#define SF_SESSION_MAX (7 * 24 * 3600)

/*
 * Whoever misses the refresh says BYE up to 32 seconds before the session
 * expires, and that may wait as long for its answer (RFC 4028, 10).
 */
#define SF_SESSION_GRACE (32 * NSEC_PER_SEC)

struct sf_dialog *sf_dialog_find(struct sf_call *call,
				 const struct sf_packet *pkt, int side)
{
	int from = pkt->msg->is_request ? side : !side;
	struct sf_dialog *dialog;

	list_for_each_entry(dialog, &call->dialogs, list)
		if (dialog->tag[from] == pkt->ident.from_tag &&
		    dialog->tag[!from] == pkt->ident.to_tag)
			return dialog;

	return NULL;
}

/*
 * A session that nobody refreshed is over, unless both sides still talk: then
 * it is we who missed the refresh.
 */
static void sf_dialog_expire(struct sf_timer *timer)
{
	struct sf_dialog *dialog = container_of(timer, struct sf_dialog, timer);
	struct sf_call *call = dialog->call;
	u64 talk = sf_offer_talk(dialog);

	if (sf_dialog_bye(dialog) || !dialog->confirmed) {
		sf_call_dialog_over(dialog, SIPFAST_END_BYE);
	} else if (talk && ktime_get_boottime_ns() - talk < SF_SESSION_GRACE) {
		sf_timer_set(call->sn, timer, SF_DIALOG_LINGER);
	} else {
		sf_count(call->sn, SF_CNT_CALL_SESSION);
		sf_call_dialog_over(dialog, SIPFAST_END_SESSION);
	}
}

static void sf_dialog_tag(struct sf_dialog *dialog, int side,
			  const struct sf_packet *pkt,
			  const struct sf_addr *addr, u64 hash)
{
	struct sf_param tag;

	dialog->tag[side] = hash;
	if (sf_param(pkt->msg->buf, addr->params, "tag", &tag))
		sf_text(dialog->text[side], sizeof(dialog->text[side]),
			pkt->msg->buf, tag.value);
}

static u8 sf_dialog_slot(const struct sf_call *call)
{
	const struct sf_dialog *dialog;
	unsigned long taken = 0;

	list_for_each_entry(dialog, &call->dialogs, list)
		taken |= BIT(dialog->slot);

	return ffz(taken);
}

struct sf_dialog *sf_dialog_make(struct sf_call *call)
{
	struct sf_dialog *dialog;

	if (call->ndialogs >= SF_CALL_DIALOGS) {
		sf_decide(call->sn, SF_CNT_CALL_FORKS);
		return NULL;
	}

	dialog = kmem_cache_zalloc(sf_dialog_cache, GFP_ATOMIC);
	if (!dialog) {
		sf_decide(call->sn, SF_CNT_CALL_NO_MEMORY);
		return NULL;
	}
	dialog->call = call;
	dialog->slot = sf_dialog_slot(call);
	sf_timer_init(&dialog->timer, sf_dialog_expire);
	list_add_tail(&dialog->list, &call->dialogs);
	call->ndialogs++;

	return dialog;
}

struct sf_dialog *sf_dialog_get(struct sf_call *call,
				const struct sf_packet *pkt, int side)
{
	int from = pkt->msg->is_request ? side : !side;
	struct sf_dialog *dialog = sf_dialog_find(call, pkt, side);

	if (dialog)
		return dialog;

	dialog = sf_dialog_make(call);
	if (!dialog)
		return NULL;
	sf_dialog_tag(dialog, from, pkt, &pkt->ident.from, pkt->ident.from_tag);
	sf_dialog_tag(dialog, !from, pkt, &pkt->ident.to, pkt->ident.to_tag);
	/* A request in it: it began before we looked. */
	dialog->confirmed = pkt->msg->is_request;

	return dialog;
}

void sf_dialog_free(struct sf_dialog *dialog)
{
	struct sf_call *call = dialog->call;

	sf_timer_del(call->sn, &dialog->timer);
	list_del(&dialog->list);
	call->ndialogs--;
	kmem_cache_free(sf_dialog_cache, dialog);
}

/* Wait for what ends it, if anything does. */
static void sf_dialog_wait(struct sf_dialog *dialog)
{
	struct sf_net *sn = dialog->call->sn;
	u64 now, left = 0;

	if (sf_dialog_bye(dialog)) {
		sf_timer_set(sn, &dialog->timer, SF_DIALOG_LINGER);
	} else if (dialog->session) {
		now = ktime_get_boottime_ns();
		if (dialog->session > now)
			left = div_u64(dialog->session - now, NSEC_PER_MSEC);
		sf_timer_set(sn, &dialog->timer, left);
	} else {
		sf_timer_del(sn, &dialog->timer);
	}
}

void sf_dialog_bye_sent(struct sf_dialog *dialog, const struct sf_packet *pkt,
			int side)
{
	bool first = !sf_dialog_bye(dialog);

	dialog->bye_sent[side] = true;
	dialog->bye_cseq[side] = pkt->ident.cseq.number;

	/* Nothing prolongs the wait for the end. */
	if (first)
		sf_dialog_wait(dialog);
}

bool sf_dialog_bye_answered(const struct sf_dialog *dialog,
			    const struct sf_packet *pkt, int side)
{
	return dialog->bye_sent[!side] &&
	       dialog->bye_cseq[!side] == pkt->ident.cseq.number &&
	       pkt->msg->status >= 200;
}

void sf_dialog_bye_undo(struct sf_dialog *dialog, int side)
{
	dialog->bye_sent[side] = false;
	if (!sf_dialog_bye(dialog))
		sf_dialog_wait(dialog);
}

/* Seconds of Session-Expires; 0: there is none. */
static u32 sf_dialog_interval(const struct sf_packet *pkt)
{
	const char *buf = pkt->msg->buf;
	struct sf_span value;
	u32 end, seconds;

	if (sf_msg_single(pkt->msg, SF_HDR_SESSION_EXPIRES, &value) != SF_OK)
		return 0;

	for (end = value.off; end < sf_span_end(value); end++)
		if (!isdigit(buf[end]))
			break;
	if (!sf_span_u32(buf, sf_span(value.off, end), &seconds))
		return 0;

	return clamp_t(u32, seconds, SF_SESSION_MIN, SF_SESSION_MAX);
}

void sf_dialog_session(struct sf_dialog *dialog, const struct sf_packet *pkt)
{
	u32 seconds = sf_dialog_interval(pkt);

	dialog->session = seconds ? ktime_get_boottime_ns() +
				    (u64)seconds * NSEC_PER_SEC +
				    SF_SESSION_GRACE : 0;
	if (!sf_dialog_bye(dialog))
		sf_dialog_wait(dialog);
}

void sf_dialog_answered(struct sf_dialog *dialog, const struct sf_packet *pkt)
{
	struct sf_call *call = dialog->call;
	struct sf_dialog *branch;

	if (!dialog->confirmed)
		list_for_each_entry(branch, &call->dialogs, list)
			if (branch != dialog && !branch->confirmed)
				sf_timer_set(call->sn, &branch->timer,
					     SF_DIALOG_LINGER);

	dialog->confirmed = true;
	sf_dialog_session(dialog, pkt);
}
