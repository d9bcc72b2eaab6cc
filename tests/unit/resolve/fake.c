// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * fake.c - a DNS server in the loop
 *
 * It has one connection at a time, and believes that questions come in one
 * piece.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../../daemon/sip/dns_answer.h"
#include "../../../daemon/util/container.h"
#include "fake.h"
#include "wire.h"
#include "world.h"

#define TRUNCATED	0x02

struct fake_record *fake_add(struct fake *fake, const char *name, u16 type,
			     const void *data, u32 len)
{
	struct fake_record *record = &fake->records[fake->count++];

	assert_true(fake->count <= FAKE_RECORDS);
	assert_true(len <= sizeof(record->data));
	snprintf(record->name, sizeof(record->name), "%s", name);
	record->type = type;
	record->ttl = 60;
	record->len = len;
	memcpy(record->data, data, len);
	return record;
}

struct fake_record *fake_a(struct fake *fake, const char *name, const char *ip)
{
	u8 data[16];

	if (inet_pton(AF_INET, ip, data) == 1)
		return fake_add(fake, name, SF_DNS_A, data, 4);
	assert_int_equal(inet_pton(AF_INET6, ip, data), 1);
	return fake_add(fake, name, SF_DNS_AAAA, data, 16);
}

struct fake_record *fake_cname(struct fake *fake, const char *name,
			       const char *target)
{
	struct wire data = { .len = 0 };

	wire_name(&data, target);
	return fake_add(fake, name, SF_DNS_CNAME, data.buf, data.len);
}

struct fake_record *fake_srv(struct fake *fake, const char *name, u16 priority,
			     u16 weight, u16 port, const char *target)
{
	struct wire data;

	wire_srv(&data, priority, weight, port, target);
	return fake_add(fake, name, SF_DNS_SRV, data.buf, data.len);
}

struct fake_record *fake_naptr(struct fake *fake, const char *name, u16 order,
			       u16 preference, const char *service,
			       const char *replacement)
{
	struct wire data;

	wire_naptr(&data, order, preference, "s", service, "", replacement);
	return fake_add(fake, name, SF_DNS_NAPTR, data.buf, data.len);
}

/* The records of a name, and of what it is an alias of. Return: is there any? */
static bool put_records(struct fake *fake, struct wire *out, const char *name,
			u16 type)
{
	const char *alias = NULL;
	bool exists = false;
	u32 i;

	for (i = 0; i < fake->count; i++) {
		struct fake_record *record = &fake->records[i];

		if (strcmp(record->name, name) != 0)
			continue;
		exists = true;
		if (record->type != type && record->type != SF_DNS_CNAME)
			continue;
		wire_record(out, WIRE_ANSWER, name, record->type, record->ttl,
			    record->data, record->len);
		if (record->type == SF_DNS_CNAME)
			alias = (const char *)record->data;
	}
	if (alias) {
		char target[SF_DNS_NAME_SIZE];

		sf_dns_name_read((const u8 *)alias, 256, 0, target);
		put_records(fake, out, target, type);
	}
	return exists;
}

static void put_answer(struct fake *fake, struct wire *out, u16 id,
		       const char *name, u16 type)
{
	struct wire soa;

	wire_header(out, id, fake->rcode);
	wire_question(out, name, type);
	if (fake->rcode)
		return;
	if (fake->any && type == SF_DNS_A)
		wire_record(out, WIRE_ANSWER, name, type, 60, "\xc0\x00\x02\x01", 4);
	else if (!put_records(fake, out, name, type) && !fake->any)
		out->buf[3] |= 3;
	if (!out->buf[WIRE_ANSWER + 1] && fake->negative) {
		wire_soa(&soa, fake->negative);
		wire_record(out, WIRE_AUTHORITY, "example", SF_DNS_SOA, 86400,
			    soa.buf, soa.len);
	}
}

static void put_garbage(struct wire *out)
{
	u32 count = random_u32() % 60;

	out->buf[WIRE_ANSWER + 1] = (u8)random_u32();
	while (count--)
		wire_u8(out, random_u32());
}

/* Return: false when it stays silent. */
static bool respond(struct fake *fake, const u8 *query, u32 len, struct wire *out)
{
	u32 off = sf_dns_name_read(query, len, 12, fake->last);
	u16 type;

	assert_true(off && len - off >= 4);
	type = (u16)(query[off] << 8 | query[off + 1]);
	fake->asked++;
	if (fake->silent || fake->mute == type)
		return false;
	put_answer(fake, out, (u16)(query[0] << 8 | query[1]), fake->last, type);
	if (fake->garbage)
		put_garbage(out);
	return true;
}

