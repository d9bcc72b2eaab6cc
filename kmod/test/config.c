// SPDX-License-Identifier: GPL-2.0
/*
 * config.c - settings, and the hooks that come and go with them
 */
#include <linux/skbuff.h>
#include <net/netlink.h>
#include <uapi/linux/sipfast.h>

#include "../netlink.h"
#include "suites.h"
#include "wire.h"

#define MASK 0x3fff0000

/* An even first port is right, and so is a prefix of 32 bits at most. */
#define RIGHT_PORT 10000
#define WRONG_PORT 10001
#define WRONG_PREFIX 33

static void put_prefix(struct kunit *test, struct sk_buff *skb, u8 len)
{
	const u8 prefix[] = { 192, 0, 2, 0, len };
	struct nlattr *nest;

	nest = nla_nest_start(skb, SIPFAST_A_CONFIG_MEDIA_HOSTS);
	KUNIT_ASSERT_NOT_NULL(test, nest);
	KUNIT_EXPECT_EQ(test, 0, nla_put(skb, SIPFAST_A_PREFIXES_IP4,
					 sizeof(prefix), prefix));
	nla_nest_end(skb, nest);
}

/* Set a mask and the first port; and media-hosts, unless @len is 0. */
static int set(struct sf_wire *w, u32 mask, u16 port, u8 len)
{
	struct kunit *test = w->test;
	struct nlattr *nest;
	struct sk_buff *skb;
	int err;

	skb = alloc_skb(256, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, skb);
	nest = nla_nest_start(skb, SIPFAST_A_CONFIG);
	KUNIT_ASSERT_NOT_NULL(test, nest);
	KUNIT_EXPECT_EQ(test, 0, nla_put_u32(skb, SIPFAST_A_CONFIG_MARK_MASK,
					     mask));
	KUNIT_EXPECT_EQ(test, 0,
			nla_put_u16(skb, SIPFAST_A_CONFIG_MEDIA_PORT_MIN,
				    port));
	if (len)
		put_prefix(test, skb, len);
	nla_nest_end(skb, nest);
	err = sf_config_change(w->sn, nest, NULL);
	kfree_skb(skb);

	return err;
}

static void expect(struct sf_wire *w, u32 mask)
{
	KUNIT_EXPECT_EQ(w->test, w->sn->config.mark_mask, mask);
	KUNIT_EXPECT_EQ(w->test, w->sn->classifies, (bool)mask);
}

static void hooks(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	expect(w, 0);
	KUNIT_EXPECT_EQ(test, set(w, MASK, RIGHT_PORT, 0), 0);
	expect(w, MASK);
	KUNIT_EXPECT_EQ(test, set(w, MASK << 1, RIGHT_PORT, 0), 0);
	expect(w, MASK << 1);
	KUNIT_EXPECT_EQ(test, set(w, 0, RIGHT_PORT, 0), 0);
	expect(w, 0);
	KUNIT_EXPECT_EQ(test, set(w, 0, RIGHT_PORT, 0), 0);
	expect(w, 0);
}

/* What is refused leaves the mask as it was, and the hooks as well. */
static void refused(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);

	KUNIT_EXPECT_EQ(test, set(w, MASK, RIGHT_PORT, WRONG_PREFIX), -EINVAL);
	expect(w, 0);
	KUNIT_EXPECT_EQ(test, set(w, MASK, WRONG_PORT, 0), -EINVAL);
	expect(w, 0);
	KUNIT_EXPECT_EQ(test, set(w, MASK, RIGHT_PORT, 0), 0);
	KUNIT_EXPECT_EQ(test, set(w, 0, RIGHT_PORT, WRONG_PREFIX), -EINVAL);
	expect(w, MASK);
	KUNIT_EXPECT_EQ(test, set(w, 0, WRONG_PORT, 0), -EINVAL);
	expect(w, MASK);
	KUNIT_EXPECT_EQ(test, set(w, 0, RIGHT_PORT, 0), 0);
	expect(w, 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(hooks),
	KUNIT_CASE(refused),
	{}
};

struct kunit_suite sf_suite_config = {
	.name = "sipfast_config",
	.suite_init = sf_wire_suite_init,
	.suite_exit = sf_wire_suite_exit,
	.init = sf_wire_init,
	.exit = sf_wire_exit,
	.test_cases = cases,
};
