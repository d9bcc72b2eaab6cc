// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * decode.c - netlink attributes into structs, by the tables of layout.h
 *
 * The types of the rows give the lengths that are accepted; nothing else of a
 * message is trusted.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/genetlink.h>
#include <linux/sipfast.h>

#include "decode.h"
#include "layout.h"

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

static int decode_nest(const struct nlattr *nest, const struct sf_layout *layout,
		       void *info);

static int decode_field(const struct nlattr *attr, const struct sf_field *desc,
			void *info)
{
	void *field = (char *)info + desc->offset;

	switch ((enum sf_field_type)desc->type) {
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
	case FIELD_NEST:
		return decode_nest(attr, desc->nest, field);
	case FIELD_NONE:
		break;
	}
	return 0;
}

static void mark_present(void *info, unsigned int type)
{
	*(uint32_t *)info |= 1U << type;
}

static int decode_nest(const struct nlattr *nest, const struct sf_layout *layout,
		       void *info)
{
	const struct nlattr *attr;
	const struct sf_field *field;
	unsigned int type;
	int err;

	mnl_attr_for_each_nested(attr, nest) {
		type = mnl_attr_get_type(attr);
		if (type >= layout->count)
			continue;
		field = &layout->fields[type];
		if (field->type == FIELD_NONE)
			continue;
		err = decode_field(attr, field, info);
		if (err)
			return err;
		mark_present(info, type);
	}
	return 0;
}

int sf_decode(const struct nlmsghdr *nlh, sf_info_fn fn, void *arg)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);
	const struct sf_layout *layout;
	const struct nlattr *attr;
	struct sf_info info;
	int err;

	if (mnl_nlmsg_get_payload_len(nlh) < sizeof(*genl))
		return -EBADMSG;
	mnl_attr_for_each(attr, nlh, sizeof(*genl)) {
		layout = sf_layout_find(mnl_attr_get_type(attr));
		if (!layout)
			continue;
		memset(&info, 0, sizeof(info));
		info.cmd = genl->cmd;
		info.kind = mnl_attr_get_type(attr);
		err = decode_nest(attr, layout, &info.config);
		if (!err)
			err = fn(&info, arg);
		if (err)
			return err;
	}
	return 0;
}

static void encode_scalar(struct nlmsghdr *nlh, unsigned int attr,
			  enum sf_field_type type, const void *field)
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
			 const struct sf_field *field, const void *info)
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
	const struct sf_layout *layout = sf_layout_find(SIPFAST_A_CONFIG);
	struct nlattr *nest = mnl_attr_nest_start(nlh, SIPFAST_A_CONFIG);
	const struct sf_field *field;
	unsigned int i;

	for (i = 0; i < layout->count; i++) {
		field = &layout->fields[i];
		if (field->type != FIELD_NONE && sf_has(config, i))
			encode_field(nlh, i, field, config);
	}
	mnl_attr_nest_end(nlh, nest);
}
