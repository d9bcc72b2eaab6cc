// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sdp.c - the one pass over a session description
 */
#include <sipfast/attr.h>
#include <sipfast/sdp.h>

#include "scan.h"
#include "words.h"

/*
 * struct lines - what is left of a description
 * @buf: the buffer
 * @pos: the start of the next line
 * @end: the end of the description
 */
struct lines {
	const char *buf;
	u32 pos;
	u32 end;
};

/*
 * Take a line. LF alone ends one as well (RFC 8866, 5), CR alone is refused:
 * it would end a line for one reader and not for another.
 */
static bool line_take(struct lines *in, struct sf_span *line)
{
	u32 stop = sf_scan_eol(in->buf, in->pos, in->end);

	*line = sf_span(in->pos, stop);
	if (sf_scan_at(in->buf, stop, in->end, '\r')) {
		stop++;
		if (stop != in->end && in->buf[stop] != '\n')
			return false;
	}
	in->pos = stop == in->end ? stop : stop + 1;
	return true;
}

/* The part of a line behind "x=". */
static struct sf_span line_value(struct sf_span line)
{
	return sf_span(line.off + 2, sf_span_end(line));
}

/* The address proper: "224.2.1.1/127/3" says TTL and count as well. */
static struct sf_span addr_proper(const char *buf, struct sf_span s)
{
	return sf_span(s.off, sf_scan_byte(buf, s.off, sf_span_end(s), '/'));
}

/* nettype, addrtype and address, as o=, c= and a=rtcp have them */
static void addr_set(const char *buf, const struct sf_span word[3],
		     struct sf_sdp_addr *addr)
{
	struct sf_ip ip;

	addr->text = addr_proper(buf, word[2]);
	addr->ip.family = 0;
	if (sf_span_ip(buf, addr->text, &ip) &&
	    sf_addrtype_fits(buf, word[0], word[1], &ip))
		addr->ip = ip;
}

/*
 * Of @min to @max words the last three are the address. Counting from the end
 * survives user names with blanks in o=, which some phones send.
 */
static bool addr_read(const char *buf, struct sf_span line, u32 min, u32 max,
		      struct sf_sdp_addr *addr)
{
	struct sf_span last[3] = { { 0, 0 } }, word;
	struct sf_span rest = line_value(line);
	u32 n = 0;

	for (; sf_word_take(buf, &rest, &word); n++) {
		last[0] = last[1];
		last[1] = last[2];
		last[2] = word;
	}
	if (n < min || n > max)
		return false;
	addr->line = line;
	addr_set(buf, last, addr);
	return true;
}

/* One o= line of six words, or five: an empty user name is tolerated. */
static bool origin_line(const char *buf, struct sf_span line,
			struct sf_sdp_addr *origin)
{
	return !origin->line.len && addr_read(buf, line, 5, line.len, origin);
}

/* The first c= line counts; more of them name layers (RFC 8866, 5.7). */
static bool conn_line(const char *buf, struct sf_span line,
		      struct sf_sdp_addr *conn)
{
	return conn->line.len || addr_read(buf, line, 3, 3, conn);
}

static u8 media_type(const char *buf, struct sf_span s)
{
	static const struct {
		u8 id;
		u8 len;
		char name[14];
	} known[] = {
		{ SF_MEDIA_AUDIO, 5, "audio" },
		{ SF_MEDIA_VIDEO, 5, "video" },
		{ SF_MEDIA_TEXT, 4, "text" },
		{ SF_MEDIA_IMAGE, 5, "image" },
		{ SF_MEDIA_APPLICATION, 11, "application" },
		{ SF_MEDIA_MESSAGE, 7, "message" },
	};
	u32 i;

	for (i = 0; i < ARRAY_SIZE(known); i++)
		if (sf_span_caseeq(buf, s, known[i].name, known[i].len))
			return known[i].id;
	return SF_MEDIA_OTHER;
}

static u8 media_proto(const char *buf, struct sf_span s)
{
	/* longer ones first: a prefix decides */
	static const struct {
		u8 id;
		u8 len;
		char prefix[14];
	} known[] = {
		{ SF_PROTO_RTP, 12, "UDP/TLS/RTP/" },
		{ SF_PROTO_RTP, 4, "RTP/" },
		{ SF_PROTO_UDP, 9, "DTLS/SCTP" },
		{ SF_PROTO_UDP, 3, "UDP" },
		{ SF_PROTO_TCP, 3, "TCP" },
	};
	struct sf_span head = s;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(known); i++) {
		if (s.len < known[i].len)
			continue;
		head.len = known[i].len;
		if (sf_span_caseeq(buf, head, known[i].prefix, head.len))
			return known[i].id;
	}
	return SF_PROTO_OTHER;
}

