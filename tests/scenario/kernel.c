// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * kernel.c - the kernel module, as the daemon hands calls to it
 *
 * Each request is remembered as a line, which the script has to expect:
 *
 *	open CALL CALLER CALLEE OFFER ANSWER [WORD…]
 *	change CALL OFFER ANSWER [WORD…]
 *	close CALL bye|rejected
 *
 * Descriptions are named by the port of their first m= line; words are
 * callee-offers, caller-names, callee-names, and ringing or up. So is what the guard
 * wants to be done to sources:
 *
 *	ban ADDRESS REASON
 *	limit ADDRESS REASON SECONDS
 */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>

#include "../../daemon/app/ban.h"
#include "text.h"
#include "world.h"

#define CALLS	64

/**
 * struct request - one, and the last message that was sent before it
 */
static struct request {
	struct request *next;
	const struct wire *after;
	bool seen;
	char line[256];
} *requests;

static struct {
	bool open;
	bool answered;
	u64 cookie;
} calls[CALLS];

static u32 ncalls;
static int wrong;	/* what requests come to */
static bool absent;

static void forget_calls(void)
{
	memset(calls, 0, sizeof(calls));
	ncalls = 0;
}

void fake_kernel_reset(void)
{
	struct request *next;

	for (; requests; requests = next) {
		next = requests->next;
		free(requests);
	}
	forget_calls();
	wrong = 0;
	absent = false;
}

bool fake_kernel_how(const char *how)
{
	absent = !strcmp(how, "absent");
	wrong = !strcmp(how, "full") ? -ENFILE : 0;
	if (!strcmp(how, "forgets"))
		memset(calls, 0, sizeof(calls));
	else
		return absent || wrong || !strcmp(how, "present");
	return true;
}

static const struct wire *last_sent(void)
{
	const struct wire *wire, *last = NULL;

	for (wire = wires.first; wire; wire = wire->next)
		if (wire->out)
			last = wire;
	return last;
}

__attribute__((format(printf, 1, 2)))
static void remember(const char *format, ...)
{
	struct request *made = calloc(1, sizeof(*made)), **at = &requests;
	va_list args;

	va_start(args, format);
	vsnprintf(made->line, sizeof(made->line), format, args);
	va_end(args);
	made->after = last_sent();
	while (*at)
		at = &(*at)->next;
	*at = made;
}

static struct request *next_request(void)
{
	struct request *request = requests;

	while (request && request->seen)
		request = request->next;
	return request;
}

static bool is_before(const struct wire *a, const struct wire *b)
{
	for (; b; b = b->next)
		if (a == b)
			return false;
	return true;
}

u32 fake_kernel_ringing(void)
{
	u32 i;

	for (i = 1; i < CALLS; i++)
		if (calls[i].open && !calls[i].answered)
			return i;
	return 0;
}

const char *fake_kernel_asked(const struct wire *before)
{
	const struct request *request = next_request();

	if (!request || (before && request->after &&
			 !is_before(request->after, before)))
		return NULL;
	return request->line;
}

const struct wire *fake_kernel_take(void)
{
	struct request *request = next_request();

	request->seen = true;
	return request->after;
}

static int port_of(struct sf_text sdp)
{
	const char *line = memmem(sdp.s, sdp.len, "m=audio ", 8);

	return line ? atoi(line + 8) : 0;
}

static const char *end_text(const struct sf_handover_end *end, char *text)
{
	struct sf_end copy = { .port = end->port };

	copy.ip.family = end->family;
	memcpy(copy.ip.v6, end->addr, end->family == 6 ? 16 : 4);
	return sf_end_text(&copy, text);
}

static void tell_open(const struct sf_handover *handover, u32 call)
{
	char caller[SF_END_TEXT_LEN], callee[SF_END_TEXT_LEN], who[160] = "";

	if (!handover->call)
		snprintf(who, sizeof(who), " %s %s",
			 end_text(&handover->end[SF_CALLER], caller),
			 end_text(&handover->end[SF_CALLEE], callee));
	remember("%s %u%s %d %d%s%s%s %s", handover->call ? "change" : "open",
		 call, who, port_of(handover->sdp[SF_OFFER]),
		 port_of(handover->sdp[SF_ANSWER]),
		 handover->offerer == SF_CALLEE ? " callee-offers" : "",
		 handover->names[SF_CALLER] ? " caller-names" : "",
		 handover->names[SF_CALLEE] ? " callee-names" : "",
		 handover->answered ? "up" : "ringing");
}

static int kernel_connect(void **link)
{
	*link = absent ? NULL : &calls;
	return absent ? -ENOENT : 0;
}

static void kernel_disconnect(void *link)
{
	(void)link;
}

static int kernel_open(void *link, const struct sf_handover *handover,
		       u32 *call, const char **why)
{
	(void)link;
	*why = wrong ? "full" : "";
	if (absent || (handover->call && !calls[handover->call].open))
		return -ENOENT;
	if (wrong)
		return wrong;
	*call = handover->call ? handover->call : ++ncalls;
	if (*call == CALLS)
		return -ENFILE;
	tell_open(handover, *call);
	calls[*call].open = true;
	calls[*call].answered = handover->answered;
	calls[*call].cookie = handover->call ? calls[*call].cookie :
					       handover->cookie;
	return 0;
}

static void kernel_close(void *link, u32 call, enum sf_handover_end_of_call end)
{
	(void)link;
	calls[call].open = false;
	remember("close %u %s", call,
		 end == SF_HANDOVER_BYE ? "bye" : "rejected");
}

static int kernel_list(void *link, sf_handover_fn fn, void *arg)
{
	u32 i;

	(void)link;
	for (i = 1; i < CALLS; i++)
		if (calls[i].open)
			fn(arg, i, calls[i].cookie);
	return 0;
}

static const char *ip_text(const struct sf_ip *ip, char *text)
{
	const struct sf_end end = { .ip = *ip, .port = 1 };

	sf_end_text(&end, text);
	*strrchr(text, ':') = '\0';
	return text;
}

static void fake_ban(void *owner, const struct sf_ip *ip, const char *reason,
		     const char *evidence)
{
	char text[SF_END_TEXT_LEN];

	(void)owner;
	remember("ban %s %s", ip_text(ip, text), reason);
	sf_ban_add(world.daemon.bans, ip, reason, evidence, true);
}

static void fake_limit(void *owner, const struct sf_ip *ip, const char *reason,
		       const char *evidence, u32 seconds)
{
	char text[SF_END_TEXT_LEN];

	(void)owner;
	(void)evidence;
	remember("limit %s %s %u", ip_text(ip, text), reason, seconds);
}

const struct sf_warden_ops fake_bans = {
	.ban = fake_ban,
	.limit = fake_limit,
};

const struct sf_handover_ops fake_kernel = {
	.connect = kernel_connect,
	.disconnect = kernel_disconnect,
	.open = kernel_open,
	.close = kernel_close,
	.list = kernel_list,
};
