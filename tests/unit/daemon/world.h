/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * world.h - a worker's sockets under test, and peers
 *
 * Everything is in one thread: a test talks through plain sockets of its own,
 * and lets the loop run until something is there.
 */
#ifndef SIPFAST_UNIT_WORLD_H
#define SIPFAST_UNIT_WORLD_H

#include "../../../daemon/net/net.h"
#include "../../../daemon/util/clock.h"
#include "../../../daemon/util/container.h"
#include "../test.h"

/* Put sf_clock_ms() and sf_clock_wall() forward. */
void clock_skip(u64 ms);

#define SEEN_MAX	256

/**
 * struct seen - a packet that was shown
 * @text: its first bytes, with a NUL
 */
struct seen {
	struct sf_flow flow;
	enum sf_reason reason;
	u32 len;
	u8 method;
	char text[400];
};

/**
 * struct world - a worker's sockets, and what came of them
 * @listen: what world_open() opens
 * @limits: likewise
 * @seen: the first SEEN_MAX packets; @packets counts all
 * @closed: how many connections were told to be gone, @last_closed the last
 * @unreached: likewise, with @err
 * @kept: datagrams that were told of as keepalives, with the last one's flow
 * @returned: datagrams that did not arrive, with what was shown of the last one
 * @on_packet: what a test does with each packet, in the callback; or NULL
 */
struct world {
	struct sf_loop loop;
	struct sf_net *net;
	struct sf_listen listen[SF_LISTENERS_MAX];
	u32 count;
	struct sf_net_limits limits;
	struct seen seen[SEEN_MAX];
	u32 packets;
	u32 closed;
	struct sf_flow last_closed;
	u32 unreached;
	struct sf_flow last_unreached;
	int err;
	u32 kept;
	struct sf_flow last_kept;
	u32 returned;
	struct sf_flow last_returned;
	char quote[1300];
	void (*on_packet)(struct world *world, const struct sf_packet *packet);
	bool (*until)(const struct world *world);
	u64 wanted;
};

/* The only one. All zero but for limits that are in nobody's way. */
struct world *world_new(void);

/* Listen at "127.0.0.1", "::1", "0.0.0.0" or "::", on a port that is free. */
void world_listen(struct world *world, const char *ip, enum sf_transport transport);
void world_open(struct world *world);
void world_close(struct world *world);

/* Where listener @i is, as a peer would call it from the loopback. */
struct sf_end world_end(struct world *world, u32 i);

/* Run the loop until there is so much; false: it took too long. */
bool world_packets(struct world *world, u32 count);
bool world_closed(struct world *world, u32 count);
bool world_unreached(struct world *world, u32 count);
bool world_counter(struct world *world, enum sf_net_counter counter, u64 value);

/* Run it for some milliseconds of the system's clock. */
void world_run(struct world *world, u64 ms);

u64 counter(const struct world *world, enum sf_net_counter counter);

/* The connections that are there. */
u32 world_conns(struct world *world);

/* A peer's sockets; receiving ones wait for a second at most. */
int peer_socket(const char *ip, int type, struct sf_end *end);
int peer_connect(const struct sf_end *to);
void peer_send(int fd, const char *text);
void peer_sendto(int fd, const struct sf_end *to, const void *buf, u32 len);

/* Let the loop run until @len bytes came; "" at the end of the stream. */
const char *peer_read(struct world *world, int fd, u32 len);

/* Has the peer been told that the connection is gone? */
bool peer_gone(struct world *world, int fd);

#define OPTIONS(body_len)						\
	"OPTIONS sip:a@example.com SIP/2.0\r\n"				\
	"Via: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bKa\r\n"		\
	"Call-ID: a\r\nCSeq: 1 OPTIONS\r\n"				\
	"Content-Length: " #body_len "\r\n\r\n"

#endif /* SIPFAST_UNIT_WORLD_H */
