// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * dialog.c - what BYE says to end a dialog of others, whatever they say themselves
 */
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../../daemon/app/dialog.h"
#include "fake.h"

static const struct sf_hash_key key = { { 3, 4 } };
static char bye[SF_DIALOG_BYE + 1];
static char text[65536], routes[1024];

static bool is_own(const void *owner, const char *buf, const struct sf_host *host)
{
	(void)owner;
	return sf_span_eq(buf, host->host, "192.0.2.9", 9);
}

static const struct sf_self self = { .key = &key, .own = is_own };

static const struct sf_message *invite(const char *from, const char *call_id,
				       const char *more)
{
	snprintf(text, sizeof(text),
		 "INVITE sip:0@h SIP/2.0\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\n"
		 "From: %s;tag=1\nTo: <sip:0@h>\nCall-ID: %s\nCSeq: 7 INVITE\n%s\n",
		 from, call_id, more);
	return incoming(text);
}

/* Our elements, as an INVITE of this dialog would have got them. */
static void make_routes(void)
{
	const struct sf_side side = { .flow = { .local = { { 4, .v4 = { 192, 0, 2, 9 } },
							   5060 },
						.remote = { { 4, .v4 = { 1 } }, 1 },
						.transport = SF_TRANSPORT_UDP } };
	struct sf_out out = sf_out(routes, sizeof(routes) - 1);
	const struct sf_way way = { 0 };

	sf_way_record(&out, &self, invite("<sip:a@b>", "1", ""), &way, &side,
		      &side);
	assert_false(out.full);
	routes[out.len] = '\0';
}

static const struct sf_message *answer(const char *before, const char *after,
				       const char *more)
{
	snprintf(text, sizeof(text),
		 "SIP/2.0 200 OK\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\n"
		 "Record-Route: %s%s%s\nFrom: <sip:a@b>;tag=1\nTo: <sip:0@h>;tag=2\n"
		 "Call-ID: 1\nCSeq: 7 INVITE\n%s\n", before, routes, after, more);
	return incoming(text);
}

static struct sf_dialog *begun(const char *more)
{
	struct sf_dialog *dialog = NULL;

	make_routes();
	assert_int_equal(sf_dialog_new(&dialog, invite("<sip:a@b>", "1", more)), 0);
	return dialog;
}

static const char *told(struct sf_dialog *dialog, u32 side)
{
	struct sf_out out = sf_out(bye, SF_DIALOG_BYE);

	sf_dialog_bye(dialog, &out, side, "SIP ;cause=403");
	assert_false(out.full);
	bye[out.len] = '\0';
	return bye;
}

static void both_sides(void **state)
{
	struct sf_dialog *dialog = begun("Contact: <sip:a@1.1.1.1>\n");

	(void)state;
	assert_int_equal(sf_dialog_answered(dialog, &self,
					    answer("<sip:d2@h;lr>, <sip:d1@h;lr>, ",
						   ", <sip:u1@h;lr>",
						   "Contact: <sip:c@2.2.2.2>\n")), 0);
	assert_holds(told(dialog, SF_CALLEE), "BYE sip:c@2.2.2.2 SIP/2.0\r\n");
	assert_holds(bye, ";lr>, <sip:d1@h;lr>, <sip:d2@h;lr>\r\n");
	assert_lacks(bye, "u1@h");
	assert_holds(bye, "From: <sip:a@b>;tag=1\r\nTo: <sip:0@h>;tag=2\r\n");
	assert_holds(bye, "CSeq: 8 BYE\r\nReason: SIP ;cause=403\r\n");
	/* what is told again is told with another number */
	sf_dialog_seen(dialog, SF_CALLER, 3);
	assert_holds(told(dialog, SF_CALLEE), "CSeq: 9 BYE\r\n");
	sf_dialog_seen(dialog, SF_CALLER, 20);
	assert_holds(told(dialog, SF_CALLEE), "CSeq: 21 BYE\r\n");
	assert_holds(told(dialog, SF_CALLER), "BYE sip:a@1.1.1.1 SIP/2.0\r\n");
	assert_holds(bye, ";lr>, <sip:u1@h;lr>\r\n");
	assert_lacks(bye, "d1@h");
	assert_holds(bye, "From: <sip:0@h>;tag=2\r\nTo: <sip:a@b>;tag=1\r\n");
	assert_holds(bye, "CSeq: 1 BYE\r\n");
	/* 2^31 - 1 is the last that there is */
	sf_dialog_seen(dialog, SF_CALLEE, INT32_MAX);
	assert_holds(told(dialog, SF_CALLER), "CSeq: 2147483647 BYE\r\n");
	sf_dialog_free(dialog);
}

