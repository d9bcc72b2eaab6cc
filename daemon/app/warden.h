/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * warden.h - who sources are, and what is done to those that the guard judges
 *
 * guard.h counts; here is what it asks (who is that?) and whom it tells: the log,
 * the news, and the table of bans.
 */
#ifndef SIPFAST_APP_WARDEN_H
#define SIPFAST_APP_WARDEN_H

#include "conf.h"
#include "guard.h"
#include "news.h"
#include "resident.h"

/**
 * struct sf_warden_ops - who keeps sources away; called from any thread, and does
 *	not wait
 * @ban: for as long as it sees fit
 * @limit: for so many seconds; who is registered from there, address and port, is
 *         not to be touched by that
 *
 * Both get an address, of IPv6 one of its /64, and texts: the reason, one of
 * SF_GUARD_WHYS, and what was seen, for people.
 */
struct sf_warden_ops {
	void (*ban)(void *owner, const struct sf_ip *ip, const char *reason,
		    const char *evidence);
	void (*limit)(void *owner, const struct sf_ip *ip, const char *reason,
		      const char *evidence, u32 seconds);
};

struct sf_warden;

/**
 * sf_warden_open() - begin
 * @warden: for sf_warden_close(); written only on success
 * @conf: see sf_warden_configure()
 * @room: who is told; the caller's
 * @ops: NULL: nobody can keep anybody away; called with @owner
 *
 * Return: 0 or -ENOMEM.
 */
int sf_warden_open(struct sf_warden **warden, const struct sf_conf *conf,
		   struct sf_newsroom *room, const struct sf_warden_ops *ops,
		   void *owner);

/* NULL is fine. */
void sf_warden_close(struct sf_warden *warden);

/* Its parts, for those who count and those who register phones. */
struct sf_guard *sf_warden_guard(struct sf_warden *warden);
struct sf_residents *sf_warden_residents(struct sf_warden *warden);

/**
 * sf_warden_configure() - go by another configuration from now on
 * @conf: no reference is taken: the former one may be read for a moment yet
 */
void sf_warden_configure(struct sf_warden *warden, const struct sf_conf *conf);

/* A request came in: does it say that it comes from a scanner? */
void sf_warden_request(struct sf_warden *warden,
		       const struct sf_message *request);

/* Nobody can read that. */
void sf_warden_malformed(struct sf_warden *warden, const struct sf_flow *flow);

#endif /* SIPFAST_APP_WARDEN_H */
