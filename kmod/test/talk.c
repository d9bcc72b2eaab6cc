// SPDX-License-Identifier: GPL-2.0
/*
 * talk.c - what a phone and its provider say on a wire
 */
#include "talk.h"

#define SF_TALK_MAX 2048

static char *sf_talk_text(struct sf_wire *wire, const struct sf_talk *t)
{
	char *text = kunit_kmalloc(wire->test, SF_TALK_MAX, GFP_KERNEL);
	u32 len;

	KUNIT_ASSERT_NOT_NULL(wire->test, text);
	len = scnprintf(text, SF_TALK_MAX,
			"%s\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n"
			"From: <sip:100@provider.example>;tag=%s\r\n"
			"To: <sip:200@provider.example>%s%s\r\n"
			"Call-ID: %s\r\nCSeq: %s\r\n"
			"%s%sContent-Length: %zu\r\n\r\n%s",
			t->start, t->from ?: "a", t->to ? ";tag=" : "",
			t->to ?: "", t->call_id ?: "c1", t->cseq,
			t->more ?: "",
			t->sdp ? "Content-Type: application/sdp\r\n" : "",
			t->sdp ? strlen(t->sdp) : 0, t->sdp ?: "");
	KUNIT_ASSERT_LT(wire->test, len, (u32)SF_TALK_MAX - 1);

	return text;
}

void sf_talk_out(struct sf_wire *wire, const struct sf_talk *talk)
{
	sf_wire_free(sf_wire_out(wire, sf_talk_text(wire, talk)));
}

void sf_talk_in(struct sf_wire *wire, const struct sf_talk *talk)
{
	sf_wire_free(sf_wire_in(wire, sf_talk_text(wire, talk)));
}

void sf_talk_call(struct sf_wire *wire)
{
	SF_OUT(wire, SF_REQ("INVITE", 1), .sdp = SF_SDP_PHONE);
	SF_IN(wire, SF_RSP(200, 1, "INVITE"), .to = "b", .sdp = SF_SDP_PEER);
	SF_OUT(wire, SF_REQ("ACK", 1), .to = "b");
}

void sf_talk_bye(struct sf_wire *wire)
{
	SF_OUT(wire, SF_REQ("BYE", 9), .to = "b");
	SF_IN(wire, SF_RSP(200, 9, "BYE"), .to = "b");
}

struct sf_call *sf_talk_found(struct sf_wire *wire)
{
	unsigned long id = 0;

	return xa_find(&wire->sn->call_ids, &id, ULONG_MAX, XA_PRESENT);
}

u64 sf_talk_left(struct sf_wire *wire)
{
	struct sf_call *call = sf_talk_found(wire);
	u64 left;

	KUNIT_ASSERT_NOT_NULL(wire->test, call);
	spin_lock_bh(&wire->sn->lock);
	left = sf_call_left(call);
	spin_unlock_bh(&wire->sn->lock);

	return left;
}
