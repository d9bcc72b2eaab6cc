// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * registrar.c - REGISTER
 *
 * Here is what is judged before the user's bindings are looked at; update.c has
 * the rest.
 */
#include <errno.h>
#include <stdlib.h>

#include <sipfast/check.h>
#include <sipfast/role.h>

#include "../sip/reply.h"
#include "../util/count.h"
#include "../util/hash.h"
#include "listing.h"
#include "turn.h"

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

static const char *const options[] = { "path", "outbound" };
const struct sf_able sf_registrar_able = { options, ARRAY_SIZE(options) };

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

void sf_turn_count(struct sf_turn *turn, enum sf_registrar_counter counter)
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

struct sf_reply sf_turn_reply(const struct sf_turn *turn, u16 status)
{
	return (struct sf_reply){
		.status = status,
		.tag = turn->tag,
		.lines = turn->lines,
		.lines_len = turn->out.len,
	};
}

/* Who is only asked to prove who he is was not refused yet. */
static void tell_refused(const struct sf_turn *turn,
			 enum sf_registrar_counter counter, u16 status)
{
	const struct sf_message *request = turn->request;

	if (counter != SF_REGISTRAR_CHALLENGED &&
	    counter != SF_REGISTRAR_CHALLENGED_STALE)
		sf_news_request(turn->parts->newsroom, SF_NEWS_REFUSED,
				request->packet->flow.worker, request, status,
				sf_registrar_counter_name(counter));
}

void sf_turn_refuse(struct sf_turn *turn, enum sf_registrar_counter counter,
		    u16 status, const char *phrase)
{
	struct sf_reply reply = sf_turn_reply(turn, status);

	sf_turn_count(turn, counter);
	if (turn->parts->newsroom && sf_news_wanted(turn->parts->newsroom))
		tell_refused(turn, counter, status);
	reply.phrase = phrase;
	sf_reply_send(turn->net, turn->request, &reply);
}

/* What the message alone decides; true when it has been dealt with. */
static bool is_ruled_out(struct sf_turn *turn)
{
	const struct sf_msg *msg = turn->request->msg;
	struct sf_check check;
	u16 status;

	status = sf_server_ruling(msg, sf_msg_check(msg, &check),
				  &sf_registrar_able);
	if (status == SF_GO)
		return false;
	if (status < 100) {
		sf_turn_count(turn, SF_REGISTRAR_MALFORMED);
		return true;
	}
	if (status == 420)
		sf_list_unsupported(&turn->out, msg, &sf_registrar_able);
	sf_turn_refuse(turn, status == 420 ? SF_REGISTRAR_LACKING :
				     SF_REGISTRAR_MALFORMED, status, NULL);
	return true;
}

static bool find_aor(struct sf_turn *turn)
{
	const struct sf_message *request = turn->request;
	struct sf_uri to;

	if (sf_uri_parse(request->buf, request->to.uri, &to) ||
	    (to.scheme != SF_SCHEME_SIP && to.scheme != SF_SCHEME_SIPS)) {
		sf_turn_refuse(turn, SF_REGISTRAR_MALFORMED, 400, NULL);
		return false;
	}
	turn->domain = sf_domain_find(turn->domains, turn->net, request->buf,
				      &to.at);
	if (!turn->domain) {
		sf_turn_refuse(turn, SF_REGISTRAR_FOREIGN, 403, "Not Our Domain");
		return false;
	}
	if (!sf_aor_make(&turn->aor, request->buf, to.user,
			 turn->domain->name)) {
		sf_turn_refuse(turn, SF_REGISTRAR_UNKNOWN, 404, NULL);
		return false;
	}
	return true;
}

/* Before passwords: who has no certificate learns nothing of them. */
static bool has_certificate(struct sf_turn *turn)
{
	if (sf_domain_shows(turn->domain, turn->net,
			    &turn->request->packet->flow, &turn->aor))
		return true;
	sf_turn_refuse(turn, SF_REGISTRAR_CERTIFICATE, 403,
		       "Client Certificate Required");
	return false;
}

static void challenge(struct sf_turn *turn, enum sf_registrar_counter counter,
		      bool stale)
{
	sf_auth_challenge(turn->parts->auth, &turn->out, turn->domain,
			  &turn->request->packet->flow, &turn->aor, false,
			  stale);
	sf_turn_refuse(turn, counter, 401, NULL);
}

