/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dns.h - questions to DNS, in the loop (c-ares)
 */
#ifndef SIPFAST_SIP_DNS_H
#define SIPFAST_SIP_DNS_H

#include <sys/queue.h>

#include "../util/loop.h"

struct ares_channeldata;

SLIST_HEAD(sf_dns_sockets, sf_dns_socket);

/**
 * struct sf_dns - a channel of c-ares, and what it waits for
 * @channel: c-ares' own
 * @timer: when it has to look after its questions
 * @sockets: those that it has open
 */
struct sf_dns {
	struct ares_channeldata *channel;
	struct sf_loop *loop;
	struct sf_timer timer;
	struct sf_dns_sockets sockets;
};

/**
 * struct sf_dns_question - a question, a part of what it is for
 * @answered: called once, maybe from sf_dns_ask() itself; not after
 *            sf_dns_close(). @err is 0 when there is a message to read,
 *            -ENOENT when there cannot be such a name, -EAGAIN when no server
 *            had an answer. It may ask again.
 */
struct sf_dns_question {
	void (*answered)(struct sf_dns_question *question, int err,
			 const u8 *buf, u32 len);
};

/**
 * sf_dns_open() - make a channel
 * @servers: "192.0.2.53,[2001:db8::53]:5353", or NULL for those of the system,
 *           as they are now
 *
 * Return: 0 or a negative errno.
 */
int sf_dns_open(struct sf_dns *dns, struct sf_loop *loop, const char *servers);
void sf_dns_close(struct sf_dns *dns);

/**
 * sf_dns_ask() - ask for the records of a type that a name has
 * @name: read until this returns
 * @question: the caller's, until it is answered
 */
void sf_dns_ask(struct sf_dns *dns, const char *name, u16 type,
		struct sf_dns_question *question);

#endif /* SIPFAST_SIP_DNS_H */
