// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sighting.c - a message that sipfastd saw
 */
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

#include <sipfast/addr.h>
#include <sipfast/sdp.h>
#include <sipfast/uri.h>

#include "../util/base64.h"
#include "../util/escape.h"
#include "mem.h"
#include "served.h"
#include "sighting.h"

/* "192.0.2.1:5060", "[2001:db8::1]:5060"; AF_UNSPEC when it is neither. */
static void read_end(struct sf_endpoint *end, const char *text)
{
	struct sf_host host;

	*end = (struct sf_endpoint){ .family = AF_UNSPEC };
	if (sf_host_parse(text, sf_span(0, (u32)strlen(text)), &host, NULL) ||
	    !host.ip.family)
		return;
	end->family = host.ip.family == 4 ? AF_INET : AF_INET6;
	end->has_port = host.port;
	end->port = host.port;
	memcpy(end->addr, host.ip.v6, host.ip.family == 4 ? 4 : 16);
}

static bool read_bytes(struct sf_sighting *sighting, const json_t *text)
{
	int len = sf_base64_read(json_string_value(text),
				 (u32)json_string_length(text),
				 (u8 *)sighting->bytes,
				 sizeof(sighting->bytes));

	if (len < 0)
		return false;
	sighting->len = (uint32_t)len;
	sighting->reason = sf_msg_parse(&sighting->msg, sighting->bytes,
					sighting->len);
	return true;
}

bool sf_sighting_read(struct sf_sighting *sighting, const json_t *event)
{
	const json_t *o = json_object_get(event, "traced");
	const json_t *bytes = json_object_get(o, "bytes");

	if (!json_is_string(bytes))
		return false;
	sighting->time_ns = sf_served_number(event, "time_ns");
	sighting->sent = sf_served_true(o, "sent");
	sighting->worker = (unsigned int)sf_served_number(o, "worker");
	sighting->connection = sf_served_number(o, "connection");
	sf_escape(sighting->transport, sizeof(sighting->transport),
		  sf_served_text(o, "transport"));
	sf_escape(sighting->error, sizeof(sighting->error),
		  sf_served_text(o, "error"));
	read_end(&sighting->local, sf_served_text(o, "local"));
	read_end(&sighting->remote, sf_served_text(o, "remote"));
	return read_bytes(sighting, bytes);
}

/* A piece of it, escaped, as much as fits. */
static const char *take(const struct sf_sighting *sighting, struct sf_span s,
			char *buf, size_t size)
{
	char *safe = sf_mem_check(sf_escape_bytes(sighting->bytes + s.off,
						  s.len));

	snprintf(buf, size, "%s", safe);
	free(safe);
	return buf;
}

const char *sf_sighting_word(const struct sf_sighting *sighting, char *buf,
			     size_t size)
{
	const struct sf_msg *msg = &sighting->msg;
	struct sf_span where;
	size_t len;

	if (sighting->reason) {
		snprintf(buf, size, "unreadable: %s",
			 sf_reason_name(sighting->reason));
		return buf;
	}
	if (msg->is_request) {
		take(sighting, msg->method_name, buf, size);
	} else {
		len = (size_t)snprintf(buf, size, "%u ", msg->status);
		if (len < size)
			take(sighting, msg->phrase, buf + len, size - len);
	}
	len = strlen(buf);
	if (!sf_sdp_of(msg, &where))
		snprintf(buf + len, size - len, " (SDP)");
	return buf;
}

/* From sends requests to To, and gets responses from there. */
const char *sf_sighting_peer(const struct sf_sighting *sighting, char *buf,
			     size_t size)
{
	const struct sf_msg *msg = &sighting->msg;
	bool first = sighting->sent != msg->is_request;
	const struct sf_hdr *hdr = sf_msg_hdr(msg, first ? SF_HDR_FROM :
							   SF_HDR_TO);
	struct sf_addr addr;
	struct sf_uri uri;

	*buf = '\0';
	if (sighting->reason || !hdr ||
	    sf_addr_parse(msg->buf, hdr->value, &addr) ||
	    sf_uri_parse(msg->buf, addr.uri, &uri))
		return buf;
	return take(sighting, uri.user, buf, size);
}

const char *sf_sighting_place(const struct sf_sighting *sighting, char *buf)
{
	char end[SF_ENDPOINT_LEN];

	snprintf(buf, SF_PLACE_LEN, "%s %s", sighting->transport,
		 sf_endpoint_text(&sighting->remote, end));
	return buf;
}

struct timespec sf_sighting_time(const struct sf_sighting *sighting)
{
	return (struct timespec){
		.tv_sec = (time_t)(sighting->time_ns / 1000000000),
		.tv_nsec = (long)(sighting->time_ns % 1000000000),
	};
}

enum sf_color sf_sighting_color(const struct sf_sighting *sighting)
{
	u16 status = sighting->msg.status;

	if (sighting->reason || *sighting->error)
		return SF_COLOR_BAD;
	if (sighting->again)
		return SF_COLOR_DIM;
	if (sighting->msg.is_request)
		return SF_COLOR_LABEL;
	if (status < 200)
		return SF_COLOR_OFF;
	if (status < 300)
		return SF_COLOR_GOOD;
	/* It is no mishap to be asked for a proof. */
	return status < 400 || status == 401 || status == 407 ? SF_COLOR_WARN :
								SF_COLOR_BAD;
}

static u64 way_of(const struct sf_sightings *sightings,
		  const struct sf_sighting *sighting)
{
	char place[SF_PLACE_LEN];
	struct sf_hasher hasher;

	sf_sighting_place(sighting, place);
	sf_hasher_init(&hasher, &sightings->key);
	sf_hasher_add(&hasher, place, strlen(place) + 1);
	sf_hasher_add(&hasher, &sighting->sent, sizeof(sighting->sent));
	sf_hasher_add(&hasher, sighting->bytes, sighting->len);
	return sf_hasher_end(&hasher);
}

/* Clocks may be set back, and workers tell a little out of order. */
static uint64_t passed(uint64_t from, uint64_t to)
{
	return to > from ? to - from : 0;
}

void sf_sightings_add(struct sf_sightings *sightings,
		      struct sf_sighting *sighting)
{
	size_t i, n = SF_SIGHTINGS;
	u64 way;

	if (!sightings->count) {
		sf_random(&sightings->key, sizeof(sightings->key));
		sightings->first_ns = sighting->time_ns;
		sightings->last_ns = sighting->time_ns;
	}
	way = way_of(sightings, sighting);
	if (sightings->count < n)
		n = (size_t)sightings->count;
	sighting->again = false;
	for (i = 0; i < n; i++)
		sighting->again |= sightings->seen[i] == way;
	sighting->since_ns = passed(sightings->first_ns, sighting->time_ns);
	sighting->delta_ns = passed(sightings->last_ns, sighting->time_ns);
	sightings->seen[sightings->count++ % SF_SIGHTINGS] = way;
	sighting->number = sightings->count;
	sightings->last_ns = sighting->time_ns;
}
