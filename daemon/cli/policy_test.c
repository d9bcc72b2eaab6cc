// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * policy_test.c - sipfast policy test: what the rules make of a packet
 *
 * It goes through a copy of them (scratch.h), and nf_tables tells where it came
 * by. What a copy cannot have is said.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../sys/nftrace.h"
#include "../sys/scratch.h"
#include "json.h"
#include "mem.h"
#include "policy.h"

#define EVENTS		256	/* of one packet; rulesets do not loop */
#define PATIENCE_MS	500	/* for the next of them */
#define EXIT_DROPPED	SF_EXIT_FAILURE
#define EXIT_UNTESTED	SF_EXIT_USAGE

/**
 * struct outcome - what became of the packet
 * @event: what it met, @n of them
 * @decided: the one that ended its way; NULL: none did
 * @arrived: "input" or "postrouting", where it came out; NULL: nowhere
 */
struct outcome {
	struct sf_nftrace_event event[EVENTS];
	size_t n;
	const struct sf_nftrace_event *decided;
	const char *arrived;
};

/* All the arguments as words; the caller frees @text. */
static int split(int argc, char **argv, char **words, int max, char **text)
{
	size_t size;
	FILE *out = open_memstream(text, &size);
	char *rest, *word;
	int i, n = 0;

	sf_mem_check(out);
	for (i = 0; i < argc; i++)
		fprintf(out, "%s ", argv[i]);
	fclose(out);
	rest = *text;
	while ((word = strsep(&rest, " \t")) && n < max)
		if (*word)
			words[n++] = word;
	return n;
}

static bool is_ours(const struct sf_nftrace_event *event)
{
	return !strcmp(event->chain.table, SF_SCRATCH_TABLE);
}

static void take_event(struct outcome *outcome, const struct sf_nftrace_event *event)
{
	struct sf_nftrace_event *at = &outcome->event[outcome->n];

	if (is_ours(event)) {
		if (!strcmp(event->chain.name, "input"))
			outcome->arrived = "input";
		else if (!strcmp(event->chain.name, "postrouting"))
			outcome->arrived = "postrouting";
		return;
	}
	*at = *event;
	if (event->verdict == SF_NFTRACE_DROPPED || event->verdict == SF_NFTRACE_TAKEN)
		outcome->decided = at;
	outcome->n++;
}

static int send_it(const struct sf_policy_order *order, struct outcome *outcome)
{
	struct sf_nftrace_event event;
	struct sf_nftrace *trace;
	char request[SF_PROBE_MAX];
	uint8_t frame[SF_PROBE_FRAME];
	/* What begins a TCP connection carries none of it. */
	size_t len = sf_policy_request(order, request, sizeof(request));
	int err = len ? sf_nftrace_open(&trace) : -EMSGSIZE;

	if (err)
		return err;
	len = sf_probe_write(&order->probe, frame, request, len);
	err = sf_probe_send(SF_SCRATCH_WIRE, frame, len);
	while (!err && outcome->n < EVENTS && !outcome->decided && !outcome->arrived &&
	       sf_nftrace_read(trace, PATIENCE_MS, &event) > 0)
		take_event(outcome, &event);
	sf_nftrace_close(trace);
	return err;
}

/* What a copy cannot have, and what of it matters to this packet. */
static size_t caveats(const struct sf_scratch *scratch, bool tcp, uint32_t mask,
		      const char **list)
{
	size_t n = 0;

	if (*scratch->left_out)
		list[n++] = scratch->left_out;
	if (scratch->bridge)
		list[n++] = "rules for bridges are not met, for there are none";
	if (mask && !scratch->marks)
		list[n++] = "the module gives no marks there";
	if (scratch->marks)
		list[n++] = "no call or registration is there: marks lack these flags";
	if (tcp)
		list[n++] = "the packet begins a connection: no SIP is in it yet";
	list[n++] = "counters, limits and connections begin anew there";
	return n;
}

static const char *verdict_of(const struct outcome *outcome)
{
	if (outcome->decided)
		return outcome->decided->verdict == SF_NFTRACE_DROPPED ? "dropped" :
									 "queued";
	return outcome->arrived ? "accepted" : "lost";
}

static const char *meaning(const struct outcome *outcome)
{
	if (outcome->decided)
		return NULL;
	if (!outcome->arrived)
		return "no rule dropped it: no route, no forwarding, or rp_filter";
	return !strcmp(outcome->arrived, "input") ? "for the router itself" : "forwarded";
}

/* Its rule, or the policy of its chain. */
static char *text_of(const struct sf_ruleset *ruleset,
		     const struct sf_nftrace_event *event)
{
	const struct sf_ruleset_rule *rule;

	if (!event->handle)
		return sf_mem_dup(event->verdict == SF_NFTRACE_DROPPED ?
				  "policy drop" : "policy accept");
	rule = sf_ruleset_rule(ruleset, &event->chain, event->handle);
	return sf_mem_escape(rule ? rule->text : "a rule that nft does not list");
}

static void print_event(struct sf_cli *cli, const struct sf_ruleset *ruleset,
			const struct sf_nftrace_event *event, bool decided)
{
	char *text = text_of(ruleset, event);

	fprintf(cli->out, "  %s%s %s %s%s  %s\n",
		sf_color(cli, decided ? SF_COLOR_BAD : SF_COLOR_LABEL),
		event->chain.family, event->chain.table, event->chain.name,
		sf_color(cli, SF_COLOR_OFF), text);
	free(text);
}

