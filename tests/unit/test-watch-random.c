/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A thousand random histories: sockets come, go, are given to other programs and named late, looks fail, the program is
 * started again. What the watch tells is compared, look by look, with a model that is as simple as can be: it knows
 * each socket's whole life, keeps keys as strings in one set, and goes through everything every time. And no key is
 * ever told twice.
 */
#include "watch-world.h"

#define HISTORIES   1000
#define LOOKS       30
#define SOCKETS_MAX 24

static const char *const programs[] = { "/usr/bin/python3", "/usr/sbin/nginx", "/usr/bin/node" };
static const char *const units[] = { NULL, NULL, "one.service", "two.service" };
static const char *const addresses[] = { "0.0.0.0", "::", "127.0.0.1", "::1", "192.0.2.1", "2001:db8::1" };
static const PhProtocol protocols[] = { PH_PROTOCOL_TCP, PH_PROTOCOL_UDP };
static const PhRequestName requests[] = { PH_REQUEST_TCP4, PH_REQUEST_TCP6, PH_REQUEST_UDP4, PH_REQUEST_UDP6 };

/* What the model remembers of a socket. */
typedef struct
{
  WatchSocket *socket; /* NULL: closed */
  PhRequestName request;
  const char *program; /* what it is... */
  guint named_after;   /* ...and after how many looks that is found out */

  gboolean seen; /* by this run of the program */
  guint order;   /* in which it was first seen */
  guint age;     /* looks since */
  gboolean judged, silent, away;
  guint certainty; /* of @key: 0 nobody, 1 a unit, 2 a program */
  char *key;
} Life;

typedef struct
{
  GRand *rand;
  WatchWorld *world;
  GPtrArray *lives;  /* Life */
  GHashTable *known; /* keys */
  GHashTable *told;  /* keys, ever */
  gboolean learned[PH_N_REQUESTS], looked[PH_N_REQUESTS];
  guint16 muted; /* a port; 0: none */
  guint n_seen;
  GString *away;     /* is told when all that waits is named */
  GString *expected; /* of this look */
} Model;

static void
free_life (gpointer data)
{
  Life *life = data;

  g_free (life->key);
  g_free (life);
}

/* --- the model --- */

static char *
key_now (const Life *life, guint *certainty)
{
  const WatchSocket *from = life->socket;
  const PhSocket *socket = &from->socket;
  const char *place = ph_address_is_any (&socket->local)                       ? "any"
                      : ph_address_scope (&socket->local) == PH_SCOPE_LOOPBACK ? "loopback"
                      : socket->local.family == PH_FAMILY_IPV4                 ? "192.0.2.1"
                                                                               : "2001:db8::1";
  g_autofree char *owner = NULL;

  *certainty = from->exe ? 2 : from->unit ? 1 : 0;
  owner = from->exe    ? g_strdup_printf ("program %s", from->exe)
          : from->unit ? g_strdup_printf ("unit %s", from->unit)
                       : g_strdup ("unknown");
  return g_strdup_printf ("%s %s %u %s", ph_protocol_name (socket->key.protocol), place, socket->local_port, owner);
}

static void
model_judge (Model *model, Life *life, gboolean silent, gboolean gone)
{
  g_auto (GStrv) words = g_strsplit (life->key, " ", -1);
  gboolean muted = model->muted != 0 && atoi (words[2]) == model->muted;

  life->judged = TRUE;
  if (g_hash_table_add (model->known, g_strdup (life->key)) && !silent && !muted)
    g_string_append_printf (life->away ? model->away : model->expected, "%s%s%s\n", life->key, gone ? " gone" : "",
                            life->away ? " away" : "");
}

