// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * fake.c - a network that keeps what is sent, and a clock that stands
 */
#include "test.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "../../../daemon/util/clock.h"
#include "../../../daemon/util/log.h"
#include "fake.h"

struct fake fake;
_Thread_local char fake_logged[256];

const struct sf_flow fake_flow = {
	.local = { { 4, .v4 = { 192, 0, 2, 254 } }, 5060 },
	.remote = { { 4, .v4 = { 192, 0, 2, 1 } }, 5060 },
	.transport = SF_TRANSPORT_UDP,
};

void fake_reset(void)
{
	memset(&fake, 0, sizeof(fake));
	fake.now = 1000000;
	fake.wall = 1780000000;
}

void fake_pass(u32 seconds)
{
	fake.now += (u64)seconds * 1000;
	fake.wall += seconds;
}

static u64 clock_real(clockid_t id, u64 unit)
{
	struct timespec t;

	clock_gettime(id, &t);
	return (u64)t.tv_sec * unit + (u64)t.tv_nsec / (1000000000 / unit);
}

u64 sf_clock_ms(void)
{
	return fake.real ? clock_real(CLOCK_MONOTONIC, 1000) : fake.now;
}

u64 sf_clock_wall(void)
{
	return fake.real ? clock_real(CLOCK_REALTIME, 1) : fake.wall;
}

int sf_net_send(struct sf_net *net, struct sf_flow *flow, const char *buf,
		u32 len)
{
	(void)net;
	if (fake.real)
		return 0;
	assert_true(len < sizeof(fake.last));
	memcpy(fake.last, buf, len);
	fake.last[len] = '\0';
	fake.len = len;
	fake.flow = *flow;
	fake.sent++;
	return 0;
}

bool sf_net_own(const struct sf_net *net, const struct sf_ip *ip, u16 port)
{
	(void)net;
	return ip->family == 4 && !memcmp(ip->v4, fake_flow.local.ip.v4, 4) &&
	       (!port || port == 5060);
}

void sf_net_await(struct sf_net *net, const struct sf_flow *flow)
{
	(void)net;
	(void)flow;
	__atomic_fetch_add(&fake.awaited, 1, __ATOMIC_RELAXED);
}

void sf_net_answered(struct sf_net *net, const struct sf_flow *flow)
{
	(void)net;
	(void)flow;
	assert_true(__atomic_fetch_sub(&fake.awaited, 1, __ATOMIC_RELAXED));
}

void sf_net_keep(struct sf_net *net, const struct sf_flow *flow, u32 seconds)
{
	(void)net;
	(void)flow;
	fake.keep = seconds;
}

/* Nobody here has a certificate. */
bool sf_net_shows(struct sf_net *net, const struct sf_flow *flow,
		  const struct sf_claim *claim)
{
	(void)net;
	(void)flow;
	(void)claim;
	return false;
}

static struct incoming in;

const struct sf_message *incoming_bytes(const char *bytes, u32 len)
{
	assert_true(len <= sizeof(in.bytes));
	memcpy(in.bytes, bytes, len);
	memset(&in.message, 0, sizeof(in.message));
	in.packet = (struct sf_packet){
		.flow = fake_flow,
		.buf = in.bytes,
		.len = len,
		.msg = &in.msg,
	};
	in.packet.reason = sf_msg_parse(&in.msg, in.bytes, len);
	in.message.packet = &in.packet;
	in.message.buf = in.bytes;
	in.message.msg = &in.msg;
	if (!in.packet.reason)
		sf_message_read(&in.message, &in.packet);
	return &in.message;
}

const struct sf_message *incoming(const char *text)
{
	static char wire[66000];
	u32 len = 0;

	for (; *text; text++) {
		if (*text == '\n')
			wire[len++] = '\r';
		wire[len++] = *text;
	}
	incoming_bytes(wire, len);
	assert_reason(in.packet.reason, SF_OK);
	return &in.message;
}

void assert_holds(const char *text, const char *what)
{
	if (!strstr(text, what))
		fail_msg("\"%s\" is not in \"%s\"", what, text);
}

void assert_lacks(const char *text, const char *what)
{
	if (strstr(text, what))
		fail_msg("\"%s\" is in \"%s\"", what, text);
}

/* Nobody waits: fake_read() looks into the box. */
int sf_loop_watch(struct sf_loop *loop, struct sf_watch *watch, u32 events)
{
	(void)loop;
	(void)events;
	if (fake.watches < ARRAY_SIZE(fake.watch))
		fake.watch[fake.watches++] = watch;
	return 0;
}

void sf_loop_unwatch(struct sf_loop *loop, struct sf_watch *watch)
{
	(void)loop;
	(void)watch;
}

void fake_read(struct sf_mailbox *box)
{
	box->watch.ready(&box->watch, EPOLLIN);
}

void sf_log(enum sf_log_level level, const char *event, const char *format, ...)
{
	int len = snprintf(fake_logged, sizeof(fake_logged), "%s ", event);
	va_list args;

	(void)level;
	va_start(args, format);
	vsnprintf(fake_logged + len, sizeof(fake_logged) - (size_t)len, format,
		  args);
	va_end(args);
}

const char *sf_quoted(const char *text, size_t len)
{
	static _Thread_local char quoted[4][64];
	static _Thread_local u32 next;
	char *at = quoted[next++ % 4];

	snprintf(at, sizeof(quoted[0]), "%.*s", (int)len, text);
	return at;
}
