// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * rules_nft.c - the ruleset as nft prints it in JSON
 *
 * libnftables-json(5) has the form. Names are escaped by nobody: they go
 * through sf_escape(), because they will be printed.
 */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../util/escape.h"
#include "rules.h"

#define CONNTRACK_PRIO	(-200)	/* NF_IP_PRI_CONNTRACK */

/* What is known about the rule that is being read. */
struct rule {
	struct sf_rules *rules;
	const json_t *list;	/* the whole ruleset */
	const char *family;
	const char *table;
	char chain[SF_RULES_NAME];
	struct sf_rules_nat nat;
	bool matches;		/* it is not for every packet */
	bool related;		/* it is for related ones, among others */
};

static const char *text(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	return value ? value : "";
}

static void chain_name(char *buf, const char *family, const char *table,
		       const char *chain)
{
	char whole[SF_RULES_NAME];

	snprintf(whole, sizeof(whole), "%s %s %s", family, table, chain);
	sf_escape(buf, SF_RULES_NAME, whole);
}

static bool is_ip(const char *family)
{
	return !strcmp(family, "ip") || !strcmp(family, "ip6") ||
	       !strcmp(family, "inet");
}

/* Does a string stand anywhere in a value? */
static bool holds(const json_t *value, const char *word)
{
	const json_t *inner;
	const char *key;
	size_t i;

	if (json_is_string(value))
		return !strcmp(json_string_value(value), word);
	json_array_foreach(value, i, inner)
		if (holds(inner, word))
			return true;
	json_object_foreach((json_t *)value, key, inner)
		if (holds(inner, word))
			return true;
	return false;
}

static enum sf_hook hook_of(const json_t *chain)
{
	json_int_t prio = json_integer_value(json_object_get(chain, "prio"));
	const char *hook = text(chain, "hook");

	if (!*hook)
		return SF_HOOK_NONE;
	if (!strcmp(hook, "forward"))
		return SF_HOOK_FORWARD;
	if (!strcmp(hook, "postrouting"))
		return SF_HOOK_POSTROUTING;
	if (prio <= CONNTRACK_PRIO &&
	    (!strcmp(hook, "prerouting") || !strcmp(hook, "output")))
		return SF_HOOK_EARLY;
	return !strcmp(hook, "ingress") || !strcmp(hook, "egress") ?
	       SF_HOOK_EARLY : SF_HOOK_OTHER;
}

static int read_chain(struct sf_rules *rules, const json_t *o)
{
	struct sf_rules_chain chain = { 0 };

	if (!is_ip(text(o, "family")))
		return 0;
	chain_name(chain.name, text(o, "family"), text(o, "table"),
		   text(o, "name"));
	chain.hook = hook_of(o);
	chain.nat = !strcmp(text(o, "type"), "nat");
	chain.drop = !strcmp(text(o, "policy"), "drop");
	return sf_rules_add_chain(rules, &chain);
}

/* The numbers that a comparison leaves of all ports. */
static bool port_span(const json_t *right, long *min, long *max)
{
	const json_t *range = json_object_get(right, "range");

	if (json_is_integer(right)) {
		*min = *max = json_integer_value(right);
		return true;
	}
	if (json_array_size(range) != 2)
		return false;
	*min = json_integer_value(json_array_get(range, 0));
	*max = json_integer_value(json_array_get(range, 1));
	return true;
}

static void match_protocol(struct rule *rule, const char *op,
			   const json_t *right)
{
	rule->nat.udp = !strcmp(op, "==") ? holds(right, "udp") :
					    !holds(right, "udp");
	rule->matches = true;
}

static void match_payload(struct rule *rule, const char *op,
			  const json_t *payload, const json_t *right)
{
	const char *protocol = text(payload, "protocol");
	const char *field = text(payload, "field");

	if (!strcmp(field, "protocol") || !strcmp(field, "nexthdr")) {
		match_protocol(rule, op, right);
		return;
	}
	if (!strcmp(protocol, "tcp") || !strcmp(protocol, "icmp") ||
	    !strcmp(protocol, "icmpv6") || !strcmp(protocol, "sctp"))
		rule->nat.udp = false;
	rule->nat.narrow = true;
	rule->matches = true;
}

