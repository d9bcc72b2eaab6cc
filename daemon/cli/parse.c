// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * parse.c - sipfast parse: what the SIP core sees in files
 */
#include <errno.h>
#include <string.h>

#include "../util/escape.h"
#include "json.h"
#include "mem.h"
#include "message.h"

/* A stream of messages; more than anyone looks at. */
#define FILE_MAX	(64u << 20)

static int unread(struct sf_cli *cli, const char *file, const char *why)
{
	char safe[256];

	sf_escape(safe, sizeof(safe), file);
	return sf_cli_error(cli, "cannot read '%s': %s", safe, why);
}

/* All bytes of an open file, for free(); @len is set. */
static char *read_all(FILE *in, size_t *len)
{
	size_t room = 1 << 16, n = 0, got;
	char *bytes = sf_mem_check(malloc(room));

	while ((got = fread(bytes + n, 1, room - n, in)) && n + got < FILE_MAX) {
		n += got;
		if (n == room)
			bytes = sf_mem_check(realloc(bytes, room *= 2));
	}
	*len = n + got;
	return bytes;
}

/* Leading line ends belong to no message: how many there are. */
static size_t line_ends(const char *bytes, size_t len)
{
	size_t n = 0;

	while (n < len && (bytes[n] == '\r' || bytes[n] == '\n'))
		n++;
	return n;
}

/* Read the next message of a stream; false when there is none. */
static bool next_message(struct sf_message *message, const char *bytes,
			 size_t len)
{
	if (message->framed)
		return false;
	message->offset += message->msg.len;
	if (line_ends(bytes + message->offset, len - message->offset) ==
	    len - message->offset)
		return false;
	sf_message_read(message, bytes + message->offset,
			len - message->offset, true);
	return true;
}

static void print_text(struct sf_cli *cli, const char *file, const char *bytes,
		       size_t len, bool stream)
{
	struct sf_message message = { .offset = 0 };

	sf_message_read(&message, bytes, len, stream);
	do
		sf_message_print(cli, file, &message);
	while (stream && next_message(&message, bytes, len));
}

/* One object for a file: its first message, those behind it in "more". */
static void print_json(struct sf_cli *cli, const char *file, const char *bytes,
		       size_t len, bool stream)
{
	struct sf_message message = { .offset = 0 };
	json_t *o, *more;

	sf_message_read(&message, bytes, len, stream);
	o = sf_message_json(file, &message);
	if (stream) {
		more = sf_mem_check(json_array());
		while (next_message(&message, bytes, len))
			sf_json_append(more, sf_message_json(NULL, &message));
		sf_json_set(o, "more", more);
	}
	sf_json_print(cli, o, true);
}

static int parse_file(struct sf_cli *cli, const char *file, bool stream)
{
	bool standard = !strcmp(file, "-");
	int status = SF_EXIT_OK;
	size_t len;
	char *bytes;
	FILE *in;

	in = standard ? stdin : fopen(file, "rb");
	if (!in)
		return unread(cli, file, strerror(errno));
	errno = 0;
	bytes = read_all(in, &len);
	if (ferror(in))
		status = unread(cli, file, strerror(errno));
	else if (len >= FILE_MAX)
		status = unread(cli, file, strerror(EFBIG));
	else if (cli->json)
		print_json(cli, file, bytes, len, stream);
	else
		print_text(cli, file, bytes, len, stream);
	free(bytes);
	if (!standard)
		fclose(in);
	return status;
}

static int parse_run(struct sf_cli *cli, int argc, char **argv)
{
	static const struct option options[] = {
		{ "stream", no_argument, NULL, 's' },
		{ NULL, 0, NULL, 0 },
	};
	int c, status = SF_EXIT_OK;
	bool stream = false;

	while ((c = sf_cli_option(cli, argc, argv, "s", options)) > 0)
		stream = true;
	if (c < 0)
		return cli->status;
	if (optind == argc)
		return sf_cli_usage(cli, "parse takes files");
	for (; optind < argc; optind++)
		if (parse_file(cli, argv[optind], stream))
			status = SF_EXIT_FAILURE;
	return status;
}

const struct sf_command sf_cmd_parse = {
	.name = "parse",
	.usage = "parse [-j] [-s] FILE...",
	.summary = "show what the SIP parser sees in files",
	.help = "Each FILE is one datagram; '-' is the standard input.\n"
		"  -s, --stream  each is a stream of messages, as over TCP\n",
	.run = parse_run,
};
