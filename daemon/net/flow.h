/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * flow.h - where a message came from, and so where its answers go
 *
 * RFC 5626 calls that a flow: a transport, both addresses and, where there are
 * connections, the very connection.
 */
#ifndef SIPFAST_NET_FLOW_H
#define SIPFAST_NET_FLOW_H

#include <sipfast/value.h>

/**
 * struct sf_end - an address and a port
 * @ip: the address; its family is 0 when there is none
 * @port: in host byte order
 */
struct sf_end {
	struct sf_ip ip;
	u16 port;
};

/**
 * struct sf_flow - where messages come from and go to; copied freely
 * @local: our address; without one (@local.ip.family 0) the system chooses
 * @remote: the peer's
 * @transport: enum sf_transport
 * @worker: whose connection it is; of UDP the worker that received it
 * @slot: the connection's place with its worker
 * @serial: which connection in that place, never 0; 0: no connection in
 *          particular: one that we opened to @remote is used, or opened
 * @peer: of TLS, for one that is to be opened: who is to be there, from
 *        sf_net_expect(); 0: it is not opened
 *
 * Of UDP @slot and @serial are 0.
 */
struct sf_flow {
	struct sf_end local;
	struct sf_end remote;
	u8 transport;
	u8 worker;
	u32 slot;
	u32 serial;
	u32 peer;
};

bool sf_ip_eq(const struct sf_ip *a, const struct sf_ip *b);

static inline bool sf_end_eq(const struct sf_end *a, const struct sf_end *b)
{
	return a->port == b->port && sf_ip_eq(&a->ip, &b->ip);
}

/* "udp", "tcp", "tls", "ws", "wss": as URIs and the configuration have it. */
const char *sf_transport_name(enum sf_transport transport);

/* "UDP", …: as Via has it. */
const char *sf_transport_via(enum sf_transport transport);

/* Does a message arrive whole or not at all (TCP and what runs on it)? */
static inline bool sf_transport_reliable(enum sf_transport transport)
{
	return transport != SF_TRANSPORT_UDP;
}

/* Does nobody but the peer open connections of that kind (RFC 7118)? */
static inline bool sf_transport_websocket(enum sf_transport transport)
{
	return transport == SF_TRANSPORT_WS || transport == SF_TRANSPORT_WSS;
}

/* Is what goes that way for nobody else to read? */
static inline bool sf_transport_secure(enum sf_transport transport)
{
	return transport == SF_TRANSPORT_TLS || transport == SF_TRANSPORT_WSS;
}

/* The port that a URI means when it names none: 5060, or 5061 for TLS. */
u16 sf_transport_port(enum sf_transport transport);

#define SF_END_TEXT_LEN	56

/**
 * sf_end_text() - "192.0.2.1:5060" or "[2001:db8::1]:5060", with a NUL
 * @text: SF_END_TEXT_LEN bytes
 *
 * Return: @text.
 */
const char *sf_end_text(const struct sf_end *end, char *text);

/**
 * sf_end_parse() - read that
 * @port: if the text names no port; 0: it has to
 *
 * Return: false when it is no address.
 */
bool sf_end_parse(const char *text, u16 port, struct sf_end *end);

struct sockaddr_storage;

/* To and from what the system takes. */
u32 sf_end_to_sockaddr(const struct sf_end *end, struct sockaddr_storage *sa);
void sf_end_from_sockaddr(struct sf_end *end, const struct sockaddr_storage *sa);

#endif /* SIPFAST_NET_FLOW_H */
