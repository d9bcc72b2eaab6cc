// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * media.c - dialogs whose media the kernel opens: what it is asked, and when
 */
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "../../../daemon/app/media.h"
#include "fake.h"
#include "module.h"

#define TEXT(s)	((struct sf_text){ (s), sizeof(s) - 1 })

static const struct sf_hash_key key = { { 1, 2 } };
static struct sf_media *media;
static struct sf_handover handover;

static void begin(void)
{
	fake_reset();
	module_reset();
	assert_int_equal(sf_media_open(&media, &module_ops, &key), 0);
}

static void end(void)
{
	sf_media_close(media);
	assert_int_equal(module.links, 0);
}

static struct sf_text text(const char *s)
{
	return (struct sf_text){ s, s ? (u32)strlen(s) : 0 };
}

/* What a message says: of the caller if he asked. NULL: no description. */
static struct sf_handover *say(const char *offer, const char *answer,
			       bool answered)
{
	handover = (struct sf_handover){
		.call_id = TEXT("one"),
		.tag = { TEXT("alice"), TEXT("bob") },
		.uri = { TEXT("sip:alice@example.net"),
			 TEXT("sip:bob@example.net") },
		.end = { { .family = 4, .addr = { 192, 0, 2, 1 }, .port = 5061 },
			 { .family = 4, .addr = { 192, 0, 2, 2 }, .port = 5060 } },
		.sdp = { text(offer), text(answer) },
		.answered = answered,
	};
	return &handover;
}

/* The same of the callee. */
static struct sf_handover *say_back(const char *offer, const char *answer,
				    bool answered)
{
	say(offer, answer, answered);
	handover.tag[0] = TEXT("bob");
	handover.tag[1] = TEXT("alice");
	return &handover;
}

static const struct sf_dialog_id one = {
	.call_id = TEXT("one"), .tag = { TEXT("alice"), TEXT("bob") },
};

static const struct sf_dialog_id back = {
	.call_id = TEXT("one"), .tag = { TEXT("bob"), TEXT("alice") },
};

static void life(void **state)
{
	(void)state;
	begin();
	assert_int_equal(sf_media_agree(media, say("o", "a", false)),
			 SF_MEDIA_OPENED);
	assert_asked("open 1 o a ringing");
	assert_true(module.cookie[1] == sf_media_cookie(media, &one));
	/* what it knows already */
	assert_int_equal(sf_media_agree(media, say("o", "a", false)),
			 SF_MEDIA_NOTHING);
	assert_not_asked();
	assert_int_equal(sf_media_agree(media, say("o", "b", false)),
			 SF_MEDIA_OPENED);
	assert_asked("change 1 o b ringing");
	assert_int_equal(sf_media_agree(media, say("o", "b", true)),
			 SF_MEDIA_OPENED);
	assert_asked("change 1 o b up");
	/* once answered it remains so */
	assert_int_equal(sf_media_agree(media, say("p", "b", false)),
			 SF_MEDIA_OPENED);
	assert_asked("change 1 p b up");
	sf_media_bye(media, &one);
	assert_asked("close 1 bye");
	sf_media_bye(media, &one);
	assert_not_asked();
	end();
}

/* Who was called asks: to the kernel the caller is who he was. */
static void turned(void **state)
{
	(void)state;
	begin();
	sf_media_agree(media, say("o", "a", true));
	assert_asked("open 1 o a up");
	sf_media_agree(media, say_back("q", "r", true));
	assert_asked("change 1 q r callee-offers up");
	assert_int_equal(handover.end[SF_CALLER].port, 5060);
	say_back("q", "s", true)->names[SF_CALLER] = true;
	sf_media_agree(media, &handover);
	assert_asked("change 1 q s callee-offers callee-names up");
	/* and so is who may name any address, once he might */
	sf_media_agree(media, say("o", "a", true));
	assert_asked("change 1 o a callee-names up");
	sf_media_bye(media, &back);
	assert_asked("close 1 bye");
	end();
}

/* A 2xx that says nothing of media: it is about what was agreed before. */
static void silent_answer(void **state)
{
	(void)state;
	begin();
	assert_int_equal(sf_media_answered(media, say(NULL, NULL, true)),
			 SF_MEDIA_NOTHING);
	sf_media_agree(media, say("o", "a", false));
	assert_asked("open 1 o a ringing");
	assert_int_equal(sf_media_answered(media, say(NULL, NULL, true)),
			 SF_MEDIA_OPENED);
	assert_asked("change 1 o a up");
	assert_int_equal(sf_media_answered(media, say(NULL, NULL, true)),
			 SF_MEDIA_NOTHING);
	assert_not_asked();
	end();
}

static void not_to_be(void **state)
{
	u64 cookie;

	(void)state;
	begin();
	cookie = sf_media_cookie(media, &one);
	sf_media_rejected(media, cookie);
	sf_media_agree(media, say("o", "a", false));
	assert_asked("open 1 o a ringing");
	sf_media_rejected(media, cookie);
	assert_asked("close 1 rejected");
	/* not of what was answered */
	sf_media_agree(media, say("o", "a", true));
	assert_asked("open 2 o a up");
	sf_media_rejected(media, cookie);
	assert_not_asked();
	end();
}

