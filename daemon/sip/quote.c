// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * quote.c - what ICMP shows of a datagram that did not arrive, and what we make of it
 *
 * Anybody can make such an error up, with any sender. So it is believed
 *
 *  - if it shows the branch of a request that nobody has answered yet, and where that
 *    went: who is not on the way there cannot know it (sf_client_branch());
 *  - if it is too short to show one, of requests to that address and port which have
 *    been sent again, as nobody answered them at first: whoever is there has done so
 *    by then, and errors that are made up come too late.
 *
 * That ends the transaction, nothing else. A binding stays whatever ICMP says of its
 * address: one error, true or not, must not keep a phone from being called that is
 * starting just then, or has lost its route for a moment. Who is called again is
 * asked again, and what that comes to is known as fast.
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "quote.h"

#include "../util/container.h"
#include "client.h"

#define PIECE		256
/* Requests that one error may end. */
#define FOUND_MAX	32

/* Ours is in the first line behind the request line (forward.c, request.c). */
bool sf_quote_branch(const char *quote, u32 len, struct sf_branch *branch)
{
	static const char name[] = ";branch=";
	const char *end = quote + len, *at;

	at = len ? memchr(quote, '\n', len) : NULL;
	at = at ? memmem(at, (size_t)(end - at), name, sizeof(name) - 1) : NULL;
	if (!at)
		return false;
	at += sizeof(name) - 1;
	return end - at >= SF_BRANCH_LEN &&
	       sf_branch_parse(at, sf_span(0, SF_BRANCH_LEN), branch);
}

static bool went_to(const struct sf_client *client, const struct sf_flow *flow)
{
	return client->flow.transport == SF_TRANSPORT_UDP &&
	       sf_end_eq(&client->flow.remote, &flow->remote);
}

/* The very request; CANCEL has the branch of its INVITE. */
static void end_one(struct sf_sip *sip, const struct sf_flow *flow,
		    const struct sf_branch *branch, bool cancel)
{
	struct sf_client *client = sf_client_named(sip, branch->id, cancel);

	if (client && went_to(client, flow))
		sf_client_returned(client);
}

/**
 * struct search - requests to an address and port
 * @flow: where to
 * @id: their branches
 * @cancel: those are CANCEL
 * @count: how many
 */
struct search {
	const struct sf_flow *flow;
	u64 id[FOUND_MAX];
	bool cancel[FOUND_MAX];
	u32 count;
};

static void look(void *arg, struct sf_entry *entry)
{
	const struct sf_client *client = container_of(entry, struct sf_client,
						      entry);
	struct search *search = arg;

	if (search->count == FOUND_MAX || !client->resent ||
	    !went_to(client, search->flow))
		return;
	search->cancel[search->count] = client->method == SF_METHOD_CANCEL;
	search->id[search->count++] = client->id;
}

/* The end of one may be that of others: each is looked for again. */
static void end_all(struct sf_sip *sip, const struct sf_flow *flow)
{
	struct search search = { .flow = flow };
	u32 at = 0, i;

	while (sf_table_walk(&sip->clients, &at, PIECE, look, &search))
		;
	for (i = 0; i < search.count; i++) {
		const struct sf_branch branch = { .id = search.id[i] };

		end_one(sip, flow, &branch, search.cancel[i]);
	}
}

void sf_sip_returned(struct sf_sip *sip, const struct sf_flow *flow,
		     const char *quote, u32 len)
{
	struct sf_branch branch;

	if (sf_quote_branch(quote, len, &branch))
		end_one(sip, flow, &branch, len > 7 && !memcmp(quote, "CANCEL ", 7));
	else
		end_all(sip, flow);
}
