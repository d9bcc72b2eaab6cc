// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * wire.c - send flows of RTP through a device, as if they came over a wire
 *
 * Packets go through a ring that the kernel shares, because copies and system calls
 * for each would cost more than most of what is measured.
 *
 * Checksums are left to the device: then the receiver takes them for verified,
 * as it does when a network card has done so. A socket cannot say that they are
 * verified, and to verify them would be part of what some measure and others do
 * not.
 */
#include <errno.h>
#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "share.h"
#include "wire.h"

#define SLOT		512	/* bytes for a frame; a page has eight */

/**
 * struct slot - what the ring has for a packet, see tpacket2_hdr
 * @head: says that the checksum is to be completed
 * @frame: what is sent
 */
struct slot {
	struct virtio_net_hdr head;
	struct frame frame;
} __attribute__((packed));

static struct tpacket2_hdr *slot_state(const struct wire *wire, uint64_t n)
{
	return (struct tpacket2_hdr *)(wire->ring + n % WIRE_BATCH * SLOT);
}

static struct slot *slot_of(const struct wire *wire, uint64_t n)
{
	return (struct slot *)(wire->ring + n % WIRE_BATCH * SLOT +
			       TPACKET2_HDRLEN - sizeof(struct sockaddr_ll));
}

/* What is the same in all frames. */
static void slot_init(struct slot *slot, const uint8_t from[ETH_ALEN],
		      const uint8_t to[ETH_ALEN])
{
	struct frame *frame = &slot->frame;

	/* A head that is the whole frame leaves nothing for fragments. */
	slot->head.hdr_len = sizeof(*frame);
	slot->head.flags = VIRTIO_NET_HDR_F_NEEDS_CSUM;
	slot->head.csum_start = offsetof(struct frame, udp);
	slot->head.csum_offset = offsetof(struct udphdr, check);
	memcpy(frame->eth.h_source, from, ETH_ALEN);
	memcpy(frame->eth.h_dest, to, ETH_ALEN);
	frame->eth.h_proto = htons(ETH_P_IP);
	frame->ip = (struct iphdr){
		.version = 4, .ihl = 5, .ttl = 64, .protocol = IPPROTO_UDP,
		.tot_len = htons(IP_LEN), .frag_off = htons(0x4000),
	};
	frame->udp.len = htons(UDP_LEN);
	frame->rtp.first = 0x80;
	frame->rtp.type = 8;
	memset(frame->payload, RTP_SILENCE, sizeof(frame->payload));
}

/*
 * Which flow the packet number @n is of. When they are mixed, one comes so many
 * flows behind the other, which is another number in the next rounds.
 */
static unsigned int which_flow(const struct wire *wire, uint64_t n)
{
	static const unsigned int steps[] = { 7, 397, 23, 211, 61, 499, 13, 307 };
	uint64_t round = n / wire->flow_count, place = n % wire->flow_count;

	if (wire->mixed)
		place = place * steps[round % (sizeof(steps) / sizeof(*steps))] + round;
	return (unsigned int)(place % wire->flow_count);
}

/* Make @frame the packet number @n of all flows. */
static void frame_fill(struct frame *frame, const struct wire *wire, uint64_t n)
{
	unsigned int which = which_flow(wire, n);
	const struct flow *flow = &wire->flows[which];
	uint64_t seq = n / wire->flow_count;

	frame->ip.saddr = flow->src;
	frame->ip.daddr = flow->dst;
	frame->ip.check = 0;
	frame->ip.check = htons((uint16_t)~flow_fold(flow_sum(&frame->ip,
							      sizeof(frame->ip), 0)));
	frame->udp.source = flow->sport;
	frame->udp.dest = flow->dport;
	frame->udp.check = htons(flow_fold(flow_pseudo(flow->src, flow->dst, UDP_LEN)));
	frame->rtp.seq = htons((uint16_t)seq);
	frame->rtp.time = htonl((uint32_t)seq * RTP_PAYLOAD);
	frame->rtp.ssrc = htonl(RTP_SSRC + which);
}

void wire_fill(struct wire *wire, unsigned int count)
{
	struct tpacket2_hdr *state;
	unsigned int i;

	for (i = 0; i < count; i++) {
		state = slot_state(wire, wire->at);
		if (state->tp_status != TP_STATUS_AVAILABLE)
			fail("ring", "a packet has not left it");
		frame_fill(&slot_of(wire, wire->at++)->frame, wire, wire->next++);
		state->tp_len = sizeof(struct slot);
		state->tp_status = TP_STATUS_SEND_REQUEST;
	}
}

void wire_send(struct wire *wire, unsigned int count)
{
	if (send(wire->fd, NULL, 0, 0) != (ssize_t)(count * sizeof(struct frame)))
		fail("send", strerror(errno));
}

static void ring_open(struct wire *wire)
{
	const struct tpacket_req request = {
		.tp_block_size = 4096, .tp_block_nr = WIRE_BATCH * SLOT / 4096,
		.tp_frame_size = SLOT, .tp_frame_nr = WIRE_BATCH,
	};
	const int on = 1, version = TPACKET_V2;
	int fd = wire->fd;

	if (setsockopt(fd, SOL_PACKET, PACKET_VERSION, &version, sizeof(version)) ||
	    setsockopt(fd, SOL_PACKET, PACKET_VNET_HDR, &on, sizeof(on)) ||
	    setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &on, sizeof(on)) ||
	    setsockopt(fd, SOL_PACKET, PACKET_TX_RING, &request, sizeof(request)))
		fail("ring", strerror(errno));
	wire->ring = mmap(NULL, WIRE_BATCH * SLOT, PROT_READ | PROT_WRITE,
			  MAP_SHARED, fd, 0);
	if (wire->ring == MAP_FAILED)
		fail("ring", strerror(errno));
}

void wire_open(struct wire *wire, const char *text)
{
	uint8_t here[ETH_ALEN], to[ETH_ALEN];
	char device[16], flows[128], order[8];
	unsigned int i;
	int ns;

	*wire = (struct wire){};
	if (sscanf(text, "%d,%15[^,],%hhx:%hhx:%hhx:%hhx:%hhx:%hhx,%127[^,],%7[^,],%lu",
		   &ns, device, &to[0], &to[1], &to[2], &to[3], &to[4], &to[5], flows,
		   order, &wire->next) != 11)
		fail(text, "is not NS,DEVICE,TO,FLOWS,ORDER,FIRST");
	wire->flows = flows_read(flows, &wire->flow_count);
	wire->mixed = !strcmp(order, "mixed");
	wire->fd = flow_socket(ns, device, 0, here);
	ring_open(wire);
	for (i = 0; i < WIRE_BATCH; i++)
		slot_init(slot_of(wire, i), here, to);
}
