/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * role.h - what a proxy, a server and a NAT helper owe a message
 *
 * Decisions that the message alone makes, whoever sent it and whoever it is
 * for: RFC 3261, 8.2 (server), 10.3 (registrar), 16.3 and 16.7 (proxy), and
 * RFC 4475. Users, routes and policy come after them.
 */
#ifndef SIPFAST_ROLE_H
#define SIPFAST_ROLE_H

#include <sipfast/msg.h>
#include <sipfast/value.h>

/*
 * A ruling is one of these, or the status code of the response to send. No
 * response is ever sent to an ACK, or to what names nobody to send it to.
 */
#define SF_GO		0	/* nothing speaks against it */
#define SF_DISCARD	1	/* forget it */
#define SF_ABSORB	2	/* it is for the transaction, and goes no further */

/**
 * struct sf_able - the extensions that somebody has
 * @options: option tags, each with a NUL
 * @count: how many
 */
struct sf_able {
	const char *const *options;
	u32 count;
};

/**
 * sf_msg_lacks() - does a message require an extension that is not there?
 * @id: SF_HDR_REQUIRE or SF_HDR_PROXY_REQUIRE
 * @able: what is there; NULL for nothing
 * @option: the first one that is not; written only when true is returned
 */
bool sf_msg_lacks(const struct sf_msg *msg, enum sf_hdr_id id,
		  const struct sf_able *able, struct sf_span *option);

/**
 * sf_msg_spent() - has a request no hop left (Max-Forwards 0)?
 */
bool sf_msg_spent(const struct sf_msg *msg);

/**
 * sf_msg_clear() - do From, To, Call-ID and CSeq stand once, and is CSeq
 * readable and of the request's method?
 *
 * What keeps state needs that: of two Call-IDs two readers take two.
 */
bool sf_msg_clear(const struct sf_msg *msg);

/**
 * sf_msg_via() - one of the Vias, whichever lines they are on
 * @n: which; 0 is the topmost. Each time they are walked from there: for all of
 *     them there is sf_vias_next().
 * @via: written only on SF_OK
 *
 * Return: SF_OK; SF_EMPTY when there are not so many; SF_ADDR for a list that
 * breaks off before it, or SF_VIA.
 */
enum sf_reason sf_msg_via(const struct sf_msg *msg, u32 n, struct sf_via *via);

/**
 * struct sf_vias - a place among the Vias of a message
 * @hdr: the line that it is on; NULL behind the last
 * @rest: what is left of that line
 */
struct sf_vias {
	const struct sf_hdr *hdr;
	struct sf_span rest;
};

/* In front of the topmost. */
void sf_vias_begin(const struct sf_msg *msg, struct sf_vias *at);

/**
 * sf_vias_next() - take the next Via
 * @at: moved behind it, except where the list breaks off
 * @via: written only on SF_OK
 *
 * Return: SF_OK; SF_EMPTY behind the last; SF_ADDR where a list breaks off, or
 * SF_VIA.
 */
enum sf_reason sf_vias_next(const struct sf_msg *msg, struct sf_vias *at,
			    struct sf_via *via);

/**
 * sf_msg_returns() - can a response go where its next Via points?
 *
 * Not to a broadcast, multicast or unspecified address (RFC 4475, 3.3.10).
 * True when the Via that was added by whoever reads this is the only one.
 */
bool sf_msg_returns(const struct sf_msg *msg);

/**
 * sf_msg_accepts() - does Accept, if there is one, take session descriptions?
 */
bool sf_msg_accepts(const struct sf_msg *msg);

/**
 * sf_proxy_ruling() - what a proxy does with a message
 * @reason: what sf_msg_parse() said or, if that was good, sf_msg_check()
 * @able: the extensions it has, for Proxy-Require
 *
 * Return: SF_GO to forward it, another SF_ ruling, or a status code.
 */
u16 sf_proxy_ruling(const struct sf_msg *msg, enum sf_reason reason,
		    const struct sf_able *able);

/**
 * sf_server_ruling() - what a registrar does with a REGISTER, and a user agent
 * with anything else
 *
 * Parameters and return value as of sf_proxy_ruling(); @able is for Require.
 */
u16 sf_server_ruling(const struct sf_msg *msg, enum sf_reason reason,
		     const struct sf_able *able);

/* What a NAT helper may do to a message, each with those before it. */
enum sf_help {
	SF_HELP_PASS,		/* nothing: not a byte, no state */
	SF_HELP_EDIT,		/* translate addresses */
	SF_HELP_OPEN,		/* let in media or calls that it announces */
};

/**
 * sf_helper_ruling() - what a NAT helper may do to a message
 * @reason: what sf_msg_parse() said: helpers do not validate in full
 */
enum sf_help sf_helper_ruling(const struct sf_msg *msg, enum sf_reason reason);

#endif /* SIPFAST_ROLE_H */
