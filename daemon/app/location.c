// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * location.c - where users are
 *
 * A binding is one allocation, a user another: some 400 bytes for a phone with
 * one registration. Timers run in a wheel for each shard, which moves whenever
 * the shard is locked.
 */
#include <errno.h>
#include <stdlib.h>

#include "../util/count.h"
#include "location_internal.h"
#include "outbound.h"
#include "pulse.h"
#include "tie.h"

#define BUCKETS_MIN	16

static struct sf_binding *binding_of(struct sf_timer *timer)
{
	return (void *)((char *)timer - offsetof(struct sf_binding, timer));
}

static void tell(const struct sf_binding *binding, enum sf_location_event event)
{
	const struct sf_user_place *user = binding->user;
	const struct sf_location *location = user->shard->location;
	struct sf_text aor = { user->aor, user->len };

	if (location->user->changed)
		location->user->changed(location->owner, event, aor,
					&binding->record);
}

static void tell_moved(const struct sf_place *place,
		       const struct sf_binding *old,
		       const struct sf_fresh *fresh)
{
	const struct sf_location *location = place->location;
	const struct sf_end *from = &old->record.flow.remote;

	if (location->user->moved && !sf_end_eq(from, &fresh->flow.remote))
		location->user->moved(location->owner, from);
}

static bool shard_init(struct sf_shard *shard, struct sf_location *location)
{
	shard->location = location;
	shard->size = BUCKETS_MIN;
	shard->buckets = calloc(shard->size, sizeof(*shard->buckets));
	sf_wheel_init(&shard->wheel, sf_clock_ms());
	return !pthread_mutex_init(&shard->lock, NULL) && shard->buckets;
}

int sf_location_open(struct sf_location **location,
		     const struct sf_location_user *user, void *owner)
{
	struct sf_location *made = calloc(1, sizeof(*made));
	bool good = made;
	u32 i;

	if (!made)
		return -ENOMEM;
	made->user = user;
	made->owner = owner;
	sf_random(&made->key, sizeof(made->key));
	made->ties = sf_ties_new();
	made->pulses = sf_pulses_new(&made->key);
	for (i = 0; i < SF_SHARDS; i++)
		good &= shard_init(&made->shards[i], made);
	if (!good || !made->ties || !made->pulses) {
		sf_location_close(made);
		return -ENOMEM;
	}
	*location = made;
	return 0;
}

static void user_free(struct sf_user_place *user)
{
	struct sf_binding *binding;

	while ((binding = user->bindings)) {
		user->bindings = binding->next;
		free(binding);
	}
	free(user);
}

static void shard_free(struct sf_shard *shard)
{
	struct sf_user_place *user;
	u32 i;

	for (i = 0; shard->buckets && i < shard->size; i++)
		while ((user = shard->buckets[i])) {
			shard->buckets[i] = user->next;
			user_free(user);
		}
	free(shard->buckets);
	pthread_mutex_destroy(&shard->lock);
}

void sf_location_close(struct sf_location *location)
{
	u32 i;

	for (i = 0; i < SF_SHARDS; i++)
		shard_free(&location->shards[i]);
	if (location->ties)
		sf_ties_free(location->ties);
	if (location->pulses)
		sf_pulses_free(location->pulses);
	free(location);
}

/* The shard takes the lower bits. */
static struct sf_user_place **bucket(const struct sf_shard *shard, u64 hash)
{
	return &shard->buckets[hash / SF_SHARDS & (shard->size - 1)];
}

/* Twice the buckets; without memory the chains get longer. */
static void grow(struct sf_shard *shard)
{
	struct sf_user_place **old = shard->buckets, **to, *user;
	u32 i, size = shard->size;

	shard->buckets = calloc((size_t)size * 2, sizeof(*old));
	if (!shard->buckets) {
		shard->buckets = old;
		return;
	}
	shard->size = size * 2;
	for (i = 0; i < size; i++)
		while ((user = old[i])) {
			old[i] = user->next;
			to = bucket(shard, user->hash);
			user->next = *to;
			*to = user;
		}
	free(old);
}

static struct sf_user_place *user_new(struct sf_place *place)
{
	struct sf_shard *shard = place->shard;
	struct sf_user_place *user, **head;

	user = malloc(sizeof(*user) + place->aor.len);
	if (!user)
		return NULL;
	user->shard = shard;
	user->bindings = NULL;
	user->hash = place->hash;
	user->len = (u16)place->aor.len;
	memcpy(user->aor, place->aor.s, place->aor.len);
	if (++shard->users > shard->size)
		grow(shard);
	head = bucket(shard, user->hash);
	user->next = *head;
	*head = user;
	return user;
}

static void user_drop(struct sf_user_place *user)
{
	struct sf_user_place **link = bucket(user->shard, user->hash);

	while (*link != user)
		link = &(*link)->next;
	*link = user->next;
	user->shard->users--;
	free(user);
}

