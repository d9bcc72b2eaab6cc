// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mos.c - the E-model: how speech sounds after loss and delay
 *
 *   R = R0 - Id - Ie-eff		G.107, 7.1; G.107.1, 7.1
 *
 * R0 holds noise, loudness and echo as G.107 has them by default: a router sees
 * none of these.
 */
#include <math.h>
#include <stddef.h>
#include <strings.h>

#include <sipfast/deps.h>

#include "mos.h"

#define NARROW		93.2	/* R0 with all defaults, G.107, 7.7 */
#define WIDE		129.0	/* the same on the wideband scale, G.107.1, 7.7 */
#define IE_MAX		95.0	/* on both scales */
#define BURST_R		1.0	/* losses do not come in bursts */
#define DELAY_FREE	100.0	/* milliseconds that nobody notices */
#define CUBIC		0.000007

/*
 * The least that the model knows, and its default: for codecs whose robustness
 * has not been published. With loss, their score is a lower bound.
 */
#define BPL_LEAST	4.3

/*
 * G.113, appendix I: Ie of table I.1; where there is one, the pair of table I.4,
 * whose G.711 conceals losses (G.711, appendix I) and whose G.729 and G.723.1
 * leave out silence. Appendix IV: Ie,WB of table IV.1. Packets are of 20 ms,
 * those of G.723.1 of 30 ms.
 */
static const struct sf_mos_codec codecs[] = {
	{ "PCMA", false, 0, 25.1, 20 },
	{ "PCMU", false, 0, 25.1, 20 },
	{ "G729", false, 11, 19.0, 25 },
	{ "G723", false, 15, 16.1, 37.5 },
	{ "GSM-EFR", false, 5, 10.0, 20 },
	{ "GSM", false, 20, BPL_LEAST, 20 },
	{ "G728", false, 7, BPL_LEAST, 20 },
	{ "G726-40", false, 2, BPL_LEAST, 20 },
	{ "G726-32", false, 7, BPL_LEAST, 20 },
	{ "G726-24", false, 25, BPL_LEAST, 20 },
	{ "G726-16", false, 50, BPL_LEAST, 20 },
	{ "G722", true, 13, BPL_LEAST, 21.5 },
};

const struct sf_mos_codec *sf_mos_codec(const char *name)
{
	size_t i;

	for (i = 0; name && i < ARRAY_SIZE(codecs); i++)
		if (!strcasecmp(codecs[i].name, name))
			return &codecs[i];
	return NULL;
}

/* Idd, G.107, 7.4: speakers begin to interrupt each other. */
static double delay_impairment(double delay)
{
	double x;

	if (delay <= DELAY_FREE)
		return 0;
	x = log2(delay / DELAY_FREE);
	return 25 * (pow(1 + pow(x, 6), 1.0 / 6) -
		     3 * pow(1 + pow(x / 3, 6), 1.0 / 6) + 2);
}

/* Ie-eff, G.107, 7.5. */
static double loss_impairment(const struct sf_mos_codec *codec, double loss)
{
	return codec->ie + (IE_MAX - codec->ie) * loss /
	       (loss / BURST_R + codec->bpl);
}

double sf_mos_rating(const struct sf_mos_codec *codec, double loss,
		     double delay)
{
	return (codec->wide ? WIDE : NARROW) - delay_impairment(delay) -
	       loss_impairment(codec, loss);
}

/* G.107, annex B; G.107.1, annex A. Near 0 the curve is below its least value. */
double sf_mos_score(double rating, bool wide)
{
	double r = wide ? rating / 1.29 : rating, mos;

	if (r <= 0)
		return 1;
	if (r >= 100)
		return 4.5;
	mos = 1 + 0.035 * r + r * (r - 60) * (100 - r) * CUBIC;
	return mos < 1 ? 1 : mos;
}
