// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * agree.c - which messages hold offers and answers, and of which dialog
 *
 * alice's phone speaks TLS, those of her peers UDP.
 */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../daemon/app/agree.h"
#include "../../../daemon/app/media.h"
#include "../../../daemon/app/trunk.h"
#include "../../../daemon/sip/server.h"
#include "fake.h"
#include "module.h"

static const struct sf_hash_key key = { { 5, 6 } };
static struct sf_daemon daemon_of;
static struct sf_conf conf;
static struct sf_worker worker;
static struct sf_server server;
static struct sf_fork fork_of;
static struct sf_leg desk, cell;

/* Which flows are trunks' is not the question here. */
int sf_trunk_of_flow(const struct sf_conf *of, struct sf_net *net,
		     const struct sf_flow *from)
{
	(void)of;
	(void)net;
	return from->remote.ip.v4[3] == 9 ? 0 : -1;
}

static struct sf_flow flow(u8 last, enum sf_transport transport)
{
	return (struct sf_flow){
		.remote = { { 4, .v4 = { 192, 0, 2, last } }, 5060 },
		.transport = transport,
	};
}

static void begin_leg(struct sf_leg *leg, u8 last)
{
	*leg = (struct sf_leg){
		.next = fork_of.legs,
		.fork = &fork_of,
		.hop = { .flow = flow(last, SF_TRANSPORT_UDP), .trunk = -1,
			 .ruri = { "sip:bob@192.0.2.2", 17 } },
	};
	fork_of.legs = leg;
}

static struct sf_blob *copy(const struct sf_message *message)
{
	return sf_blob_new(message->buf, message->packet->len);
}

static const struct sf_message *request(const char *method, const char *to_tag,
					const char *body)
{
	static char text[2048];

	snprintf(text, sizeof(text),
		 "%s sip:bob@example.net SIP/2.0\n"
		 "Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bKa\n"
		 "Max-Forwards: 70\nCall-ID: one\nCSeq: 1 %s\n"
		 "From: <sip:alice@example.net>;tag=alice\n"
		 "To: <sip:bob@example.net>%s%s\n"
		 "Content-Type: application/sdp\nContent-Length: %zu\n\n%s",
		 method, method, *to_tag ? ";tag=" : "", to_tag, strlen(body),
		 body);
	return incoming(text);
}

/* A request from alice, under way to two places. */
static void ask(const char *method, const char *to_tag, const char *body)
{
	server.request = copy(request(method, to_tag, body));
	fork_of = (struct sf_fork){
		.worker = &worker,
		.server = &server,
		.from = { .flow = flow(1, SF_TRANSPORT_TLS) },
	};
	begin_leg(&desk, 2);
	begin_leg(&cell, 3);
}

/* What the fork does with it is what fork.c does. */
static void answer(struct sf_leg *leg, u32 status, const char *method,
		   const char *to_tag, const char *more, const char *body)
{
	static char text[2048];

	snprintf(text, sizeof(text),
		 "SIP/2.0 %u Whatever\n"
		 "Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bKa\n"
		 "Call-ID: one\n%sCSeq: 1 %s\n"
		 "From: <sip:alice@example.net>;tag=alice\n"
		 "To: <sip:bob@example.net>%s%s\n"
		 "Content-Type: application/sdp\nContent-Length: %zu\n\n%s",
		 status, more, method, *to_tag ? ";tag=" : "", to_tag,
		 strlen(body), body);
	sf_agree_response(leg, incoming(text));
	if (status < 200)
		return;
	fork_of.done = true;
	sf_blob_put(server.request);
	server.request = NULL;
}

static void over(void)
{
	sf_agree_over(&fork_of);
	assert_null(fork_of.early);
	assert_null(fork_of.asked);
	sf_blob_put(server.request);
	server.request = NULL;
}

static void begin(void)
{
	fake_reset();
	module_reset();
	memset(&worker, 0, sizeof(worker));
	worker.daemon = &daemon_of;
	worker.conf = &conf;
	assert_int_equal(sf_media_open(&daemon_of.media, &module_ops, &key), 0);
}

static void end(void)
{
	over();
	sf_media_close(daemon_of.media);
	daemon_of.media = NULL;
}

#define COUNTED(what)	worker.counters[SF_APP_MEDIA_##what]

