/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hdr.h - header fields and methods by number
 *
 * Names and compact forms as the IANA registry "Session Initiation Protocol
 * (SIP) Parameters" has them. A name that is not in the table is
 * SF_HDR_OTHER and stays visible by its span.
 */
#ifndef SIPFAST_HDR_H
#define SIPFAST_HDR_H

#include <sipfast/span.h>

/* X(symbol, full name, compact form or 0) */
#define SF_HDRS(X)						\
	X(VIA, "Via", 'v')					\
	X(FROM, "From", 'f')					\
	X(TO, "To", 't')					\
	X(CALL_ID, "Call-ID", 'i')				\
	X(CSEQ, "CSeq", 0)					\
	X(CONTACT, "Contact", 'm')				\
	X(MAX_FORWARDS, "Max-Forwards", 0)			\
	X(CONTENT_LENGTH, "Content-Length", 'l')		\
	X(CONTENT_TYPE, "Content-Type", 'c')			\
	X(ROUTE, "Route", 0)					\
	X(RECORD_ROUTE, "Record-Route", 0)			\
	X(EXPIRES, "Expires", 0)				\
	X(ACCEPT, "Accept", 0)					\
	X(ACCEPT_ENCODING, "Accept-Encoding", 0)		\
	X(ACCEPT_LANGUAGE, "Accept-Language", 0)		\
	X(ALERT_INFO, "Alert-Info", 0)				\
	X(ALLOW, "Allow", 0)					\
	X(ALLOW_EVENTS, "Allow-Events", 'u')			\
	X(AUTHENTICATION_INFO, "Authentication-Info", 0)	\
	X(AUTHORIZATION, "Authorization", 0)			\
	X(CALL_INFO, "Call-Info", 0)				\
	X(CONTENT_DISPOSITION, "Content-Disposition", 0)	\
	X(CONTENT_ENCODING, "Content-Encoding", 'e')		\
	X(CONTENT_LANGUAGE, "Content-Language", 0)		\
	X(DATE, "Date", 0)					\
	X(DIVERSION, "Diversion", 0)				\
	X(ERROR_INFO, "Error-Info", 0)				\
	X(EVENT, "Event", 'o')					\
	X(FLOW_TIMER, "Flow-Timer", 0)				\
	X(GEOLOCATION, "Geolocation", 0)			\
	X(GEOLOCATION_ERROR, "Geolocation-Error", 0)		\
	X(GEOLOCATION_ROUTING, "Geolocation-Routing", 0)	\
	X(HISTORY_INFO, "History-Info", 0)			\
	X(IDENTITY, "Identity", 'y')				\
	X(IDENTITY_INFO, "Identity-Info", 'n')			\
	X(IN_REPLY_TO, "In-Reply-To", 0)			\
	X(INFO_PACKAGE, "Info-Package", 0)			\
	X(JOIN, "Join", 0)					\
	X(MAX_BREADTH, "Max-Breadth", 0)			\
	X(MIME_VERSION, "MIME-Version", 0)			\
	X(MIN_EXPIRES, "Min-Expires", 0)			\
	X(MIN_SE, "Min-SE", 0)					\
	X(ORGANIZATION, "Organization", 0)			\
	X(P_ASSERTED_IDENTITY, "P-Asserted-Identity", 0)	\
	X(P_ASSOCIATED_URI, "P-Associated-URI", 0)		\
	X(P_CALLED_PARTY_ID, "P-Called-Party-ID", 0)		\
	X(P_PREFERRED_IDENTITY, "P-Preferred-Identity", 0)	\
	X(PATH, "Path", 0)					\
	X(PRIORITY, "Priority", 0)				\
	X(PRIVACY, "Privacy", 0)				\
	X(PROXY_AUTHENTICATE, "Proxy-Authenticate", 0)		\
	X(PROXY_AUTHORIZATION, "Proxy-Authorization", 0)	\
	X(PROXY_REQUIRE, "Proxy-Require", 0)			\
	X(RACK, "RAck", 0)					\
	X(REASON, "Reason", 0)					\
	X(RECV_INFO, "Recv-Info", 0)				\
	X(REFER_SUB, "Refer-Sub", 0)				\
	X(REFER_TO, "Refer-To", 'r')				\
	X(REFERRED_BY, "Referred-By", 'b')			\
	X(REMOTE_PARTY_ID, "Remote-Party-ID", 0)		\
	X(REPLACES, "Replaces", 0)				\
	X(REPLY_TO, "Reply-To", 0)				\
	X(REQUEST_DISPOSITION, "Request-Disposition", 'd')	\
	X(ACCEPT_CONTACT, "Accept-Contact", 'a')		\
	X(REJECT_CONTACT, "Reject-Contact", 'j')		\
	X(REQUIRE, "Require", 0)				\
	X(RESOURCE_PRIORITY, "Resource-Priority", 0)		\
	X(RETRY_AFTER, "Retry-After", 0)			\
	X(RSEQ, "RSeq", 0)					\
	X(SECURITY_CLIENT, "Security-Client", 0)		\
	X(SECURITY_SERVER, "Security-Server", 0)		\
	X(SECURITY_VERIFY, "Security-Verify", 0)		\
	X(SERVER, "Server", 0)					\
	X(SERVICE_ROUTE, "Service-Route", 0)			\
	X(SESSION_EXPIRES, "Session-Expires", 'x')		\
	X(SESSION_ID, "Session-ID", 0)				\
	X(SIP_ETAG, "SIP-ETag", 0)				\
	X(SIP_IF_MATCH, "SIP-If-Match", 0)			\
	X(SUBJECT, "Subject", 's')				\
	X(SUBSCRIPTION_STATE, "Subscription-State", 0)		\
	X(SUPPORTED, "Supported", 'k')				\
	X(TARGET_DIALOG, "Target-Dialog", 0)			\
	X(TIMESTAMP, "Timestamp", 0)				\
	X(UNSUPPORTED, "Unsupported", 0)			\
	X(USER_AGENT, "User-Agent", 0)				\
	X(USER_TO_USER, "User-to-User", 0)			\
	X(WARNING, "Warning", 0)				\
	X(WWW_AUTHENTICATE, "WWW-Authenticate", 0)

