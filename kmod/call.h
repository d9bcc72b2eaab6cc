/* SPDX-License-Identifier: GPL-2.0 */
/*
 * call.h - calls, one leg each
 *
 * A call is what two endpoints say to each other under one Call-ID. A provider
 * that sends a call back to a second phone behind the same router shows the
 * same Call-ID and tags on two legs: the two addresses are part of the key,
 * and a message changes a call only if it travels between them.
 *
 * A call owns its dialogs (several, when it forks), its descriptions (offers
 * that may still be answered), its media and its ports. Everything here is
 * protected by sf_net.lock.
 */
#ifndef _SF_CALL_H
#define _SF_CALL_H

#include <linux/build_bug.h>
#include <linux/list.h>
#include <linux/rhashtable-types.h>
#include <net/netfilter/nf_conntrack.h>
#include <sipfast/hdr.h>
#include <uapi/linux/sipfast.h>

#include "dialog.h"
#include "end.h"
#include "note.h"
#include "timer.h"

struct sf_lost;
struct sf_net;
struct sf_packet;

/* Dialogs of one call, for each a bit of sf_media.dialogs */
#define SF_CALL_DIALOGS BITS_PER_TYPE(u8)

/* Descriptions that wait for an answer. */
#define SF_CALL_DESCS 4

/* Bytes of From and To kept to show, with their NUL. */
#define SF_CALL_TEXT 64

/* Longest Call-ID of a call that is followed. */
#define SF_CALL_ID_MAX SIPFAST_CALL_ID_MAX

/**
 * struct sf_call_key - what calls are found by, besides their leg
 * @id_hash: keyed hash of the Call-ID; the Call-ID itself is compared too
 * @zone: conntrack zone
 * @l3num: NFPROTO_IPV4 or NFPROTO_IPV6
 */
struct sf_call_key {
	u64 id_hash;
	u16 zone;
	u8 l3num;
};

/**
 * struct sf_call - one leg of a call
 * @node: place in sf_net.calls
 * @key: Call-ID, zone and family
 * @leg: the endpoints; the lower one is side 0
 * @sn: its namespace
 * @id: its number
 * @cseq: CSeq number of its newest INVITE before the answer
 * @timer: looks whether it is over: forgotten, or silent for too long
 * @forget: when it is forgotten, if nothing is heard of it: ktime_get_boottime_ns()
 * @ct: signalling connection; holds a reference
 * @begun: ktime_get_boottime_ns() of the first INVITE
 * @answered: of the 2xx, or 0
 * @dialogs: struct sf_dialog
 * @descs: struct sf_desc, the newest first
 * @media: struct sf_media
 * @ports: struct sf_port
 * @decisions: what was not done, to show; NULL: nothing
 * @text: URI of From and URI of To, to show, NUL-terminated, and the Call-ID
 * @to: where that of To begins
 * @call_id: where the Call-ID begins
 * @call_id_len: its bytes
 * @caller: the side that sent the first INVITE
 * @offers: offers so far, to number them
 * @ndialogs: how many @dialogs
 * @ndescs: how many @descs
 * @state: enum sipfast_call_state
 * @end: enum sipfast_call_end
 * @status: status code of the last response to INVITE, or 0
 * @opened: the daemon opened it (opened.h): no message moves it
 * @silence: seconds for which its media may be silent; 0: as set
 * @cookie: what the daemon calls it
 */
struct sf_call {
	struct rhlist_head node;
	struct sf_call_key key;
	struct sf_leg leg;
	struct sf_net *sn;
	u32 id;
	u32 cseq;
	struct sf_timer timer;
	u64 forget;
	struct nf_conn *ct;
	u64 begun;
	u64 answered;
	struct list_head dialogs;
	struct list_head descs;
	struct list_head media;
	struct list_head ports;
	struct sf_decisions *decisions;
	char *text;
	u8 to;
	u8 call_id;
	u8 call_id_len;
	u8 caller;
	u32 offers;
	u8 ndialogs;
	u8 ndescs;
	u8 state;
	u8 end;
	u16 status;
	bool opened;
	u32 silence;
	u64 cookie;
};

static_assert(2 * SF_CALL_TEXT <= U8_MAX && SF_CALL_ID_MAX <= U8_MAX);

/* Do requests of a method, and their responses, move calls? */
bool sf_call_concerned(enum sf_method method);

/**
 * sf_call_message() - let a message move its call
 * @pkt: a message of a method that calls are concerned with, identified
 *
 * Begins, changes and ends calls, opens and closes media, and adds the edits
 * of a session description that takes part in an offer or answer. The
 * namespace is locked; in packet context.
 */
void sf_call_message(struct sf_packet *pkt);

/* Which side of its call the sender of a message is. */
int sf_call_side(const struct sf_packet *pkt);

/* The call of a message, or NULL. @side: from sf_call_side() */
struct sf_call *sf_call_find(struct sf_packet *pkt, int side);

/* Begin one; NULL: counted. */
struct sf_call *sf_call_begin(struct sf_packet *pkt, int side);

/* The same, and nobody is told yet. */
struct sf_call *sf_call_make(struct sf_packet *pkt, int side);

/* Tell of it. */
void sf_call_announce(struct sf_call *call);

/**
 * sf_call_follow() - hold on to the connection of a message
 *
 * If the one that the call had was flushed, or its first packet was lost on
 * the way.
 */
void sf_call_follow(struct sf_call *call, struct nf_conn *ct);

/* A message was seen: wait for the next. */
void sf_call_touch(struct sf_call *call);

/* Forget it in @ms milliseconds, unless something is heard of it. */
void sf_call_forget(struct sf_call *call, u64 ms);

/* Milliseconds until then. */
u64 sf_call_left(const struct sf_call *call);

/* Say that the call has got further. */
void sf_call_change(struct sf_call *call, enum sipfast_call_state state);

/* All its dialogs have seen a BYE. */
void sf_call_closing(struct sf_call *call);

/* It is freed. */
void sf_call_end(struct sf_call *call, enum sipfast_call_end why);

/**
 * sf_call_note() - keep what was decided about a message with its call
 *
 * If that is still there. The namespace is not locked.
 */
void sf_call_note(struct sf_packet *pkt);

/**
 * sf_call_remember() - the same, of a call that is at hand
 * @caller: the caller sent the message
 *
 * The namespace is locked.
 */
void sf_call_remember(struct sf_call *call, const struct sf_packet *pkt,
		      bool caller);

/**
 * sf_call_dialog_over() - end a dialog, and with the last one its call
 *
 * The namespace is locked.
 */
void sf_call_dialog_over(struct sf_dialog *dialog, enum sipfast_call_end why);

/* Forget every call: the namespace or the module goes. It is locked. */
void sf_call_flush(struct sf_net *sn);

/**
 * sf_call_lose() - end calls that a lost address belongs to
 * @next: number of the next call to look at; moved on
 *
 * Looks at a batch of them. The namespace is locked.
 *
 * Return: whether there may be more.
 */
bool sf_call_lose(struct sf_net *sn, const struct sf_lost *lost,
		  unsigned long *next);

int sf_call_net_init(struct sf_net *sn);
void sf_call_net_exit(struct sf_net *sn);

#endif /* _SF_CALL_H */
