// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * calls.c - calls that users make by way of trunks, and how long they talk there
 */
#include "calls_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "../util/clock.h"
#include "../util/container.h"
#include "../util/log.h"

#define SILENT_MS	(SF_CALLS_SILENT_S * 1000ull)

/* A refresh is late when it is a tenth later than it may be. */
#define TIMER_MS(s)	((s) * 1100ull)

/* What is shorter is no promise (RFC 4028, 4). */
#define TIMER_MIN_S	90

u32 sf_calls_day(u64 *midnight)
{
	time_t now = (time_t)sf_clock_wall();
	struct tm tm;

	localtime_r(&now, &tm);
	*midnight = ((u64)tm.tm_hour * 3600 + (u64)tm.tm_min * 60 +
		     (u64)tm.tm_sec) * 1000;
	return (u32)(tm.tm_year * 366 + tm.tm_yday);
}

static u64 hash_text(const struct sf_calls *calls, struct sf_text text)
{
	return sf_hash(&calls->key, text.s, text.len) | 1;
}

static u64 hash_dialog(const struct sf_calls *calls, struct sf_text call_id,
		       struct sf_text tag)
{
	struct sf_hasher hasher;

	sf_hasher_init(&hasher, &calls->key);
	sf_hasher_add(&hasher, &call_id.len, sizeof(call_id.len));
	sf_hasher_add(&hasher, call_id.s, call_id.len);
	sf_hasher_add(&hasher, tag.s, tag.len);
	return sf_hasher_end(&hasher);
}

static u64 hash_of(const struct sf_calls *calls,
		   const struct sf_message *message, struct sf_span tag)
{
	return hash_dialog(calls, sf_text(message->buf, message->call_id),
			   sf_text(message->buf, tag));
}

struct sf_calls_user *sf_calls_user(struct sf_calls *calls, struct sf_text aor)
{
	u64 hash = hash_text(calls, aor);
	struct sf_entry *entry = sf_table_first(&calls->users, hash);
	struct sf_calls_user *user;
	u64 midnight;

	for (; entry; entry = sf_table_next(entry)) {
		user = container_of(entry, struct sf_calls_user, entry);
		if (sf_text_eq((struct sf_text){ user->aor, user->len }, aor))
			return user;
	}
	user = calloc(1, sizeof(*user) + aor.len);
	if (!user)
		return NULL;
	user->day = sf_calls_day(&midnight);
	user->len = aor.len;
	memcpy(user->aor, aor.s, aor.len);
	sf_table_add(&calls->users, &user->entry, hash);
	return user;
}

/* Of today. */
static u64 length_of(const struct sf_call *call, u64 midnight)
{
	u64 length = call->tag ? sf_clock_ms() - call->began : 0;

	return length < midnight ? length : midnight;
}

/* What was yesterday is over. */
static void turn_page(struct sf_calls_user *user, u32 today)
{
	if (user->day == today)
		return;
	user->day = today;
	user->spoken = 0;
}

u64 sf_calls_spoken(struct sf_calls_user *user)
{
	const struct sf_call *call;
	u64 midnight, spoken;

	turn_page(user, sf_calls_day(&midnight));
	spoken = user->spoken;
	for (call = user->first; call; call = call->next)
		spoken += length_of(call, midnight);
	return spoken;
}

static enum sf_calls_why judge(struct sf_calls *calls,
			       const struct sf_allowance *allowance,
			       struct sf_calls_user *user)
{
	if (!user || calls->table.count >= SF_CALLS_MAX)
		return SF_CALLS_FULL;
	if (allowance->at_once && user->calls >= allowance->at_once)
		return SF_CALLS_TOO_MANY;
	if (allowance->minutes && sf_calls_spoken(user) >=
				  allowance->minutes * 60000ull)
		return SF_CALLS_TOO_LONG;
	return SF_CALLS_FINE;
}

static void tell_count(struct sf_calls *calls)
{
	__atomic_store_n(&calls->count, calls->table.count, __ATOMIC_RELAXED);
}

static struct sf_call *add(struct sf_calls *calls, struct sf_calls_user *user,
			   u64 hash)
{
	struct sf_call *call = calloc(1, sizeof(*call));

	if (!call)
		return NULL;
	call->serial = ++calls->serial;
	call->user = user;
	call->heard = sf_clock_ms();
	call->patience = SILENT_MS;
	call->next = user->first;
	call->link = &user->first;
	if (call->next)
		call->next->link = &call->next;
	user->first = call;
	sf_table_add(&calls->table, &call->entry, hash);
	tell_count(calls);
	user->calls++;
	return call;
}

