/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * words.h - the words of a line in a session description
 */
#ifndef SIPFAST_CORE_WORDS_H
#define SIPFAST_CORE_WORDS_H

#include "scan.h"

/**
 * sf_word_take() - take a word
 * @rest: the line; moved behind the word
 * @word: the word; written in any case
 *
 * Words are separated by one blank, or more as tolerated.
 *
 * Return: whether there was one.
 */
static inline bool sf_word_take(const char *buf, struct sf_span *rest,
				struct sf_span *word)
{
	u32 end = sf_span_end(*rest), pos = rest->off, stop;

	while (sf_scan_at(buf, pos, end, ' '))
		pos++;
	for (stop = pos; stop < end && buf[stop] != ' ';)
		stop++;
	*word = sf_span(pos, stop);
	*rest = sf_span(stop, end);
	return stop != pos;
}

/* Cut blanks from both ends. */
static inline struct sf_span sf_words_trim(const char *buf, struct sf_span s)
{
	return sf_span_trim(buf, s);
}

/* nettype and addrtype that fit an address. */
static inline bool sf_addrtype_fits(const char *buf, struct sf_span nettype,
				    struct sf_span addrtype,
				    const struct sf_ip *ip)
{
	if (!sf_span_caseis(buf, nettype, "IN"))
		return false;
	return ip->family == 4 ? sf_span_caseis(buf, addrtype, "IP4") :
				 sf_span_caseis(buf, addrtype, "IP6");
}

#endif /* SIPFAST_CORE_WORDS_H */