/* The callee offers, and the caller answers. */
static void late(void **state)
{
	(void)state;
	begin();
	say(NULL, "a", true)->offerer = SF_CALLEE;
	assert_int_equal(sf_media_replied(media, &handover), SF_MEDIA_NOTHING);
	say("o", NULL, true)->offerer = SF_CALLEE;
	assert_int_equal(sf_media_offered(media, &handover), SF_MEDIA_NOTHING);
	assert_not_asked();
	/* an offer is no answer, either */
	assert_int_equal(sf_media_answered(media, say(NULL, NULL, true)),
			 SF_MEDIA_NOTHING);
	say(NULL, "a", true)->offerer = SF_CALLEE;
	assert_int_equal(sf_media_replied(media, &handover), SF_MEDIA_OPENED);
	assert_asked("open 1 o a callee-offers up");
	say(NULL, "a", true)->offerer = SF_CALLEE;
	assert_int_equal(sf_media_replied(media, &handover), SF_MEDIA_NOTHING);
	assert_not_asked();
	end();
}

/* What the kernel refuses is as it was. */
static void refused(void **state)
{
	(void)state;
	begin();
	module.wrong = -ENFILE;
	assert_int_equal(sf_media_agree(media, say("o", "a", true)),
			 SF_MEDIA_FAILED);
	assert_holds(fake_logged, "so it is");
	module.wrong = 0;
	assert_int_equal(sf_media_agree(media, say("o", "a", true)),
			 SF_MEDIA_OPENED);
	assert_asked("open 1 o a up");
	module.wrong = -ENOMEM;
	assert_int_equal(sf_media_agree(media, say("o", "b", true)),
			 SF_MEDIA_FAILED);
	module.wrong = 0;
	sf_media_bye(media, &one);
	assert_asked("close 1 bye");
	end();
}

/* Its media was silent for long, and the call is over there; but not here. */
static void forgotten(void **state)
{
	(void)state;
	begin();
	sf_media_agree(media, say("o", "a", true));
	assert_asked("open 1 o a up");
	module.cookie[1] = 0;
	assert_int_equal(sf_media_agree(media, say("o", "b", true)),
			 SF_MEDIA_OPENED);
	assert_asked("open 2 o b up");
	end();
}

static void module_gone(void **state)
{
	(void)state;
	begin();
	sf_media_agree(media, say("o", "a", true));
	assert_asked("open 1 o a up");
	module.absent = true;
	module.cookie[1] = 0;
	assert_int_equal(sf_media_agree(media, say("o", "b", true)),
			 SF_MEDIA_FAILED);
	assert_int_equal(module.links, 0);
	/* nothing that went with it is told */
	assert_holds(fake_logged, "error=\"No such file or directory\"");
	module.absent = false;
	/* it is looked for from time to time */
	fake_pass(9);
	assert_int_equal(sf_media_agree(media, say("o", "b", true)),
			 SF_MEDIA_NOTHING);
	sf_media_bye(media, &one);
	fake_pass(1);
	assert_int_equal(sf_media_agree(media, say("o", "b", true)),
			 SF_MEDIA_OPENED);
	assert_asked("open 2 o b up");
	assert_int_equal(module.connected, 2);
	end();
}

/* Another module has other numbers: the old one is not told to it. */
static void module_again(void **state)
{
	(void)state;
	begin();
	sf_media_agree(media, say("o", "a", true));
	assert_asked("open 1 o a up");
	module.absent = true;
	say("o", "a", true)->call_id = TEXT("two");
	sf_media_agree(media, &handover);
	module.absent = false;
	fake_pass(10);
	say("o", "a", true)->call_id = TEXT("two");
	sf_media_agree(media, &handover);
	assert_asked("open 2 o a up");
	sf_media_bye(media, &one);
	assert_not_asked();
	end();
}

static void families(void **state)
{
	(void)state;
	begin();
	say("o", "a", true)->end[SF_CALLEE].family = 6;
	assert_int_equal(sf_media_agree(media, &handover), SF_MEDIA_FAMILY);
	assert_not_asked();
	/* nothing of it is left */
	assert_int_equal(sf_media_answered(media, say(NULL, NULL, true)),
			 SF_MEDIA_NOTHING);
	sf_media_bye(media, &one);
	assert_not_asked();
	end();
}

static void full(void **state)
{
	char id[16];
	u32 i;

	(void)state;
	begin();
	for (i = 0; i <= SF_MEDIA_MAX; i++) {
		row("dialog %u", i);
		snprintf(id, sizeof(id), "%u", i);
		say("o", "a", true)->call_id = text(id);
		assert_int_equal(sf_media_agree(media, &handover),
				 i < SF_MEDIA_MAX ? SF_MEDIA_OPENED :
						    SF_MEDIA_FAILED);
	}
	say("o", NULL, true)->call_id = text(id);
	assert_int_equal(sf_media_offered(media, &handover), SF_MEDIA_FAILED);
	end();
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(life),
		TEST(turned),
		TEST(silent_answer),
		TEST(not_to_be),
		TEST(late),
		TEST(refused),
		TEST(forgotten),
		TEST(module_gone),
		TEST(module_again),
		TEST(families),
		TEST(full),
	};

	return run(tests, ARRAY_SIZE(tests));
}