static void watch(const struct sf_binding *binding)
{
	if (sf_outbound_beats(&binding->record))
		sf_pulses_add(binding->user->shard->location->pulses,
			      &binding->record.flow.remote);
}

static void unwatch(const struct sf_binding *binding)
{
	if (sf_outbound_beats(&binding->record))
		sf_pulses_drop(binding->user->shard->location->pulses,
			       &binding->record.flow.remote);
}

/* Take a binding off its user, who may have none then. */
static void unlink_binding(struct sf_binding *binding)
{
	struct sf_binding **link = &binding->user->bindings;

	while (*link != binding)
		link = &(*link)->next;
	*link = binding->next;
	sf_count_add(&binding->user->shard->bindings, (u64)-1);
	sf_timer_stop(&binding->timer);
}

static void drop(struct sf_binding *binding, enum sf_location_event event)
{
	tell(binding, event);
	unwatch(binding);
	unlink_binding(binding);
	free(binding);
}

static u32 interval(const struct sf_location *location)
{
	return __atomic_load_n(&location->keep, __ATOMIC_RELAXED);
}

void sf_location_keep(struct sf_location *location, u32 seconds)
{
	__atomic_store_n(&location->keep, seconds * 1000, __ATOMIC_RELAXED);
}

static void set_until(struct sf_binding *binding, u64 seconds)
{
	binding->until = binding->user->shard->wheel.now + seconds * 1000;
}

/* To when it expires, or sooner: in @ms, unless 0. */
static void set_timer(struct sf_binding *binding, u64 ms)
{
	struct sf_shard *shard = binding->user->shard;
	const struct sf_location_user *user = shard->location->user;
	u64 left = binding->until - shard->wheel.now;

	if (!ms || ms > left || !user->kept || !user->kept(&binding->record))
		ms = left;
	sf_timer_set(&shard->wheel, &binding->timer, ms);
}

static void fire(struct sf_timer *timer)
{
	struct sf_binding *binding = binding_of(timer);
	struct sf_user_place *user = binding->user;
	struct sf_location *location = user->shard->location;

	if (binding->until > user->shard->wheel.now) {
		set_timer(binding, interval(location));
		location->user->keep(location->owner, &binding->record);
		return;
	}
	drop(binding, SF_LOCATION_EXPIRED);
	if (!user->bindings)
		user_drop(user);
}

void sf_location_lock(struct sf_location *location, struct sf_place *place,
		      struct sf_text aor)
{
	struct sf_user_place *user;

	place->location = location;
	place->aor = aor;
	place->hash = sf_hash(&location->key, aor.s, aor.len);
	place->shard = &location->shards[place->hash % SF_SHARDS];
	sf_shard_lock(place->shard);
	for (user = *bucket(place->shard, place->hash); user; user = user->next)
		if (user->hash == place->hash && user->len == aor.len &&
		    !memcmp(user->aor, aor.s, aor.len))
			break;
	place->user = user;
}

void sf_location_unlock(struct sf_place *place)
{
	if (place->user && !place->user->bindings)
		user_drop(place->user);
	place->user = NULL;
	pthread_mutex_unlock(&place->shard->lock);
}

struct sf_binding *sf_location_first(const struct sf_place *place)
{
	return place->user ? place->user->bindings : NULL;
}

struct sf_binding *sf_location_next(const struct sf_binding *binding)
{
	return binding->next;
}

const struct sf_record *sf_binding_record(const struct sf_binding *binding)
{
	return &binding->record;
}

u32 sf_binding_left(const struct sf_place *place,
		    const struct sf_binding *binding)
{
	return sf_shard_left(place->shard, binding);
}

static bool came_by(const struct sf_binding *binding,
		    const struct sf_flow *flow)
{
	const struct sf_flow *of = &binding->record.flow;

	return of->serial == flow->serial && of->slot == flow->slot &&
	       of->worker == flow->worker && of->transport == flow->transport;
}

/* A phone that refreshes over its connection is tied to it already. */
static bool tie_to(struct sf_place *place, const struct sf_binding *old,
		   const struct sf_flow *flow)
{
	return !flow->serial || (old && came_by(old, flow)) ||
	       sf_ties_add(place->location->ties, flow, place->hash);
}

bool sf_location_prepare(struct sf_place *place, struct sf_binding *old,
			 const struct sf_fresh *fresh,
			 struct sf_binding **spare)
{
	u32 len = sf_fresh_len(fresh);
	struct sf_binding *made;

	if (len > SF_RECORD_TEXT_MAX || !tie_to(place, old, &fresh->flow))
		return false;
	*spare = NULL;
	if (old && len <= old->room)
		return true;
	if (!place->user)
		place->user = user_new(place);
	made = place->user ? malloc(sizeof(*made) + len) : NULL;
	if (!made)
		return false;
	made->timer = (struct sf_timer){ .fire = fire };
	made->user = place->user;
	made->room = len;
	*spare = made;
	return true;
}

