// SPDX-License-Identifier: GPL-2.0
/*
 * register.c - registrations learned from REGISTER and its answers
 *
 * A registration keeps the mapping of the flow that made it, and lets the
 * registrar reach the phone from its other ports too.
 */
#include <linux/rhashtable.h>
#include <linux/slab.h>

#include "address.h"
#include "alias.h"
#include "contact.h"
#include "flow.h"
#include "netlink.h"
#include "packet.h"
#include "pernet.h"
#include "register.h"
#include "text.h"

/* How long a REGISTER waits for its answer: 64*T1 (RFC 3261, 17.1.2.2) */
#define SF_REG_PENDING (32 * MSEC_PER_SEC)

/* When neither Contact nor Expires say (RFC 3261, 10.2), and at the most. */
#define SF_REG_EXPIRES 3600
#define SF_REG_EXPIRES_MAX (7 * 24 * 3600)

static const struct rhashtable_params sf_reg_params = {
	.key_len = sizeof(struct sf_reg_key),
	.key_offset = offsetof(struct sf_reg, key),
	.head_offset = offsetof(struct sf_reg, node),
	.min_size = SF_TABLE_MIN,
};

/* The phone's side of the packet's leg. */
static int sf_reg_phone(const struct sf_packet *pkt)
{
	return pkt->msg->is_request ? SF_SENDER : SF_RECEIVER;
}

static struct sf_reg *sf_reg_find(const struct sf_packet *pkt,
				  struct sf_reg_key *key)
{
	struct sf_span aor = pkt->ident.to.uri;
	int phone = sf_reg_phone(pkt);

	memset(key, 0, sizeof(*key));
	key->aor_hash = siphash(pkt->msg->buf + aor.off, aor.len,
				&pkt->sn->hash_key);
	key->contact = pkt->leg.real[phone];
	key->registrar = pkt->leg.real[!phone];
	key->zone = pkt->zone;
	key->l3num = pkt->l3num;

	return rhashtable_lookup_fast(&pkt->sn->regs, key, sf_reg_params);
}

static void sf_reg_end(struct sf_reg *reg)
{
	struct sf_net *sn = reg->sn;

	sf_timer_del(sn, &reg->timer);
	if (reg->active)
		sf_netlink_reg(reg, SIPFAST_CMD_REGISTRATION_END_NTF);
	if (reg->contact)
		sf_contact_put(reg->contact);
	xa_erase_bh(&sn->reg_ids, reg->id);
	rhashtable_remove_fast(&sn->regs, &reg->node, sf_reg_params);
	sn->nregs--;
	kfree(reg);
}

static void sf_reg_expire(struct sf_timer *timer)
{
	sf_reg_end(container_of(timer, struct sf_reg, timer));
}

static bool sf_reg_insert(struct sf_net *sn, struct sf_reg *reg)
{
	if (xa_alloc_cyclic_bh(&sn->reg_ids, &reg->id, reg, xa_limit_31b,
			       &sn->reg_next, GFP_ATOMIC) < 0)
		return false;

	if (rhashtable_lookup_insert_fast(&sn->regs, &reg->node,
					  sf_reg_params)) {
		xa_erase_bh(&sn->reg_ids, reg->id);
		return false;
	}
	sn->nregs++;

	return true;
}

static struct sf_reg *sf_reg_begin(struct sf_packet *pkt,
				   const struct sf_reg_key *key)
{
	struct sf_net *sn = pkt->sn;
	struct sf_reg *reg;

	if (sn->nregs >= READ_ONCE(sn->config.registration_limit)) {
		sf_note(pkt, SF_CNT_REG_FULL);
		return NULL;
	}

	reg = kzalloc(sizeof(*reg), GFP_ATOMIC);
	if (reg) {
		reg->sn = sn;
		reg->key = *key;
		sf_timer_init(&reg->timer, sf_reg_expire);
		sf_text(reg->aor, sizeof(reg->aor), pkt->msg->buf,
			pkt->ident.to.uri);
	}
	if (!reg || !sf_reg_insert(sn, reg)) {
		kfree(reg);
		sf_note(pkt, SF_CNT_REG_NO_MEMORY);
		return NULL;
	}

	return reg;
}

