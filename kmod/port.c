// SPDX-License-Identifier: GPL-2.0
/*
 * port.c - pairs of ports that stand for an inside endpoint's RTP and RTCP
 */
#include <linux/random.h>
#include <linux/rhashtable.h>
#include <linux/slab.h>

#include "cache.h"
#include "pernet.h"
#include "port.h"

/*
 * Random tries before every pair is looked at in turn. With nine of ten pairs
 * taken, one call in thirty gets that far.
 */
#define SF_PORT_TRIES 32

static const struct rhashtable_params sf_port_params = {
	.key_len = sizeof(struct sf_port_key),
	.key_offset = offsetof(struct sf_port, key),
	.head_offset = offsetof(struct sf_port, node),
	.min_size = SF_TABLE_MIN,
};

static int sf_port_insert(struct sf_net *sn, struct sf_port *port, u32 pair)
{
	port->key.face.port = htons(sn->config.media_port_min + 2 * pair);

	return rhashtable_lookup_insert_fast(&sn->ports, &port->node,
					     sf_port_params);
}

/* Unpredictable, so that nobody can aim at the next call. */
static int sf_port_pick(struct sf_net *sn, struct sf_port *port)
{
	u32 pairs = (sn->config.media_port_max -
		     sn->config.media_port_min + 1) / 2;
	u32 i, start = 0;
	int err = -EEXIST;

	for (i = 0; i < SF_PORT_TRIES && err == -EEXIST; i++) {
		start = reciprocal_scale(get_random_u32(), pairs);
		err = sf_port_insert(sn, port, start);
	}
	for (i = 1; i < pairs && err == -EEXIST; i++)
		err = sf_port_insert(sn, port, (start + i) % pairs);

	return err;
}

struct sf_port *sf_port_alloc(struct sf_net *sn,
			      const union nf_inet_addr *addr, u16 zone)
{
	struct sf_port *port;
	int err;

	lockdep_assert_held(&sn->lock);

	port = kmem_cache_zalloc(sf_port_cache, GFP_ATOMIC);
	if (!port) {
		sf_decide(sn, SF_CNT_MEDIA_NO_MEMORY);
		return NULL;
	}

	port->key.face.addr = *addr;
	port->key.zone = zone;
	err = sf_port_pick(sn, port);
	if (err) {
		kmem_cache_free(sf_port_cache, port);
		sf_decide(sn, err == -EEXIST ? SF_CNT_MEDIA_PORTS :
					       SF_CNT_MEDIA_NO_MEMORY);
		return NULL;
	}
	sn->nports++;

	return port;
}

struct sf_port *sf_port_find(struct sf_net *sn, const struct sf_end *end,
			     u16 zone)
{
	struct sf_port_key key = { .face = *end, .zone = zone };

	lockdep_assert_held(&sn->lock);
	key.face.port &= htons(0xfffe);

	return rhashtable_lookup_fast(&sn->ports, &key, sf_port_params);
}

void sf_port_free(struct sf_net *sn, struct sf_port *port)
{
	lockdep_assert_held(&sn->lock);

	rhashtable_remove_fast(&sn->ports, &port->node, sf_port_params);
	sn->nports--;
	kmem_cache_free(sf_port_cache, port);
}

int sf_port_net_init(struct sf_net *sn)
{
	return rhashtable_init(&sn->ports, &sf_port_params);
}

void sf_port_net_exit(struct sf_net *sn)
{
	rhashtable_destroy(&sn->ports);
}
