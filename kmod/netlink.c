// SPDX-License-Identifier: GPL-2.0
/*
 * netlink.c - the generic netlink family "sipfast"
 *
 * include/uapi/linux/sipfast.h says what is in the messages.
 */
#include <linux/ktime.h>
#include <net/genetlink.h>
#include <net/netfilter/nf_conntrack_zones.h>

#include "call.h"
#include "classify.h"
#include "netlink.h"
#include "nlfill.h"
#include "nlmedia.h"
#include "opened.h"
#include "pernet.h"
#include "prefix.h"
#include "register.h"
#include "stream.h"

/* Seconds that a call may be remembered: from 64*T1 (RFC 3261, 17) to a week. */
struct netlink_range_validation sf_timeout_range = {
	.min = 32,
	.max = 7 * 24 * 3600,
};

enum { SF_GROUP_CALL, SF_GROUP_MEDIA, SF_GROUP_SIP };

static struct genl_family sf_family;

/* No notification leaves before the family is there, or after. */
static bool sf_family_up __read_mostly;

static const struct genl_multicast_group sf_groups[] = {
	[SF_GROUP_CALL] = {
		.name = SIPFAST_MCGRP_CALL,
		.flags = GENL_MCAST_CAP_NET_ADMIN,
	},
	[SF_GROUP_MEDIA] = {
		.name = SIPFAST_MCGRP_MEDIA,
		.flags = GENL_MCAST_CAP_NET_ADMIN,
	},
	[SF_GROUP_SIP] = {
		.name = SIPFAST_MCGRP_SIP,
		.flags = GENL_MCAST_CAP_NET_ADMIN,
	},
};

static struct sf_net *sf_netlink_net(const struct sk_buff *skb)
{
	return sf_pernet(sock_net(skb->sk));
}

/* A message with one object, or NULL. */
static struct sk_buff *sf_netlink_msg(u32 portid, u32 seq, u8 cmd, size_t size,
				      sf_fill_fn fill, const void *obj)
{
	struct sk_buff *skb = genlmsg_new(size, GFP_ATOMIC);
	void *hdr;

	if (!skb)
		return NULL;

	hdr = genlmsg_put(skb, portid, seq, &sf_family, 0, cmd);
	if (!hdr || fill(skb, obj)) {
		nlmsg_free(skb);
		return NULL;
	}
	genlmsg_end(skb, hdr);

	return skb;
}

static bool sf_netlink_heard(const struct sf_net *sn, int group)
{
	return READ_ONCE(sf_family_up) &&
	       genl_has_listeners(&sf_family, sn->net, group);
}

/* A listener that is too slow is one of those that asked to be counted. */
static void sf_netlink_tell(struct sf_net *sn, int group, u8 cmd, size_t size,
			    sf_fill_fn fill, const void *obj)
{
	struct sk_buff *skb = sf_netlink_msg(0, 0, cmd, size, fill, obj);

	if (!skb || genlmsg_multicast_netns(&sf_family, sn->net, skb, 0, group,
					    GFP_ATOMIC) == -ENOBUFS)
		sf_count(sn, SF_CNT_EVENT_LOST);
}

static void sf_netlink_notify(struct sf_net *sn, int group, u8 cmd,
			      sf_fill_fn fill, const void *obj)
{
	if (sf_netlink_heard(sn, group))
		sf_netlink_tell(sn, group, cmd, GENLMSG_DEFAULT_SIZE, fill,
				obj);
}

bool sf_netlink_message_wanted(const struct sf_net *sn)
{
	return sf_netlink_heard(sn, SF_GROUP_SIP);
}

void sf_netlink_message(struct sf_net *sn, size_t size, sf_fill_fn fill,
			const void *obj)
{
	/* The family may have gone since somebody listened. */
	if (sf_netlink_message_wanted(sn))
		sf_netlink_tell(sn, SF_GROUP_SIP, SIPFAST_CMD_MESSAGE_NTF, size,
				fill, obj);
}

void sf_netlink_call(const struct sf_call *call, enum sipfast_cmd cmd)
{
	sf_netlink_notify(call->sn, SF_GROUP_CALL, cmd, sf_fill_call, call);
}

void sf_netlink_reg(const struct sf_reg *reg, enum sipfast_cmd cmd)
{
	sf_netlink_notify(reg->sn, SF_GROUP_CALL, cmd, sf_fill_reg, reg);
}

