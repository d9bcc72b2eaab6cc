// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * kernel.c - the link to the kernel module
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include <linux/sipfast.h>

#include "decode.h"
#include "genl.h"
#include "kernel.h"

struct sf_kernel {
	struct genl genl;
};

/* What a walk over messages hands on to the caller's function. */
struct walk {
	sf_info_fn fn;
	void *arg;
};

static int walk_message(const struct nlmsghdr *nlh, void *arg)
{
	const struct walk *walk = arg;

	return sf_decode(nlh, walk->fn, walk->arg);
}

int sf_kernel_open(struct sf_kernel **kernel)
{
	struct sf_kernel *k = malloc(sizeof(*k));
	int err;

	if (!k)
		return -ENOMEM;
	err = genl_open(&k->genl, SIPFAST_GENL_NAME, SIPFAST_GENL_VERSION);
	if (err)
		free(k);
	else
		*kernel = k;
	return err;
}

void sf_kernel_close(struct sf_kernel *kernel)
{
	if (!kernel)
		return;
	genl_close(&kernel->genl);
	free(kernel);
}

bool sf_kernel_loaded(void)
{
	return !access("/sys/module/nf_sipfast", F_OK);
}

struct sf_fault sf_kernel_fault(const struct sf_kernel *kernel)
{
	const struct genl_fault *fault = &kernel->genl.fault;

	return (struct sf_fault){
		.message = fault->message,
		.attr = fault->attr,
		.ranged = fault->ranged,
		.min = fault->min,
		.max = fault->max,
	};
}

bool sf_kernel_interrupted(const struct sf_kernel *kernel)
{
	return kernel->genl.interrupted;
}

int sf_kernel_get(struct sf_kernel *kernel, uint8_t cmd, sf_info_fn fn,
		  void *arg)
{
	uint16_t flags = cmd == SIPFAST_CMD_GET_CONFIG ? NLM_F_ACK : NLM_F_DUMP;
	struct nlmsghdr *nlh = genl_request(&kernel->genl, cmd, flags);
	struct walk walk = { fn, arg };

	return genl_talk(&kernel->genl, nlh, walk_message, &walk);
}

int sf_kernel_get_call(struct sf_kernel *kernel, uint32_t id, sf_info_fn fn,
		       void *arg)
{
	struct nlmsghdr *nlh = genl_request(&kernel->genl,
					    SIPFAST_CMD_GET_CALL, NLM_F_ACK);
	struct nlattr *nest = mnl_attr_nest_start(nlh, SIPFAST_A_CALL);
	struct walk walk = { fn, arg };

	mnl_attr_put_u32(nlh, SIPFAST_A_CALL_ID, id);
	mnl_attr_nest_end(nlh, nest);
	return genl_talk(&kernel->genl, nlh, walk_message, &walk);
}

int sf_kernel_set_config(struct sf_kernel *kernel,
			 const struct sf_config_info *config)
{
	struct nlmsghdr *nlh = genl_request(&kernel->genl,
					    SIPFAST_CMD_SET_CONFIG, NLM_F_ACK);

	sf_encode_config(nlh, config);
	return genl_talk(&kernel->genl, nlh, NULL, NULL);
}

int sf_kernel_subscribe(struct sf_kernel *kernel, unsigned int groups)
{
	int err = 0;

	if (groups & SF_KERNEL_CALLS)
		err = genl_join(&kernel->genl, SIPFAST_MCGRP_CALL);
	if (!err && (groups & SF_KERNEL_MEDIA))
		err = genl_join(&kernel->genl, SIPFAST_MCGRP_MEDIA);
	if (!err && (groups & SF_KERNEL_SIP))
		err = genl_join(&kernel->genl, SIPFAST_MCGRP_SIP);
	return err == -ENOENT ? -EOPNOTSUPP : err;
}

int sf_kernel_fd(const struct sf_kernel *kernel)
{
	return mnl_socket_get_fd(kernel->genl.nl);
}

int sf_kernel_receive(struct sf_kernel *kernel, sf_info_fn fn, void *arg)
{
	struct walk walk = { fn, arg };

	return genl_receive(&kernel->genl, walk_message, &walk);
}
