// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mailbox.c - what other threads leave for a thread
 *
 * The reader takes all letters at once, so that it holds the lock only for a
 * moment, and senders wake it only when the box was empty.
 */
#include <errno.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "container.h"
#include "mailbox.h"

static struct sf_letter *take_all(struct sf_mailbox *box)
{
	struct sf_letter *first;

	pthread_mutex_lock(&box->lock);
	first = box->first;
	box->first = NULL;
	box->last = &box->first;
	box->count = 0;
	box->bytes = 0;
	pthread_mutex_unlock(&box->lock);
	return first;
}

static void open_all(struct sf_letter *letter, void *owner)
{
	struct sf_letter *next;

	for (; letter; letter = next) {
		next = letter->next;
		letter->open(letter, owner);
	}
}

/*
 * Each ring is an edge, so that the bell need not be read: it counts to 2^64. The
 * letters are taken after the edge: whoever comes in between rings again.
 */
static void ready(struct sf_watch *watch, u32 events)
{
	struct sf_mailbox *box = container_of(watch, struct sf_mailbox, watch);

	(void)events;
	open_all(take_all(box), box->owner);
}

int sf_mailbox_init(struct sf_mailbox *box, struct sf_loop *loop, u32 max,
		    void *owner)
{
	int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), err;

	if (fd < 0)
		return -errno;
	*box = (struct sf_mailbox){
		.watch = { .fd = fd, .ready = ready },
		.last = &box->first,
		.max = max,
		.owner = owner,
	};
	pthread_mutex_init(&box->lock, NULL);
	err = sf_loop_watch(loop, &box->watch, EPOLLIN | EPOLLET);
	if (!err)
		return 0;
	pthread_mutex_destroy(&box->lock);
	close(fd);
	return err;
}

/* The lock stays: someone may be about to put a letter, and is told no. */
void sf_mailbox_close(struct sf_mailbox *box, struct sf_loop *loop)
{
	pthread_mutex_lock(&box->lock);
	box->closed = true;
	pthread_mutex_unlock(&box->lock);
	sf_loop_unwatch(loop, &box->watch);
	open_all(take_all(box), box->owner);
	close(box->watch.fd);
}

static bool has_room(const struct sf_mailbox *box,
		     const struct sf_letter *letter)
{
	return box->count < box->max &&
	       box->bytes + letter->size <= SF_MAILBOX_BYTES;
}

/* The bell is rung inside the lock, so that it is not gone meanwhile. */
static void drop_in(struct sf_mailbox *box, struct sf_letter *letter)
{
	letter->next = NULL;
	*box->last = letter;
	box->last = &letter->next;
	box->bytes += letter->size;
	if (!box->count++)
		eventfd_write(box->watch.fd, 1);
}

bool sf_mailbox_put(struct sf_mailbox *box, struct sf_letter *letter)
{
	bool taken;

	pthread_mutex_lock(&box->lock);
	taken = !box->closed && has_room(box, letter);
	if (taken)
		drop_in(box, letter);
	pthread_mutex_unlock(&box->lock);
	return taken;
}

void sf_mailbox_put_always(struct sf_mailbox *box, struct sf_letter *letter)
{
	pthread_mutex_lock(&box->lock);
	drop_in(box, letter);
	pthread_mutex_unlock(&box->lock);
}
