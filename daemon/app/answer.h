/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * answer.h - answering a challenge, as a client does (RFC 3261, 22.2, 22.3)
 */
#ifndef SIPFAST_APP_ANSWER_H
#define SIPFAST_APP_ANSWER_H

#include <sipfast/msg.h>

#include "../util/out.h"
#include "auth.h"

/**
 * struct sf_answer - what is answered, and by whom
 * @user: the account's name
 * @secret: its secret
 * @method: of the request that is sent again
 * @uri: its Request-URI
 * @nc: how often the nonce was used, this time included; 1 after a challenge
 */
struct sf_answer {
	struct sf_text user;
	struct sf_text secret;
	struct sf_text method;
	struct sf_text uri;
	u32 nc;
};

/**
 * sf_auth_answer() - write the Authorization or Proxy-Authorization of a request
 * @out: takes the line, with its CRLF
 * @response: a 401 or 407
 * @answer: who we are
 *
 * Of several challenges the one with the strongest algorithm that we know is
 * answered, with qop=auth if that is offered; a challenge with auth-int alone
 * is none (RFC 7616, 3.3).
 *
 * Return: 0; -ENOENT when there is no challenge that we can answer; -EACCES when
 * OpenSSL refuses the algorithm; -ENOSPC.
 */
int sf_auth_answer(struct sf_out *out, const struct sf_msg *response,
		   const struct sf_answer *answer);

#endif /* SIPFAST_APP_ANSWER_H */