/* port ["/" number of ports] */
static bool port_read(const char *buf, struct sf_span word,
		      struct sf_sdp_media *media)
{
	u32 end = sf_span_end(word), slash, val;

	slash = sf_scan_byte(buf, word.off, end, '/');
	media->port_text = sf_span(word.off, slash);
	if (!sf_span_u32(buf, media->port_text, &val) || val > 65535)
		return false;
	media->port = (u16)val;
	media->ports = 1;
	return slash == end ||
	       sf_span_port(buf, sf_span(slash + 1, end), &media->ports);
}

/* m=type port proto formats */
static bool media_line(const char *buf, struct sf_span line,
		       struct sf_sdp_media *media)
{
	struct sf_span rest = line_value(line), port;

	if (!sf_word_take(buf, &rest, &media->type_text) ||
	    !sf_word_take(buf, &rest, &port) || !port_read(buf, port, media) ||
	    !sf_word_take(buf, &rest, &media->proto_text))
		return false;
	media->type = media_type(buf, media->type_text);
	media->proto = media_proto(buf, media->proto_text);
	media->fmts = sf_span_trim(buf, rest);
	return true;
}

/* Open the next media with its m= line; the caller has closed the last. */
static enum sf_reason media_start(struct sf_sdp *sdp, const char *buf,
				  struct sf_span line)
{
	struct sf_sdp_media *media;

	if (sdp->nmedia == SF_SDP_MEDIA_MAX)
		return SF_SDP_MEDIA;
	media = &sdp->media[sdp->nmedia];
	memset(media, 0, sizeof(*media));
	media->lines = line;
	if (!media_line(buf, line, media))
		return SF_SDP;
	sdp->nmedia++;
	return SF_OK;
}

/* What was open so far, the session or the last media, ends at @pos. */
static void section_end(struct sf_sdp *sdp, u32 pos)
{
	struct sf_span *open = &sdp->session;

	if (sdp->nmedia)
		open = &sdp->media[sdp->nmedia - 1].lines;
	*open = sf_span(open->off, pos);
}

static struct sf_sdp_attr attr_split(const char *buf, struct sf_span line)
{
	struct sf_span all = line_value(line);
	u32 end = sf_span_end(all), colon;
	struct sf_sdp_attr attr;

	colon = sf_scan_byte(buf, all.off, end, ':');
	attr.name = sf_span(all.off, colon);
	attr.value = sf_span(colon == end ? end : colon + 1, end);
	return attr;
}

/* The direction that an attribute of eight bytes names, if it does. */
static u8 attr_dir(const char *buf, struct sf_span name)
{
	if (sf_span_is(buf, name, "sendrecv"))
		return SF_DIR_SENDRECV;
	if (sf_span_is(buf, name, "sendonly"))
		return SF_DIR_SENDONLY;
	if (sf_span_is(buf, name, "recvonly"))
		return SF_DIR_RECVONLY;
	if (sf_span_is(buf, name, "inactive"))
		return SF_DIR_INACTIVE;
	return SF_DIR_UNSET;
}

/* a=rtcp:port [nettype addrtype address]; an unreadable one is left alone */
static void rtcp_read(const char *buf, struct sf_span line,
		      struct sf_span value, struct sf_sdp_media *media)
{
	struct sf_span word[3] = { { 0, 0 } }, port;

	if (!sf_word_take(buf, &value, &port) ||
	    !sf_span_port(buf, port, &media->rtcp_port))
		return;
	media->rtcp_port_text = port;
	if (!sf_word_take(buf, &value, &word[0]) ||
	    !sf_word_take(buf, &value, &word[1]) ||
	    !sf_word_take(buf, &value, &word[2]))
		return;
	media->rtcp_addr.line = line;
	addr_set(buf, word, &media->rtcp_addr);
}

static void media_attr(const char *buf, struct sf_span line,
		       struct sf_sdp_media *media)
{
	struct sf_sdp_attr attr = attr_split(buf, line);