void sf_netlink_stream(const struct sf_stream *stream, enum sipfast_cmd cmd)
{
	sf_netlink_notify(stream->sn, SF_GROUP_MEDIA, cmd, sf_fill_stream,
			  stream);
}

void sf_netlink_stream_event(const struct sf_stream *stream,
			     enum sipfast_stream_event event, int side)
{
	const struct sf_fill_event what = { stream, event, side };

	sf_netlink_notify(stream->sn, SF_GROUP_MEDIA,
			  SIPFAST_CMD_STREAM_CHANGE_NTF, sf_fill_stream_event,
			  &what);
}

static int sf_netlink_reply(struct genl_info *info, sf_fill_fn fill,
			    const void *obj)
{
	struct sk_buff *skb = sf_netlink_msg(info->snd_portid, info->snd_seq,
					     info->genlhdr->cmd,
					     GENLMSG_DEFAULT_SIZE, fill, obj);

	return skb ? genlmsg_reply(skb, info) : -ENOBUFS;
}

static int sf_get_config(struct sk_buff *skb, struct genl_info *info)
{
	return sf_netlink_reply(info, sf_fill_config,
				sf_netlink_net(skb));
}

static int sf_dscp_validate(const struct nlattr *attr,
			    struct netlink_ext_ack *extack)
{
	u8 dscp = nla_get_u8(attr);

	if (dscp < 64 || dscp == SIPFAST_DSCP_KEEP)
		return 0;

	NL_SET_ERR_MSG_ATTR(extack, attr, "no DSCP: 0 to 63, or 255 to keep it");

	return -ERANGE;
}

static int sf_mask_validate(const struct nlattr *attr,
			    struct netlink_ext_ack *extack)
{
	if (sf_classify_mask(nla_get_u32(attr)))
		return 0;

	NL_SET_ERR_MSG_ATTR(extack, attr,
			    "no mask: 0, or 14 neighbouring bits at least");

	return -ERANGE;
}

static const struct nla_policy
sf_config_policy[SIPFAST_A_CONFIG_MAX + 1] = {
	[SIPFAST_A_CONFIG_MEDIA_PORT_MIN] = NLA_POLICY_MIN(NLA_U16, 1024),
	[SIPFAST_A_CONFIG_MEDIA_PORT_MAX] = NLA_POLICY_MIN(NLA_U16, 1025),
	[SIPFAST_A_CONFIG_MEDIA_SOURCE] =
		NLA_POLICY_MAX(NLA_U8, SIPFAST_SOURCE_PREFIX),
	[SIPFAST_A_CONFIG_REGISTRATION_SOURCE] =
		NLA_POLICY_MAX(NLA_U8, SIPFAST_SOURCE_PREFIX),
	[SIPFAST_A_CONFIG_CALL_LIMIT] = { .type = NLA_U32 },
	[SIPFAST_A_CONFIG_REGISTRATION_LIMIT] = { .type = NLA_U32 },
	[SIPFAST_A_CONFIG_PINHOLE_LIMIT] = { .type = NLA_U32 },
	[SIPFAST_A_CONFIG_CALL_TIMEOUT] =
		NLA_POLICY_FULL_RANGE(NLA_U32, &sf_timeout_range),
	[SIPFAST_A_CONFIG_SETUP_TIMEOUT] =
		NLA_POLICY_FULL_RANGE(NLA_U32, &sf_timeout_range),
	[SIPFAST_A_CONFIG_MEDIA_TIMEOUT] =
		NLA_POLICY_FULL_RANGE(NLA_U32, &sf_timeout_range),
	[SIPFAST_A_CONFIG_MEDIA_HOSTS] = NLA_POLICY_NESTED(sf_prefixes_policy),
	[SIPFAST_A_CONFIG_REGISTRATION_HOSTS] =
		NLA_POLICY_NESTED(sf_prefixes_policy),
	[SIPFAST_A_CONFIG_HAIRPIN] = NLA_POLICY_MAX(NLA_U8, 1),
	[SIPFAST_A_CONFIG_TCP] = NLA_POLICY_MAX(NLA_U8, SIPFAST_TCP_EDIT),
	[SIPFAST_A_CONFIG_FASTPATH] = NLA_POLICY_MAX(NLA_U8, 1),
	[SIPFAST_A_CONFIG_AUDIO_DSCP] =
		NLA_POLICY_VALIDATE_FN(NLA_U8, sf_dscp_validate),
	[SIPFAST_A_CONFIG_VIDEO_DSCP] =
		NLA_POLICY_VALIDATE_FN(NLA_U8, sf_dscp_validate),
	[SIPFAST_A_CONFIG_LOSS_ALARM] = NLA_POLICY_RANGE(NLA_U32, 1, 1000),
	[SIPFAST_A_CONFIG_JITTER_ALARM] = NLA_POLICY_RANGE(NLA_U32, 1, 10000),
	[SIPFAST_A_CONFIG_MARK_MASK] =
		NLA_POLICY_VALIDATE_FN(NLA_U32, sf_mask_validate),
};

