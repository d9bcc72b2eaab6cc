// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * text.c - values as people read them
 */
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/sipfast.h>

#include "../util/escape.h"
#include "mem.h"
#include "text.h"

#define SCREEN	80	/* columns that everybody has */

const char *sf_text_clock(uint64_t ms, char *buf)
{
	uint64_t s = ms / 1000;

	snprintf(buf, SF_TEXT_LEN, "%02" PRIu64 ":%02u:%02u", s / 3600,
		 (unsigned int)(s / 60 % 60), (unsigned int)(s % 60));
	return buf;
}

const char *sf_text_seconds(uint64_t ms, char *buf)
{
	if (ms >= 60000)
		return sf_text_clock(ms, buf);
	snprintf(buf, SF_TEXT_LEN, "%.*f s", ms < 10000 ? 2 : 1, ms / 1e3);
	return buf;
}

const char *sf_text_bytes(uint64_t bytes, char *buf)
{
	static const char units[][4] = { "KiB", "MiB", "GiB", "TiB", "PiB" };
	double n = bytes / 1024.0;
	size_t unit = 0;

	if (bytes < 1024) {
		snprintf(buf, SF_TEXT_LEN, "%" PRIu64 " B", bytes);
		return buf;
	}
	for (; n >= 1024 && unit + 1 < ARRAY_SIZE(units); unit++)
		n /= 1024;
	snprintf(buf, SF_TEXT_LEN, "%.2f %s", n, units[unit]);
	return buf;
}

const char *sf_text_percent(double percent, char *buf)
{
	int digits = percent < 9.995 ? 2 : percent < 99.95 ? 1 : 0;

	snprintf(buf, SF_TEXT_LEN, "%.*f%%", percent > 0 ? digits : 0, percent);
	return buf;
}

const char *sf_text_pair(const struct sf_endpoint *endpoint,
			 const struct sf_endpoint *mapped, char *buf)
{
	char a[SF_ENDPOINT_LEN], b[SF_ENDPOINT_LEN];

	sf_endpoint_text(endpoint, a);
	if (mapped->family == AF_UNSPEC)
		snprintf(buf, SF_PAIR_LEN, "%s", a);
	else
		snprintf(buf, SF_PAIR_LEN, "%s (%s)", a,
			 sf_endpoint_text(mapped, b));
	return buf;
}

static const char *name_of(const char *const *names, size_t n,
			   unsigned int value, char *buf)
{
	if (value < n)
		snprintf(buf, SF_TEXT_LEN, "%s", names[value]);
	else
		snprintf(buf, SF_TEXT_LEN, "%u", value);
	return buf;
}

const char *sf_text_call_state(unsigned int value, char *buf)
{
	static const char *const names[] = {
		[SIPFAST_CALL_SETUP] = "setup",
		[SIPFAST_CALL_RINGING] = "ringing",
		[SIPFAST_CALL_UP] = "up",
		[SIPFAST_CALL_CLOSING] = "closing",
		[SIPFAST_CALL_ENDED] = "ended",
	};

	return name_of(names, ARRAY_SIZE(names), value, buf);
}

const char *sf_text_call_end(unsigned int value, char *buf)
{
	static const char *const names[] = {
		[SIPFAST_END_NONE] = "none",
		[SIPFAST_END_BYE] = "bye",
		[SIPFAST_END_REJECTED] = "rejected",
		[SIPFAST_END_TIMEOUT] = "timeout",
		[SIPFAST_END_FLUSHED] = "flushed",
		[SIPFAST_END_ADDRESS] = "address",
		[SIPFAST_END_SESSION] = "session",
		[SIPFAST_END_IDLE] = "idle",
	};

	return name_of(names, ARRAY_SIZE(names), value, buf);
}

const char *sf_text_stream_kind(unsigned int value, char *buf)
{
	static const char *const names[] = {
		[SIPFAST_STREAM_RTP] = "rtp",
		[SIPFAST_STREAM_RTCP] = "rtcp",
		[SIPFAST_STREAM_UDP] = "udp",
	};

	return name_of(names, ARRAY_SIZE(names), value, buf);
}

const char *sf_text_stream_event(unsigned int value, char *buf)
{
	static const char *const names[] = {
		[SIPFAST_STREAM_FIRST] = "first",
		[SIPFAST_STREAM_UP] = "up",
		[SIPFAST_STREAM_ONE_WAY] = "one-way",
		[SIPFAST_STREAM_TWO_WAY] = "two-way",
		[SIPFAST_STREAM_POOR] = "poor",
		[SIPFAST_STREAM_GOOD] = "good",
		[SIPFAST_STREAM_IDLE] = "idle",
		[SIPFAST_STREAM_RESUMED] = "resumed",
	};

	return name_of(names, ARRAY_SIZE(names), value, buf);
}

const char *sf_text_dialog_state(unsigned int value, char *buf)
{
	static const char *const names[] = {
		[SIPFAST_DIALOG_EARLY] = "early",
		[SIPFAST_DIALOG_CONFIRMED] = "confirmed",
		[SIPFAST_DIALOG_CLOSING] = "closing",
	};

	return name_of(names, ARRAY_SIZE(names), value, buf);
}

