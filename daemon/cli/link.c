// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * link.c - the link to the kernel, and what to say when it fails
 */
#include <errno.h>
#include <string.h>

#include "../util/escape.h"
#include "cli.h"

static const struct {
	int err;
	const char *text;
} reasons[] = {
	{ EPERM, "not permitted: it takes root, or CAP_NET_ADMIN in this "
		 "network namespace" },
	{ EACCES, "not permitted: it takes root, or CAP_NET_ADMIN in this "
		  "network namespace" },
	{ EOPNOTSUPP, "the kernel module does not know this request: it is "
		      "older than the tool" },
	{ EBADMSG, "the kernel's answer is malformed: module and tool do not "
		   "fit together" },
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
	const char *message = kernel ? sf_kernel_message(kernel) : "";
	char safe[256];

	if (err == -ENOENT && !kernel)
		return sf_cli_error(cli, "the kernel module is not loaded: "
				    "modprobe nf_sipfast");
	if (!*message)
		return sf_cli_error(cli, "%s", reason(-err));
	sf_escape(safe, sizeof(safe), message);
	return sf_cli_error(cli, "the kernel refused: %s (%s)", safe,
			    strerror(-err));
}
