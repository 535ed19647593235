/* SPDX-License-Identifier: ISC */
/* Words to values and back: addresses, link ids, numbers, errno, channels, iftypes. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <net/if.h>

#include "iw-mlo.h"

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool parse_mac(const char *word, uint8_t mac[ADDR_LEN])
{
	uint8_t parsed[ADDR_LEN];

	if (strlen(word) != MAC_TEXT - 1)
		return false;
	for (int i = 0; i < ADDR_LEN; i++) {
		int high = hex_digit(word[3 * i]), low = hex_digit(word[3 * i + 1]);

		if (high < 0 || low < 0 || (i > 0 && word[3 * i - 1] != ':'))
			return false;
		parsed[i] = (uint8_t)(high << 4 | low);
	}
	memcpy(mac, parsed, ADDR_LEN);
	return true;
}

bool parse_u64(const char *word, uint64_t *value)
{
	bool hex = word[0] == '0' && word[1] == 'x';
	const char *digits = hex ? word + 2 : word;
	char *end;

	/* strtoull() would take a sign, spaces and a second 0x */
	if (hex_digit(digits[0]) < 0 || (hex && (digits[1] | 0x20) == 'x'))
		return false;
	errno = 0;
	*value = strtoull(digits, &end, hex ? 16 : 10);
	return !errno && end != digits && !*end;
}

bool parse_link_id(const char *word, uint8_t *id)
{
	size_t len = strlen(word);
	unsigned int n = 0;

	if (len < 1 || len > 2 || (len == 2 && word[0] == '0'))
		return false;
	for (size_t i = 0; i < len; i++) {
		if (!isdigit((unsigned char)word[i]))
			return false;
		n = n * 10 + (unsigned int)(word[i] - '0');
	}
	if (n > LINK_ID_MAX)
		return false;
	*id = (uint8_t)n;
	return true;
}

bool parse_seconds(const char *word, uint32_t *ms)
{
	uint32_t whole = 0, part = 0, unit = 100;
	const char *p = word;

	for (; isdigit((unsigned char)*p) && whole <= 86400; p++)
		whole = whole * 10 + (uint32_t)(*p - '0');
	if (p == word || whole > 86400)
		return false;
	if (*p == '.') {
		if (!isdigit((unsigned char)*++p))
			return false;
		for (; isdigit((unsigned char)*p); p++, unit /= 10)
			part += unit * (uint32_t)(*p - '0');
	}
	*ms = whole * 1000 + part;
	return !*p && *ms > 0 && *ms <= 86400 * 1000;
}

bool valid_ifname(const char *word)
{
	size_t len = strlen(word);

	if (len < 1 || len >= IFNAMSIZ || !strcmp(word, ".") || !strcmp(word, ".."))
		return false;
	for (; *word; word++)
		if (*word == '/' || *word == ':' || isspace((unsigned char)*word))
			return false;
	return true;
}

bool parse_ssid(const char *word, uint8_t ssid[SSID_LEN_MAX], uint8_t *len)
{
	size_t n = 0;

	for (; *word; word++, n++) {
		int high = -1, low = -1;

		if (n == SSID_LEN_MAX)
			return false;
		if (*word == '\\' && word[1] == 'x') {
			high = hex_digit(word[2]);
			low = high < 0 ? -1 : hex_digit(word[3]);
		}
		if (*word == '\\' && low < 0)
			return false;
		ssid[n] = low < 0 ? (uint8_t)*word : (uint8_t)(high << 4 | low);
		if (!ssid[n])
			return false;
		word += low < 0 ? 0 : 3;
	}
	*len = (uint8_t)n;
	return n > 0;
}

bool mac_is_zero(const uint8_t mac[ADDR_LEN])
{
	static const uint8_t zero[ADDR_LEN];

	return !memcmp(mac, zero, ADDR_LEN);
}

bool mac_is_multicast(const uint8_t mac[ADDR_LEN])
{
	return mac[0] & 1;
}

/* Ends at what is no digit. */
static bool take_number(const char **p, unsigned int max, unsigned int *n)
{
	const char *begin = *p;

	for (*n = 0; **p >= '0' && **p <= '9' && *n <= max; ++*p)
		*n = *n * 10 + (unsigned int)(**p - '0');
	return *p > begin && *n <= max && (*begin != '0' || *p == begin + 1);
}

bool parse_bitmap(const char *word, unsigned int max, uint16_t *bitmap)
{
	unsigned int from, to;

	for (*bitmap = 0;; word++) {
		if (!take_number(&word, max, &from))
			return false;
		to = from;
		if (*word == '-' && (word++, !take_number(&word, max, &to)))
			return false;
		if (from > to)
			return false;
		for (unsigned int n = from; n <= to; n++) {
			if (*bitmap >> n & 1)
				return false;
			*bitmap |= (uint16_t)(1u << n);
		}
		if (*word != ',')
			return !*word;
	}
}

