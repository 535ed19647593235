/* SPDX-License-Identifier: ISC */
/* Who else manages an interface, as far as files tell: two that manage one undo each other's work.
 */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "iw-mlo.h"

const char *run_root = "/run", *etc_root = "/etc";

/* The value of a key of a keyfile, wherever it stands; false: there is none. */
static bool keyfile_value(const char *text, const char *key, char *value, size_t size)
{
	size_t len = strlen(key);

	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strncmp(line, key, len) != 0 || line[len] != '=')
			continue;
		snprintf(value, size, "%.*s", (int)strcspn(line + len + 1, "\r\n"), line + len + 1);
		return true;
	}
	return false;
}

/* A profile of the wanted id says what it pins the connection to. */
static bool read_profile(const char *path, struct manager *m)
{
	char text[8192], uuid[sizeof(m->connection)];

	if (!read_file(text, sizeof(text), path) ||
	    !keyfile_value(text, "uuid", uuid, sizeof(uuid)) || strcmp(uuid, m->connection) != 0)
		return false;
	keyfile_value(text, "band", m->band, sizeof(m->band));
	keyfile_value(text, "bssid", m->bssid, sizeof(m->bssid));
	return true;
}

static bool find_profile(const char *root, struct manager *m)
{
	char dir_path[PATH_MAX], path[2 * PATH_MAX];
	const struct dirent *e;
	bool found = false;
	DIR *dir;

	snprintf(dir_path, sizeof(dir_path), "%s/NetworkManager/system-connections", root);
	dir = opendir(dir_path);
	while (dir && !found && (e = readdir(dir))) {
		snprintf(path, sizeof(path), "%s/%s", dir_path, e->d_name);
		found = *e->d_name != '.' && read_profile(path, m);
	}
	if (dir)
		closedir(dir);
	return found;
}

static void ask_network_manager(const struct iface *i, struct manager *m)
{
	char path[sizeof(m->evidence)], state[1024], managed[8];

	snprintf(path, sizeof(path), "%s/NetworkManager/devices/%u", run_root, i->ifindex);
	if (!i->has_ifindex)
		return;
	if (!read_file(state, sizeof(state), path)) {
		m->hidden |= errno == EACCES;
		return;
	}
	if (!keyfile_value(state, "managed", managed, sizeof(managed)))
		return;
	m->network_manager = !strcmp(managed, "true") || !strcmp(managed, "full");
	if (!m->network_manager)
		return;
	memcpy(m->evidence, path, sizeof(path));
	if (keyfile_value(state, "connection-uuid", m->connection, sizeof(m->connection)))
		m->profile_known = find_profile(etc_root, m) || find_profile(run_root, m);
}

bool find_manager(const struct iface *i, struct manager *m)
{
	char path[sizeof(m->evidence)];

	memset(m, 0, sizeof(*m));
	snprintf(path, sizeof(path), "%s/wpa_supplicant/%s", run_root, i->name);
	errno = 0;
	m->wpa_supplicant = *i->name && access(path, F_OK) == 0;
	m->hidden = errno == EACCES;
	if (m->wpa_supplicant)
		memcpy(m->evidence, path, sizeof(path));
	ask_network_manager(i, m);
	return m->wpa_supplicant || m->network_manager;
}
