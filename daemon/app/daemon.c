// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * daemon.c - everything together
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "daemon.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>

#include "../util/clock.h"
#include "../util/container.h"
#include "ban.h"
#include "calls.h"
#include "challenge.h"
#include "hangup.h"
#include "keep.h"
#include "media.h"
#include "registrar.h"
#include "reload.h"
#include "sets.h"
#include "trunk.h"
#include "user_watch.h"
#include "warden.h"

#define NONCE_LIFE_S	300

/* The registrar tells the store what phones ask for, and nobody what is lost. */
static void forget(struct sf_store *store, struct sf_text aor,
		   const struct sf_record *record)
{
	struct sf_change *change = NULL;

	if (sf_store_durable(store))
		change = sf_change_new(aor, sf_change_room_delete(record));
	if (!change)
		return;
	sf_change_delete(change, record);
	sf_store_put(store, change, NULL);
}

/* Rules may let in whom the sets name. */
static void tell_sets(struct sf_sets *sets, enum sf_location_event event,
		      const struct sf_record *record)
{
	const struct sf_end *from = &record->flow.remote;
	u64 now = sf_clock_wall();
	u32 left = record->wall > now ? (u32)(record->wall - now) : 0;

	switch (event) {
	case SF_LOCATION_REGISTERED:
	case SF_LOCATION_RESTORED:
		sf_sets_register(sets, from, left);
		break;
	case SF_LOCATION_REFRESHED:
		sf_sets_refresh(sets, from, left);
		break;
	case SF_LOCATION_EXPIRED:
	case SF_LOCATION_UNREGISTERED:
	case SF_LOCATION_LOST:
		sf_sets_unregister(sets, from);
		break;
	default:
		break;
	}
}

static void changed(void *owner, enum sf_location_event event,
		    struct sf_text aor, const struct sf_record *record)
{
	struct sf_daemon *daemon = owner;

	if (event == SF_LOCATION_LOST)
		forget(daemon->store, aor, record);
	if (daemon->sets)
		tell_sets(daemon->sets, event, record);
	if (event == SF_LOCATION_REGISTERED ||
	    event == SF_LOCATION_REFRESHED || event == SF_LOCATION_RESTORED)
		sf_resident_add(sf_warden_residents(daemon->warden),
				&record->flow.remote, record->wall);
	if (sf_news_wanted(&daemon->newsroom))
		sf_news_binding(&daemon->newsroom, event, aor, record);
}

/* The binding stays: it is counted where it is now, when it is refreshed. */
static void moved(void *owner, const struct sf_end *from)
{
	struct sf_daemon *daemon = owner;

	if (daemon->sets)
		sf_sets_unregister(daemon->sets, from);
}

/* Rules may tell a phone's own REGISTERs from forged ones. */
static void proved(void *owner, const struct sf_end *from, u32 len, u32 bare)
{
	struct sf_daemon *daemon = owner;

	if (daemon->sets)
		sf_sets_proved(daemon->sets, from, len, bare);
}

static const struct sf_location_user location_user = {
	.changed = changed,
	.kept = sf_keep_wants,
	.keep = sf_keep_send,
	.moved = moved,
};

static void ban_changed(void *owner, const struct sf_ban *ban)
{
	struct sf_daemon *daemon = owner;

	if (daemon->sets)
		sf_sets_ban(daemon->sets, ban);
}

static const struct sf_ban_user ban_user = { .changed = ban_changed };

static void ban(void *owner, const struct sf_ip *ip, const char *reason,
		const char *evidence)
{
	struct sf_daemon *daemon = owner;

	sf_ban_add(daemon->bans, ip, reason, evidence, true);
}

static void limit(void *owner, const struct sf_ip *ip, const char *reason,
		  const char *evidence, u32 seconds)
{
	struct sf_daemon *daemon = owner;

	sf_ban_limit(daemon->bans, ip, reason, evidence, seconds);
}

static const struct sf_warden_ops warden_ops = { .ban = ban, .limit = limit };

static int fail(const char *what, int err, const char *why)
{
	sf_log(SF_LOG_ERROR, "start-failed", "part=%s error=\"%s\"", what,
	       why ? why : strerror(-err));
	return err;
}

