// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * json.c - objects as JSON
 */
#include <sys/socket.h>

#include <linux/sipfast.h>

#include "json.h"
#include "mem.h"
#include "text.h"

json_t *sf_json_object(void)
{
	return sf_mem_check(json_object());
}

void sf_json_set(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value))
		sf_mem_check(NULL);
}

json_t *sf_json_text(const char *text)
{
	char *safe = sf_mem_escape(text);
	json_t *json = sf_mem_check(json_string(safe));

	free(safe);
	return json;
}

void sf_json_print(struct sf_cli *cli, json_t *value, bool line)
{
	json_dumpf(value, cli->out, line ? 0 : JSON_INDENT(2));
	fputc('\n', cli->out);
	json_decref(value);
}

/* JSON's integers end at 2^63 - 1 here; no counter comes that far. */
static void set_number(json_t *object, const char *key, uint64_t value)
{
	if (value > INT64_MAX)
		value = INT64_MAX;
	sf_json_set(object, key, json_integer(value));
}

static void set_endpoint(json_t *object, const char *key,
			 const struct sf_endpoint *endpoint)
{
	char buf[SF_ENDPOINT_LEN];

	if (endpoint->family != AF_UNSPEC)
		sf_json_set(object, key,
			    json_string(sf_endpoint_text(endpoint, buf)));
}

static void set_text(json_t *object, const char *key, const char *text)
{
	if (text)
		sf_json_set(object, key, sf_json_text(text));
}

/* The same for a field that is there only if its attribute was. */
#define NUMBER(object, key, info, attr, field) \
	do { \
		if (sf_has(info, attr)) \
			set_number(object, key, (info)->field); \
	} while (0)

#define NAME(object, key, info, attr, field, name) \
	do { \
		char buf[SF_TEXT_LEN]; \
		if (sf_has(info, attr)) \
			set_text(object, key, name((info)->field, buf)); \
	} while (0)

json_t *sf_json_config(const struct sf_config_info *config)
{
	json_t *o = sf_json_object();

	NUMBER(o, "media_port_min", config, SIPFAST_A_CONFIG_MEDIA_PORT_MIN,
	       media_port_min);
	NUMBER(o, "media_port_max", config, SIPFAST_A_CONFIG_MEDIA_PORT_MAX,
	       media_port_max);
	NAME(o, "media_source", config, SIPFAST_A_CONFIG_MEDIA_SOURCE,
	     media_source, sf_text_media_source);
	NAME(o, "registration_source", config,
	     SIPFAST_A_CONFIG_REGISTRATION_SOURCE, registration_source,
	     sf_text_registration_source);
	NUMBER(o, "call_limit", config, SIPFAST_A_CONFIG_CALL_LIMIT,
	       call_limit);
	NUMBER(o, "registration_limit", config,
	       SIPFAST_A_CONFIG_REGISTRATION_LIMIT, registration_limit);
	NUMBER(o, "pinhole_limit", config, SIPFAST_A_CONFIG_PINHOLE_LIMIT,
	       pinhole_limit);
	NUMBER(o, "call_timeout_s", config, SIPFAST_A_CONFIG_CALL_TIMEOUT,
	       call_timeout);
	NUMBER(o, "setup_timeout_s", config, SIPFAST_A_CONFIG_SETUP_TIMEOUT,
	       setup_timeout);
	return o;
}

json_t *sf_json_call(const struct sf_call_info *call)
{
	json_t *o = sf_json_object();

	NUMBER(o, "id", call, SIPFAST_A_CALL_ID, id);
	set_text(o, "call_id", call->call_id);
	set_text(o, "from", call->from);
	set_text(o, "to", call->to);
	NAME(o, "state", call, SIPFAST_A_CALL_STATE, state,
	     sf_text_call_state);
	NAME(o, "end", call, SIPFAST_A_CALL_END, end, sf_text_call_end);
	NUMBER(o, "status", call, SIPFAST_A_CALL_STATUS, status);
	set_endpoint(o, "caller", &call->caller);
	set_endpoint(o, "callee", &call->callee);
	set_endpoint(o, "caller_mapped", &call->caller_mapped);
	set_endpoint(o, "callee_mapped", &call->callee_mapped);
	NUMBER(o, "zone", call, SIPFAST_A_CALL_ZONE, zone);
	NUMBER(o, "age_ms", call, SIPFAST_A_CALL_AGE, age);
	NUMBER(o, "duration_ms", call, SIPFAST_A_CALL_DURATION, duration);
	NUMBER(o, "dialogs", call, SIPFAST_A_CALL_DIALOGS, dialogs);
	return o;
}

