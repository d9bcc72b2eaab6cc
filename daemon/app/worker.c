// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * worker.c - a thread that serves, and what workers hand each other
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "worker.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../sip/branch.h"
#include "../sip/hosts.h"
#include "../sip/steer.h"
#include "../util/clock.h"
#include "../util/container.h"
#include "../util/out.h"
#include "agent.h"
#include "ban.h"
#include "location.h"
#include "proxy.h"

/* Letters of other workers that may wait. */
#define LETTERS_MAX	65536

#define PULSE_MS	1000
#define DRAIN_PULSE_MS	100	/* main waits for what is still under way */

const char *sf_app_counter_name(enum sf_app_counter counter)
{
	static const char *const names[] = {
#define X(sym, name) name,
		SF_APP_COUNTERS(X)
#undef X
	};

	return names[counter];
}

enum kind {
	CAME,		/* a message that came, for the worker of its transaction */
	LEAVES,		/* one to be sent, for the worker of its connection */
	RETURNS,	/* that one could not be sent; without its bytes */
	RETURNED,	/* what ICMP shows of one that was sent, and did not arrive */
};

/**
 * struct message_letter - bytes that another worker's connection or transaction
 * is to have
 * @letter: head
 * @kind: which of both
 * @origin: the worker that a message came to
 * @from: who wrote the letter
 */
struct message_letter {
	struct sf_letter letter;
	struct sf_flow flow;
	u32 len;
	u8 kind;
	u8 origin;
	u8 from;
	char bytes[];
};

static int put(struct sf_worker *worker, u8 to, const struct sf_flow *flow,
	       const char *buf, u32 len, enum kind kind);

static void take_in(struct sf_worker *worker,
		    const struct message_letter *letter)
{
	static _Thread_local struct sf_msg msg;
	struct sf_packet packet = {
		.flow = letter->flow,
		.buf = letter->bytes,
		.len = letter->len,
		.msg = &msg,
	};

	packet.reason = sf_msg_parse(&msg, packet.buf, packet.len);
	worker->origin = letter->origin;
	sf_sip_packet(&worker->sip, &packet);
	worker->origin = worker->number;
}

static void open_message(struct sf_letter *head, void *owner)
{
	struct message_letter *letter = container_of(head, struct message_letter,
						     letter);
	struct sf_worker *worker = owner;

	switch (letter->kind) {
	case CAME:
		take_in(worker, letter);
		break;
	case LEAVES:
		if (sf_net_send(worker->net, &letter->flow, letter->bytes,
				letter->len))
			put(worker, letter->from, &letter->flow, NULL, 0,
			    RETURNS);
		break;
	case RETURNS:
		sf_sip_net_user.unreached(&worker->sip, &letter->flow, EPIPE);
		break;
	case RETURNED:
		sf_sip_returned(&worker->sip, &letter->flow, letter->bytes,
				letter->len);
		break;
	}
	free(letter);
}

static int put(struct sf_worker *worker, u8 to, const struct sf_flow *flow,
	       const char *buf, u32 len, enum kind kind)
{
	struct message_letter *letter = malloc(sizeof(*letter) + len);

	if (!letter)
		return -ENOMEM;
	letter->letter = (struct sf_letter){
		.open = open_message,
		.size = (u32)sizeof(*letter) + len,
	};
	letter->flow = *flow;
	letter->len = len;
	letter->kind = (u8)kind;
	letter->origin = worker->origin;
	letter->from = worker->number;
	if (len)
		memcpy(letter->bytes, buf, len);
	if (to < worker->daemon->workers &&
	    sf_mailbox_put(&worker->daemon->worker[to].mailbox,
			   &letter->letter)) {
		worker->counters[SF_APP_HANDED]++;
		return 0;
	}
	worker->counters[SF_APP_HAND_FULL]++;
	free(letter);
	return -ENOBUFS;
}

static int hand(void *owner, const struct sf_flow *flow, const char *buf,
		u32 len)
{
	return put(owner, flow->worker, flow, buf, len, LEAVES);
}

static void returned(void *owner, int to, const struct sf_flow *flow,
		     const char *quote, u32 len)
{
	struct sf_worker *worker = owner;
	u32 i;

	for (i = 0; i < worker->daemon->workers; i++)
		if (i != worker->number && (to < 0 || to == (int)i))
			put(worker, (u8)i, flow, quote, len, RETURNED);
}

bool sf_worker_hand(struct sf_worker *worker, u8 to,
		    const struct sf_packet *packet)
{
	return !put(worker, to, &packet->flow, packet->buf, packet->msg->len,
		    CAME);
}

