// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * layout.c - the layouts of everything but streams
 */
#include <linux/sipfast.h>

#include "layout.h"

/* Every struct begins with @present: see mark_present() of decode.c. */
_Static_assert(!offsetof(struct sf_config_info, present) &&
	       !offsetof(struct sf_call_info, present) &&
	       !offsetof(struct sf_registration_info, present) &&
	       !offsetof(struct sf_table_info, present) &&
	       !offsetof(struct sf_counter_info, present) &&
	       !offsetof(struct sf_flow_info, present) &&
	       !offsetof(struct sf_dialog_info, present) &&
	       !offsetof(struct sf_offer_info, present) &&
	       !offsetof(struct sf_port_info, present) &&
	       !offsetof(struct sf_decision_info, present) &&
	       !offsetof(struct sf_message_info, present), "present is first");

#define CONFIG(member, kind)	FIELD(sf_config_info, member, kind)

static const struct sf_field config_fields[] = {
	[SIPFAST_A_CONFIG_MEDIA_PORT_MIN] = CONFIG(media_port_min, U16),
	[SIPFAST_A_CONFIG_MEDIA_PORT_MAX] = CONFIG(media_port_max, U16),
	[SIPFAST_A_CONFIG_MEDIA_SOURCE] = CONFIG(media_source, U8),
	[SIPFAST_A_CONFIG_REGISTRATION_SOURCE] =
		CONFIG(registration_source, U8),
	[SIPFAST_A_CONFIG_CALL_LIMIT] = CONFIG(call_limit, U32),
	[SIPFAST_A_CONFIG_REGISTRATION_LIMIT] =
		CONFIG(registration_limit, U32),
	[SIPFAST_A_CONFIG_PINHOLE_LIMIT] = CONFIG(pinhole_limit, U32),
	[SIPFAST_A_CONFIG_CALL_TIMEOUT] = CONFIG(call_timeout, U32),
	[SIPFAST_A_CONFIG_SETUP_TIMEOUT] = CONFIG(setup_timeout, U32),
	[SIPFAST_A_CONFIG_MEDIA_TIMEOUT] = CONFIG(media_timeout, U32),
	[SIPFAST_A_CONFIG_MEDIA_HOSTS] = CONFIG(media_hosts, PREFIXES),
	[SIPFAST_A_CONFIG_REGISTRATION_HOSTS] =
		CONFIG(registration_hosts, PREFIXES),
	[SIPFAST_A_CONFIG_HAIRPIN] = CONFIG(hairpin, U8),
	[SIPFAST_A_CONFIG_TCP] = CONFIG(tcp, U8),
	[SIPFAST_A_CONFIG_FASTPATH] = CONFIG(fastpath, U8),
	[SIPFAST_A_CONFIG_AUDIO_DSCP] = CONFIG(audio_dscp, U8),
	[SIPFAST_A_CONFIG_VIDEO_DSCP] = CONFIG(video_dscp, U8),
	[SIPFAST_A_CONFIG_LOSS_ALARM] = CONFIG(loss_alarm, U32),
	[SIPFAST_A_CONFIG_JITTER_ALARM] = CONFIG(jitter_alarm, U32),
	[SIPFAST_A_CONFIG_MARK_MASK] = CONFIG(mark_mask, U32),
};

#define CALL(member, kind)	FIELD(sf_call_info, member, kind)

static const struct sf_field call_fields[] = {
	[SIPFAST_A_CALL_ID] = CALL(id, U32),
	[SIPFAST_A_CALL_CALL_ID] = CALL(call_id, STRING),
	[SIPFAST_A_CALL_FROM] = CALL(from, STRING),
	[SIPFAST_A_CALL_TO] = CALL(to, STRING),
	[SIPFAST_A_CALL_STATE] = CALL(state, U8),
	[SIPFAST_A_CALL_END] = CALL(end, U8),
	[SIPFAST_A_CALL_STATUS] = CALL(status, U16),
	[SIPFAST_A_CALL_CALLER] = CALL(caller, ENDPOINT),
	[SIPFAST_A_CALL_CALLEE] = CALL(callee, ENDPOINT),
	[SIPFAST_A_CALL_CALLER_MAPPED] = CALL(caller_mapped, ENDPOINT),
	[SIPFAST_A_CALL_CALLEE_MAPPED] = CALL(callee_mapped, ENDPOINT),
	[SIPFAST_A_CALL_ZONE] = CALL(zone, U16),
	[SIPFAST_A_CALL_AGE] = CALL(age, U32),
	[SIPFAST_A_CALL_DURATION] = CALL(duration, U32),
	[SIPFAST_A_CALL_DIALOGS] = CALL(dialogs, U32),
	[SIPFAST_A_CALL_EXPIRES] = CALL(expires, U32),
	[SIPFAST_A_CALL_COOKIE] = CALL(cookie, U64),
};

