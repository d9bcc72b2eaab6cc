// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sets.c - what should be in the sets
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "sets_internal.h"
#include "trunk.h"

#define MEND_MS		200	/* a ruleset is loaded in several steps */
#define SWEEP		20000	/* wishes that are looked at each second */
#define SWEPT		4096	/* and those of them that are late */
#define UDP_HEADER	8

const char *sf_sets_counter_name(enum sf_sets_counter counter)
{
	static const char *const names[] = {
#define X(sym, name) [SF_SETS_##sym] = (name),
		SF_SETS_COUNTERS(X)
#undef X
	};

	return names[counter];
}

u64 sf_sets_counter(const struct sf_sets *sets, enum sf_sets_counter counter)
{
	return sf_counted(&sets->counters[counter]);
}

u32 sf_sets_count(struct sf_sets *sets)
{
	u32 count;

	pthread_mutex_lock(&sets->lock);
	count = sets->table.count;
	pthread_mutex_unlock(&sets->lock);
	return count;
}

static u64 hash_of(const struct sf_sets *sets, const struct sf_nft_key *key)
{
	return sf_hash(&sets->key, key, sizeof(*key));
}

struct sf_wish *sf_wish_find(const struct sf_sets *sets,
			     const struct sf_nft_key *key)
{
	struct sf_entry *at = sf_table_first(&sets->table, hash_of(sets, key));
	struct sf_wish *wish;

	for (; at; at = sf_table_next(at)) {
		wish = container_of(at, struct sf_wish, place);
		if (!memcmp(&wish->key, key, sizeof(*key)))
			return wish;
	}
	return NULL;
}

bool sf_wish_tell(struct sf_sets *sets, struct sf_wish *wish)
{
	bool first = !sets->first;

	if (wish->waits)
		return false;
	wish->waits = true;
	wish->next = NULL;
	*sets->last = wish;
	sets->last = &wish->next;
	return first;
}

bool sf_wish_is_late(const struct sf_wish *wish, u64 now)
{
	if (wish->gone || wish->held >= wish->end)
		return false;
	return wish->held <= now || wish->end == SF_FOREVER ||
	       wish->held - now <= (wish->end - now) / 2;
}

static void wake(struct sf_sets *sets)
{
	eventfd_write(sets->wake.fd, 1);
}

void sf_wish_free(struct sf_sets *sets, struct sf_wish *wish)
{
	sets->lengths -= sf_nft_is_length(wish->key.set);
	sf_table_del(&sets->table, &wish->place);
	free(wish);
}

static bool has_room(const struct sf_sets *sets, enum sf_nft_set set)
{
	return sets->table.count < SF_SETS_MAX &&
	       (!sf_nft_is_length(set) || sets->lengths < SF_SETS_LENGTHS_MAX);
}

static struct sf_wish *make(struct sf_sets *sets, const struct sf_nft_key *key)
{
	struct sf_wish *wish = sf_wish_find(sets, key);

	if (wish)
		return wish;
	wish = has_room(sets, key->set) ? calloc(1, sizeof(*wish)) : NULL;
	if (!wish) {
		sf_count(&sets->counters[SF_SETS_FULL]);
		return NULL;
	}
	sets->lengths += sf_nft_is_length(key->set);
	wish->key = *key;
	sf_table_add(&sets->table, &wish->place, hash_of(sets, key));
	return wish;
}

/* Under the lock: it should be there until then. Return: whom to wake. */
static bool want(struct sf_sets *sets, struct sf_wish *wish, u64 end, u64 now)
{
	wish->gone = false;
	wish->end = end;
	if (!sf_wish_is_late(wish, now))
		return false;
	return sf_wish_tell(sets, wish);
}

/* Under the lock: not any more. */
static bool unwant(struct sf_sets *sets, struct sf_wish *wish)
{
	wish->refs = 0;
	wish->gone = true;
	return sf_wish_tell(sets, wish);
}

static struct sf_nft_key key_of(enum sf_nft_set set4, enum sf_nft_set set6,
				const struct sf_ip *ip, u16 port)
{
	u32 len = ip->family == 4 ? 4 : 16;
	struct sf_nft_key key;

	memset(&key, 0, sizeof(key));
	key.set = ip->family == 4 ? set4 : set6;
	memcpy(key.bytes, ip->v6, len);
	if (port) {
		key.bytes[len] = (u8)(port >> 8);
		key.bytes[len + 1] = (u8)port;
	}
	return key;
}

