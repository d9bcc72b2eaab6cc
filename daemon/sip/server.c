// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * server.c - server transactions
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "server.h"

#include <errno.h>
#include <stddef.h>

static void add_span(struct sf_hasher *hasher, const char *buf,
		     struct sf_span s)
{
	sf_hasher_add(hasher, buf + s.off, s.len);
}

/*
 * What RFC 3261, 17.2.3 compares: branch, sent-by and method; without a branch
 * that is unique, what RFC 2543 had instead.
 */
static u64 server_hash(const struct sf_sip *sip,
		       const struct sf_message *request, u8 method)
{
	const char *buf = request->buf;
	struct sf_hasher hasher;

	sf_hasher_init(&hasher, &sip->key);
	sf_hasher_add(&hasher, &method, sizeof(method));
	add_span(&hasher, buf, request->via.sent_by.hostport);
	add_span(&hasher, buf, request->branch);
	if (method == SF_METHOD_OTHER)
		add_span(&hasher, buf, request->msg->method_name);
	if (!request->cookie) {
		sf_hasher_add(&hasher, &request->cseq.number,
			      sizeof(request->cseq.number));
		add_span(&hasher, buf, request->msg->ruri);
		add_span(&hasher, buf, request->call_id);
		add_span(&hasher, buf, request->from_tag);
	}
	return sf_hasher_end(&hasher);
}

struct sf_server *sf_server_find(const struct sf_sip *sip,
				 const struct sf_message *request, u8 method)
{
	/* A registrar answers without one. */
	if (!sip->servers.count)
		return NULL;
	/* The hash is the key: nobody can make two that are the same. */
	return (struct sf_server *)sf_table_first(&sip->servers,
						  server_hash(sip, request,
							      method));
}

/* The connection need not stay for us any more. */
static void settle(struct sf_server *server)
{
	if (!server->awaited)
		return;
	server->awaited = false;
	sf_net_answered(server->sip->net, &server->flow);
}

void sf_server_free(struct sf_server *server)
{
	settle(server);
	sf_timer_stop(&server->resend);
	sf_timer_stop(&server->expire);
	sf_table_del(&server->sip->servers, &server->entry);
	server->user->ended(server);
	sf_blob_put(server->request);
	sf_blob_put(server->reply);
	free(server);
}

/* The way that RFC 3261, 18.2.2 gives: the connection, or a new one. */
static int transmit(struct sf_server *server, const char *buf, u32 len)
{
	int err = sf_sip_send(server->sip, &server->flow, buf, len);

	if (err != -EPIPE || !server->flow.serial)
		return err;
	server->awaited = false;
	server->flow.serial = 0;
	server->flow.remote.port = server->sent_by;
	return sf_sip_send(server->sip, &server->flow, buf, len);
}

static bool reliable(const struct sf_server *server)
{
	return sf_transport_reliable(server->flow.transport);
}

static void set_pace(struct sf_server *server, const struct sf_stay *stay)
{
	sf_timer_stop(&server->resend);
	if (stay->pace == SF_PACE_NONE || reliable(server))
		return;
	server->pace = server->sip->timing.t1;
	sf_timer_set(server->sip->wheel, &server->resend, server->pace);
}

/* Return: false when the state is over at once. */
static bool set_expiry(struct sf_server *server, const struct sf_stay *stay)
{
	const struct sf_sip_timing *timing = &server->sip->timing;
	u32 ms;

	switch (stay->last) {
	case SF_LAST_64T1:
		ms = 64 * timing->t1;
		break;
	case SF_LAST_SILENCE:
		ms = reliable(server) ? 0 : 64 * timing->t1;
		break;
	case SF_LAST_T4:
		ms = reliable(server) ? 0 : timing->t4;
		break;
	default:
		return true;
	}
	if (ms)
		sf_timer_set(server->sip->wheel, &server->expire, ms);
	return ms;
}

/*
 * What is of no use any more is given back: many wait here for 32 seconds.
 *
 * Return: false when the transaction is gone.
 */
static bool enter(struct sf_server *server, u8 state)
{
	const struct sf_stay *stay;

	if (server->state == state)
		return true;
	server->state = state;
	if (state == SF_CONFIRMED || state == SF_ACCEPTED) {
		sf_blob_put(server->reply);
		server->reply = NULL;
	}
	if (state == SF_TERMINATED) {
		sf_server_free(server);
		return false;
	}
	stay = sf_state_stay(server->machine, state);
	set_pace(server, stay);
	if (set_expiry(server, stay))
		return true;
	sf_server_free(server);
	return false;
}

/* The transaction may be gone afterwards. */
static void step(struct sf_server *server, enum sf_event event,
		 const char *buf, u32 len)
{
	const struct sf_row *row;
	int err = 0;

	row = sf_state_step(server->machine, server->state, event);
	if (!row->known)
		return;
	if (row->todo & SF_DO_SEND) {
		err = transmit(server, buf, len);
	} else if (row->todo & SF_DO_RESEND && server->reply) {
		server->sip->counters[SF_SIP_RESENT]++;
		err = transmit(server, server->reply->bytes,
			       server->reply->len);
	}
	if (server->answered)
		settle(server);
	if (row->todo & SF_DO_TIMEOUT)
		server->sip->counters[SF_SIP_UNACKED]++;
	if (row->todo & SF_DO_FAIL)
		server->sip->counters[SF_SIP_UNREACHED]++;
	/* Over a connection it may be over with the last answer, sent or not. */
	if (enter(server, row->next) && err && event != SF_EV_BROKEN && row->next == SF_COMPLETED)
		step(server, SF_EV_BROKEN, NULL, 0);
}

