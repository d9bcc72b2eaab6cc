// SPDX-License-Identifier: GPL-2.0
/*
 * standin.c - a connection that stands in for signalling nobody shows us
 */
#include <net/netfilter/nf_conntrack_core.h>
#include <net/netfilter/nf_conntrack_extend.h>
#include <net/netfilter/nf_conntrack_zones.h>

#include "helper.h"
#include "pernet.h"
#include "standin.h"

static struct nf_conntrack_tuple sf_standin_tuple(const struct sf_end *from,
						  const struct sf_end *to,
						  u8 l3num, u8 dir)
{
	return (struct nf_conntrack_tuple){
		.src.l3num = l3num,
		.src.u3 = from->addr,
		.src.u.all = from->port,
		.dst.u3 = to->addr,
		.dst.u.all = to->port,
		.dst.protonum = IPPROTO_TCP,
		.dst.dir = dir,
	};
}

/*
 * Conntrack asks a master for its helper's limits, keeps its expectations with
 * the helper, and serves those of confirmed ones. Room for a helper is forgotten
 * when any helper goes, unless the connection is confirmed, which is what 0
 * says.
 */
static bool sf_standin_confirm(struct nf_conn *ct)
{
	struct nf_conn_help *help = nf_ct_helper_ext_add(ct, GFP_KERNEL);

	if (!help)
		return false;

	rcu_assign_pointer(help->helper, sf_helper_watch_tcp(ct));
	sf_compat_ct_ext_confirm(ct->ext);
	__set_bit(IPS_CONFIRMED_BIT, &ct->status);

	return true;
}

struct nf_conn *sf_standin_make(struct sf_net *sn, const struct sf_end *from,
				const struct sf_end *to, u16 zone, u8 l3num)
{
	const struct nf_conntrack_tuple there =
		sf_standin_tuple(from, to, l3num, IP_CT_DIR_ORIGINAL);
	const struct nf_conntrack_tuple back =
		sf_standin_tuple(to, from, l3num, IP_CT_DIR_REPLY);
	struct nf_conntrack_zone in;
	struct nf_conn *ct;

	nf_ct_zone_init(&in, zone, NF_CT_DEFAULT_ZONE_DIR, 0);
	ct = nf_conntrack_alloc(sn->net, &in, &there, &back, GFP_KERNEL);
	if (IS_ERR(ct))
		return NULL;

	if (!sf_standin_confirm(ct)) {
		nf_conntrack_free(ct);
		return NULL;
	}
	refcount_set(&ct->ct_general.use, 1);

	return ct;
}
