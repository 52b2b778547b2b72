/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of listeners, rules, the known set, and its text: what is read back is what was written, or is refused whole. */
#include "ph-known.h"
#include "socket-samples.h"

#define HEAD "[porthole-known]\nversion=1\n"

/* --- ports --- */

static void
test_port_range (void)
{
  static const char *const bad[] = { "",       "*-", "-",  "1-", "-1",    "2-1", "65536", "1-65536",
                                     "123456", "+1", " 1", "1 ", "1-2-3", "0x1", "1,2",   "**" };
  static const struct
  {
    const char *text;
    PhPortRange range;
  } good[] = { { "*", { 0, 65535 } }, { "0", { 0, 0 } }, { "8000", { 8000, 8000 } }, { "1-65535", { 1, 65535 } } };
  PhPortRange range = { 1, 2 };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (ph_port_range_parse (bad[i], &range));
      g_assert_cmpuint (range.low * 10 + range.high, ==, 12);
    }
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      g_assert_true (ph_port_range_parse (good[i].text, &range));
      g_assert_cmpuint (range.low, ==, good[i].range.low);
      g_assert_cmpuint (range.high, ==, good[i].range.high);
      ph_port_range_append (range, text);
      g_assert_cmpstr (text->str, ==, good[i].text);
    }
  range = (PhPortRange){ 10, 20 };
  g_assert_true (ph_port_range_has (range, 10) && ph_port_range_has (range, 20));
  g_assert_false (ph_port_range_has (range, 9) || ph_port_range_has (range, 21));
}

static void
test_port_range_proc (void)
{
  static const char *const bad[]
      = { "", "\n", "32768", "32768\n", "60999\t32768\n", "32768\t60999\t1\n", "32768\t65536\n", "a\tb\n", "1-2" };
  PhPortRange range = { 1, 2 };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (ph_port_range_parse_proc (bad[i], strlen (bad[i]), &range));
      g_assert_cmpuint (range.low * 10 + range.high, ==, 12);
    }
  g_assert_true (ph_port_range_parse_proc ("32768\t60999\n", 12, &range));
  g_assert_cmpuint (range.low, ==, 32768);
  g_assert_cmpuint (range.high, ==, 60999);
  g_assert_true (ph_port_range_parse_proc ("1024 65535999", 10, &range)); /* not a byte beyond its length */
  g_assert_cmpuint (range.high, ==, 65535);
}

/* --- keys --- */

static const char *const keys[] = {
  "tcp loopback 631 program /usr/sbin/cupsd",
  "tcp any 8000 program /usr/bin/python3",
  "tcp any 8000 program /home/me/my program  (new) ",
  "udp 192.0.2.7 53 unit named.service",
  "udplite 2001:db8::1 7 unknown",
  "sctp any 65535 unit docker 4f5ac1",
  "tcp fe80::1 80 program /\xc3\xa4",
};

static void
test_keys (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (PhListenerKey) key = ph_listener_key_parse (keys[i]);
      g_autoptr (PhListenerKey) copy = NULL;
      g_autoptr (GString) text = g_string_new (NULL);

      g_assert_nonnull (key);
      ph_listener_key_append (key, text);
      g_assert_cmpstr (text->str, ==, keys[i]);
      copy = ph_listener_key_copy (key);
      g_assert_true (ph_listener_key_equal (key, copy));
      g_assert_cmpuint (ph_listener_key_hash (key), ==, ph_listener_key_hash (copy));
      for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
        {
          g_autoptr (PhListenerKey) other = ph_listener_key_parse (keys[k]);

          g_assert_cmpint (ph_listener_key_equal (key, other), ==, i == k);
          g_assert_cmpint (ph_listener_key_compare (key, other), ==, -ph_listener_key_compare (other, key));
        }
    }
}

