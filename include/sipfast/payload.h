/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * payload.h - what the payload types of RTP stand for
 *
 * Numbers below 96 have a meaning of their own (RFC 3551, 6); a session
 * description gives one to the others, and may give another to these
 * (a=rtpmap: RFC 8866, 6.6). What matters to who looks on is the clock that
 * timestamps count, and whether a packet is a digit or silence.
 */
#ifndef SIPFAST_PAYLOAD_H
#define SIPFAST_PAYLOAD_H

#include <sipfast/deps.h>

struct sf_sdp_media;

/* X(symbol, name); names compare without regard to case (RFC 4855, 3) */
#define SF_ENCODINGS(X)							\
	X(PCMU, "PCMU")							\
	X(PCMA, "PCMA")							\
	X(G722, "G722")							\
	X(G729, "G729")							\
	X(OPUS, "opus")							\
	X(GSM, "GSM")							\
	X(ILBC, "iLBC")							\
	X(SPEEX, "speex")						\
	X(G723, "G723")							\
	X(G728, "G728")							\
	X(G729D, "G729D")						\
	X(G729E, "G729E")						\
	X(G7221, "G7221")						\
	X(G7221C, "G7221C")						\
	X(G726_16, "G726-16")						\
	X(G726_24, "G726-24")						\
	X(G726_32, "G726-32")						\
	X(G726_40, "G726-40")						\
	X(AAL2_G726_32, "AAL2-G726-32")					\
	X(GSM_EFR, "GSM-EFR")						\
	X(GSM_HR, "GSM-HR-08")						\
	X(AMR, "AMR")							\
	X(AMR_WB, "AMR-WB")						\
	X(EVS, "EVS")							\
	X(EVRC, "EVRC")							\
	X(QCELP, "QCELP")						\
	X(SILK, "SILK")							\
	X(CODEC2, "codec2")						\
	X(DVI4, "DVI4")							\
	X(LPC, "LPC")							\
	X(L8, "L8")							\
	X(L16, "L16")							\
	X(L24, "L24")							\
	X(MPA, "MPA")							\
	X(MPA_ROBUST, "mpa-robust")					\
	X(MP4A_LATM, "MP4A-LATM")					\
	X(MPEG4_GENERIC, "mpeg4-generic")				\
	X(VDVI, "VDVI")							\
	X(CLEARMODE, "CLEARMODE")					\
	X(CN, "CN")							\
	X(TELEPHONE_EVENT, "telephone-event")				\
	X(TONE, "tone")							\
	X(RED, "red")							\
	X(ULPFEC, "ulpfec")						\
	X(FLEXFEC, "flexfec")						\
	X(PARITYFEC, "parityfec")					\
	X(RTX, "rtx")							\
	X(CELB, "CelB")							\
	X(JPEG, "JPEG")							\
	X(NV, "nv")							\
	X(H261, "H261")							\
	X(H263, "H263")							\
	X(H263_1998, "H263-1998")					\
	X(H263_2000, "H263-2000")					\
	X(H264, "H264")							\
	X(H264_SVC, "H264-SVC")						\
	X(H265, "H265")							\
	X(H266, "H266")							\
	X(VP8, "VP8")							\
	X(VP9, "VP9")							\
	X(AV1, "AV1")							\
	X(MPV, "MPV")							\
	X(MP2T, "MP2T")							\
	X(MP4V_ES, "MP4V-ES")						\
	X(THEORA, "theora")						\
	X(VORBIS, "vorbis")						\
	X(T140, "t140")							\
	X(T38, "t38")

enum sf_encoding {
	SF_ENCODING_OTHER,
#define X(sym, name) SF_ENCODING_##sym,
	SF_ENCODINGS(X)
#undef X
	SF_ENCODING_COUNT
};

/**
 * sf_encoding_name() - the name of an encoding
 * @encoding: enum sf_encoding
 *
 * Return: a constant string; "" for SF_ENCODING_OTHER and what is no encoding.
 */
const char *sf_encoding_name(u8 encoding);

/* Clocks beyond these are not believed. */
#define SF_CLOCK_MIN 1000
#define SF_CLOCK_MAX 1000000

/**
 * struct sf_payload - one payload type
 * @type: its number, 0 to 127
 * @encoding: enum sf_encoding; SF_ENCODING_OTHER: a name that is not known
 * @clock: Hz, of its timestamps, SF_CLOCK_MIN to SF_CLOCK_MAX; 0: not known
 */
struct sf_payload {
	u8 type;
	u8 encoding;
	u32 clock;
};

/* The most payload types of one media that are not as RFC 3551 has them. */
#define SF_PAYLOADS_MAX 7

/**
 * struct sf_payloads - what the payload types of one media stand for
 * @count: entries used in @encoding and @list
 * @encoding: struct sf_payload.encoding of those in @list
 * @list: those that RFC 3551 does not tell, in the order of their lines
 *
 * 36 bytes, for each stream has two, and nothing but values: it may be copied.
 * All zeros: a description without any.
 */
struct sf_payloads {
	u8 count;
	u8 encoding[SF_PAYLOADS_MAX];
	struct {
		u32 type : 7;
		u32 clock : 20;
	} list[SF_PAYLOADS_MAX];
};

/**
 * sf_payloads_add() - note what a payload type stands for
 *
 * Not if RFC 3551 tells the same. Where there are SF_PAYLOADS_MAX already, only
 * telephone-event is noted, instead of the last one.
 */
void sf_payloads_add(struct sf_payloads *p, const struct sf_payload *one);

/**
 * sf_payloads_of() - read the a=rtpmap lines of a media
 * @p: written in full
 * @buf: the buffer of @m
 * @m: the media
 *
 * Lines about a number that the m= line does not name are passed over, as are
 * malformed ones; of several about one number the first counts. When there are
 * too many, the first ones are kept, and telephone-event in any case.
 */
void sf_payloads_of(struct sf_payloads *p, const char *buf,
		    const struct sf_sdp_media *m);

/**
 * sf_payloads_find() - what a payload type stands for
 * @p: of the description; or NULL
 * @type: its number
 * @payload: written only when true is returned
 *
 * Return: whether it is known, from @p or from RFC 3551.
 */
bool sf_payloads_find(const struct sf_payloads *p, u8 type,
		      struct sf_payload *payload);

/**
 * sf_clock_tick() - how long one tick of a clock takes
 * @clock: Hz
 *
 * Return: nanoseconds with 12 fractional bits; 0 when the clock is not
 * believed.
 */
u32 sf_clock_tick(u32 clock);

/**
 * sf_clock_us() - ticks of a clock as microseconds
 * @ticks: e.g. the jitter of a report (RFC 3550, 6.4.1)
 * @clock: Hz
 *
 * Return: microseconds, 4294967 at most; 0 when the clock is not believed.
 */
u32 sf_clock_us(u32 ticks, u32 clock);

#endif /* SIPFAST_PAYLOAD_H */
