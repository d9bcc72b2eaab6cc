/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hops.h - where a request goes
 *
 * RFC 3261, 16.5: to the places where a user of ours is registered, to a trunk,
 * or to another domain.
 */
#ifndef SIPFAST_APP_HOPS_H
#define SIPFAST_APP_HOPS_H

#include "fork.h"
#include "serve.h"

/**
 * sf_hops_find() - find the places for a request that begins something
 * @plan: its hops are written, or, on refusal, its lines for the response; they
 *        point to what lives until this thread calls again
 *
 * Return: 0, or the status code to refuse the request with.
 */
u16 sf_hops_find(struct sf_worker *worker, const struct sf_way *way,
		 const struct sf_caller *caller, struct sf_plan *plan);

/**
 * sf_hops_dialog() - the next hop of a request within a dialog
 */
u16 sf_hops_dialog(struct sf_worker *worker, const struct sf_way *way,
		   struct sf_plan *plan);

/**
 * sf_hops_uri() - what DNS is to be asked for a URI
 * @target: points into @text
 *
 * Return: false when it is no sip or sips URI.
 */
bool sf_hops_uri(struct sf_text text, struct sf_resolve_target *target);

/**
 * sf_hops_contact() - make a Request-URI of a Contact
 *
 * What must not be in one goes: the method and header lines (RFC 3261, 16.6, step 2
 * and 19.1.1).
 *
 * Return: how long it is then.
 */
u32 sf_hops_contact(char *contact, u32 len);

/**
 * sf_hops_warn() - a header line: there is a way, but none for sips: (RFC 5630, 5.3)
 * @domain: who says so
 */
void sf_hops_warn(struct sf_out *out, const char *domain);

/**
 * sf_hops_emergency() - is it a call for help (RFC 5031)?
 */
bool sf_hops_emergency(const struct sf_conf *conf, const struct sf_way *way);

#endif /* SIPFAST_APP_HOPS_H */
