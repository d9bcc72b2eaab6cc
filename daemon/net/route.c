// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * route.c - which address of ours is used, and which addresses are ours
 *
 * The system is asked by connecting a socket for datagrams, which sends nothing.
 * What it says is remembered for a moment: routes change, but not for each
 * message.
 */
#include <errno.h>
#include <ifaddrs.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "internal.h"

#define FRESH_MS	3000

static int disconnect(int fd)
{
	struct sockaddr sa = { .sa_family = AF_UNSPEC };

	return connect(fd, &sa, sizeof(sa)) ? -errno : 0;
}

/* A socket that was connected keeps the address it left from: forget it. */
static int ask(int fd, const struct sf_ip *to, struct sf_ip *from)
{
	struct sf_end end = { .ip = *to, .port = 9 };
	struct sockaddr_storage sa;
	u32 len = sf_end_to_sockaddr(&end, &sa);
	int err = disconnect(fd);

	if (!err && connect(fd, (struct sockaddr *)&sa, len))
		err = -errno;
	if (!err)
		err = sf_socket_local(fd, &end);
	if (!err)
		*from = end.ip;
	return err;
}

static int scratch(struct sf_net *net, u8 family)
{
	int *fd = &net->scratch[family == 6];

	if (*fd < 0)
		*fd = socket(family == 4 ? AF_INET : AF_INET6,
			     SOCK_DGRAM | SOCK_CLOEXEC, 0);
	return *fd < 0 ? -errno : *fd;
}

static struct sf_route *slot(struct sf_net *net, const struct sf_ip *to)
{
	u32 len = to->family == 4 ? sizeof(to->v4) : sizeof(to->v6);

	return &net->routes[sf_hash(&net->key, to->v6, len) % SF_ROUTES];
}

static int source_of(struct sf_net *net, const struct sf_ip *to,
		     struct sf_ip *from)
{
	struct sf_route *route = slot(net, to);
	u64 now = sf_net_now(net);
	int fd, err;

	if (route->until <= now || !sf_ip_eq(&route->to, to)) {
		fd = scratch(net, to->family);
		if (fd < 0)
			return fd;
		err = ask(fd, to, &route->from);
		if (err) {
			route->to.family = 0;
			return err;
		}
		route->to = *to;
		route->until = now + FRESH_MS;
	}
	*from = route->from;
	return 0;
}

int sf_net_route(struct sf_net *net, struct sf_flow *flow)
{
	u8 family = flow->remote.ip.family;
	struct sf_end local = flow->local;
	struct sf_listener *listener;
	int err;

	if (!sf_net_listener(net, flow->transport, &local, family))
		return -EAFNOSUPPORT;
	if (!local.ip.family) {
		err = source_of(net, &flow->remote.ip, &local.ip);
		if (err)
			return err;
	}
	listener = sf_net_listener(net, flow->transport, &local, family);
	if (!flow->local.ip.family)
		flow->local.ip = listener->any ? local.ip : listener->end.ip;
	if (!flow->local.port)
		flow->local.port = listener->end.port;
	return 0;
}

static bool is_loopback(const struct sf_ip *ip)
{
	return ip->family == 4 && ip->v4[0] == 127;
}

static u32 count_of(const struct ifaddrs *all)
{
	u32 count = 0;

	for (; all; all = all->ifa_next)
		count++;
	return count;
}

/* What our interfaces have. If the system does not say it stays what it was. */
static void read_owns(struct sf_net *net)
{
	struct ifaddrs *all, *one;
	struct sf_ip *ip;
	struct sf_end end;

	if (getifaddrs(&all))
		return;
	ip = reallocarray(net->owns, count_of(all) + 1, sizeof(*ip));
	if (ip) {
		net->owns = ip;
		for (one = all; one; one = one->ifa_next) {
			if (!one->ifa_addr)
				continue;
			sf_end_from_sockaddr(&end, (void *)one->ifa_addr);
			if (end.ip.family)
				*ip++ = end.ip;
		}
		net->own_count = (u32)(ip - net->owns);
	}
	freeifaddrs(all);
}

/*
 * All of them are remembered, as long as routes are: which address is asked about
 * is up to strangers, and to ask the system takes it longer than us to answer.
 */
static bool is_own(struct sf_net *net, const struct sf_ip *ip)
{
	u64 now = sf_net_now(net);
	u32 i;

	if (is_loopback(ip))
		return true;
	if (net->own_until <= now) {
		read_owns(net);
		net->own_until = now + FRESH_MS;
	}
	for (i = 0; i < net->own_count; i++)
		if (sf_ip_eq(&net->owns[i], ip))
			return true;
	return false;
}

bool sf_net_own(const struct sf_net *net, const struct sf_ip *ip, u16 port)
{
	const struct sf_listener *listener;
	u32 i;

	for (i = 0; i < net->count; i++) {
		listener = &net->listen[i];
		if (listener->end.ip.family != ip->family ||
		    listener->end.port !=
		    (port ? port : sf_transport_port(listener->transport)))
			continue;
		/* The memory of it is no part of what is seen from outside. */
		if (listener->any ? is_own((struct sf_net *)net, ip) :
				    sf_ip_eq(&listener->end.ip, ip))
			return true;
	}
	return false;
}
