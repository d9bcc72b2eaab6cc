// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * http.c - the request for a WebSocket: pieces of any size get the same verdict
 */
#include "fuzz.h"

#include "../../daemon/net/http.h"

static const char *const origins[] = { "https://phone.example.net" };
static const struct sf_web web = { .origins = origins, .count = 1 };

/* A prefix in a buffer of its own, so that nothing behind it is read. */
static enum sf_http_verdict read_prefix(struct sf_http *http, const char *buf,
					u32 len)
{
	char *copy = malloc(len ? len : 1);
	enum sf_http_verdict verdict;

	memcpy(copy, buf, len);
	verdict = sf_http_read(http, &web, copy, len);
	must(http->len <= len && http->scanned <= len &&
	     sf_span_end(http->key) <= len && sf_span_end(http->origin) <= len,
	     "beyond the end");
	must(verdict != SF_HTTP_UPGRADE || http->key.len == SF_HTTP_KEY,
	     "agreed without a key");
	free(copy);
	return verdict;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct sf_http whole = { 0 }, part = { 0 };
	const char *buf = (const char *)data;
	u32 len = (u32)size, n = 0;
	enum sf_http_verdict want = read_prefix(&whole, buf, len), got;

	do {
		n += take_u8(&in) % 64 + 1;
		n = n < len ? n : len;
		got = read_prefix(&part, buf, n);
	} while (n < len && got == SF_HTTP_PARTIAL);
	must(got == want, "another verdict");
	must(got == SF_HTTP_PARTIAL || part.len == whole.len, "another end");
	return 0;
}
