/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When alerts are told, and in which words. */
#include "ph-alert-words.h"
#include "socket-samples.h"

#define SECOND G_USEC_PER_SEC

/* A listener at @port of 0.0.0.0, of this program. */
static PhListener *
listener_new (guint16 port, const char *exe, const char *comm)
{
  PhProcess process = { .pid = 7, .comm = comm, .exe = exe, .cmdline = "" };
  PhOwner owner = { &process, 3 };
  PhSocket socket = sample_socket (PH_PROTOCOL_TCP, "0.0.0.0", port, "", 0, PH_STATE_LISTEN);

  socket.owner = (PhOwnership){ .owners = &owner, .n_owners = 1, .note = PH_OWNER_PROCESS };
  return ph_listener_new (&socket, NULL);
}

/* --- when --- */

static void
add (PhGather *gather, guint n, gboolean away, gint64 now)
{
  g_autoptr (GPtrArray) news = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_listener_unref);

  for (guint i = 0; i < n; i++)
    {
      PhListener *listener = listener_new ((guint16) (i + 1), "/bin/x", "x");

      listener->away = (guint8) away;
      g_ptr_array_add (news, listener);
    }
  ph_gather_add (gather, news, now);
}

static void
assert_taken (PhGather *gather, gint64 now, guint n)
{
  g_autoptr (PhAlert) alert = ph_gather_take (gather, now);

  g_assert_cmpuint (alert ? ph_alert_n (alert) : 0, ==, n);
}

static void
test_gather (void)
{
  g_autoptr (PhGather) gather = ph_gather_new ();

  g_assert_cmpint (ph_gather_deadline (gather), ==, G_MAXINT64);
  assert_taken (gather, G_MAXINT64 - 1, 0);
  add (gather, 0, FALSE, 0);
  g_assert_cmpint (ph_gather_deadline (gather), ==, G_MAXINT64);

  add (gather, 1, FALSE, 10 * SECOND);
  g_assert_cmpint (ph_gather_deadline (gather), ==, 12 * SECOND);
  add (gather, 2, FALSE, 11 * SECOND); /* does not put it off */
  g_assert_cmpint (ph_gather_deadline (gather), ==, 12 * SECOND);
  assert_taken (gather, 12 * SECOND - 1, 0);
  assert_taken (gather, 12 * SECOND, 3);
  assert_taken (gather, 1000 * SECOND, 0);
}

/* Quiet for half a minute after an alert, and then all that came meanwhile. */
static void
test_gap (void)
{
  g_autoptr (PhGather) gather = ph_gather_new ();

  add (gather, 1, FALSE, 0);
  assert_taken (gather, 3 * SECOND, 1); /* late: the time it was told counts */
  add (gather, 1, FALSE, 4 * SECOND);
  add (gather, 4, FALSE, 20 * SECOND);
  g_assert_cmpint (ph_gather_deadline (gather), ==, 33 * SECOND);
  assert_taken (gather, 33 * SECOND - 1, 0);
  assert_taken (gather, 33 * SECOND, 5);
  add (gather, 1, FALSE, 62 * SECOND);
  g_assert_cmpint (ph_gather_deadline (gather), ==, 64 * SECOND); /* still gathered for two seconds */
  ph_gather_clear (gather);
  g_assert_cmpint (ph_gather_deadline (gather), ==, G_MAXINT64);
  assert_taken (gather, 100 * SECOND, 0);
}

static void
test_gather_away (void)
{
  g_autoptr (PhGather) gather = ph_gather_new ();
  g_autoptr (PhAlert) first = NULL;
  g_autoptr (PhAlert) second = NULL;

  add (gather, 1, FALSE, 0);
  add (gather, 2, TRUE, SECOND);
  g_assert_cmpint (ph_gather_deadline (gather), ==, 2 * SECOND);
  first = ph_gather_take (gather, 3 * SECOND);
  g_assert_true (first && first->away && first->listeners->len == 2);
  assert_taken (gather, 3 * SECOND, 0);
  second = ph_gather_take (gather, 33 * SECOND);
  g_assert_true (second && !second->away && second->listeners->len == 1);
}

/* A flood is counted, not kept; and over any time there are no more alerts than promised, and none is lost. */
static void
test_flood (void)
{
  g_autoptr (PhGather) gather = ph_gather_new ();
  guint n_alerts = 0, n_added = 0, n_told = 0;

  for (gint64 now = 0; now < 600 * SECOND; now += SECOND / 2)
    {
      g_autoptr (PhAlert) alert = ph_gather_take (gather, now);

      if (alert)
        {
          g_assert_cmpuint (alert->listeners->len, <=, PH_GATHER_MAX);
          n_told += ph_alert_n (alert);
          n_alerts++;
        }
      add (gather, 100, FALSE, now);
      n_added += 100;
    }
  assert_taken (gather, 700 * SECOND, n_added - n_told);
  g_assert_cmpuint (n_alerts, <=, 1 + 600 / 30);
  g_assert_cmpuint (n_alerts, >=, 600 / 31);
}

