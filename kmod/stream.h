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

#include <net/netfilter/nf_conntrack.h>

#include <linux/list.h>
#include <sipfast/payload.h>

#include "end.h"
#include "pinhole.h"

struct sf_meters;
struct sf_net;
struct sk_buff;

/* Connections of a stream that are remembered, to end with it. */
#define SF_STREAM_CHILDREN 4

/* Longest type of an m= line that is kept, with its NUL. */
#define SF_MEDIA_TYPE_MAX 12

/**
 * struct sf_terms - what a side's description says of the packets that it receives
 * @payloads: what their payload types stand for
 * @secure: they may be SRTP
 * @quiet: they do not flow both ways: on hold, or by nature
 */
struct sf_terms {
	struct sf_payloads payloads;
	bool secure;
	bool quiet;
};

/**
 * struct sf_direction - one direction of a stream
 * @pinhole: lets it in
 * @strangers: new connections from whom it does not admit; under
 *	sf_stream.lock
 * @stranger: the last of these; likewise
 * @terms: of the side that sends this direction, and receives the other; changed
 *	under sf_net.lock and the lock of the other direction's meter
 */
struct sf_direction {
	struct sf_pinhole pinhole;
	u32 strangers;
	struct sf_end stranger;
	struct sf_terms terms;
};

/**
 * struct sf_stream_child - a connection of a stream
 * @addr: address of who began it
 * @port: likewise; what is paired with it on the port below, if it is RTCP
 * @side: of who began it
 * @rtcp: it is the stream's RTCP, on a port of its own
 *
 * Where it goes is what the pinhole lets in.
 */
struct sf_stream_child {
	union nf_inet_addr addr;
	__be16 port;
	u8 side;
	bool rtcp;
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
 * @idle: SIPFAST_STREAM_IDLE holds; under sf_net.lock
 * @type: type of the m= line, NUL-terminated
 * @zone: conntrack zone
 * @about: number of the stream that its reports are about, of RTCP on another port
 * @leg: the two endpoints
 * @opened: ktime_get_boottime_ns() of its beginning
 * @mutual: since when both sides are expected to send: of the last offer and answer
 *	about it, or the end of a silence of both; under sf_net.lock
 * @dir: direction @dir[side] is what that side sends
 * @meters: what is counted; NULL before the first packet; freed with it
 * @paths: struct sf_path_of in the fast path; under sf_paths.lock
 * @npaths: how many; likewise
 * @over: no more are taken; likewise
 * @closed: no more children are taken; under @lock
 * @lock: protects @children, @nchildren, @closed, and the strangers in @dir
 * @nchildren: how many there were; the oldest are overwritten
 * @children: its connections
 */
struct sf_stream {
	struct rcu_head rcu;
	struct sf_net *sn;
	u32 id;
	u32 call;
	u8 caller;
	u8 media;
	u8 kind;
	bool idle;
	char type[SF_MEDIA_TYPE_MAX];
	struct nf_conntrack_zone zone;
	u32 about;
	struct sf_leg leg;
	u64 opened;
	u64 mutual;
	struct sf_direction dir[2];
	struct sf_meters __rcu *meters;
	struct list_head paths;
	u8 npaths;
	bool over;
	bool closed;
	spinlock_t lock; /* @children, @nchildren, @closed, strangers */
	u32 nchildren;
	struct sf_stream_child children[SF_STREAM_CHILDREN];
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
 * @free: whatever the administrator's rules translate is translated
 * @leg: the two media endpoints
 * @about: number of the stream that its reports are about; 0: they are about it
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
	bool free;
	struct sf_leg leg;
	u32 about;
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
 * sf_stream_terms() - say what a side receives from now on
 * @side: the side whose description it is
 *
 * The namespace is locked.
 */
void sf_stream_terms(struct sf_stream *stream, int side,
		     const struct sf_terms *terms);

/* Is it SRTP? Keys that one side has offered are not used if the other one has none. */
static inline bool sf_stream_secure(const struct sf_stream *stream)
{
	return READ_ONCE(stream->dir[0].terms.secure) &&
	       READ_ONCE(stream->dir[1].terms.secure);
}

/**
 * sf_stream_label() - label a new connection of a stream
 * @id: number of the stream
 * @ct: the connection, unconfirmed
 *
 * Under RCU.
 */
void sf_stream_label(struct sf_net *sn, u32 id, struct nf_conn *ct);

/**
 * sf_stream_packet() - count a packet of a media connection, and mark it
 * @skb: the packet, which leaves
 * @protoff: where UDP begins
 * @ct: connection with helper "sipfast-media"
 */
void sf_stream_packet(struct sk_buff *skb, unsigned int protoff,
		      struct nf_conn *ct, enum ip_conntrack_info ctinfo);

#endif /* _SF_STREAM_H */
