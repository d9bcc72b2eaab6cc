// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * link.c - the link to the kernel, and what to say when it fails
 */
#include <errno.h>
#include <string.h>

#include "../util/escape.h"
#include "cli.h"

#define NOT_PERMITTED \
	"not permitted: it takes root, or CAP_NET_ADMIN in this namespace"

static const struct {
	int err;
	const char *text;
} reasons[] = {
	{ ENOENT, "the kernel module is not loaded: modprobe nf_sipfast" },
	{ EPERM, NOT_PERMITTED },
	{ EACCES, NOT_PERMITTED },
	{ EOPNOTSUPP, "the kernel module is older than the tool" },
	{ EBADMSG, "malformed answer: module and tool do not fit together" },
	{ EPROTONOSUPPORT, "this kernel has no generic netlink" },
	{ ENOMEM, "out of memory" },
};

static const char *reason(int err)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(reasons); i++)
		if (reasons[i].err == err)
			return reasons[i].text;
	return strerror(err);
}

int sf_cli_open(struct sf_cli *cli, struct sf_kernel **kernel)
{
	int err = sf_kernel_open(kernel);

	return err ? sf_cli_kernel_error(cli, NULL, err) : SF_EXIT_OK;
}

int sf_cli_kernel_error(struct sf_cli *cli, const struct sf_kernel *kernel,
			int err)
{
	struct sf_fault fault = { .message = "" };
	char safe[256];

	if (kernel)
		fault = sf_kernel_fault(kernel);
	if (!*fault.message)
		return sf_cli_error(cli, "%s", reason(-err));
	sf_escape(safe, sizeof(safe), fault.message);
	return sf_cli_error(cli, "the kernel refused: %s (%s)", safe,
			    strerror(-err));
}
