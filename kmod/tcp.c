// SPDX-License-Identifier: GPL-2.0
/*
 * tcp.c - SIP over TCP, segment by segment
 *
 * There is no stream here, only segments, each once or several times and in
 * any order: whoever wants the stream is a proxy. So what is read are the
 * messages that lie whole in a segment (RFC 3261, 18.3; RFC 5626, 3.5.1 for
 * the keepalives between them). One that is cut passes; where it says how
 * long it is, the next one is found behind it, and otherwise at the next
 * segment that begins one.
 *
 * Where the administrator wants it (set tcp edit), whole messages are edited;
 * tcpedit.h says how a stream survives that.
 */
#include <linux/tcp.h>
#include <net/netfilter/nf_conntrack_zones.h>

#include "flow.h"
#include "packet.h"
#include "pernet.h"
#include "report.h"
#include "scratch.h"
#include "tcp.h"
#include "tcpedit.h"
#include "trace.h"

/**
 * struct sf_segment - the data of a TCP segment
 * @data: the bytes
 * @len: how many
 * @seq: sequence number of the first one
 * @pos: how many are read
 */
struct sf_segment {
	const char *data;
	u32 len;
	u32 seq;
	u32 pos;
};

/* Is this the beginning of a method and a blank, as far as it goes? */
static bool sf_tcp_begins(const char *data, u32 len, const char *method)
{
	u32 n = strlen(method);

	return !memcmp(data, method, min(len, n)) &&
	       (len <= n || data[n] == ' ');
}

/*
 * Do the first bytes of a connection begin a message? They have no line yet,
 * so the method, of those that we know, has to tell.
 */
static bool sf_tcp_plausible(const struct sf_segment *seg)
{
	const char *data = seg->data;
	u32 len = seg->len, method;

	while (len && (*data == '\r' || *data == '\n')) {
		data++;
		len--;
	}

	for (method = SF_METHOD_OTHER + 1; method < SF_METHOD_COUNT; method++)
		if (sf_tcp_begins(data, len, sf_method_name(method)))
			return true;

	return !memcmp(data, "SIP/", min(len, 4U));
}

/* Has a message at least its first line? */
static bool sf_tcp_started(const struct sf_msg *msg)
{
	return msg->is_request || msg->status;
}

/* Skip what a cut message still has in this segment. */
static void sf_tcp_find(struct sf_packet *pkt, struct sf_flow *flow,
			struct sf_segment *seg)
{
	enum ip_conntrack_dir dir = CTINFO2DIR(pkt->ctinfo);
	u32 ahead = READ_ONCE(flow->next[dir]) - seg->seq;

	if (!(flow->tcp & SF_TCP_KNOWN(dir)))
		return;

	/* It lies behind us, or where no message reaches. */
	if (ahead > SF_MSG_MAX)
		flow->tcp &= ~SF_TCP_KNOWN(dir);
	else
		seg->pos = max(seg->pos, min(ahead, seg->len));
}

/*
 * How much of a cut message is not here yet; 0 when it does not say. Its index
 * ends with the last header line that was read.
 */
static u32 sf_tcp_missing(const struct sf_msg *msg, u32 len)
{
	static const char blank[] = "\r\n\r\n";
	struct sf_span last, value;
	u32 end, length;

	last = msg->nhdrs ? msg->hdrs[msg->nhdrs - 1].value : msg->start;
	end = last.off + last.len;
	while (end < len && (msg->buf[end] == ' ' || msg->buf[end] == '\t'))
		end++;
	end += sizeof(blank) - 1;

	if (end > len || memcmp(msg->buf + end - 4, blank, 4) ||
	    sf_msg_single(msg, SF_HDR_CONTENT_LENGTH, &value) != SF_OK ||
	    !sf_span_u32(msg->buf, value, &length) ||
	    length <= len - end || length > SF_MSG_MAX - end)
		return 0;

	return length - (len - end);
}

