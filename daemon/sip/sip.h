/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sip.h - a worker's SIP: what stands between its sockets and the application
 *
 * Messages come in here from net, find their transaction or begin one, and are
 * shown to the application, which the RFCs call the transaction user. All of it
 * belongs to one thread.
 */
#ifndef SIPFAST_SIP_SIP_H
#define SIPFAST_SIP_SIP_H

#include "../util/hash.h"
#include "message.h"
#include "reply.h"
#include "../util/table.h"

struct sf_sip;

/**
 * struct sf_sip_user - the application
 * @request: a request that is no retransmission, no CANCEL of a transaction
 *           that is here, and no ACK of a response that was made here. ACK of a
 *           2xx comes here, too.
 * @bad: a message that nobody can read; @message has what could be read of it.
 *       Of a stream the connection ends after it.
 * @strange: a response, or of requests CANCEL and ACK, that belongs to no
 *           transaction here: it may be another worker's
 * @closed: a connection is gone
 * @keepalive: a datagram came that is one
 * @skip: too much comes: may these bytes, from @flow, be forgotten, unread? NULL: never
 * @returned: give another worker, or with @to -1 all of them, what ICMP says of a
 *            datagram to @flow, for sf_sip_returned()
 * @hand: give bytes to another worker, whose connection they are for; 0 or a
 *        negative errno
 */
struct sf_sip_user {
	void (*request)(void *owner, const struct sf_message *request);
	void (*bad)(void *owner, const struct sf_message *message,
		    enum sf_reason reason);
	void (*strange)(void *owner, const struct sf_message *message);
	void (*closed)(void *owner, const struct sf_flow *flow);
	void (*keepalive)(void *owner, const struct sf_flow *flow);
	bool (*skip)(void *owner, const struct sf_flow *flow, const char *buf,
		     u32 len);
	void (*returned)(void *owner, int to, const struct sf_flow *flow,
			 const char *quote, u32 len);
	int (*hand)(void *owner, const struct sf_flow *flow, const char *buf,
		    u32 len);
};

/**
 * struct sf_sip_timing - the RFC's timers, in milliseconds (RFC 3261, table 4)
 */
struct sf_sip_timing {
	u32 t1;
	u32 t2;
	u32 t4;
};

/* X(symbol, name): what happened here, counted. */
#define SF_SIP_COUNTERS(X)						\
	X(REQUESTS, "requests")						\
	X(RESPONSES, "responses")					\
	X(UNREADABLE, "unreadable")					\
	X(AGAIN, "retransmissions-received")				\
	X(RESENT, "retransmissions-sent")				\
	X(SERVERS, "server-transactions")				\
	X(CLIENTS, "client-transactions")				\
	X(TIMEOUTS, "timeouts")			/* B, F */		\
	X(UNACKED, "unacknowledged")		/* H */			\
	X(UNREACHED, "unreached")					\
	X(UNASKED, "unasked-responses")		/* of what has no transaction */ \
	X(STRANGE_RESPONSE, "strange-responses")			\
	X(STRANGE_ACK, "strange-acks")					\
	X(STRANGE_CANCEL, "strange-cancels")				\
	X(NO_MEMORY, "no-memory")

enum sf_sip_counter {
#define X(sym, name) SF_SIP_##sym,
	SF_SIP_COUNTERS(X)
#undef X
	SF_SIP_COUNTER_COUNT
};

const char *sf_sip_counter_name(enum sf_sip_counter counter);

/**
 * struct sf_sip - a worker's SIP
 * @net: its sockets
 * @wheel: its timers
 * @worker: its number, which branches name
 * @user: the application, called with @owner
 * @timing: of transactions
 * @key: of the hashes by which transactions are found
 * @servers: server transactions, by what RFC 3261, 17.2.3 compares
 * @clients: client transactions, by the number in their branch
 * @waiting: client transactions on connections that nobody answered yet, by
 *           the connection's slot
 * @next: the number of the next client transaction
 * @vague: errors that all workers were told of in the second @vague_s
 * @counters: SF_SIP_COUNTERS
 */
struct sf_sip {
	struct sf_net *net;
	struct sf_wheel *wheel;
	u8 worker;
	const struct sf_sip_user *user;
	void *owner;
	struct sf_sip_timing timing;
	struct sf_hash_key key;
	struct sf_table servers;
	struct sf_table clients;
	struct sf_table waiting;
	u64 next;
	u64 vague_s;
	u32 vague;
	u64 counters[SF_SIP_COUNTER_COUNT];
};

extern const struct sf_net_user sf_sip_net_user;

/**
 * sf_sip_init() - begin
 * @sip: @net, @wheel, @worker, @user and @owner are set; the rest is its own.
 *       @net was opened with sf_sip_net_user, and @sip as its owner.
 *
 * Return: 0 or a negative errno.
 */
int sf_sip_init(struct sf_sip *sip);

/**
 * sf_sip_end() - free all transactions; nobody is told
 */
void sf_sip_end(struct sf_sip *sip);

/**
 * sf_sip_send() - send what is no part of a transaction, or came to one of
 * another worker's connections
 * @flow: routed; written as sf_net_send() does
 *
 * Return: as of sf_net_send().
 */
int sf_sip_send(struct sf_sip *sip, struct sf_flow *flow, const char *buf,
		u32 len);

/**
 * sf_sip_reply() - answer a request that may have come to another worker
 *
 * As sf_reply_send(), which is for those that came here.
 */
void sf_sip_reply(struct sf_sip *sip, const struct sf_message *request,
		  const struct sf_reply *reply);

/**
 * sf_sip_packet() - a message that came to another worker, and is for this one
 */
void sf_sip_packet(struct sf_sip *sip, const struct sf_packet *packet);

/**
 * sf_sip_returned() - ICMP says that a datagram did not arrive, perhaps one of ours
 * @flow: where it went
 * @quote: its first bytes, @len of them
 *
 * The client transaction that it belongs to fails, as when no connection comes
 * about (RFC 3261, 17.1.4, 18.4).
 */
void sf_sip_returned(struct sf_sip *sip, const struct sf_flow *flow,
		     const char *quote, u32 len);

/* How many transactions there are. */
static inline u32 sf_sip_busy(const struct sf_sip *sip)
{
	return sip->servers.count + sip->clients.count;
}

#endif /* SIPFAST_SIP_SIP_H */
