/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pinhole.h - who may reach which media or contact
 */
#ifndef _SF_PINHOLE_H
#define _SF_PINHOLE_H

#include <linux/rhashtable-types.h>
#include <net/netfilter/nf_conntrack.h>

#include "end.h"

struct sf_net;

/**
 * struct sf_pinhole_key - where a new connection goes
 * @to: destination of its first packet, before translation
 * @zone: conntrack zone
 * @l3num: NFPROTO_IPV4 or NFPROTO_IPV6
 */
struct sf_pinhole_key {
	struct sf_end to;
	u16 zone;
	u16 l3num;
};

enum sf_pinhole_kind {
	SF_PINHOLE_MEDIA,	/* owned by one direction of a stream */
	SF_PINHOLE_CONTACT,	/* owned by a contact */
	SF_PINHOLE_ALIAS,	/* owned by an alias */
};

/**
 * struct sf_pinhole - one direction that is open
 * @node: place in sf_net.pinholes
 * @leg: its two ends; the owner's, which has one for both directions
 * @master: signalling connection; holds a reference, which is given back
 *	a grace period after sf_pinhole_close(), because lookups run under RCU
 * @stream: number of the stream (media)
 * @zone: conntrack zone
 * @l3num: NFPROTO_IPV4 or NFPROTO_IPV6
 * @kind: enum sf_pinhole_kind
 * @side: side of @leg that may send; of media, the direction of the stream
 * @from_len: bits of the sender's address that who sends has to share; 0: any may
 * @from_free: the administrator's rules translate the source, not we
 * @paired: the ports above those of @leg belong to it as well, for RTCP; the one
 *	where packets arrive is even
 * @open: it is in the table; under sf_net.lock
 * @expected: an expectation was programmed; likewise
 *
 * Embedded in its owner, which frees it a grace period after
 * sf_pinhole_close(). But for the last two immutable while it is open.
 */
struct sf_pinhole {
	struct rhlist_head node;
	const struct sf_leg *leg;
	struct nf_conn *master;
	u32 stream;
	u16 zone;
	u8 l3num;
	u8 kind;
	u8 side;
	u8 from_len;
	bool from_free;
	bool paired;
	bool open;
	bool expected;
};

/*
 * Who may send: the address, and the port it announced. Any port is admitted; the
 * announced one keeps its announced translation.
 */
static inline const struct sf_end *sf_pinhole_from(const struct sf_pinhole *ph)
{
	return &ph->leg->real[ph->side];
}

/* The same as the receiver sees it; differs if it is translated. */
static inline const struct sf_end *sf_pinhole_face(const struct sf_pinhole *ph)
{
	return &ph->leg->face[ph->side];
}

/* Where packets go that it admits. */
static inline const struct sf_end *sf_pinhole_to(const struct sf_pinhole *ph)
{
	return &ph->leg->face[!ph->side];
}

/* Where they are delivered; differs if that is translated. */
static inline const struct sf_end *sf_pinhole_inside(const struct sf_pinhole *ph)
{
	return &ph->leg->real[!ph->side];
}

/**
 * sf_pinhole_source() - say who may send, by a setting
 * @ph: @leg, @side and @l3num set
 * @source: enum sipfast_media_source
 */
void sf_pinhole_source(struct sf_pinhole *ph, u8 source);

/**
 * sf_pinhole_open() - let connections in
 * @ph: everything but @node and @master set
 * @master: the signalling connection; a reference is taken
 *
 * The namespace is locked.
 *
 * Return: 0; or an error, counted: -ENFILE when the table is full; -ENOMEM.
 */
int sf_pinhole_open(struct sf_net *sn, struct sf_pinhole *ph,
		    struct nf_conn *master);

/**
 * sf_pinhole_expect() - announce a pinhole to conntrack
 *
 * Programs an expectation, so that the first connection is related from its
 * first packet and conntrack shows what is awaited. Best effort: the pinhole
 * works without. The namespace is locked; in packet context.
 */
void sf_pinhole_expect(struct sf_net *sn, struct sf_pinhole *ph);

/**
 * sf_pinhole_close() - let no more connections in
 *
 * An expectation that nobody has used is withdrawn.
 *
 * The namespace is locked. The owner calls sf_pinhole_put() after a grace
 * period.
 */
void sf_pinhole_close(struct sf_net *sn, struct sf_pinhole *ph);

/**
 * sf_pinhole_of() - one that is open already
 * @kind: enum sf_pinhole_kind
 * @to: destination of the packets that it admits
 * @master: its signalling connection
 *
 * The namespace is locked.
 *
 * Return: the pinhole, or NULL.
 */
struct sf_pinhole *sf_pinhole_of(struct sf_net *sn, enum sf_pinhole_kind kind,
				 const struct sf_end *to,
				 const struct nf_conn *master);

/* Give the master back: in the owner's RCU callback. */
void sf_pinhole_put(struct sf_pinhole *ph);

/**
 * struct sf_way - a way through a pinhole
 * @ph: the pinhole
 * @rtcp: by its upper ports
 */
struct sf_way {
	const struct sf_pinhole *ph;
	bool rtcp;
};

/* An end of a pinhole, on this way. */
static inline struct sf_end sf_way_end(const struct sf_way *way,
				       const struct sf_end *end)
{
	return (struct sf_end){ .addr = end->addr,
				.port = htons(ntohs(end->port) + way->rtcp) };
}

/**
 * sf_way_find() - the way of the first packet of a connection
 * @t: where it comes from and goes to
 * @zone: conntrack zone
 * @refused: set to a pinhole that is there and does not admit it, when none does
 *
 * Where several pinholes admit it, the one that knows the source's port goes
 * first: it keeps the translation that the source announced. Under RCU.
 *
 * Return: a way, whose pinhole is NULL when none admits it.
 */
struct sf_way sf_way_find(struct sf_net *sn, const struct nf_conntrack_tuple *t,
			  u16 zone, const struct sf_pinhole **refused);

/* A packet from an end of the pinhole that goes this way. */
struct nf_conntrack_tuple sf_way_tuple(const struct sf_way *way,
				       const struct sf_end *from);

/*
 * Others than the announced source can only be had from a side that is not
 * translated: somebody else's packets never leave under an endpoint's address.
 */
static inline bool sf_pinhole_open_source(const struct sf_pinhole *ph)
{
	return sf_end_equal(sf_pinhole_from(ph), sf_pinhole_face(ph));
}

/* Does it lead to a translated endpoint? */
static inline bool sf_pinhole_inward(const struct sf_pinhole *ph)
{
	return !sf_end_equal(sf_pinhole_to(ph), sf_pinhole_inside(ph));
}

int sf_pinhole_net_init(struct sf_net *sn);
void sf_pinhole_net_exit(struct sf_net *sn);

#endif /* _SF_PINHOLE_H */
