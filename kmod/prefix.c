// SPDX-License-Identifier: GPL-2.0
/*
 * prefix.c - lists of prefixes that the administrator sets
 */
#include <linux/inetdevice.h>
#include <linux/slab.h>
#include <net/ipv6.h>
#include <net/netlink.h>
#include <uapi/linux/sipfast.h>

#include "prefix.h"

bool sf_prefix_equal(const union nf_inet_addr *a, const union nf_inet_addr *b,
		     u8 l3num, u8 len)
{
	if (l3num == NFPROTO_IPV4)
		return !((a->ip ^ b->ip) & inet_make_mask(len));

	return ipv6_prefix_equal(&a->in6, &b->in6, len);
}

bool sf_prefixes_have(const struct sf_prefixes *list,
		      const union nf_inet_addr *addr, u8 l3num)
{
	const struct sf_prefix *p;
	int i;

	for (i = 0; list && i < list->count; i++) {
		p = &list->item[i];
		if (p->l3num == l3num &&
		    sf_prefix_equal(&p->addr, addr, l3num, p->len))
			return true;
	}

	return false;
}

const struct nla_policy sf_prefixes_policy[SIPFAST_A_PREFIXES_MAX + 1] = {
	[SIPFAST_A_PREFIXES_IP4] =
		NLA_POLICY_EXACT_LEN(sizeof(struct in_addr) + 1),
	[SIPFAST_A_PREFIXES_IP6] =
		NLA_POLICY_EXACT_LEN(sizeof(struct in6_addr) + 1),
};

/* One attribute, an address and a length, which the policy has seen. */
static bool sf_prefix_read(struct sf_prefix *p, const struct nlattr *attr)
{
	bool ip4 = nla_type(attr) == SIPFAST_A_PREFIXES_IP4;
	int size = nla_len(attr) - 1;
	const u8 *data = nla_data(attr);

	memset(p, 0, sizeof(*p));
	p->l3num = ip4 ? NFPROTO_IPV4 : NFPROTO_IPV6;
	memcpy(&p->addr, data, size);
	p->len = data[size];

	return p->len <= sf_prefix_full(p->l3num);
}

static int sf_prefixes_count(const struct nlattr *nest)
{
	struct nlattr *attr;
	int rem, n = 0;

	nla_for_each_nested(attr, nest, rem)
		n++;

	return n;
}

int sf_prefixes_read(struct sf_prefixes **list, const struct nlattr *nest,
		     struct netlink_ext_ack *extack)
{
	int n = nest ? sf_prefixes_count(nest) : 0;
	struct sf_prefixes *new;
	struct nlattr *attr;
	int rem;

	*list = NULL;
	if (!n)
		return 0;
	if (n > SIPFAST_PREFIXES_MAX) {
		NL_SET_ERR_MSG(extack, "too many prefixes");
		return -E2BIG;
	}

	new = kzalloc(struct_size(new, item, n), GFP_KERNEL_ACCOUNT);
	if (!new)
		return -ENOMEM;

	nla_for_each_nested(attr, nest, rem) {
		if (!sf_prefix_read(&new->item[new->count++], attr)) {
			NL_SET_ERR_MSG_ATTR(extack, attr,
					    "the prefix is longer than an address");
			kfree(new);
			return -EINVAL;
		}
	}
	*list = new;

	return 0;
}

static int sf_prefix_fill(struct sk_buff *skb, const struct sf_prefix *p)
{
	bool ip4 = p->l3num == NFPROTO_IPV4;
	int size = ip4 ? sizeof(struct in_addr) : sizeof(struct in6_addr);
	u8 data[sizeof(struct in6_addr) + 1];

	memcpy(data, &p->addr, size);
	data[size] = p->len;

	return nla_put(skb, ip4 ? SIPFAST_A_PREFIXES_IP4 :
				  SIPFAST_A_PREFIXES_IP6, size + 1, data);
}

int sf_prefixes_fill(struct sk_buff *skb, int attr,
		     const struct sf_prefixes *list)
{
	struct nlattr *nest = nla_nest_start(skb, attr);
	int i;

	if (!nest)
		return -EMSGSIZE;

	for (i = 0; list && i < list->count; i++) {
		if (sf_prefix_fill(skb, &list->item[i])) {
			nla_nest_cancel(skb, nest);
			return -EMSGSIZE;
		}
	}
	nla_nest_end(skb, nest);

	return 0;
}
