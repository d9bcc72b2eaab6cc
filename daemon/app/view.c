// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * view.c - what the daemon knows, as JSON
 *
 * Where memory is short keys are left out: nobody's call depends on them.
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "view.h"

#include <stdlib.h>

#include "../sip/state.h"
#include "../util/clock.h"
#include "../util/escape.h"
#include "auth.h"
#include "outbound.h"
#include "trunk.h"

void sf_view_text(json_t *object, const char *key, struct sf_text text)
{
	char *safe = text.len ? sf_escape_bytes(text.s, text.len) : NULL;

	if (safe)
		json_object_set_new(object, key, json_string(safe));
	free(safe);
}

static void put_str(json_t *object, const char *key, const char *text)
{
	if (text)
		sf_view_text(object, key, sf_text_str(text));
}

static void put_number(json_t *object, const char *key, u64 value)
{
	json_object_set_new(object, key, json_integer((json_int_t)value));
}

static void put_bool(json_t *object, const char *key, bool value)
{
	json_object_set_new(object, key, json_boolean(value));
}

void sf_view_end(json_t *object, const char *key, const struct sf_end *end)
{
	char text[SF_END_TEXT_LEN];

	if (end->ip.family)
		put_str(object, key, sf_end_text(end, text));
}

static const char *reach_of(const struct sf_record *record, bool late)
{
	static const char *const names[] = {
		[SF_REACH_FLOW] = "flow", [SF_REACH_CONTACT] = "contact",
		[SF_REACH_NONE] = "none",
	};

	return names[late ? SF_REACH_NONE : sf_outbound_reach(record)];
}

json_t *sf_view_binding(struct sf_text aor, const struct sf_record *record,
			u32 left, bool late)
{
	json_t *o = json_object();

	sf_view_text(o, "aor", aor);
	sf_view_text(o, "contact", sf_record_contact(record));
	put_number(o, "expires_s", left);
	sf_view_end(o, "source", &record->flow.remote);
	put_str(o, "transport", sf_transport_name(record->flow.transport));
	put_bool(o, "connected", record->flow.serial);
	put_str(o, "reach", reach_of(record, late));
	sf_view_text(o, "path", sf_record_path(record));
	sf_view_text(o, "instance", sf_record_instance(record));
	if (record->reg_id)
		put_number(o, "reg_id", record->reg_id);
	json_object_set_new(o, "q", json_real((double)record->q / SF_Q_MAX));
	sf_view_text(o, "user_agent", sf_record_agent(record));
	sf_view_text(o, "call_id", sf_record_call_id(record));
	return o;
}

static json_t *view_tls(const struct sf_conn_view *conn)
{
	json_t *o = json_object();

	put_str(o, "version", conn->version);
	put_str(o, "cipher", conn->cipher);
	put_str(o, "peer", conn->peer[0] ? conn->peer : NULL);
	put_bool(o, "verified", conn->verified);
	put_bool(o, "resumed", conn->resumed);
	return o;
}

json_t *sf_view_conn(const struct sf_conn_view *conn)
{
	json_t *o = json_object();

	put_str(o, "transport", sf_transport_name(conn->flow.transport));
	sf_view_end(o, "remote", &conn->flow.remote);
	sf_view_end(o, "local", &conn->flow.local);
	put_bool(o, "outgoing", conn->ours);
	put_number(o, "age_ms", conn->age_ms);
	put_number(o, "idle_ms", conn->idle_ms);
	put_number(o, "received", conn->in);
	put_number(o, "sent", conn->out);
	put_number(o, "queued_bytes", conn->queued);
	put_number(o, "worker", conn->flow.worker);
	if (conn->version[0])
		json_object_set_new(o, "tls", view_tls(conn));
	return o;
}

json_t *sf_view_deal(const struct sf_deal_view *deal)
{
	json_t *o = json_object();

	put_str(o, "side", deal->server ? "server" : "client");
	put_str(o, "method", deal->method == SF_METHOD_OTHER ? "other" :
			     sf_method_name(deal->method));
	put_str(o, "state", sf_state_name(deal->state));
	put_number(o, "age_ms", deal->age_ms);
	put_str(o, "transport", sf_transport_name(deal->transport));
	sf_view_end(o, "peer", &deal->peer);
	sf_view_text(o, "call_id",
		     (struct sf_text){ deal->call_id, deal->call_len });
	put_number(o, "worker", deal->worker);
	return o;
}

static json_t *view_peer(const struct sf_trunk_peer *peer)
{
	json_t *o = json_object();

	put_str(o, "transport", sf_transport_name(peer->spot.transport));
	sf_view_end(o, "address", &peer->spot.end);
	put_bool(o, "up", !peer->down);
	return o;
}

json_t *sf_view_trunk(const struct sf_conf_trunk *conf)
{
	json_t *o = json_object(), *peers = json_array();
	struct sf_trunk *trunk = conf->trunk;
	struct sf_trunk_peer peer[SF_TRUNK_PEERS_MAX];
	u64 now = sf_clock_ms(), until;
	u32 i, count;
	u16 status;
	bool registered;

	pthread_mutex_lock(&trunk->lock);
	count = trunk->peers;
	memcpy(peer, trunk->peer, sizeof(peer));
	registered = trunk->registered;
	status = trunk->status;
	until = trunk->until;
	pthread_mutex_unlock(&trunk->lock);
	put_str(o, "name", conf->name);
	for (i = 0; i < count; i++)
		json_array_append_new(peers, view_peer(&peer[i]));
	json_object_set_new(o, "peers", peers);
	put_bool(o, "probed", conf->probe);
	put_bool(o, "registers", conf->registers);
	if (conf->registers)
		put_bool(o, "registered", registered);
	if (registered && until > now)
		put_number(o, "expires_s", (until - now + 999) / 1000);
	if (status)
		put_number(o, "status", status);
	return o;
}

