// SPDX-License-Identifier: GPL-2.0
/*
 * offer.c - offers and answers (RFC 3264), and what opens by them
 */
#include "media.h"
#include "suites.h"

/* Port of the phone's RTP as the oldest call's first media has it. */
static u16 agreed(struct sf_wire *w)
{
	struct sf_stream *stream;
	unsigned long id = 0;
	int side;

	stream = xa_find(&w->sn->stream_ids, &id, ULONG_MAX, XA_PRESENT);
	KUNIT_ASSERT_NOT_NULL(w->test, stream);
	for (side = 0; side < 2; side++)
		if (sf_addr_equal(&stream->leg.real[side].addr, &w->phone.addr))
			return ntohs(stream->leg.real[side].port);

	return 0;
}

static void invite(struct sf_wire *w, const char *sdp)
{
	SF_OUT(w, SF_REQ("INVITE", 1), .sdp = sdp);
}

static void answer(struct sf_wire *w, const char *sdp)
{
	SF_IN(w, SF_RSP(200, 1, "INVITE"), .to = "b", .sdp = sdp);
}

/* Nothing is open before the answer; early media opens with it. */
static void early(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	invite(w, SF_SDP_PHONE);
	SF_EXPECT_STREAMS(w, 0);
	SF_EXPECT_PINHOLES(w, 0);
	SF_EXPECT_PORTS(w, 1);
	SF_IN(w, SF_RSP(183, 1, "INVITE"), .to = "b", .sdp = SF_SDP_PEER);
	SF_EXPECT_STREAMS(w, 1);
	SF_EXPECT_PINHOLES(w, 2);
	/* the same answer again, in the final response */
	answer(w, SF_SDP_PEER);
	answer(w, SF_SDP_PEER);
	SF_EXPECT_STREAMS(w, 1);
	SF_EXPECT_PINHOLES(w, 2);
	SF_EXPECT_COUNT(w, MEDIA_NEW, 1);
}

/* A retransmitted offer is the same offer. */
static void retransmitted(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	struct sf_end face;

	invite(w, SF_SDP_PHONE);
	face = sf_media_face(w, SF_PHONE_PORT);
	invite(w, SF_SDP_PHONE);
	invite(w, SF_SDP_PHONE);
	SF_EXPECT_PORTS(w, 1);
	KUNIT_EXPECT_EQ(test, (u32)sf_talk_found(w)->ndescs, 1U);
	KUNIT_EXPECT_EQ(test, ntohs(sf_media_face(w, SF_PHONE_PORT).port),
			ntohs(face.port));
}

/* The offer comes in the response, the answer in ACK. */
static void delayed(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	invite(w, NULL);
	answer(w, SF_SDP_PEER);
	SF_EXPECT_STREAMS(w, 0);
	SF_OUT(w, SF_REQ("ACK", 1), .to = "b", .sdp = SF_SDP_PHONE);
	SF_EXPECT_STREAMS(w, 1);
}

/* The offer comes in a reliable 183, the answer in PRACK. */
static void prack(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	invite(w, NULL);
	SF_IN(w, SF_RSP(183, 1, "INVITE"), .to = "b", .sdp = SF_SDP_PEER);
	SF_OUT(w, SF_REQ("PRACK", 2), .to = "b", .sdp = SF_SDP_PHONE);
	SF_EXPECT_STREAMS(w, 1);
}

static void update(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	sf_talk_call(w);
	SF_OUT(w, SF_REQ("UPDATE", 2), .to = "b",
	       .sdp = SF_SDP("192.168.1.10", SF_AUDIO("17000")));
	KUNIT_EXPECT_EQ(test, (u32)agreed(w), 16384U);
	SF_IN(w, SF_RSP(200, 2, "UPDATE"), .to = "b", .sdp = SF_SDP_PEER);
	KUNIT_EXPECT_EQ(test, (u32)agreed(w), 17000U);
	SF_EXPECT_STREAMS(w, 1);
	SF_EXPECT_PINHOLES(w, 2);

	/* refused: what was agreed stays */
	SF_OUT(w, SF_REQ("UPDATE", 3), .to = "b",
	       .sdp = SF_SDP("192.168.1.10", SF_AUDIO("18000")));
	SF_IN(w, SF_RSP(491, 3, "UPDATE"), .to = "b");
	KUNIT_EXPECT_EQ(test, (u32)agreed(w), 17000U);
}