/* The address and port that a URI names; false when it names none. */
static bool sf_reg_names(const struct sf_packet *pkt, const struct sf_uri *uri,
			 struct sf_end *end)
{
	u16 port = uri->at.port;

	if (uri->scheme != SF_SCHEME_SIP && uri->scheme != SF_SCHEME_SIPS)
		return false;
	if (!port)
		port = uri->scheme == SF_SCHEME_SIP ? 5060 : 5061;

	memset(end, 0, sizeof(*end));
	end->port = htons(port);

	return sf_addr_from_ip(&end->addr, &uri->at.ip, pkt->l3num);
}

/*
 * Does a Contact lead to the phone that this flow belongs to? The phone names
 * itself by its own address, or by the one that the registrar sees; the
 * registrar knows only the latter, unless the stream of a TCP connection passed
 * unedited. There the port is that of the phone's listener, if it has one; over
 * UDP such a port has an alias.
 */
static bool sf_reg_own(const struct sf_packet *pkt, const struct sf_addr *addr)
{
	int phone = sf_reg_phone(pkt);
	const struct sf_end *real = &pkt->leg.real[phone];
	struct sf_end end;
	struct sf_uri uri;

	if (addr->star ||
	    sf_uri_parse(pkt->msg->buf, addr->uri, &uri) != SF_OK ||
	    !sf_reg_names(pkt, &uri, &end))
		return false;

	if (sf_packet_tcp(pkt))
		return sf_addr_equal(&end.addr, &real->addr) ||
		       sf_addr_equal(&end.addr, &pkt->leg.face[phone].addr);
	if (sf_end_equal(&end, &pkt->leg.face[phone]))
		return true;
	if (!pkt->msg->is_request)
		return sf_alias_real(pkt, phone, &end);

	return sf_end_equal(&end, real) ||
	       (sf_packet_masked(pkt) && sf_addr_equal(&end.addr, &real->addr));
}

/* Seconds that hold for a Contact (RFC 3261, 10.2.1.1). */
static u32 sf_reg_expires(const struct sf_packet *pkt,
			  const struct sf_addr *addr)
{
	const char *buf = pkt->msg->buf;
	u32 seconds = SF_REG_EXPIRES;
	struct sf_param param;
	struct sf_span value;

	if (sf_param(buf, addr->params, "expires", &param) &&
	    sf_span_u32(buf, param.value, &seconds))
		return min_t(u32, seconds, SF_REG_EXPIRES_MAX);

	if (sf_msg_single(pkt->msg, SF_HDR_EXPIRES, &value) == SF_OK)
		sf_span_u32(buf, value, &seconds);

	return min_t(u32, seconds, SF_REG_EXPIRES_MAX);
}

/*
 * How long the phone of this flow is bound; 0: not at all.
 * @foreign: whether somebody is, and only others
 */
static u32 sf_reg_binding(const struct sf_packet *pkt, bool *foreign)
{
	const char *buf = pkt->msg->buf;
	struct sf_span rest, item;
	const struct sf_hdr *hdr;
	bool own = false, other = false;
	struct sf_addr addr;
	u32 longest = 0;

	for (hdr = sf_msg_hdr(pkt->msg, SF_HDR_CONTACT); hdr;
	     hdr = sf_msg_hdr_next(pkt->msg, hdr)) {
		rest = hdr->value;
		while (sf_list_next(buf, &rest, &item) == SF_OK) {
			if (sf_addr_parse(buf, item, &addr) != SF_OK)
				continue;
			if (!sf_reg_own(pkt, &addr)) {
				other |= !addr.star &&
					 sf_reg_expires(pkt, &addr);
				continue;
			}
			own = true;
			longest = max(longest, sf_reg_expires(pkt, &addr));
		}
	}
	*foreign = other && !own;

	return longest;
}

static void sf_reg_request(struct sf_packet *pkt)
{
	struct sf_reg_key key;
	struct sf_reg *reg = sf_reg_find(pkt, &key);
	bool foreign;

	if (!reg && sf_reg_binding(pkt, &foreign))
		reg = sf_reg_begin(pkt, &key);
	else if (!reg && foreign)
		sf_note(pkt, SF_CNT_REG_FOREIGN);
	if (!reg)
		return;

	reg->call_id_hash = pkt->ident.call_id_hash;
	reg->cseq = pkt->ident.cseq.number;
	if (!reg->active)
		sf_timer_set(pkt->sn, &reg->timer, SF_REG_PENDING);
}

