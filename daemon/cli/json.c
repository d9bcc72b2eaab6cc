// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * json.c - objects as JSON
 */
#include <inttypes.h>
#include <stdio.h>
#include <math.h>
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

void sf_json_append(json_t *list, json_t *value)
{
	if (json_array_append_new(list, value))
		sf_mem_check(NULL);
}

json_t *sf_json_text(const char *text)
{
	char *safe = sf_mem_escape(text);
	json_t *json = sf_mem_check(json_string(safe));

	free(safe);
	return json;
}

/* No number of ours has more digits than these. */
void sf_json_print(struct sf_cli *cli, json_t *value, bool line)
{
	json_dumpf(value, cli->out, JSON_REAL_PRECISION(9) |
		   (line ? 0 : JSON_INDENT(2)));
	fputc('\n', cli->out);
	json_decref(value);
}

void sf_json_endpoint(json_t *object, const char *key,
		      const struct sf_endpoint *endpoint)
{
	char buf[SF_ENDPOINT_LEN];

	if (endpoint->family != AF_UNSPEC)
		sf_json_set(object, key,
			    json_string(sf_endpoint_text(endpoint, buf)));
}

void sf_json_string(json_t *object, const char *key, const char *text)
{
	if (text)
		sf_json_set(object, key, sf_json_text(text));
}

/* JSON's integers end at 2^63 - 1 here; no counter comes that far. */
void sf_json_number(json_t *object, const char *key, bool there, uint64_t value)
{
	if (value > INT64_MAX)
		value = INT64_MAX;
	if (there)
		sf_json_set(object, key, json_integer(value));
}

void sf_json_bool(json_t *object, const char *key, bool there, bool value)
{
	if (there)
		sf_json_set(object, key, json_boolean(value));
}

/* Three digits: no more are meant. */
void sf_json_real(json_t *object, const char *key, bool there, double value)
{
	if (there)
		sf_json_set(object, key, json_real(round(value * 1000) / 1000));
}

void sf_json_name(json_t *object, const char *key, bool there,
		  const char *(*text)(unsigned int, char *), unsigned int value)
{
	char buf[SF_TEXT_LEN];

	if (there)
		sf_json_string(object, key, text(value, buf));
}

static void prefixes(json_t *object, const char *key, bool there,
		     const struct sf_prefixes *list)
{
	json_t *array = json_array();
	char buf[SF_PREFIX_LEN];
	int i;

	if (!there) {
		json_decref(array);
		return;
	}
	for (i = 0; i < list->count; i++)
		json_array_append_new(array,
				      json_string(sf_prefix_text(&list->item[i],
								 buf)));
	sf_json_set(object, key, array);
}

/* A DSCP is its number; there is none where packets keep theirs. */
static void dscp(json_t *object, const char *key, bool there, uint8_t value)
{
	if (there && value == SIPFAST_DSCP_KEEP)
		sf_json_set(object, key, json_null());
	else
		sf_json_number(object, key, there, value);
}

static void config_media(json_t *o, const struct sf_config_info *config)
{
	sf_json_bool(o, "fastpath", sf_has(config, SIPFAST_A_CONFIG_FASTPATH),
		     config->fastpath);
	dscp(o, "audio_dscp", sf_has(config, SIPFAST_A_CONFIG_AUDIO_DSCP),
	     config->audio_dscp);
	dscp(o, "video_dscp", sf_has(config, SIPFAST_A_CONFIG_VIDEO_DSCP),
	     config->video_dscp);
	sf_json_real(o, "loss_alarm_percent",
		     sf_has(config, SIPFAST_A_CONFIG_LOSS_ALARM),
		     config->loss_alarm / 10.0);
	sf_json_number(o, "jitter_alarm_ms",
		       sf_has(config, SIPFAST_A_CONFIG_JITTER_ALARM),
		       config->jitter_alarm);
	sf_json_number(o, "mark_mask", sf_has(config, SIPFAST_A_CONFIG_MARK_MASK),
		       config->mark_mask);
}

json_t *sf_json_config(const struct sf_config_info *config)
{
	json_t *o = sf_json_object();

	sf_json_number(o, "media_port_min",
		       sf_has(config, SIPFAST_A_CONFIG_MEDIA_PORT_MIN),
		       config->media_port_min);
	sf_json_number(o, "media_port_max",
		       sf_has(config, SIPFAST_A_CONFIG_MEDIA_PORT_MAX),
		       config->media_port_max);
	sf_json_name(o, "media_source",
		     sf_has(config, SIPFAST_A_CONFIG_MEDIA_SOURCE),
		     sf_text_media_source, config->media_source);
	sf_json_name(o, "registration_source",
		     sf_has(config, SIPFAST_A_CONFIG_REGISTRATION_SOURCE),
		     sf_text_registration_source, config->registration_source);
	prefixes(o, "media_hosts",
		 sf_has(config, SIPFAST_A_CONFIG_MEDIA_HOSTS),
		 &config->media_hosts);
	prefixes(o, "registration_hosts",
		 sf_has(config, SIPFAST_A_CONFIG_REGISTRATION_HOSTS),
		 &config->registration_hosts);
	sf_json_bool(o, "hairpin", sf_has(config, SIPFAST_A_CONFIG_HAIRPIN),
		     config->hairpin);
	sf_json_number(o, "call_limit",
		       sf_has(config, SIPFAST_A_CONFIG_CALL_LIMIT),
		       config->call_limit);
	sf_json_number(o, "registration_limit",
		       sf_has(config, SIPFAST_A_CONFIG_REGISTRATION_LIMIT),
		       config->registration_limit);
	sf_json_number(o, "pinhole_limit",
		       sf_has(config, SIPFAST_A_CONFIG_PINHOLE_LIMIT),
		       config->pinhole_limit);
	sf_json_number(o, "call_timeout_s",
		       sf_has(config, SIPFAST_A_CONFIG_CALL_TIMEOUT),
		       config->call_timeout);
	sf_json_number(o, "setup_timeout_s",
		       sf_has(config, SIPFAST_A_CONFIG_SETUP_TIMEOUT),
		       config->setup_timeout);
	sf_json_number(o, "media_timeout_s",
		       sf_has(config, SIPFAST_A_CONFIG_MEDIA_TIMEOUT),
		       config->media_timeout);
	sf_json_name(o, "tcp", sf_has(config, SIPFAST_A_CONFIG_TCP),
		     sf_text_tcp, config->tcp);
	config_media(o, config);
	return o;
}

