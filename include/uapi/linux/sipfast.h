/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/*
 * sipfast.h - the generic netlink family "sipfast"
 *
 * What the module tells and takes. Documentation/netlink/sipfast.yaml says the
 * same for machines.
 *
 * Every command, dump and multicast group belongs to one network namespace,
 * the caller's, and needs CAP_NET_ADMIN in the user namespace that owns it:
 * the answers tell who calls whom.
 *
 * Attributes that a reader does not know are to be ignored; attributes that
 * the module does not know are refused when something is set. Nests carry
 * NLA_F_NESTED. Numbers are in host byte order, except ports and addresses,
 * which are in network byte order. Strings are NUL-terminated; text that came
 * from a message has bytes outside printable ASCII replaced by '?'.
 *
 *   GET_CONFIG           do    -> CONFIG
 *   SET_CONFIG           do       some attributes of CONFIG
 *   GET_CALL             do       CALL with its CALL_ID -> CALL;
 *                        dump  -> CALL each
 *   GET_STREAM           dump  -> STREAM each
 *   GET_REGISTRATION     dump  -> REGISTRATION each
 *   GET_STATS            dump  -> TABLE each, then COUNTER each
 *
 * Notifications carry the same top-level attributes as the dumps:
 *
 *   group "call":  CALL_NEW_NTF, CALL_CHANGE_NTF, CALL_END_NTF,
 *                  REGISTRATION_NEW_NTF, REGISTRATION_END_NTF
 *   group "media": STREAM_NEW_NTF, STREAM_CHANGE_NTF, STREAM_END_NTF
 */
#ifndef _UAPI_LINUX_SIPFAST_H
#define _UAPI_LINUX_SIPFAST_H

#define SIPFAST_GENL_NAME	"sipfast"
#define SIPFAST_GENL_VERSION	1
#define SIPFAST_MCGRP_CALL	"call"
#define SIPFAST_MCGRP_MEDIA	"media"

enum sipfast_cmd {
	SIPFAST_CMD_UNSPEC,
	SIPFAST_CMD_GET_CONFIG,
	SIPFAST_CMD_SET_CONFIG,
	SIPFAST_CMD_GET_CALL,
	SIPFAST_CMD_CALL_NEW_NTF,
	SIPFAST_CMD_CALL_CHANGE_NTF,
	SIPFAST_CMD_CALL_END_NTF,
	SIPFAST_CMD_GET_STREAM,
	SIPFAST_CMD_STREAM_NEW_NTF,
	SIPFAST_CMD_STREAM_CHANGE_NTF,
	SIPFAST_CMD_STREAM_END_NTF,
	SIPFAST_CMD_GET_REGISTRATION,
	SIPFAST_CMD_REGISTRATION_NEW_NTF,
	SIPFAST_CMD_REGISTRATION_END_NTF,
	SIPFAST_CMD_GET_STATS,

	__SIPFAST_CMD_MAX,
	SIPFAST_CMD_MAX = __SIPFAST_CMD_MAX - 1
};

/**
 * enum sipfast_attr - top level of every message
 * @SIPFAST_A_PAD: padding
 * @SIPFAST_A_CONFIG: nest of enum sipfast_config_attr
 * @SIPFAST_A_CALL: nest of enum sipfast_call_attr
 * @SIPFAST_A_STREAM: nest of enum sipfast_stream_attr
 * @SIPFAST_A_REGISTRATION: nest of enum sipfast_registration_attr
 * @SIPFAST_A_TABLE: nest of enum sipfast_table_attr
 * @SIPFAST_A_COUNTER: nest of enum sipfast_counter_attr
 */
enum sipfast_attr {
	SIPFAST_A_UNSPEC,
	SIPFAST_A_PAD,
	SIPFAST_A_CONFIG,
	SIPFAST_A_CALL,
	SIPFAST_A_STREAM,
	SIPFAST_A_REGISTRATION,
	SIPFAST_A_TABLE,
	SIPFAST_A_COUNTER,

	__SIPFAST_A_MAX,
	SIPFAST_A_MAX = __SIPFAST_A_MAX - 1
};

/**
 * enum sipfast_media_source - whose packets a pinhole lets in
 * @SIPFAST_SOURCE_SDP: the address that the peer named in its SDP, from any
 *			port
 * @SIPFAST_SOURCE_ANY: any address and port
 */
enum sipfast_media_source {
	SIPFAST_SOURCE_SDP,
	SIPFAST_SOURCE_ANY,
};

