// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sets.c - the sets of the kernel, with a kernel that is a list
 */
#include "test.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "../../../daemon/app/sets.h"
#include "../../../daemon/app/trunk.h"
#include "fake.h"

#define ROOM	300000

/* An element that the kernel has. */
struct element {
	struct sf_nft_key key;
	u64 end;
};

/**
 * struct kernel - what it holds
 * @absent: it has no table
 * @bad: the first byte of an address that it refuses; 0: none
 * @calls: how often it was asked to change something
 * @cuts: addresses whose connections ended
 */
static struct kernel {
	struct element *element;
	u32 count;
	bool absent;
	u8 bad;
	u32 calls;
	u32 cuts;
	int fd;
} kernel;

static struct sf_loop loop;
static struct sf_sets *sets;
static u32 banned;

static int fake_connect(void **link)
{
	kernel.fd = eventfd(0, EFD_NONBLOCK);
	*link = &kernel;
	return 0;
}

static void fake_disconnect(void *link)
{
	if (link)
		close(kernel.fd);
}

static int fake_fd(void *link)
{
	(void)link;
	return kernel.fd;
}

static bool fake_changed(void *link)
{
	eventfd_t n;

	(void)link;
	eventfd_read(kernel.fd, &n);
	return true;
}

static struct element *find(const struct sf_nft_key *key)
{
	u32 i;

	/* Of many, the last are asked for. */
	for (i = kernel.count; i--;)
		if (!memcmp(&kernel.element[i].key, key, sizeof(*key)))
			return &kernel.element[i];
	return NULL;
}

static void change(const struct sf_nft_change *c)
{
	bool simple = kernel.count > 5000;
	struct element *e = simple ? NULL : find(&c->key);
	u64 end = sf_nft_set_ends(c->key.set) ? fake.now + c->timeout_ms :
						UINT64_MAX;

	if (c->kind == SF_NFT_DELETE) {
		if (e)
			*e = kernel.element[--kernel.count];
	} else if (!e) {
		assert_true(kernel.count < ROOM);
		kernel.element[kernel.count++] = (struct element){ c->key, end };
	} else if (c->kind == SF_NFT_RENEW) {
		e->end = end;
	}
}

static int fake_change(void *link, const struct sf_nft_change *changes,
		       uint32_t count)
{
	u32 i;

	(void)link;
	kernel.calls++;
	assert_in_range(count, 1, SF_NFT_BATCH);
	if (kernel.absent)
		return -ENOENT;
	for (i = 0; i < count; i++)
		if (kernel.bad && changes[i].key.bytes[0] == kernel.bad)
			return -EINVAL;
	for (i = 0; i < count; i++)
		change(&changes[i]);
	return 0;
}

static int fake_list(void *link, enum sf_nft_set set, sf_nft_fn fn, void *arg)
{
	u32 i;

	(void)link;
	if (kernel.absent)
		return -ENOENT;
	for (i = 0; i < kernel.count; i++)
		if (kernel.element[i].key.set == set)
			fn(arg, &kernel.element[i].key,
			   kernel.element[i].end == UINT64_MAX ? UINT64_MAX :
			   kernel.element[i].end - fake.now);
	return 0;
}

static int fake_cut(void *link, const uint8_t *addr, bool v6)
{
	(void)link;
	(void)addr;
	(void)v6;
	kernel.cuts++;
	return 0;
}

static const struct sf_nft_ops ops = {
	.connect = fake_connect,
	.disconnect = fake_disconnect,
	.fd = fake_fd,
	.changed = fake_changed,
	.change = fake_change,
	.list = fake_list,
	.cut = fake_cut,
};

static void was_banned(void *owner, const struct sf_ip *ip)
{
	(void)owner;
	assert_int_equal(ip->family, 4);
	banned++;
}

static const struct sf_sets_user user = { .banned = was_banned };

/* Let everything happen that is due within a second. */
static void settle(void)
{
	struct pollfd fd;
	u32 i;

	for (i = 0; i < fake.watches; i++) {
		fd = (struct pollfd){ fake.watch[i]->fd, POLLIN, 0 };
		if (poll(&fd, 1, 0) == 1)
			fake.watch[i]->ready(fake.watch[i], EPOLLIN);
	}
	fake_pass(1);
	sf_wheel_run(&loop.wheel, fake.now);
}

