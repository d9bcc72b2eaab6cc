/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * quote.h - what ICMP shows of a datagram that did not arrive
 */
#ifndef SIPFAST_SIP_QUOTE_H
#define SIPFAST_SIP_QUOTE_H

#include "branch.h"

/**
 * sf_quote_branch() - which request of ours is that?
 * @quote: its first bytes, @len of them
 * @branch: written, if it has one of ours
 *
 * Return: false when that cannot be seen.
 */
bool sf_quote_branch(const char *quote, u32 len, struct sf_branch *branch);

#endif /* SIPFAST_SIP_QUOTE_H */
