/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pernet.h - the state of a network namespace
 */
#ifndef _SF_PERNET_H
#define _SF_PERNET_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/rhashtable-types.h>
#include <linux/siphash.h>
#include <linux/spinlock.h>
#include <linux/xarray.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>

#include "address.h"
#include "note.h"
#include "path.h"
#include "stats.h"
#include "timer.h"

struct sf_packet;

/*
 * Buckets that a table begins with. Tables grow, but do not shrink: they are
 * bounded, and growing again costs an allocation, a work and a grace period.
 */
#define SF_TABLE_MIN 256

/**
 * struct sf_config - settings of a namespace; see the uapi header
 *
 * Written under sf_net.config_lock and sf_net.lock, read anywhere with
 * READ_ONCE().
 */
struct sf_config {
	u16 media_port_min;
	u16 media_port_max;
	u8 media_source;
	u8 registration_source;
	u32 call_limit;
	u32 registration_limit;
	u32 pinhole_limit;
	u32 call_timeout;
	u32 setup_timeout;
	u32 media_timeout;
	u8 hairpin;
	u8 tcp;
	u8 fastpath;
	u8 audio_dscp;
	u8 video_dscp;
	u32 loss_alarm;
	u32 jitter_alarm;
	u32 mark_mask;
};

/**
 * struct sf_net - everything of one namespace
 * @net: the namespace; outlives this
 * @lock: protects every change to the tables below and to what they hold.
 *	Taken with bottom halves off: the helper runs in softirq context and,
 *	for packets of local sockets, in process context. Conntrack's own locks
 *	nest inside.
 * @config_lock: one change of @config after the other, with what has to go with it
 *	and may sleep. Outside @lock.
 * @config: settings
 * @media_hosts: whom inside endpoints may name besides themselves; changed
 *	under @lock, read under RCU
 * @registration_hosts: who may reach registered contacts besides their
 *	registrars; likewise
 * @stats: counters, per CPU
 * @hash_key: secret for hashing Call-IDs and tags
 * @handled: the message that is being handled; under @lock
 * @calls: struct sf_call by Call-ID, zone and leg; changed and read under @lock
 * @regs: struct sf_reg by contact, registrar and address of record; under
 *	@lock
 * @aliases: struct sf_alias by endpoint and peer; under @lock
 * @alias_list: all of them; under @lock
 * @call_ids: struct sf_call by number; under @lock
 * @stream_ids: struct sf_stream by number; read under RCU
 * @reg_ids: struct sf_reg by number; under @lock
 * @tcp_ids: struct sf_tcp by number; read under RCU
 * @pinholes: struct sf_pinhole by destination; read under RCU
 * @ports: struct sf_port by mapped address and port; under @lock
 * @ncalls: entries in @calls
 * @nstreams: entries in @stream_ids
 * @nregs: entries in @reg_ids
 * @npinholes: entries in @pinholes
 * @nports: entries in @ports
 * @naliases: entries in @aliases
 * @ntcp: entries in @tcp_ids
 * @call_next: where @call_ids gives the next number; likewise the others
 * @classifies: the hooks of classify.c are there; under @config_lock
 * @reported: messages told to the group "sip"
 * @timers: deadlines of calls and registrations
 * @addresses: addresses that went away; has a lock of its own
 * @quality: looks at the media once a second
 * @paths: directions of media in the fast path; likewise
 */
struct sf_net {
	struct net *net;
	spinlock_t lock; /* see above */
	struct mutex config_lock; /* see above */
	struct sf_config config;
	struct sf_prefixes __rcu *media_hosts;
	struct sf_prefixes __rcu *registration_hosts;
	struct sf_stats __percpu *stats;
	siphash_key_t hash_key;
	struct sf_packet *handled;
	struct rhltable calls;
	struct rhashtable regs;
	struct rhashtable aliases;
	struct list_head alias_list;
	struct xarray call_ids;
	struct xarray stream_ids;
	struct xarray reg_ids;
	struct xarray tcp_ids;
	struct rhltable pinholes;
	struct rhashtable ports;
	u32 ncalls;
	u32 nstreams;
	u32 nregs;
	u32 npinholes;
	u32 nports;
	u32 naliases;
	u32 ntcp;
	u32 call_next;
	u32 stream_next;
	u32 reg_next;
	u32 tcp_next;
	bool classifies;
	atomic_t reported;
	struct sf_timers timers;
	struct sf_addresses addresses;
	struct delayed_work quality;
	struct sf_paths paths;
};

extern unsigned int sf_net_id;

static inline struct sf_net *sf_pernet(const struct net *net)
{
	return net_generic(net, sf_net_id);
}

static inline void sf_count(struct sf_net *sn, enum sf_counter c)
{
	this_cpu_inc(sn->stats->count[c]);
}

int sf_pernet_init(void);
void sf_pernet_exit(void);

#endif /* _SF_PERNET_H */
