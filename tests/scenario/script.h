/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * script.h - a scenario while it runs: see README for what it may say
 */
#ifndef SIPFAST_SCENARIO_SCRIPT_H
#define SIPFAST_SCENARIO_SCRIPT_H

#include "pattern.h"
#include "world.h"

#define SCRIPT_WORDS	12
#define SCRIPT_BLOCK	256

/**
 * struct place - one end of the network
 * @name: of the phone, or "somebody"
 * @transport: enum sf_transport
 * @end: its address; port 0: any
 * @worker: whom it sends to, or hears from; -1: the first, any
 * @contact: its Contact, without brackets
 */
struct place {
	char name[32];
	u8 transport;
	struct sf_end end;
	int worker;
	char contact[128];
};

/**
 * struct statement - one statement
 * @file: where it stands
 * @line: there
 * @words: entries used in @word
 * @word: its words, the verb first
 * @block: the lines that belong to it, without what they are indented by
 * @lines: how many
 */
struct statement {
	const char *file;
	u32 line;
	u32 words;
	char *word[SCRIPT_WORDS];
	char *block[SCRIPT_BLOCK];
	u32 lines;
};

/**
 * script_run() - run the scenario of a text
 * @file: what it is called where something is told of it
 *
 * Return: false when it failed; script_account() says why.
 */
bool script_run(const char *file, const char *text);
const char *script_account(void);

/* Read a file as a whole; ends the program when there is none. */
char *script_read(const char *path, u32 *len);

/* It failed. What went over the wire is told as well. */
__attribute__((format(printf, 2, 3)))
void script_fail(const struct statement *st, const char *format, ...);
bool script_failed(void);

/**
 * script_place() - a place, from the words of a statement
 * @at: index of its first word; moved behind it
 */
bool script_place(const struct statement *st, u32 *at, struct place *place);

/* What "udp", "tls" and the others mean; SF_TRANSPORT_OTHER: nothing. */
u8 script_transport(const char *word);

/* Names of what is remembered are filled in; fails when one is not. */
bool script_fill(const struct statement *st, const char *text, struct text *out);

/* What was sent has to be expected before the script goes on. */
void script_leftover(const struct statement *st);

/* Did a message come from there, or go there? */
bool script_is_at(const struct wire *wire, const struct place *place);

/* The last message of a place that fits; NULL: there is none. */
const struct wire *script_last(const struct place *place, bool out,
			       bool (*fits)(const struct wire *wire, const char *arg),
			       const char *arg);
/* Is it a request of that method; NULL: of any but ACK and CANCEL? */
bool wire_is_request(const struct wire *wire, const char *method);
bool wire_is_response(const struct wire *wire, const char *method);

/* Call a place by its name from now on; and what its Contact is by default. */
void script_phone(const struct place *place);
void script_contact(struct place *place);

/* stage.c: what there is */
void stage_file(const struct statement *st);
void stage_user(const struct statement *st);
void stage_phone(const struct statement *st);
void stage_name(const struct statement *st);
void stage_route(const struct statement *st);
void stage_listen(const struct statement *st);
void stage_start(const struct statement *st);
void stage_reload(const struct statement *st);
void stage_restart(const struct statement *st);
void stage_drain(const struct statement *st);
void stage_backlog(const struct statement *st);
void stage_wait(const struct statement *st);
void stage_busy(const struct statement *st);
void stage_crowd(const struct statement *st);
void stage_counted(const struct statement *st);
void stage_nothing(const struct statement *st);
void stage_certificate(const struct statement *st);
void stage_way(const struct statement *st);
void stage_module(const struct statement *st);
void stage_close(const struct statement *st);
void stage_ping(const struct statement *st);
void stage_icmp(const struct statement *st);
void stage_closed(const struct statement *st);
void stage_set(const struct statement *st);

/* say.c: what comes in */
void say_recv(const struct statement *st);
void say_feed(const struct statement *st);
void say_ask(const struct statement *st);
void say_again(const struct statement *st);
void say_login(const struct statement *st);

/* follow.c: what comes in and follows something */
void say_cancel(const struct statement *st);
void say_ack(const struct statement *st);
void say_follow(const struct statement *st);
void say_reply(const struct statement *st);

/* What say.c and follow.c share: the message that is being made. */
extern struct text say_made;
void say_via(const struct place *place);
bool say_has_contact(const char *method);
u32 say_serial(void);

/* The lines of the block, and in it goes. */
void say_finish(const struct statement *st, const struct place *place);

/* hear.c: what has to be sent */
void hear_send(const struct statement *st);
void hear_within(const struct statement *st);
void hear_media(const struct statement *st);

#endif /* SIPFAST_SCENARIO_SCRIPT_H */
