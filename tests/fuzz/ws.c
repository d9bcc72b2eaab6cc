// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ws.c - frames of a WebSocket: pieces of any size make the same messages
 */
#include "fuzz.h"

#include "../../daemon/net/ws.h"

/* What came, as one number; and what there was of it. */
struct account {
	u64 hash;
	u32 count;
	bool over;
};

static void add(struct account *account, const void *bytes, u32 len)
{
	const u8 *at = bytes;
	u32 i;

	for (i = 0; i < len; i++)
		account->hash = (account->hash ^ at[i]) * 1099511628211ull;
}

static void feed(struct sf_ws *ws, struct account *account, const char *buf,
		 u32 len)
{
	char *copy = malloc(len ? len : 1);
	enum sf_ws_event event;
	struct sf_ws_came came;

	memcpy(copy, buf, len);
	sf_ws_feed(ws, copy, len);
	while (!account->over && (event = sf_ws_next(ws, &came))) {
		must(came.len <= SF_MSG_MAX, "longer than a message may be");
		add(account, &event, sizeof(event));
		add(account, &came.code, sizeof(came.code));
		if (event != SF_WS_BROKEN)
			add(account, came.bytes, came.len);
		account->count++;
		account->over = event == SF_WS_CLOSED || event == SF_WS_BROKEN;
	}
	must(account->over || sf_ws_partial(ws) == (ws->frames || ws->opcode),
	     "frames are kept for nothing");
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct account whole = { 0 }, parts = { 0 };
	struct sf_ws one = { 0 }, many = { 0 };
	struct input in = { data, size };
	const char *buf = (const char *)data;
	u32 len = (u32)size, pos = 0, n;

	feed(&one, &whole, buf, len);
	for (; pos < len; pos += n) {
		n = take_u8(&in) % 16 + 1;
		n = n < len - pos ? n : len - pos;
		feed(&many, &parts, buf + pos, n);
	}
	must(whole.hash == parts.hash && whole.count == parts.count,
	     "pieces make something else");
	must(whole.over || sf_ws_partial(&one) == sf_ws_partial(&many),
	     "pieces end elsewhere");
	sf_ws_free(&one);
	sf_ws_free(&many);
	return 0;
}
