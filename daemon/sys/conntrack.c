// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * conntrack.c - connections that end
 *
 * Before 6.10 conntrack deletes by no filter, but it lists by one (since 5.8), of
 * a whole address. So connections are listed, and deleted by what they are found
 * by. What else is listed is left out here: for a /64 that is all of IPv6.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>

#include "nfnl.h"

#define BY_SOURCE	1	/* CTA_FILTER_F_CTA_IP_SRC of the kernel */
#define FOUND_MAX	65536

/* A connection: its original tuple, an attribute; and its zone, big-endian. */
struct connection {
	struct nlattr *tuple;
	uint16_t zone;
};

/**
 * struct found - connections that are to end
 * @addr: whose
 * @attr: what has it in a tuple
 * @len: bytes of it that count
 * @count: how many
 * @conn: the connections
 */
struct found {
	const uint8_t *addr;
	uint16_t attr;
	uint16_t len;
	uint32_t count;
	struct connection conn[FOUND_MAX];
};

static bool is_from(const struct nlattr *tuple, const struct found *found)
{
	const struct nlattr *ip, *attr;

	mnl_attr_for_each_nested(ip, tuple) {
		if (mnl_attr_get_type(ip) != CTA_TUPLE_IP)
			continue;
		mnl_attr_for_each_nested(attr, ip)
			if (mnl_attr_get_type(attr) == found->attr &&
			    mnl_attr_get_payload_len(attr) >= found->len &&
			    !memcmp(mnl_attr_get_payload(attr), found->addr,
				    found->len))
				return true;
	}
	return false;
}

static int look(const struct nlmsghdr *nlh, void *arg)
{
	struct connection *conn;
	const struct nlattr *attr, *orig = NULL;
	struct found *found = arg;
	bool match = false;
	uint16_t zone = 0;

	mnl_attr_for_each(attr, nlh, sizeof(struct nfgenmsg)) {
		uint16_t type = mnl_attr_get_type(attr);

		if (type == CTA_TUPLE_ORIG)
			orig = attr;
		if (type == CTA_TUPLE_ORIG || type == CTA_TUPLE_REPLY)
			match |= is_from(attr, found);
		if (type == CTA_ZONE && mnl_attr_get_payload_len(attr) == 2)
			zone = mnl_attr_get_u16(attr);
	}
	if (!match || !orig || found->count == FOUND_MAX)
		return 0;
	conn = &found->conn[found->count];
	conn->zone = zone;
	conn->tuple = malloc(orig->nla_len);
	if (!conn->tuple)
		return -ENOMEM;
	memcpy(conn->tuple, orig, orig->nla_len);
	found->count++;
	return 0;
}

static void put_filter(struct nlmsghdr *nlh, uint16_t tuple,
		       const uint8_t *addr)
{
	bool orig = tuple == CTA_TUPLE_ORIG;
	struct nlattr *nest = mnl_attr_nest_start(nlh, tuple);
	struct nlattr *ip = mnl_attr_nest_start(nlh, CTA_TUPLE_IP);

	mnl_attr_put(nlh, CTA_IP_V4_SRC, 4, addr);
	mnl_attr_nest_end(nlh, ip);
	mnl_attr_nest_end(nlh, nest);
	nest = mnl_attr_nest_start(nlh, CTA_FILTER);
	mnl_attr_put_u32(nlh, CTA_FILTER_ORIG_FLAGS, orig ? BY_SOURCE : 0);
	mnl_attr_put_u32(nlh, CTA_FILTER_REPLY_FLAGS, orig ? 0 : BY_SOURCE);
	mnl_attr_nest_end(nlh, nest);
}

/* @tuple: where the address is looked for; 0: in all connections */
static int list(struct nfnl *nfnl, uint8_t family, uint16_t tuple,
		struct found *found)
{
	struct nlmsghdr *nlh = nfnl_put(nfnl, nfnl->buf,
		NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_GET, NLM_F_DUMP,
		family);

	if (tuple)
		put_filter(nlh, tuple, found->addr);
	return nfnl_talk(nfnl, nlh->nlmsg_len, 0, nlh->nlmsg_seq, look, found);
}

static void cut_one(struct nfnl *nfnl, uint8_t family,
		    const struct connection *conn)
{
	struct nlmsghdr *nlh = nfnl_put(nfnl, nfnl->buf,
		NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_DELETE, NLM_F_ACK,
		family);

	mnl_attr_put(nlh, CTA_TUPLE_ORIG | NLA_F_NESTED,
		     mnl_attr_get_payload_len(conn->tuple),
		     mnl_attr_get_payload(conn->tuple));
	if (conn->zone)
		mnl_attr_put_u16(nlh, CTA_ZONE, conn->zone);
	/* -ENOENT: it ended by itself. */
	nfnl_talk(nfnl, nlh->nlmsg_len, 1, nlh->nlmsg_seq, NULL, NULL);
}

int nfnl_cut(void *link, const uint8_t *addr, bool v6)
{
	struct found *found = calloc(1, sizeof(*found));
	uint8_t family = v6 ? AF_INET6 : AF_INET;
	uint32_t i;
	int err;

	if (!found)
		return -ENOMEM;
	found->addr = addr;
	found->attr = v6 ? CTA_IP_V6_SRC : CTA_IP_V4_SRC;
	found->len = v6 ? 8 : 4;
	err = list(link, family, v6 ? 0 : CTA_TUPLE_ORIG, found);
	if (!err && !v6)
		err = list(link, family, CTA_TUPLE_REPLY, found);
	for (i = 0; i < found->count; i++) {
		cut_one(link, family, &found->conn[i]);
		free(found->conn[i].tuple);
	}
	free(found);
	return err;
}
