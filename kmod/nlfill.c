// SPDX-License-Identifier: GPL-2.0
/*
 * nlfill.c - write our objects as netlink attributes
 */
#include <linux/ktime.h>
#include <net/netfilter/nf_conntrack_zones.h>
#include <uapi/linux/sipfast.h>

#include "call.h"
#include "nlfill.h"
#include "pernet.h"
#include "prefix.h"
#include "register.h"
#include "tcpedit.h"
#include "text.h"

u32 sf_fill_since(u64 then)
{
	return div_u64(ktime_get_boottime_ns() - then, NSEC_PER_MSEC);
}

int sf_fill_nest(struct sk_buff *skb, struct nlattr *nest, int err)
{
	if (err) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);

	return 0;
}

int sf_fill_addr(struct sk_buff *skb, const union nf_inet_addr *addr, u8 l3num)
{
	return l3num == NFPROTO_IPV4 ?
	       nla_put_in_addr(skb, SIPFAST_A_ENDPOINT_ADDR4, addr->ip) :
	       nla_put_in6_addr(skb, SIPFAST_A_ENDPOINT_ADDR6, &addr->in6);
}

int sf_fill_end(struct sk_buff *skb, int attr, const struct sf_end *end,
		u8 l3num)
{
	struct nlattr *nest = nla_nest_start(skb, attr);

	if (!nest)
		return -EMSGSIZE;

	return sf_fill_nest(skb, nest,
			    sf_fill_addr(skb, &end->addr, l3num) ?:
			    nla_put_be16(skb, SIPFAST_A_ENDPOINT_PORT,
					 end->port));
}

int sf_fill_mapped(struct sk_buff *skb, int attr, const struct sf_end *end,
		   const struct sf_end *mapped, u8 l3num)
{
	return sf_end_equal(end, mapped) ? 0 :
					   sf_fill_end(skb, attr, mapped, l3num);
}

int sf_fill_zone(struct sk_buff *skb, int attr, u16 zone)
{
	return zone == NF_CT_DEFAULT_ZONE_ID ? 0 : nla_put_u16(skb, attr, zone);
}

static int sf_fill_hosts(struct sk_buff *skb, const struct sf_net *sn)
{
	int err;

	rcu_read_lock();
	err = sf_prefixes_fill(skb, SIPFAST_A_CONFIG_MEDIA_HOSTS,
			       rcu_dereference(sn->media_hosts)) ?:
	      sf_prefixes_fill(skb, SIPFAST_A_CONFIG_REGISTRATION_HOSTS,
			       rcu_dereference(sn->registration_hosts));
	rcu_read_unlock();

	return err;
}

static int sf_fill_config_media(struct sk_buff *skb, const struct sf_config *c)
{
	return nla_put_u8(skb, SIPFAST_A_CONFIG_FASTPATH,
			  READ_ONCE(c->fastpath)) ?:
	       nla_put_u8(skb, SIPFAST_A_CONFIG_AUDIO_DSCP,
			  READ_ONCE(c->audio_dscp)) ?:
	       nla_put_u8(skb, SIPFAST_A_CONFIG_VIDEO_DSCP,
			  READ_ONCE(c->video_dscp)) ?:
	       nla_put_u32(skb, SIPFAST_A_CONFIG_LOSS_ALARM,
			   READ_ONCE(c->loss_alarm)) ?:
	       nla_put_u32(skb, SIPFAST_A_CONFIG_JITTER_ALARM,
			   READ_ONCE(c->jitter_alarm)) ?:
	       nla_put_u32(skb, SIPFAST_A_CONFIG_MARK_MASK,
			   READ_ONCE(c->mark_mask));
}

