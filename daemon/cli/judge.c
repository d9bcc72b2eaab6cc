// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * judge.c - what the facts mean for calls, and how to mend what is wrong
 *
 * One function for each thing that is looked at, and a table of them in the
 * order in which a packet, or an administrator, meets them.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <sipfast/deps.h>

#include "judge.h"

#define SHIPPED		"/usr/share/sipfast/sipfast.nft"
#define CONNTRACK	"net.netfilter.nf_conntrack_"
#define EXPECT_LOW	256	/* expectations: 64 calls being set up */
#define EXPECT_GOOD	4096
#define UDP_SHORT	20	/* phones send keepalives every 15 to 30 s */
#define STREAM_SHORT	60
#define STREAM_LONG	3600

void sf_say(struct sf_finding *finding, enum sf_verdict verdict,
	    const char *format, ...)
{
	va_list args;

	finding->verdict = verdict;
	va_start(args, format);
	vsnprintf(finding->text, sizeof(finding->text), format, args);
	va_end(args);
}

void sf_mend(struct sf_finding *finding, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(finding->mend, sizeof(finding->mend), format, args);
	va_end(args);
}

static const char *uplink(const struct sf_facts *facts)
{
	return *facts->uplink ? facts->uplink : "WAN";
}

static bool attached(const struct sf_facts *facts)
{
	return facts->rules.sipfast || facts->rules.watch;
}

/* Nothing leaves by another address, as far as the helper is concerned. */
static bool only_watched(const struct sf_facts *facts)
{
	return facts->rules.watch && !facts->rules.sipfast;
}

static void judge_module(const struct sf_facts *facts, struct sf_finding *f)
{
	if (!facts->kernel) {
		sf_say(f, SF_VERDICT_OK, "nf_sipfast%s%s is loaded and answers",
		       *facts->version ? " " : "", facts->version);
	} else if (facts->kernel == -ENOENT) {
		sf_say(f, SF_VERDICT_FAIL, "nf_sipfast is not loaded");
		sf_mend(f, "modprobe nf_sipfast");
	} else {
		sf_say(f, SF_VERDICT_FAIL, "nf_sipfast does not answer: %s",
		       strerror(-facts->kernel));
		sf_mend(f, "rmmod nf_sipfast; modprobe nf_sipfast");
	}
}

static void judge_unknown_rules(const struct sf_facts *facts,
				struct sf_finding *f)
{
	if (facts->rules_err == -ENOENT) {
		sf_say(f, SF_VERDICT_WARN,
		       "the rules are not known: nft, or iptables, is missing");
		sf_mend(f, "apt-get install nftables");
	} else {
		sf_say(f, SF_VERDICT_WARN, "the rules are not known: nft failed");
		sf_mend(f, "nft -j -t list ruleset");
	}
}

static void judge_helper(const struct sf_facts *facts, struct sf_finding *f)
{
	const struct sf_rules_facts *rules = &facts->rules;

	if (facts->rules_err) {
		judge_unknown_rules(facts, f);
		return;
	}
	if (attached(facts)) {
		sf_say(f, SF_VERDICT_OK,
		       "rules that attach sipfast: %u, sipfast-watch: %u",
		       rules->sipfast, rules->watch);
		return;
	}
	sf_mend(f, "nft -D wan=%s -f " SHIPPED, uplink(facts));
	if (*rules->unreached) {
		sf_say(f, SF_VERDICT_FAIL,
		       "the rule in '%s' attaches nothing: no hook behind conntrack leads there",
		       rules->unreached);
		sf_mend(f, "nft -a list ruleset  # hook its chain at prerouting, priority -190");
	} else if (rules->objects) {
		sf_say(f, SF_VERDICT_FAIL,
		       "there is an object of type sipfast, but no rule sets it");
	} else {
		sf_say(f, SF_VERDICT_FAIL, "no rule attaches the helper");
	}
}

/* A connection keeps the helper it began with: none, if the rule came later. */
static void judge_packets(const struct sf_facts *facts, struct sf_finding *f)
{
	if (facts->kernel || !attached(facts))
		return;
	if (facts->seen >= facts->refused && facts->seen) {
		sf_say(f, SF_VERDICT_OK, "%" PRIu64 " messages came through the helper",
		       facts->seen);
	} else if (facts->refused) {
		sf_say(f, SF_VERDICT_WARN,
		       "%" PRIu64 " messages were understood, %" PRIu64 " were not",
		       facts->seen, facts->refused);
		sf_mend(f, "sipfast stats  # the parse- counters say why");
	} else {
		sf_say(f, SF_VERDICT_WARN,
		       "no message has come through the helper; connections older than the rule have none");
		sf_mend(f, "conntrack -D -p udp --dport 5060");
	}
}

