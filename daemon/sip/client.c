// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * client.c - client transactions
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "client.h"

#include <stddef.h>

#include "request.h"

/* ACK and CANCEL: as long as what they follow lets them be. */
static _Thread_local char follow[SF_MSG_MAX];

static u64 client_key(u64 id, u8 method)
{
	return id << 1 | (method == SF_METHOD_CANCEL);
}

/* Of whatever method but CANCEL, or of that. */
struct sf_client *sf_client_named(const struct sf_sip *sip, u64 id, bool cancel)
{
	return (struct sf_client *)sf_table_first(&sip->clients,
						  id << 1 | cancel);
}

struct sf_client *sf_client_find(const struct sf_sip *sip, u64 id, u8 method)
{
	struct sf_client *client;

	client = sf_client_named(sip, id, method == SF_METHOD_CANCEL);
	return client && client->method == method ? client : NULL;
}

struct sf_branch sf_client_branch(struct sf_sip *sip, u32 loop)
{
	u64 count = sip->next++;

	/* Who has seen one must not know the next. */
	return (struct sf_branch){
		.worker = sip->worker,
		.id = sf_hash(&sip->key, &count, sizeof(count)) >> 1 | 1,
		.loop = loop,
	};
}

void sf_client_free(struct sf_client *client)
{
	sf_timer_stop(&client->resend);
	sf_timer_stop(&client->expire);
	sf_table_del(&client->sip->clients, &client->entry);
	sf_table_del(&client->sip->waiting, &client->waiting);
	if (client->user && client->user->ended)
		client->user->ended(client);
	sf_blob_put(client->request);
	free(client);
}

static int transmit(struct sf_client *client)
{
	int err;

	err = sf_sip_send(client->sip, &client->flow, client->request->bytes,
			  client->request->len);
	if (!err && client->state == SF_BEGUN && client->flow.serial &&
	    !client->waiting.link)
		sf_table_add(&client->sip->waiting, &client->waiting,
			     client->flow.slot);
	return err;
}

static bool reliable(const struct sf_client *client)
{
	return sf_transport_reliable(client->flow.transport);
}

static void set_pace(struct sf_client *client, const struct sf_stay *stay)
{
	const struct sf_sip_timing *timing = &client->sip->timing;

	sf_timer_stop(&client->resend);
	if (stay->pace == SF_PACE_NONE || reliable(client))
		return;
	client->pace = stay->pace == SF_PACE_SLOW ? timing->t2 : timing->t1;
	sf_timer_set(client->sip->wheel, &client->resend, client->pace);
}

/* Return: false when the state is over at once. */
static bool set_expiry(struct sf_client *client, const struct sf_stay *stay)
{
	const struct sf_sip_timing *timing = &client->sip->timing;
	u32 ms = 0;

	switch (stay->last) {
	case SF_LAST_EVER:
		sf_timer_stop(&client->expire);
		return true;
	case SF_LAST_ON:
		return true;
	case SF_LAST_64T1:
		ms = 64 * timing->t1;
		break;
	case SF_LAST_SILENCE:
		ms = reliable(client) ? 0 : 64 * timing->t1;
		break;
	case SF_LAST_T4:
		ms = reliable(client) ? 0 : timing->t4;
		break;
	}
	if (ms)
		sf_timer_set(client->sip->wheel, &client->expire, ms);
	return ms;
}

/* ACK of what is no 2xx is the last that needs the request. */
static bool needs_request(const struct sf_client *client)
{
	return client->state < SF_COMPLETED ||
	       (client->state == SF_COMPLETED &&
		client->machine == SF_INVITE_CLIENT);
}

static void expire(struct sf_timer *timer);

static void enter(struct sf_client *client, u8 state)
{
	const struct sf_stay *stay;

	if (client->state == state)
		return;
	client->state = state;
	sf_table_del(&client->sip->waiting, &client->waiting);
	if (state == SF_TERMINATED) {
		sf_client_free(client);
		return;
	}
	if (!needs_request(client)) {
		sf_blob_put(client->request);
		client->request = NULL;
	}
	/* What is answered is not broken(), sent or not. */
	client->expire.fire = expire;
	stay = sf_state_stay(client->machine, state);
	set_pace(client, stay);
	if (!set_expiry(client, stay))
		sf_client_free(client);
}

static void acknowledge(struct sf_client *client,
			const struct sf_message *response)
{
	struct sf_out out = sf_out(follow, sizeof(follow));

	if (sf_request_follow(&out, SF_METHOD_ACK, client->request->bytes,
			      client->request->len, response) && !out.full)
		sf_sip_send(client->sip, &client->flow, out.buf, out.len);
}

static void fail(struct sf_client *client, u16 status)
{
	client->answered = true;
	if (client->user)
		client->user->failed(client, status);
}

static void send_cancel(struct sf_client *client);

