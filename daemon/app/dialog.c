// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * dialog.c - what has to be known of a dialog of others to end it
 */
#include "dialog.h"

#include <errno.h>
#include <stdlib.h>
#include <strings.h>

#define ROUTES_MAX	32

/* Instead of what was there; of what cannot be kept that stays. */
static int keep(struct sf_dialog *dialog, struct sf_text *at, struct sf_text text,
		u32 max)
{
	char *copy;

	if (text.len > max || dialog->len - at->len > max - text.len)
		return -EMSGSIZE;
	copy = malloc(text.len + 1);
	if (!copy)
		return -ENOMEM;
	if (text.len)
		memcpy(copy, text.s, text.len);
	dialog->len += text.len - at->len;
	free((char *)at->s);
	*at = (struct sf_text){ copy, text.len };
	return 0;
}

/* Can it be a Request-URI? A line ends in what is folded, as in what is no URI. */
static bool is_target(struct sf_text text)
{
	struct sf_uri uri;
	u32 i;

	for (i = 0; i < text.len; i++)
		if ((u8)text.s[i] <= ' ' || text.s[i] == 0x7f)
			return false;
	return text.len && !sf_uri_parse(text.s, sf_span(0, text.len), &uri) &&
	       (uri.scheme == SF_SCHEME_SIP || uri.scheme == SF_SCHEME_SIPS);
}

/* The URI of its Contact; none: there is none, or it is none. */
static struct sf_text contact_of(const struct sf_message *message)
{
	const struct sf_hdr *hdr = sf_msg_hdr(message->msg, SF_HDR_CONTACT);
	struct sf_text uri = { 0 };
	struct sf_span rest, item;
	struct sf_addr addr;

	if (!hdr)
		return uri;
	rest = hdr->value;
	if (!sf_list_next(message->buf, &rest, &item) &&
	    !sf_addr_parse(message->buf, item, &addr))
		uri = sf_text(message->buf, addr.uri);
	return is_target(uri) ? uri : (struct sf_text){ 0 };
}

/* Who says nothing of use is reached by his name. */
static struct sf_text target_of(const struct sf_message *message,
				const struct sf_addr *party)
{
	struct sf_text contact = contact_of(message);

	return contact.len ? contact : sf_text(message->buf, party->uri);
}

static struct sf_text value_of(const struct sf_message *message, enum sf_hdr_id id)
{
	struct sf_span value;

	if (sf_msg_single(message->msg, id, &value))
		return (struct sf_text){ 0 };
	return sf_text(message->buf, value);
}

int sf_dialog_new(struct sf_dialog **dialog, const struct sf_message *invite)
{
	struct sf_dialog *made = calloc(1, sizeof(*made));
	u32 max = SF_DIALOG_TEXT / 2;
	int err;

	if (!made)
		return -ENOMEM;
	made->cseq[SF_CALLER] = invite->cseq.number;
	err = invite->cseq.number > SF_DIALOG_CSEQ ? -ERANGE : 0;
	if (!err)
		err = keep(made, &made->call_id,
			   sf_text(invite->buf, invite->call_id), max);
	if (!err)
		err = keep(made, &made->party[SF_CALLER],
			   value_of(invite, SF_HDR_FROM), max);
	if (!err)
		err = keep(made, &made->target[SF_CALLER],
			   target_of(invite, &invite->from), max);
	if (err)
		sf_dialog_free(made);
	else
		*dialog = made;
	return err;
}

void sf_dialog_free(struct sf_dialog *dialog)
{
	u32 i;

	if (!dialog)
		return;
	free((char *)dialog->call_id.s);
	for (i = 0; i < 2; i++) {
		free((char *)dialog->party[i].s);
		free((char *)dialog->target[i].s);
		free((char *)dialog->routes[i].s);
	}
	free(dialog);
}