/**
 * enum sipfast_config_attr - settings of a namespace
 * @SIPFAST_A_CONFIG_MEDIA_PORT_MIN: u16, host order, even, 1024 at least:
 *	first port of the media pool
 * @SIPFAST_A_CONFIG_MEDIA_PORT_MAX: u16, host order, odd: last one
 * @SIPFAST_A_CONFIG_MEDIA_SOURCE: u8, enum sipfast_media_source
 * @SIPFAST_A_CONFIG_REGISTRATION_SOURCE: u8, enum sipfast_media_source;
 *	SDP stands for the registrar's address here
 * @SIPFAST_A_CONFIG_CALL_LIMIT: u32, calls at most
 * @SIPFAST_A_CONFIG_REGISTRATION_LIMIT: u32, registrations at most
 * @SIPFAST_A_CONFIG_PINHOLE_LIMIT: u32, pinholes at most
 * @SIPFAST_A_CONFIG_CALL_TIMEOUT: u32, seconds, 32 to 604800, after which an
 *	answered call is forgotten when neither a message nor media of it has
 *	been seen
 * @SIPFAST_A_CONFIG_SETUP_TIMEOUT: u32, the same for one not yet answered
 */
enum sipfast_config_attr {
	SIPFAST_A_CONFIG_UNSPEC,
	SIPFAST_A_CONFIG_MEDIA_PORT_MIN,
	SIPFAST_A_CONFIG_MEDIA_PORT_MAX,
	SIPFAST_A_CONFIG_MEDIA_SOURCE,
	SIPFAST_A_CONFIG_REGISTRATION_SOURCE,
	SIPFAST_A_CONFIG_CALL_LIMIT,
	SIPFAST_A_CONFIG_REGISTRATION_LIMIT,
	SIPFAST_A_CONFIG_PINHOLE_LIMIT,
	SIPFAST_A_CONFIG_CALL_TIMEOUT,
	SIPFAST_A_CONFIG_SETUP_TIMEOUT,

	__SIPFAST_A_CONFIG_MAX,
	SIPFAST_A_CONFIG_MAX = __SIPFAST_A_CONFIG_MAX - 1
};

/**
 * enum sipfast_endpoint_attr - an address and a port
 * @SIPFAST_A_ENDPOINT_ADDR4: 4 bytes
 * @SIPFAST_A_ENDPOINT_ADDR6: 16 bytes
 * @SIPFAST_A_ENDPOINT_PORT: u16, network order; absent: any
 */
enum sipfast_endpoint_attr {
	SIPFAST_A_ENDPOINT_UNSPEC,
	SIPFAST_A_ENDPOINT_ADDR4,
	SIPFAST_A_ENDPOINT_ADDR6,
	SIPFAST_A_ENDPOINT_PORT,

	__SIPFAST_A_ENDPOINT_MAX,
	SIPFAST_A_ENDPOINT_MAX = __SIPFAST_A_ENDPOINT_MAX - 1
};

/**
 * enum sipfast_call_state - how far a call is
 * @SIPFAST_CALL_SETUP: INVITE seen, no answer
 * @SIPFAST_CALL_RINGING: a 18x seen
 * @SIPFAST_CALL_UP: answered by a 2xx
 * @SIPFAST_CALL_CLOSING: BYE seen, its final response not yet
 * @SIPFAST_CALL_ENDED: over (only in notifications)
 */
enum sipfast_call_state {
	SIPFAST_CALL_SETUP,
	SIPFAST_CALL_RINGING,
	SIPFAST_CALL_UP,
	SIPFAST_CALL_CLOSING,
	SIPFAST_CALL_ENDED,
};

/**
 * enum sipfast_call_end - why a call ended
 * @SIPFAST_END_NONE: it has not
 * @SIPFAST_END_BYE: BYE, or a response that ends its dialog
 * @SIPFAST_END_REJECTED: the INVITE got a final response other than 2xx
 * @SIPFAST_END_TIMEOUT: no message for the configured time
 * @SIPFAST_END_FLUSHED: the module, or the namespace, went away
 * @SIPFAST_END_ADDRESS: the router lost an address that it was translated to
 */
enum sipfast_call_end {
	SIPFAST_END_NONE,
	SIPFAST_END_BYE,
	SIPFAST_END_REJECTED,
	SIPFAST_END_TIMEOUT,
	SIPFAST_END_FLUSHED,
	SIPFAST_END_ADDRESS,
};

