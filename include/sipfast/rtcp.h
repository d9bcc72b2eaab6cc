/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rtcp.h - what senders and receivers of RTP tell each other
 *
 * RFC 3550, 6.4 (reports) and 6.6 (BYE), RFC 5506 (packets that are not
 * compound). Reports of SRTP are encrypted, and are not for here.
 */
#ifndef SIPFAST_RTCP_H
#define SIPFAST_RTCP_H

#include <sipfast/deps.h>

enum sf_rtcp_kind {
	SF_RTCP_END,		/* nothing is left */
	SF_RTCP_BAD,		/* a length that does not fit */
	SF_RTCP_SENDER,		/* sender information of an SR */
	SF_RTCP_BLOCK,		/* one report block, of an SR or RR */
	SF_RTCP_BYE,		/* one source that leaves */
};

/**
 * struct sf_rtcp_item - something that a packet says
 * @ssrc: who says it; with SF_RTCP_BYE, who leaves
 * @ntp: SF_RTCP_SENDER: the middle 32 bits of the NTP timestamp
 * @about: SF_RTCP_BLOCK, as all that follows: whose packets it is about
 * @fraction: 256ths of them lost since the report before
 * @lost: lost so far; negative when there were more duplicates
 * @jitter: interarrival jitter, in ticks of the payload's clock
 * @lsr: the @ntp of the last SR from @about; 0: there was none
 * @dlsr: since when, in 65536ths of a second
 */
struct sf_rtcp_item {
	u32 ssrc;
	u32 ntp;
	u32 about;
	u8 fraction;
	s32 lost;
	u32 jitter;
	u32 lsr;
	u32 dlsr;
};

/**
 * struct sf_rtcp_walk - a walk through a packet
 * @buf: the packet
 * @len: its length
 * @pos: where the next item begins
 * @next: where the next packet of the compound begins
 * @type: of this one: what its items are
 * @items: how many of them are left
 * @ssrc: who sent it
 */
struct sf_rtcp_walk {
	const u8 *buf;
	u32 len;
	u32 pos;
	u32 next;
	u8 type;
	u8 items;
	u32 ssrc;
};

/**
 * sf_rtcp_walk() - begin at the front of a packet, compound or not
 */
void sf_rtcp_walk(struct sf_rtcp_walk *walk, const u8 *buf, u32 len);

/**
 * sf_rtcp_next() - go on to the next item
 * @item: only what belongs to the kind that is returned is written
 *
 * Versions other than 2, lengths that do not add up to the packet's, counts
 * that do not fit into a length, and padding anywhere but at the end are bad.
 * Packets of other types are passed over.
 *
 * Return: SF_RTCP_END or SF_RTCP_BAD at the end, again and again.
 */
enum sf_rtcp_kind sf_rtcp_next(struct sf_rtcp_walk *walk,
			       struct sf_rtcp_item *item);

/**
 * struct sf_rtcp - what was said of one direction
 * @source: SSRC of its RTP, which the caller keeps here: reports about others
 *	do not count; 0: it is not known, any does
 * @sender_ns: when the last SR passed that its sender sent
 * @sender_ntp: its NTP timestamp, the middle of it; 0: there was none
 * @report_ns: when its receiver's last report about it passed; 0: there was none
 * @lost: what that says: packets lost so far; 0 if it says less
 * @jitter: ticks of the payload's clock, see sf_clock_us()
 * @rtt_us: microseconds from here to the receiver and back
 * @fraction: per mille lost since the report before
 * @has_rtt: that is known
 * @left: the sender of it said BYE, and sent no report since
 *
 * All zeros: nothing was said yet. The caller sees to it that one packet at a
 * time is read.
 */
struct sf_rtcp {
	u32 source;
	u32 sender_ntp;
	u64 sender_ns;
	u64 report_ns;
	u32 lost;
	u32 jitter;
	u32 rtt_us;
	u16 fraction;
	bool has_rtt;
	bool left;
};

/**
 * sf_rtcp_seen() - take what a packet says
 * @from: the direction that the packet travels
 * @about: the other direction, which its report blocks are about
 * @buf: the packet, whole
 * @len: its length
 * @now_ns: when it came; the clock of both directions, never 0
 *
 * The way to the receiver and back is RFC 3550's, seen from here: from when the
 * sender's report passed to now, less what the receiver kept it. A time that is
 * negative or longer than 34 s is none.
 *
 * Return: false for a malformed packet, which is not believed in any part.
 */
bool sf_rtcp_seen(struct sf_rtcp *from, struct sf_rtcp *about, const u8 *buf,
		  u32 len, u64 now_ns);

#endif /* SIPFAST_RTCP_H */
