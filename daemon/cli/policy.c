// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * policy.c - sipfast policy: rules that meet SIP, and how often each one matched
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include <linux/sipfast.h>

#include "../sys/ruleset.h"
#include "../sys/world.h"
#include "json.h"
#include "mem.h"
#include "policy.h"
#include "table.h"
#include "text.h"

#define START	"nft -D wan=WAN -f /usr/share/sipfast/sipfast.nft"

/**
 * struct policy - what there is to show
 * @ruleset: all of it
 * @all: also tables that have nothing to do with SIP
 * @mask: of the marks
 */
struct policy {
	struct sf_ruleset ruleset;
	bool all;
	uint32_t mask;
};

static int take_mask(const struct sf_info *info, void *arg)
{
	if (info->kind == SIPFAST_A_CONFIG)
		*(uint32_t *)arg = info->config.mark_mask;
	return 0;
}

uint32_t sf_policy_mask(void)
{
	struct sf_kernel *kernel;
	uint32_t mask = 0;

	if (sf_kernel_open(&kernel))
		return 0;
	sf_kernel_get(kernel, SIPFAST_CMD_GET_CONFIG, take_mask, &mask);
	sf_kernel_close(kernel);
	return mask;
}

static bool same_table(const struct sf_ruleset_place *a,
		       const struct sf_ruleset_place *b)
{
	return !strcmp(a->table, b->table) && !strcmp(a->family, b->family);
}

/*
 * Ours, or one that defines a helper of ours, which may have any name there, or
 * that has a rule which names what is ours.
 */
static bool is_shown(const struct policy *policy,
		     const struct sf_ruleset_place *place)
{
	const struct sf_ruleset *ruleset = &policy->ruleset;
	size_t i;

	if (policy->all || !strcmp(place->table, "sipfast"))
		return true;
	for (i = 0; i < ruleset->nhelpers; i++)
		if (same_table(&ruleset->helper[i], place))
			return true;
	for (i = 0; i < ruleset->nrules; i++)
		if (same_table(&ruleset->rule[i].place, place) &&
		    strstr(ruleset->rule[i].text, "sipfast"))
			return true;
	return false;
}

static bool looks_at_marks(const struct sf_ruleset_rule *rule)
{
	return strstr(rule->text, "meta mark &");
}

/* What keeps a chain's rules from seeing marks, or NULL. */
static const char *blind(const struct policy *policy,
			 const struct sf_ruleset_chain *chain)
{
	const struct sf_ruleset *ruleset = &policy->ruleset;
	bool looks = false;
	size_t i;

	for (i = 0; i < ruleset->nrules; i++)
		looks |= sf_ruleset_same(&ruleset->rule[i].place, &chain->place) &&
			 looks_at_marks(&ruleset->rule[i]);
	if (!looks)
		return NULL;
	if (!policy->mask)
		return "nothing writes marks: sipfast set mark-mask 0x3fff0000";
	if ((!strcmp(chain->hook, "prerouting") || !strcmp(chain->hook, "output")) &&
	    chain->priority <= SF_MARK_PRIORITY)
		return "too early to see marks: its priority has to be above -180";
	return NULL;
}

static void print_rules(struct sf_cli *cli, const struct policy *policy,
			const struct sf_ruleset_chain *chain)
{
	static const struct sf_column columns[] = {
		{ "PACKETS", true, SF_FIT_KEEP }, { "BYTES", true, SF_FIT_KEEP },
		{ "RULE", false, SF_FIT_KEEP },
	};
	const struct sf_ruleset *ruleset = &policy->ruleset;
	struct sf_table table = SF_TABLE(columns);
	char bytes[SF_TEXT_LEN], *safe;
	size_t i;

	for (i = 0; i < ruleset->nrules; i++) {
		const struct sf_ruleset_rule *rule = &ruleset->rule[i];

		if (!sf_ruleset_same(&rule->place, &chain->place))
			continue;
		if (rule->counted) {
			sf_table_add(&table, "%" PRIu64, rule->packets);
			sf_table_add(&table, "%s", sf_text_bytes(rule->bytes, bytes));
		} else {
			sf_table_add(&table, "-");
			sf_table_add(&table, "-");
		}
		safe = sf_mem_escape(rule->text);
		sf_table_add(&table, "%s", safe);
		free(safe);
	}
	if (table.ncells)
		sf_table_print(&table, cli);
}

