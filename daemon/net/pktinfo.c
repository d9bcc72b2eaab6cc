// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pktinfo.c - which address of ours a datagram came to, or leaves from
 */
#include "pktinfo.h"

static void get_v4(struct sf_ip *ip, struct cmsghdr *head)
{
	struct in_pktinfo info;

	memcpy(&info, CMSG_DATA(head), sizeof(info));
	ip->family = 4;
	memcpy(ip->v4, &info.ipi_spec_dst, sizeof(ip->v4));
}

/* A group's address is none to answer from: the system chooses one then. */
static void get_v6(struct sf_ip *ip, struct cmsghdr *head)
{
	struct in6_pktinfo info;

	memcpy(&info, CMSG_DATA(head), sizeof(info));
	if (IN6_IS_ADDR_MULTICAST(&info.ipi6_addr))
		return;
	ip->family = 6;
	memcpy(ip->v6, &info.ipi6_addr, sizeof(ip->v6));
}

void sf_pktinfo_get(struct sf_ip *ip, struct msghdr *msg)
{
	struct cmsghdr *head;

	ip->family = 0;
	for (head = CMSG_FIRSTHDR(msg); head; head = CMSG_NXTHDR(msg, head)) {
		if (head->cmsg_level == IPPROTO_IP && head->cmsg_type == IP_PKTINFO)
			get_v4(ip, head);
		else if (head->cmsg_level == IPPROTO_IPV6 &&
			 head->cmsg_type == IPV6_PKTINFO)
			get_v6(ip, head);
	}
}

static void put(struct cmsghdr *head, int level, int type, const void *data,
		size_t len)
{
	head->cmsg_len = CMSG_LEN(len);
	head->cmsg_level = level;
	head->cmsg_type = type;
	memcpy(CMSG_DATA(head), data, len);
}

void sf_pktinfo_put(struct msghdr *msg, union sf_pktinfo *info,
		    const struct sf_ip *ip)
{
	struct in6_pktinfo v6 = { 0 };
	struct in_pktinfo v4 = { 0 };

	msg->msg_control = info;
	if (ip->family == 4) {
		memcpy(&v4.ipi_spec_dst, ip->v4, sizeof(ip->v4));
		put(&info->head, IPPROTO_IP, IP_PKTINFO, &v4, sizeof(v4));
		msg->msg_controllen = sizeof(info->v4);
	} else {
		memcpy(&v6.ipi6_addr, ip->v6, sizeof(ip->v6));
		put(&info->head, IPPROTO_IPV6, IPV6_PKTINFO, &v6, sizeof(v6));
		msg->msg_controllen = sizeof(info->v6);
	}
}