static void begin(void)
{
	fake_reset();
	memset(&kernel, 0, sizeof(kernel));
	kernel.element = calloc(ROOM, sizeof(*kernel.element));
	banned = 0;
	sf_wheel_init(&loop.wheel, fake.now);
	assert_int_equal(sf_sets_open(&sets, &loop, &ops, &user, NULL), 0);
}

static void end(void)
{
	sf_sets_close(sets);
	free(kernel.element);
}

static struct sf_end at(u8 a, u8 b, u8 c, u16 port)
{
	return (struct sf_end){
		.ip = { .family = 4, .v4 = { a, b, c, 1 } },
		.port = port,
	};
}

static u64 left_of(const struct sf_end *from)
{
	struct sf_nft_key key = { .set = SF_NFT_REGISTERED4 };
	const struct element *e;

	memcpy(key.bytes, from->ip.v4, 4);
	key.bytes[4] = (u8)(from->port >> 8);
	key.bytes[5] = (u8)from->port;
	e = find(&key);
	return e ? (e->end - fake.now + 500) / 1000 : 0;
}

static void registered(void **state)
{
	struct sf_end one = at(192, 0, 2, 5060), two = at(192, 0, 2, 5061);

	(void)state;
	begin();
	settle();
	sf_sets_register(sets, &one, 60);
	sf_sets_register(sets, &two, 60);
	sf_sets_register(sets, &two, 30);
	settle();
	assert_in_range(left_of(&one), 58, 60);
	assert_in_range(left_of(&two), 58, 60);
	sf_sets_unregister(sets, &one);
	sf_sets_unregister(sets, &two);
	settle();
	assert_int_equal(left_of(&one), 0);
	/* Another binding comes from there. */
	assert_in_range(left_of(&two), 57, 59);
	sf_sets_unregister(sets, &two);
	settle();
	assert_int_equal(kernel.count, 0);
	assert_int_equal(sf_sets_count(sets), 0);
	end();
}

/* Of many refreshes only those are told that matter. */
static void refreshed(void **state)
{
	struct sf_end from = at(192, 0, 2, 5060);
	u32 i, calls;

	(void)state;
	begin();
	settle();
	sf_sets_register(sets, &from, 600);
	settle();
	calls = kernel.calls;
	for (i = 0; i < 280; i++) {
		sf_sets_refresh(sets, &from, 600);
		settle();
		sf_sets_tick(sets);
	}
	assert_int_equal(kernel.calls, calls);
	for (; i < 2000; i++) {
		sf_sets_refresh(sets, &from, 600);
		settle();
		sf_sets_tick(sets);
		assert_in_range(left_of(&from), 290, 600);
	}
	assert_in_range(kernel.calls - calls, 5, 7);
	/* The end of it is the end, refreshed or not. */
	for (i = 0; i < 590; i++) {
		settle();
		sf_sets_tick(sets);
	}
	assert_int_not_equal(left_of(&from), 0);
	for (i = 0; i < 15; i++) {
		settle();
		sf_sets_tick(sets);
	}
	assert_int_equal(sf_sets_count(sets), 0);
	end();
}

/* 5 000 registrations a second are some batches. */
static void many(void **state)
{
	struct sf_end from;
	u32 i, calls;

	(void)state;
	begin();
	settle();
	for (i = 0; i < 100000; i++) {
		from = at((u8)(i >> 16), (u8)(i >> 8), (u8)i, 5060);
		sf_sets_register(sets, &from, 3600);
	}
	settle();
	assert_int_equal(kernel.count, 100000);
	assert_int_equal(kernel.calls, 100);
	calls = kernel.calls;
	for (i = 0; i < 100000; i++) {
		from = at((u8)(i >> 16), (u8)(i >> 8), (u8)i, 5060);
		sf_sets_refresh(sets, &from, 3600);
	}
	settle();
	assert_int_equal(kernel.calls, calls);
	/* All of it is lost, and comes back. */
	kernel.count = 0;
	eventfd_write(kernel.fd, 1);
	settle();
	settle();
	assert_int_equal(kernel.count, 100000);
	end();
}

