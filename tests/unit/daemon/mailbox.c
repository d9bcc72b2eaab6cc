// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mailbox.c - letters from several threads
 */
#include "world.h"

#include <sched.h>
#include <stdlib.h>

#include "../../../daemon/util/mailbox.h"

#define SENDERS	4
#define LETTERS	5000

/**
 * struct note - a letter
 * @sender: whose it is
 * @number: its sender's so many letters were before it
 */
struct note {
	struct sf_letter letter;
	u32 sender;
	u32 number;
};

/**
 * struct desk - the reader's
 * @next: what is expected of each sender
 * @opened: letters that were opened
 */
struct desk {
	struct sf_loop loop;
	struct sf_mailbox box;
	u32 next[SENDERS];
	u32 opened;
};

static struct desk desk;

static void open_note(struct sf_letter *letter, void *owner)
{
	struct note *note = container_of(letter, struct note, letter);
	struct desk *at = owner;

	assert_int_equal(at->next[note->sender], note->number);
	at->next[note->sender]++;
	if (++at->opened == SENDERS * LETTERS)
		at->loop.stop = true;
	free(note);
}

static struct note *write_note(u32 sender, u32 number)
{
	struct note *note = calloc(1, sizeof(*note));

	note->letter.open = open_note;
	note->sender = sender;
	note->number = number;
	return note;
}

static void open_desk(u32 max)
{
	memset(&desk, 0, sizeof(desk));
	assert_int_equal(sf_loop_init(&desk.loop), 0);
	assert_int_equal(sf_mailbox_init(&desk.box, &desk.loop, max, &desk), 0);
}

static void *send_all(void *arg)
{
	u32 sender = *(u32 *)arg, i;

	for (i = 0; i < LETTERS; i++) {
		struct note *note = write_note(sender, i);

		while (!sf_mailbox_put(&desk.box, &note->letter))
			sched_yield();
	}
	return NULL;
}

/* Each sender's in its order, none lost, however small the box is. */
static void check_threads(u32 max)
{
	pthread_t threads[SENDERS];
	u32 numbers[SENDERS], i;

	open_desk(max);
	for (i = 0; i < SENDERS; i++) {
		numbers[i] = i;
		pthread_create(&threads[i], NULL, send_all, &numbers[i]);
	}
	sf_loop_run(&desk.loop);
	for (i = 0; i < SENDERS; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(desk.next[i], LETTERS);
	}
	sf_mailbox_close(&desk.box, &desk.loop);
	sf_loop_close(&desk.loop);
}

static void threads_write(void **state)
{
	(void)state;
	check_threads(100000);
	check_threads(7);
}

static void full_and_closed(void **state)
{
	struct note *extra;
	u32 i;

	(void)state;
	open_desk(3);
	for (i = 0; i < 3; i++)
		assert_true(sf_mailbox_put(&desk.box, &write_note(0, i)->letter));
	extra = write_note(0, 3);
	assert_false(sf_mailbox_put(&desk.box, &extra->letter));
	/* what is left is opened */
	sf_mailbox_close(&desk.box, &desk.loop);
	assert_int_equal(desk.opened, 3);
	assert_false(sf_mailbox_put(&desk.box, &extra->letter));
	free(extra);
	sf_loop_close(&desk.loop);
}

/* A few letters may be as much as many are. */
static void heavy(void **state)
{
	struct note *extra = write_note(0, 3);
	u32 i;

	(void)state;
	open_desk(100);
	for (i = 0; i < 3; i++) {
		struct note *note = write_note(0, i);

		note->letter.size = SF_MAILBOX_BYTES / 4;
		assert_true(sf_mailbox_put(&desk.box, &note->letter));
	}
	extra->letter.size = SF_MAILBOX_BYTES / 4 + 1;
	assert_false(sf_mailbox_put(&desk.box, &extra->letter));
	/* what was taken out makes room */
	desk.box.watch.ready(&desk.box.watch, EPOLLIN);
	assert_int_equal(desk.opened, 3);
	assert_true(sf_mailbox_put(&desk.box, &extra->letter));
	sf_mailbox_close(&desk.box, &desk.loop);
	assert_int_equal(desk.opened, 4);
	sf_loop_close(&desk.loop);
}

/* Orders are taken whoever has filled the box, and in their turn. */
static void orders(void **state)
{
	struct note *extra = write_note(0, 2);

	(void)state;
	open_desk(1);
	assert_true(sf_mailbox_put(&desk.box, &write_note(0, 0)->letter));
	sf_mailbox_put_always(&desk.box, &write_note(0, 1)->letter);
	assert_false(sf_mailbox_put(&desk.box, &extra->letter));
	sf_mailbox_put_always(&desk.box, &extra->letter);
	desk.opened = SENDERS * LETTERS - 3;
	sf_loop_run(&desk.loop);
	/* to an empty one they ring */
	desk.loop.stop = false;
	desk.opened = SENDERS * LETTERS - 1;
	sf_mailbox_put_always(&desk.box, &write_note(0, 3)->letter);
	sf_loop_run(&desk.loop);
	assert_int_equal(desk.next[0], 4);
	sf_mailbox_close(&desk.box, &desk.loop);
	sf_loop_close(&desk.loop);
}

static const struct CMUnitTest tests[] = {
	TEST(threads_write), TEST(full_and_closed), TEST(heavy), TEST(orders),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
