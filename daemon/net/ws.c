// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ws.c - frames of a WebSocket, as a server has them
 */
#include "ws.h"

#include <stdlib.h>
#include <wslay/wslay.h>

#define FIRST	2048

static ssize_t take(uint8_t *buf, size_t room, int flags, void *owner)
{
	struct sf_ws *ws = owner;
	u32 n = ws->left < room ? ws->left : (u32)room;

	(void)flags;
	if (!n)
		return -1;
	memcpy(buf, ws->feed, n);
	ws->feed += n;
	ws->left -= n;
	ws->fed += n;
	return n;
}

static enum sf_ws_event broken(struct sf_ws *ws, struct sf_ws_came *came,
			       u16 code)
{
	ws->code = code;
	came->code = code;
	return SF_WS_BROKEN;
}

static bool is_control(u8 opcode)
{
	return opcode & 8;
}

/* libwslay sees to lengths: that they are written shortly, and of control. */
static u16 judge_control(const struct wslay_frame_iocb *frame)
{
	return frame->opcode > SF_WS_PONG ? SF_WS_MALFORMED : 0;
}

static u16 judge_data(const struct sf_ws *ws,
		      const struct wslay_frame_iocb *frame)
{
	if (frame->opcode > SF_WS_BINARY ||
	    !frame->opcode != !!ws->opcode)
		return SF_WS_MALFORMED;
	return frame->payload_length > SF_MSG_MAX - ws->len ? SF_WS_TOO_LARGE : 0;
}

/* A frame begins. Return: 0, or why it must not be. */
static u16 judge(const struct sf_ws *ws, const struct wslay_frame_iocb *frame)
{
	if (!frame->mask || frame->rsv)
		return SF_WS_MALFORMED;
	return is_control(frame->opcode) ? judge_control(frame) :
					   judge_data(ws, frame);
}

static bool grow(struct sf_ws *ws, u32 len)
{
	u32 size = ws->size ? ws->size : FIRST;
	char *message;

	while (size < len)
		size *= 2;
	if (size == ws->size)
		return true;
	message = realloc(ws->message, size);
	if (!message)
		return false;
	ws->message = message;
	ws->size = size;
	return true;
}

/* Only what came is kept: who announces much has to send it. */
static bool keep(struct sf_ws *ws, const struct wslay_frame_iocb *frame)
{
	u32 len = (u32)frame->data_length;

	ws->got += len;
	if (is_control(frame->opcode)) {
		memcpy(ws->control + ws->control_len, frame->data, len);
		ws->control_len += (u8)len;
		return true;
	}
	if (!grow(ws, ws->len + len))
		return false;
	memcpy(ws->message + ws->len, frame->data, len);
	ws->len += len;
	return true;
}

static u32 head_len(const struct wslay_frame_iocb *frame)
{
	u64 len = frame->payload_length;

	return 2 + (len < 126 ? 0 : len < 65536 ? 2 : 8) + 4;
}

/* How many bytes the character has that begins here; 0: it is none (RFC 3629). */
static u32 utf8_len(const u8 *at, u32 left)
{
	u32 len = at[0] < 0x80 ? 1 : at[0] < 0xc2 ? 0 : at[0] < 0xe0 ? 2 :
		  at[0] < 0xf0 ? 3 : at[0] < 0xf5 ? 4 : 0, i;

	if (len > left)
		return 0;
	for (i = 1; i < len; i++)
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	/* Written too long, a surrogate, or above U+10FFFF. */
	if ((at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f) ||
	    (at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f))
		return 0;
	return len;
}

bool sf_ws_is_utf8(const void *bytes, u32 len)
{
	const u8 *at = bytes;
	u32 pos, n;

	for (pos = 0; pos < len; pos += n) {
		n = utf8_len(at + pos, len - pos);
		if (!n)
			return false;
	}
	return true;
}

/* RFC 6455, 7.4: those that may be sent; 3000 and above are for applications. */
static bool is_code(u16 code)
{
	return (code >= SF_WS_NORMAL && code < 1004) ||
	       (code >= SF_WS_NO_UTF8 && code < 1015) ||
	       (code >= 3000 && code < 5000);
}

static enum sf_ws_event end_close(struct sf_ws *ws, struct sf_ws_came *came)
{
	came->code = SF_WS_NO_CODE;
	if (!came->len)
		return SF_WS_CLOSED;
	came->code = (u16)(ws->control[0] << 8 | ws->control[1]);
	if (came->len < 2 || !is_code(came->code))
		return broken(ws, came, SF_WS_MALFORMED);
	if (!sf_ws_is_utf8(ws->control + 2, came->len - 2))
		return broken(ws, came, SF_WS_NO_UTF8);
	return SF_WS_CLOSED;
}

