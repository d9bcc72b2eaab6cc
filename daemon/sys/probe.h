/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * probe.h - one packet, as rules would see it come
 */
#ifndef SIPFAST_SYS_PROBE_H
#define SIPFAST_SYS_PROBE_H

#include <net/if.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SF_PROBE_MAX	1500	/* bytes that a datagram carries */
#define SF_PROBE_FRAME	(SF_PROBE_MAX + 64)

/**
 * struct sf_probe_end - an address and a port
 * @family: AF_INET or AF_INET6; 0: not known
 * @addr: the first 4 or all 16 bytes
 * @port: 0: not known
 */
struct sf_probe_end {
	int family;
	uint8_t addr[16];
	uint16_t port;
};

/**
 * struct sf_probe - what the packet is
 * @from: where it comes from
 * @to: where it goes to
 * @dev: the interface that it comes in by
 * @tcp: it begins a TCP connection, and carries nothing
 */
struct sf_probe {
	struct sf_probe_end from;
	struct sf_probe_end to;
	char dev[IFNAMSIZ];
	bool tcp;
};

/* Hardware addresses of the frame. */
extern const uint8_t sf_probe_mac_to[6];
extern const uint8_t sf_probe_mac_from[6];

/**
 * sf_probe_write() - an Ethernet frame with the packet
 * @frame: SF_PROBE_FRAME bytes
 * @data: what a datagram carries
 * @len: SF_PROBE_MAX at most
 *
 * Return: how many bytes the frame has.
 */
size_t sf_probe_write(const struct sf_probe *probe, uint8_t *frame,
		      const void *data, size_t len);

/**
 * sf_probe_send() - send a frame by an interface, in this network namespace
 *
 * Return: 0 or a negative errno.
 */
int sf_probe_send(const char *dev, const uint8_t *frame, size_t len);

/* "192.0.2.1", "192.0.2.1:5060", "2001:db8::1", "[2001:db8::1]:5060" */
bool sf_probe_end_parse(const char *text, struct sf_probe_end *end);

#define SF_PROBE_END_TEXT	64

const char *sf_probe_end_text(const struct sf_probe_end *end, char *buf);

#endif /* SIPFAST_SYS_PROBE_H */
