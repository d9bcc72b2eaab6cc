/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fake.h - a kernel module that says what a test wants it to say
 *
 * fake.c has the functions of daemon/sys/kernel.h. They answer from messages
 * that the test has built with libmnl, and decode them as the real ones do.
 */
#ifndef SIPFAST_UNIT_CLI_FAKE_H
#define SIPFAST_UNIT_CLI_FAKE_H

#include <libmnl/libmnl.h>

#include "../../../daemon/sys/kernel.h"

/**
 * struct fake - how the module behaves; fake_reset() makes it work
 * @open_error: what opening a link returns
 * @error: what requests return
 * @fault: what the kernel says about them
 * @interrupted: dumps were changed while they were read
 * @config: the last settings it got
 * @groups: the groups that were joined last
 */
struct fake {
	int open_error;
	int error;
	struct sf_fault fault;
	bool interrupted;
	struct sf_config_info config;
	unsigned int groups;
};

extern struct fake fake;

/**
 * fake_reset() - forget all messages; every request works
 */
void fake_reset(void);

/**
 * fake_message() - begin the next message
 * @cmd: SIPFAST_CMD_GET_*: it is part of the answer to that request;
 *       otherwise it is a notification
 */
struct nlmsghdr *fake_message(uint8_t cmd);

/**
 * fake_event_error() - let receiving fail once between two notifications
 */
void fake_event_error(int err);

#endif /* SIPFAST_UNIT_CLI_FAKE_H */
