// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * rules.c - what nft and iptables print, and what it means
 */
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "../../../daemon/sys/rules.h"

#define OBJECT(name, type)						\
	"{\"ct helper\": {\"family\": \"ip\", \"name\": \"" name "\", "	\
	"\"table\": \"t\", \"type\": \"" type "\"}}"
#define CHAIN(name, hook, more)						\
	"{\"chain\": {\"family\": \"ip\", \"table\": \"t\", \"name\": \"" \
	name "\", \"type\": \"filter\", \"hook\": \"" hook "\"" more "}}"
#define PLAIN(name)							\
	"{\"chain\": {\"family\": \"ip\", \"table\": \"t\", \"name\": \"" \
	name "\"}}"
#define NAT								\
	"{\"chain\": {\"family\": \"ip\", \"table\": \"t\", \"name\": "	\
	"\"n\", \"type\": \"nat\", \"hook\": \"postrouting\", \"prio\": 100}}"
#define RULE(chain, exprs)						\
	"{\"rule\": {\"family\": \"ip\", \"table\": \"t\", \"chain\": \"" \
	chain "\", \"expr\": [" exprs "]}}"
#define MATCH(left, op, right)						\
	"{\"match\": {\"op\": \"" op "\", \"left\": {" left "}, \"right\": " \
	right "}}"
#define META(key)	"\"meta\": {\"key\": \"" key "\"}"
#define CT(key)		"\"ct\": {\"key\": \"" key "\"}"
#define PORT(protocol)							\
	"\"payload\": {\"protocol\": \"" protocol "\", \"field\": \"sport\"}"
#define WAN		MATCH(META("oifname"), "==", "\"wan\"")
#define UDP		MATCH(META("l4proto"), "==", "\"udp\"")
#define TCP		MATCH(META("l4proto"), "==", "\"tcp\"")
#define MASQUERADE	"{\"masquerade\": null}"
#define SNAT		"{\"snat\": {\"addr\": \"192.0.2.1\"}}"
#define MASQUERADE_TO(min, max)						\
	"{\"masquerade\": {\"port\": {\"range\": [" #min ", " #max "]}}}"
#define ACCEPT		"{\"accept\": null}"
#define DROP		"{\"drop\": null}"
#define COUNTER		"{\"counter\": {\"packets\": 0, \"bytes\": 0}}"
#define REJECT		"{\"reject\": {\"type\": \"tcp reset\"}}"
#define JUMP(to)	"{\"jump\": {\"target\": \"" to "\"}}"
#define SET(name)	"{\"ct helper\": \"" name "\"}"
#define PRIO(n)		", \"prio\": " #n
#define STATE(right)	MATCH(CT("state"), "in", right)
#define PAIR(key, verdict) "[\"" key "\", " verdict "]"
#define VMAP(key, data)	"{\"vmap\": {\"key\": {" key "}, \"data\": " data "}}"
#define VMAP_SET(key, first, second)					\
	VMAP(key, "{\"set\": [" first ", " second "]}")
#define HELPER_MAP(data)						\
	"{\"ct helper\": {\"map\": {\"key\": 1, \"data\": " data "}}}"
#define POLICY_DROP	", \"prio\": 0, \"policy\": \"drop\""

static struct sf_rules_facts tell(const char *nft, const char *xt)
{
	struct sf_rules *rules = sf_rules_new();
	struct sf_rules_facts facts;

	assert_non_null(rules);
	if (nft)
		assert_int_equal(sf_rules_read_nft(rules, nft), 0);
	if (xt)
		assert_int_equal(sf_rules_read_iptables(rules, xt), 0);
	sf_rules_tell(rules, 10000, 32767, &facts);
	sf_rules_free(rules);
	return facts;
}

static struct sf_rules_facts nft(const char *entries)
{
	char text[4096];

	row("%s", entries);
	snprintf(text, sizeof(text), "{\"nftables\": [%s]}", entries);
	return tell(text, NULL);
}

static struct sf_rules_facts iptables(const char *text)
{
	row("%s", text);
	return tell(NULL, text);
}

