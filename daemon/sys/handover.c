// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * handover.c - calls that the daemon hands to the kernel module
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/genetlink.h>
#include <linux/sipfast.h>

#include "genl.h"
#include "handover.h"

static int handover_connect(void **link)
{
	struct genl *genl = malloc(sizeof(*genl));
	int err;

	if (!genl)
		return -ENOMEM;
	err = genl_open(genl, SIPFAST_GENL_NAME, SIPFAST_GENL_VERSION);
	if (err)
		free(genl);
	else
		*link = genl;
	return err;
}

static void handover_disconnect(void *link)
{
	if (!link)
		return;
	genl_close(link);
	free(link);
}

/* What people wrote, cut where the kernel would refuse it. */
static void put_text(struct nlmsghdr *nlh, uint16_t attr, struct sf_text text)
{
	char copy[SF_HANDOVER_TEXT + 1];
	uint32_t len = text.len < SF_HANDOVER_TEXT ? text.len : SF_HANDOVER_TEXT;

	if (len)
		memcpy(copy, text.s, len);
	copy[len] = '\0';
	mnl_attr_put_strz(nlh, attr, copy);
}

static void put_end(struct nlmsghdr *nlh, uint16_t attr,
		    const struct sf_handover_end *end)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, attr);

	if (end->family == 4)
		mnl_attr_put(nlh, SIPFAST_A_ENDPOINT_ADDR4, 4, end->addr);
	else
		mnl_attr_put(nlh, SIPFAST_A_ENDPOINT_ADDR6, 16, end->addr);
	mnl_attr_put_u16(nlh, SIPFAST_A_ENDPOINT_PORT, htons(end->port));
	mnl_attr_nest_end(nlh, nest);
}

/* What only a new call is told. */
static void put_call(struct nlmsghdr *nlh, const struct sf_handover *handover)
{
	mnl_attr_put_u64(nlh, SIPFAST_A_MEDIA_COOKIE, handover->cookie);
	put_text(nlh, SIPFAST_A_MEDIA_CALL_ID, handover->call_id);
	put_text(nlh, SIPFAST_A_MEDIA_FROM, handover->uri[SF_CALLER]);
	put_text(nlh, SIPFAST_A_MEDIA_TO, handover->uri[SF_CALLEE]);
	if (handover->tag[SF_CALLER].len)
		put_text(nlh, SIPFAST_A_MEDIA_CALLER_TAG,
			 handover->tag[SF_CALLER]);
	if (handover->tag[SF_CALLEE].len)
		put_text(nlh, SIPFAST_A_MEDIA_CALLEE_TAG,
			 handover->tag[SF_CALLEE]);
	put_end(nlh, SIPFAST_A_MEDIA_CALLER, &handover->end[SF_CALLER]);
	put_end(nlh, SIPFAST_A_MEDIA_CALLEE, &handover->end[SF_CALLEE]);
}

static void put_agreed(struct nlmsghdr *nlh, const struct sf_handover *handover)
{
	mnl_attr_put(nlh, SIPFAST_A_MEDIA_OFFER, handover->sdp[SF_OFFER].len,
		     handover->sdp[SF_OFFER].s);
	mnl_attr_put(nlh, SIPFAST_A_MEDIA_ANSWER, handover->sdp[SF_ANSWER].len,
		     handover->sdp[SF_ANSWER].s);
	mnl_attr_put_u8(nlh, SIPFAST_A_MEDIA_CALLEE_OFFERS,
			handover->offerer == SF_CALLEE);
	mnl_attr_put_u8(nlh, SIPFAST_A_MEDIA_CALLER_NAMES,
			handover->names[SF_CALLER]);
	mnl_attr_put_u8(nlh, SIPFAST_A_MEDIA_CALLEE_NAMES,
			handover->names[SF_CALLEE]);
	mnl_attr_put_u8(nlh, SIPFAST_A_MEDIA_ANSWERED, handover->answered);
}

/**
 * struct shown - a call in an answer
 * @call: its number; 0: the message names none
 * @cookie: 0: nobody handed it over
 */
struct shown {
	uint32_t call;
	uint64_t cookie;
};

