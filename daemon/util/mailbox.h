/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mailbox.h - what other threads leave for a thread
 *
 * Anyone puts letters in, one thread takes them out, each sender's in the order
 * they were sent. A letter that opens an empty box wakes the reader.
 */
#ifndef SIPFAST_UTIL_MAILBOX_H
#define SIPFAST_UTIL_MAILBOX_H

#include <pthread.h>

#include "loop.h"

/* What letters in a box may take, with their @size. */
#define SF_MAILBOX_BYTES	(64 << 20)

/**
 * struct sf_letter - head of what is sent, the receiver's once it is in the box
 * @next: in the box
 * @open: called in the reader's thread; it owns the letter, and frees it
 * @size: bytes that it takes; 0: it is small, or there are only few of its kind
 *
 * Who sends it sets @open and @size.
 */
struct sf_letter {
	struct sf_letter *next;
	void (*open)(struct sf_letter *letter, void *owner);
	u32 size;
};

/**
 * struct sf_mailbox - a thread's box
 * @watch: waits for the eventfd that wakes the reader
 * @lock: protects @first, @last, @count, @bytes and @closed
 * @first: the oldest letter
 * @last: where the next one is put
 * @count: letters in the box
 * @bytes: what they take
 * @max: more are refused: who cannot keep up must not eat the memory
 * @closed: nobody reads any more
 * @owner: for the letters
 */
struct sf_mailbox {
	struct sf_watch watch;
	pthread_mutex_t lock;
	struct sf_letter *first;
	struct sf_letter **last;
	u32 count;
	u64 bytes;
	u32 max;
	bool closed;
	void *owner;
};

/**
 * sf_mailbox_init() - make a box that the loop empties
 *
 * Return: 0 or a negative errno.
 */
int sf_mailbox_init(struct sf_mailbox *box, struct sf_loop *loop, u32 max,
		    void *owner);

/**
 * sf_mailbox_close() - take no more letters, and open what is left
 */
void sf_mailbox_close(struct sf_mailbox *box, struct sf_loop *loop);

/**
 * sf_mailbox_put() - leave a letter, from any thread
 *
 * Return: false when the box is full or closed; the letter is still the
 * caller's.
 */
bool sf_mailbox_put(struct sf_mailbox *box, struct sf_letter *letter);

/**
 * sf_mailbox_put_always() - leave a letter, however full the box is
 *
 * For orders, of which there are few, from the thread that closes the box, before it
 * does: who waited for a reader that stands still would stand still with it.
 */
void sf_mailbox_put_always(struct sf_mailbox *box, struct sf_letter *letter);

#endif /* SIPFAST_UTIL_MAILBOX_H */
