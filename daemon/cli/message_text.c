// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * message_text.c - a SIP message in words
 */
#include "mem.h"
#include "message.h"
#include "text.h"

#include "../util/escape.h"

#define WIDTH	11	/* of the longest label and its colon */

/* A piece of the message, escaped. */
static void put_span(struct sf_cli *cli, const struct sf_message *m,
		     struct sf_span s)
{
	char *safe = sf_mem_check(sf_escape_bytes(m->msg.buf + s.off, s.len));

	fputs(safe, cli->out);
	free(safe);
}

static void put_line(struct sf_cli *cli, const char *label, const char *text)
{
	sf_put_label(cli, 2, WIDTH, label);
	fprintf(cli->out, "%s\n", text);
}

static void print_verdict(struct sf_cli *cli, const char *file,
			  const struct sf_message *m)
{
	const char *verdict = sf_message_verdict(m);
	enum sf_color color = m->reason ? SF_COLOR_BAD : SF_COLOR_GOOD;

	fprintf(cli->out, "%s", sf_color(cli, SF_COLOR_HEAD));
	sf_put_text(cli->out, file);
	if (m->offset)
		fprintf(cli->out, "+%zu", m->offset);
	fprintf(cli->out, "%s: %s%s%s", sf_color(cli, SF_COLOR_OFF),
		sf_color(cli, color), verdict, sf_color(cli, SF_COLOR_OFF));
	if (m->reason)
		fprintf(cli->out, " (%s: %s)", sf_reason_name(m->reason),
			sf_reason_text(m->reason));
	else
		fprintf(cli->out, ", %u of %zu bytes", m->msg.len, m->size);
	fputc('\n', cli->out);
}

static void print_wrong(struct sf_cli *cli, const struct sf_message *m)
{
	const struct sf_check *check = &m->check;

	if (m->reason == m->framed || m->reason == SF_OK)
		return;
	sf_put_label(cli, 2, WIDTH, "wrong");
	if (check->line != SF_HDR_NONE)
		put_span(cli, m, m->msg.hdrs[check->line].name);
	else
		fputs(check->id ? sf_hdr_name(check->id) : "start line",
		      cli->out);
	if (check->at.len) {
		fprintf(cli->out, " at %u: ", check->at.off);
		put_span(cli, m, check->at);
	}
	fputc('\n', cli->out);
}

static void print_start(struct sf_cli *cli, const struct sf_message *m)
{
	if (!m->msg.start.len)
		return;
	sf_put_label(cli, 2, WIDTH, m->msg.is_request ? "request" :
			m->msg.status ? "response" : "first line");
	put_span(cli, m, m->msg.start);
	fputc('\n', cli->out);
}

static void print_headers(struct sf_cli *cli, const struct sf_message *m)
{
	const struct sf_hdr *hdr;

	if (!m->msg.nhdrs)
		return;
	put_line(cli, "headers", "offset length id, value");
	for (hdr = m->msg.hdrs; hdr < m->msg.hdrs + m->msg.nhdrs; hdr++) {
		fprintf(cli->out, "    %6u %6u ", hdr->value.off,
			hdr->value.len);
		if (hdr->id) {
			fputs(sf_hdr_name(hdr->id), cli->out);
		} else {
			put_span(cli, m, hdr->name);
			fputs(" (unknown)", cli->out);
		}
		fputs(": ", cli->out);
		put_span(cli, m, hdr->value);
		fputc('\n', cli->out);
	}
}

static void print_vias(struct sf_cli *cli, const struct sf_message *m)
{
	struct sf_message_at at = { .begun = false };
	struct sf_via via;

	while (sf_message_via(m, &at, &via)) {
		sf_put_label(cli, 2, WIDTH, "via");
		put_span(cli, m, via.transport_text);
		fputc(' ', cli->out);
		put_span(cli, m, via.sent_by.hostport);
		if (via.params.len)
			fputc(' ', cli->out);
		put_span(cli, m, via.params);
		fputc('\n', cli->out);
	}
}

static void put_part(struct sf_cli *cli, const struct sf_message *m,
		     const char *name, struct sf_span s)
{
	if (!s.len)
		return;
	fprintf(cli->out, " %s ", name);
	put_span(cli, m, s);
}

static void print_uris(struct sf_cli *cli, const struct sf_message *m)
{
	struct sf_message_at at = { .begun = false };
	struct sf_uri uri;

	while (sf_message_uri(m, &at, &uri)) {
		sf_put_label(cli, 2, WIDTH, "uri");
		put_span(cli, m, uri.scheme_text);
		fputc(':', cli->out);
		put_part(cli, m, "user", uri.user);
		put_part(cli, m, "host", uri.at.host);
		put_part(cli, m, "port", uri.at.port_text);
		put_part(cli, m, "params", uri.params);
		put_part(cli, m, "headers", uri.headers);
		fputc('\n', cli->out);
	}
}

static void print_media(struct sf_cli *cli, const struct sf_message *m,
			const struct sf_sdp_media *media)
{
	sf_put_label(cli, 2, WIDTH, "media");
	put_span(cli, m, media->type_text);
	fputc(' ', cli->out);
	put_span(cli, m, media->proto_text);
	fputc(' ', cli->out);
	put_span(cli, m, sf_sdp_conn(&m->sdp, media)->text);
	fprintf(cli->out, " port %u %s", media->port,
		sf_message_dir(sf_sdp_dir(&m->sdp, media)));
	if (media->rtcp_port)
		fprintf(cli->out, " rtcp %u", media->rtcp_port);
	if (media->rtcp_mux)
		fputs(" rtcp-mux", cli->out);
	fputc('\n', cli->out);
}

static void print_sdp(struct sf_cli *cli, const struct sf_message *m)
{
	u32 i;

	if (m->described == SF_EMPTY)
		return;
	sf_put_label(cli, 2, WIDTH, "sdp");
	if (m->described) {
		fprintf(cli->out, "%s (%s)\n", sf_reason_name(m->described),
			sf_reason_text(m->described));
		return;
	}
	fprintf(cli->out, "%u bytes at %u, from ", m->sdp.all.len,
		m->sdp.all.off);
	put_span(cli, m, m->sdp.origin.text);
	fputc('\n', cli->out);
	for (i = 0; i < m->sdp.nmedia; i++)
		print_media(cli, m, &m->sdp.media[i]);
}

static void print_roles(struct sf_cli *cli, const struct sf_message *m)
{
	enum sf_help help = sf_helper_ruling(&m->msg, m->framed);
	u16 proxy = sf_proxy_ruling(&m->msg, m->reason, NULL);
	u16 server = sf_server_ruling(&m->msg, m->reason, NULL);
	char buf[8];

	put_line(cli, "proxy", sf_message_ruling(proxy, "forward", buf));
	put_line(cli, "server", sf_message_ruling(server, "process", buf));
	put_line(cli, "helper", sf_message_help(help));
}

void sf_message_print(struct sf_cli *cli, const char *file,
		      const struct sf_message *message)
{
	print_verdict(cli, file, message);
	print_wrong(cli, message);
	print_start(cli, message);
	print_headers(cli, message);
	print_vias(cli, message);
	print_uris(cli, message);
	print_sdp(cli, message);
	print_roles(cli, message);
}
