/* SPDX-License-Identifier: GPL-2.0 */
/* Up to Linux 6.4, what cuts large buffers is declared elsewhere. */
#if __has_include_next(<net/gso.h>)
#include_next <net/gso.h>
#else
#include <linux/netdevice.h>
#endif
