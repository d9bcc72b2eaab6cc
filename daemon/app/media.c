// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * media.c - dialogs whose media the kernel opens because we tell it
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "media_internal.h"

#include <errno.h>
#include <stdlib.h>

#include "../util/blob.h"
#include "../util/clock.h"
#include "../util/container.h"
#include "../util/log.h"

#define LINK_MS		10000	/* how often we look whether the module has come */

static void connect_kernel(struct sf_media *media)
{
	int err = media->ops->connect(&media->link);

	media->tried = sf_clock_ms();
	if (!err) {
		media->links++;
		sf_log(SF_LOG_INFO, "media-ready", "links=%u", media->links);
	} else if (!media->links && !media->failing) {
		media->failing = true;
		sf_log(SF_LOG_NOTICE, "media-off", "error=\"%s\"",
		       err == -ENOENT ? "the module nf_sipfast is not loaded" :
					strerror(-err));
	}
}

static void disconnect_kernel(struct sf_media *media)
{
	media->ops->disconnect(media->link);
	media->link = NULL;
}

static bool is_linked(struct sf_media *media)
{
	if (!media->link && sf_clock_ms() - media->tried >= LINK_MS)
		connect_kernel(media);
	return media->link;
}

static u64 cookie(const struct sf_media *media, struct sf_text call_id,
		  struct sf_text caller, struct sf_text callee)
{
	const struct sf_text part[] = { call_id, caller, callee };
	struct sf_hasher hasher;
	u32 i;

	sf_hasher_init(&hasher, &media->key);
	for (i = 0; i < 3; i++) {
		sf_hasher_add(&hasher, &part[i].len, sizeof(part[i].len));
		sf_hasher_add(&hasher, part[i].s, part[i].len);
	}
	/* Calls that were not handed over have none, which reads as 0. */
	return sf_hasher_end(&hasher) | (u64)1 << 63;
}

u64 sf_media_cookie(const struct sf_media *media, const struct sf_dialog_id *id)
{
	return cookie(media, id->call_id, id->tag[0], id->tag[1]);
}

struct sf_media_dialog *sf_media_find(const struct sf_media *media, u64 hash)
{
	struct sf_entry *entry = sf_table_first(&media->dialogs, hash);

	return entry ? container_of(entry, struct sf_media_dialog, entry) : NULL;
}

static struct sf_media_dialog *find_other_way(const struct sf_media *media,
					      const struct sf_text *call_id,
					      const struct sf_text tag[2])
{
	return sf_media_find(media, cookie(media, *call_id, tag[1], tag[0]));
}

struct sf_media_dialog *sf_media_add(struct sf_media *media, u64 hash)
{
	struct sf_media_dialog *dialog;

	if (media->dialogs.count >= SF_MEDIA_MAX)
		return NULL;
	dialog = calloc(1, sizeof(*dialog));
	if (!dialog)
		return NULL;
	dialog->touched = sf_clock_ms();
	sf_table_add(&media->dialogs, &dialog->entry, hash);
	return dialog;
}

static void forget_sdp(struct sf_media_dialog *dialog)
{
	sf_blob_put(dialog->sdp[SF_OFFER]);
	sf_blob_put(dialog->sdp[SF_ANSWER]);
	dialog->sdp[SF_OFFER] = NULL;
	dialog->sdp[SF_ANSWER] = NULL;
	dialog->waits = false;
}

void sf_media_drop(struct sf_media *media, struct sf_media_dialog *dialog)
{
	sf_table_del(&media->dialogs, &dialog->entry);
	forget_sdp(dialog);
	free(dialog);
}

#define SWAP(pair)							\
	do {								\
		__typeof__((pair)[0]) first = (pair)[0];		\
									\
		(pair)[0] = (pair)[1];					\
		(pair)[1] = first;					\
	} while (0)

/* Who was called asks: the other way round it is as the dialog has it. */
static void turn(struct sf_handover *handover)
{
	SWAP(handover->tag);
	SWAP(handover->uri);
	SWAP(handover->end);
	SWAP(handover->names);
	handover->offerer = !handover->offerer;
}

/* The dialog of a request, which is turned to its direction; NULL: none yet. */
static struct sf_media_dialog *dialog_of(struct sf_media *media,
					 struct sf_handover *handover)
{
	struct sf_media_dialog *dialog;
	u64 hash = cookie(media, handover->call_id, handover->tag[SF_CALLER],
			  handover->tag[SF_CALLEE]);

	dialog = sf_media_find(media, hash);
	if (!dialog) {
		dialog = find_other_way(media, &handover->call_id,
					handover->tag);
		if (dialog)
			turn(handover);
	}
	handover->cookie = dialog ? dialog->entry.hash : hash;
	return dialog;
}

