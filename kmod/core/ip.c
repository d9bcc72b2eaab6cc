// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ip.c - IP addresses as text
 *
 * Reading: RFC 3986, 3.2.2 for both families, RFC 4291, 2.2 and RFC 5954 for
 * IPv6. Writing: RFC 5952.
 */
#include <sipfast/span.h>

#include "scan.h"

/* Take a digit. */
static inline bool digit_read(const char **p, const char *end, u32 *val)
{
	u32 digit;

	if (*p == end)
		return false;
	digit = (u8)(**p - '0');
	if (digit > 9)
		return false;
	*val = *val * 10 + digit;
	++*p;
	return true;
}

/* One octet: no sign, no leading zero (some read those as octal). */
static inline bool octet_read(const char **p, const char *end, u8 *out)
{
	u32 val = 0;

	if (!digit_read(p, end, &val))
		return false;
	if (val && digit_read(p, end, &val))
		digit_read(p, end, &val);
	*out = (u8)val;
	return val <= 255;
}

/* A digit too many is no dot, and not the end. */
static bool v4_read(const char *buf, u32 pos, u32 stop, u8 v4[4])
{
	const char *p = buf + pos, *end = buf + stop;

	return octet_read(&p, end, &v4[0]) && p != end && *p++ == '.' &&
	       octet_read(&p, end, &v4[1]) && p != end && *p++ == '.' &&
	       octet_read(&p, end, &v4[2]) && p != end && *p++ == '.' &&
	       octet_read(&p, end, &v4[3]) && p == end;
}

static u32 hex_value(char c)
{
	if (c <= '9')
		return (u32)(c - '0');
	return (u32)(sf_lower(c) - 'a') + 10;
}

/* One to four hex digits. */
static bool group_read(const char *buf, u32 *pos, u32 end, u8 *out)
{
	u32 start = *pos, val = 0, p = start;

	for (; p < end && sf_is(buf[p], SF_C_HEX); p++) {
		if (p - start == 4)
			return false;
		val = val << 4 | hex_value(buf[p]);
	}
	out[0] = (u8)(val >> 8);
	out[1] = (u8)val;
	*pos = p;
	return p != start;
}

/*
 * struct v6 - an address while it is read
 * @bytes: the bytes so far
 * @len: how many
 * @gap: where the "::" stands in @bytes; -1 for none so far
 */
struct v6 {
	u8 bytes[16];
	u32 len;
	int gap;
};

/*
 * What stands between two groups: ":" or "::". A third colon is an error of
 * the grammar in RFC 3261 that messages do carry, in front of an IPv4 tail
 * only (RFC 5118, 4.10).
 */
static bool colons_read(const char *buf, u32 *pos, u32 end, struct v6 *v6)
{
	u32 stop = *pos;

	while (sf_scan_at(buf, stop, end, ':'))
		stop++;
	switch (stop - *pos) {
	case 1:
		*pos = stop;
		return v6->len && stop != end;
	case 3:
		if (sf_scan_byte(buf, stop, end, '.') == end)
			return false;
		break;
	case 2:
		break;
	default:
		return false;
	}
	if (v6->gap >= 0)
		return false;
	v6->gap = (int)v6->len;
	*pos = stop;
	return true;
}

static bool v6_groups(const char *buf, u32 pos, u32 end, struct v6 *v6)
{
	u32 group;

	while (pos < end) {
		if ((v6->len || buf[pos] == ':') &&
		    !colons_read(buf, &pos, end, v6))
			return false;
		if (pos == end)
			break;
		group = pos;
		if (v6->len > 14 ||
		    !group_read(buf, &pos, end, v6->bytes + v6->len))
			return false;
		if (sf_scan_at(buf, pos, end, '.')) {
			if (v6->len > 12 ||
			    !v4_read(buf, group, end, v6->bytes + v6->len))
				return false;
			v6->len += 4;
			return true;
		}
		v6->len += 2;
	}
	return true;
}

static bool v6_read(const char *buf, u32 pos, u32 end, u8 out[16])
{
	struct v6 v6 = { .gap = -1 };
	u32 gap, tail;

	if (!v6_groups(buf, pos, end, &v6))
		return false;
	if (v6.gap < 0) {
		memcpy(out, v6.bytes, 16);
		return v6.len == 16;
	}
	if (v6.len > 14)
		return false;
	gap = (u32)v6.gap;
	tail = v6.len - gap;
	memset(out, 0, 16);
	memcpy(out, v6.bytes, gap);
	memcpy(out + 16 - tail, v6.bytes + gap, tail);
	return true;
}