static void sf_set_u8(u8 *to, struct nlattr *attr)
{
	if (attr)
		*to = nla_get_u8(attr);
}

static void sf_set_u16(u16 *to, struct nlattr *attr)
{
	if (attr)
		*to = nla_get_u16(attr);
}

static void sf_set_u32(u32 *to, struct nlattr *attr)
{
	if (attr)
		*to = nla_get_u32(attr);
}

static void sf_config_read(struct sf_config *config, struct nlattr **tb)
{
	sf_set_u16(&config->media_port_min,
		   tb[SIPFAST_A_CONFIG_MEDIA_PORT_MIN]);
	sf_set_u16(&config->media_port_max,
		   tb[SIPFAST_A_CONFIG_MEDIA_PORT_MAX]);
	sf_set_u8(&config->media_source, tb[SIPFAST_A_CONFIG_MEDIA_SOURCE]);
	sf_set_u8(&config->registration_source,
		  tb[SIPFAST_A_CONFIG_REGISTRATION_SOURCE]);
	sf_set_u32(&config->call_limit, tb[SIPFAST_A_CONFIG_CALL_LIMIT]);
	sf_set_u32(&config->registration_limit,
		   tb[SIPFAST_A_CONFIG_REGISTRATION_LIMIT]);
	sf_set_u32(&config->pinhole_limit, tb[SIPFAST_A_CONFIG_PINHOLE_LIMIT]);
	sf_set_u32(&config->call_timeout, tb[SIPFAST_A_CONFIG_CALL_TIMEOUT]);
	sf_set_u32(&config->setup_timeout, tb[SIPFAST_A_CONFIG_SETUP_TIMEOUT]);
	sf_set_u32(&config->media_timeout, tb[SIPFAST_A_CONFIG_MEDIA_TIMEOUT]);
	sf_set_u8(&config->hairpin, tb[SIPFAST_A_CONFIG_HAIRPIN]);
	sf_set_u8(&config->tcp, tb[SIPFAST_A_CONFIG_TCP]);
	sf_set_u8(&config->fastpath, tb[SIPFAST_A_CONFIG_FASTPATH]);
	sf_set_u8(&config->audio_dscp, tb[SIPFAST_A_CONFIG_AUDIO_DSCP]);
	sf_set_u8(&config->video_dscp, tb[SIPFAST_A_CONFIG_VIDEO_DSCP]);
	sf_set_u32(&config->loss_alarm, tb[SIPFAST_A_CONFIG_LOSS_ALARM]);
	sf_set_u32(&config->jitter_alarm, tb[SIPFAST_A_CONFIG_JITTER_ALARM]);
	sf_set_u32(&config->mark_mask, tb[SIPFAST_A_CONFIG_MARK_MASK]);
}

/**
 * struct sf_hosts - lists that are to be set
 * @media: for sf_net.media_hosts
 * @registration: for sf_net.registration_hosts
 */
struct sf_hosts {
	struct sf_prefixes *media;
	struct sf_prefixes *registration;
};

static int sf_hosts_read(struct sf_hosts *hosts, struct nlattr **tb,
			 struct netlink_ext_ack *extack)
{
	int err;

	err = sf_prefixes_read(&hosts->media, tb[SIPFAST_A_CONFIG_MEDIA_HOSTS],
			       extack);
	if (err)
		return err;

	err = sf_prefixes_read(&hosts->registration,
			       tb[SIPFAST_A_CONFIG_REGISTRATION_HOSTS], extack);
	if (err)
		kfree(hosts->media);

