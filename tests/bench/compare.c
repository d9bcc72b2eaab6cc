// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * compare.c - how long the kernel takes to forward packets, several ways in turn
 *
 *	compare TURNS WARM COUNT WIRE...
 *
 * For WIRE see wire_open(). In every turn each of them sends WARM packets and then
 * COUNT, and the system calls that send these are timed: they return when the last
 * packet is where it goes. Who is first changes with every turn.
 *
 * A processor that others use, too, has faster and slower times, which last longer
 * than the millisecond that 500 packets take: neighbours in a turn share them.
 * And most of these are interrupted by nobody, so the median is of such. With many
 * flows, WARM and COUNT have to be packets of each: what the others have touched in
 * between would else be what is measured.
 *
 * Prints for each WIRE a line of nanoseconds, one for each turn, and before them how
 * many packets were sent in all.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "share.h"
#include "wire.h"

static uint64_t clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* How long it takes to send; to make the packets does not count. */
static uint64_t send_time(struct wire *wire, unsigned int count)
{
	uint64_t begin, all = 0;
	unsigned int n;

	for (; count; count -= n) {
		n = count < WIRE_BATCH ? count : WIRE_BATCH;
		wire_fill(wire, n);
		begin = clock_ns();
		wire_send(wire, n);
		all += clock_ns() - begin;
	}
	return all;
}

/* Forwards in one turn, backwards in the next. */
static unsigned int who(unsigned int turn, unsigned int i, unsigned int count)
{
	return (turn / 2 + (turn % 2 ? count - 1 - i : i)) % count;
}

static void print_times(const uint64_t *times, unsigned int turns,
			unsigned int sent)
{
	unsigned int i;

	printf("%u", sent);
	for (i = 0; i < turns; i++)
		printf(" %lu", times[i]);
	printf("\n");
}

int main(int argc, char **argv)
{
	unsigned int turns, warm, count, wire_count, turn, i, n;
	struct wire *wires;
	uint64_t *times;

	if (argc < 5)
		fail("usage", "compare TURNS WARM COUNT WIRE...");
	turns = number(argv[1], 100000);
	warm = number(argv[2], 100000);
	count = number(argv[3], 100000);
	wire_count = (unsigned int)argc - 4;
	wires = calloc(wire_count, sizeof(*wires));
	times = calloc((size_t)wire_count * turns, sizeof(*times));
	if (!wires || !times)
		fail("memory", strerror(errno));
	for (i = 0; i < wire_count; i++)
		wire_open(&wires[i], argv[4 + i]);

	for (turn = 0; turn < turns; turn++)
		for (i = 0; i < wire_count; i++) {
			n = who(turn, i, wire_count);
			send_time(&wires[n], warm);
			times[(size_t)n * turns + turn] = send_time(&wires[n], count);
		}
	for (i = 0; i < wire_count; i++)
		print_times(times + (size_t)i * turns, turns, turns * (warm + count));
	return 0;
}
