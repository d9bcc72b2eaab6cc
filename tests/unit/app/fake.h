/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fake.h - a network that keeps what is sent, and a clock that stands
 */
#ifndef SIPFAST_UNIT_APP_FAKE_H
#define SIPFAST_UNIT_APP_FAKE_H

#include "../../../daemon/sip/message.h"
#include "../../../daemon/util/mailbox.h"

/**
 * struct fake - how the world is; fake_reset() makes it new
 * @now: sf_clock_ms(); a thread of the store reads it
 * @wall: sf_clock_wall()
 * @real: the clocks are the system's
 * @sent: messages that were sent
 * @awaited: answers that are to come, of all threads
 * @keep: what sf_net_keep() was told last
 * @len: bytes of the last one, in @last
 * @last: the last one, with a NUL behind it
 * @flow: where it went
 * @watch: descriptors that are waited for; of many, the first
 * @watches: how many
 */
struct fake {
	_Atomic u64 now;
	u64 wall;
	bool real;
	u32 sent;
	u32 awaited;
	u32 keep;
	u32 len;
	char last[66000];
	struct sf_flow flow;
	struct sf_watch *watch[4];
	u32 watches;
};

extern struct fake fake;

/* The last line that this thread has logged. */
extern _Thread_local char fake_logged[256];

void fake_reset(void);

/* Let the clocks go on. */
void fake_pass(u32 seconds);

/* Open the letters that are in a box now. */
void fake_read(struct sf_mailbox *box);

/* Where messages of the tests come from: 192.0.2.1:5060 over UDP. */
extern const struct sf_flow fake_flow;

/**
 * struct incoming - a request as it comes in
 */
struct incoming {
	struct sf_msg msg;
	struct sf_packet packet;
	struct sf_message message;
	char bytes[66000];
};

/**
 * incoming() - make one; fails the test when it cannot be read
 * @text: the message; "\n" becomes "\r\n"
 *
 * Return: the message, valid until the next call.
 */
const struct sf_message *incoming(const char *text);

/* The same of bytes, whatever they are. */
const struct sf_message *incoming_bytes(const char *bytes, u32 len);

/* Does a text hold another one? Fails the test if not. */
void assert_holds(const char *text, const char *what);
void assert_lacks(const char *text, const char *what);

#endif /* SIPFAST_UNIT_APP_FAKE_H */
