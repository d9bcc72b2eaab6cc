// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * rules_xt.c - the ruleset as iptables-save prints it
 *
 * A line is a table (*raw), a chain with its policy (:FORWARD DROP [0:0]) or a
 * rule (-A FORWARD ... -j ACCEPT).
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../util/escape.h"
#include "rules.h"

#define WORDS	64	/* of a rule that are looked at */

/* The words of a rule; a quoted comment may fall to pieces, that is all. */
struct words {
	char *word[WORDS + 1];
	size_t n;
};

static const struct {
	const char *chain;
	enum sf_hook hook;
} hooks[] = {
	{ "FORWARD", SF_HOOK_FORWARD },
	{ "POSTROUTING", SF_HOOK_POSTROUTING },
	{ "PREROUTING", SF_HOOK_OTHER },
	{ "OUTPUT", SF_HOOK_OTHER },
	{ "INPUT", SF_HOOK_OTHER },
};

static void chain_name(char *buf, const char *table, const char *chain)
{
	char whole[SF_RULES_NAME];

	snprintf(whole, sizeof(whole), "iptables %s %s", table, chain);
	sf_escape(buf, SF_RULES_NAME, whole);
}

static int read_chain(struct sf_rules *rules, const char *table,
		      const struct words *words)
{
	struct sf_rules_chain chain = { 0 };
	size_t i;

	if (words->n < 2)
		return -EBADMSG;
	chain_name(chain.name, table, words->word[0]);
	for (i = 0; i < sizeof(hooks) / sizeof(hooks[0]); i++)
		if (!strcmp(hooks[i].chain, words->word[0]))
			chain.hook = hooks[i].hook;
	chain.nat = !strcmp(table, "nat");
	chain.drop = !strcmp(words->word[1], "DROP");
	return sf_rules_add_chain(rules, &chain);
}

/* The word after an option; "" when the option is not there. */
static const char *value(const struct words *words, const char *option)
{
	size_t i;

	for (i = 0; i + 1 < words->n; i++)
		if (!strcmp(words->word[i], option))
			return words->word[i + 1];
	return "";
}

static bool is_negated(const struct words *words, const char *option)
{
	size_t i;

	for (i = 1; i < words->n; i++)
		if (!strcmp(words->word[i], option))
			return !strcmp(words->word[i - 1], "!");
	return false;
}

/* Matches stand between "-A CHAIN" and "-j TARGET". */
static size_t matches(const struct words *words)
{
	size_t i;

	for (i = 2; i < words->n; i++)
		if (!strcmp(words->word[i], "-j") ||
		    !strcmp(words->word[i], "-g"))
			break;
	return i - 2;
}

static void read_ports(const struct words *words, struct sf_rules_nat *nat)
{
	const char *ports = value(words, "--to-ports");
	const char *source = value(words, "--to-source");
	unsigned int min, max;
	int n;

	if (!*ports && strchr(source, ':'))
		ports = strchr(source, ':') + 1;
	n = sscanf(ports, "%u-%u", &min, &max);
	if (n < 1 || min > UINT16_MAX)
		return;
	nat->min = min;
	nat->max = n == 2 && max <= UINT16_MAX ? max : min;
}

static int read_nat(struct sf_rules *rules, const char *chain,
		    const struct words *words)
{
	const char *out = value(words, "-o"), *protocol = value(words, "-p");
	struct sf_rules_nat nat = { .udp = true };
	size_t plain = 0;

	strcpy(nat.chain, chain);
	if (*out && !is_negated(words, "-o")) {
		sf_escape(nat.out, sizeof(nat.out), out);
		plain += 2;
	}
	if (*protocol) {
		nat.udp = !strcmp(protocol, "udp") != is_negated(words, "-p");
		plain += 2;
	}
	nat.narrow = matches(words) > plain;
	read_ports(words, &nat);
	return sf_rules_add_nat(rules, &nat);
}

static void read_verdict(struct sf_rules *rules, const char *name,
			 const struct words *words, bool accept)
{
	struct sf_rules_chain *chain = sf_rules_find(rules, name);
	const char *state = value(words, "--ctstate");
	bool all = !matches(words);

	if (!chain)
		return;
	if (!*state)
		state = value(words, "--state");
	if (accept && (all || strstr(state, "RELATED") ||
		       strstr(value(words, "--ctstatus"), "EXPECTED") ||
		       *value(words, "--helper")))
		chain->admits = true;
	if (!accept && all && chain->hook != SF_HOOK_NONE)
		chain->drop = true;
}

static int read_attach(struct sf_rules *rules, const char *chain,
		       const struct words *words)
{
	struct sf_rules_attach attach = { .template = true };
	const char *helper = value(words, "--helper");

	if (!*helper)
		return 0;
	strcpy(attach.chain, chain);
	sf_escape(attach.helper, sizeof(attach.helper), helper);
	return sf_rules_add_attach(rules, &attach);
}

static int read_rule(struct sf_rules *rules, const char *table,
		     const struct words *words)
{
	const char *target = value(words, "-j");
	struct sf_rules_jump jump = { 0 };

	if (words->n < 2)
		return -EBADMSG;
	if (!*target)
		target = value(words, "-g");
	chain_name(jump.from, table, words->word[1]);
	chain_name(jump.to, table, target);
	if (!strcmp(target, "CT"))
		return read_attach(rules, jump.from, words);
	if (!strcmp(target, "MASQUERADE") || !strcmp(target, "SNAT"))
		return read_nat(rules, jump.from, words);
	if (!strcmp(target, "ACCEPT") || !strcmp(target, "DROP") ||
	    !strcmp(target, "REJECT"))
		read_verdict(rules, jump.from, words, *target == 'A');
	return *target ? sf_rules_add_jump(rules, &jump) : 0;
}

static void split(char *line, struct words *words)
{
	char *save, *word;

	words->n = 0;
	for (word = strtok_r(line, " ", &save); word && words->n < WORDS;
	     word = strtok_r(NULL, " ", &save))
		words->word[words->n++] = word;
}

static int read_line(struct sf_rules *rules, char *line, char *table,
		     size_t size)
{
	struct words words;

	switch (*line) {
	case '*':
		snprintf(table, size, "%s", line + 1);
		return 0;
	case ':':
		split(line + 1, &words);
		return read_chain(rules, table, &words);
	case '-':
		split(line, &words);
		return strcmp(words.word[0], "-A") ? 0 :
		       read_rule(rules, table, &words);
	}
	return 0;
}

int sf_rules_read_iptables(struct sf_rules *rules, const char *text)
{
	char *copy = strdup(text), *save, *line, table[32] = "";
	int err = 0;

	if (!copy)
		return -ENOMEM;
	for (line = strtok_r(copy, "\n", &save); line && !err;
	     line = strtok_r(NULL, "\n", &save))
		err = read_line(rules, line, table, sizeof(table));
	free(copy);
	return err;
}
