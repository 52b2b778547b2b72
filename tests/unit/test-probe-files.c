/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the probe reads from files, out of a tree that the test makes: sockets where a diag module is missing, counters,
 * and iproute2's names. */
#include <errno.h>
#include <sys/stat.h>

#include "ask-probe.h"
#include "fake-tree.h"
#include "ph-name-file.h"

/* Where sock_diag has no answer the files have, one part each; where there are none either, it says so. */
static void
test_files (void)
{
  char *root = fake_tree_new ();
  PhProbe *probe = ph_probe_new ();
  const PhRequest request = { .name = PH_REQUEST_SCTP6 };
  PhError error;
  FrameLog log;

  log = ask (probe, &request, &error);
  if (begin_of (&log, 0).format == PH_FORMAT_NETLINK && error.code == PH_ERROR_NONE)
    g_test_skip ("this kernel reports SCTP sockets by sock_diag");
  else
    {
      g_assert_cmpint (error.code, ==, PH_ERROR_UNSUPPORTED);
      frame_log_clear (&log);

      fake_tree_file (root, "thread-self/net/sctp/eps", " ENDPT\none\n", -1);
      fake_tree_file (root, "thread-self/net/sctp/assocs", " ASSOC\ntwo", -1);
      for (guint round = 0; round < 2; round++)
        {
          g_autoptr (GByteArray) all = NULL;

          log = ask (probe, &request, &error);
          g_assert_cmpint (error.code, ==, PH_ERROR_NONE);
          assert_promise_kept (&log);
          g_assert_cmpuint (frame_log_count (&log, PH_FRAME_BEGIN), ==, 2);
          g_assert_cmpuint (begin_of (&log, 0).part, ==, 0);
          g_assert_cmpuint (begin_of (&log, 1).part, ==, 1);
          all = frame_log_join (&log, PH_FRAME_TEXT);
          g_assert_cmpmem (all->data, all->len, " ENDPT\none\n ASSOC\ntwo", 21);
          if (round == 0)
            frame_log_clear (&log);
        }
    }
  frame_log_clear (&log);
  ph_probe_free (probe);
  fake_tree_free (root);
}

/* Every request for files of /proc/net gets those that it is named after, as they are. */
static void
test_net_files (void)
{
  static const struct
  {
    PhRequestName name;
    const char *files[2];
  } requests[] = {
    { PH_REQUEST_GROUPS, { "igmp", "igmp6" } }, { PH_REQUEST_SNMP, { "snmp" } },
    { PH_REQUEST_NETSTAT, { "netstat" } },      { PH_REQUEST_SNMP6, { "snmp6" } },
    { PH_REQUEST_SCTP_SNMP, { "sctp/snmp" } },  { PH_REQUEST_SOCKSTAT, { "sockstat" } },
    { PH_REQUEST_SOCKSTAT6, { "sockstat6" } },
  };
  char *root = fake_tree_new ();
  PhProbe *probe = ph_probe_new ();

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      const PhRequest request = { .name = requests[i].name };
      PhError error;
      FrameLog log = ask (probe, &request, &error);

      g_assert_cmpint (error.code, ==, PH_ERROR_UNSUPPORTED);
      g_assert_cmpint (error.errnum, ==, ENOENT);
      frame_log_clear (&log);
      for (guint part = 0; part < 2 && requests[i].files[part] != NULL; part++)
        {
          g_autofree char *file = g_strconcat ("thread-self/net/", requests[i].files[part], NULL);

          fake_tree_file (root, file, file, -1);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      const PhRequest request = { .name = requests[i].name };
      const guint n = requests[i].files[1] != NULL ? 2 : 1;
      PhError error;
      FrameLog log = ask (probe, &request, &error);

      g_assert_cmpint (error.code, ==, PH_ERROR_NONE);
      assert_promise_kept (&log);
      g_assert_cmpuint (frame_log_count (&log, PH_FRAME_BEGIN), ==, n);
      for (guint part = 0; part < n; part++)
        {
          g_autofree char *file = g_strconcat ("thread-self/net/", requests[i].files[part], NULL);
          gsize length;
          const char *text = frame_log_get (&log, PH_FRAME_TEXT, part, &length);

          g_assert_cmpuint (begin_of (&log, part).part, ==, part);
          g_assert_cmpmem (text, length, file, strlen (file));
        }
      frame_log_clear (&log);
    }
  ph_probe_free (probe);
  fake_tree_free (root);
}

/* One of two files is enough. One that is there and cannot be had is an error, whatever the other says. */
static void
test_net_files_missing (void)
{
  char *root = fake_tree_new ();
  PhProbe *probe = ph_probe_new ();
  const PhRequest request = { .name = PH_REQUEST_GROUPS };
  PhError error;
  FrameLog log;

  fake_tree_file (root, "thread-self/net/igmp6", "six\n", -1);
  log = ask (probe, &request, &error);
  g_assert_cmpint (error.code, ==, PH_ERROR_NONE);
  g_assert_cmpuint (frame_log_count (&log, PH_FRAME_BEGIN), ==, 1);
  g_assert_cmpuint (begin_of (&log, 0).part, ==, 1);
  frame_log_clear (&log);

  fake_tree_link (root, "thread-self/net/igmp", "igmp");
  log = ask (probe, &request, &error);
  g_assert_cmpint (error.code, ==, PH_ERROR_SYSTEM);
  g_assert_cmpint (error.errnum, ==, ELOOP);
  g_assert_cmpuint (frame_log_count (&log, PH_FRAME_TEXT), ==, 1);
  frame_log_clear (&log);
  ph_probe_free (probe);
  fake_tree_free (root);
}

