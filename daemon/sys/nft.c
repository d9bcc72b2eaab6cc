// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * nft.c - the sets of table inet sipfast
 */
#include <arpa/inet.h>
#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>

#include "nfnl.h"

#define TABLE		"sipfast"
#define PATIENCE_S	2	/* for an answer of the kernel */
#define EVENTS_BUFFER	1048576

struct nlmsghdr *nfnl_put(struct nfnl *nfnl, void *buf, uint16_t type,
			  uint16_t flags, uint8_t family)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);
	struct nfgenmsg *nfg = mnl_nlmsg_put_extra_header(nlh, sizeof(*nfg));

	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	nlh->nlmsg_seq = ++nfnl->seq;
	nfg->nfgen_family = family;
	nfg->version = NFNETLINK_V0;
	nfg->res_id = 0;
	return nlh;
}

/**
 * struct answer - what is read
 * @first: number of the first message asked
 * @acks: acknowledgements that are still to come
 * @over: nothing more comes
 * @err: the first error
 */
struct answer {
	uint32_t first;
	uint32_t acks;
	bool over;
	int err;
	nfnl_fn fn;
	void *arg;
};

static void take_error(struct answer *answer, const struct nlmsghdr *nlh)
{
	const struct nlmsgerr *error = mnl_nlmsg_get_payload(nlh);

	if (!answer->err)
		answer->err = error->error;
	answer->acks -= answer->acks > 0;
	answer->over = !answer->acks ||
		       (error->error && nlh->nlmsg_seq == answer->first);
}

static void take(struct answer *answer, const struct nlmsghdr *nlh)
{
	/* of a question that was given up */
	if ((int32_t)(nlh->nlmsg_seq - answer->first) < 0)
		return;
	if (nlh->nlmsg_flags & NLM_F_DUMP_INTR && !answer->err)
		answer->err = -EINTR;
	if (nlh->nlmsg_type == NLMSG_ERROR)
		take_error(answer, nlh);
	else if (nlh->nlmsg_type == NLMSG_DONE)
		answer->over = true;
	else if (answer->fn && !answer->err)
		answer->err = answer->fn(nlh, answer->arg);
}

int nfnl_talk(struct nfnl *nfnl, size_t len, uint32_t acks, uint32_t first,
	      nfnl_fn fn, void *arg)
{
	struct answer answer = { first, acks, false, 0, fn, arg };
	const struct nlmsghdr *nlh;
	ssize_t got;
	int left;

	if (mnl_socket_sendto(nfnl->nl, nfnl->buf, len) < 0)
		return -errno;
	while (!answer.over) {
		got = mnl_socket_recvfrom(nfnl->nl, nfnl->in, sizeof(nfnl->in));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return errno == EAGAIN ? -ETIME : -errno;
		nlh = (const void *)nfnl->in;
		for (left = (int)got; mnl_nlmsg_ok(nlh, left) && !answer.over;
		     nlh = mnl_nlmsg_next(nlh, &left))
			take(&answer, nlh);
	}
	return answer.err;
}

static struct mnl_socket *open_socket(unsigned int groups, int flags)
{
	struct mnl_socket *nl = mnl_socket_open2(NETLINK_NETFILTER,
						 SOCK_CLOEXEC | flags);

	if (nl && mnl_socket_bind(nl, groups, MNL_SOCKET_AUTOPID)) {
		int err = errno;

		mnl_socket_close(nl);
		errno = err;
		return NULL;
	}
	return nl;
}

/* What cannot be set is not needed: it only keeps more from being lost. */
static void tune(struct nfnl *nfnl)
{
	struct timeval patience = { .tv_sec = PATIENCE_S };
	int on = 1, size = EVENTS_BUFFER;

	mnl_socket_setsockopt(nfnl->nl, NETLINK_CAP_ACK, &on, sizeof(on));
	setsockopt(mnl_socket_get_fd(nfnl->nl), SOL_SOCKET, SO_RCVTIMEO,
		   &patience, sizeof(patience));
	size = NFNL_BUFFER * 2;
	setsockopt(mnl_socket_get_fd(nfnl->nl), SOL_SOCKET, SO_SNDBUFFORCE,
		   &size, sizeof(size));
	size = EVENTS_BUFFER;
	setsockopt(mnl_socket_get_fd(nfnl->events), SOL_SOCKET, SO_RCVBUFFORCE,
		   &size, sizeof(size));
}

static void nft_disconnect(void *link)
{
	struct nfnl *nfnl = link;

	if (!nfnl)
		return;
	if (nfnl->nl)
		mnl_socket_close(nfnl->nl);
	if (nfnl->events)
		mnl_socket_close(nfnl->events);
	free(nfnl);
}

static int nft_connect(void **link)
{
	struct nfnl *nfnl = calloc(1, sizeof(*nfnl));
	int group = NFNLGRP_NFTABLES, err = 0;

	if (!nfnl)
		return -ENOMEM;
	nfnl->nl = open_socket(0, 0);
	if (nfnl->nl)
		nfnl->events = open_socket(0, SOCK_NONBLOCK);
	if (!nfnl->events)
		err = -errno;
	else if (mnl_socket_setsockopt(nfnl->events, NETLINK_ADD_MEMBERSHIP,
				       &group, sizeof(group)) < 0)
		err = -errno;
	if (err) {
		nft_disconnect(nfnl);
		return err;
	}
	nfnl->portid = mnl_socket_get_portid(nfnl->nl);
	tune(nfnl);
	*link = nfnl;
	return 0;
}

