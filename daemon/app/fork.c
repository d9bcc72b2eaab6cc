// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * fork.c - one request on its way to one or several places
 *
 * A fork lives as long as its server transaction and its legs. Legs that are
 * over stay for a while: a 2xx may come again, and has to go back (RFC 6026).
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "fork.h"

#include <stdlib.h>

#include "../sip/client.h"
#include "../sip/forward.h"
#include "../util/container.h"
#include "agree.h"
#include "hops.h"
#include "withhold.h"

#define WARNING_MAX	320

static _Thread_local char made[SF_MSG_MAX];

/* It will not come about; of one that ends there was no answer. */
static void forgo_call(struct sf_fork *fork)
{
	if (fork->call.serial && fork->record)
		sf_calls_ended(fork->worker->daemon->calls, &fork->call);
	fork->call.serial = 0;
}

/* RFC 3261, 12.2.1.2 and 15.1.1: who says so knows nothing of the dialog. */
static bool knows_nothing(u16 status)
{
	return status == 408 || status == 481;
}

/* RFC 3261, 12.2; RFC 3311: who sends that may say that he has moved. */
static bool may_move(u8 method)
{
	return method == SF_METHOD_INVITE || method == SF_METHOD_UPDATE;
}

/* Both sides of a call may be reached elsewhere from now on. */
static void move_call(const struct sf_fork *fork,
		      const struct sf_message *response)
{
	static _Thread_local struct sf_msg msg;
	const struct sf_blob *asked = sf_fork_asked(fork);
	struct sf_packet packet = { .flow = fork->from.flow, .msg = &msg };
	struct sf_message request;

	if (!asked)
		return;
	packet.buf = asked->bytes;
	packet.len = asked->len;
	if (!sf_msg_parse(&msg, packet.buf, packet.len) &&
	    !sf_message_read(&request, &packet))
		sf_calls_moved(fork->worker->daemon->calls, &fork->call,
			       &request, response);
}

/* BYE ends a call on both sides, once it is answered. */
static void settle_within(struct sf_fork *fork, u16 status,
			  const struct sf_message *response)
{
	if (fork->method == SF_METHOD_BYE &&
	    (status < 300 || knows_nothing(status)))
		sf_calls_ended(fork->worker->daemon->calls, &fork->call);
	else if (may_move(fork->method) && status < 300)
		move_call(fork, response);
}

/* INVITE has begun a call, or something was said within it. */
static void settle_call(struct sf_fork *fork, u16 status,
			const struct sf_message *response)
{
	struct sf_calls *calls = fork->worker->daemon->calls;

	if (!fork->call.serial || status < 200)
		return;
	if (!fork->record) {
		settle_within(fork, status, response);
	} else if (status < 300) {
		sf_calls_answered(calls, &fork->call, &fork->worker->self,
				  response);
	} else {
		return;
	}
	fork->call.serial = 0;
}

static void unref(struct sf_fork *fork)
{
	if (--fork->refs)
		return;
	forgo_call(fork);
	sf_agree_over(fork);
	sf_blob_put(fork->best);
	sf_conf_put(fork->conf);
	free(fork->lines);
	free(fork);
}

/* A call has got further; before that is answered, when its INVITE is gone. */
static void tell(const struct sf_fork *fork, enum sf_news_kind kind, u16 status)
{
	struct sf_newsroom *room = &fork->worker->daemon->newsroom;

	if (!sf_news_wanted(room) || !fork->record || !fork->server ||
	    fork->method != SF_METHOD_INVITE)
		return;
	sf_news_call(room, kind, fork->worker->number, status,
		     fork->server->request, &fork->from.flow);
}

static void answer(struct sf_fork *fork, u16 status)
{
	char lines[WARNING_MAX];
	struct sf_out out = sf_out(lines, sizeof(lines));
	struct sf_reply reply = { .status = status, .lines = lines };

	if (status == 480 && fork->insecure)
		sf_hops_warn(&out, fork->conf->domains.list[0].name);
	reply.lines_len = out.full ? 0 : out.len;
	if (fork->server)
		sf_server_reply(fork->server, &reply, NULL);
}

/*
 * Which of two final responses is the better one: RFC 3261, 16.7, step 6. A 6xx
 * says that nobody else needs to be asked; then the lower class; in it, what
 * lets the caller do better comes first.
 */
