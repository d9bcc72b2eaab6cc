/* SPDX-License-Identifier: GPL-2.0 */
/*
 * talk.h - what a phone and its provider say on a wire
 */
#ifndef _SF_TEST_TALK_H
#define _SF_TEST_TALK_H

#include "../call.h"
#include "wire.h"

/* Descriptions of the two ends of sf_wire_ipv4(). */
#define SF_SDP(addr, media)						\
	"v=0\r\no=- 1 1 IN IP4 " addr "\r\ns=-\r\nc=IN IP4 " addr	\
	"\r\nt=0 0\r\n" media
#define SF_AUDIO(port)	"m=audio " port " RTP/AVP 0\r\n"
#define SF_SDP_PHONE	SF_SDP("192.168.1.10", SF_AUDIO("16384"))
#define SF_SDP_PEER	SF_SDP("198.51.100.20", SF_AUDIO("20000"))

#define SF_PHONE_PORT	16384
#define SF_PEER_PORT	20000

/**
 * struct sf_talk - a message, as far as it matters
 * @start: start line without its line end
 * @cseq: value of CSeq
 * @call_id: Call-ID; NULL: "c1"
 * @from: tag in From; NULL: "a"
 * @to: tag in To; NULL: none
 * @more: further header lines, with their line ends
 * @sdp: session description, or NULL
 */
struct sf_talk {
	const char *start;
	const char *cseq;
	const char *call_id;
	const char *from;
	const char *to;
	const char *more;
	const char *sdp;
};

/* The first two members of a request and of a response. */
#define SF_REQ(method, number)						\
	.start = method " sip:200@provider.example SIP/2.0",		\
	.cseq = #number " " method
#define SF_RSP(status, number, method)					\
	.start = "SIP/2.0 " #status " So", .cseq = #number " " method

/* Send a message from the phone, or to it. */
void sf_talk_out(struct sf_wire *wire, const struct sf_talk *talk);
void sf_talk_in(struct sf_wire *wire, const struct sf_talk *talk);

#define SF_OUT(wire, ...)	sf_talk_out(wire, &(struct sf_talk){ __VA_ARGS__ })
#define SF_IN(wire, ...)	sf_talk_in(wire, &(struct sf_talk){ __VA_ARGS__ })

/* A call from the phone, answered and acknowledged: CSeq 1, tags a and b. */
void sf_talk_call(struct sf_wire *wire);

/* Its end. */
void sf_talk_bye(struct sf_wire *wire);

/* The oldest call, or NULL. Nobody else changes it between two messages. */
struct sf_call *sf_talk_found(struct sf_wire *wire);

/* Milliseconds until it is forgotten. */
u64 sf_talk_left(struct sf_wire *wire);

/* How many there are. */
#define SF_EXPECT_CALLS(wire, n)					\
	KUNIT_EXPECT_EQ((wire)->test, (wire)->sn->ncalls, (u32)(n))
#define SF_EXPECT_STREAMS(wire, n)					\
	KUNIT_EXPECT_EQ((wire)->test, (wire)->sn->nstreams, (u32)(n))
#define SF_EXPECT_PINHOLES(wire, n)					\
	KUNIT_EXPECT_EQ((wire)->test, (wire)->sn->npinholes, (u32)(n))
#define SF_EXPECT_PORTS(wire, n)					\
	KUNIT_EXPECT_EQ((wire)->test, (wire)->sn->nports, (u32)(n))

#define SF_EXPECT_STATE(wire, want)					\
do {									\
	struct sf_call *_call = sf_talk_found(wire);			\
									\
	KUNIT_ASSERT_NOT_NULL((wire)->test, _call);			\
	KUNIT_EXPECT_EQ((wire)->test, (u32)_call->state, (u32)(want));	\
} while (0)

#endif /* _SF_TEST_TALK_H */
