// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * shake.c - who may begin a handshake, and how many are under way
 *
 * A handshake costs us more than whoever asks for it. Only those of others are
 * counted: what we open we want. Who is refused is so before anything was read.
 */
#include <errno.h>

#include "../util/log.h"
#include "conn.h"

#define SETS	512
#define WAYS	4
#define SECOND	1000000	/* us */

/**
 * struct rate - how much of a rate is used up
 * @key: whose it is: a keyed hash of the source
 * @until: when it will be as if nothing had been, us on the loop's clock
 */
struct rate {
	u64 key;
	u64 until;
};

/**
 * struct sf_shakes - handshakes of a worker
 * @under_way: how many
 * @all: how fast they came
 * @set: and by source, in the set that its hash says: who is done with the
 *       earliest makes room
 * @told: when refused ones were last logged, on the loop's clock
 * @lines: so many of them, since
 */
struct sf_shakes {
	u32 under_way;
	struct rate all;
	struct rate set[SETS][WAYS];
	u64 told;
	u32 lines;
};

int sf_shakes_open(struct sf_shakes **shakes)
{
	*shakes = sf_net_pages(sizeof(**shakes));
	return *shakes ? 0 : -ENOMEM;
}

void sf_shakes_close(struct sf_shakes *shakes)
{
	sf_net_unpages(shakes, sizeof(*shakes));
}

static u64 now_us(const struct sf_net *net)
{
	return sf_net_now(net) * 1000;
}

static struct rate *rate_of(struct sf_net *net, const struct sf_ip *ip)
{
	const u8 *bytes = ip->family == 4 ? ip->v4 : ip->v6;
	u64 key = sf_hash(&net->key, bytes, ip->family == 4 ? 4 : 8);
	struct rate *set = net->shakes->set[key % SETS], *place = set;
	u32 i;

	for (i = 0; i < WAYS; i++) {
		if (set[i].key == key)
			return &set[i];
		if (set[i].until < place->until)
			place = &set[i];
	}
	*place = (struct rate){ .key = key };
	return place;
}

/* So many in a second, and as many at once. */
static bool is_spent(const struct rate *rate, u64 now, u32 per_second)
{
	return rate->until > now &&
	       rate->until - now + SECOND / per_second > SECOND;
}

static void spend(struct rate *rate, u64 now, u32 per_second)
{
	if (rate->until < now)
		rate->until = now;
	rate->until += SECOND / per_second;
}

/* Return: why not; SF_NET_COUNTER_COUNT: it may. */
static enum sf_net_counter judge(struct sf_net *net, const struct sf_ip *ip,
				 struct rate *source)
{
	const struct sf_net_limits *limits = &net->limits;
	u64 now = now_us(net);

	if (net->shakes->under_way >= limits->half_open)
		return SF_NET_TLS_HALF_OPEN;
	if (*sf_source_shaking(net, ip) >= limits->half_open_per_source)
		return SF_NET_TLS_HALF_OPEN_SOURCE;
	/* A source that is too fast takes nothing from the others. */
	if (is_spent(source, now, limits->shakes_per_source))
		return SF_NET_TLS_RATE_SOURCE;
	if (is_spent(&net->shakes->all, now, limits->shakes))
		return SF_NET_TLS_RATE;
	return SF_NET_COUNTER_COUNT;
}

bool sf_shake_line(struct sf_net *net)
{
	struct sf_shakes *shakes = net->shakes;

	if (sf_net_now(net) - shakes->told >= 1000) {
		shakes->told = sf_net_now(net);
		shakes->lines = 0;
	}
	return shakes->lines++ < SF_TLS_LINES;
}

static void tell(struct sf_net *net, const struct sf_end *remote,
		 enum sf_net_counter reason)
{
	char peer[SF_END_TEXT_LEN];

	sf_net_count(net, reason);
	if (sf_shake_line(net))
		sf_log(SF_LOG_WARNING, "tls-refused",
		       "peer=%s opened=there reason=%s",
		       sf_end_text(remote, peer), sf_net_counter_name(reason));
}

/* Its source has been taken. */
bool sf_shake_may(struct sf_net *net, const struct sf_end *remote)
{
	struct rate *source = rate_of(net, &remote->ip);
	enum sf_net_counter reason = judge(net, &remote->ip, source);
	u64 now = now_us(net);

	if (reason != SF_NET_COUNTER_COUNT) {
		tell(net, remote, reason);
		return false;
	}
	spend(source, now, net->limits.shakes_per_source);
	spend(&net->shakes->all, now, net->limits.shakes);
	return true;
}

static bool is_counted(const struct sf_conn *conn)
{
	return !conn->ours && conn->state == SF_CONN_SHAKING;
}

void sf_shake_begin(struct sf_conn *conn)
{
	if (!is_counted(conn))
		return;
	conn->net->shakes->under_way++;
	++*sf_source_shaking(conn->net, &conn->flow.remote.ip);
}

/* Before its state changes, and its source is dropped. */
void sf_shake_end(struct sf_conn *conn)
{
	if (!is_counted(conn))
		return;
	conn->net->shakes->under_way--;
	--*sf_source_shaking(conn->net, &conn->flow.remote.ip);
}