static int open_store(struct sf_daemon *daemon, const struct sf_conf *conf)
{
	const char *why = NULL;
	int err;

	if (conf->memory) {
		daemon->store = sf_store_memory();
		return daemon->store ? 0 : fail("store", -ENOMEM, NULL);
	}
	err = sf_store_sqlite(&daemon->store, conf->database, &why);
	return err ? fail("store", err, why) : 0;
}

static int restore(struct sf_daemon *daemon)
{
	u64 count = 0, begin = sf_clock_ms();
	int err = sf_store_restore(daemon->store, daemon->location, &count);

	if (err)
		return fail("bindings", err, NULL);
	sf_log(SF_LOG_NOTICE, "restored", "bindings=%llu ms=%llu",
	       (unsigned long long)count,
	       (unsigned long long)(sf_clock_ms() - begin));
	return sf_store_secret(daemon->store, "route", &daemon->key,
			       sizeof(daemon->key));
}

static int open_registrar(struct sf_daemon *daemon, struct sf_conf *conf)
{
	const struct sf_registrar_parts parts = {
		.domains = &conf->domains,
		.users = daemon->users,
		.auth = daemon->auth,
		.location = daemon->location,
		.store = daemon->store,
		.newsroom = &daemon->newsroom,
		.proved = proved,
		.owner = daemon,
	};

	return sf_registrar_open(&daemon->registrar, &parts);
}

static int open_bans(struct sf_daemon *daemon, const struct sf_conf *conf)
{
	int err = sf_bans_open(&daemon->bans,
			       conf->memory ? NULL : conf->database, &ban_user,
			       daemon);

	return err ? fail("bans", err, NULL) : 0;
}

/* Who is new has no score, be it that we are. */
static int open_scores(struct sf_daemon *daemon, const struct sf_conf *conf)
{
	struct sf_hash_key key;
	int err;

	if (conf->memory)
		return 0;
	err = sf_store_secret(daemon->store, "guard", &key, sizeof(key));
	if (!err)
		err = sf_guard_keep(sf_warden_guard(daemon->warden),
				    conf->database, &key);
	return err ? fail("scores", err, NULL) : 0;
}

static int open_shared(struct sf_daemon *daemon, struct sf_conf *conf)
{
	const char *why = NULL;
	int err = open_store(daemon, conf);

	if (!err)
		err = open_bans(daemon, conf);
	if (!err)
		err = open_scores(daemon, conf);
	if (err)
		return err;
	err = sf_location_open(&daemon->location, &location_user, daemon);
	if (err)
		return err;
	sf_location_keep(daemon->location, conf->keepalive);
	err = restore(daemon);
	if (err)
		return err;
	daemon->users = sf_users_new();
	if (!daemon->users)
		return -ENOMEM;
	err = sf_users_follow(&daemon->users_watch, daemon->users,
			      conf->database, &why);
	if (err)
		return fail("users", err, why);
	err = sf_auth_open(&daemon->auth, daemon->users,
			   sf_warden_guard(daemon->warden), NONCE_LIFE_S);
	if (err)
		return err;
	sf_auth_home(daemon->auth, daemon->location);
	return open_registrar(daemon, conf);
}

static u32 processors(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof(set), &set))
		return 1;
	return (u32)CPU_COUNT(&set);
}

static int no_listener(const struct sf_conf *conf, int failed, int err)
{
	char text[SF_END_TEXT_LEN];

	if (failed < 0)
		return fail("worker", err, NULL);
	sf_log(SF_LOG_ERROR, "listen-failed",
	       "transport=%s address=%s error=\"%s\"",
	       sf_transport_name(conf->listen[failed].transport),
	       sf_end_text(&conf->listen[failed].end, text), strerror(-err));
	return err;
}

static int open_workers(struct sf_daemon *daemon, struct sf_conf *conf)
{
	u32 count = sf_conf_workers(conf, processors());
	int err, failed;

	daemon->worker = calloc(count, sizeof(*daemon->worker));
	if (!daemon->worker)
		return -ENOMEM;
	while (daemon->workers < count) {
		struct sf_worker *worker = &daemon->worker[daemon->workers];

		worker->daemon = daemon;
		worker->number = (u8)daemon->workers;
		worker->conf = sf_conf_get(conf);
		err = sf_worker_open(worker, &failed);
		if (err) {
			sf_conf_put(conf);
			return no_listener(conf, failed, err);
		}
		daemon->workers++;
	}
	return 0;
}

