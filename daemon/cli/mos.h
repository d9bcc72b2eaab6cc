/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mos.h - the E-model: how speech sounds after loss and delay
 *
 * ITU-T G.107 for narrowband codecs, G.107.1 for wideband ones, with the
 * values of G.113 for each codec. Documentation/quality.rst says what is
 * assumed, and what the result is good for.
 */
#ifndef SIPFAST_CLI_MOS_H
#define SIPFAST_CLI_MOS_H

#include <stdbool.h>

/**
 * struct sf_mos_codec - what a codec costs
 * @name: its encoding name (RFC 3551)
 * @wide: @ie is on the wideband scale
 * @ie: equipment impairment factor, Ie or Ie,WB
 * @bpl: packet-loss robustness factor: the higher, the less loss costs
 * @delay: milliseconds: speech in a packet, and what the coder looks ahead
 */
struct sf_mos_codec {
	const char *name;
	bool wide;
	double ie;
	double bpl;
	double delay;
};

/**
 * sf_mos_codec() - find a codec by its encoding name, in any case
 *
 * Return: NULL when nobody has published what it costs, or @name is NULL.
 */
const struct sf_mos_codec *sf_mos_codec(const char *name);

/**
 * sf_mos_rating() - the transmission rating factor R
 * @loss: percent of the packets, at random
 * @delay: milliseconds from mouth to ear
 *
 * Return: up to 93.2, or to 129 of a wideband codec; it may be below 0.
 */
double sf_mos_rating(const struct sf_mos_codec *codec, double loss,
		     double delay);

/**
 * sf_mos_score() - the mean opinion score that a rating stands for
 * @wide: the rating is on the wideband scale
 *
 * Return: 1 to 4.5.
 */
double sf_mos_score(double rating, bool wide);

#endif /* SIPFAST_CLI_MOS_H */
