/* SPDX-License-Identifier: GPL-2.0 */
/*
 * desc.h - a session description, reduced to what moves packets
 */
#ifndef _SF_DESC_H
#define _SF_DESC_H

#include <linux/list.h>

#include "end.h"
#include "port.h"
#include "stream.h"

struct sf_call;
struct sf_dialog;
struct sf_packet;

/**
 * struct sf_desc_media - an m= line, reduced to what moves packets
 * @port: the pair of its call that stands for it, and is to be written into the
 *	description; NULL: the other side sees @real
 * @terms: what it says of the packets that it receives
 * @real: where the endpoint receives
 * @type: type of the m= line, NUL-terminated
 * @real_rtcp: RTCP port at @real; 0 when it is muxed or there is none
 * @usable: media can be opened between it and the other side
 * @held: it is on hold with no address: where it was before still holds
 * @shut: nobody is let in to it: a translated endpoint whose description
 *	nobody edits is reached by the mapping of its own packets, or not at all
 * @muxed: RTCP shares the port (RFC 5761)
 * @rtp: it is RTP
 */
struct sf_desc_media {
	struct sf_port *port;
	struct sf_terms terms;
	struct sf_end real;
	char type[SF_MEDIA_TYPE_MAX];
	__be16 real_rtcp;
	bool usable;
	bool held;
	bool shut;
	bool muxed;
	bool rtp;
};

/* Where the endpoint receives, as the other side sees it. */
static inline const struct sf_end *sf_desc_face(const struct sf_desc_media *m)
{
	return m->port ? &m->port->key.face : &m->real;
}

/* The RTCP port there. */
static inline __be16 sf_desc_face_rtcp(const struct sf_desc_media *m)
{
	return m->port ? htons(ntohs(m->port->key.face.port) + 1) :
			 m->real_rtcp;
}

/**
 * struct sf_desc - a session description, as an offer or an answer
 * @list: place in sf_call.descs, while it waits for its answer
 * @dialog: dialog that it was made in; NULL: any that comes of the INVITE
 * @number: counts the offers of the call; a retransmission keeps it
 * @cseq: CSeq number of the transaction that carries it
 * @side: side of the call that made it
 * @response: it came in a response: the answer comes in ACK or PRACK
 * @taken: such an answer came
 * @nmedia: entries in @media
 * @taker: CSeq number of the answer that came
 * @media: the m= lines
 */
struct sf_desc {
	struct list_head list;
	struct sf_dialog *dialog;
	u32 number;
	u32 cseq;
	u8 side;
	bool response;
	bool taken;
	u8 nmedia;
	u32 taker;
	struct sf_desc_media media[];
};

/**
 * sf_desc_make() - reduce the description of a message
 * @side: side of the call that sent it
 *
 * Where the sender is translated and may be edited for, its endpoints get
 * pairs of ports, which belong to the call. The namespace is locked.
 *
 * Return: the description, freed with kfree(); NULL, counted, for lack of
 * memory.
 */
struct sf_desc *sf_desc_make(struct sf_call *call, struct sf_packet *pkt,
			     int side);

/**
 * sf_desc_speaks_for() - may the sender's description name this address?
 *
 * Its own, or one of the media hosts: what is translated to the address by
 * which the receiver sees the sender. Under RCU, or the namespace locked.
 */
bool sf_desc_speaks_for(const struct sf_packet *pkt,
			const union nf_inet_addr *addr);

#endif /* _SF_DESC_H */
