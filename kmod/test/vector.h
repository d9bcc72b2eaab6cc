/* SPDX-License-Identifier: GPL-2.0 */
/*
 * vector.h - the messages of tests/vectors and the corpora of tests/fuzz
 *
 * tests/kunit/table.py makes the tables from the files when the module is
 * built; tests/vectors/README says what the files mean.
 */
#ifndef _SF_TEST_VECTOR_H
#define _SF_TEST_VECTOR_H

#include <linux/types.h>

/* Bytes with a length; any byte may be among them. */
struct sf_text {
	const char *at;
	u32 len;
};

/* What a line of an .expect file is about. */
enum sf_step_kind {
	SF_STEP_PARSE,
	SF_STEP_VERDICT,
	SF_STEP_PROXY,
	SF_STEP_SERVER,
	SF_STEP_HELPER,
	SF_STEP_STREAM,
	SF_STEP_NEXT,
	SF_STEP_REQUEST,
	SF_STEP_RESPONSE,
	SF_STEP_URI,
	SF_STEP_HDR,
	SF_STEP_VIA,
	SF_STEP_ADDR,
	SF_STEP_CSEQ,
	SF_STEP_BODY,
	SF_STEP_SDP,
	SF_STEP_ORIGIN,
	SF_STEP_CONN,
	SF_STEP_MEDIA,
};

/**
 * struct sf_step - one line of an .expect file
 * @line: its number
 * @kind: enum sf_step_kind
 * @id: the enumerator that the line names: header, method, scheme, transport
 *	or media type
 * @reason: enum sf_reason that is expected; what follows is for SF_OK only
 * @num: its numbers and further enumerators, in their order
 * @text: its strings, in their order
 */
struct sf_step {
	u16 line;
	u8 kind;
	u8 id;
	u8 reason;
	u32 num[5];
	struct sf_text text[3];
};

/**
 * struct sf_vector_map - an address and port that is translated
 * @inside: as the phone has it
 * @inside_port: likewise, host byte order
 * @outside: as the provider sees it
 * @outside_port: likewise
 */
struct sf_vector_map {
	u8 inside[16];
	u8 outside[16];
	u16 inside_port;
	u16 outside_port;
};

/**
 * struct sf_vector_edit - an edit that translation makes
 * @off: where
 * @len: how many bytes it replaces
 * @map: 0, or: @text is the outside port of map number @map, for which the
 *	module may choose another one of the same length
 * @text: by what
 */
struct sf_vector_edit {
	u32 off;
	u32 len;
	u32 map;
	struct sf_text text;
};

/**
 * struct sf_vector - one message and what is expected of it
 * @name: path of its files below tests/vectors, without suffix
 * @msg: the message
 * @nat: the message after translation; @nat.at is NULL when there is none
 * @digest: what sf_walk_digest() says of @msg in user space
 * @gap: why the module does not promise @nat yet, or NULL
 * @ipv6: the maps are of IPv6
 * @in: the message comes from outside
 * @nsteps: entries of @steps
 * @nmaps: entries of @maps; the first is that of the signalling
 * @nedits: entries of @edits, in the order of their offsets
 */
struct sf_vector {
	const char *name;
	struct sf_text msg;
	struct sf_text nat;
	u32 digest;
	const char *gap;
	bool ipv6;
	bool in;
	u32 nsteps;
	u32 nmaps;
	u32 nedits;
	const struct sf_step *steps;
	const struct sf_vector_map *maps;
	const struct sf_vector_edit *edits;
};

extern const struct sf_vector sf_vectors[];
extern const unsigned int sf_nvectors;

/* An input that a fuzzer found worth keeping; @digest is as above. */
struct sf_corpus_input {
	const char *name;
	struct sf_text bytes;
	u32 digest;
};

extern const struct sf_corpus_input sf_corpus[];
extern const unsigned int sf_ncorpus;

/*
 * Parameters of KUnit cases: every vector, or those with a translation. One
 * test for each, by its name.
 */
const void *sf_vector_next(const void *prev, char *desc);
const void *sf_vector_next_nat(const void *prev, char *desc);

#endif /* _SF_TEST_VECTOR_H */