/* Helpers that the kernel attaches on its own come before those of rules. */
static void judge_in_tree(const struct sf_facts *facts, struct sf_finding *f)
{
	if (facts->rules.sip) {
		sf_say(f, SF_VERDICT_FAIL,
		       "a rule attaches the in-tree helper 'sip'");
		sf_mend(f, "nft -a list ruleset  # delete the rule; or iptables -t raw -S");
	} else if (facts->sip_loaded && facts->auto_helper == 1) {
		sf_say(f, SF_VERDICT_FAIL,
		       "the kernel attaches the in-tree helper by its port");
		sf_mend(f, "sysctl -w net.netfilter.nf_conntrack_helper=0");
	} else {
		sf_say(f, SF_VERDICT_OK, "nf_conntrack_sip is %s",
		       facts->sip_loaded ? "loaded, but nothing attaches it" :
					   "not loaded");
	}
}

static void judge_nat(const struct sf_facts *facts, struct sf_finding *f)
{
	if (facts->rules_err || !attached(facts))
		return;
	if (facts->rules.nat) {
		sf_say(f, SF_VERDICT_OK, "a chain translates sources");
	} else if (only_watched(facts)) {
		sf_say(f, SF_VERDICT_OK, "no chain translates sources");
	} else {
		sf_say(f, SF_VERDICT_WARN,
		       "no chain translates sources: nothing will be rewritten");
		sf_mend(f, "nft -D wan=%s -f " SHIPPED, uplink(facts));
	}
}

/* Ports for everybody else: above the media range, or below it. */
static void spare_ports(const struct sf_facts *facts, unsigned int *min,
			unsigned int *max)
{
	*min = facts->media_max + 1U;
	*max = UINT16_MAX;
	if (*max < *min + 1024U) {
		*min = 1024;
		*max = facts->media_min - 1U;
	}
}

static void judge_ports(const struct sf_facts *facts, struct sf_finding *f)
{
	const char *chain = facts->rules.overlap;
	unsigned int min, max;

	if (facts->rules_err || !facts->media_min || !facts->rules.nat)
		return;
	if (!*chain) {
		sf_say(f, SF_VERDICT_OK,
		       "translation leaves the media ports %u-%u alone",
		       facts->media_min, facts->media_max);
		return;
	}
	sf_say(f, SF_VERDICT_WARN,
	       "chain '%s' may give away media ports (%u-%u)", chain,
	       facts->media_min, facts->media_max);
	spare_ports(facts, &min, &max);
	if (!strncmp(chain, "iptables ", 9))
		sf_mend(f, "%s -I POSTROUTING -o %s -p udp -j MASQUERADE --to-ports %u-%u",
			"iptables -t nat",
			uplink(facts), min, max);
	else
		sf_mend(f, "nft insert rule %s oifname %s meta l4proto udp masquerade to :%u-%u",
			chain, uplink(facts), min, max);
}

static void judge_local_ports(const struct sf_facts *facts,
			      struct sf_finding *f)
{
	if (facts->local_min < 0 || !facts->media_min)
		return;
	if (facts->local_min > facts->media_max ||
	    facts->local_max < facts->media_min || facts->local_reserved) {
		sf_say(f, SF_VERDICT_OK,
		       "the router's own sockets leave the media ports alone");
		return;
	}
	sf_say(f, SF_VERDICT_WARN,
	       "the router's own sockets may take media ports (%u-%u)",
	       facts->media_min, facts->media_max);
	sf_mend(f, "sysctl -w net.ipv4.ip_local_reserved_ports=%u-%u",
		facts->media_min, facts->media_max);
}

static void judge_forwarding(const struct sf_facts *facts,
			     struct sf_finding *f)
{
	if (facts->forward4 < 0)
		return;
	if (facts->forward4) {
		sf_say(f, SF_VERDICT_OK, "IPv4 is forwarded, IPv6 is%s",
		       facts->forward6 > 0 ? " too" : " not");
	} else {
		sf_say(f, only_watched(facts) ? SF_VERDICT_WARN : SF_VERDICT_FAIL,
		       "IPv4 is not forwarded");
		sf_mend(f, "sysctl -w net.ipv4.ip_forward=1");
	}
}

/* With one way out, answers and questions come the same way. */
static void judge_rp_filter(const struct sf_facts *facts, struct sf_finding *f)
{
	if (!facts->rp_strict || facts->default_routes < 2) {
		sf_say(f, SF_VERDICT_OK,
		       "strict reverse path filters: %u, ways out: %u",
		       facts->rp_strict, facts->default_routes);
		return;
	}
	sf_say(f, SF_VERDICT_WARN,
	       "media may come another way: strict reverse path filters: %u, ways out: %u",
	       facts->rp_strict, facts->default_routes);
	sf_mend(f, "sysctl -w net.ipv4.conf.all.rp_filter=2");
}

