/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * decode.h - messages of the family "sipfast" and the structs of kernel.h
 *
 * Pure functions: no socket, no state.
 */
#ifndef SIPFAST_SYS_DECODE_H
#define SIPFAST_SYS_DECODE_H

#include <libmnl/libmnl.h>

#include "kernel.h"

/**
 * sf_decode() - read the objects of a message
 * @nlh: a message of the family, its length already checked against what was
 *       received; it may hold anything else
 * @fn: called for each top-level attribute that this build knows
 *
 * Unknown attributes are skipped, at any depth. A known one of the wrong
 * length is an error, and @fn is not called for its object.
 *
 * Return: 0, what @fn returned, or -EBADMSG.
 */
int sf_decode(const struct nlmsghdr *nlh, sf_info_fn fn, void *arg);

/**
 * sf_encode_config() - add a CONFIG nest with what @config->present names
 */
void sf_encode_config(struct nlmsghdr *nlh,
		      const struct sf_config_info *config);

#endif /* SIPFAST_SYS_DECODE_H */
