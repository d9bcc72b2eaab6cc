// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * registrar.c - REGISTER
 *
 * A request is judged as a whole, then its changes are made while the user's
 * shard is locked: no other worker sees half of them, and the store gets them
 * in the order in which they were made.
 */
#include <errno.h>
#include <stdlib.h>

#include <sipfast/check.h>
#include <sipfast/role.h>

#include "../sip/reply.h"
#include "../util/clock.h"
#include "../util/count.h"
#include "../util/hash.h"
#include "asked.h"
#include "listing.h"
#include "registrar.h"

/* Header lines of a response (SF_CONTACTS_MAX bindings), and all of it. */
#define LINES_MAX	49152
#define REPLY_MAX	65000

/* Seconds after which a phone that got 503 may come again: so many, and up to
 * twice as many, so that they do not all come at once.
 */
#define RETRY_AFTER	5

/**
 * struct sf_registrar - what workers share
 * @parts: what it works with; each has locks of its own
 * @domains: what is served; read and written as an atomic
 * @key: of tags; constant
 * @counters: what REGISTERs came to
 */
struct sf_registrar {
	struct sf_registrar_parts parts;
	const struct sf_domains *domains;
	struct sf_hash_key key;
	u64 counters[SF_REGISTRAR_COUNTER_COUNT];
};

/**
 * struct turn - one REGISTER while it is dealt with
 * @registrar: whose it is
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
struct turn {
	struct sf_registrar *registrar;
	struct sf_net *net;
	struct sf_mailbox *mailbox;
	const struct sf_message *request;
	const struct sf_domains *domains;
	const struct sf_domain *domain;
	struct sf_aor aor;
	u64 tag;
	struct sf_out out;
	char lines[LINES_MAX];
};

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

const char *sf_registrar_counter_name(enum sf_registrar_counter counter)
{
	static const char *const names[] = {
#define X(sym, name) [SF_REGISTRAR_##sym] = (name),
		SF_REGISTRAR_COUNTERS(X)
#undef X
	};

	return counter < SF_REGISTRAR_COUNTER_COUNT ? names[counter] :
						      "unknown";
}

u64 sf_registrar_counter(const struct sf_registrar *registrar,
			 enum sf_registrar_counter counter)
{
	return sf_counted(&registrar->counters[counter]);
}

int sf_registrar_open(struct sf_registrar **registrar,
		      const struct sf_registrar_parts *parts)
{
	struct sf_registrar *made = calloc(1, sizeof(*made));
	int err;

	if (!made)
		return -ENOMEM;
	made->parts = *parts;
	made->domains = parts->domains;
	err = sf_store_secret(parts->store, "tag", &made->key,
			      sizeof(made->key));
	if (err) {
		free(made);
		return err;
	}
	*registrar = made;
	return 0;
}

void sf_registrar_close(struct sf_registrar *registrar)
{
	free(registrar);
}

void sf_registrar_domains(struct sf_registrar *registrar,
			  const struct sf_domains *domains)
{
	__atomic_store_n(&registrar->domains, domains, __ATOMIC_RELEASE);
}

static void count(struct turn *turn, enum sf_registrar_counter counter)
{
	sf_count(&turn->registrar->counters[counter]);
}

/* The same for the same request, whoever asks again (8.2.7). */
static u64 tag_of(const struct sf_registrar *registrar,
		  const struct sf_message *request)
{
	struct sf_hasher hasher;
	u64 tag;

	sf_hasher_init(&hasher, &registrar->key);
	sf_hasher_add(&hasher, request->buf + request->branch.off,
		      request->branch.len);
	sf_hasher_add(&hasher, request->buf + request->from_tag.off,
		      request->from_tag.len);
	sf_hasher_add(&hasher, &request->cseq.number,
		      sizeof(request->cseq.number));
	sf_hasher_add(&hasher, request->buf + request->call_id.off,
		      request->call_id.len);
	tag = sf_hasher_end(&hasher);
	return tag ? tag : 1;
}

static struct sf_reply reply_of(const struct turn *turn, u16 status)
{
	return (struct sf_reply){
		.status = status,
		.tag = turn->tag,
		.lines = turn->lines,
		.lines_len = turn->out.len,
	};
}

static void send_reply(struct turn *turn, u16 status)
{
	struct sf_reply reply = reply_of(turn, status);

	sf_reply_send(turn->net, turn->request, &reply);
}

static void refuse(struct turn *turn, enum sf_registrar_counter counter,
		   u16 status, const char *phrase)
{
	struct sf_reply reply = reply_of(turn, status);

	count(turn, counter);
	reply.phrase = phrase;
	sf_reply_send(turn->net, turn->request, &reply);
}

static void come_again(struct turn *turn)
{
	sf_put_lit(&turn->out, "Retry-After: ");
	sf_put_u32(&turn->out,
		   RETRY_AFTER + (u32)(turn->tag % (RETRY_AFTER + 1)));
	sf_put_lit(&turn->out, "\r\n");
	refuse(turn, SF_REGISTRAR_STORE_BUSY, 503, NULL);
}