static void judge_related(const struct sf_facts *facts, struct sf_finding *f)
{
	const char *chain = facts->rules.blocks;

	if (facts->rules_err)
		return;
	if (!*chain) {
		sf_say(f, SF_VERDICT_OK, "forwarded media is let in");
		return;
	}
	sf_say(f, SF_VERDICT_FAIL,
	       "chain '%s' drops what is related: media does not come in",
	       chain);
	if (!strncmp(chain, "iptables ", 9))
		sf_mend(f, "iptables -I FORWARD -m conntrack --ctstate %s -j ACCEPT",
			"ESTABLISHED,RELATED");
	else
		sf_mend(f, "nft insert rule %s ct state established,related accept",
			chain);
}

static void judge_conntrack(const struct sf_facts *facts, struct sf_finding *f)
{
	long n = facts->conntracks, max = facts->conntrack_max;

	if (n < 0 || max <= 0)
		return;
	sf_say(f, n >= max ? SF_VERDICT_FAIL :
	       n > max / 5 * 4 ? SF_VERDICT_WARN : SF_VERDICT_OK,
	       "%ld connections of %ld at most", n, max);
	if (f->verdict != SF_VERDICT_OK)
		sf_mend(f, "sysctl -w net.netfilter.nf_conntrack_max=%ld",
			2 * max);
}

static void judge_expectations(const struct sf_facts *facts,
			       struct sf_finding *f)
{
	if (facts->expect_max < 0)
		return;
	if (facts->no_expect)
		sf_say(f, SF_VERDICT_WARN,
		       "conntrack had no room for %" PRIu64 " expectations; pinholes served",
		       facts->no_expect);
	else if (facts->expect_max < EXPECT_LOW)
		sf_say(f, SF_VERDICT_WARN, "only %ld expectations fit in conntrack",
		       facts->expect_max);
	else
		sf_say(f, SF_VERDICT_OK, "%ld expectations fit in conntrack",
		       facts->expect_max);
	if (f->verdict == SF_VERDICT_WARN)
		sf_mend(f, "sysctl -w net.netfilter.nf_conntrack_expect_max=%ld",
			facts->expect_max < EXPECT_GOOD ? EXPECT_GOOD :
			2 * facts->expect_max);
}

static void judge_timeouts(const struct sf_facts *facts, struct sf_finding *f)
{
	long plain = facts->udp_timeout, stream = facts->udp_stream;

	if (plain < 0 || stream < 0)
		return;
	if (plain >= UDP_SHORT && stream >= STREAM_SHORT && stream >= plain &&
	    stream <= STREAM_LONG) {
		sf_say(f, SF_VERDICT_OK, "UDP is remembered for %ld s, %ld s when answered",
		       plain, stream);
		return;
	}
	sf_say(f, SF_VERDICT_WARN,
	       "UDP is remembered for %ld s, %ld s when answered: that is too %s",
	       plain, stream, stream > STREAM_LONG ? "long" : "short");
	sf_mend(f, "sysctl -w %s=30 %s=120", CONNTRACK "udp_timeout",
		CONNTRACK "udp_timeout_stream");
}

static void judge_pool(const struct sf_facts *facts, struct sf_finding *f)
{
	if (!facts->ports_short)
		return;
	sf_say(f, SF_VERDICT_FAIL,
	       "%" PRIu64 " media found no free pair of ports from %u to %u",
	       facts->ports_short, facts->media_min, facts->media_max);
	sf_mend(f, "sipfast set media-ports 10000-32767");
}

static const struct {
	const char *name;
	void (*judge)(const struct sf_facts *facts, struct sf_finding *f);
} judges[] = {
	{ "module", judge_module },
	{ "helper", judge_helper },
	{ "packets", judge_packets },
	{ "in-tree", judge_in_tree },
	{ "nat", judge_nat },
	{ "nat-ports", judge_ports },
	{ "local-ports", judge_local_ports },
	{ "media-ports", judge_pool },
	{ "related", judge_related },
	{ "forwarding", judge_forwarding },
	{ "rp-filter", judge_rp_filter },
	{ "conntrack", judge_conntrack },
	{ "expectations", judge_expectations },
	{ "timeouts", judge_timeouts },
};

_Static_assert(ARRAY_SIZE(judges) + 5 <= SF_FINDINGS, "callers have the room");

size_t sf_judge(const struct sf_facts *facts, struct sf_finding *findings)
{
	size_t i, n = 0;

	for (i = 0; i < ARRAY_SIZE(judges); i++) {
		struct sf_finding *f = &findings[n];

		memset(f, 0, sizeof(*f));
		f->name = judges[i].name;
		judges[i].judge(facts, f);
		if (f->verdict != SF_VERDICT_NONE)
			n++;
	}
	return n;
}
