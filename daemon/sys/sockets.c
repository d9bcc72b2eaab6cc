// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sockets.c - who listens on which port
 */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sockets.h"

#define TCP_LISTEN	0x0a

static const struct {
	const char *path;
	bool tcp;
	bool ip6;
} tables[] = {
	{ "/proc/net/udp", false, false },
	{ "/proc/net/udp6", false, true },
	{ "/proc/net/tcp", true, false },
	{ "/proc/net/tcp6", true, true },
};

static bool is_known(const struct sf_sockets *sockets, unsigned long inode)
{
	unsigned int i;

	for (i = 0; i < sockets->count; i++)
		if (sockets->item[i].inode == inode)
			return true;
	return false;
}

/* number: address:port peer:port state queues timer retries uid timeout inode */
static bool take_line(const char *line, bool tcp, unsigned int port,
		      unsigned long *inode)
{
	unsigned int at, state;

	return sscanf(line, " %*u: %*[0-9A-Fa-f]:%x %*s %x %*s %*s %*s %*u %*d %lu",
		      &at, &state, inode) == 3 &&
	       at == port && (!tcp || state == TCP_LISTEN);
}

static void read_table(struct sf_sockets *sockets, const struct sf_world *world,
		       size_t table, unsigned int port)
{
	char path[PATH_MAX], line[512];
	unsigned long inode;
	FILE *file;

	if (sf_world_path(world, tables[table].path, path, sizeof(path)))
		return;
	file = fopen(path, "re");
	while (file && fgets(line, sizeof(line), file)) {
		if (sockets->count == SF_SOCKETS_MAX)
			break;
		if (!take_line(line, tables[table].tcp, port, &inode) ||
		    is_known(sockets, inode))
			continue;
		sockets->item[sockets->count++] = (struct sf_socket){
			.tcp = tables[table].tcp,
			.ip6 = tables[table].ip6,
			.port = port,
			.inode = inode,
		};
	}
	if (file)
		fclose(file);
}

void sf_sockets_read(struct sf_sockets *sockets, const struct sf_world *world,
		     unsigned int port)
{
	size_t i;

	for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		read_table(sockets, world, i, port);
}

static void take_link(struct sf_sockets *sockets, const char *target, int pid)
{
	unsigned long inode;
	unsigned int i;

	if (sscanf(target, "socket:[%lu]", &inode) != 1)
		return;
	for (i = 0; i < sockets->count; i++)
		if (sockets->item[i].inode == inode)
			sockets->item[i].pid = pid;
}

static void look_at_process(struct sf_sockets *sockets, const char *fds,
			    int pid)
{
	char path[PATH_MAX], target[64];
	const struct dirent *entry;
	DIR *dir = opendir(fds);
	ssize_t n;

	while (dir && (entry = readdir(dir))) {
		snprintf(path, sizeof(path), "%.3000s/%s", fds, entry->d_name);
		n = readlink(path, target, sizeof(target) - 1);
		if (n <= 0)
			continue;
		target[n] = '\0';
		take_link(sockets, target, pid);
	}
	if (dir)
		closedir(dir);
}

void sf_sockets_own(struct sf_sockets *sockets, const struct sf_world *world)
{
	char proc[PATH_MAX], path[PATH_MAX];
	const struct dirent *entry;
	DIR *dir;
	int pid;

	if (!sockets->count || sf_world_path(world, "/proc", proc, sizeof(proc)))
		return;
	dir = opendir(proc);
	while (dir && (entry = readdir(dir))) {
		pid = atoi(entry->d_name);
		if (pid <= 0)
			continue;
		snprintf(path, sizeof(path), "%.3000s/%d/fd", proc, pid);
		look_at_process(sockets, path, pid);
	}
	if (dir)
		closedir(dir);
}
