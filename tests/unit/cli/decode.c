// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * decode.c - netlink messages into structs, whole, cut and hostile
 */
#include "test.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include <linux/genetlink.h>
#include <linux/sipfast.h>

#include "../../../daemon/sys/decode.h"
#include "sample.h"

/* What the walk saw. */
struct seen {
	int n;
	int result;
	struct sf_info last;
};

static int see(const struct sf_info *info, void *arg)
{
	struct seen *seen = arg;

	seen->n++;
	seen->last = *info;
	return seen->result;
}

static int decode(const struct nlmsghdr *nlh, struct seen *seen)
{
	memset(seen, 0, sizeof(*seen));
	return sf_decode(nlh, see, seen);
}

/* The message that the fake answers a request with first. */
static int keep(const struct sf_info *info, void *arg)
{
	struct sf_info *kept = arg;

	if (!kept->kind)
		*kept = *info;
	return 0;
}

static struct sf_info first_of(uint8_t cmd)
{
	struct sf_info info = { 0 };
	struct sf_kernel *kernel;

	fake_reset();
	sample_objects();
	assert_int_equal(sf_kernel_open(&kernel), 0);
	assert_int_equal(sf_kernel_get(kernel, cmd, keep, &info), 0);
	sf_kernel_close(kernel);
	assert_int_equal(info.cmd, cmd);
	return info;
}

static void assert_endpoint(const struct sf_endpoint *endpoint,
			    const char *want)
{
	char buf[SF_ENDPOINT_LEN];

	assert_string_equal(sf_endpoint_text(endpoint, buf), want);
}

static void call(void **state)
{
	struct sf_info info = first_of(SIPFAST_CMD_GET_CALL);
	const struct sf_call_info *c = &info.call;

	(void)state;
	assert_int_equal(info.kind, SIPFAST_A_CALL);
	assert_int_equal(c->id, 7);
	assert_string_equal(c->call_id, "f81d4fae@192.168.1.10");
	assert_string_equal(c->from, "sip:anna@example.org");
	assert_string_equal(c->to, "sip:bob@example.org");
	assert_int_equal(c->state, SIPFAST_CALL_UP);
	assert_int_equal(c->status, 200);
	assert_endpoint(&c->caller, "192.168.1.10:5060");
	assert_endpoint(&c->caller_mapped, "203.0.113.1:34012");
	assert_endpoint(&c->callee, "198.51.100.5:5060");
	assert_endpoint(&c->callee_mapped, "-");
	assert_int_equal(c->age, 127710);
	assert_int_equal(c->duration, 123500);
	assert_int_equal(c->dialogs, 1);
	assert_true(sf_has(c, SIPFAST_A_CALL_DURATION));
	assert_false(sf_has(c, SIPFAST_A_CALL_ZONE));
	assert_false(sf_has(c, SIPFAST_A_CALL_END));
}

static void stream(void **state)
{
	struct sf_info info = first_of(SIPFAST_CMD_GET_STREAM);
	const struct sf_stream_info *s = &info.stream;

	(void)state;
	assert_int_equal(s->id, 13);
	assert_int_equal(s->call, 7);
	assert_string_equal(s->type, "audio");
	assert_int_equal(s->kind, SIPFAST_STREAM_RTCP);
	assert_int_equal(s->age, 127600);
	assert_endpoint(&s->forward.source, "192.168.1.10:4007");
	assert_endpoint(&s->forward.source_mapped, "203.0.113.1:35007");
	assert_endpoint(&s->forward.target, "198.51.100.5:20007");
	assert_endpoint(&s->forward.target_inside, "-");
	assert_endpoint(&s->reverse.target_inside, "192.168.1.10:4007");
	assert_int_equal(s->forward.packets, 24);
	assert_int_equal(s->forward.bytes, 4800);
	assert_int_equal(s->forward.first, 123000);
	assert_int_equal(s->forward.last, 20);
	assert_false(sf_has(&s->reverse, SIPFAST_A_DIRECTION_LAST));
	assert_false(sf_has(&s->forward, SIPFAST_A_DIRECTION_RTCP));
}

