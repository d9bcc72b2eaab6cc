/* SPDX-License-Identifier: GPL-2.0 */
/*
 * nlfill.h - write our objects as netlink attributes
 */
#ifndef _SF_NLFILL_H
#define _SF_NLFILL_H

#include <linux/skbuff.h>
#include <net/netlink.h>

struct sf_call;
struct sf_end;
struct sf_net;
struct sf_notes;
struct sf_stream;
union nf_inet_addr;

/* The object is not to be shown. */
#define SF_FILL_SKIP 1

/*
 * Add an object to a message. Return: 0, SF_FILL_SKIP, or -EMSGSIZE with
 * nothing added.
 */
typedef int (*sf_fill_fn)(struct sk_buff *skb, const void *obj);

/* struct sf_net, for its settings; struct sf_call, struct sf_reg: it is locked. */
int sf_fill_config(struct sk_buff *skb, const void *sn);
int sf_fill_call(struct sk_buff *skb, const void *call);
int sf_fill_stream(struct sk_buff *skb, const void *stream);
int sf_fill_reg(struct sk_buff *skb, const void *reg);

/**
 * struct sf_fill_event - what has happened to a stream
 * @stream: the stream
 * @event: enum sipfast_stream_event
 * @side: the side that sends the direction that it is about; -1: both
 */
struct sf_fill_event {
	const struct sf_stream *stream;
	u8 event;
	int side;
};

/* struct sf_fill_event */
int sf_fill_stream_event(struct sk_buff *skb, const void *event);

/* Milliseconds since a ktime_get_boottime_ns(). */
u32 sf_fill_since(u64 then);

/* An address, as an attribute of an endpoint. */
int sf_fill_addr(struct sk_buff *skb, const union nf_inet_addr *addr, u8 l3num);

/* What all about one call may take; a reader's buffer is not larger. */
#define SF_FILL_DETAIL 30720

/**
 * sf_fill_call_detail() - add everything about a call
 *
 * The namespace is locked. Return: 0, or -EMSGSIZE with some of it added.
 */
int sf_fill_call_detail(struct sk_buff *skb, const struct sf_call *call);

/* Add what was decided about a message. Return: as above. */
int sf_fill_notes(struct sk_buff *skb, const struct sf_notes *notes);

/* End a nest, or take it back for an error; the parts that nests are made of. */
int sf_fill_nest(struct sk_buff *skb, struct nlattr *nest, int err);
int sf_fill_end(struct sk_buff *skb, int attr, const struct sf_end *end,
		u8 l3num);
int sf_fill_zone(struct sk_buff *skb, int attr, u16 zone);

/* The second of two ends, if it differs from the first. */
int sf_fill_mapped(struct sk_buff *skb, int attr, const struct sf_end *end,
		   const struct sf_end *mapped, u8 l3num);

/* Tables come before counters. */
#define SF_FILL_TABLES 6

/**
 * struct sf_fill_stat - one row of the statistics
 * @sn: the namespace
 * @index: below SF_FILL_TABLES a table, above it enum sf_counter
 */
struct sf_fill_stat {
	struct sf_net *sn;
	unsigned int index;
};

int sf_fill_stat(struct sk_buff *skb, const void *stat);

#endif /* _SF_NLFILL_H */
