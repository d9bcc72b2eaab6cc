// SPDX-License-Identifier: GPL-2.0
/*
 * nf_sipfast: SIP-aware connection tracking, NAT and media forwarding.
 */
#include <linux/module.h>

static int __init sipfast_init(void)
{
	return 0;
}

static void __exit sipfast_exit(void)
{
}

module_init(sipfast_init);
module_exit(sipfast_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("SIP-aware connection tracking, NAT and media forwarding");
MODULE_ALIAS("nfct-helper-sipfast");
MODULE_ALIAS("nfct-helper-sipfast-watch");