static void
model_see (Model *model, Life *life)
{
  guint certainty;
  g_autofree char *now = key_now (life, &certainty);

  if (life->judged)
    {
      gboolean was_program = life->certainty == 2;

      if (certainty < 2 || strcmp (now, life->key) == 0)
        return;
      g_free (life->key);
      life->key = g_steal_pointer (&now);
      life->certainty = certainty;
      life->away = FALSE;
      model_judge (model, life, !was_program, FALSE);
      return;
    }
  if (!life->seen)
    {
      life->seen = TRUE;
      life->order = model->n_seen++;
      life->silent = !model->learned[life->request] && !model->looked[life->request];
      life->away = model->learned[life->request] && !model->looked[life->request];
    }
  else
    life->age++;
  if (!life->key || certainty >= life->certainty)
    {
      g_free (life->key);
      life->key = g_steal_pointer (&now);
      life->certainty = certainty;
    }
  if (life->certainty == 2 || life->age == PH_WATCH_PATIENCE)
    model_judge (model, life, life->silent, FALSE);
}

static gint
by_order (gconstpointer a, gconstpointer b)
{
  const Life *first = *(Life *const *) a;
  const Life *second = *(Life *const *) b;

  return (first->order > second->order) - (first->order < second->order);
}

static void
model_miss (Model *model, GPtrArray *missing)
{
  g_ptr_array_sort (missing, by_order);
  for (guint i = 0; i < missing->len; i++)
    {
      Life *life = g_ptr_array_index (missing, i);

      if (model->world->looks[life->request] == PH_LOOK_GOOD)
        {
          if (!life->judged)
            model_judge (model, life, life->silent, TRUE);
          g_ptr_array_remove (model->lives, life); /* it is closed */
        }
      else if (!life->judged && ++life->age == PH_WATCH_PATIENCE)
        model_judge (model, life, life->silent, FALSE);
    }
}

static void
model_end (Model *model)
{
  gboolean away_waits = FALSE;
  gboolean silent_waits[PH_N_REQUESTS] = { FALSE };

  for (guint i = 0; i < model->lives->len; i++)
    {
      const Life *life = g_ptr_array_index (model->lives, i);

      if (!life->seen || life->judged)
        continue;
      away_waits |= life->away;
      silent_waits[life->request] |= life->silent;
    }
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      model->looked[requests[i]] |= model->world->looks[requests[i]] == PH_LOOK_GOOD;
      model->learned[requests[i]] |= model->looked[requests[i]] && !silent_waits[requests[i]];
    }
  if (away_waits)
    return;
  g_string_append (model->expected, model->away->str);
  g_string_truncate (model->away, 0);
}

/* --- what happens --- */

static gint
any (Model *model, gint n)
{
  return g_rand_int_range (model->rand, 0, n);
}

#define PICK(model, array) ((array)[any (model, G_N_ELEMENTS (array))])

static void
open_one (Model *model)
{
  Life *life = g_new0 (Life, 1);

  life->socket = watch_open (model->world, PICK (model, protocols), PICK (model, addresses),
                             (guint16) (8000 + any (model, 4)), NULL);
  life->request = life->socket->socket.head.request;
  life->socket->unit = PICK (model, units);
  life->program = PICK (model, programs);
  life->named_after = (guint) any (model, 5);
  g_ptr_array_add (model->lives, life);
}

static void
happen (Model *model)
{
  for (gint n = any (model, 4); n > 0 && model->lives->len < SOCKETS_MAX; n--)
    open_one (model);
  for (guint i = model->lives->len; i-- > 0;)
    {
      Life *life = g_ptr_array_index (model->lives, i);

      if (!life->socket)
        continue;
      if (any (model, 10) == 0)
        {
          watch_close (model->world, life->socket);
          life->socket = NULL;
          if (!life->seen)
            g_ptr_array_remove_index (model->lives, i);
          continue;
        }
      if (any (model, 40) == 0)
        life->program = PICK (model, programs);
      life->socket->exe = life->named_after == 0 && any (model, 30) != 0 ? life->program : NULL;
      if (life->named_after > 0)
        life->named_after--;
    }
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    model->world->looks[requests[i]] = any (model, 6) != 0   ? PH_LOOK_GOOD
                                       : any (model, 3) == 0 ? PH_LOOK_PARTIAL
                                       : any (model, 2) == 0 ? PH_LOOK_FAILED
                                                             : PH_LOOK_NOT_ASKED;
  if (any (model, 50) == 0 && model->muted == 0)
    {
      model->muted = (guint16) (8000 + any (model, 4));
      watch_mute (model->world, model->muted == 8000   ? "* 8000 *"
                                : model->muted == 8001 ? "* 8001-8001 *"
                                : model->muted == 8002 ? "* 8002 *"
                                                       : "* 8003-9000 *");
    }
}

