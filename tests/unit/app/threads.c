// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * threads.c - several workers at once: REGISTERs of few users, look-ups,
 * connections that close, users that are replaced, and a store that writes
 *
 * What is wrong here the thread sanitizer sees.
 */
#include "test.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../../daemon/app/registrar.h"
#include "../../../daemon/app/target.h"
#include "fake.h"

#define WORKERS	4
#define TURNS	2000
#define USERS	16

static struct sf_domain domain = {
	.name = "b.com",
	.anyone = true,
	.algorithms = SF_ALG_ALL,
	.min_expires = 60,
	.max_expires = 3600,
	.default_expires = 3600,
	.contacts = 32,
};

static const struct sf_domains domains = { &domain, 1 };

static const struct sf_location_user nobody;

static struct sf_users *users;
static struct sf_auth *auth;
static struct sf_guard *guard;
static struct sf_location *location;
static struct sf_store *store;
static struct sf_registrar *registrar;

/* A worker's own message: that of fake.c is everybody's. */
struct worker {
	pthread_t thread;
	u32 number;
	struct sf_msg msg;
	struct sf_packet packet;
	struct sf_message message;
	struct sf_mailbox box;
	struct sf_targets targets;
	char bytes[2048];
};

static const struct sf_message *request(struct worker *w, u32 turn)
{
	int len = snprintf(w->bytes, sizeof(w->bytes),
		"REGISTER sip:b.com SIP/2.0\r\n"
		"Via: SIP/2.0/TCP h;branch=z9hG4bK%u-%u\r\n"
		"From: <sip:u%u@b.com>;tag=1\r\nTo: <sip:u%u@b.com>\r\n"
		"Call-ID: %u\r\nCSeq: %u REGISTER\r\n"
		"Contact: <sip:c%u@192.0.2.%u>;expires=%u\r\n"
		"Content-Length: 0\r\n\r\n", w->number, turn, turn % USERS,
		turn % USERS, w->number, turn, turn % 3, w->number,
		turn % 5 ? 3600 : 0);

	memset(&w->message, 0, sizeof(w->message));
	w->packet = (struct sf_packet){
		.flow = fake_flow,
		.buf = w->bytes,
		.len = (u32)len,
		.msg = &w->msg,
	};
	w->packet.flow.transport = SF_TRANSPORT_WS;
	w->packet.flow.worker = (u8)w->number;
	w->packet.flow.serial = turn / 100 + 1;
	assert_reason(sf_msg_parse(&w->msg, w->bytes, (u32)len), SF_OK);
	sf_message_read(&w->message, &w->packet);
	return &w->message;
}

static void challenge(void)
{
	char lines[1024];
	struct sf_out out = sf_out(lines, sizeof(lines));

	sf_auth_challenge(auth, &out, &domain, &fake_flow, NULL, false, false);
	assert_false(out.full);
}

static void *work(void *arg)
{
	struct worker *w = arg;
	struct sf_flow flow;
	u32 i;

	for (i = 0; i < TURNS; i++) {
		sf_registrar_request(registrar, NULL, &w->box, request(w, i));
		sf_location_lookup(location, (struct sf_text){ "u1@b.com", 8 },
				   &w->targets);
		if (i % 100 == 99) {
			flow = w->packet.flow;
			sf_location_closed(location, &flow);
		}
		if (i % 10 == 0)
			challenge();
		if (i % 50 == 0)
			sf_users_replace(users, sf_user_table_new());
		fake_read(&w->box);
	}
	return NULL;
}

static void together(void)
{
	struct sf_registrar_parts parts = {
		&domains, users, auth, location, store, NULL, NULL, NULL,
	};
	struct worker *w = calloc(WORKERS, sizeof(*w));
	u32 i;

	assert_int_equal(sf_registrar_open(&registrar, &parts), 0);
	for (i = 0; i < WORKERS; i++) {
		w[i].number = i;
		assert_int_equal(sf_mailbox_init(&w[i].box, NULL, 100000, NULL),
				 0);
		assert_int_equal(pthread_create(&w[i].thread, NULL, work,
						&w[i]), 0);
	}
	for (i = 0; i < 20; i++) {
		sf_location_sweep(location);
		sf_location_count(location);
		sf_registrar_domains(registrar, &domains);
		usleep(1000);
	}
	for (i = 0; i < WORKERS; i++)
		pthread_join(w[i].thread, NULL);
	sf_store_close(store);
	for (i = 0; i < WORKERS; i++)
		sf_mailbox_close(&w[i].box, NULL);
	sf_registrar_close(registrar);
	free(w);
}

static void begin(void)
{
	fake_reset();
	fake.real = true;
	users = sf_users_new();
	guard = sf_guard_new(NULL, NULL);
	assert_int_equal(sf_auth_open(&auth, users, guard, 300), 0);
	assert_int_equal(sf_location_open(&location, &nobody, NULL), 0);
}

static void end(void)
{
	/* all that came over connections went with them */
	assert_int_equal(sf_location_count(location), 0);
	sf_location_close(location);
	sf_auth_close(auth);
	sf_guard_free(guard);
	sf_users_free(users);
}

static void memory(void **state)
{
	(void)state;
	begin();
	store = sf_store_memory();
	together();
	end();
}

static void durable(void **state)
{
	char dir[] = "/tmp/sipfast-threads-XXXXXX", path[64], command[64];
	const char *why = "";

	(void)state;
	begin();
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/sipfast.db", dir);
	if (sf_store_sqlite(&store, path, &why))
		fail_msg("%s", why);
	together();
	end();
	snprintf(command, sizeof(command), "rm -r %s", dir);
	assert_int_equal(system(command), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(memory),
		TEST(durable),
	};

	return run(tests, ARRAY_SIZE(tests));
}
