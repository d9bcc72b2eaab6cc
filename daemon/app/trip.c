// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * trip.c - a letter that goes to a worker and comes back
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "trip.h"

#include <stdlib.h>

#include "../sip/client.h"
#include "../sip/server.h"
#include "../util/container.h"

static void add_conn(void *arg, const struct sf_conn_view *conn)
{
	struct sf_trip *trip = arg;

	if (trip->count < SF_TRIP_ROOM)
		trip->conn[trip->count++] = *conn;
}

static void count_conn(void *arg, const struct sf_conn_view *conn)
{
	struct sf_worker_counters *counters = arg;

	(void)conn;
	counters->conns++;
}

/* The beginning of the Call-ID of a message that is kept. */
static void put_call_id(struct sf_deal_view *deal, const struct sf_blob *blob)
{
	static _Thread_local struct sf_msg msg;
	const struct sf_hdr *hdr;

	if (!blob || sf_msg_parse(&msg, blob->bytes, blob->len))
		return;
	hdr = sf_msg_hdr(&msg, SF_HDR_CALL_ID);
	if (!hdr)
		return;
	deal->call_len = (u8)(hdr->value.len < SF_DEAL_TEXT ? hdr->value.len :
							      SF_DEAL_TEXT);
	memcpy(deal->call_id, blob->bytes + hdr->value.off, deal->call_len);
}

static struct sf_deal_view *add_deal(struct sf_trip *trip, u8 method, u8 state,
				     u64 born, const struct sf_flow *flow)
{
	struct sf_deal_view *deal;

	if (trip->count == SF_TRIP_ROOM)
		return NULL;
	deal = &trip->deal[trip->count++];
	*deal = (struct sf_deal_view){
		.server = !trip->clients,
		.method = method,
		.state = state,
		.worker = (u8)trip->worker,
		.transport = flow->transport,
		.age_ms = trip->now - born,
		.peer = flow->remote,
	};
	return deal;
}

static void add_server(void *arg, struct sf_entry *entry)
{
	const struct sf_server *server = container_of(entry, struct sf_server,
						      entry);
	struct sf_deal_view *deal = add_deal(arg, server->method, server->state,
					     server->born, &server->flow);

	if (deal)
		put_call_id(deal, server->request ? server->request :
						    server->reply);
}

static void add_client(void *arg, struct sf_entry *entry)
{
	const struct sf_client *client = container_of(entry, struct sf_client,
						      entry);
	struct sf_deal_view *deal = add_deal(arg, client->method, client->state,
					     client->born, &client->flow);

	if (deal)
		put_call_id(deal, client->request);
}

/* First those of the one kind, then the others. */
static void look_at_deals(struct sf_trip *trip, const struct sf_sip *sip)
{
	trip->now = sip->wheel->now;
	if (trip->clients) {
		trip->more = sf_table_walk(&sip->clients, &trip->at,
					   SF_TRIP_PIECE, add_client, trip);
		return;
	}
	if (!sf_table_walk(&sip->servers, &trip->at, SF_TRIP_PIECE, add_server,
			   trip)) {
		trip->clients = true;
		trip->at = 0;
	}
	trip->more = true;
}

static void look_at_counters(struct sf_trip *trip, struct sf_worker *worker)
{
	struct sf_worker_counters *counters = &trip->counters;
	u32 i;

	memset(counters, 0, sizeof(*counters));
	for (i = 0; i < SF_NET_COUNTER_COUNT; i++)
		counters->net[i] = sf_net_counter(worker->net, i);
	memcpy(counters->sip, worker->sip.counters, sizeof(counters->sip));
	memcpy(counters->app, worker->counters, sizeof(counters->app));
	for (i = 0; i < SF_RESOLVE_COUNTER_COUNT; i++)
		counters->dns[i] = sf_resolve_counter(worker->resolver, i);
	counters->deals = sf_sip_busy(&worker->sip);
	sf_net_each(worker->net, count_conn, counters);
}

/* In the worker's thread. One that ends has nothing to look at any more. */
static void look(struct sf_letter *letter, void *owner)
{
	struct sf_trip *trip = container_of(letter, struct sf_trip, letter);
	struct sf_worker *worker = owner;

	trip->count = 0;
	trip->next = 0;
	trip->more = false;
	if (worker->loop.stop) {
		free(trip);
		return;
	}
	if (trip->kind == SF_TRIP_CONNS)
		trip->more = sf_net_some(worker->net, &trip->at, SF_TRIP_PIECE,
					 add_conn, trip);
	else if (trip->kind == SF_TRIP_DEALS)
		look_at_deals(trip, &worker->sip);
	else
		look_at_counters(trip, worker);
	letter->open = trip->back;
	if (!sf_mailbox_put(trip->home, letter))
		free(trip);
}

bool sf_trip_send(struct sf_trip *trip, struct sf_daemon *daemon)
{
	trip->letter = (struct sf_letter){ .open = look };
	return trip->worker < daemon->started &&
	       sf_mailbox_put(&daemon->worker[trip->worker].mailbox,
			      &trip->letter);
}
