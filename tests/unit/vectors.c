// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * vectors.c - every message under tests/vectors against its expectations
 *
 * Each keyword of the .expect format has one function here. Besides, every
 * message is cut at every length, and every value as well: nothing may be read
 * behind the cut, and no cut message may pass for a whole one.
 */
#include "vector.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sipfast/check.h>
#include <sipfast/edit.h>
#include <sipfast/role.h>
#include <sipfast/sdp.h>
#include <sipfast/value.h>

/* struct cursor - the next element of all header lines of a kind */
struct cursor {
	bool started;
	bool broken;
	const struct sf_hdr *hdr;
	struct sf_span rest;
};

/* struct check - one vector while its lines are checked */
static struct check {
	const struct vector *vector;
	const struct vector_line *line;
	const char *buf;
	enum sf_reason reason;
	enum sf_reason verdict;
	struct sf_msg msg;
	struct sf_msg stream;
	u32 stream_len;
	struct sf_sdp sdp;
	struct cursor cursor[SF_HDR_COUNT];
	const struct sf_hdr *cseq;
	u32 hdrs;
	u32 media;
	struct sf_edits want;
} check;

static const char *dir;

static const char *word(u32 i)
{
	assert_true(i < check.line->count);
	return check.line->word[i];
}

static u32 number(u32 i)
{
	return (u32)strtoul(word(i), NULL, 10);
}

/* Is the span what word @i says? */
static void same(struct sf_span s, u32 i)
{
	word(i);
	if (!sf_span_eq(check.buf, s, check.line->word[i], check.line->len[i]))
		fail_msg("got \"%.*s\"", (int)s.len, check.buf + s.off);
}

static void same_name(const char *got, u32 i)
{
	if (strcmp(*got ? got : "-", word(i)))
		fail_msg("got %s", got);
}

static void same_reason(enum sf_reason got, u32 i)
{
	if (strcmp(sf_reason_name(got), word(i)))
		fail_msg("got %s", sf_reason_name(got));
}

static enum sf_hdr_id hdr_id(u32 i)
{
	return sf_hdr_id(word(i), whole(check.line->len[i]));
}

static void check_parse(void)
{
	same_reason(check.reason, 1);
}

static void check_stream(void)
{
	enum sf_reason reason;

	reason = sf_msg_parse_stream(&check.stream, check.buf,
				     check.vector->len);
	same_reason(reason, 1);
	if (!reason)
		check.stream_len = check.stream.len;
}

static void check_next(void)
{
	same_reason(sf_msg_parse_stream(&check.stream,
					check.buf + check.stream_len,
					check.vector->len - check.stream_len),
		    1);
}

static void check_request(void)
{
	assert_true(check.msg.is_request);
	same(check.msg.method_name, 1);
	same(check.msg.ruri, 2);
	assert_int_equal(check.msg.method,
			 sf_method_id(word(1), whole(check.line->len[1])));
}

static void check_response(void)
{
	assert_false(check.msg.is_request);
	assert_int_equal(check.msg.status, number(1));
	same_name(sf_method_name(check.msg.method), 2);
	same(check.msg.phrase, 3);
}

static void check_uri(void)
{
	static const char *const schemes[] = {
		[SF_SCHEME_OTHER] = "other", [SF_SCHEME_SIP] = "sip",
		[SF_SCHEME_SIPS] = "sips", [SF_SCHEME_TEL] = "tel",
	};
	enum sf_reason reason;
	struct sf_uri uri;

	reason = sf_uri_parse(check.buf, check.msg.ruri, &uri);
	if (check.line->count == 2 || reason) {
		same_reason(reason, 1);
		return;
	}
	same_name(schemes[uri.scheme], 1);
	same(uri.user, 2);
	same(uri.at.host, 3);
	assert_int_equal(uri.at.port, number(4));
}

static void check_hdr(void)
{
	const struct sf_hdr *hdr = &check.msg.hdrs[check.hdrs++];

	assert_true(check.hdrs <= check.msg.nhdrs);
	same_name(sf_hdr_name(hdr->id), 1);
	if (!hdr->id)
		same(hdr->name, 2);
	same(hdr->value, hdr->id ? 2 : 3);
}