/* --- in which words --- */

static PhAlert *
alert_new (gboolean away)
{
  PhAlert *alert = g_new0 (PhAlert, 1);

  alert->listeners = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_listener_unref);
  alert->away = away;
  return alert;
}

#define assert_words(function, argument, expected)                                                                     \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *words_ = function (argument);                                                                     \
    g_assert_cmpstr (words_, ==, expected);                                                                            \
  }                                                                                                                    \
  G_STMT_END

static void
test_one (void)
{
  static const char services_text[] = "http-alt 8000/tcp\n";
  g_autoptr (PhServices) services = ph_services_parse (services_text, strlen (services_text));
  g_autoptr (PhAlert) alert = alert_new (FALSE);
  PhProcess process = { .pid = 7, .comm = "python3", .exe = "/usr/bin/python3.11", .cmdline = "" };
  PhUnit unit = { PH_UNIT_SERVICE, "web.service", "/system.slice/web.service" };
  PhOwner owner = { &process, 3 };
  PhSocket socket = sample_socket (PH_PROTOCOL_TCP, "0.0.0.0", 8000, "", 0, PH_STATE_LISTEN);
  PhListener *listener;

  socket.owner = (PhOwnership){ .owners = &owner, .n_owners = 1, .note = PH_OWNER_PROCESS, .unit = &unit };
  listener = ph_listener_new (&socket, services);
  g_ptr_array_add (alert->listeners, listener);
  assert_words (ph_listener_name, listener, "python3");
  assert_words (ph_alert_title, alert, "python3 started listening on TCP 8000 (every address)");
  assert_words (ph_alert_line, alert, "python3 started listening on TCP 8000 (every address)");
  assert_words (ph_alert_body, alert, "Service: http-alt\nProgram: /usr/bin/python3.11\nUnit: web.service");
  assert_words (ph_alert_body_markup, alert, "Service: http-alt\nProgram: /usr/bin/python3.11\nUnit: web.service");
  listener->gone = TRUE;
  assert_words (ph_alert_title, alert, "python3 listened on TCP 8000 (every address) for a moment");
  listener->gone = FALSE;
  alert->away = TRUE;
  assert_words (ph_alert_title, alert, "1 new listening port while you were away");
  assert_words (ph_alert_body, alert,
                "python3 started listening on TCP 8000 (every address)\n"
                "Service: http-alt\nProgram: /usr/bin/python3.11\nUnit: web.service");
  assert_words (ph_alert_line, alert,
                "1 new listening port while you were away: python3 started listening on TCP 8000 (every address)");
}