static void put_source(struct sf_sets *sets, const struct sf_end *from, u32 left,
		       u32 refs)
{
	const struct sf_nft_key key = key_of(SF_NFT_REGISTERED4,
					     SF_NFT_REGISTERED6, &from->ip,
					     from->port);
	u64 now = sf_clock_ms(), end = now + (u64)left * 1000;
	struct sf_wish *wish;
	bool first = false;

	if (!from->ip.family)
		return;
	pthread_mutex_lock(&sets->lock);
	wish = make(sets, &key);
	if (wish) {
		wish->refs += refs;
		/* Of several bindings the one that stays longest counts. */
		if (!wish->refs)
			wish->refs = 1;
		if (wish->refs > 1 && wish->end > end)
			end = wish->end;
		first = want(sets, wish, end, now);
	}
	pthread_mutex_unlock(&sets->lock);
	if (first)
		wake(sets);
}

void sf_sets_register(struct sf_sets *sets, const struct sf_end *from, u32 left)
{
	put_source(sets, from, left, 1);
}

void sf_sets_refresh(struct sf_sets *sets, const struct sf_end *from, u32 left)
{
	put_source(sets, from, left, 0);
}

void sf_sets_unregister(struct sf_sets *sets, const struct sf_end *from)
{
	const struct sf_nft_key key = key_of(SF_NFT_REGISTERED4,
					     SF_NFT_REGISTERED6, &from->ip,
					     from->port);
	struct sf_wish *wish;
	bool first = false;

	pthread_mutex_lock(&sets->lock);
	wish = sf_wish_find(sets, &key);
	if (wish && wish->refs > 1)
		wish->refs--;
	else if (wish)
		first = unwant(sets, wish);
	pthread_mutex_unlock(&sets->lock);
	if (first)
		wake(sets);
}

/* Where the length is in a key: behind the address, and a port in four bytes. */
static void put_length(struct sf_nft_key *key, u8 family, u32 len)
{
	u32 at = family == 4 ? 8 : 20;

	key->bytes[at] = (u8)(len >> 8);
	key->bytes[at + 1] = (u8)len;
}

/* Under the lock: the length, nearly. Return: whom to wake. */
static bool want_length(struct sf_sets *sets, const struct sf_end *from, u32 len,
			u64 now)
{
	struct sf_nft_key key = key_of(SF_NFT_REFRESH4, SF_NFT_REFRESH6,
				       &from->ip, from->port);
	struct sf_wish *wish;
	bool first = false;
	u32 i;

	/* As nft has it. */
	len += UDP_HEADER - SF_SETS_LENGTH_STEP / 2;
	for (i = 0; i < 2; i++, len += SF_SETS_LENGTH_STEP) {
		put_length(&key, from->ip.family,
			   len & ~(SF_SETS_LENGTH_STEP - 1));
		wish = make(sets, &key);
		if (wish)
			first |= want(sets, wish,
				      now + SF_SETS_LENGTH_S * 1000, now);
	}
	return first;
}

void sf_sets_proved(struct sf_sets *sets, const struct sf_end *from, u32 len,
		    u32 bare)
{
	u64 now = sf_clock_ms();
	bool first;

	pthread_mutex_lock(&sets->lock);
	first = want_length(sets, from, len, now);
	first |= want_length(sets, from, bare, now);
	pthread_mutex_unlock(&sets->lock);
	if (first)
		wake(sets);
}

/* Under the lock. */
static bool put_ban(struct sf_sets *sets, const struct sf_ban *ban,
		    enum sf_ban_kind kind, const struct sf_nft_key *key)
{
	u64 wall = sf_clock_wall(), now = sf_clock_ms(), end;
	struct sf_wish *wish;

	if (ban->kind != kind || ban->end <= wall) {
		wish = sf_wish_find(sets, key);
		return wish && unwant(sets, wish);
	}
	wish = make(sets, key);
	end = now + (ban->end - wall) * 1000;
	/* It has come nearer: the kernel is to know. */
	if (wish && wish->held > end)
		wish->held = 0;
	return wish && want(sets, wish, end, now);
}

static void note_banned(struct sf_sets *sets, const struct sf_ip *ip)
{
	struct sf_banned *banned = malloc(sizeof(*banned));

	if (!banned)
		return;
	banned->ip = *ip;
	banned->next = sets->banned;
	sets->banned = banned;
}