	return err;
}

/* Set what is there, and leave the former lists in @hosts. */
static void sf_hosts_swap(struct sf_net *sn, struct sf_hosts *hosts,
			  struct nlattr **tb)
{
	if (tb[SIPFAST_A_CONFIG_MEDIA_HOSTS])
		hosts->media = rcu_replace_pointer(sn->media_hosts,
						   hosts->media,
						   lockdep_is_held(&sn->lock));
	if (tb[SIPFAST_A_CONFIG_REGISTRATION_HOSTS])
		hosts->registration =
			rcu_replace_pointer(sn->registration_hosts,
					    hosts->registration,
					    lockdep_is_held(&sn->lock));
}

static void sf_hosts_free(struct sf_hosts *hosts)
{
	if (hosts->media)
		kfree_rcu(hosts->media, rcu);
	if (hosts->registration)
		kfree_rcu(hosts->registration, rcu);
}

/* Hooks that cannot be had are a reason to change nothing. */
static int sf_mark_begin(struct sf_net *sn, const struct nlattr *mask)
{
	return mask && nla_get_u32(mask) ? sf_classify_switch(sn, true) : 0;
}

static bool sf_config_pairs(const struct sf_config *config)
{
	return !(config->media_port_min % 2) && config->media_port_max % 2 &&
	       config->media_port_min <= config->media_port_max;
}

/* Does what has been promoted leave otherwise now, or not at all? */
static bool sf_config_moved(const struct sf_config *old,
			    const struct sf_config *new)
{
	return old->fastpath != new->fastpath ||
	       old->audio_dscp != new->audio_dscp ||
	       old->video_dscp != new->video_dscp;
}

/* All of it or nothing. The former lists, or those refused, are in @hosts. */
static int sf_config_take(struct sf_net *sn, struct sf_hosts *hosts,
			  struct nlattr **tb, struct netlink_ext_ack *extack)
{
	bool good, moved = false;
	struct sf_config config;

	spin_lock_bh(&sn->lock);
	config = sn->config;
	sf_config_read(&config, tb);
	good = sf_config_pairs(&config);
	if (good) {
		moved = sf_config_moved(&sn->config, &config);
		sn->config = config;
		sf_hosts_swap(sn, hosts, tb);
	}
	spin_unlock_bh(&sn->lock);
	if (moved)
		sf_path_demote_device(sn, NULL);
	if (good)
		return 0;

	NL_SET_ERR_MSG(extack,
		       "media ports run from an even port to an odd one above it");

	return -EINVAL;
}

static int sf_config_try(struct sf_net *sn, struct nlattr **tb,
			 struct netlink_ext_ack *extack)
{
	struct sf_hosts hosts;
	int err = sf_hosts_read(&hosts, tb, extack);

	if (err)
		return err;

	err = sf_config_take(sn, &hosts, tb, extack);
	sf_hosts_free(&hosts);

	return err;
}

int sf_config_change(struct sf_net *sn, const struct nlattr *nest,
		     struct netlink_ext_ack *extack)
{
	struct nlattr *tb[SIPFAST_A_CONFIG_MAX + 1];
	int err;

	err = nla_parse_nested(tb, SIPFAST_A_CONFIG_MAX, nest, sf_config_policy,
			       extack);
	if (err)
		return err;

	/* Requests come in parallel: a mask and its hooks change together. */
	mutex_lock(&sn->config_lock);
	err = sf_mark_begin(sn, tb[SIPFAST_A_CONFIG_MARK_MASK]) ?:
	      sf_config_try(sn, tb, extack);
	/* Also when it was refused: then without a mask no hook stays. */
	sf_classify_switch(sn, READ_ONCE(sn->config.mark_mask));
	mutex_unlock(&sn->config_lock);

	return err;
}

static int sf_set_config(struct sk_buff *skb, struct genl_info *info)
{
	if (GENL_REQ_ATTR_CHECK(info, SIPFAST_A_CONFIG))
		return -EINVAL;

	return sf_config_change(sf_netlink_net(skb),
				info->attrs[SIPFAST_A_CONFIG], info->extack);
}

static const struct nla_policy sf_call_policy[SIPFAST_A_CALL_MAX + 1] = {
	[SIPFAST_A_CALL_ID] = { .type = NLA_U32 },
};

