// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * module.c - the kernel module, as calls are handed to it
 */
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "module.h"

struct module module;

static u32 asked; /* requests that assert_asked() has seen */

static char *line(u32 request)
{
	return module.line[request % MODULE_LINES];
}

void module_reset(void)
{
	memset(&module, 0, sizeof(module));
	asked = 0;
}

void assert_asked(const char *request)
{
	if (module.requests == asked)
		fail_msg("it was not asked: %s", request);
	assert_string_equal(line(asked++), request);
}

void assert_not_asked(void)
{
	if (module.requests != asked)
		fail_msg("it was asked: %s", line(asked));
}

static int module_connect(void **link)
{
	if (module.absent)
		return -ENOENT;
	module.connected++;
	module.links++;
	*link = &module;
	return 0;
}

static void module_disconnect(void *link)
{
	if (!link)
		return;
	module.links--;
	strcpy(module.why, "of nobody");
}

static bool has(u32 call)
{
	return call <= MODULE_CALLS && module.cookie[call];
}

static void tell(const struct sf_handover *h, u32 call)
{
	snprintf(line(module.requests++), sizeof(module.line[0]),
		 "%s %u %.*s %.*s%s%s%s %s",
		 h->call ? "change" : "open", call,
		 (int)h->sdp[SF_OFFER].len, h->sdp[SF_OFFER].s,
		 (int)h->sdp[SF_ANSWER].len, h->sdp[SF_ANSWER].s,
		 h->offerer == SF_CALLEE ? " callee-offers" : "",
		 h->names[SF_CALLER] ? " caller-names" : "",
		 h->names[SF_CALLEE] ? " callee-names" : "",
		 h->answered ? "up" : "ringing");
}

static int module_open(void *link, const struct sf_handover *handover,
		       u32 *call, const char **why)
{
	assert_non_null(link);
	strcpy(module.why, module.wrong || module.absent ? "so it is" : "");
	*why = module.why;
	if (module.absent || (handover->call && !has(handover->call)))
		return -ENOENT;
	if (module.wrong)
		return module.wrong;
	*call = handover->call ? handover->call : ++module.calls;
	if (*call <= MODULE_CALLS && !handover->call)
		module.cookie[*call] = handover->cookie;
	tell(handover, *call);
	return 0;
}

static void module_close(void *link, u32 call,
			 enum sf_handover_end_of_call end)
{
	assert_non_null(link);
	assert_true(has(call));
	module.cookie[call] = 0;
	snprintf(line(module.requests++), sizeof(module.line[0]),
		 "close %u %s", call,
		 end == SF_HANDOVER_BYE ? "bye" : "rejected");
}

static int module_list(void *link, sf_handover_fn fn, void *arg)
{
	u32 i;

	assert_non_null(link);
	module.lists++;
	for (i = 1; i <= MODULE_CALLS; i++)
		if (module.cookie[i])
			fn(arg, i, module.cookie[i]);
	if (module.meanwhile)
		module.meanwhile();
	return module.cut;
}

const struct sf_handover_ops module_ops = {
	.connect = module_connect,
	.disconnect = module_disconnect,
	.open = module_open,
	.close = module_close,
	.list = module_list,
};
