// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * agent.c - what we do at a trunk by ourselves
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "agent.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>

#include "../sip/client.h"
#include "../sip/request.h"
#include "../util/clock.h"
#include "../util/container.h"
#include "granted.h"
#include "trunk.h"

#define LOOK_UP_MS	60000	/* how often names are asked for; DNS' TTLs hold */
#define AGAIN_MS	30000	/* how long after a failure the next try comes */
#define AGAIN_SOON_MS	4000	/* if nobody was there: as often as it had been resent */

/**
 * struct sf_agent - one trunk
 * @worker: whose thread
 * @number: of the trunk, in the configuration
 * @conf: what is configured, as long as the worker's configuration
 * @trunk: what is found out
 * @names: fires when the peers' names are to be asked for again
 * @lookup: such a question
 * @asked: which peer it is about
 * @found: addresses so far; @founds of them
 * @probe: fires when OPTIONS are to be sent
 * @probes: those that are under way
 * @refresh: fires when to register
 * @spot: where, in the order that it had when that fired; @spots of them
 * @tried: so many of them have been
 * @client: the REGISTER that is under way; NULL: none
 * @auth: credentials for it, a header line; NULL: none
 * @flow: where it went
 * @tag: of From, in all requests
 * @call_id: of all requests
 * @cseq: of the last one
 * @expires: what is asked for; seconds
 */
struct sf_agent {
	struct sf_worker *worker;
	int number;
	const struct sf_conf_trunk *conf;
	struct sf_trunk *trunk;
	struct sf_timer names;
	struct sf_lookup lookup;
	u32 asked;
	struct sf_trunk_peer found[SF_TRUNK_PEERS_MAX];
	u32 founds;
	struct sf_timer probe;
	struct sf_probe *probes;
	struct sf_timer refresh;
	struct sf_spot spot[SF_SPOTS_MAX];
	u32 spots;
	u32 tried;
	struct sf_client *client;
	char *auth;
	struct sf_flow flow;
	u64 tag;
	u64 call_id;
	u32 cseq;
	u32 expires;
};

/* One OPTIONS under way. */
struct sf_probe {
	struct sf_probe *next;
	struct sf_agent *agent;
	struct sf_client *client;
	struct sf_spot spot;
};

struct sf_agents {
	u32 count;
	struct sf_agent agent[];
};

static struct sf_wheel *wheel(struct sf_agent *agent)
{
	return &agent->worker->loop.wheel;
}

static struct sf_newsroom *newsroom(const struct sf_agent *agent)
{
	return &agent->worker->daemon->newsroom;
}

/* An account as the user of a URI, where "@" is not the only one that may not stand. */
static void put_user(struct sf_out *out, const char *user)
{
	for (; *user; user++) {
		if (isalnum((u8)*user) || strchr("-_.!~*'()&=+$,;?/", *user)) {
			sf_put(out, user, 1);
		} else {
			sf_put_lit(out, "%");
			sf_put_hex(out, (u8)*user, 2);
		}
	}
}

/* "sip:user@domain" and "sip:domain", as the carrier knows us and itself. */
static struct sf_text own_uri(const struct sf_agent *agent, struct sf_out *out,
			      const char *user)
{
	u32 start = out->len;

	sf_put_lit(out, "sip:");
	if (user) {
		put_user(out, user);
		sf_put_lit(out, "@");
	}
	sf_put_str(out, agent->conf->domain ? agent->conf->domain :
					      agent->conf->peer[0].host);
	return (struct sf_text){ out->buf + start, out->len - start };
}

static struct sf_client *ask(struct sf_agent *agent, u8 method,
			     struct sf_flow *flow, struct sf_text lines,
			     const struct sf_client_user *user, void *owner)
{
	struct sf_sip *sip = &agent->worker->sip;
	char texts[512], bytes[4096];
	struct sf_out text = sf_out(texts, sizeof(texts));
	struct sf_out out = sf_out(bytes, sizeof(bytes));
	const char *name = agent->conf->user ? agent->conf->user : "sipfast";
	struct sf_request request = {
		.method = method,
		.via = flow,
		.branch = sf_client_branch(sip, 0),
		.tag = agent->tag,
		.call_id = agent->call_id,
		.cseq = ++agent->cseq,
		.lines = lines,
	};

	request.ruri = own_uri(agent, &text, NULL);
	request.from = own_uri(agent, &text, name);
	request.to = method == SF_METHOD_REGISTER ? request.from : request.ruri;
	sf_request_make(&out, &request);
	if (out.full || text.full)
		return NULL;
	return sf_client_new(sip, &request.branch, method, flow, out.buf,
			     out.len, user, owner);
}

