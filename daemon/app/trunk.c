// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * trunk.c - what is known of a carrier
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "trunk.h"

#include <stdlib.h>

#include "answer.h"

struct sf_trunk *sf_trunk_new(void)
{
	struct sf_trunk *trunk = calloc(1, sizeof(*trunk));

	if (!trunk)
		return NULL;
	atomic_init(&trunk->refs, 1);
	pthread_mutex_init(&trunk->lock, NULL);
	return trunk;
}

void sf_trunk_put(struct sf_trunk *trunk)
{
	if (!trunk || atomic_fetch_sub(&trunk->refs, 1) != 1)
		return;
	pthread_mutex_destroy(&trunk->lock);
	free(trunk);
}

static const struct sf_conf_trunk *same_name(const struct sf_conf *conf,
					     const char *name)
{
	u32 i;

	for (i = 0; i < conf->trunks; i++)
		if (!strcmp(conf->trunk[i].name, name))
			return &conf->trunk[i];
	return NULL;
}

static bool same_peers(const struct sf_conf_trunk *a,
		       const struct sf_conf_trunk *b)
{
	u32 i;

	if (a->peers != b->peers)
		return false;
	for (i = 0; i < a->peers; i++)
		if (strcmp(a->peer[i].host, b->peer[i].host) ||
		    a->peer[i].port != b->peer[i].port ||
		    a->peer[i].transport != b->peer[i].transport)
			return false;
	return true;
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* Who is registered there, and as what. */
static bool same_account(const struct sf_conf_trunk *a,
			 const struct sf_conf_trunk *b)
{
	return a->registers == b->registers && same_text(a->user, b->user) &&
	       same_text(a->domain, b->domain) &&
	       same_text(a->contact, b->contact);
}

static void copy_peers(struct sf_trunk *trunk, struct sf_trunk *from)
{
	pthread_mutex_lock(&from->lock);
	memcpy(trunk->peer, from->peer, sizeof(trunk->peer));
	trunk->peers = from->peers;
	pthread_mutex_unlock(&from->lock);
}

static void hand_on(struct sf_conf_trunk *trunk,
		    const struct sf_conf_trunk *was)
{
	/* Whoever is no peer any more is neither called nor trusted. */
	if (!same_peers(trunk, was))
		return;
	if (!same_account(trunk, was)) {
		copy_peers(trunk->trunk, was->trunk);
		return;
	}
	sf_trunk_put(trunk->trunk);
	trunk->trunk = was->trunk;
	atomic_fetch_add(&was->trunk->refs, 1);
}

void sf_trunks_hand_on(struct sf_conf *conf, const struct sf_conf *old)
{
	const struct sf_conf_trunk *was;
	u32 i;

	for (i = 0; i < conf->trunks; i++) {
		was = same_name(old, conf->trunk[i].name);
		if (was)
			hand_on(&conf->trunk[i], was);
	}
}

static bool is_peer(struct sf_trunk *trunk, const struct sf_ip *ip)
{
	bool found = false;
	u32 i;

	pthread_mutex_lock(&trunk->lock);
	for (i = 0; i < trunk->peers && !found; i++)
		found = sf_ip_eq(&trunk->peer[i].spot.end.ip, ip);
	pthread_mutex_unlock(&trunk->lock);
	return found;
}

static bool is_address(const struct sf_conf_trunk *trunk, const struct sf_ip *ip)
{
	return sf_networks_have(&trunk->inbound, ip) ||
	       is_peer(trunk->trunk, ip);
}

int sf_trunk_of_source(const struct sf_conf *conf, const struct sf_ip *ip)
{
	u32 i;

	for (i = 0; i < conf->trunks; i++)
		if (is_address(&conf->trunk[i], ip))
			return (int)i;
	return -1;
}

/* The connection's other end proved that it is the trunk (RFC 5922, 7). */
static bool is_proven(const struct sf_conf_trunk *trunk, struct sf_net *net,
		      const struct sf_flow *flow)
{
	u32 i;

	for (i = 0; i < trunk->names.count; i++)
		if (sf_net_is(net, flow, trunk->names.word[i]))
			return true;
	for (i = 0; i < trunk->peers; i++)
		if (sf_net_is(net, flow, trunk->peer[i].host))
			return true;
	return false;
}

int sf_trunk_of_flow(const struct sf_conf *conf, struct sf_net *net,
		     const struct sf_flow *flow)
{
	u32 i;

	for (i = 0; i < conf->trunks; i++) {
		const struct sf_conf_trunk *trunk = &conf->trunk[i];

		if (trunk->names.count ? is_proven(trunk, net, flow) :
					 is_address(trunk, &flow->remote.ip))
			return (int)i;
	}
	return -1;
}

int sf_trunk_of_number(const struct sf_conf *conf, struct sf_text number)
{
	u32 i, n, len, best = 0;
	int found = -1;

	for (i = 0; i < conf->trunks; i++) {
		const struct sf_words *prefixes = &conf->trunk[i].prefixes;

		for (n = 0; n < prefixes->count; n++) {
			len = (u32)strlen(prefixes->word[n]);
			if (len > number.len || (found >= 0 && len <= best) ||
			    memcmp(prefixes->word[n], number.s, len))
				continue;
			best = len;
			found = (int)i;
		}
	}
	return found;
}

int sf_trunk_of_emergency(const struct sf_conf *conf)
{
	u32 i;

	for (i = 0; i < conf->trunks; i++)
		if (conf->trunk[i].emergency)
			return (int)i;
	return -1;
}

static u32 add_spots(const struct sf_trunk *trunk, struct sf_spot *spots, u32 n,
		     bool down)
{
	u32 i;

	for (i = 0; i < trunk->peers && n < SF_SPOTS_MAX; i++)
		if (trunk->peer[i].down == down)
			spots[n++] = trunk->peer[i].spot;
	return n;
}

u32 sf_trunk_spots(struct sf_trunk *trunk, struct sf_spot *spots)
{
	u32 n;

	pthread_mutex_lock(&trunk->lock);
	n = add_spots(trunk, spots, 0, false);
	n = add_spots(trunk, spots, n, true);
	pthread_mutex_unlock(&trunk->lock);
	return n;
}

u32 sf_trunk_expect(struct sf_net *net, const struct sf_conf_trunk *trunk,
		    const struct sf_spot *spot)
{
	u32 of = spot->of < trunk->peers ? spot->of : 0;

	return sf_net_expect(net, trunk->tls, sf_text_str(trunk->peer[of].host));
}

static void put_translated(struct sf_out *out, const struct sf_conf_trunk *trunk,
			   struct sf_text number)
{
	u32 strip = trunk->strip < number.len ? trunk->strip : number.len;

	if (trunk->prefix)
		sf_put_str(out, trunk->prefix);
	sf_put(out, number.s + strip, number.len - strip);
}

void sf_trunk_uri(struct sf_out *out, const struct sf_conf_trunk *trunk,
		  struct sf_text number, bool secure, bool translate)
{
	sf_put_str(out, secure ? "sips:" : "sip:");
	if (translate)
		put_translated(out, trunk, number);
	else
		sf_put(out, number.s, number.len);
	sf_put_lit(out, "@");
	if (trunk->domain) {
		sf_put_str(out, trunk->domain);
		return;
	}
	sf_put_str(out, trunk->peer[0].host);
	if (trunk->peer[0].port) {
		sf_put_lit(out, ":");
		sf_put_u32(out, trunk->peer[0].port);
	}
}

char *sf_trunk_credentials(const struct sf_conf *conf, int n,
			   const struct sf_message *response,
			   struct sf_text uri)
{
	const struct sf_conf_trunk *trunk = &conf->trunk[n];
	char buf[1024];
	struct sf_out out = sf_out(buf, sizeof(buf));
	struct sf_answer answer = {
		.method = sf_text(response->buf, response->cseq.method_name),
		.uri = uri,
		.nc = 1,
	};

	if (!trunk->user || !trunk->secret)
		return NULL;
	answer.user = sf_text_str(trunk->user);
	answer.secret = sf_text_str(trunk->secret);
	if (sf_auth_answer(&out, response->msg, &answer))
		return NULL;
	return strndup(out.buf, out.len);
}
