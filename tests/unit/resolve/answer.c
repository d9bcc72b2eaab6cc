// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * answer.c - what a DNS message says about a name
 */
#include <errno.h>
#include <stdio.h>

#include <sipfast/value.h>

#include "../../../daemon/sip/dns_answer.h"
#include "wire.h"
#include "world.h"

static struct wire msg, data;
static struct sf_dns_answer answer;

static void begin(u32 rcode)
{
	wire_header(&msg, 1, rcode);
	wire_question(&msg, "a.example", SF_DNS_A);
}

static void add(const char *owner, u16 type, u32 ttl, const void *bytes, u32 len)
{
	wire_record(&msg, WIRE_ANSWER, owner, type, ttl, bytes, len);
}

static void add_data(const char *owner, u16 type)
{
	add(owner, type, 60, data.buf, data.len);
}

static void add_alias(const char *owner, const char *to, u32 ttl)
{
	data.len = 0;
	wire_name(&data, to);
	add(owner, SF_DNS_CNAME, ttl, data.buf, data.len);
}

static void read_as(enum sf_dns_type type)
{
	sf_dns_answer_read(&answer, (const u8 *)guard_tail(msg.buf, msg.len), msg.len,
			   "a.example", type);
}

static void addresses(void **state)
{
	(void)state;
	begin(0);
	add("a.example", SF_DNS_A, 60, "\1\2\3\4", 4);
	add("A.Example", SF_DNS_A, 50, "\1\2\3\5", 4);
	add("b.example", SF_DNS_A, 5, "\1\2\3\6", 4);	/* somebody else's */
	add("a.example", SF_DNS_A, 60, "\1\2\3\7\0", 5);	/* no address */
	add("a.example", SF_DNS_AAAA, 60, "0123456789abcdef", 16);
	read_as(SF_DNS_A);
	assert_int_equal(answer.err, 0);
	assert_int_equal(answer.count, 2);
	assert_int_equal(answer.ttl, 50);
	assert_memory_equal(answer.at[1].ip.v4, "\1\2\3\5", 4);
	read_as(SF_DNS_AAAA);
	assert_int_equal(answer.count, 1);
	assert_int_equal(answer.at[0].ip.family, 6);
	assert_memory_equal(answer.at[0].ip.v6, "0123456789abcdef", 16);
}

static void too_many(void **state)
{
	char name[64];
	u32 i;

	(void)state;
	begin(0);
	for (i = 0; i < 300; i++)
		add("a.example", SF_DNS_A, 60, "\1\2\3\4", 4);
	read_as(SF_DNS_A);
	assert_int_equal(answer.count, SF_DNS_RECORDS_MAX);
	begin(0);
	for (i = 0; i < SF_DNS_RECORDS_MAX; i++) {
		/* names that do not fit all */
		snprintf(name, sizeof(name), "%062u", i);
		wire_srv(&data, 0, 0, 1, name);
		wire_u8(&data, 0);
		data.len--;
		add_data("a.example", SF_DNS_SRV);
	}
	read_as(SF_DNS_SRV);
	assert_int_equal(answer.count, SF_DNS_TEXT_MAX / 63);
	assert_int_equal(answer.text_len, answer.count * 63);
}

static void aliases(void **state)
{
	(void)state;
	begin(0);
	add_alias("a.example", "b.example", 40);
	add_alias("b.example", "c.example", 30);
	add("c.example", SF_DNS_A, 60, "\1\2\3\4", 4);
	read_as(SF_DNS_A);
	assert_int_equal(answer.count, 1);
	assert_int_equal(answer.ttl, 30);
}

static void aliases_in_any_order(void **state)
{
	(void)state;
	begin(0);
	add("c.example", SF_DNS_A, 60, "\1\2\3\4", 4);
	add_alias("b.example", "c.example", 30);
	add_alias("a.example", "b.example", 40);
	read_as(SF_DNS_A);
	assert_int_equal(answer.count, 1);
	assert_int_equal(answer.ttl, 30);
}

static void aliases_in_a_ring(void **state)
{
	(void)state;
	begin(0);
	add_alias("a.example", "b.example", 40);
	add_alias("b.example", "a.example", 40);
	read_as(SF_DNS_A);
	assert_int_equal(answer.err, -ENOENT);
}

/* To a name that no host has: what it is an alias of is not known. */
static void alias_of_nothing(void **state)
{
	(void)state;
	begin(0);
	add("a.example", SF_DNS_CNAME, 60, "\2a b\0", 4);
	add("a.example", SF_DNS_CNAME, 60, "\1!\0", 3);
	add("b.example", SF_DNS_A, 60, "\1\2\3\4", 4);
	read_as(SF_DNS_A);
	assert_int_equal(answer.err, -ENOENT);
}

static void srv(void **state)
{
	(void)state;
	begin(0);
	wire_srv(&data, 1, 2, 5062, "one.example");
	add_data("a.example", SF_DNS_SRV);
	wire_srv(&data, 1, 2, 0, "no-port.example");
	add_data("a.example", SF_DNS_SRV);
	wire_srv(&data, 1, 2, 5060, "no host.example");
	add_data("a.example", SF_DNS_SRV);
	wire_srv(&data, 65535, 65535, 65535, "two.example");
	add_data("a.example", SF_DNS_SRV);
	wire_u8(&data, 0);				/* something behind it */
	add_data("a.example", SF_DNS_SRV);
	data.len = 6;					/* no name */
	add_data("a.example", SF_DNS_SRV);
	read_as(SF_DNS_SRV);
	assert_int_equal(answer.count, 2);
	assert_string_equal(sf_dns_answer_name(&answer, 0), "one.example");
	assert_int_equal(answer.at[0].port, 5062);
	assert_string_equal(sf_dns_answer_name(&answer, 1), "two.example");
	assert_int_equal(answer.at[1].first, 65535);
	assert_int_equal(answer.at[1].second, 65535);
}