/* It becomes a Request-URI, and nothing else. */
static void targets(void **state)
{
	static const char *const none[] = {
		"", "Contact: *\n", "Contact: <tel:1>\n",
		"Contact: <sip:x@y SIP/2.0>\n", "Contact: <sip:x@y\n  z>\n",
		"Contact: <>\n", "Contact: <sip:\tx@y>\n",
	};
	struct sf_dialog *dialog;
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(none); i++) {
		dialog = begun(none[i]);
		assert_int_equal(sf_dialog_answered(dialog, &self,
						    answer("", "", none[i])), 0);
		assert_holds(told(dialog, SF_CALLEE), "BYE sip:0@h SIP/2.0\r\nVia");
		assert_holds(told(dialog, SF_CALLER), "BYE sip:a@b SIP/2.0\r\nVia");
		sf_dialog_moved(dialog, SF_CALLER,
				answer("", "", "Contact: <sip:n@w>\n"));
		sf_dialog_moved(dialog, SF_CALLER, answer("", "", none[i]));
		assert_holds(told(dialog, SF_CALLER), "BYE sip:n@w SIP/2.0\r\n");
		sf_dialog_free(dialog);
	}
}

/* Who wants not to be hung up on says much: he is refused, or not told himself. */
static void too_much(void **state)
{
	static char much[SF_DIALOG_TEXT], more[2 * SF_DIALOG_TEXT], before[2048];
	struct sf_dialog *dialog = NULL;
	u32 i;

	(void)state;
	memset(much, 'x', SF_DIALOG_TEXT / 2 + 1);
	assert_int_equal(sf_dialog_new(&dialog, invite("<sip:a@b>", much, "")),
			 -EMSGSIZE);
	much[SF_DIALOG_TEXT / 2 - 40] = '\0';
	assert_int_equal(sf_dialog_new(&dialog, invite("<sip:a@b>", much, "")), 0);
	sf_dialog_free(dialog);
	snprintf(more, sizeof(more), "Contact: <sip:%s@b>\n", much);
	assert_int_equal(sf_dialog_new(&dialog, invite("<sip:a@b>", "1", more)), 0);
	sf_dialog_free(dialog);
	assert_int_equal(sf_dialog_new(&dialog, invite("<sip:a@b>", much, more)),
			 -EMSGSIZE);

	/* proxies that he made up, in their number or their length */
	for (more[0] = '\0', i = 0; i < 100; i++)
		strcat(more, ", <sip:u@h;lr>");
	dialog = begun("");
	assert_int_equal(sf_dialog_answered(dialog, &self, answer("", more, "")), 0);
	assert_holds(told(dialog, SF_CALLEE), "BYE sip:0@h");
	sf_dialog_free(dialog);
	dialog = begun("");
	memset(much, 'x', sizeof(much) - 1);
	snprintf(more, sizeof(more), ", <sip:%s@h;lr>", much);
	assert_int_equal(sf_dialog_answered(dialog, &self, answer("", more, "")), 0);
	assert_holds(told(dialog, SF_CALLEE), "BYE sip:0@h");
	assert_string_equal(told(dialog, SF_CALLER), "");
	/* what is too long to go to is where nobody went */
	snprintf(more, sizeof(more), "Contact: <sip:%s@b>\n", much);
	sf_dialog_moved(dialog, SF_CALLEE, answer("", "", more));
	assert_holds(told(dialog, SF_CALLEE), "BYE sip:0@h SIP");
	sf_dialog_free(dialog);

	/* and of the callee's, who is a carrier, there are not that many */
	for (before[0] = '\0', i = 0; i < 40; i++)
		strcat(before, "<sip:d@h;lr>, ");
	dialog = begun("");
	assert_int_equal(sf_dialog_answered(dialog, &self, answer(before, "", "")),
			 -EBADMSG);
	sf_dialog_free(dialog);
	dialog = begun("");
	assert_int_equal(sf_dialog_answered(dialog, &self, answer("", "", more)),
			 -EMSGSIZE);
	sf_dialog_free(dialog);
}

/* Ours are those that only we can have made for this dialog. */
static void not_ours(void **state)
{
	struct sf_dialog *dialog = begun("");

	(void)state;
	strcpy(strchr(routes, ','), "");
	assert_int_equal(sf_dialog_answered(dialog, &self, answer("", "", "")),
			 -EBADMSG);
	strcpy(routes, "<sip:x@192.0.2.9;lr>, <sip:y@192.0.2.9;lr>");
	assert_int_equal(sf_dialog_answered(dialog, &self, answer("", "", "")),
			 -EBADMSG);
	assert_string_equal(told(dialog, SF_CALLEE), "");
	sf_dialog_free(dialog);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(both_sides),
		TEST(targets),
		TEST(too_much),
		TEST(not_ours),
	};

	return run(tests, ARRAY_SIZE(tests));
}
