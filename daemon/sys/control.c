// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * control.c - the control socket: who may come in
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "../util/container.h"
#include "guest.h"

#define MODE		0660
#define RESUME_MS	1000
#define GROUPS_MAX	1024	/* of a peer, that are looked at */

#ifndef SO_PEERGROUPS
#define SO_PEERGROUPS	59
#endif

static bool is_in_group(int fd, gid_t group)
{
	gid_t groups[GROUPS_MAX];
	socklen_t len = sizeof(groups);
	u32 i;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups, &len))
		return false;
	for (i = 0; i < len / sizeof(groups[0]); i++)
		if (groups[i] == group)
			return true;
	return false;
}

/* The file's mode says the same; it may have been changed. */
static bool is_permitted(int fd)
{
	struct ucred peer;
	socklen_t len = sizeof(peer);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len))
		return false;
	return !peer.uid || peer.uid == geteuid() || peer.gid == getegid() ||
	       is_in_group(fd, getegid());
}

/* Whoever is not let in is told so, if that can be done at once. */
static void turn_away(int fd, const char *error, const char *text)
{
	char line[128];
	int len = snprintf(line, sizeof(line),
			   "{\"error\": \"%s\", \"text\": \"%s\"}\n", error,
			   text);

	send(fd, line, (size_t)len, MSG_DONTWAIT | MSG_NOSIGNAL);
	close(fd);
}

static void receive(struct sf_control *control, int fd)
{
	if (!is_permitted(fd))
		turn_away(fd, "permission", "not permitted");
	else if (control->count >= SF_GUESTS_MAX)
		turn_away(fd, "busy", "too many ask at the same time");
	else
		sf_guest_new(control, fd);
}

static void resume(struct sf_timer *timer)
{
	struct sf_control *control = container_of(timer, struct sf_control,
						  resume);

	sf_loop_change(control->loop, &control->watch, EPOLLIN);
}

static void ready(struct sf_watch *watch, u32 events)
{
	struct sf_control *control = container_of(watch, struct sf_control,
						  watch);
	int fd = accept4(watch->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	(void)events;
	if (fd >= 0) {
		receive(control, fd);
	} else if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED) {
		/* He waits, and epoll would say so again and again. */
		sf_loop_change(control->loop, watch, 0);
		sf_timer_set(&control->loop->wheel, &control->resume, RESUME_MS);
	}
}

/* Does anybody answer there? */
static bool is_served(const struct sockaddr_un *addr)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool served;

	if (fd < 0)
		return true;
	served = !connect(fd, (const struct sockaddr *)addr, sizeof(*addr)) ||
		 errno != ECONNREFUSED;
	close(fd);
	return served;
}

static int bind_to(int fd, const struct sockaddr_un *addr)
{
	const struct sockaddr *sa = (const struct sockaddr *)addr;

	if (!bind(fd, sa, sizeof(*addr)))
		return 0;
	if (errno != EADDRINUSE || is_served(addr))
		return -errno;
	if (unlink(addr->sun_path) || bind(fd, sa, sizeof(*addr)))
		return -errno;
	return 0;
}

/* Nobody can connect before it listens, and then the mode is right. */
static int open_socket(const struct sockaddr_un *addr)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int err;

	if (fd < 0)
		return -errno;
	err = bind_to(fd, addr);
	if (!err && (chmod(addr->sun_path, MODE) || listen(fd, SF_GUESTS_MAX)))
		err = -errno;
	if (!err)
		return fd;
	close(fd);
	return err;
}

/*
 * Two that begin at once would both find nobody, and one would take away the
 * file of the other: they wait for each other, on the folder. Where that cannot
 * be locked they do not.
 */
static int lock_folder(const char *path)
{
	char folder[PATH_MAX];
	const char *slash = strrchr(path, '/');
	int fd;

	snprintf(folder, sizeof(folder), "%.*s",
		 slash ? (int)(slash - path) + 1 : 1, slash ? path : ".");
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0)
		flock(fd, LOCK_EX);
	return fd;
}

int sf_control_claim(const char *path)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	int lock, fd;

	if (strlen(path) >= sizeof(addr.sun_path))
		return -ENAMETOOLONG;
	strcpy(addr.sun_path, path);
	lock = lock_folder(path);
	fd = open_socket(&addr);
	if (lock >= 0)
		close(lock);
	return fd;
}

int sf_control_open(struct sf_control **control, struct sf_loop *loop,
		    const char *path, int fd, const struct sf_control_ops *ops,
		    void *owner)
{
	struct sf_control *made = calloc(1, sizeof(*made));
	int err = -ENOMEM;

	if (!made)
		return err;
	made->loop = loop;
	made->ops = ops;
	made->owner = owner;
	made->resume.fire = resume;
	made->path = strdup(path);
	made->watch = (struct sf_watch){ .fd = fd, .ready = ready };
	if (made->path)
		err = sf_loop_watch(loop, &made->watch, EPOLLIN);
	if (!err) {
		*control = made;
		return 0;
	}
	free(made->path);
	free(made);
	return err;
}

void sf_control_close(struct sf_control *control)
{
	while (control->guests)
		sf_guest_free(control->guests);
	sf_timer_stop(&control->resume);
	sf_loop_unwatch(control->loop, &control->watch);
	unlink(control->path);
	close(control->watch.fd);
	free(control->path);
	free(control);
}
