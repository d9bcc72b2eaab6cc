// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sieve.c - of new requests, some are left in the kernel
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include <ctype.h>
#include <string.h>

#include "bpf.h"
#include "sieve.h"

/* Of a filter, offsets are those behind the IP header. */
#define SIP		8

/* "INVITE sip:", a user, "@" */
#define USER		(SIP + 11)
#define USER_MAX	32

/* RFC 1035, 2.3.4: a name has 253 letters; those of routers have fewer. */
#define NAME_MAX	63

/* No request is shorter: it has six headers. */
#define DATAGRAM_MIN	(USER + USER_MAX + 1 + NAME_MAX + 1)

#define PASS		0xffffffff
#define DROP		0

/* What of it may be dropped is, or is let through, by lot. */
static void draw(struct sf_bpf *to, u32 keep)
{
	sf_bpf_put(to, BPF_LD | BPF_W | BPF_ABS, SKF_AD_OFF + SKF_AD_RANDOM);
	sf_bpf_put(to, BPF_ALU | BPF_AND | BPF_K, 0xffff);
	sf_bpf_if(to, BPF_JGE, keep, 0, 1);
	sf_bpf_put(to, BPF_RET | BPF_K, DROP);
	sf_bpf_put(to, BPF_RET | BPF_K, PASS);
}

#define DRAW_LEN	5

/* The program's arithmetic is that of sf_sieve_group(). */
#define GROUP_FACTOR	0x9e3779b1u	/* 2^32 by the golden ratio: spreads what counts up */
#define GROUP_SHIFT	27

static void mix(struct sf_bpf *to, u16 size, u32 offset)
{
	sf_bpf_put(to, BPF_ALU | BPF_MUL | BPF_K, GROUP_FACTOR);
	sf_bpf_put(to, BPF_MISC | BPF_TAX, 0);
	sf_bpf_put(to, BPF_LD | size | BPF_ABS, offset);
	sf_bpf_put(to, BPF_ALU | BPF_ADD | BPF_X, 0);
}

#define MIX_LEN		4

/* Of the sources of other groups nothing is dropped. */
static void demand_group(struct sf_bpf *to, u32 groups)
{
	u32 i;

	sf_bpf_put(to, BPF_LD | BPF_B | BPF_ABS, (u32)SKF_NET_OFF);
	sf_bpf_put(to, BPF_ALU | BPF_RSH | BPF_K, 4);
	sf_bpf_if(to, BPF_JEQ, 6, 0, 4 * MIX_LEN + 2);
	sf_bpf_put(to, BPF_LD | BPF_IMM, 0);
	for (i = 0; i < 4; i++)
		mix(to, BPF_W, (u32)SKF_NET_OFF + 8 + 4 * i);
	sf_bpf_put(to, BPF_JMP | BPF_JA, MIX_LEN + 1);
	sf_bpf_put(to, BPF_LD | BPF_IMM, 0);
	mix(to, BPF_W, (u32)SKF_NET_OFF + 12);
	mix(to, BPF_H, 0);
	sf_bpf_put(to, BPF_ALU | BPF_MUL | BPF_K, GROUP_FACTOR);
	sf_bpf_put(to, BPF_ALU | BPF_RSH | BPF_K, GROUP_SHIFT);
	sf_bpf_put(to, BPF_MISC | BPF_TAX, 0);
	sf_bpf_put(to, BPF_LD | BPF_IMM, groups);
	sf_bpf_put(to, BPF_ALU | BPF_RSH | BPF_X, 0);
	sf_bpf_if(to, BPF_JSET, 1, 1, 0);
	sf_bpf_put(to, BPF_RET | BPF_K, PASS);
}

u32 sf_sieve_group(const struct sf_end *from)
{
	const u8 *at = from->ip.family == 6 ? from->ip.v6 : from->ip.v4;
	u32 words = from->ip.family == 6 ? 4 : 1, sum = 0, i;

	for (i = 0; i < words; i++, at += 4)
		sum = sum * GROUP_FACTOR + SF_BPF_WORD(at[0], at[1], at[2], at[3]);
	return ((sum * GROUP_FACTOR + from->port) * GROUP_FACTOR) >> GROUP_SHIFT;
}