static bool to_spot(struct sf_agent *agent, struct sf_flow *flow,
		    const struct sf_spot *spot)
{
	*flow = (struct sf_flow){ .remote = spot->end,
				  .transport = spot->transport,
				  .worker = agent->worker->number };
	if (spot->transport == SF_TRANSPORT_TLS)
		flow->peer = sf_trunk_expect(agent->worker->net, agent->conf,
					     spot);
	return !sf_net_route(agent->worker->net, flow);
}

static bool is_same(const struct sf_spot *a, const struct sf_spot *b)
{
	return sf_end_eq(&a->end, &b->end) && a->transport == b->transport;
}

/* Whether a peer answers is said when it changes. */
static void set_down(struct sf_agent *agent, const struct sf_spot *spot,
		     bool down, u16 status)
{
	struct sf_trunk *trunk = agent->trunk;
	char text[SF_END_TEXT_LEN];
	bool changed = false;
	u32 i;

	pthread_mutex_lock(&trunk->lock);
	if (!agent->conf->registers)
		trunk->status = status;
	for (i = 0; i < trunk->peers; i++) {
		if (!is_same(&trunk->peer[i].spot, spot))
			continue;
		changed |= trunk->peer[i].down != down;
		trunk->peer[i].down = down;
	}
	pthread_mutex_unlock(&trunk->lock);
	if (changed && sf_news_wanted(newsroom(agent)))
		sf_news_trunk(newsroom(agent), down ? SF_NEWS_TRUNK_DOWN :
						      SF_NEWS_TRUNK_UP,
			      agent->conf->name, spot, status);
	if (changed)
		sf_log(SF_LOG_NOTICE, down ? "trunk-down" : "trunk-up",
		       "trunk=%s peer=%s status=%u", agent->conf->name,
		       sf_end_text(&spot->end, text), status);
}

static void probe_answered(struct sf_client *client,
			   const struct sf_message *response)
{
	struct sf_probe *probe = client->owner;
	u16 status = response->msg->status;

	/* Whatever it says, it is there; but for "not now". */
	if (status >= 200)
		set_down(probe->agent, &probe->spot, status == 503, status);
}

static void probe_failed(struct sf_client *client, u16 status)
{
	struct sf_probe *probe = client->owner;

	set_down(probe->agent, &probe->spot, true, status);
}

static void probe_ended(struct sf_client *client)
{
	struct sf_probe *probe = client->owner;
	struct sf_probe **at = &probe->agent->probes;

	while (*at != probe)
		at = &(*at)->next;
	*at = probe->next;
	free(probe);
}

static const struct sf_client_user probe_user = {
	.response = probe_answered,
	.failed = probe_failed,
	.ended = probe_ended,
};

static void probe_spot(struct sf_agent *agent, const struct sf_spot *spot)
{
	struct sf_probe *probe = calloc(1, sizeof(*probe));
	struct sf_flow flow;

	if (!probe)
		return;
	probe->agent = agent;
	probe->spot = *spot;
	if (to_spot(agent, &flow, spot))
		probe->client = ask(agent, SF_METHOD_OPTIONS, &flow,
				    (struct sf_text){ 0 }, &probe_user, probe);
	if (!probe->client) {
		set_down(agent, spot, true, 503);
		free(probe);
		return;
	}
	probe->next = agent->probes;
	agent->probes = probe;
}

static void probe_all(struct sf_timer *timer)
{
	struct sf_agent *agent = container_of(timer, struct sf_agent, probe);
	struct sf_spot spots[SF_SPOTS_MAX];
	u32 i, n = sf_trunk_spots(agent->trunk, spots);

	for (i = 0; i < n; i++)
		probe_spot(agent, &spots[i]);
	sf_timer_set(wheel(agent), timer, agent->conf->probe * 1000);
}