static u32 rank(u16 status)
{
	if (status >= 600)
		return 0;
	if (status < 400)
		return status;
	switch (status) {
	case 401:
	case 407:
	case 415:
	case 420:
	case 484:
		return 400;
	case 408:
	case 480:
		return 449;
	case 503:
		return 599;
	}
	return 401 + status / 100 * 10;
}

static bool asks_who(u16 status)
{
	return status == 401 || status == 407;
}

static void put_lines(struct sf_out *out, const struct sf_msg *msg,
		      enum sf_hdr_id id)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, id);

	for (; hdr; hdr = sf_msg_hdr_next(msg, hdr)) {
		sf_put_str(out, sf_hdr_name(id));
		sf_put_lit(out, ": ");
		sf_put_span(out, msg->buf, hdr->value);
		sf_put_lit(out, "\r\n");
	}
}

/* Who asks several is asked by all of them: RFC 3261, 16.7, step 7. */
static void add_challenges(struct sf_fork *fork,
			   const struct sf_message *response)
{
	struct sf_out out = sf_out(made, sizeof(made));
	struct sf_blob *best = fork->best, *more;
	const char *end = memmem(best->bytes, best->len, "\r\n\r\n", 4);
	u32 head = (u32)(end + 2 - best->bytes);

	sf_put(&out, best->bytes, head);
	put_lines(&out, response->msg, SF_HDR_WWW_AUTHENTICATE);
	put_lines(&out, response->msg, SF_HDR_PROXY_AUTHENTICATE);
	sf_put(&out, best->bytes + head, best->len - head);
	more = out.full ? NULL : sf_blob_new(out.buf, out.len);
	if (!more)
		return;
	sf_blob_put(best);
	fork->best = more;
}

/* As it goes back to who asked. */
static bool forward_back(struct sf_out *out, const struct sf_leg *leg,
			 const struct sf_message *response)
{
	const struct sf_fork *fork = leg->fork;
	struct sf_drops drops = { 0 };

	sf_withhold_identity(&drops, fork->conf, response->msg, leg->hop.trunk,
			     fork->from_trunk);
	return sf_forward_response(out, response, &drops);
}

static void keep_best(struct sf_leg *leg, u16 status,
		      const struct sf_message *response)
{
	struct sf_out out = sf_out(made, sizeof(made));
	struct sf_fork *fork = leg->fork;

	if (fork->done)
		return;
	if (fork->status && rank(fork->status) <= rank(status)) {
		if (asks_who(status) && asks_who(fork->status) && fork->best)
			add_challenges(fork, response);
		return;
	}
	fork->status = status;
	sf_blob_put(fork->best);
	fork->best = NULL;
	if (response && forward_back(&out, leg, response))
		fork->best = sf_blob_new(out.buf, out.len);
}

/* The search is over: who was not asked yet will not be. */
static void done(struct sf_fork *fork)
{
	struct sf_leg *leg, *next;

	fork->done = true;
	for (leg = fork->legs; leg; leg = next) {
		next = leg->next;
		if (!leg->begun)
			sf_fork_ended(leg);
	}
}

/* Nothing better will come. */
static void finish(struct sf_fork *fork)
{
	u16 status = fork->status ? fork->status : 480;

	/* Who never answered has nothing to say against it (RFC 3261, 9.1). */
	if (fork->cancelled && status == 408 && !fork->best)
		status = 487;
	done(fork);
	forgo_call(fork);
	sf_agree_over(fork);
	tell(fork, SF_NEWS_CALL_FAILED, status);
	/* Whoever asked has given up already, and would take it for an error
	 * (RFC 4320, 4.2).
	 */
	if (status == 408 && !fork->best && fork->server &&
	    fork->server->method != SF_METHOD_INVITE)
		sf_server_free(fork->server);
	/* A 503 of one place says nothing about us (RFC 3261, 16.7, step 6). */
	else if (status == 503 || !fork->best)
		answer(fork, status == 503 ? 500 : status);
	else if (fork->server)
		sf_server_send(fork->server, status, fork->best->bytes,
			       fork->best->len);
	sf_blob_put(fork->best);
	fork->best = NULL;
}

