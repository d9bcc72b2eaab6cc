// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * event.c - one notification, as a line or as a JSON object
 */
#include <string.h>

#include <linux/sipfast.h>

#include "event.h"
#include "json.h"
#include "text.h"

static const struct {
	uint8_t cmd;
	const char *name;
} events[] = {
	{ SIPFAST_CMD_CALL_NEW_NTF, "call-new" },
	{ SIPFAST_CMD_CALL_CHANGE_NTF, "call-change" },
	{ SIPFAST_CMD_CALL_END_NTF, "call-end" },
	{ SIPFAST_CMD_STREAM_NEW_NTF, "stream-new" },
	{ SIPFAST_CMD_STREAM_CHANGE_NTF, "stream-change" },
	{ SIPFAST_CMD_STREAM_END_NTF, "stream-end" },
	{ SIPFAST_CMD_REGISTRATION_NEW_NTF, "registration-new" },
	{ SIPFAST_CMD_REGISTRATION_END_NTF, "registration-end" },
};

static const char *event_name(uint8_t cmd, char *buf)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(events); i++)
		if (events[i].cmd == cmd)
			return events[i].name;
	snprintf(buf, SF_TEXT_LEN, "%u", cmd);
	return buf;
}

void sf_event_time(struct sf_cli *cli, const struct timespec *when)
{
	char clock[16] = "";
	struct tm tm;

	if (localtime_r(&when->tv_sec, &tm))
		strftime(clock, sizeof(clock), "%T", &tm);
	fprintf(cli->out, "%s%s.%03ld%s ", sf_color(cli, SF_COLOR_DIM), clock,
		when->tv_nsec / 1000000, sf_color(cli, SF_COLOR_OFF));
}

static void put_time(struct sf_cli *cli)
{
	struct timespec now = { 0 };

	cli->clock(&now);
	sf_event_time(cli, &now);
}

json_t *sf_event_json_time(const struct timespec *when)
{
	char date[24] = "", zone[8] = "", text[48];
	struct tm tm;

	if (localtime_r(&when->tv_sec, &tm)) {
		strftime(date, sizeof(date), "%FT%T", &tm);
		strftime(zone, sizeof(zone), "%z", &tm);
	}
	snprintf(text, sizeof(text), "%s.%03ld%.3s:%s", date,
		 when->tv_nsec / 1000000, zone,
		 strlen(zone) > 3 ? zone + 3 : "");
	return json_string(text);
}

static json_t *json_time(struct sf_cli *cli)
{
	struct timespec now = { 0 };

	cli->clock(&now);
	return sf_event_json_time(&now);
}

static void put_pair(struct sf_cli *cli, const struct sf_endpoint *endpoint,
		     const struct sf_endpoint *mapped)
{
	char pair[SF_PAIR_LEN];

	fputs(sf_text_pair(endpoint, mapped, pair), cli->out);
}

static void put_call_new(struct sf_cli *cli, const struct sf_call_info *call)
{
	fputs("new  ", cli->out);
	sf_put_text(cli->out, call->from);
	fprintf(cli->out, " %s ", sf_arrow(cli));
	sf_put_text(cli->out, call->to);
	fputs("  ", cli->out);
	put_pair(cli, &call->caller, &call->caller_mapped);
	fprintf(cli->out, " %s ", sf_arrow(cli));
	put_pair(cli, &call->callee, &call->callee_mapped);
}

static bool same_parties(const struct sf_call_info *a,
			 const struct sf_call_info *b)
{
	return sf_endpoint_same(&a->caller, &b->caller) &&
	       sf_endpoint_same(&a->callee, &b->callee) &&
	       sf_endpoint_same(&a->caller_mapped, &b->caller_mapped) &&
	       sf_endpoint_same(&a->callee_mapped, &b->callee_mapped);
}

static void put_call_state(struct sf_cli *cli, const struct sf_call_info *call)
{
	char text[SF_TEXT_LEN];

	fprintf(cli->out, "%s%s%s", sf_color(cli, call->state ==
		SIPFAST_CALL_UP ? SF_COLOR_GOOD : SF_COLOR_WARN),
		sf_text_call_state(call->state, text),
		sf_color(cli, SF_COLOR_OFF));
	if (call->state == SIPFAST_CALL_UP && call->age > call->duration)
		fprintf(cli->out, " after %s",
			sf_text_seconds(call->age - call->duration, text));
}

static void put_call_change(struct sf_cli *cli,
			    const struct sf_call_info *call,
			    const struct sf_call_info *before)
{
	if (!before || before->state != call->state) {
		put_call_state(cli, call);
	} else if (!same_parties(call, before)) {
		fputs("now  ", cli->out);
		put_pair(cli, &call->caller, &call->caller_mapped);
		fprintf(cli->out, " %s ", sf_arrow(cli));
		put_pair(cli, &call->callee, &call->callee_mapped);
	} else if (before->dialogs != call->dialogs) {
		sf_put_count(cli->out, call->dialogs, "dialog");
	} else if (before->status != call->status) {
		fprintf(cli->out, "status %u", call->status);
	} else {
		fputs("changed", cli->out);
	}
}