static void mended(void **state)
{
	struct sf_end from = at(192, 0, 2, 5060);
	struct sf_nft_key strange = { .set = SF_NFT_BANNED4, .bytes = { 9 } };

	(void)state;
	begin();
	kernel.absent = true;
	sf_sets_register(sets, &from, 600);
	settle();
	assert_int_equal(kernel.count, 0);
	sf_sets_register(sets, &from, 600);
	settle();
	assert_int_equal(kernel.calls, 0);
	/* Somebody loads the table, with an element that nobody wants. */
	kernel.absent = false;
	kernel.element[kernel.count++] = (struct element){ strange, UINT64_MAX };
	eventfd_write(kernel.fd, 1);
	settle();
	settle();
	assert_int_equal(kernel.count, 1);
	assert_in_range(left_of(&from), 590, 600);
	/* What is right is left alone. */
	kernel.calls = 0;
	eventfd_write(kernel.fd, 1);
	settle();
	settle();
	assert_int_equal(kernel.calls, 0);
	end();
}

/* One element that the kernel refuses does not lose the others. */
static void refused(void **state)
{
	struct sf_end from;
	u32 i;

	(void)state;
	begin();
	settle();
	kernel.bad = 66;
	for (i = 0; i < 200; i++) {
		from = at((u8)(i + 1), 0, 0, 5060);
		sf_sets_register(sets, &from, 600);
	}
	settle();
	assert_int_equal(kernel.count, 199);
	assert_int_equal(sf_sets_counter(sets, SF_SETS_REFUSED), 1);
	end();
}

static void bans(void **state)
{
	struct sf_ban ban = {
		.ip = { .family = 4, .v4 = { 192, 0, 2, 1 } },
		.kind = SF_BAN_LIMITED,
	};

	(void)state;
	begin();
	settle();
	ban.end = fake.wall + 60;
	sf_sets_ban(sets, &ban);
	settle();
	assert_int_equal(kernel.count, 1);
	assert_int_equal(kernel.element[0].key.set, SF_NFT_LIMITED4);
	assert_int_equal(kernel.cuts, 0);
	ban.kind = SF_BAN_BANNED;
	ban.end = fake.wall + 300;
	sf_sets_ban(sets, &ban);
	settle();
	assert_int_equal(kernel.count, 1);
	assert_int_equal(kernel.element[0].key.set, SF_NFT_BANNED4);
	assert_int_equal(kernel.cuts, 1);
	assert_int_equal(banned, 1);
	/* By hand, its end comes nearer. */
	ban.end = fake.wall + 20;
	sf_sets_ban(sets, &ban);
	settle();
	assert_in_range(kernel.element[0].end - fake.now, 17000, 20000);
	ban.kind = SF_BAN_NONE;
	sf_sets_ban(sets, &ban);
	settle();
	assert_int_equal(kernel.count, 0);
	end();
}

/* To look for connections takes a while: a few at a time, and none at a start. */
static void many_bans(void **state)
{
	struct sf_ban ban = { .kind = SF_BAN_BANNED };
	u32 i;

	(void)state;
	begin();
	settle();
	ban.end = fake.wall + 600;
	for (i = 0; i < 100; i++) {
		ban.ip = at((u8)(i + 1), 0, 0, 0).ip;
		sf_sets_restore(sets, &ban);
	}
	settle();
	assert_int_equal(kernel.count, 100);
	assert_int_equal(kernel.cuts, 0);
	for (i = 0; i < 100; i++) {
		ban.ip = at((u8)(i + 101), 0, 0, 0).ip;
		sf_sets_ban(sets, &ban);
	}
	settle();
	assert_int_equal(kernel.count, 200);
	assert_in_range(kernel.cuts, 1, 99);
	for (i = 0; i < 10; i++)
		settle();
	assert_int_equal(kernel.cuts, 100);
	assert_int_equal(banned, 100);
	end();
}

/* Names that lead nowhere for a while empty nothing; those that moved do. */
static void trunks(void **state)
{
	static struct sf_trunk carrier = {
		.lock = PTHREAD_MUTEX_INITIALIZER,
	};
	struct sf_trunk *trunk = &carrier;
	struct sf_conf_trunk list = { .trunk = trunk };
	struct sf_conf conf = { .trunk = &list, .trunks = 1 };

	(void)state;
	begin();
	settle();
	trunk->peer[0].spot.end = at(198, 51, 100, 5060);
	trunk->peer[1].spot.end = at(198, 51, 101, 5060);
	trunk->peers = 2;
	sf_sets_trunks(sets, &conf);
	settle();
	assert_int_equal(kernel.count, 2);
	assert_int_equal(kernel.element[0].end, UINT64_MAX);
	trunk->peers = 0;
	sf_sets_trunks(sets, &conf);
	settle();
	assert_int_equal(kernel.count, 2);
	trunk->peers = 1;
	sf_sets_trunks(sets, &conf);
	settle();
	assert_int_equal(kernel.count, 1);
	conf.trunks = 0;
	sf_sets_trunks(sets, &conf);
	settle();
	assert_int_equal(kernel.count, 0);
	end();
}

