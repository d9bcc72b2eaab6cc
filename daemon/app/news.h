/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * news.h - what happens, for those who want to hear of it
 *
 * Workers write letters to the main thread (desk.h), which passes them on. While
 * nobody listens that costs a look at a flag. A letter that finds the mailbox
 * full is counted, and the listeners are told how many there were.
 */
#ifndef SIPFAST_APP_NEWS_H
#define SIPFAST_APP_NEWS_H

#include <stdatomic.h>

#include "../sip/message.h"
#include "../util/blob.h"
#include "../util/mailbox.h"
#include "../util/text.h"
#include "location.h"

struct sf_spot;

/* X(symbol, name): what there is to tell; the names stay. */
#define SF_NEWS(X)							\
	X(BINDING_NEW, "binding-new")					\
	X(BINDING_REFRESH, "binding-refresh")				\
	X(BINDING_EXPIRED, "binding-expired")				\
	X(BINDING_REMOVED, "binding-removed")	/* by the phone */	\
	X(BINDING_UNREACHABLE, "binding-unreachable") /* its connection is gone */ \
	X(BINDING_LOST, "binding-lost")		/* with its connection */ \
	X(TRUNK_UP, "trunk-up")			/* a peer answers */	\
	X(TRUNK_DOWN, "trunk-down")					\
	X(TRUNK_REGISTERED, "trunk-registered")				\
	X(TRUNK_NOT_REGISTERED, "trunk-not-registered")			\
	X(CALL_BEGUN, "proxy-call-begun")	/* INVITE was forwarded */ \
	X(CALL_RINGING, "proxy-call-ringing")				\
	X(CALL_ANSWERED, "proxy-call-answered")				\
	X(CALL_FAILED, "proxy-call-failed")				\
	X(CALL_ENDED, "proxy-call-ended")	/* BYE was forwarded */	\
	X(REFUSED, "request-refused")					\
	X(GUARD_LIMITED, "guard-limited")	/* a source, for a while */ \
	X(GUARD_BANNED, "guard-banned")					\
	X(GUARD_SPARED, "guard-spared")		/* for who it is */

enum sf_news_kind {
#define X(sym, name) SF_NEWS_##sym,
	SF_NEWS(X)
#undef X
	SF_NEWS_COUNT
};

const char *sf_news_name(enum sf_news_kind kind);

/**
 * struct sf_newsroom - where letters go
 * @wanted: somebody listens
 * @lost: letters that were not taken, since that was last told
 * @box: the main thread's; set before other threads run, and valid as long
 * @open: what it does with them
 */
struct sf_newsroom {
	atomic_bool wanted;
	atomic_ullong lost;
	struct sf_mailbox *box;
	void (*open)(struct sf_letter *letter, void *owner);
};

#define SF_NEWS_TEXTS	6

/**
 * struct sf_news_text - a text of a letter
 * @key: what it is; constant
 * @text: it; in a letter that was sent, of the letter
 */
struct sf_news_text {
	const char *key;
	struct sf_text text;
};

/**
 * struct sf_news - a letter
 * @letter: head; for free()
 * @kind: what it is about
 * @time_ms: when it happened, in milliseconds since 1970
 * @worker: which worker tells it; -1: none in particular
 * @status: a response's; 0: none
 * @source: where from, or which peer; its family is 0 when that is not known
 * @transport: of @source
 * @count: texts
 * @text: the texts
 * @record: a binding, in @bytes; NULL: it is not about one
 * @bytes: what the others point to
 */
struct sf_news {
	struct sf_letter letter;
	u8 kind;
	u8 transport;
	u16 status;
	int worker;
	u64 time_ms;
	struct sf_end source;
	u32 count;
	struct sf_news_text text[SF_NEWS_TEXTS];
	const struct sf_record *record;
	char bytes[] __attribute__((aligned(8)));
};

static inline bool sf_news_wanted(const struct sf_newsroom *room)
{
	return atomic_load_explicit(&room->wanted, memory_order_relaxed);
}

/* These are called when that is so, from any thread. */

/* A binding has changed; takes no lock but the mailbox's. */
void sf_news_binding(struct sf_newsroom *room, enum sf_location_event event,
		     struct sf_text aor, const struct sf_record *record);

/**
 * sf_news_trunk() - something is known of a trunk that was not
 * @spot: the peer that it is about; NULL: the trunk as a whole
 */
void sf_news_trunk(struct sf_newsroom *room, enum sf_news_kind kind,
		   const char *name, const struct sf_spot *spot, u16 status);

/**
 * sf_news_call() - a call has got further
 * @invite: its INVITE, the bytes; NULL is fine: then nothing is told
 * @flow: where that came from
 */
void sf_news_call(struct sf_newsroom *room, enum sf_news_kind kind, u8 worker,
		  u16 status, const struct sf_blob *invite,
		  const struct sf_flow *flow);

/**
 * sf_news_source() - the guard has judged a source
 * @flow: where its last packet came from
 * @reason: what that was
 * @standing: who the source is
 */
void sf_news_source(struct sf_newsroom *room, enum sf_news_kind kind,
		    const struct sf_flow *flow, const char *reason,
		    const char *standing);

/**
 * sf_news_request() - a request was seen: BYE, or one that was refused
 * @reason: the name of the counter that says why; NULL: none
 */
void sf_news_request(struct sf_newsroom *room, enum sf_news_kind kind,
		     u8 worker, const struct sf_message *request, u16 status,
		     const char *reason);

#endif /* SIPFAST_APP_NEWS_H */
