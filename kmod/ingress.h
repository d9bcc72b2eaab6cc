/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ingress.h - the devices that promoted media comes in by
 *
 * Each has a hook in front of nft's ingress chains. Hooks can only be changed where
 * one may sleep, so that a work does it: a path whose device has no hook yet is
 * found by no packet.
 */
#ifndef _SF_INGRESS_H
#define _SF_INGRESS_H

#include <linux/list.h>
#include <linux/netfilter.h>

struct sf_net;
struct sf_paths;

/* In front of nft's chains on the same hook, whose priorities begin at -500. */
#define SF_INGRESS_PRIORITY (-1000)

/**
 * struct sf_ingress - a device with a hook, or one that is to get it
 * @list: place in sf_paths.ingress; under sf_paths.lock
 * @sn: its namespace
 * @ifindex: the device
 * @paths: paths that need it; under sf_paths.lock
 * @tried: whether it can be hooked is known; under rtnl
 * @hooked: the hook is there; likewise
 * @gone: the device is; under sf_paths.lock
 * @ops: the hook
 * @rcu: frees it
 */
struct sf_ingress {
	struct list_head list;
	struct sf_net *sn;
	int ifindex;
	u32 paths;
	bool tried;
	bool hooked;
	bool gone;
	struct nf_hook_ops ops;
	struct rcu_head rcu;
};

/**
 * sf_ingress_get() - a device that one more path needs
 *
 * Under sf_paths.lock. Given back with sf_ingress_put().
 *
 * Return: NULL for lack of memory.
 */
struct sf_ingress *sf_ingress_get(struct sf_net *sn, int ifindex);

/* Under sf_paths.lock. */
void sf_ingress_put(struct sf_ingress *in);

/* Put hooks on devices that have got paths, and forget devices that are gone. */
void sf_ingress_update(struct sf_paths *paths);

/* No path is left. No packet is in a hook when it returns. */
void sf_ingress_net_exit(struct sf_net *sn);

/* Hear of devices that change or go. */
int sf_ingress_init(void);
void sf_ingress_exit(void);

#endif /* _SF_INGRESS_H */
