// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * update.c - what a REGISTER does
 *
 * Its changes are made while the user's shard is locked: no other worker sees
 * half of them, and the store gets them in the order in which they were made.
 */
#include <stdlib.h>

#include "../sip/reply.h"
#include "../util/clock.h"
#include "asked.h"
#include "listing.h"
#include "outbound.h"
#include "turn.h"

/* The longest response. */
#define REPLY_MAX	65000

/* Seconds after which a phone that got 503 may come again: so many, and up to
 * twice as many, so that they do not all come at once.
 */
#define RETRY_AFTER	5

/**
 * struct plan - what is done with each wish
 * @old: the binding that it is about; NULL for a new one
 * @spare: memory for it
 */
struct plan {
	struct sf_binding *old[SF_CONTACTS_MAX];
	struct sf_binding *spare[SF_CONTACTS_MAX];
};

/**
 * struct answer - a response that waits for the store
 * @receipt: head
 * @net: the worker's
 * @flow: where it goes
 * @len: bytes of @bytes
 * @bytes: the response
 */
struct answer {
	struct sf_receipt receipt;
	struct sf_net *net;
	struct sf_flow flow;
	u32 len;
	char bytes[];
};

static void come_again(struct sf_turn *turn)
{
	sf_put_lit(&turn->out, "Retry-After: ");
	sf_put_u32(&turn->out,
		   RETRY_AFTER + (u32)(turn->tag % (RETRY_AFTER + 1)));
	sf_put_lit(&turn->out, "\r\n");
	sf_turn_refuse(turn, SF_REGISTRAR_STORE_BUSY, 503, NULL);
}

static void refuse_asked(struct sf_turn *turn, u16 status)
{
	switch (status) {
	case 403:
		sf_turn_refuse(turn, SF_REGISTRAR_TOO_MANY, 403, "Too Many Contacts");
		break;
	case 420:
		sf_put_lit(&turn->out, "Unsupported: path\r\n");
		sf_turn_refuse(turn, SF_REGISTRAR_LACKING, 420, NULL);
		break;
	case 423:
		sf_put_lit(&turn->out, "Min-Expires: ");
		sf_put_u32(&turn->out, turn->domain->min_expires);
		sf_put_lit(&turn->out, "\r\n");
		sf_turn_refuse(turn, SF_REGISTRAR_TOO_BRIEF, 423, NULL);
		break;
	case 439:
		sf_turn_refuse(turn, SF_REGISTRAR_NO_FLOW, 439, NULL);
		break;
	default:
		sf_turn_refuse(turn, SF_REGISTRAR_MALFORMED, status, NULL);
		break;
	}
}

/* Lines of a 200; the user's shard is locked. */
static void list(struct sf_turn *turn, const struct sf_place *place,
		 const struct sf_asked *asked)
{
	sf_list_contacts(&turn->out, place);
	if (asked->path.len) {
		sf_put_lit(&turn->out, "Path: ");
		sf_put(&turn->out, asked->path.s, asked->path.len);
		sf_put_lit(&turn->out, "\r\n");
	}
	if (turn->domain->service_route) {
		sf_put_lit(&turn->out, "Service-Route: ");
		sf_put_str(&turn->out, turn->domain->service_route);
		sf_put_lit(&turn->out, "\r\n");
	}
	sf_put_lit(&turn->out, "Supported: outbound, path\r\n");
	if (sf_outbound_applied(asked)) {
		sf_outbound_put(&turn->out, turn->request);
		sf_outbound_keep(turn->net, asked, turn->request);
	}
	if (turn->domain->date)
		sf_list_date(&turn->out, sf_clock_wall());
}

static bool is_taken(const struct plan *plan, u32 count,
		     const struct sf_binding *binding)
{
	while (count--)
		if (plan->old[count] == binding)
			return true;
	return false;
}

/*
 * A flow is found by its instance and number, anything else by its contact. Who
 * only says which contact is to go means its flow, too.
 */
static bool is_about(const struct sf_record *record, const struct sf_wish *wish)
{
	const struct sf_fresh *fresh = &wish->fresh;

	if (fresh->reg_id)
		return sf_record_is_flow(record, fresh->instance,
					 fresh->reg_id);
	return (!record->reg_id || !wish->expires) &&
	       sf_record_is(record, fresh->contact);
}

/*
 * The binding that a wish is about. Two wishes that differ may both be equal to
 * one binding, as equality is not transitive: the first one has it.
 */
static struct sf_binding *find(const struct sf_place *place,
			       const struct sf_wish *wish,
			       const struct plan *plan, u32 count)
{
	struct sf_binding *binding = sf_location_first(place);

	for (; binding; binding = sf_location_next(binding))
		if (is_about(sf_binding_record(binding), wish) &&
		    !is_taken(plan, count, binding))
			break;
	return binding;
}

