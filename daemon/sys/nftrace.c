// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * nftrace.c - which rules a packet met, as nf_tables tells it
 */
#include <arpa/inet.h>
#include <endian.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nftrace.h"

#define ROOM	65536

/**
 * struct sf_nftrace - a socket, and what has come
 * @nl: the socket
 * @at: the next message of @buf
 * @left: bytes there
 * @buf: what came last
 */
struct sf_nftrace {
	struct mnl_socket *nl;
	const struct nlmsghdr *at;
	int left;
	char buf[ROOM];
};

int sf_nftrace_open(struct sf_nftrace **trace)
{
	struct sf_nftrace *made = calloc(1, sizeof(*made));
	unsigned int group = NFNLGRP_NFTRACE;
	int err = 0;

	if (!made)
		return -ENOMEM;
	made->nl = mnl_socket_open(NETLINK_NETFILTER);
	if (!made->nl || mnl_socket_bind(made->nl, 0, MNL_SOCKET_AUTOPID) ||
	    mnl_socket_setsockopt(made->nl, NETLINK_ADD_MEMBERSHIP, &group,
				  sizeof(group)))
		err = -errno;
	if (err)
		sf_nftrace_close(made);
	else
		*trace = made;
	return err;
}

void sf_nftrace_close(struct sf_nftrace *trace)
{
	if (!trace)
		return;
	if (trace->nl)
		mnl_socket_close(trace->nl);
	free(trace);
}

static const char *family_name(unsigned int family)
{
	switch (family) {
	case NFPROTO_INET:
		return "inet";
	case NFPROTO_IPV4:
		return "ip";
	case NFPROTO_IPV6:
		return "ip6";
	case NFPROTO_NETDEV:
		return "netdev";
	case NFPROTO_BRIDGE:
		return "bridge";
	default:
		return "?";
	}
}

/* Too short ones are taken for what is not there. */
static int keep(const struct nlattr *attr, void *arg)
{
	const struct nlattr **tb = arg;
	unsigned int type = mnl_attr_get_type(attr);

	if (type <= NFTA_TRACE_MAX && mnl_attr_get_payload_len(attr) >= 4)
		tb[type] = attr;
	return MNL_CB_OK;
}

static int keep_verdict(const struct nlattr *attr, void *arg)
{
	if (mnl_attr_get_type(attr) == NFTA_VERDICT_CODE &&
	    mnl_attr_get_payload_len(attr) >= 4)
		*(const struct nlattr **)arg = attr;
	return MNL_CB_OK;
}

static enum sf_nftrace_verdict verdict_of(uint32_t code)
{
	switch ((int32_t)code) {
	case NF_ACCEPT:
		return SF_NFTRACE_ACCEPTED;
	case NF_DROP:
		return SF_NFTRACE_DROPPED;
	case NFT_CONTINUE:
	case NFT_BREAK:
	case NFT_JUMP:
	case NFT_GOTO:
	case NFT_RETURN:
		return SF_NFTRACE_CONTINUES;
	default:
		return (code & NF_VERDICT_MASK) == NF_DROP ? SF_NFTRACE_DROPPED :
							     SF_NFTRACE_TAKEN;
	}
}

static void name(char *buf, const struct nlattr *attr)
{
	snprintf(buf, SF_RULESET_NAME, "%.*s",
		 (int)mnl_attr_get_payload_len(attr),
		 (const char *)mnl_attr_get_payload(attr));
}

/* Of a rule or a policy; that a packet came, or returned, is not told on. */
static bool read_event(const struct nlmsghdr *nlh, struct sf_nftrace_event *event)
{
	const struct nfgenmsg *head = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *tb[NFTA_TRACE_MAX + 1] = { 0 }, *code = NULL;
	uint32_t type, verdict;

	if (nlh->nlmsg_type != (NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_TRACE) ||
	    mnl_attr_parse(nlh, sizeof(*head), keep, tb) < 0 ||
	    !tb[NFTA_TRACE_TYPE] || !tb[NFTA_TRACE_TABLE] || !tb[NFTA_TRACE_CHAIN])
		return false;
	type = ntohl(mnl_attr_get_u32(tb[NFTA_TRACE_TYPE]));
	memset(event, 0, sizeof(*event));
	strcpy(event->chain.family, family_name(head->nfgen_family));
	name(event->chain.table, tb[NFTA_TRACE_TABLE]);
	name(event->chain.name, tb[NFTA_TRACE_CHAIN]);
	if (type == NFT_TRACETYPE_POLICY && tb[NFTA_TRACE_POLICY]) {
		verdict = ntohl(mnl_attr_get_u32(tb[NFTA_TRACE_POLICY]));
	} else if (type == NFT_TRACETYPE_RULE && tb[NFTA_TRACE_VERDICT] &&
		   tb[NFTA_TRACE_RULE_HANDLE]) {
		mnl_attr_parse_nested(tb[NFTA_TRACE_VERDICT], keep_verdict, &code);
		if (!code)
			return false;
		verdict = ntohl(mnl_attr_get_u32(code));
		event->handle =
			be64toh(mnl_attr_get_u64(tb[NFTA_TRACE_RULE_HANDLE]));
	} else {
		return false;
	}
	event->verdict = verdict_of(verdict);
	return true;
}

static int receive(struct sf_nftrace *trace, int patience)
{
	struct pollfd fd = { mnl_socket_get_fd(trace->nl), POLLIN, 0 };
	ssize_t n;

	if (poll(&fd, 1, patience) <= 0)
		return 0;
	n = mnl_socket_recvfrom(trace->nl, trace->buf, sizeof(trace->buf));
	if (n < 0)
		return -errno;
	trace->at = (const struct nlmsghdr *)trace->buf;
	trace->left = (int)n;
	return 1;
}

int sf_nftrace_read(struct sf_nftrace *trace, int patience,
		    struct sf_nftrace_event *event)
{
	const struct nlmsghdr *nlh;
	int got;

	for (;;) {
		while (mnl_nlmsg_ok(trace->at, trace->left)) {
			nlh = trace->at;
			trace->at = mnl_nlmsg_next(nlh, &trace->left);
			if (read_event(nlh, event))
				return 1;
		}
		got = receive(trace, patience);
		if (got <= 0)
			return got;
	}
}
