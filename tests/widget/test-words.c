/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window says and asks, as pure functions: the bottom line, how a look went, what the chips mean. No display.
 */
#include <errno.h>

#include "ph-chips.h"
#include "ph-filter.h"
#include "ph-look-words.h"
#include "ph-socket-totals.h"
#include "ph-socket.h"
#include "ph-status-line.h"

/* --- the bottom line --- */

static void
test_status_line (void)
{
  static const struct
  {
    PhStatusFacts facts;
    const char *line;
  } cases[] = {
    { { .interval_ms = 1000 }, "Asking the kernel…" },
    { { .paused = TRUE }, "paused" },
    { { .loaded = TRUE, .interval_ms = 1000 }, "0 sockets · updated every 1 s" },
    { { .loaded = TRUE, .count = 1, .shown = 3, .totals = "1 listening", .interval_ms = 500 },
      "1 socket · 1 listening · updated every 0.5 s" },
    { { .loaded = TRUE, .count = 120, .filtered = TRUE, .shown = 87, .interval_ms = 1000 },
      "120 sockets, 87 shown · updated every 1 s" },
    { { .loaded = TRUE, .count = 9, .interval_ms = 4000, .stretched = TRUE },
      "9 sockets · updated every 4 s, as it takes long" },
    { { .loaded = TRUE, .count = 9, .interval_ms = 4000, .stretched = TRUE, .paused = TRUE }, "9 sockets · paused" },
    { { .loaded = TRUE, .count = 9, .interval_ms = 2000, .partial = TRUE, .stale = TRUE },
      "9 sockets · incomplete · partly out of date · updated every 2 s" },
    { { .table = PH_TABLE_ROUTES, .loaded = TRUE, .count = 12, .filtered = TRUE, .shown = 5, .told = TRUE },
      "12 routes, 5 shown · updated at every change" },
    { { .table = PH_TABLE_ROUTES, .loaded = TRUE, .count = 1, .told = TRUE, .paused = TRUE }, "1 route · paused" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = ph_status_line (&cases[i].facts);
      /* g_format_size() puts a no-break space before the unit. */
      g_auto (GStrv) parts = g_strsplit (line, "\302\240", -1);
      g_autofree char *plain = g_strjoinv (" ", parts);

      g_assert_cmpstr (plain, ==, cases[i].line);
    }
}

static void
test_totals_line (void)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_auto (GStrv) parts = NULL;
  g_autofree char *plain = NULL;

  ph_status_append (line, "one");
  ph_status_append_printf (line, "%u of %u", 2, 3);
  ph_status_append_rates (line, 1200000, 0, 0);
  parts = g_strsplit (line->str, "\302\240", -1);
  plain = g_strjoinv (" ", parts);
  g_assert_cmpstr (plain, ==, "one · 2 of 3 · ↓ 1.2 MB/s ↑ 0 B/s");
}

/* Every table has all its words. */
static void
test_table_words (void)
{
  for (guint table = 0; table < PH_N_TABLES; table++)
    {
      const PhTableWords *of = ph_table_words (table);
      g_autofree char *one = ph_table_count_words (table, 1);
      g_autofree char *many = ph_table_count_words (table, 2);
      g_autofree char *broken = ph_table_broken_words (table, "<b>50 %s</b>");

      g_assert_true (g_str_has_prefix (one, "1 "));
      g_assert_true (g_str_has_prefix (many, "2 "));
      g_assert_true (g_str_has_suffix (broken, ": <b>50 %s</b>"));
      g_assert_true (of->name && of->hint && of->none && of->none_why && of->filtered);
      g_assert_true (of->denied && of->unsupported && of->failed);
      /* The log is of what is at hand: it asks nothing itself. */
      g_assert_true ((ph_table_words_requests (of) != 0) == (table != PH_TABLE_ACTIVITY));
    }
}

/* --- how a look went --- */

static const PhTableWords *
words (void)
{
  return ph_table_words (PH_TABLE_SOCKETS);
}

