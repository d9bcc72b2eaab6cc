// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * judge.c - facts, and what is said about them
 */
#include "test.h"

#include <errno.h>
#include <string.h>

#include "../../../daemon/cli/judge.h"

/* A router on which everything is right. */
static const struct sf_facts good = {
	.version = "1.2",
	.media_min = 10000,
	.media_max = 32767,
	.seen = 5,
	.rules = { .sipfast = 1, .objects = 1, .nat = true },
	.auto_helper = -1,
	.forward4 = 1,
	.default_routes = 1,
	.uplink = "wan",
	.expect_max = 4096,
	.conntracks = 10,
	.conntrack_max = 65536,
	.udp_timeout = 30,
	.udp_stream = 120,
	.local_min = 32768,
	.local_max = 60999,
};

static const struct sf_finding *find(const struct sf_facts *facts,
				     const char *name)
{
	static struct sf_finding findings[SF_FINDINGS];
	size_t i, n = sf_judge(facts, findings);

	for (i = 0; i < n; i++)
		if (!strcmp(findings[i].name, name))
			return &findings[i];
	return NULL;
}

static void fine(void **state)
{
	struct sf_finding findings[SF_FINDINGS];
	size_t i, n = sf_judge(&good, findings);

	(void)state;
	assert_int_equal(n, 13);
	for (i = 0; i < n; i++) {
		row("%s", findings[i].name);
		assert_int_equal(findings[i].verdict, SF_VERDICT_OK);
		assert_string_not_equal(findings[i].text, "");
		assert_string_equal(findings[i].mend, "");
	}
	assert_string_equal(findings[0].text,
			    "nf_sipfast 1.2 is loaded and answers");
}

/* One thing that is wrong: which finding tells it, and a piece of its mend. */
#define WRONG(what, how, with, ...) do {				\
	const struct sf_finding *found;					\
	struct sf_facts facts = good;					\
									\
	__VA_ARGS__;							\
	row("%s: %s", what, #__VA_ARGS__);				\
	found = find(&facts, what);					\
	assert_non_null(found);						\
	assert_int_equal(found->verdict, SF_VERDICT_##how);		\
	if (!strstr(found->mend, with))					\
		assert_string_equal(found->mend, with);			\
	assert_true((found->verdict == SF_VERDICT_OK) == !*found->mend); \
} while (0)

static void wrong(void **state)
{
	(void)state;
	WRONG("module", FAIL, "modprobe nf_sipfast", facts.kernel = -ENOENT);
	WRONG("module", FAIL, "rmmod", facts.kernel = -EBADMSG);
	WRONG("helper", WARN, "nftables", facts.rules_err = -ENOENT);
	WRONG("helper", WARN, "nft -j", facts.rules_err = -EIO);
	WRONG("helper", FAIL, "nft -D wan=wan -f ", facts.rules.sipfast = 0);
	WRONG("helper", FAIL, "wan=WAN", facts.rules.sipfast = 0,
	      facts.rules.objects = 0, *facts.uplink = '\0');
	WRONG("helper", FAIL, "-190", facts.rules.sipfast = 0,
	      strcpy(facts.rules.unreached, "inet t c"));
	WRONG("helper", OK, "", facts.rules.sipfast = 0, facts.rules.watch = 1);
	WRONG("packets", WARN, "conntrack -D", facts.seen = 0);
	WRONG("packets", WARN, "sipfast stats", facts.refused = 6);
	WRONG("packets", OK, "", facts.refused = 5);
	WRONG("in-tree", FAIL, "delete", facts.rules.sip = 1);
	WRONG("in-tree", FAIL, "nf_conntrack_helper=0", facts.sip_loaded = true,
	      facts.auto_helper = 1);
	WRONG("in-tree", OK, "", facts.sip_loaded = true);
	WRONG("in-tree", OK, "", facts.auto_helper = 1);
	WRONG("nat", WARN, "nft -D", facts.rules.nat = false);
	WRONG("nat", OK, "", facts.rules.nat = false, facts.rules.sipfast = 0,
	      facts.rules.watch = 1);
	WRONG("nat-ports", WARN, "rule ip t n oifname wan meta l4proto udp masquerade to :32768",
	      strcpy(facts.rules.overlap, "ip t n"));
	WRONG("nat-ports", WARN, "--to-ports 1024-39999",
	      strcpy(facts.rules.overlap, "iptables nat POSTROUTING"),
	      facts.media_min = 40000, facts.media_max = 65001);
	WRONG("local-ports", WARN, "reserved_ports=10000-32767",
	      facts.local_min = 1024);
	WRONG("local-ports", OK, "", facts.local_min = 1024,
	      facts.local_reserved = true);
	WRONG("media-ports", FAIL, "sipfast set", facts.ports_short = 1);
	WRONG("related", FAIL, "nft insert rule inet filter forward ct state",
	      strcpy(facts.rules.blocks, "inet filter forward"));
	WRONG("related", FAIL, "iptables -I FORWARD",
	      strcpy(facts.rules.blocks, "iptables filter FORWARD"));
	WRONG("forwarding", FAIL, "ip_forward=1", facts.forward4 = 0);
	WRONG("forwarding", WARN, "ip_forward=1", facts.forward4 = 0,
	      facts.rules.sipfast = 0, facts.rules.watch = 1);
	WRONG("rp-filter", WARN, "rp_filter=2", facts.rp_strict = 2,
	      facts.default_routes = 2);
	WRONG("rp-filter", OK, "", facts.rp_strict = 2);
	WRONG("rp-filter", OK, "", facts.default_routes = 2);
	WRONG("conntrack", FAIL, "conntrack_max=131072",
	      facts.conntracks = 65536);
	WRONG("conntrack", WARN, "conntrack_max=131072",
	      facts.conntracks = 60000);
	WRONG("expectations", WARN, "expect_max=4096", facts.expect_max = 128);
	WRONG("expectations", WARN, "expect_max=8192", facts.no_expect = 1);
	WRONG("timeouts", WARN, "timeout=30", facts.udp_timeout = 5);
	WRONG("timeouts", WARN, "stream=120", facts.udp_stream = 25);
	WRONG("timeouts", WARN, "stream=120", facts.udp_stream = 86400);
	WRONG("timeouts", WARN, "stream=120", facts.udp_timeout = 180);
}

/* What the kernel does not tell is not judged. */
static void unknown(void **state)
{
	static const char *const silent[] = {
		"packets", "nat", "nat-ports", "local-ports", "media-ports",
		"related", "forwarding", "conntrack", "expectations",
		"timeouts",
	};
	struct sf_facts facts = {
		.kernel = -ENOENT,
		.rules_err = -ENOENT,
		.auto_helper = -1,
		.forward4 = -1,
		.forward6 = -1,
		.expect_max = -1,
		.conntracks = -1,
		.conntrack_max = -1,
		.udp_timeout = -1,
		.udp_stream = -1,
		.local_min = -1,
		.local_max = -1,
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(silent); i++) {
		row("%s", silent[i]);
		assert_null(find(&facts, silent[i]));
	}
	assert_non_null(find(&facts, "module"));
}

static const struct CMUnitTest tests[] = {
	TEST(fine),
	TEST(wrong),
	TEST(unknown),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
