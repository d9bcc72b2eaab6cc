/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * agree.h - what two parties agree on, for the kernel to open
 *
 * Offers and answers (RFC 3264) in the messages that pass: in INVITE and its
 * responses, reliable or not (RFC 3262), in PRACK, UPDATE (RFC 3311) and ACK. It
 * is about dialogs with a side that the module cannot read, over TLS or a
 * WebSocket; where both sides are in the clear its helper watches itself. Each
 * of these is called before the message goes on: whoever has the answer may
 * speak.
 */
#ifndef SIPFAST_APP_AGREE_H
#define SIPFAST_APP_AGREE_H

#include "leg.h"

/**
 * struct sf_early - a dialog that an INVITE has begun, whose media is open
 * @next: of the same fork
 * @leg: whose it is; only compared
 * @cookie: sf_media_cookie()
 * @answered: a 2xx came: what comes of it once more is nothing new
 */
struct sf_early {
	struct sf_early *next;
	const struct sf_leg *leg;
	u64 cookie;
	bool answered;
};

/**
 * sf_agree_request() - ACK and PRACK may have an answer; of others nothing is asked
 * @from: where it came from
 * @to: where it goes
 */
void sf_agree_request(struct sf_worker *worker,
		      const struct sf_message *request,
		      const struct sf_flow *from, const struct sf_flow *to);

/*
 * A response of a leg: provisional, or a final one that its fork has waited for; or
 * one more 2xx to an INVITE, whose dialog is as good as the first one's (RFC 3261,
 * 13.2.2.4).
 */
void sf_agree_response(struct sf_leg *leg, const struct sf_message *response);

/* A leg has come to nothing, be it with a response or without. */
void sf_agree_refused(struct sf_leg *leg, u16 status);

/* Nothing comes of a fork any more: what no 2xx came for is closed. */
void sf_agree_over(struct sf_fork *fork);

#endif /* SIPFAST_APP_AGREE_H */
