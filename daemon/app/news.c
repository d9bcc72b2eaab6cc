// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * news.c - what happens, for those who want to hear of it
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "news.h"

#include <stdlib.h>
#include <time.h>

#include "../sip/resolve.h"

/* Of a text so much is told; more than that is nobody's name. */
#define TEXT_MAX	512

const char *sf_news_name(enum sf_news_kind kind)
{
	static const char *const names[] = {
#define X(sym, name) [SF_NEWS_##sym] = (name),
		SF_NEWS(X)
#undef X
	};

	return kind < SF_NEWS_COUNT ? names[kind] : "unknown";
}

static u64 now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (u64)now.tv_sec * 1000 + (u64)now.tv_nsec / 1000000;
}

static void send(struct sf_newsroom *room, struct sf_news *news)
{
	if (news && sf_mailbox_put(room->box, &news->letter))
		return;
	atomic_fetch_add(&room->lost, 1);
	free(news);
}

/*
 * A letter like @draft, whose texts lie in it; behind a record of @record bytes
 * that is still to be written. NULL without memory.
 */
static struct sf_news *write_down(const struct sf_newsroom *room,
				  const struct sf_news *draft, size_t record)
{
	size_t len = record;
	struct sf_news *news;
	u32 i, n;

	for (i = 0; i < draft->count; i++)
		len += draft->text[i].text.len;
	news = malloc(sizeof(*news) + len);
	if (!news)
		return NULL;
	*news = *draft;
	news->letter.open = room->open;
	news->time_ms = now_ms();
	for (i = 0, len = record; i < news->count; i++, len += n) {
		n = draft->text[i].text.len;
		if (n)
			memcpy(news->bytes + len, draft->text[i].text.s, n);
		news->text[i].text.s = news->bytes + len;
	}
	return news;
}

static void add(struct sf_news *draft, const char *key, struct sf_text text)
{
	if (text.len > TEXT_MAX)
		text.len = TEXT_MAX;
	draft->text[draft->count++] = (struct sf_news_text){ key, text };
}

static const u8 of_event[] = {
	[SF_LOCATION_REGISTERED] = SF_NEWS_BINDING_NEW,
	[SF_LOCATION_REFRESHED] = SF_NEWS_BINDING_REFRESH,
	[SF_LOCATION_EXPIRED] = SF_NEWS_BINDING_EXPIRED,
	[SF_LOCATION_UNREGISTERED] = SF_NEWS_BINDING_REMOVED,
	[SF_LOCATION_RESTORED] = SF_NEWS_BINDING_NEW,
	[SF_LOCATION_UNREACHABLE] = SF_NEWS_BINDING_UNREACHABLE,
	[SF_LOCATION_LOST] = SF_NEWS_BINDING_LOST,
};

void sf_news_binding(struct sf_newsroom *room, enum sf_location_event event,
		     struct sf_text aor, const struct sf_record *record)
{
	size_t len = sizeof(*record) + sf_record_len(record);
	struct sf_news draft = { .kind = of_event[event], .worker = -1 };
	struct sf_news *news;

	add(&draft, "aor", aor);
	news = write_down(room, &draft, len);
	if (news) {
		memcpy(news->bytes, record, len);
		news->record = (const void *)news->bytes;
	}
	send(room, news);
}

void sf_news_trunk(struct sf_newsroom *room, enum sf_news_kind kind,
		   const char *name, const struct sf_spot *spot, u16 status)
{
	struct sf_news draft = { .kind = (u8)kind, .worker = -1,
				 .status = status };

	if (spot) {
		draft.source = spot->end;
		draft.transport = spot->transport;
	}
	add(&draft, "name", sf_text_str(name));
	send(room, write_down(room, &draft, 0));
}

void sf_news_source(struct sf_newsroom *room, enum sf_news_kind kind,
		    const struct sf_flow *flow, const char *reason,
		    const char *standing)
{
	struct sf_news draft = {
		.kind = (u8)kind,
		.worker = -1,
		.source = flow->remote,
		.transport = flow->transport,
	};

	add(&draft, "reason", sf_text_str(reason));
	add(&draft, "standing", sf_text_str(standing));
	send(room, write_down(room, &draft, 0));
}

void sf_news_request(struct sf_newsroom *room, enum sf_news_kind kind,
		     u8 worker, const struct sf_message *request, u16 status,
		     const char *reason)
{
	const struct sf_flow *flow = &request->packet->flow;
	const char *buf = request->buf;
	struct sf_news draft = {
		.kind = (u8)kind,
		.worker = worker,
		.status = status,
		.source = flow->remote,
		.transport = flow->transport,
	};

	if (reason)
		add(&draft, "reason", sf_text_str(reason));
	add(&draft, "method", sf_text(buf, request->msg->method_name));
	add(&draft, "uri", sf_text(buf, request->msg->ruri));
	add(&draft, "from", sf_text(buf, request->from.uri));
	add(&draft, "to", sf_text(buf, request->to.uri));
	add(&draft, "call_id", sf_text(buf, request->call_id));
	send(room, write_down(room, &draft, 0));
}

void sf_news_call(struct sf_newsroom *room, enum sf_news_kind kind, u8 worker,
		  u16 status, const struct sf_blob *invite,
		  const struct sf_flow *flow)
{
	static _Thread_local struct sf_msg msg;
	struct sf_packet packet = { .flow = *flow, .msg = &msg };
	struct sf_message request;

	if (!invite)
		return;
	packet.buf = invite->bytes;
	packet.len = invite->len;
	if (!sf_msg_parse(&msg, packet.buf, packet.len) &&
	    !sf_message_read(&request, &packet))
		sf_news_request(room, kind, worker, &request, status, NULL);
}
