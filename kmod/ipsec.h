/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ipsec.h - associations of IPsec that come where there were none
 *
 * A policy may be content with packets in the clear as long as there is no
 * association ("level use"). Policies that change make routes old, and with them
 * the fast path's; associations do not, because the stack looks for one with every
 * packet that it forwards. The fast path does not.
 */
#ifndef _SF_IPSEC_H
#define _SF_IPSEC_H

#ifdef CONFIG_XFRM

/* Hear of associations, in every namespace. */
void sf_ipsec_init(void);

/* Hear no more. Nobody is in code of ours when it returns. */
void sf_ipsec_exit(void);

#else

static inline void sf_ipsec_init(void) { }
static inline void sf_ipsec_exit(void) { }

#endif

#endif /* _SF_IPSEC_H */
