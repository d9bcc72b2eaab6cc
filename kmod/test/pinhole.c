// SPDX-License-Identifier: GPL-2.0
/*
 * pinhole.c - who comes in, where to, and who does not
 */
#include <uapi/linux/sipfast.h>

#include "media.h"
#include "suites.h"

/* Send media to the face of the phone's port, and judge its connection. */
static void comes_in(struct sf_wire *w, const struct sf_end *from,
		     const struct sf_end *to, u16 phone_port)
{
	struct nf_conn *ct = sf_media_send(w, from, to);

	sf_media_expect_child(w, ct, phone_port);
	nf_ct_put(ct);
}

static void stays_out(struct sf_wire *w, const struct sf_end *from,
		      const struct sf_end *to)
{
	struct nf_conn *ct = sf_media_send(w, from, to);

	sf_media_expect_stranger(w, ct);
	nf_ct_put(ct);
}

static struct sf_end rtcp_of(struct sf_end rtp)
{
	rtp.port = htons(ntohs(rtp.port) + 1);

	return rtp;
}

/* RTP by its expectation, RTCP by the table. */
static void admitted(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	struct sf_end peer = sf_media_peer(w, SF_PEER_PORT);
	struct sf_end peer_rtcp = rtcp_of(peer);
	struct sf_end face, face_rtcp;

	sf_talk_call(w);
	face = sf_media_face(w, SF_PHONE_PORT);
	face_rtcp = rtcp_of(face);
	comes_in(w, &peer, &face, SF_PHONE_PORT);
	SF_EXPECT_COUNT(w, PINHOLE_EXPECTED, 1);
	comes_in(w, &peer_rtcp, &face_rtcp, SF_PHONE_PORT + 1);
	SF_EXPECT_COUNT(w, PINHOLE_LOOKUP, 1);
	SF_EXPECT_COUNT(w, PINHOLE_STRANGER, 0);
}

/* From another port of the same address, too, and as often as it likes. */
static void any_port(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	struct sf_end peer, face;
	u16 port;

	sf_talk_call(w);
	face = sf_media_face(w, SF_PHONE_PORT);
	for (port = 30000; port < 30010; port++) {
		peer = sf_media_peer(w, port);
		comes_in(w, &peer, &face, SF_PHONE_PORT);
	}
	SF_EXPECT_COUNT(w, PINHOLE_EXPECTED, 1);
	SF_EXPECT_COUNT(w, PINHOLE_LOOKUP, 9);
}

/* Nobody before the answer, nobody else, nobody after the end. */
static void closed(struct kunit *test)
{
	struct sf_end other = sf_end_ipv4(0xc6336463, SF_PEER_PORT);
	struct sf_wire *w = sf_wire(test);
	struct sf_end peer = sf_media_peer(w, SF_PEER_PORT);
	struct sf_end early = sf_media_peer(w, SF_PEER_PORT + 2);
	struct sf_end face, above;

	SF_OUT(w, SF_REQ("INVITE", 1), .sdp = SF_SDP_PHONE);
	face = sf_media_face(w, SF_PHONE_PORT);
	stays_out(w, &early, &face);
	SF_IN(w, SF_RSP(200, 1, "INVITE"), .to = "b", .sdp = SF_SDP_PEER);

	stays_out(w, &other, &face);
	SF_EXPECT_COUNT(w, PINHOLE_STRANGER, 1);
	above = rtcp_of(rtcp_of(face));
	stays_out(w, &peer, &above);
	SF_EXPECT_COUNT(w, PINHOLE_STRANGER, 1);

	sf_talk_bye(w);
	stays_out(w, &peer, &face);
	SF_EXPECT_COUNT(w, PINHOLE_EXPECTED, 0);
	SF_EXPECT_COUNT(w, PINHOLE_LOOKUP, 0);
}

/* A connection that media made before its answer gives way. */
static void overtaken(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	struct sf_end peer = sf_media_peer(w, SF_PEER_PORT), face;
	struct nf_conn *ct;

	SF_OUT(w, SF_REQ("INVITE", 1), .sdp = SF_SDP_PHONE);
	face = sf_media_face(w, SF_PHONE_PORT);
	ct = sf_media_send(w, &peer, &face);
	sf_media_expect_stranger(w, ct);
	SF_IN(w, SF_RSP(200, 1, "INVITE"), .to = "b", .sdp = SF_SDP_PEER);
	KUNIT_EXPECT_TRUE(test, nf_ct_is_dying(ct));
	nf_ct_put(ct);
	comes_in(w, &peer, &face, SF_PHONE_PORT);
}