static void set_registered(struct sf_agent *agent, bool registered, u16 status,
			   u32 seconds)
{
	struct sf_trunk *trunk = agent->trunk;
	bool changed;

	pthread_mutex_lock(&trunk->lock);
	changed = trunk->registered != registered || trunk->status != status;
	trunk->registered = registered;
	trunk->status = status;
	trunk->until = sf_clock_ms() + seconds * 1000ull;
	pthread_mutex_unlock(&trunk->lock);
	if (changed && sf_news_wanted(newsroom(agent)))
		sf_news_trunk(newsroom(agent),
			      registered ? SF_NEWS_TRUNK_REGISTERED :
					   SF_NEWS_TRUNK_NOT_REGISTERED,
			      agent->conf->name, NULL, status);
	if (changed)
		sf_log(SF_LOG_NOTICE, registered ? "trunk-registered" :
						   "trunk-not-registered",
		       "trunk=%s status=%u", agent->conf->name, status);
}

static void forget_auth(struct sf_agent *agent)
{
	free(agent->auth);
	agent->auth = NULL;
}

static void registering_failed(struct sf_agent *agent, u16 status, u32 again)
{
	u32 jitter;

	forget_auth(agent);
	sf_random(&jitter, sizeof(jitter));
	set_registered(agent, false, status, 0);
	sf_timer_set(wheel(agent), &agent->refresh,
		     again + jitter % again);
}

/* Early enough for some that get lost, and not as fast as they are answered. */
static u64 refresh_after(u32 seconds)
{
	if (seconds > 120)
		return (seconds - 60) * 1000ull;
	return seconds * 500 > AGAIN_SOON_MS ? seconds * 500 : AGAIN_SOON_MS;
}

static void registered(struct sf_agent *agent,
		       const struct sf_message *response)
{
	u16 status = response->msg->status;
	u32 seconds = sf_granted_expires(response, &agent->flow.local,
					 agent->expires);

	/* For no time: that is a refusal. */
	if (!seconds) {
		registering_failed(agent, status, AGAIN_MS);
		return;
	}
	forget_auth(agent);
	set_registered(agent, true, status, seconds);
	sf_timer_set(wheel(agent), &agent->refresh, refresh_after(seconds));
}

static bool send_register(struct sf_agent *agent, const struct sf_spot *spot);

/* RFC 3263, 4.3: the next address, whose challenge will be another one. */
static bool try_next(struct sf_agent *agent)
{
	forget_auth(agent);
	while (agent->tried < agent->spots)
		if (send_register(agent, &agent->spot[agent->tried++]))
			return true;
	return false;
}

/* Once more to the same one, as it wants it. */
static void send_again(struct sf_agent *agent)
{
	if (!send_register(agent, &agent->spot[agent->tried - 1]) &&
	    !try_next(agent))
		registering_failed(agent, 503, AGAIN_MS);
}

static void register_answered(struct sf_client *client,
			      const struct sf_message *response)
{
	struct sf_agent *agent = client->owner;
	u16 status = response->msg->status;
	char buf[512];
	struct sf_out out = sf_out(buf, sizeof(buf));
	struct sf_text ruri = own_uri(agent, &out, NULL);
	u32 min;

	if (status < 200)
		return;
	sf_client_forget(client);
	agent->client = NULL;
	if (status < 300) {
		registered(agent, response);
		return;
	}
	if ((status == 401 || status == 407) && !agent->auth) {
		agent->auth = sf_trunk_credentials(agent->worker->conf,
						   agent->number, response,
						   ruri);
		if (agent->auth) {
			send_again(agent);
			return;
		}
	}
	min = status == 423 ? sf_granted_min(response) : 0;
	if (min > agent->expires) {
		/* The same credentials again would be a replay. */
		forget_auth(agent);
		agent->expires = min;
		send_again(agent);
		return;
	}
	if (status != 503 || !try_next(agent))
		registering_failed(agent, status, AGAIN_MS);
}