static void print_text(struct sf_cli *cli, const struct sf_policy_order *order,
		       const struct outcome *outcome, const struct sf_ruleset *ruleset,
		       const char **list, size_t n)
{
	const struct sf_probe *probe = &order->probe;
	char from[SF_PROBE_END_TEXT], to[SF_PROBE_END_TEXT];
	const char *more = meaning(outcome);
	size_t i;

	fprintf(cli->out, "%s from %s to %s over %s, in by %s: %s%s%s%s%s\n",
		order->method, sf_probe_end_text(&probe->from, from),
		sf_probe_end_text(&probe->to, to), probe->tcp ? "TCP" : "UDP", probe->dev,
		sf_color(cli, outcome->arrived ? SF_COLOR_GOOD : SF_COLOR_BAD),
		verdict_of(outcome), sf_color(cli, SF_COLOR_OFF), more ? ", " : "",
		more ? more : "");
	for (i = 0; i < outcome->n; i++)
		print_event(cli, ruleset, &outcome->event[i],
			    outcome->decided == &outcome->event[i]);
	for (i = 0; i < n; i++)
		fprintf(cli->out, "%sNot as here:%s %s.\n", sf_color(cli, SF_COLOR_DIM),
			sf_color(cli, SF_COLOR_OFF), list[i]);
}

static json_t *json_event(const struct sf_ruleset *ruleset,
			  const struct sf_nftrace_event *event)
{
	char *text = text_of(ruleset, event);
	json_t *o = sf_json_object();

	sf_json_set(o, "family", sf_json_text(event->chain.family));
	sf_json_set(o, "table", sf_json_text(event->chain.table));
	sf_json_set(o, "chain", sf_json_text(event->chain.name));
	sf_json_number(o, "handle", event->handle, event->handle);
	sf_json_set(o, "rule", sf_json_text(text));
	free(text);
	return o;
}

static void print_json(struct sf_cli *cli, const struct sf_policy_order *order,
		       const struct outcome *outcome, const struct sf_ruleset *ruleset,
		       const char **list, size_t n)
{
	const struct sf_probe *probe = &order->probe;
	char from[SF_PROBE_END_TEXT], to[SF_PROBE_END_TEXT];
	json_t *o = sf_json_object(), *events = sf_mem_check(json_array());
	json_t *notes = sf_mem_check(json_array());
	size_t i;

	sf_json_set(o, "method", sf_json_text(order->method));
	sf_json_set(o, "from", sf_json_text(sf_probe_end_text(&probe->from, from)));
	sf_json_set(o, "to", sf_json_text(sf_probe_end_text(&probe->to, to)));
	sf_json_set(o, "over", sf_json_text(probe->tcp ? "tcp" : "udp"));
	sf_json_set(o, "in", sf_json_text(probe->dev));
	sf_json_set(o, "verdict", sf_json_text(verdict_of(outcome)));
	if (outcome->decided)
		sf_json_set(o, "decided", json_event(ruleset, outcome->decided));
	if (outcome->arrived)
		sf_json_set(o, "arrived", sf_json_text(outcome->arrived));
	for (i = 0; i < outcome->n; i++)
		sf_json_append(events, json_event(ruleset, &outcome->event[i]));
	for (i = 0; i < n; i++)
		sf_json_append(notes, sf_json_text(list[i]));
	sf_json_set(o, "met", events);
	sf_json_set(o, "not_as_here", notes);
	sf_json_print(cli, o, false);
}

/* As the copy numbers them. */
static void read_copy(struct sf_ruleset *ruleset)
{
	static const char *const argv[] = { "nft", "-a", "-y", "list", "ruleset", NULL };
	char *text;

	memset(ruleset, 0, sizeof(*ruleset));
	if (sf_world_here.run(argv, &text))
		return;
	sf_ruleset_read(ruleset, text);
	free(text);
}

static int untested(struct sf_cli *cli, const char *why)
{
	char *safe = sf_mem_escape(why);

	sf_cli_error(cli, "it cannot be tested: %s", safe);
	free(safe);
	return EXIT_UNTESTED;
}

static int try(struct sf_cli *cli, struct sf_policy_order *order)
{
	struct sf_probe *probe = &order->probe;
	struct outcome outcome = { .n = 0 };
	struct sf_scratch scratch = { .why = "" };
	struct sf_ruleset ruleset;
	const char *list[8];
	uint32_t mask;
	size_t n;
	int err = sf_scratch_complete(&scratch, &sf_world_here, probe);

	if (err)
		return untested(cli, scratch.why);
	mask = sf_policy_mask();
	err = sf_scratch_enter(&scratch, &sf_world_here, probe, mask);
	if (err)
		return untested(cli, *scratch.why ? scratch.why : strerror(-err));
	read_copy(&ruleset);
	err = send_it(order, &outcome);
	if (!err) {
		n = caveats(&scratch, probe->tcp, mask, list);
		(cli->json ? print_json : print_text)(cli, order, &outcome, &ruleset,
						      list, n);
	}
	sf_ruleset_free(&ruleset);
	if (err)
		return untested(cli, strerror(-err));
	return outcome.arrived ? SF_EXIT_OK : EXIT_DROPPED;
}

int sf_policy_test(struct sf_cli *cli, int argc, char **argv)
{
	struct sf_policy_order order;
	char *words[32], *text, *safe;
	const char *why;
	int n = split(argc, argv, words, 32, &text), status;

	if (sf_policy_order(words, n, &order, &why)) {
		status = try(cli, &order);
	} else {
		safe = sf_mem_escape(why);
		status = sf_cli_usage(cli, "policy test: '%s'", safe);
		free(safe);
	}
	free(text);
	return status;
}
