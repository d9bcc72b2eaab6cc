// SPDX-License-Identifier: GPL-2.0
/*
 * skbedit.c - put the edits of a message into its packet
 */
#include <linux/udp.h>
#include <net/netfilter/nf_nat_helper.h>

#include "packet.h"
#include "pernet.h"
#include "skbedit.h"

/*
 * The longest packet, by IPv4's total length. IPv6 could have its header on
 * top of that; 40 bytes are not worth telling the two apart.
 */
#define SF_SKB_MAX 65535

static bool sf_skb_mangle(struct sf_packet *pkt, struct sf_span window,
			  const char *out, u32 len)
{
	unsigned int protoff = pkt->dataoff - sizeof(struct udphdr);

	return nf_nat_mangle_udp_packet(pkt->skb, pkt->ct, pkt->ctinfo, protoff,
					window.off, window.len, out, len);
}

void sf_skb_splice(struct sf_packet *pkt, char *out, u32 max)
{
	const struct sf_edits *edits = pkt->edits;
	struct sf_span window = sf_edits_window(edits);
	u32 len;

	if (edits->err == SF_OK && !edits->count)
		return;

	if (sf_edits_apply(edits, pkt->msg->buf, window, out, max, &len) !=
	    SF_OK) {
		sf_note(pkt, SF_CNT_SIP_EDITS);
		return;
	}

	if ((int)pkt->skb->len + edits->delta > SF_SKB_MAX) {
		sf_note(pkt, SF_CNT_SIP_GREW);
		return;
	}

	if (!sf_skb_mangle(pkt, window, out, len)) {
		sf_note(pkt, SF_CNT_SIP_SPLICE);
		return;
	}

	/* A message that we made too long is ours to fragment. */
	if (edits->delta > 0)
		pkt->skb->ignore_df = 1;
	pkt->edited = true;
	sf_count(pkt->sn, SF_CNT_SIP_REWRITTEN);
}