static void print_chain(struct sf_cli *cli, const struct policy *policy,
			const struct sf_ruleset_chain *chain)
{
	const struct sf_ruleset_place *place = &chain->place;
	const char *why = blind(policy, chain);

	fprintf(cli->out, "\n%s%s %s %s%s  ", sf_color(cli, SF_COLOR_HEAD),
		place->family, place->table, place->name,
		sf_color(cli, SF_COLOR_OFF));
	if (*chain->hook)
		fprintf(cli->out, "%s, priority %d, policy %s\n", chain->hook,
			chain->priority, chain->drop ? "drop" : "accept");
	else
		fputs("other chains jump here\n", cli->out);
	if (why)
		fprintf(cli->out, "%s%s%s\n", sf_color(cli, SF_COLOR_WARN), why,
			sf_color(cli, SF_COLOR_OFF));
	print_rules(cli, policy, chain);
}

static void print_sets(struct sf_cli *cli, const struct policy *policy)
{
	static const struct sf_column columns[] = {
		{ "SET", false, SF_FIT_KEEP }, { "ELEMENTS", true, SF_FIT_KEEP },
	};
	const struct sf_ruleset *ruleset = &policy->ruleset;
	struct sf_table table = SF_TABLE(columns);
	size_t i;

	for (i = 0; i < ruleset->nsets; i++) {
		const struct sf_ruleset_place *place = &ruleset->set[i].place;

		if (!is_shown(policy, place))
			continue;
		sf_table_add(&table, "%s %s %s", place->family, place->table,
			     place->name);
		sf_table_add(&table, "%zu", ruleset->set[i].elements);
	}
	if (!table.ncells)
		return;
	fputc('\n', cli->out);
	sf_table_print(&table, cli);
}

static void print_text(struct sf_cli *cli, const struct policy *policy)
{
	bool any = false;
	size_t i;

	if (policy->mask)
		fprintf(cli->out, "mark-mask 0x%08" PRIx32
			": rules see marks from priority %d on.\n",
			policy->mask, SF_MARK_PRIORITY + 1);
	else
		fputs("Rules see no marks: mark-mask is 0, or the module is not loaded.\n",
		      cli->out);
	for (i = 0; i < policy->ruleset.nchains; i++) {
		const struct sf_ruleset_chain *chain = &policy->ruleset.chain[i];

		if (!is_shown(policy, &chain->place))
			continue;
		any = true;
		print_chain(cli, policy, chain);
	}
	print_sets(cli, policy);
	if (!any)
		fputs("No rules meet SIP here. A start: " START "\n", cli->out);
}

static json_t *json_place(const struct sf_ruleset_place *place)
{
	json_t *o = sf_json_object();

	sf_json_set(o, "family", sf_json_text(place->family));
	sf_json_set(o, "table", sf_json_text(place->table));
	sf_json_set(o, "name", sf_json_text(place->name));
	return o;
}

static json_t *json_rules(const struct policy *policy,
			  const struct sf_ruleset_chain *chain)
{
	json_t *list = sf_mem_check(json_array());
	size_t i;

	for (i = 0; i < policy->ruleset.nrules; i++) {
		const struct sf_ruleset_rule *rule = &policy->ruleset.rule[i];
		json_t *o;

		if (!sf_ruleset_same(&rule->place, &chain->place))
			continue;
		o = sf_json_object();
		sf_json_number(o, "handle", true, rule->handle);
		sf_json_set(o, "rule", sf_json_text(rule->text));
		sf_json_number(o, "packets", rule->counted, rule->packets);
		sf_json_number(o, "bytes", rule->counted, rule->bytes);
		sf_json_append(list, o);
	}
	return list;
}

