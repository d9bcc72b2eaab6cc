// SPDX-License-Identifier: GPL-2.0
/*
 * tcpedit.c - TCP connections whose messages are edited
 *
 * All numbers and bytes of such a connection are changed here: conntrack's own
 * adjustment stays off, because it forgets all edits but the last.
 */
#include <linux/slab.h>
#include <net/netfilter/nf_conntrack.h>
#include <net/netfilter/nf_conntrack_seqadj.h>
#include <net/netfilter/nf_nat_helper.h>
#include <net/tcp.h>
#include <uapi/linux/netfilter/nf_conntrack_tcp.h>
#include <uapi/linux/sipfast.h>

#include "flow.h"
#include "packet.h"
#include "pernet.h"
#include "tcpedit.h"

/* How often to look whether the connection is there. */
#define SF_TCP_LOOK (30 * MSEC_PER_SEC)

/* The longest packet, by IPv4's total length. */
#define SF_TCP_PACKET_MAX 65535

/* Of all namespaces: what it counts may outlive its own by a grace period. */
static atomic_t sf_tcp_memory;

void sf_tcp_open(struct sf_packet *pkt, const struct tcphdr *th, bool watch)
{
	enum ip_conntrack_dir dir = CTINFO2DIR(pkt->ctinfo);
	struct sf_flow *flow = sf_flow(pkt->ct);

	/*
	 * Who else changes numbers would not expect us to; and on the loopback
	 * device a packet comes by twice.
	 */
	if (!th->ack && !nf_ct_is_confirmed(pkt->ct) && !watch &&
	    READ_ONCE(pkt->sn->config.tcp) == SIPFAST_TCP_EDIT &&
	    pkt->ct->status & IPS_NAT_MASK &&
	    !test_bit(IPS_SEQ_ADJUST_BIT, &pkt->ct->status) &&
	    !nf_is_loopback_packet(pkt->skb))
		flow->tcp |= SF_TCP_EDIT;

	if (!(flow->tcp & SF_TCP_EDIT) || READ_ONCE(flow->edited))
		return;

	WRITE_ONCE(flow->next[dir], ntohl(th->seq) + 1);
	flow->tcp |= SF_TCP_KNOWN(dir);
}

static void sf_tcp_free(struct rcu_head *rcu)
{
	struct sf_tcp *tcp = container_of(rcu, struct sf_tcp, rcu);
	int dir;

	for (dir = 0; dir < IP_CT_DIR_MAX; dir++) {
		atomic_sub(tcp->way[dir].memory, &sf_tcp_memory);
		sf_seqmap_free(&tcp->way[dir]);
	}
	nf_ct_put(tcp->ct);
	kfree(tcp);
}

static void sf_tcp_end(struct sf_tcp *tcp)
{
	struct sf_net *sn = tcp->sn;

	sf_timer_del(sn, &tcp->timer);
	xa_erase_bh(&sn->tcp_ids, tcp->id);
	sn->ntcp--;
	call_rcu(&tcp->rcu, sf_tcp_free);
}

static void sf_tcp_look(struct sf_timer *timer)
{
	struct sf_tcp *tcp = container_of(timer, struct sf_tcp, timer);

	if (nf_ct_is_dying(tcp->ct) || nf_ct_is_expired(tcp->ct))
		sf_tcp_end(tcp);
	else
		sf_timer_set(tcp->sn, timer, SF_TCP_LOOK);
}

static struct sf_tcp *sf_tcp_make(struct sf_packet *pkt,
				  const struct sf_flow *flow)
{
	struct sf_net *sn = pkt->sn;
	struct sf_tcp *tcp;
	int dir;

	if (sn->ntcp >= SF_TCP_MAX)
		return NULL;

	tcp = kzalloc(sizeof(*tcp), GFP_ATOMIC);
	if (!tcp)
		return NULL;

	tcp->sn = sn;
	tcp->ct = pkt->ct;
	spin_lock_init(&tcp->lock);
	sf_timer_init(&tcp->timer, sf_tcp_look);
	for (dir = 0; dir < IP_CT_DIR_MAX; dir++)
		sf_seqmap_init(&tcp->way[dir], flow->next[dir]);
	if (xa_alloc_cyclic_bh(&sn->tcp_ids, &tcp->id, tcp, xa_limit_31b,
			       &sn->tcp_next, GFP_ATOMIC) < 0) {
		kfree(tcp);
		return NULL;
	}

	nf_conntrack_get(&pkt->ct->ct_general);
	sn->ntcp++;
	sf_timer_set(sn, &tcp->timer, SF_TCP_LOOK);

	return tcp;
}