static void put_call_end(struct sf_cli *cli, const struct sf_call_info *call)
{
	bool answered = sf_has(call, SIPFAST_A_CALL_DURATION);
	char text[SF_TEXT_LEN];

	fprintf(cli->out, "%sended:%s %s", sf_color(cli, SF_COLOR_LABEL),
		sf_color(cli, SF_COLOR_OFF), sf_text_call_end(call->end, text));
	if (!answered && call->status >= 300)
		fprintf(cli->out, " with %u", call->status);
	fprintf(cli->out, " after %s",
		sf_text_clock(answered ? call->duration : call->age, text));
	if (!answered && call->end != SIPFAST_END_REJECTED)
		fputs(" without an answer", cli->out);
}

static void put_call(struct sf_cli *cli, const struct sf_info *info,
		     const struct sf_seen *before)
{
	fprintf(cli->out, "%scall %u%s ", sf_color(cli, SF_COLOR_HEAD),
		info->call.id, sf_color(cli, SF_COLOR_OFF));
	if (info->cmd == SIPFAST_CMD_CALL_NEW_NTF)
		put_call_new(cli, &info->call);
	else if (info->cmd == SIPFAST_CMD_CALL_END_NTF)
		put_call_end(cli, &info->call);
	else
		put_call_change(cli, &info->call,
				before ? &before->call : NULL);
}

static void put_registration(struct sf_cli *cli, const struct sf_info *info)
{
	const struct sf_registration_info *r = &info->registration;
	char registrar[SF_ENDPOINT_LEN], left[SF_TEXT_LEN];
	bool end = info->cmd == SIPFAST_CMD_REGISTRATION_END_NTF;

	fprintf(cli->out, "%sregistration %u%s %s  ",
		sf_color(cli, SF_COLOR_HEAD), r->id,
		sf_color(cli, SF_COLOR_OFF), end ? "ended" : "new");
	sf_put_text(cli->out, r->aor);
	fputs("  ", cli->out);
	put_pair(cli, &r->contact, &r->mapped);
	fprintf(cli->out, " %s %s", sf_arrow(cli),
		sf_endpoint_text(&r->registrar, registrar));
	if (!end)
		fprintf(cli->out, "  for %s",
			sf_text_clock(r->expires * 1000ULL, left));
}

static void print_line(struct sf_cli *cli, const struct sf_info *info,
		       const struct sf_seen *before)
{
	char name[SF_TEXT_LEN];

	put_time(cli);
	if (info->kind == SIPFAST_A_CALL)
		put_call(cli, info, before);
	else if (info->kind == SIPFAST_A_STREAM)
		sf_event_stream(cli, info, before ? &before->stream : NULL);
	else if (info->kind == SIPFAST_A_REGISTRATION)
		put_registration(cli, info);
	else
		fprintf(cli->out, "event %s", event_name(info->cmd, name));
	fputc('\n', cli->out);
}

static void print_json(struct sf_cli *cli, const struct sf_info *info)
{
	json_t *o = sf_json_object();
	char name[SF_TEXT_LEN];

	sf_json_set(o, "time", json_time(cli));
	sf_json_set(o, "event", json_string(event_name(info->cmd, name)));
	if (info->kind == SIPFAST_A_CALL)
		sf_json_set(o, "call", sf_json_call(&info->call));
	else if (info->kind == SIPFAST_A_STREAM)
		sf_json_set(o, "stream", sf_json_stream(&info->stream));
	else if (info->kind == SIPFAST_A_REGISTRATION)
		sf_json_set(o, "registration",
			    sf_json_registration(&info->registration));
	sf_json_print(cli, o, true);
}

void sf_event_print(struct sf_cli *cli, const struct sf_info *info,
		    const struct sf_seen *before)
{
	if (cli->json)
		print_json(cli, info);
	else
		print_line(cli, info, before);
	fflush(cli->out);
}

/* Something that belongs to no object. */
static void put_notice(struct sf_cli *cli, const char *event, const char *text)
{
	json_t *o;

	if (cli->json) {
		o = sf_json_object();
		sf_json_set(o, "time", json_time(cli));
		sf_json_set(o, "event", json_string(event));
		sf_json_print(cli, o, true);
	} else {
		put_time(cli);
		fprintf(cli->out, "%s%s%s\n", sf_color(cli, SF_COLOR_WARN),
			text, sf_color(cli, SF_COLOR_OFF));
	}
	fflush(cli->out);
}

void sf_event_lost(struct sf_cli *cli)
{
	put_notice(cli, "lost", "events were lost: they came too fast");
}

void sf_event_served_gone(struct sf_cli *cli)
{
	put_notice(cli, "daemon-gone", "sipfastd went away");
}

void sf_event_served_back(struct sf_cli *cli)
{
	put_notice(cli, "daemon-back", "sipfastd is back");
}