static json_t *json_chain(const struct policy *policy,
			  const struct sf_ruleset_chain *chain)
{
	json_t *o = json_place(&chain->place);
	const char *why = blind(policy, chain);

	if (*chain->hook) {
		sf_json_set(o, "hook", sf_json_text(chain->hook));
		sf_json_set(o, "priority", sf_mem_check(json_integer(chain->priority)));
		sf_json_set(o, "policy", sf_json_text(chain->drop ? "drop" : "accept"));
	}
	if (why)
		sf_json_set(o, "warning", sf_json_text(why));
	sf_json_set(o, "rules", json_rules(policy, chain));
	return o;
}

static void print_json(struct sf_cli *cli, const struct policy *policy)
{
	json_t *o = sf_json_object(), *chains = sf_mem_check(json_array());
	json_t *sets = sf_mem_check(json_array()), *set;
	size_t i;

	for (i = 0; i < policy->ruleset.nchains; i++)
		if (is_shown(policy, &policy->ruleset.chain[i].place))
			sf_json_append(chains, json_chain(policy,
							  &policy->ruleset.chain[i]));
	for (i = 0; i < policy->ruleset.nsets; i++) {
		if (!is_shown(policy, &policy->ruleset.set[i].place))
			continue;
		set = json_place(&policy->ruleset.set[i].place);
		sf_json_number(set, "elements", true, policy->ruleset.set[i].elements);
		sf_json_append(sets, set);
	}
	sf_json_number(o, "mark_mask", true, policy->mask);
	sf_json_set(o, "chains", chains);
	sf_json_set(o, "sets", sets);
	sf_json_print(cli, o, false);
}

static int read_rules(struct sf_cli *cli, struct sf_ruleset *ruleset)
{
	static const char *const argv[] = { "nft", "-a", "-y", "list", "ruleset", NULL };
	char *text;
	int err = sf_world_here.run(argv, &text);

	if (err == -ENOENT)
		return sf_cli_error(cli, "there is no nft: apt-get install nftables");
	if (err)
		return sf_cli_error(cli, "nft does not list the rules: is this root?");
	err = sf_ruleset_read(ruleset, text);
	free(text);
	return err ? sf_cli_error(cli, "what nft lists cannot be read") : SF_EXIT_OK;
}

static int policy_run(struct sf_cli *cli, int argc, char **argv)
{
	static const struct option options[] = {
		{ "all", no_argument, NULL, 'a' },
		{ 0 },
	};
	struct policy policy = { 0 };
	int c, status;

	while ((c = sf_cli_option(cli, argc, argv, "a", options)) > 0)
		policy.all = true;
	if (c < 0)
		return cli->status;
	if (optind < argc && !strcmp(argv[optind], "test"))
		return sf_policy_test(cli, argc - optind - 1, argv + optind + 1);
	if (optind < argc)
		return sf_cli_usage(cli, "policy takes 'test', or no arguments");
	status = read_rules(cli, &policy.ruleset);
	if (!status) {
		policy.mask = sf_policy_mask();
		(cli->json ? print_json : print_text)(cli, &policy);
	}
	sf_ruleset_free(&policy.ruleset);
	return status;
}

const struct sf_command sf_cmd_policy = {
	.name = "policy",
	.usage = "policy [-a]\n"
		 "       sipfast policy test METHOD from ADDRESS[:PORT] [to ADDRESS[:PORT]]\n"
		 "               [in INTERFACE] [over udp|tcp] [with sdp] [in-dialog]",
	.summary = "show rules that meet SIP, or try a packet on them",
	.help = "  -a, --all  all tables, not only those that concern SIP\n\n"
		"test sends such a request through a copy of the rules, in a network namespace\n"
		"of its own, and says which of them decided. Exit status: 0 it passes, 1 it is\n"
		"dropped, 2 it cannot be tested.\n",
	.run = policy_run,
};
