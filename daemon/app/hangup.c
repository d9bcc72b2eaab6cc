// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * hangup.c - a call of others is ended
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "hangup.h"

#include <stdlib.h>

#include "../util/container.h"
#include "dialog.h"
#include "hops.h"

/**
 * struct order - a call that a worker is to end
 * @letter: head
 * @ref: which call
 * @why: the counter that says why
 * @again: it was told before, and so were people
 * @aor_len: bytes of the user's name, which is the first text
 * @bye_len: and of each BYE, as follow
 */
struct order {
	struct sf_letter letter;
	struct sf_call_ref ref;
	enum sf_app_counter why;
	bool again;
	u32 aor_len;
	u32 bye_len[2];
	char text[];
};

static void tell(struct sf_worker *worker, const struct order *order,
		 const struct sf_message *bye)
{
	const char *why = sf_app_counter_name(order->why);

	worker->counters[order->why]++;
	sf_log(SF_LOG_NOTICE, "call-ended", "reason=%s user=%s call-id=%s", why,
	       sf_quoted(order->text, order->aor_len),
	       sf_quoted(bye->buf + bye->call_id.off, bye->call_id.len));
	if (sf_news_wanted(&worker->daemon->newsroom))
		sf_news_request(&worker->daemon->newsroom, SF_NEWS_CALL_ENDED,
				worker->number, bye, 0, why);
}

/* Who ends the call in the books is the callee: it costs as long as he is there. */
static void send(struct sf_worker *worker, const struct order *order, u32 side,
		 const char *text)
{
	static _Thread_local struct sf_plan plan;
	static _Thread_local struct sf_way way;
	static _Thread_local struct sf_msg msg;
	struct sf_packet packet = { .buf = text, .len = order->bye_len[side],
				    .msg = &msg };
	struct sf_message bye;

	if (!packet.len || sf_msg_parse(&msg, packet.buf, packet.len) ||
	    sf_message_read(&bye, &packet) ||
	    sf_way_read(&way, &worker->self, &bye) || !way.dialog)
		return;
	packet.flow = way.first;
	plan = (struct sf_plan){ .from.flow = way.first,
				.from_trunk = -1 };
	if (side == SF_CALLEE)
		plan.call = order->ref;
	if (side == SF_CALLEE && !order->again)
		tell(worker, order, &bye);
	if (!sf_hops_dialog(worker, &way, &plan))
		sf_fork_own(worker, &bye, &way, &plan);
}

static void open_order(struct sf_letter *letter, void *owner)
{
	struct order *order = container_of(letter, struct order, letter);
	struct sf_worker *worker = owner;
	const char *text = order->text + order->aor_len;

	if (!worker->loop.stop) {
		send(worker, order, SF_CALLER, text);
		send(worker, order, SF_CALLEE, text + order->bye_len[SF_CALLER]);
	}
	free(order);
}

static enum sf_app_counter counter_of(u8 why)
{
	return why == SF_CALLS_MINUTES ? SF_APP_ENDED_MINUTES :
					 SF_APP_ENDED_SILENT;
}

static bool over(void *owner, const struct sf_calls_over *over)
{
	const struct sf_text *bye = over->bye;
	struct sf_daemon *daemon = owner;
	struct order *order;
	struct sf_out out;

	if (!daemon->started)
		return false;
	out.max = over->aor.len + bye[SF_CALLER].len + bye[SF_CALLEE].len;
	order = malloc(sizeof(*order) + out.max);
	if (!order)
		return false;
	*order = (struct order){
		.letter = { .open = open_order, .size = out.max },
		.ref = over->ref,
		.why = counter_of(over->why),
		.again = over->again,
		.aor_len = over->aor.len,
		.bye_len = { bye[SF_CALLER].len, bye[SF_CALLEE].len },
	};
	out = sf_out(order->text, out.max);
	sf_put(&out, over->aor.s, over->aor.len);
	sf_put(&out, bye[SF_CALLER].s, bye[SF_CALLER].len);
	sf_put(&out, bye[SF_CALLEE].s, bye[SF_CALLEE].len);
	if (sf_mailbox_put(&daemon->worker[over->ref.serial %
					   daemon->started].mailbox,
			   &order->letter))
		return true;
	free(order);
	return false;
}

const struct sf_calls_ops sf_hangup_ops = { .over = over };

static u32 minutes(void *arg, struct sf_text aor)
{
	const struct sf_allowance *allowance = sf_conf_allowance(arg, aor);

	return allowance ? allowance->minutes : 0;
}

void sf_hangup_review(struct sf_calls *calls, const struct sf_conf *conf)
{
	sf_calls_review(calls, minutes, (void *)conf);
}
