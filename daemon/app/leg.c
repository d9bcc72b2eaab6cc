// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * leg.c - one place that a request was forwarded to
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "agree.h"

#include <errno.h>
#include <stdlib.h>

#include "../sip/forward.h"
#include "../util/container.h"
#include "hops.h"
#include "trunk.h"
#include "withhold.h"

#define RING_MS	(3 * 60 * 1000)	/* timer C, RFC 3261, 16.6, step 11 */

static _Thread_local char made[SF_MSG_MAX];
static _Thread_local char extra[4096];
static _Thread_local char records[2 * (SF_TOKEN_LEN + 128)];

static struct sf_text keep(char **at, struct sf_text text)
{
	struct sf_text kept = { .s = text.s ? *at : NULL, .len = text.len };

	if (text.len)
		memcpy(*at, text.s, text.len);
	*at += text.len;
	return kept;
}

static void ring_too_long(struct sf_timer *timer)
{
	sf_leg_cancel(container_of(timer, struct sf_leg, ring));
}

struct sf_leg *sf_leg_new(struct sf_fork *fork, const struct sf_hop *hop)
{
	struct sf_leg *leg;
	char *at;

	leg = malloc(sizeof(*leg) + hop->ruri.len + hop->route.len +
		     hop->host.len + hop->instance.len);
	if (!leg)
		return NULL;
	*leg = (struct sf_leg){ .fork = fork, .hop = *hop };
	at = leg->text;
	leg->hop.ruri = keep(&at, hop->ruri);
	leg->hop.route = keep(&at, hop->route);
	leg->hop.host = keep(&at, hop->host);
	leg->hop.instance = keep(&at, hop->instance);
	leg->ring.fire = ring_too_long;
	return leg;
}

static void start_ring(struct sf_leg *leg)
{
	if (leg->client->method == SF_METHOD_INVITE)
		sf_timer_set(leg->client->sip->wheel, &leg->ring, RING_MS);
}

static void transmit_again(struct sf_leg *leg);

/* It never got as far as a transaction, or has none any more. */
static void give_up(struct sf_leg *leg, u16 status)
{
	sf_fork_failed(leg, status);
	sf_fork_ended(leg);
}

/* Once more, with credentials or somewhere else. */
static void try_again(struct sf_leg *leg)
{
	sf_client_forget(leg->client);
	leg->client = NULL;
	sf_timer_stop(&leg->ring);
	transmit_again(leg);
}

static bool is_wanted(const struct sf_leg *leg)
{
	return !leg->fork->cancelled && !leg->fork->done;
}

/* RFC 3263, 4.3: the next address of the same name. */
static bool next_spot(struct sf_leg *leg)
{
	if (!is_wanted(leg) || leg->at + 1 >= leg->lookup.count)
		return false;
	leg->at++;
	return true;
}

static bool try_next(struct sf_leg *leg)
{
	if (!next_spot(leg))
		return false;
	try_again(leg);
	return true;
}

/* A trunk wants to know who we are: it is told once, for what our users ask. */
static bool try_auth(struct sf_leg *leg, const struct sf_message *response)
{
	u16 status = response->msg->status;

	if ((status != 401 && status != 407) || leg->hop.trunk < 0 ||
	    leg->fork->from_trunk >= 0 || leg->auth || !is_wanted(leg))
		return false;
	leg->auth = sf_trunk_credentials(leg->fork->conf, leg->hop.trunk,
					 response,
					 sf_client_ruri(leg->client));
	if (!leg->auth)
		return false;
	try_again(leg);
	return true;
}

static void response(struct sf_client *client,
		     const struct sf_message *message)
{
	struct sf_leg *leg = client->owner;
	u16 status = message->msg->status;

	if (status > 100 && status < 200)
		start_ring(leg);
	else if (status >= 200)
		sf_timer_stop(&leg->ring);
	if ((status == 503 && try_next(leg)) || try_auth(leg, message))
		return;
	sf_fork_response(leg, message);
}

static void failed(struct sf_client *client, u16 status)
{
	struct sf_leg *leg = client->owner;

	sf_timer_stop(&leg->ring);
	if (try_next(leg))
		return;
	/* A connection of the other side's, which nobody can open again, or a
	 * flow over UDP at whose end nobody is (RFC 5626, 5.3.1).
	 */
	if (status == 503 && leg->hop.gone &&
	    (sf_transport_reliable(leg->hop.flow.transport) ||
	     client->returned))
		status = leg->hop.gone;
	sf_fork_failed(leg, status);
}

static void ended(struct sf_client *client)
{
	struct sf_leg *leg = client->owner;

	sf_timer_stop(&leg->ring);
	sf_fork_ended(leg);
}

static const struct sf_client_user client_user = {
	.response = response,
	.failed = failed,
	.ended = ended,
};

static void not_sent(struct sf_timer *timer)
{
	give_up(container_of(timer, struct sf_leg, ring), 487);
}