static void sf_tcp_cut(struct sf_packet *pkt, struct sf_flow *flow,
		       const struct sf_segment *seg, const struct sf_msg *msg)
{
	enum ip_conntrack_dir dir = CTINFO2DIR(pkt->ctinfo);
	u32 missing = sf_tcp_missing(msg, seg->len - seg->pos);

	sf_note(pkt, SF_CNT_TCP_SPLIT);
	if (missing) {
		WRITE_ONCE(flow->next[dir], seg->seq + seg->len + missing);
		flow->tcp |= SF_TCP_KNOWN(dir);
		flow->tcp &= ~SF_TCP_LOST(dir);
	} else {
		flow->tcp |= SF_TCP_LOST(dir);
	}
}

/* What is left of a segment is no message, or not a whole one. */
static void sf_tcp_rest(struct sf_packet *pkt, struct sf_flow *flow,
			const struct sf_segment *seg, const struct sf_msg *msg,
			enum sf_reason reason)
{
	enum ip_conntrack_dir dir = CTINFO2DIR(pkt->ctinfo);
	bool first = !(flow->tcp & SF_TCP_SIP);
	u32 len = seg->len - seg->pos;

	if (reason == SF_EMPTY)
		return;

	trace_sipfast_passed(reason, len);
	if (first && (reason == SF_NOT_SIP ||
		      (reason == SF_PARTIAL && !sf_tcp_started(msg) &&
		       !sf_tcp_plausible(seg)))) {
		flow->tcp |= SF_TCP_OTHER;
		sf_note(pkt, SF_CNT_TCP_OTHER);
		sf_report_unread(pkt, NULL, len);
		return;
	}

	flow->tcp |= SF_TCP_SIP;
	if (reason == SF_PARTIAL) {
		sf_tcp_cut(pkt, flow, seg, msg);
		sf_report_unread(pkt, seg->data + seg->pos, len);
	} else if (flow->tcp & SF_TCP_LOST(dir)) {
		sf_count(pkt->sn, SF_CNT_TCP_INSIDE);
	} else {
		flow->tcp |= SF_TCP_LOST(dir);
		sf_note(pkt, SF_CNT_PARSE + reason);
		sf_report_unread(pkt, NULL, len);
	}
}

/* A whole message: of the packet it takes its own copy. */
static void sf_tcp_message(struct sf_packet pkt, struct sf_tcp *tcp, u32 seq,
			   struct sf_scratch *scratch)
{
	sf_packet_take(&pkt, scratch);
	if (tcp)
		sf_tcp_remember(tcp, &pkt, seq);
	sf_packet_done(&pkt);
}

/* Every whole message of a segment, and then what is left. */
static void sf_tcp_read(struct sf_packet *pkt, struct sf_segment *seg,
			struct sf_tcp *tcp, struct sf_scratch *scratch)
{
	struct sf_flow *flow = sf_flow(pkt->ct);
	struct sf_msg *msg = &scratch->msg;
	enum sf_reason reason;

	sf_tcp_find(pkt, flow, seg);
	if (seg->pos >= seg->len) {
		sf_count(pkt->sn, SF_CNT_TCP_INSIDE);
		return;
	}

	do {
		reason = sf_msg_parse_stream(msg, seg->data + seg->pos,
					     seg->len - seg->pos);
		if (reason != SF_OK) {
			sf_tcp_rest(pkt, flow, seg, msg, reason);
			return;
		}

		flow->tcp |= SF_TCP_SIP;
		flow->tcp &= ~SF_TCP_LOST(CTINFO2DIR(pkt->ctinfo));
		sf_tcp_message(*pkt, tcp, seg->seq + seg->pos, scratch);
		seg->pos += msg->len;
	} while (seg->pos < seg->len);
}

/*
 * The data of a segment. In pages it is copied: what is only watched stays as it
 * is. Of a giant that is longer than our room we see the beginning.
 */
static const char *sf_tcp_data(struct sf_packet *pkt, struct sf_segment *seg,
			       struct sf_scratch *scratch)
{
	if (pkt->dataoff + seg->len <= skb_headlen(pkt->skb))
		return pkt->skb->data + pkt->dataoff;

	seg->len = min_t(u32, seg->len, sizeof(scratch->out));
	if (skb_copy_bits(pkt->skb, pkt->dataoff, scratch->out, seg->len))
		return NULL;

