// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * policy.c - what nft lists, what is asked for, and the packet that comes of it
 */
#include "test.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sipfast/msg.h>

#include "../../../daemon/cli/policy.h"
#include "../../../daemon/sys/ruleset.h"
#include "../../../daemon/sys/world.h"
#include "sample.h"

static const char listed[] =
	"# Warning: table ip nat is managed by iptables-nft, do not touch!\n"
	"table ip nat { # handle 1\n"
	"}\n"
	"table inet sipfast { # handle 7\n"
	"\tct helper sip { # handle 1\n"
	"\t\ttype \"sipfast\" protocol udp\n"
	"\t\tl3proto inet\n"
	"\t}\n\n"
	"\tset known { # handle 2\n"
	"\t\ttype ipv4_addr . inet_service\n"
	"\t\tflags timeout\n"
	"\t\telements = { 192.0.2.1 . 5060 timeout 1h expires 59m,\n"
	"\t\t\t     192.0.2.2 . 5060 comment \"a, b\" }\n"
	"\t}\n\n"
	"\tset empty { # handle 3\n"
	"\t\ttype ipv4_addr\n"
	"\t}\n\n"
	"\tmap one { # handle 9\n"
	"\t\ttype ipv4_addr : verdict\n"
	"\t\telements = { 192.0.2.1 : accept }\n"
	"\t}\n\n"
	"\tchain first { # handle 4\n"
	"\t\tcomment \"what comes in\"\n"
	"\t\ttype filter hook prerouting priority -150; policy drop;\n"
	"\t\tip saddr . udp sport @known accept # handle 10\n"
	"\t\tudp dport { 5060, 5061 } counter packets 12 bytes 3400 drop # handle 11\n"
	"\t\ttcp dport vmap { 1 : drop,\n"
	"\t\t\t\t 2 : accept } counter packets 1 bytes 60 comment \"a # handle 5\" # handle 12\n"
	"\t}\n\n"
	"\tchain second { # handle 5\n"
	"\t}\n"
	"}\n";

static void listing(void **state)
{
	struct sf_ruleset r;
	const struct sf_ruleset_rule *rule;

	(void)state;
	assert_int_equal(sf_ruleset_read(&r, listed), 0);
	assert_int_equal(r.nhelpers, 1);
	assert_string_equal(r.helper[0].table, "sipfast");
	assert_int_equal(r.nsets, 3);
	assert_string_equal(r.set[0].place.name, "known");
	assert_int_equal(r.set[0].elements, 2);
	assert_int_equal(r.set[1].elements, 0);
	assert_int_equal(r.set[2].elements, 1);
	assert_int_equal(r.nchains, 2);
	assert_string_equal(r.chain[0].hook, "prerouting");
	assert_int_equal(r.chain[0].priority, -150);
	assert_true(r.chain[0].drop);
	assert_string_equal(r.chain[1].hook, "");
	assert_int_equal(r.nrules, 3);
	assert_false(r.rule[0].counted);
	assert_string_equal(r.rule[0].text, "ip saddr . udp sport @known accept");
	assert_string_equal(r.rule[1].text, "udp dport { 5060, 5061 } drop");
	assert_int_equal(r.rule[1].packets, 12);
	assert_int_equal(r.rule[1].bytes, 3400);
	rule = sf_ruleset_rule(&r, &r.chain[0].place, 12);
	assert_ptr_equal(rule, &r.rule[2]);
	assert_string_equal(rule->text,
			    "tcp dport vmap { 1 : drop, 2 : accept } comment \"a # handle 5\"");
	assert_null(sf_ruleset_rule(&r, &r.chain[1].place, 12));
	assert_ptr_equal(sf_ruleset_chain(&r, &rule->place), &r.chain[0]);
	sf_ruleset_free(&r);
}

/* In place of those of daemon/sys/world.c: nft lists what a test wants. */
static const char *lists;

static int fake_run(const char *const *argv, char **out)
{
	assert_string_equal(argv[0], "nft");
	*out = strdup(lists);
	return *out ? 0 : -ENOMEM;
}

