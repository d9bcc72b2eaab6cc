// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * reload.c - another configuration, while requests are under way
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "reload.h"

#include <stdlib.h>

#include "hangup.h"
#include "location.h"
#include "registrar.h"
#include "trunk.h"
#include "warden.h"

/**
 * struct sf_old - a configuration that somebody may still read
 * @next: an older one
 * @conf: it, with a reference
 * @reloads: nobody does when each worker has taken over so many
 */
struct sf_old {
	struct sf_old *next;
	struct sf_conf *conf;
	u32 reloads;
};

static bool same_listeners(const struct sf_conf *a, const struct sf_conf *b)
{
	u32 i;

	for (i = 0; i < a->listens && i < b->listens; i++)
		if (a->listen[i].transport != b->listen[i].transport ||
		    !sf_end_eq(&a->listen[i].end, &b->listen[i].end) ||
		    strcmp(a->listen[i].site, b->listen[i].site))
			return false;
	return a->listens == b->listens;
}

static bool same_file(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* What is made once for as long as we run. */
static void tell_restart(const struct sf_conf *opened,
			 const struct sf_conf *conf)
{
	const struct {
		const char *option;
		bool same;
	} rows[] = {
		{ "listen", same_listeners(opened, conf) },
		{ "workers", opened->workers == conf->workers },
		{ "store", opened->memory == conf->memory },
		{ "database", same_file(opened->database, conf->database) },
		{ "control", same_file(opened->control, conf->control) },
	};
	u32 i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (!rows[i].same)
			sf_log(SF_LOG_WARNING, "restart-needed", "option=%s",
			       rows[i].option);
}

/* How many reloads the last of the workers has seen. */
static u32 seen_by_all(const struct sf_daemon *daemon)
{
	u32 i, seen, least = daemon->reloads;

	for (i = 0; i < daemon->started; i++) {
		seen = __atomic_load_n(&daemon->worker[i].reloads,
				       __ATOMIC_ACQUIRE);
		if (seen < least)
			least = seen;
	}
	return least;
}

static void let_go(struct sf_daemon *daemon, u32 reloads)
{
	struct sf_old *old, **at = &daemon->old;

	while ((old = *at)) {
		if (old->reloads > reloads) {
			at = &old->next;
			continue;
		}
		*at = old->next;
		sf_conf_put(old->conf);
		free(old);
	}
}

/*
 * The registrar and the warden read it without a reference, for as long as a request
 * takes; a worker, until it opens its letter. Without memory it stays for ever.
 */
static void keep_old(struct sf_daemon *daemon, struct sf_conf *conf)
{
	struct sf_old *old = malloc(sizeof(*old));

	daemon->reloads++;
	if (!old)
		return;
	*old = (struct sf_old){ daemon->old, conf, daemon->reloads };
	daemon->old = old;
}

void sf_daemon_reload(struct sf_daemon *daemon, struct sf_conf *conf)
{
	sf_trunks_hand_on(conf, daemon->conf);
	sf_log_level(conf->level);
	sf_location_keep(daemon->location, conf->keepalive);
	tell_restart(daemon->opened, conf);
	/* What is promised is what listeners that are there can keep. */
	conf->sips = daemon->opened->sips;
	keep_old(daemon, daemon->conf);
	daemon->conf = sf_conf_get(conf);
	sf_registrar_domains(daemon->registrar, &daemon->conf->domains);
	sf_warden_configure(daemon->warden, daemon->conf);
	sf_hangup_review(daemon->calls, daemon->conf);
	sf_tls_put(daemon->tls);
	daemon->tls = sf_tls_get(conf->tls);
	sf_daemon_configure(daemon, conf);
}

void sf_reload_tick(struct sf_daemon *daemon)
{
	if (daemon->old)
		let_go(daemon, seen_by_all(daemon));
}

void sf_reload_close(struct sf_daemon *daemon)
{
	let_go(daemon, UINT32_MAX);
}