/**
 * enum sipfast_call_attr - one leg of a call
 * @SIPFAST_A_CALL_ID: u32, number of the leg
 * @SIPFAST_A_CALL_CALL_ID: string, the Call-ID
 * @SIPFAST_A_CALL_FROM: string, URI of From of the first INVITE
 * @SIPFAST_A_CALL_TO: string, URI of To
 * @SIPFAST_A_CALL_STATE: u8, enum sipfast_call_state
 * @SIPFAST_A_CALL_END: u8, enum sipfast_call_end; in CALL_END_NTF
 * @SIPFAST_A_CALL_STATUS: u16, status code of the INVITE's last response;
 *	absent before the first
 * @SIPFAST_A_CALL_CALLER: nest of enum sipfast_endpoint_attr, where the first
 *	INVITE came from (before translation)
 * @SIPFAST_A_CALL_CALLEE: likewise, where it went (after translation)
 * @SIPFAST_A_CALL_CALLER_MAPPED: the caller as the callee sees it; absent when
 *	it is not translated
 * @SIPFAST_A_CALL_CALLEE_MAPPED: the callee as the caller sees it; likewise
 * @SIPFAST_A_CALL_ZONE: u16, conntrack zone; absent for zone 0
 * @SIPFAST_A_CALL_AGE: u32, milliseconds since the first INVITE
 * @SIPFAST_A_CALL_DURATION: u32, milliseconds since the 2xx; absent before
 * @SIPFAST_A_CALL_DIALOGS: u32, dialogs (more than one: it forked)
 */
enum sipfast_call_attr {
	SIPFAST_A_CALL_UNSPEC,
	SIPFAST_A_CALL_ID,
	SIPFAST_A_CALL_CALL_ID,
	SIPFAST_A_CALL_FROM,
	SIPFAST_A_CALL_TO,
	SIPFAST_A_CALL_STATE,
	SIPFAST_A_CALL_END,
	SIPFAST_A_CALL_STATUS,
	SIPFAST_A_CALL_CALLER,
	SIPFAST_A_CALL_CALLEE,
	SIPFAST_A_CALL_CALLER_MAPPED,
	SIPFAST_A_CALL_CALLEE_MAPPED,
	SIPFAST_A_CALL_ZONE,
	SIPFAST_A_CALL_AGE,
	SIPFAST_A_CALL_DURATION,
	SIPFAST_A_CALL_DIALOGS,

	__SIPFAST_A_CALL_MAX,
	SIPFAST_A_CALL_MAX = __SIPFAST_A_CALL_MAX - 1
};

/**
 * enum sipfast_stream_kind - what a stream carries
 * @SIPFAST_STREAM_RTP: RTP, with RTCP on the same port if muxed
 * @SIPFAST_STREAM_RTCP: RTCP on its own port
 * @SIPFAST_STREAM_UDP: another protocol over UDP (UDPTL, DTLS/SCTP)
 */
enum sipfast_stream_kind {
	SIPFAST_STREAM_RTP,
	SIPFAST_STREAM_RTCP,
	SIPFAST_STREAM_UDP,
};

/**
 * enum sipfast_stream_attr - one stream of a call
 * @SIPFAST_A_STREAM_ID: u32, number of the stream
 * @SIPFAST_A_STREAM_CALL: u32, SIPFAST_A_CALL_ID of its call
 * @SIPFAST_A_STREAM_MEDIA: u8, which m= line, from 0
 * @SIPFAST_A_STREAM_TYPE: string, type of the m= line: "audio", "video", ...
 * @SIPFAST_A_STREAM_KIND: u8, enum sipfast_stream_kind
 * @SIPFAST_A_STREAM_FORWARD: nest of enum sipfast_direction_attr, caller to
 *	callee
 * @SIPFAST_A_STREAM_REVERSE: likewise, callee to caller
 * @SIPFAST_A_STREAM_AGE: u32, milliseconds since it was opened
 */
enum sipfast_stream_attr {
	SIPFAST_A_STREAM_UNSPEC,
	SIPFAST_A_STREAM_ID,
	SIPFAST_A_STREAM_CALL,
	SIPFAST_A_STREAM_MEDIA,
	SIPFAST_A_STREAM_TYPE,
	SIPFAST_A_STREAM_KIND,
	SIPFAST_A_STREAM_FORWARD,
	SIPFAST_A_STREAM_REVERSE,
	SIPFAST_A_STREAM_AGE,

	__SIPFAST_A_STREAM_MAX,
	SIPFAST_A_STREAM_MAX = __SIPFAST_A_STREAM_MAX - 1
};

