/* SPDX-License-Identifier: GPL-2.0 */
/*
 * form.h - how an endpoint writes its own address
 *
 * With a port or without, or as the others see it. What is translated for the
 * others comes back in the form that it left in: an endpoint may look for
 * itself by comparing bytes.
 */
#ifndef _SF_FORM_H
#define _SF_FORM_H

#include <linux/bits.h>
#include <linux/types.h>

/* Places in which an endpoint may write itself in a way of its own. */
enum sf_place {
	SF_PLACE_VIA,
	SF_PLACE_CONTACT,	/* and the routes and request lines made of it */
	SF_PLACE_OTHER,
	SF_PLACES
};

/* Both: sometimes so, sometimes so. */
#define SF_FORM_PORT	BIT(0)
#define SF_FORM_BARE	BIT(1)

/* Users that are told apart, by a hash. */
#define SF_FORM_USERS	11

/**
 * struct sf_forms - what an endpoint was seen to write
 * @bits: two bits SF_FORM_* for each place, whoever the user was; then for
 *	each bucket of users; then a bit for each place in which it writes the
 *	address that others see, and wants it to stay.
 *
 * Written without a lock: a bit that is lost costs an equivalent form.
 */
struct sf_forms {
	u32 bits;
};

/**
 * sf_form_note() - note how an endpoint wrote itself
 * @user: hash of the user that it stands with
 * @form: SF_FORM_PORT or SF_FORM_BARE
 */
void sf_form_note(struct sf_forms *forms, enum sf_place place, u32 user,
		  u8 form);

/**
 * sf_form_bare() - is the port to be left out, which is the standard one?
 * @bare: it is left out in what is translated back
 */
bool sf_form_bare(const struct sf_forms *forms, enum sf_place place, u32 user,
		  bool bare);

/* Note whether it wrote the address that others see. */
void sf_form_set_public(struct sf_forms *forms, enum sf_place place,
			bool public);

/* Did it? */
bool sf_form_public(const struct sf_forms *forms, enum sf_place place);

#endif /* _SF_FORM_H */