static void udp_ready(struct sf_watch *watch, u32 events)
{
	struct fake *fake = container_of(watch, struct fake, udp);
	struct sockaddr_storage from;
	socklen_t from_len = sizeof(from);
	static struct wire out;
	u8 query[512];
	ssize_t len = recvfrom(watch->fd, query, sizeof(query), MSG_DONTWAIT,
			       (struct sockaddr *)&from, &from_len);

	(void)events;
	if (len <= 0 || !respond(fake, query, (u32)len, &out))
		return;
	if (fake->truncate) {
		out.buf[2] |= TRUNCATED;
		out.buf[WIRE_ANSWER + 1] = 0;
		out.len = 12 + (u32)strlen(fake->last) + 6;
	}
	sendto(watch->fd, out.buf, out.len, 0, (struct sockaddr *)&from, from_len);
}

static void tcp_respond(struct fake *fake, const u8 *query, u32 len)
{
	static struct wire out;
	u8 head[2];

	fake->tcp_asked++;
	if (!respond(fake, query, len, &out))
		return;
	head[0] = (u8)(out.len >> 8);
	head[1] = (u8)out.len;
	assert_int_equal(send(fake->tcp.fd, head, 2, MSG_MORE), 2);
	assert_int_equal(send(fake->tcp.fd, out.buf, out.len, 0), out.len);
}

static void tcp_ready(struct sf_watch *watch, u32 events)
{
	struct fake *fake = container_of(watch, struct fake, tcp);
	u8 bytes[4096], *query = bytes;
	ssize_t left = recv(watch->fd, bytes, sizeof(bytes), MSG_DONTWAIT);

	(void)events;
	if (left <= 0) {
		sf_loop_unwatch(fake->loop, watch);
		close(watch->fd);
		watch->fd = -1;
	}
	while (left > 2) {
		u32 len = (u32)(query[0] << 8 | query[1]);

		assert_true(len <= (u32)left - 2);
		tcp_respond(fake, query + 2, len);
		query += 2 + len;
		left -= 2 + (ssize_t)len;
	}
}

static void tcp_accept(struct sf_watch *watch, u32 events)
{
	struct fake *fake = container_of(watch, struct fake, tcp_listen);

	(void)events;
	assert_int_equal(fake->tcp.fd, -1);
	fake->tcp.fd = accept4(watch->fd, NULL, NULL, SOCK_CLOEXEC);
	assert_int_equal(sf_loop_watch(fake->loop, &fake->tcp, EPOLLIN), 0);
}

/* Return: -1 when somebody else has that port. */
static int open_socket(int type, const struct sockaddr_in *at)
{
	int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0), one = 1;

	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (!bind(fd, (const struct sockaddr *)at, sizeof(*at)))
		return fd;
	close(fd);
	return -1;
}

/* A port that is free for both. Return: the port. */
static u16 open_both(int *udp, int *tcp)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t len = sizeof(at);
	u32 tries;

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	for (tries = 0; tries < 100; tries++) {
		at.sin_port = 0;
		*udp = open_socket(SOCK_DGRAM, &at);
		getsockname(*udp, (struct sockaddr *)&at, &len);
		*tcp = open_socket(SOCK_STREAM, &at);
		if (*tcp >= 0)
			return ntohs(at.sin_port);
		close(*udp);
	}
	fail_msg("no port is free");
	return 0;
}

const char *fake_open(struct fake *fake, struct sf_loop *loop)
{
	static char text[32];

	*fake = (struct fake){
		.loop = loop, .udp.ready = udp_ready,
		.tcp_listen.ready = tcp_accept,
		.tcp = { .fd = -1, .ready = tcp_ready },
	};
	snprintf(text, sizeof(text), "127.0.0.1:%u",
		 open_both(&fake->udp.fd, &fake->tcp_listen.fd));
	assert_int_equal(listen(fake->tcp_listen.fd, 8), 0);
	assert_int_equal(sf_loop_watch(loop, &fake->udp, EPOLLIN), 0);
	assert_int_equal(sf_loop_watch(loop, &fake->tcp_listen, EPOLLIN), 0);
	return text;
}

void fake_close(struct fake *fake)
{
	close(fake->udp.fd);
	close(fake->tcp_listen.fd);
	if (fake->tcp.fd >= 0)
		close(fake->tcp.fd);
}
