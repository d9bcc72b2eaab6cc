// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * stock-init.c - process 1 of the stock kernel's initramfs
 *
 * Loads the modules beside it in the order of their names, mounts the host's file
 * system, and goes on with $lab_init there. Only that needs to be static.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static int is_module(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && !strcmp(dot, ".ko");
}

static void load(const char *name)
{
	int fd = open(name, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || syscall(SYS_finit_module, fd, "", 0))
		die(name);
	close(fd);
}

int main(void)
{
	const char *next = getenv("lab_init");
	struct dirent **modules;
	int i, count;

	count = scandir("/", &modules, is_module, alphasort);
	for (i = 0; i < count; i++)
		load(modules[i]->d_name);

	mkdir("/new", 0755);
	if (!next || mount("root", "/new", "9p", MS_RDONLY, getenv("root_options")))
		die("mount");
	if (chdir("/new") || mount(".", "/", NULL, MS_MOVE, NULL) || chroot(".") || chdir("/"))
		die("root");

	execl(next, next, NULL);
	die(next);
}
