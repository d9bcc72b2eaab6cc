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
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "world.h"

#define OUTPUT_MAX	(64U << 20)	/* bytes that a program may write */
#define NOT_FOUND	127		/* exit status of a child without program */

/* The child: quiet, in English, and not where the caller's PATH leads. */
static void child(const char *const *argv, int in, int out, int errors)
{
	if (in < 0 || errors < 0 || dup2(in, STDIN_FILENO) < 0 ||
	    dup2(out, STDOUT_FILENO) < 0 || dup2(errors, STDERR_FILENO) < 0 ||
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

/* @in: -1 for nothing, and then what it complains of is nobody's. */
static int start(const char *const *argv, int in, char **out)
{
	int fd[2], err, status, null;
	pid_t pid;

	*out = NULL;
	if (pipe2(fd, O_CLOEXEC))
		return -errno;
	pid = fork();
	if (!pid) {
		null = open("/dev/null", O_RDWR | O_CLOEXEC);
		child(argv, in < 0 ? null : in, fd[1], in < 0 ? null : fd[1]);
	}
	err = pid < 0 ? -errno : 0;
	close(fd[1]);
	if (!err)
		err = read_all(fd[0], out);
	close(fd[0]);
	status = pid > 0 ? wait_for(pid) : 0;
	return err ? err : status;
}

static int run(const char *const *argv, char **out)
{
	char *text;
	int err = start(argv, -1, &text);

	if (err)
		free(text);
	else
		*out = text;
	return err;
}

/* In a file of memory: a pipe could be full while the program waits for us. */
int sf_world_feed(const char *const *argv, const char *in, char **out)
{
	int fd = memfd_create("sipfast", MFD_CLOEXEC), err;
	size_t len = strlen(in), done = 0;
	ssize_t n;

	*out = NULL;
	if (fd < 0)
		return -errno;
	for (; done < len; done += (size_t)n) {
		n = write(fd, in + done, len - done);
		if (n < 0) {
			err = -errno;
			close(fd);
			return err;
		}
	}
	lseek(fd, 0, SEEK_SET);
	err = start(argv, fd, out);
	close(fd);
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