static void resend(struct sf_timer *timer)
{
	struct sf_server *server = (void *)((char *)timer -
					    offsetof(struct sf_server, resend));
	const struct sf_sip_timing *timing = &server->sip->timing;

	server->pace *= 2;
	if (server->pace > timing->t2)
		server->pace = timing->t2;
	sf_timer_set(server->sip->wheel, timer, server->pace);
	step(server, SF_EV_RESEND, NULL, 0);
}

static void expire(struct sf_timer *timer)
{
	step((void *)((char *)timer - offsetof(struct sf_server, expire)),
	     SF_EV_EXPIRE, NULL, 0);
}

static void refuse(struct sf_sip *sip, const struct sf_message *request)
{
	char lines[40];
	struct sf_out out = sf_out(lines, sizeof(lines));
	struct sf_reply reply = { .status = 503, .tag = 1, .lines = lines };

	sf_put_retry_after(&out);
	reply.lines_len = out.len;
	sip->counters[SF_SIP_NO_MEMORY]++;
	sf_reply_send(sip->net, request, &reply);
}

struct sf_server *sf_server_new(struct sf_sip *sip,
				const struct sf_message *request,
				const struct sf_server_user *user, void *owner)
{
	struct sf_server *server = calloc(1, sizeof(*server));

	if (server)
		server->request = sf_blob_new(request->buf, request->msg->len);
	if (!server || !server->request) {
		free(server);
		refuse(sip, request);
		return NULL;
	}
	server->sip = sip;
	server->user = user;
	server->owner = owner;
	server->method = request->method;
	server->born = sip->wheel->now;
	server->machine = request->method == SF_METHOD_INVITE ?
				  SF_INVITE_SERVER : SF_SERVER;
	server->state = request->method == SF_METHOD_INVITE ? SF_PROCEEDING :
							      SF_BEGUN;
	server->resend.fire = resend;
	server->expire.fire = expire;
	server->sent_by = request->via.sent_by.port;
	if (!server->sent_by)
		server->sent_by = sf_transport_port(request->packet->flow.transport);
	sf_reply_flow(request, &server->flow);
	server->awaited = true;
	sf_net_await(sip->net, &server->flow);
	sf_table_add(&sip->servers, &server->entry,
		     server_hash(sip, request, request->method));
	sip->counters[SF_SIP_SERVERS]++;
	return server;
}

static enum sf_event event_of(u16 status)
{
	if (status < 200)
		return SF_EV_1XX;
	return status < 300 ? SF_EV_2XX : SF_EV_FINAL;
}

/* Will this response be sent again when the request is? */
static bool to_keep(const struct sf_server *server, u16 status)
{
	return server->method != SF_METHOD_INVITE || status < 200 ||
	       status >= 300;
}

void sf_server_send(struct sf_server *server, u16 status, const char *buf,
		    u32 len)
{
	enum sf_event event = event_of(status);

	if (!sf_state_row(server->machine, server->state, event)->known)
		return;
	if (to_keep(server, status)) {
		sf_blob_put(server->reply);
		server->reply = sf_blob_new(buf, len);
	}
	if (status >= 200) {
		server->answered = true;
		sf_blob_put(server->request);
		server->request = NULL;
	}
	step(server, event, buf, len);
}

/* Nobody can be told, and nobody is to wait for ever. */
static void give_up(struct sf_server *server)
{
	server->sip->counters[SF_SIP_UNREACHED]++;
	sf_server_free(server);
}

/* What is copied of a request that just fitted may not fit: its names grow. */
static void make(struct sf_server *server, struct sf_reply reply,
		 const struct sf_message *request)
{
	static _Thread_local char buf[SF_MSG_MAX];
	struct sf_out out = sf_out(buf, sizeof(buf));

	/* The same for every response; 0 would be none. */
	if (reply.status > 100)
		reply.tag = server->entry.hash | 1;
	sf_reply_build(&out, request, &reply);
	if (!out.full)
		sf_server_send(server, reply.status, out.buf, out.len);
	else if (reply.status >= 200 && !server->answered)
		give_up(server);
}

void sf_server_reply(struct sf_server *server, const struct sf_reply *reply,
		     const struct sf_message *request)
{
	static _Thread_local struct sf_msg msg;
	struct sf_packet packet = { .flow = server->flow, .msg = &msg };
	struct sf_message again;

	if (request) {
		make(server, *reply, request);
		return;
	}
	if (!server->request)
		return;
	packet.buf = server->request->bytes;
	packet.len = server->request->len;
	if (!sf_msg_parse(&msg, packet.buf, packet.len) &&
	    !sf_message_read(&again, &packet))
		make(server, *reply, &again);
}

void sf_server_again(struct sf_server *server)
{
	server->sip->counters[SF_SIP_AGAIN]++;
	step(server, SF_EV_AGAIN, NULL, 0);
}

void sf_server_ack(struct sf_server *server)
{
	step(server, SF_EV_ACK, NULL, 0);
}

void sf_server_cancel(struct sf_server *server, const struct sf_message *cancel)
{
	const struct sf_reply reply = { .status = 200,
					.tag = server->entry.hash | 1 };

	sf_sip_reply(server->sip, cancel, &reply);
	if (!server->answered && server->user->cancel)
		server->user->cancel(server, cancel);
}