static enum sf_ws_event end_control(struct sf_ws *ws, u8 opcode,
				    struct sf_ws_came *came)
{
	came->bytes = (const char *)ws->control;
	came->len = ws->control_len;
	ws->control_len = 0;
	if (opcode == SF_WS_CLOSE)
		return end_close(ws, came);
	return opcode == SF_WS_PING ? SF_WS_PINGED : SF_WS_PONGED;
}

/* A message of one frame that came at once is shown where libwslay has it. */
static enum sf_ws_event end_message(struct sf_ws *ws, const char *bytes, u32 len,
				    struct sf_ws_came *came)
{
	bool text = ws->opcode == SF_WS_TEXT;

	ws->opcode = 0;
	ws->len = 0;
	ws->shown = true;
	came->bytes = bytes;
	came->len = len;
	return text && !sf_ws_is_utf8(bytes, len) ? broken(ws, came, SF_WS_NO_UTF8) :
					      SF_WS_MESSAGE;
}

/* Some of a frame is there. Return: SF_WS_NOTHING when more is to be asked for. */
static enum sf_ws_event took(struct sf_ws *ws,
			     const struct wslay_frame_iocb *frame,
			     struct sf_ws_came *came)
{
	bool whole = ws->got + frame->data_length == frame->payload_length;
	bool first = !ws->len && !ws->got;

	if (whole) {
		ws->read += head_len(frame) + frame->payload_length;
		ws->begun = false;
	}
	if (whole && first && frame->fin && !is_control(frame->opcode)) {
		return end_message(ws, (const char *)frame->data,
				   (u32)frame->data_length, came);
	}
	if (!keep(ws, frame))
		return broken(ws, came, SF_WS_FAILED);
	if (!whole)
		return SF_WS_NOTHING;
	ws->got = 0;
	if (is_control(frame->opcode))
		return end_control(ws, frame->opcode, came);
	return frame->fin ? end_message(ws, ws->message, ws->len, came) :
			    SF_WS_NOTHING;
}

static enum sf_ws_event advance(struct sf_ws *ws,
				const struct wslay_frame_iocb *frame,
				struct sf_ws_came *came)
{
	u16 code = ws->begun ? 0 : judge(ws, frame);

	if (code)
		return broken(ws, came, code);
	ws->begun = true;
	if (!is_control(frame->opcode) && frame->opcode)
		ws->opcode = frame->opcode;
	return took(ws, frame, came);
}

static bool open_frames(struct sf_ws *ws)
{
	static const struct wslay_frame_callbacks callbacks = {
		.recv_callback = take,
	};

	return ws->frames ||
	       !wslay_frame_context_init(&ws->frames, &callbacks, ws);
}

static void close_frames(struct sf_ws *ws)
{
	wslay_frame_context_free(ws->frames);
	ws->frames = NULL;
	ws->fed = 0;
	ws->read = 0;
}

static void drop_message(struct sf_ws *ws)
{
	free(ws->message);
	ws->message = NULL;
	ws->size = 0;
	ws->shown = false;
}

enum sf_ws_event sf_ws_next(struct sf_ws *ws, struct sf_ws_came *came)
{
	enum sf_ws_event event = SF_WS_NOTHING;
	struct wslay_frame_iocb frame;
	ssize_t n;

	*came = (struct sf_ws_came){ .code = ws->code };
	if (ws->code)
		return SF_WS_BROKEN;
	if (ws->shown)
		drop_message(ws);
	while (!event) {
		if (!open_frames(ws))
			return broken(ws, came, SF_WS_FAILED);
		memset(&frame, 0, sizeof(frame));
		n = wslay_frame_recv(ws->frames, &frame);
		if (n == WSLAY_ERR_WANT_READ)
			break;
		event = n < 0 ? broken(ws, came, SF_WS_MALFORMED) :
				advance(ws, &frame, came);
	}
	if (!event && ws->fed == ws->read)
		close_frames(ws);
	return event;
}

void sf_ws_free(struct sf_ws *ws)
{
	if (ws->frames)
		close_frames(ws);
	drop_message(ws);
}

u32 sf_ws_head(char *head, enum sf_ws_opcode opcode, u32 len)
{
	u32 i, bytes = len < 126 ? 0 : len < 65536 ? 2 : 8;

	head[0] = (char)(0x80 | opcode);
	head[1] = (char)(bytes == 8 ? 127 : bytes ? 126 : len);
	for (i = 0; i < bytes; i++)
		head[2 + i] = (char)((u64)len >> 8 * (bytes - 1 - i));
	return 2 + bytes;
}
