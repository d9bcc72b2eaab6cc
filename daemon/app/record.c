// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * record.c - a binding in one piece, as memory and the store keep it
 */
#include "../sip/uricmp.h"
#include "record.h"

static u32 agent_len(const struct sf_fresh *fresh)
{
	return fresh->agent.len < SF_AGENT_MAX ? fresh->agent.len :
						 SF_AGENT_MAX;
}

u32 sf_fresh_len(const struct sf_fresh *fresh)
{
	return fresh->contact.len + fresh->params.len + fresh->call_id.len +
	       fresh->path.len + agent_len(fresh);
}

static u16 put(char **to, struct sf_text text)
{
	if (text.len)
		memcpy(*to, text.s, text.len);
	*to += text.len;
	return (u16)text.len;
}

/* For people: nothing that a terminal acts upon. */
static void printable(char *text, u32 len)
{
	for (; len--; text++)
		if (*text < ' ' || *text > '~')
			*text = '?';
}

void sf_record_write(struct sf_record *record, const struct sf_fresh *fresh)
{
	struct sf_text agent = { fresh->agent.s, agent_len(fresh) };
	char *to = record->text;

	record->wall = fresh->wall;
	record->flow = fresh->flow;
	record->cseq = fresh->cseq;
	record->reg_id = fresh->reg_id;
	record->q = fresh->q;
	record->contact = put(&to, fresh->contact);
	record->params = put(&to, fresh->params);
	record->call_id = put(&to, fresh->call_id);
	record->path = put(&to, fresh->path);
	record->agent = put(&to, agent);
	printable(to - agent.len, agent.len);
	record->instance = (u16)fresh->instance.len;
	record->instance_off = fresh->instance.len ?
		(u16)(fresh->instance.s - fresh->params.s) : 0;
}

bool sf_record_is(const struct sf_record *record, struct sf_text contact)
{
	return sf_uri_equal(record->text, sf_span(0, record->contact),
			    contact.s, sf_span(0, contact.len));
}

bool sf_record_is_flow(const struct sf_record *record, struct sf_text instance,
		       u32 reg_id)
{
	return reg_id && record->reg_id == reg_id &&
	       sf_text_eq(sf_record_instance(record), instance);
}

bool sf_record_is_same(const struct sf_record *record,
		       const struct sf_fresh *fresh)
{
	return record->reg_id == fresh->reg_id &&
	       sf_text_eq(sf_record_instance(record), fresh->instance) &&
	       sf_text_eq(sf_record_contact(record), fresh->contact);
}
