// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * wskey.c - the answer to Sec-WebSocket-Key
 *
 * It shows that we speak WebSocket, and protects nothing.
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "wskey.h"

#include <openssl/evp.h>

static const char guid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

bool sf_ws_accept(const char *key, char *accept)
{
	char text[SF_HTTP_KEY + sizeof(guid)];
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned int len;

	memcpy(text, key, SF_HTTP_KEY);
	memcpy(text + SF_HTTP_KEY, guid, sizeof(guid));
	if (!EVP_Digest(text, sizeof(text) - 1, digest, &len, EVP_sha1(), NULL))
		return false;
	return EVP_EncodeBlock((unsigned char *)accept, digest, (int)len) ==
	       SF_WS_ACCEPT - 1;
}
