/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wskey.h - the answer to Sec-WebSocket-Key (RFC 6455, 4.2.2)
 */
#ifndef SIPFAST_NET_WSKEY_H
#define SIPFAST_NET_WSKEY_H

#include "http.h"

/* 20 bytes in base64, and a NUL. */
#define SF_WS_ACCEPT	29

/**
 * sf_ws_accept() - what Sec-WebSocket-Accept says
 * @key: SF_HTTP_KEY bytes
 * @accept: SF_WS_ACCEPT bytes
 *
 * Return: false when SHA-1 is not to be had.
 */
bool sf_ws_accept(const char *key, char *accept);

#endif /* SIPFAST_NET_WSKEY_H */
