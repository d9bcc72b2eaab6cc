/* SPDX-License-Identifier: GPL-2.0 */
/*
 * packet.h - one SIP message on its way through the helper
 */
#ifndef _SF_PACKET_H
#define _SF_PACKET_H

#include <linux/skbuff.h>
#include <net/netfilter/nf_conntrack.h>
#include <sipfast/edit.h>
#include <sipfast/msg.h>
#include <sipfast/sdp.h>
#include <sipfast/value.h>

#include "end.h"
#include "note.h"
#include "signed.h"

struct sf_net;
struct sf_scratch;
struct sf_tcp;

/* The sides of a packet's leg. */
#define SF_SENDER	0
#define SF_RECEIVER	1

/* Whom a sender may name in its description. */
enum sf_names {
	SF_NAMES_FLOW,		/* its connection shows whether it is inside */
	SF_NAMES_ITSELF,
	SF_NAMES_ANYBODY,
};

/**
 * struct sf_ident - what ties a message to a call
 * @call_id: value of Call-ID
 * @call_id_hash: its keyed hash
 * @from_tag: keyed hash of the tag in From; 0 when there is none
 * @to_tag: likewise in To
 * @cseq: value of CSeq
 * @from: address in From
 * @to: address in To
 */
struct sf_ident {
	struct sf_span call_id;
	u64 call_id_hash;
	u64 from_tag;
	u64 to_tag;
	struct sf_cseq cseq;
	struct sf_addr from;
	struct sf_addr to;
};

/**
 * struct sf_packet - a message, its connection, and what is found out
 * @sn: the namespace
 * @skb: the packet, linear
 * @ct: its connection
 * @ctinfo: conntrack's relation of the two
 * @dataoff: where the message begins in @skb
 * @l3num: NFPROTO_IPV4 or NFPROTO_IPV6
 * @zone: number of the conntrack zone
 * @watch: nothing may be edited
 * @names: enum sf_names
 * @tcp: the connection, when it is one over TCP that is edited; locked
 * @leg: sender and receiver
 * @msg: index of the message
 * @sdp: index of its session description, or NULL
 * @sealed: SF_SIGNED_*: parts that may not be edited
 * @described: @sdp was taken as an offer or an answer
 * @identified: @ident is filled in: for messages that move calls or
 *	registrations, and say whose
 * @ident: the call
 * @edits: the edits so far
 * @edited: they are in @skb, or will be
 * @copy: the message as it came, without secrets, if somebody listens
 * @call: number of the call that the message moved; 0: none
 * @notes: what was decided
 *
 * Lives for one call of the helper; spans count from @msg->buf.
 */
struct sf_packet {
	struct sf_net *sn;
	struct sk_buff *skb;
	struct nf_conn *ct;
	enum ip_conntrack_info ctinfo;
	unsigned int dataoff;
	u8 l3num;
	u16 zone;
	bool watch;
	u8 names;
	struct sf_tcp *tcp;
	struct sf_leg leg;
	const struct sf_msg *msg;
	const struct sf_sdp *sdp;
	u8 sealed;
	bool described;
	bool identified;
	struct sf_ident ident;
	struct sf_edits *edits;
	bool edited;
	char *copy;
	u32 call;
	struct sf_notes notes;
};

/* The method that a request names, or that a response answers. */
static inline enum sf_method sf_packet_method(const struct sf_packet *pkt)
{
	return pkt->msg->method;
}

/* Does it travel over TCP? Then the port of its sender is nobody's contact. */
static inline bool sf_packet_tcp(const struct sf_packet *pkt)
{
	return nf_ct_protonum(pkt->ct) == IPPROTO_TCP;
}

/**
 * sf_packet_tag() - the keyed hash of a tag
 * @params: parameters of a From or To; they count from @pkt->msg->buf
 *
 * Return: the hash, or 0 when there is no tag.
 */
u64 sf_packet_tag(const struct sf_packet *pkt, struct sf_span params);

/* Find out @leg from the connection. */
void sf_packet_leg(struct sf_packet *pkt);

/**
 * sf_packet_protoff() - where the transport's header begins
 * Return: its offset in the packet, or a negative number.
 */
int sf_packet_protoff(const struct sk_buff *skb, u8 l3num);

/**
 * sf_packet_is() - does a packet carry a protocol?
 *
 * Conntrack hands helpers the ICMP errors of a connection as well.
 */
bool sf_packet_is(const struct sk_buff *skb, const struct nf_conn *ct, u8 want);

/* Is an address part of the sender that is translated on its way? */
static inline bool sf_packet_masked(const struct sf_packet *pkt)
{
	return !sf_addr_equal(&pkt->leg.real[SF_SENDER].addr,
			      &pkt->leg.face[SF_SENDER].addr);
}

/* Does the body go on as it came, whatever it names? */
static inline bool sf_packet_body_kept(const struct sf_packet *pkt)
{
	return pkt->watch || pkt->sealed & SF_SIGNED_BODY;
}

/**
 * sf_packet_take() - let a message take effect, and collect its edits
 * @pkt: everything up to @watch set
 * @scratch: holds the index of the message
 *
 * No edit is collected for a packet that is watched.
 */
void sf_packet_take(struct sf_packet *pkt, struct sf_scratch *scratch);

/* Tell those who want to know what became of it. */
void sf_packet_done(struct sf_packet *pkt);

#endif /* _SF_PACKET_H */