static void register_failed(struct sf_client *client, u16 status)
{
	struct sf_agent *agent = client->owner;
	u32 again = client->returned ? AGAIN_SOON_MS : AGAIN_MS;

	sf_client_forget(client);
	agent->client = NULL;
	if (!try_next(agent))
		registering_failed(agent, status, again);
}

static const struct sf_client_user register_user = {
	.response = register_answered,
	.failed = register_failed,
};

/* Return: it is under way. */
static bool send_register(struct sf_agent *agent, const struct sf_spot *spot)
{
	const struct sf_conf_trunk *conf = agent->conf;
	char buf[2048];
	struct sf_out lines = sf_out(buf, sizeof(buf));

	if (!to_spot(agent, &agent->flow, spot))
		return false;
	sf_put_lit(&lines, "Contact: <sip:");
	if (conf->contact)
		sf_put_str(&lines, conf->contact);
	else
		put_user(&lines, conf->user);
	sf_put_lit(&lines, "@");
	sf_put_ip(&lines, &agent->flow.local.ip);
	sf_put_lit(&lines, ":");
	sf_put_u32(&lines, agent->flow.local.port);
	if (agent->flow.transport != SF_TRANSPORT_UDP) {
		sf_put_lit(&lines, ";transport=");
		sf_put_str(&lines, sf_transport_name(agent->flow.transport));
	}
	sf_put_lit(&lines, ">\r\nExpires: ");
	sf_put_u32(&lines, agent->expires);
	sf_put_lit(&lines, "\r\n");
	if (agent->auth)
		sf_put_str(&lines, agent->auth);
	agent->client = ask(agent, SF_METHOD_REGISTER, &agent->flow,
			    (struct sf_text){ lines.buf, lines.len },
			    &register_user, agent);
	return agent->client;
}

static void refresh(struct sf_timer *timer)
{
	struct sf_agent *agent = container_of(timer, struct sf_agent, refresh);

	agent->spots = sf_trunk_spots(agent->trunk, agent->spot);
	agent->tried = 0;
	if (!try_next(agent))
		registering_failed(agent, 503, AGAIN_MS);
}

static void look_up(struct sf_agent *agent);

/* All names are known: take over, and keep what is known of who stays. */
static void take_found(struct sf_agent *agent)
{
	struct sf_trunk *trunk = agent->trunk;
	bool first;
	u32 i, n;

	pthread_mutex_lock(&trunk->lock);
	first = !trunk->peers;
	for (i = 0; i < agent->founds; i++)
		for (n = 0; n < trunk->peers; n++)
			if (is_same(&agent->found[i].spot, &trunk->peer[n].spot))
				agent->found[i].down = trunk->peer[n].down;
	if (agent->founds) {
		memcpy(trunk->peer, agent->found, sizeof(agent->found));
		trunk->peers = agent->founds;
	}
	pthread_mutex_unlock(&trunk->lock);
	if (!first || !agent->founds)
		return;
	if (agent->conf->registers && !agent->client)
		sf_timer_set(wheel(agent), &agent->refresh, 0);
	if (agent->conf->probe)
		sf_timer_set(wheel(agent), &agent->probe, 0);
}

static void found(struct sf_agent *agent, const struct sf_spot *spot)
{
	if (agent->founds == SF_TRUNK_PEERS_MAX)
		return;
	agent->found[agent->founds].spot = *spot;
	agent->found[agent->founds++].spot.of = (u8)agent->asked;
}

/* A failure of DNS does not take away what it said before. */
static void keep_found(struct sf_agent *agent)
{
	struct sf_trunk *trunk = agent->trunk;
	u32 i;

	pthread_mutex_lock(&trunk->lock);
	for (i = 0; i < trunk->peers; i++)
		if (trunk->peer[i].spot.of == agent->asked)
			found(agent, &trunk->peer[i].spot);
	pthread_mutex_unlock(&trunk->lock);
}

