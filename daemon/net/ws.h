/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ws.h - frames of a WebSocket, as a server has them (RFC 6455, 5)
 *
 * libwslay reads frames; what they make together, and what may not be, is
 * judged here. Nothing here knows of connections.
 */
#ifndef SIPFAST_NET_WS_H
#define SIPFAST_NET_WS_H

#include <sipfast/msg.h>

/* RFC 6455, 5.5: what a control frame carries. */
#define SF_WS_CONTROL_MAX	125

/* The most that stands in front of what a frame of ours carries. */
#define SF_WS_HEAD_MAX	10

enum sf_ws_opcode {
	SF_WS_MORE = 0x0,
	SF_WS_TEXT = 0x1,
	SF_WS_BINARY = 0x2,
	SF_WS_CLOSE = 0x8,
	SF_WS_PING = 0x9,
	SF_WS_PONG = 0xa,
};

/* RFC 6455, 7.4.1: why a WebSocket is closed. */
enum sf_ws_code {
	SF_WS_NORMAL = 1000,
	SF_WS_GOING_AWAY = 1001,
	SF_WS_MALFORMED = 1002,
	SF_WS_NO_CODE = 1005,		/* never sent: there was none */
	SF_WS_NO_UTF8 = 1007,
	SF_WS_TOO_LARGE = 1009,
	SF_WS_FAILED = 1011,
};

struct wslay_frame_context;

/**
 * struct sf_ws - what comes on a WebSocket
 * @frames: libwslay's; there only while a frame is not whole: most are silent
 *          most of the time
 * @feed: bytes that libwslay has not taken yet, @left of them
 * @fed: bytes that it took since @frames is there
 * @read: of those, what whole frames were made of
 * @begun: a frame is under way, of which @got bytes are there
 * @shown: @message was shown, and is not needed any more
 * @code: why it has to be closed
 * @opcode: of the message that is not whole: SF_WS_TEXT or SF_WS_BINARY; 0 when
 *          there is none
 * @message: its bytes, @len of them, room for @size
 * @control: those of a control frame, @control_len of them
 *
 * All zero at first.
 */
struct sf_ws {
	struct wslay_frame_context *frames;
	const char *feed;
	u32 left;
	u64 fed;
	u64 read;
	bool begun;
	bool shown;
	u32 got;
	u16 code;
	u8 opcode;
	u8 control_len;
	u8 control[SF_WS_CONTROL_MAX];
	char *message;
	u32 len;
	u32 size;
};

/* What has come. */
enum sf_ws_event {
	SF_WS_NOTHING,		/* that is whole */
	SF_WS_MESSAGE,
	SF_WS_PINGED,
	SF_WS_PONGED,
	SF_WS_CLOSED,		/* by the peer; @code is its */
	SF_WS_BROKEN,		/* no more is read; @code says why */
};

/**
 * struct sf_ws_came - one thing that has come
 * @bytes: of a message, or what a control frame carried, @len of them; valid
 *         until more is asked for
 * @code: of SF_WS_CLOSED and SF_WS_BROKEN
 */
struct sf_ws_came {
	const char *bytes;
	u32 len;
	u16 code;
};

/* Bytes that came; they have to stay until sf_ws_next() says SF_WS_NOTHING. */
static inline void sf_ws_feed(struct sf_ws *ws, const char *buf, u32 len)
{
	ws->feed = buf;
	ws->left = len;
}

/**
 * sf_ws_next() - the next thing that has come
 *
 * Messages of SF_MSG_MAX bytes are the longest: of one that says that it is
 * longer nothing is kept.
 */
enum sf_ws_event sf_ws_next(struct sf_ws *ws, struct sf_ws_came *came);

/* Is something there, but not whole? */
static inline bool sf_ws_partial(const struct sf_ws *ws)
{
	return ws->opcode || ws->fed != ws->read;
}

void sf_ws_free(struct sf_ws *ws);

/* May it be sent as text? */
bool sf_ws_is_utf8(const void *bytes, u32 len);

/**
 * sf_ws_head() - write what stands in front of a frame that is a message
 * @head: room for SF_WS_HEAD_MAX bytes
 * @len: bytes of the message
 *
 * Return: how many bytes it is.
 */
u32 sf_ws_head(char *head, enum sf_ws_opcode opcode, u32 len);

#endif /* SIPFAST_NET_WS_H */