static void cancel_others(struct sf_fork *fork)
{
	struct sf_leg *leg;

	for (leg = fork->legs; leg; leg = leg->next)
		sf_leg_cancel(leg);
}

static bool start_next(struct sf_fork *fork, const struct sf_message *request,
		       const struct sf_way *way);

/* A leg is over. The last one decides. */
static void over(struct sf_fork *fork)
{
	fork->pending--;
	if (fork->done || fork->pending)
		return;
	if (!fork->cancelled && fork->status < 600 &&
	    start_next(fork, NULL, NULL))
		return;
	finish(fork);
}

/* The best of the other flows of a phone, one of which has failed. */
static struct sf_leg *find_spare(const struct sf_leg *failed)
{
	struct sf_leg *leg, *best = NULL;

	for (leg = failed->fork->legs; leg; leg = leg->next)
		if (!leg->begun && leg->hop.spare &&
		    sf_text_eq(leg->hop.instance, failed->hop.instance) &&
		    (!best || leg->hop.wall > best->hop.wall))
			best = leg;
	return best;
}

/*
 * Whoever has answered anything else was asked, and is not asked again; of a flow
 * that has failed nobody has heard.
 */
static bool try_spare(struct sf_leg *failed, u16 status)
{
	struct sf_fork *fork = failed->fork;
	struct sf_leg *leg = find_spare(failed);

	if (!leg || fork->done || fork->cancelled ||
	    (status != 430 && status != 408 && status != 480 && status != 503))
		return false;
	leg->begun = true;
	fork->pending++;
	sf_leg_send(leg, NULL, NULL);
	over(fork);
	return true;
}

void sf_fork_response(struct sf_leg *leg, const struct sf_message *response)
{
	struct sf_fork *fork = leg->fork;
	struct sf_out out = sf_out(made, sizeof(made));
	u16 status = response->msg->status;

	if ((status == 408 || status == 430) && try_spare(leg, status))
		return;
	/* Which flow has failed is between proxies. */
	if (status == 430 && leg->hop.instance.len) {
		sf_fork_failed(leg, 480);
		return;
	}
	settle_call(fork, status, response);
	if (status >= 300) {
		sf_agree_refused(leg, status);
		keep_best(leg, status, response);
		if (status >= 600)
			cancel_others(fork);
		over(fork);
		return;
	}
	if (status > 100 && !leg->won)
		tell(fork, status < 200 ? SF_NEWS_CALL_RINGING :
					  SF_NEWS_CALL_ANSWERED, status);
	if (status > 100)
		sf_agree_response(leg, response);
	if (fork->server && status > 100) {
		if (forward_back(&out, leg, response))
			sf_server_send(fork->server, status, out.buf, out.len);
		else if (status >= 200 && !fork->done)
			answer(fork, 500);
	}
	if (status < 200)
		return;
	if (!leg->won) {
		leg->won = true;
		done(fork);
		cancel_others(fork);
		over(fork);
	}
}

void sf_fork_failed(struct sf_leg *leg, u16 status)
{
	if (try_spare(leg, status))
		return;
	settle_call(leg->fork, status, NULL);
	sf_agree_refused(leg, status);
	keep_best(leg, status, NULL);
	over(leg->fork);
}

void sf_fork_ended(struct sf_leg *leg)
{
	struct sf_fork *fork = leg->fork;
	struct sf_leg **at = &fork->legs;

	while (*at != leg)
		at = &(*at)->next;
	*at = leg->next;
	free(leg->auth);
	free(leg);
	unref(fork);
}

static void cancelled(struct sf_server *server, const struct sf_message *cancel)
{
	struct sf_fork *fork = server->owner;

	(void)cancel;
	fork->cancelled = true;
	cancel_others(fork);
}

static void server_ended(struct sf_server *server)
{
	struct sf_fork *fork = server->owner;

	fork->server = NULL;
	unref(fork);
}

static const struct sf_server_user server_user = {
	.cancel = cancelled,
	.ended = server_ended,
};

/* From the start: one that is over at once may take others with it. */
static struct sf_leg *next_to_send(const struct sf_fork *fork)
{
	struct sf_leg *leg = fork->legs;

	while (leg && (!leg->begun || leg->sent))
		leg = leg->next;
	return leg;
}