const char *fmt_links(char buf[LINKS_TEXT], uint16_t bitmap)
{
	size_t used = 0;

	if (!bitmap)
		return "none";
	for (unsigned int id = 0; id < LINKS_MAX; id++)
		if (bitmap >> id & 1)
			used += (size_t)snprintf(buf + used, LINKS_TEXT - used, "%s%u",
						 used ? "," : "", id);
	return buf;
}

const char *fmt_mac(char buf[MAC_TEXT], const uint8_t mac[ADDR_LEN])
{
	static const char digit[] = "0123456789abcdef";
	char *p = buf;

	for (int i = 0; i < ADDR_LEN; i++) {
		*p++ = digit[mac[i] >> 4];
		*p++ = digit[mac[i] & 15];
		*p++ = ':';
	}
	p[-1] = '\0';
	return buf;
}

const char *fmt_dbm(char buf[DBM_TEXT], int32_t mbm)
{
	/* by hand: -49.5 dBm is -4950 mBm, whose quotient and remainder are both negative */
	uint32_t abs = mbm < 0 ? 0u - (uint32_t)mbm : (uint32_t)mbm;
	uint32_t hundredths = abs % 100, whole = abs / 100;
	char *p = &buf[DBM_TEXT - 1];

	*p = '\0';
	if (hundredths % 10)
		*--p = (char)('0' + hundredths % 10);
	*--p = (char)('0' + hundredths / 10);
	*--p = '.';
	do
		*--p = (char)('0' + whole % 10);
	while (whole /= 10);
	if (mbm < 0)
		*--p = '-';
	return p;
}

const char *fmt_mbps(char buf[MBPS_TEXT], uint64_t kbps)
{
	snprintf(buf, MBPS_TEXT, "%llu.%u", (unsigned long long)(kbps / 1000),
		 (unsigned int)(kbps / 100 % 10));
	return buf;
}

const char *errno_name(int err)
{
	/* clang-format off */
#define NAME(e) { e, #e }
	/* by name, as the numbers differ between machines */
	static const struct {
		int err;
		const char *name;
	} names[] = {
		NAME(EPERM),	 NAME(ENOENT),	     NAME(EINTR),	    NAME(EIO),
		NAME(ENXIO),	 NAME(E2BIG),	     NAME(EBADF),	    NAME(EAGAIN),
		NAME(ENOMEM),	 NAME(EACCES),	     NAME(EFAULT),	    NAME(EBUSY),
		NAME(EEXIST),	 NAME(EXDEV),	     NAME(ENODEV),	    NAME(EINVAL),
		NAME(ENFILE),	 NAME(EMFILE),	     NAME(ENOSPC),	    NAME(EPIPE),
		NAME(ERANGE),	 NAME(ENOLINK),	     NAME(EPROTO),	    NAME(EBADMSG),
		NAME(EOVERFLOW), NAME(ENOTUNIQ),     NAME(ENOTSOCK),	    NAME(EMSGSIZE),
		NAME(ENOTCONN),	 NAME(EOPNOTSUPP),   NAME(EADDRINUSE),	    NAME(EADDRNOTAVAIL),
		NAME(ENETDOWN),	 NAME(ENETUNREACH),  NAME(ENOBUFS),	    NAME(EISCONN),
		NAME(ETIMEDOUT), NAME(EALREADY),     NAME(EINPROGRESS),	    NAME(ECANCELED),
		NAME(ERFKILL),	 NAME(EAFNOSUPPORT), NAME(EPROTONOSUPPORT), NAME(ENOSYS),
	};
#undef NAME
	/* clang-format on */

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (names[i].err == err)
			return names[i].name;
	return NULL;
}

bool freq_to_channel(uint32_t mhz, uint32_t *channel, const char **band)
{
	static const struct {
		uint32_t first, last, base;
		const char *band;
	} bands[] = {
		{ 2412, 2472, 2407, "2.4GHz" },
		{ 4910, 4980, 4000, "5GHz" }, /* Japan's 4.9 GHz counts in its own way */
		{ 5005, 5920, 5000, "5GHz" },
		{ 5955, 7115, 5950, "6GHz" },
	};

	if (mhz == 2484 || mhz == 5935) { /* the two channels outside their band's raster */
		*channel = mhz == 2484 ? 14 : 2;
		*band = mhz == 2484 ? "2.4GHz" : "6GHz";
		return true;
	}
	for (size_t i = 0; i < ARRAY_SIZE(bands); i++) {
		if (mhz < bands[i].first || mhz > bands[i].last || (mhz - bands[i].base) % 5)
			continue;
		*channel = (mhz - bands[i].base) / 5;
		*band = bands[i].band;
		return true;
	}
	if (mhz < 58320 || mhz > 69120 || (mhz - 56160) % 2160)
		return false;
	*channel = (mhz - 56160) / 2160;
	*band = "60GHz";
	return true;
}

bool parse_freq(const char *word, uint32_t *mhz)
{
	uint32_t channel;
	const char *band;
	uint64_t v;

	if (!parse_u64(word, &v) || v > UINT32_MAX ||
	    !freq_to_channel((uint32_t)v, &channel, &band))
		return false;
	*mhz = (uint32_t)v;
	return true;
}

