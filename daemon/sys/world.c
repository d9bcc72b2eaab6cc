// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * world.c - files of /proc and /sys, and programs of the system
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "world.h"

#define OUTPUT_MAX	(64U << 20)	/* bytes that a program may write */
#define NOT_FOUND	127		/* exit status of a child without program */

/* The child: quiet, in English, and not where the caller's PATH leads. */
static void child(const char *const *argv, int fd)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (null < 0 || dup2(null, STDIN_FILENO) < 0 ||
	    dup2(fd, STDOUT_FILENO) < 0 || dup2(null, STDERR_FILENO) < 0 ||
	    clearenv() || setenv("LC_ALL", "C", 1) ||
	    setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", 1))
		_exit(NOT_FOUND - 1);
	execvp(argv[0], (char *const *)argv);
	_exit(errno == ENOENT ? NOT_FOUND : NOT_FOUND - 1);
}

/* All that comes from @fd; what is too much ends the program by SIGPIPE. */
static int read_all(int fd, char **out)
{
	size_t len = 0, room = 0;
	char *buf = NULL, *more;
	ssize_t n;

	do {
		if (room - len < 2) {
			room = room ? 2 * room : 65536;
			more = room > OUTPUT_MAX ? NULL : realloc(buf, room);
			if (!more) {
				free(buf);
				return -ENOMEM;
			}
			buf = more;
		}
		do {
			n = read(fd, buf + len, room - len - 1);
		} while (n < 0 && errno == EINTR);
		if (n < 0) {
			free(buf);
			return -EIO;
		}
		len += n;
	} while (n);
	buf[len] = '\0';
	*out = buf;
	return 0;
}

static int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_FOUND)
		return -ENOENT;
	return WIFEXITED(status) && !WEXITSTATUS(status) ? 0 : -EIO;
}

static int run(const char *const *argv, char **out)
{
	char *text = NULL;
	int fd[2], err, status;
	pid_t pid;

	if (pipe2(fd, O_CLOEXEC))
		return -errno;
	pid = fork();
	if (!pid)
		child(argv, fd[1]);
	err = pid < 0 ? -errno : 0;
	close(fd[1]);
	if (!err)
		err = read_all(fd[0], &text);
	close(fd[0]);
	status = pid > 0 ? wait_for(pid) : 0;
	if (!err)
		err = status;
	if (err)
		free(text);
	else
		*out = text;
	return err;
}

const struct sf_world sf_world_here = { .root = "", .run = run };

int sf_world_path(const struct sf_world *world, const char *path, char *buf,
		  size_t size)
{
	int n = snprintf(buf, size, "%s%s", world->root, path);

	return n < 0 || (size_t)n >= size ? -ENAMETOOLONG : 0;
}

int sf_world_text(const struct sf_world *world, const char *path, char *buf,
		  size_t size)
{
	char name[PATH_MAX];
	FILE *file;
	int err;

	*buf = '\0';
	err = sf_world_path(world, path, name, sizeof(name));
	if (err)
		return err;
	file = fopen(name, "re");
	if (!file)
		return -errno;
	if (!fgets(buf, size, file))
		*buf = '\0';
	buf[strcspn(buf, "\n")] = '\0';
	fclose(file);
	return 0;
}

long sf_world_number(const struct sf_world *world, const char *path)
{
	char line[64], *end;
	long number;

	if (sf_world_text(world, path, line, sizeof(line)))
		return -1;
	number = strtol(line, &end, 10);
	return end == line || number < 0 ? -1 : number;
}