static int sf_get_call(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *tb[SIPFAST_A_CALL_MAX + 1];
	struct sf_net *sn = sf_netlink_net(skb);
	struct sf_call *call;
	struct sk_buff *msg;
	void *hdr;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, SIPFAST_A_CALL))
		return -EINVAL;

	err = nla_parse_nested(tb, SIPFAST_A_CALL_MAX,
			       info->attrs[SIPFAST_A_CALL], sf_call_policy,
			       info->extack);
	if (err)
		return err;
	if (!tb[SIPFAST_A_CALL_ID]) {
		NL_SET_ERR_MSG(info->extack, "which call?");
		return -EINVAL;
	}

	msg = genlmsg_new(SF_FILL_DETAIL, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;

	hdr = genlmsg_put_reply(msg, info, &sf_family, 0, SIPFAST_CMD_GET_CALL);
	spin_lock_bh(&sn->lock);
	call = xa_load(&sn->call_ids, nla_get_u32(tb[SIPFAST_A_CALL_ID]));
	err = !call ? -ENOENT : !hdr ? -EMSGSIZE :
				       sf_fill_call_detail(msg, call);
	spin_unlock_bh(&sn->lock);
	if (err) {
		nlmsg_free(msg);
		return err;
	}
	genlmsg_end(msg, hdr);

	return genlmsg_reply(msg, info);
}

/**
 * struct sf_dump - where a dump goes on
 * @next: number of the next object
 */
struct sf_dump {
	unsigned long next;
};

static int sf_dump_put(struct sk_buff *skb, struct netlink_callback *cb, u8 cmd,
		       sf_fill_fn fill, const void *obj)
{
	void *hdr = genlmsg_put(skb, NETLINK_CB(cb->skb).portid,
				cb->nlh->nlmsg_seq, &sf_family, NLM_F_MULTI,
				cmd);
	int ret;

	if (!hdr)
		return -EMSGSIZE;

	ret = fill(skb, obj);
	if (ret)
		genlmsg_cancel(skb, hdr);
	else
		genlmsg_end(skb, hdr);

	return ret == SF_FILL_SKIP ? 0 : ret;
}

/* Dump a table by number; the lock is let go between the objects. */
static int sf_dump_ids(struct sk_buff *skb, struct netlink_callback *cb,
		       struct sf_net *sn, struct xarray *ids, u8 cmd,
		       sf_fill_fn fill)
{
	struct sf_dump *dump = (struct sf_dump *)cb->ctx;
	int err = 0;
	void *obj;

	do {
		spin_lock_bh(&sn->lock);
		obj = xa_find(ids, &dump->next, ULONG_MAX, XA_PRESENT);
		if (obj)
			err = sf_dump_put(skb, cb, cmd, fill, obj);
		spin_unlock_bh(&sn->lock);
		if (!err)
			dump->next++;
	} while (obj && !err);

	return skb->len;
}

static int sf_dump_calls(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct sf_net *sn = sf_netlink_net(cb->skb);

	return sf_dump_ids(skb, cb, sn, &sn->call_ids, SIPFAST_CMD_GET_CALL,
			   sf_fill_call);
}

static int sf_dump_streams(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct sf_net *sn = sf_netlink_net(cb->skb);

	return sf_dump_ids(skb, cb, sn, &sn->stream_ids, SIPFAST_CMD_GET_STREAM,
			   sf_fill_stream);
}

/* A REGISTER that waits for its answer is no registration yet. */
static int sf_fill_active_reg(struct sk_buff *skb, const void *obj)
{
	const struct sf_reg *reg = obj;

	return reg->active ? sf_fill_reg(skb, reg) : SF_FILL_SKIP;
}

static int sf_dump_regs(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct sf_net *sn = sf_netlink_net(cb->skb);

	return sf_dump_ids(skb, cb, sn, &sn->reg_ids,
			   SIPFAST_CMD_GET_REGISTRATION, sf_fill_active_reg);
}

static int sf_dump_stats(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct sf_dump *dump = (struct sf_dump *)cb->ctx;
	struct sf_fill_stat stat = { .sn = sf_netlink_net(cb->skb) };

	for (; dump->next < SF_FILL_TABLES + SF_CNT_COUNT; dump->next++) {
		stat.index = dump->next;
		if (sf_dump_put(skb, cb, SIPFAST_CMD_GET_STATS, sf_fill_stat,
				&stat))
			break;
	}

	return skb->len;
}

