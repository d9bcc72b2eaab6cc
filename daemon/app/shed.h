/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * shed.h - requests that were not taken on, and come again
 *
 * What was passed over unread is sent again for as long as a transaction lasts
 * (RFC 3261, 17.1.1.2: 64 * T1). When too much no longer comes, all of that still
 * does, and would take the place of those who ask for the first time: overload
 * would last for another half a minute. So it is known here, and never taken on
 * late; it is told so when there is time.
 */
#ifndef SIPFAST_APP_SHED_H
#define SIPFAST_APP_SHED_H

#include <sipfast/deps.h>

/**
 * struct sf_shed - those of the last 32 s, of one worker; 128 k at most, of which
 *	the oldest go first
 */
struct sf_shed;

/* NULL when there is no memory: then nobody is known. */
struct sf_shed *sf_shed_new(void);

/* NULL is fine. */
void sf_shed_free(struct sf_shed *shed);

/**
 * sf_shed_knows() - was this request passed over before?
 * @shed: NULL is fine: no
 * @now: on the loop's clock
 * @buf: its bytes: they are the same each time, and its branch is one of its own
 */
bool sf_shed_knows(const struct sf_shed *shed, u64 now, const char *buf,
		   u32 len);

/* It is passed over now. */
void sf_shed_add(struct sf_shed *shed, u64 now, const char *buf, u32 len);

#endif /* SIPFAST_APP_SHED_H */
