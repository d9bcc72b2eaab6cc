// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * value.c - Via, CSeq, Content-Type
 */
#include <sipfast/value.h>

#include "host.h"
#include "scan.h"

/* Take a token and the white space around it. */
static bool token_take(const char *buf, u32 *pos, u32 end,
		       struct sf_span *token)
{
	u32 start = sf_scan_lws(buf, *pos, end);
	u32 stop = sf_scan_over(buf, start, end, SF_C_TOKEN);

	*token = sf_span(start, stop);
	*pos = sf_scan_lws(buf, stop, end);
	return stop != start;
}

static bool byte_take(const char *buf, u32 *pos, u32 end, char c)
{
	if (!sf_scan_at(buf, *pos, end, c))
		return false;
	++*pos;
	return true;
}

static u8 transport_id(const char *buf, struct sf_span s)
{
	static const struct {
		u8 id;
		u8 len;
		char name[6];
	} known[] = {
		{ SF_TRANSPORT_UDP, 3, "UDP" },
		{ SF_TRANSPORT_TCP, 3, "TCP" },
		{ SF_TRANSPORT_TLS, 3, "TLS" },
		{ SF_TRANSPORT_SCTP, 4, "SCTP" },
		{ SF_TRANSPORT_WS, 2, "WS" },
		{ SF_TRANSPORT_WSS, 3, "WSS" },
	};
	u32 i;

	for (i = 0; i < ARRAY_SIZE(known); i++)
		if (sf_span_caseeq(buf, s, known[i].name, known[i].len))
			return known[i].id;
	return SF_TRANSPORT_OTHER;
}

/* "SIP/2.0/UDP " as everyone writes it, to begin a value of more than that */
static inline bool protocol_is_udp(const char *p)
{
	return sf_load64(p) == SF_CHARS8('S', 'I', 'P', '/', '2', '.', '0', '/') &&
	       p[8] == 'U' && p[9] == 'D' && p[10] == 'P' && p[11] == ' ';
}

/* "SIP" SLASH "2.0" SLASH transport LWS */
static bool protocol_read(const char *buf, u32 *pos, u32 end,
			  struct sf_via *via)
{
	struct sf_span name, version;

	if (end - *pos > 12 && protocol_is_udp(buf + *pos)) {
		via->transport = SF_TRANSPORT_UDP;
		via->transport_text = sf_span(*pos + 8, *pos + 11);
		*pos = sf_scan_lws(buf, *pos + 12, end);
		return true;
	}
	if (!token_take(buf, pos, end, &name) ||
	    !byte_take(buf, pos, end, '/') ||
	    !token_take(buf, pos, end, &version) ||
	    !byte_take(buf, pos, end, '/') ||
	    !token_take(buf, pos, end, &via->transport_text))
		return false;
	via->transport = transport_id(buf, via->transport_text);
	return sf_span_caseis(buf, name, "SIP") &&
	       sf_span_is(buf, version, "2.0") &&
	       *pos != sf_span_end(via->transport_text);
}

/*
 * host [ COLON port ]: unlike in a URI, white space may stand around the
 * colon (RFC 3261, 20.42 shows it).
 */
static bool sent_by_read(const char *buf, u32 *pos, u32 end,
			 struct sf_host *host)
{
	u32 start = *pos, stop;

	if (!sf_host_read(buf, pos, end, host))
		return false;
	host->hostport = host->host;
	host->port_text = sf_span(*pos, *pos);
	host->port = 0;
	*pos = sf_scan_lws(buf, *pos, end);
	if (!byte_take(buf, pos, end, ':'))
		return true;
	*pos = sf_scan_lws(buf, *pos, end);
	stop = sf_scan_over(buf, *pos, end, SF_C_DIGIT);
	host->port_text = sf_span(*pos, stop);
	host->hostport = sf_span(start, stop);
	*pos = sf_scan_lws(buf, stop, end);
	return sf_span_port(buf, host->port_text, &host->port);
}

enum sf_reason sf_via_parse(const char *buf, struct sf_span item,
			    struct sf_via *via)
{
	u32 pos = item.off, end = sf_span_end(item);
	struct sf_via got;

	if (!protocol_read(buf, &pos, end, &got) ||
	    !sent_by_read(buf, &pos, end, &got.sent_by))
		return SF_VIA;
	if (pos != end && buf[pos] != ';')
		return SF_VIA;
	got.params = sf_span(pos, end);
	*via = got;
	return SF_OK;
}

enum sf_reason sf_cseq_parse(const char *buf, struct sf_span value,
			     struct sf_cseq *cseq)
{
	u32 pos, end, stop;
	struct sf_cseq got;

	value = sf_span_trim(buf, value);
	end = sf_span_end(value);
	stop = sf_scan_over(buf, value.off, end, SF_C_DIGIT);
	if (!sf_span_u32(buf, sf_span(value.off, stop), &got.number))
		return SF_CSEQ;
	pos = sf_scan_lws(buf, stop, end);
	if (pos == stop || !token_take(buf, &pos, end, &got.method_name) ||
	    pos != end)
		return SF_CSEQ;
	got.method = (u8)sf_method_id(buf, got.method_name);
	*cseq = got;
	return SF_OK;
}

enum sf_reason sf_type_parse(const char *buf, struct sf_span value,
			     struct sf_type *type)
{
	u32 pos = value.off, end = sf_span_end(value);
	struct sf_type got;

	if (!token_take(buf, &pos, end, &got.type) ||
	    !byte_take(buf, &pos, end, '/') ||
	    !token_take(buf, &pos, end, &got.subtype))
		return SF_HEADER;
	if (pos != end && buf[pos] != ';')
		return SF_HEADER;
	got.params = sf_span(pos, end);
	*type = got;
	return SF_OK;
}
