// SPDX-License-Identifier: GPL-2.0
/*
 * ingress.c - the devices that promoted media comes in by
 */
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>

#include "fastpath.h"
#include "ingress.h"
#include "path.h"
#include "pernet.h"

static struct sf_ingress *sf_ingress_of(struct sf_paths *paths, int ifindex)
{
	struct sf_ingress *in;

	list_for_each_entry(in, &paths->ingress, list)
		if (in->ifindex == ifindex && !in->gone)
			return in;

	return NULL;
}

struct sf_ingress *sf_ingress_get(struct sf_net *sn, int ifindex)
{
	struct sf_paths *paths = &sn->paths;
	struct sf_ingress *in = sf_ingress_of(paths, ifindex);

	if (!in) {
		in = kzalloc(sizeof(*in), GFP_ATOMIC);
		if (!in)
			return NULL;
		in->sn = sn;
		in->ifindex = ifindex;
		list_add_tail(&in->list, &paths->ingress);
		queue_work(system_wq, &paths->work);
	}
	in->paths++;

	return in;
}

void sf_ingress_put(struct sf_ingress *in)
{
	/* The hook stays: the next call is likely to come by the same device. */
	in->paths--;
	if (in->gone && !in->paths)
		queue_work(system_wq, &in->sn->paths.work);
}

/* Under rtnl. One that cannot be hooked has no packets for us. */
static void sf_ingress_hook(struct sf_ingress *in)
{
	struct net *net = in->sn->net;
	struct net_device *dev = __dev_get_by_index(net, in->ifindex);

	if (!dev || dev->reg_state != NETREG_REGISTERED)
		return;

	in->ops = (struct nf_hook_ops){
		.hook = sf_fastpath_hook,
		.dev = dev,
		.priv = in,
		.pf = NFPROTO_NETDEV,
		.hooknum = NF_NETDEV_INGRESS,
		.priority = SF_INGRESS_PRIORITY,
	};
	in->hooked = !nf_register_net_hook(net, &in->ops);
}

/* Under rtnl. */
static void sf_ingress_unhook(struct sf_ingress *in)
{
	if (in->hooked)
		nf_unregister_net_hook(in->sn->net, &in->ops);
	in->hooked = false;
}

/* The next one that something is to be done about. Under rtnl. */
static struct sf_ingress *sf_ingress_next(struct sf_paths *paths)
{
	struct sf_ingress *in, *found = NULL;

	spin_lock_bh(&paths->lock);
	list_for_each_entry(in, &paths->ingress, list) {
		if (in->gone ? in->paths : in->tried)
			continue;
		if (in->gone)
			list_del(&in->list);
		found = in;
		break;
	}
	spin_unlock_bh(&paths->lock);

	return found;
}

void sf_ingress_update(struct sf_paths *paths)
{
	struct sf_ingress *in;

	rtnl_lock();
	while ((in = sf_ingress_next(paths))) {
		if (in->gone) {
			kfree_rcu(in, rcu);
			continue;
		}
		in->tried = true;
		sf_ingress_hook(in);
	}
	rtnl_unlock();
}

/* The device goes, or is to be looked at anew. Under rtnl. */
static void sf_ingress_drop(struct sf_net *sn, const struct net_device *dev)
{
	struct sf_ingress *in;

	spin_lock_bh(&sn->paths.lock);
	in = sf_ingress_of(&sn->paths, dev->ifindex);
	if (in)
		in->gone = true;
	spin_unlock_bh(&sn->paths.lock);

	if (in) {
		sf_ingress_unhook(in);
		queue_work(system_wq, &sn->paths.work);
	}
}

static int sf_ingress_event(struct notifier_block *nb, unsigned long event,
			    void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);
	struct sf_net *sn = sf_pernet(dev_net(dev));

	switch (event) {
	case NETDEV_UNREGISTER:
	case NETDEV_DOWN:
	case NETDEV_CHANGEMTU:
	case NETDEV_CHANGEUPPER:
		sf_path_demote_device(sn, dev);
		break;
	}
	if (event == NETDEV_UNREGISTER)
		sf_ingress_drop(sn, dev);

	return NOTIFY_DONE;
}

static struct notifier_block sf_ingress_notifier = {
	.notifier_call = sf_ingress_event,
};

void sf_ingress_net_exit(struct sf_net *sn)
{
	struct sf_ingress *in, *next;

	rtnl_lock();
	list_for_each_entry_safe(in, next, &sn->paths.ingress, list) {
		list_del(&in->list);
		sf_ingress_unhook(in);
		kfree_rcu(in, rcu);
	}
	rtnl_unlock();
	synchronize_net();
}

int sf_ingress_init(void)
{
	return register_netdevice_notifier(&sf_ingress_notifier);
}

void sf_ingress_exit(void)
{
	unregister_netdevice_notifier(&sf_ingress_notifier);
}
