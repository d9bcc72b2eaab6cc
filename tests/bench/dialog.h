/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dialog.h - the messages of calls through a translating router
 */
#ifndef BENCH_DIALOG_H
#define BENCH_DIALOG_H

#include <netinet/in.h>
#include <stdbool.h>

#define PHONE		"192.168.1.10"
#define PROVIDER	"198.51.100.6"
#define GATEWAY		"198.51.100.7"
#define PUBLIC		"203.0.113.1"
#define SIP_PORT	5060
#define OTHER_PORT	9999
#define PHONE_PORTS	40000	/* of media */
#define PROVIDER_PORTS	20000

#define MSG_SPACE	2048

/**
 * struct msg - a message
 * @source: whose it is, of those behind the client; 0: the client's own
 * @peer: where it comes from or goes to
 * @len: its length
 * @text: its bytes, with a NUL behind them
 */
struct msg {
	struct in_addr source;
	struct sockaddr_in peer;
	unsigned int len;
	char text[MSG_SPACE + 1];
};

enum side { CLIENT, SERVER, SIDES };

/**
 * struct step - a message of a dialog
 * @name: what it is
 * @from: who sends it
 * @make: makes the one of dialog @n; @got is what its sender received last
 * @check: what is wrong with it as it was received, or NULL
 */
struct step {
	const char *name;
	enum side from;
	void (*make)(struct msg *out, unsigned int n, const struct msg *got);
	const char *(*check)(const struct msg *got, const struct msg *sent,
			     unsigned int n, bool helped);
};

/**
 * struct dialog - the messages of a whole one
 * @name: what it is
 * @port: the server's
 * @count: how many they are
 * @steps: they
 */
struct dialog {
	const char *name;
	unsigned int port;
	unsigned int count;
	struct step steps[5];
};

/**
 * dialog_find() - look up a kind of dialog by its name
 * Return: it, or NULL.
 */
const struct dialog *dialog_find(const char *name);

#endif /* BENCH_DIALOG_H */
