// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * world.c - the daemon in one thread
 *
 * It is put together as daemon/app/daemon.c does it, with users of the script's
 * and a store that keeps nothing. What else is kept is in KEPT, if "store" says so.
 */
#include "world.h"

#include <stdlib.h>
#include <unistd.h>

#include "../../daemon/app/ban.h"
#include "../../daemon/app/calls.h"
#include "../../daemon/app/challenge.h"
#include "../../daemon/app/hangup.h"
#include "../../daemon/app/keep.h"
#include "../../daemon/app/media.h"
#include "../../daemon/app/registrar.h"
#include "../../daemon/app/trunk.h"
#include "../../daemon/app/user.h"
#include "../../daemon/util/clock.h"

#define NONCE_LIFE_S	300
#define KEPT		"kept.db"

struct world world;

/* Of the store that a restart would not change. */
static struct sf_hash_key route_key, guard_key;

/* Without the network: that many messages would take their time. */
u32 world_crowd(u32 n)
{
	static const char text[] =
		"INVITE sip:1@example.net SIP/2.0\r\n"
		"Via: SIP/2.0/UDP 192.0.2.99;branch=z9hG4bK1\r\n"
		"From: <sip:crowd@example.net>;tag=1\r\n"
		"To: <sip:1@example.net>\r\n"
		"Call-ID: crowd\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n";
	const struct sf_allowance allowance = { .at_once = n };
	struct sf_message invite;
	struct sf_call_ref ref;
	struct sf_msg msg;
	struct sf_packet packet = { .buf = text, .len = sizeof(text) - 1,
				    .msg = &msg };
	u32 i;

	packet.reason = sf_msg_parse(&msg, packet.buf, packet.len);
	memset(&invite, 0, sizeof(invite));
	if (packet.reason || sf_message_read(&invite, &packet))
		return 0;
	for (i = 0; i < n; i++)
		if (sf_calls_begin(world.daemon.calls, &allowance,
				   sf_text_str("crowd@example.net"), &invite,
				   &ref))
			break;
	return i;
}

/* Who registers is known to the guard. */
static void changed(void *owner, enum sf_location_event event,
		    struct sf_text aor, const struct sf_record *record)
{
	struct sf_daemon *daemon = owner;

	(void)aor;
	if (event == SF_LOCATION_REGISTERED || event == SF_LOCATION_REFRESHED)
		sf_resident_add(sf_warden_residents(daemon->warden),
				&record->flow.remote, record->wall);
}

static const struct sf_location_user location_user = {
	.changed = changed,
	.kept = sf_keep_wants,
	.keep = sf_keep_send,
};

/**
 * struct world_account - a user as the script has him
 */
static struct world_account {
	char aor[128];
	struct sf_account account;
} accounts[WORLD_USERS];

static u32 naccounts;

void world_reset(void)
{
	world_stop();
	unlink(KEPT);
	unlink(KEPT "-wal");
	unlink(KEPT "-shm");
	sf_random(&route_key, sizeof(route_key));
	sf_random(&guard_key, sizeof(guard_key));
	naccounts = 0;
	clock_reset();
	fake_net_reset();
	fake_names_reset();
	fake_kernel_reset();
}

bool world_user(const char *name, const char *domain, const char *secret)
{
	struct world_account *made = &accounts[naccounts];
	u32 alg;

	if (naccounts == WORLD_USERS)
		return false;
	memset(made, 0, sizeof(*made));
	snprintf(made->aor, sizeof(made->aor), "%s@%s", name, domain);
	made->account.algorithms = SF_ALG_ALL;
	for (alg = 0; alg < SF_ALG_COUNT; alg++)
		if (!sf_auth_ha1((enum sf_alg)alg, sf_text_str(name),
				 sf_text_str(domain), sf_text_str(secret),
				 made->account.ha1[alg]))
			return false;
	naccounts++;
	return true;
}

static struct sf_users *open_users(void)
{
	struct sf_users *users = sf_users_new();
	struct sf_user_table *table = sf_user_table_new();
	u32 i;

	for (i = 0; i < naccounts; i++)
		sf_user_table_add(table, sf_text_str(accounts[i].aor),
				  &accounts[i].account);
	sf_users_replace(users, table);
	return users;
}

static bool open_shared(struct sf_daemon *daemon)
{
	struct sf_registrar_parts parts = { .domains = &world.conf->domains };
	const char *path = world.conf->memory ? NULL : KEPT;

	daemon->store = sf_store_memory();
	daemon->users = open_users();
	daemon->key = route_key;
	if (sf_calls_open(&daemon->calls, path, &sf_hangup_ops, daemon) ||
	    sf_bans_open(&daemon->bans, path, NULL, NULL) ||
	    sf_warden_open(&daemon->warden, world.conf, &daemon->newsroom,
			   &fake_bans, NULL) ||
	    (path && sf_guard_keep(sf_warden_guard(daemon->warden), path,
				   &guard_key)) ||
	    sf_location_open(&daemon->location, &location_user, daemon) ||
	    sf_media_open(&daemon->media, &fake_kernel, &daemon->key) ||
	    sf_auth_open(&daemon->auth, daemon->users,
			 sf_warden_guard(daemon->warden), NONCE_LIFE_S))
		return false;
	sf_location_keep(daemon->location, world.conf->keepalive);
	sf_hangup_review(daemon->calls, world.conf);
	sf_auth_home(daemon->auth, daemon->location);
	parts.users = daemon->users;
	parts.auth = daemon->auth;
	parts.location = daemon->location;
	parts.store = daemon->store;
	return !sf_registrar_open(&daemon->registrar, &parts);
}

