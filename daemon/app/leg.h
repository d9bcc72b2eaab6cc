/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * leg.h - one place that a request was forwarded to
 */
#ifndef SIPFAST_APP_LEG_H
#define SIPFAST_APP_LEG_H

#include "../sip/client.h"
#include "../sip/server.h"
#include "fork.h"

struct sf_early;

/**
 * struct sf_fork - see fork.h
 * @worker: whose it is
 * @conf: by what it was decided where it goes; a reference
 * @server: what is answered; NULL when it is over, or nobody asked
 * @method: of the request
 * @own: nobody asked: it is ours
 * @legs: the places, each until its client transaction is over
 * @refs: the server transaction, the legs, and who works with it just now
 * @pending: legs that are begun and have no final response
 * @status: the best final response so far; 0: none
 * @best: its bytes; NULL when it is one of ours
 * @done: the final response has gone back
 * @insecure: sips: was asked for, and somewhere there was no secure way
 * @cancelled: the caller does not want it any more
 * @early: dialogs whose media is open: see agree.h
 * @asked: the INVITE, when its server transaction has forgotten it; what is ours, or
 *         ACK; or NULL
 * @call: that it begins, or is within, and ends with BYE, when it is answered;
 *        @serial 0: none, or that was told
 * @record: see struct sf_plan; and the next three
 */
struct sf_fork {
	struct sf_worker *worker;
	struct sf_conf *conf;
	struct sf_server *server;
	u8 method;
	bool own;
	struct sf_leg *legs;
	u32 refs;
	u32 pending;
	u16 status;
	struct sf_blob *best;
	bool done;
	bool insecure;
	bool cancelled;
	struct sf_early *early;
	struct sf_blob *asked;
	struct sf_call_ref call;
	bool record;
	struct sf_side from;
	int from_trunk;
	char *lines;
	u32 lines_len;
};

/**
 * struct sf_leg - one place
 * @next: of the same fork
 * @fork: whose it is
 * @client: its transaction; NULL before and after
 * @ring: timer C
 * @lookup: the addresses that @hop leads to, if there are several, or they have
 *          to be asked for
 * @at: which of them is tried
 * @looking: they are being asked for
 * @auth: credentials for a trunk that asked for them, a header line; or NULL
 * @begun: it is its turn
 * @sent: something was sent, or that was tried
 * @won: a 2xx came
 * @hop: where; its texts lie in @text
 */
struct sf_leg {
	struct sf_leg *next;
	struct sf_fork *fork;
	struct sf_client *client;
	struct sf_timer ring;
	struct sf_lookup lookup;
	u32 at;
	char *auth;
	bool looking;
	bool begun;
	bool sent;
	bool won;
	struct sf_hop hop;
	char text[];
};

/* The bytes of its request, while somebody keeps them; or NULL. */
static inline const struct sf_blob *sf_fork_asked(const struct sf_fork *fork)
{
	if (fork->own || fork->method == SF_METHOD_ACK)
		return fork->asked;
	return fork->server ? fork->server->request ?: fork->asked : NULL;
}

/* Return: with a reference to its fork to be counted; NULL without memory. */
struct sf_leg *sf_leg_new(struct sf_fork *fork, const struct sf_hop *hop);

/**
 * sf_leg_send() - forward the request there
 * @request: it, if it is at hand; NULL: the fork's copy is read again
 * @way: likewise
 */
void sf_leg_send(struct sf_leg *leg, const struct sf_message *request,
		 const struct sf_way *way);

void sf_leg_cancel(struct sf_leg *leg);

/**
 * sf_leg_loop() - what a request has in its branch from us, to know it again
 */
u32 sf_leg_loop(const struct sf_worker *worker,
		const struct sf_message *request);

/* What a leg tells its fork: once the last of them a fork frees the leg. */
void sf_fork_response(struct sf_leg *leg, const struct sf_message *response);
void sf_fork_failed(struct sf_leg *leg, u16 status);
void sf_fork_ended(struct sf_leg *leg);

#endif /* SIPFAST_APP_LEG_H */
