// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * genl.c - one generic netlink socket bound to one family
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/genetlink.h>

#include "genl.h"

#define RECEIVE_QUEUE	(4 << 20)	/* bytes of notifications that wait */

/* The request that an error repeats; NULL unless all of it is there. */
static const struct nlmsghdr *status_request(const struct nlmsghdr *nlh)
{
	const struct nlmsgerr *err = mnl_nlmsg_get_payload(nlh);
	size_t room = mnl_nlmsg_get_payload_len(nlh);

	if (nlh->nlmsg_type != NLMSG_ERROR || nlh->nlmsg_flags & NLM_F_CAPPED ||
	    err->msg.nlmsg_len > room - offsetof(struct nlmsgerr, msg))
		return NULL;
	return &err->msg;
}

/* The attribute at an offset into the request; 0 when it is not there. */
static uint16_t blamed_attr(const struct nlmsghdr *request, uint32_t offset)
{
	const struct nlattr *attr;

	if (!request || offset % MNL_ALIGNTO || offset < sizeof(*request) ||
	    request->nlmsg_len < sizeof(*attr) ||
	    offset > request->nlmsg_len - sizeof(*attr))
		return 0;
	attr = (const struct nlattr *)((const char *)request + offset);
	return mnl_attr_get_type(attr);
}

static bool read_u64(const struct nlattr *attr, uint64_t *value)
{
	if (mnl_attr_validate(attr, MNL_TYPE_U64) < 0)
		return false;
	*value = mnl_attr_get_u64(attr);
	return true;
}

static void read_range(const struct nlattr *policy, struct genl_fault *fault)
{
	bool min = false, max = false;
	const struct nlattr *attr;

	mnl_attr_for_each_nested(attr, policy) {
		unsigned int type = mnl_attr_get_type(attr);

		if (type == NL_POLICY_TYPE_ATTR_MIN_VALUE_U)
			min = read_u64(attr, &fault->min);
		if (type == NL_POLICY_TYPE_ATTR_MAX_VALUE_U)
			max = read_u64(attr, &fault->max);
	}
	fault->ranged = min && max;
}

static void read_fault(const struct nlmsghdr *nlh, const struct nlattr *attr,
		       struct genl_fault *fault)
{
	switch (mnl_attr_get_type(attr)) {
	case NLMSGERR_ATTR_MSG:
		if (mnl_attr_validate(attr, MNL_TYPE_NUL_STRING) >= 0)
			snprintf(fault->message, sizeof(fault->message), "%s",
				 mnl_attr_get_str(attr));
		break;
	case NLMSGERR_ATTR_OFFS:
		if (mnl_attr_validate(attr, MNL_TYPE_U32) >= 0)
			fault->attr = blamed_attr(status_request(nlh),
						  mnl_attr_get_u32(attr));
		break;
	case NLMSGERR_ATTR_POLICY:
		read_range(attr, fault);
		break;
	}
}

/* Where the attributes of an error begin: behind the request it repeats. */
static size_t status_attrs(const struct nlmsghdr *nlh)
{
	const struct nlmsgerr *err = mnl_nlmsg_get_payload(nlh);
	size_t offset = sizeof(int);

	if (nlh->nlmsg_type == NLMSG_ERROR) {
		offset = sizeof(*err);
		if (!(nlh->nlmsg_flags & NLM_F_CAPPED) &&
		    err->msg.nlmsg_len > sizeof(err->msg))
			offset += err->msg.nlmsg_len - sizeof(err->msg);
	}
	return MNL_ALIGN(offset);
}

