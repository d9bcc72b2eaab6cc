/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * registrar.h - REGISTER
 *
 * RFC 3261, 10.3; RFC 3327 (Path), RFC 3608 (Service-Route), RFC 5626 (flows);
 * RFC 4475. Without state of its own (8.2.7): what comes again is answered again.
 */
#ifndef SIPFAST_APP_REGISTRAR_H
#define SIPFAST_APP_REGISTRAR_H

#include "challenge.h"
#include "location.h"
#include "news.h"
#include "store.h"

/* X(symbol, name): what REGISTERs came to. */
#define SF_REGISTRAR_COUNTERS(X)					\
	X(REGISTERED, "registered")		/* bindings made or refreshed */ \
	X(UNREGISTERED, "unregistered")		/* bindings removed */	\
	X(FETCHED, "fetched")			/* asked without a contact */ \
	X(REPEATED, "repeated")			/* the same CSeq again */ \
	X(CHALLENGED, "challenged")		/* 401 */		\
	X(CHALLENGED_STALE, "challenged-stale")	/* 401, nonce too old */ \
	X(REFUSED_SECRET, "refused-secret")	/* 401, wrong credentials */ \
	X(MALFORMED, "malformed")		/* 400 and their like */ \
	X(LACKING, "lacking")			/* 420 */		\
	X(FOREIGN, "foreign")			/* 403, not our domain */ \
	X(OTHER_USER, "other-user")		/* 403, not his address */ \
	X(CERTIFICATE, "refused-certificate")	/* 403, none, or another's */ \
	X(UNKNOWN, "unknown")			/* 404 */		\
	X(TOO_BRIEF, "too-brief")		/* 423 */		\
	X(TOO_MANY, "too-many")			/* 403, contacts */	\
	X(NO_FLOW, "no-flow")			/* 439, through a proxy */ \
	X(OUT_OF_ORDER, "out-of-order")		/* 500, an older CSeq */ \
	X(STORE_BUSY, "store-busy")		/* 503 */		\
	X(NO_MEMORY, "no-memory")		/* 500 */

enum sf_registrar_counter {
#define X(sym, name) SF_REGISTRAR_##sym,
	SF_REGISTRAR_COUNTERS(X)
#undef X
	SF_REGISTRAR_COUNTER_COUNT
};

/* What a REGISTER, or another request to us, may require. */
extern const struct sf_able sf_registrar_able;

const char *sf_registrar_counter_name(enum sf_registrar_counter counter);

/**
 * struct sf_registrar_parts - what a registrar works with, all the caller's
 * @domains: what is served; see sf_registrar_domains()
 * @users: who is known
 * @auth: who is who
 * @location: where they are
 * @store: where that is kept
 * @newsroom: who is told what was refused; NULL: nobody
 * @proved: a REGISTER over UDP was its sender's; called with @owner from any
 *          worker, no lock is held. Such a datagram has @len bytes, @bare of them
 *          without credentials. NULL: nobody wants to know
 */
struct sf_registrar_parts {
	const struct sf_domains *domains;
	struct sf_users *users;
	struct sf_auth *auth;
	struct sf_location *location;
	struct sf_store *store;
	struct sf_newsroom *newsroom;
	void (*proved)(void *owner, const struct sf_end *from, u32 len,
		       u32 bare);
	void *owner;
};

struct sf_registrar;

/**
 * sf_registrar_open() - make one, for all workers
 * @registrar: for sf_registrar_close(); written only on success
 *
 * Return: 0 or -ENOMEM.
 */
int sf_registrar_open(struct sf_registrar **registrar,
		      const struct sf_registrar_parts *parts);
void sf_registrar_close(struct sf_registrar *registrar);

/**
 * sf_registrar_domains() - serve other domains from now on
 *
 * The old ones stay the caller's; a request that another worker has begun may
 * still read them.
 */
void sf_registrar_domains(struct sf_registrar *registrar,
			  const struct sf_domains *domains);

/**
 * sf_registrar_request() - answer a REGISTER; from any worker
 * @net: the worker's
 * @mailbox: the worker's, for answers that wait for the store
 * @request: a REGISTER for one of our domains, as far as its Request-URI says;
 *           whether it is well-formed is judged here
 */
void sf_registrar_request(struct sf_registrar *registrar, struct sf_net *net,
			  struct sf_mailbox *mailbox,
			  const struct sf_message *request);

u64 sf_registrar_counter(const struct sf_registrar *registrar,
			 enum sf_registrar_counter counter);

#endif /* SIPFAST_APP_REGISTRAR_H */
