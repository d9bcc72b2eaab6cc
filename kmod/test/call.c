// SPDX-License-Identifier: GPL-2.0
/*
 * call.c - how calls begin, change and end
 */
#include <linux/delay.h>
#include <linux/workqueue.h>

#include "suites.h"
#include "talk.h"

/* 64*T1 in milliseconds (RFC 3261, 17) */
#define LINGER 32000

static void answered(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	SF_OUT(w, SF_REQ("INVITE", 1), .sdp = SF_SDP_PHONE);
	SF_EXPECT_STATE(w, SIPFAST_CALL_SETUP);
	SF_EXPECT_STREAMS(w, 0);
	SF_IN(w, SF_RSP(100, 1, "INVITE"));
	SF_EXPECT_STATE(w, SIPFAST_CALL_SETUP);
	SF_IN(w, SF_RSP(180, 1, "INVITE"), .to = "b");
	SF_EXPECT_STATE(w, SIPFAST_CALL_RINGING);
	KUNIT_EXPECT_LE(test, sf_talk_left(w), 300 * 1000ULL);
	SF_IN(w, SF_RSP(200, 1, "INVITE"), .to = "b", .sdp = SF_SDP_PEER);
	SF_EXPECT_STATE(w, SIPFAST_CALL_UP);
	SF_EXPECT_STREAMS(w, 1);
	SF_OUT(w, SF_REQ("ACK", 1), .to = "b");
	KUNIT_EXPECT_GT(test, sf_talk_left(w), 7100 * 1000ULL);

	SF_OUT(w, SF_REQ("BYE", 2), .to = "b");
	SF_EXPECT_STATE(w, SIPFAST_CALL_CLOSING);
	SF_EXPECT_STREAMS(w, 1);
	SF_IN(w, SF_RSP(200, 2, "BYE"), .to = "b");
	SF_EXPECT_CALLS(w, 0);
	SF_EXPECT_STREAMS(w, 0);
	SF_EXPECT_PINHOLES(w, 0);
	SF_EXPECT_PORTS(w, 0);
	SF_EXPECT_COUNT(w, CALL_NEW, 1);
	SF_EXPECT_COUNT(w, CALL_STRAY, 0);
}

/* A BYE without an answer ends the call after a while, however often it comes. */
static void bye_unanswered(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	sf_talk_call(w);
	SF_OUT(w, SF_REQ("BYE", 2), .to = "b");
	SF_OUT(w, SF_REQ("BYE", 2), .to = "b");
	SF_EXPECT_STATE(w, SIPFAST_CALL_CLOSING);
	KUNIT_EXPECT_LE(test, sf_talk_left(w), (u64)LINGER);
}

/* The other side hangs up. */
static void ended_by_peer(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	sf_talk_call(w);
	SF_IN(w, SF_REQ("BYE", 7), .from = "b", .to = "a");
	SF_EXPECT_STATE(w, SIPFAST_CALL_CLOSING);
	SF_OUT(w, SF_RSP(200, 7, "BYE"), .from = "b", .to = "a");
	SF_EXPECT_CALLS(w, 0);
	SF_EXPECT_STREAMS(w, 0);
}

static void rejected(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	SF_OUT(w, SF_REQ("INVITE", 1), .sdp = SF_SDP_PHONE);
	SF_EXPECT_PORTS(w, 1);
	SF_IN(w, SF_RSP(486, 1, "INVITE"), .to = "b");
	SF_EXPECT_CALLS(w, 0);
	SF_EXPECT_PORTS(w, 0);
	SF_OUT(w, SF_REQ("ACK", 1), .to = "b");
	SF_EXPECT_COUNT(w, CALL_STRAY, 1);
}

/* The caller tries again, with credentials, in the same call. */
static void challenged(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	SF_OUT(w, SF_REQ("INVITE", 1), .sdp = SF_SDP_PHONE);
	SF_IN(w, SF_RSP(407, 1, "INVITE"), .to = "x");
	SF_OUT(w, SF_REQ("ACK", 1), .to = "x");
	SF_EXPECT_CALLS(w, 1);
	SF_OUT(w, SF_REQ("INVITE", 2), .sdp = SF_SDP_PHONE);
	SF_IN(w, SF_RSP(200, 2, "INVITE"), .to = "b", .sdp = SF_SDP_PEER);
	SF_EXPECT_STATE(w, SIPFAST_CALL_UP);
	SF_EXPECT_STREAMS(w, 1);
	SF_EXPECT_COUNT(w, CALL_NEW, 1);
}

