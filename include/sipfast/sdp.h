/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sdp.h - the index of a session description (RFC 8866)
 *
 * One pass, like the message index. What an offer or answer says about each
 * media (RFC 3264) is in struct sf_sdp_media; attributes that only some
 * readers want are read from the media's lines with sf_sdp_attr_next().
 */
#ifndef SIPFAST_SDP_H
#define SIPFAST_SDP_H

#include <sipfast/msg.h>

/* The most m= lines. */
#define SF_SDP_MEDIA_MAX 16

enum sf_media_type {
	SF_MEDIA_OTHER,
	SF_MEDIA_AUDIO,
	SF_MEDIA_VIDEO,
	SF_MEDIA_TEXT,
	SF_MEDIA_IMAGE,
	SF_MEDIA_APPLICATION,
	SF_MEDIA_MESSAGE,
};

enum sf_media_proto {
	SF_PROTO_OTHER,
	SF_PROTO_RTP,		/* RTP/AVP, AVPF, SAVP, SAVPF, UDP/TLS/RTP/... */
	SF_PROTO_UDP,		/* udp, udptl, UDP/DTLS/SCTP */
	SF_PROTO_TCP,		/* TCP/... */
};

/* a=sendrecv and its like; SF_DIR_UNSET: inherit, at last sendrecv */
enum sf_sdp_dir {
	SF_DIR_UNSET,
	SF_DIR_SENDRECV,
	SF_DIR_SENDONLY,
	SF_DIR_RECVONLY,
	SF_DIR_INACTIVE,
};

/**
 * struct sf_sdp_addr - the address of an o=, c= or a=rtcp line
 * @text: the address as written, without a "/TTL" of multicast; empty when the
 *        line is absent
 * @ip: the address when it is one; @ip.family is 0 for a name
 * @line: the whole line without its line end
 *
 * An address whose addrtype contradicts it (IP4 with an IPv6 address) has
 * @ip.family 0.
 */
struct sf_sdp_addr {
	struct sf_span text;
	struct sf_ip ip;
	struct sf_span line;
};

/**
 * struct sf_sdp_media - one m= line with what belongs to it
 * @type: enum sf_media_type
 * @proto: enum sf_media_proto
 * @dir: enum sf_sdp_dir of this media alone
 * @rtcp_mux: a=rtcp-mux (RFC 5761)
 * @port: the port, host byte order; 0: refused or switched off
 * @rtcp_port: a=rtcp (RFC 3605); 0 when absent
 * @ports: how many ports (the /2 of "49170/2"); 1 when not written
 * @type_text: the type as written
 * @port_text: the digits of the port
 * @proto_text: the protocol as written
 * @fmts: the formats, as written
 * @rtcp_port_text: the digits of the a=rtcp port
 * @conn: the media's own c= line; the first one, if there are several
 * @rtcp_addr: the address in a=rtcp
 * @lines: from the m= line to the byte before the next m= or the end
 */
struct sf_sdp_media {
	u8 type;
	u8 proto;
	u8 dir;
	bool rtcp_mux;
	u16 port;
	u16 rtcp_port;
	u16 ports;
	struct sf_span type_text;
	struct sf_span port_text;
	struct sf_span proto_text;
	struct sf_span fmts;
	struct sf_span rtcp_port_text;
	struct sf_sdp_addr conn;
	struct sf_sdp_addr rtcp_addr;
	struct sf_span lines;
};

/**
 * struct sf_sdp - the index of one description
 * @all: the description
 * @origin: the address of o=
 * @conn: the session's c= line
 * @dir: enum sf_sdp_dir of the session
 * @nmedia: entries used in @media
 * @session: the lines before the first m=
 * @media: the m= lines in their order
 */
struct sf_sdp {
	struct sf_span all;
	struct sf_sdp_addr origin;
	struct sf_sdp_addr conn;
	u8 dir;
	u8 nmedia;
	struct sf_span session;
	struct sf_sdp_media media[SF_SDP_MEDIA_MAX];
};

/**
 * sf_sdp_parse() - index a session description
 * @sdp: the index; undefined on failure
 * @buf: the buffer that holds it (offsets in the index count from here)
 * @all: where it is in @buf
 *
 * Lines end in CRLF or, as RFC 8866, 5 asks of readers, in LF alone. The first
 * one is "v=0"; blank lines may stand at the end only. Of several c= lines or
 * directions in one section the first counts; an a=rtcp that cannot be read
 * counts as absent.
 *
 * Return: SF_OK, SF_SDP or SF_SDP_MEDIA.
 */
enum sf_reason sf_sdp_parse(struct sf_sdp *sdp, const char *buf,
			    struct sf_span all);

/**
 * sf_sdp_of() - find the session description in a message's body
 * @where: written only when there is one
 *
 * A body of type application/sdp, without a Content-Encoding, or the first
 * such part of a multipart body (RFC 5621), also of one in a multipart part.
 *
 * Return: SF_OK; SF_EMPTY when the message carries none; SF_SDP when a
 * multipart body is malformed.
 */
enum sf_reason sf_sdp_of(const struct sf_msg *msg, struct sf_span *where);

/**
 * sf_sdp_signed() - is the description that sf_sdp_of() finds signed?
 *
 * It is part of a multipart/signed body (RFC 1847, RFC 8551).
 */
bool sf_sdp_signed(const struct sf_msg *msg);

/**
 * struct sf_sdp_attr - one a= line
 * @name: before the colon
 * @value: after it; empty when there is none
 */
struct sf_sdp_attr {
	struct sf_span name;
	struct sf_span value;
};

/**
 * sf_sdp_attr_next() - take the next a= line
 * @rest: lines left, from @session or @lines of the index; moved on
 * @attr: written only when true is returned
 */
bool sf_sdp_attr_next(const char *buf, struct sf_span *rest,
		      struct sf_sdp_attr *attr);

/* The c= line that holds for a media: its own, or the session's. */
static inline const struct sf_sdp_addr *
sf_sdp_conn(const struct sf_sdp *sdp, const struct sf_sdp_media *media)
{
	return media->conn.text.len ? &media->conn : &sdp->conn;
}

/**
 * sf_sdp_secure() - may a media be SRTP, as far as one side is concerned?
 *
 * Its protocol is a profile with an S: RTP/SAVP, UDP/TLS/RTP/SAVPF. Or there are
 * keys beside a plain one (RFC 8643): a=crypto (RFC 4568), or a=fingerprint (RFC
 * 5763), which may stand before the first m= line. It is SRTP if the other side's is
 * secure, too.
 */
bool sf_sdp_secure(const char *buf, const struct sf_sdp *sdp,
		   const struct sf_sdp_media *media);

/* The direction that holds for a media. */
static inline enum sf_sdp_dir sf_sdp_dir(const struct sf_sdp *sdp,
					 const struct sf_sdp_media *media)
{
	u8 dir = media->dir ? media->dir : sdp->dir;

	return dir ? (enum sf_sdp_dir)dir : SF_DIR_SENDRECV;
}

#endif /* SIPFAST_SDP_H */
