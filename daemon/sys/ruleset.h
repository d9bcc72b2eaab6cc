/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ruleset.h - the ruleset as nft prints it: chains, rules and how often each one
 * matched, sets, and helpers of ours
 *
 * rules.h asks what rules mean; here is what they are, for people.
 */
#ifndef SIPFAST_SYS_RULESET_H
#define SIPFAST_SYS_RULESET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SF_RULESET_NAME	64	/* of a table, a chain or a set, with its NUL */

/**
 * struct sf_ruleset_place - where something is
 * @family: "inet", "ip", ...
 * @table: its table
 * @name: of the chain or the set
 */
struct sf_ruleset_place {
	char family[8];
	char table[SF_RULESET_NAME];
	char name[SF_RULESET_NAME];
};

/**
 * struct sf_ruleset_chain - a chain
 * @place: which
 * @hook: "prerouting", ...; "": other chains jump to it
 * @priority: at the hook
 * @drop: its policy
 */
struct sf_ruleset_chain {
	struct sf_ruleset_place place;
	char hook[16];
	int priority;
	bool drop;
};

/**
 * struct sf_ruleset_rule - a rule
 * @place: its chain
 * @handle: its number in the table
 * @text: what it says, without its counter; the ruleset's
 * @counted: it has a counter
 * @packets: that matched; with @counted
 * @bytes: of those
 */
struct sf_ruleset_rule {
	struct sf_ruleset_place place;
	uint64_t handle;
	char *text;
	bool counted;
	uint64_t packets;
	uint64_t bytes;
};

/**
 * struct sf_ruleset_set - a set or a map
 * @place: which
 * @elements: how many it has
 */
struct sf_ruleset_set {
	struct sf_ruleset_place place;
	size_t elements;
};

/**
 * struct sf_ruleset - all of it, in nft's order
 * @chain: @nchains of them
 * @rule: @nrules of them; those of a chain are together
 * @set: @nsets of them
 * @helper: tables that define helpers of ours: @nhelpers of these, without names
 */
struct sf_ruleset {
	struct sf_ruleset_chain *chain;
	struct sf_ruleset_rule *rule;
	struct sf_ruleset_set *set;
	struct sf_ruleset_place *helper;
	size_t nchains;
	size_t nrules;
	size_t nsets;
	size_t nhelpers;
};

/**
 * sf_ruleset_read() - read what "nft -a -y list ruleset" printed
 * @ruleset: for sf_ruleset_free(), also after an error
 *
 * Return: 0, -EBADMSG for what is no ruleset, -ENOMEM.
 */
int sf_ruleset_read(struct sf_ruleset *ruleset, const char *text);
void sf_ruleset_free(struct sf_ruleset *ruleset);

bool sf_ruleset_same(const struct sf_ruleset_place *a,
		     const struct sf_ruleset_place *b);

/* The chain of a rule; NULL when nft did not show it. */
const struct sf_ruleset_chain *
sf_ruleset_chain(const struct sf_ruleset *ruleset,
		 const struct sf_ruleset_place *place);

/* The rule of that chain with that number, or NULL. */
const struct sf_ruleset_rule *
sf_ruleset_rule(const struct sf_ruleset *ruleset,
		const struct sf_ruleset_place *chain, uint64_t handle);

#endif /* SIPFAST_SYS_RULESET_H */