/* An answer that was held up on its way, or sent again, is late. */
static void late_answer(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	sf_talk_call(w);
	SF_OUT(w, SF_REQ("INVITE", 2), .to = "b",
	       .sdp = SF_SDP("192.168.1.10", SF_AUDIO("17000")));
	SF_IN(w, SF_RSP(200, 2, "INVITE"), .to = "b", .sdp = SF_SDP_PEER);
	SF_OUT(w, SF_REQ("ACK", 2), .to = "b");
	KUNIT_EXPECT_EQ(test, (u32)agreed(w), 17000U);
	answer(w, SF_SDP_PEER);
	KUNIT_EXPECT_EQ(test, (u32)agreed(w), 17000U);
}

/* Hold and its end change nothing that packets need. */
static void hold(struct kunit *test)
{
	static const char held[] =
		SF_SDP("192.168.1.10", SF_AUDIO("16384") "a=sendonly\r\n");
	struct sf_wire *w = sf_wire(test);

	sf_talk_call(w);
	SF_OUT(w, SF_REQ("INVITE", 2), .to = "b", .sdp = held);
	SF_IN(w, SF_RSP(200, 2, "INVITE"), .to = "b", .sdp = SF_SDP_PEER);
	SF_EXPECT_STREAMS(w, 1);
	SF_OUT(w, SF_REQ("INVITE", 3), .to = "b", .sdp = SF_SDP_PHONE);
	SF_IN(w, SF_RSP(200, 3, "INVITE"), .to = "b", .sdp = SF_SDP_PEER);
	SF_EXPECT_STREAMS(w, 1);
	SF_EXPECT_COUNT(w, MEDIA_NEW, 1);
}

/*
 * The peer holds the phone by the address 0.0.0.0, and plays music to it: what
 * was agreed before stays open, from where to where it was.
 */
static void hold_by_address(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	sf_talk_call(w);
	SF_IN(w, SF_REQ("INVITE", 1), .from = "b", .to = "a",
	      .sdp = SF_SDP("0.0.0.0", SF_AUDIO("20000")));
	SF_OUT(w, SF_RSP(200, 1, "INVITE"), .from = "b", .to = "a",
	       .sdp = SF_SDP_PHONE);
	SF_EXPECT_STREAMS(w, 1);
	SF_EXPECT_COUNT(w, MEDIA_NEW, 1);
	/* and the phone does the same */
	SF_OUT(w, SF_REQ("INVITE", 2), .to = "b",
	       .sdp = SF_SDP("0.0.0.0", SF_AUDIO("16384")));
	SF_IN(w, SF_RSP(200, 2, "INVITE"), .to = "b", .sdp = SF_SDP_PEER);
	SF_EXPECT_STREAMS(w, 1);
	SF_EXPECT_COUNT(w, MEDIA_NEW, 1);
}

/* Nobody knows where to: held from the first offer on, nothing is open. */
static void hold_from_the_start(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	invite(w, SF_SDP("0.0.0.0", SF_AUDIO("16384")));
	answer(w, SF_SDP_PEER);
	SF_EXPECT_STREAMS(w, 0);
}

/* What is refused, by either side, is not opened. */
static void refused(struct kunit *test)
{
	static const char two[] =
		SF_SDP("192.168.1.10", SF_AUDIO("16384")
		       "m=video 16386 RTP/AVP 96\r\n");
	static const char one[] =
		SF_SDP("198.51.100.20", SF_AUDIO("20000")
		       "m=video 0 RTP/AVP 96\r\n");
	struct sf_wire *w = sf_wire(test);

	invite(w, two);
	SF_EXPECT_PORTS(w, 2);
	answer(w, one);
	SF_EXPECT_STREAMS(w, 1);
	/* an answer with too few lines answers those that it has */
	SF_OUT(w, SF_REQ("INVITE", 2), .to = "b", .sdp = two);
	SF_IN(w, SF_RSP(200, 2, "INVITE"), .to = "b", .sdp = SF_SDP_PEER);
	SF_EXPECT_STREAMS(w, 1);
}