/* -ENOENT: of a call that is over, as its media was silent; or the module went. */
static int ask(struct sf_media *media, struct sf_handover *handover, u32 *call,
	       const char **why)
{
	int err = media->ops->open(media->link, handover, call, why);

	if (err == -ENOENT && handover->call) {
		handover->call = 0;
		err = media->ops->open(media->link, handover, call, why);
	}
	if (err != -ENOENT)
		return err;
	disconnect_kernel(media);
	/* What it said was said there. */
	*why = "";
	connect_kernel(media);
	if (!media->link)
		return err;
	return media->ops->open(media->link, handover, call, why);
}

static void tell_failed(struct sf_media *media,
			const struct sf_handover *handover, int err,
			const char *why)
{
	if (!media->failing)
		sf_log(SF_LOG_WARNING, "media-failed",
		       "call-id=%s error=\"%s%s%s\"",
		       sf_quoted(handover->call_id.s, handover->call_id.len),
		       strerror(-err), *why ? ": " : "", why);
	media->failing = true;
}

static struct sf_text text_of(const struct sf_blob *blob)
{
	return (struct sf_text){ blob->bytes, blob->len };
}

static bool is_same(const struct sf_blob *blob, struct sf_text text)
{
	return blob && sf_text_eq(text_of(blob), text);
}

/* Until a 2xx comes: it may say nothing of media, and the kernel wants to know. */
static void keep_sdp(struct sf_media_dialog *dialog,
		     const struct sf_handover *handover)
{
	struct sf_blob *sdp[2] = { NULL, NULL };
	u32 i;

	for (i = 0; i < 2 && !dialog->answered; i++)
		sdp[i] = sf_blob_new(handover->sdp[i].s, handover->sdp[i].len);
	forget_sdp(dialog);
	dialog->offerer = handover->offerer;
	if (sdp[SF_OFFER] && sdp[SF_ANSWER]) {
		memcpy(dialog->sdp, sdp, sizeof(sdp));
		return;
	}
	sf_blob_put(sdp[SF_OFFER]);
	sf_blob_put(sdp[SF_ANSWER]);
}

/* Is it what the kernel knows: a provisional response that came once more? */
static bool is_old(const struct sf_media_dialog *dialog,
		   const struct sf_handover *handover)
{
	return dialog->call && !dialog->waits && !handover->answered &&
	       is_same(dialog->sdp[SF_OFFER], handover->sdp[SF_OFFER]) &&
	       is_same(dialog->sdp[SF_ANSWER], handover->sdp[SF_ANSWER]);
}

static void prepare(const struct sf_media *media,
		    struct sf_media_dialog *dialog,
		    struct sf_handover *handover)
{
	u32 i;

	for (i = 0; i < 2; i++) {
		dialog->names[i] |= handover->names[i];
		handover->names[i] = dialog->names[i];
	}
	if (dialog->link != media->links)
		dialog->call = 0;
	handover->answered |= dialog->answered;
	handover->call = dialog->call;
}

/* Tell the kernel. What it refuses leaves the dialog as it was. */
static enum sf_media_done hand_over(struct sf_media *media,
				    struct sf_media_dialog *dialog,
				    struct sf_handover *handover)
{
	const char *why = "";
	u32 call = 0;
	int err;

	prepare(media, dialog, handover);
	if (is_old(dialog, handover))
		return SF_MEDIA_NOTHING;
	/* A call of the kernel's is of one family: somebody has to relay. */
	if (!handover->call &&
	    handover->end[0].family != handover->end[1].family) {
		sf_media_drop(media, dialog);
		return SF_MEDIA_FAMILY;
	}
	err = ask(media, handover, &call, &why);
	if (err) {
		tell_failed(media, handover, err, why);
		if (!handover->call)
			sf_media_drop(media, dialog);
		return SF_MEDIA_FAILED;
	}
	media->failing = false;
	dialog->call = call;
	dialog->link = media->links;
	dialog->answered = handover->answered;
	dialog->touched = sf_clock_ms();
	keep_sdp(dialog, handover);
	return SF_MEDIA_OPENED;
}

static enum sf_media_done agree(struct sf_media *media,
				struct sf_handover *handover)
{
	struct sf_media_dialog *dialog = dialog_of(media, handover);

	if (!dialog)
		dialog = sf_media_add(media, handover->cookie);
	if (dialog)
		return hand_over(media, dialog, handover);
	tell_failed(media, handover, -ENFILE, "");
	return SF_MEDIA_FAILED;
}

/* A 2xx that says nothing new, after what was agreed on while it rang. */
static enum sf_media_done answered(struct sf_media *media,
				   struct sf_handover *handover)
{
	struct sf_media_dialog *dialog = dialog_of(media, handover);

	if (!dialog || dialog->answered || dialog->waits ||
	    !dialog->sdp[SF_ANSWER])
		return SF_MEDIA_NOTHING;
	handover->sdp[SF_OFFER] = text_of(dialog->sdp[SF_OFFER]);
	handover->sdp[SF_ANSWER] = text_of(dialog->sdp[SF_ANSWER]);
	handover->offerer = dialog->offerer;
	handover->answered = true;
	return hand_over(media, dialog, handover);
}

