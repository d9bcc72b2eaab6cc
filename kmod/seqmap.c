// SPDX-License-Identifier: GPL-2.0
/*
 * seqmap.c - where the bytes of an edited TCP stream went
 */
#include <linux/slab.h>
#include <linux/string.h>
#include <net/tcp.h>

#include "seqmap.h"

/**
 * struct sf_piece - a piece of a message and what stands for it
 * @at: where it begins in the message
 * @old: its length, never 0
 * @len: length of the replacement
 * @text: where the replacement begins in the message's text
 * @shift: by how many bytes the message has grown in front of it
 */
struct sf_piece {
	u16 at;
	u16 old;
	u16 len;
	u16 text;
	s32 shift;
};

/**
 * struct sf_rewrite - an edited message
 * @list: place in sf_seqmap.list
 * @seq: where it begins
 * @before: by how many bytes the stream has grown in front of it
 * @delta: by how many the message grows
 * @memory: bytes that this takes
 * @npieces: entries of @pieces, one at least
 * @pieces: in their order, not overlapping
 *
 * The replacements follow behind the pieces.
 */
struct sf_rewrite {
	struct list_head list;
	u32 seq;
	s32 before;
	s32 delta;
	u32 memory;
	u16 npieces;
	struct sf_piece pieces[];
};

static char *sf_rewrite_text(const struct sf_rewrite *rw, u16 npieces)
{
	return (char *)&rw->pieces[npieces];
}

static u32 sf_rewrite_end(const struct sf_rewrite *rw)
{
	const struct sf_piece *last = &rw->pieces[rw->npieces - 1];

	return rw->seq + last->at + last->old;
}

/* The same as the receiver counts. */
static u32 sf_rewrite_out_end(const struct sf_rewrite *rw)
{
	return sf_rewrite_end(rw) + rw->before + rw->delta;
}

void sf_seqmap_init(struct sf_seqmap *map, u32 next)
{
	INIT_LIST_HEAD(&map->list);
	map->next = next;
	map->total = 0;
	map->memory = 0;
}

static void sf_rewrite_free(struct sf_seqmap *map, struct sf_rewrite *rw)
{
	list_del(&rw->list);
	map->memory -= rw->memory;
	kfree(rw);
}

void sf_seqmap_free(struct sf_seqmap *map)
{
	struct sf_rewrite *rw, *next;

	list_for_each_entry_safe(rw, next, &map->list, list)
		sf_rewrite_free(map, rw);
}

/*
 * An insertion stands for nothing, and so no number says whether it has arrived:
 * it becomes the replacement of the byte in front of it, or of the edit there.
 */
static void sf_rewrite_piece(struct sf_rewrite *rw, const char *buf,
			     const struct sf_edits *edits,
			     const struct sf_edit *edit, char *text, u16 *used)
{
	struct sf_piece *last = rw->npieces ? &rw->pieces[rw->npieces - 1] :
					      NULL;
	struct sf_piece *piece = last;

	if (!last || (u32)last->at + last->old < edit->at.off) {
		piece = &rw->pieces[rw->npieces++];
		piece->at = edit->at.off;
		piece->old = 0;
		piece->len = 0;
		piece->text = *used;
		piece->shift = rw->delta;
		if (!edit->at.len && piece->at) {
			piece->at--;
			piece->old = 1;
			piece->len = 1;
			text[(*used)++] = buf[piece->at];
		}
	}
	piece->old += edit->at.len;
	piece->len += edit->len;
	memcpy(text + *used, edits->text + edit->text, edit->len);
	*used += edit->len;
	rw->delta += (int)edit->len - (int)edit->at.len;
}

static struct sf_rewrite *sf_rewrite_make(const char *buf,
					  const struct sf_edits *edits)
{
	/* One byte more for each insertion. */
	u32 memory = sizeof(struct sf_rewrite) +
		     edits->count * (sizeof(struct sf_piece) + 1) +
		     edits->text_len;
	struct sf_rewrite *rw = kmalloc(memory, GFP_ATOMIC);
	u16 used = 0;
	int i;

	if (!rw)
		return NULL;

	rw->memory = memory;
	rw->delta = 0;
	rw->npieces = 0;
	for (i = 0; i < edits->count; i++)
		sf_rewrite_piece(rw, buf, edits, &edits->edit[i],
				 sf_rewrite_text(rw, edits->count), &used);
	/* Pieces that were joined left room between themselves and the text. */
	memmove(sf_rewrite_text(rw, rw->npieces),
		sf_rewrite_text(rw, edits->count), used);

	return rw;
}

int sf_seqmap_add(struct sf_seqmap *map, u32 seq, const char *buf,
		  const struct sf_edits *edits)
{
	struct sf_rewrite *rw;

	if (map->memory >= SF_SEQMAP_MAX)
		return -ENOBUFS;

	rw = sf_rewrite_make(buf, edits);
	if (!rw)
		return -ENOMEM;

	rw->seq = seq;
	rw->before = map->total;
	map->total += rw->delta;
	map->memory += rw->memory;
	list_add_tail(&rw->list, &map->list);

	return 0;
}

/* By how many bytes the stream has grown in front of a number, in a message. */
static u32 sf_rewrite_out(const struct sf_rewrite *rw, u32 seq)
{
	const struct sf_piece *piece = rw->pieces;
	const struct sf_piece *end = piece + rw->npieces;
	u32 at;

	for (; piece < end; piece++) {
		at = rw->seq + piece->at;
		if (!after(seq, at + piece->old - 1))
			return (before(seq, at) ? seq : at) + rw->before +
			       piece->shift;
	}

	return seq + rw->before + rw->delta;
}

