/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * edit.h - changing a message without touching it
 *
 * Edits are collected against the immutable message, in any order, and then
 * applied in one forward copy over the window that holds them all. A message
 * without edits is byte-identical; an edited one parses again.
 */
#ifndef SIPFAST_EDIT_H
#define SIPFAST_EDIT_H

#include <sipfast/msg.h>

/* The most edits of one message, and the bytes of all replacements. */
#define SF_EDITS_MAX 96
#define SF_EDITS_TEXT 4096

/**
 * struct sf_edit - one replacement
 * @at: what is replaced; an empty span inserts
 * @text: offset of the replacement in the list's text
 * @len: its length; 0 deletes
 */
struct sf_edit {
	struct sf_span at;
	u16 text;
	u16 len;
};

/**
 * struct sf_edits - the edits of one message
 * @err: SF_OK, or SF_EDITS once an edit could not be taken; it sticks, and
 *       nothing can be applied any more
 * @count: entries used in @edit, sorted by offset, never overlapping
 * @text_len: bytes used in @text
 * @delta: by how many bytes the message grows; negative when it shrinks
 * @edit: the edits
 * @text: the replacements
 *
 * About 5.5 kB: the caller keeps it off the kernel stack.
 */
struct sf_edits {
	enum sf_reason err;
	u16 count;
	u16 text_len;
	int delta;
	struct sf_edit edit[SF_EDITS_MAX];
	char text[SF_EDITS_TEXT];
};

/**
 * sf_edits_init() - start with no edits
 */
void sf_edits_init(struct sf_edits *edits);

/**
 * sf_edit() - replace a span
 * @at: what to replace; it may touch, but not overlap, another edit. The very
 *      same edit again is taken once. Insertions at one place keep the order
 *      they came in, and stand before what is replaced there.
 * @str: the replacement, @len bytes, copied
 *
 * A failure is remembered in @edits->err, so that callers check once.
 */
void sf_edit(struct sf_edits *edits, struct sf_span at, const char *str,
	     u32 len);

/* Replace a span by a number, an address, a host and port. */
void sf_edit_u32(struct sf_edits *edits, struct sf_span at, u32 val);
void sf_edit_ip(struct sf_edits *edits, struct sf_span at,
		const struct sf_ip *ip, bool bracket);

/**
 * sf_edit_hostport() - replace host[:port]
 * @port: 0 writes none
 *
 * An IPv6 address gets its brackets.
 */
void sf_edit_hostport(struct sf_edits *edits, struct sf_span at,
		      const struct sf_ip *ip, u16 port);

/**
 * sf_edit_length() - make Content-Length true after edits to the body
 * @msg: the message that the edits are for
 *
 * Called last. Does nothing when the length does not change or the message
 * has no Content-Length.
 */
void sf_edit_length(struct sf_edits *edits, const struct sf_msg *msg);

/**
 * sf_edits_window() - the span from the first edit to the end of the last
 */
struct sf_span sf_edits_window(const struct sf_edits *edits);

/**
 * sf_edits_apply() - write the new bytes of a window
 * @buf: the message
 * @window: sf_edits_window(), or any span that holds it
 * @out: room for @window.len + @edits->delta bytes, apart from @buf
 * @max: that room
 * @len: bytes written; set only on success
 *
 * Return: SF_OK, or SF_EDITS when @edits->err is set, @max is too small or
 * an edit lies outside @window.
 */
enum sf_reason sf_edits_apply(const struct sf_edits *edits, const char *buf,
			      struct sf_span window, char *out, u32 max,
			      u32 *len);

#endif /* SIPFAST_EDIT_H */
