// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * view_call.c - calls and registrations, as blocks and as tables
 */
#include <stdio.h>
#include <sys/socket.h>

#include <linux/sipfast.h>

#include "../util/escape.h"
#include "table.h"
#include "text.h"
#include "views.h"

#define WIDTH	10	/* of the labels of a block */
#define SUMMARY	64	/* of the media of a call */

static enum sf_color state_color(uint8_t state)
{
	return state == SIPFAST_CALL_UP ? SF_COLOR_GOOD : SF_COLOR_WARN;
}

static void put_state(struct sf_cli *cli, const struct sf_call_info *call)
{
	bool answered = sf_has(call, SIPFAST_A_CALL_DURATION);
	char state[SF_TEXT_LEN], since[SF_TEXT_LEN];

	sf_put_label(cli, 2, WIDTH, "state");
	fprintf(cli->out, "%s%s%s", sf_color(cli, state_color(call->state)),
		sf_text_call_state(call->state, state),
		sf_color(cli, SF_COLOR_OFF));
	if (!answered && sf_has(call, SIPFAST_A_CALL_STATUS))
		fprintf(cli->out, " (%u)", call->status);
	fprintf(cli->out, ", %s since %s",
		sf_text_clock(answered ? call->duration : call->age, since),
		answered ? "the answer" : "the INVITE");
	if (call->dialogs > 1)
		fprintf(cli->out, ", %u dialogs", call->dialogs);
	fputc('\n', cli->out);
}

static void put_endpoint(struct sf_cli *cli, const char *label,
			 const struct sf_endpoint *endpoint,
			 const struct sf_endpoint *mapped)
{
	char pair[SF_PAIR_LEN];

	sf_put_label(cli, 2, WIDTH, label);
	fprintf(cli->out, "%s\n", sf_text_pair(endpoint, mapped, pair));
}

static void put_zone(struct sf_cli *cli, uint16_t zone)
{
	if (!zone)
		return;
	sf_put_label(cli, 2, WIDTH, "zone");
	fprintf(cli->out, "%u\n", zone);
}

/* Its signalling is encrypted: nobody here has seen a message of it. */
static void put_opened(struct sf_cli *cli, const struct sf_call_info *call)
{
	if (!sf_has(call, SIPFAST_A_CALL_COOKIE))
		return;
	sf_put_label(cli, 2, WIDTH, "opened");
	fputs("by the daemon\n", cli->out);
}

void sf_view_call(struct sf_cli *cli, const struct sf_call_info *call)
{
	fprintf(cli->out, "%scall %u:%s ", sf_color(cli, SF_COLOR_HEAD),
		call->id, sf_color(cli, SF_COLOR_OFF));
	sf_put_text(cli->out, call->from);
	fprintf(cli->out, " %s ", sf_arrow(cli));
	sf_put_text(cli->out, call->to);
	fputc('\n', cli->out);
	put_state(cli, call);
	put_endpoint(cli, "caller", &call->caller, &call->caller_mapped);
	put_endpoint(cli, "callee", &call->callee, &call->callee_mapped);
	put_zone(cli, call->zone);
	sf_put_label(cli, 2, WIDTH, "call-id");
	sf_put_text(cli->out, call->call_id);
	fputc('\n', cli->out);
	put_opened(cli, call);
}

void sf_view_leg(struct sf_cli *cli, const struct sf_call_info *whole)
{
	if (!whole)
		return;
	sf_put_label(cli, 2, WIDTH, "leg of");
	fprintf(cli->out, "call %u\n", whole->id);
}

void sf_view_registration(struct sf_cli *cli,
			  const struct sf_registration_info *registration)
{
	static const struct sf_endpoint none;
	char left[SF_TEXT_LEN];

	fprintf(cli->out, "%sregistration %u:%s ",
		sf_color(cli, SF_COLOR_HEAD), registration->id,
		sf_color(cli, SF_COLOR_OFF));
	sf_put_text(cli->out, registration->aor);
	fputc('\n', cli->out);
	put_endpoint(cli, "contact", &registration->contact,
		     &registration->mapped);
	put_endpoint(cli, "registrar", &registration->registrar, &none);
	put_zone(cli, registration->zone);
	sf_put_label(cli, 2, WIDTH, "expires");
	fprintf(cli->out, "in %s\n",
		sf_text_clock(registration->expires * 1000ULL, left));
}

