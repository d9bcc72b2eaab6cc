// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * follow.c - what comes in and follows something: responses, ACK, CANCEL, and
 * requests within a dialog
 */
#include "script.h"

#include <stdlib.h>

static void copy(const struct wire *from, const char *name)
{
	static char value[4096];
	u32 i;

	for (i = 0; text_header(from->bytes, name, i, value, sizeof(value)); i++)
		text_printf(&say_made, "%s: %s\r\n", name, value);
}

static void copy_cseq(const struct wire *from, const char *method)
{
	char value[256];

	text_header(from->bytes, "CSeq", 0, value, sizeof(value));
	text_printf(&say_made, "CSeq: %d %s\r\n", atoi(value), method);
}

/* What CANCEL and the ACK of a refusal have of their INVITE. */
static void say_after(const struct statement *st, const char *method,
		      const char *about, const struct wire *to)
{
	const struct wire *request;
	struct place place;
	char value[1024];
	u32 at = 1;

	if (!script_place(st, &at, &place))
		return;
	request = script_last(&place, false, wire_is_request, about);
	if (!to)
		to = request;
	if (!request) {
		script_fail(st, "it has sent no %s", about);
		return;
	}
	text_clear(&say_made);
	text_printf(&say_made, "%s %s SIP/2.0\r\n", method,
		    text_word(request->bytes, 1, value, sizeof(value)));
	text_header(request->bytes, "Via", 0, value, sizeof(value));
	text_printf(&say_made, "Via: %s\r\nMax-Forwards: 70\r\n", value);
	copy(request, "Route");
	copy(request, "From");
	copy(to, "To");
	copy(request, "Call-ID");
	copy_cseq(request, method);
	say_finish(st, &place);
}

/* cancel PLACE: it does not want an answer to its INVITE any more. */
void say_cancel(const struct statement *st)
{
	say_after(st, "CANCEL", "INVITE", NULL);
}

/* ack PLACE: it got a response that is no 2xx. */
void say_ack(const struct statement *st)
{
	struct place place;
	u32 at = 1;

	if (!script_place(st, &at, &place))
		return;
	say_after(st, "ACK", "INVITE",
		  script_last(&place, true, wire_is_response, "INVITE"));
}

static bool begins_dialog(const struct wire *wire, const char *arg)
{
	char to[512], tag[128], method[64];

	(void)arg;
	if (text_status(wire->bytes))
		return false;
	text_method(wire->bytes, method, sizeof(method));
	text_header(wire->bytes, "To", 0, to, sizeof(to));
	return (!strcmp(method, "INVITE") || !strcmp(method, "SUBSCRIBE")) &&
	       !*text_param(to, "tag", tag, sizeof(tag));
}

/* Of the dialog that a request of this Call-ID began, the last answer. */
static bool answers(const struct wire *wire, const char *call)
{
	char id[256], to[512], tag[128], method[64];

	text_header(wire->bytes, "Call-ID", 0, id, sizeof(id));
	text_header(wire->bytes, "To", 0, to, sizeof(to));
	return text_status(wire->bytes) > 100 &&
	       text_status(wire->bytes) < 300 && !strcmp(id, call) &&
	       strcmp(text_method(wire->bytes, method, sizeof(method)), "CANCEL") &&
	       *text_param(to, "tag", tag, sizeof(tag));
}

static u32 cseq_of(const struct wire *wire)
{
	char value[256];

	text_header(wire->bytes, "CSeq", 0, value, sizeof(value));
	return (u32)atoi(value);
}

/* Record-Route as the caller has it in Route: the other way round. */
static void put_routes(const struct wire *from, bool turned)
{
	static char value[16][1024];
	u32 i, n = 0;

	while (n < 16 && text_header(from->bytes, "Record-Route", n, value[n],
				     sizeof(value[n])))
		n++;
	for (i = 0; i < n; i++) {
		char *line = value[turned ? n - 1 - i : i], *comma;

		comma = turned ? strstr(line, ", ") : NULL;
		if (comma)
			text_printf(&say_made, "Route: %s, %.*s\r\n", comma + 2,
				    (int)(comma - line), line);
		else
			text_printf(&say_made, "Route: %s\r\n", line);
	}
}

/* The one that made the dialog, and its way: what follows has none. */
static const struct wire *first_answer(const struct place *place,
				       const struct wire *request,
				       const char *call)
{
	const struct wire *wire, *found = NULL;

	for (wire = request; wire; wire = wire->next)
		if (wire->out && script_is_at(wire, place) &&
		    answers(wire, call) && cseq_of(wire) == cseq_of(request))
			found = wire;
	return found;
}