static enum sf_reason cursor_next(enum sf_hdr_id id, struct sf_span *item)
{
	struct cursor *cursor = &check.cursor[id];
	enum sf_reason reason;

	if (!cursor->started) {
		cursor->started = true;
		cursor->hdr = sf_msg_hdr(&check.msg, id);
		if (!cursor->hdr)
			return SF_EMPTY;
		cursor->rest = cursor->hdr->value;
	}
	for (;;) {
		reason = sf_list_next(check.buf, &cursor->rest, item);
		if (reason != SF_EMPTY)
			break;
		cursor->hdr = sf_msg_hdr_next(&check.msg, cursor->hdr);
		if (!cursor->hdr)
			break;
		cursor->rest = cursor->hdr->value;
	}
	cursor->broken = reason;
	return reason;
}

static enum sf_reason params_judge(struct sf_span rest)
{
	struct sf_param param;
	enum sf_reason reason;

	do
		reason = sf_param_next(check.buf, &rest, &param);
	while (!reason);
	return reason == SF_EMPTY ? SF_OK : reason;
}

static void check_via(void)
{
	static const char *const transports[] = {
		[SF_TRANSPORT_OTHER] = "-", [SF_TRANSPORT_UDP] = "UDP",
		[SF_TRANSPORT_TCP] = "TCP", [SF_TRANSPORT_TLS] = "TLS",
		[SF_TRANSPORT_SCTP] = "SCTP", [SF_TRANSPORT_WS] = "WS",
		[SF_TRANSPORT_WSS] = "WSS",
	};
	enum sf_reason reason;
	struct sf_span item;
	struct sf_via via;

	reason = cursor_next(SF_HDR_VIA, &item);
	if (!reason)
		reason = sf_via_parse(check.buf, item, &via);
	if (!reason)
		reason = params_judge(via.params);
	if (check.line->count == 2 || reason) {
		same_reason(reason, 1);
		return;
	}
	same_name(transports[via.transport], 1);
	same(via.sent_by.host, 2);
	assert_int_equal(via.sent_by.port, number(3));
	same(via.params, 4);
}

static enum sf_reason addr_judge(struct sf_span item, struct sf_addr *addr)
{
	enum sf_reason reason = sf_addr_parse(check.buf, item, addr);
	struct sf_uri uri;

	if (!reason && !addr->star)
		reason = sf_uri_parse(check.buf, addr->uri, &uri);
	return reason ? reason : params_judge(addr->params);
}

static void check_addr(void)
{
	enum sf_reason reason;
	struct sf_addr addr;
	struct sf_span item;

	reason = cursor_next(hdr_id(1), &item);
	if (!reason)
		reason = addr_judge(item, &addr);
	if (check.line->count == 3 || reason) {
		same_reason(reason, 2);
		return;
	}
	same(addr.display, 2);
	if (addr.star)
		assert_string_equal(word(3), "*");
	else
		same(addr.uri, 3);
	same(addr.params, 4);
}

static void check_cseq(void)
{
	struct sf_cseq cseq;
	enum sf_reason reason;

	check.cseq = check.cseq ? sf_msg_hdr_next(&check.msg, check.cseq) :
				  sf_msg_hdr(&check.msg, SF_HDR_CSEQ);
	assert_non_null(check.cseq);
	reason = sf_cseq_parse(check.buf, check.cseq->value, &cseq);
	if (check.line->count == 2 || reason) {
		same_reason(reason, 1);
		return;
	}
	assert_int_equal(cseq.number, number(1));
	same(cseq.method_name, 2);
}

static void check_body(void)
{
	assert_int_equal(check.msg.body.off, number(1));
	assert_int_equal(check.msg.body.len, number(2));
	assert_int_equal(check.msg.len, number(1) + number(2));
}

static void check_sdp(void)
{
	struct sf_span where;
	enum sf_reason reason;

	reason = sf_sdp_of(&check.msg, &where);
	if (check.line->count == 2 || reason) {
		same_reason(reason, 1);
		return;
	}
	assert_int_equal(where.off, number(1));
	assert_int_equal(where.len, number(2));
	assert_reason(sf_sdp_parse(&check.sdp, check.buf, where), SF_OK);
}

