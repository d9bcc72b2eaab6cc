// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * payload.c - what payload types stand for
 */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include <sipfast/payload.h>
#include <sipfast/sdp.h>

/* It is kept twice for each stream. */
_Static_assert(sizeof(struct sf_payloads) <= 36, "sf_payloads is too big");

static struct sf_sdp sdp;
static struct sf_payloads list;

/* The payload types of a description whose only media is @media. */
static void read_types(const char *media)
{
	char text[4096] = "v=0\r\nc=IN IP4 192.0.2.1\r\n";
	const char *buf;
	u32 len;

	row("%s", media);
	strncat(text, media, sizeof(text) - strlen(text) - 1);
	len = (u32)strlen(text);
	buf = guard_tail(text, len);
	assert_reason(sf_sdp_parse(&sdp, buf, whole(len)), SF_OK);
	memset(&list, 0xff, sizeof(list));
	sf_payloads_of(&list, buf, &sdp.media[0]);
}

static void assert_type(u8 type, u8 encoding, u32 clock)
{
	struct sf_payload p;

	row("type %u", type);
	assert_true(sf_payloads_find(&list, type, &p));
	assert_int_equal(p.type, type);
	assert_int_equal(p.encoding, encoding);
	assert_int_equal(p.clock, clock);
}

static void names(void **state)
{
	static const struct {
		enum sf_encoding encoding;
		const char *name;
	} rows[] = {
#define X(sym, name) \
		{ SF_ENCODING_##sym, name },
		SF_ENCODINGS(X)
#undef X
	};
	char text[256];
	u32 i, k;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(rows[i].encoding, i + 1);
		assert_string_equal(sf_encoding_name((u8)(i + 1)), rows[i].name);
		strcpy(text, "m=audio 1 RTP/AVP 96\r\na=rtpmap:96 ");
		k = (u32)strlen(text);
		strcat(strcat(text, rows[i].name), "/8000\r\n");
		for (; text[k]; k += 2) /* every other letter */
			if (text[k] >= 'a' && text[k] <= 'z')
				text[k] -= 'a' - 'A';
		read_types(text);
		assert_type(96, (u8)(i + 1), 8000);
	}
	assert_string_equal(sf_encoding_name(SF_ENCODING_OTHER), "");
	assert_string_equal(sf_encoding_name(SF_ENCODING_COUNT), "");
	assert_string_equal(sf_encoding_name(255), "");
}

/* RFC 3551, table 4 and 5. */
static void static_types(void **state)
{
	static const struct {
		u8 type;
		const char *name;
		u32 clock;
	} rows[] = {
		{ 0, "PCMU", 8000 }, { 3, "GSM", 8000 }, { 4, "G723", 8000 },
		{ 5, "DVI4", 8000 }, { 6, "DVI4", 16000 }, { 7, "LPC", 8000 },
		{ 8, "PCMA", 8000 }, { 9, "G722", 8000 }, { 10, "L16", 44100 },
		{ 11, "L16", 44100 }, { 12, "QCELP", 8000 }, { 13, "CN", 8000 },
		{ 14, "MPA", 90000 }, { 15, "G728", 8000 },
		{ 16, "DVI4", 11025 }, { 17, "DVI4", 22050 },
		{ 18, "G729", 8000 }, { 19, "CN", 8000 },
		{ 25, "CelB", 90000 }, { 26, "JPEG", 90000 },
		{ 28, "nv", 90000 }, { 31, "H261", 90000 },
		{ 32, "MPV", 90000 }, { 33, "MP2T", 90000 },
		{ 34, "H263", 90000 },
	};
	struct sf_payload p;
	u32 type, i = 0;

	(void)state;
	for (type = 0; type < 256; type++) {
		row("type %u", type);
		p.type = 200;
		if (i == ARRAY_SIZE(rows) || rows[i].type != type) {
			assert_false(sf_payloads_find(NULL, (u8)type, &p));
			assert_int_equal(p.type, 200);
			continue;
		}
		assert_true(sf_payloads_find(NULL, (u8)type, &p));
		assert_int_equal(p.type, type);
		assert_string_equal(sf_encoding_name(p.encoding), rows[i].name);
		assert_int_equal(p.clock, rows[i].clock);
		i++;
	}
}

static void a_phone(void **state)
{
	struct sf_payload p;

	(void)state;
	read_types("m=audio 4000 RTP/AVP 96 9 8 0 101 13\r\n"
		   "a=rtpmap:96 opus/48000/2\r\n"
		   "a=fmtp:96 useinbandfec=1\r\n"
		   "a=rtpmap:9 G722/8000\r\na=rtpmap:8 PCMA/8000\r\n"
		   "a=rtpmap:0 PCMU/8000\r\n"
		   "a=rtpmap:101 telephone-event/8000\r\n"
		   "a=rtpmap:13 CN/8000\r\na=ptime:20\r\n");
	assert_int_equal(list.count, 2);
	assert_type(96, SF_ENCODING_OPUS, 48000);
	assert_type(101, SF_ENCODING_TELEPHONE_EVENT, 8000);
	assert_type(9, SF_ENCODING_G722, 8000);
	assert_type(0, SF_ENCODING_PCMU, 8000);
	assert_false(sf_payloads_find(&list, 97, &p));

	read_types("m=audio 4000 RTP/AVP 0 8\r\n");
	assert_int_equal(list.count, 0);
	assert_type(8, SF_ENCODING_PCMA, 8000);
}

