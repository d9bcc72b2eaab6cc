/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * attr.h - attributes of a session description, read on demand
 *
 * sf_sdp_attr_next() gives the lines; these functions read the values of those
 * that somebody acts upon. All are strict: who edits an address has to know
 * that it is one. The SDP index itself holds a=rtcp, a=rtcp-mux and the
 * direction.
 *
 * RFC 3605 (rtcp), 4145 (setup), 4568 (crypto), 4975 (path), 5888 (group),
 * 8122 (fingerprint), 8839 (candidate), 8866 (ptime), ITU-T T.38 Annex D.
 *
 * Every reader writes its result only on SF_OK, and returns SF_SDP_ATTR for a
 * value that is malformed.
 */
#ifndef SIPFAST_ATTR_H
#define SIPFAST_ATTR_H

#include <sipfast/sdp.h>
#include <sipfast/uri.h>

/* X(symbol, name); attribute names compare case-sensitively (RFC 8866, 6) */
#define SF_ATTRS(X)						\
	X(CANDIDATE, "candidate")				\
	X(CRYPTO, "crypto")					\
	X(FINGERPRINT, "fingerprint")				\
	X(FMTP, "fmtp")						\
	X(GROUP, "group")					\
	X(ICE_LITE, "ice-lite")					\
	X(ICE_PWD, "ice-pwd")					\
	X(ICE_UFRAG, "ice-ufrag")				\
	X(INACTIVE, "inactive")					\
	X(MAXPTIME, "maxptime")					\
	X(MID, "mid")						\
	X(PATH, "path")						\
	X(PTIME, "ptime")					\
	X(RECVONLY, "recvonly")					\
	X(REMOTE_CANDIDATES, "remote-candidates")		\
	X(RTCP, "rtcp")						\
	X(RTCP_MUX, "rtcp-mux")					\
	X(RTPMAP, "rtpmap")					\
	X(SENDONLY, "sendonly")					\
	X(SENDRECV, "sendrecv")					\
	X(SETUP, "setup")					\
	X(T38_BIT_RATE, "T38MaxBitRate")			\
	X(T38_BUFFER, "T38FaxMaxBuffer")			\
	X(T38_DATAGRAM, "T38FaxMaxDatagram")			\
	X(T38_EC, "T38FaxUdpEC")				\
	X(T38_FILL_BIT, "T38FaxFillBitRemoval")			\
	X(T38_JBIG, "T38FaxTranscodingJBIG")			\
	X(T38_MMR, "T38FaxTranscodingMMR")			\
	X(T38_RATE, "T38FaxRateManagement")			\
	X(T38_VERSION, "T38FaxVersion")

enum sf_attr_id {
	SF_ATTR_OTHER,
#define X(sym, name) SF_ATTR_##sym,
	SF_ATTRS(X)
#undef X
	SF_ATTR_COUNT
};

/**
 * sf_attr_id() - the number of an attribute's name
 * Return: its number, or SF_ATTR_OTHER.
 */
enum sf_attr_id sf_attr_id(const char *buf, struct sf_span name);

/**
 * sf_attr_name() - the name of an attribute
 * Return: a constant string; "" for SF_ATTR_OTHER.
 */
const char *sf_attr_name(enum sf_attr_id id);

/**
 * sf_attr_find() - find the first attribute of a kind
 * @lines: @session or @lines of the index
 * @value: its value; written only when true is returned
 */
bool sf_attr_find(const char *buf, struct sf_span lines, enum sf_attr_id id,
		  struct sf_span *value);

/**
 * struct sf_endpoint_text - an address and port as they are written
 * @addr: the address, or a name
 * @port_text: the digits of the port
 * @ip: the address when it is one; @ip.family is 0 for a name
 * @port: the port in host byte order; 0 is one that a candidate may have
 */
struct sf_endpoint_text {
	struct sf_span addr;
	struct sf_span port_text;
	struct sf_ip ip;
	u16 port;
};

enum sf_candidate_type {
	SF_CANDIDATE_OTHER,
	SF_CANDIDATE_HOST,
	SF_CANDIDATE_SRFLX,
	SF_CANDIDATE_PRFLX,
	SF_CANDIDATE_RELAY,
};

/**
 * struct sf_candidate - a=candidate (RFC 8839, 5.1)
 * @foundation: what candidates of one base and type share
 * @component: 1 for RTP, 2 for RTCP
 * @transport: e.g. "UDP"
 * @udp: it is UDP
 * @priority: which is preferred
 * @at: the candidate's address and port
 * @type: enum sf_candidate_type
 * @has_related: there is raddr and rport
 * @related: these
 * @extensions: what follows, in pairs of words
 */
struct sf_candidate {
	struct sf_span foundation;
	u16 component;
	struct sf_span transport;
	bool udp;
	u32 priority;
	struct sf_endpoint_text at;
	u8 type;
	bool has_related;
	struct sf_endpoint_text related;
	struct sf_span extensions;
};

enum sf_reason sf_candidate_parse(const char *buf, struct sf_span value,
				  struct sf_candidate *candidate);

/**
 * struct sf_remote_candidate - one of a=remote-candidates (RFC 8839, 5.2)
 * @component: 1 for RTP, 2 for RTCP
 * @at: the candidate of the other side
 */
struct sf_remote_candidate {
	u16 component;
	struct sf_endpoint_text at;
};