static void invite(void **state)
{
	(void)state;
	begin();
	ask("INVITE", "", "o");
	answer(&desk, 180, "INVITE", "d", "", "");
	/* without a tag it begins no dialog */
	answer(&desk, 183, "INVITE", "", "", "a");
	assert_not_asked();
	answer(&desk, 183, "INVITE", "d", "", "a");
	assert_asked("open 1 o a ringing");
	answer(&desk, 200, "INVITE", "d", "", "");
	assert_asked("change 1 o a up");
	assert_int_equal(COUNTED(OPENED), 2);
	end();
}

/* The module's helper sees both sides. */
static void in_the_clear(void **state)
{
	(void)state;
	begin();
	ask("INVITE", "", "o");
	fork_of.from.flow.transport = SF_TRANSPORT_TCP;
	answer(&desk, 183, "INVITE", "d", "", "a");
	assert_not_asked();
	/* but not what another phone says over TLS, be it later */
	cell.hop.flow.transport = SF_TRANSPORT_WSS;
	answer(&desk, 200, "INVITE", "d", "", "a");
	assert_not_asked();
	answer(&cell, 200, "INVITE", "c", "", "b");
	assert_asked("open 1 o b up");
	end();
	/* nobody is there to be asked */
	ask("INVITE", "", "o");
	answer(&desk, 200, "INVITE", "d", "", "a");
	assert_not_asked();
	sf_blob_put(server.request);
}

/* RFC 3261, 13.2.2.4: each 2xx is a dialog. */
static void picked_up_twice(void **state)
{
	(void)state;
	begin();
	ask("INVITE", "", "o");
	answer(&cell, 183, "INVITE", "c", "", "a");
	assert_asked("open 1 o a ringing");
	answer(&desk, 200, "INVITE", "d", "", "b");
	assert_asked("open 2 o b up");
	assert_asked("close 1 rejected");
	/* too late */
	answer(&cell, 183, "INVITE", "c", "", "a");
	assert_not_asked();
	answer(&cell, 200, "INVITE", "c", "", "c");
	assert_asked("open 3 o c up");
	/* once more is nothing new */
	answer(&desk, 200, "INVITE", "d", "", "b");
	answer(&cell, 200, "INVITE", "c", "", "c");
	assert_not_asked();
	over();
	assert_not_asked();
	/* and when the transaction is gone nothing goes back, or is open */
	fork_of.server = NULL;
	answer(&cell, 200, "INVITE", "e", "", "c");
	assert_not_asked();
	end();
}

/* One place may be a server that asks many. */
static void too_many(void **state)
{
	char tag[8];
	u32 i;

	(void)state;
	begin();
	ask("INVITE", "", "o");
	for (i = 0; i < 12; i++) {
		snprintf(tag, sizeof(tag), "r%u", i);
		answer(&desk, 183, "INVITE", tag, "", "a");
	}
	assert_int_equal(module.requests, 8);
	answer(&desk, 200, "INVITE", "w0", "", "a");
	assert_int_equal(module.requests, 8 + 1 + 8);
	assert_string_equal(module.line[16], "close 1 rejected");
	for (i = 1; i < 12; i++) {
		snprintf(tag, sizeof(tag), "w%u", i);
		answer(&desk, 200, "INVITE", tag, "", "a");
	}
	assert_int_equal(module.requests, 8 + 1 + 8 + 7);
	assert_int_equal(COUNTED(OPENED), 16);
	assert_int_equal(COUNTED(FAILED), 4);
	end();
}

static void refused(void **state)
{
	(void)state;
	begin();
	ask("INVITE", "", "o");
	answer(&desk, 183, "INVITE", "d", "", "a");
	assert_asked("open 1 o a ringing");
	answer(&cell, 183, "INVITE", "c", "", "b");
	assert_asked("open 2 o b ringing");
	sf_agree_refused(&desk, 486);
	assert_asked("close 1 rejected");
	over();
	assert_asked("close 2 rejected");
	end();
}

/* A dialog that is up: a 2xx of bob's to alice. */
static void talk(void)
{
	begin();
	ask("INVITE", "", "o");
	answer(&desk, 200, "INVITE", "bob", "", "a");
	assert_asked("open 1 o a up");
	over();
}

