// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * nft_batch.c - changes of elements as messages of nf_tables
 *
 * A batch happens as a whole or not at all. Before 6.12 the kernel cannot change
 * the timeout of an element, and it refuses to delete one that is not there: one
 * may end while we ask. So elements are added, which changes nothing if they are
 * there, then deleted, then added again.
 */
#include <arpa/inet.h>
#include <endian.h>

#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>

#include "nfnl.h"

static void put_element(struct nlmsghdr *nlh, const struct sf_nft_change *change,
			bool times)
{
	struct nlattr *elem = mnl_attr_nest_start(nlh, NFTA_LIST_ELEM);
	struct nlattr *key = mnl_attr_nest_start(nlh, NFTA_SET_ELEM_KEY);

	mnl_attr_put(nlh, NFTA_DATA_VALUE, sf_nft_key_len(change->key.set),
		     change->key.bytes);
	mnl_attr_nest_end(nlh, key);
	if (times && sf_nft_set_ends(change->key.set))
		mnl_attr_put_u64(nlh, NFTA_SET_ELEM_TIMEOUT,
				 htobe64(change->timeout_ms ?
					 change->timeout_ms : 1));
	mnl_attr_nest_end(nlh, elem);
}

/* A round: which changes are in it, by their kind. */
struct round {
	uint16_t type;
	bool kinds[3];
};

static const struct round rounds[] = {
	{ NFT_MSG_NEWSETELEM, { true, true, true } },
	{ NFT_MSG_DELSETELEM, { [SF_NFT_RENEW] = true, [SF_NFT_DELETE] = true } },
	{ NFT_MSG_NEWSETELEM, { [SF_NFT_RENEW] = true } },
};

/* Return: where the next message goes; @buf when there is nothing to be said. */
static char *put_round(struct nfnl *nfnl, char *buf, const struct round *round,
		       enum sf_nft_set set, const struct sf_nft_change *changes,
		       uint32_t count)
{
	bool adds = round->type == NFT_MSG_NEWSETELEM;
	struct nlmsghdr *nlh = NULL;
	struct nlattr *list = NULL;
	uint32_t i;

	for (i = 0; i < count; i++) {
		if (changes[i].key.set != set || !round->kinds[changes[i].kind])
			continue;
		if (!nlh) {
			nlh = nfnl_put(nfnl, buf,
				       NFNL_SUBSYS_NFTABLES << 8 | round->type,
				       NLM_F_ACK | (adds ? NLM_F_CREATE : 0),
				       NFPROTO_INET);
			mnl_attr_put_strz(nlh, NFTA_SET_ELEM_LIST_TABLE,
					  "sipfast");
			mnl_attr_put_strz(nlh, NFTA_SET_ELEM_LIST_SET,
					  sf_nft_set_name(set));
			list = mnl_attr_nest_start(nlh,
						   NFTA_SET_ELEM_LIST_ELEMENTS);
		}
		put_element(nlh, &changes[i], adds);
	}
	if (!nlh)
		return buf;
	mnl_attr_nest_end(nlh, list);
	return buf + nlh->nlmsg_len;
}

static char *put_mark(struct nfnl *nfnl, char *buf, uint16_t type)
{
	struct nlmsghdr *nlh = nfnl_put(nfnl, buf, type, 0, AF_UNSPEC);
	struct nfgenmsg *nfg = mnl_nlmsg_get_payload(nlh);

	nfg->res_id = htons(NFNL_SUBSYS_NFTABLES);
	return buf + nlh->nlmsg_len;
}

size_t nft_batch(struct nfnl *nfnl, const struct sf_nft_change *changes,
		 uint32_t count, uint32_t *acks)
{
	char *at = put_mark(nfnl, nfnl->buf, NFNL_MSG_BATCH_BEGIN);
	unsigned int set, i;

	*acks = 0;
	for (set = 0; set < SF_NFT_SET_COUNT; set++) {
		for (i = 0; i < sizeof(rounds) / sizeof(rounds[0]); i++) {
			char *next = put_round(nfnl, at, &rounds[i], set,
					       changes, count);

			*acks += next != at;
			at = next;
		}
	}
	at = put_mark(nfnl, at, NFNL_MSG_BATCH_END);
	return (size_t)(at - nfnl->buf);
}