/* How long a REGISTER is, with the header of UDP, behind address and port. */
static bool knows_length(const struct sf_end *from, u32 len)
{
	struct sf_nft_key key = { .set = SF_NFT_REFRESH4 };

	memcpy(key.bytes, from->ip.v4, 4);
	key.bytes[4] = (u8)(from->port >> 8);
	key.bytes[5] = (u8)from->port;
	key.bytes[8] = (u8)(len >> 8);
	key.bytes[9] = (u8)len;
	return find(&key);
}

static void lengths(void **state)
{
	struct sf_end from = at(192, 0, 2, 5060), six = { .port = 5060 };
	u32 calls;

	(void)state;
	begin();
	settle();
	sf_sets_proved(sets, &from, 501, 248);
	settle();
	assert_int_equal(kernel.count, 4);
	assert_true(knows_length(&from, 504));
	assert_true(knows_length(&from, 508));
	assert_true(knows_length(&from, 252));
	assert_true(knows_length(&from, 256));
	/* They are the same each time, or nearly. */
	calls = kernel.calls;
	sf_sets_proved(sets, &from, 501, 248);
	sf_sets_proved(sets, &from, 500, 247);
	settle();
	assert_int_equal(kernel.calls, calls);
	six.ip = (struct sf_ip){ .family = 6, .v6 = { 0x20, 1 } };
	sf_sets_proved(sets, &six, 500, 500);
	settle();
	assert_int_equal(kernel.count, 6);
	assert_int_equal(kernel.element[5].key.set, SF_NFT_REFRESH6);
	assert_int_equal(kernel.element[5].key.bytes[20], 508 >> 8);
	assert_int_equal(kernel.element[5].key.bytes[21], 508 & 0xff);
	end();
}

/* What a daemon before this one knew stays; of other sets it goes. */
static void lengths_stay(void **state)
{
	struct sf_nft_key was = { .set = SF_NFT_REFRESH4, .bytes = { 192 } };
	struct sf_nft_key strange = { .set = SF_NFT_REGISTERED4, .bytes = { 9 } };

	(void)state;
	begin();
	kernel.element[kernel.count++] =
		(struct element){ was, fake.now + 600000 };
	kernel.element[kernel.count++] =
		(struct element){ strange, fake.now + 600000 };
	settle();
	settle();
	assert_int_equal(kernel.count, 1);
	assert_int_equal(kernel.element[0].key.set, SF_NFT_REFRESH4);
	end();
}

/* Lengths take no place from registrations, and give theirs back. */
static void lengths_end(void **state)
{
	struct sf_end from = at(192, 0, 2, 5060);
	u32 i;

	(void)state;
	begin();
	settle();
	for (i = 0; i < SF_SETS_LENGTHS_MAX / 2 + 1; i++) {
		from = at((u8)(i >> 16), (u8)(i >> 8), (u8)i, 5060);
		sf_sets_proved(sets, &from, 500, 500);
	}
	assert_int_equal(sf_sets_count(sets), SF_SETS_LENGTHS_MAX);
	assert_int_equal(sf_sets_counter(sets, SF_SETS_FULL), 4);
	sf_sets_register(sets, &from, 600);
	assert_int_equal(sf_sets_count(sets), SF_SETS_LENGTHS_MAX + 1);
	settle();
	fake_pass(SF_SETS_LENGTH_S);
	for (i = 0; i < 100; i++)
		sf_sets_tick(sets);
	assert_int_equal(sf_sets_count(sets), 0);
	sf_sets_proved(sets, &from, 500, 500);
	assert_int_equal(sf_sets_count(sets), 2);
	end();
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(lengths),
		TEST(lengths_stay),
		TEST(lengths_end),
		TEST(registered),
		TEST(refreshed),
		TEST(many),
		TEST(mended),
		TEST(refused),
		TEST(bans),
		TEST(many_bans),
		TEST(trunks),
	};

	return run(tests, ARRAY_SIZE(tests));
}
