// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * token.c - what we write into Record-Route, and know again in Route
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "token.h"

#include "../util/base64.h"

#define PINNED	0x01
#define VERSION	0x10
#define MAC	8
#define BYTES	72	/* longest token */

/* What a token holds, in a form that does not depend on how structs lie. */
struct writer {
	u8 bytes[BYTES];
	u32 len;
};

static void w_add(struct writer *w, const void *data, u32 len)
{
	memcpy(w->bytes + w->len, data, len);
	w->len += len;
}

static void w_num(struct writer *w, u64 val, u32 bytes)
{
	while (bytes--)
		w->bytes[w->len++] = val >> (8 * bytes);
}

static void w_end(struct writer *w, const struct sf_end *end)
{
	w_num(w, end->ip.family, 1);
	w_add(w, end->ip.v6, end->ip.family == 6 ? 16 : 4);
	w_num(w, end->port, 2);
}

static void w_flow(struct writer *w, const struct sf_flow *flow)
{
	w_num(w, flow->transport, 1);
	w_end(w, &flow->local);
	w_end(w, &flow->remote);
	if (!sf_transport_reliable(flow->transport))
		return;
	w_num(w, flow->worker, 1);
	w_num(w, flow->slot, 4);
	w_num(w, flow->serial, 4);
}

struct reader {
	const u8 *bytes;
	u32 left;
	bool bad;
};

static void r_take(struct reader *r, void *data, u32 len)
{
	if (len > r->left) {
		r->bad = true;
		return;
	}
	memcpy(data, r->bytes, len);
	r->bytes += len;
	r->left -= len;
}

static u64 r_num(struct reader *r, u32 bytes)
{
	u8 b[8] = { 0 };
	u64 val = 0;
	u32 i;

	r_take(r, b, bytes);
	for (i = 0; i < bytes; i++)
		val = val << 8 | b[i];
	return val;
}

static void r_end(struct reader *r, struct sf_end *end)
{
	end->ip.family = r_num(r, 1);
	r_take(r, end->ip.v6, end->ip.family == 6 ? 16 : 4);
	end->port = r_num(r, 2);
}

static void r_flow(struct reader *r, struct sf_flow *flow)
{
	flow->transport = r_num(r, 1);
	r_end(r, &flow->local);
	r_end(r, &flow->remote);
	if (!sf_transport_reliable(flow->transport))
		return;
	flow->worker = r_num(r, 1);
	flow->slot = r_num(r, 4);
	flow->serial = r_num(r, 4);
}

static u64 mac(const struct sf_hash_key *key, const u8 *bytes, u32 len,
	       const struct sf_message *request, struct sf_span tag)
{
	struct sf_hasher hasher;

	sf_hasher_init(&hasher, key);
	sf_hasher_add(&hasher, &len, sizeof(len));
	sf_hasher_add(&hasher, bytes, len);
	sf_hasher_add(&hasher, &request->call_id.len,
		      sizeof(request->call_id.len));
	sf_hasher_add(&hasher, request->buf + request->call_id.off,
		      request->call_id.len);
	sf_hasher_add(&hasher, request->buf + tag.off, tag.len);
	return sf_hasher_end(&hasher);
}

void sf_token_put(struct sf_out *out, const struct sf_hash_key *key,
		  const struct sf_message *request, const struct sf_flow *flow,
		  bool pinned)
{
	struct writer w = { .len = 0 };

	w_num(&w, VERSION | (pinned ? PINNED : 0), 1);
	w_flow(&w, flow);
	w_num(&w, mac(key, w.bytes, w.len, request, request->from_tag), MAC);
	sf_put_base64(out, w.bytes, w.len);
}

static bool is_ours(const struct sf_hash_key *key, const u8 *bytes, u32 len,
		    const struct sf_message *request)
{
	struct reader r = { .bytes = bytes + len, .left = MAC };
	u64 is = r_num(&r, MAC);

	/* Whoever began the dialog is From in his requests, To in the others. */
	return is == mac(key, bytes, len, request, request->from_tag) ||
	       is == mac(key, bytes, len, request, request->to_tag);
}

bool sf_token_read(const struct sf_hash_key *key,
		   const struct sf_message *request, struct sf_span text,
		   struct sf_token *token)
{
	u8 bytes[BYTES];
	struct sf_token got = { .pinned = false };
	struct reader r;
	int len;

	len = sf_base64_read(request->buf + text.off, text.len, bytes,
			     sizeof(bytes));
	if (len <= MAC || !is_ours(key, bytes, (u32)len - MAC, request))
		return false;
	r = (struct reader){ .bytes = bytes + 1, .left = (u32)len - MAC - 1 };
	got.pinned = bytes[0] & PINNED;
	r_flow(&r, &got.flow);
	if (r.bad || r.left || (bytes[0] & ~PINNED) != VERSION)
		return false;
	*token = got;
	return true;
}