/**
 * enum sipfast_direction_attr - one direction of a stream
 * @SIPFAST_A_DIRECTION_SOURCE: nest of enum sipfast_endpoint_attr, who sends:
 *	the endpoint that the sender announced
 * @SIPFAST_A_DIRECTION_TARGET: likewise, the address that it sends to
 * @SIPFAST_A_DIRECTION_SOURCE_MAPPED: the sender as the receiver sees it;
 *	absent when it is not translated
 * @SIPFAST_A_DIRECTION_TARGET_INSIDE: where packets to @TARGET are delivered;
 *	likewise
 * @SIPFAST_A_DIRECTION_PACKETS: u64, packets forwarded
 * @SIPFAST_A_DIRECTION_BYTES: u64, their bytes, IP headers included
 * @SIPFAST_A_DIRECTION_FIRST: u32, milliseconds since the first packet; absent
 *	before it
 * @SIPFAST_A_DIRECTION_LAST: u32, milliseconds since the last one; likewise
 */
enum sipfast_direction_attr {
	SIPFAST_A_DIRECTION_UNSPEC,
	SIPFAST_A_DIRECTION_PAD,
	SIPFAST_A_DIRECTION_SOURCE,
	SIPFAST_A_DIRECTION_TARGET,
	SIPFAST_A_DIRECTION_SOURCE_MAPPED,
	SIPFAST_A_DIRECTION_TARGET_INSIDE,
	SIPFAST_A_DIRECTION_PACKETS,
	SIPFAST_A_DIRECTION_BYTES,
	SIPFAST_A_DIRECTION_FIRST,
	SIPFAST_A_DIRECTION_LAST,

	__SIPFAST_A_DIRECTION_MAX,
	SIPFAST_A_DIRECTION_MAX = __SIPFAST_A_DIRECTION_MAX - 1
};

/**
 * enum sipfast_registration_attr - one learned contact
 * @SIPFAST_A_REGISTRATION_ID: u32, number of the registration
 * @SIPFAST_A_REGISTRATION_AOR: string, URI of To
 * @SIPFAST_A_REGISTRATION_CONTACT: nest of enum sipfast_endpoint_attr, the
 *	contact as the phone wrote it
 * @SIPFAST_A_REGISTRATION_MAPPED: the contact as the registrar sees it;
 *	absent when it is not translated
 * @SIPFAST_A_REGISTRATION_REGISTRAR: where the REGISTER went
 * @SIPFAST_A_REGISTRATION_ZONE: u16, conntrack zone; absent for zone 0
 * @SIPFAST_A_REGISTRATION_EXPIRES: u32, seconds left
 */
enum sipfast_registration_attr {
	SIPFAST_A_REGISTRATION_UNSPEC,
	SIPFAST_A_REGISTRATION_ID,
	SIPFAST_A_REGISTRATION_AOR,
	SIPFAST_A_REGISTRATION_CONTACT,
	SIPFAST_A_REGISTRATION_MAPPED,
	SIPFAST_A_REGISTRATION_REGISTRAR,
	SIPFAST_A_REGISTRATION_ZONE,
	SIPFAST_A_REGISTRATION_EXPIRES,

	__SIPFAST_A_REGISTRATION_MAX,
	SIPFAST_A_REGISTRATION_MAX = __SIPFAST_A_REGISTRATION_MAX - 1
};

/**
 * enum sipfast_table_attr - how full a table is
 * @SIPFAST_A_TABLE_NAME: string: "calls", "streams", "pinholes", ...
 * @SIPFAST_A_TABLE_USED: u32, entries
 * @SIPFAST_A_TABLE_LIMIT: u32, entries at most
 */
enum sipfast_table_attr {
	SIPFAST_A_TABLE_UNSPEC,
	SIPFAST_A_TABLE_NAME,
	SIPFAST_A_TABLE_USED,
	SIPFAST_A_TABLE_LIMIT,

	__SIPFAST_A_TABLE_MAX,
	SIPFAST_A_TABLE_MAX = __SIPFAST_A_TABLE_MAX - 1
};

/**
 * enum sipfast_counter_attr - one decision, and how often it was taken
 * @SIPFAST_A_COUNTER_NAME: string, e.g. "sip-rewritten"; names stay
 * @SIPFAST_A_COUNTER_TEXT: string, a sentence about it
 * @SIPFAST_A_COUNTER_VALUE: u64, since the namespace or the module began
 */
enum sipfast_counter_attr {
	SIPFAST_A_COUNTER_UNSPEC,
	SIPFAST_A_COUNTER_PAD,
	SIPFAST_A_COUNTER_NAME,
	SIPFAST_A_COUNTER_TEXT,
	SIPFAST_A_COUNTER_VALUE,

	__SIPFAST_A_COUNTER_MAX,
	SIPFAST_A_COUNTER_MAX = __SIPFAST_A_COUNTER_MAX - 1
};

#endif /* _UAPI_LINUX_SIPFAST_H */
