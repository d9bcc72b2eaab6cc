/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sockets.h - who listens on which port
 */
#ifndef SIPFAST_SYS_SOCKETS_H
#define SIPFAST_SYS_SOCKETS_H

#include <stdbool.h>

#include "world.h"

#define SF_SOCKETS_MAX	256

/**
 * struct sf_socket - a socket that awaits something
 * @tcp: it is TCP's, otherwise UDP's
 * @ip6: IPv6
 * @port: where
 * @inode: its number
 * @pid: a process that has it; 0: nobody knows
 */
struct sf_socket {
	bool tcp;
	bool ip6;
	unsigned int port;
	unsigned long inode;
	int pid;
};

/**
 * struct sf_sockets - those on some ports, in this network namespace
 */
struct sf_sockets {
	struct sf_socket item[SF_SOCKETS_MAX];
	unsigned int count;
};

/**
 * sf_sockets_read() - find those on a port, beside those that are there already
 */
void sf_sockets_read(struct sf_sockets *sockets, const struct sf_world *world,
		     unsigned int port);

/**
 * sf_sockets_own() - find out whose they are
 */
void sf_sockets_own(struct sf_sockets *sockets, const struct sf_world *world);

#endif /* SIPFAST_SYS_SOCKETS_H */
