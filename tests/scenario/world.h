/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * world.h - the daemon in one thread, with a clock that stands and a network
 * that the script is the other end of
 *
 * clock.c stands for daemon/util/clock.c, net.c for the sockets of daemon/net,
 * names.c for daemon/sip/resolve.c. All else is the daemon's own, but for
 * daemon/app/daemon.c: its threads.
 */
#ifndef SIPFAST_SCENARIO_WORLD_H
#define SIPFAST_SCENARIO_WORLD_H

#include "../../daemon/app/warden.h"
#include "../../daemon/app/worker.h"
#include "../../daemon/sys/handover.h"

/* clock.c */
void clock_reset(void);
void clock_pass(u64 ms);

/**
 * struct wire - a message that went over the wire
 * @next: the one after it
 * @at: when, on sf_clock_ms()
 * @out: the daemon sent it
 * @seen: the script has expected it; of what the daemon sent
 * @worker: which worker sent or received it
 * @transport: enum sf_transport
 * @peer: the other end
 * @local: the daemon's
 * @len: bytes of @bytes, which a NUL follows
 */
struct wire {
	struct wire *next;
	u64 at;
	bool out;
	bool seen;
	u8 worker;
	u8 transport;
	struct sf_end peer;
	struct sf_end local;
	u32 len;
	char bytes[];
};

/**
 * struct wires - all of them, the oldest first
 */
struct wires {
	struct wire *first;
	struct wire **last;
};

extern struct wires wires;

/* net.c: what the script does to the network. */
enum fake_way {
	FAKE_OPEN,		/* connections come about, datagrams leave */
	FAKE_PENDING,		/* nobody answers yet */
	FAKE_REFUSED,		/* connections are refused */
	FAKE_UNROUTABLE,	/* there is no way there */
	FAKE_FULL,		/* nothing can be sent */
};

void fake_net_reset(void);

/* The name in the certificate of whoever is there. */
void fake_net_show(const struct sf_end *peer, const char *name);

/* How it is to send somewhere; of what waited it is decided now. */
void fake_net_way(u8 transport, const struct sf_end *peer, enum fake_way way);

/* Addresses of @net are reached from @local. */
void fake_net_route(const char *net, const char *local);

/* One more listener of a daemon that is started; false: too many. */
bool fake_net_listen(const struct sf_listen *listen);

/* So full is the receive buffer. */
void fake_net_backlog(u32 percent);

/**
 * fake_net_in() - a message comes in
 *
 * Over TCP it comes on the connection with the peer, which may be a new one.
 */
void fake_net_in(struct sf_net *net, u8 transport, const struct sf_end *peer,
		 const char *bytes, u32 len);

/* The peer closes its connection; false: there is none. */
bool fake_net_close(struct sf_net *net, u8 transport, const struct sf_end *peer);

/* ICMP says that this did not arrive, and shows as much of it. */
void fake_net_returned(struct sf_net *net, const struct wire *wire, u32 len);

/* Did the daemon close it since this was asked last? */
bool fake_net_closed(const struct sf_end *peer);

/* Tell of what happened; true when there was something. */
bool fake_net_tell(struct sf_net *net);

/* names.c: what names lead to: "udp:192.0.2.1:5060 tcp:192.0.2.2:5060", "none",
 * "fails", or "waits" until it is said.
 */
void fake_names_reset(void);
bool fake_names_set(const char *name, const char *spots);
bool fake_names_tell(struct sf_resolver *resolver);

/* kernel.c: what the daemon hands to the kernel. */
extern const struct sf_handover_ops fake_kernel;
extern const struct sf_warden_ops fake_bans;

void fake_kernel_reset(void);

/* "present", "absent", "full", or "forgets" the calls it has; false: nothing such. */
bool fake_kernel_how(const char *how);

/**
 * fake_kernel_asked() - the next request that the script has not expected
 * @before: made before this was sent; NULL: at any time
 *
 * Return: the line; NULL when there is none.
 */
const char *fake_kernel_asked(const struct wire *before);

/* A call that is open, and was not answered; 0: none. */
u32 fake_kernel_ringing(void);

/* It was expected. Return: what was sent last before it, or NULL. */
const struct wire *fake_kernel_take(void);

/* world.c */
#define WORLD_USERS	16

/**
 * struct world - the daemon
 * @running: it is there
 * @daemon: its parts
 * @conf: the configuration
 */
struct world {
	bool running;
	struct sf_daemon daemon;
	struct sf_conf *conf;
};

extern struct world world;

/* Begin anew: no daemon, no users, an empty directory to be in. */
void world_reset(void);
bool world_user(const char *name, const char *domain, const char *secret);

/* Start with sipfastd.conf of the directory. Return: what was wrong, or NULL. */
const char *world_start(void);

/* Read sipfastd.conf again. */
const char *world_reload(void);
void world_stop(void);

/* Somebody with a limit begins so many calls. Return: how many he may. */
u32 world_crowd(u32 n);

/* Until nobody has anything to do. */
void world_settle(void);

/**
 * world_pass() - let time pass
 * @until: stop when something was sent
 */
void world_pass(u64 ms, bool until);

#endif /* SIPFAST_SCENARIO_WORLD_H */
