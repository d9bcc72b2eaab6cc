/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fake.h - a DNS server in the loop
 */
#ifndef SIPFAST_UNIT_FAKE_H
#define SIPFAST_UNIT_FAKE_H

#include "../../../daemon/util/loop.h"

#define FAKE_RECORDS	64

/**
 * struct fake_record - a record that it serves
 */
struct fake_record {
	char name[256];
	u16 type;
	u32 ttl;
	u8 data[512];
	u32 len;
};

/**
 * struct fake - the server
 * @silent: it answers nothing
 * @mute: likewise, questions for this type; 0: none
 * @truncate: it answers nothing but "truncated" by UDP
 * @garbage: what follows the question are random bytes
 * @rcode: it answers that and nothing else, if it is not 0
 * @any: every name has the address 192.0.2.1
 * @negative: the SOA record's minimum; 0: there is none
 * @asked: questions that came, @tcp of them by TCP
 * @last: the name that was asked for last
 */
struct fake {
	struct sf_loop *loop;
	struct sf_watch udp;
	struct sf_watch tcp_listen;
	struct sf_watch tcp;
	bool silent;
	u16 mute;
	bool truncate;
	bool garbage;
	u8 rcode;
	bool any;
	u32 negative;
	u32 asked;
	u32 tcp_asked;
	char last[256];
	struct fake_record records[FAKE_RECORDS];
	u32 count;
};

/* Return: its address as sf_resolver_open() takes it; valid for good. */
const char *fake_open(struct fake *fake, struct sf_loop *loop);
void fake_close(struct fake *fake);

/* Records, with a TTL of a minute unless @fake->count's last is changed. */
struct fake_record *fake_add(struct fake *fake, const char *name, u16 type,
			     const void *data, u32 len);
struct fake_record *fake_a(struct fake *fake, const char *name, const char *ip);
struct fake_record *fake_cname(struct fake *fake, const char *name,
			       const char *target);
struct fake_record *fake_srv(struct fake *fake, const char *name, u16 priority,
			     u16 weight, u16 port, const char *target);
struct fake_record *fake_naptr(struct fake *fake, const char *name, u16 order,
			       u16 preference, const char *service,
			       const char *replacement);

#endif /* SIPFAST_UNIT_FAKE_H */
