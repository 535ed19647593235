/* SPDX-License-Identifier: ISC */
/* check: the kernel, what it permits, and devices that no driver drives. */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "check.h"

/* ---- devices ---- */

#define PCI_CLASS_OTHER_NETWORK 0x0280 /* what Wi-Fi devices are; the subclass of Ethernet is 0 */

static void check_pci_device(struct checkup *c, const char *name)
{
	char driver[NAME_LEN_MAX];
	uint64_t class, vendor, device;
	struct finding *f;

	if (!sysfs_number(&class, "bus/pci/devices/%s/class", name) ||
	    class >> 8 != PCI_CLASS_OTHER_NETWORK ||
	    sysfs_link(driver, sizeof(driver), "bus/pci/devices/%s/driver", name) ||
	    !sysfs_number(&vendor, "bus/pci/devices/%s/vendor", name) ||
	    !sysfs_number(&device, "bus/pci/devices/%s/device", name))
		return;
	f = found(c, "device", CHECK_ATTENTION, "a wireless or other network device has no driver");
	add_fact(f, "PCI %s, vendor 0x%04x, device 0x%04x", name, (unsigned int)vendor,
		 (unsigned int)device);
	add_next(f, "\"dmesg\" tells if a driver gave up, and for want of which firmware; else "
		    "this kernel has none");
}

static void check_pci(struct checkup *c)
{
	char path[PATH_MAX];
	const struct dirent *e;
	DIR *dir;

	snprintf(path, sizeof(path), "%s/bus/pci/devices", sysfs_root);
	dir = opendir(path);
	while (dir && (e = readdir(dir)))
		if (*e->d_name != '.')
			check_pci_device(c, e->d_name);
	if (dir)
		closedir(dir);
}

void check_no_phy(struct checkup *c)
{
	struct finding *f = found(c, "phy", CHECK_PROBLEM, "no driver drives a Wi-Fi device");

	add_fact(f, "GET_WIPHY lists none");
	add_next(f, "load the device's driver; \"dmesg\" tells if it gave up");
}

/* ---- nl80211 ---- */

void check_no_nl80211(struct checkup *c)
{
	struct finding *f = found(c, "nl80211", CHECK_PROBLEM, "this kernel has no nl80211");

	add_fact(f, "generic netlink knows no such family (ENOENT); %s", c->release);
	add_next(f, "load the driver of the Wi-Fi device, which brings it (\"modprobe cfg80211\" "
		    "brings nl80211 alone)");
	check_pci(c);
}

static void check_nl80211(struct checkup *c)
{
	struct finding *f = found(c, "nl80211", CHECK_OK, "this kernel has nl80211");

	add_fact(f, "generic netlink lists it; %s", c->release);
}

/* ---- the dialect ---- */

static void add_evidence(struct finding *f, const struct ctx *ctx)
{
	add_fact(f, "%s ADD_LINK; last attribute %u",
		 family_has(&ctx->family, NL80211_CMD_ADD_LINK) ? "the kernel has" : "no",
		 ctx->family.maxattr);
	if (ctx->has_policy)
		add_fact(f, "; attribute %u is %s nest, as the RFC's %s; iftypes up to %llu",
			 (unsigned int)RFC_ATTR_MLO_LINK_INFO,
			 ctx->policy.link_info_is_nest ? "a" : "no",
			 ctx->policy.link_info_is_nest ? "is" : "would be",
			 (unsigned long long)ctx->policy.iftype_max);
	else if (ctx->dialect_settled)
		add_fact(f, "; its policy is not to be had");
}

static void check_dialect(struct checkup *c)
{
	static const struct {
		enum verdict verdict;
		const char *text, *next;
	} words[] = {
		[DIALECT_NONE] = { CHECK_PROBLEM, "this kernel has no MLO",
				   "Linux has MLO from 6.0 on" },
		[DIALECT_LINKS] = { CHECK_OK, "links have ids, as Linux has them since 6.0", "" },
		[DIALECT_RFC] = { CHECK_OK, "links are devices, as the RFC of 2020 has them", "" },
		[DIALECT_HYBRID] = { CHECK_PROBLEM,
				     "this kernel has the marks of both kinds of MLO",
				     "a kernel of one kind: to this one nothing is sent that the "
				     "kinds have different meanings for" },
		[DIALECT_UNKNOWN] = { CHECK_PROBLEM,
				      "this kernel does not tell which kind of MLO it has",
				      "Linux has MLO, and tells so, from 6.0 on" },
	};
	enum dialect d = c->ctx->dialect;
	struct finding *f = found(c, "dialect", words[d].verdict, "%s", words[d].text);

	add_evidence(f, c->ctx);
	add_next(f, "%s", words[d].next);
}