/* What the message alone decides; true when it has been dealt with. */
static bool is_ruled_out(struct turn *turn)
{
	static const char *const options[] = { "path" };
	static const struct sf_able able = { options, ARRAY_SIZE(options) };
	const struct sf_msg *msg = turn->request->msg;
	enum sf_reason reason = turn->request->packet->reason;
	struct sf_check check;
	u16 status;

	if (!reason)
		reason = sf_msg_check(msg, &check);
	status = sf_server_ruling(msg, reason, &able);
	if (status == SF_GO)
		return false;
	if (status < 100) {
		count(turn, SF_REGISTRAR_MALFORMED);
		return true;
	}
	if (status == 420)
		sf_list_unsupported(&turn->out, msg, options[0]);
	refuse(turn, status == 420 ? SF_REGISTRAR_LACKING :
				     SF_REGISTRAR_MALFORMED, status, NULL);
	return true;
}

static bool find_aor(struct turn *turn)
{
	const struct sf_message *request = turn->request;
	struct sf_uri to;

	if (sf_uri_parse(request->buf, request->to.uri, &to)) {
		refuse(turn, SF_REGISTRAR_MALFORMED, 400, NULL);
		return false;
	}
	turn->domain = sf_domain_find(turn->domains, turn->net, request->buf,
				      &to.at);
	if (!turn->domain) {
		refuse(turn, SF_REGISTRAR_FOREIGN, 403, "Not Our Domain");
		return false;
	}
	if (!sf_aor_make(&turn->aor, request->buf, to.user,
			 turn->domain->name)) {
		refuse(turn, SF_REGISTRAR_UNKNOWN, 404, NULL);
		return false;
	}
	return true;
}

static void challenge(struct turn *turn, enum sf_registrar_counter counter,
		      bool stale)
{
	sf_auth_challenge(turn->registrar->parts.auth, &turn->out, turn->domain,
			  &turn->aor, false, stale);
	refuse(turn, counter, 401, NULL);
}

/* From has to name the user as well: nobody registers for another. */
static bool is_own(struct turn *turn, const struct sf_aor *who)
{
	const struct sf_message *request = turn->request;
	const struct sf_domain *domain;
	struct sf_aor from_aor;
	struct sf_uri from;

	if (sf_aor_eq(who, &turn->aor) &&
	    !sf_uri_parse(request->buf, request->from.uri, &from)) {
		domain = sf_domain_find(turn->domains, turn->net,
					request->buf, &from.at);
		if (domain == turn->domain &&
		    sf_aor_make(&from_aor, request->buf, from.user,
				domain->name) &&
		    sf_aor_eq(who, &from_aor))
			return true;
	}
	refuse(turn, SF_REGISTRAR_OTHER_USER, 403, "Not Your Address");
	return false;
}

static bool is_allowed(struct turn *turn)
{
	struct sf_aor who;

	switch (sf_auth_check(turn->registrar->parts.auth, turn->request,
			      turn->domain, false, &who)) {
	case SF_AUTH_OK:
		return is_own(turn, &who);
	case SF_AUTH_NONE:
		challenge(turn, SF_REGISTRAR_CHALLENGED, false);
		break;
	case SF_AUTH_STALE:
		challenge(turn, SF_REGISTRAR_CHALLENGED_STALE, true);
		break;
	case SF_AUTH_BAD:
		challenge(turn, SF_REGISTRAR_REFUSED_SECRET, false);
		break;
	case SF_AUTH_MALFORMED:
		refuse(turn, SF_REGISTRAR_MALFORMED, 400, "Bad Credentials");
		break;
	}
	return false;
}

static bool is_known(struct turn *turn)
{
	struct sf_text aor = { turn->aor.text, turn->aor.len };

	if (turn->domain->anyone ||
	    sf_users_find(turn->registrar->parts.users, aor, NULL))
		return true;
	refuse(turn, SF_REGISTRAR_UNKNOWN, 404, NULL);
	return false;
}

static void refuse_asked(struct turn *turn, u16 status)
{
	switch (status) {
	case 403:
		refuse(turn, SF_REGISTRAR_TOO_MANY, 403, "Too Many Contacts");
		break;
	case 420:
		sf_put_lit(&turn->out, "Unsupported: path\r\n");
		refuse(turn, SF_REGISTRAR_LACKING, 420, NULL);
		break;
	case 423:
		sf_put_lit(&turn->out, "Min-Expires: ");
		sf_put_u32(&turn->out, turn->domain->min_expires);
		sf_put_lit(&turn->out, "\r\n");
		refuse(turn, SF_REGISTRAR_TOO_BRIEF, 423, NULL);
		break;
	default:
		refuse(turn, SF_REGISTRAR_MALFORMED, status, NULL);
		break;
	}
}