#define REGISTRATION(member, kind) FIELD(sf_registration_info, member, kind)

static const struct sf_field registration_fields[] = {
	[SIPFAST_A_REGISTRATION_ID] = REGISTRATION(id, U32),
	[SIPFAST_A_REGISTRATION_AOR] = REGISTRATION(aor, STRING),
	[SIPFAST_A_REGISTRATION_CONTACT] = REGISTRATION(contact, ENDPOINT),
	[SIPFAST_A_REGISTRATION_MAPPED] = REGISTRATION(mapped, ENDPOINT),
	[SIPFAST_A_REGISTRATION_REGISTRAR] = REGISTRATION(registrar, ENDPOINT),
	[SIPFAST_A_REGISTRATION_ZONE] = REGISTRATION(zone, U16),
	[SIPFAST_A_REGISTRATION_EXPIRES] = REGISTRATION(expires, U32),
};

static const struct sf_field table_fields[] = {
	[SIPFAST_A_TABLE_NAME] = FIELD(sf_table_info, name, STRING),
	[SIPFAST_A_TABLE_USED] = FIELD(sf_table_info, used, U32),
	[SIPFAST_A_TABLE_LIMIT] = FIELD(sf_table_info, limit, U32),
};

static const struct sf_field counter_fields[] = {
	[SIPFAST_A_COUNTER_NAME] = FIELD(sf_counter_info, name, STRING),
	[SIPFAST_A_COUNTER_TEXT] = FIELD(sf_counter_info, text, STRING),
	[SIPFAST_A_COUNTER_VALUE] = FIELD(sf_counter_info, value, U64),
};

#define FLOW(member, kind)	FIELD(sf_flow_info, member, kind)

static const struct sf_field flow_fields[] = {
	[SIPFAST_A_FLOW_SOURCE] = FLOW(source, ENDPOINT),
	[SIPFAST_A_FLOW_TARGET] = FLOW(target, ENDPOINT),
	[SIPFAST_A_FLOW_SOURCE_MAPPED] = FLOW(source_mapped, ENDPOINT),
	[SIPFAST_A_FLOW_TARGET_INSIDE] = FLOW(target_inside, ENDPOINT),
	[SIPFAST_A_FLOW_EXPIRES] = FLOW(expires, U32),
	[SIPFAST_A_FLOW_CALLS] = FLOW(calls, U32),
	[SIPFAST_A_FLOW_REGISTERED] = FLOW(registered, U32),
};

#define DIALOG(member, kind)	FIELD(sf_dialog_info, member, kind)

static const struct sf_field dialog_fields[] = {
	[SIPFAST_A_DIALOG_CALLER_TAG] = DIALOG(caller_tag, STRING),
	[SIPFAST_A_DIALOG_CALLEE_TAG] = DIALOG(callee_tag, STRING),
	[SIPFAST_A_DIALOG_STATE] = DIALOG(state, U8),
	[SIPFAST_A_DIALOG_MEDIA] = DIALOG(media, U32),
};

#define OFFER(member, kind)	FIELD(sf_offer_info, member, kind)

static const struct sf_field offer_fields[] = {
	[SIPFAST_A_OFFER_CSEQ] = OFFER(cseq, U32),
	[SIPFAST_A_OFFER_CALLER] = OFFER(caller, U8),
	[SIPFAST_A_OFFER_RESPONSE] = OFFER(response, U8),
	[SIPFAST_A_OFFER_MEDIA] = OFFER(media, U8),
	[SIPFAST_A_OFFER_TYPE] = OFFER(type, STRING),
	[SIPFAST_A_OFFER_USABLE] = OFFER(usable, U8),
	[SIPFAST_A_OFFER_ENDPOINT] = OFFER(endpoint, ENDPOINT),
	[SIPFAST_A_OFFER_MAPPED] = OFFER(mapped, ENDPOINT),
};