/* ---- what the kernel has of what came later ---- */

static const struct feature {
	const char *check, *without, *since;
	uint16_t number; /* of the command, or the attribute */
	bool is_attribute;
} features[] = {
	{ "bss_use", "too old to tell which access points can be a link only", "6.8",
	  NL80211_ATTR_BSS_DUMP_INCLUDE_USE_DATA, true },
	{ "ttlm", "too old to map kinds of traffic (TIDs) to links", "6.8",
	  NL80211_CMD_SET_TID_TO_LINK_MAPPING, false },
	{ "radios", "too old to tell of the several radios of a phy", "6.11",
	  NL80211_ATTR_WIPHY_RADIOS, true },
	{ "reconfiguration", "too old to add links to a connection, or remove them", "6.14",
	  NL80211_CMD_ASSOC_MLO_RECONF, false },
	{ "epcs", "too old to ask for priority access (EPCS)", "6.14", NL80211_CMD_EPCS_CFG,
	  false },
	{ "link_statistics", "too old to tell the statistics of each link", "7.3",
	  NL80211_ATTR_STA_DUMP_LINK_STATS, true },
};

static bool has_feature(const struct family *f, const struct feature *x)
{
	return x->is_attribute ? f->maxattr >= x->number : family_has(f, (uint8_t)x->number);
}

static void check_feature(struct checkup *c, const struct feature *x)
{
	struct finding *f = found(c, x->check, CHECK_ATTENTION, "%s", x->without);

	if (x->is_attribute)
		add_fact(f, "last attribute %u, which should be %u", c->ctx->family.maxattr,
			 x->number);
	else
		add_fact(f, "no command %s", command_name((uint8_t)x->number));
	add_next(f, "Linux %s or newer", x->since);
}

static void check_features(struct checkup *c)
{
	bool all = true;

	for (size_t n = 0; n < ARRAY_SIZE(features); n++)
		all &= has_feature(&c->ctx->family, &features[n]);
	if (all) {
		struct finding *f =
			found(c, "kernel", CHECK_OK, "it is new enough for all that is asked here");

		for (size_t n = 0; n < ARRAY_SIZE(features); n++)
			add_fact(f, "%s%s", n ? ", " : "", features[n].check);
	}
	for (size_t n = 0; n < ARRAY_SIZE(features); n++)
		if (!has_feature(&c->ctx->family, &features[n]))
			check_feature(c, &features[n]);
}

/* ---- permission ---- */

/*
 * The kernel itself is asked: a capability of a user namespace of one's own is none over the
 * network of the machine. It looks at the permission first, and then for an interface, which the
 * request does not name.
 */
static enum status check_permission(struct checkup *c)
{
	struct ctx *ctx = c->ctx;
	const char *name;
	struct finding *f;
	enum status st;
	struct req rq;
	int err;

	req_get(ctx, &rq, NL80211_CMD_GET_KEY);
	st = dispatch(ctx, &rq, NULL);
	if (st != ST_REFUSED)
		return st;
	err = ctx->refusal.err;
	name = errno_name(err);
	if (err == EINVAL)
		f = found(c, "permission", CHECK_OK, "this user may change links");
	else if (err == EPERM)
		f = found(c, "permission", CHECK_ATTENTION,
			  "this user may change nothing, only look");
	else
		f = found(c, "permission", CHECK_ATTENTION,
			  "whether anything may be changed cannot be told");
	add_fact(f,
		 "GET_KEY, which needs CAP_NET_ADMIN and names no interface here, is answered "
		 "with %s",
		 name ? name : strerror(err));
	if (err == EPERM)
		add_next(f, "changes need CAP_NET_ADMIN: as root");
	return ST_OK;
}

/* ---- all of it ---- */

enum status check_machine(struct checkup *c)
{
	enum status st = settle_dialect(c->ctx);

	if (st != ST_OK)
		return st;
	check_nl80211(c);
	check_dialect(c);
	if (c->ctx->dialect == DIALECT_LINKS)
		check_features(c);
	st = check_permission(c);
	check_pci(c);
	return st;
}
