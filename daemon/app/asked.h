/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * asked.h - what a REGISTER asks for
 *
 * RFC 3261, 10.2 and 10.3, steps 6 and 7; RFC 3327 (Path), RFC 5626 (flows), RFC
 * 5630, 5.2 (sips:).
 */
#ifndef SIPFAST_APP_ASKED_H
#define SIPFAST_APP_ASKED_H

#include "../sip/message.h"
#include "domain.h"
#include "record.h"

/* Contacts in one REGISTER, and bindings that a user may have at all. */
#define SF_CONTACTS_MAX	32

/* What a contact and its parameters may have, each. */
#define SF_CONTACT_LEN	512

/* What Path may have. */
#define SF_PATH_LEN	4096

#define SF_ASKED_TEXT	16384

/**
 * struct sf_wish - one contact
 * @fresh: the binding that is wished for
 * @expires: for so many seconds; 0: it is to go
 */
struct sf_wish {
	struct sf_fresh fresh;
	u32 expires;
};

/**
 * struct sf_asked - all of them
 * @count: entries used in @wish
 * @star: all contacts are to go; there is no @wish then
 * @path: elements of Path; empty when there is none
 * @wish: what is wished for, each contact once
 * @len: bytes used in @text
 * @text: what could not be left in the message
 */
struct sf_asked {
	u32 count;
	bool star;
	struct sf_text path;
	struct sf_wish wish[SF_CONTACTS_MAX];
	u32 len;
	char text[SF_ASKED_TEXT];
};

/**
 * sf_asked_read() - read a REGISTER that sf_server_ruling() has let pass
 * @now: seconds since 1970
 *
 * A contact that stands twice counts as it stands last. A malformed expires is
 * none (RFC 3261, 10.2.1.1). Too brief is less than the domain's least, and
 * than an hour.
 *
 * Return: 0, or the status code of a refusal: 400, 403 (too many contacts), 420
 * (Path, where the phone does not support it), 423, 439 (outbound.h).
 */
u16 sf_asked_read(struct sf_asked *asked, const struct sf_message *request,
		  const struct sf_domain *domain, u64 now);

/* Does Supported or Require name an option? */
bool sf_asked_option(const struct sf_msg *msg, const char *option);

#endif /* SIPFAST_APP_ASKED_H */