int sf_fill_config(struct sk_buff *skb, const void *obj)
{
	const struct sf_net *sn = obj;
	const struct sf_config *c = &sn->config;
	struct nlattr *nest = nla_nest_start(skb, SIPFAST_A_CONFIG);
	int err;

	if (!nest)
		return -EMSGSIZE;

	err = nla_put_u16(skb, SIPFAST_A_CONFIG_MEDIA_PORT_MIN,
			  READ_ONCE(c->media_port_min)) ?:
	      nla_put_u16(skb, SIPFAST_A_CONFIG_MEDIA_PORT_MAX,
			  READ_ONCE(c->media_port_max)) ?:
	      nla_put_u8(skb, SIPFAST_A_CONFIG_MEDIA_SOURCE,
			 READ_ONCE(c->media_source)) ?:
	      nla_put_u8(skb, SIPFAST_A_CONFIG_REGISTRATION_SOURCE,
			 READ_ONCE(c->registration_source)) ?:
	      nla_put_u32(skb, SIPFAST_A_CONFIG_CALL_LIMIT,
			  READ_ONCE(c->call_limit)) ?:
	      nla_put_u32(skb, SIPFAST_A_CONFIG_REGISTRATION_LIMIT,
			  READ_ONCE(c->registration_limit)) ?:
	      nla_put_u32(skb, SIPFAST_A_CONFIG_PINHOLE_LIMIT,
			  READ_ONCE(c->pinhole_limit)) ?:
	      nla_put_u32(skb, SIPFAST_A_CONFIG_CALL_TIMEOUT,
			  READ_ONCE(c->call_timeout)) ?:
	      nla_put_u32(skb, SIPFAST_A_CONFIG_SETUP_TIMEOUT,
			  READ_ONCE(c->setup_timeout)) ?:
	      nla_put_u32(skb, SIPFAST_A_CONFIG_MEDIA_TIMEOUT,
			  READ_ONCE(c->media_timeout)) ?:
	      nla_put_u8(skb, SIPFAST_A_CONFIG_HAIRPIN, READ_ONCE(c->hairpin)) ?:
	      nla_put_u8(skb, SIPFAST_A_CONFIG_TCP, READ_ONCE(c->tcp)) ?:
	      sf_fill_config_media(skb, c) ?:
	      sf_fill_hosts(skb, sn);

	return sf_fill_nest(skb, nest, err);
}

static int sf_fill_call_id(struct sk_buff *skb, const struct sf_call *call)
{
	struct nlattr *attr = nla_reserve(skb, SIPFAST_A_CALL_CALL_ID,
					  call->call_id_len + 1);

	if (!attr)
		return -EMSGSIZE;

	sf_text(nla_data(attr), call->call_id_len + 1, call->text,
		sf_span(call->call_id, call->call_id + call->call_id_len));

	return 0;
}

static int sf_fill_call_ends(struct sk_buff *skb, const struct sf_call *call)
{
	const struct sf_leg *leg = &call->leg;
	u8 l3num = call->key.l3num;
	int caller = call->caller;

	return sf_fill_end(skb, SIPFAST_A_CALL_CALLER, &leg->real[caller],
			   l3num) ?:
	       sf_fill_mapped(skb, SIPFAST_A_CALL_CALLER_MAPPED,
			      &leg->real[caller], &leg->face[caller], l3num) ?:
	       sf_fill_end(skb, SIPFAST_A_CALL_CALLEE, &leg->real[!caller],
			   l3num) ?:
	       sf_fill_mapped(skb, SIPFAST_A_CALL_CALLEE_MAPPED,
			      &leg->real[!caller], &leg->face[!caller], l3num);
}

static int sf_fill_call_state(struct sk_buff *skb, const struct sf_call *call)
{
	int err;

	err = nla_put_u8(skb, SIPFAST_A_CALL_STATE, call->state) ?:
	      nla_put_u32(skb, SIPFAST_A_CALL_AGE,
			  sf_fill_since(call->begun)) ?:
	      nla_put_u32(skb, SIPFAST_A_CALL_DIALOGS, call->ndialogs) ?:
	      nla_put_u32(skb, SIPFAST_A_CALL_EXPIRES,
			  sf_call_left(call)) ?:
	      sf_fill_zone(skb, SIPFAST_A_CALL_ZONE, call->key.zone);
	if (!err && call->end)
		err = nla_put_u8(skb, SIPFAST_A_CALL_END, call->end);
	if (!err && call->status)
		err = nla_put_u16(skb, SIPFAST_A_CALL_STATUS, call->status);
	if (!err && call->opened)
		err = nla_put_u64_64bit(skb, SIPFAST_A_CALL_COOKIE,
					call->cookie, SIPFAST_A_CALL_PAD);
	if (!err && call->answered)
		err = nla_put_u32(skb, SIPFAST_A_CALL_DURATION,
				  sf_fill_since(call->answered));

	return err;
}

int sf_fill_call(struct sk_buff *skb, const void *obj)
{
	const struct sf_call *call = obj;
	struct nlattr *nest = nla_nest_start(skb, SIPFAST_A_CALL);

	if (!nest)
		return -EMSGSIZE;

	return sf_fill_nest(skb, nest,
			    nla_put_u32(skb, SIPFAST_A_CALL_ID, call->id) ?:
			    sf_fill_call_id(skb, call) ?:
			    nla_put_string(skb, SIPFAST_A_CALL_FROM,
					   call->text) ?:
			    nla_put_string(skb, SIPFAST_A_CALL_TO,
					   call->text + call->to) ?:
			    sf_fill_call_state(skb, call) ?:
			    sf_fill_call_ends(skb, call));
}