static bool open_workers(struct sf_daemon *daemon)
{
	u32 count = world.conf->workers;
	int failed;

	daemon->worker = calloc(count, sizeof(*daemon->worker));
	daemon->workers = count;
	for (; daemon->started < count; daemon->started++) {
		struct sf_worker *worker = &daemon->worker[daemon->started];

		worker->daemon = daemon;
		worker->number = (u8)daemon->started;
		worker->conf = sf_conf_get(world.conf);
		if (sf_worker_open(worker, &failed))
			return false;
	}
	return true;
}

static char complaints[1024];

static const char *read_conf(struct sf_conf **conf)
{
	FILE *errors = fmemopen(complaints, sizeof(complaints), "w");
	int err = sf_conf_read(conf, "sipfastd.conf", errors);

	fclose(errors);
	return err ? complaints : NULL;
}

const char *world_start(void)
{
	const char *wrong = read_conf(&world.conf);

	if (wrong)
		return wrong;
	if (!world.conf->workers)
		world.conf->workers = 1;
	sf_log_level(SF_LOG_ERROR);
	memset(&world.daemon, 0, sizeof(world.daemon));
	world.running = true;
	if (!open_shared(&world.daemon) || !open_workers(&world.daemon))
		return "it does not start";
	world_settle();
	return NULL;
}

const char *world_reload(void)
{
	struct sf_conf *conf;
	const char *wrong = read_conf(&conf);
	u32 i;

	if (wrong)
		return wrong;
	sf_trunks_hand_on(conf, world.conf);
	sf_registrar_domains(world.daemon.registrar, &conf->domains);
	sf_location_keep(world.daemon.location, conf->keepalive);
	sf_warden_configure(world.daemon.warden, conf);
	sf_hangup_review(world.daemon.calls, conf);
	for (i = 0; i < world.daemon.workers; i++)
		sf_worker_configure(&world.daemon.worker[i], sf_conf_get(conf));
	sf_conf_put(world.conf);
	world.conf = conf;
	world_settle();
	return NULL;
}

/* What goes from worker to worker while all ends is opened by who ends. */
static void leave_letter(struct sf_daemon *daemon)
{
	static const char ack[] = "ACK sip:nobody@192.0.2.1 SIP/2.0\r\n"
		"Via: SIP/2.0/UDP 192.0.2.99;branch=z9hG4bK-late\r\n"
		"From: <sip:a@example.net>;tag=1\r\n"
		"To: <sip:b@example.net>;tag=2\r\n"
		"Call-ID: late\r\nCSeq: 1 ACK\r\nContent-Length: 0\r\n\r\n";
	struct sf_end from;

	if (sf_end_parse("192.0.2.99", 5060, &from))
		fake_net_in(daemon->worker[0].net, SF_TRANSPORT_UDP, &from, ack,
			    sizeof(ack) - 1);
}

void world_stop(void)
{
	struct sf_daemon *daemon = &world.daemon;
	u32 i;

	if (!world.running)
		return;
	if (daemon->workers > 1)
		leave_letter(daemon);
	sf_store_close(daemon->store);
	for (i = 0; i < daemon->started; i++)
		sf_worker_close(&daemon->worker[i]);
	free(daemon->worker);
	sf_media_close(daemon->media);
	sf_calls_close(daemon->calls);
	sf_registrar_close(daemon->registrar);
	sf_auth_close(daemon->auth);
	sf_users_free(daemon->users);
	sf_location_close(daemon->location);
	sf_warden_close(daemon->warden);
	sf_bans_close(daemon->bans);
	sf_conf_put(world.conf);
	world.running = false;
}

static bool has_letters(struct sf_worker *worker)
{
	return worker->mailbox.first;
}

void world_settle(void)
{
	struct sf_worker *worker;
	bool busy = true;
	u32 i;

	while (busy) {
		busy = false;
		for (i = 0; i < world.daemon.workers; i++) {
			worker = &world.daemon.worker[i];
			if (fake_net_tell(worker->net) ||
			    fake_names_tell(worker->resolver))
				busy = true;
			if (!has_letters(worker))
				continue;
			worker->mailbox.watch.ready(&worker->mailbox.watch,
						    EPOLLIN);
			busy = true;
		}
	}
}

static bool has_sent(const struct wire *since)
{
	const struct wire *wire = since ? since->next : wires.first;

	for (; wire; wire = wire->next)
		if (wire->out)
			return true;
	return false;
}

static const struct wire *last_wire(void)
{
	const struct wire *wire = wires.first;

	while (wire && wire->next)
		wire = wire->next;
	return wire;
}

/* To the next timer of anybody, but no further than that. */
static u64 next_step(u64 most)
{
	u32 i;
	int wait;

	for (i = 0; i < world.daemon.workers; i++) {
		wait = sf_wheel_wait(&world.daemon.worker[i].loop.wheel);
		if (wait >= 0 && (u64)wait < most)
			most = (u64)wait;
	}
	return most;
}

void world_pass(u64 ms, bool until)
{
	const struct wire *before = last_wire();
	u64 step;
	u32 i;

	do {
		step = next_step(ms);
		clock_pass(step);
		ms -= step;
		for (i = 0; i < world.daemon.workers; i++)
			sf_wheel_run(&world.daemon.worker[i].loop.wheel,
				     sf_clock_ms());
		world_settle();
	} while (ms && !(until && has_sent(before)));
	/* What is due now, and was set just now. */
	while (!next_step(1) && !(until && has_sent(before))) {
		for (i = 0; i < world.daemon.workers; i++)
			sf_wheel_run(&world.daemon.worker[i].loop.wheel,
				     sf_clock_ms());
		world_settle();
	}
	sf_location_sweep(world.daemon.location);
	sf_media_tick(world.daemon.media);
	sf_guard_tick(sf_warden_guard(world.daemon.warden));
	sf_calls_tick(world.daemon.calls);
	world_settle();
}