void sf_leg_cancel(struct sf_leg *leg)
{
	sf_timer_stop(&leg->ring);
	if (leg->client) {
		sf_client_cancel(leg->client);
	} else if (leg->looking) {
		leg->looking = false;
		sf_resolve_cancel(&leg->lookup);
		/* Not now: the fork goes through its legs. */
		leg->ring.fire = not_sent;
		sf_timer_set(leg->fork->worker->sip.wheel, &leg->ring, 0);
	}
}

/*
 * Of a request that comes back: is it a loop, or did something change that
 * leads elsewhere (RFC 5393, 4.2)?
 */
u32 sf_leg_loop(const struct sf_worker *worker,
		const struct sf_message *request)
{
	const struct sf_hdr *route = sf_msg_hdr(request->msg, SF_HDR_ROUTE);
	struct sf_hasher hasher;
	const char *buf = request->buf;

	sf_hasher_init(&hasher, &worker->daemon->key);
	sf_hasher_add(&hasher, buf + request->msg->ruri.off,
		      request->msg->ruri.len);
	sf_hasher_add(&hasher, buf + request->call_id.off,
		      request->call_id.len);
	sf_hasher_add(&hasher, buf + request->from_tag.off,
		      request->from_tag.len);
	sf_hasher_add(&hasher, &request->cseq.number,
		      sizeof(request->cseq.number));
	for (; route; route = sf_msg_hdr_next(request->msg, route))
		sf_hasher_add(&hasher, buf + route->value.off,
			      route->value.len);
	return (u32)sf_hasher_end(&hasher);
}

/* Where @way is left, and where the hop leads. */
static void set_route(struct sf_forward *forward, const struct sf_way *way,
		      const struct sf_hop *hop)
{
	if (hop->route.len || hop->help) {
		forward->reroute = true;
		forward->route = hop->route;
	} else if (way->reroute) {
		forward->reroute = true;
		forward->route = way->routes;
	}
	if (hop->ruri.s)
		forward->ruri = hop->ruri;
	else if (way->moved)
		forward->ruri = way->ruri;
}

static bool make(struct sf_leg *leg, struct sf_out *out,
		 const struct sf_branch *branch,
		 const struct sf_message *request, const struct sf_way *way)
{
	const struct sf_fork *fork = leg->fork;
	struct sf_worker *worker = fork->worker;
	const struct sf_side to = { .flow = leg->hop.flow,
				    .pinned = leg->hop.pinned };
	struct sf_out record = sf_out(records, sizeof(records));
	struct sf_out lines = sf_out(extra, sizeof(extra));
	struct sf_forward forward = {
		.request = request,
		.via = &leg->hop.flow,
		.branch = *branch,
		.own = fork->own,
		.lines = { fork->lines, fork->lines_len },
	};

	if (leg->auth) {
		sf_put(&lines, fork->lines, fork->lines_len);
		sf_put_str(&lines, leg->auth);
		forward.lines = (struct sf_text){ lines.buf, lines.len };
	}

	/* What we say to a trunk is said for all that its users might. */
	sf_withhold_credentials(&forward.drops, fork->conf, request->msg,
				leg->auth);
	sf_withhold_identity(&forward.drops, fork->conf, request->msg,
			     fork->from_trunk, leg->hop.trunk);
	set_route(&forward, way, &leg->hop);
	if (fork->record)
		sf_way_record(&record, &worker->self, request, way, &fork->from,
			      &to);
	forward.record = (struct sf_text){ record.buf, record.len };
	return !record.full && sf_forward_request(out, &forward);
}

/* Of TLS: who is to be there is who was looked up (RFC 5922, 7). */
static u32 expect(const struct sf_leg *leg, const struct sf_spot *spot)
{
	const struct sf_conf *conf = leg->fork->conf;
	struct sf_net *net = leg->fork->worker->net;
	const struct sf_hop *hop = &leg->hop;
	struct sf_resolve_target target;

	if (spot->transport != SF_TRANSPORT_TLS)
		return 0;
	if (hop->trunk >= 0 && !hop->host.len)
		return sf_trunk_expect(net, &conf->trunk[hop->trunk], spot);
	return sf_hops_uri(hop->host, &target) ?
	       sf_net_expect(net, NULL, target.host) : 0;
}

/* The address that is tried, as a flow. */
static void take_spot(struct sf_leg *leg)
{
	const struct sf_spot *spot = &leg->lookup.at[leg->at];

	if (leg->hop.known)
		return;
	leg->hop.flow = (struct sf_flow){
		.remote = spot->end,
		.transport = spot->transport,
		.worker = leg->fork->worker->number,
		.peer = expect(leg, spot),
	};
	/* What users call by name is not: a carrier would be called past its trunk. */
	if (leg->hop.within)
		leg->hop.trunk = sf_trunk_of_source(leg->fork->conf,
						    &spot->end.ip);
}

