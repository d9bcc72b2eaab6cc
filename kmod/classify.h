/* SPDX-License-Identifier: GPL-2.0 */
/*
 * classify.h - what kind of SIP a packet carries, for rules
 */
#ifndef _SF_CLASSIFY_H
#define _SF_CLASSIFY_H

#include <linux/types.h>

struct sf_net;

/**
 * sf_classify_mask() - may the bits of a mask hold what is to be said?
 *
 * 0 may: nothing is said then.
 */
bool sf_classify_mask(u32 mask);

/**
 * sf_classify_switch() - begin or end to look at the packets of a namespace
 * @on: whether sf_config.mark_mask is, or will be, set
 *
 * Without hooks other packets pay nothing. May sleep; sf_net.config_lock is held.
 *
 * Return: 0, or an error of a hook that could not be registered.
 */
int sf_classify_switch(struct sf_net *sn, bool on);

/* Leave every namespace. No packet is in the hook when it returns. */
void sf_classify_exit(void);

int sf_classify_init(void);

#endif /* _SF_CLASSIFY_H */
