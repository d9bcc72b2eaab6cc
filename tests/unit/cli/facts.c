// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * facts.c - what is gathered from /proc, the module and the programs
 */
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <linux/sipfast.h>

#include "sample.h"
#include "../../../daemon/sys/facts.h"

static char root[64];
static const char *nft_says, *iptables_says;

/* What the programs would print; the last one that was run. */
static const char *ran;

static int fake_run(const char *const *argv, char **out)
{
	const char *text = !strcmp(argv[0], "nft") ? nft_says : iptables_says;

	ran = argv[0];
	if (!text)
		return -ENOENT;
	*out = strdup(text);
	return 0;
}

static void put(const char *path, const char *text)
{
	char name[256], *slash;
	FILE *file;

	snprintf(name, sizeof(name), "%s%s", root, path);
	for (slash = strchr(name + strlen(root) + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(name, 0755);
		*slash = '/';
	}
	file = fopen(name, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static int make_root(void **state)
{
	(void)state;
	strcpy(root, "/tmp/sipfast-facts-XXXXXX");
	nft_says = "{\"nftables\": []}";
	iptables_says = NULL;
	ran = NULL;
	fake_reset();
	return mkdtemp(root) ? 0 : -1;
}

static int remove_root(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", root);
	return system(command);
}

static struct sf_facts gather(void)
{
	const struct sf_world world = { .root = root, .run = fake_run };
	struct sf_facts facts;

	sf_facts_gather(&facts, &world);
	return facts;
}

static void nothing(void **state)
{
	struct sf_facts facts = gather();

	(void)state;
	assert_int_equal(facts.forward4, -1);
	assert_int_equal(facts.expect_max, -1);
	assert_int_equal(facts.local_min, -1);
	assert_int_equal(facts.default_routes, 0);
	assert_int_equal(facts.rules_err, 0);
	assert_false(facts.sip_loaded);
	nft_says = NULL;
	fake.open_error = -ENOENT;
	facts = gather();
	assert_int_equal(facts.kernel, -ENOENT);
	assert_int_equal(facts.rules_err, -ENOENT);
}

static void files(void **state)
{
	struct sf_facts facts;

	(void)state;
	sample_objects();
	put("/sys/module/nf_sipfast/version", "0.1\n");
	put("/sys/module/nf_conntrack_sip/refcnt", "0\n");
	put("/proc/sys/net/ipv4/ip_forward", "1\n");
	put("/proc/sys/net/ipv6/conf/all/forwarding", "x\n");
	put("/proc/sys/net/ipv4/ip_local_port_range", "1024\t60999\n");
	put("/proc/sys/net/ipv4/ip_local_reserved_ports", "99,30000-39999\n");
	put("/proc/sys/net/netfilter/nf_conntrack_expect_max", "128\n");
	put("/proc/sys/net/ipv4/conf/all/rp_filter", "0\n");
	put("/proc/sys/net/ipv4/conf/default/rp_filter", "1\n");
	put("/proc/sys/net/ipv4/conf/lo/rp_filter", "1\n");
	put("/proc/sys/net/ipv4/conf/lan/rp_filter", "1\n");
	put("/proc/sys/net/ipv4/conf/wan/rp_filter", "2\n");
	put("/proc/net/route",
	    "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\n"
	    "lan\t0000A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\n"
	    "wan\t00000000\t010071CB\t0003\t0\t0\t0\t00000000\n"
	    "wan\t00000000\t010071CB\t0003\t0\t0\t5\t00000000\n"
	    "lte\t00000000\t00000000\t0001\t0\t0\t9\t00000000\n");
	facts = gather();
	assert_int_equal(facts.kernel, 0);
	assert_string_equal(facts.version, "0.1");
	assert_int_equal(facts.media_min, 30000);
	assert_int_equal(facts.media_max, 39999);
	assert_true(facts.seen > 0);
	assert_true(facts.sip_loaded);
	assert_int_equal(facts.forward4, 1);
	assert_int_equal(facts.forward6, -1);
	assert_int_equal(facts.local_min, 1024);
	assert_true(facts.local_reserved);
	assert_int_equal(facts.expect_max, 128);
	assert_int_equal(facts.rp_strict, 1);
	assert_int_equal(facts.default_routes, 2);
	assert_string_equal(facts.uplink, "lte");
	put("/proc/sys/net/ipv4/conf/all/rp_filter", "1\n");
	assert_int_equal(gather().rp_strict, 1);
	put("/proc/sys/net/ipv4/conf/wan/rp_filter", "0\n");
	assert_int_equal(gather().rp_strict, 2);
}

/* iptables' programs are run only when there is something for them to read. */
static void programs(void **state)
{
	struct sf_facts facts;

	(void)state;
	gather();
	assert_string_equal(ran, "nft");
	nft_says = "{\"nftables\": [{\"rule\": {\"expr\": [{\"xt\": null}]}}]}";
	assert_int_equal(gather().rules_err, -ENOENT);
	assert_string_equal(ran, "iptables-nft-save");
	iptables_says = "*raw\n:PREROUTING ACCEPT [0:0]\n"
			"-A PREROUTING -j CT --helper sipfast\n";
	facts = gather();
	assert_int_equal(facts.rules_err, 0);
	assert_int_equal(facts.rules.sipfast, 1);
	nft_says = "{\"nftables\": []}";
	put("/proc/net/ip_tables_names", "raw\n");
	assert_int_equal(gather().rules.sipfast, 1);
	assert_string_equal(ran, "iptables-legacy-save");
	nft_says = "no";
	assert_int_equal(gather().rules_err, -EBADMSG);
}

/* The real thing: output of any length, failure, absence. */
static void running(void **state)
{
	static const char *const many[] = { "seq", "100000", NULL };
	static const char *const none[] = { "sipfast-is-no-program", NULL };
	static const char *const fails[] = { "false", NULL };
	char *out = NULL;

	(void)state;
	assert_int_equal(sf_world_here.run(many, &out), 0);
	assert_int_equal(strlen(out), 588895);
	free(out);
	assert_int_equal(sf_world_here.run(none, &out), -ENOENT);
	assert_int_equal(sf_world_here.run(fails, &out), -EIO);
}

#define ROOTED(name)	{ #name, name, make_root, remove_root, NULL }

static const struct CMUnitTest tests[] = {
	ROOTED(nothing),
	ROOTED(files),
	ROOTED(programs),
	TEST(running),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
