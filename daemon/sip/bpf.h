/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf.h - classic BPF programs, an instruction after the other
 *
 * They have no loops: a search is a row of steps. A load beyond the datagram ends
 * a program with 0, so that short ones are left alone before anything is loaded.
 */
#ifndef SIPFAST_SIP_BPF_H
#define SIPFAST_SIP_BPF_H

#include <linux/filter.h>

#include <sipfast/span.h>

/**
 * struct sf_bpf - a program that is being written
 * @at: its instructions, in a buffer of the caller's that has room for them
 * @len: how many there are
 */
struct sf_bpf {
	struct sock_filter *at;
	u16 len;
};

/* Four letters, as a word is loaded. */
#define SF_BPF_WORD(a, b, c, d) \
	((u32)(u8)(a) << 24 | (u32)(u8)(b) << 16 | (u32)(u8)(c) << 8 | (u8)(d))

static inline void sf_bpf_put(struct sf_bpf *to, u16 code, u32 k)
{
	to->at[to->len++] = (struct sock_filter)BPF_STMT(code, k);
}

/* How A compares with @k (BPF_JEQ, …): so many instructions are left out then, or else. */
static inline void sf_bpf_if(struct sf_bpf *to, u16 how, u32 k, u8 yes, u8 no)
{
	to->at[to->len++] = (struct sock_filter)
		BPF_JUMP(BPF_JMP | how | BPF_K, k, yes, no);
}

/* Unless A is @k, the program ends with @verdict. */
static inline void sf_bpf_demand(struct sf_bpf *to, u32 k, u32 verdict)
{
	sf_bpf_if(to, BPF_JEQ, k, 1, 0);
	sf_bpf_put(to, BPF_RET | BPF_K, verdict);
}

/* SF_BPF_WORD() and single letters of a text at @offset; @verdict where it differs. */
void sf_bpf_demand_text(struct sf_bpf *to, u32 offset, const char *text,
			u32 verdict);

/**
 * sf_bpf_search() - the first place that has @k
 * @load: BPF_LD, with BPF_W or BPF_B and BPF_ABS or BPF_IND
 * @first: where to begin
 * @last: and the last place to look at
 * @k: what it is
 * @stop: where this comes before, there is none; @k: nothing does
 * @verdict: of the program when there is none
 *
 * The place is in A then.
 */
void sf_bpf_search(struct sf_bpf *to, u16 load, u32 first, u32 last, u32 k,
		   u32 stop, u32 verdict);

#endif /* SIPFAST_SIP_BPF_H */
