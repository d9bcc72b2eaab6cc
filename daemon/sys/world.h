/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * world.h - files of /proc and /sys, and programs of the system
 *
 * What the machine says of itself without netlink. Tests put a directory and
 * a function in its place.
 */
#ifndef SIPFAST_SYS_WORLD_H
#define SIPFAST_SYS_WORLD_H

#include <stddef.h>

/**
 * struct sf_world - where to look
 * @root: goes before every path; "" for the machine itself
 * @run: runs a program with these arguments, the first its name, the last
 *	 NULL; *@out, for free() and NUL-terminated, is what it wrote, and is
 *	 set only on success. Return: 0; -ENOENT when there is no such program;
 *	 -EIO when it failed; another negative error
 */
struct sf_world {
	const char *root;
	int (*run)(const char *const *argv, char **out);
};

extern const struct sf_world sf_world_here;

/**
 * sf_world_feed() - run a program of this machine, and give it its input
 * @argv: as of @run
 * @in: all of it
 * @out: what it wrote and what it complained of, for free(), whenever it ran at
 *	 all; otherwise NULL
 *
 * Return: as of @run.
 */
int sf_world_feed(const char *const *argv, const char *in, char **out);

/**
 * sf_world_text() - the first line of a file
 * @buf: takes the line without its end; "" when there is none
 *
 * Return: 0, or a negative error, with "" in @buf.
 */
int sf_world_text(const struct sf_world *world, const char *path, char *buf,
		  size_t size);

/**
 * sf_world_number() - the number that a file begins with
 *
 * Return: the number; -1 when there is no such file, or no number in it.
 */
long sf_world_number(const struct sf_world *world, const char *path);

/**
 * sf_world_path() - a path below @world->root
 *
 * Return: -ENAMETOOLONG when it does not fit in @size bytes, else 0.
 */
int sf_world_path(const struct sf_world *world, const char *path, char *buf,
		  size_t size);

#endif /* SIPFAST_SYS_WORLD_H */