static void muxed(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	invite(w, SF_SDP("192.168.1.10", SF_AUDIO("16384") "a=rtcp-mux\r\n"));
	answer(w, SF_SDP("198.51.100.20", SF_AUDIO("20000") "a=rtcp-mux\r\n"));
	SF_EXPECT_STREAMS(w, 1);
	SF_EXPECT_PINHOLES(w, 2);
}

static void no_rtp(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	invite(w, SF_SDP("192.168.1.10", "m=image 16384 udptl t38\r\n"));
	answer(w, SF_SDP("198.51.100.20", "m=image 20000 udptl t38\r\n"));
	SF_EXPECT_STREAMS(w, 1);
	SF_OUT(w, SF_REQ("INVITE", 2), .to = "b",
	       .sdp = SF_SDP("192.168.1.10", "m=message 9 TCP/MSRP *\r\n"));
	SF_IN(w, SF_RSP(200, 2, "INVITE"), .to = "b",
	      .sdp = SF_SDP("198.51.100.20", "m=message 9 TCP/MSRP *\r\n"));
	SF_EXPECT_STREAMS(w, 0);
}

/* Slipstreaming: neither side names a service. */
static void low_port(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	invite(w, SF_SDP("192.168.1.10", SF_AUDIO("1023")));
	answer(w, SF_SDP("198.51.100.20", SF_AUDIO("53")));
	SF_EXPECT_STREAMS(w, 0);
	SF_EXPECT_PORTS(w, 0);
	SF_EXPECT_COUNT(w, MEDIA_LOW_PORT, 2);
}

/* An endpoint inside names nobody but itself. */
static void foreign(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	invite(w, SF_SDP("192.168.1.99", SF_AUDIO("16384")));
	answer(w, SF_SDP_PEER);
	SF_EXPECT_STREAMS(w, 0);
	SF_EXPECT_COUNT(w, MEDIA_FOREIGN, 1);
	invite(w, SF_SDP("127.0.0.1", SF_AUDIO("16384")));
	invite(w, SF_SDP("224.2.1.1", SF_AUDIO("16384")));
	invite(w, SF_SDP("255.255.255.255", SF_AUDIO("16384")));
	SF_EXPECT_COUNT(w, MEDIA_FOREIGN, 4);
	SF_EXPECT_PORTS(w, 0);
}

/* The provider's media may be elsewhere than its signalling. */
static void media_elsewhere(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	invite(w, SF_SDP_PHONE);
	answer(w, SF_SDP("198.51.100.77", SF_AUDIO("20000")));
	SF_EXPECT_STREAMS(w, 1);
	SF_EXPECT_COUNT(w, MEDIA_FOREIGN, 0);
}

static void family(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	invite(w, SF_SDP("phone.example", SF_AUDIO("16384")));
	SF_EXPECT_COUNT(w, MEDIA_FAMILY, 1);
	invite(w, "v=0\r\no=- 1 1 IN IP6 ::1\r\ns=-\r\nc=IN IP6 2001:db8::1\r\n"
	       "t=0 0\r\nm=audio 16384 RTP/AVP 0\r\n");
	SF_EXPECT_COUNT(w, MEDIA_FAMILY, 2);
	SF_EXPECT_PORTS(w, 0);
}

static void pool_empty(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	w->sn->config.media_port_min = 20000;
	w->sn->config.media_port_max = 20001;
	invite(w, SF_SDP("192.168.1.10", SF_AUDIO("16384") SF_AUDIO("16386")));
	SF_EXPECT_PORTS(w, 1);
	SF_EXPECT_COUNT(w, MEDIA_PORTS, 1);
	answer(w, SF_SDP("198.51.100.20", SF_AUDIO("20000") SF_AUDIO("20002")));
	SF_EXPECT_STREAMS(w, 1);
}

/* Two lines on one port of the phone are one endpoint. */
static void one_port(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	invite(w, SF_SDP("192.168.1.10", SF_AUDIO("16384") SF_AUDIO("16384")));
	SF_EXPECT_PORTS(w, 1);
}