const struct sf_world sf_world_here = { .root = "/nowhere", .run = fake_run };

int sf_world_feed(const char *const *argv, const char *in, char **out)
{
	(void)argv;
	(void)in;
	*out = NULL;
	return -ENOENT;
}

int sf_world_path(const struct sf_world *world, const char *path, char *buf,
		  size_t size)
{
	(void)world;
	snprintf(buf, size, "/nowhere%s", path);
	return 0;
}

int sf_world_text(const struct sf_world *world, const char *path, char *buf,
		  size_t size)
{
	(void)world;
	(void)path;
	(void)size;
	*buf = '\0';
	return -ENOENT;
}

long sf_world_number(const struct sf_world *world, const char *path)
{
	(void)world;
	(void)path;
	return -1;
}

#define TABLE(type)							\
	"table inet voip { # handle 3\n"				\
	"\tct helper calls { # handle 1\n"				\
	"\t\ttype \"" type "\" protocol udp\n"			\
	"\t\tl3proto inet\n"						\
	"\t}\n\n"							\
	"\tchain attach { # handle 2\n"				\
	"\t\ttype filter hook prerouting priority -190; policy accept;\n" \
	"\t\tudp dport 5060 ct helper set \"calls\" # handle 3\n"	\
	"\t}\n"							\
	"}\n"

/* A helper may have any name: its type says whose it is. */
static void shown(void **state)
{
	static const struct {
		const char *lists, *shows;
	} rows[] = {
		{ TABLE("sipfast"), "ct helper set \"calls\"" },
		{ TABLE("sipfast-watch"), "ct helper set \"calls\"" },
		{ TABLE("sip"), "nft -D wan=WAN -f /usr/share/sipfast/sipfast.nft" },
		{ "table inet voip { # handle 3\n"
		  "\tchain forward { # handle 2\n"
		  "\t\tct helper \"sipfast\" accept # handle 3\n"
		  "\t}\n"
		  "}\n", "ct helper \"sipfast\" accept" },
		{ "", "No rules meet SIP here" },
	};
	const struct output *got;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].lists);
		fake_reset();
		lists = rows[i].lists;
		got = tool("policy");
		assert_int_equal(got->status, 0);
		assert_non_null(strstr(got->out, rows[i].shows));
	}
	lists = TABLE("sipfast");
	assert_non_null(strstr(tool("-j policy")->out, "\"name\": \"attach\""));
}

/* What is cut anywhere is refused, or is less; nothing is read that is not there. */
static void cut(void **state)
{
	size_t len = sizeof(listed) - 1, n;
	struct sf_ruleset r;
	char *text;

	(void)state;
	for (n = 0; n < len; n++) {
		text = strndup(listed, n);
		sf_ruleset_read(&r, text);
		assert_true(r.nrules <= 3);
		sf_ruleset_free(&r);
		free(text);
	}
	assert_int_equal(sf_ruleset_read(&r, "{\"nftables\": []}"), -EBADMSG);
	sf_ruleset_free(&r);
	assert_int_equal(sf_ruleset_read(&r, "table inet t {\n\tchain c {\n"), -EBADMSG);
	sf_ruleset_free(&r);
}

static bool order(const char *text, struct sf_policy_order *order, const char **why)
{
	static char copy[256];
	char *words[32], *rest = copy, *word;
	int n = 0;

	snprintf(copy, sizeof(copy), "%s", text);
	while ((word = strsep(&rest, " ")) && n < 32)
		if (*word)
			words[n++] = word;
	return sf_policy_order(words, n, order, why);
}

