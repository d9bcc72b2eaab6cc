/* SPDX-License-Identifier: GPL-2.0 */
/*
 * netlink.h - the generic netlink family "sipfast"
 */
#ifndef _SF_NETLINK_H
#define _SF_NETLINK_H

#include <uapi/linux/sipfast.h>

#include "nlfill.h"

struct netlink_ext_ack;
struct nlattr;
struct sf_call;
struct sf_net;
struct sf_reg;
struct sf_stream;

/*
 * Tell whoever listens. Free of cost when nobody does; a message that finds
 * no memory is counted. Calls and registrations with the namespace locked.
 */
void sf_netlink_call(const struct sf_call *call, enum sipfast_cmd cmd);
void sf_netlink_reg(const struct sf_reg *reg, enum sipfast_cmd cmd);
void sf_netlink_stream(const struct sf_stream *stream, enum sipfast_cmd cmd);

/**
 * sf_netlink_stream_event() - tell what has happened to a stream
 * @side: the side that sends the direction that it is about; -1: both
 */
void sf_netlink_stream_event(const struct sf_stream *stream,
			     enum sipfast_stream_event event, int side);

/* Does somebody listen to messages? In packet context. */
bool sf_netlink_message_wanted(const struct sf_net *sn);

/**
 * sf_netlink_message() - tell of a message
 * @size: room that @fill needs
 */
void sf_netlink_message(struct sf_net *sn, size_t size, sf_fill_fn fill,
			const void *obj);

/**
 * sf_config_change() - take over settings
 * @nest: SIPFAST_A_CONFIG
 *
 * What is refused changes nothing. One change waits for another; may sleep. The
 * namespace is not locked.
 *
 * Return: 0, or an error, with a sentence unless it is -ENOMEM.
 */
int sf_config_change(struct sf_net *sn, const struct nlattr *nest,
		     struct netlink_ext_ack *extack);

int sf_netlink_init(void);
void sf_netlink_exit(void);

#endif /* _SF_NETLINK_H */