/* Without memory it is looked at again by the next daemon. */
static void forget(struct sf_calls *calls, u64 serial)
{
	struct sf_calls_gone *gone = malloc(sizeof(*gone));

	if (!gone)
		return;
	*gone = (struct sf_calls_gone){ calls->gone, serial, false };
	calls->gone = gone;
}

void sf_calls_drop(struct sf_calls *calls, struct sf_call *call)
{
	struct sf_calls_user *user = call->user;
	u64 midnight;

	turn_page(user, sf_calls_day(&midnight));
	user->spoken += length_of(call, midnight);
	user->dirty |= call->tag != 0;
	user->calls--;
	*call->link = call->next;
	if (call->next)
		call->next->link = call->link;
	sf_table_del(&calls->table, &call->entry);
	tell_count(calls);
	sf_calls_unbind(calls, call);
	if (call->kept)
		forget(calls, call->serial);
	free(call);
}

struct sf_call *sf_calls_find(struct sf_calls *calls,
			      const struct sf_call_ref *ref)
{
	struct sf_entry *entry;

	if (!ref->serial)
		return NULL;
	entry = sf_table_first(&calls->table, ref->hash);
	for (; entry; entry = sf_table_next(entry)) {
		struct sf_call *call = container_of(entry, struct sf_call,
						    entry);

		if (call->serial == ref->serial)
			return call;
	}
	return NULL;
}

static void bind(struct sf_calls *calls, struct sf_call *call,
		 struct sf_dialog *dialog)
{
	call->dialog = dialog;
	if (dialog)
		calls->bound++;
}

/* Of who may do what he likes nobody has to know. */
static enum sf_calls_why begin(struct sf_calls *calls,
			       struct sf_calls_user *user, bool limited,
			       const struct sf_message *invite,
			       struct sf_call_ref *ref)
{
	u64 hash = hash_of(calls, invite, invite->from_tag);
	enum sf_calls_why why = SF_CALLS_FINE;
	struct sf_dialog *dialog = NULL;
	struct sf_call *call;

	if (limited && calls->ops)
		why = sf_calls_bind(calls, invite, &dialog);
	if (why)
		return why;
	call = add(calls, user, hash);
	if (!call) {
		sf_dialog_free(dialog);
		return SF_CALLS_FULL;
	}
	bind(calls, call, dialog);
	*ref = (struct sf_call_ref){ hash, call->serial };
	return SF_CALLS_FINE;
}

struct sf_call *sf_calls_adopt(struct sf_calls *calls, struct sf_text aor,
			       struct sf_dialog *dialog)
{
	struct sf_text caller = sf_dialog_tag(dialog, SF_CALLER);
	struct sf_text callee = sf_dialog_tag(dialog, SF_CALLEE);
	struct sf_calls_user *user = sf_calls_user(calls, aor);
	struct sf_call *call = NULL;

	if (user && caller.len && callee.len)
		call = add(calls, user,
			   hash_dialog(calls, dialog->call_id, caller));
	if (!call) {
		sf_dialog_free(dialog);
		return NULL;
	}
	bind(calls, call, dialog);
	call->tag = hash_text(calls, callee);
	call->began = call->heard;
	call->kept = true;
	return call;
}

enum sf_calls_why sf_calls_begin(struct sf_calls *calls,
				 const struct sf_allowance *allowance,
				 struct sf_text aor,
				 const struct sf_message *invite,
				 struct sf_call_ref *ref)
{
	struct sf_calls_user *user;
	enum sf_calls_why why;

	pthread_mutex_lock(&calls->lock);
	user = sf_calls_user(calls, aor);
	why = judge(calls, allowance, user);
	if (!why) {
		user->minutes = allowance->minutes;
		why = begin(calls, user,
			    allowance->minutes || allowance->at_once, invite,
			    ref);
	}
	pthread_mutex_unlock(&calls->lock);
	return why;
}

