// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * dns_name.c - names of hosts, as people and as DNS write them
 */
#include "dns_name.h"

#define LABEL_MAX	63
#define POINTER		0xc0	/* the two bits of a length that is none */

/* Return: the byte as names have it; 0 when they do not. */
static char host_byte(u8 c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c | 0x20);
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_')
		return (char)c;
	return 0;
}

static bool put_label(char *out, const u8 *label, u32 len)
{
	u32 i;

	for (i = 0; i < len; i++) {
		out[i] = host_byte(label[i]);
		if (!out[i])
			return false;
	}
	return true;
}

static bool all_digits(const char *s, u32 len)
{
	u32 i;

	for (i = 0; i < len; i++)
		if (s[i] < '0' || s[i] > '9')
			return false;
	return true;
}

bool sf_dns_name_text(char *name, struct sf_text text)
{
	char copy[SF_DNS_NAME_SIZE];
	u32 len = text.len, start = 0, i;

	if (len && text.s[len - 1] == '.')
		len--;
	if (!len || len >= sizeof(copy))
		return false;
	for (i = 0; i <= len; i++) {
		if (i < len && text.s[i] != '.')
			continue;
		if (i == start || i - start > LABEL_MAX ||
		    !put_label(copy + start, (const u8 *)text.s + start, i - start))
			return false;
		if (i == len && all_digits(copy + start, i - start))
			return false;
		copy[i] = i < len ? '.' : '\0';
		start = i + 1;
	}
	memcpy(name, copy, len + 1);
	return true;
}

/* Close a name of @len bytes, each label with a dot behind it. */
static void finish(char *name, u32 len, bool host)
{
	if (!host)
		memcpy(name, SF_DNS_NAME_STRANGE, sizeof(SF_DNS_NAME_STRANGE));
	else
		name[len ? len - 1 : 0] = '\0';
}

/* A pointer leads to where its run of labels has not begun yet: that ends. */
u32 sf_dns_name_read(const u8 *buf, u32 len, u32 off, char *name)
{
	u32 behind = 0, run = off, used = 0, label;
	bool host = true;

	while (off < len) {
		label = buf[off++];
		if (!label) {
			finish(name, used, host);
			return behind ? behind : off;
		}
		if ((label & POINTER) == POINTER && off < len) {
			if (!behind)
				behind = off + 1;
			off = (label & LABEL_MAX) << 8 | buf[off];
			if (off >= run)
				return 0;
			run = off;
			continue;
		}
		if (label > LABEL_MAX || label > len - off ||
		    used + label + 1 > SF_DNS_NAME_SIZE)
			return 0;
		host = put_label(name + used, buf + off, label) && host;
		used += label;
		name[used++] = '.';
		off += label;
	}
	return 0;
}
