// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * decode.c - netlink attributes into structs, by table
 *
 * One row says which attribute goes into which field. The rows' types give the
 * lengths that are accepted; nothing else of a message is trusted.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/genetlink.h>
#include <linux/sipfast.h>
#include <sipfast/deps.h>

#include "decode.h"

enum field_type {
	FIELD_NONE,
	FIELD_U8,
	FIELD_U16,
	FIELD_U32,
	FIELD_U64,
	FIELD_STRING,
	FIELD_BYTES,
	FIELD_ENDPOINT,
	FIELD_PREFIXES,
	FIELD_DIRECTION,
};

struct field {
	uint8_t type;
	uint16_t offset;
};

struct layout {
	const struct field *fields;
	unsigned int count;
};

#define FIELD(strct, member, kind) \
	{ FIELD_##kind, offsetof(struct strct, member) }

/* Every struct begins with @present: see mark_present(). */
_Static_assert(!offsetof(struct sf_config_info, present) &&
	       !offsetof(struct sf_call_info, present) &&
	       !offsetof(struct sf_direction_info, present) &&
	       !offsetof(struct sf_stream_info, present) &&
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

static const struct field config_fields[] = {
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
};

#define CALL(member, kind)	FIELD(sf_call_info, member, kind)

static const struct field call_fields[] = {
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
};

#define DIRECTION(member, kind)	FIELD(sf_direction_info, member, kind)

static const struct field direction_fields[] = {
	[SIPFAST_A_DIRECTION_SOURCE] = DIRECTION(source, ENDPOINT),
	[SIPFAST_A_DIRECTION_TARGET] = DIRECTION(target, ENDPOINT),
	[SIPFAST_A_DIRECTION_SOURCE_MAPPED] =
		DIRECTION(source_mapped, ENDPOINT),
	[SIPFAST_A_DIRECTION_TARGET_INSIDE] =
		DIRECTION(target_inside, ENDPOINT),
	[SIPFAST_A_DIRECTION_PACKETS] = DIRECTION(packets, U64),
	[SIPFAST_A_DIRECTION_BYTES] = DIRECTION(bytes, U64),
	[SIPFAST_A_DIRECTION_FIRST] = DIRECTION(first, U32),
	[SIPFAST_A_DIRECTION_LAST] = DIRECTION(last, U32),
	[SIPFAST_A_DIRECTION_ADMITS] = DIRECTION(admits, ENDPOINT),
	[SIPFAST_A_DIRECTION_STRANGERS] = DIRECTION(strangers, U32),
	[SIPFAST_A_DIRECTION_STRANGER] = DIRECTION(stranger, ENDPOINT),
	[SIPFAST_A_DIRECTION_RTCP] = DIRECTION(rtcp, U64),
};

#define STREAM(member, kind)	FIELD(sf_stream_info, member, kind)

static const struct field stream_fields[] = {
	[SIPFAST_A_STREAM_ID] = STREAM(id, U32),
	[SIPFAST_A_STREAM_CALL] = STREAM(call, U32),
	[SIPFAST_A_STREAM_MEDIA] = STREAM(media, U8),
	[SIPFAST_A_STREAM_TYPE] = STREAM(type, STRING),
	[SIPFAST_A_STREAM_KIND] = STREAM(kind, U8),
	[SIPFAST_A_STREAM_FORWARD] = STREAM(forward, DIRECTION),
	[SIPFAST_A_STREAM_REVERSE] = STREAM(reverse, DIRECTION),
	[SIPFAST_A_STREAM_AGE] = STREAM(age, U32),
};

#define REGISTRATION(member, kind) FIELD(sf_registration_info, member, kind)

static const struct field registration_fields[] = {
	[SIPFAST_A_REGISTRATION_ID] = REGISTRATION(id, U32),
	[SIPFAST_A_REGISTRATION_AOR] = REGISTRATION(aor, STRING),
	[SIPFAST_A_REGISTRATION_CONTACT] = REGISTRATION(contact, ENDPOINT),
	[SIPFAST_A_REGISTRATION_MAPPED] = REGISTRATION(mapped, ENDPOINT),
	[SIPFAST_A_REGISTRATION_REGISTRAR] = REGISTRATION(registrar, ENDPOINT),
	[SIPFAST_A_REGISTRATION_ZONE] = REGISTRATION(zone, U16),
	[SIPFAST_A_REGISTRATION_EXPIRES] = REGISTRATION(expires, U32),
};

static const struct field table_fields[] = {
	[SIPFAST_A_TABLE_NAME] = FIELD(sf_table_info, name, STRING),
	[SIPFAST_A_TABLE_USED] = FIELD(sf_table_info, used, U32),
	[SIPFAST_A_TABLE_LIMIT] = FIELD(sf_table_info, limit, U32),
};

static const struct field counter_fields[] = {
	[SIPFAST_A_COUNTER_NAME] = FIELD(sf_counter_info, name, STRING),
	[SIPFAST_A_COUNTER_TEXT] = FIELD(sf_counter_info, text, STRING),
	[SIPFAST_A_COUNTER_VALUE] = FIELD(sf_counter_info, value, U64),
};

#define FLOW(member, kind)	FIELD(sf_flow_info, member, kind)

static const struct field flow_fields[] = {
	[SIPFAST_A_FLOW_SOURCE] = FLOW(source, ENDPOINT),
	[SIPFAST_A_FLOW_TARGET] = FLOW(target, ENDPOINT),
	[SIPFAST_A_FLOW_SOURCE_MAPPED] = FLOW(source_mapped, ENDPOINT),
	[SIPFAST_A_FLOW_TARGET_INSIDE] = FLOW(target_inside, ENDPOINT),
	[SIPFAST_A_FLOW_EXPIRES] = FLOW(expires, U32),
	[SIPFAST_A_FLOW_CALLS] = FLOW(calls, U32),
	[SIPFAST_A_FLOW_REGISTERED] = FLOW(registered, U32),
};

#define DIALOG(member, kind)	FIELD(sf_dialog_info, member, kind)

static const struct field dialog_fields[] = {
	[SIPFAST_A_DIALOG_CALLER_TAG] = DIALOG(caller_tag, STRING),
	[SIPFAST_A_DIALOG_CALLEE_TAG] = DIALOG(callee_tag, STRING),
	[SIPFAST_A_DIALOG_STATE] = DIALOG(state, U8),
	[SIPFAST_A_DIALOG_MEDIA] = DIALOG(media, U32),
};

#define OFFER(member, kind)	FIELD(sf_offer_info, member, kind)

static const struct field offer_fields[] = {
	[SIPFAST_A_OFFER_CSEQ] = OFFER(cseq, U32),
	[SIPFAST_A_OFFER_CALLER] = OFFER(caller, U8),
	[SIPFAST_A_OFFER_RESPONSE] = OFFER(response, U8),
	[SIPFAST_A_OFFER_MEDIA] = OFFER(media, U8),
	[SIPFAST_A_OFFER_TYPE] = OFFER(type, STRING),
	[SIPFAST_A_OFFER_USABLE] = OFFER(usable, U8),
	[SIPFAST_A_OFFER_ENDPOINT] = OFFER(endpoint, ENDPOINT),
	[SIPFAST_A_OFFER_MAPPED] = OFFER(mapped, ENDPOINT),
};

static const struct field port_fields[] = {
	[SIPFAST_A_PORT_ENDPOINT] = FIELD(sf_port_info, endpoint, ENDPOINT),
	[SIPFAST_A_PORT_RTCP] = FIELD(sf_port_info, rtcp, U16),
	[SIPFAST_A_PORT_MAPPED] = FIELD(sf_port_info, mapped, ENDPOINT),
};

#define DECISION(member, kind)	FIELD(sf_decision_info, member, kind)

static const struct field decision_fields[] = {
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

static const struct field message_fields[] = {
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

#define LAYOUT(rows)	{ rows, ARRAY_SIZE(rows) }

static const struct layout direction_layout = LAYOUT(direction_fields);
static const struct layout config_layout = LAYOUT(config_fields);

static const struct layout layouts[] = {
	[SIPFAST_A_CONFIG] = LAYOUT(config_fields),
	[SIPFAST_A_CALL] = LAYOUT(call_fields),
	[SIPFAST_A_STREAM] = LAYOUT(stream_fields),
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

static int decode_scalar(const struct nlattr *attr,
			 enum mnl_attr_data_type type, void *field)
{
	if (mnl_attr_validate(attr, type) < 0)
		return -EBADMSG;
	memcpy(field, mnl_attr_get_payload(attr),
	       mnl_attr_get_payload_len(attr));
	return 0;
}

static int decode_address(const struct nlattr *attr, uint8_t family,
			  size_t len, struct sf_endpoint *endpoint)
{
	if (mnl_attr_get_payload_len(attr) != len)
		return -EBADMSG;
	endpoint->family = family;
	memset(endpoint->addr, 0, sizeof(endpoint->addr));
	memcpy(endpoint->addr, mnl_attr_get_payload(attr), len);
	return 0;
}

static int decode_port(const struct nlattr *attr, struct sf_endpoint *endpoint)
{
	if (mnl_attr_validate(attr, MNL_TYPE_U16) < 0)
		return -EBADMSG;
	endpoint->port = ntohs(mnl_attr_get_u16(attr));
	endpoint->has_port = true;
	return 0;
}

static int decode_endpoint(const struct nlattr *nest,
			   struct sf_endpoint *endpoint)
{
	const struct nlattr *attr;
	int err = 0;

	memset(endpoint, 0, sizeof(*endpoint));
	mnl_attr_for_each_nested(attr, nest) {
		switch (mnl_attr_get_type(attr)) {
		case SIPFAST_A_ENDPOINT_ADDR4:
			err = decode_address(attr, AF_INET, 4, endpoint);
			break;
		case SIPFAST_A_ENDPOINT_ADDR6:
			err = decode_address(attr, AF_INET6, 16, endpoint);
			break;
		case SIPFAST_A_ENDPOINT_PORT:
			err = decode_port(attr, endpoint);
			break;
		case SIPFAST_A_ENDPOINT_BITS:
			err = decode_scalar(attr, MNL_TYPE_U8, &endpoint->bits);
			break;
		}
		if (err)
			return err;
	}
	return 0;
}

static int decode_prefix(const struct nlattr *attr, struct sf_prefixes *list)
{
	bool ip4 = mnl_attr_get_type(attr) == SIPFAST_A_PREFIXES_IP4;
	const uint8_t *data = mnl_attr_get_payload(attr);
	size_t len = ip4 ? 4 : 16;
	struct sf_prefix *prefix;

	if (mnl_attr_get_payload_len(attr) != len + 1 ||
	    list->count == ARRAY_SIZE(list->item))
		return -EBADMSG;
	prefix = &list->item[list->count++];
	prefix->family = ip4 ? AF_INET : AF_INET6;
	prefix->len = data[len];
	memcpy(prefix->addr, data, len);
	return 0;
}

static int decode_prefixes(const struct nlattr *nest, struct sf_prefixes *list)
{
	const struct nlattr *attr;
	int err = 0;

	memset(list, 0, sizeof(*list));
	mnl_attr_for_each_nested(attr, nest) {
		switch (mnl_attr_get_type(attr)) {
		case SIPFAST_A_PREFIXES_IP4:
		case SIPFAST_A_PREFIXES_IP6:
			err = decode_prefix(attr, list);
			break;
		}
		if (err)
			return err;
	}
	return 0;
}

static int decode_string(const struct nlattr *attr, const char **field)
{
	if (mnl_attr_validate(attr, MNL_TYPE_NUL_STRING) < 0)
		return -EBADMSG;
	*field = mnl_attr_get_str(attr);
	return 0;
}

static int decode_bytes(const struct nlattr *attr, struct sf_bytes *field)
{
	field->data = mnl_attr_get_payload(attr);
	field->len = mnl_attr_get_payload_len(attr);
	return 0;
}

static int decode_nest(const struct nlattr *nest, const struct layout *layout,
		       void *info);

static int decode_field(const struct nlattr *attr, enum field_type type,
			void *field)
{
	switch (type) {
	case FIELD_U8:
		return decode_scalar(attr, MNL_TYPE_U8, field);
	case FIELD_U16:
		return decode_scalar(attr, MNL_TYPE_U16, field);
	case FIELD_U32:
		return decode_scalar(attr, MNL_TYPE_U32, field);
	case FIELD_U64:
		return decode_scalar(attr, MNL_TYPE_U64, field);
	case FIELD_STRING:
		return decode_string(attr, field);
	case FIELD_BYTES:
		return decode_bytes(attr, field);
	case FIELD_ENDPOINT:
		return decode_endpoint(attr, field);
	case FIELD_PREFIXES:
		return decode_prefixes(attr, field);
	case FIELD_DIRECTION:
		return decode_nest(attr, &direction_layout, field);
	case FIELD_NONE:
		break;
	}
	return 0;
}

static void mark_present(void *info, unsigned int type)
{
	*(uint32_t *)info |= 1U << type;
}

static int decode_nest(const struct nlattr *nest, const struct layout *layout,
		       void *info)
{
	const struct nlattr *attr;
	const struct field *field;
	unsigned int type;
	int err;

	mnl_attr_for_each_nested(attr, nest) {
		type = mnl_attr_get_type(attr);
		if (type >= layout->count)
			continue;
		field = &layout->fields[type];
		if (field->type == FIELD_NONE)
			continue;
		err = decode_field(attr, field->type,
				   (char *)info + field->offset);
		if (err)
			return err;
		mark_present(info, type);
	}
	return 0;
}

int sf_decode(const struct nlmsghdr *nlh, sf_info_fn fn, void *arg)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *attr;
	struct sf_info info;
	unsigned int type;
	int err;

	if (mnl_nlmsg_get_payload_len(nlh) < sizeof(*genl))
		return -EBADMSG;
	mnl_attr_for_each(attr, nlh, sizeof(*genl)) {
		type = mnl_attr_get_type(attr);
		if (type >= ARRAY_SIZE(layouts) || !layouts[type].fields)
			continue;
		memset(&info, 0, sizeof(info));
		info.cmd = genl->cmd;
		info.kind = type;
		err = decode_nest(attr, &layouts[type], &info.config);
		if (!err)
			err = fn(&info, arg);
		if (err)
			return err;
	}
	return 0;
}

static void encode_scalar(struct nlmsghdr *nlh, unsigned int attr,
			  enum field_type type, const void *field)
{
	static const uint8_t size[] = {
		[FIELD_U8] = 1, [FIELD_U16] = 2, [FIELD_U32] = 4,
	};

	mnl_attr_put(nlh, attr, size[type], field);
}

static void encode_prefixes(struct nlmsghdr *nlh, unsigned int attr,
			    const struct sf_prefixes *list)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, attr);
	const struct sf_prefix *prefix;
	uint8_t data[17];
	size_t len;
	bool ip4;

	for (prefix = list->item; prefix < list->item + list->count; prefix++) {
		ip4 = prefix->family == AF_INET;
		len = ip4 ? 4 : 16;
		memcpy(data, prefix->addr, len);
		data[len] = prefix->len;
		mnl_attr_put(nlh, ip4 ? SIPFAST_A_PREFIXES_IP4 :
			     SIPFAST_A_PREFIXES_IP6, len + 1, data);
	}
	mnl_attr_nest_end(nlh, nest);
}

static void encode_field(struct nlmsghdr *nlh, unsigned int attr,
			 const struct field *field, const void *info)
{
	const char *value = (const char *)info + field->offset;

	if (field->type == FIELD_PREFIXES)
		encode_prefixes(nlh, attr, (const void *)value);
	else
		encode_scalar(nlh, attr, field->type, value);
}

void sf_encode_config(struct nlmsghdr *nlh,
		      const struct sf_config_info *config)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, SIPFAST_A_CONFIG);
	const struct field *field;
	unsigned int i;

	for (i = 0; i < config_layout.count; i++) {
		field = &config_layout.fields[i];
		if (field->type != FIELD_NONE && sf_has(config, i))
			encode_field(nlh, i, field, config);
	}
	mnl_attr_nest_end(nlh, nest);
}