/* Who promised to say that he is there need not be believed for hours. */
static u64 patience(const struct sf_message *response)
{
	const struct sf_hdr *hdr = sf_msg_hdr(response->msg,
					      SF_HDR_SESSION_EXPIRES);
	u32 at, end, seconds;

	if (!hdr)
		return SILENT_MS;
	end = sf_span_end(hdr->value);
	for (at = hdr->value.off; at < end; at++)
		if (response->buf[at] < '0' || response->buf[at] > '9')
			break;
	if (!sf_span_u32(response->buf, sf_span(hdr->value.off, at), &seconds) ||
	    seconds < TIMER_MIN_S)
		return SILENT_MS;
	return TIMER_MS(seconds) < SILENT_MS ? TIMER_MS(seconds) : SILENT_MS;
}

/* Without its dialog it goes on, and nobody can end it. */
static void learn(struct sf_calls *calls, struct sf_call *call,
		  const struct sf_self *self, const struct sf_message *response)
{
	const struct sf_calls_user *user = call->user;
	int err;

	if (!call->dialog)
		return;
	err = sf_dialog_answered(call->dialog, self, response);
	call->dirty = !err;
	if (!err)
		return;
	sf_log(SF_LOG_WARNING, "call-unbound", "user=%s error=\"%s\"",
	       sf_quoted(user->aor, user->len), strerror(-err));
	sf_calls_unbind(calls, call);
}

void sf_calls_answered(struct sf_calls *calls, const struct sf_call_ref *ref,
		       const struct sf_self *self,
		       const struct sf_message *response)
{
	struct sf_call *call;

	pthread_mutex_lock(&calls->lock);
	call = sf_calls_find(calls, ref);
	if (call && !call->tag) {
		call->tag = hash_text(calls, sf_text(response->buf,
						     response->to_tag));
		call->began = sf_clock_ms();
		call->heard = call->began;
		call->patience = patience(response);
		learn(calls, call, self, response);
	}
	pthread_mutex_unlock(&calls->lock);
}

void sf_calls_ended(struct sf_calls *calls, const struct sf_call_ref *ref)
{
	struct sf_call *call;

	pthread_mutex_lock(&calls->lock);
	call = sf_calls_find(calls, ref);
	if (call)
		sf_calls_drop(calls, call);
	pthread_mutex_unlock(&calls->lock);
}

/**
 * struct seen - what the table has for a request
 * @request: the request
 * @path: and its way
 * @side: who would have sent it
 * @mine: the caller's tag then
 * @other: and the other one
 * @call: its call; NULL: none is answered, or it is not believed
 * @odd: CSeq is too high
 */
struct seen {
	const struct sf_message *request;
	const struct sf_calls_path *path;
	u32 side;
	struct sf_span mine;
	struct sf_span other;
	struct sf_call *call;
	bool odd;
};

static bool is_believed(const struct seen *seen, const struct sf_dialog *dialog)
{
	const struct sf_calls_path *path = seen->path;

	if (!dialog)
		return true;
	if (seen->side == SF_CALLER)
		return path->to_trunk || sf_dialog_leads(dialog, path->to);
	return path->by_trunk || sf_dialog_is_at(dialog, path->from);
}

/*
 * Whoever speaks before the 2xx goes on from there with CSeq; of several dialogs that
 * are early the highest one will do.
 */
static void look(struct sf_calls *calls, struct seen *seen)
{
	const struct sf_message *request = seen->request;
	u64 tag = hash_text(calls, sf_text(request->buf, seen->other));
	struct sf_entry *entry = sf_table_first(&calls->table,
						hash_of(calls, request,
							seen->mine));

	for (; entry; entry = sf_table_next(entry)) {
		struct sf_call *call = container_of(entry, struct sf_call,
						    entry);

		if (call->tag && call->tag != tag)
			continue;
		/* Believed or not: what is spoken of is not silent. */
		call->heard = sf_clock_ms();
		if (call->dialog && request->cseq.number > SF_DIALOG_CSEQ)
			seen->odd = true;
		else if (call->dialog)
			call->dirty |= sf_dialog_seen(call->dialog, seen->side,
						      request->cseq.number);
		if (call->tag && !seen->call &&
		    is_believed(seen, call->dialog))
			seen->call = call;
	}
}

