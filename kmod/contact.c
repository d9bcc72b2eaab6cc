// SPDX-License-Identifier: GPL-2.0
/*
 * contact.c - where the registrations of one connection are reached
 */
#include <linux/slab.h>

#include "contact.h"
#include "flow.h"
#include "packet.h"
#include "pernet.h"

static void sf_contact_free(struct rcu_head *rcu)
{
	struct sf_contact *contact = container_of(rcu, struct sf_contact, rcu);

	sf_pinhole_put(&contact->pinhole);
	kfree(contact);
}

static void sf_contact_fill(struct sf_contact *contact,
			    const struct sf_packet *pkt)
{
	struct sf_pinhole *ph = &contact->pinhole;

	contact->sn = pkt->sn;
	contact->regs = 1;
	contact->leg = pkt->leg;
	ph->kind = SF_PINHOLE_CONTACT;
	ph->leg = &contact->leg;
	ph->side = SF_SENDER;
	ph->zone = pkt->zone;
	ph->l3num = pkt->l3num;
	ph->from_free = !sf_leg_mapped(&pkt->leg, SF_SENDER);
	sf_pinhole_source(ph, READ_ONCE(pkt->sn->config.registration_source));
}

struct sf_contact *sf_contact_get(struct sf_packet *pkt)
{
	struct sf_contact *contact;
	struct sf_pinhole *ph;

	lockdep_assert_held(&pkt->sn->lock);

	ph = sf_pinhole_of(pkt->sn, SF_PINHOLE_CONTACT,
			   &pkt->leg.face[SF_RECEIVER], pkt->ct);
	if (ph) {
		contact = container_of(ph, struct sf_contact, pinhole);
		contact->regs++;
		return contact;
	}

	contact = kzalloc(sizeof(*contact), GFP_ATOMIC);
	if (!contact) {
		sf_note(pkt, SF_CNT_REG_NO_MEMORY);
		return NULL;
	}

	sf_contact_fill(contact, pkt);
	if (sf_pinhole_open(pkt->sn, &contact->pinhole, pkt->ct)) {
		kfree(contact);
		return NULL;
	}

	return contact;
}

void sf_contact_put(struct sf_contact *contact)
{
	lockdep_assert_held(&contact->sn->lock);

	if (--contact->regs)
		return;

	sf_pinhole_close(contact->sn, &contact->pinhole);
	sf_flow_unregister(contact->pinhole.master);
	call_rcu(&contact->rcu, sf_contact_free);
}
