// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * dialog.c - the messages of calls through a translating router
 *
 * They look like a phone's and a provider's. The provider answers what it
 * received, Via by Via, so a helper has the same to undo as in real life. Its
 * media comes from where its signalling does: the kernel's own helper ignores
 * descriptions that say otherwise, and would do half of the work only.
 */
#include <arpa/inet.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "dialog.h"

/* Ten thousand calls have ports of their own on both sides, from @base. */
static unsigned int media_port(unsigned int base, unsigned int n)
{
	return base + 2 * (n % 10000);
}

__attribute__((format(printf, 2, 3)))
static void put(struct msg *m, const char *fmt, ...)
{
	unsigned int room = sizeof(m->text) - m->len;
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(m->text + m->len, room, fmt, args);
	va_end(args);
	if (len >= 0)
		m->len += (unsigned int)len < room ? (unsigned int)len : room - 1;
}

static void begin(struct msg *m, const char *to)
{
	m->len = 0;
	m->peer.sin_family = AF_INET;
	m->peer.sin_port = htons(SIP_PORT);
	inet_pton(AF_INET, to, &m->peer.sin_addr);
}

static void put_body(struct msg *m, const char *body)
{
	if (*body)
		put(m, "Content-Type: application/sdp\r\n");
	put(m, "Content-Length: %zu\r\n\r\n%s", strlen(body), body);
}

/* The head of the phone's requests; the branch tells @cseq, too. */
static void put_request(struct msg *m, unsigned int n, const char *method,
			unsigned int cseq, const char *to_tag)
{
	put(m, "Via: SIP/2.0/UDP " PHONE ":5060;branch=z9hG4bK-%08x-%u;rport\r\n",
	    n, cseq);
	put(m, "Max-Forwards: 70\r\n");
	put(m, "From: \"Kitchen\" <sip:100@provider.example>;tag=a%08x\r\n", n);
	put(m, "To: <sip:200@provider.example>%s\r\n", to_tag);
	put(m, "Call-ID: %08x-3c5f@phone.example\r\n", n);
	put(m, "CSeq: %u %s\r\n", cseq, method);
}

static void make_invite(struct msg *m, unsigned int n, const struct msg *got)
{
	char body[512];

	(void)got;
	snprintf(body, sizeof(body), "v=0\r\n"
		 "o=- 3901 3901 IN IP4 " PHONE "\r\n"
		 "s=-\r\n"
		 "c=IN IP4 " PHONE "\r\n"
		 "t=0 0\r\n"
		 "m=audio %u RTP/AVP 8 0 101\r\n"
		 "a=rtpmap:8 PCMA/8000\r\n"
		 "a=rtpmap:0 PCMU/8000\r\n"
		 "a=rtpmap:101 telephone-event/8000\r\n"
		 "a=fmtp:101 0-15\r\n"
		 "a=ptime:20\r\n"
		 "a=sendrecv\r\n", media_port(PHONE_PORTS, n));
	begin(m, PROVIDER);
	put(m, "INVITE sip:200@provider.example SIP/2.0\r\n");
	put_request(m, n, "INVITE", 1, "");
	put(m, "Contact: <sip:100@" PHONE ":5060>\r\n"
	    "User-Agent: Desk Phone 4.2\r\n"
	    "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE\r\n"
	    "Supported: replaces, timer, 100rel\r\n"
	    "Session-Expires: 1800\r\n");
	put_body(m, body);
}

/* A request in the dialog, to the Contact that the provider gave. */
static void make_inside(struct msg *m, unsigned int n, const char *method,
			unsigned int cseq)
{
	char to_tag[16];

	snprintf(to_tag, sizeof(to_tag), ";tag=b%08x", n);
	begin(m, PROVIDER);
	put(m, "%s sip:200@" PROVIDER ":5060 SIP/2.0\r\n", method);
	put_request(m, n, method, cseq, to_tag);
	put(m, "Contact: <sip:100@" PHONE ":5060>\r\n"
	    "User-Agent: Desk Phone 4.2\r\n");
	put_body(m, "");
}

static void make_ack(struct msg *m, unsigned int n, const struct msg *got)
{
	(void)got;
	make_inside(m, n, "ACK", 1);
}

static void make_bye(struct msg *m, unsigned int n, const struct msg *got)
{
	(void)got;
	make_inside(m, n, "BYE", 2);
}

