/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * flows.h - flows of RTP, and what their frames look like on Ethernet
 */
#ifndef BENCH_FLOWS_H
#define BENCH_FLOWS_H

#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/udp.h>
#include <netinet/in.h>
#include <stdint.h>

#define RTP_PAYLOAD	160	/* bytes: 20 ms of PCMA */
#define RTP_SILENCE	0xd5
#define RTP_SSRC	0x51bf0000	/* of the first flow; those of the others follow */

/**
 * struct flow - one flow, addresses and ports in network order
 * @src: where it comes from
 * @dst: where it goes
 * @sport: its port there
 * @dport: and there
 */
struct flow {
	uint32_t src, dst;
	uint16_t sport, dport;
};

/**
 * struct rtp - the header of RFC 3550, 5.1, without sources that contribute
 * @first: version, padding, extension, count
 * @type: marker, payload type
 * @seq: sequence number
 * @time: timestamp
 * @ssrc: which source
 */
struct rtp {
	uint8_t first, type;
	uint16_t seq;
	uint32_t time, ssrc;
};

/**
 * struct frame - a packet of 200 bytes, and Ethernet before it
 */
struct frame {
	struct ethhdr eth;
	struct iphdr ip;
	struct udphdr udp;
	struct rtp rtp;
	uint8_t payload[RTP_PAYLOAD];
} __attribute__((packed));

#define IP_LEN		(sizeof(struct frame) - sizeof(struct ethhdr))
#define UDP_LEN		(IP_LEN - sizeof(struct iphdr))

/**
 * flows_read() - read a file of flows
 * @name: a line for each: SRC SPORT DST DPORT
 * @count: becomes how many they are, one at least
 * Return: them. Ends the program if there is something wrong with them.
 */
struct flow *flows_read(const char *name, unsigned int *count);

/**
 * flow_socket() - a packet socket at a device in another namespace
 * @ns: the namespace's descriptor, which the process enters
 * @device: the device's name
 * @protocol: what it shall receive, in host order; 0: nothing
 * @mac: becomes the device's own address
 */
int flow_socket(int ns, const char *device, uint16_t protocol,
		uint8_t mac[ETH_ALEN]);

/**
 * flow_sum() - the sum of 16-bit words in network order
 * @data: even address
 * @len: bytes, even
 * @sum: what there is to be added to
 */
uint32_t flow_sum(const void *data, unsigned int len, uint32_t sum);

/**
 * flow_pseudo() - what a UDP checksum covers of the IP header (RFC 768)
 */
uint32_t flow_pseudo(uint32_t src, uint32_t dst, unsigned int len);

/**
 * flow_fold() - fold a sum into 16 bits, not inverted
 */
uint16_t flow_fold(uint32_t sum);

#endif /* BENCH_FLOWS_H */
