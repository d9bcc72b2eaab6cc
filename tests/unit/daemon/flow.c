// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * flow.c - addresses and ports as text, and transports
 */
#include "world.h"

#include <netinet/in.h>
#include <sys/socket.h>

static void ends(void **state)
{
	static const struct {
		const char *text;
		u16 port;
		const char *want;	/* NULL: it is none */
	} rows[] = {
		{ "192.0.2.1:5060", 0, "192.0.2.1:5060" },
		{ "192.0.2.1:5060", 5061, "192.0.2.1:5060" },
		{ "192.0.2.1", 5061, "192.0.2.1:5061" },
		{ "[2001:db8::1]:5060", 0, "[2001:db8::1]:5060" },
		{ "[2001:db8::1]", 80, "[2001:db8::1]:80" },
		{ "2001:db8::1", 80, "[2001:db8::1]:80" },
		{ "::", 5060, "[::]:5060" },
		{ "0.0.0.0:1", 0, "0.0.0.0:1" },
		{ "2001:db8:1234:5678:9abc:def0:1234:5678", 65535,
		  "[2001:db8:1234:5678:9abc:def0:1234:5678]:65535" },
		{ "192.0.2.1", 0, NULL },
		{ "2001:db8::1", 0, NULL },
		{ "192.0.2.1:0", 5060, NULL },
		{ "192.0.2.1:65536", 5060, NULL },
		{ "192.0.2.1:", 5060, NULL },
		{ "192.0.2.1:5060 ", 5060, NULL },
		{ "example.com:5060", 5060, NULL },
		{ "[2001:db8::1", 5060, NULL },
		{ ":5060", 5060, NULL },
		{ "", 5060, NULL },
	};
	char text[SF_END_TEXT_LEN];
	struct sf_end end, back;
	struct sockaddr_storage sa;
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].text);
		assert_int_equal(sf_end_parse(rows[i].text, rows[i].port, &end),
				 !!rows[i].want);
		if (!rows[i].want)
			continue;
		assert_string_equal(sf_end_text(&end, text), rows[i].want);
		sf_end_to_sockaddr(&end, &sa);
		sf_end_from_sockaddr(&back, &sa);
		assert_true(sf_end_eq(&end, &back));
	}
	sa.ss_family = AF_UNIX;
	sf_end_from_sockaddr(&back, &sa);
	assert_int_equal(back.ip.family, 0);
}

static void equality(void **state)
{
	struct sf_end a, b, none = { 0 };

	(void)state;
	sf_end_parse("192.0.2.1:5060", 0, &a);
	sf_end_parse("192.0.2.1:5060", 0, &b);
	memset(b.ip.v6 + 4, 0xff, 12);
	assert_true(sf_end_eq(&a, &b));
	b.port = 5061;
	assert_false(sf_end_eq(&a, &b));
	sf_end_parse("192.0.2.2:5060", 0, &b);
	assert_false(sf_end_eq(&a, &b));
	sf_end_parse("[2001:db8::1]:5060", 0, &a);
	sf_end_parse("[2001:db8::2]:5060", 0, &b);
	assert_false(sf_end_eq(&a, &b));
	assert_false(sf_ip_eq(&a.ip, &none.ip));
	assert_true(sf_ip_eq(&none.ip, &none.ip));
}

static void transports(void **state)
{
	(void)state;
	assert_string_equal(sf_transport_name(SF_TRANSPORT_UDP), "udp");
	assert_string_equal(sf_transport_via(SF_TRANSPORT_WSS), "WSS");
	assert_string_equal(sf_transport_name((enum sf_transport)99), "?");
	assert_int_equal(sf_transport_port(SF_TRANSPORT_TCP), 5060);
	assert_int_equal(sf_transport_port(SF_TRANSPORT_TLS), 5061);
	assert_false(sf_transport_reliable(SF_TRANSPORT_UDP));
	assert_true(sf_transport_reliable(SF_TRANSPORT_TLS));
}

static const struct CMUnitTest tests[] = {
	TEST(ends), TEST(equality), TEST(transports),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