/* Which call it is. */
static int sf_fill_opened(struct sk_buff *skb, const void *obj)
{
	const u32 *id = obj;
	struct nlattr *nest = nla_nest_start(skb, SIPFAST_A_CALL);

	return nest ? sf_fill_nest(skb, nest,
				   nla_put_u32(skb, SIPFAST_A_CALL_ID, *id)) :
		      -EMSGSIZE;
}

static int sf_media_open(struct sk_buff *skb, struct genl_info *info)
{
	struct sf_opening open;
	u32 number;
	int id;

	if (GENL_REQ_ATTR_CHECK(info, SIPFAST_A_MEDIA))
		return -EINVAL;

	id = sf_opening_read(&open, info->attrs[SIPFAST_A_MEDIA],
			     info->extack) ?:
	     sf_opened_take(sf_netlink_net(skb), &open, info->extack);
	if (id < 0)
		return id;
	number = id;

	return sf_netlink_reply(info, sf_fill_opened, &number);
}

static int sf_media_close(struct sk_buff *skb, struct genl_info *info)
{
	struct sf_closing closing;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, SIPFAST_A_MEDIA))
		return -EINVAL;

	err = sf_closing_read(&closing, info->attrs[SIPFAST_A_MEDIA],
			      info->extack);
	if (err)
		return err;
	err = sf_opened_close(sf_netlink_net(skb), closing.call, closing.why);
	if (err)
		NL_SET_ERR_MSG(info->extack,
			       "no call with this number was opened");

	return err;
}

static const struct nla_policy sf_policy[SIPFAST_A_MAX + 1] = {
	[SIPFAST_A_CONFIG] = NLA_POLICY_NESTED(sf_config_policy),
	[SIPFAST_A_CALL] = NLA_POLICY_NESTED(sf_call_policy),
	[SIPFAST_A_MEDIA] = { .type = NLA_NESTED },
};

static const struct genl_ops sf_ops[] = {
	{
		.cmd = SIPFAST_CMD_GET_CONFIG,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = sf_get_config,
	},
	{
		.cmd = SIPFAST_CMD_SET_CONFIG,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = sf_set_config,
	},
	{
		.cmd = SIPFAST_CMD_GET_CALL,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = sf_get_call,
		.dumpit = sf_dump_calls,
	},
	{
		.cmd = SIPFAST_CMD_GET_STREAM,
		.flags = GENL_UNS_ADMIN_PERM,
		.dumpit = sf_dump_streams,
	},
	{
		.cmd = SIPFAST_CMD_GET_REGISTRATION,
		.flags = GENL_UNS_ADMIN_PERM,
		.dumpit = sf_dump_regs,
	},
	{
		.cmd = SIPFAST_CMD_GET_STATS,
		.flags = GENL_UNS_ADMIN_PERM,
		.dumpit = sf_dump_stats,
	},
	{
		.cmd = SIPFAST_CMD_MEDIA_OPEN,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = sf_media_open,
	},
	{
		.cmd = SIPFAST_CMD_MEDIA_CLOSE,
		.flags = GENL_UNS_ADMIN_PERM,
		.doit = sf_media_close,
	},
};

static struct genl_family sf_family __ro_after_init = {
	.name = SIPFAST_GENL_NAME,
	.version = SIPFAST_GENL_VERSION,
	.maxattr = SIPFAST_A_MAX,
	.policy = sf_policy,
	.netnsok = true,
	.parallel_ops = true,
	.module = THIS_MODULE,
	.ops = sf_ops,
	.n_ops = ARRAY_SIZE(sf_ops),
	.resv_start_op = SIPFAST_CMD_MAX + 1,
	.mcgrps = sf_groups,
	.n_mcgrps = ARRAY_SIZE(sf_groups),
};

int sf_netlink_init(void)
{
	int err = genl_register_family(&sf_family);

	if (!err)
		WRITE_ONCE(sf_family_up, true);

	return err;
}

void sf_netlink_exit(void)
{
	WRITE_ONCE(sf_family_up, false);
	/* Helpers may be between the question and the notification. */
	synchronize_rcu();
	genl_unregister_family(&sf_family);
}