static const struct sf_field port_fields[] = {
	[SIPFAST_A_PORT_ENDPOINT] = FIELD(sf_port_info, endpoint, ENDPOINT),
	[SIPFAST_A_PORT_RTCP] = FIELD(sf_port_info, rtcp, U16),
	[SIPFAST_A_PORT_MAPPED] = FIELD(sf_port_info, mapped, ENDPOINT),
};

#define DECISION(member, kind)	FIELD(sf_decision_info, member, kind)

static const struct sf_field decision_fields[] = {
	[SIPFAST_A_DECISION_NAME] = DECISION(name, STRING),
	[SIPFAST_A_DECISION_TEXT] = DECISION(text, STRING),
	[SIPFAST_A_DECISION_MEDIA] = DECISION(media, U8),
	[SIPFAST_A_DECISION_CALLER] = DECISION(caller, U8),
	[SIPFAST_A_DECISION_METHOD] = DECISION(method, STRING),
	[SIPFAST_A_DECISION_STATUS] = DECISION(status, U16),
	[SIPFAST_A_DECISION_TIMES] = DECISION(times, U32),
	[SIPFAST_A_DECISION_AT] = DECISION(at, U32),
};

#define MESSAGE(member, kind)	FIELD(sf_message_info, member, kind)

static const struct sf_field message_fields[] = {
	[SIPFAST_A_MESSAGE_NUMBER] = MESSAGE(number, U32),
	[SIPFAST_A_MESSAGE_TIME] = MESSAGE(time, U64),
	[SIPFAST_A_MESSAGE_SOURCE] = MESSAGE(source, ENDPOINT),
	[SIPFAST_A_MESSAGE_TARGET] = MESSAGE(target, ENDPOINT),
	[SIPFAST_A_MESSAGE_SOURCE_MAPPED] = MESSAGE(source_mapped, ENDPOINT),
	[SIPFAST_A_MESSAGE_TARGET_INSIDE] = MESSAGE(target_inside, ENDPOINT),
	[SIPFAST_A_MESSAGE_ZONE] = MESSAGE(zone, U16),
	[SIPFAST_A_MESSAGE_CALL] = MESSAGE(call, U32),
	[SIPFAST_A_MESSAGE_CALL_ID] = MESSAGE(call_id, STRING),
	[SIPFAST_A_MESSAGE_VERDICT] = MESSAGE(verdict, U8),
	[SIPFAST_A_MESSAGE_LENGTH] = MESSAGE(length, U32),
	[SIPFAST_A_MESSAGE_TEXT] = MESSAGE(text, BYTES),
	[SIPFAST_A_MESSAGE_EDITED] = MESSAGE(edited, BYTES),
};

static const struct sf_layout layouts[] = {
	[SIPFAST_A_CONFIG] = LAYOUT(config_fields),
	[SIPFAST_A_CALL] = LAYOUT(call_fields),
	[SIPFAST_A_REGISTRATION] = LAYOUT(registration_fields),
	[SIPFAST_A_TABLE] = LAYOUT(table_fields),
	[SIPFAST_A_COUNTER] = LAYOUT(counter_fields),
	[SIPFAST_A_FLOW] = LAYOUT(flow_fields),
	[SIPFAST_A_DIALOG] = LAYOUT(dialog_fields),
	[SIPFAST_A_OFFER] = LAYOUT(offer_fields),
	[SIPFAST_A_PORT] = LAYOUT(port_fields),
	[SIPFAST_A_DECISION] = LAYOUT(decision_fields),
	[SIPFAST_A_MESSAGE] = LAYOUT(message_fields),
};

const struct sf_layout *sf_layout_find(unsigned int attr)
{
	if (attr == SIPFAST_A_STREAM)
		return &sf_layout_stream;
	if (attr >= ARRAY_SIZE(layouts) || !layouts[attr].fields)
		return NULL;
	return &layouts[attr];
}