/* Does From name the user, too? Mostly it is written as To is. */
static bool is_from(const struct sf_turn *turn)
{
	const struct sf_message *request = turn->request;
	const char *buf = request->buf;
	struct sf_aor aor;
	struct sf_uri uri;

	if (sf_span_eq(buf, request->from.uri, buf + request->to.uri.off,
		       request->to.uri.len))
		return true;
	return !sf_uri_parse(buf, request->from.uri, &uri) &&
	       sf_domain_find(turn->domains, turn->net, buf, &uri.at) ==
		       turn->domain &&
	       sf_aor_make(&aor, buf, uri.user, turn->domain->name) &&
	       sf_aor_eq(&aor, &turn->aor);
}

/* Nobody registers for another. */
static bool is_own(struct sf_turn *turn, const struct sf_aor *who)
{
	if (sf_aor_eq(who, &turn->aor) && is_from(turn))
		return true;
	sf_turn_refuse(turn, SF_REGISTRAR_OTHER_USER, 403, "Not Your Address");
	return false;
}

/* Bytes of the lines that have credentials. */
static u32 credentials_len(const struct sf_msg *msg)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, SF_HDR_AUTHORIZATION);
	u32 end, len = 0;

	for (; hdr; hdr = sf_msg_hdr_next(msg, hdr)) {
		end = hdr->value.off + hdr->value.len;
		while (end < msg->len && msg->buf[end] != '\n')
			end++;
		len += end + 1 - hdr->name.off;
	}
	return len;
}

/* A phone that begins each time without credentials is known by that, too. */
static void tell_proved(const struct sf_turn *turn)
{
	const struct sf_packet *packet = turn->request->packet;
	const struct sf_registrar_parts *parts = turn->parts;

	if (!parts->proved || packet->flow.transport != SF_TRANSPORT_UDP)
		return;
	parts->proved(parts->owner, &packet->flow.remote, packet->len,
		      packet->len - credentials_len(turn->request->msg));
}

static bool is_allowed(struct sf_turn *turn)
{
	struct sf_aor who;

	switch (sf_auth_check(turn->parts->auth, turn->request,
			      turn->domain, false, &who)) {
	case SF_AUTH_OK:
		if (!is_own(turn, &who))
			return false;
		tell_proved(turn);
		return true;
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
		sf_turn_refuse(turn, SF_REGISTRAR_MALFORMED, 400, "Bad Credentials");
		break;
	case SF_AUTH_SPENT:
		break;
	}
	return false;
}

/* RFC 3261, 10.3, step 5. Our addresses mean any of our domains. */
static bool is_here(struct sf_turn *turn)
{
	const struct sf_message *request = turn->request;
	const struct sf_domain *here;
	struct sf_uri uri;

	if (sf_uri_parse(request->buf, request->msg->ruri, &uri))
		return true;
	here = sf_domain_find(turn->domains, NULL, request->buf, &uri.at);
	if (!here || here == turn->domain)
		return true;
	sf_turn_refuse(turn, SF_REGISTRAR_UNKNOWN, 404, NULL);
	return false;
}

static bool is_known(struct sf_turn *turn)
{
	struct sf_text aor = { turn->aor.text, turn->aor.len };

	/* Who has proved who he is was found. */
	if (turn->domain->anyone || turn->domain->auth ||
	    sf_users_find(turn->parts->users, aor, NULL))
		return true;
	sf_turn_refuse(turn, SF_REGISTRAR_UNKNOWN, 404, NULL);
	return false;
}

void sf_registrar_request(struct sf_registrar *registrar, struct sf_net *net,
			  struct sf_mailbox *mailbox,
			  const struct sf_message *request)
{
	struct sf_turn turn;

	turn.registrar = registrar;
	turn.parts = &registrar->parts;
	turn.net = net;
	turn.mailbox = mailbox;
	turn.request = request;
	turn.domains = __atomic_load_n(&registrar->domains, __ATOMIC_ACQUIRE);
	turn.tag = tag_of(registrar, request);
	turn.out = sf_out(turn.lines, SF_TURN_LINES);
	/* Who asks comes before what is asked (RFC 3261, 8.2): of strangers
	 * nothing else is looked at.
	 */
	if (!find_aor(&turn) || !has_certificate(&turn) ||
	    (turn.domain->auth && !is_allowed(&turn)))
		return;
	if (!is_ruled_out(&turn) && is_here(&turn) && is_known(&turn))
		sf_turn_update(&turn);
}
