/* SPDX-License-Identifier: GPL-2.0 */
/*
 * nlmedia.h - read what MEDIA_OPEN and MEDIA_CLOSE say
 */
#ifndef _SF_NLMEDIA_H
#define _SF_NLMEDIA_H

#include <linux/types.h>
#include <uapi/linux/sipfast.h>

struct netlink_ext_ack;
struct netlink_range_validation;
struct nlattr;
struct sf_opening;

/* Seconds that may be set as a timeout. */
extern struct netlink_range_validation sf_timeout_range;

/**
 * sf_opening_read() - read a MEDIA_OPEN
 * @open: its spans count from inside @nest, which it must not outlive
 * @nest: SIPFAST_A_MEDIA
 *
 * Whether the descriptions can be read is not looked at.
 *
 * Return: 0 or -EINVAL or -ERANGE, with a sentence.
 */
int sf_opening_read(struct sf_opening *open, const struct nlattr *nest,
		    struct netlink_ext_ack *extack);

/**
 * struct sf_closing - a MEDIA_CLOSE
 * @call: number of the call
 * @why: why it ends
 */
struct sf_closing {
	u32 call;
	enum sipfast_call_end why;
};

/* Read a MEDIA_CLOSE; likewise. */
int sf_closing_read(struct sf_closing *closing, const struct nlattr *nest,
		    struct netlink_ext_ack *extack);

#endif /* _SF_NLMEDIA_H */