static void follow(const struct statement *st, const struct place *place,
		   const char *method, const char *uri, bool caller,
		   const struct wire *request, const struct wire *response)
{
	char value[1024], target[256], call[256];
	bool ack = !strcmp(method, "ACK");

	text_header(request->bytes, "Call-ID", 0, call, sizeof(call));
	text_header((caller ? response : request)->bytes, "Contact", 0, value,
		    sizeof(value));
	text_uri(value, target, sizeof(target));
	text_clear(&say_made);
	text_printf(&say_made, "%s %s SIP/2.0\r\n", method, uri ? uri : target);
	say_via(place);
	text_printf(&say_made, "Max-Forwards: 70\r\n");
	put_routes(caller ? first_answer(place, request, call) : request, caller);
	text_header(response->bytes, caller ? "From" : "To", 0, value,
		    sizeof(value));
	text_printf(&say_made, "From: %s\r\n", value);
	text_header(response->bytes, caller ? "To" : "From", 0, value,
		    sizeof(value));
	text_printf(&say_made, "To: %s\r\n", value);
	copy(request, "Call-ID");
	text_printf(&say_made, "CSeq: %u %s\r\n", ack ? cseq_of(response) : say_serial(),
		    method);
	if (say_has_contact(method))
		text_printf(&say_made, "Contact: <%s>\r\n", place->contact);
	say_finish(st, place);
}

/* What a dialog of a place is made of, from its side. */
struct dialog {
	bool caller;
	const struct wire *request;
	const struct wire *response;
};

static bool is_later(const struct wire *a, const struct wire *b)
{
	while (b && b != a)
		b = b->next;
	return b;
}

/* Among those that it began or, otherwise, that others began with it. */
static void find_dialog(struct dialog *dialog, const struct place *place,
			bool caller)
{
	const struct wire *wire, *response;
	char call[256];

	for (wire = wires.first; wire; wire = wire->next) {
		if (wire->out == caller || !script_is_at(wire, place) ||
		    !begins_dialog(wire, NULL))
			continue;
		text_header(wire->bytes, "Call-ID", 0, call, sizeof(call));
		response = script_last(place, caller, answers, call);
		if (!response || (dialog->request &&
				  !is_later(wire, dialog->request)))
			continue;
		dialog->caller = caller;
		dialog->request = wire;
		dialog->response = response;
	}
}

/* follow PLACE METHOD [URI]: a request within its last dialog. */
void say_follow(const struct statement *st)
{
	struct dialog dialog = { 0 };
	struct place place;
	u32 at = 1;

	if (!script_place(st, &at, &place) || at >= st->words)
		return;
	find_dialog(&dialog, &place, true);
	find_dialog(&dialog, &place, false);
	if (!dialog.request)
		script_fail(st, "it has no dialog");
	else
		follow(st, &place, st->word[at],
		       at + 1 < st->words ? st->word[at + 1] : NULL,
		       dialog.caller, dialog.request, dialog.response);
}

/* reply PLACE STATUS [METHOD]: it answers the last request that it got. */
void say_reply(const struct statement *st)
{
	const struct wire *request;
	struct place place;
	char value[1024], method[64], tag[128];
	u32 at = 1, status;

	if (!script_place(st, &at, &place) || at >= st->words)
		return;
	status = (u32)atoi(st->word[at]);
	request = script_last(&place, true, wire_is_request,
			      at + 1 < st->words ? st->word[at + 1] : NULL);
	if (!request) {
		script_fail(st, "it was asked nothing");
		return;
	}
	text_clear(&say_made);
	text_printf(&say_made, "SIP/2.0 %u Whatever\r\n", status);
	copy(request, "Via");
	if (status > 100 && status < 300)
		copy(request, "Record-Route");
	copy(request, "From");
	text_header(request->bytes, "To", 0, value, sizeof(value));
	if (*text_param(value, "tag", tag, sizeof(tag)) || status == 100)
		text_printf(&say_made, "To: %s\r\n", value);
	else
		text_printf(&say_made, "To: %s;tag=%s\r\n", value, place.name);
	copy(request, "Call-ID");
	copy(request, "CSeq");
	if (status > 100 && status < 300 &&
	    say_has_contact(text_method(request->bytes, method, sizeof(method))))
		text_printf(&say_made, "Contact: <%s>\r\n", place.contact);
	say_finish(st, &place);
}
