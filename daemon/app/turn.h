/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * turn.h - one REGISTER while it is dealt with: registrar.c judges it, update.c
 * does it
 */
#ifndef SIPFAST_APP_TURN_H
#define SIPFAST_APP_TURN_H

#include "../util/out.h"
#include "registrar.h"

/* Header lines of a response: SF_CONTACTS_MAX bindings, Path, and some more. */
#define SF_TURN_LINES	49152

/**
 * struct sf_turn - one REGISTER while it is dealt with
 * @registrar: whose it is
 * @parts: what it works with
 * @net: the worker's
 * @mailbox: the worker's
 * @request: the message
 * @domains: what is served
 * @domain: the user's
 * @aor: the user, from To
 * @tag: of the response
 * @out: further header lines of the response
 * @lines: their bytes
 */
struct sf_turn {
	struct sf_registrar *registrar;
	const struct sf_registrar_parts *parts;
	struct sf_net *net;
	struct sf_mailbox *mailbox;
	const struct sf_message *request;
	const struct sf_domains *domains;
	const struct sf_domain *domain;
	struct sf_aor aor;
	u64 tag;
	struct sf_out out;
	char lines[SF_TURN_LINES];
};

/* Count what became of it. */
void sf_turn_count(struct sf_turn *turn, enum sf_registrar_counter counter);

/* The response, with the lines that were written. */
struct sf_reply sf_turn_reply(const struct sf_turn *turn, u16 status);

/**
 * sf_turn_refuse() - count and answer
 * @phrase: the reason phrase; NULL for the usual one
 */
void sf_turn_refuse(struct sf_turn *turn, enum sf_registrar_counter counter,
		    u16 status, const char *phrase);

/**
 * sf_turn_update() - do what it asks for, and answer
 *
 * Who it is from, and for whom, has been judged.
 */
void sf_turn_update(struct sf_turn *turn);

#endif /* SIPFAST_APP_TURN_H */
