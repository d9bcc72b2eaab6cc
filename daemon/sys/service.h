/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service.h - all that decides whether sipfastd serves here, gathered
 *
 * Facts only: what they mean is judged elsewhere.
 */
#ifndef SIPFAST_SYS_SERVICE_H
#define SIPFAST_SYS_SERVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "world.h"

/* More than the name of a file. */
#define SF_SERVICE_FILE	256

/**
 * struct sf_service - what is known of sipfastd
 * @configured: it has a configuration: somebody wants it
 * @file: that one: what the daemon that runs says it is, or the default
 * @test: what `sipfastd -t` says of it: 0: the configuration is right; -EINVAL: it is
 *	  wrong; -ENOENT: there is no such program; other errors
 * @wrong: the first line about what is wrong, of @wrongs; of a right one, the first
 *	   remark; "" when there is none
 * @wrongs: how many there are
 * @answers: 0: it runs and answers; or a negative error of ask.h
 * @version: its version
 * @domain: the first domain that it serves
 * @authenticates: users have to prove who they are
 * @users: how many it knows
 * @bindings: phones that are registered
 * @listeners: where it should await messages
 * @absent: the first of these where it does not; "" when there is none
 * @rival: another program on one of its ports, or on 5060 when it does not run;
 *	   "" when there is none
 * @rival_pid: that program's
 * @rival_port: and the port
 */
struct sf_service {
	bool configured;
	char file[SF_SERVICE_FILE];
	int test;
	char wrong[160];
	unsigned int wrongs;
	int answers;
	char version[32];
	char domain[64];
	bool authenticates;
	uint64_t users;
	uint64_t bindings;
	unsigned int listeners;
	char absent[80];
	char rival[32];
	int rival_pid;
	unsigned int rival_port;
};

/**
 * sf_service_gather() - find out
 * @control: the socket that it answers on
 */
void sf_service_gather(struct sf_service *service, const struct sf_world *world,
		       const char *control);

#endif /* SIPFAST_SYS_SERVICE_H */
