/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mask.h - take the secrets out of a copy of a message
 *
 * Messages are shown to people who may see who calls whom, and nothing beyond
 * that. The copy is read line by line, not through an index, so that a message
 * that nobody understands is masked, too.
 *
 * RFC 7616 (digest), RFC 4568 (a=crypto), RFC 8866 (k=), RFC 4567 (a=key-mgmt),
 * RFC 8839 (a=ice-pwd), RFC 6086 (INFO), RFC 4730 (KPML).
 */
#ifndef SIPFAST_MASK_H
#define SIPFAST_MASK_H

#include <sipfast/span.h>

/**
 * sf_mask() - replace each character of a secret by '*'
 * @buf: the copy; as long afterwards as before, so that spans still hold
 * @len: its bytes
 *
 * Secrets are: of Digest challenges and credentials every parameter but those
 * that name something (username, realm, uri, ...), of other schemes
 * everything; passwords in URIs; keys in session descriptions, and passwords of
 * ICE; bodies of INFO, and any of a type that carries dialled digits, behind the
 * "=" of each line or, without one, as a whole. A signature (Identity) is none.
 */
void sf_mask(char *buf, u32 len);

#endif /* SIPFAST_MASK_H */
