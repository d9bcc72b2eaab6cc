/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * policy.h - sipfast policy, in two files: what rules there are, and a try
 */
#ifndef SIPFAST_CLI_POLICY_H
#define SIPFAST_CLI_POLICY_H

#include "../sys/probe.h"
#include "cli.h"

/* Where the marks are written; a rule that looks at them comes later. */
#define SF_MARK_PRIORITY	(-180)

/* The module's mark mask in this namespace; 0: none, or no module. */
uint32_t sf_policy_mask(void);

/**
 * sf_policy_order() - read "METHOD from ADDRESS[:PORT] [to …] [over …] …"
 * @words: @n of them
 * @probe: what is not said stays zero, but for ports
 * @why: takes what is wrong, for people
 */
bool sf_policy_order(char **words, int n, struct sf_probe *probe,
		     const char **why);

/* sipfast policy test */
int sf_policy_test(struct sf_cli *cli, int argc, char **argv);

#endif /* SIPFAST_CLI_POLICY_H */