static struct shown read_call(const struct nlmsghdr *nlh)
{
	const struct nlattr *nest, *attr;
	struct shown shown = { 0 };

	mnl_attr_for_each(nest, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(nest) != SIPFAST_A_CALL)
			continue;
		mnl_attr_for_each_nested(attr, nest) {
			uint16_t type = mnl_attr_get_type(attr);

			if (type == SIPFAST_A_CALL_ID &&
			    mnl_attr_validate(attr, MNL_TYPE_U32) >= 0)
				shown.call = mnl_attr_get_u32(attr);
			if (type == SIPFAST_A_CALL_COOKIE &&
			    mnl_attr_validate(attr, MNL_TYPE_U64) >= 0)
				shown.cookie = mnl_attr_get_u64(attr);
		}
	}
	return shown;
}

static int take_number(const struct nlmsghdr *nlh, void *arg)
{
	uint32_t *call = arg;

	*call = read_call(nlh).call;
	return *call ? 0 : -EBADMSG;
}

/* A request of these fits in what genl.h has room for. */
static bool is_too_long(const struct sf_handover *handover)
{
	return handover->sdp[SF_OFFER].len > SF_HANDOVER_SDP ||
	       handover->sdp[SF_ANSWER].len > SF_HANDOVER_SDP ||
	       handover->call_id.len > SF_HANDOVER_CALL_ID;
}

static int handover_open(void *link, const struct sf_handover *handover,
			 uint32_t *call, const char **why)
{
	struct genl *genl = link;
	struct nlmsghdr *nlh;
	struct nlattr *nest;
	uint32_t number = 0;
	int err;

	*why = "";
	if (is_too_long(handover))
		return -EMSGSIZE;
	nlh = genl_request(genl, SIPFAST_CMD_MEDIA_OPEN, NLM_F_ACK);
	nest = mnl_attr_nest_start(nlh, SIPFAST_A_MEDIA);
	if (handover->call)
		mnl_attr_put_u32(nlh, SIPFAST_A_MEDIA_CALL, handover->call);
	else
		put_call(nlh, handover);
	put_agreed(nlh, handover);
	mnl_attr_nest_end(nlh, nest);
	err = genl_talk(genl, nlh, take_number, &number);
	if (!err && !number)
		err = -EBADMSG;
	if (err)
		*why = genl->fault.message;
	else
		*call = number;
	return err;
}

static void handover_close(void *link, uint32_t call,
			   enum sf_handover_end_of_call end)
{
	struct genl *genl = link;
	struct nlmsghdr *nlh = genl_request(genl, SIPFAST_CMD_MEDIA_CLOSE,
					    NLM_F_ACK);
	struct nlattr *nest = mnl_attr_nest_start(nlh, SIPFAST_A_MEDIA);

	mnl_attr_put_u32(nlh, SIPFAST_A_MEDIA_CALL, call);
	mnl_attr_put_u8(nlh, SIPFAST_A_MEDIA_END,
			end == SF_HANDOVER_BYE ? SIPFAST_END_BYE :
						 SIPFAST_END_REJECTED);
	mnl_attr_nest_end(nlh, nest);
	genl_talk(genl, nlh, NULL, NULL);
}

/* Whom a list is shown to. */
struct list {
	sf_handover_fn fn;
	void *arg;
};

static int show(const struct nlmsghdr *nlh, void *arg)
{
	const struct list *list = arg;
	const struct shown shown = read_call(nlh);

	if (shown.call && shown.cookie)
		list->fn(list->arg, shown.call, shown.cookie);
	return 0;
}

static int handover_list(void *link, sf_handover_fn fn, void *arg)
{
	struct nlmsghdr *nlh = genl_request(link, SIPFAST_CMD_GET_CALL,
					    NLM_F_DUMP);
	const struct genl *genl = link;
	struct list list = { fn, arg };
	int err = genl_talk(link, nlh, show, &list);

	return !err && genl->interrupted ? -EINTR : err;
}

const struct sf_handover_ops sf_handover_kernel = {
	.connect = handover_connect,
	.disconnect = handover_disconnect,
	.open = handover_open,
	.close = handover_close,
	.list = handover_list,
};
