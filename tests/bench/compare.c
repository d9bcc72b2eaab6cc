// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * compare.c - how long the kernel takes to forward packets, several ways in turn
 *
 *	compare TURNS WIRE...
 *
 * For WIRE see wire_open(). In every turn each of them sends WARM packets and then
 * a batch, and the system call that sends the batch is timed: it returns when the
 * last packet is where it goes. Who is first changes with every turn.
 *
 * A batch takes half a millisecond. A processor that others use, too, has faster
 * and slower times, which last longer than that: neighbours in a turn share them.
 * And most batches are interrupted by nobody, so the median is of such.
 *
 * Prints for each WIRE a line of nanoseconds, one for each turn, and before them how
 * many packets a batch has and how many were sent in all.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "share.h"
#include "wire.h"

#define WARM	64

static uint64_t clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static uint64_t batch_time(struct wire *wire)
{
	uint64_t begin;

	wire_fill(wire, WARM);
	wire_send(wire, WARM);
	wire_fill(wire, WIRE_BATCH);
	begin = clock_ns();
	wire_send(wire, WIRE_BATCH);
	return clock_ns() - begin;
}

/* Forwards in one turn, backwards in the next. */
static unsigned int who(unsigned int turn, unsigned int i, unsigned int count)
{
	return (turn / 2 + (turn % 2 ? count - 1 - i : i)) % count;
}

static void print_times(const uint64_t *times, unsigned int turns)
{
	unsigned int i;

	printf("%u %u", WIRE_BATCH, turns * (WARM + WIRE_BATCH));
	for (i = 0; i < turns; i++)
		printf(" %lu", times[i]);
	printf("\n");
}

int main(int argc, char **argv)
{
	unsigned int turns, count, turn, i, n;
	struct wire *wires;
	uint64_t *times;

	if (argc < 3)
		fail("usage", "compare TURNS WIRE...");
	turns = number(argv[1], 100000);
	count = (unsigned int)argc - 2;
	wires = calloc(count, sizeof(*wires));
	times = calloc((size_t)count * turns, sizeof(*times));
	if (!wires || !times)
		fail("memory", strerror(errno));
	for (i = 0; i < count; i++)
		wire_open(&wires[i], argv[2 + i]);

	for (turn = 0; turn < turns; turn++)
		for (i = 0; i < count; i++) {
			n = who(turn, i, count);
			times[(size_t)n * turns + turn] = batch_time(&wires[n]);
		}
	for (i = 0; i < count; i++)
		print_times(times + (size_t)i * turns, turns);
	return 0;
}