static int open_calls(struct sf_daemon *daemon, const struct sf_conf *conf)
{
	int err = sf_calls_open(&daemon->calls,
				conf->memory ? NULL : conf->database,
				&sf_hangup_ops, daemon);

	if (err)
		return fail("calls", err, NULL);
	sf_hangup_review(daemon->calls, conf);
	return 0;
}

int sf_daemon_open(struct sf_daemon **daemon, struct sf_conf *conf,
		   const struct sf_handover_ops *kernel)
{
	struct sf_daemon *made = calloc(1, sizeof(*made));
	int err;

	if (!made)
		return -ENOMEM;
	made->opened = sf_conf_get(conf);
	made->conf = sf_conf_get(conf);
	sf_tracer_init(&made->tracer);
	made->tls = sf_tls_get(conf->tls);
	err = sf_warden_open(&made->warden, conf, &made->newsroom,
			     &warden_ops, made);
	if (!err)
		err = open_shared(made, conf);
	if (!err)
		err = sf_media_open(&made->media, kernel, &made->key);
	if (!err)
		err = open_calls(made, conf);
	if (!err)
		err = open_workers(made, conf);
	if (err)
		sf_daemon_close(made);
	else
		*daemon = made;
	return err;
}

/*
 * A datagram that comes need not drive whoever works there from his processor: it
 * waits for some milliseconds at most, and others come meanwhile, which cost less
 * together than one by one. Who has chosen a policy for us knows better.
 */
static void be_patient(void)
{
	const struct sched_param param = { 0 };

	if (sched_getscheduler(0) == SCHED_OTHER)
		sched_setscheduler(0, SCHED_BATCH, &param);
}

static void *run(void *arg)
{
	struct sf_worker *worker = arg;

	be_patient();
	sf_loop_run(&worker->loop);
	return NULL;
}

int sf_daemon_start(struct sf_daemon *daemon)
{
	int err;

	while (daemon->started < daemon->workers) {
		struct sf_worker *worker = &daemon->worker[daemon->started];

		err = pthread_create(&worker->thread, NULL, run, worker);
		if (err)
			return -err;
		daemon->started++;
	}
	return 0;
}

/* What the main thread tells a worker. */
struct order {
	struct sf_letter letter;
	struct sf_conf *conf;
	struct sf_tls *tls;
	struct sf_ip banned;
	bool drain;
	bool stop;
};

/* Connections of one address, so many at a time: a walk may not end them. */
struct guests {
	const struct sf_ip *ip;
	u32 count;
	struct sf_flow flow[256];
};

static void see_guest(void *arg, const struct sf_conn_view *conn)
{
	const struct sf_ip *ip = &conn->flow.remote.ip;
	struct guests *guests = arg;

	/* Of IPv6 the /64 is banned. */
	if (guests->count < ARRAY_SIZE(guests->flow) &&
	    ip->family == guests->ip->family &&
	    !memcmp(ip->v6, guests->ip->v6, ip->family == 4 ? 4 : 8))
		guests->flow[guests->count++] = conn->flow;
}

static void show_out(struct sf_net *net, const struct sf_ip *ip)
{
	struct guests guests = { .ip = ip };
	u32 i;

	do {
		guests.count = 0;
		sf_net_each(net, see_guest, &guests);
		for (i = 0; i < guests.count; i++)
			sf_net_drop(net, &guests.flow[i]);
	} while (guests.count == ARRAY_SIZE(guests.flow));
}

static void open_order(struct sf_letter *letter, void *owner)
{
	struct order *order = container_of(letter, struct order, letter);
	struct sf_worker *worker = owner;

	if (order->conf)
		sf_worker_configure(worker, order->conf);
	if (order->tls)
		sf_net_secure(worker->net, order->tls);
	sf_tls_put(order->tls);
	if (order->banned.family)
		show_out(worker->net, &order->banned);
	worker->draining |= order->drain;
	if (order->drain)
		sf_timer_set(&worker->loop.wheel, &worker->pulse, 0);
	worker->loop.stop |= order->stop;
	free(order);
}

static void tell(struct sf_daemon *daemon, const struct order *what)
{
	u32 i;

	for (i = 0; i < daemon->started; i++) {
		struct order *order = calloc(1, sizeof(*order));

		if (!order)
			continue;
		*order = *what;
		order->letter.open = open_order;
		order->conf = what->conf ? sf_conf_get(what->conf) : NULL;
		order->tls = sf_tls_get(what->tls);
		sf_mailbox_put_always(&daemon->worker[i].mailbox,
				      &order->letter);
	}
}

