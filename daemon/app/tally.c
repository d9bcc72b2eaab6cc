// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tally.c - the counters of all parts
 *
 * Their names begin with the part: net-received, sip-requests, …
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "ban.h"
#include "challenge.h"
#include "registrar.h"
#include "seat.h"
#include "sets.h"
#include "store.h"
#include "user.h"
#include "warden.h"

static void add(u64 *sum, const u64 *counters, u32 count)
{
	while (count--)
		sum[count] += counters[count];
}

void sf_tally_add(struct sf_worker_counters *sum,
		  const struct sf_worker_counters *counters)
{
	add(sum->net, counters->net, SF_NET_COUNTER_COUNT);
	add(sum->sip, counters->sip, SF_SIP_COUNTER_COUNT);
	add(sum->app, counters->app, SF_APP_COUNTER_COUNT);
	add(sum->dns, counters->dns, SF_RESOLVE_COUNTER_COUNT);
	sum->conns += counters->conns;
	sum->deals += counters->deals;
}

static void tell(struct sf_seat *seat, const char *part, const char *name,
		 u64 value)
{
	char full[64];

	snprintf(full, sizeof(full), "%s-%s", part, name);
	sf_guest_say(seat->guest,
		     json_pack("{s:{s:s, s:I}}", "counter", "name", full,
			       "value", (json_int_t)value));
}

/* @limit: 0: there is none */
static void tell_table(struct sf_seat *seat, const char *name, u64 used,
		       u64 limit)
{
	json_t *table = json_pack("{s:s, s:I}", "name", name, "used",
				  (json_int_t)used);

	if (limit)
		json_object_set_new(table, "limit",
				    json_integer((json_int_t)limit));
	sf_guest_say(seat->guest, json_pack("{s:o}", "table", table));
}

static void tell_tables(struct sf_seat *seat)
{
	const struct sf_daemon *daemon = seat->desk->daemon;
	const struct sf_conf *conf = daemon->conf;

	tell_table(seat, "users", sf_users_count(daemon->users), 0);
	tell_table(seat, "bindings", sf_location_count(daemon->location), 0);
	tell_table(seat, "connections", seat->sum.conns,
		   (u64)conf->limits.conns * daemon->workers);
	tell_table(seat, "transactions", seat->sum.deals,
		   (u64)conf->transactions * daemon->workers);
	tell_table(seat, "bans", sf_ban_count(daemon->bans), SF_BANS_MAX);
	if (daemon->sets)
		tell_table(seat, "set-elements", sf_sets_count(daemon->sets),
			   SF_SETS_MAX);
}

static void tell_guard(struct sf_seat *seat)
{
	struct sf_guard *guard = sf_warden_guard(seat->desk->daemon->warden);
	u32 i;

	for (i = 0; i < SF_GUARD_WHY_COUNT; i++)
		tell(seat, "guard", sf_guard_why_name(i),
		     sf_guard_counted(guard, i));
	for (i = 0; i < SF_GUARD_VERDICT_COUNT; i++)
		tell(seat, "guard", sf_guard_verdict_name(i),
		     sf_guard_judged(guard, i));
}

/* All of them fit in the queue, which was empty when the request was taken. */
void sf_tally_tell(struct sf_seat *seat)
{
	const struct sf_daemon *daemon = seat->desk->daemon;
	const struct sf_worker_counters *sum = &seat->sum;
	u32 i;

	tell_tables(seat);
	for (i = 0; i < SF_NET_COUNTER_COUNT; i++)
		tell(seat, "net", sf_net_counter_name(i), sum->net[i]);
	for (i = 0; i < SF_SIP_COUNTER_COUNT; i++)
		tell(seat, "sip", sf_sip_counter_name(i), sum->sip[i]);
	for (i = 0; i < SF_APP_COUNTER_COUNT; i++)
		tell(seat, "app", sf_app_counter_name(i), sum->app[i]);
	for (i = 0; i < SF_RESOLVE_COUNTER_COUNT; i++)
		tell(seat, "dns", sf_resolve_counter_name(i), sum->dns[i]);
	for (i = 0; i < SF_REGISTRAR_COUNTER_COUNT; i++)
		tell(seat, "registrar", sf_registrar_counter_name(i),
		     sf_registrar_counter(daemon->registrar, i));
	for (i = 0; i < SF_AUTH_COUNTER_COUNT; i++)
		tell(seat, "auth", sf_auth_counter_name(i),
		     sf_auth_counter(daemon->auth, i));
	tell_guard(seat);
	for (i = 0; i < SF_STORE_COUNTER_COUNT; i++)
		tell(seat, "store", sf_store_counter_name(i),
		     sf_counted(&daemon->store->counters[i]));
	for (i = 0; daemon->sets && i < SF_SETS_COUNTER_COUNT; i++)
		tell(seat, "sets", sf_sets_counter_name(i),
		     sf_sets_counter(daemon->sets, i));
}