static void looked_up(struct sf_agent *agent)
{
	const struct sf_lookup *lookup = &agent->lookup;
	u32 i;

	if (lookup->err) {
		sf_log(SF_LOG_WARNING, "trunk-unresolved",
		       "trunk=%s host=%s error=\"%s\"", agent->conf->name,
		       agent->conf->peer[agent->asked].host,
		       strerror(-lookup->err));
		keep_found(agent);
	}
	for (i = 0; !lookup->err && i < lookup->count; i++)
		found(agent, &lookup->at[i]);
	agent->asked++;
	look_up(agent);
}

static void lookup_done(struct sf_lookup *lookup)
{
	looked_up(container_of(lookup, struct sf_agent, lookup));
}

static void look_up(struct sf_agent *agent)
{
	const struct sf_conf_peer *peer = &agent->conf->peer[agent->asked];
	struct sf_resolve_target target;

	if (agent->asked == agent->conf->peers) {
		take_found(agent);
		sf_timer_set(wheel(agent), &agent->names, LOOK_UP_MS);
		return;
	}
	target = (struct sf_resolve_target){
		.host = sf_text_str(peer->host),
		.port = peer->port,
		.transport = peer->transport,
	};
	agent->lookup.done = lookup_done;
	if (sf_resolve_now(agent->worker->resolver, &target, &agent->lookup))
		looked_up(agent);
	else
		sf_resolve(agent->worker->resolver, &target, &agent->lookup);
}

static void ask_names(struct sf_timer *timer)
{
	struct sf_agent *agent = container_of(timer, struct sf_agent, names);

	agent->asked = 0;
	agent->founds = 0;
	memset(agent->found, 0, sizeof(agent->found));
	look_up(agent);
}

/* Return: peers are known, as before a reload. */
static bool take_over(struct sf_agent *agent)
{
	struct sf_trunk *trunk = agent->trunk;
	bool known;
	u32 i;

	pthread_mutex_lock(&trunk->lock);
	known = trunk->peers;
	/* Nobody would find out that it is up again. */
	for (i = 0; i < trunk->peers && !agent->conf->probe; i++)
		trunk->peer[i].down = false;
	pthread_mutex_unlock(&trunk->lock);
	return known;
}

static void start(struct sf_agent *agent)
{
	bool known = take_over(agent);

	agent->names.fire = ask_names;
	agent->probe.fire = probe_all;
	agent->refresh.fire = refresh;
	agent->expires = agent->conf->expires;
	sf_random(&agent->tag, sizeof(agent->tag));
	sf_random(&agent->call_id, sizeof(agent->call_id));
	/* After a reload: what was going on goes on. */
	if (known && agent->conf->registers)
		sf_timer_set(wheel(agent), &agent->refresh, 0);
	if (known && agent->conf->probe)
		sf_timer_set(wheel(agent), &agent->probe, 0);
	ask_names(&agent->names);
}

int sf_agents_start(struct sf_agents **agents, struct sf_worker *worker)
{
	const struct sf_conf *conf = worker->conf;
	struct sf_agents *made;
	u32 i;

	made = calloc(1, sizeof(*made) + conf->trunks * sizeof(made->agent[0]));
	if (!made)
		return -ENOMEM;
	made->count = conf->trunks;
	for (i = 0; i < conf->trunks; i++) {
		made->agent[i].worker = worker;
		made->agent[i].conf = &conf->trunk[i];
		made->agent[i].number = (int)i;
		made->agent[i].trunk = conf->trunk[i].trunk;
		start(&made->agent[i]);
	}
	*agents = made;
	return 0;
}

static void stop(struct sf_agent *agent)
{
	struct sf_probe *probe;

	sf_timer_stop(&agent->names);
	sf_timer_stop(&agent->probe);
	sf_timer_stop(&agent->refresh);
	sf_resolve_cancel(&agent->lookup);
	if (agent->client)
		sf_client_forget(agent->client);
	while ((probe = agent->probes)) {
		agent->probes = probe->next;
		sf_client_forget(probe->client);
		free(probe);
	}
	forget_auth(agent);
}

void sf_agents_stop(struct sf_agents *agents)
{
	u32 i;

	for (i = 0; agents && i < agents->count; i++)
		stop(&agents->agent[i]);
	free(agents);
}