static void
test_bad_keys (void)
{
  static const char *const bad[] = {
    "",
    "tcp",
    "tcp any",
    "tcp any 80",
    "tcp any 80 ",
    "tcp any 80 program",
    "tcp any 80 program ",
    "tcp any 80 unit ",
    "tcp any 80 unknown ",
    "tcp any 80 unknown x",
    "tcp any 0 unknown",
    "tcp any 65536 unknown",
    "tcp any 1-2 unknown",
    "tcp any * unknown",
    "tcp  any 80 unknown",
    " tcp any 80 unknown",
    "TCP any 80 unknown",
    "unix any 80 unknown",
    "raw any 80 unknown",
    "mptcp any 80 unknown",
    " any 80 unknown",
    "tcp 0.0.0.0 80 unknown",
    "tcp :: 80 unknown",
    "tcp 127.0.0.1 80 unknown",
    "tcp ::1 80 unknown",
    "tcp ::ffff:192.0.2.1 80 unknown",
    "tcp 192.0.2.1/24 80 unknown",
    "tcp address 80 unknown",
    "tcp 192.0.2 80 unknown",
    "tcp any 80 program a\nb",
    "tcp any 80 program a\x1b[31m",
    "tcp any 80 program \xff",
    "tcp any 80 program \u202egpj.exe",
    "tcp any 80 program \xc2\x9b",
  };
  g_autoptr (GString) longest = g_string_new ("tcp any 80 program ");
  g_autoptr (PhListenerKey) key = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (PhListenerKey) none = ph_listener_key_parse (bad[i]);

      if (none)
        g_error ("taken for a key: '%s'", bad[i]);
    }
  for (guint i = 0; i < PH_LISTENER_OWNER_MAX; i++)
    g_string_append_c (longest, 'x');
  key = ph_listener_key_parse (longest->str);
  g_assert_nonnull (key);
  g_string_append_c (longest, 'x');
  g_assert_null (ph_listener_key_parse (longest->str));
}

/* A name that is too long is cut, at a whole character, so that its key can be written and read. */
static void
test_long_name (void)
{
  g_autoptr (GString) exe = g_string_new ("/x"); /* the limit falls into a character */
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PhListener) listener = NULL;
  g_autoptr (PhListenerKey) key = NULL;
  PhProcess process = { .comm = "long", .cmdline = "" };
  PhOwner owner = { &process, 3 };
  PhSocket socket = sample_socket (PH_PROTOCOL_TCP, "0.0.0.0", 80, "", 0, PH_STATE_LISTEN);

  while (exe->len < 2 * PH_LISTENER_OWNER_MAX)
    g_string_append (exe, "\xe2\x82\xac");
  process.exe = exe->str;
  socket.owner = (PhOwnership){ .owners = &owner, .n_owners = 1, .note = PH_OWNER_PROCESS };
  listener = ph_listener_new (&socket, NULL);
  g_assert_cmpuint (strlen (listener->key.owner.name), ==, PH_LISTENER_OWNER_MAX - 2);
  ph_listener_key_append (&listener->key, text);
  key = ph_listener_key_parse (text->str);
  g_assert_true (key && ph_listener_key_equal (key, &listener->key));
}

/* Which rows are a listener's: what the window marks. */
static void
test_covers (void)
{
  g_autoptr (PhListenerKey) key = ph_listener_key_parse ("tcp any 80 program /usr/sbin/nginx");
  g_autoptr (PhListenerKey) by_unit = ph_listener_key_parse ("tcp any 80 unit nginx.service");
  PhSocket socket = sample_socket (PH_PROTOCOL_TCP, "::", 80, "", 0, PH_STATE_LISTEN);

  g_assert_false (ph_listener_key_covers (key, &socket));
  g_assert_true (ph_listener_key_is_at (key, &socket));
  socket.owner.unit = &sample_unit;
  socket.owner.note = PH_OWNER_BY_SERVICE;
  g_assert_false (ph_listener_key_covers (key, &socket));
  g_assert_true (ph_listener_key_covers (by_unit, &socket));
  socket.owner
      = (PhOwnership){ .owners = sample_owners, .n_owners = 3, .note = PH_OWNER_PROCESS, .unit = &sample_unit };
  g_assert_true (ph_listener_key_covers (key, &socket));
  g_assert_false (ph_listener_key_covers (by_unit, &socket));
  socket.local_port = 81;
  g_assert_false (ph_listener_key_covers (key, &socket));
  socket.local_port = 80;
  socket.local = sample_address ("127.0.0.1");
  g_assert_false (ph_listener_key_covers (key, &socket));
  socket.local = sample_address ("0.0.0.0");
  g_assert_true (ph_listener_key_covers (key, &socket));
  socket.state = PH_STATE_ESTABLISHED;
  g_assert_false (ph_listener_key_covers (key, &socket));
}

/* --- rules --- */