/* All 64 bits count, which numbers of JSON do not carry. */
static void json_cookie(json_t *o, const struct sf_call_info *call)
{
	char text[17];

	if (!sf_has(call, SIPFAST_A_CALL_COOKIE))
		return;
	snprintf(text, sizeof(text), "%016" PRIx64, call->cookie);
	sf_json_string(o, "cookie", text);
}

json_t *sf_json_call(const struct sf_call_info *call)
{
	json_t *o = sf_json_object();

	sf_json_number(o, "id", sf_has(call, SIPFAST_A_CALL_ID), call->id);
	sf_json_string(o, "call_id", call->call_id);
	sf_json_string(o, "from", call->from);
	sf_json_string(o, "to", call->to);
	sf_json_name(o, "state", sf_has(call, SIPFAST_A_CALL_STATE),
		     sf_text_call_state, call->state);
	sf_json_name(o, "end", sf_has(call, SIPFAST_A_CALL_END),
		     sf_text_call_end, call->end);
	sf_json_number(o, "status", sf_has(call, SIPFAST_A_CALL_STATUS),
		       call->status);
	sf_json_endpoint(o, "caller", &call->caller);
	sf_json_endpoint(o, "callee", &call->callee);
	sf_json_endpoint(o, "caller_mapped", &call->caller_mapped);
	sf_json_endpoint(o, "callee_mapped", &call->callee_mapped);
	sf_json_number(o, "zone", sf_has(call, SIPFAST_A_CALL_ZONE),
		       call->zone);
	sf_json_number(o, "age_ms", sf_has(call, SIPFAST_A_CALL_AGE),
		       call->age);
	sf_json_number(o, "duration_ms", sf_has(call, SIPFAST_A_CALL_DURATION),
		       call->duration);
	sf_json_number(o, "dialogs", sf_has(call, SIPFAST_A_CALL_DIALOGS),
		       call->dialogs);
	sf_json_number(o, "expires_ms", sf_has(call, SIPFAST_A_CALL_EXPIRES),
		       call->expires);
	json_cookie(o, call);
	return o;
}

json_t *sf_json_registration(const struct sf_registration_info *registration)
{
	json_t *o = sf_json_object();

	sf_json_number(o, "id", sf_has(registration, SIPFAST_A_REGISTRATION_ID),
		       registration->id);
	sf_json_string(o, "aor", registration->aor);
	sf_json_endpoint(o, "contact", &registration->contact);
	sf_json_endpoint(o, "mapped", &registration->mapped);
	sf_json_endpoint(o, "registrar", &registration->registrar);
	sf_json_number(o, "zone",
		       sf_has(registration, SIPFAST_A_REGISTRATION_ZONE),
		       registration->zone);
	sf_json_number(o, "expires_s",
		       sf_has(registration, SIPFAST_A_REGISTRATION_EXPIRES),
		       registration->expires);
	return o;
}

json_t *sf_json_table(const struct sf_table_info *table)
{
	json_t *o = sf_json_object();

	sf_json_string(o, "name", table->name);
	sf_json_number(o, "used", sf_has(table, SIPFAST_A_TABLE_USED),
		       table->used);
	sf_json_number(o, "limit", sf_has(table, SIPFAST_A_TABLE_LIMIT),
		       table->limit);
	return o;
}

json_t *sf_json_counter(const struct sf_counter_info *counter)
{
	json_t *o = sf_json_object();

	sf_json_string(o, "name", counter->name);
	sf_json_number(o, "value", sf_has(counter, SIPFAST_A_COUNTER_VALUE),
		       counter->value);
	sf_json_string(o, "text", counter->text);
	return o;
}

json_t *sf_json_calls(const struct sf_snapshot *snapshot)
{
	json_t *list = sf_mem_check(json_array()), *o;
	const struct sf_call_info *whole;
	size_t i;

	for (i = 0; i < snapshot->ncalls; i++) {
		whole = sf_snapshot_whole(snapshot, &snapshot->calls[i]);
		o = sf_json_call(&snapshot->calls[i]);
		sf_json_number(o, "leg_of", whole, whole ? whole->id : 0);
		sf_json_append(list, o);
	}
	return list;
}

json_t *sf_json_streams(const struct sf_snapshot *snapshot)
{
	json_t *list = sf_mem_check(json_array());
	size_t i;

	for (i = 0; i < snapshot->nstreams; i++)
		sf_json_append(list, sf_json_stream(&snapshot->streams[i]));
	return list;
}

json_t *sf_json_registrations(const struct sf_snapshot *snapshot)
{
	json_t *list = sf_mem_check(json_array());
	const struct sf_registration_info *info = snapshot->registrations;
	size_t i;

	for (i = 0; i < snapshot->nregistrations; i++)
		sf_json_append(list, sf_json_registration(&info[i]));
	return list;
}
