// SPDX-License-Identifier: GPL-2.0
/*
 * register.c - registrations that pass
 */
#include <linux/delay.h>
#include <uapi/linux/sipfast.h>

#include "../flow.h"
#include "../register.h"
#include "media.h"
#include "suites.h"

#define CONTACT "Contact: <sip:100@192.168.1.10:5060>\r\n"
#define MAPPED	"Contact: <sip:100@203.0.113.7:40060>"

#define SF_EXPECT_REGS(wire, n)						\
	KUNIT_EXPECT_EQ((wire)->test, (wire)->sn->nregs, (u32)(n))

/* The only registration, or NULL. */
static struct sf_reg *found(struct sf_wire *w)
{
	unsigned long id = 0;

	return xa_find(&w->sn->reg_ids, &id, ULONG_MAX, XA_PRESENT);
}

static u64 left(struct sf_wire *w)
{
	struct sf_reg *reg = found(w);
	u64 ms;

	KUNIT_ASSERT_NOT_NULL(w->test, reg);
	spin_lock_bh(&w->sn->lock);
	ms = sf_timer_left(&reg->timer);
	spin_unlock_bh(&w->sn->lock);

	return ms;
}

static void registered(struct sf_wire *w)
{
	SF_OUT(w, SF_REQ("REGISTER", 1), .more = CONTACT "Expires: 600\r\n");
	SF_IN(w, SF_RSP(200, 1, "REGISTER"), .to = "r",
	      .more = MAPPED ";expires=300\r\n");
}

static void learned(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	SF_OUT(w, SF_REQ("REGISTER", 1), .more = CONTACT "Expires: 600\r\n");
	SF_EXPECT_REGS(w, 1);
	SF_EXPECT_PINHOLES(w, 0);
	KUNIT_EXPECT_FALSE(test, found(w)->active);
	SF_IN(w, SF_RSP(200, 1, "REGISTER"), .to = "r",
	      .more = MAPPED ";expires=300\r\n");
	SF_EXPECT_REGS(w, 1);
	SF_EXPECT_PINHOLES(w, 1);
	SF_EXPECT_COUNT(w, REG_NEW, 1);
	KUNIT_ASSERT_NOT_NULL(test, found(w));
	KUNIT_EXPECT_TRUE(test, found(w)->active);
	KUNIT_EXPECT_LE(test, left(w), 300 * 1000ULL);
	KUNIT_EXPECT_GT(test, left(w), 290 * 1000ULL);
	SF_EXPECT_CALLS(w, 0);
}

/* Refreshed, it is the same; without a binding, it is gone. */
static void refreshed(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	registered(w);
	SF_OUT(w, SF_REQ("REGISTER", 2), .more = CONTACT);
	SF_IN(w, SF_RSP(200, 2, "REGISTER"), .to = "r",
	      .more = MAPPED ";expires=900\r\n");
	SF_EXPECT_REGS(w, 1);
	SF_EXPECT_PINHOLES(w, 1);
	SF_EXPECT_COUNT(w, REG_NEW, 1);
	KUNIT_EXPECT_GT(test, left(w), 890 * 1000ULL);

	SF_OUT(w, SF_REQ("REGISTER", 3),
	       .more = "Contact: *\r\nExpires: 0\r\n");
	SF_EXPECT_REGS(w, 1);
	SF_IN(w, SF_RSP(200, 3, "REGISTER"), .to = "r");
	SF_EXPECT_REGS(w, 0);
	SF_EXPECT_PINHOLES(w, 0);
}

/* Only the answer to the last REGISTER counts, and only a 2xx. */
static void unanswered(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	SF_OUT(w, SF_REQ("REGISTER", 5), .more = CONTACT);
	SF_IN(w, SF_RSP(401, 5, "REGISTER"), .to = "r");
	SF_IN(w, SF_RSP(423, 5, "REGISTER"), .to = "r");
	SF_IN(w, SF_RSP(200, 4, "REGISTER"), .to = "r", .more = MAPPED "\r\n");
	SF_IN(w, SF_RSP(200, 5, "REGISTER"), .call_id = "c2", .to = "r",
	      .more = MAPPED "\r\n");
	SF_EXPECT_PINHOLES(w, 0);
	SF_EXPECT_REGS(w, 1);
	KUNIT_EXPECT_LE(test, left(w), 32 * 1000ULL);

	registered(w);
	/* a challenge to the refresh ends nothing */
	SF_OUT(w, SF_REQ("REGISTER", 6), .more = CONTACT);
	SF_IN(w, SF_RSP(401, 6, "REGISTER"), .to = "r");
	SF_EXPECT_PINHOLES(w, 1);
}