static json_t *view_words(const char *const *words, u32 count)
{
	json_t *list = json_array();
	u32 i;

	for (i = 0; i < count; i++)
		json_array_append_new(list, json_string(words[i]));
	return list;
}

json_t *sf_view_listen(const struct sf_conf *conf)
{
	json_t *list = json_array(), *o;
	u32 i;

	for (i = 0; i < conf->listens; i++) {
		o = json_object();
		put_str(o, "transport",
			sf_transport_name(conf->listen[i].transport));
		sf_view_end(o, "address", &conf->listen[i].end);
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *view_domain(const struct sf_domain *domain)
{
	json_t *o = json_object(), *algorithms = json_array();
	u32 i;

	put_str(o, "name", domain->name);
	json_object_set_new(o, "aliases",
			    view_words(domain->aliases, domain->alias_count));
	put_bool(o, "authenticate", domain->auth);
	put_bool(o, "anyone", domain->anyone);
	for (i = SF_ALG_COUNT; i--;)
		if (domain->algorithms & SF_ALG_BIT(i))
			json_array_append_new(algorithms,
					      json_string(sf_alg_name(i)));
	json_object_set_new(o, "algorithms", algorithms);
	put_number(o, "min_expires_s", domain->min_expires);
	put_number(o, "expires_s", domain->default_expires);
	put_number(o, "max_expires_s", domain->max_expires);
	put_number(o, "contacts", domain->contacts);
	return o;
}

static json_t *view_limits(const struct sf_conf *conf)
{
	json_t *o = json_object();

	put_number(o, "connections", conf->limits.conns);
	put_number(o, "connections_per_source",
		   conf->limits.conns_per_source);
	put_number(o, "idle_s", conf->limits.idle_s);
	put_number(o, "message_s", conf->limits.message_s);
	put_number(o, "connect_s", conf->limits.connect_s);
	put_number(o, "queue_bytes", conf->limits.queue);
	put_number(o, "half_open", conf->limits.half_open);
	put_number(o, "half_open_per_source",
		   conf->limits.half_open_per_source);
	put_number(o, "handshakes_per_s", conf->limits.shakes);
	put_number(o, "handshakes_per_source_per_s",
		   conf->limits.shakes_per_source);
	put_number(o, "transactions", conf->transactions);
	return o;
}

/* Who asks may be in another folder. */
static void put_file(json_t *o, const char *file)
{
	char *whole = realpath(file, NULL);

	put_str(o, "file", whole ? whole : file);
	free(whole);
}

json_t *sf_view_conf(const struct sf_conf *conf)
{
	json_t *o = json_object(), *domains = json_array();
	json_t *trunks = json_array();
	u32 i;

	put_file(o, conf->file);
	json_object_set_new(o, "listen", sf_view_listen(conf));
	put_str(o, "store", conf->memory ? "memory" : "sqlite");
	put_str(o, "database", conf->database);
	for (i = 0; i < conf->domains.count; i++)
		json_array_append_new(domains,
				      view_domain(&conf->domains.list[i]));
	json_object_set_new(o, "domains", domains);
	for (i = 0; i < conf->trunks; i++)
		json_array_append_new(trunks, json_string(conf->trunk[i].name));
	json_object_set_new(o, "trunks", trunks);
	json_object_set_new(o, "emergency",
			    view_words((const char *const *)conf->emergency.word,
				       conf->emergency.count));
	put_bool(o, "foreign_domains", conf->foreign);
	json_object_set_new(o, "limits", view_limits(conf));
	return o;
}

/* Seconds until it expires, as it was told: the record has the time of day. */
static u32 left_of(const struct sf_news *news)
{
	u64 now = news->time_ms / 1000;

	return news->record->wall > now ? (u32)(news->record->wall - now) : 0;
}

/* What an event is about. */
static const char *object_of(enum sf_news_kind kind)
{
	if (kind <= SF_NEWS_BINDING_LOST)
		return "binding";
	if (kind <= SF_NEWS_TRUNK_NOT_REGISTERED)
		return "trunk";
	if (kind >= SF_NEWS_GUARD_LIMITED)
		return "guard";
	return kind == SF_NEWS_REFUSED ? "request" : "proxy_call";
}

static json_t *view_object(const struct sf_news *news)
{
	json_t *o;
	u32 i;

	if (news->record)
		return sf_view_binding(news->text[0].text, news->record,
				       left_of(news), false);
	o = json_object();
	for (i = 0; i < news->count; i++)
		sf_view_text(o, news->text[i].key, news->text[i].text);
	if (news->status)
		put_number(o, "status", news->status);
	if (news->source.ip.family)
		put_str(o, "transport", sf_transport_name(news->transport));
	sf_view_end(o, "source", &news->source);
	if (news->worker >= 0)
		put_number(o, "worker", (u64)news->worker);
	return o;
}

json_t *sf_view_news(const struct sf_news *news)
{
	json_t *o = json_object();

	put_number(o, "time_ms", news->time_ms);
	put_str(o, "event", sf_news_name(news->kind));
	json_object_set_new(o, object_of(news->kind), view_object(news));
	return o;
}