static PhSnapshot *
look_new (void)
{
  return ph_snapshot_new (&ph_socket_schema, 100 * G_USEC_PER_SEC);
}

static void
set_look (PhSnapshot *snapshot, PhRequestName request, PhLook look, PhErrorCode code, int errnum)
{
  PhLookResult *result = ph_snapshot_edit_look (snapshot, request);

  result->look = look;
  result->error = (PhError){ code, errnum, request };
}

static void
test_all_well (void)
{
  g_autoptr (PhSnapshot) snapshot = look_new ();

  set_look (snapshot, PH_REQUEST_TCP4, PH_LOOK_GOOD, 0, 0);
  g_assert_null (ph_look_failures (snapshot, words (), NULL));
  g_assert_null (ph_look_notes (snapshot, words ()));
  g_assert_false (ph_look_all_denied (snapshot, words ()));
  g_assert_false (ph_look_all_unsupported (snapshot, words ()));
  g_assert_false (ph_look_any (snapshot, words (), PH_LOOK_FAILED));
}

static void
test_failures (void)
{
  g_autoptr (PhSnapshot) snapshot = look_new ();
  gint64 last_good[PH_N_REQUESTS] = { 0 };
  g_autofree char *text = NULL;
  g_autofree char *aged = NULL;

  set_look (snapshot, PH_REQUEST_TCP4, PH_LOOK_FAILED, PH_ERROR_KERNEL, EPERM);
  set_look (snapshot, PH_REQUEST_TCP6, PH_LOOK_FAILED, PH_ERROR_KERNEL, EPERM);
  set_look (snapshot, PH_REQUEST_UDP4, PH_LOOK_FAILED, PH_ERROR_KERNEL, EPERM);
  set_look (snapshot, PH_REQUEST_UNIX, PH_LOOK_FAILED, PH_ERROR_TRUNCATED, 0);
  set_look (snapshot, PH_REQUEST_UDP6, PH_LOOK_GOOD, 0, 0);
  text = ph_look_failures (snapshot, words (), NULL);
  g_assert_cmpstr (text, ==,
                   "TCP, UDP could not be read: Operation not permitted.\n"
                   "Unix could not be read: the answer was cut short.");

  last_good[PH_REQUEST_TCP4] = last_good[PH_REQUEST_TCP6] = 90 * G_USEC_PER_SEC;
  last_good[PH_REQUEST_UDP4] = 88 * G_USEC_PER_SEC;
  aged = ph_look_failures (snapshot, words (), last_good);
  g_assert_cmpstr (aged, ==,
                   "TCP, UDP could not be read: Operation not permitted. What you see is from 12 s ago.\n"
                   "Unix could not be read: the answer was cut short.");
  g_assert_false (ph_look_all_denied (snapshot, words ()));
}

static void
test_denied (void)
{
  g_autoptr (PhSnapshot) snapshot = look_new ();

  set_look (snapshot, PH_REQUEST_TCP4, PH_LOOK_FAILED, PH_ERROR_DENIED, 0);
  set_look (snapshot, PH_REQUEST_UNIX, PH_LOOK_FAILED, PH_ERROR_SYSTEM, EACCES);
  set_look (snapshot, PH_REQUEST_SCTP4, PH_LOOK_UNSUPPORTED, PH_ERROR_UNSUPPORTED, 0);
  g_assert_true (ph_look_all_denied (snapshot, words ()));
  g_assert_false (ph_look_all_unsupported (snapshot, words ()));
}

