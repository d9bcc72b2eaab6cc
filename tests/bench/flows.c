// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * flows.c - flows of RTP, and what their frames look like on Ethernet
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "flows.h"
#include "share.h"

#define FLOWS_MAX	65536

static void flow_parse(struct flow *flow, const char *line)
{
	char src[INET_ADDRSTRLEN], dst[INET_ADDRSTRLEN];

	if (sscanf(line, "%15s %hu %15s %hu", src, &flow->sport, dst,
		   &flow->dport) != 4 ||
	    inet_pton(AF_INET, src, &flow->src) != 1 ||
	    inet_pton(AF_INET, dst, &flow->dst) != 1)
		fail(line, "is no flow");
	flow->sport = htons(flow->sport);
	flow->dport = htons(flow->dport);
}

struct flow *flows_read(const char *name, unsigned int *count)
{
	struct flow *flows = calloc(FLOWS_MAX, sizeof(*flows));
	FILE *file = fopen(name, "r");
	unsigned int n = 0;
	char line[128];

	if (!file || !flows)
		fail(name, strerror(errno));
	while (fgets(line, sizeof(line), file)) {
		if (n == FLOWS_MAX)
			fail(name, "too many flows");
		flow_parse(&flows[n++], line);
	}
	fclose(file);
	if (!n)
		fail(name, "no flows");
	*count = n;
	return flows;
}

int flow_socket(int ns, const char *device, uint16_t protocol,
		uint8_t mac[ETH_ALEN])
{
	struct sockaddr_ll here = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(protocol),
	};
	struct ifreq request = {};
	int fd;

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", device);
	if (setns(ns, CLONE_NEWNET))
		fail("setns", strerror(errno));
	fd = socket(AF_PACKET, SOCK_RAW, 0);
	here.sll_ifindex = (int)if_nametoindex(device);
	if (fd < 0 || !here.sll_ifindex ||
	    ioctl(fd, SIOCGIFHWADDR, &request) ||
	    bind(fd, (struct sockaddr *)&here, sizeof(here)))
		fail(device, strerror(errno));
	memcpy(mac, request.ifr_hwaddr.sa_data, ETH_ALEN);
	return fd;
}

uint32_t flow_sum(const void *data, unsigned int len, uint32_t sum)
{
	const uint8_t *byte = data;

	for (; len > 1; len -= 2, byte += 2)
		sum += (uint32_t)byte[0] << 8 | byte[1];
	return sum;
}

uint32_t flow_pseudo(uint32_t src, uint32_t dst, unsigned int len)
{
	return flow_sum(&src, sizeof(src), 0) + flow_sum(&dst, sizeof(dst), 0) +
	       IPPROTO_UDP + len;
}

uint16_t flow_fold(uint32_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)sum;
}