const char *sf_text_verdict(unsigned int value, char *buf)
{
	static const char *const names[] = {
		[SIPFAST_VERDICT_PASSED] = "passed",
		[SIPFAST_VERDICT_EDITED] = "edited",
		[SIPFAST_VERDICT_UNREAD] = "unread",
	};

	return name_of(names, ARRAY_SIZE(names), value, buf);
}

const char *sf_text_media_source(unsigned int value, char *buf)
{
	static const char *const names[] = {
		[SIPFAST_SOURCE_SDP] = "sdp",
		[SIPFAST_SOURCE_ANY] = "any",
		[SIPFAST_SOURCE_PREFIX] = "prefix",
	};

	return name_of(names, ARRAY_SIZE(names), value, buf);
}

const char *sf_text_registration_source(unsigned int value, char *buf)
{
	static const char *const names[] = {
		[SIPFAST_SOURCE_SDP] = "registrar",
		[SIPFAST_SOURCE_ANY] = "any",
		[SIPFAST_SOURCE_PREFIX] = "prefix",
	};

	return name_of(names, ARRAY_SIZE(names), value, buf);
}

const char *sf_text_tcp(unsigned int value, char *buf)
{
	static const char *const names[] = {
		[SIPFAST_TCP_WATCH] = "watch",
		[SIPFAST_TCP_EDIT] = "edit",
	};

	return name_of(names, ARRAY_SIZE(names), value, buf);
}

/* RFC 2474 (CS), 2597 (AF), 3246 (EF), 5865 (VA), 8622 (LE). */
const char *sf_text_dscp(unsigned int value, char *buf)
{
	unsigned int class = value >> 3, drop = value >> 1 & 3;

	if (value == SIPFAST_DSCP_KEEP)
		snprintf(buf, SF_TEXT_LEN, "keep");
	else if (value == 46)
		snprintf(buf, SF_TEXT_LEN, "EF");
	else if (value == 44)
		snprintf(buf, SF_TEXT_LEN, "VA");
	else if (value == 1)
		snprintf(buf, SF_TEXT_LEN, "LE");
	else if (value < 64 && !(value & 7))
		snprintf(buf, SF_TEXT_LEN, "CS%u", class);
	else if (!(value & 1) && class >= 1 && class <= 4 && drop)
		snprintf(buf, SF_TEXT_LEN, "AF%u%u", class, drop);
	else
		snprintf(buf, SF_TEXT_LEN, "%u", value);
	return buf;
}

void sf_put_text(FILE *out, const char *text)
{
	char *safe = sf_mem_escape(text);

	fputs(*safe ? safe : "-", out);
	free(safe);
}

void sf_put_words(struct sf_cli *cli, int indent, const char *text)
{
	char *safe = sf_mem_escape(text), *word, *rest = NULL;
	int column = indent, len;

	for (word = strtok_r(safe, " ", &rest); word;
	     word = strtok_r(NULL, " ", &rest)) {
		len = strlen(word);
		if (column > indent && column + 1 + len > SCREEN) {
			fprintf(cli->out, "\n%*s", indent, "");
			column = indent;
		}
		column += fprintf(cli->out, "%s%s", column > indent ? " " : "",
				  word);
	}
	free(safe);
}

void sf_put_flow(struct sf_cli *cli, int indent,
		 const struct sf_endpoint *source,
		 const struct sf_endpoint *source_mapped,
		 const struct sf_endpoint *target,
		 const struct sf_endpoint *target_inside)
{
	char from[SF_PAIR_LEN], to[SF_PAIR_LEN];
	int len;

	sf_text_pair(source, source_mapped, from);
	sf_text_pair(target, target_inside, to);
	len = indent + strlen(from) + strlen(" -> ") + strlen(to);
	fputs(from, cli->out);
	if (len > SCREEN)
		fprintf(cli->out, "\n%*s", indent, "");
	else
		fputc(' ', cli->out);
	fprintf(cli->out, "%s %s", sf_arrow(cli), to);
}

void sf_put_count(FILE *out, uint64_t n, const char *noun)
{
	fprintf(out, "%" PRIu64 " %s%s", n, noun, n == 1 ? "" : "s");
}

void sf_put_label(struct sf_cli *cli, int depth, int width, const char *label)
{
	int len = strlen(label) + 1;

	fprintf(cli->out, "%*s%s%s:%s%*s", depth, "",
		sf_color(cli, SF_COLOR_LABEL), label,
		sf_color(cli, SF_COLOR_OFF), width - len + 1, "");
}

const char *sf_color(const struct sf_cli *cli, enum sf_color color)
{
	static const char *const codes[] = {
		[SF_COLOR_OFF] = "\33[0m",
		[SF_COLOR_HEAD] = "\33[1;32m",
		[SF_COLOR_LABEL] = "\33[1m",
		[SF_COLOR_GOOD] = "\33[32m",
		[SF_COLOR_WARN] = "\33[33m",
		[SF_COLOR_BAD] = "\33[31m",
		[SF_COLOR_DIM] = "\33[2m",
	};

	return cli->color ? codes[color] : "";
}

const char *sf_arrow(const struct sf_cli *cli)
{
	return cli->utf8 ? "\u2192" : "->";
}
