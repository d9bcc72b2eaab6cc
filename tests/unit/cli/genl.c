// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * genl.c - acknowledgements, and a family that every kernel has
 */
#include "test.h"

#include <errno.h>
#include <string.h>

#include <linux/genetlink.h>
#include <linux/netlink.h>

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

static int judge(const struct nlmsghdr *nlh, struct genl_fault *fault)
{
	memset(fault, 0xff, sizeof(*fault));
	return genl_status(nlh, fault);
}

static void status(void **state)
{
	struct genl_fault fault;

	(void)state;
	assert_int_equal(judge(error(0, 20, 0), &fault), 0);
	assert_string_equal(fault.message, "");
	assert_int_equal(fault.attr, 0);
	assert_false(fault.ranged);
	assert_int_equal(judge(error(-EPERM, 28, 0), &fault), -EPERM);
	assert_int_equal(judge(error(5, 20, 0), &fault), -EBADMSG);
}

static void sentence(void **state)
{
	static const uint16_t flags[] = { NLM_F_CAPPED, 0 };
	struct genl_fault fault;
	struct nlmsghdr *nlh;
	char text[200];
	size_t i;

	(void)state;
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	for (i = 0; i < 2; i++) {
		nlh = error(-EINVAL, 28, flags[i] | NLM_F_ACK_TLVS);
		mnl_attr_put_strz(nlh, NLMSGERR_ATTR_MSG, "odd port");
		assert_int_equal(judge(nlh, &fault), -EINVAL);
		assert_string_equal(fault.message, "odd port");
		mnl_attr_put_strz(nlh, NLMSGERR_ATTR_MSG, text);
		assert_int_equal(judge(nlh, &fault), -EINVAL);
		assert_int_equal(strlen(fault.message),
				 sizeof(fault.message) - 1);
	}
}

/* A request of 36 bytes, the last 8 of them an attribute of type 9. */
static struct nlmsghdr *blame(uint32_t offset, uint16_t flags)
{
	struct nlmsghdr *nlh = error(-ERANGE, 36, flags | NLM_F_ACK_TLVS);
	struct nlmsgerr *err = mnl_nlmsg_get_payload(nlh);
	struct nlattr *attr = (struct nlattr *)((char *)&err->msg + 28);

	if (!(flags & NLM_F_CAPPED)) {
		attr->nla_len = 8;
		attr->nla_type = 9;
	}
	mnl_attr_put_u32(nlh, NLMSGERR_ATTR_OFFS, offset);
	return nlh;
}

static void blamed(void **state)
{
	static const uint32_t wrong[] = {
		0, 12, 30, 36, 40, 0x7ffffffc, 0xfffffffc,
	};
	struct genl_fault fault;
	struct nlattr *policy;
	struct nlmsghdr *nlh;
	size_t i;

	(void)state;
	nlh = blame(28, 0);
	policy = mnl_attr_nest_start(nlh, NLMSGERR_ATTR_POLICY);
	mnl_attr_put_u64(nlh, NL_POLICY_TYPE_ATTR_MIN_VALUE_U, 32);
	mnl_attr_put_u64(nlh, NL_POLICY_TYPE_ATTR_MAX_VALUE_U, 604800);
	mnl_attr_nest_end(nlh, policy);
	assert_int_equal(judge(nlh, &fault), -ERANGE);
	assert_int_equal(fault.attr, 9);
	assert_true(fault.ranged);
	assert_int_equal(fault.min, 32);
	assert_int_equal(fault.max, 604800);
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		row("%#x", wrong[i]);
		assert_int_equal(judge(blame(wrong[i], 0), &fault), -ERANGE);
		assert_int_equal(fault.attr, 0);
	}
	assert_int_equal(judge(blame(28, NLM_F_CAPPED), &fault), -ERANGE);
	assert_int_equal(fault.attr, 0);
}

static void done(void **state)
{
	struct nlmsghdr *nlh = begin(NLMSG_DONE, NLM_F_MULTI | NLM_F_ACK_TLVS);
	int *code = mnl_nlmsg_put_extra_header(nlh, sizeof(*code));
	struct genl_fault fault;

	(void)state;
	*code = -ENOMEM;
	mnl_attr_put_strz(nlh, NLMSGERR_ATTR_MSG, "no room");
	mnl_attr_put_u32(nlh, NLMSGERR_ATTR_OFFS, 20);
	assert_int_equal(judge(nlh, &fault), -ENOMEM);
	assert_string_equal(fault.message, "no room");
	assert_int_equal(fault.attr, 0);
}

/* Lengths that lie, and a sentence without an end. */
static void hostile(void **state)
{
	static const uint32_t lies[] = { 0xfffffff0, 0xffffffff, 200, 1, 0 };
	struct genl_fault fault;
	struct nlmsgerr *err;
	struct nlmsghdr *nlh;
	size_t i;

	(void)state;
	nlh = error(-EINVAL, NLMSG_HDRLEN, 0);
	nlh->nlmsg_len -= 4;
	assert_int_equal(judge(nlh, &fault), -EBADMSG);
	assert_int_equal(judge(begin(NLMSG_DONE, 0), &fault), -EBADMSG);
	for (i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		row("%#x", lies[i]);
		nlh = blame(28, 0);
		err = mnl_nlmsg_get_payload(nlh);
		err->msg.nlmsg_len = lies[i];
		assert_int_equal(judge(nlh, &fault),
				 lies[i] > 36 ? -EBADMSG : -ERANGE);
		assert_int_equal(fault.attr, 0);
	}
	nlh = error(-EINVAL, 20, NLM_F_ACK_TLVS);
	mnl_attr_put(nlh, NLMSGERR_ATTR_MSG, 4, "text");
	assert_int_equal(judge(nlh, &fault), -EINVAL);
	assert_string_equal(fault.message, "");
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

static const struct CMUnitTest tests[] = {
	TEST(status),
	TEST(sentence),
	TEST(blamed),
	TEST(done),
	TEST(hostile),
	TEST(controller),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