static void
test_notes (void)
{
  g_autoptr (PhSnapshot) snapshot = look_new ();
  g_autofree char *notes = NULL;

  set_look (snapshot, PH_REQUEST_SCTP4, PH_LOOK_UNSUPPORTED, PH_ERROR_UNSUPPORTED, 0);
  set_look (snapshot, PH_REQUEST_SCTP6, PH_LOOK_UNSUPPORTED, PH_ERROR_UNSUPPORTED, 0);
  set_look (snapshot, PH_REQUEST_RAW4, PH_LOOK_UNSUPPORTED, PH_ERROR_UNSUPPORTED, 0);
  g_assert_true (ph_look_all_unsupported (snapshot, words ()));
  set_look (snapshot, PH_REQUEST_TCP4, PH_LOOK_PARTIAL, 0, 0);
  g_assert_false (ph_look_all_unsupported (snapshot, words ()));
  set_look (snapshot, PH_REQUEST_UNIX, PH_LOOK_GOOD, 0, 0);
  ph_snapshot_edit_look (snapshot, PH_REQUEST_UNIX)->malformed = 3;
  notes = ph_look_notes (snapshot, words ());
  g_assert_cmpstr (notes, ==,
                   "This kernel does not report: RAW, SCTP.\n"
                   "Changed while they were read, so that rows may be missing or twice: TCP.\n"
                   "Some answers could not be understood and were left out: Unix.");
}

/* --- totals --- */

static PhSocket *
add_socket (PhSnapshot *snapshot, PhSocketState state, guint32 rx, guint32 tx)
{
  PhSocket *socket = ph_snapshot_add (snapshot);

  socket->key = (PhSocketKey){ .cookie = ph_snapshot_n_records (snapshot),
                               .family = PH_SOCKET_FAMILY_INET,
                               .protocol = PH_PROTOCOL_TCP };
  socket->state = state;
  socket->rx_rate = rx;
  socket->tx_rate = tx;
  return socket;
}

static void
test_totals (void)
{
  g_autoptr (PhSnapshot) snapshot = look_new ();
  PhSocketTotals totals;

  add_socket (snapshot, PH_STATE_LISTEN, PH_RATE_UNKNOWN, PH_RATE_UNKNOWN);
  ph_socket_totals (snapshot, &totals);
  g_assert_cmpuint (totals.sockets, ==, 1);
  g_assert_cmpuint (totals.listening, ==, 1);
  g_assert_false (totals.rates_known);

  add_socket (snapshot, PH_STATE_ESTABLISHED, 4000000000u, 1);
  add_socket (snapshot, PH_STATE_ESTABLISHED, 4000000000u, PH_RATE_UNKNOWN);
  add_socket (snapshot, PH_STATE_LISTEN, 7, 7)->head.mark = PH_MARK_CLOSED;
  ph_socket_totals (snapshot, &totals);
  g_assert_cmpuint (totals.sockets, ==, 4);
  g_assert_cmpuint (totals.listening, ==, 1);
  g_assert_true (totals.rates_known);
  g_assert_cmpuint (totals.rx_rate, ==, 8000000000u);
  g_assert_cmpuint (totals.tx_rate, ==, 1);
}

/* --- chips --- */

static void
check_chips (PhChips chips, const char *expected)
{
  g_autofree char *text = ph_chips_to_filter (&chips);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhFilter) filter = ph_filter_parse (&ph_socket_schema, text, NULL, &error);

  g_assert_cmpstr (text, ==, expected);
  g_assert_no_error (error);
  g_assert_nonnull (filter);
}

static void
test_chips (void)
{
  check_chips ((PhChips){ 0 }, "");
  check_chips ((PhChips){ .show = PH_SHOW_ACTIVE }, "is:active");
  check_chips ((PhChips){ .kinds = 1 << PH_KIND_TCP | 1 << PH_KIND_UDP }, "proto:tcp,udp");
  check_chips ((PhChips){ .show = PH_SHOW_LISTENING, .established = TRUE, .closing = TRUE, .ipv6 = TRUE },
               "is:listening is:ipv6");
  check_chips ((PhChips){ .show = PH_SHOW_ACTIVE,
                          .kinds = 1 << PH_KIND_UNIX,
                          .ipv4 = TRUE,
                          .ipv6 = TRUE,
                          .established = TRUE,
                          .closing = TRUE },
               "is:active proto:unix is:ipv4,ipv6 is:established,closing");
  /* Every combination is a filter the language knows. */
  for (guint kinds = 0; kinds < 1u << PH_N_KINDS; kinds++)
    {
      g_autofree char *text = ph_chips_to_filter (&(PhChips){ .show = kinds % 3, .kinds = kinds, .ipv4 = kinds & 1 });
      g_autoptr (PhFilter) filter = ph_filter_parse (&ph_socket_schema, text, NULL, NULL);

      g_assert_nonnull (filter);
    }
}