static void ban_address(struct sf_sets *sets, const struct sf_ban *ban, bool cut)
{
	const struct sf_nft_key banned = key_of(SF_NFT_BANNED4, SF_NFT_BANNED6,
						&ban->ip, 0);
	const struct sf_nft_key limited = key_of(SF_NFT_LIMITED4,
						 SF_NFT_LIMITED6, &ban->ip, 0);
	bool first;

	pthread_mutex_lock(&sets->lock);
	first = put_ban(sets, ban, SF_BAN_BANNED, &banned);
	first |= put_ban(sets, ban, SF_BAN_LIMITED, &limited);
	if (cut && ban->kind == SF_BAN_BANNED) {
		first |= !sets->banned;
		note_banned(sets, &ban->ip);
	}
	pthread_mutex_unlock(&sets->lock);
	if (first)
		wake(sets);
}

void sf_sets_ban(struct sf_sets *sets, const struct sf_ban *ban)
{
	ban_address(sets, ban, true);
}

void sf_sets_restore(struct sf_sets *sets, const struct sf_ban *ban)
{
	ban_address(sets, ban, false);
}

/* Return: where it is, is known. */
static bool put_trunk(struct sf_sets *sets, struct sf_trunk *trunk, u32 round)
{
	struct sf_ip ip[SF_TRUNK_PEERS_MAX];
	struct sf_nft_key key;
	struct sf_wish *wish;
	u64 now = sf_clock_ms();
	u32 i, count;

	pthread_mutex_lock(&trunk->lock);
	count = trunk->peers;
	for (i = 0; i < count; i++)
		ip[i] = trunk->peer[i].spot.end.ip;
	pthread_mutex_unlock(&trunk->lock);
	pthread_mutex_lock(&sets->lock);
	for (i = 0; i < count; i++) {
		key = key_of(SF_NFT_TRUNKS4, SF_NFT_TRUNKS6, &ip[i], 0);
		wish = make(sets, &key);
		if (!wish)
			continue;
		sets->trunks += !wish->refs;
		sets->marked += wish->refs != round;
		wish->refs = round;
		if (want(sets, wish, SF_FOREVER, now))
			wake(sets);
	}
	pthread_mutex_unlock(&sets->lock);
	return count;
}

/* Of a walk, which must not change the table. */
struct picked {
	u64 now;
	u32 round;
	u32 count;
	struct sf_wish *wish[SWEPT];
};

static void pick_trunk(void *arg, struct sf_entry *place)
{
	struct sf_wish *wish = container_of(place, struct sf_wish, place);
	struct picked *picked = arg;

	if ((wish->key.set == SF_NFT_TRUNKS4 ||
	     wish->key.set == SF_NFT_TRUNKS6) && !wish->gone &&
	    wish->refs != picked->round && picked->count < SWEPT)
		picked->wish[picked->count++] = wish;
}

static void drop_trunks(struct sf_sets *sets, u32 round)
{
	struct picked picked = { .round = round };
	u32 i, at = 0;

	pthread_mutex_lock(&sets->lock);
	sf_table_walk(&sets->table, &at, UINT32_MAX, pick_trunk, &picked);
	for (i = 0; i < picked.count; i++)
		if (unwant(sets, picked.wish[i]))
			wake(sets);
	sets->trunks -= picked.count;
	pthread_mutex_unlock(&sets->lock);
}

void sf_sets_trunks(struct sf_sets *sets, const struct sf_conf *conf)
{
	u32 i, round = ++sets->round;
	bool known = true;

	sets->marked = 0;
	for (i = 0; i < conf->trunks; i++)
		known &= put_trunk(sets, conf->trunk[i].trunk, round);
	/* To go through all wishes takes long: not every second. */
	if (known && sets->marked != sets->trunks)
		drop_trunks(sets, round);
}

static void pick_late(void *arg, struct sf_entry *place)
{
	struct sf_wish *wish = container_of(place, struct sf_wish, place);
	struct picked *picked = arg;

	if (picked->count < SWEPT && !wish->waits &&
	    (wish->end <= picked->now || sf_wish_is_late(wish, picked->now)))
		picked->wish[picked->count++] = wish;
}

/* What is over has ended in the kernel, too. */
void sf_sets_tick(struct sf_sets *sets)
{
	struct picked picked = { .now = sf_clock_ms() };
	struct sf_wish *wish;
	bool waits;
	u32 i;

	pthread_mutex_lock(&sets->lock);
	if (!sf_table_walk(&sets->table, &sets->at, SWEEP, pick_late, &picked))
		sets->at = 0;
	for (i = 0; i < picked.count; i++) {
		wish = picked.wish[i];
		if (wish->end > picked.now) {
			sf_wish_tell(sets, wish);
			continue;
		}
		sf_wish_free(sets, wish);
	}
	waits = sets->first;
	pthread_mutex_unlock(&sets->lock);
	if (waits && !sf_timer_is_set(&sets->flush))
		sf_timer_set(&sets->loop->wheel, &sets->flush, SF_SETS_WAIT_MS);
}