/* CANCEL closes nothing, the final response of INVITE does. */
static void cancelled(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	SF_OUT(w, SF_REQ("INVITE", 1), .sdp = SF_SDP_PHONE);
	SF_OUT(w, SF_REQ("CANCEL", 1));
	SF_IN(w, SF_RSP(200, 1, "CANCEL"));
	SF_EXPECT_CALLS(w, 1);
	SF_IN(w, SF_RSP(487, 1, "INVITE"), .to = "b");
	SF_EXPECT_CALLS(w, 0);
}

static void cancel_crosses_answer(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	SF_OUT(w, SF_REQ("INVITE", 1), .sdp = SF_SDP_PHONE);
	SF_OUT(w, SF_REQ("CANCEL", 1));
	SF_IN(w, SF_RSP(200, 1, "INVITE"), .to = "b", .sdp = SF_SDP_PEER);
	SF_IN(w, SF_RSP(481, 1, "CANCEL"));
	SF_EXPECT_STATE(w, SIPFAST_CALL_UP);
	SF_EXPECT_STREAMS(w, 1);
}

/* Two answers: two dialogs, each of which has to end. */
static void forked(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	SF_OUT(w, SF_REQ("INVITE", 1), .sdp = SF_SDP_PHONE);
	SF_IN(w, SF_RSP(183, 1, "INVITE"), .to = "b", .sdp = SF_SDP_PEER);
	SF_IN(w, SF_RSP(183, 1, "INVITE"), .to = "x",
	      .sdp = SF_SDP("198.51.100.20", SF_AUDIO("30000")));
	SF_EXPECT_STREAMS(w, 2);
	/* the same media in a third one is the same media */
	SF_IN(w, SF_RSP(183, 1, "INVITE"), .to = "y", .sdp = SF_SDP_PEER);
	SF_EXPECT_STREAMS(w, 2);
	KUNIT_EXPECT_EQ(test, (u32)sf_talk_found(w)->ndialogs, 3U);

	SF_IN(w, SF_RSP(200, 1, "INVITE"), .to = "b", .sdp = SF_SDP_PEER);
	SF_OUT(w, SF_REQ("BYE", 2), .to = "x");
	SF_IN(w, SF_RSP(200, 2, "BYE"), .to = "x");
	SF_EXPECT_CALLS(w, 1);
	SF_EXPECT_STREAMS(w, 1);
	SF_OUT(w, SF_REQ("BYE", 2), .to = "y");
	SF_IN(w, SF_RSP(200, 2, "BYE"), .to = "y");
	SF_EXPECT_STREAMS(w, 1);
	sf_talk_bye(w);
	SF_EXPECT_CALLS(w, 0);
}

static void too_many_forks(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	char tag[] = "A";

	SF_OUT(w, SF_REQ("INVITE", 1), .sdp = SF_SDP_PHONE);
	for (; tag[0] < 'A' + SF_CALL_DIALOGS + 2; tag[0]++)
		SF_IN(w, SF_RSP(183, 1, "INVITE"), .to = tag,
		      .sdp = SF_SDP_PEER);
	KUNIT_EXPECT_EQ(test, (u32)sf_talk_found(w)->ndialogs,
			(u32)SF_CALL_DIALOGS);
	SF_EXPECT_COUNT(w, CALL_FORKS, 2);
	SF_EXPECT_STREAMS(w, 1);
}

/* Who does not belong to the leg ends nothing. */
static void strangers_bye(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	struct sf_end peer = w->peer;

	sf_talk_call(w);
	w->peer = sf_end_ipv4(0xc6336463, 5060);
	SF_IN(w, SF_REQ("BYE", 7), .from = "b", .to = "a");
	SF_OUT(w, SF_RSP(200, 7, "BYE"), .from = "b", .to = "a");
	w->peer = peer;
	SF_EXPECT_STATE(w, SIPFAST_CALL_UP);
	SF_EXPECT_STREAMS(w, 1);
	SF_EXPECT_COUNT(w, CALL_STRAY, 2);

	/* the right leg, but another dialog */
	SF_OUT(w, SF_REQ("BYE", 2), .to = "x");
	SF_IN(w, SF_RSP(200, 2, "BYE"), .to = "x");
	SF_EXPECT_STATE(w, SIPFAST_CALL_UP);
	SF_EXPECT_STREAMS(w, 1);
}

