// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * icmp.c - datagrams that did not arrive
 *
 * The system keeps what ICMP says of them in a queue beside the socket's (ip(7),
 * IP_RECVERR): where they went, and as much of them as the error has. It also lets
 * the next call on the socket fail for each, whatever that is about: batch.c sends
 * once more then.
 */
#include <sys/socket.h>
#include <linux/errqueue.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>

#include "internal.h"
#include "pktinfo.h"

/* Errors until others have their turn: they come as fast as anybody likes. */
#define ROUND		64
/* An error of IPv6 is no longer than its least MTU; one of IPv4 has less. */
#define QUOTE_MAX	1280

/* What the system has to say about one: the error, and who told it of that. */
union sf_error_room {
	struct cmsghdr head;
	char bytes[CMSG_SPACE(sizeof(struct sock_extended_err) +
			      sizeof(struct sockaddr_in6)) +
		   CMSG_SPACE(sizeof(struct in6_pktinfo))];
};

int sf_icmp_listen(int fd, u8 family)
{
	int on = 1;

	if (family == 4)
		return setsockopt(fd, IPPROTO_IP, IP_RECVERR, &on, sizeof(on));
	return setsockopt(fd, IPPROTO_IPV6, IPV6_RECVERR, &on, sizeof(on));
}

/*
 * Nobody is there, or nobody gets there: RFC 3261, 18.4. That something was too
 * long is the system's, which sends it again in pieces; the rest says nothing.
 */
static bool is_final(const struct sock_extended_err *error)
{
	if (error->ee_origin == SO_EE_ORIGIN_ICMP)
		return (error->ee_type == ICMP_DEST_UNREACH &&
			error->ee_code != ICMP_FRAG_NEEDED) ||
		       error->ee_type == ICMP_PARAMETERPROB;
	return error->ee_origin == SO_EE_ORIGIN_ICMP6 &&
	       (error->ee_type == ICMP6_DST_UNREACH ||
		error->ee_type == ICMP6_PARAM_PROB);
}

static bool says_final(struct msghdr *msg)
{
	struct cmsghdr *at = CMSG_FIRSTHDR(msg);
	struct sock_extended_err error;

	for (; at; at = CMSG_NXTHDR(msg, at)) {
		if (!(at->cmsg_level == IPPROTO_IP &&
		      at->cmsg_type == IP_RECVERR) &&
		    !(at->cmsg_level == IPPROTO_IPV6 &&
		      at->cmsg_type == IPV6_RECVERR))
			continue;
		memcpy(&error, CMSG_DATA(at), sizeof(error));
		return is_final(&error);
	}
	return false;
}

/* Return: was there one? */
static bool read_one(struct sf_listener *listener)
{
	struct sf_net *net = listener->net;
	char quote[QUOTE_MAX];
	struct iovec piece = { quote, sizeof(quote) };
	struct sockaddr_storage to = { 0 };
	union sf_error_room room;
	struct msghdr msg = {
		.msg_name = &to,
		.msg_namelen = sizeof(to),
		.msg_iov = &piece,
		.msg_iovlen = 1,
		.msg_control = &room,
		.msg_controllen = sizeof(room),
	};
	struct sf_flow flow = {
		.local = listener->end,
		.transport = SF_TRANSPORT_UDP,
		.worker = net->worker,
	};
	ssize_t n = recvmsg(listener->watch.fd, &msg,
			    MSG_ERRQUEUE | MSG_DONTWAIT);

	if (n < 0)
		return false;
	sf_end_from_sockaddr(&flow.remote, &to);
	if (!flow.remote.ip.family || !says_final(&msg))
		return true;
	sf_net_count(net, SF_NET_ICMP);
	if (net->user.returned)
		net->user.returned(net->owner, &flow, quote, (u32)n);
	return true;
}

/* Read, whatever else is wanted of the socket: they would wake us for ever. */
void sf_icmp_read(struct sf_listener *listener)
{
	u32 i;

	for (i = 0; i < ROUND && read_one(listener); i++)
		;
}