void sf_daemon_configure(struct sf_daemon *daemon, struct sf_conf *conf)
{
	tell(daemon, &(struct order){ .conf = conf });
}

void sf_daemon_banned(struct sf_daemon *daemon, const struct sf_ip *ip)
{
	tell(daemon, &(struct order){ .banned = *ip });
}

static void set_binding(void *arg, struct sf_text aor,
			const struct sf_record *record, u32 left)
{
	(void)aor;
	sf_sets_register(arg, &record->flow.remote, left);
}

static void set_ban(void *arg, const struct sf_ban *ban)
{
	if (ban->kind == SF_BAN_BANNED || ban->kind == SF_BAN_LIMITED)
		sf_sets_restore(arg, ban);
}

void sf_daemon_sets(struct sf_daemon *daemon, struct sf_sets *sets)
{
	u32 at = 0;

	daemon->sets = sets;
	if (!sets)
		return;
	sf_location_each(daemon->location, set_binding, sets);
	sf_ban_some(daemon->bans, &at, UINT32_MAX, set_ban, sets);
}

/* What they said last may be old: until they say more, something is under way. */
void sf_daemon_drain(struct sf_daemon *daemon)
{
	u32 i;

	for (i = 0; i < daemon->started; i++)
		daemon->worker[i].busy = 1;
	tell(daemon, &(struct order){ .drain = true });
}

u32 sf_daemon_busy(const struct sf_daemon *daemon)
{
	u32 i, busy = 0;

	for (i = 0; i < daemon->workers; i++)
		busy += daemon->worker[i].busy;
	return busy;
}

static void told(const char *section, const char *why)
{
	if (why)
		sf_log(SF_LOG_ERROR, "tls-reload-failed",
		       "section=%s kept=old reason=\"%s\"", section, why);
	else
		sf_log(SF_LOG_NOTICE, "tls-reloaded", "section=%s", section);
}

/* Certificates are renewed when their time comes: nobody has to tell us. */
static void look_at_certificates(struct sf_daemon *daemon)
{
	struct sf_tls *fresh;

	if (!sf_tls_changed(daemon->tls))
		return;
	fresh = sf_tls_again(daemon->tls, told);
	if (!fresh)
		return;
	sf_tls_put(daemon->tls);
	daemon->tls = fresh;
	tell(daemon, &(struct order){ .tls = fresh });
}

void sf_daemon_tick(struct sf_daemon *daemon)
{
	sf_location_sweep(daemon->location);
	sf_reload_tick(daemon);
	look_at_certificates(daemon);
	sf_media_tick(daemon->media);
	sf_ban_sweep(daemon->bans);
	sf_guard_tick(sf_warden_guard(daemon->warden));
	if (daemon->sets) {
		sf_sets_trunks(daemon->sets, daemon->conf);
		sf_sets_tick(daemon->sets);
	}
	sf_calls_tick(daemon->calls);
}

static void close_workers(struct sf_daemon *daemon)
{
	u32 i;

	tell(daemon, &(struct order){ .drain = true, .stop = true });
	for (i = 0; i < daemon->started; i++)
		pthread_join(daemon->worker[i].thread, NULL);
	/* What waits for the store is answered before the sockets go. */
	if (daemon->store)
		sf_store_close(daemon->store);
	for (i = 0; i < daemon->workers; i++)
		sf_worker_close(&daemon->worker[i]);
	free(daemon->worker);
}

void sf_daemon_close(struct sf_daemon *daemon)
{
	close_workers(daemon);
	sf_media_close(daemon->media);
	sf_calls_close(daemon->calls);
	if (daemon->registrar)
		sf_registrar_close(daemon->registrar);
	if (daemon->auth)
		sf_auth_close(daemon->auth);
	if (daemon->users_watch)
		sf_users_unfollow(daemon->users_watch);
	if (daemon->users)
		sf_users_free(daemon->users);
	if (daemon->location)
		sf_location_close(daemon->location);
	sf_bans_close(daemon->bans);
	sf_warden_close(daemon->warden);
	sf_reload_close(daemon);
	sf_tls_put(daemon->tls);
	sf_conf_put(daemon->conf);
	sf_conf_put(daemon->opened);
	free(daemon);
}
