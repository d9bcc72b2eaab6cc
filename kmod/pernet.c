// SPDX-License-Identifier: GPL-2.0
/*
 * pernet.c - the state of a network namespace
 */
#include <linux/percpu.h>
#include <linux/random.h>
#include <uapi/linux/sipfast.h>

#include "alias.h"
#include "call.h"
#include "path.h"
#include "pernet.h"
#include "pinhole.h"
#include "port.h"
#include "prefix.h"
#include "quality.h"
#include "register.h"
#include "tcpedit.h"

unsigned int sf_net_id __read_mostly;

/*
 * The media range lies below the ephemeral ports that the router's own sockets
 * and the shipped masquerade rule use.
 */
static const struct sf_config sf_config_default = {
	.media_port_min = 10000,
	.media_port_max = 32767,
	.media_source = SIPFAST_SOURCE_SDP,
	.registration_source = SIPFAST_SOURCE_SDP,
	.call_limit = 16384,
	.registration_limit = 16384,
	.pinhole_limit = 131072,
	.call_timeout = 7200,
	.setup_timeout = 300,
	.media_timeout = 1800,
	.hairpin = 1,
	.tcp = SIPFAST_TCP_WATCH,
	.fastpath = 1,
	.audio_dscp = SIPFAST_DSCP_KEEP,
	.video_dscp = SIPFAST_DSCP_KEEP,
	.loss_alarm = 30,
	.jitter_alarm = 60,
};

static int sf_tables_init(struct sf_net *sn)
{
	int err;

	err = sf_pinhole_net_init(sn);
	if (err)
		return err;
	err = sf_port_net_init(sn);
	if (err)
		goto pinholes;
	err = sf_call_net_init(sn);
	if (err)
		goto ports;
	err = sf_reg_net_init(sn);
	if (err)
		goto calls;
	err = sf_alias_net_init(sn);
	if (err)
		goto regs;

	return 0;

regs:
	sf_reg_net_exit(sn);
calls:
	sf_call_net_exit(sn);
ports:
	sf_port_net_exit(sn);
pinholes:
	sf_pinhole_net_exit(sn);
	return err;
}

static void sf_tables_exit(struct sf_net *sn)
{
	sf_alias_net_exit(sn);
	sf_reg_net_exit(sn);
	sf_call_net_exit(sn);
	sf_port_net_exit(sn);
	sf_pinhole_net_exit(sn);
}

static int __net_init sf_net_init(struct net *net)
{
	struct sf_net *sn = sf_pernet(net);
	int err;

	sn->net = net;
	spin_lock_init(&sn->lock);
	mutex_init(&sn->config_lock);
	sn->config = sf_config_default;
	get_random_bytes(&sn->hash_key, sizeof(sn->hash_key));
	xa_init_flags(&sn->call_ids, XA_FLAGS_ALLOC1 | XA_FLAGS_LOCK_BH);
	xa_init_flags(&sn->stream_ids, XA_FLAGS_ALLOC1 | XA_FLAGS_LOCK_BH);
	xa_init_flags(&sn->reg_ids, XA_FLAGS_ALLOC1 | XA_FLAGS_LOCK_BH);
	xa_init_flags(&sn->tcp_ids, XA_FLAGS_ALLOC1 | XA_FLAGS_LOCK_BH);
	sf_timers_init(sn);
	sf_address_net_init(sn);
	sf_quality_net_init(sn);
	sf_path_net_init(sn);

	sn->stats = alloc_percpu(struct sf_stats);
	if (!sn->stats)
		return -ENOMEM;

	err = sf_tables_init(sn);
	if (err)
		free_percpu(sn->stats);

	return err;
}

/* No packet of the namespace is under way any more. */
static void __net_exit sf_net_exit(struct net *net)
{
	struct sf_net *sn = sf_pernet(net);

	sf_address_net_exit(sn);
	spin_lock_bh(&sn->lock);
	sf_call_flush(sn);
	sf_reg_flush(sn);
	sf_alias_flush(sn);
	sf_tcp_flush(sn);
	spin_unlock_bh(&sn->lock);

	sf_quality_net_exit(sn);
	sf_path_net_exit(sn);
	sf_timers_exit(sn);
	sf_tables_exit(sn);
	xa_destroy(&sn->call_ids);
	xa_destroy(&sn->stream_ids);
	xa_destroy(&sn->reg_ids);
	xa_destroy(&sn->tcp_ids);
	kfree(rcu_dereference_protected(sn->media_hosts, 1));
	kfree(rcu_dereference_protected(sn->registration_hosts, 1));
	free_percpu(sn->stats);
}

static struct pernet_operations sf_net_ops = {
	.init = sf_net_init,
	.exit = sf_net_exit,
	.id = &sf_net_id,
	.size = sizeof(struct sf_net),
};

int sf_pernet_init(void)
{
	return register_pernet_subsys(&sf_net_ops);
}

void sf_pernet_exit(void)
{
	unregister_pernet_subsys(&sf_net_ops);
}