bool sf_calls_within(struct sf_calls *calls, const struct sf_message *request,
		     const struct sf_calls_path *path, struct sf_call_ref *ref)
{
	struct seen caller = { .request = request, .path = path,
			       .side = SF_CALLER, .mine = request->from_tag,
			       .other = request->to_tag };
	struct seen callee = { .request = request, .path = path,
			       .side = SF_CALLEE, .mine = request->to_tag,
			       .other = request->from_tag };
	struct sf_call *call;

	*ref = (struct sf_call_ref){ 0 };
	if (!sf_calls_count(calls))
		return true;
	pthread_mutex_lock(&calls->lock);
	look(calls, &caller);
	look(calls, &callee);
	call = caller.call ? caller.call : callee.call;
	if (call)
		*ref = (struct sf_call_ref){ call->entry.hash, call->serial };
	pthread_mutex_unlock(&calls->lock);
	return !caller.odd && !callee.odd;
}

void sf_calls_moved(struct sf_calls *calls, const struct sf_call_ref *ref,
		    const struct sf_message *request,
		    const struct sf_message *response)
{
	struct sf_call *call;
	u32 from;

	pthread_mutex_lock(&calls->lock);
	call = sf_calls_find(calls, ref);
	/* Each refresh agrees anew on the next one (RFC 4028, 7.2). */
	if (call)
		call->patience = patience(response);
	if (call && call->dialog) {
		from = hash_of(calls, request, request->from_tag) ==
		       call->entry.hash ? SF_CALLER : SF_CALLEE;
		call->dirty = true;
		sf_dialog_moved(call->dialog, from, request);
		sf_dialog_moved(call->dialog, from == SF_CALLER ? SF_CALLEE :
								  SF_CALLER,
				response);
	}
	pthread_mutex_unlock(&calls->lock);
}

void sf_calls_each_user(struct sf_calls *calls,
			void (*each)(void *arg, struct sf_entry *entry),
			void *arg)
{
	u32 at = 0;

	while (sf_table_walk(&calls->users, &at, 1024, each, arg))
		;
}

void sf_calls_tick(struct sf_calls *calls)
{
	pthread_mutex_lock(&calls->lock);
	if (calls->table.count)
		sf_calls_judge(calls);
	pthread_mutex_unlock(&calls->lock);
	if (!calls->db || sf_clock_ms() - calls->kept < SF_CALLS_KEEP_S * 1000)
		return;
	calls->kept = sf_clock_ms();
	sf_calls_keep(calls);
}

u32 sf_calls_count(struct sf_calls *calls)
{
	return __atomic_load_n(&calls->count, __ATOMIC_RELAXED);
}

int sf_calls_open(struct sf_calls **calls, const char *path,
		  const struct sf_calls_ops *ops, void *owner)
{
	struct sf_calls *made = calloc(1, sizeof(*made));
	int err;

	if (!made)
		return -ENOMEM;
	made->ops = ops;
	made->owner = owner;
	sf_random(&made->key, sizeof(made->key));
	pthread_mutex_init(&made->lock, NULL);
	made->kept = sf_clock_ms();
	err = sf_table_init(&made->table);
	if (!err)
		err = sf_table_init(&made->users);
	if (!err && path)
		err = sf_calls_restore(made, path);
	if (err)
		sf_calls_close(made);
	else
		*calls = made;
	return err;
}

static void free_users(struct sf_table *users)
{
	u32 i;

	for (i = 0; users->buckets && i <= users->mask; i++)
		while (users->buckets[i]) {
			struct sf_entry *entry = users->buckets[i];

			sf_table_del(users, entry);
			free(container_of(entry, struct sf_calls_user, entry));
		}
	sf_table_free(users);
}

static void drop_all(void *arg, struct sf_entry *entry)
{
	struct sf_calls_user *user = container_of(entry, struct sf_calls_user,
						  entry);

	while (user->first)
		sf_calls_drop(arg, user->first);
}

/* Calls go on, and the next daemon has them. */
void sf_calls_close(struct sf_calls *calls)
{
	struct sf_calls_gone *gone;

	if (!calls)
		return;
	if (calls->db)
		sf_calls_keep(calls);
	sqlite3_close(calls->db);
	if (calls->users.buckets)
		sf_calls_each_user(calls, drop_all, calls);
	while ((gone = calls->gone)) {
		calls->gone = gone->next;
		free(gone);
	}
	free_users(&calls->users);
	sf_table_free(&calls->table);
	pthread_mutex_destroy(&calls->lock);
	free(calls);
}