static bool sf_reg_open(struct sf_reg *reg, struct sf_packet *pkt)
{
	reg->face = pkt->leg.face[SF_RECEIVER];
	if (!sf_packet_tcp(pkt))
		reg->contact = sf_contact_get(pkt);

	return reg->contact || sf_packet_tcp(pkt);
}

/* The flow that made a registration was flushed, or got another mapping. */
static bool sf_reg_moved(const struct sf_reg *reg, const struct sf_packet *pkt)
{
	const struct sf_contact *contact = reg->contact;

	return reg->active &&
	       ((contact && nf_ct_is_dying(contact->pinhole.master)) ||
		!sf_end_equal(&reg->face, &pkt->leg.face[SF_RECEIVER]));
}

static void sf_reg_accepted(struct sf_packet *pkt)
{
	struct sf_reg_key key;
	struct sf_reg *reg = sf_reg_find(pkt, &key);
	bool foreign;
	u32 seconds = sf_reg_binding(pkt, &foreign);

	if (!reg || reg->cseq != pkt->ident.cseq.number ||
	    reg->call_id_hash != pkt->ident.call_id_hash) {
		if (seconds || foreign)
			sf_note(pkt, SF_CNT_REG_STRAY);
		return;
	}

	if (!seconds) {
		if (!reg->active)
			sf_note(pkt, SF_CNT_REG_UNBOUND);
		sf_reg_end(reg);
		return;
	}

	if (sf_reg_moved(reg, pkt)) {
		sf_reg_end(reg);
		reg = sf_reg_begin(pkt, &key);
		if (!reg)
			return;
		reg->cseq = pkt->ident.cseq.number;
		reg->call_id_hash = pkt->ident.call_id_hash;
	}

	if (!reg->active) {
		if (!sf_reg_open(reg, pkt)) {
			sf_reg_end(reg);
			return;
		}
		reg->active = true;
		sf_count(pkt->sn, SF_CNT_REG_NEW);
	}
	sf_timer_set(pkt->sn, &reg->timer, (u64)seconds * MSEC_PER_SEC);
	sf_flow_register(pkt->ct, seconds,
			 reg->contact && reg->contact->regs == 1);
	sf_netlink_reg(reg, SIPFAST_CMD_REGISTRATION_NEW_NTF);
}

void sf_reg_message(struct sf_packet *pkt)
{
	lockdep_assert_held(&pkt->sn->lock);

	if (pkt->msg->is_request)
		sf_reg_request(pkt);
	else if (pkt->msg->status >= 200 && pkt->msg->status < 300)
		sf_reg_accepted(pkt);
}

static bool sf_reg_lost(const struct sf_reg *reg, const struct sf_lost *lost)
{
	return reg->key.l3num == lost->l3num &&
	       (sf_lost_end(lost, &reg->key.contact) ||
		sf_lost_end(lost, &reg->key.registrar) ||
		(reg->active && sf_lost_end(lost, &reg->face)));
}

bool sf_reg_lose(struct sf_net *sn, const struct sf_lost *lost,
		 unsigned long *next)
{
	struct sf_reg *reg;
	int i;

	lockdep_assert_held(&sn->lock);

	for (i = 0; i < SF_ADDRESS_BATCH; i++, ++*next) {
		reg = xa_find(&sn->reg_ids, next, ULONG_MAX, XA_PRESENT);
		if (!reg)
			return false;
		if (sf_reg_lost(reg, lost)) {
			sf_count(sn, SF_CNT_ADDRESS_REGS);
			sf_reg_end(reg);
		}
	}

	return true;
}

void sf_reg_flush(struct sf_net *sn)
{
	struct sf_reg *reg;
	unsigned long id;

	xa_for_each(&sn->reg_ids, id, reg)
		sf_reg_end(reg);
}

int sf_reg_net_init(struct sf_net *sn)
{
	return rhashtable_init(&sn->regs, &sf_reg_params);
}

void sf_reg_net_exit(struct sf_net *sn)
{
	rhashtable_destroy(&sn->regs);
}
