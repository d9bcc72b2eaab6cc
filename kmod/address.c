// SPDX-License-Identifier: GPL-2.0
/*
 * address.c - addresses that the router loses
 *
 * The kernel tells of a lost address under locks of its own, so that it is
 * only noted there; a work does the rest. Masquerading deletes connections on
 * the same occasion, but only its own, and nobody knows of pinholes but us.
 */
#include <linux/inetdevice.h>
#include <linux/slab.h>
#include <net/addrconf.h>
#include <net/if_inet6.h>
#include <net/netfilter/nf_conntrack_core.h>
#include <net/route.h>

#include "address.h"
#include "call.h"
#include "helper.h"
#include "pernet.h"
#include "register.h"

/* A device has hundreds of addresses at most; nobody else may fill memory. */
#define SF_ADDRESS_MAX 1024

/* It may be back already, or on another device as well. */
static bool sf_lost_found(struct net *net, const struct sf_lost *lost)
{
	if (lost->l3num == NFPROTO_IPV4)
		return inet_addr_type(net, lost->addr.ip) == RTN_LOCAL;

#if IS_ENABLED(CONFIG_IPV6)
	return ipv6_chk_addr(net, &lost->addr.in6, NULL, 0);
#else
	return false;
#endif
}

static bool sf_lost_tuple(const struct sf_lost *lost,
			  const struct nf_conntrack_tuple *tuple)
{
	return sf_addr_equal(&lost->addr, &tuple->src.u3) ||
	       sf_addr_equal(&lost->addr, &tuple->dst.u3);
}

static int sf_lost_ct(struct nf_conn *ct, void *data)
{
	const struct sf_lost *lost = data;
	bool ours;

	if (nf_ct_l3num(ct) != lost->l3num ||
	    (!sf_lost_tuple(lost, nf_ct_tuple(ct, IP_CT_DIR_ORIGINAL)) &&
	     !sf_lost_tuple(lost, nf_ct_tuple(ct, IP_CT_DIR_REPLY))))
		return false;

	rcu_read_lock();
	ours = sf_helper_ours(ct);
	rcu_read_unlock();

	return ours;
}

/* Look at a whole table, a batch at a time. */
static void sf_lost_sweep(struct sf_net *sn, const struct sf_lost *lost,
			  bool (*some)(struct sf_net *sn,
				       const struct sf_lost *lost,
				       unsigned long *next))
{
	unsigned long next = 0;
	bool more;

	do {
		spin_lock_bh(&sn->lock);
		more = some(sn, lost, &next);
		spin_unlock_bh(&sn->lock);
		cond_resched();
	} while (more);
}

/*
 * Connections first, and the packets that are under way on them: after that
 * no message brings back what is ended here.
 */
static void sf_lost_end_all(struct sf_net *sn, struct sf_lost *lost)
{
	struct nf_ct_iter_data iter = { .net = sn->net, .data = lost };

	if (sf_lost_found(sn->net, lost))
		return;

	nf_ct_iterate_cleanup_net(sf_lost_ct, &iter);
	synchronize_net();
	sf_lost_sweep(sn, lost, sf_call_lose);
	sf_lost_sweep(sn, lost, sf_reg_lose);
}

static struct sf_lost *sf_address_next(struct sf_addresses *addresses)
{
	struct sf_lost *lost;

	spin_lock_bh(&addresses->lock);
	lost = list_first_entry_or_null(&addresses->lost, struct sf_lost, list);
	if (lost) {
		list_del(&lost->list);
		addresses->nlost--;
	}
	spin_unlock_bh(&addresses->lock);

	return lost;
}

static void sf_address_work(struct work_struct *work)
{
	struct sf_net *sn = container_of(work, struct sf_net, addresses.work);
	struct sf_lost *lost;

	while ((lost = sf_address_next(&sn->addresses))) {
		sf_lost_end_all(sn, lost);
		kfree(lost);
	}
}

static void sf_address_lost(struct net *net, const union nf_inet_addr *addr,
			    u8 l3num)
{
	struct sf_net *sn = sf_pernet(net);
	struct sf_addresses *addresses = &sn->addresses;
	struct sf_lost *lost = kmalloc(sizeof(*lost), GFP_ATOMIC);

	spin_lock_bh(&addresses->lock);
	if (lost && addresses->nlost < SF_ADDRESS_MAX) {
		lost->addr = *addr;
		lost->l3num = l3num;
		list_add_tail(&lost->list, &addresses->lost);
		addresses->nlost++;
		lost = NULL;
	} else {
		sf_count(sn, SF_CNT_ADDRESS_FULL);
	}
	spin_unlock_bh(&addresses->lock);

	kfree(lost);
	queue_work(system_long_wq, &addresses->work);
}

static int sf_address_event4(struct notifier_block *nb, unsigned long event,
			     void *ptr)
{
	const struct in_ifaddr *ifa = ptr;
	union nf_inet_addr addr = { .ip = ifa->ifa_local };

	if (event == NETDEV_DOWN)
		sf_address_lost(dev_net(ifa->ifa_dev->dev), &addr,
				NFPROTO_IPV4);

	return NOTIFY_DONE;
}

static struct notifier_block sf_address_notifier4 = {
	.notifier_call = sf_address_event4,
};

#if IS_ENABLED(CONFIG_IPV6)
static int sf_address_event6(struct notifier_block *nb, unsigned long event,
			     void *ptr)
{
	const struct inet6_ifaddr *ifa = ptr;
	union nf_inet_addr addr = { .in6 = ifa->addr };

	if (event == NETDEV_DOWN)
		sf_address_lost(dev_net(ifa->idev->dev), &addr, NFPROTO_IPV6);

	return NOTIFY_DONE;
}

static struct notifier_block sf_address_notifier6 = {
	.notifier_call = sf_address_event6,
};

static int sf_address_init6(void)
{
	return register_inet6addr_notifier(&sf_address_notifier6);
}

static void sf_address_exit6(void)
{
	unregister_inet6addr_notifier(&sf_address_notifier6);
}
#else
static int sf_address_init6(void)
{
	return 0;
}

static void sf_address_exit6(void)
{
}
#endif

void sf_address_net_init(struct sf_net *sn)
{
	spin_lock_init(&sn->addresses.lock);
	INIT_LIST_HEAD(&sn->addresses.lost);
	INIT_WORK(&sn->addresses.work, sf_address_work);
}

void sf_address_net_exit(struct sf_net *sn)
{
	struct sf_lost *lost;

	cancel_work_sync(&sn->addresses.work);
	while ((lost = sf_address_next(&sn->addresses)))
		kfree(lost);
}

int sf_address_init(void)
{
	int err = register_inetaddr_notifier(&sf_address_notifier4);

	if (err)
		return err;

	err = sf_address_init6();
	if (err)
		unregister_inetaddr_notifier(&sf_address_notifier4);

	return err;
}

void sf_address_exit(void)
{
	sf_address_exit6();
	unregister_inetaddr_notifier(&sf_address_notifier4);
}
