/* SPDX-License-Identifier: GPL-2.0 */
/*
 * nat.h - decide the edits that a translated message's headers need
 */
#ifndef _SF_NAT_H
#define _SF_NAT_H

struct sf_packet;

/**
 * sf_nat_headers() - edit what names an address of ours in start line and
 * headers
 *
 * The sender's own address becomes the one that the receiver sees; the
 * receiver's, as the sender sees it, becomes its own. What names anybody else
 * stays.
 */
void sf_nat_headers(struct sf_packet *pkt);

#endif /* _SF_NAT_H */