/* A provider that sends a call back shows its Call-ID and tags on two legs. */
static void two_legs(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	struct sf_end phone = w->phone, face = w->face;

	sf_talk_call(w);
	w->phone = sf_end_ipv4(0xc0a8010b, 5060);
	w->face = sf_end_ipv4(0xcb007107, 40061);
	SF_IN(w, SF_REQ("INVITE", 1), .sdp = SF_SDP_PEER);
	SF_OUT(w, SF_RSP(200, 1, "INVITE"), .to = "b",
	       .sdp = SF_SDP("192.168.1.11", SF_AUDIO("16384")));
	SF_EXPECT_CALLS(w, 2);
	SF_EXPECT_STREAMS(w, 2);
	SF_EXPECT_PORTS(w, 2);

	/* the end of one leg is not that of the other */
	SF_OUT(w, SF_REQ("BYE", 5), .from = "b", .to = "a");
	SF_IN(w, SF_RSP(200, 5, "BYE"), .from = "b", .to = "a");
	SF_EXPECT_CALLS(w, 1);
	SF_EXPECT_STREAMS(w, 1);
	w->phone = phone;
	w->face = face;
	sf_talk_bye(w);
	SF_EXPECT_CALLS(w, 0);
}

static void bye_challenged(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	sf_talk_call(w);
	SF_OUT(w, SF_REQ("BYE", 2), .to = "b");
	SF_IN(w, SF_RSP(407, 2, "BYE"), .to = "b");
	SF_EXPECT_STATE(w, SIPFAST_CALL_UP);
	SF_EXPECT_STREAMS(w, 1);
	SF_OUT(w, SF_REQ("BYE", 3), .to = "b");
	SF_IN(w, SF_RSP(200, 3, "BYE"), .to = "b");
	SF_EXPECT_CALLS(w, 0);
}

/* A re-INVITE that fails leaves what was agreed, unless the dialog is gone. */
static void reinvite_fails(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	sf_talk_call(w);
	SF_OUT(w, SF_REQ("INVITE", 2), .to = "b",
	       .sdp = SF_SDP("192.168.1.10", SF_AUDIO("17000")));
	SF_IN(w, SF_RSP(488, 2, "INVITE"), .to = "b");
	SF_OUT(w, SF_REQ("ACK", 2), .to = "b");
	SF_EXPECT_STATE(w, SIPFAST_CALL_UP);
	SF_EXPECT_STREAMS(w, 1);
	SF_EXPECT_PORTS(w, 1);

	SF_OUT(w, SF_REQ("INVITE", 3), .to = "b", .sdp = SF_SDP_PHONE);
	SF_IN(w, SF_RSP(481, 3, "INVITE"), .to = "b");
	SF_EXPECT_CALLS(w, 0);
	SF_EXPECT_STREAMS(w, 0);
}

static void stray(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	SF_OUT(w, SF_REQ("BYE", 2), .to = "b");
	SF_IN(w, SF_RSP(200, 1, "INVITE"), .to = "b", .sdp = SF_SDP_PEER);
	SF_OUT(w, SF_REQ("ACK", 1), .to = "b", .sdp = SF_SDP_PHONE);
	SF_EXPECT_CALLS(w, 0);
	SF_EXPECT_STREAMS(w, 0);
	SF_EXPECT_COUNT(w, CALL_STRAY, 3);
	/* what is no call is no stray, either */
	SF_OUT(w, SF_REQ("OPTIONS", 2));
	SF_OUT(w, SF_REQ("MESSAGE", 2));
	SF_EXPECT_COUNT(w, CALL_STRAY, 3);
}

static void unidentified(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	SF_OUT(w, SF_REQ("INVITE", 1), .more = "Call-ID: c2\r\n");
	SF_OUT(w, SF_REQ("INVITE", 1), .more = "CSeq: 2 INVITE\r\n");
	SF_OUT(w, SF_REQ("INVITE", 1), .more = "t: <sip:x@y>\r\n");
	SF_OUT(w, .start = "INVITE sip:a SIP/2.0", .cseq = "1 BYE");
	SF_EXPECT_CALLS(w, 0);
	SF_EXPECT_COUNT(w, SIP_IDENTITY, 4);
}

