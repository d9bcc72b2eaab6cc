/* SPDX-License-Identifier: GPL-2.0 */
/*
 * stats.h - named counters: one for every decision
 *
 * The names are what the netlink family, the tool and the documentation
 * print; they stay. The core's reasons follow as "parse-<reason>".
 */
#ifndef _SF_STATS_H
#define _SF_STATS_H

#include <linux/percpu.h>
#include <sipfast/reason.h>

/* X(symbol, name, sentence) */
#define SF_COUNTERS(X)							\
	X(SIP_SEEN, "sip-seen",						\
	  "messages understood on flows with the helper")		\
	X(SIP_REWRITTEN, "sip-rewritten",				\
	  "messages that named a translated address and were edited")	\
	X(SIP_SIGNED, "sip-signed",					\
	  "messages with signed parts, which were passed as they are")	\
	X(SIP_GREW, "sip-too-big",					\
	  "messages passed unedited: edited they would exceed a datagram") \
	X(SIP_SPLICE, "sip-no-splice",					\
	  "messages passed unedited: the packet could not be written")	\
	X(SIP_EDITS, "sip-edits",					\
	  "messages passed unedited: too many edits, or edits that overlap") \
	X(SIP_GSO, "sip-gso",						\
	  "packets passed unread: several datagrams in one buffer, not cut") \
	X(SIP_SHORT, "sip-short",					\
	  "packets passed unread: their headers disagree about the length") \
	X(SIP_NO_MEMORY, "sip-no-memory",				\
	  "packets passed unread for lack of memory")			\
	X(SIP_IDENTITY, "sip-identity",					\
	  "messages that move no state: Call-ID, CSeq, From or To missing, repeated or malformed") \
	X(TCP_SPLIT, "tcp-split",					\
	  "messages passed unread: a TCP segment ended before they did")	\
	X(TCP_INSIDE, "tcp-inside",					\
	  "TCP segments passed unread: they begin inside a message")	\
	X(TCP_OTHER, "tcp-other",					\
	  "TCP connections that are not read: they do not begin with SIP") \
	X(TCP_FULL, "tcp-full",						\
	  "TCP connections not edited: the table is full, or their beginning was not seen") \
	X(TCP_MEMORY, "tcp-memory",					\
	  "messages over TCP passed unedited: too many edits await their acknowledgment") \
	X(TCP_AGAIN, "tcp-again",					\
	  "TCP segments that came again and were edited as before")	\
	X(TCP_GAP, "tcp-gap",						\
	  "TCP segments dropped: one before them is missing, and may yet be edited") \
	X(TCP_DROPPED, "tcp-dropped",					\
	  "TCP segments dropped: they could not be edited as before")	\
	X(MARK_SET, "mark-set",						\
	  "packets with SIP whose kind was written into their mark")	\
	X(MARK_MALFORMED, "mark-malformed",				\
	  "of these, packets that are no SIP or a malformed message")	\
	X(MARK_SCANNER, "mark-scanner",					\
	  "of these, requests of tools that look for victims, by their own word") \
	X(MARK_UNCLASSIFIED, "mark-unclassified",			\
	  "packets marked as unclassified: they begin no whole message, or hold several") \
	X(CALL_NEW, "call-new",						\
	  "calls begun")						\
	X(CALL_FULL, "call-full",					\
	  "calls not followed: the table is full")			\
	X(CALL_ID_LONG, "call-id-long",					\
	  "calls not followed: a Call-ID of more than 255 bytes")	\
	X(CALL_NO_MEMORY, "call-no-memory",				\
	  "calls, dialogs or offers not followed for lack of memory")	\
	X(CALL_FORKS, "call-forks",					\
	  "responses not followed: too many dialogs in one call")	\
	X(CALL_STRAY, "call-stray",					\
	  "messages of a call that is not known")			\
	X(CALL_TIMEOUT, "call-timeout",					\
	  "calls forgotten: neither a message nor media for too long")	\
	X(CALL_SESSION, "call-session",					\
	  "calls and branches forgotten: their session expired without a refresh") \
	X(CALL_IDLE, "call-idle",					\
	  "calls forgotten: their media was silent for too long")	\
	X(OFFER_FULL, "offer-full",					\
	  "offers forgotten: too many of one call wait for an answer")	\
	X(OFFER_DIALOG, "offer-dialog",					\
	  "answers without effect: their dialog is not known")		\
	X(MEDIA_NEW, "media-new",					\
	  "streams opened")						\
	X(MEDIA_FOREIGN, "media-foreign",				\
	  "media not opened: an endpoint named somebody else's address") \
	X(MEDIA_LOW_PORT, "media-low-port",				\
	  "media not opened: the port is below 1024")			\
	X(MEDIA_FAMILY, "media-family",					\
	  "media not opened: a host name, or the other IP version")	\
	X(MEDIA_TRANSPORT, "media-transport",				\
	  "media not opened: its protocol does not run over UDP")	\
	X(MEDIA_LINES, "media-lines",					\
	  "media not opened: its line stands in one of offer and answer only") \
	X(MEDIA_HOLD, "media-hold",					\
	  "media not opened yet: on hold before it had an address")	\
	X(MEDIA_SHUT, "media-shut",					\
	  "media not let in: the endpoint is translated, and nobody edits for it") \
	X(MEDIA_RTCP, "media-rtcp",					\
	  "RTCP not opened: it is to go to another address than RTP")	\
	X(MEDIA_PORTS, "media-ports",					\
	  "media not opened: no free pair of ports in the pool")	\
	X(MEDIA_NO_MEMORY, "media-no-memory",				\
	  "media not opened for lack of memory")			\
	X(MEDIA_STRAY, "media-stray",					\
	  "media packets not counted: their stream is over")		\
	X(MEDIA_SHORT, "media-short",					\
	  "media packets not counted: their length is wrong, or no memory") \
	X(MEDIA_CONNECTIONS, "media-connections",			\
	  "connections not ended with their stream: it had too many")	\
	X(FAST_PROMOTED, "fast-promoted",				\
	  "directions of media that the fast path took over")		\
	X(FAST_DEMOTED, "fast-demoted",					\
	  "directions of media that it gave back, for whatever reason")	\
	X(FAST_ROUTE, "fast-route",					\
	  "directions not taken over: a route through IPsec, a tunnel, a VRF or a bridge") \
	X(FAST_OPTED_OUT, "fast-opted-out",				\
	  "directions not taken over, or given back: a label says so")	\
	X(FAST_NO_MEMORY, "fast-no-memory",				\
	  "directions not taken over, or packets given back, for lack of memory") \
	X(FAST_CONNECTION, "fast-connection",				\
	  "directions given back: their connection was deleted")	\
	X(FAST_STALE, "fast-stale",					\
	  "directions given back: a route, a neighbour or a device has changed") \
	X(FAST_NOT_MEDIA, "fast-not-media",				\
	  "packets given back: neither RTP nor RTCP, but STUN, DTLS or unknown") \
	X(FAST_LENGTH, "fast-length",					\
	  "packets given back: their headers disagree about the length") \
	X(FAST_CHECKSUM, "fast-checksum",				\
	  "packets given back: a checksum is wrong")			\
	X(FAST_TTL, "fast-ttl",						\
	  "packets given back: their time to live ends here")		\
	X(FAST_MTU, "fast-mtu",						\
	  "packets given back: longer than the next link can take")	\
	X(FAST_GSO, "fast-gso",						\
	  "packets given back: several datagrams in one buffer")	\
	X(PINHOLE_EXPECTED, "pinhole-expected",				\
	  "connections admitted by an expectation")			\
	X(PINHOLE_LOOKUP, "pinhole-lookup",				\
	  "connections admitted by the pinhole table")			\
	X(PINHOLE_HAIRPIN, "pinhole-hairpin",				\
	  "connections of two inside endpoints that were told each other's mapping") \
	X(PINHOLE_STRANGER, "pinhole-stranger",				\
	  "new connections to an open port from a source that it does not admit") \
	X(PINHOLE_NAT, "pinhole-nat",					\
	  "connections not admitted: the translation could not be set up") \
	X(PINHOLE_FULL, "pinhole-full",					\
	  "pinholes not opened: the table is full")			\
	X(PINHOLE_NO_MEMORY, "pinhole-no-memory",			\
	  "pinholes not opened for lack of memory")			\
	X(PINHOLE_GONE, "pinhole-gone",					\
	  "connections expected but not translated: the pinhole closed meanwhile") \
	X(PINHOLE_NO_EXPECT, "pinhole-no-expect",			\
	  "pinholes without an expectation: conntrack had no room; the pinhole table serves") \
	X(ALIAS_NEW, "alias-new",					\
	  "ports given to endpoints that listen elsewhere than they send from") \
	X(ALIAS_FULL, "alias-full",					\
	  "endpoints left as written that listen elsewhere: too many of them") \
	X(ALIAS_LOW_PORT, "alias-low-port",				\
	  "endpoints left as written that listen elsewhere: the port is below 1024") \
	X(ALIAS_NO_MEMORY, "alias-no-memory",				\
	  "endpoints left as written that listen elsewhere: no memory, or no room for a pinhole") \
	X(REG_NEW, "registration-new",					\
	  "registrations learned")					\
	X(REG_FULL, "registration-full",				\
	  "registrations not learned: the table is full")		\
	X(REG_FOREIGN, "registration-foreign",				\
	  "registrations not learned: no Contact names the phone that sent it") \
	X(REG_UNBOUND, "registration-unbound",				\
	  "registrations not learned: the answer does not list the phone's Contact") \
	X(REG_STRAY, "registration-stray",				\
	  "answers to a REGISTER that is not known")			\
	X(REG_NO_MEMORY, "registration-no-memory",			\
	  "registrations not learned for lack of memory")		\
	X(ADDRESS_CALLS, "address-calls",				\
	  "calls ended because the router lost their address")		\
	X(ADDRESS_REGS, "address-registrations",			\
	  "registrations ended because the router lost their address")	\
	X(ADDRESS_FULL, "address-full",					\
	  "lost addresses not looked at: too many at once, or no memory") \
	X(EVENT_LOST, "event-lost",					\
	  "notifications lost: no memory, or a listener that is too slow")

enum sf_counter {
#define X(sym, name, text) SF_CNT_##sym,
	SF_COUNTERS(X)
#undef X
	SF_CNT_PARSE,
	SF_CNT_COUNT = SF_CNT_PARSE + SF_REASON_COUNT
};

/* One set per CPU and namespace. */
struct sf_stats {
	unsigned long count[SF_CNT_COUNT];
};

struct sf_net;

/* Longest name of a counter, with its NUL. */
#define SF_COUNTER_NAME_MAX 32

/**
 * sf_stats_name() - the name of a counter
 * @name: room for SF_COUNTER_NAME_MAX bytes
 */
void sf_stats_name(enum sf_counter c, char *name);

/**
 * sf_stats_text() - the sentence of a counter
 */
const char *sf_stats_text(enum sf_counter c);

/**
 * sf_stats_sum() - a counter over all CPUs
 */
u64 sf_stats_sum(const struct sf_net *sn, enum sf_counter c);

#endif /* _SF_STATS_H */