/* sips: never leaves in the clear, whatever led here (RFC 5630, 5.3). */
static bool is_kept(const struct sf_way *way, const struct sf_hop *hop)
{
	return way->uri.scheme != SF_SCHEME_SIPS || hop->help ||
	       sf_transport_secure(hop->flow.transport);
}

/*
 * Where users may not call everything, a carrier who knows us by our address is not to
 * be called past its trunk, by whatever name.
 */
static bool is_aside(const struct sf_leg *leg)
{
	const struct sf_conf *conf = leg->fork->conf;

	return leg->hop.foreign && conf->allowances &&
	       sf_trunk_of_source(conf, &leg->hop.flow.remote.ip) >= 0;
}

/* To the first address that it may go to, and that there is a way to. */
static bool find_route(struct sf_leg *leg, const struct sf_way *way)
{
	struct sf_net *net = leg->fork->worker->net;

	take_spot(leg);
	while (!is_kept(way, &leg->hop) || is_aside(leg) ||
	       sf_net_route(net, &leg->hop.flow)) {
		if (!next_spot(leg))
			return false;
		take_spot(leg);
	}
	return true;
}

static u16 no_route(struct sf_leg *leg, const struct sf_way *way)
{
	if (is_aside(leg)) {
		sf_worker_count(leg->fork->worker, SF_APP_REFUSED_ASIDE);
		return 403;
	}
	if (is_kept(way, &leg->hop))
		return 503;
	leg->fork->insecure = true;
	return 480;
}

static void transmit(struct sf_leg *leg, const struct sf_message *request,
		     const struct sf_way *way)
{
	struct sf_sip *sip = &leg->fork->worker->sip;
	struct sf_out out = sf_out(made, sizeof(made));
	struct sf_branch branch;

	branch = sf_client_branch(sip, sf_leg_loop(leg->fork->worker, request));
	if (!find_route(leg, way)) {
		give_up(leg, no_route(leg, way));
		return;
	}
	if (!make(leg, &out, &branch, request, way)) {
		give_up(leg, 513);
		return;
	}
	sf_agree_request(leg->fork->worker, request, &leg->fork->from.flow,
			 &leg->hop.flow);
	if (request->method == SF_METHOD_ACK) {
		sf_sip_send(sip, &leg->hop.flow, out.buf, out.len);
		sf_fork_ended(leg);
		return;
	}
	leg->client = sf_client_new(sip, &branch, request->method,
				    &leg->hop.flow, out.buf, out.len,
				    &client_user, leg);
	if (!leg->client)
		give_up(leg, 500);
	else
		start_ring(leg);
}

/* From the copy that the server transaction holds. */
static void transmit_again(struct sf_leg *leg)
{
	static _Thread_local struct sf_msg msg;
	static _Thread_local struct sf_way way;
	const struct sf_blob *asked = sf_fork_asked(leg->fork);
	struct sf_packet packet = { .msg = &msg };
	struct sf_message request;

	if (!asked) {
		give_up(leg, 487);
		return;
	}
	packet.flow = leg->fork->from.flow;
	packet.buf = asked->bytes;
	packet.len = asked->len;
	if (sf_msg_parse(&msg, packet.buf, packet.len) ||
	    sf_message_read(&request, &packet) ||
	    sf_way_read(&way, &leg->fork->worker->self, &request))
		give_up(leg, 500);
	else
		transmit(leg, &request, &way);
}

static void looked_up(struct sf_lookup *lookup)
{
	struct sf_leg *leg = container_of(lookup, struct sf_leg, lookup);

	leg->looking = false;
	if (lookup->err)
		give_up(leg, lookup->err == -ENOENT ? 404 : 503);
	else
		transmit_again(leg);
}

/* Return: 0 when the address is there, or will come; a status code. */
static u16 look_up(struct sf_leg *leg)
{
	struct sf_worker *worker = leg->fork->worker;
	struct sf_resolve_target target;

	if (leg->hop.known)
		return 0;
	if (leg->hop.trunk >= 0 && !leg->hop.host.len) {
		leg->lookup.count =
			sf_trunk_spots(leg->fork->conf->trunk[leg->hop.trunk].trunk,
				       leg->lookup.at);
		return leg->lookup.count ? 0 : 503;
	}
	if (!sf_hops_uri(leg->hop.host, &target))
		return 416;
	if (sf_resolve_now(worker->resolver, &target, &leg->lookup))
		return leg->lookup.err ? 404 : 0;
	leg->lookup.done = looked_up;
	leg->looking = true;
	sf_resolve(worker->resolver, &target, &leg->lookup);
	return 0;
}

void sf_leg_send(struct sf_leg *leg, const struct sf_message *request,
		 const struct sf_way *way)
{
	u16 status;

	leg->sent = true;
	status = look_up(leg);
	if (status)
		give_up(leg, status);
	else if (!leg->looking && request)
		transmit(leg, request, way);
	else if (!leg->looking)
		transmit_again(leg);
}