static void
test_mutes (void)
{
  static const char *const rules[]
      = { "tcp 8000-8010 program /usr/bin/python3", "* 53 *", "udp * unit named.service", "sctp 1 *" };
  static const char *const bad[]
      = { "",      "*",      "* *",           "* * *", "tcp * *", "* 0-65535 *", "* 53 unknown",
          "* 53 ", "x 53 *", "* 53 program ", "* 5x *" };
  g_autoptr (PhListenerKey) python = ph_listener_key_parse ("tcp any 8000 program /usr/bin/python3");
  g_autoptr (PhListenerKey) nobody = ph_listener_key_parse ("udp any 53 unknown");
  g_autoptr (PhMute) for_python = ph_mute_new_for (python);
  g_autoptr (PhMute) for_nobody = ph_mute_new_for (nobody);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (PhMute) mute = ph_mute_parse (rules[i]);
      g_autoptr (GString) written = g_string_new (NULL);

      g_assert_nonnull (mute);
      ph_mute_append (mute, written);
      g_assert_cmpstr (written->str, ==, rules[i]);
      g_assert_cmpint (ph_mute_matches (mute, python), ==, i == 0);
      g_assert_cmpint (ph_mute_matches (mute, nobody), ==, i == 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (ph_mute_parse (bad[i]));

  ph_mute_append (for_python, text);
  g_assert_cmpstr (text->str, ==, "* 8000 program /usr/bin/python3");
  g_string_truncate (text, 0);
  ph_mute_append (for_nobody, text);
  g_assert_cmpstr (text->str, ==, "udp 53 *");
  g_assert_true (ph_mute_matches (for_python, python) && ph_mute_matches (for_nobody, nobody));
}

/* --- the set --- */

static PhKnown *
learn (const PhKnown *known, const char *text, gint64 now)
{
  g_autoptr (GPtrArray) array = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_listener_key_free);

  g_ptr_array_add (array, ph_listener_key_parse (text));
  g_ptr_array_add (array, ph_listener_key_parse (text));
  g_assert_nonnull (array->pdata[0]);
  return ph_known_learn (known, array, now);
}

/* A set never changes: what was made of it is another. */
static void
test_set (void)
{
  g_autoptr (PhKnown) none = ph_known_new ();
  g_autoptr (PhKnown) one = learn (none, keys[0], 1000);
  g_autoptr (PhKnown) two = learn (one, keys[1], 2000);
  g_autoptr (PhKnown) same = learn (two, keys[0], 1000 + PH_KNOWN_FRESH_S - 1);
  g_autoptr (PhKnown) renewed = learn (two, keys[0], 1000 + PH_KNOWN_FRESH_S);
  g_autoptr (PhListenerKey) key = ph_listener_key_parse (keys[0]);
  g_autoptr (PhKnown) removed = ph_known_remove (renewed, key);
  g_autoptr (PhKnown) removed_again = ph_known_remove (removed, key);
  g_autoptr (PhKnown) kept = ph_known_forget (two, 1000);
  g_autoptr (PhKnown) forgotten = ph_known_forget (two, 1001);

  g_assert_cmpuint (ph_known_n_entries (none), ==, 0);
  g_assert_cmpuint (ph_known_n_entries (one), ==, 1);
  g_assert_cmpuint (ph_known_n_entries (two), ==, 2);
  g_assert_true (same == two);
  g_assert_cmpint (ph_known_find (two, key)->last_seen, ==, 1000);
  g_assert_cmpint (ph_known_find (renewed, key)->first_seen, ==, 1000);
  g_assert_cmpint (ph_known_find (renewed, key)->last_seen, ==, 1000 + PH_KNOWN_FRESH_S);
  g_assert_null (ph_known_find (removed, key));
  g_assert_cmpuint (ph_known_n_entries (removed), ==, 1);
  g_assert_true (removed_again == removed);
  g_assert_true (kept == two);
  g_assert_null (ph_known_find (forgotten, key));
  g_assert_cmpuint (ph_known_n_entries (forgotten), ==, 1);
}

