/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * client.h - client transactions: requests that we sent, until they are
 * answered
 *
 * RFC 3261, 9.1 (CANCEL), 17.1; RFC 6026, 7.2.
 */
#ifndef SIPFAST_SIP_CLIENT_H
#define SIPFAST_SIP_CLIENT_H

#include "../util/blob.h"
#include "../util/text.h"
#include "branch.h"
#include "sip.h"
#include "state.h"

struct sf_client;

/**
 * struct sf_client_user - who asked
 * @response: a response; of INVITE there may be several 2xx
 * @failed: none will come: @status is what stands for it, 408 or 503
 *          (RFC 3261, 16.9)
 * @ended: the transaction is freed after this; may be NULL
 */
struct sf_client_user {
	void (*response)(struct sf_client *client,
			 const struct sf_message *response);
	void (*failed)(struct sf_client *client, u16 status);
	void (*ended)(struct sf_client *client);
};

/**
 * struct sf_client - one client transaction
 * @entry: in sip->clients
 * @waiting: in sip->waiting, while a connection may turn out not to come about
 * @sip: where it is
 * @user: may be NULL when nobody wants to know more
 * @owner: for the user
 * @machine: SF_INVITE_CLIENT or SF_CLIENT
 * @state: enum sf_state
 * @method: enum sf_method
 * @cancelled: CANCEL is wanted, or was sent
 * @answered: a final response came, or none will
 * @resent: the request was sent more than once
 * @returned: it failed as ICMP said that it did not arrive
 * @id: in its branch; CANCEL has the same as its INVITE
 * @born: when it began, on the wheel's clock
 * @flow: where the request went
 * @request: its bytes, while they may have to be sent again, or tell what ACK
 *           and CANCEL have to say; then NULL
 * @resend: timers A, E
 * @expire: timers B, D, F, K, M
 * @pace: milliseconds of the next @resend
 */
struct sf_client {
	struct sf_entry entry;
	struct sf_entry waiting;
	struct sf_sip *sip;
	const struct sf_client_user *user;
	void *owner;
	u8 machine;
	u8 state;
	u8 method;
	bool cancelled;
	bool answered;
	bool resent;
	bool returned;
	u64 id;
	u64 born;
	struct sf_flow flow;
	struct sf_blob *request;
	struct sf_timer resend;
	struct sf_timer expire;
	u32 pace;
};

/**
 * sf_client_branch() - a branch for a request that will be sent
 * @loop: see struct sf_branch
 */
struct sf_branch sf_client_branch(struct sf_sip *sip, u32 loop);

/**
 * sf_client_new() - send a request and wait for its answer
 * @branch: of its topmost Via
 * @method: enum sf_method; no ACK
 * @flow: where it goes, routed
 * @buf: the request, @len bytes
 *
 * If it cannot be sent @user->failed is called, but not before this returns.
 *
 * Return: it lives until @user->ended was called; NULL when memory is short.
 */
struct sf_client *sf_client_new(struct sf_sip *sip,
				const struct sf_branch *branch, u8 method,
				const struct sf_flow *flow, const char *buf,
				u32 len, const struct sf_client_user *user,
				void *owner);

/**
 * sf_client_cancel() - send CANCEL for INVITE, as soon as that is allowed
 *
 * A final response will come nevertheless, or the failure. Does nothing after
 * one.
 */
void sf_client_cancel(struct sf_client *client);

/**
 * sf_client_free() - end it now; @user->ended is called
 */
void sf_client_free(struct sf_client *client);

/**
 * sf_client_forget() - the owner does not want to know more
 */
void sf_client_forget(struct sf_client *client);

/**
 * sf_client_ruri() - the Request-URI of a request that has no final response
 */
struct sf_text sf_client_ruri(const struct sf_client *client);

/* What sip.c tells it. */
void sf_client_response(struct sf_client *client,
			const struct sf_message *response);
void sf_client_broken(struct sf_client *client);
void sf_client_returned(struct sf_client *client);
struct sf_client *sf_client_find(const struct sf_sip *sip, u64 id, u8 method);
struct sf_client *sf_client_named(const struct sf_sip *sip, u64 id, bool cancel);

#endif /* SIPFAST_SIP_CLIENT_H */