enum order { NEWER, SAME, OLDER };

/* 10.3, step 7: of one Call-ID a greater CSeq is newer. */
static enum order order_of(const struct sf_turn *turn,
			   const struct sf_binding *binding)
{
	const struct sf_record *record = sf_binding_record(binding);
	const struct sf_message *request = turn->request;
	u32 cseq = request->cseq.number;

	if (!sf_text_eq(sf_record_call_id(record),
			sf_text(request->buf, request->call_id)) ||
	    cseq > record->cseq)
		return NEWER;
	return cseq == record->cseq ? SAME : OLDER;
}

/* Of all that the request is about; SAME: it has been here before. */
static enum order order(const struct sf_turn *turn, const struct sf_place *place,
			const struct sf_asked *asked, struct plan *plan)
{
	enum order worst = NEWER, got;
	struct sf_binding *binding;
	u32 i;

	for (i = 0; i < asked->count; i++) {
		plan->spare[i] = NULL;
		plan->old[i] = find(place, &asked->wish[i], plan, i);
		got = plan->old[i] ? order_of(turn, plan->old[i]) : NEWER;
		if (got > worst)
			worst = got;
	}
	for (binding = asked->star ? sf_location_first(place) : NULL; binding;
	     binding = sf_location_next(binding))
		if (order_of(turn, binding) != NEWER)
			worst = OLDER;
	return worst;
}

static bool is_too_many(const struct sf_turn *turn, const struct sf_place *place,
			const struct sf_asked *asked, const struct plan *plan)
{
	struct sf_binding *binding = sf_location_first(place);
	u32 i, have = 0, added = 0, gone = 0;

	for (; binding; binding = sf_location_next(binding))
		have++;
	for (i = 0; i < asked->count; i++) {
		added += !plan->old[i] && asked->wish[i].expires;
		gone += plan->old[i] && !asked->wish[i].expires;
	}
	have += added - gone;
	return added && (have > turn->domain->contacts ||
			 have > SF_CONTACTS_MAX);
}

static void forgo(const struct sf_asked *asked, struct plan *plan)
{
	u32 i;

	for (i = 0; i < asked->count; i++)
		sf_location_forgo(plan->spare[i]);
}

static bool prepare(struct sf_place *place, const struct sf_asked *asked,
		    struct plan *plan)
{
	u32 i;

	for (i = 0; i < asked->count; i++)
		if (asked->wish[i].expires &&
		    !sf_location_prepare(place, plan->old[i],
					 &asked->wish[i].fresh,
					 &plan->spare[i])) {
			forgo(asked, plan);
			return false;
		}
	return true;
}

static u32 room_of(const struct sf_binding *binding)
{
	return sf_change_room_delete(sf_binding_record(binding));
}

/* What the store has to be told; NULL when memory is short. */
static struct sf_change *change_new(const struct sf_turn *turn,
				    const struct sf_place *place,
				    const struct sf_asked *asked,
				    const struct plan *plan)
{
	struct sf_text aor = { turn->aor.text, turn->aor.len };
	struct sf_binding *binding;
	u32 i, room = 0;

	for (i = 0; i < asked->count; i++) {
		if (asked->wish[i].expires)
			room += sf_change_room_put(&asked->wish[i].fresh);
		if (plan->old[i])
			room += room_of(plan->old[i]);
	}
	for (binding = asked->star ? sf_location_first(place) : NULL; binding;
	     binding = sf_location_next(binding))
		room += room_of(binding);
	return sf_change_new(aor, room);
}

static void forget(struct sf_turn *turn, struct sf_place *place,
		   struct sf_binding *binding, struct sf_change *change)
{
	if (change)
		sf_change_delete(change, sf_binding_record(binding));
	sf_location_remove(place, binding);
	sf_turn_count(turn, SF_REGISTRAR_UNREGISTERED);
}

static void apply_wish(struct sf_turn *turn, struct sf_place *place,
		       const struct sf_wish *wish, struct sf_binding *old,
		       struct sf_binding *spare, struct sf_change *change)
{
	if (!wish->expires) {
		if (old)
			forget(turn, place, old, change);
		return;
	}
	/* the same contact in another spelling is another row */
	if (change && old &&
	    !sf_record_is_same(sf_binding_record(old), &wish->fresh))
		sf_change_delete(change, sf_binding_record(old));
	old = sf_location_put(place, old, spare, &wish->fresh, wish->expires);
	if (change)
		sf_change_put(change, sf_binding_record(old));
	sf_turn_count(turn, SF_REGISTRAR_REGISTERED);
}

