/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * record.h - a binding in one piece, as memory and the store keep it
 *
 * RFC 3261, 10; RFC 3327 (Path), RFC 5626 (instance, reg-id).
 */
#ifndef SIPFAST_APP_RECORD_H
#define SIPFAST_APP_RECORD_H

#include "../net/flow.h"
#include "../util/text.h"

/* Preference, in thousandths; RFC 3261 has no default, 1 is what all take. */
#define SF_Q_MAX 1000

/* What the texts of one binding may have in all. */
#define SF_RECORD_TEXT_MAX 8192

/* Of User-Agent so much is kept. */
#define SF_AGENT_MAX 40

/**
 * struct sf_fresh - a binding as it comes in
 * @contact: the URI as the phone wrote it, without angle brackets
 * @params: header parameters besides q and expires, from the first ';'
 * @instance: +sip.instance, a part of @params; or empty
 * @call_id: Call-ID of the REGISTER
 * @path: the elements of Path, topmost first, with commas; or empty
 * @agent: User-Agent; what is not printable becomes '?'
 * @flow: where the REGISTER came from
 * @wall: when it expires, in seconds since 1970
 * @cseq: CSeq of the REGISTER
 * @reg_id: reg-id, of a flow (outbound.h); 0: it is none
 * @q: preference
 */
struct sf_fresh {
	struct sf_text contact;
	struct sf_text params;
	struct sf_text instance;
	struct sf_text call_id;
	struct sf_text path;
	struct sf_text agent;
	struct sf_flow flow;
	u64 wall;
	u32 cseq;
	u32 reg_id;
	u16 q;
};

/**
 * struct sf_record - the same in one piece
 * @wall: when it expires, in seconds since 1970
 * @flow: where the REGISTER came from
 * @cseq: CSeq of the REGISTER
 * @reg_id: reg-id, of a flow (outbound.h); 0: it is none
 * @q: preference
 * @contact: bytes of the contact in @text; of the others likewise, in this order
 * @params: header parameters
 * @call_id: Call-ID
 * @path: Path
 * @agent: User-Agent
 * @instance_off: where in the parameters +sip.instance begins
 * @instance: and its length
 * @text: the texts
 */
struct sf_record {
	u64 wall;
	struct sf_flow flow;
	u32 cseq;
	u32 reg_id;
	u16 q;
	u16 contact;
	u16 params;
	u16 call_id;
	u16 path;
	u16 agent;
	u16 instance_off;
	u16 instance;
	char text[];
};

/* Bytes of all texts; more than SF_RECORD_TEXT_MAX cannot be written. */
u32 sf_fresh_len(const struct sf_fresh *fresh);

/**
 * sf_record_write() - write one
 * @record: has room for sf_fresh_len() bytes of text; of @fresh nothing may lie
 *          in it
 */
void sf_record_write(struct sf_record *record, const struct sf_fresh *fresh);

static inline u32 sf_record_len(const struct sf_record *record)
{
	return (u32)record->contact + record->params + record->call_id +
	       record->path + record->agent;
}

static inline struct sf_text sf_record_contact(const struct sf_record *record)
{
	return (struct sf_text){ record->text, record->contact };
}

static inline struct sf_text sf_record_params(const struct sf_record *record)
{
	return (struct sf_text){ record->text + record->contact,
				 record->params };
}

static inline struct sf_text sf_record_instance(const struct sf_record *record)
{
	return (struct sf_text){ record->text + record->contact +
					 record->instance_off,
				 record->instance };
}

static inline struct sf_text sf_record_call_id(const struct sf_record *record)
{
	return (struct sf_text){ record->text + record->contact +
					 record->params,
				 record->call_id };
}

static inline struct sf_text sf_record_path(const struct sf_record *record)
{
	return (struct sf_text){ record->text + record->contact +
					 record->params + record->call_id,
				 record->path };
}

static inline struct sf_text sf_record_agent(const struct sf_record *record)
{
	return (struct sf_text){ record->text + sf_record_len(record) -
					 record->agent,
				 record->agent };
}

/* Is it the contact that @contact names (RFC 3261, 19.1.4)? */
bool sf_record_is(const struct sf_record *record, struct sf_text contact);

/**
 * sf_record_is_flow() - is it the flow of an instance (RFC 5626, 6)?
 *
 * That is what the binding of a flow is found by, wherever its contact leads to.
 */
bool sf_record_is_flow(const struct sf_record *record, struct sf_text instance,
		       u32 reg_id);

/* Will the store take @fresh for the same binding? */
bool sf_record_is_same(const struct sf_record *record,
		       const struct sf_fresh *fresh);

#endif /* SIPFAST_APP_RECORD_H */