/* Which ways a stream carries packets, as seen from the caller. */
static const char *ways(const struct sf_stream_info *stream)
{
	static const char *const names[] = { "-", "->", "<-", "<->" };

	return names[!!stream->forward.packets +
		     2 * !!stream->reverse.packets];
}

/* "audio <->, video ->": the media of a call, without RTCP; or "leg of 2". */
static void add_media(struct sf_table *table, const struct sf_snapshot *s,
		      const struct sf_call_info *call)
{
	const struct sf_call_info *whole = sf_snapshot_whole(s, call);
	char media[SUMMARY] = "", type[16];
	const struct sf_stream_info *stream;
	size_t i, n = 0;

	if (whole)
		n = snprintf(media, sizeof(media), "leg of %u", whole->id);

	for (i = 0; i < s->nstreams && n < sizeof(media); i++) {
		stream = &s->streams[i];
		if (stream->call != call->id || stream->kind == SIPFAST_STREAM_RTCP)
			continue;
		n += snprintf(media + n, sizeof(media) - n, "%s%s %s",
			      n ? ", " : "",
			      sf_escape(type, sizeof(type), stream->type),
			      ways(stream));
	}
	sf_table_text(table, media);
}

static void add_call_row(struct sf_table *table, const struct sf_snapshot *s,
			 const struct sf_call_info *call)
{
	bool answered = sf_has(call, SIPFAST_A_CALL_DURATION);
	char text[SF_TEXT_LEN], pair[SF_PAIR_LEN];

	sf_table_add(table, "%u", call->id);
	sf_table_add(table, "%s", sf_text_call_state(call->state, text));
	sf_table_add(table, "%s", sf_text_clock(answered ? call->duration :
						call->age, text));
	sf_table_text(table, call->from);
	sf_table_text(table, call->to);
	add_media(table, s, call);
	sf_table_add(table, "%s", sf_text_pair(&call->caller,
					       &call->caller_mapped, pair));
	sf_table_add(table, "%s", sf_text_pair(&call->callee,
					       &call->callee_mapped, pair));
}

void sf_view_calls(struct sf_cli *cli, const struct sf_snapshot *snapshot)
{
	static const struct sf_column columns[] = {
		{ "CALL", true, SF_FIT_KEEP }, { "STATE", false, SF_FIT_KEEP },
		{ "SINCE", true, SF_FIT_KEEP },
		{ "FROM", false, SF_FIT_CUT }, { "TO", false, SF_FIT_CUT },
		{ "MEDIA", false, SF_FIT_CUT },
		{ "CALLER", false, SF_FIT_DROP },
		{ "CALLEE", false, SF_FIT_DROP },
	};
	struct sf_table table = SF_TABLE(columns);
	size_t i;

	for (i = 0; i < snapshot->ncalls; i++)
		add_call_row(&table, snapshot, &snapshot->calls[i]);
	sf_table_print(&table, cli);
}

static void add_registration_row(struct sf_table *table,
				 const struct sf_registration_info *r)
{
	char text[SF_TEXT_LEN], pair[SF_PAIR_LEN], addr[SF_ENDPOINT_LEN];

	sf_table_add(table, "%u", r->id);
	sf_table_text(table, r->aor);
	sf_table_add(table, "%s", sf_text_pair(&r->contact, &r->mapped, pair));
	sf_table_add(table, "%s", sf_endpoint_text(&r->registrar, addr));
	sf_table_add(table, "%s", sf_text_clock(r->expires * 1000ULL, text));
}

void sf_view_registrations(struct sf_cli *cli,
			   const struct sf_snapshot *snapshot)
{
	static const struct sf_column columns[] = {
		{ "REG", true, SF_FIT_KEEP }, { "AOR", false, SF_FIT_CUT },
		{ "CONTACT", false, SF_FIT_KEEP },
		{ "REGISTRAR", false, SF_FIT_DROP },
		{ "EXPIRES", true, SF_FIT_KEEP },
	};
	struct sf_table table = SF_TABLE(columns);
	size_t i;

	for (i = 0; i < snapshot->nregistrations; i++)
		add_registration_row(&table, &snapshot->registrations[i]);
	sf_table_print(&table, cli);
}
