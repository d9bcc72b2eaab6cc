// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * socket.c - sockets and their options
 */
#include <errno.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "internal.h"

/* Bursts of registrations after a power cut wait here while we work. */
#define UDP_RCVBUF	(8 * 1024 * 1024)
#define UDP_SNDBUF	(4 * 1024 * 1024)
#define BACKLOG		4096
/* 64 * T1: nobody waits longer for an answer (RFC 3261, 17.1.1.2). */
#define USER_TIMEOUT_MS	32000
/* Who is gone without a word is found out, even if nobody asks: so long after he
 * last said something, and what USER_TIMEOUT_MS leaves of probes then.
 */
#define KEEPALIVE_S	60
#define PROBE_S		10

static int set(int fd, int level, int option, int value)
{
	return setsockopt(fd, level, option, &value, sizeof(value)) ? -errno : 0;
}

static int make(u8 family, int type)
{
	int fd = socket(family == 4 ? AF_INET : AF_INET6,
			type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	return fd < 0 ? -errno : fd;
}

/* Above the system's limit when we may; else as much as it lets us. */
static void set_buffers(int fd)
{
	if (set(fd, SOL_SOCKET, SO_RCVBUFFORCE, UDP_RCVBUF))
		set(fd, SOL_SOCKET, SO_RCVBUF, UDP_RCVBUF);
	if (set(fd, SOL_SOCKET, SO_SNDBUFFORCE, UDP_SNDBUF))
		set(fd, SOL_SOCKET, SO_SNDBUF, UDP_SNDBUF);
}

/* Connections that are accepted inherit this. */
static int set_stream(int fd)
{
	static const struct { int level, option, value; } options[] = {
		{ IPPROTO_TCP, TCP_NODELAY, 1 },
		{ IPPROTO_TCP, TCP_USER_TIMEOUT, USER_TIMEOUT_MS },
		{ IPPROTO_TCP, TCP_KEEPIDLE, KEEPALIVE_S },
		{ IPPROTO_TCP, TCP_KEEPINTVL, PROBE_S },
		{ SOL_SOCKET, SO_KEEPALIVE, 1 },
	};
	int err = 0;
	u32 i;

	for (i = 0; !err && i < ARRAY_SIZE(options); i++)
		err = set(fd, options[i].level, options[i].option,
			  options[i].value);
	return err;
}

static int set_datagram(int fd, u8 family, bool any)
{
	set_buffers(fd);
	if (sf_icmp_listen(fd, family))
		return -errno;
	if (!any)
		return 0;
	if (family == 4)
		return set(fd, IPPROTO_IP, IP_PKTINFO, 1);
	return set(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
}

static int bind_to(int fd, const struct sf_end *end)
{
	struct sockaddr_storage sa;
	u32 len = sf_end_to_sockaddr(end, &sa);

	return bind(fd, (struct sockaddr *)&sa, len) ? -errno : 0;
}

static int prepare(int fd, const struct sf_listen *listen, bool any)
{
	u8 family = listen->end.ip.family;
	int err = 0;

	if (family == 6)
		err = set(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
	if (!err && listen->transport != SF_TRANSPORT_UDP)
		err = set(fd, SOL_SOCKET, SO_REUSEADDR, 1);
	if (!err)
		err = set(fd, SOL_SOCKET, SO_REUSEPORT, 1);
	if (!err && listen->transport == SF_TRANSPORT_UDP)
		err = set_datagram(fd, family, any);
	else if (!err)
		err = set_stream(fd);
	return err ? err : bind_to(fd, &listen->end);
}

/* Return: a descriptor, or a negative errno. */
int sf_socket_listen(const struct sf_listen *on, bool any)
{
	bool datagrams = on->transport == SF_TRANSPORT_UDP;
	int fd = make(on->end.ip.family, datagrams ? SOCK_DGRAM : SOCK_STREAM);
	int err;

	if (fd < 0)
		return fd;
	err = prepare(fd, on, any);
	if (!err && !datagrams && listen(fd, BACKLOG))
		err = -errno;
	if (!err)
		return fd;
	close(fd);
	return err;
}

static int attach(int fd, int option, struct sock_filter *program, u16 len)
{
	struct sock_fprog prog;

	/* The system reads what is between the members, too. */
	memset(&prog, 0, sizeof(prog));
	prog.len = len;
	prog.filter = program;
	return setsockopt(fd, SOL_SOCKET, option, &prog, sizeof(prog)) ? -errno : 0;
}

int sf_socket_steer(int fd, struct sock_filter *program, u16 len)
{
	return attach(fd, SO_ATTACH_REUSEPORT_CBPF, program, len);
}

int sf_socket_sift(int fd, struct sock_filter *program, u16 len)
{
	int err;

	if (len)
		return attach(fd, SO_ATTACH_FILTER, program, len);
	err = set(fd, SOL_SOCKET, SO_DETACH_FILTER, 0);
	return err == -ENOENT ? 0 : err;
}

static int bind_local(int fd, const struct sf_ip *ip)
{
	struct sf_end end = { .ip = *ip };
	int err = set(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);

	return err ? err : bind_to(fd, &end);
}

/* Return: a descriptor that is being connected, or a negative errno. */
int sf_socket_connect(const struct sf_flow *flow)
{
	int fd = make(flow->remote.ip.family, SOCK_STREAM), err;
	struct sockaddr_storage sa;
	u32 len;

	if (fd < 0)
		return fd;
	err = set_stream(fd);
	if (!err && flow->local.ip.family)
		err = bind_local(fd, &flow->local.ip);
	len = sf_end_to_sockaddr(&flow->remote, &sa);
	if (!err && connect(fd, (struct sockaddr *)&sa, len) &&
	    errno != EINPROGRESS)
		err = -errno;
	if (!err)
		return fd;
	close(fd);
	return err;
}

int sf_socket_local(int fd, struct sf_end *end)
{
	struct sockaddr_storage sa;
	socklen_t len = sizeof(sa);

	if (getsockname(fd, (struct sockaddr *)&sa, &len))
		return -errno;
	sf_end_from_sockaddr(end, &sa);
	return 0;
}
