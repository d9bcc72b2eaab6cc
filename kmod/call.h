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

#include <linux/list.h>
#include <linux/rhashtable-types.h>
#include <net/netfilter/nf_conntrack.h>
#include <sipfast/hdr.h>
#include <sipfast/sdp.h>
#include <uapi/linux/sipfast.h>

#include "end.h"
#include "note.h"
#include "timer.h"

struct sf_lost;
struct sf_net;
struct sf_packet;
struct sf_media;

/* Dialogs of one call, and descriptions that wait for an answer. */
#define SF_CALL_DIALOGS 8
#define SF_CALL_DESCS 4

/* Bytes of From and To kept to show, with their NUL. */
#define SF_CALL_TEXT 64

/* Bytes of a tag kept to show, with their NUL. */
#define SF_DIALOG_TAG 33

/* Longest Call-ID of a call that is followed. */
#define SF_CALL_ID_MAX 255

/**
 * struct sf_call_key - Call-ID and leg
 * @id_hash: keyed hash of the Call-ID; the Call-ID itself is compared too
 * @addr: the two endpoints' own addresses, the lower one first
 * @zone: conntrack zone
 * @l3num: NFPROTO_IPV4 or NFPROTO_IPV6
 */
struct sf_call_key {
	u64 id_hash;
	union nf_inet_addr addr[2];
	u32 zone;
	u32 l3num;
};

/**
 * struct sf_dialog - one dialog (RFC 3261, 12)
 * @list: place in sf_call.dialogs
 * @tag: keyed hash of each side's tag
 * @text: the tags, to show
 * @confirmed: a 2xx was seen
 * @bye: a BYE was seen
 * @media: agreed media by m= line; references
 */
struct sf_dialog {
	struct list_head list;
	u64 tag[2];
	char text[2][SF_DIALOG_TAG];
	bool confirmed;
	bool bye;
	struct sf_media *media[SF_SDP_MEDIA_MAX];
};

/**
 * struct sf_call - one leg of a call
 * @node: place in sf_net.calls
 * @key: Call-ID and leg
 * @sn: its namespace
 * @id: its number
 * @timer: when it is forgotten
 * @ct: signalling connection; holds a reference
 * @leg: the endpoints, in the order of @key.addr
 * @caller: the side that sent the first INVITE
 * @state: enum sipfast_call_state
 * @end: enum sipfast_call_end
 * @status: status code of the last response to INVITE, or 0
 * @begun: ktime_get_boottime_ns() of the first INVITE
 * @answered: of the 2xx, or 0
 * @dialogs: struct sf_dialog
 * @ndialogs: how many
 * @descs: struct sf_desc, the newest first
 * @ndescs: how many
 * @media: struct sf_media
 * @ports: struct sf_port
 * @decisions: what was not done, to show
 * @from: URI of From, to show
 * @to: URI of To, to show
 * @call_id_len: bytes of @call_id
 * @call_id: the Call-ID
 */
struct sf_call {
	struct rhlist_head node;
	struct sf_call_key key;
	struct sf_net *sn;
	u32 id;
	struct sf_timer timer;
	struct nf_conn *ct;
	struct sf_leg leg;
	u8 caller;
	u8 state;
	u8 end;
	u16 status;
	u64 begun;
	u64 answered;
	struct list_head dialogs;
	u8 ndialogs;
	struct list_head descs;
	u8 ndescs;
	struct list_head media;
	struct list_head ports;
	struct sf_decisions decisions;
	char from[SF_CALL_TEXT];
	char to[SF_CALL_TEXT];
	u16 call_id_len;
	char call_id[];
};

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

/**
 * sf_call_note() - keep what was decided about a message with its call
 *
 * If that is still there. The namespace is not locked.
 */
void sf_call_note(struct sf_packet *pkt);

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