uint32_t channel_to_freq(const char *band, uint32_t channel)
{
	uint32_t mhz = 0, back;
	const char *is;

	if (!strcmp(band, "2.4GHz"))
		mhz = channel == 14 ? 2484 : 2407 + 5 * channel;
	else if (!strcmp(band, "5GHz"))
		mhz = channel >= 182 ? 4000 + 5 * channel : 5000 + 5 * channel;
	else if (!strcmp(band, "6GHz"))
		mhz = channel == 2 ? 5935 : 5950 + 5 * channel;
	return freq_to_channel(mhz, &back, &is) && back == channel && !strcmp(is, band) ? mhz : 0;
}

uint32_t width_mhz(uint32_t chan_width)
{
	static const uint16_t mhz[] = {
		[NL80211_CHAN_WIDTH_20_NOHT] = 20, [NL80211_CHAN_WIDTH_20] = 20,
		[NL80211_CHAN_WIDTH_40] = 40,	   [NL80211_CHAN_WIDTH_80] = 80,
		[NL80211_CHAN_WIDTH_80P80] = 160,  [NL80211_CHAN_WIDTH_160] = 160,
		[NL80211_CHAN_WIDTH_5] = 5,	   [NL80211_CHAN_WIDTH_10] = 10,
		[NL80211_CHAN_WIDTH_1] = 1,	   [NL80211_CHAN_WIDTH_2] = 2,
		[NL80211_CHAN_WIDTH_4] = 4,	   [NL80211_CHAN_WIDTH_8] = 8,
		[NL80211_CHAN_WIDTH_16] = 16,	   [NL80211_CHAN_WIDTH_320] = 320,
	};

	return chan_width < ARRAY_SIZE(mhz) ? mhz[chan_width] : 0;
}

#define EVERYWHERE (~0u)
#define MAINLINE   (1u << DIALECT_LINKS)
#define RFC	   (1u << DIALECT_RFC)

static const struct iftype iftypes[] = {
	{ "unspecified", NL80211_IFTYPE_UNSPECIFIED, EVERYWHERE },
	{ "adhoc", NL80211_IFTYPE_ADHOC, EVERYWHERE },
	{ "station", NL80211_IFTYPE_STATION, EVERYWHERE },
	{ "ap", NL80211_IFTYPE_AP, EVERYWHERE },
	{ "ap-vlan", NL80211_IFTYPE_AP_VLAN, EVERYWHERE },
	{ "wds", NL80211_IFTYPE_WDS, EVERYWHERE },
	{ "monitor", NL80211_IFTYPE_MONITOR, EVERYWHERE },
	{ "mesh-point", NL80211_IFTYPE_MESH_POINT, EVERYWHERE },
	{ "p2p-client", NL80211_IFTYPE_P2P_CLIENT, EVERYWHERE },
	{ "p2p-go", NL80211_IFTYPE_P2P_GO, EVERYWHERE },
	{ "p2p-device", NL80211_IFTYPE_P2P_DEVICE, EVERYWHERE },
	{ "ocb", NL80211_IFTYPE_OCB, EVERYWHERE },
	{ "nan", NL80211_IFTYPE_NAN, EVERYWHERE },
	{ "nan-data", NL80211_IFTYPE_NAN_DATA, MAINLINE },
	{ "pd", NL80211_IFTYPE_PD, MAINLINE },
	{ "mlo-link-device", RFC_IFTYPE_MLO_LINK_DEVICE, RFC },
};

const struct iftype *iftype_of_word(const char *word)
{
	for (size_t i = 0; i < ARRAY_SIZE(iftypes); i++)
		if (!strcmp(iftypes[i].word, word))
			return &iftypes[i];
	return NULL;
}

bool iftype_speaks(const struct iftype *t, enum dialect dialect)
{
	return t->dialects >> dialect & 1;
}

uint32_t ambiguous_iftypes(void)
{
	uint32_t bitmap = 0;

	for (size_t i = 0; i < ARRAY_SIZE(iftypes); i++)
		if (iftypes[i].dialects != EVERYWHERE)
			bitmap |= 1u << iftypes[i].number;
	return bitmap;
}

const char *iftype_name(char buf[IFTYPE_TEXT], uint32_t number, enum dialect dialect)
{
	for (size_t i = 0; i < ARRAY_SIZE(iftypes); i++)
		if (iftypes[i].number == number && iftype_speaks(&iftypes[i], dialect))
			return iftypes[i].word;
	snprintf(buf, IFTYPE_TEXT, "type-%u", number);
	return buf;
}

void iftype_words(char buf[IFTYPES_TEXT], uint32_t bitmap, enum dialect dialect)
{
	char name[IFTYPE_TEXT];
	size_t used = 0;

	snprintf(buf, IFTYPES_TEXT, "none");
	for (uint32_t n = 0; n < 32; n++) {
		if (!(bitmap >> n & 1) || used >= IFTYPES_TEXT)
			continue;
		used += (size_t)snprintf(buf + used, IFTYPES_TEXT - used, "%s%s", used ? ", " : "",
					 iftype_name(name, n, dialect));
	}
}
