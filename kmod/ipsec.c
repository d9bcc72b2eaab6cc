// SPDX-License-Identifier: GPL-2.0
/*
 * ipsec.c - associations of IPsec that come where there were none
 *
 * Who wants to hear of associations is a key manager, one of several; this one
 * manages no key. Routes are made old as the kernel does it for policies: a packet
 * that was routed before and is promoted afterwards has an old one, too.
 */
#include <net/net_namespace.h>
#include <net/xfrm.h>

#include "ipsec.h"

/*
 * Only what leaves a packet's addresses as they are may be left out: of tunnels the
 * kernel refuses policies that would do without.
 */
static bool sf_ipsec_optional(const struct xfrm_state *x)
{
	return x->props.mode != XFRM_MODE_TUNNEL &&
	       x->props.mode != XFRM_MODE_BEET;
}

/* Under RCU. */
static int sf_ipsec_notify(struct xfrm_state *x, const struct km_event *event)
{
	if ((event->event != XFRM_MSG_NEWSA &&
	     event->event != XFRM_MSG_UPDSA) || !sf_ipsec_optional(x))
		return 0;

	if (x->props.family == AF_INET)
		rt_genid_bump_ipv4(xs_net(x));
	else
		rt_genid_bump_ipv6(xs_net(x));

	return 0;
}

static int sf_ipsec_acquire(struct xfrm_state *x, struct xfrm_tmpl *tmpl,
			    struct xfrm_policy *policy)
{
	return -ESRCH;
}

static struct xfrm_policy *sf_ipsec_compile(struct sock *sk, int opt, u8 *data,
					    int len, int *dir)
{
	*dir = -EOPNOTSUPP;

	return NULL;
}

/* The kernel asks for the last two without looking whether they are there. */
static struct xfrm_mgr sf_ipsec = {
	.notify = sf_ipsec_notify,
	.acquire = sf_ipsec_acquire,
	.compile_policy = sf_ipsec_compile,
};

void sf_ipsec_init(void)
{
	xfrm_register_km(&sf_ipsec);
}

void sf_ipsec_exit(void)
{
	xfrm_unregister_km(&sf_ipsec);
}
