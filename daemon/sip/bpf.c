// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bpf.c - classic BPF programs, an instruction after the other
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "bpf.h"

void sf_bpf_demand_text(struct sf_bpf *to, u32 offset, const char *text,
			u32 verdict)
{
	for (; text[0] && text[1] && text[2] && text[3]; text += 4, offset += 4) {
		sf_bpf_put(to, BPF_LD | BPF_W | BPF_ABS, offset);
		sf_bpf_demand(to, SF_BPF_WORD(text[0], text[1], text[2], text[3]),
			      verdict);
	}
	for (; *text; text++, offset++) {
		sf_bpf_put(to, BPF_LD | BPF_B | BPF_ABS, offset);
		sf_bpf_demand(to, (u8)*text, verdict);
	}
}

void sf_bpf_search(struct sf_bpf *to, u16 load, u32 first, u32 last, u32 k,
		   u32 stop, u32 verdict)
{
	u32 steps = stop == k ? 4 : 6, place;
	u32 end = to->len + steps * (last - first + 1) + 1;

	for (place = first; place <= last; place++) {
		sf_bpf_put(to, load, place);
		if (stop != k) {
			sf_bpf_if(to, BPF_JEQ, stop, 0, 1);
			sf_bpf_put(to, BPF_RET | BPF_K, verdict);
		}
		sf_bpf_if(to, BPF_JEQ, k, 0, 2);
		sf_bpf_put(to, BPF_LD | BPF_IMM, place);
		sf_bpf_put(to, BPF_JMP | BPF_JA, end - to->len - 1);
	}
	sf_bpf_put(to, BPF_RET | BPF_K, verdict);
}