/* The elements of Record-Route, as far as there is room. */
static u32 read_routes(const struct sf_message *response, struct sf_span *route)
{
	const struct sf_hdr *hdr = sf_msg_hdr(response->msg,
					      SF_HDR_RECORD_ROUTE);
	struct sf_span rest, item;
	u32 n = 0;

	for (; hdr; hdr = sf_msg_hdr_next(response->msg, hdr)) {
		rest = hdr->value;
		while (!sf_list_next(response->buf, &rest, &item)) {
			if (n == ROUTES_MAX)
				return n;
			route[n++] = item;
		}
	}
	return n;
}

/* Only we can have written it, for this dialog. */
static bool is_ours(const struct sf_self *self, const struct sf_message *response,
		    struct sf_span item)
{
	struct sf_token token;
	struct sf_addr addr;
	struct sf_uri uri;

	return !sf_addr_parse(response->buf, item, &addr) &&
	       !sf_uri_parse(response->buf, addr.uri, &uri) && uri.user.len &&
	       self->own(self->owner, response->buf, &uri.at) &&
	       sf_token_read(self->key, response, uri.user, &token);
}

/* Those of one side, "first" to "last"; what comes to us has ours in front. */
static int keep_routes(struct sf_dialog *dialog, u32 side, const char *buf,
		       const struct sf_span *first, const struct sf_span *last)
{
	long i, n = first < last ? last - first : first - last;
	char text[SF_DIALOG_TEXT];
	struct sf_out out = sf_out(text, sizeof(text));

	for (i = 0; i <= n; i++) {
		if (i)
			sf_put_lit(&out, ", ");
		sf_put_span(&out, buf, first < last ? first[i] : first[-i]);
	}
	return out.full ? -EMSGSIZE :
			  keep(dialog, &dialog->routes[side],
			       (struct sf_text){ out.buf, out.len },
			       SF_DIALOG_TEXT);
}

/*
 * Record-Route begins with who is next to the callee, and ours are two, one for each
 * side. What stands behind them the caller may have made up: if that is too much, he
 * is not told, and the callee is.
 */
static int find_routes(struct sf_dialog *dialog, const struct sf_self *self,
		       const struct sf_message *response)
{
	struct sf_span route[ROUTES_MAX];
	u32 n = read_routes(response, route), ours = 0;
	int err;

	while (ours + 1 < n && (!is_ours(self, response, route[ours]) ||
				!is_ours(self, response, route[ours + 1])))
		ours++;
	if (ours + 1 >= n)
		return -EBADMSG;
	err = keep_routes(dialog, SF_CALLEE, response->buf, &route[ours + 1],
			  route);
	if (!err)
		keep_routes(dialog, SF_CALLER, response->buf, &route[ours],
			    &route[n - 1]);
	return err;
}

int sf_dialog_answered(struct sf_dialog *dialog, const struct sf_self *self,
		       const struct sf_message *response)
{
	int err = keep(dialog, &dialog->target[SF_CALLEE],
		       target_of(response, &response->to), SF_DIALOG_TEXT);

	if (!err)
		err = keep(dialog, &dialog->party[SF_CALLEE],
			   value_of(response, SF_HDR_TO), SF_DIALOG_TEXT);
	return err ? err : find_routes(dialog, self, response);
}

int sf_dialog_copy(struct sf_dialog **dialog, const struct sf_dialog *as)
{
	struct sf_dialog *made = calloc(1, sizeof(*made));
	int err;
	u32 i;

	if (!made)
		return -ENOMEM;
	err = keep(made, &made->call_id, as->call_id, SF_DIALOG_TEXT);
	for (i = 0; i < 2; i++) {
		made->cseq[i] = as->cseq[i];
		if (!err)
			err = keep(made, &made->party[i], as->party[i],
				   SF_DIALOG_TEXT);
		if (!err)
			err = keep(made, &made->target[i], as->target[i],
				   SF_DIALOG_TEXT);
		if (!err)
			err = keep(made, &made->routes[i], as->routes[i],
				   SF_DIALOG_TEXT);
	}
	if (err)
		sf_dialog_free(made);
	else
		*dialog = made;
	return err;
}

