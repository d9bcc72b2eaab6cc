// SPDX-License-Identifier: GPL-2.0
/*
 * form.c - how an endpoint writes its own address
 */
#include <linux/build_bug.h>
#include <linux/compiler.h>

#include "form.h"

#define SF_FORM_BITS	2
#define SF_FORM_MASK	(SF_FORM_PORT | SF_FORM_BARE)
#define SF_FORM_PUBLIC	(SF_FORM_BITS * (SF_PLACES + SF_FORM_USERS))

static_assert(SF_FORM_PUBLIC + SF_PLACES <= 32);

static u8 sf_form_at(u32 bits, u32 slot)
{
	return bits >> (SF_FORM_BITS * slot) & SF_FORM_MASK;
}

/* One user may be known by other forms in other places. */
static u32 sf_form_user(enum sf_place place, u32 user)
{
	return SF_PLACES + (user + place) % SF_FORM_USERS;
}

void sf_form_note(struct sf_forms *forms, enum sf_place place, u32 user,
		  u8 form)
{
	u32 bits = READ_ONCE(forms->bits);
	u32 add = (u32)form << (SF_FORM_BITS * place) |
		  (u32)form << (SF_FORM_BITS * sf_form_user(place, user));

	if (add & ~bits)
		WRITE_ONCE(forms->bits, bits | add);
}

/* Whoever the user is, if there is but one form; or as the user is written. */
bool sf_form_bare(const struct sf_forms *forms, enum sf_place place, u32 user,
		  bool bare)
{
	u32 bits = READ_ONCE(forms->bits);
	u8 form = sf_form_at(bits, place);

	if (form == SF_FORM_MASK)
		form = sf_form_at(bits, sf_form_user(place, user));

	switch (form) {
	case SF_FORM_PORT:
		return false;
	case SF_FORM_BARE:
		return true;
	default:
		return bare;
	}
}

void sf_form_set_public(struct sf_forms *forms, enum sf_place place,
			bool public)
{
	u32 bits = READ_ONCE(forms->bits);
	u32 bit = BIT(SF_FORM_PUBLIC + place);

	if (!!(bits & bit) != public)
		WRITE_ONCE(forms->bits, bits ^ bit);
}

bool sf_form_public(const struct sf_forms *forms, enum sf_place place)
{
	return READ_ONCE(forms->bits) & BIT(SF_FORM_PUBLIC + place);
}
