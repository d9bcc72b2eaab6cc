/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * location.h - where users are
 *
 * The bindings of all addresses of record, in memory, shared by all workers.
 * They are spread over shards, each with a lock of its own. Who changes the
 * bindings of a user holds his shard's lock from sf_location_lock() to
 * sf_location_unlock(), so that a REGISTER is done as a whole or not at all.
 *
 * RFC 3261, 10.
 */
#ifndef SIPFAST_APP_LOCATION_H
#define SIPFAST_APP_LOCATION_H

#include "../sip/aor.h"
#include "record.h"

struct sf_location;
struct sf_binding;

/**
 * enum sf_location_event - what becomes of bindings
 * @SF_LOCATION_REGISTERED: it is there
 * @SF_LOCATION_REFRESHED: it is there again, perhaps elsewhere
 * @SF_LOCATION_EXPIRED: its time is over
 * @SF_LOCATION_UNREGISTERED: its phone took it back
 * @SF_LOCATION_RESTORED: it came from the store, at start
 * @SF_LOCATION_UNREACHABLE: its connection is gone, and it stays
 * @SF_LOCATION_LOST: it went with its connection
 * @SF_LOCATION_EVENT_COUNT: how many there are
 */
enum sf_location_event {
	SF_LOCATION_REGISTERED,
	SF_LOCATION_REFRESHED,
	SF_LOCATION_EXPIRED,
	SF_LOCATION_UNREGISTERED,
	SF_LOCATION_RESTORED,
	SF_LOCATION_UNREACHABLE,
	SF_LOCATION_LOST,
	SF_LOCATION_EVENT_COUNT
};

/**
 * struct sf_location_user - who wants to know
 * @changed: something happened to a binding. Called with the shard's lock held:
 *           it must neither wait nor come back here. @record is valid during
 *           the call. May be NULL.
 * @kept: is the phone of a binding to be kept within reach? Likewise; NULL: none is
 * @keep: it is time to do so; likewise
 * @moved: a binding is about to be refreshed from another address or port than
 *         @from, the one it has; likewise
 */
struct sf_location_user {
	void (*changed)(void *owner, enum sf_location_event event,
			struct sf_text aor, const struct sf_record *record);
	bool (*kept)(const struct sf_record *record);
	void (*keep)(void *owner, const struct sf_record *record);
	void (*moved)(void *owner, const struct sf_end *from);
};

/**
 * sf_location_open() - make an empty one
 * @location: for sf_location_close(); written only on success
 *
 * Return: 0 or -ENOMEM.
 */
int sf_location_open(struct sf_location **location,
		     const struct sf_location_user *user, void *owner);
void sf_location_close(struct sf_location *location);

/**
 * sf_location_keep() - how often phones are to be kept within reach
 * @seconds: 0: never, as at first. What changes holds for a binding from when it is
 *           next refreshed, or kept
 */
void sf_location_keep(struct sf_location *location, u32 seconds);

/**
 * struct sf_place - a user whose shard is locked
 * @location: the location
 * @shard: his shard
 * @user: his entry; NULL when he has no binding
 * @hash: of @aor
 * @aor: his address of record, the caller's
 */
struct sf_place {
	struct sf_location *location;
	struct sf_shard *shard;
	struct sf_user_place *user;
	u64 hash;
	struct sf_text aor;
};

/**
 * sf_location_lock() - find a user and lock his shard
 *
 * What has expired is gone then. Locks of the store, of ties, of the sets and of the
 * mailbox that news go to may be taken while this one is held, and no others.
 */
void sf_location_lock(struct sf_location *location, struct sf_place *place,
		      struct sf_text aor);
void sf_location_unlock(struct sf_place *place);

/* His bindings, in no order; NULL at the end. */
struct sf_binding *sf_location_first(const struct sf_place *place);
struct sf_binding *sf_location_next(const struct sf_binding *binding);

const struct sf_record *sf_binding_record(const struct sf_binding *binding);

/* Seconds until it expires, rounded up; at least 1. */
u32 sf_binding_left(const struct sf_place *place,
		    const struct sf_binding *binding);

/**
 * sf_location_prepare() - get the memory that a binding takes
 * @old: the binding that is replaced, or NULL
 * @spare: written on success: for sf_location_put() or sf_location_forgo();
 *         NULL when @old has room for the new one
 *
 * Return: false when memory is short, or the texts are too long.
 */
bool sf_location_prepare(struct sf_place *place, struct sf_binding *old,
			 const struct sf_fresh *fresh,
			 struct sf_binding **spare);
void sf_location_forgo(struct sf_binding *spare);

/**
 * sf_location_put() - add a binding, or replace one
 * @old: what is replaced, as sf_location_prepare() was told
 * @spare: what that one gave
 * @expires: in seconds
 *
 * Cannot fail: of several changes all are prepared before the first is made.
 *
 * Return: the binding.
 */
struct sf_binding *sf_location_put(struct sf_place *place,
				   struct sf_binding *old,
				   struct sf_binding *spare,
				   const struct sf_fresh *fresh, u32 expires);

void sf_location_remove(struct sf_place *place, struct sf_binding *binding);

/**
 * sf_location_restore() - add a binding that the store has kept
 *
 * What has expired is left out, and so is what came over WebSocket. Of other
 * connections only the addresses are taken: their bindings stay, so that it is
 * seen who has not come back, and are reached as if these had been closed.
 *
 * Return: 0; -ESTALE when it is left out; -ENOMEM.
 */
int sf_location_restore(struct sf_location *location, struct sf_text aor,
			const struct sf_record *record);

/**
 * sf_location_closed() - a connection is gone
 *
 * What can only be reached over it goes with it (sf_outbound_ends()). Others
 * stay: they are reached over a connection that is opened when needed or, where
 * nobody can listen, not until the phone comes back.
 */
void sf_location_closed(struct sf_location *location,
			const struct sf_flow *flow);

/**
 * sf_location_heard() - something came from where a phone may be registered
 */
void sf_location_heard(struct sf_location *location, const struct sf_flow *flow);

/**
 * sf_location_late() - has a flow failed?
 *
 * One over UDP that a phone said it would keep alive, and over which nothing came for
 * longer than it was told (RFC 5626, 4.4). Its bindings stay: it lives again when
 * something comes. May be called with a shard's lock held.
 */
bool sf_location_late(struct sf_location *location, const struct sf_flow *flow);

/**
 * sf_location_sweep() - drop what has expired
 *
 * To be called every second or so: a shard that nobody asks anything of does
 * not look at the clock.
 */
void sf_location_sweep(struct sf_location *location);

/* How many bindings there are. */
u64 sf_location_count(const struct sf_location *location);

/**
 * sf_location_each() - show all bindings, a shard at a time
 * @each: called with a shard's lock held; see sf_location_user
 */
void sf_location_each(struct sf_location *location,
		      void (*each)(void *arg, struct sf_text aor,
				   const struct sf_record *record, u32 left),
		      void *arg);

/**
 * sf_location_some() - show some bindings
 * @at: where to begin, 0 at first; written: where to go on, if there is more
 * @max: so many or, with those of the last users, a few more
 * @each: as in sf_location_each()
 *
 * No lock is held for longer than that takes. Bindings may come and go between
 * two calls: see util/walk.h.
 *
 * Return: false when the last one was shown.
 */
bool sf_location_some(struct sf_location *location, u64 *at, u32 max,
		      void (*each)(void *arg, struct sf_text aor,
				   const struct sf_record *record, u32 left),
		      void *arg);

#endif /* SIPFAST_APP_LOCATION_H */
