// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * flood.c - REGISTER from many sources, in turn, whoever they are
 *
 *	flood [-l] ROUTER RATE SECONDS SENT SOURCE…
 *
 * A SOURCE is a network ADDRESS/BITS, all of whose addresses send from port 5060, or
 * ADDRESS:PORT. What went out so far is in the file SENT. With -l each datagram has
 * a length of its own, up to PADDING bytes more. All are marked by MARK in the
 * identification of their IP header, for rules to count. 100 000 datagrams a second and
 * 60 seconds at most. When it has to wait for the processor, it does not send later what
 * was due meanwhile: nobody could keep up with that.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MARK		0x5f5f
#define RATE_MAX	100000
#define SECONDS_MAX	60
#define SOURCES_MAX	65536
#define BATCH		32
#define PADDING		600
#define STEP_NS		2000000
#define BURST		0.02	/* seconds */

/* Who sends. */
struct source {
	struct in_addr addr;
	uint16_t port;
};

/* A packet, as the raw socket takes it. */
struct packet {
	struct iphdr ip;
	struct udphdr udp;
	char data[1200];
} __attribute__((packed));

/**
 * struct flood - the whole
 * @fd: a raw socket
 * @pads: each datagram has a length of its own
 * @sent: the file that says how many
 * @to: the router
 * @source: those that send, @sources of them
 * @count: datagrams so far
 * @packet: a batch, which @msg and @iov lead to
 */
static struct flood {
	int fd;
	int pads;
	int sent;
	struct sockaddr_in to;
	struct source source[SOURCES_MAX];
	unsigned int sources;
	unsigned int count;
	struct packet packet[BATCH];
	struct mmsghdr msg[BATCH];
	struct iovec iov[BATCH];
} flood = { .to.sin_family = AF_INET };

static void fail(const char *what)
{
	fprintf(stderr, "flood: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void add_source(uint32_t addr, uint16_t port)
{
	if (flood.sources == SOURCES_MAX) {
		errno = E2BIG;
		fail("sources");
	}
	flood.source[flood.sources++] = (struct source){
		.addr.s_addr = htonl(addr),
		.port = port,
	};
}

static void add_sources(char *text)
{
	char *bits = strchr(text, '/'), *port = strchr(text, ':');
	uint32_t i, count = 1;
	struct in_addr addr;

	if (bits) {
		*bits = '\0';
		count = 1u << (32 - atoi(bits + 1)) % 32;
	}
	if (port)
		*port = '\0';
	if (!inet_aton(text, &addr)) {
		errno = EINVAL;
		fail(text);
	}
	for (i = 0; i < count; i++)
		add_source(ntohl(addr.s_addr) + i,
			   port ? (uint16_t)atoi(port + 1) : 5060);
}

/* Each is a request of its own: none of them comes again. */
static size_t write_request(char *buf, size_t room, const struct source *from)
{
	unsigned int n = flood.count;
	unsigned int who = n % 1000;
	char at[INET_ADDRSTRLEN];
	int len;

	inet_ntop(AF_INET, &from->addr, at, sizeof(at));
	len = snprintf(buf, room,
		       "REGISTER sip:home.arpa SIP/2.0\r\n"
		       "Via: SIP/2.0/UDP %s:%u;branch=z9hG4bK%08x\r\n"
		       "Max-Forwards: 70\r\n"
		       "From: <sip:%u@home.arpa>;tag=%08x\r\n"
		       "To: <sip:%u@home.arpa>\r\n"
		       "Call-ID: %08x\r\n"
		       "CSeq: 1 REGISTER\r\n"
		       "Contact: <sip:%u@%s:%u>\r\n"
		       "Content-Length: 0\r\n\r\n",
		       at, from->port, n, who, n, who, n, who, at, from->port);
	return (size_t)len;
}

/* What stands behind Content-Length is nothing. */
static size_t pad(char *buf, size_t len)
{
	size_t more = flood.pads ? (size_t)(random() % PADDING) : 0;

	memset(buf + len, 'x', more);
	return len + more;
}

static void make_packet(unsigned int slot)
{
	const struct source *from = &flood.source[flood.count % flood.sources];
	struct packet *packet = &flood.packet[slot];
	size_t len = write_request(packet->data, sizeof(packet->data) - PADDING,
				   from);

	len = pad(packet->data, len) + sizeof(packet->udp);
	packet->ip = (struct iphdr){
		.version = 4,
		.ihl = sizeof(packet->ip) / 4,
		.id = htons(MARK),
		.ttl = 64,
		.protocol = IPPROTO_UDP,
		.saddr = from->addr.s_addr,
		.daddr = flood.to.sin_addr.s_addr,
	};
	packet->udp = (struct udphdr){
		.source = htons(from->port),
		.dest = htons(5060),
		.len = htons((uint16_t)len),
	};
	flood.iov[slot] = (struct iovec){ packet, sizeof(packet->ip) + len };
	flood.msg[slot].msg_hdr = (struct msghdr){
		.msg_name = &flood.to,
		.msg_namelen = sizeof(flood.to),
		.msg_iov = &flood.iov[slot],
		.msg_iovlen = 1,
	};
}

/* What a full queue does not take is lost, as it would be on any way. */
static void send_some(unsigned int count)
{
	unsigned int i;
	int n;

	if (count > BATCH)
		count = BATCH;
	for (i = 0; i < count; i++) {
		make_packet(i);
		flood.count++;
	}
	for (i = 0; i < count; i += (unsigned int)n) {
		n = sendmmsg(flood.fd, flood.msg + i, count - i, 0);
		if (n < 0 && errno != ENOBUFS)
			fail("sendmmsg");
		if (n < 1)
			n = 1;
	}
}

static void tell(void)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%10u\n", flood.count);

	if (pwrite(flood.sent, text, (size_t)len, 0) != len)
		fail("pwrite");
}

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static unsigned int number(const char *text, unsigned int max)
{
	unsigned long n = strtoul(text, NULL, 10);

	return n < max ? (unsigned int)n : max;
}

int main(int argc, char **argv)
{
	static const struct timespec step = { .tv_nsec = STEP_NS };
	double begin, passed, rate, seconds, missed = 0;
	unsigned int due, most;
	int i;

	flood.pads = argc > 1 && !strcmp(argv[1], "-l");
	argc -= flood.pads;
	argv += flood.pads;
	if (argc < 6 || !inet_aton(argv[1], &flood.to.sin_addr)) {
		fputs("flood [-l] ROUTER RATE SECONDS SENT SOURCE…\n", stderr);
		return 2;
	}
	rate = number(argv[2], RATE_MAX);
	seconds = number(argv[3], SECONDS_MAX);
	flood.sent = open(argv[4], O_WRONLY | O_CREAT | O_TRUNC, 0644);
	if (flood.sent < 0)
		fail(argv[4]);
	flood.fd = socket(AF_INET, SOCK_RAW, IPPROTO_RAW);
	if (flood.fd < 0)
		fail("socket");
	for (i = 5; i < argc; i++)
		add_sources(argv[i]);
	begin = now();
	while ((passed = now() - begin) < seconds) {
		due = (unsigned int)(passed * rate - missed);
		most = flood.count + (unsigned int)(rate * BURST);
		if (due > most) {
			missed += due - most;
			due = most;
		}
		while (flood.count < due)
			send_some(due - flood.count);
		tell();
		nanosleep(&step, NULL);
	}
	return 0;
}
