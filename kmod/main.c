// SPDX-License-Identifier: GPL-2.0
/*
 * main.c - load and unload
 */
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/tracepoint.h>
#include <net/netfilter/nf_conntrack_helper.h>

#include "address.h"
#include "cache.h"
#include "child.h"
#include "classify.h"
#include "helper.h"
#include "ingress.h"
#include "ipsec.h"
#include "netlink.h"
#include "pernet.h"
#include "segments.h"

#define CREATE_TRACE_POINTS
#include "trace.h"

static int __init sf_init(void)
{
	int err;

	err = sf_cache_init();
	if (err)
		return err;
	err = sf_pernet_init();
	if (err)
		goto err_pernet;
	err = sf_ingress_init();
	if (err)
		goto err_ingress;
	err = sf_helper_init();
	if (err)
		goto err_helper;
	err = sf_child_init();
	if (err)
		goto err_child;
	err = sf_segments_init();
	if (err)
		goto err_segments;
	err = sf_address_init();
	if (err)
		goto err_address;
	err = sf_classify_init();
	if (err)
		goto err_classify;
	err = sf_netlink_init();
	if (err)
		goto err_netlink;
	sf_ipsec_init();

	return 0;

err_netlink:
	sf_classify_exit();
err_classify:
	sf_address_exit();
err_address:
	sf_segments_exit();
err_segments:
	sf_child_exit();
err_child:
	sf_helper_exit();
err_helper:
	sf_ingress_exit();
err_ingress:
	sf_pernet_exit();
	rcu_barrier();
err_pernet:
	sf_cache_exit();
	return err;
}

/*
 * The hooks go before the helpers that they use and hand out, the helpers before
 * the state that they use.
 */
static void __exit sf_exit(void)
{
	sf_ipsec_exit();
	sf_netlink_exit();
	sf_classify_exit();
	sf_address_exit();
	sf_segments_exit();
	sf_child_exit();
	sf_helper_exit();
	/* Without helpers nothing is promoted, and no device gets a hook. */
	sf_ingress_exit();
	sf_pernet_exit();
	tracepoint_synchronize_unregister();
	/* Streams, paths, contacts and more are freed by RCU, with code of ours. */
	rcu_barrier();
	sf_cache_exit();
}

module_init(sf_init);
module_exit(sf_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("SIP conntrack helper, NAT and media forwarding");
MODULE_VERSION("0.1.0");
MODULE_ALIAS_NFCT_HELPER("sipfast");
MODULE_ALIAS_NFCT_HELPER("sipfast-watch");
MODULE_ALIAS("net-pf-16-proto-16-family-sipfast");