static void table_full(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	w->sn->config.call_limit = 2;
	SF_OUT(w, SF_REQ("INVITE", 1), .call_id = "1");
	SF_OUT(w, SF_REQ("INVITE", 1), .call_id = "2");
	SF_OUT(w, SF_REQ("INVITE", 1), .call_id = "3", .sdp = SF_SDP_PHONE);
	SF_EXPECT_CALLS(w, 2);
	SF_EXPECT_COUNT(w, CALL_FULL, 1);
	SF_EXPECT_PORTS(w, 0);
	/* room again */
	SF_IN(w, SF_RSP(486, 1, "INVITE"), .call_id = "1", .to = "b");
	SF_OUT(w, SF_REQ("INVITE", 1), .call_id = "3");
	SF_EXPECT_CALLS(w, 2);
	SF_EXPECT_COUNT(w, CALL_FULL, 1);
}

/* Call-IDs are compared, not only hashed; long ones are not followed. */
static void call_ids(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	char id[SF_CALL_ID_MAX + 2];

	memset(id, 'i', sizeof(id));
	id[SF_CALL_ID_MAX] = '\0';
	SF_OUT(w, SF_REQ("INVITE", 1), .call_id = id);
	SF_EXPECT_CALLS(w, 1);
	SF_OUT(w, SF_REQ("INVITE", 1), .call_id = "C1");
	SF_OUT(w, SF_REQ("INVITE", 1), .call_id = "c1");
	SF_EXPECT_CALLS(w, 3);
	id[SF_CALL_ID_MAX] = 'i';
	id[SF_CALL_ID_MAX + 1] = '\0';
	SF_OUT(w, SF_REQ("INVITE", 1), .call_id = id);
	SF_EXPECT_CALLS(w, 3);
}

static void wait_for_timers(struct sf_wire *w)
{
	msleep(50);
	flush_delayed_work(&w->sn->timers.work);
}

/* A call that nobody says anything about is forgotten. */
static void expired(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	w->sn->config.setup_timeout = 0;
	SF_OUT(w, SF_REQ("INVITE", 1), .sdp = SF_SDP_PHONE);
	SF_EXPECT_CALLS(w, 1);
	KUNIT_EXPECT_LE(test, sf_talk_left(w), (u64)LINGER);
	SF_IN(w, SF_RSP(180, 1, "INVITE"), .to = "b");
	wait_for_timers(w);
	SF_EXPECT_CALLS(w, 0);
	SF_EXPECT_PORTS(w, 0);

	w->sn->config.setup_timeout = 300;
	w->sn->config.call_timeout = 0;
	SF_OUT(w, SF_REQ("INVITE", 1), .sdp = SF_SDP_PHONE);
	SF_IN(w, SF_RSP(200, 1, "INVITE"), .to = "b", .sdp = SF_SDP_PEER);
	wait_for_timers(w);
	SF_EXPECT_CALLS(w, 0);
	SF_EXPECT_STREAMS(w, 0);
	SF_EXPECT_PINHOLES(w, 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(answered),
	KUNIT_CASE(bye_unanswered),
	KUNIT_CASE(ended_by_peer),
	KUNIT_CASE(rejected),
	KUNIT_CASE(challenged),
	KUNIT_CASE(cancelled),
	KUNIT_CASE(cancel_crosses_answer),
	KUNIT_CASE(forked),
	KUNIT_CASE(too_many_forks),
	KUNIT_CASE(strangers_bye),
	KUNIT_CASE(two_legs),
	KUNIT_CASE(bye_challenged),
	KUNIT_CASE(reinvite_fails),
	KUNIT_CASE(stray),
	KUNIT_CASE(unidentified),
	KUNIT_CASE(table_full),
	KUNIT_CASE(call_ids),
	KUNIT_CASE(expired),
	{}
};

struct kunit_suite sf_suite_call = {
	.name = "sipfast_call",
	.suite_init = sf_wire_suite_init,
	.suite_exit = sf_wire_suite_exit,
	.init = sf_wire_init,
	.exit = sf_wire_exit,
	.test_cases = cases,
};
