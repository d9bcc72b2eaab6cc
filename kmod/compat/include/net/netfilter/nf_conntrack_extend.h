/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Until 6.12 a connection's extensions had a generation, so that those of one
 * that is not confirmed could be forgotten when a module went; the confirmed
 * have 0. It lies between the length and the data, where there is padding now:
 * zero either way.
 */
#ifndef SF_COMPAT_NF_CONNTRACK_EXTEND_H
#define SF_COMPAT_NF_CONNTRACK_EXTEND_H

#include_next <net/netfilter/nf_conntrack_extend.h>

static inline void sf_compat_ct_ext_confirm(struct nf_ct_ext *ext)
{
	const size_t from = offsetofend(struct nf_ct_ext, len);

	memset((char *)ext + from, 0, offsetof(struct nf_ct_ext, data) - from);
}

#endif
