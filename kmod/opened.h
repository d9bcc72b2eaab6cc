/* SPDX-License-Identifier: GPL-2.0 */
/*
 * opened.h - calls whose offers and answers somebody else reads
 *
 * MEDIA_OPEN hands over an offer and its answer, of signalling that is no
 * plain text here. What comes of it are the objects of any other call; no message
 * that the helper sees moves them.
 */
#ifndef _SF_OPENED_H
#define _SF_OPENED_H

#include <sipfast/span.h>
#include <uapi/linux/sipfast.h>

#include "end.h"

struct netlink_ext_ack;
struct sf_net;

/* The two parties, and the two descriptions. */
enum { SF_CALLER, SF_CALLEE };
enum { SF_OFFER, SF_ANSWER };

/**
 * struct sf_opening - what was handed over
 * @call: number of the call that agreed anew; 0: a new one. Then what follows,
 *	up to @zone, is set
 * @cookie: sf_call.cookie
 * @call_id: the Call-ID
 * @uri: URIs of From and To
 * @tag: the tags
 * @end: where the parties' signalling comes from
 * @l3num: NFPROTO_IPV4 or NFPROTO_IPV6
 * @zone: conntrack zone
 * @sdp: the descriptions
 * @offerer: the party that made the offer
 * @names: the parties may name any address
 * @answered: the call was answered
 * @silence: sf_call.silence
 * @buf: what the spans count from
 */
struct sf_opening {
	u32 call;
	u64 cookie;
	struct sf_span call_id;
	struct sf_span uri[2];
	struct sf_span tag[2];
	struct sf_end end[2];
	u8 l3num;
	u16 zone;
	struct sf_span sdp[2];
	u8 offerer;
	bool names[2];
	bool answered;
	u32 silence;
	const char *buf;
};

/**
 * sf_opened_take() - open media, or what was agreed on in its place
 * @extack: takes a sentence about what is wrong, or NULL
 *
 * What fails changes nothing. May sleep; the namespace is not locked.
 *
 * Return: the number of the call; -ENOENT: there is none, or the helper follows
 * it; -EINVAL: a description cannot be read; -ENFILE: a table is full; -ENOMEM.
 */
int sf_opened_take(struct sf_net *sn, const struct sf_opening *open,
		   struct netlink_ext_ack *extack);

/**
 * sf_opened_close() - end a call that was opened so
 *
 * The namespace is not locked. Return: 0 or -ENOENT.
 */
int sf_opened_close(struct sf_net *sn, u32 id, enum sipfast_call_end why);

#endif /* _SF_OPENED_H */