int sf_fill_reg(struct sk_buff *skb, const void *obj)
{
	const struct sf_reg *reg = obj;
	const struct sf_reg_key *key = &reg->key;
	struct nlattr *nest = nla_nest_start(skb, SIPFAST_A_REGISTRATION);
	u32 seconds = div_u64(sf_timer_left(&reg->timer) + MSEC_PER_SEC - 1,
			      MSEC_PER_SEC);

	if (!nest)
		return -EMSGSIZE;

	return sf_fill_nest(skb, nest,
			    nla_put_u32(skb, SIPFAST_A_REGISTRATION_ID,
					reg->id) ?:
			    nla_put_string(skb, SIPFAST_A_REGISTRATION_AOR,
					   reg->aor) ?:
			    sf_fill_end(skb, SIPFAST_A_REGISTRATION_CONTACT,
					&key->contact, key->l3num) ?:
			    sf_fill_mapped(skb, SIPFAST_A_REGISTRATION_MAPPED,
					   &key->contact,
					   &reg->face, key->l3num) ?:
			    sf_fill_end(skb, SIPFAST_A_REGISTRATION_REGISTRAR,
					&key->registrar, key->l3num) ?:
			    sf_fill_zone(skb, SIPFAST_A_REGISTRATION_ZONE,
					 key->zone) ?:
			    nla_put_u32(skb, SIPFAST_A_REGISTRATION_EXPIRES,
					seconds));
}

static int sf_fill_table(struct sk_buff *skb, const struct sf_net *sn,
			 unsigned int index)
{
	const struct sf_config *c = &sn->config;
	const struct {
		const char *name;
		u32 used;
		u32 limit;
	} tables[SF_FILL_TABLES] = {
		{ "calls", READ_ONCE(sn->ncalls), READ_ONCE(c->call_limit) },
		{ "streams", READ_ONCE(sn->nstreams),
		  READ_ONCE(c->pinhole_limit) / 2 },
		{ "pinholes", READ_ONCE(sn->npinholes),
		  READ_ONCE(c->pinhole_limit) },
		{ "ports", READ_ONCE(sn->nports),
		  (READ_ONCE(c->media_port_max) -
		   READ_ONCE(c->media_port_min) + 1) / 2 },
		{ "registrations", READ_ONCE(sn->nregs),
		  READ_ONCE(c->registration_limit) },
		{ "tcp", READ_ONCE(sn->ntcp), SF_TCP_MAX },
	};
	struct nlattr *nest = nla_nest_start(skb, SIPFAST_A_TABLE);

	if (!nest)
		return -EMSGSIZE;

	return sf_fill_nest(skb, nest,
			    nla_put_string(skb, SIPFAST_A_TABLE_NAME,
					   tables[index].name) ?:
			    nla_put_u32(skb, SIPFAST_A_TABLE_USED,
					tables[index].used) ?:
			    nla_put_u32(skb, SIPFAST_A_TABLE_LIMIT,
					tables[index].limit));
}

static int sf_fill_counter(struct sk_buff *skb, const struct sf_net *sn,
			   enum sf_counter c)
{
	struct nlattr *nest = nla_nest_start(skb, SIPFAST_A_COUNTER);
	char name[SF_COUNTER_NAME_MAX];

	if (!nest)
		return -EMSGSIZE;

	sf_stats_name(c, name);

	return sf_fill_nest(skb, nest,
			    nla_put_string(skb, SIPFAST_A_COUNTER_NAME, name) ?:
			    nla_put_string(skb, SIPFAST_A_COUNTER_TEXT,
					   sf_stats_text(c)) ?:
			    nla_put_u64_64bit(skb, SIPFAST_A_COUNTER_VALUE,
					      sf_stats_sum(sn, c),
					      SIPFAST_A_COUNTER_PAD));
}

int sf_fill_stat(struct sk_buff *skb, const void *obj)
{
	const struct sf_fill_stat *stat = obj;

	return stat->index < SF_FILL_TABLES ?
	       sf_fill_table(skb, stat->sn, stat->index) :
	       sf_fill_counter(skb, stat->sn, stat->index - SF_FILL_TABLES);
}