static void
test_set_mutes (void)
{
  g_autoptr (PhKnown) none = ph_known_new ();
  g_autoptr (PhMute) first = ph_mute_parse ("* 53 *");
  g_autoptr (PhMute) first_again = ph_mute_parse ("* 53 *");
  g_autoptr (PhMute) second = ph_mute_parse ("* 54 *");
  g_autoptr (PhMute) third = ph_mute_parse ("tcp 54 *");
  g_autoptr (PhKnown) one = ph_known_change_mutes (none, NULL, first);
  g_autoptr (PhKnown) one_again = ph_known_change_mutes (one, NULL, first_again);
  g_autoptr (PhKnown) two = ph_known_change_mutes (one, NULL, second);
  g_autoptr (PhKnown) edited = ph_known_change_mutes (two, first_again, third);
  g_autoptr (PhKnown) unedited = ph_known_change_mutes (edited, third, third);
  g_autoptr (PhKnown) merged = ph_known_change_mutes (edited, third, second);
  g_autoptr (PhKnown) emptied = ph_known_change_mutes (one, first, NULL);
  g_autoptr (PhKnown) full = ph_known_ref (none);
  g_autoptr (PhListenerKey) key = ph_listener_key_parse ("tcp any 54 unknown");

  g_assert_true (one_again == one);
  g_assert_true (unedited == edited);
  g_assert_cmpuint (ph_known_n_mutes (two), ==, 2);
  g_assert_true (ph_known_mute (edited, 0) == third && ph_known_mute (edited, 1) == second);
  g_assert_cmpuint (ph_known_n_mutes (merged), ==, 1);
  g_assert_cmpuint (ph_known_n_mutes (emptied), ==, 0);
  g_assert_false (ph_known_is_muted (one, key));
  g_assert_true (ph_known_is_muted (two, key));

  for (guint16 port = 1; port < PH_KNOWN_MUTES_MAX + 10; port++)
    {
      const PhListenerOwner anybody = { PH_LISTENER_OWNER_UNKNOWN, "" };
      g_autoptr (PhMute) mute = ph_mute_new (PH_PROTOCOL_NONE, (PhPortRange){ port, port }, &anybody);
      PhKnown *next = ph_known_change_mutes (full, NULL, mute);

      ph_known_unref (full);
      full = next;
    }
  g_assert_cmpuint (ph_known_n_mutes (full), ==, PH_KNOWN_MUTES_MAX);
}

/* Too many: those that were not seen for the longest time go. */
static void
test_set_full (void)
{
  g_autoptr (GPtrArray) array = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_listener_key_free);
  g_autoptr (PhKnown) none = ph_known_new ();
  g_autoptr (PhKnown) first = learn (none, keys[0], 1);
  g_autoptr (PhKnown) second = learn (first, keys[1], 2);
  g_autoptr (PhKnown) full = NULL;
  g_autoptr (PhKnown) flooded = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (PhKnown) read = NULL;
  gsize length;

  for (guint i = 1; i < PH_KNOWN_MAX; i++)
    {
      g_autofree char *line = g_strdup_printf ("tcp any %u unknown", i);

      g_ptr_array_add (array, ph_listener_key_parse (line));
    }
  full = ph_known_learn (second, array, 3);
  g_assert_cmpuint (ph_known_n_entries (full), ==, PH_KNOWN_MAX);
  g_assert_null (ph_known_find (full, ph_known_entry (first, 0)->key));
  for (guint i = 0; i < array->len; i++)
    g_assert_nonnull (ph_known_find (full, array->pdata[i]));
  for (guint i = 1; i < PH_KNOWN_MAX; i++)
    g_assert_cmpint (ph_listener_key_compare (ph_known_entry (full, i - 1)->key, ph_known_entry (full, i)->key), <, 0);
  /* What is there stays, whatever is new: here the key that was seen second. */
  for (guint i = 0; i < array->len; i++)
    ((PhListenerKey *) array->pdata[i])->protocol = PH_PROTOCOL_UDP;
  g_ptr_array_add (array, ph_listener_key_parse (keys[1]));
  flooded = ph_known_learn (full, array, 4);
  g_assert_cmpuint (ph_known_n_entries (flooded), ==, PH_KNOWN_MAX);
  g_assert_nonnull (ph_known_find (flooded, array->pdata[array->len - 1]));

  text = ph_known_to_text (full, &length);
  read = ph_known_parse (text, length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ph_known_n_entries (read), ==, PH_KNOWN_MAX);
}

/* --- files --- */