/* One with all that there may be. */
static void quality(void **state)
{
	static const struct sample_stream sample = {
		.id = 20, .has_event = true, .event = SIPFAST_STREAM_POOR,
		.has_way = true, .event_forward = 1, .secure = true,
		.idle = true,
		.forward = {
			.packets = 900, .fast = 800, .declined = "fast-mtu",
			.silent = true, .poor = true, .encoding = "PCMA",
			.payload = 8, .expected = 1000, .lost = 100,
			.jitter = 1500, .recent = 62, .report = true,
			.report_lost = 110, .report_jitter = 2500, .rtt = 42000,
		},
	};
	const struct sf_direction_info *d;
	const struct sf_rtp_info *r;
	struct sf_info info = { 0 };
	struct sf_kernel *kernel;

	(void)state;
	fake_reset();
	sample_stream(SIPFAST_CMD_GET_STREAM, &sample);
	assert_int_equal(sf_kernel_open(&kernel), 0);
	sf_kernel_get(kernel, SIPFAST_CMD_GET_STREAM, keep, &info);
	sf_kernel_close(kernel);
	assert_int_equal(info.stream.event, SIPFAST_STREAM_POOR);
	assert_int_equal(info.stream.event_forward, 1);
	assert_int_equal(info.stream.secure, 1);
	assert_int_equal(info.stream.idle, 1);
	d = &info.stream.forward;
	assert_int_equal(d->fast, 800);
	assert_true(sf_has(d, SIPFAST_A_DIRECTION_PROMOTED) && !d->promoted);
	assert_string_equal(d->declined, "fast-mtu");
	assert_true(d->silent && d->poor);
	r = &d->rtp;
	assert_true(sf_has(d, SIPFAST_A_DIRECTION_RTP));
	assert_int_equal(r->ssrc, 0xdeadbeef);
	assert_int_equal(r->sources, 1);
	assert_int_equal(r->payload, 8);
	assert_string_equal(r->encoding, "PCMA");
	assert_int_equal(r->clock, 8000);
	assert_int_equal(r->expected, 1000);
	assert_int_equal(r->lost, 100);
	assert_int_equal(r->reordered, 3);
	assert_int_equal(r->jitter, 1500);
	assert_int_equal(r->jitter_max, 3000);
	assert_int_equal(r->recent, 62);
	assert_int_equal(r->digits, 4);
	assert_int_equal(d->report.age, 3100);
	assert_int_equal(d->report.fraction, 62);
	assert_int_equal(d->report.lost, 110);
	assert_int_equal(d->report.jitter, 2500);
	assert_int_equal(d->report.rtt, 42000);
	d = &info.stream.reverse;
	assert_false(sf_has(d, SIPFAST_A_DIRECTION_RTP));
	assert_false(sf_has(d, SIPFAST_A_DIRECTION_REPORT));
	assert_false(sf_has(d, SIPFAST_A_DIRECTION_FAST));
	assert_null(d->declined);
}

static void registration(void **state)
{
	struct sf_info info = first_of(SIPFAST_CMD_GET_REGISTRATION);
	const struct sf_registration_info *r = &info.registration;

	(void)state;
	assert_int_equal(r->id, 3);
	assert_string_equal(r->aor, "sip:anna@example.org");
	assert_endpoint(&r->contact, "192.168.1.10:5060");
	assert_endpoint(&r->mapped, "203.0.113.1:34012");
	assert_endpoint(&r->registrar, "198.51.100.5:5060");
	assert_int_equal(r->expires, 3492);
}

static void stats(void **state)
{
	struct sf_info info = first_of(SIPFAST_CMD_GET_STATS);
	struct nlmsghdr *nlh = fake_message(0);
	struct nlattr *nest = mnl_attr_nest_start(nlh, SIPFAST_A_COUNTER);
	struct seen seen;

	(void)state;
	assert_int_equal(info.kind, SIPFAST_A_TABLE);
	assert_string_equal(info.table.name, "calls");
	assert_int_equal(info.table.used, 2);
	assert_int_equal(info.table.limit, 16384);
	mnl_attr_put_u64(nlh, SIPFAST_A_COUNTER_VALUE, UINT64_MAX);
	mnl_attr_nest_end(nlh, nest);
	assert_int_equal(decode(nlh, &seen), 0);
	assert_true(seen.last.counter.value == UINT64_MAX);
	assert_null(seen.last.counter.name);
}

