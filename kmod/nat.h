/* SPDX-License-Identifier: GPL-2.0 */
/*
 * nat.h - decide the edits that a translated message needs
 */
#ifndef _SF_NAT_H
#define _SF_NAT_H

struct sf_packet;
struct sf_desc;

/**
 * sf_nat_headers() - edit what names an address of ours in start line and
 * headers
 *
 * The sender's own address becomes the one that the receiver sees; the
 * receiver's, as the sender sees it, becomes its own. What names anybody else
 * stays.
 */
void sf_nat_headers(struct sf_packet *pkt);

/**
 * sf_nat_sdp() - edit what names the sender in its session description
 * @desc: the same description with the ports that were found for it
 */
void sf_nat_sdp(struct sf_packet *pkt, const struct sf_desc *desc);

#endif /* _SF_NAT_H */