static void apply(struct sf_turn *turn, struct sf_place *place,
		  const struct sf_asked *asked, struct plan *plan,
		  struct sf_change *change)
{
	struct sf_binding *binding, *next;
	u32 i;

	for (i = 0; i < asked->count; i++)
		apply_wish(turn, place, &asked->wish[i], plan->old[i],
			   plan->spare[i], change);
	for (binding = asked->star ? sf_location_first(place) : NULL; binding;
	     binding = next) {
		next = sf_location_next(binding);
		forget(turn, place, binding, change);
	}
}

static void deliver(struct sf_letter *letter, void *owner)
{
	struct answer *answer = (struct answer *)letter;

	(void)owner;
	if (!answer->receipt.failed)
		sf_net_send(answer->net, &answer->flow, answer->bytes,
			    answer->len);
	sf_net_answered(answer->net, &answer->flow);
	free(answer);
}

/* The response, for later; without memory the phone has to ask again. */
static struct sf_receipt *answer_new(struct sf_turn *turn)
{
	struct sf_reply reply = sf_turn_reply(turn, 200);
	char bytes[REPLY_MAX];
	struct sf_out out = sf_out(bytes, REPLY_MAX);
	struct answer *answer;

	sf_reply_build(&out, turn->request, &reply);
	answer = out.full ? NULL : malloc(sizeof(*answer) + out.len);
	if (!answer)
		return NULL;
	*answer = (struct answer){
		.receipt.letter = { .open = deliver,
				    .size = (u32)sizeof(*answer) + out.len },
		.receipt.box = turn->mailbox,
		.net = turn->net,
		.len = out.len,
	};
	sf_reply_flow(turn->request, &answer->flow);
	sf_net_await(answer->net, &answer->flow);
	memcpy(answer->bytes, bytes, out.len);
	return &answer->receipt;
}

/* Make the changes; true when the response waits for the store. */
static bool commit(struct sf_turn *turn, struct sf_place *place,
		   const struct sf_asked *asked, struct plan *plan,
		   struct sf_change *change, bool repeated)
{
	if (!repeated)
		apply(turn, place, asked, plan, change);
	list(turn, place, asked);
	if (!change)
		return false;
	sf_store_put(turn->parts->store, change, answer_new(turn));
	return true;
}

/* The user's shard is locked. Return: a status code; 0: it comes later. */
static u16 update(struct sf_turn *turn, struct sf_place *place,
		  const struct sf_asked *asked)
{
	struct sf_store *store = turn->parts->store;
	struct sf_change *change = NULL;
	enum order order_is;
	struct plan plan;

	order_is = order(turn, place, asked, &plan);
	if (order_is == OLDER)
		return 500;
	if (order_is == NEWER && is_too_many(turn, place, asked, &plan))
		return 403;
	if (!sf_store_ready(store))
		return 503;
	if (order_is == NEWER && !prepare(place, asked, &plan))
		return 507;
	if (sf_store_durable(store)) {
		change = change_new(turn, place, asked, &plan);
		if (!change) {
			forgo(asked, &plan);
			return 507;
		}
	}
	if (order_is == SAME)
		sf_turn_count(turn, SF_REGISTRAR_REPEATED);
	return commit(turn, place, asked, &plan, change, order_is == SAME) ?
		0 : 200;
}

static void conclude(struct sf_turn *turn, u16 status)
{
	struct sf_reply reply;

	switch (status) {
	case 0:
		break;
	case 403:
		sf_turn_refuse(turn, SF_REGISTRAR_TOO_MANY, 403, "Too Many Contacts");
		break;
	case 500:
		sf_turn_refuse(turn, SF_REGISTRAR_OUT_OF_ORDER, 500, "Out Of Order");
		break;
	case 503:
		come_again(turn);
		break;
	case 507:
		sf_turn_refuse(turn, SF_REGISTRAR_NO_MEMORY, 500, NULL);
		break;
	default:
		reply = sf_turn_reply(turn, status);
		sf_reply_send(turn->net, turn->request, &reply);
		break;
	}
}

void sf_turn_update(struct sf_turn *turn)
{
	struct sf_text aor = { turn->aor.text, turn->aor.len };
	struct sf_asked asked;
	struct sf_place place;
	u16 status;

	status = sf_asked_read(&asked, turn->request, turn->domain,
			       sf_clock_wall());
	if (status) {
		refuse_asked(turn, status);
		return;
	}
	sf_location_lock(turn->parts->location, &place, aor);
	if (asked.count || asked.star) {
		status = update(turn, &place, &asked);
	} else {
		sf_turn_count(turn, SF_REGISTRAR_FETCHED);
		list(turn, &place, &asked);
		status = 200;
	}
	sf_location_unlock(&place);
	conclude(turn, status);
}