static void config_round_trip(void **state)
{
	struct sf_info info = first_of(SIPFAST_CMD_GET_CONFIG);
	struct nlmsghdr *nlh = fake_message(SIPFAST_CMD_SET_CONFIG);
	struct seen seen;

	(void)state;
	sf_encode_config(nlh, &info.config);
	assert_int_equal(decode(nlh, &seen), 0);
	assert_memory_equal(&seen.last.config, &info.config,
			    sizeof(info.config));
	info.config.present = 1U << SIPFAST_A_CONFIG_CALL_LIMIT;
	nlh = fake_message(SIPFAST_CMD_SET_CONFIG);
	sf_encode_config(nlh, &info.config);
	assert_int_equal(decode(nlh, &seen), 0);
	assert_int_equal(seen.last.config.present, info.config.present);
	assert_int_equal(seen.last.config.call_limit, 16384);
}

/* Attributes of a later version: at the top, in a nest, in a nest's nest. */
static void unknown(void **state)
{
	struct nlmsghdr *nlh;
	struct nlattr *nest, *inner;
	struct seen seen;

	(void)state;
	fake_reset();
	nlh = fake_message(SIPFAST_CMD_CALL_NEW_NTF);
	mnl_attr_put_strz(nlh, SIPFAST_A_MAX + 1, "later");
	mnl_attr_put_u32(nlh, SIPFAST_A_PAD, 1);
	nest = mnl_attr_nest_start(nlh, SIPFAST_A_CALL);
	mnl_attr_put_u32(nlh, SIPFAST_A_CALL_MAX + 1, 1);
	mnl_attr_put_u32(nlh, 0x3fff, 1);
	inner = mnl_attr_nest_start(nlh, SIPFAST_A_CALL_CALLER);
	mnl_attr_put_u32(nlh, SIPFAST_A_ENDPOINT_MAX + 1, 1);
	mnl_attr_nest_end(nlh, inner);
	mnl_attr_put_u32(nlh, SIPFAST_A_CALL_ID, 9);
	mnl_attr_nest_end(nlh, nest);
	assert_int_equal(decode(nlh, &seen), 0);
	assert_int_equal(seen.n, 1);
	assert_int_equal(seen.last.call.id, 9);
	assert_endpoint(&seen.last.call.caller, "-");
}

/* Known attributes with a length that they cannot have. */
static void lengths(void **state)
{
	static const struct {
		uint16_t nest, attr, inner, len;
	} rows[] = {
		{ SIPFAST_A_CALL, SIPFAST_A_CALL_ID, 0, 0 },
		{ SIPFAST_A_CALL, SIPFAST_A_CALL_ID, 0, 3 },
		{ SIPFAST_A_CALL, SIPFAST_A_CALL_ID, 0, 8 },
		{ SIPFAST_A_CALL, SIPFAST_A_CALL_STATE, 0, 0 },
		{ SIPFAST_A_CALL, SIPFAST_A_CALL_STATE, 0, 4 },
		{ SIPFAST_A_CALL, SIPFAST_A_CALL_STATUS, 0, 1 },
		{ SIPFAST_A_CALL, SIPFAST_A_CALL_FROM, 0, 0 },
		{ SIPFAST_A_CALL, SIPFAST_A_CALL_FROM, 0, 5 },
		{ SIPFAST_A_COUNTER, SIPFAST_A_COUNTER_VALUE, 0, 4 },
		{ SIPFAST_A_CALL, SIPFAST_A_CALL_CALLER,
		  SIPFAST_A_ENDPOINT_ADDR4, 3 },
		{ SIPFAST_A_CALL, SIPFAST_A_CALL_CALLER,
		  SIPFAST_A_ENDPOINT_ADDR4, 16 },
		{ SIPFAST_A_CALL, SIPFAST_A_CALL_CALLER,
		  SIPFAST_A_ENDPOINT_ADDR6, 4 },
		{ SIPFAST_A_CALL, SIPFAST_A_CALL_CALLER,
		  SIPFAST_A_ENDPOINT_PORT, 4 },
		{ SIPFAST_A_STREAM, SIPFAST_A_STREAM_FORWARD,
		  SIPFAST_A_DIRECTION_PACKETS, 7 },
		{ SIPFAST_A_STREAM, SIPFAST_A_STREAM_REVERSE,
		  SIPFAST_A_DIRECTION_DECLINED, 3 },
		{ SIPFAST_A_STREAM, SIPFAST_A_STREAM_SECURE, 0, 4 },
	};
	struct nlattr *nest, *inner = NULL;
	char junk[32];
	struct nlmsghdr *nlh;
	struct seen seen;
	size_t i;

	(void)state;
	memset(junk, 'x', sizeof(junk));
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%zu", i);
		fake_reset();
		nlh = fake_message(0);
		nest = mnl_attr_nest_start(nlh, rows[i].nest);
		if (rows[i].inner)
			inner = mnl_attr_nest_start(nlh, rows[i].attr);
		mnl_attr_put(nlh, rows[i].inner ? rows[i].inner : rows[i].attr,
			     rows[i].len, junk);
		if (rows[i].inner)
			mnl_attr_nest_end(nlh, inner);
		mnl_attr_nest_end(nlh, nest);
		assert_int_equal(decode(nlh, &seen), -EBADMSG);
		assert_int_equal(seen.n, 0);
	}
}

