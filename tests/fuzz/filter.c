// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * filter.c - a line that says what is wanted, and a message: is it?
 */
#include "fuzz.h"

#include <string.h>

#include "../../daemon/app/filter.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct sf_filter filter;
	static struct sf_msg msg;
	const char *text = (const char *)data;
	const char *end = memchr(text, '\n', size);
	struct sf_text wanted = { text, end ? (u32)(end - text) : (u32)size };
	u32 len = (u32)size - wanted.len - !!end;
	char *copy;
	bool want;

	if (!sf_filter_init(&filter, wanted))
		return 0;
	must(filter.len == wanted.len && filter.len, "a wish of another length");
	copy = malloc(len ? len : 1);
	memcpy(copy, text + size - len, len);
	sf_msg_parse(&msg, copy, len);
	want = sf_filter_match(&filter, &msg);
	must(filter.calls <= 1 && (want || !filter.calls), "follows what is not wanted");
	must(sf_filter_match(&filter, &msg) == want, "changes its mind");
	free(copy);
	return 0;
}
