// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * conntrack.c - connections that end
 *
 * Conntrack deletes by a filter (since 5.8), but by a whole address only. For a
 * /64 the connections are listed, and those that match are deleted by what they
 * are found by.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>

#include "nfnl.h"

#define BY_SOURCE	1	/* CTA_FILTER_F_CTA_IP_SRC of the kernel */
#define NETWORK		8	/* bytes of a /64 */
#define FOUND_MAX	65536

static int cut_where(struct nfnl *nfnl, uint16_t tuple, const uint8_t *addr)
{
	bool orig = tuple == CTA_TUPLE_ORIG;
	struct nlmsghdr *nlh = nfnl_put(nfnl, nfnl->buf,
		NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_DELETE, NLM_F_ACK,
		AF_INET);
	struct nlattr *nest = mnl_attr_nest_start(nlh, tuple);
	struct nlattr *ip = mnl_attr_nest_start(nlh, CTA_TUPLE_IP);
	struct nfgenmsg *nfg = mnl_nlmsg_get_payload(nlh);

	/* Version 0 would mean both families. */
	nfg->version = 1;
	mnl_attr_put(nlh, CTA_IP_V4_SRC, 4, addr);
	mnl_attr_nest_end(nlh, ip);
	mnl_attr_nest_end(nlh, nest);
	nest = mnl_attr_nest_start(nlh, CTA_FILTER);
	mnl_attr_put_u32(nlh, CTA_FILTER_ORIG_FLAGS, orig ? BY_SOURCE : 0);
	mnl_attr_put_u32(nlh, CTA_FILTER_REPLY_FLAGS, orig ? 0 : BY_SOURCE);
	mnl_attr_nest_end(nlh, nest);
	return nfnl_talk(nfnl, nlh->nlmsg_len, 1, nlh->nlmsg_seq, NULL, NULL);
}

/**
 * struct found - connections that are to end
 * @addr: whose
 * @count: how many
 * @tuple: what each is found by, an attribute; allocated
 */
struct found {
	const uint8_t *addr;
	uint32_t count;
	struct nlattr *tuple[FOUND_MAX];
};

static bool is_from(const struct nlattr *tuple, const uint8_t *addr)
{
	const struct nlattr *ip, *attr;

	mnl_attr_for_each_nested(ip, tuple) {
		if (mnl_attr_get_type(ip) != CTA_TUPLE_IP)
			continue;
		mnl_attr_for_each_nested(attr, ip)
			if (mnl_attr_get_type(attr) == CTA_IP_V6_SRC &&
			    mnl_attr_get_payload_len(attr) == 16 &&
			    !memcmp(mnl_attr_get_payload(attr), addr, NETWORK))
				return true;
	}
	return false;
}

static int look(const struct nlmsghdr *nlh, void *arg)
{
	const struct nlattr *attr, *orig = NULL;
	struct found *found = arg;
	bool match = false;

	mnl_attr_for_each(attr, nlh, sizeof(struct nfgenmsg)) {
		uint16_t type = mnl_attr_get_type(attr);

		if (type == CTA_TUPLE_ORIG)
			orig = attr;
		if (type == CTA_TUPLE_ORIG || type == CTA_TUPLE_REPLY)
			match |= is_from(attr, found->addr);
	}
	if (!match || !orig || found->count == FOUND_MAX)
		return 0;
	found->tuple[found->count] = malloc(orig->nla_len);
	if (!found->tuple[found->count])
		return -ENOMEM;
	memcpy(found->tuple[found->count++], orig, orig->nla_len);
	return 0;
}

static void cut_one(struct nfnl *nfnl, const struct nlattr *tuple)
{
	struct nlmsghdr *nlh = nfnl_put(nfnl, nfnl->buf,
		NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_DELETE, NLM_F_ACK,
		AF_INET6);

	mnl_attr_put(nlh, CTA_TUPLE_ORIG | NLA_F_NESTED,
		     mnl_attr_get_payload_len(tuple),
		     mnl_attr_get_payload(tuple));
	/* -ENOENT: it ended by itself. */
	nfnl_talk(nfnl, nlh->nlmsg_len, 1, nlh->nlmsg_seq, NULL, NULL);
}

static int cut_network(struct nfnl *nfnl, const uint8_t *addr)
{
	struct found *found = calloc(1, sizeof(*found));
	struct nlmsghdr *nlh;
	uint32_t i;
	int err;

	if (!found)
		return -ENOMEM;
	found->addr = addr;
	nlh = nfnl_put(nfnl, nfnl->buf,
		       NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_GET,
		       NLM_F_DUMP, AF_INET6);
	err = nfnl_talk(nfnl, nlh->nlmsg_len, 0, nlh->nlmsg_seq, look, found);
	for (i = 0; i < found->count; i++) {
		cut_one(nfnl, found->tuple[i]);
		free(found->tuple[i]);
	}
	free(found);
	return err;
}

int nfnl_cut(void *link, const uint8_t *addr, bool v6)
{
	int err, other;

	if (v6)
		return cut_network(link, addr);
	err = cut_where(link, CTA_TUPLE_ORIG, addr);
	other = cut_where(link, CTA_TUPLE_REPLY, addr);
	return err ? err : other;
}
