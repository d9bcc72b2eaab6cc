/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * server.h - server transactions: requests that came, until they are answered
 * and the answer is known to have arrived
 *
 * RFC 3261, 17.2; RFC 6026, 7.1.
 */
#ifndef SIPFAST_SIP_SERVER_H
#define SIPFAST_SIP_SERVER_H

#include "../util/blob.h"
#include "sip.h"
#include "state.h"

struct sf_server;

/**
 * struct sf_server_user - who answers
 * @cancel: the client does not want an answer any more; CANCEL itself has been
 *          answered. Only for INVITE, and before a final response.
 * @ended: the transaction is freed after this
 */
struct sf_server_user {
	void (*cancel)(struct sf_server *server,
		       const struct sf_message *cancel);
	void (*ended)(struct sf_server *server);
};

/**
 * struct sf_server - one server transaction
 * @entry: in sip->servers
 * @sip: where it is
 * @user: who answers
 * @owner: for the user
 * @machine: SF_INVITE_SERVER or SF_SERVER
 * @state: enum sf_state
 * @method: enum sf_method
 * @answered: a final response was given
 * @awaited: its connection stays for the answer: sf_net_await()
 * @born: when it began, on the wheel's clock
 * @flow: where responses go
 * @sent_by: port of the topmost Via, for when the connection is gone
 * @request: its bytes, until it is answered; then NULL
 * @reply: the last response, if it may have to be sent again
 * @resend: timer G
 * @expire: timers H, I, J, L
 * @pace: milliseconds of the next @resend
 */
struct sf_server {
	struct sf_entry entry;
	struct sf_sip *sip;
	const struct sf_server_user *user;
	void *owner;
	u8 machine;
	u8 state;
	u8 method;
	bool answered;
	bool awaited;
	u64 born;
	struct sf_flow flow;
	u16 sent_by;
	struct sf_blob *request;
	struct sf_blob *reply;
	struct sf_timer resend;
	struct sf_timer expire;
	u32 pace;
};

/**
 * sf_server_new() - begin a transaction for a request
 * @request: no ACK, no CANCEL
 *
 * Return: it lives until @user->ended was called; NULL when memory is short,
 * which has been answered.
 */
struct sf_server *sf_server_new(struct sf_sip *sip,
				const struct sf_message *request,
				const struct sf_server_user *user, void *owner);

/**
 * sf_server_send() - answer with a response that is made already
 * @status: its code
 *
 * After a final response, others but 2xx to INVITE are ignored. The transaction may
 * be gone afterwards.
 */
void sf_server_send(struct sf_server *server, u16 status, const char *buf,
		    u32 len);

/**
 * sf_server_reply() - make a response, and answer with it
 * @reply: its @tag is filled in
 * @request: the request, while it is at hand; NULL: the copy is read again
 *
 * A final one that is too long for a message ends the transaction, unsaid. It may be
 * gone afterwards.
 */
void sf_server_reply(struct sf_server *server, const struct sf_reply *reply,
		     const struct sf_message *request);

/**
 * sf_server_free() - end it now; @user->ended is called
 */
void sf_server_free(struct sf_server *server);

/* What sip.c tells it: the very request again; ACK; CANCEL. */
void sf_server_again(struct sf_server *server);
void sf_server_ack(struct sf_server *server);
void sf_server_cancel(struct sf_server *server, const struct sf_message *cancel);

/**
 * sf_server_find() - the transaction that a request belongs to
 * @method: SF_METHOD_INVITE for ACK and CANCEL
 *
 * Return: NULL when there is none.
 */
struct sf_server *sf_server_find(const struct sf_sip *sip,
				 const struct sf_message *request, u8 method);

#endif /* SIPFAST_SIP_SERVER_H */
