/* SPDX-License-Identifier: ISC */
/*
 * A network block for wpa_supplicant that leads to the access point of the CSME firmware and to no
 * other. The secret is not ours to know, and what is not known stands there as a comment.
 */
#include <ctype.h>
#include <string.h>

#include "../iw-mlo.h"

enum status csme_check_profile(struct csme *c)
{
	const struct csme_connection *conn = &c->connection;

	if (!c->has_connection)
		return fail(c->ctx, ST_REFUSED, "the firmware has reported no connection");
	if (!csme_has(conn, CSME_SSID) || !conn->ssid_len)
		return fail(c->ctx, ST_REFUSED,
			    "the firmware has reported no SSID: a network without one would match "
			    "any");
	return ST_OK;
}

/* Between quotes, wpa_supplicant takes everything as it is, up to the last quote of the line. */
static bool is_plain(const struct csme_connection *conn)
{
	for (int n = 0; n < conn->ssid_len; n++)
		if (!isalnum(conn->ssid[n]) && !strchr(" _.-", conn->ssid[n]))
			return false;
	return !memchr(conn->ssid, '\0', conn->ssid_len);
}

static void print_ssid(FILE *f, const struct csme_connection *conn)
{
	char text[ESCAPED_SIZE(SSID_LEN_MAX)];

	if (is_plain(conn)) {
		fprintf(f, "\tssid=\"%.*s\"\n", conn->ssid_len, (const char *)conn->ssid);
		return;
	}
	fprintf(f, "\t# %s\n\tssid=", escape(text, sizeof(text), conn->ssid, conn->ssid_len));
	for (int n = 0; n < conn->ssid_len; n++)
		fprintf(f, "%02x", conn->ssid[n]);
	putc('\n', f);
}

static void print_bssid(FILE *f, const struct csme_connection *conn)
{
	char mac[MAC_TEXT];

	if (!csme_has(conn, CSME_BSSID) || mac_is_zero(conn->bssid) ||
	    mac_is_multicast(conn->bssid))
		fputs("\t# the firmware has not told the BSSID\n", f);
	else
		fprintf(f, "\tbssid=%s\n", fmt_mac(mac, conn->bssid));
}

static void print_freqs(FILE *f, const struct csme *c)
{
	static const char *const keys[] = { "scan_freq", "freq_list" };

	if (!c->n_freqs) {
		fputs("\t# the firmware has told no channel that is known: all will be scanned\n",
		      f);
		return;
	}
	if (c->n_freqs > 1)
		fputs("\t# the band of the channel is not told: one of these\n", f);
	for (size_t k = 0; k < ARRAY_SIZE(keys); k++) {
		fprintf(f, "\t%s=", keys[k]);
		for (unsigned int n = 0; n < c->n_freqs; n++)
			fprintf(f, "%s%u", n ? " " : "", c->freqs[n]);
		putc('\n', f);
	}
}

static void print_auth(FILE *f, const struct csme_connection *conn)
{
	if (!csme_has(conn, CSME_AUTH))
		fputs("\t# the firmware has not told the authentication: add key_mgmt\n", f);
	else if (!csme_auth_word(conn->auth))
		fprintf(f, "\t# authentication mode %u is unknown: add key_mgmt\n", conn->auth);
	else if (conn->auth == 0)
		fputs("\tkey_mgmt=NONE\n", f);
	else if (conn->auth == 6)
		fputs("\tkey_mgmt=WPA-EAP\n\t# ADD THE SECRET: eap=, identity=, password= ...\n",
		      f);
	else if (conn->auth == 7)
		fputs("\tkey_mgmt=WPA-PSK\n\t# ADD THE SECRET: psk=\n", f);
	else
		fputs("\tkey_mgmt=SAE\n\tieee80211w=2\n\t# ADD THE SECRET: sae_password=\n", f);
}

static void print_cipher(FILE *f, const struct csme_connection *conn)
{
	static const struct {
		uint32_t cipher;
		const char *word;
	} words[] = { { 2, "TKIP" }, { 4, "CCMP" }, { 8, "GCMP" }, { 9, "GCMP-256" } };

	for (size_t n = 0; csme_has(conn, CSME_CIPHER) && n < ARRAY_SIZE(words); n++)
		if (words[n].cipher == conn->cipher)
			fprintf(f, "\tpairwise=%s\n", words[n].word);
	/* the group's is not told, and wpa_supplicant's own list has no GCMP */
	if (csme_has(conn, CSME_CIPHER) && (conn->cipher == 8 || conn->cipher == 9))
		fputs("\tgroup=GCMP-256 GCMP CCMP TKIP\n", f);
	if (csme_has(conn, CSME_CIPHER) && !csme_cipher_word(conn->cipher))
		fprintf(f, "\t# cipher %u is unknown\n", conn->cipher);
}

void csme_print_profile(FILE *f, const struct csme *c)
{
	fputs("network={\n", f);
	print_ssid(f, &c->connection);
	print_bssid(f, &c->connection);
	print_freqs(f, c);
	print_auth(f, &c->connection);
	print_cipher(f, &c->connection);
	fputs("}\n", f);
}
