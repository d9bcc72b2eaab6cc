/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * find.h - does a text mention an address?
 *
 * An IPv4 address has one way to be written, so a value without that text does
 * not name it, and need not be parsed to find out.
 */
#ifndef SIPFAST_FIND_H
#define SIPFAST_FIND_H

#include <sipfast/span.h>

/* The most addresses looked for at once. */
#define SF_FIND_MAX 3

/**
 * struct sf_find - the addresses looked for
 * @any: one of them can be written in several ways: any text may mention it
 * @count: entries used in @dots and @v4
 * @dots: four bytes from the first dot on, as they lie in memory; 0: unused
 * @v4: IPv4 addresses as text, their length, and the place of the first dot
 */
struct sf_find {
	bool any;
	u8 count;
	u32 dots[SF_FIND_MAX];
	struct {
		char text[15];
		u8 len;
		u8 dot;
	} v4[SF_FIND_MAX];
};

static inline void sf_find_init(struct sf_find *find)
{
	u32 i;

	find->any = false;
	find->count = 0;
	for (i = 0; i < SF_FIND_MAX; i++)
		find->dots[i] = 0;
}

/**
 * sf_find_add() - look for an address, too
 *
 * At most SF_FIND_MAX of them.
 */
void sf_find_add(struct sf_find *find, const struct sf_ip *ip);

/**
 * sf_find_in() - may a text mention one of the addresses?
 *
 * Return: false when it does not for sure.
 */
bool sf_find_in(const struct sf_find *find, const char *buf, struct sf_span s);

#endif /* SIPFAST_FIND_H */