int genl_status(const struct nlmsghdr *nlh, struct genl_fault *fault)
{
	size_t need = nlh->nlmsg_type == NLMSG_ERROR ?
		      sizeof(struct nlmsgerr) : sizeof(int);
	size_t len = mnl_nlmsg_get_payload_len(nlh);
	const struct nlattr *attr;
	size_t offset;
	int status;

	memset(fault, 0, sizeof(*fault));
	if (len < need)
		return -EBADMSG;
	memcpy(&status, mnl_nlmsg_get_payload(nlh), sizeof(status));
	if (status > 0)
		return -EBADMSG;
	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS))
		return status;
	offset = status_attrs(nlh);
	if (offset > len)
		return -EBADMSG;
	mnl_attr_for_each(attr, nlh, offset)
		read_fault(nlh, attr, fault);
	return status;
}

struct nlmsghdr *genl_request(struct genl *genl, uint8_t cmd, uint16_t flags)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(genl->buf);
	struct genlmsghdr *hdr;

	nlh->nlmsg_type = genl->family;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	nlh->nlmsg_seq = ++genl->seq;
	hdr = mnl_nlmsg_put_extra_header(nlh, sizeof(*hdr));
	hdr->cmd = cmd;
	hdr->version = genl->version;
	return nlh;
}

/* Return the bytes that came; 0 for what did not come from the kernel. */
static int receive(struct genl *genl, int flags)
{
	struct sockaddr_nl from = { 0 };
	socklen_t size = sizeof(from);
	ssize_t len;

	do {
		len = recvfrom(mnl_socket_get_fd(genl->nl), genl->buf,
			       sizeof(genl->buf), flags | MSG_TRUNC,
			       (struct sockaddr *)&from, &size);
	} while (len < 0 && errno == EINTR);
	if (len < 0)
		return -errno;
	if ((size_t)len > sizeof(genl->buf))
		return -EMSGSIZE;
	return from.nl_pid ? 0 : len;
}

/*
 * One message of an answer. Return true when it was the last; *result keeps
 * the first value other than 0.
 */
static bool answer(struct genl *genl, const struct nlmsghdr *nlh, genl_fn fn,
		   void *arg, int *result)
{
	int status = 0;
	bool last = false;

	if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
		genl->interrupted = true;
	if (nlh->nlmsg_type == NLMSG_ERROR || nlh->nlmsg_type == NLMSG_DONE) {
		status = genl_status(nlh, &genl->fault);
		last = true;
	} else if (nlh->nlmsg_type == genl->family && fn && !*result) {
		status = fn(nlh, arg);
	}
	if (!*result)
		*result = status;
	return last;
}

int genl_talk(struct genl *genl, struct nlmsghdr *nlh, genl_fn fn, void *arg)
{
	uint32_t seq = nlh->nlmsg_seq;
	int result = 0, len;

	memset(&genl->fault, 0, sizeof(genl->fault));
	genl->interrupted = false;
	if (mnl_socket_sendto(genl->nl, nlh, nlh->nlmsg_len) < 0)
		return -errno;
	for (;;) {
		len = receive(genl, 0);
		if (len < 0)
			return len;
		nlh = (struct nlmsghdr *)genl->buf;
		for (; mnl_nlmsg_ok(nlh, len); nlh = mnl_nlmsg_next(nlh, &len))
			if (nlh->nlmsg_seq == seq &&
			    answer(genl, nlh, fn, arg, &result))
				return result;
	}
}

int genl_receive(struct genl *genl, genl_fn fn, void *arg)
{
	int len = receive(genl, MSG_DONTWAIT), err = 0;
	struct nlmsghdr *nlh = (struct nlmsghdr *)genl->buf;

	if (len < 0)
		return len == -EAGAIN ? 0 : len;
	for (; !err && mnl_nlmsg_ok(nlh, len); nlh = mnl_nlmsg_next(nlh, &len))
		if (nlh->nlmsg_type == genl->family)
			err = fn(nlh, arg);
	return err;
}