/* All is forgotten but what is known. What was gathered and not told is lost with the program, and known. */
static void
restart (Model *model)
{
  watch_world_restart (model->world);
  memset (model->looked, 0, sizeof model->looked);
  g_string_truncate (model->away, 0);
  for (guint i = model->lives->len; i-- > 0;)
    {
      Life *life = g_ptr_array_index (model->lives, i);

      if (!life->socket)
        {
          g_ptr_array_remove_index (model->lives, i);
          continue;
        }
      life->seen = life->judged = life->silent = life->away = FALSE;
      life->age = 0;
      g_clear_pointer (&life->key, g_free);
    }
}

static gboolean
is_visible (Model *model, const Life *life)
{
  if (!life->socket)
    return FALSE;
  switch (model->world->looks[life->request])
    {
    case PH_LOOK_GOOD:
      return TRUE;
    case PH_LOOK_PARTIAL:
      return any (model, 3) != 0;
    default:
      return FALSE;
    }
}

static void
look_and_compare (Model *model)
{
  g_autoptr (PhSnapshot) snapshot = watch_snapshot_new (model->world);
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();
  g_autofree char *told = NULL;
  g_auto (GStrv) lines = NULL;

  g_string_truncate (model->expected, 0);
  for (guint i = 0; i < model->lives->len; i++)
    {
      Life *life = g_ptr_array_index (model->lives, i);

      if (is_visible (model, life))
        {
          watch_put (model->world, snapshot, life->socket);
          if (model->world->looks[life->request] == PH_LOOK_PARTIAL && any (model, 3) == 0)
            watch_put (model->world, snapshot, life->socket);
          model_see (model, life);
        }
      else if (life->seen)
        g_ptr_array_add (missing, life);
    }
  model_miss (model, missing);
  model_end (model);

  told = watch_look_at (model->world, snapshot);
  g_assert_cmpstr (told, ==, model->expected->str);
  lines = g_strsplit (told, "\n", -1);
  for (guint i = 0; lines[i] && *lines[i]; i++)
    {
      char *flags = strstr (lines[i], " gone");

      if (!flags)
        flags = strstr (lines[i], " away");
      if (!g_hash_table_add (model->told, g_strndup (lines[i], flags ? (gsize) (flags - lines[i]) : strlen (lines[i]))))
        g_error ("told twice: %s", lines[i]);
    }
}

static void
compare_known (Model *model)
{
  g_assert_cmpuint (ph_known_n_entries (model->world->known), ==, g_hash_table_size (model->known));
  for (guint i = 0; i < ph_known_n_entries (model->world->known); i++)
    {
      g_autoptr (GString) key = g_string_new (NULL);

      ph_listener_key_append (ph_known_entry (model->world->known, i)->key, key);
      g_assert_true (g_hash_table_contains (model->known, key->str));
    }
}

static guint
one_history (GRand *rand)
{
  Model model = { .rand = rand };
  guint n_told;

  model.world = watch_world_new ();
  model.lives = g_ptr_array_new_with_free_func (free_life);
  model.known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  model.told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  model.away = g_string_new (NULL);
  model.expected = g_string_new (NULL);
  for (guint i = 0; i < LOOKS; i++)
    {
      if (any (&model, 20) == 0)
        restart (&model);
      happen (&model);
      look_and_compare (&model);
    }
  compare_known (&model);
  n_told = g_hash_table_size (model.told);
  g_ptr_array_unref (model.lives);
  g_hash_table_unref (model.known);
  g_hash_table_unref (model.told);
  g_string_free (model.away, TRUE);
  g_string_free (model.expected, TRUE);
  watch_world_free (model.world);
  return n_told;
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  guint n_told = 0;

  for (guint i = 0; i < HISTORIES; i++)
    n_told += one_history (rand);
  g_test_message ("%u listeners told of in %u histories", n_told, HISTORIES);
  g_assert_cmpuint (n_told, >, HISTORIES * 10); /* it was no empty exercise */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/watch-random/told-once", test_random);
  return g_test_run ();
}