u32 sf_seqmap_out(const struct sf_seqmap *map, u32 seq)
{
	const struct sf_rewrite *rw;

	if (list_empty(&map->list))
		return seq + map->total;

	/* Nearly always it lies behind all edits. */
	rw = list_last_entry(&map->list, struct sf_rewrite, list);
	if (!before(seq, sf_rewrite_end(rw)))
		return seq + map->total;

	list_for_each_entry(rw, &map->list, list)
		if (before(seq, sf_rewrite_end(rw)))
			return sf_rewrite_out(rw, seq);

	return seq + map->total;
}

static u32 sf_rewrite_back(const struct sf_rewrite *rw, u32 ack)
{
	const struct sf_piece *piece = rw->pieces;
	const struct sf_piece *end = piece + rw->npieces;
	u32 at, out;

	for (; piece < end; piece++) {
		at = rw->seq + piece->at;
		out = at + rw->before + piece->shift;
		if (before(ack, out + piece->len))
			return before(ack, out) ? ack - rw->before -
						  piece->shift : at;
	}

	return ack - rw->before - rw->delta;
}

u32 sf_seqmap_back(const struct sf_seqmap *map, u32 ack)
{
	const struct sf_rewrite *rw;

	list_for_each_entry(rw, &map->list, list)
		if (before(ack, sf_rewrite_out_end(rw)))
			return sf_rewrite_back(rw, ack);

	return ack - map->total;
}

void sf_seqmap_acked(struct sf_seqmap *map, u32 ack)
{
	struct sf_rewrite *rw, *next;

	/* What was never sent. */
	if (after(ack, map->next + map->total + 1))
		return;

	list_for_each_entry_safe(rw, next, &map->list, list) {
		if (before(ack, sf_rewrite_out_end(rw)))
			break;
		sf_rewrite_free(map, rw);
	}
}

/* Does a piece lie in [from, to), at least in part? */
static bool sf_piece_in(const struct sf_rewrite *rw,
			const struct sf_piece *piece, u32 from, u32 to)
{
	u32 at = rw->seq + piece->at;

	return before(at, to) && after(at + piece->old, from);
}

/**
 * struct sf_walk - from piece to piece
 * @rw: the message that is looked at; NULL at first
 * @next: its next piece
 */
struct sf_walk {
	const struct sf_rewrite *rw;
	u16 next;
};

/* The next message, if the walk is at the end of one. False: there is none. */
static bool sf_walk_on(const struct sf_seqmap *map, struct sf_walk *walk)
{
	const struct list_head *next = walk->rw ? walk->rw->list.next :
						  map->list.next;

	if (walk->rw && walk->next < walk->rw->npieces)
		return true;
	if (next == &map->list)
		return false;

	walk->rw = list_entry(next, struct sf_rewrite, list);
	walk->next = 0;

	return true;
}

/* The next piece that touches [from, to), or NULL. */
static const struct sf_piece *sf_walk_next(const struct sf_seqmap *map,
					   struct sf_walk *walk, u32 from,
					   u32 to)
{
	const struct sf_piece *piece;

	while (sf_walk_on(map, walk)) {
		piece = &walk->rw->pieces[walk->next++];
		if (sf_piece_in(walk->rw, piece, from, to))
			return piece;
	}

	return NULL;
}

struct sf_span sf_seqmap_window(const struct sf_seqmap *map, u32 seq, u32 len)
{
	const struct sf_piece *piece;
	u32 first = len, last = 0, at;
	struct sf_walk walk = { };

	if (list_empty(&map->list) ||
	    !before(seq, sf_rewrite_end(list_last_entry(&map->list,
							struct sf_rewrite,
							list))))
		return sf_span(0, 0);

	while ((piece = sf_walk_next(map, &walk, seq, seq + len))) {
		at = walk.rw->seq + piece->at;
		if (first == len)
			first = before(at, seq) ? 0 : at - seq;
		last = min(at + piece->old - seq, len);
	}

	return last ? sf_span(first, last) : sf_span(0, 0);
}

static int sf_seqmap_put(char *out, u32 max, u32 *n, const char *bytes, u32 len)
{
	if (len > max - *n)
		return -ENOSPC;

	memcpy(out + *n, bytes, len);
	*n += len;

	return 0;
}

int sf_seqmap_apply(const struct sf_seqmap *map, const char *data, u32 seq,
		    struct sf_span window, char *out, u32 max)
{
	u32 pos = window.off, end = sf_span_end(window), n = 0, at;
	const struct sf_piece *piece;
	struct sf_walk walk = { };

	while ((piece = sf_walk_next(map, &walk, seq + window.off,
				     seq + end))) {
		at = walk.rw->seq + piece->at - seq;
		if ((s32)at > (s32)pos &&
		    sf_seqmap_put(out, max, &n, data + pos, at - pos))
			return -ENOSPC;
		if (sf_seqmap_put(out, max, &n,
				  sf_rewrite_text(walk.rw, walk.rw->npieces) +
				  piece->text, piece->len))
			return -ENOSPC;
		pos = min(at + piece->old, end);
	}

	return sf_seqmap_put(out, max, &n, data + pos, end - pos) ?: (int)n;
}
