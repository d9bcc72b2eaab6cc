// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * store_memory.c - a store that keeps nothing
 */
#include <stdlib.h>

#include "../util/hash.h"
#include "store.h"

static bool memory_ready(struct sf_store *store)
{
	(void)store;
	return true;
}

/* It is never asked to; whoever does so waits for nothing. */
static void memory_put(struct sf_store *store, struct sf_change *change)
{
	struct sf_receipt *receipt = change->receipt;

	free(change);
	if (!receipt || sf_mailbox_put(receipt->box, &receipt->letter))
		return;
	sf_count(&store->counters[SF_STORE_UNDELIVERED]);
	free(receipt);
}

static int memory_restore(struct sf_store *store, struct sf_location *location,
			  u64 *count)
{
	(void)store;
	(void)location;
	*count = 0;
	return 0;
}

static int memory_secret(struct sf_store *store, const char *name, void *key,
			 u32 len)
{
	(void)store;
	(void)name;
	sf_random(key, len);
	return 0;
}

static void memory_close(struct sf_store *store)
{
	free(store);
}

struct sf_store *sf_store_memory(void)
{
	static const struct sf_store_ops ops = {
		.durable = false,
		.ready = memory_ready,
		.put = memory_put,
		.restore = memory_restore,
		.secret = memory_secret,
		.close = memory_close,
	};
	struct sf_store *store = calloc(1, sizeof(*store));

	if (store)
		store->ops = &ops;
	return store;
}
