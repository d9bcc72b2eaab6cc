/* SPDX-License-Identifier: GPL-2.0 */
/*
 * child.h - the connections that pinholes let in
 */
#ifndef _SF_CHILD_H
#define _SF_CHILD_H

struct nf_conn;
struct nf_conntrack_expect;
struct sk_buff;

/**
 * sf_child_follow_masq() - let masquerade forget a child with its master
 * @skb: a packet of it that leaves
 * @ct: the child
 *
 * Called for every packet of a child; does its work at the first one, which
 * has been through every hook by then.
 */
void sf_child_follow_masq(const struct sk_buff *skb, struct nf_conn *ct);

/* Function of our expectations, by which conntrack names them. */
void sf_child_expected(struct nf_conn *ct, struct nf_conntrack_expect *exp);

/* Hook into every namespace. */
int sf_child_init(void);

/* Leave every namespace. No packet is in the hook when it returns. */
void sf_child_exit(void);

#endif /* _SF_CHILD_H */