/* What is asked serves what is shown: each kind of socket that passes the filter comes with one of the requests. */
static void
test_requests (void)
{
  const guint64 all = ph_chips_to_requests (&(PhChips){ 0 });
  guint64 together = 0;

  for (guint request = PH_REQUEST_TCP4; request <= PH_REQUEST_LAST_SOCKETS; request++)
    g_assert_true (all & (G_GUINT64_CONSTANT (1) << request));
  for (guint kind = 0; kind < PH_N_KINDS; kind++)
    {
      guint64 requests = ph_chips_to_requests (&(PhChips){ .kinds = 1u << kind });

      g_assert_cmpuint (requests, !=, 0);
      g_assert_cmpuint (requests & together, ==, 0);
      together |= requests;
    }
  g_assert_cmpuint (together, ==, all);
}

static void
check_options (const char *arguments, PhChips expected)
{
  g_auto (GStrv) argv = g_strsplit (arguments, " ", -1);
  g_autoptr (PhOptions) options = ph_options_parse (PH_PROGRAM_WINDOW, (int) g_strv_length (argv), argv, NULL);
  PhChips chips;

  g_assert_nonnull (options);
  ph_chips_from_options (&chips, options);
  g_assert_cmpint (chips.show, ==, expected.show);
  g_assert_cmpuint (chips.kinds, ==, expected.kinds);
  g_assert_cmpint (chips.ipv4, ==, expected.ipv4);
  g_assert_cmpint (chips.ipv6, ==, expected.ipv6);
}

static void
test_options (void)
{
  check_options ("porthole -a", (PhChips){ .show = PH_SHOW_ALL });
  check_options ("porthole -n", (PhChips){ .show = PH_SHOW_ACTIVE });
  check_options ("porthole -ltu", (PhChips){ .show = PH_SHOW_LISTENING, .kinds = 1 << PH_KIND_TCP | 1 << PH_KIND_UDP });
  check_options ("porthole -4", (PhChips){ .show = PH_SHOW_ACTIVE, .ipv4 = TRUE });
  check_options ("porthole -46a", (PhChips){ .show = PH_SHOW_ALL });
  check_options ("porthole -x6t", (PhChips){ .show = PH_SHOW_ACTIVE, .kinds = 1 << PH_KIND_TCP | 1 << PH_KIND_UNIX });
}

static void
test_show_ids (void)
{
  PhShow show = PH_SHOW_ACTIVE;

  for (guint i = PH_SHOW_ALL; i <= PH_SHOW_LISTENING; i++)
    {
      g_assert_true (ph_show_from_id (ph_show_id (i), &show));
      g_assert_cmpuint (show, ==, i);
    }
  g_assert_false (ph_show_from_id ("everything", &show));
  g_assert_false (ph_show_from_id (NULL, &show));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/status-line", test_status_line);
  g_test_add_func ("/words/totals-line", test_totals_line);
  g_test_add_func ("/words/tables", test_table_words);
  g_test_add_func ("/words/all-well", test_all_well);
  g_test_add_func ("/words/failures", test_failures);
  g_test_add_func ("/words/denied", test_denied);
  g_test_add_func ("/words/notes", test_notes);
  g_test_add_func ("/words/totals", test_totals);
  g_test_add_func ("/words/chips", test_chips);
  g_test_add_func ("/words/requests", test_requests);
  g_test_add_func ("/words/options", test_options);
  g_test_add_func ("/words/show-ids", test_show_ids);
  return g_test_run ();
}
