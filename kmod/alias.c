// SPDX-License-Identifier: GPL-2.0
/*
 * alias.c - phones that listen at another port than they send from
 */
#include <linux/rhashtable.h>
#include <linux/slab.h>

#include "alias.h"
#include "flow.h"
#include "packet.h"
#include "pernet.h"
#include "port.h"

/* Conntrack does not tell when a connection goes, so it is looked at. */
#define SF_ALIAS_CHECK (10 * MSEC_PER_SEC)

static const struct rhashtable_params sf_alias_params = {
	.key_len = sizeof(struct sf_alias_key),
	.key_offset = offsetof(struct sf_alias, key),
	.head_offset = offsetof(struct sf_alias, node),
	.min_size = SF_TABLE_MIN,
};

static bool sf_alias_alive(const struct nf_conn *ct)
{
	return nf_ct_is_confirmed(ct) && !nf_ct_is_dying(ct);
}

static void sf_alias_free(struct rcu_head *rcu)
{
	struct sf_alias *alias = container_of(rcu, struct sf_alias, rcu);

	sf_pinhole_put(&alias->pinhole);
	kfree(alias);
}

static void sf_alias_end(struct sf_alias *alias)
{
	struct sf_flow *flow = sf_flow(alias->pinhole.master);
	struct sf_net *sn = alias->sn;

	sf_timer_del(sn, &alias->timer);
	sf_pinhole_close(sn, &alias->pinhole);
	rhashtable_remove_fast(&sn->aliases, &alias->node, sf_alias_params);
	list_del(&alias->list);
	sn->naliases--;
	if (flow)
		flow->aliases--;
	if (alias->port)
		sf_port_free(sn, alias->port);
	call_rcu(&alias->rcu, sf_alias_free);
}

static void sf_alias_check(struct sf_timer *timer)
{
	struct sf_alias *alias = container_of(timer, struct sf_alias, timer);

	if (sf_alias_alive(alias->pinhole.master))
		sf_timer_set(alias->sn, timer, SF_ALIAS_CHECK);
	else
		sf_alias_end(alias);
}

static struct sf_alias_key sf_alias_key(const struct sf_packet *pkt,
					const struct sf_end *end)
{
	struct sf_alias_key key;

	memset(&key, 0, sizeof(key));
	key.inside = *end;
	key.peer = pkt->leg.real[SF_RECEIVER].addr;
	key.zone = pkt->zone;
	key.l3num = pkt->l3num;

	return key;
}

static struct sf_alias *sf_alias_find(const struct sf_packet *pkt,
				      const struct sf_end *end)
{
	struct sf_alias_key key = sf_alias_key(pkt, end);

	return rhashtable_lookup_fast(&pkt->sn->aliases, &key, sf_alias_params);
}

static int sf_alias_open(struct sf_alias *alias, const struct sf_packet *pkt)
{
	struct sf_pinhole *ph = &alias->pinhole;
	struct sf_leg *leg = &alias->leg;

	*leg = pkt->leg;
	leg->real[SF_SENDER] = alias->key.inside;
	leg->face[SF_SENDER] = alias->port->key.face;
	ph->kind = SF_PINHOLE_ALIAS;
	ph->leg = leg;
	ph->side = SF_RECEIVER;
	ph->zone = alias->key.zone;
	ph->l3num = alias->key.l3num;
	ph->from_free = !sf_leg_mapped(leg, SF_RECEIVER);
	sf_pinhole_source(ph, READ_ONCE(alias->sn->config.registration_source));

	return sf_pinhole_open(alias->sn, ph, pkt->ct);
}

/* It is counted that nothing comes of it: true. */
static bool sf_alias_refused(struct sf_packet *pkt, const struct sf_end *end)
{
	struct sf_net *sn = pkt->sn;

	/* Slipstreaming aims at services. */
	if (ntohs(end->port) < 1024) {
		sf_note(pkt, SF_CNT_ALIAS_LOW_PORT);
		return true;
	}
	if (sf_flow(pkt->ct)->aliases >= SF_ALIAS_FLOW ||
	    sn->naliases >= READ_ONCE(sn->config.registration_limit)) {
		sf_note(pkt, SF_CNT_ALIAS_FULL);
		return true;
	}

	return false;
}

/* @port was that of an alias whose connection is gone, or NULL. */
static struct sf_alias *sf_alias_begin(struct sf_packet *pkt,
				       const struct sf_end *end,
				       struct sf_port *port)
{
	struct sf_net *sn = pkt->sn;
	struct sf_alias *alias;

	if (!port)
		port = sf_port_alloc(sn, &pkt->leg.face[SF_SENDER].addr,
				     pkt->zone);
	if (!port)
		return NULL;
	port->real = *end;