/**
 * sf_remote_candidate_next() - take the next of a=remote-candidates
 * @rest: the value, or what is left of it
 *
 * Return: SF_OK; SF_EMPTY at the end; SF_SDP_ATTR.
 */
enum sf_reason sf_remote_candidate_next(const char *buf, struct sf_span *rest,
					struct sf_remote_candidate *candidate);

/**
 * struct sf_rtcp_attr - a=rtcp (RFC 3605)
 * @at: port and, if @at.addr is not empty, address
 */
struct sf_rtcp_attr {
	struct sf_endpoint_text at;
};

enum sf_reason sf_rtcp_attr_parse(const char *buf, struct sf_span value,
				  struct sf_rtcp_attr *rtcp);

/**
 * struct sf_msrp - one URI of a=path (RFC 4975, 9)
 * @all: the URI
 * @secure: msrps
 * @user: userinfo; empty when there is none
 * @at: host and port; where they are edited is @at.hostport
 * @session: the session-id
 * @transport: e.g. "tcp"
 */
struct sf_msrp {
	struct sf_span all;
	bool secure;
	struct sf_span user;
	struct sf_host at;
	struct sf_span session;
	struct sf_span transport;
};

/**
 * sf_msrp_next() - take the next URI of a path
 * @rest: the value of a=path, or what is left of it
 *
 * Return: SF_OK; SF_EMPTY at the end; SF_SDP_ATTR.
 */
enum sf_reason sf_msrp_next(const char *buf, struct sf_span *rest,
			    struct sf_msrp *msrp);

/**
 * sf_word_next() - take the next word of a value
 * @rest: what is left of it
 * @word: written only when true is returned
 */
bool sf_word_next(const char *buf, struct sf_span *rest, struct sf_span *word);

/**
 * struct sf_group - a=group (RFC 5888)
 * @semantics: e.g. "BUNDLE"
 * @bundle: it is that (RFC 9143)
 * @mids: the a=mid values of the media, for sf_word_next(); there may be none
 */
struct sf_group {
	struct sf_span semantics;
	bool bundle;
	struct sf_span mids;
};

enum sf_reason sf_group_parse(const char *buf, struct sf_span value,
			      struct sf_group *group);

/**
 * struct sf_crypto - a=crypto (RFC 4568, 9.1)
 * @tag: its number in the offer
 * @suite: e.g. "AES_CM_128_HMAC_SHA1_80"
 * @keys: "inline:..." and more of them: secret
 * @params: session parameters, for sf_word_next()
 */
struct sf_crypto {
	u32 tag;
	struct sf_span suite;
	struct sf_span keys;
	struct sf_span params;
};

enum sf_reason sf_crypto_parse(const char *buf, struct sf_span value,
			       struct sf_crypto *crypto);

/* The longest hash: SHA-512. */
#define SF_FINGERPRINT_MAX 64

/**
 * struct sf_fingerprint - a=fingerprint (RFC 8122, 5)
 * @hash: e.g. "sha-256"
 * @text: the bytes as written
 * @len: how many bytes
 * @bytes: the bytes
 */
struct sf_fingerprint {
	struct sf_span hash;
	struct sf_span text;
	u32 len;
	u8 bytes[SF_FINGERPRINT_MAX];
};

enum sf_reason sf_fingerprint_parse(const char *buf, struct sf_span value,
				    struct sf_fingerprint *fingerprint);

enum sf_setup {
	SF_SETUP_ACTIVE,
	SF_SETUP_PASSIVE,
	SF_SETUP_ACTPASS,
	SF_SETUP_HOLDCONN,
};

enum sf_reason sf_setup_parse(const char *buf, struct sf_span value,
			      enum sf_setup *setup);

/**
 * sf_ptime_parse() - read a=ptime or a=maxptime
 * @us: microseconds; the value is in milliseconds and may have a fraction
 */
enum sf_reason sf_ptime_parse(const char *buf, struct sf_span value, u32 *us);

enum sf_t38_rate {
	SF_T38_RATE_UNSET,
	SF_T38_RATE_LOCAL,
	SF_T38_RATE_TRANSFERRED,
};

enum sf_t38_ec {
	SF_T38_EC_UNSET,
	SF_T38_EC_NONE,
	SF_T38_EC_FEC,
	SF_T38_EC_REDUNDANCY,
};

/**
 * struct sf_t38 - T.38 attributes of a media; zero where one is absent
 * @version: T38FaxVersion
 * @bit_rate: T38MaxBitRate, bit/s
 * @buffer: T38FaxMaxBuffer, bytes
 * @datagram: T38FaxMaxDatagram, bytes
 * @rate: enum sf_t38_rate
 * @ec: enum sf_t38_ec
 * @fill_bit: T38FaxFillBitRemoval
 * @mmr: T38FaxTranscodingMMR
 * @jbig: T38FaxTranscodingJBIG
 */
struct sf_t38 {
	u32 version;
	u32 bit_rate;
	u32 buffer;
	u32 datagram;
	u8 rate;
	u8 ec;
	bool fill_bit;
	bool mmr;
	bool jbig;
};

/**
 * sf_t38_read() - read all T.38 attributes of a media
 * @lines: its lines
 *
 * Names compare in any case here: gateways write them in several.
 */
enum sf_reason sf_t38_read(const char *buf, struct sf_span lines,
			   struct sf_t38 *t38);

#endif /* SIPFAST_ATTR_H */