/* The administrator's word is better than the distribution's, the host's better than the sandbox's, and each comes
 * later than what it is better than. What is no plain file of that name is no matter. */
static void
test_name_files (void)
{
  static const char *const files[] = {
    "usr/share/iproute2/rt_tables",          "usr/share/iproute2/rt_tables.d/a.conf",
    "usr/share/iproute2/rt_tables.d/b.conf", "etc/iproute2/rt_tables",
    "etc/iproute2/rt_tables.d/10.conf",      "etc/iproute2/rt_tables.d/9.conf",
    "run/host/usr/share/iproute2/rt_tables", "run/host/etc/iproute2/rt_tables.d/x.conf",
  };
  char *root = fake_tree_new ();
  PhProbe *probe = ph_probe_new ();
  PhRequest request = { .name = PH_REQUEST_ROUTE_TABLES };
  g_autofree char *pipe = fake_tree_path (root, "etc/iproute2/rt_tables.d/pipe.conf");
  PhError error;
  FrameLog log;

  ph_name_file_root = root;
  log = ask (probe, &request, &error);
  g_assert_cmpint (error.code, ==, PH_ERROR_NONE);
  g_assert_cmpuint (frame_log_count (&log, PH_FRAME_TEXT), ==, 0);
  frame_log_clear (&log);

  for (guint i = G_N_ELEMENTS (files); i-- > 0;)
    fake_tree_file (root, files[i], files[i], -1);
  fake_tree_file (root, "etc/iproute2/rt_protos", "other\n", -1);
  fake_tree_file (root, "etc/iproute2/rt_tables.d/README", "no\n", -1);
  fake_tree_file (root, "etc/iproute2/rt_tables.d/.conf", "no\n", -1);
  fake_tree_file (root, "etc/iproute2/rt_tables.d/x.conf~", "no\n", -1);
  fake_tree_file (root, "etc/iproute2/rt_tables.d/folder.conf/a.conf", "no\n", -1);
  fake_tree_link (root, "etc/iproute2/rt_tables.d/gone.conf", "nowhere");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);

  log = ask (probe, &request, &error);
  g_assert_cmpint (error.code, ==, PH_ERROR_NONE);
  assert_promise_kept (&log);
  g_assert_cmpuint (frame_log_count (&log, PH_FRAME_TEXT), ==, G_N_ELEMENTS (files));
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      gsize length;
      const char *text = frame_log_get (&log, PH_FRAME_TEXT, i, &length);

      g_assert_cmpmem (text, length, files[i], strlen (files[i]));
      g_assert_cmpuint (begin_of (&log, i).part, ==, i);
    }
  frame_log_clear (&log);

  request.name = PH_REQUEST_ROUTE_PROTOCOLS;
  log = ask (probe, &request, &error);
  g_assert_cmpint (error.code, ==, PH_ERROR_NONE);
  g_assert_cmpuint (frame_log_count (&log, PH_FRAME_TEXT), ==, 1);
  frame_log_clear (&log);

  ph_name_file_root = "";
  ph_probe_free (probe);
  fake_tree_free (root);
}

/* The ephemeral ports: the file as it is, and no error of the system's where there is none. */
static void
test_port_range (void)
{
  char *root = fake_tree_new ();
  PhProbe *probe = ph_probe_new ();
  const PhRequest request = { .name = PH_REQUEST_PORT_RANGE };
  g_autoptr (GByteArray) all = NULL;
  PhError error;
  FrameLog log;

  log = ask (probe, &request, &error);
  g_assert_cmpint (error.code, ==, PH_ERROR_UNSUPPORTED);
  g_assert_cmpint (error.errnum, ==, ENOENT);
  assert_promise_kept (&log);
  frame_log_clear (&log);

  fake_tree_file (root, "sys/net/ipv4/ip_local_port_range", "32768\t60999\n", -1);
  log = ask (probe, &request, &error);
  g_assert_cmpint (error.code, ==, PH_ERROR_NONE);
  assert_promise_kept (&log);
  all = frame_log_join (&log, PH_FRAME_TEXT);
  g_assert_cmpmem (all->data, all->len, "32768\t60999\n", 12);
  frame_log_clear (&log);
  ph_probe_free (probe);
  fake_tree_free (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe-files/sockets", test_files);
  g_test_add_func ("/probe-files/net", test_net_files);
  g_test_add_func ("/probe-files/net-missing", test_net_files_missing);
  g_test_add_func ("/probe-files/names", test_name_files);
  g_test_add_func ("/probe-files/port-range", test_port_range);
  return g_test_run ();
}