static void check_origin(void)
{
	same(check.sdp.origin.text, 1);
}

static void check_conn(void)
{
	same(check.sdp.conn.text, 1);
}

static void check_media(void)
{
	static const char *const types[] = {
		[SF_MEDIA_OTHER] = "-", [SF_MEDIA_AUDIO] = "audio",
		[SF_MEDIA_VIDEO] = "video", [SF_MEDIA_TEXT] = "text",
		[SF_MEDIA_IMAGE] = "image",
		[SF_MEDIA_APPLICATION] = "application",
		[SF_MEDIA_MESSAGE] = "message",
	};
	static const char *const protos[] = {
		[SF_PROTO_OTHER] = "-", [SF_PROTO_RTP] = "rtp",
		[SF_PROTO_UDP] = "udp", [SF_PROTO_TCP] = "tcp",
	};
	static const char *const dirs[] = {
		[SF_DIR_SENDRECV] = "sendrecv", [SF_DIR_SENDONLY] = "sendonly",
		[SF_DIR_RECVONLY] = "recvonly", [SF_DIR_INACTIVE] = "inactive",
	};
	const struct sf_sdp_media *media = &check.sdp.media[check.media++];

	assert_true(check.media <= check.sdp.nmedia);
	same_name(types[media->type], 1);
	same_name(protos[media->proto], 2);
	assert_int_equal(media->port, number(3));
	assert_int_equal(media->ports, number(4));
	same_name(dirs[sf_sdp_dir(&check.sdp, media)], 5);
	same(sf_sdp_conn(&check.sdp, media)->text, 6);
	assert_int_equal(media->rtcp_port, number(7));
	same_name(media->rtcp_mux ? "mux" : "-", 8);
}

/* Which header is wrong is said where it is a header. */
static void check_verdict(void)
{
	struct sf_check found = { .line = SF_HDR_NONE };

	check.verdict = check.reason;
	if (!check.verdict)
		check.verdict = sf_msg_check(&check.msg, &found);
	same_reason(check.verdict, 1);
	if (check.line->count > 2)
		same_name(sf_hdr_name(found.id), 2);
	if (found.line != SF_HDR_NONE) {
		assert_int_equal(check.msg.hdrs[found.line].id, found.id);
		assert_true(sf_span_within(found.at,
					   check.msg.hdrs[found.line].value));
	}
}

static void same_ruling(u16 got, u32 i)
{
	static const char *const words[] = {
		[SF_GO] = "go", [SF_DISCARD] = "discard",
		[SF_ABSORB] = "absorb",
	};

	if (got >= ARRAY_SIZE(words))
		assert_int_equal(got, number(i));
	else
		same_name(words[got], i);
}

static void check_proxy(void)
{
	same_ruling(sf_proxy_ruling(&check.msg, check.verdict, NULL), 1);
}

static void check_server(void)
{
	same_ruling(sf_server_ruling(&check.msg, check.verdict, NULL), 1);
}

static void check_helper(void)
{
	static const char *const words[] = {
		[SF_HELP_PASS] = "pass", [SF_HELP_EDIT] = "edit",
		[SF_HELP_OPEN] = "open",
	};

	same_name(words[sf_helper_ruling(&check.msg, check.reason)], 1);
}

/* Who maps what to what is for those who decide edits; here they are given. */
static void check_nothing(void)
{
}

static void check_edit(void)
{
	sf_edit(&check.want, sf_span(number(1), number(1) + number(2)),
		word(3), check.line->len[3]);
}

static const struct {
	const char *name;
	void (*check)(void);
} keywords[] = {
	{ "parse", check_parse },
	{ "stream", check_stream },
	{ "next", check_next },
	{ "request", check_request },
	{ "response", check_response },
	{ "uri", check_uri },
	{ "hdr", check_hdr },
	{ "via", check_via },
	{ "addr", check_addr },
	{ "cseq", check_cseq },
	{ "body", check_body },
	{ "sdp", check_sdp },
	{ "origin", check_origin },
	{ "conn", check_conn },
	{ "media", check_media },
	{ "verdict", check_verdict },
	{ "proxy", check_proxy },
	{ "server", check_server },
	{ "helper", check_helper },
	{ "nat", check_nothing },
	{ "map", check_nothing },
	{ "edit", check_edit },
};

