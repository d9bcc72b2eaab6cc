/* SPDX-License-Identifier: GPL-2.0 */
/*
 * nf_ct_refresh() took an skb until 6.12, for accounting that it never did.
 * Kernels of distributions carry later changes, so that the version says
 * little: the type of the function tells.
 */
#ifndef SF_COMPAT_NF_CONNTRACK_H
#define SF_COMPAT_NF_CONNTRACK_H

#include_next <net/netfilter/nf_conntrack.h>

static inline void sf_compat_ct_refresh(struct nf_conn *ct, u32 jiffies)
{
	void (*now)(struct nf_conn *ct, u32 jiffies) = (void *)nf_ct_refresh;
	void (*then)(struct nf_conn *ct, const struct sk_buff *skb,
		     u32 jiffies) = (void *)nf_ct_refresh;

	/* Constant: one of the two calls is never compiled. */
	if (__same_type(nf_ct_refresh, *now))
		now(ct, jiffies);
	else
		then(ct, NULL, jiffies);
}

#define nf_ct_refresh sf_compat_ct_refresh

#endif
