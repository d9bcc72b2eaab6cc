// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * agree.c - what two parties agree on, for the kernel to open
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "agree.h"

#include <stdlib.h>

#include <sipfast/sdp.h>

#include "media.h"
#include "trunk.h"

/* Dialogs that one INVITE may make before its 2xx, and with one: as many as the
 * kernel's.
 */
#define EARLY_MAX	8

/**
 * struct asked - the request of a transaction, read once more
 * @msg: its index
 * @packet: it
 * @message: what everybody asks of it
 * @sdp: its description; empty: none
 */
struct asked {
	struct sf_msg msg;
	struct sf_packet packet;
	struct sf_message message;
	struct sf_text sdp;
};

static _Thread_local struct asked asked;

static bool is_clear(const struct sf_flow *flow)
{
	return flow->transport == SF_TRANSPORT_UDP ||
	       flow->transport == SF_TRANSPORT_TCP;
}

static bool is_ours(const struct sf_worker *worker, const struct sf_flow *from,
		    const struct sf_flow *to)
{
	return worker->daemon->media && (!is_clear(from) || !is_clear(to));
}

static bool leg_is_ours(const struct sf_leg *leg)
{
	return is_ours(leg->fork->worker, &leg->fork->from.flow,
		       &leg->hop.flow);
}

/* One of its legs may be answered even if another one was first. */
static bool is_of_ours(const struct sf_fork *fork)
{
	const struct sf_leg *leg = fork->legs;

	while (leg && !leg_is_ours(leg))
		leg = leg->next;
	return leg;
}

static struct sf_text sdp_of(const struct sf_message *message)
{
	struct sf_span where;

	if (sf_sdp_of(message->msg, &where))
		return (struct sf_text){ 0 };
	return sf_text(message->buf, where);
}

/* From the copy that the server transaction holds, or has left behind. */
static bool read_asked(const struct sf_fork *fork)
{
	const struct sf_blob *request = sf_fork_asked(fork);

	if (!request)
		return false;
	asked.packet = (struct sf_packet){
		.flow = fork->from.flow,
		.buf = request->bytes,
		.len = request->len,
		.msg = &asked.msg,
	};
	if (sf_msg_parse(&asked.msg, asked.packet.buf, asked.packet.len) ||
	    sf_message_read(&asked.message, &asked.packet))
		return false;
	asked.sdp = sdp_of(&asked.message);
	return true;
}

static struct sf_dialog_id id_of(const struct sf_message *message)
{
	return (struct sf_dialog_id){
		.call_id = sf_text(message->buf, message->call_id),
		.tag = { sf_text(message->buf, message->from_tag),
			 sf_text(message->buf, message->to_tag) },
	};
}

static struct sf_handover_end end_of(const struct sf_flow *flow)
{
	struct sf_handover_end end = { .family = flow->remote.ip.family,
				       .port = flow->remote.port };

	memcpy(end.addr, flow->remote.ip.v6, end.family == 6 ? 16 : 4);
	return end;
}

/* The media of a carrier comes from wherever it says; a phone's from itself. */
static bool may_name(const struct sf_worker *worker, const struct sf_flow *flow)
{
	return sf_trunk_of_flow(worker->conf, worker->net, flow) >= 0;
}

/* Who asks is the caller; of a dialog that is known media.c knows better. */
static void begin(struct sf_handover *handover, const struct sf_worker *worker,
		  const struct sf_message *message, const struct sf_flow *from,
		  const struct sf_flow *to)
{
	const char *buf = message->buf;

	*handover = (struct sf_handover){
		.call_id = sf_text(buf, message->call_id),
		.uri = { sf_text(buf, message->from.uri),
			 sf_text(buf, message->to.uri) },
		.tag = { sf_text(buf, message->from_tag),
			 sf_text(buf, message->to_tag) },
		.end = { end_of(from), end_of(to) },
		.names = { may_name(worker, from), may_name(worker, to) },
	};
}

static void count(struct sf_worker *worker, enum sf_media_done done)
{
	if (done == SF_MEDIA_OPENED)
		worker->counters[SF_APP_MEDIA_OPENED]++;
	else if (done == SF_MEDIA_FAILED)
		worker->counters[SF_APP_MEDIA_FAILED]++;
	else if (done == SF_MEDIA_FAMILY)
		worker->counters[SF_APP_MEDIA_FAMILY]++;
}

void sf_agree_request(struct sf_worker *worker,
		      const struct sf_message *request,
		      const struct sf_flow *from, const struct sf_flow *to)
{
	struct sf_handover handover;
	struct sf_text sdp;

	if ((request->method != SF_METHOD_ACK &&
	     request->method != SF_METHOD_PRACK) ||
	    !is_ours(worker, from, to))
		return;
	sdp = sdp_of(request);
	if (!sdp.len)
		return;
	begin(&handover, worker, request, from, to);
	handover.sdp[SF_ANSWER] = sdp;
	handover.offerer = SF_CALLEE;
	handover.answered = request->method == SF_METHOD_ACK;
	count(worker, sf_media_replied(worker->daemon->media, &handover));
}

/* It begins a dialog, or several: it has no tag in To. */
static bool is_first(void)
{
	return asked.message.method == SF_METHOD_INVITE &&
	       !asked.message.to_tag.len;
}

/* A user of ours calls somebody of another domain, whom we do not know. */
static bool is_foreign(const struct sf_leg *leg)
{
	return is_first() && !leg->hop.ruri.s;
}

/* In a response to a request without a description (RFC 3262, 5). */
static bool may_offer(const struct sf_message *response)
{
	return response->method == SF_METHOD_INVITE &&
	       (response->msg->status >= 200 ||
		sf_msg_hdr(response->msg, SF_HDR_RSEQ));
}

