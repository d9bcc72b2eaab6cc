/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * policy.h - sipfast policy: what rules there are (policy.c), and a try of a packet
 * (policy_test.c), which is asked for in words (policy_order.c)
 */
#ifndef SIPFAST_CLI_POLICY_H
#define SIPFAST_CLI_POLICY_H

#include "../sys/probe.h"
#include "cli.h"

/* Where the marks are written; a rule that looks at them comes later. */
#define SF_MARK_PRIORITY	(-180)

/* The module's mark mask in this namespace; 0: none, or no module. */
uint32_t sf_policy_mask(void);

#define SF_POLICY_METHOD	32	/* with its NUL */

/**
 * struct sf_policy_order - what is to be tried
 * @method: of the request
 * @sdp: it has a session description
 * @dialog: it has a tag in To
 * @probe: the packet
 */
struct sf_policy_order {
	char method[SF_POLICY_METHOD];
	bool sdp;
	bool dialog;
	struct sf_probe probe;
};

/**
 * sf_policy_order() - read "METHOD from ADDRESS[:PORT] [to …] [over …] …"
 * @words: @n of them
 * @order: of its packet, what is not said stays zero, but for ports
 * @why: takes what is wrong, for people
 */
bool sf_policy_order(char **words, int n, struct sf_policy_order *order,
		     const char **why);

/**
 * sf_policy_request() - the request, as a phone would write it
 * @order: its packet has both addresses
 *
 * Return: bytes; 0: more than @max.
 */
size_t sf_policy_request(const struct sf_policy_order *order, char *buf,
			 size_t max);

/* sipfast policy test */
int sf_policy_test(struct sf_cli *cli, int argc, char **argv);

#endif /* SIPFAST_CLI_POLICY_H */