static json_t *json_direction(const struct sf_direction_info *direction)
{
	json_t *o = sf_json_object();

	set_endpoint(o, "source", &direction->source);
	set_endpoint(o, "target", &direction->target);
	set_endpoint(o, "source_mapped", &direction->source_mapped);
	set_endpoint(o, "target_inside", &direction->target_inside);
	NUMBER(o, "packets", direction, SIPFAST_A_DIRECTION_PACKETS, packets);
	NUMBER(o, "bytes", direction, SIPFAST_A_DIRECTION_BYTES, bytes);
	NUMBER(o, "first_packet_ms", direction, SIPFAST_A_DIRECTION_FIRST,
	       first);
	NUMBER(o, "last_packet_ms", direction, SIPFAST_A_DIRECTION_LAST, last);
	return o;
}

json_t *sf_json_stream(const struct sf_stream_info *stream)
{
	json_t *o = sf_json_object();

	NUMBER(o, "id", stream, SIPFAST_A_STREAM_ID, id);
	NUMBER(o, "call", stream, SIPFAST_A_STREAM_CALL, call);
	NUMBER(o, "media", stream, SIPFAST_A_STREAM_MEDIA, media);
	set_text(o, "type", stream->type);
	NAME(o, "kind", stream, SIPFAST_A_STREAM_KIND, kind,
	     sf_text_stream_kind);
	NUMBER(o, "age_ms", stream, SIPFAST_A_STREAM_AGE, age);
	if (sf_has(stream, SIPFAST_A_STREAM_FORWARD))
		sf_json_set(o, "forward", json_direction(&stream->forward));
	if (sf_has(stream, SIPFAST_A_STREAM_REVERSE))
		sf_json_set(o, "reverse", json_direction(&stream->reverse));
	return o;
}

json_t *sf_json_registration(const struct sf_registration_info *registration)
{
	json_t *o = sf_json_object();

	NUMBER(o, "id", registration, SIPFAST_A_REGISTRATION_ID, id);
	set_text(o, "aor", registration->aor);
	set_endpoint(o, "contact", &registration->contact);
	set_endpoint(o, "mapped", &registration->mapped);
	set_endpoint(o, "registrar", &registration->registrar);
	NUMBER(o, "zone", registration, SIPFAST_A_REGISTRATION_ZONE, zone);
	NUMBER(o, "expires_s", registration, SIPFAST_A_REGISTRATION_EXPIRES,
	       expires);
	return o;
}

json_t *sf_json_table(const struct sf_table_info *table)
{
	json_t *o = sf_json_object();

	set_text(o, "name", table->name);
	NUMBER(o, "used", table, SIPFAST_A_TABLE_USED, used);
	NUMBER(o, "limit", table, SIPFAST_A_TABLE_LIMIT, limit);
	return o;
}

json_t *sf_json_counter(const struct sf_counter_info *counter)
{
	json_t *o = sf_json_object();

	set_text(o, "name", counter->name);
	NUMBER(o, "value", counter, SIPFAST_A_COUNTER_VALUE, value);
	set_text(o, "text", counter->text);
	return o;
}

static void append(json_t *list, json_t *value)
{
	if (json_array_append_new(list, value))
		sf_mem_check(NULL);
}

json_t *sf_json_calls(const struct sf_snapshot *snapshot)
{
	json_t *list = sf_mem_check(json_array());
	size_t i;

	for (i = 0; i < snapshot->ncalls; i++)
		append(list, sf_json_call(&snapshot->calls[i]));
	return list;
}

json_t *sf_json_streams(const struct sf_snapshot *snapshot)
{
	json_t *list = sf_mem_check(json_array());
	size_t i;

	for (i = 0; i < snapshot->nstreams; i++)
		append(list, sf_json_stream(&snapshot->streams[i]));
	return list;
}

json_t *sf_json_registrations(const struct sf_snapshot *snapshot)
{
	json_t *list = sf_mem_check(json_array());
	size_t i;

	for (i = 0; i < snapshot->nregistrations; i++)
		append(list, sf_json_registration(&snapshot->registrations[i]));
	return list;
}
