// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * collect.c - receive flows of RTP from a device, and judge each packet
 *
 *	collect NS DEVICE FLOWS SEQ COUNT
 *
 * NS is a namespace's descriptor. The file FLOWS lists flows as they are to
 * arrive; what inject sent for a line of its file comes as the same line of this
 * one. Each flow begins with the number SEQ. It ends when COUNT packets have come,
 * or none for three seconds. Prints "ready", and when it is done a line of NAME=VALUE:
 *
 *	received	packets of a flow
 *	lost		numbers that did not come
 *	reordered	packets that came behind a later one, or twice
 *	corrupt		packets with another payload, or a wrong checksum
 *	strange		packets that are of no flow
 */
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "flows.h"
#include "share.h"

#define BATCH	256

static struct {
	unsigned int received, lost, reordered, corrupt, strange;
} counts;

static const struct flow *flows;
static uint16_t *awaited;	/* the next number of each flow */
static unsigned int flow_count;

static bool intact(const struct frame *frame)
{
	uint32_t sum = flow_pseudo(frame->ip.saddr, frame->ip.daddr, UDP_LEN);
	unsigned int i;

	for (i = 0; i < sizeof(frame->payload); i++)
		if (frame->payload[i] != RTP_SILENCE)
			return false;
	return flow_fold(flow_sum(&frame->ip, sizeof(frame->ip), 0)) == 0xffff &&
	       flow_fold(flow_sum(&frame->udp, UDP_LEN, sum)) == 0xffff;
}

/* What it says it is has to be what its addresses say. */
static bool is_of(const struct frame *frame, const struct flow *flow)
{
	return frame->ip.saddr == flow->src && frame->ip.daddr == flow->dst &&
	       frame->udp.source == flow->sport && frame->udp.dest == flow->dport;
}

static void judge(const struct frame *frame, unsigned int len)
{
	uint32_t which = ntohl(frame->rtp.ssrc) - RTP_SSRC;
	int16_t ahead;

	if (len != sizeof(*frame) || which >= flow_count || !is_of(frame, &flows[which])) {
		counts.strange++;
		return;
	}
	counts.received++;
	counts.corrupt += !intact(frame);
	ahead = (int16_t)(ntohs(frame->rtp.seq) - awaited[which]);
	if (ahead < 0) {
		counts.reordered++;
		return;
	}
	counts.lost += (unsigned int)ahead;
	awaited[which] = (uint16_t)(ntohs(frame->rtp.seq) + 1);
}

/* Neighbours are looked for as well. */
static bool of_interest(const struct frame *frame, unsigned int len)
{
	return len >= offsetof(struct frame, rtp) &&
	       frame->ip.protocol == IPPROTO_UDP && frame->udp.dest != htons(5060);
}

static bool receive(int fd)
{
	static struct frame frames[BATCH];
	static struct iovec vectors[BATCH];
	static struct mmsghdr messages[BATCH];
	int i, n;

	for (i = 0; i < BATCH; i++) {
		vectors[i] = (struct iovec){ &frames[i], sizeof(frames[i]) };
		messages[i].msg_hdr.msg_iov = &vectors[i];
		messages[i].msg_hdr.msg_iovlen = 1;
	}
	n = recvmmsg(fd, messages, BATCH, MSG_WAITFORONE | MSG_TRUNC, NULL);
	for (i = 0; i < n; i++)
		if (of_interest(&frames[i], messages[i].msg_len))
			judge(&frames[i], messages[i].msg_len);
	return n > 0;
}

static int open_device(int ns, const char *device)
{
	const struct timeval patience = { .tv_sec = 3 };
	int space = 256 << 20;
	uint8_t mac[ETH_ALEN];
	int fd = flow_socket(ns, device, ETH_P_IP, mac);

	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &space, sizeof(space)) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)))
		fail(device, strerror(errno));
	return fd;
}

int main(int argc, char **argv)
{
	unsigned int count, i;
	int fd;

	if (argc != 6)
		fail("usage", "collect NS DEVICE FLOWS SEQ COUNT");
	flows = flows_read(argv[3], &flow_count);
	awaited = calloc(flow_count, sizeof(*awaited));
	if (!awaited)
		fail("memory", strerror(errno));
	for (i = 0; i < flow_count; i++)
		awaited[i] = (uint16_t)number(argv[4], 65535);
	count = number(argv[5], 100000000);
	fd = open_device((int)number(argv[1], 1 << 20), argv[2]);
	printf("ready\n");
	fflush(stdout);
	while (counts.received < count && receive(fd))
		;
	printf("received=%u lost=%u reordered=%u corrupt=%u strange=%u\n",
	       counts.received, counts.lost, counts.reordered, counts.corrupt,
	       counts.strange);
	return 0;
}