static void match_meta(struct rule *rule, const char *op, const char *key,
		       const json_t *right)
{
	char *out;

	rule->matches = true;
	if (!strcmp(key, "l4proto")) {
		match_protocol(rule, op, right);
	} else if ((!strcmp(key, "oifname") || !strcmp(key, "oif")) &&
		   !strcmp(op, "==")) {
		out = json_dumps(right, JSON_ENCODE_ANY | JSON_SORT_KEYS);
		snprintf(rule->nat.out, sizeof(rule->nat.out), "%s",
			 out ? out : "?");
		free(out);
	} else {
		rule->nat.narrow = true;
	}
}

static void match_ct(struct rule *rule, const char *op, const char *key,
		     const json_t *right)
{
	bool is = !strcmp(op, "==") || !strcmp(op, "in");

	rule->matches = true;
	rule->nat.narrow = true;
	if ((!strcmp(key, "state") && is && holds(right, "related")) ||
	    (!strcmp(key, "status") && is && holds(right, "expected")) ||
	    !strcmp(key, "helper"))
		rule->related = true;
}

static void read_match(struct rule *rule, const json_t *match)
{
	const json_t *left = json_object_get(match, "left");
	const json_t *right = json_object_get(match, "right");
	const json_t *meta = json_object_get(left, "meta");
	const json_t *ct = json_object_get(left, "ct");
	const json_t *payload = json_object_get(left, "payload");
	const char *op = text(match, "op");

	if (meta) {
		match_meta(rule, op, text(meta, "key"), right);
	} else if (ct) {
		match_ct(rule, op, text(ct, "key"), right);
	} else if (payload) {
		match_payload(rule, op, payload, right);
	} else {
		rule->matches = true;
		rule->nat.narrow = true;
	}
}

/* Names of chains stand in "jump" and "goto", wherever a verdict may. */
static int read_jumps(struct rule *rule, const json_t *value)
{
	const json_t *inner;
	const char *key;
	int err = 0;
	size_t i;

	json_array_foreach(value, i, inner)
		if (!err)
			err = read_jumps(rule, inner);
	json_object_foreach((json_t *)value, key, inner) {
		struct sf_rules_jump jump = { 0 };

		if (err)
			break;
		if (strcmp(key, "jump") && strcmp(key, "goto")) {
			err = read_jumps(rule, inner);
			continue;
		}
		strcpy(jump.from, rule->chain);
		chain_name(jump.to, rule->family, rule->table,
			   text(inner, "target"));
		err = sf_rules_add_jump(rule->rules, &jump);
	}
	return err;
}

/*
 * A verdict map: by the state of the connection, or by something else. What a
 * named map holds is not told.
 */
static void read_vmap(struct rule *rule, const json_t *vmap)
{
	const json_t *key = json_object_get(vmap, "key");
	const json_t *data = json_object_get(vmap, "data");
	struct sf_rules_chain *chain;
	const json_t *pair;
	size_t i;

	rule->matches = true;
	chain = sf_rules_find(rule->rules, rule->chain);
	if (!chain)
		return;
	if (json_is_string(data)) {
		chain->admits = true;
		return;
	}
	if (strcmp(text(json_object_get(key, "ct"), "key"), "state"))
		return;
	json_array_foreach(json_object_get(data, "set"), i, pair)
		if (holds(json_array_get(pair, 0), "related") &&
		    json_object_get(json_array_get(pair, 1), "accept"))
			chain->admits = true;
}

static int attach(struct rule *rule, const char *helper)
{
	struct sf_rules_attach entry = { 0 };

	strcpy(entry.chain, rule->chain);
	sf_escape(entry.helper, sizeof(entry.helper), helper);
	return sf_rules_add_attach(rule->rules, &entry);
}

/* The types of the objects that an expression names: one, or those of a map. */
static int read_helper(struct rule *rule, const json_t *expr)
{
	const json_t *entry, *object;
	int err = 0;
	size_t i;

	json_array_foreach(rule->list, i, entry) {
		object = json_object_get(entry, "ct helper");
		if (!err && object &&
		    !strcmp(text(object, "family"), rule->family) &&
		    !strcmp(text(object, "table"), rule->table) &&
		    holds(expr, text(object, "name")))
			err = attach(rule, text(object, "type"));
	}
	return err;
}

static int read_nat(struct rule *rule, const json_t *nat)
{
	long min, max;

	if (port_span(json_object_get(nat, "port"), &min, &max)) {
		rule->nat.min = min;
		rule->nat.max = max;
	}
	strcpy(rule->nat.chain, rule->chain);
	return sf_rules_add_nat(rule->rules, &rule->nat);
}