/*
 * Conntrack's window tracking does not count as exactly as we do. A packet that
 * it takes for invalid would lose its translation.
 */
static void sf_tcp_be_liberal(struct nf_conn *ct)
{
	int dir;

	spin_lock_bh(&ct->lock);
	for (dir = 0; dir < IP_CT_DIR_MAX; dir++)
		ct->proto.tcp.seen[dir].flags |= IP_CT_TCP_FLAG_BE_LIBERAL;
	spin_unlock_bh(&ct->lock);
}

/* The first data of a connection that is to be edited. */
static struct sf_tcp *sf_tcp_begin(struct sf_packet *pkt, struct sf_flow *flow)
{
	const u8 known = SF_TCP_KNOWN(0) | SF_TCP_KNOWN(1);
	struct sf_tcp *tcp = NULL;

	spin_lock(&pkt->sn->lock);
	if (flow->edited)
		tcp = xa_load(&pkt->sn->tcp_ids, flow->edited);
	else if ((flow->tcp & known) == known)
		tcp = sf_tcp_make(pkt, flow);

	if (tcp) {
		WRITE_ONCE(flow->edited, tcp->id);
	} else {
		flow->tcp &= ~SF_TCP_EDIT;
		sf_count(pkt->sn, SF_CNT_TCP_FULL);
	}
	spin_unlock(&pkt->sn->lock);

	if (tcp)
		sf_tcp_be_liberal(pkt->ct);

	return tcp;
}

struct sf_tcp *sf_tcp_get(struct sf_packet *pkt)
{
	struct sf_flow *flow = sf_flow(pkt->ct);
	u32 id = READ_ONCE(flow->edited);
	struct sf_tcp *tcp;

	if (!(READ_ONCE(flow->tcp) & SF_TCP_EDIT))
		return NULL;

	if (!id)
		return pkt->skb->len > pkt->dataoff ? sf_tcp_begin(pkt, flow) :
						      NULL;

	tcp = xa_load(&pkt->sn->tcp_ids, id);

	return tcp && tcp->ct == pkt->ct ? tcp : NULL;
}

/*
 * Acknowledged data makes conntrack patient, and what is acknowledged it finds
 * with the help of this.
 */
static void sf_tcp_tell(const struct sf_tcp *tcp, enum ip_conntrack_dir dir)
{
	struct nf_conn_seqadj *seqadj = nfct_seqadj(tcp->ct);

	if (!seqadj)
		return;

	spin_lock_bh(&tcp->ct->lock);
	seqadj->seq[dir].offset_before = tcp->way[dir].total;
	seqadj->seq[dir].offset_after = tcp->way[dir].total;
	spin_unlock_bh(&tcp->ct->lock);
}

void sf_tcp_remember(struct sf_tcp *tcp, struct sf_packet *pkt, u32 seq)
{
	enum ip_conntrack_dir dir = CTINFO2DIR(pkt->ctinfo);
	struct sf_seqmap *map = &tcp->way[dir];
	const struct sf_edits *edits = pkt->edits;
	u32 memory = map->memory;

	lockdep_assert_held(&tcp->lock);

	if (edits->err != SF_OK) {
		sf_note(pkt, SF_CNT_SIP_EDITS);
		return;
	}
	if (!edits->count)
		return;

	if (atomic_read(&sf_tcp_memory) >= SF_TCP_MEMORY ||
	    sf_seqmap_add(map, seq, pkt->msg->buf, edits)) {
		sf_note(pkt, SF_CNT_TCP_MEMORY);
		return;
	}

	atomic_add(map->memory - memory, &sf_tcp_memory);
	sf_tcp_tell(tcp, dir);
	pkt->edited = true;
	sf_count(pkt->sn, SF_CNT_SIP_REWRITTEN);
}

/* A large segment is cut into packets of the same size as before. */
static void sf_tcp_resegment(struct sk_buff *skb, u32 len)
{
	struct skb_shared_info *shinfo = skb_shinfo(skb);

	if (!skb_is_gso(skb))
		return;

	if (len > shinfo->gso_size)
		shinfo->gso_segs = DIV_ROUND_UP(len, shinfo->gso_size);
	else
		skb_gso_reset(skb);
}

