/* SPDX-License-Identifier: ISC */
/* Writes the corpora that fuzzing begins with: make-corpus DIRECTORY. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../unit/element-gen.h"

#define MLD "02aabbccddee "

/* In the notation of bytes_of(). Most targets take a first byte, which chooses. */
static const struct {
	const char *target, *name, *bytes;
} inputs[] = {
	{ "element", "empty", "" },
	{ "element", "few", "00 00(6161) 96() ff(6b 0000) ff(c8)" },
	{ "element", "extension-of-no-length", "00 ff() 00()" },
	{ "element", "cut-header", "00 00(61) 96" },
	{ "element", "cut-body", "00 00(61) 96 05 01" },
	{ "element", "fragments", "00 96(aa*255) f2(bb*255) f2(cc) 00()" },
	{ "element", "extension-in-fragments", "00 ff(6b aa*254) f2(bb) 00()" },
	{ "element", "fragments-without-end", "00 96(aa*255) f2(bb*255) f2(cc*255)" },
	{ "element", "fragment-cut", "00 96(aa*255) f2 ff bb" },
	{ "element", "orphan", "00 00() f2(0102) f2()" },
	{ "element", "sub-elements", "01 00(0100 01) dd(01) fe(02)" },
	{ "element", "sub-fragments", "01 00(aa*255) fe(bb*255) fe() fe(cc)" },

	{ "multi-link", "basic",
	  "01 f007 12 " MLD "03 2a ac10 4350 2170 05 8700"
	  "00(f10b 15 020000000001 6400 fcffffffffffffff 0103 05 09"
	  "3114 00(6161) ff(38 01 2d 01 24)) dd(0102)" },
	{ "multi-link", "basic-least", "00 0000 07 " MLD },
	{ "multi-link", "probe-request", "00 1100 02 07 00(1300 0a(00))" },
	{ "multi-link", "reconfiguration",
	  "00 f200 0d " MLD "0000 0000 0000 00(f17a 0d 020000000001 0102 3412 0200 1100 00())" },
	{ "multi-link", "removal", "01 0200 01 00(4100 03 0a00)" },
	{ "multi-link", "tdls", "00 0300 07 " MLD },
	{ "multi-link", "priority-access", "00 0400 07 " MLD "00(0300 26(00*13))" },
	{ "multi-link", "association-response", "04 0000 07 " MLD "00(1200 01 3114 0000 00(61))" },
	{ "multi-link", "association-request", "03 0001 09 " MLD "8f0f 00(1200 01 3114 00(61))" },
	{ "multi-link", "empty", "" },
	{ "multi-link", "one-byte", "00 00" },
	{ "multi-link", "no-common-info", "00 0000" },
	{ "multi-link", "unknown-type", "00 f5ff 07 " MLD },
	{ "multi-link", "common-0", "00 0000 00 " MLD },
	{ "multi-link", "common-1", "00 0000 01 " MLD },
	{ "multi-link", "common-255", "00 0000 ff " MLD },
	{ "multi-link", "common-255-there", "00 0000 ff " MLD "aa*248 00(0100 01)" },
	{ "multi-link", "future-field", "00 1008 0a " MLD "02 aabb" },
	{ "multi-link", "link-15", "00 1000 08 " MLD "0f 00(0f00 01)" },
	{ "multi-link", "same-link-twice", "00 0000 07 " MLD "00(0100 01) 00(0100 01)" },
	{ "multi-link", "sta-info-0", "00 0000 07 " MLD "00(0100 00)" },
	{ "multi-link", "sta-info-longer", "00 0000 07 " MLD "00(e10f ff 020000000001)" },
	{ "multi-link", "nstr-in-partial", "00 0000 07 " MLD "00(0106 01 0102)" },
	{ "multi-link", "profile-of-none", "00 0000 07 " MLD "00() 00(01) 00(0100)" },
	{ "multi-link", "no-capability", "02 0000 07 " MLD "00(1100 01 31)" },
	{ "multi-link", "profile-in-fragments",
	  "00 0000 07 " MLD "00(0100 01 96 ff aa*250) fe(bb*5) 00(0200 01)" },
	{ "multi-link", "fragments-without-end",
	  "00 0000 07 " MLD "00(0100 01 aa*252) fe(bb*255)" },
	{ "multi-link", "orphan", "00 0000 07 " MLD "fe(bb)" },
	{ "multi-link", "sub-element-cut", "00 0000 07 " MLD "00(0100 01) 00" },
	{ "multi-link", "nested",
	  "00 0000 07 " MLD "00(0100 01 ff(6b 0000 07 " MLD "00(0200 01)))" },
	{ "multi-link", "non-inheritance", "02 2d 3d 01 24" },

	{ "rnr", "mld",
	  "00 10 83 05 ff 020000000005 01020304 42 fe 00 4120"
	  "00 10 51 06 ff 020000000006 01020304 42 7f ff ff3f" },
	{ "rnr", "by-length",
	  "00 01 83 05 07  00 02 83 05 0742  00 05 83 05 0701020304"
	  "00 07 51 01 07020000000005  00 09 73 24 070200000000050180" },
	{ "rnr", "mld-alone", "11 03 83 05 000110 01f02f" },
	{ "rnr", "sixteen", "f0 01 83 05 ff*16" },
	{ "rnr", "length-0", "f0 00 83 05" },
	{ "rnr", "reserved-lengths", "00 03 83 05 010203 00 0a 83 05 aa*10 00 0e 83 05 aa*14" },
	{ "rnr", "reserved-types", "02 01 83 05 aa 03 00 83 05" },
	{ "rnr", "channels",
	  "00 01 51 0e ff 00 01 88 02 ff 00 01 b4 01 ff 00 01 00 00 ff"
	  "00 01 83 ff ff" },
	{ "rnr", "cut-head", "00 01 83 05 ff 00 01 83" },
	{ "rnr", "cut-infos", "f0 ff 83 05 aa*100" },

	{ "ttlm", "default", "06" },
	{ "ttlm", "all", "1a ff 0100 020000 0300 0300 0300 0300 0300 0300 0300 0300" },
	{ "ttlm", "one-byte", "22 81 03 40" },
	{ "ttlm", "default-with-presence", "04 ff 01" },
	{ "ttlm", "fewer-maps", "22 ff 01 02" },
	{ "ttlm", "empty-map", "02 01 0000" },
	{ "ttlm", "direction-3", "07" },
	{ "ttlm", "cut-times", "1a 01 01" },

	{ "elements", "beacon",
	  "01 00(6d6c6f) 01(82848b96) 03(06) 05(00010000) 30(0100 000fac04 0100 000fac04 0100 "
	  "000fac08 cc00) 7f(0400080000000040) dd(0050f2020101) c9(00 10 83 05 ff 020000000005 "
	  "01020304 42 fe 00 4120) ff(23 00*21) ff(24 00*6) ff(6a 00 11*4) ff(6c 00*11 11*3)"
	  "ff(6b 3001 0b " MLD "00 01 0100) ff(6d 06)" },
	{ "elements", "probe-response",
	  "02 ff(6b 3001 0b " MLD "00 01 0100 00(f109 16 "
	  "020000000001 6400 0000000000000000 0003 01 01 3114 "
	  "00(61) ff(38 01 2d 00) ff(6c 00*11 11*3)))" },
	{ "elements", "three-mappings", "00 ff(6d 06) ff(6d 06) ff(6d 06)" },
	{ "elements", "two-basic", "00 ff(6b 0000 07 " MLD ") ff(6b 0000 07 " MLD ")" },
	{ "elements", "ssid-hostile", "00 00(1b5b326a 22 5c c3 28 e280ae) 00(41*33)" },
	{ "elements", "cut", "00 ff(6b 0000 07 " MLD ") dd ff 0050f2" },
	{ "elements", "fragmented",
	  "00 ff(6b 0000 07 " MLD
	  "00 ff 0100 01 96 fa cc*238) f2(cc*12 fe(97(ddeeff)) 00(0200 01))" },
	{ "elements", "nested-without-end",
	  "00 ff(6b 0000 07 " MLD "00(0100 01 ff(6b 0000 07 " MLD "00(0100 01 ff(6b 0000 07 " MLD
	  ")))))" },
	{ "elements", "eht",
	  "81 ff(6a 03 11*4 02 2a 00 0600) ff(23 00*6 04 00*14) ff(6c 00*11 11*3)"
	  "ff(87 02 04 2a 2a 0100)" },
	{ "elements", "multiple-bssid",
	  "01 47(03 00(53(1104) 00(61) 55(01) ff(6b 0002 08 " MLD "01)))" },

	{ "netlink", "iface",
	  "0000 [0001 00000000] [0003 01000000] [0004 6c6f00] [0005 03000000]"
	  "[0006 020000000010] [0099 0100000000000000] [0026 54090000]"
	  "[0138 [0001 [0139 00] [0006 020000000001]] [0002 [0139 01]]]" },
	{ "netlink", "iface-link-15", "0000 [0138 [0001 [0139 0f]]]" },
	{ "netlink", "iface-lying", "0000 ff00 0100 00000000" },
	{ "netlink", "wiphy",
	  "0100 [0001 00000000] [0002 7068793000] [0020 [0002] [0003]]"
	  "[0078 [0001 [0001 [0001 [0001 02000000] [0002 [0002]]]]"
	  "[0002 02000000] [0004 01000000]]] [00d9 8000000000000080]" },
	{ "netlink", "connect",
	  "0201 [0001 00000000] [0003 01000000] [0006 020000000010] [0048 0000]"
	  "[0138 [0001 [0139 00] [00f5 020000000001]]]" },
	{ "netlink", "disconnect", "0203 [0003 01000000] [0036 0300] [0047]" },
	{ "netlink", "new-interface", "0200 [0003 01000000] [0005 02000000]" },
	{ "netlink", "family",
	  "0300 [0001 1c00] [0002 6e6c3830323131 00] [0005 50010000]"
	  "[0006 [0001 [0001 05000000] [0002 0e000000]]]"
	  "[0007 [0001 [0001 636f6e66696700] [0002 05000000]]]" },
	{ "netlink", "policy",
	  "0300 [0009 [0006 [0001 00000000]]]"
	  "[0008 [0000 [0005 [0001 03000000] [0005 0e00000000000000]]]]" },
	{ "netlink", "bss", "0400 [002f [0001 020000000001] [0009 01000000]]" },
	{ "netlink", "ext-ack", "0500 [0001 6e6f] [0002 14000000] [0005 03000000]" },
	{ "netlink", "ext-ack-hostile", "0500 [0001 1b5b41e280ae] [0002 14]" },
	{ "netlink", "message",
	  "0614 00000000 1c00 0500 00000000 00000000 06 01 0000"
	  "[0003 01000000] [0138 [0001 [0139 00]]]" },
};

