// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * http.c - the request that asks for a WebSocket
 */
#include "http.h"

/* Header lines that mean something here. */
enum line {
	HOST,
	ORIGIN,
	KEY,
	VERSION,
	LENGTH,
	CODING,
	LISTS,		/* those above come once, these as often as one likes */
	UPGRADE = LISTS,
	CONNECTION,
	PROTOCOL,
	LINES,
};

static const char *const names[LINES] = {
	[HOST] = "Host",
	[ORIGIN] = "Origin",
	[KEY] = "Sec-WebSocket-Key",
	[VERSION] = "Sec-WebSocket-Version",
	[LENGTH] = "Content-Length",
	[CODING] = "Transfer-Encoding",
	[UPGRADE] = "Upgrade",
	[CONNECTION] = "Connection",
	[PROTOCOL] = "Sec-WebSocket-Protocol",
};

/**
 * struct head - a request while it is read
 * @buf: it; spans count from there
 * @has: a bit for each of enum line that is there; of lists, for each that has
 *       the element that it takes
 * @value: of each that comes once
 * @get: the method is GET
 * @target: as it was asked for
 */
struct head {
	const char *buf;
	u32 has;
	struct sf_span value[LISTS];
	bool get;
	struct sf_span target;
};

static bool has(const struct head *head, enum line line)
{
	return head->has >> line & 1;
}

/* RFC 9110, 5.6.2. */
static bool is_token_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c && strchr("!#$%&'*+-.^_`|~", c));
}

static bool is_token(const char *buf, struct sf_span s)
{
	u32 i;

	for (i = 0; i < s.len; i++)
		if (!is_token_char(buf[s.off + i]))
			return false;
	return s.len;
}

/*
 * Line ends are CR LF, and nothing else is below a blank but tabs: what is no
 * HTTP shows soon that it is none.
 */
static bool is_good(const char *buf, u32 at)
{
	bool after_cr = at && buf[at - 1] == '\r';

	if (buf[at] == '\n' || after_cr)
		return buf[at] == '\n' && after_cr;
	return (u8)buf[at] < ' ' ? buf[at] == '\r' || buf[at] == '\t' :
				   buf[at] != 0x7f;
}

/* Where the blank line ends. */
static enum sf_http_verdict find_end(struct sf_http *http, const char *buf,
				     u32 len)
{
	u32 max = len < SF_HTTP_MAX ? len : SF_HTTP_MAX, at;

	for (at = http->scanned; at < max; at++) {
		if (!is_good(buf, at))
			return SF_HTTP_MALFORMED;
		if (buf[at] != '\n' || at < 3 || buf[at - 2] != '\n')
			continue;
		http->len = at + 1;
		return SF_HTTP_UPGRADE;
	}
	http->scanned = max;
	return max == SF_HTTP_MAX ? SF_HTTP_LARGE : SF_HTTP_PARTIAL;
}

/* The next line without its end, which is there. */
static struct sf_span next_line(const char *buf, u32 *pos)
{
	u32 end = *pos;
	struct sf_span line;

	while (buf[end] != '\r')
		end++;
	line = sf_span(*pos, end);
	*pos = end + 2;
	return line;
}

/* Up to a separator, which is taken off @rest as well. */
static struct sf_span cut(const char *buf, struct sf_span *rest, char separator)
{
	const char *at = memchr(buf + rest->off, separator, rest->len);
	u32 end = at ? (u32)(at - buf) : sf_span_end(*rest);
	struct sf_span part = sf_span(rest->off, end);

	*rest = sf_span(at ? end + 1 : end, sf_span_end(*rest));
	return part;
}

/* RFC 9112, 3: "GET /path HTTP/1.1", one blank between each. */
static bool read_request(struct head *head, struct sf_span line)
{
	struct sf_span method = cut(head->buf, &line, ' ');

	head->target = cut(head->buf, &line, ' ');
	if (!is_token(head->buf, method) || !head->target.len ||
	    !sf_span_is(head->buf, line, "HTTP/1.1"))
		return false;
	head->get = sf_span_is(head->buf, method, "GET");
	return !head->get || head->buf[head->target.off] == '/';
}

/* Is the word that is needed one of a list? The protocol's case matters. */
static bool is_listed(const char *buf, struct sf_span list, enum line line)
{
	struct sf_span item;

	while (list.len) {
		item = sf_span_trim(buf, cut(buf, &list, ','));
		if (line == PROTOCOL ? sf_span_is(buf, item, "sip") :
		    line == UPGRADE ? sf_span_caseis(buf, item, "websocket") :
				      sf_span_caseis(buf, item, "upgrade"))
			return true;
	}
	return false;
}