static void check_line(const char *name)
{
	u32 i;

	row("%s.expect:%u", name, check.line->number);
	for (i = 0; i < ARRAY_SIZE(keywords); i++) {
		if (strcmp(keywords[i].name, word(0)))
			continue;
		keywords[i].check();
		return;
	}
	fail_msg("unknown keyword");
}

/* Nothing that the message has was left out of the expectations. */
static void check_rest(const char *name)
{
	struct sf_span item;
	u32 id;

	row("%s.expect, at its end", name);
	if (check.reason)
		return;
	assert_int_equal(check.hdrs, check.msg.nhdrs);
	assert_int_equal(check.media, check.sdp.nmedia);
	for (id = 0; id < SF_HDR_COUNT; id++) {
		if (!check.cursor[id].started || check.cursor[id].broken)
			continue;
		row("%s.expect, more of %s", name, sf_hdr_name(id));
		assert_reason(cursor_next(id, &item), SF_EMPTY);
	}
}

/* The edits but that of Content-Length, which is for the core to find. */
static void edit_again(struct sf_edits *edits)
{
	const struct sf_hdr *length;
	const struct sf_edit *edit;
	u32 i;

	length = sf_msg_hdr(&check.msg, SF_HDR_CONTENT_LENGTH);
	sf_edits_init(edits);
	for (i = check.want.count; i--;) {
		edit = &check.want.edit[i];
		if (length && edit->at.off == length->value.off)
			continue;
		sf_edit(edits, edit->at, check.want.text + edit->text,
			edit->len);
	}
	sf_edit_length(edits, &check.msg);
	assert_reason(edits->err, SF_OK);
	assert_int_equal(edits->count, check.want.count);
}

static void check_nat(const char *name)
{
	static char out[GUARD_MAX];
	static struct sf_edits edits;
	u32 len;

	if (!check.vector->nat)
		return;
	row("%s.nat", name);
	edit_again(&edits);
	assert_reason(sf_edits_apply(&edits, check.buf,
				     whole(check.vector->len), out,
				     sizeof(out), &len), SF_OK);
	assert_int_equal(len, check.vector->nat_len);
	assert_memory_equal(out, check.vector->nat, len);
	assert_reason(sf_msg_parse(&check.stream, guard_tail(out, len), len),
		      SF_OK);
	assert_int_equal(check.stream.nhdrs, check.msg.nhdrs);
	assert_int_equal((int)check.stream.len,
			 (int)check.msg.len + edits.delta);
}

static void begin(const struct vector *vector)
{
	memset(&check, 0, sizeof(check));
	check.vector = vector;
	check.buf = guard_head(vector->msg, vector->len);
	check.reason = sf_msg_parse(&check.msg, check.buf, vector->len);
	check.buf = guard_tail(vector->msg, vector->len);
	assert_reason(sf_msg_parse(&check.msg, check.buf, vector->len),
		      check.reason);
	sf_edits_init(&check.want);
}

/* Read a value in all ways; only where it reads to is of interest. */
static void read_value(const char *buf, struct sf_span value)
{
	struct sf_span rest = value, item;
	struct sf_cseq cseq;
	struct sf_type type;
	struct sf_addr addr;
	struct sf_via via;
	struct sf_uri uri;

	check.buf = buf;
	sf_cseq_parse(buf, value, &cseq);
	sf_type_parse(buf, value, &type);
	sf_uri_parse(buf, value, &uri);
	sf_uri_check(buf, value);
	while (!sf_list_next(buf, &rest, &item)) {
		addr_judge(item, &addr);
		if (!sf_via_parse(buf, item, &via))
			params_judge(via.params);
	}
}

