// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * policy_order.c - what sipfast policy test is asked for, and the request of it
 */
#include <stdio.h>
#include <string.h>

#include "policy.h"

static bool is_method(const char *word)
{
	size_t len = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	return len && !word[len] && len < SF_POLICY_METHOD;
}

/* One word, or two, that say something; 0: none of them. */
static int take(char **word, int n, struct sf_policy_order *order)
{
	struct sf_probe *probe = &order->probe;
	const char *next = n > 1 ? word[1] : "";

	if (!strcmp(word[0], "from"))
		return sf_probe_end_parse(next, &probe->from) ? 2 : 0;
	if (!strcmp(word[0], "to"))
		return sf_probe_end_parse(next, &probe->to) ? 2 : 0;
	if (!strcmp(word[0], "in") && *next && strlen(next) < sizeof(probe->dev)) {
		strcpy(probe->dev, next);
		return 2;
	}
	if (!strcmp(word[0], "over") && (!strcmp(next, "udp") || !strcmp(next, "tcp"))) {
		probe->tcp = !strcmp(next, "tcp");
		return 2;
	}
	if (!strcmp(word[0], "with") && !strcmp(next, "sdp")) {
		order->sdp = true;
		return 2;
	}
	if (strcmp(word[0], "in-dialog"))
		return 0;
	order->dialog = true;
	return 1;
}

bool sf_policy_order(char **words, int n, struct sf_policy_order *order,
		     const char **why)
{
	struct sf_probe *probe = &order->probe;
	int i, used;

	memset(order, 0, sizeof(*order));
	*why = "what comes first is a method, in capitals";
	if (!n || !is_method(words[0]))
		return false;
	strcpy(order->method, words[0]);
	for (i = 1; i < n; i += used) {
		used = take(words + i, n - i, order);
		*why = words[i];
		if (!used)
			return false;
	}
	*why = "from ADDRESS is missing";
	if (!probe->from.port)
		probe->from.port = probe->tcp ? 40000 : 5060;
	if (!probe->to.port)
		probe->to.port = 5060;
	return probe->from.family;
}

size_t sf_policy_request(const struct sf_policy_order *order, char *buf,
			 size_t max)
{
	static const char sdp[] =
		"v=0\r\n"
		"o=- 1 1 IN IP4 192.0.2.1\r\n"
		"s=-\r\n"
		"c=IN IP4 192.0.2.1\r\n"
		"t=0 0\r\n"
		"m=audio 4000 RTP/AVP 0\r\n";
	char from[SF_PROBE_END_TEXT], to[SF_PROBE_END_TEXT];
	const char *type = "Content-Type: application/sdp\r\n";
	int n;

	sf_probe_end_text(&order->probe.from, from);
	sf_probe_end_text(&order->probe.to, to);
	n = snprintf(buf, max,
		     "%s sip:%s%s SIP/2.0\r\n"
		     "Via: SIP/2.0/UDP %s;rport;branch=z9hG4bKsipfastprobe\r\n"
		     "Max-Forwards: 70\r\nFrom: <sip:probe@%s>;tag=probe\r\n"
		     "To: <sip:probe@%s>%s\r\nCall-ID: sipfast-policy-test\r\n"
		     "CSeq: 1 %s\r\nContact: <sip:probe@%s>\r\n"
		     "%sContent-Length: %zu\r\n\r\n%s", order->method,
		     strcmp(order->method, "REGISTER") ? "probe@" : "", to, from, to,
		     to, order->dialog ? ";tag=probed" : "", order->method, from,
		     order->sdp ? type : "", order->sdp ? sizeof(sdp) - 1 : 0,
		     order->sdp ? sdp : "");
	return n < 0 || (size_t)n >= max ? 0 : (size_t)n;
}