static void one_port_two_kinds(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	invite(w, SF_SDP("192.168.1.10", SF_AUDIO("16384")
			 "m=image 16384 udptl t38\r\n"));
	SF_EXPECT_PORTS(w, 1);
}

/* The most lines that an index holds, and one more. */
static void many_media(struct kunit *test)
{
	char *sdp = kunit_kzalloc(test, 1024, GFP_KERNEL);
	struct sf_wire *w = sf_wire(test);
	u32 i, len;

	KUNIT_ASSERT_NOT_NULL(test, sdp);
	len = scnprintf(sdp, 1024, "%s", SF_SDP("192.168.1.10", ""));
	for (i = 0; i < SF_SDP_MEDIA_MAX; i++)
		len += scnprintf(sdp + len, 1024 - len,
				 "m=audio %u RTP/AVP 0\r\n", 16384 + 2 * i);
	invite(w, sdp);
	SF_EXPECT_PORTS(w, SF_SDP_MEDIA_MAX);
	SF_IN(w, SF_RSP(486, 1, "INVITE"), .to = "b");
	SF_EXPECT_PORTS(w, 0);

	scnprintf(sdp + len, 1024 - len, "m=audio 16500 RTP/AVP 0\r\n");
	invite(w, sdp);
	SF_EXPECT_CALLS(w, 1);
	SF_EXPECT_PORTS(w, 0);
	SF_EXPECT_COUNT(w, PARSE + SF_SDP_MEDIA, 1);
}

/* Offers without an answer do not pile up. */
static void many_offers(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	char cseq[16];
	int i;

	for (i = 1; i < 20; i++) {
		scnprintf(cseq, sizeof(cseq), "%d INVITE", i);
		SF_OUT(w, .start = "INVITE sip:200@provider.example SIP/2.0",
		       .cseq = cseq, .sdp = SF_SDP_PHONE);
	}
	KUNIT_EXPECT_LE(test, (u32)sf_talk_found(w)->ndescs,
			(u32)SF_CALL_DESCS);
	SF_EXPECT_PORTS(w, 1);
}

/* Nothing is translated: nothing is given a port, and both ways are open. */
static void untranslated(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	w->face = w->phone;
	sf_talk_call(w);
	SF_EXPECT_STREAMS(w, 1);
	SF_EXPECT_PINHOLES(w, 2);
	SF_EXPECT_PORTS(w, 0);
	SF_EXPECT_COUNT(w, SIP_REWRITTEN, 0);
}

/* To watch: outward only, since nobody edits for the phone. */
static void watched(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	w->helper = "sipfast-watch";
	sf_talk_call(w);
	SF_EXPECT_STREAMS(w, 1);
	SF_EXPECT_PINHOLES(w, 1);
	SF_EXPECT_PORTS(w, 0);
	SF_EXPECT_COUNT(w, SIP_REWRITTEN, 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(early),
	KUNIT_CASE(retransmitted),
	KUNIT_CASE(delayed),
	KUNIT_CASE(prack),
	KUNIT_CASE(update),
	KUNIT_CASE(late_answer),
	KUNIT_CASE(hold),
	KUNIT_CASE(hold_by_address),
	KUNIT_CASE(hold_from_the_start),
	KUNIT_CASE(refused),
	KUNIT_CASE(muxed),
	KUNIT_CASE(no_rtp),
	KUNIT_CASE(low_port),
	KUNIT_CASE(foreign),
	KUNIT_CASE(media_elsewhere),
	KUNIT_CASE(family),
	KUNIT_CASE(pool_empty),
	KUNIT_CASE(one_port),
	KUNIT_CASE(one_port_two_kinds),
	KUNIT_CASE(many_media),
	KUNIT_CASE(many_offers),
	KUNIT_CASE(untranslated),
	KUNIT_CASE(watched),
	{}
};

struct kunit_suite sf_suite_offer = {
	.name = "sipfast_offer",
	.suite_init = sf_wire_suite_init,
	.suite_exit = sf_wire_suite_exit,
	.init = sf_wire_init,
	.exit = sf_wire_exit,
	.test_cases = cases,
};