static void remember_group(struct genl *genl, const struct nlattr *group)
{
	const struct nlattr *attr;
	const char *name = NULL;
	uint32_t id = 0;

	mnl_attr_for_each_nested(attr, group) {
		unsigned int type = mnl_attr_get_type(attr);

		if (type == CTRL_ATTR_MCAST_GRP_ID &&
		    mnl_attr_validate(attr, MNL_TYPE_U32) >= 0)
			id = mnl_attr_get_u32(attr);
		if (type == CTRL_ATTR_MCAST_GRP_NAME &&
		    mnl_attr_validate(attr, MNL_TYPE_NUL_STRING) >= 0)
			name = mnl_attr_get_str(attr);
	}
	if (!name || !id || genl->ngroups == GENL_GROUPS)
		return;
	snprintf(genl->groups[genl->ngroups].name,
		 sizeof(genl->groups[0].name), "%s", name);
	genl->groups[genl->ngroups++].id = id;
}

/* Until the family is known, genl->family is the controller's: see find(). */
static int remember_family(const struct nlmsghdr *nlh, void *arg)
{
	struct genl *genl = arg;
	const struct nlattr *attr, *group;
	uint16_t id = 0;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		switch (mnl_attr_get_type(attr)) {
		case CTRL_ATTR_FAMILY_ID:
			if (mnl_attr_validate(attr, MNL_TYPE_U16) < 0)
				return -EBADMSG;
			id = mnl_attr_get_u16(attr);
			break;
		case CTRL_ATTR_MCAST_GROUPS:
			mnl_attr_for_each_nested(group, attr)
				remember_group(genl, group);
			break;
		}
	}
	if (!id)
		return -EBADMSG;
	genl->family = id;
	return 0;
}

static int find(struct genl *genl, const char *family, uint8_t version)
{
	struct nlmsghdr *nlh;

	genl->family = GENL_ID_CTRL;
	genl->version = 1;
	nlh = genl_request(genl, CTRL_CMD_GETFAMILY, NLM_F_ACK);
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, family);
	genl->version = version;
	return genl_talk(genl, nlh, remember_family, genl);
}

/*
 * These make answers better; a kernel without them still gives answers. Errors
 * repeat the request, because the attribute that they blame is found there.
 */
static void set_options(struct genl *genl)
{
	int one = 1;

	mnl_socket_setsockopt(genl->nl, NETLINK_EXT_ACK, &one, sizeof(one));
	mnl_socket_setsockopt(genl->nl, NETLINK_GET_STRICT_CHK, &one,
			      sizeof(one));
}

int genl_open(struct genl *genl, const char *family, uint8_t version)
{
	int err;

	memset(genl, 0, offsetof(struct genl, buf));
	genl->nl = mnl_socket_open2(NETLINK_GENERIC, SOCK_CLOEXEC);
	if (!genl->nl)
		return -errno;
	set_options(genl);
	if (mnl_socket_bind(genl->nl, 0, MNL_SOCKET_AUTOPID) < 0)
		err = -errno;
	else
		err = find(genl, family, version);
	if (err)
		mnl_socket_close(genl->nl);
	else
		genl->portid = mnl_socket_get_portid(genl->nl);
	return err;
}

void genl_close(struct genl *genl)
{
	mnl_socket_close(genl->nl);
}

int genl_join(struct genl *genl, const char *group)
{
	int size = RECEIVE_QUEUE, one = 1, fd = mnl_socket_get_fd(genl->nl);
	unsigned int i;

	for (i = 0; i < genl->ngroups; i++)
		if (!strcmp(genl->groups[i].name, group))
			break;
	if (i == genl->ngroups)
		return -ENOENT;
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)))
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	/* The kernel counts what we were too slow for. */
	mnl_socket_setsockopt(genl->nl, NETLINK_BROADCAST_ERROR, &one,
			      sizeof(one));
	if (mnl_socket_setsockopt(genl->nl, NETLINK_ADD_MEMBERSHIP,
				  &genl->groups[i].id, sizeof(uint32_t)) < 0)
		return -errno;
	return 0;
}