/* The transaction may be gone afterwards. */
static void step(struct sf_client *client, enum sf_event event,
		 const struct sf_message *response)
{
	const struct sf_row *row;
	u8 before = client->state;

	row = sf_state_step(client->machine, client->state, event);
	if (!row->known)
		return;
	if (event == SF_EV_2XX || event == SF_EV_FINAL)
		client->answered = true;
	if (row->todo & SF_DO_RESEND) {
		client->sip->counters[SF_SIP_RESENT]++;
		client->resent = true;
		transmit(client);
	}
	if (row->todo & SF_DO_ACK)
		acknowledge(client, response);
	if (row->todo & SF_DO_TELL && client->user)
		client->user->response(client, response);
	if (row->todo & SF_DO_TIMEOUT) {
		client->sip->counters[SF_SIP_TIMEOUTS]++;
		fail(client, 408);
	}
	if (row->todo & SF_DO_FAIL) {
		client->sip->counters[SF_SIP_UNREACHED]++;
		fail(client, 503);
	}
	if (before == SF_BEGUN && row->next == SF_PROCEEDING &&
	    client->cancelled) {
		enter(client, row->next);
		send_cancel(client);
		return;
	}
	enter(client, row->next);
}

static void resend(struct sf_timer *timer)
{
	struct sf_client *client = (void *)((char *)timer -
					    offsetof(struct sf_client, resend));
	const struct sf_stay *stay = sf_state_stay(client->machine,
						   client->state);
	const struct sf_sip_timing *timing = &client->sip->timing;

	client->pace *= 2;
	if (stay->pace != SF_PACE_DOUBLE && client->pace > timing->t2)
		client->pace = timing->t2;
	sf_timer_set(client->sip->wheel, timer, client->pace);
	step(client, SF_EV_RESEND, NULL);
}

static void expire(struct sf_timer *timer)
{
	step((void *)((char *)timer - offsetof(struct sf_client, expire)),
	     SF_EV_EXPIRE, NULL);
}

/* It could not be sent at all: told from the loop, not from who wanted it. */
static void broken(struct sf_timer *timer)
{
	sf_client_broken((void *)((char *)timer -
				  offsetof(struct sf_client, expire)));
}

struct sf_client *sf_client_new(struct sf_sip *sip,
				const struct sf_branch *branch, u8 method,
				const struct sf_flow *flow, const char *buf,
				u32 len, const struct sf_client_user *user,
				void *owner)
{
	struct sf_client *client = calloc(1, sizeof(*client));
	const struct sf_stay *stay;

	if (client)
		client->request = sf_blob_new(buf, len);
	if (!client || !client->request) {
		free(client);
		sip->counters[SF_SIP_NO_MEMORY]++;
		return NULL;
	}
	client->sip = sip;
	client->user = user;
	client->owner = owner;
	client->method = method;
	client->machine = method == SF_METHOD_INVITE ? SF_INVITE_CLIENT :
						       SF_CLIENT;
	client->id = branch->id;
	client->born = sip->wheel->now;
	client->flow = *flow;
	client->resend.fire = resend;
	client->expire.fire = expire;
	sf_table_add(&sip->clients, &client->entry,
		     client_key(branch->id, method));
	sip->counters[SF_SIP_CLIENTS]++;
	if (transmit(client)) {
		client->expire.fire = broken;
		sf_timer_set(sip->wheel, &client->expire, 0);
		return client;
	}
	stay = sf_state_stay(client->machine, SF_BEGUN);
	set_pace(client, stay);
	set_expiry(client, stay);
	return client;
}

static void send_cancel(struct sf_client *client)
{
	const struct sf_branch branch = { .id = client->id };
	struct sf_out out = sf_out(follow, sizeof(follow));

	if (sf_request_follow(&out, SF_METHOD_CANCEL, client->request->bytes,
			      client->request->len, NULL) && !out.full)
		sf_client_new(client->sip, &branch, SF_METHOD_CANCEL,
			      &client->flow, out.buf, out.len, NULL, NULL);
	/* RFC 3261, 9.1: whoever does not answer by then will not. */
	sf_timer_set(client->sip->wheel, &client->expire,
		     64 * client->sip->timing.t1);
}

void sf_client_cancel(struct sf_client *client)
{
	if (client->cancelled || client->answered ||
	    client->method != SF_METHOD_INVITE)
		return;
	client->cancelled = true;
	if (client->state == SF_PROCEEDING)
		send_cancel(client);
}

void sf_client_forget(struct sf_client *client)
{
	client->user = NULL;
	client->owner = NULL;
}

void sf_client_response(struct sf_client *client,
			const struct sf_message *response)
{
	u16 status = response->msg->status;

	if (status < 200)
		step(client, SF_EV_1XX, response);
	else
		step(client, status < 300 ? SF_EV_2XX : SF_EV_FINAL, response);
}

void sf_client_broken(struct sf_client *client)
{
	step(client, SF_EV_BROKEN, NULL);
}

/* Who has answered is there, whatever is said. */
void sf_client_returned(struct sf_client *client)
{
	if (client->state != SF_BEGUN)
		return;
	client->returned = true;
	sf_client_broken(client);
}

struct sf_text sf_client_ruri(const struct sf_client *client)
{
	const char *line = client->request->bytes;
	const char *start = (const char *)memchr(line, ' ',
						 client->request->len) + 1;
	const char *end = memchr(start, ' ',
				 client->request->len - (start - line));

	return (struct sf_text){ start, (u32)(end - start) };
}