static void read_all(const struct sf_msg *msg)
{
	static struct sf_sdp sdp;
	struct sf_check found;
	struct sf_span where;
	u32 i;

	sf_server_ruling(msg, sf_msg_check(msg, &found), NULL);
	sf_helper_ruling(msg, SF_OK);

	for (i = 0; i < msg->nhdrs; i++)
		read_value(msg->buf, msg->hdrs[i].value);
	read_value(msg->buf, msg->start);
	if (!sf_sdp_of(msg, &where))
		sf_sdp_parse(&sdp, msg->buf, where);
}

/* Where the body starts, found in the simplest way; behind @len if nowhere. */
static u32 head_end(const struct vector *vector)
{
	u32 start = 0, i;

	while (start < vector->len && strchr("\r\n", vector->msg[start]))
		start++;
	for (i = start; i + 4 <= vector->len; i++)
		if (!memcmp(vector->msg + i, "\r\n\r\n", 4))
			return i + 4;
	return vector->len + 1;
}

static void cut_datagram(const struct vector *vector, u32 cut)
{
	const char *buf = guard_tail(vector->msg, cut);
	enum sf_reason reason;

	reason = sf_msg_parse(&check.stream, buf, cut);
	if (cut < head_end(vector))
		assert_true(reason != SF_OK);
	if (!check.reason && check.msg.has_length && cut < check.msg.len &&
	    cut >= check.msg.body.off)
		assert_reason(reason, SF_LENGTH_CUT);
	if (!reason) {
		assert_true(check.stream.len <= cut);
		read_all(&check.stream);
	}
}

static void cut_stream(const struct vector *vector, u32 cut)
{
	const char *buf = guard_tail(vector->msg, cut);
	enum sf_reason reason;

	reason = sf_msg_parse_stream(&check.stream, buf, cut);
	if (check.stream_len && cut < check.stream_len)
		assert_true(reason == SF_PARTIAL || reason == SF_EMPTY);
	if (check.stream_len && cut >= check.stream_len)
		assert_reason(reason, SF_OK);
}

static void check_cuts(const struct vector *vector, const char *name)
{
	u32 cut;

	for (cut = 0; cut <= vector->len; cut++) {
		row("%s, cut at %u", name, cut);
		cut_datagram(vector, cut);
		cut_stream(vector, cut);
	}
}

/* Every value and description, cut at every length up to a bound. */
static void check_value_cuts(const struct vector *vector, const char *name)
{
	static struct sf_sdp sdp;
	const char *p = vector->msg;
	struct sf_span value;
	u32 i, cut;

	for (i = 0; i < check.msg.nhdrs; i++) {
		value = check.msg.hdrs[i].value;
		for (cut = 0; cut <= value.len && cut < 600; cut++) {
			row("%s, header %u cut at %u", name, i, cut);
			read_value(guard_tail(p + value.off, cut), whole(cut));
		}
	}
	for (cut = 0; cut <= check.sdp.all.len; cut++) {
		row("%s, description cut at %u", name, cut);
		sf_sdp_parse(&sdp, guard_tail(p + check.sdp.all.off, cut),
			     whole(cut));
	}
}

static void vector_test(void **state)
{
	const char *name = *state;
	struct vector *vector = vector_read(dir, name);
	u32 i;

	begin(vector);
	for (i = 0; i < vector->count; i++) {
		check.line = &vector->line[i];
		check_line(name);
	}
	check_rest(name);
	check_nat(name);
	check_cuts(vector, name);
	if (!check.reason)
		check_value_cuts(vector, name);
	vector_free(vector);
}

int main(void)
{
	struct CMUnitTest *tests;
	size_t count, i;
	char **names;

	dir = getenv("UNIT_VECTORS");
	if (!dir)
		dir = "../vectors";
	count = vector_names(dir, &names);
	if (!count) {
		fprintf(stderr, "no vectors in %s\n", dir);
		return 2;
	}
	tests = calloc(count, sizeof(*tests));
	for (i = 0; i < count; i++) {
		tests[i].name = names[i];
		tests[i].test_func = vector_test;
		tests[i].initial_state = names[i];
	}
	return run(tests, count);
}