static void meanings(void **state)
{
	(void)state;
	/* a static number may stand for something else */
	read_types("m=audio 1 RTP/AVP 0 3\r\na=rtpmap:0 speex/16000\r\n");
	assert_int_equal(list.count, 1);
	assert_type(0, SF_ENCODING_SPEEX, 16000);
	/* an unknown name has a clock all the same */
	read_types("m=audio 1 RTP/AVP 127\r\na=rtpmap:127 X-new/24000\r\n");
	assert_type(127, SF_ENCODING_OTHER, 24000);
	/* G.722 counts 8000 whatever is written; static 9 says no more */
	read_types("m=audio 1 RTP/AVP 9 96\r\na=rtpmap:9 G722/16000\r\n"
		   "a=rtpmap:96 g722/16000/1\r\n");
	assert_int_equal(list.count, 1);
	assert_type(96, SF_ENCODING_G722, 8000);
	/* clocks that cannot be */
	read_types("m=audio 1 RTP/AVP 96 97 98\r\na=rtpmap:96 A/0\r\n"
		   "a=rtpmap:97 PCMU/999\r\na=rtpmap:98 PCMU/1000001\r\n");
	assert_type(96, SF_ENCODING_OTHER, 0);
	assert_type(97, SF_ENCODING_PCMU, 0);
	assert_type(98, SF_ENCODING_PCMU, 0);
	/* the first line counts, and only what the m= line names */
	read_types("m=audio 1 RTP/AVP 96\r\na=rtpmap:97 PCMA/8000\r\n"
		   "a=rtpmap:96 AMR/8000\r\na=rtpmap:96 AMR-WB/16000\r\n");
	assert_int_equal(list.count, 1);
	assert_type(96, SF_ENCODING_AMR, 8000);
	/* lines of another media are another's */
	read_types("m=audio 1 RTP/AVP 96 t38 128\r\nm=video 1 RTP/AVP 96\r\n"
		   "a=rtpmap:96 VP8/90000\r\n");
	assert_int_equal(list.count, 0);
}

static void malformed(void **state)
{
	static const char *const rows[] = {
		"", "96", "96 ", "96 AMR", "96 AMR/", "96 /8000", "96 AMR/x",
		"96 AMR/-1", "96 AMR/4294967296", "x AMR/8000", "96 AMR/8000x",
		"224 AMR/8000", "128 AMR/8000", "4294967392 AMR/8000",
		"96 AMR//8000", "96 A MR/8000", "96/8000",
	};
	char text[256];
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		strcpy(text, "m=audio 1 RTP/AVP 96\r\na=rtpmap:");
		read_types(strcat(strcat(text, rows[i]), "\r\n"));
		assert_int_equal(list.count, 0);
	}
	read_types("m=audio 1 RTP/AVP 096\r\na=rtpmap:  96   AMR/8000/1/2  \r\n");
	assert_type(96, SF_ENCODING_AMR, 8000);
}

/* More than there is room for: digits are needed to understand the rest. */
static void too_many(void **state)
{
	char text[1024] = "m=audio 1 RTP/AVP 96 97 98 99 100 101 102 103 104\r\n";
	struct sf_payload p;
	u8 i;

	(void)state;
	for (i = 0; i < SF_PAYLOADS_MAX + 1; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text),
			 "a=rtpmap:%u speex/%u\r\n", 96 + i, 8000 + i);
	read_types(text);
	assert_int_equal(list.count, SF_PAYLOADS_MAX);
	assert_type(102, SF_ENCODING_SPEEX, 8006);
	assert_false(sf_payloads_find(&list, 103, &p));
	strcat(text, "a=rtpmap:104 telephone-event/8000\r\n");
	read_types(text);
	assert_int_equal(list.count, SF_PAYLOADS_MAX);
	assert_type(101, SF_ENCODING_SPEEX, 8005);
	assert_false(sf_payloads_find(&list, 102, &p));
	assert_type(104, SF_ENCODING_TELEPHONE_EVENT, 8000);
}

static void clocks(void **state)
{
	static const u32 rows[] = {
		1000, 7999, 8000, 11025, 16000, 22050, 24000, 32000, 44100,
		48000, 90000, 96000, 192000, 999999, 1000000,
	};
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%u Hz", rows[i]);
		assert_int_equal(sf_clock_tick(rows[i]),
				 (1000000000ull << 12) / rows[i]);
	}
	assert_int_equal(sf_clock_tick(0), 0);
	assert_int_equal(sf_clock_tick(999), 0);
	assert_int_equal(sf_clock_tick(1000001), 0);

	assert_int_equal(sf_clock_us(80, 8000), 10000);
	assert_int_equal(sf_clock_us(1, 8000), 125);
	assert_int_equal(sf_clock_us(90000, 90000), 999999);
	assert_int_equal(sf_clock_us(~0u, 8000), 4294967);
	assert_int_equal(sf_clock_us(80, 0), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(names),
		TEST(static_types),
		TEST(a_phone),
		TEST(meanings),
		TEST(malformed),
		TEST(too_many),
		TEST(clocks),
	};

	return run(tests, ARRAY_SIZE(tests));
}