enum sf_hdr_id {
	SF_HDR_OTHER,
#define X(sym, name, compact) SF_HDR_##sym,
	SF_HDRS(X)
#undef X
	SF_HDR_COUNT
};

/**
 * sf_hdr_id() - the number of a header name, full or compact, in any case
 * @buf: the buffer of @name
 * @name: the name without the colon
 *
 * Return: its number, or SF_HDR_OTHER.
 */
enum sf_hdr_id sf_hdr_id(const char *buf, struct sf_span name);

/**
 * sf_hdr_name() - the full name of a header
 * Return: a constant string; "" for SF_HDR_OTHER.
 */
const char *sf_hdr_name(enum sf_hdr_id id);

/* X(symbol, name); methods compare case-sensitively (RFC 3261, 7.1) */
#define SF_METHODS(X)						\
	X(INVITE, "INVITE")					\
	X(ACK, "ACK")						\
	X(BYE, "BYE")						\
	X(CANCEL, "CANCEL")					\
	X(REGISTER, "REGISTER")					\
	X(OPTIONS, "OPTIONS")					\
	X(PRACK, "PRACK")					\
	X(UPDATE, "UPDATE")					\
	X(INFO, "INFO")						\
	X(SUBSCRIBE, "SUBSCRIBE")				\
	X(NOTIFY, "NOTIFY")					\
	X(REFER, "REFER")					\
	X(MESSAGE, "MESSAGE")					\
	X(PUBLISH, "PUBLISH")

enum sf_method {
	SF_METHOD_OTHER,
#define X(sym, name) SF_METHOD_##sym,
	SF_METHODS(X)
#undef X
	SF_METHOD_COUNT
};

/**
 * sf_method_id() - the number of a method
 * Return: its number, or SF_METHOD_OTHER.
 */
enum sf_method sf_method_id(const char *buf, struct sf_span method);

/**
 * sf_method_name() - the name of a method
 * Return: a constant string; "" for SF_METHOD_OTHER.
 */
const char *sf_method_name(enum sf_method method);

#endif /* SIPFAST_HDR_H */