static void write_input(const char *directory, const char *target, const char *name, struct bytes b)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", directory, target);
	mkdir(path, 0777);
	snprintf(path, sizeof(path), "%s/%s/%s", directory, target, name);
	f = fopen(path, "w");
	if (!f || fwrite(b.p, 1, b.len, f) != b.len || fclose(f)) {
		perror(path);
		exit(1);
	}
}

/* Frames as the unit tests make them; the chosen frame goes in front. */
static void write_generated(const char *directory)
{
	struct gen g;

	gen_seed(&g, 1);
	for (unsigned int n = 0; n < 12; n++) {
		struct generated e = gen_frame(&g);
		uint8_t *p = malloc(e.len + 1);
		char name[16];

		if (!p)
			abort();
		p[0] = (uint8_t)e.frame;
		memcpy(p + 1, e.bytes, e.len);
		snprintf(name, sizeof(name), "generated-%u", n);
		write_input(directory, "elements", name, (struct bytes){ p, e.len + 1 });
		free(p);
		gen_free(&e);
	}
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: make-corpus DIRECTORY\n");
		return 1;
	}
	mkdir(argv[1], 0777);
	for (size_t i = 0; i < sizeof(inputs) / sizeof(inputs[0]); i++) {
		size_t len;
		uint8_t *p = bytes_of(inputs[i].bytes, &len);

		write_input(argv[1], inputs[i].target, inputs[i].name, (struct bytes){ p, len });
		free(p);
	}
	write_generated(argv[1]);
	return 0;
}
