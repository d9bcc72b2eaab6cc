/* SPDX-License-Identifier: GPL-2.0 */
/*
 * signed.h - which parts of a message somebody signed
 */
#ifndef _SF_SIGNED_H
#define _SF_SIGNED_H

#include <linux/bits.h>
#include <linux/types.h>

struct sf_packet;

/* Parts that are passed byte for byte. */
#define SF_SIGNED_PARTIES	BIT(0)	/* From, To, P-Asserted-Identity */
#define SF_SIGNED_CONTACT	BIT(1)	/* Contact */
#define SF_SIGNED_BODY		BIT(2)	/* the body */

/**
 * sf_signed() - the parts that a signature covers and an edit could touch
 *
 * What else a signature covers (Call-ID, CSeq, Date, fingerprints of keys) is
 * never edited anyway. Nothing is verified: that is for the receiver.
 *
 * Return: SF_SIGNED_* bits.
 */
u8 sf_signed(const struct sf_packet *pkt);

#endif /* _SF_SIGNED_H */