static void
test_places (void)
{
  static const struct
  {
    const char *key, *place;
  } places[] = {
    { "tcp loopback 631 unknown", "TCP 631 (this computer only)" },
    { "udp any 53 unknown", "UDP 53 (every address)" },
    { "sctp 192.0.2.7 9 unknown", "SCTP 9 (only 192.0.2.7)" },
    { "udplite 2001:db8::1 7 unknown", "UDP-Lite 7 (only 2001:db8::1)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (PhListenerKey) key = ph_listener_key_parse (places[i].key);

      assert_words (ph_listener_place, key, places[i].place);
    }
}

/* Where no program is known: the unit, or why not. */
static void
test_unknown (void)
{
  g_autoptr (PhAlert) by_unit = alert_new (FALSE);
  g_autoptr (PhAlert) others = alert_new (FALSE);
  g_autoptr (PhAlert) kernel = alert_new (FALSE);
  PhUnit unit = { PH_UNIT_SERVICE, "db.service", "/system.slice/db.service" };
  PhSocket socket = sample_socket (PH_PROTOCOL_TCP, "127.0.0.1", 5432, "", 0, PH_STATE_LISTEN);

  socket.owner.note = PH_OWNER_OTHER_USER;
  socket.user = "postgres";
  g_ptr_array_add (others->listeners, ph_listener_new (&socket, NULL));
  assert_words (ph_alert_title, others, "An unknown program started listening on TCP 5432 (this computer only)");
  assert_words (ph_alert_body, others, "Another user's (postgres), whose processes may not be looked into");
  assert_words (ph_alert_body_markup, others, "Another user&apos;s (postgres), whose processes may not be looked into");

  socket.owner.note = PH_OWNER_BY_SERVICE;
  socket.owner.unit = &unit;
  g_ptr_array_add (by_unit->listeners, ph_listener_new (&socket, NULL));
  assert_words (ph_alert_title, by_unit, "db.service started listening on TCP 5432 (this computer only)");
  assert_words (ph_alert_body, by_unit,
                "Unit: db.service\nLikely, not certain: told by the control group it was made in");

  socket.owner = (PhOwnership){ .note = PH_OWNER_KERNEL };
  g_ptr_array_add (kernel->listeners, ph_listener_new (&socket, NULL));
  assert_words (ph_alert_title, kernel, "The kernel started listening on TCP 5432 (this computer only)");
}

static void
test_many (void)
{
  static const char *const names[] = { "postgres", "nginx", "node", "nginx" };
  g_autoptr (PhAlert) alert = alert_new (FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (alert->listeners, listener_new ((guint16) (i + 1), "/bin/x", names[i]));
  assert_words (ph_alert_title, alert, "4 new listening ports");
  assert_words (ph_alert_body, alert, "nginx (2), postgres, node");
  assert_words (ph_alert_line, alert, "4 new listening ports: nginx (2), postgres, node");
  alert->n_more = 3;
  assert_words (ph_alert_line, alert, "7 new listening ports: nginx (2), postgres, node, …");
  alert->n_more = 0;
  alert->away = TRUE;
  assert_words (ph_alert_title, alert, "4 new listening ports while you were away");
  assert_words (ph_alert_line, alert, "4 new listening ports while you were away: nginx (2), postgres, node");
  alert->away = FALSE;
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("p%u", i);

      g_ptr_array_add (alert->listeners, listener_new (80, "/bin/x", name));
    }
  assert_words (ph_alert_line, alert, "14 new listening ports: nginx (2), postgres, node, p0, p1, …");
}

/* Names are anybody's: no markup of theirs is obeyed, none reads as part of the sentence, none is endless. */
static void
test_hostile (void)
{
  g_autoptr (GString) long_path = g_string_new ("/");
  g_autoptr (PhAlert) alert = alert_new (FALSE);
  g_autoptr (PhAlert) hebrew = alert_new (FALSE);
  g_autoptr (PhAlert) endless = alert_new (FALSE);
  g_autofree char *body = NULL;
  g_autofree char *line = NULL;

  g_ptr_array_add (alert->listeners, listener_new (80, "/tmp/<a href=\"x\">%s%n</a> & co", "<b>%s&amp;"));
  assert_words (ph_alert_title, alert, "<b>%s&amp; started listening on TCP 80 (every address)");
  assert_words (ph_alert_body, alert, "Program: /tmp/<a href=\"x\">%s%n</a> & co");
  assert_words (ph_alert_body_markup, alert, "Program: /tmp/&lt;a href=&quot;x&quot;&gt;%s%n&lt;/a&gt; &amp; co");

  g_ptr_array_add (hebrew->listeners, listener_new (80, "/\xd7\x90", "\xd7\x90\xd7\x91"));
  assert_words (ph_alert_title, hebrew, "\u2068\xd7\x90\xd7\x91\u2069 started listening on TCP 80 (every address)");

  for (guint i = 0; i < 1000; i++)
    g_string_append (long_path, "\xe2\x82\xac");
  g_string_append (long_path, "/end");
  g_ptr_array_add (endless->listeners, listener_new (80, long_path->str, ""));
  body = ph_alert_body (endless);
  line = ph_alert_line (endless);
  g_assert_true (g_utf8_validate (body, -1, NULL));
  g_assert_true (g_str_has_prefix (body, "Program: \u2068/€€€"));
  g_assert_true (g_str_has_suffix (body, "€/end\u2069"));
  g_assert_cmpint (g_utf8_strlen (body, -1), ==, 9 + 2 + 128);
  g_assert_cmpstr (line, ==, "end started listening on TCP 80 (every address)");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alerts/gather", test_gather);
  g_test_add_func ("/alerts/gap", test_gap);
  g_test_add_func ("/alerts/away", test_gather_away);
  g_test_add_func ("/alerts/flood", test_flood);
  g_test_add_func ("/alerts/one", test_one);
  g_test_add_func ("/alerts/places", test_places);
  g_test_add_func ("/alerts/unknown", test_unknown);
  g_test_add_func ("/alerts/many", test_many);
  g_test_add_func ("/alerts/hostile", test_hostile);
  return g_test_run ();
}