static void make_options(struct msg *m, unsigned int n, const struct msg *got)
{
	(void)got;
	begin(m, PROVIDER);
	put(m, "OPTIONS sip:provider.example SIP/2.0\r\n");
	put_request(m, n, "OPTIONS", 1, "");
	put(m, "Contact: <sip:100@" PHONE ":5060>\r\n"
	    "Accept: application/sdp\r\n");
	put_body(m, "");
}

/* Copy a header line of a request, as RFC 3261, 8.2.6.2 and RFC 3581 say. */
static void put_copied(struct msg *m, const char *line, int len, unsigned int n)
{
	put(m, "%.*s", len, line);
	if (!strncmp(line, "Via:", 4))
		put(m, "=%u;received=" PUBLIC, SIP_PORT);
	else if (!strncmp(line, "To:", 3) && !memmem(line, (size_t)len, ";tag=", 5))
		put(m, ";tag=b%08x", n);
	put(m, "\r\n");
}

/* A 200, and to an INVITE with media that is at @media. */
static void put_ok(struct msg *m, unsigned int n, const struct msg *got,
		   const char *media)
{
	static const char *const copied[] = {
		"Via:", "From:", "To:", "Call-ID:", "CSeq:"
	};
	const char *line, *end;
	char body[512] = "";
	unsigned int i;

	m->len = 0;
	m->peer = got->peer;
	put(m, "SIP/2.0 200 OK\r\n");
	for (line = got->text; (end = strstr(line, "\r\n")); line = end + 2)
		for (i = 0; i < sizeof(copied) / sizeof(copied[0]); i++)
			if (!strncmp(line, copied[i], strlen(copied[i])))
				put_copied(m, line, (int)(end - line), n);
	put(m, "Contact: <sip:200@" PROVIDER ":5060>\r\n"
	    "Allow: INVITE, ACK, CANCEL, BYE\r\n"
	    "Server: Provider SBC\r\n");
	if (!strncmp(got->text, "INVITE ", 7))
		snprintf(body, sizeof(body), "v=0\r\n"
			 "o=- 3901 3901 IN IP4 " PROVIDER "\r\n"
			 "s=-\r\n"
			 "c=IN IP4 %s\r\n"
			 "t=0 0\r\n"
			 "m=audio %u RTP/AVP 8 101\r\n"
			 "a=rtpmap:8 PCMA/8000\r\n"
			 "a=rtpmap:101 telephone-event/8000\r\n",
			 media, media_port(PROVIDER_PORTS, n));
	put_body(m, body);
}

static void make_ok(struct msg *m, unsigned int n, const struct msg *got)
{
	put_ok(m, n, got, PROVIDER);
}

/* The media is at a gateway apart from the signalling. */
static void make_ok_apart(struct msg *m, unsigned int n, const struct msg *got)
{
	put_ok(m, n, got, GATEWAY);
}

/* One of many inside, 10.0.0.0/16. */
static const char *set_source(struct msg *m, unsigned int n)
{
	static char text[INET_ADDRSTRLEN];

	m->source.s_addr = htonl(0x0a000000 + n % 0x10000);
	inet_ntop(AF_INET, &m->source, text, sizeof(text));
	return text;
}

/* Each phone has two users. */
static void make_register(struct msg *m, unsigned int n, const struct msg *got)
{
	const char *source;

	(void)got;
	begin(m, PROVIDER);
	source = set_source(m, n / 2);
	put(m, "REGISTER sip:provider.example SIP/2.0\r\n"
	    "Via: SIP/2.0/UDP %s:5060;branch=z9hG4bK-%08x;rport\r\n"
	    "Max-Forwards: 70\r\n"
	    "From: <sip:%u@provider.example>;tag=a%08x\r\n"
	    "To: <sip:%u@provider.example>\r\n"
	    "Call-ID: %08x-3c5f@phone.example\r\n"
	    "CSeq: 1 REGISTER\r\n"
	    "Contact: <sip:%u@%s:5060>\r\n"
	    "Expires: 3600\r\n", source, n, n, n, n, n, n, source);
	put_body(m, "");
}

