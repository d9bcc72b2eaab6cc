/* SPDX-License-Identifier: GPL-2.0 */
/*
 * stream.h - the media of calls
 *
 * A media is one m= line on which offer and answer agreed. It has a stream,
 * which RTCP shares with RTP: on the same port, or on the one above; an RTCP port
 * that is elsewhere has a stream of its own. A stream has two directions, each
 * with its pinhole. Streams neither know nor ask who made them.
 */
#ifndef _SF_STREAM_H
#define _SF_STREAM_H

#include <linux/atomic.h>
#include <net/netfilter/nf_conntrack.h>

#include "end.h"
#include "pinhole.h"

struct sf_net;

/* Connections of a stream that are remembered, to end with it. */
#define SF_STREAM_CHILDREN 4

/* Longest type of an m= line that is kept, with its NUL. */
#define SF_MEDIA_TYPE_MAX 12

/**
 * struct sf_direction - one direction of a stream
 * @pinhole: lets it in
 * @open: @pinhole is open; under sf_net.lock
 * @strangers: new connections from whom it does not admit; under
 *	sf_stream.lock
 * @stranger: the last of these; likewise
 * @packets: packets seen, without RTCP on the port above; read anywhere
 * @bytes: their bytes, IP headers included; likewise
 * @rtcp: packets seen of RTCP on the port above; likewise
 * @first: ktime_get_boottime_ns() of the first packet, 0 before it; likewise
 * @last: of the last one; likewise
 */
struct sf_direction {
	struct sf_pinhole pinhole;
	bool open;
	u32 strangers;
	struct sf_end stranger;
	atomic64_t packets;
	atomic64_t bytes;
	atomic64_t rtcp;
	atomic64_t first;
	atomic64_t last;
};

/**
 * struct sf_stream - packets between two endpoints, both ways
 * @rcu: frees it
 * @sn: its namespace
 * @id: its number
 * @call: number of its call
 * @caller: the side that called
 * @media: which m= line
 * @kind: enum sipfast_stream_kind
 * @type: type of the m= line, NUL-terminated
 * @zone: conntrack zone
 * @opened: ktime_get_boottime_ns() of its beginning
 * @reported: of the last RTCP on the port above, 0: never; read anywhere
 * @dir: direction @dir[side] is what that side sends
 * @lock: protects @children, @nchildren, @closed, and the strangers in @dir
 * @children: original tuples of its connections
 * @nchildren: how many there were; the oldest are overwritten
 * @closed: no more children are taken
 */
struct sf_stream {
	struct rcu_head rcu;
	struct sf_net *sn;
	u32 id;
	u32 call;
	u8 caller;
	u8 media;
	u8 kind;
	char type[SF_MEDIA_TYPE_MAX];
	struct nf_conntrack_zone zone;
	u64 opened;
	atomic64_t reported;
	struct sf_direction dir[2];
	spinlock_t lock; /* @children, @nchildren, @closed, strangers */
	struct nf_conntrack_tuple children[SF_STREAM_CHILDREN];
	u32 nchildren;
	bool closed;
};

/**
 * struct sf_stream_spec - what a new stream is to be
 * @call: number of the call
 * @caller: the side that called
 * @media: which m= line
 * @kind: enum sipfast_stream_kind
 * @paired: the ports above those of @leg, which are even where the packets
 *	arrive, are for its RTCP
 * @type: type of the m= line, NUL-terminated
 * @shut: sides that nobody is let in to
 * @leg: the two media endpoints
 * @master: the signalling connection
 */
struct sf_stream_spec {
	u32 call;
	u8 caller;
	u8 media;
	u8 kind;
	bool paired;
	const char *type;
	bool shut[2];
	struct sf_leg leg;
	struct nf_conn *master;
};

/**
 * sf_stream_open() - open a stream in both directions
 *
 * The namespace is locked; in packet context.
 *
 * Return: the stream, ended with sf_stream_close(); or NULL, counted.
 */
struct sf_stream *sf_stream_open(struct sf_net *sn,
				 const struct sf_stream_spec *spec);

/**
 * sf_stream_close() - end a stream and its connections
 *
 * The namespace is locked. The stream is freed after a grace period.
 */
void sf_stream_close(struct sf_stream *stream);

/* When the last packet was seen, RTCP too: ktime_get_boottime_ns(), 0: never. */
u64 sf_stream_last(const struct sf_stream *stream);

/* The same of the direction that has been silent for longer. */
u64 sf_stream_talk(const struct sf_stream *stream);

/**
 * sf_stream_stranger() - note who was not let in
 * @ph: a pinhole of media that does not admit it
 * @who: source of a new connection
 *
 * Under RCU.
 */
void sf_stream_stranger(struct sf_net *sn, const struct sf_pinhole *ph,
			const struct sf_end *who);

/**
 * sf_stream_packet() - count a packet of a media connection
 * @ct: connection with helper "sipfast-media"
 * @bytes: length of the packet, IP header included
 */
void sf_stream_packet(struct nf_conn *ct, enum ip_conntrack_info ctinfo,
		      unsigned int bytes);

#endif /* _SF_STREAM_H */