static void read_verdict(struct rule *rule, bool accept)
{
	struct sf_rules_chain *chain = sf_rules_find(rule->rules, rule->chain);

	if (!chain)
		return;
	if (accept && (rule->related || !rule->matches))
		chain->admits = true;
	/* The policy of a chain that has a hook; the end of one that has not. */
	if (!accept && !rule->matches && chain->hook != SF_HOOK_NONE)
		chain->drop = true;
}

static int read_expr(struct rule *rule, const json_t *expr)
{
	const json_t *value;
	const char *key;
	int err = 0;

	json_object_foreach((json_t *)expr, key, value) {
		if (!strcmp(key, "match"))
			read_match(rule, value);
		else if (!strcmp(key, "vmap"))
			read_vmap(rule, value);
		else if (!strcmp(key, "ct helper"))
			err = read_helper(rule, value);
		else if (!strcmp(key, "masquerade") || !strcmp(key, "snat"))
			err = read_nat(rule, value);
		else if (!strcmp(key, "accept"))
			read_verdict(rule, true);
		else if (!strcmp(key, "drop") || !strcmp(key, "reject"))
			read_verdict(rule, false);
		else if (!strcmp(key, "limit"))
			rule->matches = true;
	}
	return err;
}

static int read_rule(struct sf_rules *rules, const json_t *list,
		     const json_t *o)
{
	struct rule rule = {
		.rules = rules,
		.list = list,
		.family = text(o, "family"),
		.table = text(o, "table"),
		.nat.udp = true,
	};
	const json_t *exprs = json_object_get(o, "expr"), *expr;
	int err = 0;
	size_t i;

	if (!is_ip(rule.family))
		return 0;
	chain_name(rule.chain, rule.family, rule.table, text(o, "chain"));
	json_array_foreach(exprs, i, expr)
		if (!err)
			err = read_expr(&rule, expr);
	return err ? err : read_jumps(&rule, exprs);
}

/* Names of tables, as keys of an object. */
static void table_key(char *buf, size_t size, const json_t *o)
{
	snprintf(buf, size, "%s %s", text(o, "family"), text(o, "table"));
}

/* The tables with rules that only iptables can read. */
static json_t *foreign_tables(const json_t *list)
{
	json_t *tables = json_object();
	const json_t *entry, *rule, *expr;
	char key[SF_RULES_NAME];
	size_t i, j;

	json_array_foreach(list, i, entry) {
		rule = json_object_get(entry, "rule");
		json_array_foreach(json_object_get(rule, "expr"), j, expr) {
			if (!json_object_get(expr, "xt"))
				continue;
			table_key(key, sizeof(key), rule);
			json_object_set_new(tables, key, json_true());
		}
	}
	return tables;
}

/* The object of this kind that an entry of the list is, if it is ours to read. */
static const json_t *object(const json_t *entry, const char *kind,
			    const json_t *foreign)
{
	const json_t *o = json_object_get(entry, kind);
	char key[SF_RULES_NAME];

	table_key(key, sizeof(key), o);
	return json_object_get(foreign, key) ? NULL : o;
}

static int read_list(struct sf_rules *rules, const json_t *list,
		     const json_t *foreign)
{
	const json_t *entry, *o;
	int err = 0;
	size_t i;

	json_array_foreach(list, i, entry) {
		o = object(entry, "chain", foreign);
		if (o && !err)
			err = read_chain(rules, o);
		o = object(entry, "ct helper", foreign);
		if (o && !strncmp(text(o, "type"), "sipfast", 7))
			sf_rules_add_object(rules);
	}
	json_array_foreach(list, i, entry) {
		o = object(entry, "rule", foreign);
		if (o && !err)
			err = read_rule(rules, list, o);
	}
	return err;
}

int sf_rules_read_nft(struct sf_rules *rules, const char *nft)
{
	json_t *root = json_loads(nft, 0, NULL);
	json_t *list = json_object_get(root, "nftables");
	json_t *foreign = foreign_tables(list);
	int err = -EBADMSG;

	if (json_object_size(foreign))
		sf_rules_add_foreign(rules);
	if (json_is_array(list))
		err = read_list(rules, list, foreign);
	json_decref(foreign);
	json_decref(root);
	return err;
}
