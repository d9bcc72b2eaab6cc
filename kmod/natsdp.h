/* SPDX-License-Identifier: GPL-2.0 */
/*
 * natsdp.h - decide the edits that a translated session description needs
 */
#ifndef _SF_NATSDP_H
#define _SF_NATSDP_H

struct sf_packet;
struct sf_desc;

/**
 * sf_natsdp() - edit what names the sender in its session description
 * @desc: the same description with the ports that were found for it, and the
 *	namespace locked; NULL when it takes part in no call: nothing stands
 *	for its ports then, and addresses alone are written
 *
 * Candidates that the sender believes the receiver to have become the
 * receiver's own again.
 */
void sf_natsdp(struct sf_packet *pkt, const struct sf_desc *desc);

#endif /* _SF_NATSDP_H */