/* The phone's own packets leave from the port that was announced for it. */
static void announced(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	struct sf_end phone = sf_media_phone(w, SF_PHONE_PORT);
	struct sf_end peer = sf_media_peer(w, SF_PEER_PORT);
	struct sf_end face, seen;
	struct nf_conn *ct;

	sf_talk_call(w);
	face = sf_media_face(w, SF_PHONE_PORT);
	ct = sf_media_send(w, &phone, &peer);
	KUNIT_EXPECT_NOT_NULL(test, ct->master);
	KUNIT_EXPECT_STREQ(test, sf_media_helper(ct), "sipfast-media");
	seen = sf_end_dst(nf_ct_tuple(ct, IP_CT_DIR_REPLY));
	KUNIT_EXPECT_TRUE(test, sf_end_equal(&seen, &face));
	nf_ct_put(ct);

	/* from another port, it gets another one of the pool */
	phone.port = htons(5555);
	ct = sf_media_send(w, &phone, &peer);
	KUNIT_EXPECT_NOT_NULL(test, ct->master);
	seen = sf_end_dst(nf_ct_tuple(ct, IP_CT_DIR_REPLY));
	KUNIT_EXPECT_TRUE(test, sf_addr_equal(&seen.addr, &face.addr));
	KUNIT_EXPECT_NE(test, ntohs(seen.port), ntohs(face.port));
	KUNIT_EXPECT_GE(test, (u32)ntohs(seen.port),
			(u32)w->sn->config.media_port_min);
	KUNIT_EXPECT_LE(test, (u32)ntohs(seen.port),
			(u32)w->sn->config.media_port_max);
	nf_ct_put(ct);
}

/* Two phones on one port: each of its own face. */
static void two_phones(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	struct sf_end peer = sf_media_peer(w, SF_PEER_PORT), face[2];
	struct sf_end phone = w->phone;
	struct nf_conn *ct;

	sf_talk_call(w);
	face[0] = sf_media_face(w, SF_PHONE_PORT);
	w->phone = sf_end_ipv4(0xc0a8010b, 5060);
	w->face.port = htons(40061);
	SF_OUT(w, SF_REQ("INVITE", 1), .call_id = "c2",
	       .sdp = SF_SDP("192.168.1.11", SF_AUDIO("16384")));
	SF_IN(w, SF_RSP(200, 1, "INVITE"), .call_id = "c2", .to = "b",
	      .sdp = SF_SDP_PEER);
	SF_EXPECT_PORTS(w, 2);
	SF_IN(w, SF_RSP(486, 1, "INVITE"), .call_id = "none", .to = "b");

	ct = sf_media_send(w, &peer, &face[0]);
	w->phone = phone;
	sf_media_expect_child(w, ct, SF_PHONE_PORT);
	nf_ct_put(ct);
}

static void any_source(struct kunit *test)
{
	struct sf_end other = sf_end_ipv4(0xc6336463, SF_PEER_PORT);
	struct sf_wire *w = sf_wire(test);
	struct sf_end face;

	w->sn->config.media_source = SIPFAST_SOURCE_ANY;
	sf_talk_call(w);
	face = sf_media_face(w, SF_PHONE_PORT);
	comes_in(w, &other, &face, SF_PHONE_PORT);
}

static void table_full(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	w->sn->config.pinhole_limit = 1;
	sf_talk_call(w);
	SF_EXPECT_COUNT(w, PINHOLE_FULL, 1);
	/* a stream is open in both directions, or not at all */
	SF_EXPECT_STREAMS(w, 0);
	SF_EXPECT_PINHOLES(w, 0);
	sf_talk_bye(w);
	SF_EXPECT_PINHOLES(w, 0);
}

/* A flow that was flushed is let in again, as long as the call lasts. */
static void returns(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	struct sf_end peer = sf_media_peer(w, SF_PEER_PORT);
	struct sf_end face;
	struct nf_conn *ct;

	sf_talk_call(w);
	face = sf_media_face(w, SF_PHONE_PORT);
	ct = sf_media_send(w, &peer, &face);
	nf_ct_kill(ct);
	nf_ct_put(ct);
	comes_in(w, &peer, &face, SF_PHONE_PORT);
	SF_EXPECT_COUNT(w, PINHOLE_EXPECTED, 1);
	SF_EXPECT_COUNT(w, PINHOLE_LOOKUP, 1);
}

/* The child is as its master is. */
static void inherits(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	struct sf_end peer = sf_media_peer(w, SF_PEER_PORT);
	struct sf_end peer_rtcp = rtcp_of(peer);
	struct sf_end face, face_rtcp;
	struct nf_conn *ct;

	sf_talk_call(w);
	face = sf_media_face(w, SF_PHONE_PORT);
	face_rtcp = rtcp_of(face);
	sf_talk_found(w)->ct->mark = 0x5f;
	ct = sf_media_send(w, &peer, &face);
	KUNIT_EXPECT_EQ(test, (u32)ct->mark, 0x5fU);
	KUNIT_EXPECT_PTR_EQ(test, ct->master, sf_talk_found(w)->ct);
	nf_ct_put(ct);
	ct = sf_media_send(w, &peer_rtcp, &face_rtcp);
	KUNIT_EXPECT_EQ(test, (u32)ct->mark, 0x5fU);
	KUNIT_EXPECT_PTR_EQ(test, ct->master, sf_talk_found(w)->ct);
	nf_ct_put(ct);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(admitted),
	KUNIT_CASE(any_port),
	KUNIT_CASE(closed),
	KUNIT_CASE(overtaken),
	KUNIT_CASE(announced),
	KUNIT_CASE(two_phones),
	KUNIT_CASE(any_source),
	KUNIT_CASE(table_full),
	KUNIT_CASE(returns),
	KUNIT_CASE(inherits),
	{}
};

struct kunit_suite sf_suite_pinhole = {
	.name = "sipfast_pinhole",
	.suite_init = sf_wire_suite_init,
	.suite_exit = sf_wire_suite_exit,
	.init = sf_wire_init,
	.exit = sf_wire_exit,
	.test_cases = cases,
};
