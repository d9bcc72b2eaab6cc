/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hosts.h - names that the administrator gave addresses to: /etc/hosts, hosts(5)
 */
#ifndef SIPFAST_SIP_HOSTS_H
#define SIPFAST_SIP_HOSTS_H

#include <time.h>

#include "dns_answer.h"

#define SF_HOSTS_FILE	"/etc/hosts"

/**
 * struct sf_hosts - the file, as it was when it was last looked at
 * @file: its name; NULL: there is none
 * @text: what is in it, @len bytes
 * @changed: when it was changed
 * @looked: when that was last asked, on the loop's clock; 0: never
 * @answer: the last answer about addresses, for IPv4 and IPv6
 *
 * All zero but for @file: nothing was read yet.
 */
struct sf_hosts {
	const char *file;
	char *text;
	u32 len;
	struct timespec changed;
	u64 looked;
	struct sf_dns_answer answer[2];
};

/**
 * sf_hosts_get() - what the file says of a name
 * @now: on the loop's clock, in ms; once in a second it is asked whether the
 *       file has changed
 * @name: as in dns_name.h; of _sip._udp.NAME, NAME is what is looked for
 *
 * A name that is in the file has these addresses and nothing else: neither
 * servers nor services are asked for.
 *
 * Return: an answer, valid until the next one of the same type; NULL when the
 * name is not there.
 */
const struct sf_dns_answer *sf_hosts_get(struct sf_hosts *hosts, u64 now,
					 const char *name, enum sf_dns_type type);

void sf_hosts_free(struct sf_hosts *hosts);

#endif /* SIPFAST_SIP_HOSTS_H */
