// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * warden.c - who sources are, and what is done to those that the guard judges
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "warden.h"

#include <errno.h>
#include <stdlib.h>

#include <sipfast/peek.h>

#include "trunk.h"

#define EVIDENCE_MAX	160

/**
 * struct sf_warden - the whole
 * @guard: who counts
 * @residents: where phones are registered from
 * @conf: read and written as an atomic
 * @room: who is told
 * @ops: who keeps sources away, or NULL; called with @owner
 */
struct sf_warden {
	struct sf_guard *guard;
	struct sf_residents *residents;
	const struct sf_conf *conf;
	struct sf_newsroom *room;
	const struct sf_warden_ops *ops;
	void *owner;
};

static const struct sf_conf *conf_of(const struct sf_warden *warden)
{
	return __atomic_load_n(&warden->conf, __ATOMIC_ACQUIRE);
}

static enum sf_standing standing(void *owner, const struct sf_flow *flow)
{
	const struct sf_warden *warden = owner;
	const struct sf_conf *conf = conf_of(warden);

	if (sf_networks_have(&conf->emergency_from, &flow->remote.ip))
		return SF_STANDING_NEARBY;
	if (sf_trunk_of_source(conf, &flow->remote.ip) >= 0)
		return SF_STANDING_CARRIER;
	if (sf_resident_at(warden->residents, &flow->remote))
		return SF_STANDING_RESIDENT;
	if (sf_resident_near(warden->residents, &flow->remote.ip))
		return SF_STANDING_NEIGHBOUR;
	return SF_STANDING_STRANGER;
}

static void act(const struct sf_warden *warden,
		const struct sf_guard_case *judged)
{
	const struct sf_ip *ip = &judged->flow->remote.ip;
	const char *why = sf_guard_why_name(judged->why);
	char evidence[EVIDENCE_MAX], source[SF_END_TEXT_LEN];

	if (!warden->ops || conf_of(warden)->guard_watches ||
	    judged->verdict == SF_GUARD_SPARED)
		return;
	snprintf(evidence, sizeof(evidence), "%s over %s, %s%s",
		 sf_end_text(&judged->flow->remote, source),
		 sf_transport_name(judged->flow->transport),
		 judged->proven ? "proven" : "unproven",
		 judged->standing == SF_STANDING_NEIGHBOUR ||
		 judged->standing == SF_STANDING_RESIDENT ?
		 "; phones are registered from there" : "");
	if (judged->verdict == SF_GUARD_BANNED)
		warden->ops->ban(warden->owner, ip, why, evidence);
	else
		warden->ops->limit(warden->owner, ip, why, evidence,
				   judged->seconds);
}

static void judged(void *owner, const struct sf_guard_case *judged)
{
	static const enum sf_news_kind kinds[] = {
		[SF_GUARD_LIMITED] = SF_NEWS_GUARD_LIMITED,
		[SF_GUARD_BANNED] = SF_NEWS_GUARD_BANNED,
		[SF_GUARD_SPARED] = SF_NEWS_GUARD_SPARED,
	};
	const struct sf_warden *warden = owner;
	char source[SF_END_TEXT_LEN];

	sf_log(judged->verdict == SF_GUARD_LIMITED ? SF_LOG_INFO :
						     SF_LOG_NOTICE, "guard",
	       "verdict=%s source=%s transport=%s reason=%s standing=%s proven=%s%s",
	       sf_guard_verdict_name(judged->verdict),
	       sf_end_text(&judged->flow->remote, source),
	       sf_transport_name(judged->flow->transport),
	       sf_guard_why_name(judged->why),
	       sf_standing_name(judged->standing),
	       judged->proven ? "yes" : "no",
	       conf_of(warden)->guard_watches ? " done=nothing" : "");
	if (sf_news_wanted(warden->room))
		sf_news_source(warden->room, kinds[judged->verdict],
			       judged->flow, sf_guard_why_name(judged->why),
			       sf_standing_name(judged->standing));
	act(warden, judged);
}

static const struct sf_guard_user guard_user = {
	.standing = standing,
	.judged = judged,
};

int sf_warden_open(struct sf_warden **warden, const struct sf_conf *conf,
		   struct sf_newsroom *room, const struct sf_warden_ops *ops,
		   void *owner)
{
	struct sf_warden *made = calloc(1, sizeof(*made));

	if (!made)
		return -ENOMEM;
	made->conf = conf;
	made->room = room;
	made->ops = ops;
	made->owner = owner;
	made->guard = sf_guard_new(&guard_user, made);
	made->residents = sf_residents_new();
	if (!made->guard || !made->residents) {
		sf_warden_close(made);
		return -ENOMEM;
	}
	*warden = made;
	return 0;
}

void sf_warden_close(struct sf_warden *warden)
{
	if (!warden)
		return;
	sf_residents_free(warden->residents);
	sf_guard_free(warden->guard);
	free(warden);
}

struct sf_guard *sf_warden_guard(struct sf_warden *warden)
{
	return warden->guard;
}

struct sf_residents *sf_warden_residents(struct sf_warden *warden)
{
	return warden->residents;
}

void sf_warden_configure(struct sf_warden *warden, const struct sf_conf *conf)
{
	__atomic_store_n(&warden->conf, conf, __ATOMIC_RELEASE);
}

void sf_warden_request(struct sf_warden *warden,
		       const struct sf_message *request)
{
	const struct sf_hdr *agent = sf_msg_hdr(request->msg,
						SF_HDR_USER_AGENT);

	if (agent && sf_peek_scanner(request->buf, agent->value))
		sf_guard_count(warden->guard, &request->packet->flow, false,
			       SF_GUARD_SCANNER);
}

void sf_warden_malformed(struct sf_warden *warden, const struct sf_flow *flow)
{
	sf_guard_count(warden->guard, flow, false, SF_GUARD_MALFORMED);
}
