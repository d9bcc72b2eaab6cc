/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * media.h - dialogs whose media the kernel opens because we tell it
 *
 * The module cannot read what is encrypted. What the parties of such a dialog
 * agree on (RFC 3264) is handed to it: it lets the media in, counts it, and shows
 * the call. agree.h is who finds out what they agree on.
 *
 * A dialog is known by a keyed hash of its Call-ID and tags, which is also the
 * cookie of its call in the kernel: that outlives us, and the next daemon, which
 * has the same key, knows the dialog again. What ends without a BYE the kernel
 * ends by its own timeouts; once a minute we look which calls it still has.
 *
 * All workers share it. One lock, and one link to the kernel: a request takes
 * some microseconds, during which the namespace is locked over there; more links
 * would only wait in another place. The lock also keeps the order of what two
 * workers do to the same dialog.
 */
#ifndef SIPFAST_APP_MEDIA_H
#define SIPFAST_APP_MEDIA_H

#include "../sys/handover.h"
#include "../util/hash.h"

#define SF_MEDIA_MAX	65536	/* dialogs at a time */

struct sf_media;

/**
 * struct sf_dialog_id - which dialog it is, as one of its messages says
 * @call_id: Call-ID
 * @tag: of From and To
 */
struct sf_dialog_id {
	struct sf_text call_id;
	struct sf_text tag[2];
};

enum sf_media_done {
	SF_MEDIA_NOTHING,	/* there was nothing to tell the kernel, or nobody */
	SF_MEDIA_OPENED,
	SF_MEDIA_FAILED,	/* which was logged, if it was the first in a row */
	SF_MEDIA_FAMILY,	/* IPv4 on one side, IPv6 on the other: stays shut */
};

/**
 * sf_media_open() - begin, with what an earlier daemon left in the kernel
 * @media: written only on success
 * @ops: the kernel
 * @key: the same for all daemons that serve the same dialogs
 *
 * Without the module it is there nevertheless, and looks from time to time
 * whether that has come.
 *
 * Return: 0 or -ENOMEM.
 */
int sf_media_open(struct sf_media **media, const struct sf_handover_ops *ops,
		  const struct sf_hash_key *key);

/**
 * sf_media_close() - end; dialogs that are answered stay open in the kernel
 *
 * NULL is fine.
 */
void sf_media_close(struct sf_media *media);

/**
 * sf_media_tick() - call it every second, from one thread
 */
void sf_media_tick(struct sf_media *media);

/* Of a dialog whose caller @id names first: its cookie. */
u64 sf_media_cookie(const struct sf_media *media,
		    const struct sf_dialog_id *id);

/**
 * sf_media_agree() - an offer has its answer
 * @handover: of the dialog that its Call-ID and tags name, where the caller is
 *	who sent the request: that may be either party. @call and @cookie are
 *	found out here; changed
 *
 * When this returns what was agreed on is open, or never will be.
 */
enum sf_media_done sf_media_agree(struct sf_media *media,
				  struct sf_handover *handover);

/**
 * sf_media_offered() - who was asked made an offer; the answer comes later
 * @handover: as above, without an answer
 */
enum sf_media_done sf_media_offered(struct sf_media *media,
				    struct sf_handover *handover);

/**
 * sf_media_replied() - the answer to that
 * @handover: as above, without an offer; nothing happens when none waits
 */
enum sf_media_done sf_media_replied(struct sf_media *media,
				    struct sf_handover *handover);

/**
 * sf_media_answered() - a 2xx answered the INVITE, and says nothing of media
 * @handover: as above, without descriptions
 */
enum sf_media_done sf_media_answered(struct sf_media *media,
				     struct sf_handover *handover);

/* The dialog is over; either party may be named first. */
void sf_media_bye(struct sf_media *media, const struct sf_dialog_id *id);

/* A dialog that no 2xx came for will not come about. */
void sf_media_rejected(struct sf_media *media, u64 cookie);

#endif /* SIPFAST_APP_MEDIA_H */