	switch (attr.name.len) {
	case 4:
		if (sf_span_is(buf, attr.name, "rtcp") && !media->rtcp_port)
			rtcp_read(buf, line, attr.value, media);
		break;
	case 8:
		if (sf_span_is(buf, attr.name, "rtcp-mux"))
			media->rtcp_mux = true;
		else if (!media->dir)
			media->dir = attr_dir(buf, attr.name);
		break;
	}
}

static void session_attr(const char *buf, struct sf_span line,
			 struct sf_sdp *sdp)
{
	struct sf_sdp_attr attr = attr_split(buf, line);

	if (attr.name.len == 8 && !sdp->dir)
		sdp->dir = attr_dir(buf, attr.name);
}

static enum sf_reason line_read(struct sf_sdp *sdp, const char *buf,
				struct sf_span line)
{
	struct sf_sdp_media *media = NULL;
	bool ok = true;

	if (sdp->nmedia)
		media = &sdp->media[sdp->nmedia - 1];
	switch (buf[line.off]) {
	case 'm':
		section_end(sdp, line.off);
		return media_start(sdp, buf, line);
	case 'o':
		ok = !media && origin_line(buf, line, &sdp->origin);
		break;
	case 'c':
		ok = conn_line(buf, line, media ? &media->conn : &sdp->conn);
		break;
	case 'a':
		if (media)
			media_attr(buf, line, media);
		else
			session_attr(buf, line, sdp);
		break;
	}
	return ok ? SF_OK : SF_SDP;
}

static void sdp_init(struct sf_sdp *sdp, struct sf_span all)
{
	sdp->all = all;
	memset(&sdp->origin, 0, sizeof(sdp->origin));
	memset(&sdp->conn, 0, sizeof(sdp->conn));
	sdp->dir = SF_DIR_UNSET;
	sdp->nmedia = 0;
	sdp->session = sf_span(all.off, all.off);
}

enum sf_reason sf_sdp_parse(struct sf_sdp *sdp, const char *buf,
			    struct sf_span all)
{
	struct lines in = { buf, all.off, sf_span_end(all) };
	enum sf_reason reason;
	struct sf_span line;

	sdp_init(sdp, all);
	if (!line_take(&in, &line) || !sf_span_is(buf, line, "v=0"))
		return SF_SDP;
	while (in.pos != in.end) {
		if (!line_take(&in, &line))
			return SF_SDP;
		if (!line.len)
			break;
		if (line.len < 2 || buf[line.off + 1] != '=')
			return SF_SDP;
		reason = line_read(sdp, buf, line);
		if (reason)
			return reason;
	}
	/* blank lines may close a description, but not divide it */
	while (in.pos != in.end)
		if (!line_take(&in, &line) || line.len)
			return SF_SDP;
	section_end(sdp, in.end);
	return SF_OK;
}

bool sf_sdp_attr_next(const char *buf, struct sf_span *rest,
		      struct sf_sdp_attr *attr)
{
	struct lines in = { buf, rest->off, sf_span_end(*rest) };
	struct sf_span line;

	while (in.pos != in.end && line_take(&in, &line)) {
		*rest = sf_span(in.pos, in.end);
		if (line.len < 2 || buf[line.off] != 'a' ||
		    buf[line.off + 1] != '=')
			continue;
		*attr = attr_split(buf, line);
		return true;
	}
	return false;
}

/* A profile with an S. */
static bool profile_secure(const char *buf, const struct sf_sdp_media *media)
{
	struct sf_span profile = media->proto_text;
	const char *p = buf + profile.off;
	u32 i;

	for (i = profile.len; i; i--)
		if (p[i - 1] == '/')
			break;
	profile.off += i;
	profile.len -= i;
	if (profile.len < 4)
		return false;
	profile.len = 4;

	return sf_span_caseeq(buf, profile, "SAVP", 4);
}

bool sf_sdp_secure(const char *buf, const struct sf_sdp *sdp,
		   const struct sf_sdp_media *media)
{
	struct sf_span value;

	return profile_secure(buf, media) ||
	       sf_attr_find(buf, media->lines, SF_ATTR_CRYPTO, &value) ||
	       sf_attr_find(buf, media->lines, SF_ATTR_FINGERPRINT, &value) ||
	       sf_attr_find(buf, sdp->session, SF_ATTR_FINGERPRINT, &value);
}
