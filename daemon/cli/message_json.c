// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * message_json.c - a SIP message as JSON
 *
 * Keys that every reader looks for are always there, with null when there is
 * nothing to say.
 */
#include <string.h>

#include "json.h"
#include "mem.h"
#include "message.h"

#include "../util/escape.h"

static json_t *text(const struct sf_message *m, struct sf_span s)
{
	char *safe = sf_mem_check(sf_escape_bytes(m->msg.buf + s.off, s.len));
	json_t *json = sf_mem_check(json_string(safe));

	free(safe);
	return json;
}

static json_t *name(const char *constant)
{
	return *constant ? sf_mem_check(json_string(constant)) : json_null();
}

static json_t *list(void)
{
	return sf_mem_check(json_array());
}

static void set_span(json_t *o, const struct sf_message *m, struct sf_span s)
{
	sf_json_set(o, "offset", json_integer(m->offset + s.off));
	sf_json_set(o, "length", json_integer(s.len));
}

/* A part that need not be there. */
static void set_text(json_t *o, const char *key, const struct sf_message *m,
		     struct sf_span s)
{
	if (s.len)
		sf_json_set(o, key, text(m, s));
}

static void set_port(json_t *o, const char *key, u16 port)
{
	if (port)
		sf_json_set(o, key, json_integer(port));
}

static void set_host(json_t *o, const struct sf_message *m,
		     const struct sf_host *host)
{
	set_text(o, "host", m, host->host);
	set_port(o, "port", host->port);
}

static json_t *header(const struct sf_message *m, const struct sf_hdr *hdr)
{
	json_t *o = sf_json_object();

	sf_json_set(o, "id", name(sf_hdr_name(hdr->id)));
	sf_json_set(o, "name", text(m, hdr->name));
	set_span(o, m, hdr->value);
	sf_json_set(o, "value", text(m, hdr->value));
	return o;
}

static json_t *headers(const struct sf_message *m)
{
	json_t *all = list();
	u32 i;

	for (i = 0; i < m->msg.nhdrs; i++)
		sf_json_append(all, header(m, &m->msg.hdrs[i]));
	return all;
}

static json_t *vias(const struct sf_message *m)
{
	struct sf_message_at at = { .begun = false };
	json_t *all = list(), *o;
	struct sf_via via;

	while (sf_message_via(m, &at, &via)) {
		o = sf_json_object();
		sf_json_set(o, "transport",
			    name(sf_message_transport(via.transport)));
		set_host(o, m, &via.sent_by);
		set_text(o, "params", m, via.params);
		sf_json_append(all, o);
	}
	return all;
}

static json_t *uris(const struct sf_message *m)
{
	struct sf_message_at at = { .begun = false };
	json_t *all = list(), *o;
	struct sf_uri uri;

	while (sf_message_uri(m, &at, &uri)) {
		o = sf_json_object();
		set_span(o, m, uri.all);
		sf_json_set(o, "scheme", name(sf_message_scheme(uri.scheme)));
		set_text(o, "user", m, uri.user);
		set_host(o, m, &uri.at);
		set_text(o, "params", m, uri.params);
		set_text(o, "headers", m, uri.headers);
		sf_json_append(all, o);
	}
	return all;
}

static json_t *media(const struct sf_message *m, const struct sf_sdp_media *md)
{
	json_t *o = sf_json_object();

	sf_json_set(o, "type", name(sf_message_media(md->type)));
	sf_json_set(o, "proto", name(sf_message_proto(md->proto)));
	sf_json_set(o, "proto_text", text(m, md->proto_text));
	sf_json_set(o, "port", json_integer(md->port));
	sf_json_set(o, "ports", json_integer(md->ports));
	sf_json_set(o, "direction",
		    name(sf_message_dir(sf_sdp_dir(&m->sdp, md))));
	set_text(o, "address", m, sf_sdp_conn(&m->sdp, md)->text);
	set_port(o, "rtcp_port", md->rtcp_port);
	set_text(o, "rtcp_address", m, md->rtcp_addr.text);
	sf_json_set(o, "rtcp_mux", json_boolean(md->rtcp_mux));
	return o;
}

static json_t *description(const struct sf_message *m)
{
	json_t *o, *all;
	u32 i;

	if (m->described == SF_EMPTY)
		return json_null();
	o = sf_json_object();
	sf_json_set(o, "reason", name(sf_reason_name(m->described)));
	if (m->described)
		return o;
	set_span(o, m, m->sdp.all);
	set_text(o, "origin", m, m->sdp.origin.text);
	set_text(o, "connection", m, m->sdp.conn.text);
	all = list();
	for (i = 0; i < m->sdp.nmedia; i++)
		sf_json_append(all, media(m, &m->sdp.media[i]));
	sf_json_set(o, "media", all);
	return o;
}

/* What CSeq says, for a response too. */
static json_t *method(const struct sf_message *m)
{
	struct sf_span value;
	struct sf_cseq cseq;

	if (m->msg.is_request && m->msg.method_name.len)
		return text(m, m->msg.method_name);
	if (m->msg.status && !sf_msg_single(&m->msg, SF_HDR_CSEQ, &value) &&
	    !sf_cseq_parse(m->msg.buf, value, &cseq))
		return text(m, cseq.method_name);
	return json_null();
}

static void set_start(json_t *o, const struct sf_message *m)
{
	const struct sf_msg *msg = &m->msg;

	sf_json_set(o, "kind", name(msg->is_request ? "request" :
				    msg->status ? "response" : ""));
	sf_json_set(o, "method", method(m));
	sf_json_set(o, "status", msg->status ? json_integer(msg->status) :
					       json_null());
	set_text(o, "uri", m, msg->ruri);
	set_text(o, "phrase", m, msg->phrase);
}

static void set_wrong(json_t *o, const struct sf_message *m)
{
	const struct sf_check *check = &m->check;
	json_t *wrong;

	if (m->reason == m->framed || !m->reason)
		return;
	wrong = sf_json_object();
	sf_json_set(wrong, "id", name(sf_hdr_name(check->id)));
	if (check->line != SF_HDR_NONE)
		sf_json_set(wrong, "header", json_integer(check->line));
	if (check->at.len)
		set_span(wrong, m, check->at);
	sf_json_set(o, "wrong", wrong);
}

static void set_roles(json_t *o, const struct sf_message *m)
{
	enum sf_help help = sf_helper_ruling(&m->msg, m->framed);
	u16 proxy = sf_proxy_ruling(&m->msg, m->reason, NULL);
	u16 server = sf_server_ruling(&m->msg, m->reason, NULL);
	char buf[8];

	sf_json_set(o, "proxy",
		    name(sf_message_ruling(proxy, "forward", buf)));
	sf_json_set(o, "server",
		    name(sf_message_ruling(server, "process", buf)));
	sf_json_set(o, "helper", name(sf_message_help(help)));
}

json_t *sf_message_json(const char *file, const struct sf_message *message)
{
	json_t *o = sf_json_object();

	if (file)
		sf_json_set(o, "file", sf_json_text(file));
	sf_json_set(o, "verdict", name(sf_message_verdict(message)));
	sf_json_set(o, "reason", name(sf_reason_name(message->reason)));
	set_wrong(o, message);
	sf_json_set(o, "offset", json_integer(message->offset));
	sf_json_set(o, "length", json_integer(message->msg.len));
	set_start(o, message);
	sf_json_set(o, "headers", headers(message));
	sf_json_set(o, "vias", vias(message));
	sf_json_set(o, "uris", uris(message));
	sf_json_set(o, "sdp", description(message));
	set_roles(o, message);
	return o;
}
