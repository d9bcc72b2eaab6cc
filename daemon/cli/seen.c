// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * seen.c - what the monitor knows of calls and streams
 */
#include <string.h>

#include <linux/sipfast.h>

#include "mem.h"
#include "seen.h"

#define FIRST	64	/* slots at first */

static uint32_t id_of(const struct sf_info *info)
{
	return info->kind == SIPFAST_A_CALL ? info->call.id : info->stream.id;
}

/* Numbers count up: their low bits, spread a little, are hash enough. */
static size_t home(const struct sf_memory *memory, uint16_t kind, uint32_t id)
{
	return (id * 2654435761U + kind) & (memory->nslots - 1);
}

/* The slot of an object, or the free one where it belongs. */
static struct sf_seen *slot(const struct sf_memory *memory, uint16_t kind,
			    uint32_t id)
{
	size_t i = home(memory, kind, id);

	while (memory->slots[i].kind &&
	       (memory->slots[i].kind != kind || memory->slots[i].id != id))
		i = (i + 1) & (memory->nslots - 1);
	return &memory->slots[i];
}

const struct sf_seen *sf_memory_find(const struct sf_memory *memory,
				     uint16_t kind, uint32_t id)
{
	const struct sf_seen *seen;

	if (!memory->nslots)
		return NULL;
	seen = slot(memory, kind, id);
	return seen->kind ? seen : NULL;
}

static void grow(struct sf_memory *memory)
{
	struct sf_memory old = *memory;
	size_t i;

	memory->nslots = old.nslots ? 2 * old.nslots : FIRST;
	memory->slots = sf_mem_check(calloc(memory->nslots,
					    sizeof(*memory->slots)));
	for (i = 0; i < old.nslots; i++)
		if (old.slots[i].kind)
			*slot(memory, old.slots[i].kind, old.slots[i].id) =
				old.slots[i];
	free(old.slots);
}

void sf_memory_store(struct sf_memory *memory, const struct sf_info *info)
{
	struct sf_seen *seen;

	if (2 * (memory->used + 1) > memory->nslots)
		grow(memory);
	seen = slot(memory, info->kind, id_of(info));
	if (!seen->kind)
		memory->used++;
	seen->kind = info->kind;
	seen->id = id_of(info);
	if (info->kind == SIPFAST_A_CALL) {
		seen->call = info->call;
		seen->call.call_id = NULL;
		seen->call.from = NULL;
		seen->call.to = NULL;
	} else {
		seen->stream = info->stream;
		seen->stream.type = NULL;
		seen->stream.forward.declined = NULL;
		seen->stream.forward.rtp.encoding = NULL;
		seen->stream.reverse.declined = NULL;
		seen->stream.reverse.rtp.encoding = NULL;
	}
}

/* Later objects of the same run move up, so that they are still found. */
void sf_memory_forget(struct sf_memory *memory, const struct sf_info *info)
{
	struct sf_seen *hole, moved;
	size_t i;

	if (!sf_memory_find(memory, info->kind, id_of(info)))
		return;
	hole = slot(memory, info->kind, id_of(info));
	hole->kind = 0;
	memory->used--;
	i = hole - memory->slots;
	for (;;) {
		i = (i + 1) & (memory->nslots - 1);
		if (!memory->slots[i].kind)
			return;
		moved = memory->slots[i];
		memory->slots[i].kind = 0;
		*slot(memory, moved.kind, moved.id) = moved;
	}
}

void sf_memory_clear(struct sf_memory *memory)
{
	free(memory->slots);
	memset(memory, 0, sizeof(*memory));
}
