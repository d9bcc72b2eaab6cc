/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pktinfo.h - which address of ours a datagram came to, or leaves from
 *
 * Of a socket that has no address of its own, RFC 3542, 6 and ip(7).
 */
#ifndef SIPFAST_NET_PKTINFO_H
#define SIPFAST_NET_PKTINFO_H

#include <netinet/in.h>
#include <sys/socket.h>

#include <sipfast/span.h>

/**
 * union sf_pktinfo - room for that next to a datagram
 */
union sf_pktinfo {
	struct cmsghdr head;
	char v4[CMSG_SPACE(sizeof(struct in_pktinfo))];
	char v6[CMSG_SPACE(sizeof(struct in6_pktinfo))];
};

/**
 * sf_pktinfo_get() - the address that a datagram came to
 * @ip: of no family when there is none to answer from
 */
void sf_pktinfo_get(struct sf_ip *ip, struct msghdr *msg);

/**
 * sf_pktinfo_put() - let a datagram leave from an address
 * @info: lives until it is sent
 */
void sf_pktinfo_put(struct msghdr *msg, union sf_pktinfo *info,
		    const struct sf_ip *ip);

#endif /* SIPFAST_NET_PKTINFO_H */
