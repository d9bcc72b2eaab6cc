/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rules.h - what the administrator's rules mean for SIP
 *
 * Reads the ruleset as nft and iptables print it, keeps the little that
 * matters here, and tells it. It does not evaluate rules packet by packet:
 * where it cannot tell, it assumes that the administrator is right.
 */
#ifndef SIPFAST_SYS_RULES_H
#define SIPFAST_SYS_RULES_H

#include <stdbool.h>
#include <stdint.h>

#define SF_RULES_NAME	96	/* "family table chain", with its NUL */

/**
 * struct sf_rules_facts - what a ruleset does
 * @sipfast: rules that attach "sipfast" and can be reached
 * @watch: the same for "sipfast-watch"
 * @sip: the same for the in-tree helper "sip"
 * @objects: nft objects of type sipfast or sipfast-watch
 * @unreached: a chain that attaches one of ours, but that no hook behind
 *	       conntrack leads to; "" if none
 * @nat: a chain translates sources
 * @overlap: a chain that gives UDP connections ports of the media range; ""
 * @blocks: a chain of the forward hook that drops by default and does not let
 *	    in what is related; ""
 * @foreign: some rules are iptables' and are to be read by its own program
 */
struct sf_rules_facts {
	unsigned int sipfast;
	unsigned int watch;
	unsigned int sip;
	unsigned int objects;
	char unreached[SF_RULES_NAME];
	bool nat;
	char overlap[SF_RULES_NAME];
	char blocks[SF_RULES_NAME];
	bool foreign;
};

struct sf_rules;

/**
 * sf_rules_new() - a ruleset without rules, for sf_rules_free()
 *
 * Return: NULL when memory is short.
 */
struct sf_rules *sf_rules_new(void);
void sf_rules_free(struct sf_rules *rules);

/**
 * sf_rules_read_nft() - add what "nft -j -t list ruleset" printed
 *
 * Tables that iptables made are left out, but noted, as soon as one of their
 * rules cannot be read.
 *
 * Return: 0, -EBADMSG when that is no ruleset, -ENOMEM.
 */
int sf_rules_read_nft(struct sf_rules *rules, const char *text);

/**
 * sf_rules_read_iptables() - add what an iptables-save program printed
 */
int sf_rules_read_iptables(struct sf_rules *rules, const char *text);

/**
 * sf_rules_tell() - what the rules do
 * @media_min: first port of the media range
 * @media_max: the last one
 */
void sf_rules_tell(struct sf_rules *rules, uint16_t media_min,
		   uint16_t media_max, struct sf_rules_facts *facts);

/*
 * For the readers: the pieces that a ruleset is kept in.
 */

enum sf_hook {
	SF_HOOK_NONE,		/* only jumped to */
	SF_HOOK_EARLY,		/* before conntrack */
	SF_HOOK_OTHER,
	SF_HOOK_FORWARD,
	SF_HOOK_POSTROUTING,
};

/**
 * struct sf_rules_chain - a chain
 * @name: "family table chain"
 * @hook: where packets come in
 * @nat: it is of type nat
 * @drop: nothing passes it that no rule accepts
 * @admits: a rule accepts what is related, or may
 */
struct sf_rules_chain {
	char name[SF_RULES_NAME];
	enum sf_hook hook;
	bool nat;
	bool drop;
	bool admits;
};

/**
 * struct sf_rules_jump - a rule that goes on in another chain
 */
struct sf_rules_jump {
	char from[SF_RULES_NAME];
	char to[SF_RULES_NAME];
};

/**
 * struct sf_rules_attach - a rule that attaches a helper
 * @chain: where
 * @helper: its name
 * @template: before conntrack is the right place (the target CT)
 */
struct sf_rules_attach {
	char chain[SF_RULES_NAME];
	char helper[32];
	bool template;
};

/**
 * struct sf_rules_nat - a rule that translates sources
 * @chain: where
 * @out: the output interfaces that it is for; "" for all
 * @narrow: it is for some packets only
 * @udp: UDP may be among them
 * @min: the first port that it gives; 0: keeps the port if it can
 * @max: the last one
 */
struct sf_rules_nat {
	char chain[SF_RULES_NAME];
	char out[64];
	bool narrow;
	bool udp;
	uint16_t min;
	uint16_t max;
};

/* Each returns 0 or -ENOMEM; the entry is copied. */
int sf_rules_add_chain(struct sf_rules *rules,
		       const struct sf_rules_chain *chain);
int sf_rules_add_jump(struct sf_rules *rules, const struct sf_rules_jump *jump);
int sf_rules_add_attach(struct sf_rules *rules,
			const struct sf_rules_attach *attach);
int sf_rules_add_nat(struct sf_rules *rules, const struct sf_rules_nat *nat);

/* The chain with this name, or NULL; valid until the next is added. */
struct sf_rules_chain *sf_rules_find(struct sf_rules *rules, const char *name);

void sf_rules_add_foreign(struct sf_rules *rules);
void sf_rules_add_object(struct sf_rules *rules);

#endif /* SIPFAST_SYS_RULES_H */
