// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * media_sweep.c - dialogs whose calls the kernel has, and has no more
 */
#include "test.h"

#include <errno.h>
#include <string.h>

#include "../../../daemon/app/media.h"
#include "fake.h"
#include "module.h"

#define TEXT(s)	((struct sf_text){ (s), sizeof(s) - 1 })

static const struct sf_hash_key key = { { 3, 4 } };
static struct sf_media *media;

static const struct sf_dialog_id one = {
	.call_id = TEXT("one"), .tag = { TEXT("alice"), TEXT("bob") },
};

static const struct sf_dialog_id two = {
	.call_id = TEXT("two"), .tag = { TEXT("alice"), TEXT("bob") },
};

static void open_media(void)
{
	assert_int_equal(sf_media_open(&media, &module_ops, &key), 0);
}

static void begin(void)
{
	fake_reset();
	module_reset();
	open_media();
}

static void end(void)
{
	sf_media_close(media);
	assert_int_equal(module.links, 0);
}

static struct sf_handover handover_of(const struct sf_dialog_id *id)
{
	return (struct sf_handover){
		.call_id = id->call_id,
		.tag = { id->tag[0], id->tag[1] },
		.end = { { .family = 4 }, { .family = 4 } },
		.sdp = { TEXT("o"), TEXT("a") },
		.answered = true,
	};
}

static void agree(const struct sf_dialog_id *id)
{
	struct sf_handover handover = handover_of(id);

	assert_int_equal(sf_media_agree(media, &handover), SF_MEDIA_OPENED);
}

/* A minute, of seconds. */
static void minute(void)
{
	u32 i;

	for (i = 0; i < 60; i++) {
		fake_pass(1);
		sf_media_tick(media);
	}
}

/* What the next daemon finds is its own; of others' calls it knows nothing. */
static void adopted(void **state)
{
	(void)state;
	begin();
	agree(&one);
	assert_asked("open 1 o a up");
	sf_media_close(media);
	assert_not_asked();
	open_media();
	sf_media_rejected(media, sf_media_cookie(media, &one));
	assert_not_asked();
	agree(&one);
	assert_asked("change 1 o a up");
	/* that is for the beginning */
	module.cookie[2] = sf_media_cookie(media, &two);
	minute();
	assert_int_equal(module.lists, 3);
	sf_media_bye(media, &two);
	assert_not_asked();
	sf_media_bye(media, &one);
	assert_asked("close 1 bye");
	end();
}

static void swept(void **state)
{
	(void)state;
	begin();
	agree(&one);
	assert_asked("open 1 o a up");
	agree(&two);
	assert_asked("open 2 o a up");
	fake_pass(59);
	sf_media_tick(media);
	assert_int_equal(module.lists, 1);
	module.cookie[1] = 0;
	minute();
	assert_int_equal(module.lists, 2);
	assert_int_equal(module.links, 1);
	/* the one is not known any more: it is not asked to be closed */
	sf_media_bye(media, &one);
	assert_not_asked();
	sf_media_bye(media, &two);
	assert_asked("close 2 bye");
	/* and when there is none, the kernel has its rest */
	minute();
	assert_int_equal(module.lists, 2);
	end();
}

static void open_two(void)
{
	module.meanwhile = NULL;
	agree(&two);
}

/* A call that comes while the kernel tells which it has. */
static void crossed(void **state)
{
	(void)state;
	begin();
	agree(&one);
	assert_asked("open 1 o a up");
	module.meanwhile = open_two;
	minute();
	assert_asked("open 2 o a up");
	sf_media_bye(media, &two);
	assert_asked("close 2 bye");
	end();
}

/* A list that may lack some, or none at all: nobody is lost for that. */
static void unsure(void **state)
{
	(void)state;
	begin();
	agree(&one);
	assert_asked("open 1 o a up");
	module.cut = -EINTR;
	module.cookie[1] = 0;
	minute();
	assert_int_equal(module.lists, 2);
	module.absent = true;
	minute();
	assert_int_equal(module.lists, 2);
	module.absent = false;
	module.cookie[1] = sf_media_cookie(media, &one);
	sf_media_bye(media, &one);
	assert_asked("close 1 bye");
	end();
}

static void offer(const struct sf_dialog_id *id)
{
	struct sf_handover handover = handover_of(id);

	handover.sdp[SF_ANSWER] = (struct sf_text){ 0 };
	assert_int_equal(sf_media_offered(media, &handover), SF_MEDIA_NOTHING);
}

static enum sf_media_done reply(const struct sf_dialog_id *id)
{
	struct sf_handover handover = handover_of(id);

	handover.sdp[SF_OFFER] = (struct sf_text){ 0 };
	return sf_media_replied(media, &handover);
}

/* Nobody waits for ever for the answer to an offer. */
static void unanswered(void **state)
{
	(void)state;
	begin();
	offer(&one);
	minute();
	assert_int_equal(reply(&one), SF_MEDIA_OPENED);
	assert_asked("open 1 o a up");
	offer(&two);
	minute();
	minute();
	assert_int_equal(reply(&two), SF_MEDIA_NOTHING);
	assert_not_asked();
	end();
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(adopted),
		TEST(swept),
		TEST(crossed),
		TEST(unsure),
		TEST(unanswered),
	};

	return run(tests, ARRAY_SIZE(tests));
}