	return scratch->out;
}

static void sf_tcp_look(struct sf_packet *pkt, struct sf_segment *seg,
			struct sf_tcp *tcp, struct sf_scratch *scratch)
{
	seg->data = sf_tcp_data(pkt, seg, scratch);
	if (seg->data)
		sf_tcp_read(pkt, seg, tcp, scratch);
}

/*
 * A segment of a connection that is edited: what is new in it is read, and then
 * it is written as a whole. False: it has to be dropped.
 */
static bool sf_tcp_edit(struct sf_packet *pkt, struct sf_tcp *tcp,
			struct sf_segment *seg, const struct tcphdr *th,
			unsigned int protoff, struct sf_scratch *scratch)
{
	struct sf_seqmap *map = &tcp->way[CTINFO2DIR(pkt->ctinfo)];
	u32 seq = seg->seq, len = seg->len;
	s32 known = map->next - seq;

	lockdep_assert_held(&tcp->lock);

	if (known < 0 && (len || th->fin)) {
		sf_count(pkt->sn, SF_CNT_TCP_GAP);
		return false;
	}

	if (known < (s32)len) {
		seg->pos = known;
		map->next = seq + len;
		sf_tcp_look(pkt, seg, tcp, scratch);
	} else if (sf_seqmap_window(map, seq, len).len) {
		sf_count(pkt->sn, SF_CNT_TCP_AGAIN);
	}

	return sf_tcp_write(tcp, pkt, protoff, seq, len, scratch->out,
			    sizeof(scratch->out));
}

static bool sf_tcp_segment(struct sf_packet *pkt, const struct tcphdr *th,
			   unsigned int protoff)
{
	const struct sf_flow *flow = sf_flow(pkt->ct);
	struct sf_segment seg = {
		.len = pkt->skb->len - pkt->dataoff,
		.seq = ntohl(th->seq) + th->syn,
	};
	struct sf_scratch *scratch;
	struct sf_tcp *tcp;
	bool pass = true;

	if (READ_ONCE(flow->tcp) & SF_TCP_OTHER ||
	    (!seg.len && !READ_ONCE(flow->edited)))
		return true;

	scratch = sf_scratch_get();
	tcp = sf_tcp_get(pkt);
	if (tcp) {
		pkt->watch = false;
		pkt->tcp = tcp;
		spin_lock(&tcp->lock);
		pass = sf_tcp_edit(pkt, tcp, &seg, th, protoff, scratch);
		spin_unlock(&tcp->lock);
	} else if (READ_ONCE(flow->edited)) {
		/* The connection is being deleted. */
		sf_count(pkt->sn, SF_CNT_TCP_DROPPED);
		pass = false;
	} else {
		sf_tcp_look(pkt, &seg, NULL, scratch);
	}
	sf_scratch_put();

	return pass;
}

int sf_tcp_help(struct sk_buff *skb, unsigned int protoff, struct nf_conn *ct,
		enum ip_conntrack_info ctinfo, bool watch)
{
	struct sf_packet pkt = {
		.sn = sf_pernet(nf_ct_net(ct)),
		.skb = skb,
		.ct = ct,
		.ctinfo = ctinfo,
		.l3num = nf_ct_l3num(ct),
		.zone = nf_ct_zone(ct)->id,
		.watch = true,
	};
	const struct tcphdr *th;
	struct tcphdr header;

	if (!sf_packet_is(skb, ct, IPPROTO_TCP))
		return NF_ACCEPT;

	/* A copy: editing moves the original. */
	th = skb_header_pointer(skb, protoff, sizeof(header), &header);
	if (th)
		header = *th;
	if (!th || header.doff * 4 < sizeof(header) ||
	    protoff + header.doff * 4 > skb->len) {
		sf_count(pkt.sn, SF_CNT_SIP_SHORT);
		return NF_ACCEPT;
	}

	pkt.dataoff = protoff + header.doff * 4;
	if (header.syn)
		sf_tcp_open(&pkt, &header, watch);
	if (!sf_tcp_segment(&pkt, &header, protoff))
		return NF_DROP;
	sf_flow_refresh(ct);

	return NF_ACCEPT;
}