/* All that have the preference of the first one that was not tried yet. */
static bool start_group(struct sf_fork *fork, const struct sf_message *request,
			const struct sf_way *way)
{
	struct sf_leg *leg;
	int best = -1;

	for (leg = fork->legs; leg; leg = leg->next)
		if (!leg->begun && !leg->hop.spare && (int)leg->hop.q > best)
			best = leg->hop.q;
	if (best < 0)
		return false;
	for (leg = fork->legs; leg; leg = leg->next) {
		if (leg->begun || leg->hop.spare || leg->hop.q != best)
			continue;
		leg->begun = true;
		fork->pending++;
	}
	/* Each may be over at once, and the fork with the last one: not yet. */
	fork->pending++;
	fork->refs++;
	while ((leg = next_to_send(fork)))
		sf_leg_send(leg, request, way);
	return true;
}

static bool start_next(struct sf_fork *fork, const struct sf_message *request,
		       const struct sf_way *way)
{
	if (!start_group(fork, request, way))
		return false;
	over(fork);
	unref(fork);
	return true;
}

static bool add_legs(struct sf_fork *fork, const struct sf_plan *plan)
{
	struct sf_leg **at = &fork->legs;
	u32 i;

	for (i = 0; i < plan->hops; i++) {
		*at = sf_leg_new(fork, &plan->hop[i]);
		if (!*at)
			return i;
		fork->refs++;
		at = &(*at)->next;
	}
	return true;
}

static struct sf_fork *new_fork(struct sf_worker *worker, u8 method,
				const struct sf_plan *plan)
{
	struct sf_fork *fork = calloc(1, sizeof(*fork));

	if (!fork)
		return NULL;
	fork->worker = worker;
	fork->conf = sf_conf_get(worker->conf);
	fork->method = method;
	fork->refs = 1;
	fork->record = plan->record;
	fork->call = plan->call;
	fork->from = plan->from;
	fork->from_trunk = plan->from_trunk;
	if (!plan->lines.len)
		return fork;
	fork->lines = malloc(plan->lines.len);
	if (fork->lines) {
		memcpy(fork->lines, plan->lines.s, plan->lines.len);
		fork->lines_len = plan->lines.len;
		return fork;
	}
	sf_conf_put(fork->conf);
	free(fork);
	return NULL;
}

void sf_fork(struct sf_worker *worker, const struct sf_message *request,
	     const struct sf_way *way, const struct sf_plan *plan)
{
	const struct sf_reply trying = { .status = 100 };
	struct sf_fork *fork = new_fork(worker, request->method, plan);

	if (!fork) {
		if (plan->record)
			sf_calls_ended(worker->daemon->calls, &plan->call);
		sf_worker_answer(worker, request, 500, (struct sf_text){ 0 });
		return;
	}
	fork->server = sf_server_new(&worker->sip, request, &server_user, fork);
	if (!fork->server) {
		unref(fork);
		return;
	}
	fork->refs++;
	tell(fork, SF_NEWS_CALL_BEGUN, 0);
	if (request->method == SF_METHOD_INVITE)
		sf_server_reply(fork->server, &trying, request);
	if (!add_legs(fork, plan) || !start_next(fork, request, way)) {
		answer(fork, 500);
		done(fork);
	}
	unref(fork);
}

/* Nobody waits for an answer. */
static void send_alone(struct sf_worker *worker,
		       const struct sf_message *request,
		       const struct sf_way *way, const struct sf_plan *plan,
		       bool own)
{
	struct sf_fork *fork = new_fork(worker, request->method, plan);

	if (!fork)
		return;
	fork->own = own;
	fork->asked = sf_blob_new(request->buf, request->msg->len);
	if (!fork->asked || !add_legs(fork, plan) ||
	    !start_next(fork, request, way))
		finish(fork);
	unref(fork);
}

void sf_fork_own(struct sf_worker *worker, const struct sf_message *request,
		 const struct sf_way *way, const struct sf_plan *plan)
{
	send_alone(worker, request, way, plan, true);
}

void sf_fork_ack(struct sf_worker *worker, const struct sf_message *ack,
		 const struct sf_way *way, const struct sf_plan *plan)
{
	send_alone(worker, ack, way, plan, false);
}
