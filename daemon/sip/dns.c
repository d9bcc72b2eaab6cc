// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * dns.c - questions to DNS, in the loop (c-ares)
 *
 * c-ares says what it waits for: its sockets whenever they change, the time
 * when it is asked, after everything that may have changed it. A socket is open
 * only while a question is.
 */
#include <ares.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include "../util/container.h"
#include "dns.h"

/*
 * Servers are tried in turn, twice, with twice the time. Who waits for the
 * answer is a transaction that gives up after 32 s (RFC 3261, timer B) and may
 * need three questions, one after the other.
 */
#define TIMEOUT_MS	2000
#define TRIES		2
#define DATAGRAM	1232	/* what passes unfragmented everywhere */
#define CLASS_IN	1

/**
 * struct sf_dns_socket - one of c-ares' sockets
 * @next: in sf_dns.sockets
 */
struct sf_dns_socket {
	SLIST_ENTRY(sf_dns_socket) next;
	struct sf_dns *dns;
	struct sf_watch watch;
};

/* A millisecond is added for what is cut off. */
static void set_timer(struct sf_dns *dns)
{
	struct timeval room, *wait = ares_timeout(dns->channel, NULL, &room);

	if (!wait)
		sf_timer_stop(&dns->timer);
	else
		sf_timer_set(&dns->loop->wheel, &dns->timer,
			     (u64)wait->tv_sec * 1000 + (u64)wait->tv_usec / 1000 + 1);
}

static void process(struct sf_dns *dns, ares_socket_t in, ares_socket_t out)
{
	ares_process_fd(dns->channel, in, out);
	set_timer(dns);
}

static void timeout(struct sf_timer *timer)
{
	process(container_of(timer, struct sf_dns, timer), ARES_SOCKET_BAD,
		ARES_SOCKET_BAD);
}

/* Whichever of both the socket waits for learns of errors. */
static void ready(struct sf_watch *watch, u32 events)
{
	struct sf_dns_socket *socket = container_of(watch, struct sf_dns_socket, watch);
	ares_socket_t fd = watch->fd;

	process(socket->dns, events & ~(u32)EPOLLOUT ? fd : ARES_SOCKET_BAD,
		events & ~(u32)EPOLLIN ? fd : ARES_SOCKET_BAD);
}

static struct sf_dns_socket *find(struct sf_dns *dns, int fd)
{
	struct sf_dns_socket *socket;

	SLIST_FOREACH(socket, &dns->sockets, next)
		if (socket->watch.fd == fd)
			break;
	return socket;
}

/* One that cannot be watched is a server that does not answer. */
static void watch_socket(struct sf_dns *dns, int fd, u32 events)
{
	struct sf_dns_socket *socket = malloc(sizeof(*socket));

	if (!socket)
		return;
	*socket = (struct sf_dns_socket){
		.dns = dns, .watch = { .fd = fd, .ready = ready },
	};
	if (sf_loop_watch(dns->loop, &socket->watch, events)) {
		free(socket);
		return;
	}
	SLIST_INSERT_HEAD(&dns->sockets, socket, next);
}

static void forget_socket(struct sf_dns *dns, struct sf_dns_socket *socket)
{
	SLIST_REMOVE(&dns->sockets, socket, sf_dns_socket, next);
	sf_loop_unwatch(dns->loop, &socket->watch);
	free(socket);
}

/* Called by c-ares, before it closes a socket, too. */
static void socket_state(void *arg, ares_socket_t fd, int readable, int writable)
{
	struct sf_dns *dns = arg;
	struct sf_dns_socket *socket = find(dns, fd);
	u32 events = (readable ? EPOLLIN : 0u) | (writable ? EPOLLOUT : 0u);

	if (!socket && events)
		watch_socket(dns, fd, events);
	else if (socket && events)
		sf_loop_change(dns->loop, &socket->watch, events);
	else if (socket)
		forget_socket(dns, socket);
}

static int configure(ares_socket_t fd, int type, void *arg)
{
	(void)type;
	(void)arg;
	return fcntl(fd, F_SETFD, FD_CLOEXEC);
}

static int error_of(int status)
{
	return status == ARES_ENOMEM ? -ENOMEM : -EINVAL;
}

int sf_dns_open(struct sf_dns *dns, struct sf_loop *loop, const char *servers)
{
	struct ares_options options = {
		.flags = ARES_FLAG_EDNS, .ednspsz = DATAGRAM,
		.timeout = TIMEOUT_MS, .tries = TRIES,
		.sock_state_cb = socket_state, .sock_state_cb_data = dns,
	};
	int status;

	*dns = (struct sf_dns){ .loop = loop, .timer.fire = timeout };
	status = ares_init_options(&dns->channel, &options,
				   ARES_OPT_FLAGS | ARES_OPT_EDNSPSZ |
				   ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES |
				   ARES_OPT_SOCK_STATE_CB);
	if (status)
		return error_of(status);
	ares_set_socket_configure_callback(dns->channel, configure, NULL);
	if (servers)
		status = ares_set_servers_ports_csv(dns->channel, servers);
	if (!status)
		return 0;
	ares_destroy(dns->channel);
	return error_of(status);
}

void sf_dns_close(struct sf_dns *dns)
{
	ares_destroy(dns->channel);
	sf_timer_stop(&dns->timer);
}

/* A name that is not there is told in a message, but for those of RFC 7686. */
static void answered(void *arg, int status, int timeouts, unsigned char *buf,
		     int len)
{
	struct sf_dns_question *question = arg;
	int err = -EAGAIN;

	(void)timeouts;
	if (status == ARES_EDESTRUCTION)
		return;
	if (status == ARES_SUCCESS || status == ARES_ENODATA ||
	    status == ARES_ENOTFOUND)
		err = buf && len > 0 ? 0 : -ENOENT;
	question->answered(question, err, buf, err ? 0 : (u32)len);
}

void sf_dns_ask(struct sf_dns *dns, const char *name, u16 type,
		struct sf_dns_question *question)
{
	ares_query(dns->channel, name, CLASS_IN, type, answered, question);
	set_timer(dns);
}
