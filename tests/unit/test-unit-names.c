/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cgroup paths as real machines have them, and as hostile ones might. */
#include "ph-unit.h"

#include <string.h>

#include "ph-text.h"

#define ID  "4f5ac1d2e3b4a59687f0e1d2c3b4a5968778695a4b3c2d1e0f9e8d7c6b5a4938"
#define ID2 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define POD "b8a0c1f2_1111_2222_3333_444455556666"
#define ME  "/user.slice/user-1000.slice/user@1000.service"

typedef struct
{
  const char *path;
  PhUnitKind kind;
  const char *name; /* NULL: no unit at all */
} Case;

static const Case cases[] = {
  /* systemd, system */
  { "/system.slice/nginx.service", PH_UNIT_SERVICE, "nginx.service" },
  { "/system.slice/nginx.service/workers", PH_UNIT_SERVICE, "nginx.service" },
  { "/system.slice/system-getty.slice/getty@tty1.service", PH_UNIT_SERVICE, "getty@tty1.service" },
  { "/system.slice/system-postgresql.slice/postgresql@15-main.service", PH_UNIT_SERVICE, "postgresql@15-main.service" },
  { "/system.slice/system-openvpn\\x2dclient.slice/openvpn-client@my\\x2dvpn.service", PH_UNIT_SERVICE,
    "openvpn-client@my\\x2dvpn.service" },
  { "/a.slice/a-b.slice/a-b-c.slice/deep.service", PH_UNIT_SERVICE, "deep.service" },
  { "/system.slice/docker.service", PH_UNIT_SERVICE, "docker.service" },
  { "/system.slice/containerd.service", PH_UNIT_SERVICE, "containerd.service" },
  { "/init.scope", PH_UNIT_SCOPE, "init.scope" },
  { "/system.slice/run-r1f2e3d4c5b6a79880123456789abcdef.scope", PH_UNIT_SCOPE,
    "run-r1f2e3d4c5b6a79880123456789abcdef.scope" },
  { "/system.slice", PH_UNIT_OTHER, "system.slice" },
  { "/system.slice/dev-hugepages.mount", PH_UNIT_OTHER, "dev-hugepages.mount" },
  { "/system.slice/_cpu.service", PH_UNIT_SERVICE, "cpu.service" },
  { "/system.slice/old.service (deleted)", PH_UNIT_SERVICE, "old.service" },
  { "/../../system.slice/outside.service", PH_UNIT_SERVICE, "outside.service" },
  { "//system.slice///cron.service/", PH_UNIT_SERVICE, "cron.service" },

  /* systemd, user */
  { "/user.slice/user-1000.slice/session-3.scope", PH_UNIT_SESSION, "session-3.scope" },
  { "/user.slice/user-0.slice/session-c12.scope", PH_UNIT_SESSION, "session-c12.scope" },
  { ME, PH_UNIT_SERVICE, "user@1000.service" },
  { ME "/init.scope", PH_UNIT_SERVICE, "user@1000.service" },
  { ME "/session.slice/pipewire.service", PH_UNIT_SERVICE, "pipewire.service" },
  { ME "/dbus.service", PH_UNIT_SERVICE, "dbus.service" },
  { ME "/app.slice/ssh-agent.service", PH_UNIT_SERVICE, "ssh-agent.service" },
  { ME "/session.slice/org.gnome.Shell@wayland.service", PH_UNIT_SERVICE, "org.gnome.Shell@wayland.service" },
  { ME "/app.slice/app-gnome-org.gnome.Maps-1234.scope", PH_UNIT_APP, "org.gnome.Maps" },
  { ME "/app.slice/app-gnome-firefox\\x2desr-4321.scope", PH_UNIT_APP, "firefox-esr" },
  { ME "/app.slice/app-org.kde.konsole-a1b2c3.scope", PH_UNIT_APP, "org.kde.konsole" },
  { ME "/app.slice/app-firefox@0123456789abcdef.service", PH_UNIT_APP, "firefox" },
  { ME "/app.slice/app-org.gnome.Calendar@autostart.service", PH_UNIT_APP, "org.gnome.Calendar" },
  { ME "/app.slice/app-gnome-org.gnome.Evolution\\x2dalarm\\x2dnotify-2345.scope", PH_UNIT_APP,
    "org.gnome.Evolution-alarm-notify" },
  { ME "/app.slice/app-dbus\\x2d:1.2\\x2dorg.gnome.Nautilus.slice/dbus-:1.2-org.gnome.Nautilus@0.service", PH_UNIT_APP,
    "org.gnome.Nautilus" },
  { ME "/app.slice/app-org.gnome.Terminal.slice/vte-spawn-6a0b1c2d-0000-1111-2222-333344445555.scope", PH_UNIT_APP,
    "org.gnome.Terminal" },
  { ME "/app.slice/app-org.gnome.Terminal.slice/gnome-terminal-server.service", PH_UNIT_SERVICE,
    "gnome-terminal-server.service" },
  { ME "/app.slice/run-u12.service", PH_UNIT_SERVICE, "run-u12.service" },
  { ME "/app.slice/vscode-1.scope", PH_UNIT_SCOPE, "vscode-1.scope" },

  /* Flatpak, Snap */
  { ME "/app.slice/app-flatpak-org.mozilla.firefox-98765.scope", PH_UNIT_FLATPAK, "org.mozilla.firefox" },
  { ME "/app.slice/app-flatpak-io.github.some\\x2dapp-1.scope", PH_UNIT_FLATPAK, "io.github.some-app" },
  { ME "/app.slice/flatpak-org.gnome.Maps-77.scope", PH_UNIT_FLATPAK, "org.gnome.Maps" },
  { ME "/snap.firefox.firefox-6a0b1c2d-0000-1111-2222-333344445555.scope", PH_UNIT_APP, "firefox.firefox" },
  { "/system.slice/snap.lxd.daemon.service", PH_UNIT_SERVICE, "snap.lxd.daemon.service" },

  /* containers */
  { "/system.slice/docker-" ID ".scope", PH_UNIT_CONTAINER, "docker 4f5ac1d2e3b4" },
  { "/docker/" ID, PH_UNIT_CONTAINER, "docker 4f5ac1d2e3b4" },
  { "/docker/" ID "/docker/" ID2, PH_UNIT_CONTAINER, "docker 4f5ac1d2e3b4" },
  { "/system.slice/docker-" ID ".scope/system.slice/nginx.service", PH_UNIT_CONTAINER, "docker 4f5ac1d2e3b4" },
  { "/machine.slice/libpod-" ID ".scope/container", PH_UNIT_CONTAINER, "podman 4f5ac1d2e3b4" },
  { ME "/user.slice/libpod-" ID ".scope/container", PH_UNIT_CONTAINER, "podman 4f5ac1d2e3b4" },
  { "/libpod_parent/libpod-" ID, PH_UNIT_CONTAINER, "podman 4f5ac1d2e3b4" },
  { "/machine.slice/libpod-conmon-" ID ".scope", PH_UNIT_SCOPE, "libpod-conmon-" ID ".scope" },
  { "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod" POD ".slice/cri-containerd-" ID ".scope",
    PH_UNIT_CONTAINER, "containerd 4f5ac1d2e3b4" },
  { "/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod" POD ".slice/crio-" ID ".scope",
    PH_UNIT_CONTAINER, "cri-o 4f5ac1d2e3b4" },
  { "/kubepods/burstable/pod" POD "/" ID, PH_UNIT_CONTAINER, "kubernetes 4f5ac1d2e3b4" },
  { "/system.slice/containerd.service/kubepods-burstable-pod" POD ".slice:cri-containerd:" ID, PH_UNIT_CONTAINER,
    "containerd 4f5ac1d2e3b4" },
  { "/system.slice/containerd.service/sub/a.service", PH_UNIT_SERVICE, "containerd.service" },
  { "/kubepods-burstable-pod" POD ".slice:cri-containerd:" ID, PH_UNIT_CONTAINER, "containerd 4f5ac1d2e3b4" },
  { "/actions_job/" ID, PH_UNIT_CONTAINER, "container 4f5ac1d2e3b4" },
  { "/ecs/0123456789abcdef0123456789abcdef/" ID, PH_UNIT_CONTAINER, "container 4f5ac1d2e3b4" },
  { "/lxc.payload.web", PH_UNIT_CONTAINER, "lxc web" },
  { "/lxc.payload.web/system.slice/nginx.service", PH_UNIT_CONTAINER, "lxc web" },
  { "/lxc/db/init.scope", PH_UNIT_CONTAINER, "lxc db" },
  { "/lxc.monitor.web", PH_UNIT_OTHER, "lxc.monitor.web" },
  { "/machine.slice/machine-qemu\\x2d1\\x2ddebian.scope", PH_UNIT_CONTAINER, "machine qemu-1-debian" },
  { "/machine.slice/systemd-nspawn@web.service/payload/system.slice/nginx.service", PH_UNIT_CONTAINER, "nspawn web" },

  /* other managers */
  { "/openrc.sshd", PH_UNIT_SERVICE, "sshd" },
  { "/my-cgroup/child", PH_UNIT_OTHER, "child" },

  /* nothing */
  { "", PH_UNIT_OTHER, NULL },
  { "/", PH_UNIT_OTHER, NULL },
  { "///", PH_UNIT_OTHER, NULL },
  { "/..", PH_UNIT_OTHER, NULL },
  { "/../..", PH_UNIT_OTHER, NULL },

  /* hostile, or cut */
  { "/system.slice/docker-4f5a.scope", PH_UNIT_SCOPE, "docker-4f5a.scope" },
  { "/system.slice/docker-.scope", PH_UNIT_SCOPE, "docker-.scope" },
  { "/system.slice/docker-" ID "0.scope", PH_UNIT_SCOPE, "docker-" ID "0.scope" },
  { "/system.slice/evil.service/system.slice/sshd.service", PH_UNIT_SERVICE, "evil.service" },
  { ME "/app.slice/app-flatpak-.scope", PH_UNIT_SCOPE, "app-flatpak-.scope" },
  { ME "/app.slice/app-flatpak-org.x-1a.scope", PH_UNIT_APP, "org.x" },
  { ME "/app.slice/app-.scope", PH_UNIT_SCOPE, "app-.scope" },
  { ME "/app.slice/app-x-.scope", PH_UNIT_SCOPE, "app-x-.scope" },
  { ME "/app.slice/app-a\\x1b[31m-1.scope", PH_UNIT_APP, "a\\x1B[31m" },
  { ME "/app.slice/app-a\\xff\\x0a-1.scope", PH_UNIT_APP, "a\\xFF\\x0A" },
  { ME "/app.slice/app-a\\x-1.scope", PH_UNIT_APP, "a\\x" },
  { "/machine.slice/machine-.scope", PH_UNIT_SCOPE, "machine-.scope" },
  { "/lxc.payload.", PH_UNIT_OTHER, "lxc.payload." },
  { "/lxc", PH_UNIT_OTHER, "lxc" },
  { "/a\033]0;title\007b", PH_UNIT_OTHER, "a\\x1B]0;title\\x07b" },
  { "/.service", PH_UNIT_OTHER, ".service" },
  { "/user@1000.service/user@1001.service", PH_UNIT_SERVICE, "user@1001.service" },
  { "/user@x.service/a.service", PH_UNIT_SERVICE, "user@x.service" },
  { " (deleted)", PH_UNIT_OTHER, " (deleted)" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  gsize length = strlen (c->path);
  g_autofree char *exact = g_memdup2 (c->path, length); /* without a terminator: a read too far is seen by ASan */
  g_autoptr (PhUnit) unit = ph_unit_parse (exact, length);

  if (!c->name)
    {
      g_assert_null (unit);
      return;
    }
  g_assert_nonnull (unit);
  g_assert_cmpstr (unit->name, ==, c->name);
  g_assert_cmpint (unit->kind, ==, c->kind);
  g_assert_cmpuint (ph_text_fit (unit->path, strlen (unit->path)), ==, strlen (unit->path));
}

static const struct
{
  const char *text;
  const char *name;
} texts[] = {
  { "0::/system.slice/a.service\n", "a.service" },
  { "0::/system.slice/a.service", "a.service" },
  { "12:pids:/x\n1:name=systemd:/system.slice/b.service\n0::/system.slice/b.service\n", "b.service" },
  { "9:memory:/user.slice\n1:name=systemd:/system.slice/c.service\n0::/\n", "c.service" },
  { "9:memory:/x\n1:name=systemd:/system.slice/d.service\n", "d.service" },
  { "1:name=systemd:/system.slice/late.service\n0::/system.slice/early.service\n", "early.service" },
  { "1:name=elogind:/2\n", "2" },
  { "10:cpu,cpuacct:/y\n", NULL },
  { "0::/\n1:name=systemd:/\n", NULL },
  { "0::/a:b.service\n", "a:b.service" },
  { "", NULL },
  { "\n\n\n", NULL },
  { "garbage", NULL },
  { "0:", NULL },
  { "0::", NULL },
  { "::", NULL },
  { "10::/system.slice/not-unified.service\n", NULL },
};

static void
test_proc (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gsize length = strlen (texts[i].text);
      g_autofree char *exact = g_memdup2 (texts[i].text, length);
      g_autoptr (PhUnit) unit = ph_unit_parse_proc (exact, length);

      g_assert_cmpstr (unit ? unit->name : NULL, ==, texts[i].name);
    }
}

static void
test_long (void)
{
  g_autofree char *deep = g_malloc (1 << 20);
  g_autoptr (PhUnit) unit = NULL;

  memset (deep, 'x', 1 << 20);
  for (gsize i = 0; i < 1 << 20; i += 2)
    deep[i] = '/';
  unit = ph_unit_parse (deep, 1 << 20);
  g_assert_cmpstr (unit->name, ==, "x");
  g_assert_cmpuint (strlen (unit->path), <=, 4096);
}

static void
test_refs (void)
{
  PhUnit *unit = ph_unit_parse ("/a.service", strlen ("/a.service"));
  PhUnit *other = ph_unit_ref (unit);

  g_assert_true (unit == other);
  ph_unit_unref (unit);
  g_assert_cmpstr (other->name, ==, "a.service");
  ph_unit_unref (other);
  ph_unit_unref (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/unit/path/%02" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/unit/proc", test_proc);
  g_test_add_func ("/unit/long", test_long);
  g_test_add_func ("/unit/refs", test_refs);
  return g_test_run ();
}
