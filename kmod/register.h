/* SPDX-License-Identifier: GPL-2.0 */
/*
 * register.h - registrations learned from REGISTER and its answers
 */
#ifndef _SF_REGISTER_H
#define _SF_REGISTER_H

#include <linux/rhashtable-types.h>

#include "contact.h"
#include "end.h"
#include "timer.h"

struct sf_lost;
struct sf_net;
struct sf_packet;

/* Bytes of the address of record kept to show, with their NUL. */
#define SF_REG_TEXT 64

/**
 * struct sf_reg_key - who registers what, and where
 * @aor_hash: keyed hash of the address of record, the URI in To
 * @contact: the phone, as it knows itself
 * @registrar: the registrar, as it knows itself
 * @zone: conntrack zone
 * @l3num: NFPROTO_IPV4 or NFPROTO_IPV6
 */
struct sf_reg_key {
	u64 aor_hash;
	struct sf_end contact;
	struct sf_end registrar;
	u32 zone;
	u32 l3num;
};

/**
 * struct sf_reg - a registration
 * @node: place in sf_net.regs
 * @key: what it is
 * @sn: its namespace
 * @id: its number
 * @timer: when it expires
 * @call_id_hash: keyed hash of the Call-ID of the last REGISTER
 * @cseq: its CSeq number
 * @active: the registrar agreed
 * @face: the phone as the registrar sees it, then
 * @contact: lets the registrar in to it, then; NULL over TCP, where the registrar
 *	uses the connection that it has
 * @aor: the address of record, to show
 *
 * All under sf_net.lock.
 */
struct sf_reg {
	struct rhash_head node;
	struct sf_reg_key key;
	struct sf_net *sn;
	u32 id;
	struct sf_timer timer;
	u64 call_id_hash;
	u32 cseq;
	bool active;
	struct sf_end face;
	struct sf_contact *contact;
	char aor[SF_REG_TEXT];
};

/**
 * sf_reg_message() - let a REGISTER or its answer take effect
 * @pkt: the message, identified
 *
 * A request is noted; a 2xx to it makes, refreshes or ends the registration,
 * as the Contacts in it say (RFC 3261, 10.3). Other answers change nothing.
 * The namespace is locked; in packet context.
 */
void sf_reg_message(struct sf_packet *pkt);

/* Forget every registration: the namespace or the module goes. It is locked. */
void sf_reg_flush(struct sf_net *sn);

/**
 * sf_reg_lose() - end registrations that a lost address belongs to
 * @next: number of the next one to look at; moved on
 *
 * Looks at a batch of them. The namespace is locked.
 *
 * Return: whether there may be more.
 */
bool sf_reg_lose(struct sf_net *sn, const struct sf_lost *lost,
		 unsigned long *next);

int sf_reg_net_init(struct sf_net *sn);
void sf_reg_net_exit(struct sf_net *sn);

#endif /* _SF_REGISTER_H */