static enum sf_media_done take(struct sf_leg *leg,
			       const struct sf_message *response)
{
	struct sf_worker *worker = leg->fork->worker;
	struct sf_text sdp = sdp_of(response);
	u16 status = response->msg->status;
	struct sf_handover handover;

	begin(&handover, worker, response, &leg->fork->from.flow,
	      &leg->hop.flow);
	/* A connection that we open is not there when this is asked. */
	handover.names[SF_CALLEE] |= leg->hop.trunk >= 0 || is_foreign(leg);
	handover.answered = response->method == SF_METHOD_INVITE &&
			    (status >= 200 || !is_first());
	handover.sdp[SF_OFFER] = asked.sdp;
	handover.sdp[SF_ANSWER] = sdp;
	if (asked.sdp.len && sdp.len)
		return sf_media_agree(worker->daemon->media, &handover);
	if (sdp.len && may_offer(response)) {
		handover.sdp[SF_OFFER] = sdp;
		handover.offerer = SF_CALLEE;
		return sf_media_offered(worker->daemon->media, &handover);
	}
	if (is_first() && status >= 200)
		return sf_media_answered(worker->daemon->media, &handover);
	return SF_MEDIA_NOTHING;
}

/* Of a leg, or of all: what no 2xx came for. */
static void close_early(struct sf_fork *fork, const struct sf_leg *leg)
{
	struct sf_early **at = &fork->early, *early;

	while ((early = *at)) {
		if (early->answered || (leg && early->leg != leg)) {
			at = &early->next;
			continue;
		}
		*at = early->next;
		sf_media_rejected(fork->worker->daemon->media, early->cookie);
		free(early);
	}
}

/* Return: NULL: there are too many, and it stays shut. */
static struct sf_early *remember(struct sf_leg *leg, u64 cookie, bool answered)
{
	struct sf_fork *fork = leg->fork;
	struct sf_early *early;
	u32 n = 0;

	for (early = fork->early; early; early = early->next) {
		if (early->cookie == cookie)
			return early;
		n += early->answered == answered;
	}
	early = n < EARLY_MAX ? malloc(sizeof(*early)) : NULL;
	if (!early)
		return NULL;
	*early = (struct sf_early){ .next = fork->early, .leg = leg,
				    .cookie = cookie };
	fork->early = early;
	return early;
}

/* Others may pick up as well: their answers are to the same offer. */
static void keep_asked(struct sf_fork *fork)
{
	if (!fork->asked && fork->server->request)
		fork->asked = sf_blob_get(fork->server->request);
}

static void accepted(struct sf_leg *leg, const struct sf_message *response,
		     u64 cookie)
{
	struct sf_early *early = remember(leg, cookie, true);
	struct sf_fork *fork = leg->fork;

	if (early && early->answered)
		return;
	if (early)
		early->answered = true;
	count(fork->worker, early ? take(leg, response) : SF_MEDIA_FAILED);
	close_early(fork, NULL);
}

static void first_response(struct sf_leg *leg,
			   const struct sf_message *response)
{
	const struct sf_dialog_id id = id_of(response);
	struct sf_fork *fork = leg->fork;
	u64 cookie = sf_media_cookie(fork->worker->daemon->media, &id);

	if (response->msg->status >= 200)
		accepted(leg, response, cookie);
	else if (response->to_tag.len && remember(leg, cookie, false))
		count(fork->worker, take(leg, response));
}

/* A fork that has its answer waits for nothing but more of the same. */
static bool is_awaited(const struct sf_fork *fork,
		       const struct sf_message *response)
{
	return !fork->done || (response->method == SF_METHOD_INVITE &&
			       response->msg->status >= 200);
}

void sf_agree_response(struct sf_leg *leg, const struct sf_message *response)
{
	struct sf_fork *fork = leg->fork;

	if (!is_awaited(fork, response) || !is_of_ours(fork) ||
	    !read_asked(fork))
		return;
	if (is_first() && response->msg->status >= 200)
		keep_asked(fork);
	if (!leg_is_ours(leg))
		return;
	if (response->method == SF_METHOD_BYE) {
		const struct sf_dialog_id id = id_of(&asked.message);

		if (response->msg->status >= 200)
			sf_media_bye(fork->worker->daemon->media, &id);
	} else if (is_first()) {
		first_response(leg, response);
	} else if (fork->done) {
		return;
	} else if (response->method == SF_METHOD_INVITE ||
		   ((response->method == SF_METHOD_UPDATE ||
		     response->method == SF_METHOD_PRACK) &&
		    response->msg->status >= 200)) {
		count(fork->worker, take(leg, response));
	}
}

/* RFC 3261, 12.2.1.2 and 15.1.1; a challenge is no answer. */
static bool ends_dialog(u8 method, u16 status)
{
	if (status == 408 || status == 481)
		return true;
	return method == SF_METHOD_BYE && status != 401 && status != 407;
}

void sf_agree_refused(struct sf_leg *leg, u16 status)
{
	struct sf_fork *fork = leg->fork;
	struct sf_dialog_id id;

	close_early(fork, leg);
	if (fork->done || !leg_is_ours(leg) || !read_asked(fork) ||
	    !asked.message.to_tag.len ||
	    !ends_dialog(asked.message.method, status))
		return;
	id = id_of(&asked.message);
	sf_media_bye(fork->worker->daemon->media, &id);
}

void sf_agree_over(struct sf_fork *fork)
{
	struct sf_early *early;

	close_early(fork, NULL);
	while ((early = fork->early)) {
		fork->early = early->next;
		free(early);
	}
	sf_blob_put(fork->asked);
	fork->asked = NULL;
}
