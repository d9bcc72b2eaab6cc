/* SPDX-License-Identifier: GPL-2.0 */
/*
 * contact.h - where the registrations of one connection are reached
 */
#ifndef _SF_CONTACT_H
#define _SF_CONTACT_H

#include "pinhole.h"

struct sf_packet;

/**
 * struct sf_contact - the door to a phone that registered
 * @rcu: frees it
 * @sn: its namespace
 * @regs: registrations that hold it; under sf_net.lock
 * @leg: of the registrar's answer, which it sent
 * @pinhole: lets the registrar in, read under RCU
 *
 * All registrations that came over one connection share it: a thousand users of
 * one PBX are one pinhole.
 */
struct sf_contact {
	struct rcu_head rcu;
	struct sf_net *sn;
	u32 regs;
	struct sf_leg leg;
	struct sf_pinhole pinhole;
};

/**
 * sf_contact_get() - open the contact of a message's connection
 * @pkt: the registrar's answer to the phone
 *
 * The namespace is locked; in packet context.
 *
 * Return: the contact, given back with sf_contact_put(); NULL, counted.
 */
struct sf_contact *sf_contact_get(struct sf_packet *pkt);

/* The last one closes it, and the connection may end. Likewise. */
void sf_contact_put(struct sf_contact *contact);

#endif /* _SF_CONTACT_H */
