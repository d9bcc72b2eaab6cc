// SPDX-License-Identifier: GPL-2.0
/*
 * media.c - packets between the media endpoints of a call on a wire
 */
#include <net/netfilter/nf_conntrack_helper.h>

#include "media.h"

/* A header of RTP: version 2, payload type 0. */
static const char sf_media_rtp[172] = { '\x80', 0, 0, 1 };

const char *sf_media_helper(const struct nf_conn *ct)
{
	const struct nf_conntrack_helper *helper;
	const struct nf_conn_help *help = nfct_help(ct);
	const char *name = "";

	rcu_read_lock();
	helper = help ? rcu_dereference(help->helper) : NULL;
	if (helper)
		name = helper->name;
	rcu_read_unlock();

	return name;
}

struct sf_end sf_media_face(struct sf_wire *wire, u16 phone_port)
{
	struct sf_call *call = sf_talk_found(wire);
	struct sf_end face = wire->face;
	struct sf_port *port;

	KUNIT_ASSERT_NOT_NULL(wire->test, call);
	face.port = 0;
	list_for_each_entry(port, &call->ports, list)
		if (port->real.port == htons(phone_port))
			face.port = port->key.face.port;
	KUNIT_ASSERT_NE(wire->test, ntohs(face.port), 0);

	return face;
}

struct sf_end sf_media_phone(struct sf_wire *wire, u16 port)
{
	struct sf_end end = wire->phone;

	end.port = htons(port);

	return end;
}

struct sf_end sf_media_peer(struct sf_wire *wire, u16 port)
{
	struct sf_end end = wire->peer;

	end.port = htons(port);

	return end;
}

struct nf_conn *sf_media_send(struct sf_wire *wire, const struct sf_end *from,
			      const struct sf_end *to)
{
	const char *helper = wire->helper;
	struct sk_buff *skb;
	struct nf_conn *ct;

	/* "ct helper set" is for signalling. */
	wire->helper = NULL;
	skb = sf_wire_send(wire, from, to, sf_media_rtp, sizeof(sf_media_rtp));
	wire->helper = helper;
	ct = sf_wire_ct(skb);
	KUNIT_ASSERT_NOT_NULL(wire->test, ct);
	nf_conntrack_get(&ct->ct_general);
	sf_wire_free(skb);

	return ct;
}

void sf_media_expect_child(struct sf_wire *wire, struct nf_conn *ct,
			   u16 phone_port)
{
	struct sf_end phone = sf_media_phone(wire, phone_port);
	struct sf_end to = sf_end_src(nf_ct_tuple(ct, IP_CT_DIR_REPLY));

	KUNIT_EXPECT_NOT_NULL(wire->test, ct->master);
	KUNIT_EXPECT_TRUE(wire->test, test_bit(IPS_EXPECTED_BIT, &ct->status));
	KUNIT_EXPECT_STREQ(wire->test, sf_media_helper(ct), "sipfast-media");
	KUNIT_EXPECT_TRUE(wire->test, sf_end_equal(&to, &phone));
}

void sf_media_expect_stranger(struct sf_wire *wire, struct nf_conn *ct)
{
	KUNIT_EXPECT_NULL(wire->test, ct->master);
	KUNIT_EXPECT_FALSE(wire->test, test_bit(IPS_EXPECTED_BIT, &ct->status));
	KUNIT_EXPECT_STREQ(wire->test, sf_media_helper(ct), "");
}
