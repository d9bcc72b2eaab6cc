// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * cost.c - what a datagram costs: received, indexed and sent back
 *
 * A thread sends requests over the loopback, a window of them at a time. Told is
 * the time that the worker's own thread takes, the kernel's with it.
 */
#include "world.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define COUNT	200000

static const char request[] =
	"REGISTER sip:example.com SIP/2.0\r\n"
	"Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds;rport\r\n"
	"Max-Forwards: 70\r\n"
	"From: \"Alice\" <sip:alice@example.com>;tag=1928301774\r\n"
	"To: <sip:alice@example.com>\r\n"
	"Call-ID: a84b4c76e66710@192.0.2.10\r\n"
	"CSeq: 314159 REGISTER\r\n"
	"Contact: <sip:alice@192.0.2.10:5060;transport=udp>;expires=3600\r\n"
	"Authorization: Digest username=\"alice\", realm=\"example.com\",\r\n"
	" nonce=\"84a4cc6f3082121f32b42a2187831a9e\", uri=\"sip:example.com\",\r\n"
	" response=\"7587245234b3434cc3412213e5f113a5\"\r\n"
	"Allow: INVITE, ACK, CANCEL, BYE, OPTIONS\r\n"
	"User-Agent: phone\r\n"
	"Expires: 3600\r\n"
	"Content-Length: 0\r\n\r\n";

static struct sf_end at;
static u32 window;

static void *load(void *arg)
{
	struct sf_end own;
	int fd = peer_socket("127.0.0.1", SOCK_DGRAM, &own);
	u32 sent = 0, got = 0;
	char answer[2000];

	(void)arg;
	while (got < COUNT) {
		while (sent < COUNT && sent - got < window) {
			peer_sendto(fd, &at, request, sizeof(request) - 1);
			sent++;
		}
		if (recv(fd, answer, sizeof(answer), 0) > 0)
			got++;
	}
	close(fd);
	return NULL;
}

static void echo(struct world *world, const struct sf_packet *packet)
{
	struct sf_flow flow = packet->flow;

	sf_net_send(world->net, &flow, packet->buf, packet->len);
}

static double micros(struct timeval t)
{
	return 1e6 * (double)t.tv_sec + (double)t.tv_usec;
}

static void measure(const char *listen, u32 many)
{
	struct world *world = world_new();
	struct rusage a, b;
	pthread_t thread;
	double user, kernel;

	window = many;
	world_listen(world, listen, SF_TRANSPORT_UDP);
	world_open(world);
	world->on_packet = echo;
	at = world_end(world, 0);
	pthread_create(&thread, NULL, load, NULL);
	getrusage(RUSAGE_THREAD, &a);
	while (world->packets < COUNT)
		world_packets(world, COUNT);
	getrusage(RUSAGE_THREAD, &b);
	pthread_join(thread, NULL);
	user = (micros(b.ru_utime) - micros(a.ru_utime)) / COUNT;
	kernel = (micros(b.ru_stime) - micros(a.ru_stime)) / COUNT;
	printf("%s, %u at a time: %.2f us (%.2f in user space)\n", listen, many,
	       user + kernel, user);
	world_close(world);
}

int main(void)
{
	measure("127.0.0.1", 32);
	measure("0.0.0.0", 32);
	measure("0.0.0.0", 1);
	return 0;
}
