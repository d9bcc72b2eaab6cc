/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * seen.h - what the monitor knows of calls and streams
 *
 * A notification says how an object is, not what changed. The monitor keeps
 * what it saw last and tells the difference.
 */
#ifndef SIPFAST_CLI_SEEN_H
#define SIPFAST_CLI_SEEN_H

#include <stddef.h>
#include <stdint.h>

#include "../sys/kernel.h"

/**
 * struct sf_seen - an object as it was last
 * @kind: SIPFAST_A_CALL or SIPFAST_A_STREAM; 0: no object
 * @id: its number
 * @call: the call; its strings are NULL
 * @stream: the stream; likewise
 */
struct sf_seen {
	uint16_t kind;
	uint32_t id;
	union {
		struct sf_call_info call;
		struct sf_stream_info stream;
	};
};

/**
 * struct sf_memory - all objects; zeroed before its first use
 * @slots: hash table with open addressing
 * @nslots: its size, a power of two
 * @used: objects in it
 */
struct sf_memory {
	struct sf_seen *slots;
	size_t nslots;
	size_t used;
};

/**
 * sf_memory_find() - an object as it was last
 *
 * Return: valid until the memory changes; NULL when it is not known.
 */
const struct sf_seen *sf_memory_find(const struct sf_memory *memory,
				     uint16_t kind, uint32_t id);

/**
 * sf_memory_store() - remember a call or stream as it is now
 */
void sf_memory_store(struct sf_memory *memory, const struct sf_info *info);

/**
 * sf_memory_forget() - forget a call or stream that ended
 */
void sf_memory_forget(struct sf_memory *memory, const struct sf_info *info);

/**
 * sf_memory_clear() - forget all, and give back the memory
 */
void sf_memory_clear(struct sf_memory *memory);

#endif /* SIPFAST_CLI_SEEN_H */
