// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * rules.c - what the administrator's rules mean for SIP
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rules.h"

/* Entries of one kind, each @size bytes. */
struct list {
	char *entries;
	size_t n;
	size_t size;
};

struct sf_rules {
	struct list chains;
	struct list jumps;
	struct list attaches;
	struct list nats;
	unsigned int objects;
	bool foreign;
};

#define for_each(entry, list) \
	for ((entry) = (void *)(list)->entries; \
	     (entry) && (char *)(entry) < (list)->entries + \
			(list)->n * (list)->size; (entry)++)

static int add(struct list *list, const void *entry)
{
	char *more = realloc(list->entries, (list->n + 1) * list->size);

	if (!more)
		return -ENOMEM;
	list->entries = more;
	memcpy(more + list->n++ * list->size, entry, list->size);
	return 0;
}

struct sf_rules *sf_rules_new(void)
{
	struct sf_rules *rules = calloc(1, sizeof(*rules));

	if (rules) {
		rules->chains.size = sizeof(struct sf_rules_chain);
		rules->jumps.size = sizeof(struct sf_rules_jump);
		rules->attaches.size = sizeof(struct sf_rules_attach);
		rules->nats.size = sizeof(struct sf_rules_nat);
	}
	return rules;
}

void sf_rules_free(struct sf_rules *rules)
{
	if (!rules)
		return;
	free(rules->chains.entries);
	free(rules->jumps.entries);
	free(rules->attaches.entries);
	free(rules->nats.entries);
	free(rules);
}

int sf_rules_add_chain(struct sf_rules *rules,
		       const struct sf_rules_chain *chain)
{
	return add(&rules->chains, chain);
}

int sf_rules_add_jump(struct sf_rules *rules, const struct sf_rules_jump *jump)
{
	return add(&rules->jumps, jump);
}

int sf_rules_add_attach(struct sf_rules *rules,
			const struct sf_rules_attach *attach)
{
	return add(&rules->attaches, attach);
}

int sf_rules_add_nat(struct sf_rules *rules, const struct sf_rules_nat *nat)
{
	return add(&rules->nats, nat);
}

void sf_rules_add_foreign(struct sf_rules *rules)
{
	rules->foreign = true;
}

void sf_rules_add_object(struct sf_rules *rules)
{
	rules->objects++;
}

struct sf_rules_chain *sf_rules_find(struct sf_rules *rules, const char *name)
{
	struct sf_rules_chain *chain;

	for_each(chain, &rules->chains)
		if (!strcmp(chain->name, name))
			return chain;
	return NULL;
}

/*
 * Let every chain know what the chains that it jumps to do (@down), or where
 * the packets of those come from. Rulesets have no loops, so that as many
 * rounds as there are jumps are enough; few need more than two.
 */
static void spread(struct sf_rules *rules,
		   bool (*tell)(struct sf_rules_chain *from,
				struct sf_rules_chain *to))
{
	const struct sf_rules_jump *jump;
	bool changed = true;
	size_t round;

	for (round = 0; changed && round <= rules->jumps.n; round++) {
		changed = false;
		for_each(jump, &rules->jumps) {
			struct sf_rules_chain *from, *to;

			from = sf_rules_find(rules, jump->from);
			to = sf_rules_find(rules, jump->to);
			if (from && to && tell(from, to))
				changed = true;
		}
	}
}

static bool tell_admits(struct sf_rules_chain *from, struct sf_rules_chain *to)
{
	if (from->admits || !to->admits)
		return false;
	from->admits = true;
	return true;
}

/* A chain that is jumped to has the hook of the last that is useful. */
static bool tell_hook(struct sf_rules_chain *from, struct sf_rules_chain *to)
{
	if (from->hook <= to->hook)
		return false;
	to->hook = from->hook;
	to->nat = from->nat;
	return true;
}

static void tell_attach(struct sf_rules *rules,
			const struct sf_rules_attach *attach,
			struct sf_rules_facts *facts)
{
	const struct sf_rules_chain *chain = sf_rules_find(rules,
							   attach->chain);
	bool ours = !strncmp(attach->helper, "sipfast", 7);

	if (!chain || chain->hook == SF_HOOK_NONE ||
	    (chain->hook == SF_HOOK_EARLY && !attach->template)) {
		if (ours)
			strcpy(facts->unreached, attach->chain);
	} else if (!strcmp(attach->helper, "sipfast")) {
		facts->sipfast++;
	} else if (!strcmp(attach->helper, "sipfast-watch")) {
		facts->watch++;
	} else if (!strncmp(attach->helper, "sip", 3) && !ours) {
		facts->sip++;
	}
}

/* Has an earlier rule of the chain taken all UDP of the same interfaces? */
static bool covered(const struct sf_rules *rules,
		    const struct sf_rules_nat *nat)
{
	const struct sf_rules_nat *before;

	for_each(before, &rules->nats) {
		if (before == nat)
			break;
		if (!strcmp(before->chain, nat->chain) && before->udp &&
		    !before->narrow &&
		    (!*before->out || !strcmp(before->out, nat->out)))
			return true;
	}
	return false;
}

static bool overlaps(const struct sf_rules_nat *nat, uint16_t min, uint16_t max)
{
	return nat->udp && (!nat->min || (nat->min <= max && nat->max >= min));
}

void sf_rules_tell(struct sf_rules *rules, uint16_t media_min,
		   uint16_t media_max, struct sf_rules_facts *facts)
{
	const struct sf_rules_attach *attach;
	const struct sf_rules_chain *chain;
	const struct sf_rules_nat *nat;

	memset(facts, 0, sizeof(*facts));
	spread(rules, tell_admits);
	for_each(chain, &rules->chains) {
		if (chain->hook == SF_HOOK_FORWARD && chain->drop &&
		    !chain->admits)
			strcpy(facts->blocks, chain->name);
		if (chain->hook == SF_HOOK_POSTROUTING && chain->nat)
			facts->nat = true;
	}
	spread(rules, tell_hook);
	for_each(attach, &rules->attaches)
		tell_attach(rules, attach, facts);
	for_each(nat, &rules->nats)
		if (overlaps(nat, media_min, media_max) && !covered(rules, nat))
			strcpy(facts->overlap, nat->chain);
	facts->objects = rules->objects;
	facts->foreign = rules->foreign;
}