static void malformed(void **state)
{
	static const char *const rows[] = {
		"", "{", "[]", "{}", "{\"nftables\": 1}",
	};
	struct sf_rules *rules = sf_rules_new();
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		assert_int_equal(sf_rules_read_nft(rules, rows[i]), -EBADMSG);
	assert_int_equal(sf_rules_read_iptables(rules, ":\n"), -EBADMSG);
	assert_int_equal(sf_rules_read_iptables(rules, "-A\n"), -EBADMSG);
	sf_rules_free(rules);
	nft("1, null, {}, {\"chain\": 1}, {\"rule\": {\"family\": \"ip\"}}");
}

static void whole_ruleset(void **state)
{
	struct sf_rules_facts facts = tell(golden("ruleset.dat"), NULL);

	(void)state;
	assert_int_equal(facts.sipfast, 1);
	assert_int_equal(facts.watch + facts.sip, 0);
	assert_int_equal(facts.objects, 1);
	assert_string_equal(facts.unreached, "");
	assert_string_equal(facts.overlap, "");
	assert_string_equal(facts.blocks, "");
	assert_true(facts.nat);
	assert_false(facts.foreign);
}

static void attaching(void **state)
{
	struct sf_rules_facts facts;

	(void)state;
	facts = nft(OBJECT("a", "sipfast") "," CHAIN("c", "prerouting", PRIO(-190))
		    "," RULE("c", SET("a")));
	assert_int_equal(facts.sipfast, 1);
	facts = nft(OBJECT("a", "sipfast-watch") "," OBJECT("b", "sip") ","
		    CHAIN("c", "input", PRIO(0)) ","
		    RULE("c", HELPER_MAP("{\"set\": [[1, \"a\"], [2, \"b\"]]}")));
	assert_int_equal(facts.watch, 1);
	assert_int_equal(facts.sip, 1);
	assert_int_equal(facts.sipfast, 0);
	/* Only an object; a chain that nobody jumps to; before conntrack. */
	facts = nft(OBJECT("a", "sipfast"));
	assert_int_equal(facts.objects, 1);
	assert_int_equal(facts.sipfast, 0);
	facts = nft(OBJECT("a", "sipfast") "," PLAIN("c") "," RULE("c", SET("a")));
	assert_int_equal(facts.sipfast, 0);
	assert_string_equal(facts.unreached, "ip t c");
	facts = nft(OBJECT("a", "sipfast") "," CHAIN("c", "prerouting", PRIO(-300))
		    "," RULE("c", SET("a")));
	assert_int_equal(facts.sipfast, 0);
	assert_string_equal(facts.unreached, "ip t c");
	/* Through two jumps, the second one in a verdict map. */
	facts = nft(OBJECT("a", "sipfast") "," CHAIN("c", "prerouting", PRIO(-190))
		    "," PLAIN("d") "," PLAIN("e") ","
		    RULE("d", VMAP_SET(META("mark"), PAIR("1", ACCEPT),
				       PAIR("2", JUMP("e"))))
		    "," RULE("c", JUMP("d")) "," RULE("e", SET("a")));
	assert_int_equal(facts.sipfast, 1);
	assert_string_equal(facts.unreached, "");
}

static void translating(void **state)
{
	static const struct {
		const char *rules;
		bool overlaps;
	} rows[] = {
		{ RULE("n", WAN "," MASQUERADE), true },
		{ RULE("n", WAN "," SNAT), true },
		{ RULE("n", WAN "," TCP "," MASQUERADE), false },
		{ RULE("n", MATCH(PORT("tcp"), "==", "80") "," MASQUERADE), false },
		{ RULE("n", WAN "," MASQUERADE_TO(32768, 65535)), false },
		{ RULE("n", WAN "," MASQUERADE_TO(32767, 65535)), true },
		{ RULE("n", WAN "," UDP "," MASQUERADE_TO(1024, 9999)), false },
		{ RULE("n", WAN "," UDP "," MASQUERADE_TO(40000, 50000)) ","
		  RULE("n", WAN "," MASQUERADE), false },
		{ RULE("n", UDP "," MASQUERADE_TO(40000, 50000)) ","
		  RULE("n", WAN "," MASQUERADE), false },
		{ RULE("n", WAN "," MASQUERADE) ","
		  RULE("n", WAN "," UDP "," MASQUERADE_TO(40000, 50000)), true },
		/* Only some UDP; another interface. */
		{ RULE("n", WAN "," MATCH(PORT("udp"), "<", "10000") ","
		       MASQUERADE_TO(1024, 9999)) ","
		  RULE("n", WAN "," MASQUERADE), true },
		{ RULE("n", MATCH(META("oifname"), "==", "\"dmz\"") "," UDP ","
		       MASQUERADE_TO(40000, 50000)) ","
		  RULE("n", WAN "," MASQUERADE), true },
	};
	struct sf_rules_facts facts;
	char text[2048];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		snprintf(text, sizeof(text), "%s,%s", NAT, rows[i].rules);
		facts = nft(text);
		assert_true(facts.nat);
		assert_string_equal(facts.overlap,
				    rows[i].overlaps ? "ip t n" : "");
	}
	assert_false(nft(CHAIN("c", "forward", PRIO(0))).nat);
}