static bool take(struct head *head, enum line line, struct sf_span value)
{
	if (line < LISTS) {
		if (has(head, line))
			return false;
		head->value[line] = value;
	} else if (!is_listed(head->buf, value, line)) {
		return true;
	}
	head->has |= 1u << line;
	return true;
}

/* A line that begins with a blank would be a fold: RFC 9112, 5.2 refuses it. */
static bool read_line(struct head *head, struct sf_span line)
{
	const char *buf = head->buf;
	bool colon = memchr(buf + line.off, ':', line.len);
	struct sf_span name = cut(buf, &line, ':');
	u32 i;

	if (!colon || !is_token(buf, name))
		return false;
	for (i = 0; i < LINES; i++)
		if (sf_span_caseeq(buf, name, names[i], (u32)strlen(names[i])))
			return take(head, i, sf_span_trim(buf, line));
	return true;
}

static enum sf_http_verdict read_head(struct head *head, u32 len)
{
	u32 pos = 0, lines = 0;

	if (!read_request(head, next_line(head->buf, &pos)))
		return SF_HTTP_MALFORMED;
	while (pos < len - 2) {
		if (lines++ == SF_HTTP_LINES)
			return SF_HTTP_LARGE;
		if (!read_line(head, next_line(head->buf, &pos)))
			return SF_HTTP_MALFORMED;
	}
	return SF_HTTP_UPGRADE;
}

/* 16 bytes in base64. */
static bool is_key(const char *buf, struct sf_span key)
{
	const char *text = buf + key.off;
	u32 i;

	if (key.len != SF_HTTP_KEY || memcmp(text + SF_HTTP_KEY - 2, "==", 2))
		return false;
	for (i = 0; i < SF_HTTP_KEY - 2; i++)
		if (text[i] != '/' && text[i] != '+' &&
		    (!is_token_char(text[i]) || memchr("!#$%&'*-.^_`|~", text[i], 14)))
			return false;
	return true;
}

static bool has_body(const struct head *head)
{
	return has(head, CODING) ||
	       (has(head, LENGTH) &&
		!sf_span_is(head->buf, head->value[LENGTH], "0"));
}

static bool is_path(const struct head *head, const char *path)
{
	struct sf_span target = head->target, asked = cut(head->buf, &target, '?');

	return !path || sf_span_eq(head->buf, asked, path, (u32)strlen(path));
}

/* RFC 6454, 6.1: scheme and host are in lower case, but nobody minds. */
static bool is_origin(const struct head *head, const struct sf_web *web)
{
	struct sf_span origin = head->value[ORIGIN];
	u32 i;

	if (!has(head, ORIGIN))
		return true;
	for (i = 0; i < web->count; i++)
		if (!strcmp(web->origins[i], "*") ||
		    sf_span_caseeq(head->buf, origin, web->origins[i],
				   (u32)strlen(web->origins[i])))
			return true;
	return false;
}

/* In the order of what tells most: who is no client at all learns that first. */
static enum sf_http_verdict judge(const struct head *head,
				  const struct sf_web *web)
{
	const char *buf = head->buf;

	if (!head->get)
		return SF_HTTP_METHOD;
	if (!head->value[HOST].len || has_body(head))
		return SF_HTTP_MALFORMED;
	if (!is_path(head, web->path))
		return SF_HTTP_PATH;
	if (!has(head, UPGRADE))
		return SF_HTTP_PLAIN;
	if (!sf_span_is(buf, head->value[VERSION], "13"))
		return SF_HTTP_VERSION;
	if (!has(head, CONNECTION) || !is_key(buf, head->value[KEY]))
		return SF_HTTP_MALFORMED;
	if (!has(head, PROTOCOL))
		return SF_HTTP_PROTOCOL;
	return is_origin(head, web) ? SF_HTTP_UPGRADE : SF_HTTP_ORIGIN;
}

enum sf_http_verdict sf_http_read(struct sf_http *http, const struct sf_web *web,
				  const char *buf, u32 len)
{
	struct head head = { .buf = buf };
	enum sf_http_verdict verdict = find_end(http, buf, len);

	if (!verdict)
		verdict = read_head(&head, http->len);
	if (!verdict)
		verdict = judge(&head, web);
	http->key = head.value[KEY];
	http->origin = head.value[ORIGIN];
	return verdict;
}