bool sf_span_ip(const char *buf, struct sf_span s, struct sf_ip *ip)
{
	u32 pos = s.off, end = sf_span_end(s);
	struct sf_ip got = { .family = 4 };

	if (!s.len)
		return false;
	if (v4_read(buf, pos, end, got.v4)) {
		*ip = got;
		return true;
	}
	if (buf[pos] == '[') {
		if (s.len < 2 || buf[end - 1] != ']')
			return false;
		pos++;
		end--;
	}
	if (pos == end || !v6_read(buf, pos, end, got.v6))
		return false;
	got.family = 6;
	*ip = got;
	return true;
}

/* Every octet as it is written: an edit writes an address, or two. */
#define TEN(tens)							\
	tens "0", tens "1", tens "2", tens "3", tens "4",		\
	tens "5", tens "6", tens "7", tens "8", tens "9"

static const char octets[256][4] = {
	TEN(""), TEN("1"), TEN("2"), TEN("3"), TEN("4"),
	TEN("5"), TEN("6"), TEN("7"), TEN("8"), TEN("9"),
	TEN("10"), TEN("11"), TEN("12"), TEN("13"), TEN("14"),
	TEN("15"), TEN("16"), TEN("17"), TEN("18"), TEN("19"),
	TEN("20"), TEN("21"), TEN("22"), TEN("23"), TEN("24"),
	"250", "251", "252", "253", "254", "255"
};

/* Four bytes are written, in one store; the octet takes up to three of them. */
static inline u32 octet_text(u8 val, char *out)
{
	__builtin_memcpy(out, octets[val], sizeof(octets[val]));
	return 1 + (val >= 10) + (val >= 100);
}

static u32 v4_text(const u8 v4[4], char *out)
{
	u32 i, len = octet_text(v4[0], out);

	for (i = 1; i < 4; i++) {
		out[len++] = '.';
		len += octet_text(v4[i], out + len);
	}
	return len;
}

static u32 group_text(const u8 *group, char *out)
{
	static const char hex[] = "0123456789abcdef";
	u32 val = (u32)group[0] << 8 | group[1];
	u32 shift = 12, len = 0;

	while (shift && !(val >> shift))
		shift -= 4;
	for (;; shift -= 4) {
		out[len++] = hex[val >> shift & 0xf];
		if (!shift)
			return len;
	}
}

/*
 * The longest run of zero groups, the first one of several (RFC 5952, 4.2).
 * A single group is not shortened.
 */
static void zeros_find(const u8 v6[16], u32 *start, u32 *count)
{
	u32 i, run = 0;

	*start = 8;
	*count = 1;
	for (i = 0; i < 8; i++) {
		run = v6[2 * i] || v6[2 * i + 1] ? 0 : run + 1;
		if (run > *count) {
			*count = run;
			*start = i + 1 - run;
		}
	}
}

static bool v4_mapped(const u8 v6[16])
{
	static const u8 prefix[12] = { [10] = 0xff, [11] = 0xff };

	return !memcmp(v6, prefix, sizeof(prefix));
}

static u32 v6_text(const u8 v6[16], char *out)
{
	u32 i, zeros, count, len = 0;

	if (v4_mapped(v6)) {
		memcpy(out, "::ffff:", 7);
		return 7 + v4_text(v6 + 12, out + 7);
	}
	zeros_find(v6, &zeros, &count);
	for (i = 0; i < 8; i++) {
		if (i == zeros) {
			out[len++] = ':';
			i += count - 1;
			if (i == 7)
				out[len++] = ':';
			continue;
		}
		if (i)
			out[len++] = ':';
		len += group_text(v6 + 2 * i, out + len);
	}
	return len;
}

u32 sf_ip_text(const struct sf_ip *ip, bool bracket, char *out)
{
	u32 len;

	if (ip->family == 4)
		return v4_text(ip->v4, out);
	if (ip->family != 6)
		return 0;
	if (!bracket)
		return v6_text(ip->v6, out);
	len = v6_text(ip->v6, out + 1);
	out[0] = '[';
	out[len + 1] = ']';
	return len + 2;
}
