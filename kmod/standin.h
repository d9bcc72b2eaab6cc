/* SPDX-License-Identifier: GPL-2.0 */
/*
 * standin.h - a connection that stands in for signalling nobody shows us
 *
 * What a pinhole lets in is the child of a signalling connection: conntrack
 * calls packets related, also the second and the third one, only if there is a
 * master. A call that is handed over by MEDIA_OPEN has none that could serve:
 * the phone's TLS connection ends at this router, may be replaced by another one
 * at any time, may carry somebody else's helper, or be seen by no conntrack. So
 * it gets a connection of its own, which names the two ends of the call and is in
 * no table: it counts as one of conntrack's, no packet finds it, and nothing ends
 * it but its last reference. Expectations and children refer to it like to any
 * other.
 */
#ifndef _SF_STANDIN_H
#define _SF_STANDIN_H

#include "end.h"

struct nf_conn;
struct sf_net;

/**
 * sf_standin_make() - make one
 * @from: who called
 * @to: who was called
 * @zone: conntrack zone
 * @l3num: NFPROTO_IPV4 or NFPROTO_IPV6
 *
 * May sleep.
 *
 * Return: the connection, given back with nf_ct_put(); or NULL for lack of
 * memory, or of room in conntrack.
 */
struct nf_conn *sf_standin_make(struct sf_net *sn, const struct sf_end *from,
				const struct sf_end *to, u16 zone, u8 l3num);

#endif /* _SF_STANDIN_H */