/* Who is only asked to prove who he is was not refused yet. */
static void tell_refused(struct sf_worker *worker,
			 const struct sf_message *request, u16 status)
{
	bool known = worker->why != SF_APP_SERVED;

	if (status == 407 &&
	    !sf_msg_hdr(request->msg, SF_HDR_PROXY_AUTHORIZATION))
		return;
	sf_news_request(&worker->daemon->newsroom, SF_NEWS_REFUSED,
			worker->number, request, status,
			known ? sf_app_counter_name(worker->why) : NULL);
}

/* The same for the same request, and its ACK: who answers keeps no state. */
static u64 tag_of(const struct sf_worker *worker,
		  const struct sf_message *request)
{
	struct sf_hasher hasher;

	sf_hasher_init(&hasher, &worker->daemon->key);
	sf_hasher_add(&hasher, request->buf + request->call_id.off,
		      request->call_id.len);
	sf_hasher_add(&hasher, request->buf + request->branch.off,
		      request->branch.len);
	return sf_hasher_end(&hasher) | 1;
}

void sf_worker_answer(struct sf_worker *worker,
		      const struct sf_message *request, u16 status,
		      struct sf_text lines)
{
	struct sf_reply reply = { .status = status, .lines = lines.s,
				  .lines_len = lines.len };

	if (request->method == SF_METHOD_ACK || !request->msg->is_request)
		return;
	if (status >= 400 && sf_news_wanted(&worker->daemon->newsroom))
		tell_refused(worker, request, status);
	reply.tag = tag_of(worker, request);
	sf_sip_reply(&worker->sip, request, &reply);
}

bool sf_worker_answered(const struct sf_worker *worker,
			const struct sf_message *ack)
{
	char text[16];
	struct sf_out out = sf_out(text, sizeof(text));

	sf_put_hex(&out, tag_of(worker, ack), sizeof(text));
	return sf_span_eq(ack->buf, ack->to_tag, text, sizeof(text));
}

/*
 * Whom the kernel should keep away is not heard here either: its rules may not be
 * loaded, and what is left of a connection may have been read already.
 */
static bool is_banned(struct sf_worker *worker,
		      const struct sf_message *message)
{
	if (!sf_ban_has(worker->daemon->bans, &message->packet->flow.remote.ip))
		return false;
	sf_worker_count(worker, SF_APP_BANNED);
	return true;
}

/*
 * A response is for the worker that its branch names. CANCEL and ACK name no
 * worker: they go round until somebody knows them.
 */
static void strange(void *owner, const struct sf_message *message)
{
	struct sf_worker *worker = owner;
	u8 next = (worker->number + 1) % worker->daemon->workers;
	struct sf_branch branch;

	if (!message->msg->is_request) {
		if (sf_branch_parse(message->buf, message->branch, &branch) &&
		    branch.worker != worker->number &&
		    worker->origin == worker->number)
			sf_worker_hand(worker, branch.worker, message->packet);
		else
			worker->sip.counters[SF_SIP_STRANGE_RESPONSE]++;
		return;
	}
	if (next != worker->origin) {
		sf_worker_hand(worker, next, message->packet);
		return;
	}
	if (message->method == SF_METHOD_ACK) {
		worker->sip.counters[SF_SIP_STRANGE_ACK]++;
		return;
	}
	worker->sip.counters[SF_SIP_STRANGE_CANCEL]++;
	if (!is_banned(worker, message))
		sf_worker_answer(worker, message, 481, (struct sf_text){ 0 });
}

void sf_worker_strange(struct sf_worker *worker,
		       const struct sf_message *message)
{
	strange(worker, message);
}

static void request(void *owner, const struct sf_message *message)
{
	struct sf_worker *worker = owner;

	sf_location_heard(worker->daemon->location, &message->packet->flow);
	if (!is_banned(worker, message))
		sf_proxy_request(worker, message);
}

static void bad(void *owner, const struct sf_message *message,
		enum sf_reason reason)
{
	struct sf_worker *worker = owner;

	if (!is_banned(worker, message))
		sf_proxy_bad(worker, message, reason);
}

static void closed(void *owner, const struct sf_flow *flow)
{
	struct sf_worker *worker = owner;

	sf_location_closed(worker->daemon->location, flow);
}

static void keepalive(void *owner, const struct sf_flow *flow)
{
	struct sf_worker *worker = owner;

	sf_location_heard(worker->daemon->location, flow);
}

static bool skip(void *owner, const struct sf_flow *flow, const char *buf,
		 u32 len)
{
	return sf_proxy_skip(owner, &flow->remote, buf, len);
}