struct sf_text sf_dialog_tag(const struct sf_dialog *dialog, u32 side)
{
	const struct sf_text party = dialog->party[side];
	struct sf_param tag;
	struct sf_addr addr;

	if (!party.len || sf_addr_parse(party.s, sf_span(0, party.len), &addr) ||
	    !sf_param(party.s, addr.params, "tag", &tag))
		return (struct sf_text){ 0 };
	return sf_text(party.s, tag.value);
}

static bool host_of(struct sf_text text, struct sf_host *host)
{
	struct sf_uri uri;

	if (!text.len || sf_uri_parse(text.s, sf_span(0, text.len), &uri))
		return false;
	*host = uri.at;
	return true;
}

/* Of what goes to the callee: behind the two that are ours, or himself. */
static struct sf_text next_hop(const struct sf_dialog *dialog)
{
	const struct sf_text routes = dialog->routes[SF_CALLEE];
	struct sf_span rest = sf_span(0, routes.len), item;
	struct sf_addr addr;
	u32 n = 0;

	while (routes.len && !sf_list_next(routes.s, &rest, &item))
		if (++n == 3 && !sf_addr_parse(routes.s, item, &addr))
			return sf_text(routes.s, addr.uri);
	return dialog->target[SF_CALLEE];
}

bool sf_dialog_leads(const struct sf_dialog *dialog, struct sf_text uri)
{
	const struct sf_text hop = next_hop(dialog);
	struct sf_host is, was;

	return hop.len && host_of(hop, &was) && host_of(uri, &is) &&
	       is.host.len == was.host.len &&
	       !strncasecmp(uri.s + is.host.off, hop.s + was.host.off,
			    was.host.len);
}

bool sf_dialog_is_at(const struct sf_dialog *dialog, const struct sf_ip *ip)
{
	const struct sf_text hop = next_hop(dialog);
	struct sf_host host;

	return hop.len && host_of(hop, &host) && host.ip.family &&
	       sf_ip_eq(&host.ip, ip);
}

bool sf_dialog_seen(struct sf_dialog *dialog, u32 side, u32 cseq)
{
	if (cseq <= dialog->cseq[side])
		return false;
	dialog->cseq[side] = cseq;
	return true;
}

void sf_dialog_moved(struct sf_dialog *dialog, u32 side,
		     const struct sf_message *message)
{
	struct sf_text contact = contact_of(message);

	if (contact.len)
		keep(dialog, &dialog->target[side], contact, SF_DIALOG_TEXT);
}

static void put_line(struct sf_out *out, const char *name, struct sf_text value)
{
	sf_put_str(out, name);
	sf_put_lit(out, ": ");
	sf_put(out, value.s, value.len);
	sf_put_lit(out, "\r\n");
}

void sf_dialog_bye(struct sf_dialog *dialog, struct sf_out *out, u32 to,
		   const char *reason)
{
	u32 from = to == SF_CALLER ? SF_CALLEE : SF_CALLER;

	if (!dialog->routes[to].len)
		return;
	if (dialog->cseq[from] < INT32_MAX)
		dialog->cseq[from]++;
	sf_put_lit(out, "BYE ");
	sf_put(out, dialog->target[to].s, dialog->target[to].len);
	sf_put_lit(out, " SIP/2.0\r\nVia: SIP/2.0/UDP invalid;branch=z9hG4bK-\r\n");
	put_line(out, "Route", dialog->routes[to]);
	sf_put_lit(out, "Max-Forwards: 71\r\n");
	put_line(out, "From", dialog->party[from]);
	put_line(out, "To", dialog->party[to]);
	put_line(out, "Call-ID", dialog->call_id);
	sf_put_lit(out, "CSeq: ");
	sf_put_u32(out, dialog->cseq[from]);
	sf_put_lit(out, " BYE\r\n");
	put_line(out, "Reason", sf_text_str(reason));
	sf_put_lit(out, "Content-Length: 0\r\n\r\n");
}
