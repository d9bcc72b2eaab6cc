/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * trunk.h - what is known of a carrier: its addresses, and which of them answer
 *
 * agent.c finds out, in the first worker; all workers read.
 */
#ifndef SIPFAST_APP_TRUNK_H
#define SIPFAST_APP_TRUNK_H

#include <pthread.h>

#include "../net/network.h"
#include "../sip/message.h"
#include "../sip/resolve.h"
#include "../util/out.h"
#include "conf.h"

/**
 * struct sf_trunk_peer - an address that a trunk is reached at
 * @spot: it, and by what
 * @down: it does not answer
 */
struct sf_trunk_peer {
	struct sf_spot spot;
	bool down;
};

#define SF_TRUNK_PEERS_MAX	16

/**
 * struct sf_trunk - one carrier; see sf_trunks_hand_on()
 * @refs: configurations that name it
 * @lock: protects what follows
 * @peer: where it is reached, the first one first
 * @peers: how many
 * @registered: we are, there
 * @status: of the last answer to REGISTER or, without that, to OPTIONS; 0: none
 * @until: when the registration ends, on sf_clock_ms()
 */
struct sf_trunk {
	atomic_uint refs;
	pthread_mutex_t lock;
	struct sf_trunk_peer peer[SF_TRUNK_PEERS_MAX];
	u32 peers;
	bool registered;
	u16 status;
	u64 until;
};

/* Return: with a reference; NULL without memory. */
struct sf_trunk *sf_trunk_new(void);
void sf_trunk_put(struct sf_trunk *trunk);

/**
 * sf_trunks_hand_on() - what is known of trunks outlives their configuration
 * @conf: a new one, of whose trunks nothing is known yet
 * @old: whose place it takes
 *
 * A trunk is the one of the same name. Of one that has other peers nothing is
 * handed on, and of one with another account only what is known of its peers.
 */
void sf_trunks_hand_on(struct sf_conf *conf, const struct sf_conf *old);

/**
 * sf_trunk_of_source() - whose address is that?
 * Return: the number of the trunk in @conf; -1: nobody's.
 */
int sf_trunk_of_source(const struct sf_conf *conf, const struct sf_ip *ip);

/**
 * sf_trunk_of_flow() - whose connection, or whose address, did it come by?
 *
 * A trunk that is known by names is at the other end of connections that proved
 * one of them, or the host of a peer; the address is that of the others.
 *
 * Return: as of sf_trunk_of_source().
 */
int sf_trunk_of_flow(const struct sf_conf *conf, struct sf_net *net,
		     const struct sf_flow *flow);

/**
 * sf_trunk_of_number() - which trunk a number goes to: the one with the longest
 * prefix that it begins with
 * Return: its number; -1: none.
 */
int sf_trunk_of_number(const struct sf_conf *conf, struct sf_text number);

/* The first trunk that emergency calls go to; -1: none. */
int sf_trunk_of_emergency(const struct sf_conf *conf);

/**
 * sf_trunk_spots() - where to try, in this order: who answers first
 * @spots: SF_SPOTS_MAX of them
 *
 * Return: how many; 0: the names are not known yet.
 */
u32 sf_trunk_spots(struct sf_trunk *trunk, struct sf_spot *spots);

/* Who is to be there: see sf_net_expect(). */
u32 sf_trunk_expect(struct sf_net *net, const struct sf_conf_trunk *trunk,
		    const struct sf_spot *spot);

/**
 * sf_trunk_uri() - write the Request-URI of a number there
 * @secure: as sips:, as it came
 * @translate: strip and prefix are for it; numbers for emergencies are the same
 *             everywhere
 */
void sf_trunk_uri(struct sf_out *out, const struct sf_conf_trunk *trunk,
		  struct sf_text number, bool secure, bool translate);

/**
 * sf_trunk_credentials() - answer a trunk that asks who we are
 * @n: its number
 * @response: a 401 or 407
 * @uri: the Request-URI of the request
 *
 * Return: a header line with its CRLF, for free(); NULL when we have no secret
 * for what it asks.
 */
char *sf_trunk_credentials(const struct sf_conf *conf, int n,
			   const struct sf_message *response,
			   struct sf_text uri);

#endif /* SIPFAST_APP_TRUNK_H */
