/* SPDX-License-Identifier: ISC */
/* The reader of 802.11 elements: one after the other, and their fragments (clause 10.28.11). */
#include <string.h>

#include "../elements.h"

#define SUBELEMENT_FRAGMENT 254
#define FULL		    255 /* only what is this long may go on in a fragment */

/* id, length, that many bytes. */
static bool take_piece(struct bytes *rest, uint8_t *id, struct bytes *body)
{
	struct bytes head = *rest, tail;

	if (head.len < 2 || head.len - 2 < head.p[1])
		return false;
	*id = head.p[0];
	tail = (struct bytes){ head.p + 2, head.len - 2 };
	take_bytes(&tail, head.p[1], body);
	*rest = tail;
	return true;
}

static bool take_fragments(struct bytes *rest, uint8_t fragment)
{
	struct bytes body = { NULL, FULL };
	bool any = false;
	uint8_t id;

	while (body.len == FULL && rest->len && rest->p[0] == fragment &&
	       take_piece(rest, &id, &body))
		any = true;
	return any;
}

static bool next(struct bytes *rest, uint8_t fragment, struct element *e)
{
	struct bytes start = *rest;

	if (!take_piece(rest, &e->id, &e->body))
		return false;
	e->ext = NO_EXT;
	e->fragmented = e->body.len == FULL && take_fragments(rest, fragment);
	e->extent = (struct bytes){ start.p, start.len - rest->len };
	return true;
}

bool element_next(struct bytes *rest, struct element *e)
{
	uint8_t ext;

	if (!next(rest, EID_FRAGMENT, e))
		return false;
	if (e->id == EID_EXTENSION && take_u8(&e->body, &ext))
		e->ext = ext;
	return true;
}

bool subelement_next(struct bytes *rest, struct element *e)
{
	return next(rest, SUBELEMENT_FRAGMENT, e);
}

bool element_find(struct bytes elements, uint8_t id, int ext, struct element *e)
{
	while (element_next(&elements, e))
		if (e->id == id && e->ext == ext)
			return true;
	return false;
}

struct bytes element_body(const struct element *e, struct scratch *s)
{
	struct bytes rest = e->extent, piece;
	struct bytes whole = { s->p, 0 };
	bool first = true;
	uint8_t id;

	if (!e->fragmented)
		return e->body;
	while (take_piece(&rest, &id, &piece)) {
		if (first)
			piece = e->body;
		first = false;
		if (piece.len > s->left)
			break;
		memcpy(s->p, piece.p, piece.len);
		s->p += piece.len;
		s->left -= piece.len;
		whole.len += piece.len;
	}
	return whole;
}
