/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * listing.h - header lines that answer a REGISTER
 */
#ifndef SIPFAST_APP_LISTING_H
#define SIPFAST_APP_LISTING_H

#include "../util/out.h"
#include "location.h"

struct sf_able;

/**
 * sf_list_contacts() - a Contact for each binding, with what is left of its time
 *
 * Parameters that came in the URI are in the URI again, and those of the
 * header behind it (RFC 4475, 3.3.12 to 3.3.14).
 */
void sf_list_contacts(struct sf_out *out, const struct sf_place *place);

/**
 * sf_list_date() - Date (RFC 3261, 20.17)
 * @wall: seconds since 1970
 */
void sf_list_date(struct sf_out *out, u64 wall);

/**
 * sf_list_unsupported() - the options that a request requires in vain
 * @able: those that it would not
 */
void sf_list_unsupported(struct sf_out *out, const struct sf_msg *msg,
			 const struct sf_able *able);

#endif /* SIPFAST_APP_LISTING_H */