static int nft_fd(void *link)
{
	const struct nfnl *nfnl = link;

	return mnl_socket_get_fd(nfnl->events);
}

/* All that has a table has its name in attribute 1. */
static bool is_ours(const struct nfnl *nfnl, const struct nlmsghdr *nlh)
{
	const struct nfgenmsg *nfg = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *attr;

	if (nlh->nlmsg_pid == nfnl->portid ||
	    mnl_nlmsg_get_payload_len(nlh) < sizeof(*nfg) ||
	    nfg->nfgen_family != NFPROTO_INET ||
	    (nlh->nlmsg_type & 0xff) == NFT_MSG_NEWGEN)
		return false;
	mnl_attr_for_each(attr, nlh, sizeof(*nfg))
		if (mnl_attr_get_type(attr) == NFTA_TABLE_NAME)
			return mnl_attr_get_payload_len(attr) == sizeof(TABLE) &&
			       !memcmp(mnl_attr_get_payload(attr), TABLE,
				       sizeof(TABLE));
	return false;
}

static bool nft_changed(void *link)
{
	struct nfnl *nfnl = link;
	const struct nlmsghdr *nlh;
	bool changed = false;
	ssize_t got;
	int left;

	for (;;) {
		got = mnl_socket_recvfrom(nfnl->events, nfnl->in,
					  sizeof(nfnl->in));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && (errno == ENOBUFS || errno == ENOSPC)) {
			changed = true;
			continue;
		}
		if (got <= 0)
			return changed;
		nlh = (const void *)nfnl->in;
		for (left = (int)got; !changed && mnl_nlmsg_ok(nlh, left);
		     nlh = mnl_nlmsg_next(nlh, &left))
			changed = is_ours(nfnl, nlh);
	}
}

static int nft_change(void *link, const struct sf_nft_change *changes,
		      uint32_t count)
{
	struct nfnl *nfnl = link;
	uint32_t acks, first = nfnl->seq + 1;
	size_t len = nft_batch(nfnl, changes, count, &acks);

	return nfnl_talk(nfnl, len, acks, first, NULL, NULL);
}

/* Whom elements are shown to. */
struct shown {
	enum sf_nft_set set;
	sf_nft_fn fn;
	void *arg;
};

static void show_element(const struct shown *shown, const struct nlattr *elem)
{
	struct sf_nft_key key = { .set = shown->set };
	uint32_t len = sf_nft_key_len(shown->set);
	const struct nlattr *attr, *value;
	uint64_t left = UINT64_MAX;
	bool good = false;

	mnl_attr_for_each_nested(attr, elem) {
		if (mnl_attr_get_type(attr) == NFTA_SET_ELEM_EXPIRATION &&
		    mnl_attr_get_payload_len(attr) == 8)
			left = be64toh(mnl_attr_get_u64(attr));
		if (mnl_attr_get_type(attr) != NFTA_SET_ELEM_KEY)
			continue;
		mnl_attr_for_each_nested(value, attr) {
			if (mnl_attr_get_type(value) != NFTA_DATA_VALUE ||
			    mnl_attr_get_payload_len(value) != len)
				continue;
			memcpy(key.bytes, mnl_attr_get_payload(value), len);
			good = true;
		}
	}
	if (good)
		shown->fn(shown->arg, &key, left);
}

static int show_elements(const struct nlmsghdr *nlh, void *arg)
{
	const struct nlattr *list, *elem;

	mnl_attr_for_each(list, nlh, sizeof(struct nfgenmsg)) {
		if (mnl_attr_get_type(list) != NFTA_SET_ELEM_LIST_ELEMENTS)
			continue;
		mnl_attr_for_each_nested(elem, list)
			show_element(arg, elem);
	}
	return 0;
}

static int nft_list(void *link, enum sf_nft_set set, sf_nft_fn fn, void *arg)
{
	struct shown shown = { set, fn, arg };
	struct nfnl *nfnl = link;
	struct nlmsghdr *nlh;

	nlh = nfnl_put(nfnl, nfnl->buf,
		       NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_GETSETELEM,
		       NLM_F_DUMP, NFPROTO_INET);
	mnl_attr_put_strz(nlh, NFTA_SET_ELEM_LIST_TABLE, TABLE);
	mnl_attr_put_strz(nlh, NFTA_SET_ELEM_LIST_SET, sf_nft_set_name(set));
	return nfnl_talk(nfnl, nlh->nlmsg_len, 0, nlh->nlmsg_seq,
			 show_elements, &shown);
}

const struct sf_nft_ops sf_nft_kernel = {
	.connect = nft_connect,
	.disconnect = nft_disconnect,
	.fd = nft_fd,
	.changed = nft_changed,
	.change = nft_change,
	.list = nft_list,
	.cut = nfnl_cut,
};
