// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * notify.c - what the service manager is told
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "notify.h"

#include <stddef.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

void sf_notify(const char *state)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	size_t len = path ? strlen(path) : 0;
	int fd;

	if (len < 2 || len >= sizeof(sa.sun_path))
		return;
	memcpy(sa.sun_path, path, len);
	if (*path == '@')	/* an abstract name */
		sa.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	sendto(fd, state, strlen(state), MSG_NOSIGNAL, (void *)&sa,
	       (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len));
	close(fd);
}

u32 sf_notify_watchdog(void)
{
	const char *usec = getenv("WATCHDOG_USEC");
	unsigned long long us = usec ? strtoull(usec, NULL, 10) : 0;

	return (u32)(us / 2000);
}
