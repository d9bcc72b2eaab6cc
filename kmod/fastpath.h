/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fastpath.h - forward media where it comes in
 */
#ifndef _SF_FASTPATH_H
#define _SF_FASTPATH_H

struct nf_hook_state;
struct sk_buff;

/**
 * sf_fastpath_hook() - forward a packet of a promoted direction
 * @priv: struct sf_ingress of the device
 * @skb: any packet that came in by it, at its network header
 *
 * Under RCU, bottom halves off. Everything is looked at before anything is touched.
 *
 * Return: NF_STOLEN when the packet was forwarded; NF_ACCEPT for the stack to deal
 * with whatever it is.
 */
unsigned int sf_fastpath_hook(void *priv, struct sk_buff *skb,
			      const struct nf_hook_state *state);

#endif /* _SF_FASTPATH_H */