static const struct sf_sip_user sip_user = {
	.request = request,
	.bad = bad,
	.strange = strange,
	.closed = closed,
	.keepalive = keepalive,
	.skip = skip,
	.returned = returned,
	.hand = hand,
};

static bool is_own(const void *owner, const char *buf,
		   const struct sf_host *host)
{
	const struct sf_worker *worker = owner;

	if (host->ip.family)
		return sf_net_own(worker->net, &host->ip, host->port);
	return sf_domain_find(&worker->conf->domains, NULL, buf, host);
}

static void pulse(struct sf_timer *timer)
{
	struct sf_worker *worker = container_of(timer, struct sf_worker, pulse);

	worker->alive = sf_clock_ms();
	worker->busy = sf_sip_busy(&worker->sip);
	sf_net_drops(worker->net);
	sf_timer_set(&worker->loop.wheel, timer,
		     worker->draining ? DRAIN_PULSE_MS : PULSE_MS);
}

/* Without it responses are handed on, which costs, and that is all. */
static void steer(struct sf_worker *worker)
{
	struct sock_filter program[SF_STEER_MAX];
	int err = sf_net_steer(worker->net, program, sf_steer_program(program));

	if (err)
		sf_log(SF_LOG_NOTICE, "not-steered", "error=\"%s\"",
		       strerror(-err));
}

int sf_worker_open(struct sf_worker *worker, int *failed)
{
	const struct sf_resolver_able able = {
		.transports = 1 << SF_TRANSPORT_UDP | 1 << SF_TRANSPORT_TCP |
			      (worker->conf->encrypts ? 1 << SF_TRANSPORT_TLS : 0),
		.families = 3,
		.hosts = SF_HOSTS_FILE,
	};
	struct sf_sip *sip = &worker->sip;
	int err;

	*failed = -1;
	sf_overload_init(&worker->load);
	sf_sift_init(&worker->sift);
	worker->origin = worker->number;
	worker->self = (struct sf_self){ .key = &worker->daemon->key,
					 .own = is_own, .owner = worker };
	err = sf_loop_init(&worker->loop);
	if (err)
		return err;
	err = sf_mailbox_init(&worker->mailbox, &worker->loop, LETTERS_MAX,
			      worker);
	if (err)
		goto close_loop;
	err = sf_net_open(&worker->net, &worker->loop, worker->number,
			  worker->conf->listen, worker->conf->listens,
			  &worker->conf->limits, &sf_sip_net_user, sip, failed);
	if (err)
		goto close_mailbox;
	sf_net_secure(worker->net, worker->conf->tls);
	sf_net_web(worker->net, &worker->conf->web);
	sf_net_watch(worker->net, &worker->daemon->tracer.tap);
	sip->net = worker->net;
	sip->wheel = &worker->loop.wheel;
	sip->worker = worker->number;
	sip->user = &sip_user;
	sip->owner = worker;
	err = sf_resolver_open(&worker->resolver, &worker->loop, &able, NULL);
	if (err)
		goto close_net;
	if (!worker->number)
		steer(worker);
	err = sf_sip_init(sip);
	if (!err && !worker->number)
		err = sf_agents_start(&worker->agents, worker);
	if (!err) {
		worker->pulse.fire = pulse;
		pulse(&worker->pulse);
		return 0;
	}
	sf_sip_end(sip);
	sf_resolver_close(worker->resolver);
close_net:
	sf_net_close(worker->net);
close_mailbox:
	sf_mailbox_close(&worker->mailbox, &worker->loop);
close_loop:
	sf_loop_close(&worker->loop);
	return err;
}

void sf_worker_configure(struct sf_worker *worker, struct sf_conf *conf)
{
	sf_agents_stop(worker->agents);
	worker->agents = NULL;
	sf_net_limit(worker->net, &conf->limits);
	sf_net_secure(worker->net, conf->tls);
	sf_net_web(worker->net, &conf->web);
	sf_conf_put(worker->conf);
	worker->conf = conf;
	__atomic_fetch_add(&worker->reloads, 1, __ATOMIC_RELEASE);
	if (!worker->number && sf_agents_start(&worker->agents, worker))
		sf_log(SF_LOG_ERROR, "no-memory", "for=trunks");
}

void sf_worker_close(struct sf_worker *worker)
{
	sf_agents_stop(worker->agents);
	/* What is in it is opened, and some of it is for a transaction. */
	sf_mailbox_close(&worker->mailbox, &worker->loop);
	sf_sip_end(&worker->sip);
	sf_resolver_close(worker->resolver);
	sf_net_close(worker->net);
	sf_loop_close(&worker->loop);
	sf_sift_exit(&worker->sift);
	sf_overload_exit(&worker->load);
	sf_conf_put(worker->conf);
}
