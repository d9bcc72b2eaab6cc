/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * capture.h - messages in a file that Wireshark opens
 *
 * pcapng (draft-ietf-opsawg-pcapng), with LINKTYPE_WIRESHARK_UPPER_PDU: the
 * message, and in front of it what it is, and between whom. So there are no
 * headers of IP, TCP or TLS to make up, and no limit to its length. What carried
 * it is the name of the interface, "sipfastd-tls"; there is one for each.
 */
#ifndef SIPFAST_CLI_CAPTURE_H
#define SIPFAST_CLI_CAPTURE_H

#include "sighting.h"

#define SF_CAPTURE_WAYS	8

/**
 * struct sf_capture - a file that is written
 * @file: it
 * @way: transports that have an interface there, in the order of their numbers
 * @ways: how many
 */
struct sf_capture {
	FILE *file;
	char way[SF_CAPTURE_WAYS][8];
	uint32_t ways;
};

/**
 * sf_capture_begin() - write the head
 * @capture: @file is set, the rest is zero
 */
void sf_capture_begin(struct sf_capture *capture);

/**
 * sf_capture_add() - write a message, through to the system
 *
 * Return: false when that failed, now or before; errno says why.
 */
bool sf_capture_add(struct sf_capture *capture,
		    const struct sf_sighting *sighting);

#endif /* SIPFAST_CLI_CAPTURE_H */
