/* SPDX-License-Identifier: GPL-2.0 */
/*
 * helper.h - the conntrack helpers
 *
 * "sipfast" rewrites and opens media; "sipfast-watch" opens media and changes
 * no byte; "sipfast-media" is what media connections carry. An nft rule attaches
 * the first two.
 */
#ifndef _SF_HELPER_H
#define _SF_HELPER_H

#include <net/netfilter/nf_conntrack_helper.h>

/* Class of the expectations for media. */
#define SF_EXPECT_MEDIA	0

/* The helper of a child that carries media. */
struct nf_conntrack_helper *sf_helper_media(const struct nf_conn *ct);

/* The helper of a child that reaches a contact: that of its master. */
struct nf_conntrack_helper *sf_helper_contact(const struct nf_conn *ct);

/* The helper that would watch a connection over TCP. */
struct nf_conntrack_helper *sf_helper_watch_tcp(const struct nf_conn *ct);

/* Does a connection have one of our helpers? Under RCU. */
bool sf_helper_ours(const struct nf_conn *ct);

/* One of those that read SIP? Likewise. */
bool sf_helper_signals(const struct nf_conn *ct);

int sf_helper_init(void);

/**
 * sf_helper_exit() - end our connections and take the helpers away
 *
 * The connections are deleted rather than left without a helper: their next
 * packet begins one that whoever comes after us can help. Sleeps; no packet
 * is in the helpers when it returns.
 */
void sf_helper_exit(void);

#endif /* _SF_HELPER_H */