static void orders(void **state)
{
	char text[SF_PROBE_END_TEXT];
	struct sf_policy_order got;
	struct sf_probe *probe = &got.probe;
	const char *why;

	(void)state;
	assert_true(order("REGISTER from 198.51.100.7", &got, &why));
	assert_string_equal(got.method, "REGISTER");
	assert_string_equal(sf_probe_end_text(&probe->from, text), "198.51.100.7:5060");
	assert_int_equal(probe->to.family, 0);
	assert_int_equal(probe->to.port, 5060);
	assert_false(probe->tcp || got.sdp || got.dialog);
	assert_true(order("INVITE with sdp in lan over udp in-dialog from ::2 to [::1]:5070",
			  &got, &why));
	assert_string_equal(sf_probe_end_text(&probe->to, text), "[::1]:5070");
	assert_string_equal(sf_probe_end_text(&probe->from, text), "[::2]:5060");
	assert_string_equal(probe->dev, "lan");
	assert_true(got.sdp && got.dialog && !probe->tcp);
	assert_true(order("INVITE from 192.0.2.1 over tcp", &got, &why));
	assert_int_equal(probe->from.port, 40000);
}

static void no_orders(void **state)
{
	static const char *const wrong[][2] = {
		{ "", "method" },
		{ "invite from 192.0.2.1", "method" },
		{ "INVITE", "from ADDRESS is missing" },
		{ "INVITE from", "from" },
		{ "INVITE from 192.0.2", "from" },
		{ "INVITE from 192.0.2.1:0", "from" },
		{ "INVITE from 192.0.2.1:65536", "from" },
		{ "INVITE from 192.0.2.1:5060x", "from" },
		{ "INVITE from 2001:db8::g", "from" },
		{ "INVITE from 192.0.2.1 over sctp", "over" },
		{ "INVITE from 192.0.2.1 with cream", "with" },
		{ "INVITE from 192.0.2.1 in an-interface-of-this-name", "in" },
		{ "INVITE from 192.0.2.1 in", "in" },
		{ "INVITE from 192.0.2.1 please", "please" },
	};
	struct sf_policy_order got;
	const char *why;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		row("%s", wrong[i][0]);
		assert_false(order(wrong[i][0], &got, &why));
		assert_non_null(strstr(why, wrong[i][1]));
	}
}

/* The Internet checksum of what holds its own is zero. */
static uint16_t sum(uint32_t total, const uint8_t *at, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		total += i & 1 ? at[i] : (uint32_t)at[i] << 8;
	while (total >> 16)
		total = (total & 0xffff) + (total >> 16);
	return (uint16_t)~total;
}

static void frame(const char *text, size_t head, size_t addrs, uint8_t protocol)
{
	uint8_t bytes[SF_PROBE_FRAME];
	char request[SF_PROBE_MAX];
	struct sf_policy_order got;
	struct sf_msg msg;
	const char *why, *sip;
	size_t len, segment;

	assert_true(order(text, &got, &why));
	len = sf_policy_request(&got, request, sizeof(request));
	assert_int_equal(sf_policy_request(&got, request, len), 0);
	assert_int_equal(sf_policy_request(&got, request, len + 1), len);
	len = sf_probe_write(&got.probe, bytes, request, len);
	segment = len - 14 - head;
	if (head == 20)
		assert_int_equal(sum(0, bytes + 14, head), 0);
	/* the pseudo header: both addresses are the last of the IP header */
	assert_int_equal(sum(protocol + (uint32_t)segment, bytes + 14 + head - addrs,
			     addrs + segment), 0);
	if (protocol == IPPROTO_TCP)
		return;
	sip = guard_tail(bytes + 14 + head + 8, (u32)(segment - 8));
	assert_int_equal(sf_msg_parse(&msg, sip, (u32)(segment - 8)), SF_OK);
}

static void frames(void **state)
{
	(void)state;
	frame("REGISTER from 192.0.2.1 to 192.0.2.2", 20, 8, IPPROTO_UDP);
	frame("INVITE from 192.0.2.1 to 192.0.2.2 with sdp in-dialog", 20, 8, IPPROTO_UDP);
	frame("INVITE from 2001:db8::1 to 2001:db8::2 with sdp", 40, 32, IPPROTO_UDP);
	frame("INVITE from 192.0.2.1 to 192.0.2.2 over tcp", 20, 8, IPPROTO_TCP);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(listing), TEST(shown), TEST(cut), TEST(orders), TEST(no_orders), TEST(frames),
	};

	return run(tests, ARRAY_SIZE(tests));
}