static void
test_text (void)
{
  g_autoptr (PhKnown) known = ph_known_new ();
  g_autoptr (PhKnown) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  static const char *const rules[] = { "* 53 *", "tcp 8000-8010 program /a b" };
  gsize length;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      PhKnown *next = learn (known, keys[i], 1764098550 + i);

      ph_known_unref (known);
      known = next;
    }
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (PhMute) mute = ph_mute_parse (rules[i]);
      PhKnown *next = ph_known_change_mutes (known, NULL, mute);

      ph_known_unref (known);
      known = next;
    }
  {
    PhKnown *next = ph_known_set_learned (known, 1 << PH_REQUEST_TCP4 | 1 << PH_REQUEST_SCTP6, 1 << PH_REQUEST_UDP4);

    ph_known_unref (known);
    known = next;
  }

  text = ph_known_to_text (known, &length);
  g_assert_cmpuint (length, ==, strlen (text));
  g_assert_true (g_str_has_prefix (text, HEAD "learned=tcp4 sctp6\nlearned-ephemeral=udp4\n"));
  g_assert_nonnull (strstr (text, "\nlistener=1764098551 1764098551 tcp any 8000 program /usr/bin/python3\n"));
  g_assert_nonnull (strstr (text, "\nmute=tcp 8000-8010 program /a b\n"));
  read = ph_known_parse (text, length, &error);
  g_assert_no_error (error);
  again = ph_known_to_text (read, NULL);
  g_assert_cmpstr (again, ==, text);
  g_assert_cmphex (ph_known_learned (read), ==, 1 << PH_REQUEST_TCP4 | 1 << PH_REQUEST_SCTP6);
  g_assert_cmphex (ph_known_learned_ephemeral (read), ==, 1 << PH_REQUEST_UDP4);
  g_assert_cmpuint (ph_known_n_mutes (read), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (PhListenerKey) key = ph_listener_key_parse (keys[i]);

      g_assert_cmpint (ph_known_find (read, key)->first_seen, ==, 1764098550 + i);
    }

  /* However it is cut short, it is not taken for the whole. */
  for (gsize cut = 0; cut < length; cut++)
    g_assert_null (ph_known_parse (text, cut, NULL));
}

static void
test_text_by_hand (void)
{
  static const char text[] = "# mine\n\n" HEAD "[mutes]\n# quiet\nmute=* 53 *\n\n[end]\n\n# more\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (PhKnown) known = ph_known_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ph_known_n_mutes (known), ==, 1);
  g_assert_cmpuint (ph_known_n_entries (known), ==, 0);
}

