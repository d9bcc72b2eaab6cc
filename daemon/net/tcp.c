// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tcp.c - connections that others open, and those that we open
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "conn.h"

/* Accepted until others have their turn. */
#define ACCEPTS		64
/* Until descriptors are asked for again. */
#define PAUSE_MS	200

static ssize_t tcp_read(struct sf_conn *conn, char *buf, u32 len)
{
	ssize_t n = recv(conn->watch.fd, buf, len, 0);

	if (n >= 0)
		return n;
	return errno == EINTR ? -EAGAIN : -errno;
}

static ssize_t tcp_write(struct sf_conn *conn, const char *buf, u32 len)
{
	ssize_t n = send(conn->watch.fd, buf, len, MSG_NOSIGNAL);

	if (n >= 0)
		return n;
	return errno == EINTR ? -EAGAIN : -errno;
}

static void tcp_finish(struct sf_conn *conn)
{
	shutdown(conn->watch.fd, SHUT_WR);
}

const struct sf_conn_ops sf_tcp_ops = {
	.read = tcp_read,
	.write = tcp_write,
	.finish = tcp_finish,
};

/* May there be one more? What is not taken is counted. */
static bool admit(struct sf_net *net, u8 transport, const struct sf_end *remote)
{
	if (net->nconns >= net->limits.conns) {
		sf_net_count(net, SF_NET_REFUSED_FULL);
		return false;
	}
	if (!sf_source_take(net, &remote->ip)) {
		sf_net_count(net, SF_NET_REFUSED_SOURCE);
		return false;
	}
	if (!sf_transport_secure(transport) || sf_shake_may(net, remote))
		return true;
	sf_source_drop(net, &remote->ip);
	return false;
}

static void take(struct sf_listener *listener, int fd,
		 const struct sockaddr_storage *from)
{
	struct sf_net *net = listener->net;
	struct sf_flow flow = { .transport = listener->transport };
	struct sf_conn *conn;

	sf_end_from_sockaddr(&flow.remote, from);
	if (sf_socket_local(fd, &flow.local) ||
	    !admit(net, flow.transport, &flow.remote)) {
		close(fd);
		return;
	}
	if (sf_conn_new(&conn, net, fd, &flow, listener->site, false)) {
		sf_source_drop(net, &flow.remote.ip);
		close(fd);
		return;
	}
	sf_shake_begin(conn);
	sf_net_count(net, SF_NET_ACCEPTED);
}

static void pause_all(struct sf_net *net)
{
	u32 i;

	for (i = 0; i < net->count; i++)
		if (net->listen[i].transport != SF_TRANSPORT_UDP)
			sf_loop_change(net->loop, &net->listen[i].watch, 0);
	sf_timer_set(&net->loop->wheel, &net->pause, PAUSE_MS);
}

void sf_tcp_resume(struct sf_timer *timer)
{
	struct sf_net *net = container_of(timer, struct sf_net, pause);
	u32 i;

	for (i = 0; i < net->count; i++)
		if (net->listen[i].transport != SF_TRANSPORT_UDP)
			sf_loop_change(net->loop, &net->listen[i].watch, EPOLLIN);
}

/*
 * There are no descriptors left. One that was kept for this lets us tell a peer
 * no; it would wait, and we would be woken for it, again and again.
 */
static bool turn_away(struct sf_listener *listener)
{
	struct sf_net *net = listener->net;
	int fd;

	if (net->reserve < 0)
		return false;
	close(net->reserve);
	fd = accept4(listener->watch.fd, NULL, NULL, SOCK_CLOEXEC);
	if (fd >= 0)
		close(fd);
	net->reserve = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	sf_net_count(net, SF_NET_REFUSED_FULL);
	return true;
}

/* Return: may there be more? */
static bool accept_one(struct sf_listener *listener)
{
	struct sockaddr_storage from;
	socklen_t len = sizeof(from);
	int fd = accept4(listener->watch.fd, (struct sockaddr *)&from, &len,
			 SOCK_NONBLOCK | SOCK_CLOEXEC);
	int err;

	if (fd >= 0) {
		take(listener, fd, &from);
		return true;
	}
	err = errno;
	if ((err == EMFILE || err == ENFILE) && turn_away(listener))
		return true;
	if (err == EMFILE || err == ENFILE || err == ENOMEM || err == ENOBUFS)
		pause_all(listener->net);
	/* Another error is that of a connection which is gone again. */
	return err != EAGAIN && !sf_timer_is_set(&listener->net->pause);
}

void sf_tcp_ready(struct sf_watch *watch, u32 events)
{
	struct sf_listener *listener = container_of(watch, struct sf_listener,
						    watch);
	u32 i;

	(void)events;
	for (i = 0; i < ACCEPTS; i++)
		if (!accept_one(listener))
			return;
}

/*
 * What we open leaves from a port of the system's choice, but as a flow it is
 * our listener's: that is where we are called.
 */
static int open_to(struct sf_conn **out, struct sf_net *net,
		   const struct sf_flow *to)
{
	struct sf_flow flow = *to;
	struct sf_end local = { 0 };
	int fd, err;

	if (net->nconns >= net->limits.conns) {
		sf_net_count(net, SF_NET_REFUSED_FULL);
		return -ENFILE;
	}
	fd = sf_socket_connect(&flow);
	if (fd < 0)
		return fd;
	err = sf_socket_local(fd, &local);
	flow.local.ip = local.ip;
	if (!flow.local.port) {
		struct sf_listener *listener =
			sf_net_listener(net, flow.transport, &flow.local,
					flow.remote.ip.family);

		flow.local.port = listener ? listener->end.port : local.port;
	}
	if (!err)
		err = sf_conn_new(out, net, fd, &flow,
				  sf_expect_site(net, flow.peer), true);
	if (err)
		close(fd);
	return err;
}

int sf_tcp_send(struct sf_net *net, struct sf_flow *flow, const char *buf,
		u32 len)
{
	struct sf_conn *conn;
	int err = 0;

	if (flow->transport == SF_TRANSPORT_OTHER ||
	    flow->transport == SF_TRANSPORT_SCTP)
		return -EPROTONOSUPPORT;
	conn = flow->serial ? sf_conn_at(net, flow) : sf_conn_to(net, flow);
	if (!conn && (flow->serial || sf_transport_websocket(flow->transport)))
		return -EPIPE;
	if (!conn)
		err = open_to(&conn, net, flow);
	if (err) {
		sf_net_count(net, SF_NET_SEND_FAILED);
		return err;
	}
	if (!flow->local.ip.family)
		flow->local = conn->flow.local;
	flow->slot = conn->flow.slot;
	flow->serial = conn->flow.serial;
	flow->worker = net->worker;
	return sf_queue_send(conn, buf, len);
}
