// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * genl.c - acknowledgements, and a family that every kernel has
 */
#include "test.h"

#include <errno.h>
#include <string.h>

#include <linux/genetlink.h>

#include "../../../daemon/sys/genl.h"

static char buf[512] __attribute__((aligned(8)));

static struct nlmsghdr *begin(uint16_t type, uint16_t flags)
{
	struct nlmsghdr *nlh;

	memset(buf, 0, sizeof(buf));
	nlh = mnl_nlmsg_put_header(buf);
	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = flags;
	return nlh;
}

/* An error about a request of @len bytes, which follows it unless capped. */
static struct nlmsghdr *error(int code, uint32_t len, uint16_t flags)
{
	struct nlmsghdr *nlh = begin(NLMSG_ERROR, flags);
	struct nlmsgerr *err;
	size_t size = sizeof(*err);

	if (!(flags & NLM_F_CAPPED))
		size += len - sizeof(err->msg);
	err = mnl_nlmsg_put_extra_header(nlh, size);
	err->error = code;
	err->msg.nlmsg_len = len;
	return nlh;
}

static void status(void **state)
{
	char text[32];

	(void)state;
	assert_int_equal(genl_status(error(0, 20, 0), text, 32), 0);
	assert_string_equal(text, "");
	assert_int_equal(genl_status(error(-EPERM, 28, 0), text, 32), -EPERM);
	assert_int_equal(genl_status(error(5, 20, 0), text, 32), -EBADMSG);
}

static void sentence(void **state)
{
	static const uint16_t flags[] = { NLM_F_CAPPED, 0 };
	struct nlmsghdr *nlh;
	char text[32], small[8];
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		nlh = error(-EINVAL, 28, flags[i] | NLM_F_ACK_TLVS);
		mnl_attr_put_u32(nlh, NLMSGERR_ATTR_OFFS, 20);
		mnl_attr_put_strz(nlh, NLMSGERR_ATTR_MSG, "odd port");
		assert_int_equal(genl_status(nlh, text, 32), -EINVAL);
		assert_string_equal(text, "odd port");
		assert_int_equal(genl_status(nlh, small, 8), -EINVAL);
		assert_string_equal(small, "odd por");
	}
}

static void done(void **state)
{
	struct nlmsghdr *nlh = begin(NLMSG_DONE, NLM_F_MULTI | NLM_F_ACK_TLVS);
	int *code = mnl_nlmsg_put_extra_header(nlh, sizeof(*code));
	char text[32];

	(void)state;
	*code = -ENOMEM;
	mnl_attr_put_strz(nlh, NLMSGERR_ATTR_MSG, "no room");
	assert_int_equal(genl_status(nlh, text, 32), -ENOMEM);
	assert_string_equal(text, "no room");
}

/* Lengths that lie, and a sentence without an end. */
static void hostile(void **state)
{
	struct nlmsghdr *nlh;
	char text[32];

	(void)state;
	nlh = error(-EINVAL, NLMSG_HDRLEN, 0);
	nlh->nlmsg_len -= 4;
	assert_int_equal(genl_status(nlh, text, 32), -EBADMSG);
	nlh = begin(NLMSG_DONE, 0);
	assert_int_equal(genl_status(nlh, text, 32), -EBADMSG);
	nlh = error(-EINVAL, 20, NLM_F_ACK_TLVS);
	((struct nlmsgerr *)mnl_nlmsg_get_payload(nlh))->msg.nlmsg_len =
		0xfffffff0;
	assert_int_equal(genl_status(nlh, text, 32), -EBADMSG);
	nlh = error(-EINVAL, 20, NLM_F_ACK_TLVS);
	((struct nlmsgerr *)mnl_nlmsg_get_payload(nlh))->msg.nlmsg_len = 1;
	assert_int_equal(genl_status(nlh, text, 32), -EINVAL);
	nlh = error(-EINVAL, 20, NLM_F_ACK_TLVS);
	mnl_attr_put(nlh, NLMSGERR_ATTR_MSG, 4, "text");
	assert_int_equal(genl_status(nlh, text, 32), -EINVAL);
	assert_string_equal(text, "");
}

static int count(const struct nlmsghdr *nlh, void *arg)
{
	(void)nlh;
	++*(int *)arg;
	return 0;
}

/* The controller is a family like any other; ENOENT is a family less. */
static void controller(void **state)
{
	static struct genl genl;
	struct nlmsghdr *nlh;
	int n = 0, err;

	(void)state;
	err = genl_open(&genl, "nlctrl", 2);
	if (err == -EPROTONOSUPPORT || err == -EAFNOSUPPORT || err == -EPERM)
		skip();
	assert_int_equal(err, 0);
	nlh = genl_request(&genl, CTRL_CMD_GETFAMILY, NLM_F_DUMP);
	assert_int_equal(genl_talk(&genl, nlh, count, &n), 0);
	assert_true(n > 0);
	assert_int_equal(genl_join(&genl, "no-such-group"), -ENOENT);
	assert_int_equal(genl_join(&genl, "notify"), 0);
	assert_int_equal(genl_receive(&genl, count, &n), 0);
	nlh = genl_request(&genl, 200, NLM_F_ACK);
	assert_int_equal(genl_talk(&genl, nlh, NULL, NULL), -EOPNOTSUPP);
	genl_close(&genl);
	assert_int_equal(genl_open(&genl, "no-such-family", 1), -ENOENT);
}

const struct CMUnitTest unit_tests[] = {
	TEST(status),
	TEST(sentence),
	TEST(done),
	TEST(hostile),
	TEST(controller),
};

const size_t unit_test_count = ARRAY_SIZE(unit_tests);
