/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * proxy.h - what becomes of a request
 *
 * RFC 3261, 16.3 to 16.6; whom it serves is serve.h, where to is hops.h.
 */
#ifndef SIPFAST_APP_PROXY_H
#define SIPFAST_APP_PROXY_H

#include "worker.h"

/**
 * sf_proxy_skip() - too much comes: may this datagram of @from be forgotten, unread?
 *
 * Requests that begin something may, but calls for help. They come again.
 */
bool sf_proxy_skip(struct sf_worker *worker, const struct sf_end *from,
		   const char *buf, u32 len);

void sf_proxy_request(struct sf_worker *worker,
		      const struct sf_message *request);

/* One that cannot be read, or a response: then nothing is done. */
void sf_proxy_bad(struct sf_worker *worker, const struct sf_message *message,
		  enum sf_reason reason);

#endif /* SIPFAST_APP_PROXY_H */
