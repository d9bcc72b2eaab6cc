// SPDX-License-Identifier: GPL-2.0
/*
 * flow.c - how long a signalling connection is needed
 */
#include <linux/jiffies.h>
#include <net/netfilter/nf_conntrack.h>

#include "end.h"
#include "flow.h"
#include "pernet.h"

/* What conntrack gives a UDP connection that has seen both directions. */
#define SF_FLOW_PLAIN (120 * HZ)

/* Registrations end in time to be refreshed; the mapping outlives them a bit. */
#define SF_FLOW_GRACE 32

/*
 * TCP has a patience of its own, which is only prolonged, and only while the
 * connection is up.
 */
static bool sf_flow_patient(const struct nf_conn *ct, u32 need)
{
	if (nf_ct_protonum(ct) != IPPROTO_TCP)
		return need <= SF_FLOW_PLAIN;

	return !nf_ct_is_confirmed(ct) || nf_ct_expires(ct) >= need ||
	       READ_ONCE(ct->proto.tcp.state) != TCP_CONNTRACK_ESTABLISHED;
}

u32 sf_flow_registered(const struct sf_flow *flow)
{
	s32 left = READ_ONCE(flow->reg_until) - nfct_time_stamp;

	return READ_ONCE(flow->reg_until) && left > 0 ? left : 0;
}

void sf_flow_refresh(struct nf_conn *ct)
{
	const struct sf_config *config = &sf_pernet(nf_ct_net(ct))->config;
	struct sf_flow *flow = sf_flow(ct);
	u32 need = sf_flow_registered(flow);

	if (READ_ONCE(flow->calls))
		need = max_t(u32, need, READ_ONCE(config->call_timeout) * HZ);

	if (!sf_flow_patient(ct, need))
		nf_ct_refresh(ct, need);
}

void sf_flow_relax(struct nf_conn *ct)
{
	struct sf_flow *flow = sf_flow(ct);

	if (flow->calls || !nf_ct_is_confirmed(ct) || nf_ct_is_dying(ct) ||
	    nf_ct_protonum(ct) == IPPROTO_TCP)
		return;

	nf_ct_refresh(ct, max_t(u32, sf_flow_registered(flow), SF_FLOW_PLAIN));
}

void sf_flow_register(struct nf_conn *ct, u32 seconds, bool only)
{
	struct sf_flow *flow = sf_flow(ct);
	u32 until = nfct_time_stamp + (seconds + SF_FLOW_GRACE) * HZ;

	/* 0 stands for never. */
	if (only || !flow->reg_until || (s32)(until - flow->reg_until) > 0)
		WRITE_ONCE(flow->reg_until, until ?: 1);
}

void sf_flow_unregister(struct nf_conn *ct)
{
	struct sf_flow *flow = sf_flow(ct);

	if (!flow)
		return;

	WRITE_ONCE(flow->reg_until, 0);
	sf_flow_relax(ct);
}

void sf_flow_inherit(struct nf_conn *ct, const union nf_inet_addr *inside)
{
	const struct nf_conntrack_tuple *began =
		nf_ct_tuple(ct->master, IP_CT_DIR_ORIGINAL);
	const struct sf_flow *master = sf_flow(ct->master);
	bool dir = !sf_addr_equal(&began->src.u3, inside);

	if (master)
		sf_flow(ct)->forms[IP_CT_DIR_REPLY] = master->forms[dir];
}
