// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * probe.c - one packet, as rules would see it come
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "probe.h"

/* Administered locally. */
const uint8_t sf_probe_mac_to[6] = { 0x02, 0x53, 0x49, 0x50, 0, 1 };
const uint8_t sf_probe_mac_from[6] = { 0x02, 0x53, 0x49, 0x50, 0, 2 };

#define TTL	64

static size_t addr_len(const struct sf_probe_end *end)
{
	return end->family == AF_INET ? 4 : 16;
}

/* One's complement sum, of bytes in the order of the wire. */
static uint32_t sum(uint32_t so_far, const void *bytes, size_t len)
{
	const uint8_t *at = bytes;
	size_t i;

	for (i = 0; i < len; i++)
		so_far += i & 1 ? at[i] : (uint32_t)at[i] << 8;
	return so_far;
}

static uint16_t fold(uint32_t total)
{
	while (total >> 16)
		total = (total & 0xffff) + (total >> 16);
	return htons((uint16_t)~total);
}

/* Of UDP and TCP: with the addresses, protocol and length (RFC 768, RFC 8200). */
static uint16_t checksum(const struct sf_probe *probe, uint8_t protocol,
			 const void *segment, size_t len)
{
	uint32_t total = protocol + (uint32_t)len;

	total = sum(total, probe->from.addr, addr_len(&probe->from));
	total = sum(total, probe->to.addr, addr_len(&probe->to));
	return fold(sum(total, segment, len));
}

static size_t write_udp(const struct sf_probe *probe, uint8_t *at,
			const void *data, size_t len)
{
	struct udphdr udp = {
		.source = htons(probe->from.port),
		.dest = htons(probe->to.port),
		.len = htons((uint16_t)(sizeof(udp) + len)),
	};

	memcpy(at, &udp, sizeof(udp));
	memcpy(at + sizeof(udp), data, len);
	len += sizeof(udp);
	udp.check = checksum(probe, IPPROTO_UDP, at, len);
	if (!udp.check)
		udp.check = 0xffff;
	memcpy(at, &udp, sizeof(udp));
	return len;
}

static size_t write_tcp(const struct sf_probe *probe, uint8_t *at)
{
	struct tcphdr tcp = {
		.source = htons(probe->from.port),
		.dest = htons(probe->to.port),
		.seq = htonl(1),
		.doff = sizeof(tcp) / 4,
		.syn = 1,
		.window = htons(65535),
	};

	memcpy(at, &tcp, sizeof(tcp));
	tcp.check = checksum(probe, IPPROTO_TCP, at, sizeof(tcp));
	memcpy(at, &tcp, sizeof(tcp));
	return sizeof(tcp);
}

static void write_ip4(const struct sf_probe *probe, uint8_t *at, uint8_t protocol,
		      size_t len)
{
	struct iphdr ip = {
		.version = 4,
		.ihl = sizeof(ip) / 4,
		.tot_len = htons((uint16_t)(sizeof(ip) + len)),
		.frag_off = htons(IP_DF),
		.ttl = TTL,
		.protocol = protocol,
	};

	memcpy(&ip.saddr, probe->from.addr, sizeof(ip.saddr));
	memcpy(&ip.daddr, probe->to.addr, sizeof(ip.daddr));
	ip.check = fold(sum(0, &ip, sizeof(ip)));
	memcpy(at, &ip, sizeof(ip));
}

static void write_ip6(const struct sf_probe *probe, uint8_t *at, uint8_t protocol,
		      size_t len)
{
	struct ip6_hdr ip = {
		.ip6_flow = htonl(6u << 28),
		.ip6_plen = htons((uint16_t)len),
		.ip6_nxt = protocol,
		.ip6_hlim = TTL,
	};

	memcpy(&ip.ip6_src, probe->from.addr, sizeof(ip.ip6_src));
	memcpy(&ip.ip6_dst, probe->to.addr, sizeof(ip.ip6_dst));
	memcpy(at, &ip, sizeof(ip));
}

size_t sf_probe_write(const struct sf_probe *probe, uint8_t *frame,
		      const void *data, size_t len)
{
	bool ip4 = probe->from.family == AF_INET;
	size_t head = ETH_HLEN + (ip4 ? sizeof(struct iphdr) : sizeof(struct ip6_hdr));
	uint8_t protocol = probe->tcp ? IPPROTO_TCP : IPPROTO_UDP;
	struct ethhdr eth = { .h_proto = htons(ip4 ? ETH_P_IP : ETH_P_IPV6) };

	memcpy(eth.h_dest, sf_probe_mac_to, ETH_ALEN);
	memcpy(eth.h_source, sf_probe_mac_from, ETH_ALEN);
	memcpy(frame, &eth, sizeof(eth));
	len = probe->tcp ? write_tcp(probe, frame + head) :
			   write_udp(probe, frame + head, data, len);
	(ip4 ? write_ip4 : write_ip6)(probe, frame + ETH_HLEN, protocol, len);
	return head + len;
}

int sf_probe_send(const char *dev, const uint8_t *frame, size_t len)
{
	struct sockaddr_ll to = {
		.sll_family = AF_PACKET,
		.sll_ifindex = (int)if_nametoindex(dev),
		.sll_halen = ETH_ALEN,
	};
	int fd, err = 0;

	if (!to.sll_ifindex)
		return -ENODEV;
	fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	if (sendto(fd, frame, len, 0, (struct sockaddr *)&to, sizeof(to)) < 0)
		err = -errno;
	close(fd);
	return err;
}

bool sf_probe_end_parse(const char *text, struct sf_probe_end *end)
{
	char host[INET6_ADDRSTRLEN + 2], *last;
	const char *colon = strrchr(text, ':');
	unsigned long port = 0;
	size_t len = strlen(text);

	memset(end, 0, sizeof(*end));
	/* a colon is a port's if there is but one, or brackets are before it */
	if (colon && (colon == strchr(text, ':') || colon[-1] == ']')) {
		port = strtoul(colon + 1, &last, 10);
		if (!colon[1] || *last || !port || port > 65535)
			return false;
		len = (size_t)(colon - text);
	}
	if (*text == '[' && len > 2 && text[len - 1] == ']') {
		text++;
		len -= 2;
	}
	if (len >= sizeof(host))
		return false;
	memcpy(host, text, len);
	host[len] = '\0';
	end->port = (uint16_t)port;
	end->family = strchr(host, ':') ? AF_INET6 : AF_INET;
	return inet_pton(end->family, host, end->addr) == 1;
}

const char *sf_probe_end_text(const struct sf_probe_end *end, char *buf)
{
	char host[INET6_ADDRSTRLEN];

	inet_ntop(end->family, end->addr, host, sizeof(host));
	snprintf(buf, SF_PROBE_END_TEXT, end->family == AF_INET ? "%s:%u" : "[%s]:%u",
		 host, end->port);
	return buf;
}