static bool sf_tcp_splice(const struct sf_seqmap *map, struct sf_packet *pkt,
			  unsigned int protoff, u32 seq, u32 len, char *out,
			  u32 max)
{
	struct sf_span window = sf_seqmap_window(map, seq, len);
	struct sk_buff *skb = pkt->skb;
	int n, grown;

	if (!window.len)
		return true;

	if (skb_ensure_writable(skb, skb->len))
		return false;

	n = sf_seqmap_apply(map, skb->data + pkt->dataoff, seq, window, out,
			    max);
	grown = n - (int)window.len;
	if (n < 0 || (int)skb->len + grown > SF_TCP_PACKET_MAX ||
	    !__nf_nat_mangle_tcp_packet(skb, pkt->ct, pkt->ctinfo, protoff,
					window.off, window.len, out, n, false))
		return false;

	/* A packet that we made too long is ours to fragment. */
	if (grown > 0)
		skb->ignore_df = 1;
	sf_tcp_resegment(skb, len + grown);

	return true;
}

static void sf_tcp_number(struct sk_buff *skb, struct tcphdr *th, __be32 *where,
			  u32 number)
{
	__be32 wire = htonl(number);

	inet_proto_csum_replace4(&th->check, skb, *where, wire, false);
	*where = wire;
}

static void sf_tcp_sack(const struct sf_seqmap *map, struct sk_buff *skb,
			struct tcphdr *th, u8 *option, u8 len)
{
	struct tcp_sack_block_wire *block = (void *)(option + TCPOLEN_SACK_BASE);
	struct tcp_sack_block_wire *end = block + (len - TCPOLEN_SACK_BASE) /
						  TCPOLEN_SACK_PERBLOCK;

	for (; block < end; block++) {
		__be32 edge[] = { get_unaligned(&block->start_seq),
				  get_unaligned(&block->end_seq) };

		sf_tcp_number(skb, th, &edge[0],
			      sf_seqmap_back(map, ntohl(edge[0])));
		sf_tcp_number(skb, th, &edge[1],
			      sf_seqmap_back(map, ntohl(edge[1])));
		put_unaligned(edge[0], &block->start_seq);
		put_unaligned(edge[1], &block->end_seq);
	}
}

/* The numbers of selective acknowledgments (RFC 2018). */
static void sf_tcp_options(const struct sf_seqmap *map, struct sk_buff *skb,
			   struct tcphdr *th)
{
	u8 *option = (u8 *)(th + 1), *end = (u8 *)th + th->doff * 4;

	while (option < end && *option != TCPOPT_EOL) {
		if (*option == TCPOPT_NOP) {
			option++;
			continue;
		}
		if (end - option < 2 || option[1] < 2 ||
		    option[1] > end - option)
			return;
		if (*option == TCPOPT_SACK)
			sf_tcp_sack(map, skb, th, option, option[1]);
		option += option[1];
	}
}

/* Write the numbers that the receiver of this packet knows. */
static bool sf_tcp_numbers(struct sf_tcp *tcp, struct sf_packet *pkt,
			   unsigned int protoff)
{
	enum ip_conntrack_dir dir = CTINFO2DIR(pkt->ctinfo);
	struct sf_seqmap *back = &tcp->way[!dir];
	u32 seq, ack, memory = back->memory;
	struct tcphdr *th;

	if (skb_ensure_writable(pkt->skb, pkt->dataoff))
		return false;

	th = (struct tcphdr *)(pkt->skb->data + protoff);
	seq = sf_seqmap_out(&tcp->way[dir], ntohl(th->seq));
	if (htonl(seq) != th->seq)
		sf_tcp_number(pkt->skb, th, &th->seq, seq);
	if (!th->ack || (list_empty(&back->list) && !back->total))
		return true;

	ack = ntohl(th->ack_seq);
	sf_tcp_number(pkt->skb, th, &th->ack_seq, sf_seqmap_back(back, ack));
	sf_tcp_options(back, pkt->skb, th);
	sf_seqmap_acked(back, ack);
	atomic_sub(memory - back->memory, &sf_tcp_memory);

	return true;
}

bool sf_tcp_write(struct sf_tcp *tcp, struct sf_packet *pkt,
		  unsigned int protoff, u32 seq, u32 len, char *out, u32 max)
{
	const struct sf_seqmap *map = &tcp->way[CTINFO2DIR(pkt->ctinfo)];

	lockdep_assert_held(&tcp->lock);

	if (sf_tcp_splice(map, pkt, protoff, seq, len, out, max) &&
	    sf_tcp_numbers(tcp, pkt, protoff))
		return true;

	sf_count(pkt->sn, SF_CNT_TCP_DROPPED);

	return false;
}

void sf_tcp_flush(struct sf_net *sn)
{
	struct sf_tcp *tcp;
	unsigned long id;

	xa_for_each(&sn->tcp_ids, id, tcp)
		sf_tcp_end(tcp);
}
