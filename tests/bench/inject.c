// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * inject.c - send packets of RTP
 *
 *	inject WIRE COUNT RATE
 *
 * For WIRE see wire_open(). COUNT packets are sent RATE a second; 0: as fast as it
 * goes.
 */
#include <time.h>

#include "share.h"
#include "wire.h"

#define NS_PER_SECOND	1000000000ULL

/* How many have been due since @start. */
static uint64_t due(const struct timespec *start, unsigned int rate)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return ((uint64_t)(now.tv_sec - start->tv_sec) * NS_PER_SECOND +
		(uint64_t)now.tv_nsec - (uint64_t)start->tv_nsec) * rate / NS_PER_SECOND;
}

static void send_paced(struct wire *wire, unsigned int count, unsigned int rate)
{
	struct timespec start;
	uint64_t sent, n;

	clock_gettime(CLOCK_MONOTONIC, &start);
	for (sent = 0; sent < count; sent += n) {
		n = rate ? due(&start, rate) : count;
		n = (n < count ? n : count) - sent;
		n = n < WIRE_BATCH ? n : WIRE_BATCH;
		if (!n) {
			rest(1);
			continue;
		}
		wire_fill(wire, (unsigned int)n);
		wire_send(wire, (unsigned int)n);
	}
}

int main(int argc, char **argv)
{
	struct wire wire;

	if (argc != 4)
		fail("usage", "inject WIRE COUNT RATE");
	wire_open(&wire, argv[1]);
	send_paced(&wire, number(argv[2], 100000000), number(argv[3], 10000000));
	return 0;
}