static void registers(struct sf_bpf *to, u32 keep)
{
	sf_bpf_put(to, BPF_LD | BPF_W | BPF_ABS, SIP);
	sf_bpf_if(to, BPF_JEQ, SF_BPF_WORD('R', 'E', 'G', 'I'), 0, DRAW_LEN);
	draw(to, keep);
}

/* A call for help begins like that; before '0' are separators and escapes. */
static void pass_help(struct sf_bpf *to, const char *help)
{
	sf_bpf_put(to, BPF_LD | BPF_B | BPF_ABS, USER);
	for (; *help; help++) {
		sf_bpf_if(to, BPF_JEQ, (u8)*help, 0, 1);
		sf_bpf_put(to, BPF_RET | BPF_K, PASS);
	}
	sf_bpf_if(to, BPF_JGE, '0', 1, 0);
	sf_bpf_put(to, BPF_RET | BPF_K, PASS);
}

/* Of one name: how many instructions, and the last ones of them, from the byte behind. */
#define NAME_LEN(len)	(2 * ((len) / 4 + (len) % 4) + END_LEN)
#define END_LEN		(4 + DRAW_LEN)

/* X is where the name begins: draw if it is that, and go on behind it else. */
static void is_name(struct sf_bpf *to, const char *name, u32 len, u32 keep)
{
	u32 end = to->len + NAME_LEN(len), i, step;

	for (i = 0; i < len; i += step) {
		const char *at = name + i;

		step = len - i >= 4 ? 4 : 1;
		sf_bpf_put(to, BPF_LD | BPF_IND | (step == 4 ? BPF_W : BPF_B), i);
		sf_bpf_if(to, BPF_JEQ,
			  step == 4 ? SF_BPF_WORD(at[0], at[1], at[2], at[3]) :
				      (u8)at[0],
			  0, (u8)(end - to->len - 1));
	}
	sf_bpf_put(to, BPF_LD | BPF_B | BPF_IND, len);
	sf_bpf_if(to, BPF_JEQ, ' ', 2, 0);
	sf_bpf_if(to, BPF_JEQ, ':', 1, 0);
	sf_bpf_if(to, BPF_JEQ, ';', 0, DRAW_LEN);
	draw(to, keep);
}

static bool fits(const char *name, const struct sf_bpf *to)
{
	size_t len = strlen(name);

	/* An address may be in Record-Route. */
	return len && len <= NAME_MAX && !isdigit((unsigned char)*name) &&
	       *name != '[' && to->len + NAME_LEN(len) < SF_SIEVE_MAX;
}

u16 sf_sieve_program(struct sock_filter *program, const struct sf_sieve *sieve)
{
	struct sf_bpf to = { program, 0 };
	u32 i;

	sf_bpf_put(&to, BPF_LD | BPF_W | BPF_LEN, 0);
	sf_bpf_if(&to, BPF_JGE, DATAGRAM_MIN, 1, 0);
	sf_bpf_put(&to, BPF_RET | BPF_K, PASS);
	demand_group(&to, sieve->groups);
	registers(&to, sieve->keep);
	sf_bpf_demand_text(&to, SIP, "INVITE sip:", PASS);
	pass_help(&to, sieve->help);
	sf_bpf_search(&to, BPF_LD | BPF_B | BPF_ABS, USER, USER + USER_MAX, '@', ' ',
		      PASS);
	sf_bpf_put(&to, BPF_ALU | BPF_ADD | BPF_K, 1);
	sf_bpf_put(&to, BPF_MISC | BPF_TAX, 0);
	for (i = 0; i < sieve->names; i++)
		if (fits(sieve->name[i], &to))
			is_name(&to, sieve->name[i], (u32)strlen(sieve->name[i]),
				sieve->keep);
	sf_bpf_put(&to, BPF_RET | BPF_K, PASS);
	return to.len;
}