static void
test_bad_text (void)
{
  static const struct
  {
    const char *text;
    guint line; /* 0: another error than a line that is not understood */
  } bad[] = {
    { "", 1 },
    { "\n", 2 },
    { "garbage", 1 },
    { "garbage\n", 1 },
    { "[porthole-known]\n", 2 },
    { "[porthole-known]\n[end]\n", 2 },
    { HEAD, 3 },
    { HEAD "[end]", 3 },
    { HEAD "[end]\n[listeners]\n", 4 },
    { HEAD "[end]\nversion=1\n", 4 },
    { HEAD "[end]\nx\n", 4 },
    { HEAD "[other]\n[end]\n", 3 },
    { HEAD " [end]\n", 3 },
    { HEAD "[porthole-known]\n[end]\n", 3 },
    { HEAD "[mutes]\n[listeners]\n[end]\n", 4 },
    { HEAD "[listeners]\n[listeners]\n[end]\n", 4 },
    { "[listeners]\n" HEAD "[end]\n", 1 },
    { "[end]\n", 1 },
    { "version=1\n[porthole-known]\n[end]\n", 1 },
    { "[porthole-known]\nversion=0\n[end]\n", 2 },
    { "[porthole-known]\nversion=x\n[end]\n", 2 },
    { "[porthole-known]\nversion\n[end]\n", 2 },
    { "[porthole-known]\nversion=2\nnew=1\n[end]\n", 0 },
    { HEAD "learned=\n[end]\n", 3 },
    { HEAD "learned=tcp4  tcp6\n[end]\n", 3 },
    { HEAD "learned=tcp4 owners\n[end]\n", 3 },
    { HEAD "learned=tcp\n[end]\n", 3 },
    { HEAD "color=red\n[end]\n", 3 },
    { HEAD "mute=* 53 *\n[end]\n", 3 },
    { HEAD "[listeners]\nmute=* 53 *\n[end]\n", 4 },
    { HEAD "[listeners]\nlistener\n[end]\n", 4 },
    { HEAD "[listeners]\nlistener=\n[end]\n", 4 },
    { HEAD "[listeners]\nlistener=1 2\n[end]\n", 4 },
    { HEAD "[listeners]\nlistener=1 2 tcp any 80\n[end]\n", 4 },
    { HEAD "[listeners]\nlistener=2 1 tcp any 80 unknown\n[end]\n", 4 },
    { HEAD "[listeners]\nlistener=-1 1 tcp any 80 unknown\n[end]\n", 4 },
    { HEAD "[listeners]\nlistener=1 99999999999999 tcp any 80 unknown\n[end]\n", 4 },
    { HEAD "[listeners]\nlistener=1 2 tcp any 80 unknown\r\n[end]\n", 4 },
    { HEAD "[listeners]\nlistener=1 2 tcp any 80 unknown\nlistener=3 4 tcp any 80 unknown\n[end]\n", 5 },
    { HEAD "[listeners]\nlistener=1 2 tcp any 80 program \x1b]0;x\x07\n[end]\n", 4 },
    { HEAD "[mutes]\nlistener=1 2 tcp any 80 unknown\n[end]\n", 4 },
    { HEAD "[mutes]\nmute=* * *\n[end]\n", 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *number = g_strdup_printf ("ine %u ", bad[i].line);
      g_autoptr (PhKnown) known = ph_known_parse (bad[i].text, strlen (bad[i].text), &error);

      if (known)
        g_error ("understood: %s", bad[i].text);
      if (bad[i].line == 0)
        g_assert_error (error, PH_KNOWN_ERROR, PH_KNOWN_ERROR_VERSION);
      else
        {
          g_assert_error (error, PH_KNOWN_ERROR, PH_KNOWN_ERROR_MALFORMED);
          if (!strstr (error->message, number))
            g_error ("line %u, but: %s: %s", bad[i].line, error->message, bad[i].text);
        }
    }
}

static void
test_cruel_text (void)
{
  static const char with_nul[] = HEAD "[mutes]\nmute=* 53 *\0\n[end]\n";
  g_autoptr (GString) text = g_string_new (HEAD "[listeners]\n");
  g_autoptr (GError) error = NULL;
  g_autofree char *large = NULL;

  g_assert_null (ph_known_parse (with_nul, sizeof with_nul - 1, &error));
  g_assert_error (error, PH_KNOWN_ERROR, PH_KNOWN_ERROR_MALFORMED);
  g_clear_error (&error);

  for (guint i = 1; i <= PH_KNOWN_MAX + 1; i++)
    g_string_append_printf (text, "listener=1 1 tcp any %u unknown\n", i);
  g_string_append (text, "[end]\n");
  g_assert_null (ph_known_parse (text->str, text->len, &error));
  g_assert_error (error, PH_KNOWN_ERROR, PH_KNOWN_ERROR_TOO_LARGE);
  g_clear_error (&error);

  g_string_assign (text, HEAD "[mutes]\n");
  for (guint i = 0; i <= PH_KNOWN_MUTES_MAX; i++)
    g_string_append (text, "mute=* 53 *\n");
  g_string_append (text, "[end]\n");
  g_assert_null (ph_known_parse (text->str, text->len, &error));
  g_assert_error (error, PH_KNOWN_ERROR, PH_KNOWN_ERROR_TOO_LARGE);
  g_clear_error (&error);

  large = g_malloc (PH_KNOWN_TEXT_MAX + 1);
  memset (large, '\n', PH_KNOWN_TEXT_MAX + 1);
  g_assert_null (ph_known_parse (large, PH_KNOWN_TEXT_MAX + 1, &error));
  g_assert_error (error, PH_KNOWN_ERROR, PH_KNOWN_ERROR_TOO_LARGE);
  g_clear_error (&error);
  memset (large, 'x', PH_KNOWN_TEXT_MAX);
  g_assert_null (ph_known_parse (large, PH_KNOWN_TEXT_MAX, &error));
  g_assert_error (error, PH_KNOWN_ERROR, PH_KNOWN_ERROR_MALFORMED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/known/port-range", test_port_range);
  g_test_add_func ("/known/port-range-proc", test_port_range_proc);
  g_test_add_func ("/known/keys", test_keys);
  g_test_add_func ("/known/bad-keys", test_bad_keys);
  g_test_add_func ("/known/long-name", test_long_name);
  g_test_add_func ("/known/covers", test_covers);
  g_test_add_func ("/known/mutes", test_mutes);
  g_test_add_func ("/known/set", test_set);
  g_test_add_func ("/known/set-mutes", test_set_mutes);
  g_test_add_func ("/known/set-full", test_set_full);
  g_test_add_func ("/known/text", test_text);
  g_test_add_func ("/known/text-by-hand", test_text_by_hand);
  g_test_add_func ("/known/bad-text", test_bad_text);
  g_test_add_func ("/known/cruel-text", test_cruel_text);
  return g_test_run ();
}
