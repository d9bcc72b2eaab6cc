// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sip.c - a worker's SIP: from messages to transactions
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "sip.h"

#include <stddef.h>

#include <sipfast/role.h>

#include "client.h"
#include "quote.h"
#include "server.h"

#define T1	500
#define T2	4000
#define T4	5000

/* Errors of a second that do not say which datagram they are about. */
#define VAGUE_MAX	64

const char *sf_sip_counter_name(enum sf_sip_counter counter)
{
	static const char *const names[] = {
#define X(sym, name) name,
		SF_SIP_COUNTERS(X)
#undef X
	};

	return names[counter];
}

int sf_sip_init(struct sf_sip *sip)
{
	int err;

	memset(sip->counters, 0, sizeof(sip->counters));
	sip->timing = (struct sf_sip_timing){ .t1 = T1, .t2 = T2, .t4 = T4 };
	sf_random(&sip->key, sizeof(sip->key));
	sip->next = 0;
	err = sf_table_init(&sip->servers);
	if (!err)
		err = sf_table_init(&sip->clients);
	if (!err)
		err = sf_table_init(&sip->waiting);
	return err;
}

static void empty(struct sf_table *table, void (*end)(struct sf_entry *entry))
{
	u32 i;

	for (i = 0; table->buckets && i <= table->mask; i++)
		while (table->buckets[i])
			end(table->buckets[i]);
	sf_table_free(table);
}

static void end_server(struct sf_entry *entry)
{
	sf_server_free((struct sf_server *)entry);
}

static void end_client(struct sf_entry *entry)
{
	sf_client_free((struct sf_client *)entry);
}

void sf_sip_end(struct sf_sip *sip)
{
	empty(&sip->clients, end_client);
	empty(&sip->servers, end_server);
	sf_table_free(&sip->waiting);
}

int sf_sip_send(struct sf_sip *sip, struct sf_flow *flow, const char *buf,
		u32 len)
{
	if (flow->worker == sip->worker || !flow->serial)
		return sf_net_send(sip->net, flow, buf, len);
	return sip->user->hand(sip->owner, flow, buf, len);
}

void sf_sip_reply(struct sf_sip *sip, const struct sf_message *request,
		  const struct sf_reply *reply)
{
	static _Thread_local char buf[SF_MSG_MAX];
	struct sf_out out = sf_out(buf, sizeof(buf));
	struct sf_flow flow;

	/* Nobody is there to answer. */
	if (!sf_msg_hdr(request->msg, SF_HDR_VIA))
		return;
	sf_reply_build(&out, request, reply);
	sf_reply_flow(request, &flow);
	if (!out.full)
		sf_sip_send(sip, &flow, out.buf, out.len);
}

static void response(struct sf_sip *sip, const struct sf_message *message)
{
	struct sf_branch branch;
	struct sf_client *client = NULL;
	bool ours;

	sip->counters[SF_SIP_RESPONSES]++;
	if (!sf_msg_returns(message->msg)) {
		sip->counters[SF_SIP_UNREADABLE]++;
		return;
	}
	ours = sf_branch_parse(message->buf, message->branch, &branch);
	if (ours && !branch.id) {
		sip->counters[SF_SIP_UNASKED]++;
		return;
	}
	if (ours && branch.worker == sip->worker)
		client = sf_client_find(sip, branch.id, message->method);
	if (client)
		sf_client_response(client, message);
	else
		sip->user->strange(sip->owner, message);
}

static void request(struct sf_sip *sip, const struct sf_message *message)
{
	u8 method = message->method;
	struct sf_server *server;

	sip->counters[SF_SIP_REQUESTS]++;
	if (method == SF_METHOD_ACK || method == SF_METHOD_CANCEL)
		method = SF_METHOD_INVITE;
	server = sf_server_find(sip, message, method);
	if (message->method == SF_METHOD_CANCEL) {
		if (server)
			sf_server_cancel(server, message);
		else
			sip->user->strange(sip->owner, message);
	} else if (!server) {
		sip->user->request(sip->owner, message);
	} else if (message->method == SF_METHOD_ACK) {
		sf_server_ack(server);
	} else {
		sf_server_again(server);
	}
}

void sf_sip_packet(struct sf_sip *sip, const struct sf_packet *packet)
{
	struct sf_message message;
	enum sf_reason reason = sf_message_read(&message, packet);

	if (packet->reason)
		reason = packet->reason;
	if (reason) {
		sip->counters[SF_SIP_UNREADABLE]++;
		sip->user->bad(sip->owner, &message, reason);
	} else if (packet->msg->is_request) {
		request(sip, &message);
	} else {
		response(sip, &message);
	}
}

static void packet_in(void *owner, const struct sf_packet *packet)
{
	sf_sip_packet(owner, packet);
}

static void closed(void *owner, const struct sf_flow *flow)
{
	struct sf_sip *sip = owner;

	sip->user->closed(sip->owner, flow);
}

static bool went_by(const struct sf_client *client, const struct sf_flow *flow)
{
	return client->flow.serial == flow->serial &&
	       client->flow.worker == flow->worker;
}

/* Each one that is told takes itself out of the table, and may take others. */
static void unreached(void *owner, const struct sf_flow *flow, int err)
{
	struct sf_sip *sip = owner;
	struct sf_entry *entry = sf_table_first(&sip->waiting, flow->slot);
	struct sf_client *client;

	(void)err;
	while (entry) {
		client = (void *)((char *)entry -
				  offsetof(struct sf_client, waiting));
		if (went_by(client, flow)) {
			sf_client_broken(client);
			entry = sf_table_first(&sip->waiting, flow->slot);
		} else {
			entry = sf_table_next(entry);
		}
	}
}

/* ICMP says so; for transactions of other workers it has to be told there. */
static void returned(void *owner, const struct sf_flow *flow, const char *quote,
		     u32 len)
{
	struct sf_sip *sip = owner;
	struct sf_branch branch;
	u64 now_s = sip->wheel->now / 1000;

	if (sf_quote_branch(quote, len, &branch)) {
		if (branch.worker == sip->worker)
			sf_sip_returned(sip, flow, quote, len);
		else
			sip->user->returned(sip->owner, branch.worker, flow,
					    quote, len);
		return;
	}
	if (sip->vague_s != now_s) {
		sip->vague_s = now_s;
		sip->vague = 0;
	}
	/* Each is work for all of them, and as easily made as sent. */
	if (sip->vague++ >= VAGUE_MAX)
		return;
	sf_sip_returned(sip, flow, NULL, 0);
	sip->user->returned(sip->owner, -1, flow, NULL, 0);
}

static void keepalive(void *owner, const struct sf_flow *flow)
{
	struct sf_sip *sip = owner;

	sip->user->keepalive(sip->owner, flow);
}

static bool skip(void *owner, const struct sf_flow *flow, const char *buf,
		 u32 len)
{
	struct sf_sip *sip = owner;

	return sip->user->skip && sip->user->skip(sip->owner, flow, buf, len);
}

const struct sf_net_user sf_sip_net_user = {
	.packet = packet_in,
	.closed = closed,
	.keepalive = keepalive,
	.skip = skip,
	.unreached = unreached,
	.returned = returned,
};