void sf_location_forgo(struct sf_binding *spare)
{
	free(spare);
}

static void link_binding(struct sf_binding *binding)
{
	binding->next = binding->user->bindings;
	binding->user->bindings = binding;
	sf_count(&binding->user->shard->bindings);
}

struct sf_binding *sf_location_put(struct sf_place *place,
				   struct sf_binding *old,
				   struct sf_binding *spare,
				   const struct sf_fresh *fresh, u32 expires)
{
	struct sf_binding *binding = spare ? spare : old;

	if (old) {
		tell_moved(place, old, fresh);
		unwatch(old);
	}
	if (old && spare) {
		unlink_binding(old);
		free(old);
	}
	if (spare)
		link_binding(spare);
	sf_record_write(&binding->record, fresh);
	watch(binding);
	set_until(binding, expires);
	set_timer(binding, interval(place->location));
	tell(binding, old ? SF_LOCATION_REFRESHED : SF_LOCATION_REGISTERED);
	return binding;
}

void sf_location_remove(struct sf_place *place, struct sf_binding *binding)
{
	(void)place;	/* says that the lock is held */
	drop(binding, SF_LOCATION_UNREGISTERED);
}

/* It would be seen, and never be reached again by that name. */
static bool is_stale(const struct sf_record *record)
{
	return sf_transport_websocket(record->flow.transport) && !record->path;
}

static int restore(struct sf_place *place, const struct sf_record *record,
		   u64 left)
{
	u32 len = sf_record_len(record), keep = interval(place->location);
	struct sf_binding *made;

	if (!place->user)
		place->user = user_new(place);
	made = place->user ? malloc(sizeof(*made) + len) : NULL;
	if (!made)
		return -ENOMEM;
	memcpy(&made->record, record, sizeof(*record) + len);
	made->record.flow.slot = 0;
	made->record.flow.serial = 0;
	made->timer = (struct sf_timer){ .fire = fire };
	made->user = place->user;
	made->room = len;
	link_binding(made);
	watch(made);
	set_until(made, left);
	/* Not all of them at once. */
	set_timer(made, keep ? place->hash % keep + 1 : 0);
	tell(made, SF_LOCATION_RESTORED);
	return 0;
}

int sf_location_restore(struct sf_location *location, struct sf_text aor,
			const struct sf_record *record)
{
	u64 now = sf_clock_wall();
	struct sf_place place;
	int err;

	if (record->wall <= now || is_stale(record) || !aor.len ||
	    aor.len > SF_AOR_MAX)
		return -ESTALE;
	sf_location_lock(location, &place, aor);
	err = restore(&place, record, record->wall - now);
	sf_location_unlock(&place);
	return err;
}

/* The user is dropped by the caller when no binding is left. */
static void cut(struct sf_user_place *user, const struct sf_flow *flow)
{
	struct sf_binding *binding, *next;

	for (binding = user->bindings; binding; binding = next) {
		next = binding->next;
		if (!came_by(binding, flow))
			continue;
		if (sf_outbound_ends(&binding->record)) {
			drop(binding, SF_LOCATION_LOST);
			continue;
		}
		binding->record.flow.slot = 0;
		binding->record.flow.serial = 0;
		if (sf_outbound_reach(&binding->record) == SF_REACH_NONE)
			tell(binding, SF_LOCATION_UNREACHABLE);
	}
}

static void cut_tie(struct sf_location *location, u64 hash,
		    const struct sf_flow *flow)
{
	struct sf_shard *shard = &location->shards[hash % SF_SHARDS];
	struct sf_user_place *user, *next;

	sf_shard_lock(shard);
	for (user = *bucket(shard, hash); user; user = next) {
		next = user->next;
		if (user->hash != hash)
			continue;
		cut(user, flow);
		if (!user->bindings)
			user_drop(user);
	}
	pthread_mutex_unlock(&shard->lock);
}

void sf_location_closed(struct sf_location *location,
			const struct sf_flow *flow)
{
	struct sf_tie *tie, *next;

	if (!flow->serial)
		return;
	for (tie = sf_ties_take(location->ties, flow); tie; tie = next) {
		next = tie->next;
		cut_tie(location, tie->hash, flow);
		free(tie);
	}
}

void sf_location_heard(struct sf_location *location, const struct sf_flow *flow)
{
	if (flow->transport == SF_TRANSPORT_UDP)
		sf_pulses_heard(location->pulses, &flow->remote);
}

bool sf_location_late(struct sf_location *location, const struct sf_flow *flow)
{
	return flow->transport == SF_TRANSPORT_UDP &&
	       sf_pulses_late(location->pulses, &flow->remote,
			      SF_FLOW_TIMER_UDP + SF_FLOW_GRACE);
}