static enum sf_media_done offered(struct sf_media *media,
				  struct sf_handover *handover)
{
	struct sf_media_dialog *dialog = dialog_of(media, handover);

	if (dialog && dialog->call && !dialog->answered)
		return answered(media, handover);
	if (!dialog)
		dialog = sf_media_add(media, handover->cookie);
	if (!dialog)
		return SF_MEDIA_FAILED;
	forget_sdp(dialog);
	dialog->sdp[SF_OFFER] = sf_blob_new(handover->sdp[SF_OFFER].s,
					    handover->sdp[SF_OFFER].len);
	dialog->waits = dialog->sdp[SF_OFFER];
	dialog->touched = sf_clock_ms();
	return SF_MEDIA_NOTHING;
}

static enum sf_media_done replied(struct sf_media *media,
				  struct sf_handover *handover)
{
	struct sf_media_dialog *dialog = dialog_of(media, handover);

	if (!dialog || !dialog->waits)
		return SF_MEDIA_NOTHING;
	handover->sdp[SF_OFFER] = text_of(dialog->sdp[SF_OFFER]);
	return hand_over(media, dialog, handover);
}

typedef enum sf_media_done (*step)(struct sf_media *media,
				   struct sf_handover *handover);

static enum sf_media_done locked(struct sf_media *media,
				 struct sf_handover *handover, step fn)
{
	enum sf_media_done done = SF_MEDIA_NOTHING;

	pthread_mutex_lock(&media->lock);
	if (is_linked(media))
		done = fn(media, handover);
	pthread_mutex_unlock(&media->lock);
	return done;
}

enum sf_media_done sf_media_agree(struct sf_media *media,
				  struct sf_handover *handover)
{
	return locked(media, handover, agree);
}

enum sf_media_done sf_media_offered(struct sf_media *media,
				    struct sf_handover *handover)
{
	return locked(media, handover, offered);
}

enum sf_media_done sf_media_replied(struct sf_media *media,
				    struct sf_handover *handover)
{
	return locked(media, handover, replied);
}

enum sf_media_done sf_media_answered(struct sf_media *media,
				     struct sf_handover *handover)
{
	return locked(media, handover, answered);
}

static void end(struct sf_media *media, struct sf_media_dialog *dialog,
		enum sf_handover_end_of_call why)
{
	if (dialog->call && dialog->link == media->links && media->link)
		media->ops->close(media->link, dialog->call, why);
	sf_media_drop(media, dialog);
}

void sf_media_bye(struct sf_media *media, const struct sf_dialog_id *id)
{
	struct sf_media_dialog *dialog;

	pthread_mutex_lock(&media->lock);
	dialog = sf_media_find(media, sf_media_cookie(media, id));
	if (!dialog)
		dialog = find_other_way(media, &id->call_id, id->tag);
	if (dialog)
		end(media, dialog, SF_HANDOVER_BYE);
	pthread_mutex_unlock(&media->lock);
}

void sf_media_rejected(struct sf_media *media, u64 hash)
{
	struct sf_media_dialog *dialog;

	pthread_mutex_lock(&media->lock);
	dialog = sf_media_find(media, hash);
	if (dialog && !dialog->answered)
		end(media, dialog, SF_HANDOVER_REJECTED);
	pthread_mutex_unlock(&media->lock);
}

int sf_media_open(struct sf_media **media, const struct sf_handover_ops *ops,
		  const struct sf_hash_key *key)
{
	struct sf_media *made = calloc(1, sizeof(*made));

	if (!made)
		return -ENOMEM;
	if (sf_table_init(&made->dialogs)) {
		free(made);
		return -ENOMEM;
	}
	made->ops = ops;
	made->key = *key;
	made->swept = sf_clock_ms();
	pthread_mutex_init(&made->lock, NULL);
	connect_kernel(made);
	if (made->link)
		ops->list(made->link, sf_media_saw, made);
	*media = made;
	return 0;
}

static void gather(void *arg, struct sf_entry *entry)
{
	struct sf_media_dialog **all = arg;
	struct sf_media_dialog *dialog;

	dialog = container_of(entry, struct sf_media_dialog, entry);
	dialog->next = *all;
	*all = dialog;
}

void sf_media_close(struct sf_media *media)
{
	struct sf_media_dialog *all = NULL, *dialog;
	u32 at = 0;

	if (!media)
		return;
	while (sf_table_walk(&media->dialogs, &at, UINT32_MAX, gather, &all))
		;
	while ((dialog = all)) {
		all = dialog->next;
		sf_media_drop(media, dialog);
	}
	sf_table_free(&media->dialogs);
	disconnect_kernel(media);
	pthread_mutex_destroy(&media->lock);
	free(media);
}