static void woken(struct sf_watch *watch, u32 events)
{
	struct sf_sets *sets = container_of(watch, struct sf_sets, wake);
	eventfd_t n;

	(void)events;
	eventfd_read(watch->fd, &n);
	if (!sf_timer_is_set(&sets->flush))
		sf_timer_set(&sets->loop->wheel, &sets->flush, SF_SETS_WAIT_MS);
}

static void flush(struct sf_timer *timer)
{
	sf_sets_tell(container_of(timer, struct sf_sets, flush));
}

static void heard(struct sf_watch *watch, u32 events)
{
	struct sf_sets *sets = container_of(watch, struct sf_sets, events);

	(void)events;
	if (sets->ops->changed(sets->link) && !sf_timer_is_set(&sets->mend))
		sf_timer_set(&sets->loop->wheel, &sets->mend, MEND_MS);
}

static void mend(struct sf_timer *timer)
{
	sf_sets_mend(container_of(timer, struct sf_sets, mend));
}

bool sf_sets_absent(struct sf_sets *sets, int err)
{
	sets->absent = err == -ENOENT || err == -EPERM || err == -EOPNOTSUPP ||
		       err == -EPROTONOSUPPORT;
	if (sets->absent && !sets->said)
		sf_log(SF_LOG_NOTICE, "sets-absent",
		       "table=\"inet sipfast\" error=\"%s\"", strerror(-err));
	sets->said = sets->absent;
	return sets->absent;
}

static void connect_kernel(struct sf_sets *sets)
{
	int err = sets->ops->connect(&sets->link);

	if (!err) {
		sets->events.fd = sets->ops->fd(sets->link);
		sets->events.ready = heard;
		err = sf_loop_watch(sets->loop, &sets->events, EPOLLIN);
	}
	if (err) {
		sets->ops->disconnect(sets->link);
		sets->link = NULL;
		sf_sets_absent(sets, -EOPNOTSUPP);
		return;
	}
	sf_timer_set(&sets->loop->wheel, &sets->mend, MEND_MS);
}

int sf_sets_open(struct sf_sets **sets, struct sf_loop *loop,
		 const struct sf_nft_ops *ops, const struct sf_sets_user *user,
		 void *owner)
{
	struct sf_sets *made = calloc(1, sizeof(*made));
	int err;

	if (!made)
		return -ENOMEM;
	made->loop = loop;
	made->ops = ops;
	made->user = user;
	made->owner = owner;
	made->last = &made->first;
	made->flush.fire = flush;
	made->mend.fire = mend;
	/* Until the first listing nobody knows what is there. */
	made->absent = true;
	pthread_mutex_init(&made->lock, NULL);
	sf_random(&made->key, sizeof(made->key));
	made->wake.ready = woken;
	made->wake.fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	err = made->wake.fd < 0 ? -errno : sf_table_init(&made->table);
	if (!err)
		err = sf_loop_watch(loop, &made->wake, EPOLLIN);
	if (err) {
		if (made->wake.fd >= 0)
			close(made->wake.fd);
		sf_table_free(&made->table);
		free(made);
		return err;
	}
	connect_kernel(made);
	*sets = made;
	return 0;
}

static void take_first(void *arg, struct sf_entry *place)
{
	struct sf_wish **wish = arg;

	if (!*wish)
		*wish = container_of(place, struct sf_wish, place);
}

static void free_wishes(struct sf_sets *sets)
{
	struct sf_wish *wish;
	u32 at = 0;

	while (sets->table.count) {
		wish = NULL;
		sf_table_walk(&sets->table, &at, 1, take_first, &wish);
		if (!wish)
			continue;
		sf_table_del(&sets->table, &wish->place);
		free(wish);
	}
	sf_table_free(&sets->table);
}

void sf_sets_close(struct sf_sets *sets)
{
	struct sf_banned *banned;

	if (!sets)
		return;
	/* What ended a moment ago is told before we go; the daemon is not there. */
	sets->user = NULL;
	sf_sets_tell(sets);
	sf_timer_stop(&sets->flush);
	sf_timer_stop(&sets->mend);
	if (sets->link) {
		sf_loop_unwatch(sets->loop, &sets->events);
		sets->ops->disconnect(sets->link);
	}
	sf_loop_unwatch(sets->loop, &sets->wake);
	close(sets->wake.fd);
	while ((banned = sets->banned)) {
		sets->banned = banned->next;
		free(banned);
	}
	free_wishes(sets);
	pthread_mutex_destroy(&sets->lock);
	free(sets);
}