static void short_message(void **state)
{
	struct nlmsghdr *nlh;
	struct seen seen;

	(void)state;
	fake_reset();
	nlh = fake_message(0);
	assert_int_equal(decode(nlh, &seen), 0);
	nlh->nlmsg_len = NLMSG_HDRLEN + GENL_HDRLEN - 1;
	assert_int_equal(decode(nlh, &seen), -EBADMSG);
	nlh->nlmsg_len = NLMSG_HDRLEN;
	assert_int_equal(decode(nlh, &seen), -EBADMSG);
}

/* What is cut must be given up or read short, never read beyond. */
static void cut(void **state)
{
	struct nlmsghdr *nlh, *copy;
	struct seen seen;
	uint32_t len, whole_len;
	int err;

	(void)state;
	fake_reset();
	nlh = sample_call(SIPFAST_CMD_GET_CALL, 7, SIPFAST_CALL_UP, 1);
	sample_end(nlh);
	whole_len = nlh->nlmsg_len;
	for (len = NLMSG_HDRLEN; len < whole_len; len += 4) {
		row("%u", len);
		copy = (struct nlmsghdr *)guard_tail(nlh, len);
		copy->nlmsg_len = len;
		err = decode(copy, &seen);
		assert_true(err == 0 || err == -EBADMSG);
		assert_int_equal(seen.n, 0);
	}
}

/* Any byte may be any other: lengths and types above all. */
static void mangled(void **state)
{
	struct nlmsghdr *nlh, *copy;
	struct seen seen;
	uint32_t i, j, len;
	int err;

	(void)state;
	fake_reset();
	nlh = sample_call(SIPFAST_CMD_GET_CALL, 7, SIPFAST_CALL_UP, 1);
	sample_end(nlh);
	len = nlh->nlmsg_len;
	for (i = 0; i < 50000; i++) {
		row("%u", i);
		copy = (struct nlmsghdr *)guard_tail(nlh, len);
		for (j = 0; j < 1 + i % 4; j++)
			((char *)copy)[NLMSG_HDRLEN +
				       random_u32() % (len - NLMSG_HDRLEN)] =
				random_u32();
		err = decode(copy, &seen);
		assert_true(err == 0 || err == -EBADMSG);
	}
}

static void result(void **state)
{
	struct seen seen = { .result = 42 };
	struct nlmsghdr *nlh;

	(void)state;
	fake_reset();
	nlh = fake_message(0);
	mnl_attr_put(nlh, SIPFAST_A_CALL, 0, NULL);
	mnl_attr_put(nlh, SIPFAST_A_STREAM, 0, NULL);
	assert_int_equal(sf_decode(nlh, see, &seen), 42);
	assert_int_equal(seen.n, 1);
	assert_int_equal(decode(nlh, &seen), 0);
	assert_int_equal(seen.n, 2);
}

static void endpoints(void **state)
{
	struct sf_endpoint a = { .family = AF_INET6, .has_port = true,
				 .port = 65535 }, b = a;

	(void)state;
	memset(a.addr, 0xff, sizeof(a.addr));
	assert_endpoint(&a, "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535");
	assert_false(sf_endpoint_same(&a, &b));
	a.has_port = false;
	assert_endpoint(&a, "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:*");
	b = a;
	assert_true(sf_endpoint_same(&a, &b));
	b.has_port = true;
	assert_false(sf_endpoint_same(&a, &b));
	b.family = 77;
	assert_endpoint(&b, "-");
}

static const struct CMUnitTest tests[] = {
	TEST(call),
	TEST(stream),
	TEST(quality),
	TEST(registration),
	TEST(stats),
	TEST(config_round_trip),
	TEST(unknown),
	TEST(lengths),
	TEST(short_message),
	TEST(cut),
	TEST(mangled),
	TEST(result),
	TEST(endpoints),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