static void srv_refused(void **state)
{
	(void)state;
	begin(0);
	wire_srv(&data, 0, 0, 0, "");
	add_data("a.example", SF_DNS_SRV);
	read_as(SF_DNS_SRV);
	assert_int_equal(answer.err, 0);
	assert_int_equal(answer.count, 0);
	assert_int_equal(answer.ttl, 60);
}

static void naptr(void **state)
{
	static const struct {
		const char *flags;
		const char *service;
		const char *expression;
		const char *to;
		u32 transport;	/* 0: of no use */
	} rows[] = {
		{ "s", "SIP+D2U", "", "to.example", SF_TRANSPORT_UDP },
		{ "S", "sip+d2t", "", "to.example", SF_TRANSPORT_TCP },
		{ "s", "SIPS+D2T", "", "to.example", SF_TRANSPORT_TLS },
		{ "s", "SIP+D2S", "", "to.example", 0 },
		{ "s", "SIP+D2U+x", "", "to.example", 0 },
		{ "u", "E2U+sip", "!^.*$!sip:a@b!", "", 0 },
		{ "s", "SIP+D2U", "!x!y!", "to.example", 0 },
		{ "a", "SIP+D2U", "", "to.example", 0 },
		{ "", "SIP+D2U", "", "to.example", 0 },
		{ "s", "SIP+D2U", "", "", 0 },
		{ "s", "", "", "to.example", 0 },
	};
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%u", i);
		begin(0);
		wire_naptr(&data, 7, 8, rows[i].flags, rows[i].service,
			   rows[i].expression, rows[i].to);
		add_data("a.example", SF_DNS_NAPTR);
		read_as(SF_DNS_NAPTR);
		assert_int_equal(answer.count, rows[i].transport != 0);
		if (!rows[i].transport)
			continue;
		assert_int_equal(answer.at[0].transport, rows[i].transport);
		assert_int_equal(answer.at[0].first, 7);
		assert_int_equal(answer.at[0].second, 8);
		assert_string_equal(sf_dns_answer_name(&answer, 0), "to.example");
	}
}

/* Every length but the right one. */
static void naptr_cut(void **state)
{
	u32 full, len;

	(void)state;
	wire_naptr(&data, 7, 8, "s", "SIP+D2U", "", "to.example");
	full = data.len;
	for (len = 0; len < full; len++) {
		begin(0);
		add("a.example", SF_DNS_NAPTR, 60, data.buf, len);
		read_as(SF_DNS_NAPTR);
		assert_int_equal(answer.err, -ENOENT);
	}
}

static void none(void **state)
{
	(void)state;
	begin(3);
	read_as(SF_DNS_A);
	assert_int_equal(answer.err, -ENOENT);
	assert_int_equal(answer.ttl, 30);
	wire_soa(&data, 20);
	wire_record(&msg, WIRE_AUTHORITY, "example", SF_DNS_SOA, 100, data.buf, data.len);
	read_as(SF_DNS_A);
	assert_int_equal(answer.ttl, 20);
	begin(0);
	wire_record(&msg, WIRE_AUTHORITY, "example", SF_DNS_SOA, 10, data.buf, data.len);
	read_as(SF_DNS_A);
	assert_int_equal(answer.err, -ENOENT);
	assert_int_equal(answer.ttl, 10);
	begin(0);
	wire_record(&msg, WIRE_AUTHORITY, "example", SF_DNS_SOA, 10, data.buf,
		    data.len - 1);
	read_as(SF_DNS_A);
	assert_int_equal(answer.ttl, 30);
}

/* RFC 2181, 8. */
static void ttl_of_ages(void **state)
{
	(void)state;
	begin(0);
	add("a.example", SF_DNS_A, 0x80000000u, "\1\2\3\4", 4);
	read_as(SF_DNS_A);
	assert_int_equal(answer.ttl, 0);
}

static void no_answer(void **state)
{
	u32 rcode;

	(void)state;
	for (rcode = 1; rcode < 16; rcode++) {
		begin(rcode);
		add("a.example", SF_DNS_A, 60, "\1\2\3\4", 4);
		read_as(SF_DNS_A);
		if (rcode != 3)
			assert_int_equal(answer.err, -EAGAIN);
	}
	begin(0);
	msg.buf[2] = 0;	/* a question */
	read_as(SF_DNS_A);
	assert_int_equal(answer.err, -EAGAIN);
}

/* Cut anywhere, it is not believed. */
static void cut(void **state)
{
	u32 full;

	(void)state;
	begin(0);
	add_alias("a.example", "b.example", 40);
	add("b.example", SF_DNS_A, 60, "\1\2\3\4", 4);
	full = msg.len;
	for (msg.len = 0; msg.len < full; msg.len++) {
		read_as(SF_DNS_A);
		assert_int_equal(answer.err, -EAGAIN);
		assert_int_equal(answer.count, 0);
	}
	read_as(SF_DNS_A);
	assert_int_equal(answer.count, 1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(addresses), TEST(too_many), TEST(aliases),
		TEST(aliases_in_any_order), TEST(aliases_in_a_ring),
		TEST(alias_of_nothing), TEST(srv), TEST(srv_refused), TEST(naptr),
		TEST(naptr_cut), TEST(none), TEST(ttl_of_ages), TEST(no_answer),
		TEST(cut),
	};

	return run(tests, ARRAY_SIZE(tests));
}
