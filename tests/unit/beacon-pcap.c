/* SPDX-License-Identifier: ISC */
/*
 * Beacons for tshark.bats: to the file as a capture, and to stdout, a line for each, as the program
 * shows their elements in JSON.
 *
 * usage: beacon-pcap FILE
 */
#include <stdio.h>
#include <stdlib.h>

#include "element-gen.h"
#include "../../cmds/show-elements.h"

struct beacon {
	uint32_t mhz;
	const char *elements;
};

/* A field of one AP in RNR: TBTT offset, BSSID, short SSID, BSS and MLD parameters. */
#define AP(offset, bssid, bss, psd, mld) offset bssid "e9c4fd4c" bss psd mld

static const struct beacon beacons[] = {
	/* an AP MLD of three links, this one at 5 GHz */
	{ 5180,
	  "00(6d6c6f) 01(8c129824b048606c) 05(01020000)"
	  "07(555304 240417 950530 00) 0b(0c00 40 0000)"
	  "30(0100 000fac04 0100000fac04 0200000fac08000fac18 c000 0000 000fac06) f4(20)"
	  "2d(6f08 00*24) 3d(2405 00*20) bf(f6018033 fffe0000fffe0000) c0(012a32 fcff)"
	  "ff(23 000000000000 0c 00*10 faff*8) ff(24 f43f00 2a fcff)"
	  "ff(6a 03 44444444 032a32 c000) ff(6c f300 00*9 444444444444)"
	  /* two neighbors: one AP at 2.4 GHz, two at 6 GHz, of which one is no MLD's */
	  "c9(00105101 " AP("07", "020000000101", "4e", "28", "001000") "   10108625 " AP(
		  "ff", "020000000201", "46", "fe",
		  "002200") "            " AP("10", "020000000302", "00", "7f",
					      "ffff0f") ")"
							/* Basic: link 1, counted 2, both
							   capabilities, and a word about link 0 */
							"ff(6b b001 0d 020000000010 01 02 0700 4213"
							"   00(1000 01)"
							"   00(3200 07 020000000101))" },
	/* the same MLD at 6 GHz, where the element takes two fragments */
	{ 6135, "00(6d6c6f) 05(00010000)"
		"30(0100 000fac09 0100000fac09 0100000fac19 ec00 0000 000fac0c) f4(2100)"
		"ff(24 f43f02 07 fcff 2507272f06) ff(3b bd06)"
		"c9(000d5101 07 020000000101 e9c4fd4c 4e 28"
		"   14058095 05e9c4fd4c 06e9c4fd4c)" /* filtered, and without a BSSID */
		"ff(6b b001 0d 020000000010 02 11 0500 6200"
		"   00(2000 07 020000000101 dd(00*226)))"
		"f2(00(0100 01))" },
	/* an old one at 2.4 GHz: WPA and WPA2, and two bytes that stand for nothing */
	{ 2412, "00() 01(82848b96) 03(01) 05(00030001)"
		"07(4a5020 010d14) 32(0c121824 ff)"
		"dd(0050f201 0100 0050f202 0200 0050f202 0050f204 0100 0050f202)"
		"30(0100 000fac02 0200 000fac04 000fac02 0200 000fac02 000fac06 8c00)"
		"3d(0107 00*20) 7f(0400080000000040) dd(506f9a1c 020000000001 0161)" },
};

static void put16(FILE *f, unsigned int v)
{
	putc((int)(v & 0xff), f);
	putc((int)(v >> 8 & 0xff), f);
}

static void put32(FILE *f, size_t v)
{
	put16(f, (unsigned int)(v & 0xffff));
	put16(f, (unsigned int)(v >> 16 & 0xffff));
}

#define LINKTYPE_IEEE802_11 105

static void put_capture(FILE *f)
{
	put32(f, 0xa1b2c3d4);
	put16(f, 2);
	put16(f, 4);
	put32(f, 0);
	put32(f, 0);
	put32(f, 65535);
	put32(f, LINKTYPE_IEEE802_11);
}

static void put_beacon(FILE *f, struct bytes elements)
{
	size_t len;
	uint8_t *head = bytes_of("80000000 ff*6 020000000101 020000000101 0000"
				 "0000000000000000 6400 1100",
				 &len);

	put32(f, 0);
	put32(f, 0);
	put32(f, len + elements.len);
	put32(f, len + elements.len);
	fwrite(head, 1, len, f);
	fwrite(elements.p, 1, elements.len, f);
	free(head);
}

static void show_beacon(struct bytes elements, uint32_t mhz)
{
	uint8_t scratch[SCRATCH_SIZE(2000)];
	struct element_env env = { .frame = FRAME_BEACON, .freq = mhz };
	struct json j = { .f = stdout };

	env.scratch = (struct scratch){ scratch, sizeof(scratch) };
	json_elements(&j, NULL, elements, &env);
}

int main(int argc, char **argv)
{
	FILE *f = argc == 2 ? fopen(argv[1], "wb") : NULL;

	if (!f) {
		fputs("usage: beacon-pcap FILE\n", stderr);
		return 1;
	}
	put_capture(f);
	for (size_t i = 0; i < ARRAY_SIZE(beacons); i++) {
		size_t len;
		uint8_t *p = bytes_of(beacons[i].elements, &len);

		put_beacon(f, (struct bytes){ p, len });
		show_beacon((struct bytes){ p, len }, beacons[i].mhz);
		free(p);
	}
	return fclose(f) ? 1 : 0;
}