/* Lines of a 200; the user's shard is locked. */
static void list(struct turn *turn, const struct sf_place *place,
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
 * The binding that a wish is about. Two wishes that differ may both be equal to
 * one binding, as equality is not transitive: the first one has it.
 */
static struct sf_binding *find(const struct sf_place *place,
			       struct sf_text contact, const struct plan *plan,
			       u32 count)
{
	struct sf_binding *binding = sf_location_first(place);

	for (; binding; binding = sf_location_next(binding))
		if (sf_record_is(sf_binding_record(binding), contact) &&
		    !is_taken(plan, count, binding))
			break;
	return binding;
}

enum order { NEWER, SAME, OLDER };

/* 10.3, step 7: of one Call-ID a greater CSeq is newer. */
static enum order order_of(const struct turn *turn,
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
static enum order order(const struct turn *turn, const struct sf_place *place,
			const struct sf_asked *asked, struct plan *plan)
{
	enum order worst = NEWER, got;
	struct sf_binding *binding;
	u32 i;

	for (i = 0; i < asked->count; i++) {
		plan->spare[i] = NULL;
		plan->old[i] = find(place, asked->wish[i].fresh.contact, plan, i);
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

static bool is_too_many(const struct turn *turn, const struct sf_place *place,
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
static struct sf_change *change_new(const struct turn *turn,
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

static void forget(struct turn *turn, struct sf_place *place,
		   struct sf_binding *binding, struct sf_change *change)
{
	if (change)
		sf_change_delete(change, sf_binding_record(binding));
	sf_location_remove(place, binding);
	count(turn, SF_REGISTRAR_UNREGISTERED);
}

static void apply_wish(struct turn *turn, struct sf_place *place,
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
	    !sf_text_eq(sf_record_contact(sf_binding_record(old)),
			wish->fresh.contact))
		sf_change_delete(change, sf_binding_record(old));
	old = sf_location_put(place, old, spare, &wish->fresh, wish->expires);
	if (change)
		sf_change_put(change, sf_binding_record(old));
	count(turn, SF_REGISTRAR_REGISTERED);
}

static void apply(struct turn *turn, struct sf_place *place,
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
	free(answer);
}

/* The response, for later; without memory the phone has to ask again. */
static struct sf_receipt *answer_new(struct turn *turn)
{
	struct sf_reply reply = reply_of(turn, 200);
	char bytes[REPLY_MAX];
	struct sf_out out = sf_out(bytes, REPLY_MAX);
	struct answer *answer;

	sf_reply_build(&out, turn->request, &reply);
	answer = out.full ? NULL : malloc(sizeof(*answer) + out.len);
	if (!answer)
		return NULL;
	*answer = (struct answer){
		.receipt.letter.open = deliver,
		.receipt.box = turn->mailbox,
		.net = turn->net,
		.len = out.len,
	};
	sf_reply_flow(turn->request, &answer->flow);
	memcpy(answer->bytes, bytes, out.len);
	return &answer->receipt;
}

/* Make the changes; true when the response waits for the store. */
static bool commit(struct turn *turn, struct sf_place *place,
		   const struct sf_asked *asked, struct plan *plan,
		   struct sf_change *change, bool repeated)
{
	if (!repeated)
		apply(turn, place, asked, plan, change);
	list(turn, place, asked);
	if (!change)
		return false;
	sf_store_put(turn->registrar->parts.store, change, answer_new(turn));
	return true;
}

/* The user's shard is locked. Return: a status code; 0: it comes later. */
static u16 update(struct turn *turn, struct sf_place *place,
		  const struct sf_asked *asked)
{
	struct sf_store *store = turn->registrar->parts.store;
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
		count(turn, SF_REGISTRAR_REPEATED);
	return commit(turn, place, asked, &plan, change, order_is == SAME) ?
		0 : 200;
}

static void answer(struct turn *turn, u16 status)
{
	switch (status) {
	case 0:
		break;
	case 403:
		refuse(turn, SF_REGISTRAR_TOO_MANY, 403, "Too Many Contacts");
		break;
	case 500:
		refuse(turn, SF_REGISTRAR_OUT_OF_ORDER, 500, "Out Of Order");
		break;
	case 503:
		come_again(turn);
		break;
	case 507:
		refuse(turn, SF_REGISTRAR_NO_MEMORY, 500, NULL);
		break;
	default:
		send_reply(turn, status);
		break;
	}
}

static void serve(struct turn *turn)
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
	sf_location_lock(turn->registrar->parts.location, &place, aor);
	if (asked.count || asked.star) {
		status = update(turn, &place, &asked);
	} else {
		count(turn, SF_REGISTRAR_FETCHED);
		list(turn, &place, &asked);
		status = 200;
	}
	sf_location_unlock(&place);
	answer(turn, status);
}

void sf_registrar_request(struct sf_registrar *registrar, struct sf_net *net,
			  struct sf_mailbox *mailbox,
			  const struct sf_message *request)
{
	struct turn turn;

	turn.registrar = registrar;
	turn.net = net;
	turn.mailbox = mailbox;
	turn.request = request;
	turn.domains = __atomic_load_n(&registrar->domains, __ATOMIC_ACQUIRE);
	turn.tag = tag_of(registrar, request);
	turn.out = sf_out(turn.lines, LINES_MAX);
	if (is_ruled_out(&turn) || !find_aor(&turn))
		return;
	if (turn.domain->auth && !is_allowed(&turn))
		return;
	if (is_known(&turn))
		serve(&turn);
}