/* What a registrar says to that: the bindings that it has. */
static void make_registered(struct msg *m, unsigned int n, const struct msg *got)
{
	const char *contact = strstr(got->text, "\r\nContact: ");
	const char *end = contact ? strstr(contact + 2, "\r\n") : NULL;
	static const char *const copied[] = {
		"Via:", "From:", "To:", "Call-ID:", "CSeq:"
	};
	const char *line, *stop;
	unsigned int i;

	m->len = 0;
	m->peer = got->peer;
	put(m, "SIP/2.0 200 OK\r\n");
	for (line = got->text; (stop = strstr(line, "\r\n")); line = stop + 2)
		for (i = 0; i < sizeof(copied) / sizeof(copied[0]); i++)
			if (!strncmp(line, copied[i], strlen(copied[i])))
				put_copied(m, line, (int)(stop - line), n);
	if (end)
		put(m, "%.*s;expires=3600\r\n", (int)(end - contact - 2),
		    contact + 2);
	put_body(m, "");
}

static const char *check_translated(const struct msg *got, const struct msg *sent,
				    unsigned int n, bool helped)
{
	(void)sent;
	(void)n;
	(void)helped;
	return got->peer.sin_addr.s_addr == inet_addr(PUBLIC) ?
	       NULL : "was not translated";
}

static const char *check_any(const struct msg *got, const struct msg *sent,
			     unsigned int n, bool helped)
{
	(void)got;
	(void)sent;
	(void)n;
	(void)helped;
	return NULL;
}

/* Nothing that anybody would parse: the first packet of a connection. */
static void make_first(struct msg *m, unsigned int n, const struct msg *got)
{
	(void)got;
	begin(m, PROVIDER);
	m->peer.sin_port = htons(OTHER_PORT);
	set_source(m, n);
	put(m, "%08x", n);
}

static bool same(const struct msg *got, const struct msg *sent)
{
	return got->len == sent->len && !memcmp(got->text, sent->text, got->len);
}

/* The provider sees nothing of the inside, unless nobody helped. */
static const char *check_request(const struct msg *got, const struct msg *sent,
				 unsigned int n, bool helped)
{
	char id[32];

	snprintf(id, sizeof(id), "\r\nCall-ID: %08x-", n);
	if (!strstr(got->text, id))
		return "is of another dialog";
	if (got->peer.sin_addr.s_addr != inet_addr(PUBLIC))
		return "was not translated";
	if (!helped)
		return same(got, sent) ? NULL : "was changed";
	if (strstr(got->text, PHONE))
		return "names the inside";
	if (!strstr(got->text, "\r\nVia: SIP/2.0/UDP " PUBLIC ":5060;branch="))
		return "has another Via";
	if (strstr(sent->text, "\nc=") &&
	    !strstr(got->text, "\r\nc=IN IP4 " PUBLIC "\r\n"))
		return "has another description";
	return NULL;
}

/* The phone sees the Via that it wrote, and nothing of the translation. */
static const char *check_ok(const struct msg *got, const struct msg *sent,
			    unsigned int n, bool helped)
{
	char via[64];

	snprintf(via, sizeof(via),
		 "\r\nVia: SIP/2.0/UDP " PHONE ":5060;branch=z9hG4bK-%08x-", n);
	if (!strstr(got->text, via))
		return "has another Via";
	if (!helped)
		return same(got, sent) ? NULL : "was changed";
	return strstr(got->text, PUBLIC) ? "names the outside" : NULL;
}

static const struct dialog dialogs[] = {
	{ "call", SIP_PORT, 5, {
		{ "INVITE", CLIENT, make_invite, check_request },
		{ "200 to INVITE", SERVER, make_ok, check_ok },
		{ "ACK", CLIENT, make_ack, check_request },
		{ "BYE", CLIENT, make_bye, check_request },
		{ "200 to BYE", SERVER, make_ok, check_ok },
	} },
	{ "talk", SIP_PORT, 3, {
		{ "INVITE", CLIENT, make_invite, check_request },
		{ "200 to INVITE", SERVER, make_ok_apart, check_ok },
		{ "ACK", CLIENT, make_ack, check_request },
	} },
	{ "options", SIP_PORT, 2, {
		{ "OPTIONS", CLIENT, make_options, check_request },
		{ "200 to OPTIONS", SERVER, make_ok, check_ok },
	} },
	{ "register", SIP_PORT, 2, {
		{ "REGISTER", CLIENT, make_register, check_translated },
		{ "200 to REGISTER", SERVER, make_registered, check_any },
	} },
	{ "connection", OTHER_PORT, 1, {
		{ "first packet", CLIENT, make_first, check_translated },
	} },
};

const struct dialog *dialog_find(const char *name)
{
	unsigned int i;

	for (i = 0; i < sizeof(dialogs) / sizeof(dialogs[0]); i++)
		if (!strcmp(dialogs[i].name, name))
			return &dialogs[i];
	return NULL;
}
