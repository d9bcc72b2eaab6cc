/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * outbound.h - flows that phones open, and that requests for them take
 *
 * We are the registrar and the edge proxy of a phone in one, so its flow is kept
 * with its binding. A phone that asks for it (reg-id) may have several flows, and
 * is reached over one of them, whatever its Contact says.
 *
 * RFC 5626, 4.2, 5 and 6.
 */
#ifndef SIPFAST_APP_OUTBOUND_H
#define SIPFAST_APP_OUTBOUND_H

#include "../util/out.h"
#include "asked.h"

/*
 * Seconds within which we want to hear a keepalive: what the RFC has where nobody
 * says anything (4.4.1, 4.4.2). It may be late, and of datagrams one may get lost:
 * after the grace the flow has failed.
 */
#define SF_FLOW_TIMER_STREAM	120
#define SF_FLOW_TIMER_UDP	29
#define SF_FLOW_GRACE		35

/**
 * sf_outbound_judge() - are the flows that it asks for to be had?
 * @asked: what a REGISTER asks for; where flows are not to be had, or were not
 *         asked for, it has no reg-id any more
 *
 * Return: 0; 439, when there is a proxy in between that knows nothing of flows;
 * 400 (more than one binding at a time).
 */
u16 sf_outbound_judge(struct sf_asked *asked, const struct sf_message *request);

/* Were they? */
bool sf_outbound_applied(const struct sf_asked *asked);

/**
 * sf_outbound_put() - header lines of the 200 of such a request
 */
void sf_outbound_put(struct sf_out *out, const struct sf_message *request);

/**
 * sf_outbound_keep() - the connection that it came by is to be kept alive by the phone
 */
void sf_outbound_keep(struct sf_net *net, const struct sf_asked *asked,
		      const struct sf_message *request);

/* Is that a flow over UDP that the phone keeps alive with us? */
bool sf_outbound_beats(const struct sf_record *record);

enum sf_reach {
	SF_REACH_FLOW,		/* where its REGISTER came from */
	SF_REACH_CONTACT,	/* where its Contact says, or its Path */
	SF_REACH_NONE,		/* its connection is gone, and it has to come back */
};

/**
 * sf_outbound_reach() - how is a phone reached now?
 *
 * A connection that is gone is opened again only to where its Contact says, and
 * only if somebody may listen there: not for TLS, where he would need a
 * certificate, and not behind a NAT.
 */
enum sf_reach sf_outbound_reach(const struct sf_record *record);

/**
 * sf_outbound_ends() - does a binding go with its connection?
 *
 * Flows do (RFC 5626, 7), and what nobody could ever open: WebSocket, and a host
 * that is none (RFC 7118, 5).
 */
bool sf_outbound_ends(const struct sf_record *record);

#endif /* SIPFAST_APP_OUTBOUND_H */