static void forwarding(void **state)
{
	static const struct {
		const char *rules;
		bool blocks;
	} rows[] = {
		{ CHAIN("f", "forward", POLICY_DROP), true },
		{ CHAIN("f", "forward", PRIO(0)), false },
		{ CHAIN("f", "forward", PRIO(0)) "," RULE("f", DROP), true },
		{ CHAIN("f", "forward", PRIO(0)) ","
		  RULE("f", COUNTER "," REJECT), true },
		{ CHAIN("f", "forward", PRIO(0)) ","
		  RULE("f", STATE("\"invalid\"") "," DROP),
		  false },
		{ CHAIN("f", "forward", POLICY_DROP) "," RULE("f",
		  STATE("[\"established\", \"related\"]")
		  "," ACCEPT), false },
		{ CHAIN("f", "forward", POLICY_DROP) "," RULE("f",
		  STATE("\"established\"") "," ACCEPT),
		  true },
		{ CHAIN("f", "forward", POLICY_DROP) "," RULE("f",
		  MATCH(CT("state"), "!=", "\"related\"") "," ACCEPT), true },
		{ CHAIN("f", "forward", POLICY_DROP) "," RULE("f",
		  MATCH(CT("status"), "in", "\"expected\"") "," ACCEPT),
		  false },
		{ CHAIN("f", "forward", POLICY_DROP) "," RULE("f",
		  MATCH(CT("helper"), "==", "\"sipfast\"") "," ACCEPT),
		  false },
		{ CHAIN("f", "forward", POLICY_DROP) "," RULE("f",
		  MATCH(META("iifname"), "==", "\"lan\"") "," ACCEPT), true },
		{ CHAIN("f", "forward", POLICY_DROP) "," RULE("f", ACCEPT),
		  false },
		{ CHAIN("f", "forward", POLICY_DROP) "," RULE("f",
		  VMAP_SET(CT("state"), PAIR("related", ACCEPT),
			   PAIR("invalid", DROP))), false },
		{ CHAIN("f", "forward", POLICY_DROP) "," RULE("f",
		  VMAP_SET(CT("state"), PAIR("established", ACCEPT),
			   PAIR("related", DROP))), true },
		/* What a named map holds is not listed. */
		{ CHAIN("f", "forward", POLICY_DROP) "," RULE("f",
		  VMAP(META("iifname"), "\"@m\"")), false },
		{ CHAIN("f", "forward", POLICY_DROP) "," PLAIN("g") ","
		  RULE("f", JUMP("g")) ","
		  RULE("g", STATE("\"related\"") "," ACCEPT), false },
		/* A chain of its own may drop what another one admits. */
		{ CHAIN("g", "forward", PRIO(0)) ","
		  RULE("g", STATE("\"related\"") "," ACCEPT)
		  "," CHAIN("f", "forward", POLICY_DROP), true },
		{ CHAIN("f", "input", POLICY_DROP), false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		assert_string_equal(nft(rows[i].rules).blocks,
				    rows[i].blocks ? "ip t f" : "");
}

/* Tables with rules of iptables are read from its own output. */
static void foreign(void **state)
{
	static const char entries[] =
		CHAIN("f", "forward", POLICY_DROP) ","
		RULE("f", "{\"xt\": {\"type\": \"match\", \"name\": \"x\"}},"
		     ACCEPT);
	struct sf_rules_facts facts = nft(entries);

	(void)state;
	assert_true(facts.foreign);
	assert_string_equal(facts.blocks, "");
	assert_true(nft(RULE("f", "{\"xt\": null}")).foreign);
}

#define XT_RAW	"-A PREROUTING -p udp -m udp --dport "

static void iptables_attaching(void **state)
{
	struct sf_rules_facts facts;

	(void)state;
	facts = iptables("*raw\n:PREROUTING ACCEPT [0:0]\n"
			 XT_RAW "5060 -j CT --helper sipfast\n"
			 XT_RAW "5070 -j CT --helper sipfast-watch\n"
			 XT_RAW "69 -j CT --helper tftp\n"
			 XT_RAW "9 -j CT --notrack\n"
			 XT_RAW "5080 -j CT --helper sip\n"
			 "COMMIT\n");
	assert_int_equal(facts.sipfast, 1);
	assert_int_equal(facts.watch, 1);
	assert_int_equal(facts.sip, 1);
	facts = iptables("*raw\n:PREROUTING ACCEPT [0:0]\n:voip - [0:0]\n"
			 "-A voip -j CT --helper sipfast\n");
	assert_int_equal(facts.sipfast, 0);
	assert_string_equal(facts.unreached, "iptables raw voip");
	facts = iptables("*raw\n:PREROUTING ACCEPT [0:0]\n:voip - [0:0]\n"
			 "-A PREROUTING -i lan -j voip\n"
			 "-A voip -j CT --helper sipfast\n");
	assert_int_equal(facts.sipfast, 1);
}

#define XT_NAT	"*nat\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING "
#define XT_FILTER "*filter\n:FORWARD DROP [0:0]\n:x - [0:0]\n-A FORWARD "

static void iptables_rules(void **state)
{
	static const struct {
		const char *text;
		bool overlaps;
		bool blocks;
	} rows[] = {
		{ XT_NAT "-o wan -j MASQUERADE\n", true, false },
		{ XT_NAT "-o wan -p udp -j MASQUERADE --to-ports 32768-65535\n"
		  "-A POSTROUTING -o wan -j MASQUERADE\n", false, false },
		{ XT_NAT "-o wan -p tcp -j MASQUERADE\n", false, false },
		{ XT_NAT "-o wan ! -p tcp -j MASQUERADE\n", true, false },
		{ XT_NAT "-o wan -j SNAT --to-source 192.0.2.1:40000-50000\n",
		  false, false },
		{ XT_NAT "-o wan -j SNAT --to-source 192.0.2.1\n", true, false },
		{ XT_NAT "! -o lan -p udp -j MASQUERADE --to-ports 40000\n"
		  "-A POSTROUTING -o wan -j MASQUERADE\n", true, false },
		{ XT_FILTER "-i lan -j ACCEPT\n", false, true },
		{ XT_FILTER "-j ACCEPT\n", false, false },
		{ XT_FILTER "-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n",
		  false, false },
		{ XT_FILTER "-m state --state RELATED -j ACCEPT\n", false,
		  false },
		{ XT_FILTER "-m helper --helper sipfast -j ACCEPT\n", false,
		  false },
		{ XT_FILTER "-m conntrack --ctstate ESTABLISHED -j ACCEPT\n",
		  false, true },
		{ XT_FILTER "-j x\n-A x -m conntrack --ctstate RELATED -j ACCEPT\n",
		  false, false },
		{ "*filter\n:FORWARD ACCEPT [0:0]\n"
		  "-A FORWARD -j REJECT --reject-with tcp-reset\n", false, true },
	};
	struct sf_rules_facts facts;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		facts = iptables(rows[i].text);
		assert_string_equal(facts.overlap, rows[i].overlaps ?
				    "iptables nat POSTROUTING" : "");
		assert_string_equal(facts.blocks, rows[i].blocks ?
				    "iptables filter FORWARD" : "");
	}
}

static const struct CMUnitTest tests[] = {
	TEST(malformed),
	TEST(whole_ruleset),
	TEST(attaching),
	TEST(translating),
	TEST(forwarding),
	TEST(foreign),
	TEST(iptables_attaching),
	TEST(iptables_rules),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