static void anew(void **state)
{
	(void)state;
	talk();
	ask("INVITE", "bob", "p");
	answer(&desk, 183, "INVITE", "bob", "", "b");
	assert_asked("change 1 p b up");
	answer(&desk, 200, "INVITE", "bob", "", "b");
	assert_asked("change 1 p b up");
	/* it may come again after the next one has changed all */
	answer(&desk, 200, "INVITE", "bob", "", "b");
	assert_not_asked();
	over();
	ask("UPDATE", "bob", "q");
	answer(&desk, 200, "UPDATE", "bob", "", "c");
	assert_asked("change 1 q c up");
	over();
	ask("INFO", "bob", "q");
	answer(&desk, 200, "INFO", "bob", "", "c");
	assert_not_asked();
	end();
}

static void hung_up(void **state)
{
	static const u16 last[] = { 200, 408, 481, 500 };
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(last); i++) {
		row("%u", last[i]);
		talk();
		ask("BYE", "bob", "");
		sf_agree_refused(&desk, 401);
		sf_agree_refused(&desk, 407);
		assert_not_asked();
		if (last[i] == 200)
			answer(&desk, 200, "BYE", "bob", "", "");
		else
			sf_agree_refused(&desk, last[i]);
		assert_asked("close 1 bye");
		end();
	}
}

/* What is refused leaves the dialog, unless that is what is not there. */
static void gone(void **state)
{
	(void)state;
	talk();
	ask("INVITE", "bob", "p");
	sf_agree_refused(&desk, 488);
	assert_not_asked();
	sf_agree_refused(&desk, 481);
	assert_asked("close 1 bye");
	end();
}

/* A request that may have an answer, on its way from alice. */
static void pass(const char *method, const char *body)
{
	const struct sf_flow from = flow(1, SF_TRANSPORT_TLS);
	const struct sf_flow to = flow(2, SF_TRANSPORT_UDP);

	sf_agree_request(&worker, request(method, "bob", body), &from, &to);
}

static void offered(void **state)
{
	(void)state;
	begin();
	ask("INVITE", "", "");
	/* a provisional response offers if it is reliable (RFC 3262, 5) */
	answer(&desk, 183, "INVITE", "bob", "", "o");
	pass("PRACK", "a");
	assert_not_asked();
	answer(&desk, 183, "INVITE", "bob", "RSeq: 1\n", "o");
	pass("INFO", "a");
	pass("PRACK", "");
	assert_not_asked();
	pass("PRACK", "a");
	assert_asked("open 1 o a callee-offers ringing");
	answer(&desk, 200, "INVITE", "bob", "", "");
	assert_asked("change 1 o a callee-offers up");
	over();
	ask("INVITE", "bob", "");
	answer(&desk, 200, "INVITE", "bob", "", "p");
	over();
	pass("ACK", "b");
	assert_asked("change 1 p b callee-offers up");
	end();
}

/* Carriers, and whoever is in another domain, have media anywhere. */
static void anywhere(void **state)
{
	(void)state;
	begin();
	ask("INVITE", "", "o");
	desk.hop.trunk = 0;
	answer(&desk, 200, "INVITE", "d", "", "a");
	assert_asked("open 1 o a callee-names up");
	over();
	ask("INVITE", "", "o");
	desk.hop.ruri = (struct sf_text){ 0 };
	answer(&desk, 200, "INVITE", "e", "", "a");
	assert_asked("open 2 o a callee-names up");
	over();
	ask("INVITE", "", "o");
	fork_of.from.flow.remote.ip.v4[3] = 9;
	answer(&desk, 200, "INVITE", "f", "", "a");
	assert_asked("open 3 o a caller-names up");
	end();
}

/* IPv4 here and IPv6 there: the message goes on, and why is counted. */
static void families(void **state)
{
	(void)state;
	begin();
	ask("INVITE", "", "o");
	desk.hop.flow.remote.ip.family = 6;
	answer(&desk, 200, "INVITE", "d", "", "a");
	assert_not_asked();
	assert_int_equal(COUNTED(FAMILY), 1);
	assert_int_equal(COUNTED(OPENED) + COUNTED(FAILED), 0);
	end();
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(invite),
		TEST(in_the_clear),
		TEST(picked_up_twice),
		TEST(too_many),
		TEST(refused),
		TEST(anew),
		TEST(hung_up),
		TEST(gone),
		TEST(offered),
		TEST(anywhere),
		TEST(families),
	};

	return run(tests, ARRAY_SIZE(tests));
}
