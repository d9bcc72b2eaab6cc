// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sighting_json.c - a message that sipfastd saw, as JSON
 */
#include <sipfast/addr.h>

#include "../util/escape.h"
#include "event.h"
#include "json.h"
#include "lines.h"
#include "mem.h"
#include "sighting.h"

static json_t *text_of(const char *bytes, size_t len)
{
	char *safe = sf_mem_check(sf_escape_bytes(bytes, len));
	json_t *text = sf_mem_check(json_string(safe));

	free(safe);
	return text;
}

static void set_span(json_t *o, const char *key,
		     const struct sf_sighting *sighting, struct sf_span s)
{
	if (s.len)
		sf_json_set(o, key, text_of(sighting->bytes + s.off, s.len));
}

static void set_uri(json_t *o, const char *key,
		    const struct sf_sighting *sighting, enum sf_hdr_id id)
{
	const struct sf_hdr *hdr = sf_msg_hdr(&sighting->msg, id);
	struct sf_addr addr;

	if (hdr && !sf_addr_parse(sighting->bytes, hdr->value, &addr))
		set_span(o, key, sighting, addr.uri);
}

static void set_header(json_t *o, const char *key,
		       const struct sf_sighting *sighting, enum sf_hdr_id id)
{
	const struct sf_hdr *hdr = sf_msg_hdr(&sighting->msg, id);

	if (hdr)
		set_span(o, key, sighting, hdr->value);
}

static void set_start(json_t *o, const struct sf_sighting *sighting)
{
	const struct sf_msg *msg = &sighting->msg;

	if (sighting->reason)
		sf_json_set(o, "unreadable",
			    json_string(sf_reason_name(sighting->reason)));
	if (msg->is_request) {
		set_span(o, "method", sighting, msg->method_name);
		set_span(o, "uri", sighting, msg->ruri);
	} else if (msg->status) {
		sf_json_set(o, "status", json_integer(msg->status));
		set_span(o, "phrase", sighting, msg->phrase);
	}
}

static void set_lines(json_t *o, const struct sf_sighting *sighting)
{
	struct sf_bytes bytes = { sighting->bytes, sighting->len };
	struct sf_lines lines = sf_lines_split(bytes, false);
	json_t *list = sf_mem_check(json_array());
	size_t i;

	for (i = 0; i < lines.n; i++)
		sf_json_append(list, text_of(lines.line[i].data,
					     lines.line[i].len));
	sf_json_set(o, "text", list);
	free(lines.line);
}

static void set_way(json_t *o, const struct sf_sighting *sighting)
{
	sf_json_set(o, "number", json_integer((json_int_t)sighting->number));
	sf_json_set(o, "since_us",
		    json_integer((json_int_t)(sighting->since_ns / 1000)));
	sf_json_set(o, "delta_us",
		    json_integer((json_int_t)(sighting->delta_ns / 1000)));
	sf_json_set(o, "sent", json_boolean(sighting->sent));
	sf_json_set(o, "transport", json_string(sighting->transport));
	sf_json_endpoint(o, "source", sighting->sent ? &sighting->local :
						       &sighting->remote);
	sf_json_endpoint(o, "target", sighting->sent ? &sighting->remote :
						       &sighting->local);
	sf_json_set(o, "worker", json_integer(sighting->worker));
	if (sighting->connection)
		sf_json_set(o, "connection",
			    json_integer((json_int_t)sighting->connection));
	sf_json_set(o, "again", json_boolean(sighting->again));
	if (*sighting->error)
		sf_json_set(o, "error", json_string(sighting->error));
}

json_t *sf_sighting_json(const struct sf_sighting *sighting)
{
	json_t *o = sf_json_object(), *message = sf_json_object();
	struct timespec when = sf_sighting_time(sighting);

	sf_json_set(o, "time", sf_event_json_time(&when));
	sf_json_set(o, "event", json_string("message"));
	set_way(message, sighting);
	set_start(message, sighting);
	set_uri(message, "from", sighting, SF_HDR_FROM);
	set_uri(message, "to", sighting, SF_HDR_TO);
	set_header(message, "call_id", sighting, SF_HDR_CALL_ID);
	set_header(message, "cseq", sighting, SF_HDR_CSEQ);
	sf_json_set(message, "length", json_integer(sighting->len));
	set_lines(message, sighting);
	sf_json_set(o, "message", message);
	return o;
}