/* Who only asks, and who binds somebody else, learns us nothing. */
static void not_own(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	SF_OUT(w, SF_REQ("REGISTER", 1));
	SF_IN(w, SF_RSP(200, 1, "REGISTER"), .to = "r", .more = MAPPED "\r\n");
	SF_EXPECT_REGS(w, 0);
	SF_OUT(w, SF_REQ("REGISTER", 2),
	       .more = "Contact: <sip:100@192.168.1.99:5060>\r\n");
	SF_EXPECT_REGS(w, 0);

	/* bound, but to another contact than the phone's */
	SF_OUT(w, SF_REQ("REGISTER", 3), .more = CONTACT);
	SF_IN(w, SF_RSP(200, 3, "REGISTER"), .to = "r",
	      .more = "Contact: <sip:100@203.0.113.7:40999>\r\n");
	SF_EXPECT_REGS(w, 0);
	SF_EXPECT_PINHOLES(w, 0);
}

/* The registrar calls from another port, and its INVITE is translated. */
static void reached(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	struct sf_end from = sf_media_peer(w, 5999);
	struct sf_end other = sf_end_ipv4(0xc6336463, 5060);
	struct nf_conn *ct;

	registered(w);
	ct = sf_media_send(w, &from, &w->face);
	KUNIT_EXPECT_NOT_NULL(test, ct->master);
	KUNIT_EXPECT_STREQ(test, sf_media_helper(ct), "sipfast");
	SF_EXPECT_COUNT(w, PINHOLE_LOOKUP, 1);
	nf_ct_put(ct);

	/* an administrator's port forward would let it in; we do not */
	w->face.port = htons(1);
	other.port = htons(5060);
	from = w->face;
	from.port = htons(40060);
	ct = sf_media_send(w, &other, &from);
	sf_media_expect_stranger(w, ct);
	SF_EXPECT_COUNT(w, PINHOLE_STRANGER, 1);
	nf_ct_put(ct);
}

/* The mapping lives as long as the registration, whatever passes. */
static void keeps_mapping(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	struct sk_buff *skb;

	registered(w);
	skb = sf_wire_out(w, "\r\n\r\n");
	KUNIT_EXPECT_GT(test, nf_ct_expires(sf_wire_ct(skb)), 290UL * HZ);
	sf_wire_free(skb);
}

static void ends(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	SF_OUT(w, SF_REQ("REGISTER", 1), .more = CONTACT);
	SF_IN(w, SF_RSP(200, 1, "REGISTER"), .to = "r",
	      .more = MAPPED ";expires=1\r\n");
	SF_EXPECT_PINHOLES(w, 1);
	msleep(1100);
	flush_delayed_work(&w->sn->timers.work);
	SF_EXPECT_REGS(w, 0);
	SF_EXPECT_PINHOLES(w, 0);
}

static void table_full(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	w->sn->config.registration_limit = 1;
	registered(w);
	w->phone = sf_end_ipv4(0xc0a8010b, 5060);
	w->face.port = htons(40061);
	SF_OUT(w, SF_REQ("REGISTER", 1),
	       .more = "Contact: <sip:100@192.168.1.11>\r\n");
	SF_EXPECT_REGS(w, 1);
	SF_EXPECT_COUNT(w, REG_FULL, 1);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(learned),
	KUNIT_CASE(refreshed),
	KUNIT_CASE(unanswered),
	KUNIT_CASE(not_own),
	KUNIT_CASE(reached),
	KUNIT_CASE(keeps_mapping),
	KUNIT_CASE(ends),
	KUNIT_CASE(table_full),
	{}
};

struct kunit_suite sf_suite_register = {
	.name = "sipfast_register",
	.suite_init = sf_wire_suite_init,
	.suite_exit = sf_wire_suite_exit,
	.init = sf_wire_init,
	.exit = sf_wire_exit,
	.test_cases = cases,
};
