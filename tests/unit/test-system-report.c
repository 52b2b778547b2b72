/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text for a report of a fault: what it says, and that hostile texts stay on their line. */
#include <glib.h>
#include <string.h>

#include "ph-system-report.h"

static const PhSystemPart parts[] = { { "Porthole", "1.2.3" }, { "GTK", "4.8.3" } };

static PhSystemFacts
some_facts (void)
{
  return (PhSystemFacts){
    .parts = parts,
    .n_parts = G_N_ELEMENTS (parts),
    .kernel = "Linux 6.8.0-45-generic",
    .machine = "x86_64",
    .locale = "C.UTF-8",
    .means = { .has_pidfd = true, .uid = 4711, .real_uid = 4711, .pid = 999999 },
  };
}

static void
test_versions (void)
{
  PhSystemFacts facts = some_facts ();
  g_autofree char *text = ph_system_report (&facts);

  g_assert_cmpstr (text, ==,
                   "Porthole: 1.2.3\n"
                   "GTK: 4.8.3\n"
                   "\n"
                   "Kernel: Linux 6.8.0-45-generic\n"
                   "Machine: x86_64\n"
                   "Display: none\n"
                   "Desktop: not known\n"
                   "Locale: C.UTF-8\n"
                   "Sandbox: none\n"
                   "Notifications: no trouble so far\n"
                   "\n"
                   "Superuser: no\n"
                   "May close connections (CAP_NET_ADMIN): no\n"
                   "May end the processes of others (CAP_KILL): no\n"
                   "Can hold a process (pidfd): yes\n");
}

static void
test_looks (void)
{
  PhLookResult looks[PH_N_REQUESTS] = { 0 };
  PhSystemFacts facts = some_facts ();
  g_autofree char *text = NULL;
  const char *at;

  looks[PH_REQUEST_TCP4].look = PH_LOOK_GOOD;
  looks[PH_REQUEST_TCP6].look = PH_LOOK_GOOD;
  looks[PH_REQUEST_TCP6].malformed = 3;
  looks[PH_REQUEST_SCTP4].look = PH_LOOK_UNSUPPORTED;
  looks[PH_REQUEST_ROUTES4].look = PH_LOOK_PARTIAL;
  looks[PH_REQUEST_UNIX].look = PH_LOOK_FAILED;
  looks[PH_REQUEST_UNIX].error = (PhError){ .code = PH_ERROR_DENIED, .errnum = 13 };
  looks[PH_REQUEST_SNMP].look = PH_LOOK_FAILED;
  looks[PH_REQUEST_SNMP].error = (PhError){ .code = PH_ERROR_MALFORMED };
  facts.looks = looks;
  facts.silent = TRUE;
  facts.sandbox = "Flatpak";
  facts.means.uid = 0;
  text = ph_system_report (&facts);

  g_assert_nonnull (strstr (text, "\nSandbox: Flatpak\n"));
  g_assert_nonnull (strstr (text, "\nNotifications: cannot be shown\n"));
  g_assert_nonnull (strstr (text, "\nSuperuser: yes\n"));
  at = strstr (text, "\nReported:");
  g_assert_nonnull (at);
  g_assert_true (g_str_has_prefix (at, "\nReported: tcp4, tcp6\n"
                                       "Not in this kernel: sctp4\n"
                                       "Interrupted: routes4\n"));
  g_assert_nonnull (strstr (at, "\nFailed: unix: "));
  g_assert_nonnull (strstr (at, ", errno 13\n"));
  g_assert_nonnull (strstr (at, "\nFailed: snmp: "));
  g_assert_true (g_str_has_suffix (at, "\nNot understood: tcp6: 3\n"));
}

/* Who it is that runs it, and as which process, is left out. */
static void
test_nobody_named (void)
{
  PhSystemFacts facts = some_facts ();
  g_autofree char *text = ph_system_report (&facts);

  g_assert_null (strstr (text, "4711"));
  g_assert_null (strstr (text, "999999"));
}

static void
test_hostile (void)
{
  PhSystemFacts facts = some_facts ();
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL, plain_lines = NULL;
  g_autofree char *plain = ph_system_report (&facts);

  facts.kernel = "Linux 6\nSuperuser: yes\033[2J";
  facts.desktop = "\xff\xfe \u202e GNOME";
  facts.locale = "de\r\n";
  text = ph_system_report (&facts);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *c = text; *c; c++)
    g_assert_true ((guint8) *c >= ' ' || *c == '\n');
  lines = g_strsplit (text, "\n", -1);
  plain_lines = g_strsplit (plain, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, g_strv_length (plain_lines));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/system-report/versions", test_versions);
  g_test_add_func ("/system-report/looks", test_looks);
  g_test_add_func ("/system-report/nobody-named", test_nobody_named);
  g_test_add_func ("/system-report/hostile", test_hostile);
  return g_test_run ();
}