	alias = kzalloc(sizeof(*alias), GFP_ATOMIC);
	if (!alias)
		goto no_port;
	alias->sn = sn;
	alias->key = sf_alias_key(pkt, end);
	alias->port = port;
	sf_timer_init(&alias->timer, sf_alias_check);
	if (rhashtable_lookup_insert_fast(&sn->aliases, &alias->node,
					  sf_alias_params))
		goto no_alias;
	if (sf_alias_open(alias, pkt))
		goto no_pinhole;

	list_add(&alias->list, &sn->alias_list);
	sn->naliases++;
	sf_flow(pkt->ct)->aliases++;
	sf_timer_set(sn, &alias->timer, SF_ALIAS_CHECK);
	sf_count(sn, SF_CNT_ALIAS_NEW);

	return alias;

no_pinhole:
	rhashtable_remove_fast(&sn->aliases, &alias->node, sf_alias_params);
no_alias:
	kfree(alias);
no_port:
	sf_port_free(sn, port);
	sf_note(pkt, SF_CNT_ALIAS_NO_MEMORY);
	return NULL;
}

/*
 * The alias of a connection that is gone goes on with the one that names it
 * now: others know it by its port. Unless the phone's mapped address changed.
 */
static struct sf_alias *sf_alias_renew(struct sf_packet *pkt,
				       struct sf_alias *old)
{
	const struct sf_end end = old->key.inside;
	struct sf_port *port = NULL;

	if (pkt->ct == old->pinhole.master ||
	    sf_alias_alive(old->pinhole.master))
		return old;

	if (sf_addr_equal(&old->port->key.face.addr,
			  &pkt->leg.face[SF_SENDER].addr))
		swap(port, old->port);
	sf_alias_end(old);

	return sf_alias_begin(pkt, &end, port);
}

static struct sf_alias *sf_alias_get(struct sf_packet *pkt,
				     const struct sf_end *end, bool reach)
{
	struct sf_alias *alias = sf_alias_find(pkt, end);

	if (alias)
		return sf_alias_renew(pkt, alias);
	if (!reach || sf_alias_refused(pkt, end))
		return NULL;

	return sf_alias_begin(pkt, end, NULL);
}

/*
 * The connection that named an alias is master of those that come in through
 * it, and its own ends may be named there.
 */
static bool sf_alias_master(const struct sf_packet *pkt, struct sf_end *end,
			    bool hide)
{
	const struct nf_conn *master = pkt->ct->master;
	struct sf_end real, face;
	int dir;

	for (dir = 0; master && dir < IP_CT_DIR_MAX; dir++) {
		real = sf_end_src(nf_ct_tuple(master, dir));
		face = sf_end_dst(nf_ct_tuple(master, !dir));
		if (sf_end_equal(end, hide ? &real : &face) &&
		    !sf_end_equal(&real, &face)) {
			*end = hide ? face : real;
			return true;
		}
	}

	return false;
}

bool sf_alias_hide(struct sf_packet *pkt, struct sf_end *end, bool reach)
{
	struct sf_alias *alias;

	if (!sf_packet_masked(pkt) || sf_packet_tcp(pkt))
		return false;
	if (sf_alias_master(pkt, end, true))
		return true;

	spin_lock_bh(&pkt->sn->lock);
	alias = sf_alias_get(pkt, end, reach);
	if (alias)
		*end = alias->port->key.face;
	spin_unlock_bh(&pkt->sn->lock);

	return alias;
}

bool sf_alias_real(const struct sf_packet *pkt, int side, struct sf_end *end)
{
	const struct sf_port *port = sf_port_find(pkt->sn, end, pkt->zone);

	if (!port || !sf_end_equal(end, &port->key.face) ||
	    !sf_addr_equal(&port->real.addr, &pkt->leg.real[side].addr))
		return false;

	*end = port->real;

	return true;
}

bool sf_alias_undo(struct sf_packet *pkt, struct sf_end *end)
{
	bool found;

	if (sf_packet_tcp(pkt))
		return false;
	if (sf_alias_master(pkt, end, false))
		return sf_addr_equal(&end->addr,
				     &pkt->leg.real[SF_RECEIVER].addr);

	spin_lock_bh(&pkt->sn->lock);
	found = sf_alias_real(pkt, SF_RECEIVER, end);
	spin_unlock_bh(&pkt->sn->lock);

	return found;
}

void sf_alias_flush(struct sf_net *sn)
{
	struct sf_alias *alias, *next;

	list_for_each_entry_safe(alias, next, &sn->alias_list, list)
		sf_alias_end(alias);
}

int sf_alias_net_init(struct sf_net *sn)
{
	INIT_LIST_HEAD(&sn->alias_list);

	return rhashtable_init(&sn->aliases, &sf_alias_params);
}

void sf_alias_net_exit(struct sf_net *sn)
{
	rhashtable_destroy(&sn->aliases);
}
