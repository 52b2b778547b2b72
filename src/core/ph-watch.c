/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each socket that listens has a case: it waits until its program is known, is judged by its key then, and rests. A
 * case goes when its socket does. Cases are found by socket, because only that tells a program that comes to be known
 * late from another program; what is known and told goes by keys alone.
 */
#include "ph-watch.h"

#include "ph-watch-case.h"

#define SWEEP_S      3600 /* how often it is looked whether something is to be forgotten */
#define DAY_S        (24 * 3600)

#define BIT(request) (G_GUINT64_CONSTANT (1) << (request))
#define UDP_REQUESTS                                                                                                   \
  (BIT (PH_REQUEST_UDP4) | BIT (PH_REQUEST_UDP6) | BIT (PH_REQUEST_UDPLITE4) | BIT (PH_REQUEST_UDPLITE6))

struct _PhWatch
{
  GHashTable *cases;        /* PhWatchCase by PhSocketKey */
  guint64 n_cases;          /* that there have ever been */
  guint64 look;             /* number of the current one */
  guint64 looked;           /* requests that have been looked at in this run */
  guint64 looked_ephemeral; /* likewise, with the ephemeral ports */
  GPtrArray *away;          /* PhListener: told when all that waits of them is named */
  gint64 swept;             /* when it was last looked what is to be forgotten */
};

/* One look. */
typedef struct
{
  PhWatch *watch;
  const PhKnown *known;
  const PhSnapshot *snapshot;
  const PhWatchSettings *settings;
  GPtrArray *news;   /* PhListener */
  GPtrArray *seen;   /* PhListener, a key itself: what is to be known, or known still */
  GHashTable *fresh; /* of @seen, what is not in @known yet */
  GString *buffer;
  guint64 first, first_ephemeral; /* requests of which this is the first look ever */
  guint64 away, away_ephemeral;   /* the first of this run, but not ever */
} Look;

PhWatch *
ph_watch_new (void)
{
  PhWatch *watch = g_new0 (PhWatch, 1);

  watch->cases = ph_watch_cases_new ();
  watch->away = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_listener_unref);
  return watch;
}

void
ph_watch_free (PhWatch *watch)
{
  if (!watch)
    return;
  g_hash_table_unref (watch->cases);
  g_ptr_array_unref (watch->away);
  g_free (watch);
}

guint
ph_watch_n_waiting (const PhWatch *watch)
{
  GHashTableIter iter;
  gpointer c;
  guint n = 0;

  g_hash_table_iter_init (&iter, watch->cases);
  while (g_hash_table_iter_next (&iter, NULL, &c))
    n += ((PhWatchCase *) c)->waits;
  return n;
}

/* --- judging --- */

static gboolean
is_known (const Look *look, const PhListenerKey *key)
{
  return g_hash_table_contains (look->fresh, key) || ph_known_find (look->known, key);
}

static void
learn (Look *look, const PhListener *listener)
{
  g_ptr_array_add (look->seen, ph_listener_ref (listener));
  if (!ph_known_find (look->known, &listener->key))
    g_hash_table_add (look->fresh, (gpointer) listener);
}

/* It is still there. What somebody has taken from the list stays out of it, though. */
static void
confirm (Look *look, const PhListener *listener)
{
  if (ph_known_find (look->known, &listener->key))
    g_ptr_array_add (look->seen, ph_listener_ref (listener));
}

/* It is named as well as can be: told, if nobody knows it. */
static void
judge (Look *look, PhWatchCase *c, gboolean silent)
{
  PhListener *listener = c->listener;
  gboolean tell = !silent && !is_known (look, &listener->key) && !ph_known_is_muted (look->known, &listener->key);

  c->waits = FALSE;
  learn (look, listener);
  if (tell)
    g_ptr_array_add (listener->away ? look->watch->away : look->news, ph_listener_ref (listener));
}

static gboolean
has_program (const PhListener *listener)
{
  return listener->key.owner.kind == PH_LISTENER_OWNER_PROGRAM;
}

static void
wait_on (Look *look, PhWatchCase *c)
{
  if (has_program (c->listener) || c->patience == 0)
    judge (look, c, c->silent);
  else
    c->patience--;
}

/* Of several programs that hold the socket one that is known speaks for all: which comes first may change. */
static PhListener *
describe (Look *look, const PhSocket *socket)
{
  PhListener *listener = ph_listener_new (socket, look->settings->services);
  PhListenerKey key = listener->key;

  if (socket->owner.n_owners < 2 || !has_program (listener) || is_known (look, &key))
    return listener;
  for (guint n = 0; ph_listener_owner_nth (socket, n, look->buffer, &key.owner); n++)
    if (key.owner.kind == PH_LISTENER_OWNER_PROGRAM && is_known (look, &key))
      {
        g_free ((char *) listener->key.owner.name);
        listener->key.owner.name = g_strdup (key.owner.name);
        break;
      }
  return listener;
}

static void
judge_gone (Look *look, PhWatchCase *c)
{
  if (!c->waits)
    return;
  c->listener->gone = TRUE;
  judge (look, c, c->silent);
}

/* --- a socket that is there --- */

static void
open_case (Look *look, const PhSocket *socket, gboolean ephemeral)
{
  guint64 bit = BIT (socket->head.request);
  PhWatchCase *c = g_new0 (PhWatchCase, 1);

  c->socket = socket->key;
  c->request = socket->head.request;
  c->number = look->watch->n_cases++;
  c->look = look->watch->look;
  c->waits = TRUE;
  c->patience = PH_WATCH_PATIENCE;
  c->silent = ((ephemeral ? look->first_ephemeral : look->first) & bit) != 0;
  c->ephemeral = ephemeral != FALSE;
  c->listener = describe (look, socket);
  c->listener->away = ((ephemeral ? look->away_ephemeral : look->away) & bit) != 0;
  g_hash_table_replace (look->watch->cases, c, c);
  wait_on (look, c);
}

/* What was judged rests, but for its program: that may come to be known, or be another one that was given the socket.
 * The first is no news, the second is. */
static void
reopen (Look *look, PhWatchCase *c, PhListener *listener)
{
  gboolean was_known = has_program (c->listener);

  if (!has_program (listener))
    {
      confirm (look, c->listener);
      ph_listener_unref (listener);
      return;
    }
  ph_listener_unref (c->listener);
  c->listener = listener;
  judge (look, c, !was_known);
}

static void
look_again (Look *look, PhWatchCase *c, const PhSocket *socket)
{
  PhListener *listener;

  c->look = look->watch->look;
  if (!c->waits && ph_listener_key_covers (&c->listener->key, socket))
    {
      confirm (look, c->listener);
      return;
    }
  listener = describe (look, socket);
  if (!c->waits)
    {
      reopen (look, c, listener);
      return;
    }
  if (listener->key.owner.kind < c->listener->key.owner.kind)
    ph_listener_unref (listener); /* it was known better before */
  else
    {
      listener->away = c->listener->away;
      ph_listener_unref (c->listener);
      c->listener = listener;
    }
  wait_on (look, c);
}

static gboolean
is_ephemeral (const Look *look, guint8 protocol, guint16 port)
{
  return (protocol == PH_PROTOCOL_UDP || protocol == PH_PROTOCOL_UDPLITE)
         && ph_port_range_has (look->settings->ephemeral, port);
}

static void
take_socket (Look *look, const PhSocket *socket)
{
  gboolean ephemeral = is_ephemeral (look, (guint8) socket->key.protocol, socket->local_port);
  PhWatchCase *c;

  if (ephemeral && !look->settings->ephemeral_udp)
    return;
  c = g_hash_table_lookup (look->watch->cases, &socket->key);
  if (c && c->look == look->watch->look)
    return; /* twice in a dump that was interrupted */
  if (c && !ph_listener_key_is_at (&c->listener->key, socket))
    {
      judge_gone (look, c); /* bound anew elsewhere: the socket is the same, the listener is not */
      c = NULL;
    }
  if (c)
    look_again (look, c, socket);
  else
    open_case (look, socket, ephemeral);
}

/* --- those that are not there any more --- */

/* All there is of this kind is in the snapshot. */
static gboolean
is_whole (const Look *look, PhRequestName request)
{
  PhLook how = ph_snapshot_look (look->snapshot, request)->look;

  return how == PH_LOOK_GOOD || how == PH_LOOK_UNSUPPORTED;
}

static void
sweep_case (Look *look, PhWatchCase *c)
{
  if (!look->settings->ephemeral_udp && is_ephemeral (look, c->listener->key.protocol, c->listener->key.port))
    g_hash_table_remove (look->watch->cases, c); /* left out from now on: the setting or the range has changed */
  else if (is_whole (look, c->request))
    {
      judge_gone (look, c);
      g_hash_table_remove (look->watch->cases, c);
    }
  else if (c->waits)
    wait_on (look, c); /* it may be there or not: it was, and is to be told */
}

/* Their order also decides who speaks for a key that several have. */
static void
sweep (Look *look)
{
  g_autoptr (GPtrArray) missing = ph_watch_cases_missing (look->watch->cases, look->watch->look);

  for (guint i = 0; i < missing->len; i++)
    sweep_case (look, g_ptr_array_index (missing, i));
}

/* --- the first looks --- */

static void
begin_requests (Look *look)
{
  PhWatch *watch = look->watch;
  guint64 learned = ph_known_learned (look->known);
  guint64 learned_ephemeral = ph_known_learned_ephemeral (look->known);

  if (!look->settings->ephemeral_udp)
    {
      watch->looked_ephemeral = 0;
      learned_ephemeral = 0;
    }
  look->first = ~learned & ~watch->looked;
  look->away = learned & ~watch->looked;
  look->first_ephemeral = ~learned_ephemeral & ~watch->looked_ephemeral;
  look->away_ephemeral = learned_ephemeral & ~watch->looked_ephemeral;
}

/* What was there at the first whole look is learned when all of it is named. */
static PhKnown *
end_requests (Look *look, const PhKnown *known)
{
  PhWatch *watch = look->watch;
  guint64 waiting = 0, waiting_ephemeral = 0;
  GHashTableIter iter;
  gpointer value;

  for (guint request = PH_REQUEST_TCP4; request <= PH_REQUEST_LAST_SOCKETS; request++)
    if ((PH_WATCH_REQUESTS & BIT (request)) && is_whole (look, request))
      {
        watch->looked |= BIT (request);
        if (look->settings->ephemeral_udp && (UDP_REQUESTS & BIT (request)))
          watch->looked_ephemeral |= BIT (request);
      }
  g_hash_table_iter_init (&iter, watch->cases);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const PhWatchCase *c = value;

      if (c->waits && c->silent)
        *(c->ephemeral ? &waiting_ephemeral : &waiting) |= BIT (c->request);
    }
  return ph_known_set_learned (known, ph_known_learned (known) | (watch->looked & ~waiting),
                               look->settings->ephemeral_udp
                                   ? ph_known_learned_ephemeral (known) | (watch->looked_ephemeral & ~waiting_ephemeral)
                                   : 0);
}

/* What came while nobody watched is told in one go. */
static void
release_away (Look *look)
{
  PhWatch *watch = look->watch;
  GHashTableIter iter;
  gpointer value;

  if (watch->away->len == 0)
    return;
  g_hash_table_iter_init (&iter, watch->cases);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const PhWatchCase *c = value;

      if (c->waits && c->listener->away)
        return;
    }
  g_ptr_array_extend_and_steal (look->news, watch->away);
  watch->away = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_listener_unref);
}

/* --- the look --- */

static PhKnown *
conclude (Look *look, gint64 now)
{
  PhWatch *watch = look->watch;
  g_autoptr (PhKnown) seen = ph_known_learn (look->known, look->seen, now);
  g_autoptr (PhKnown) learned = end_requests (look, seen);

  if (look->settings->forget_days == 0 || (now >= watch->swept && now - watch->swept < SWEEP_S))
    return g_steal_pointer (&learned);
  watch->swept = now;
  return ph_known_forget (learned, now - (gint64) look->settings->forget_days * DAY_S);
}

void
ph_watch_look (PhWatch *watch,
               const PhKnown *known,
               const PhSnapshot *snapshot,
               const PhWatchSettings *settings,
               gint64 now,
               PhWatchResult *result)
{
  Look look = { .watch = watch, .known = known, .snapshot = snapshot, .settings = settings };

  look.news = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_listener_unref);
  look.seen = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_listener_unref);
  look.fresh = g_hash_table_new (ph_listener_key_hash, ph_listener_key_equal);
  look.buffer = g_string_new (NULL);
  watch->look++;

  begin_requests (&look);
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);

      if (ph_listener_is_watched (socket))
        take_socket (&look, socket);
    }
  sweep (&look);
  release_away (&look);
  result->known = conclude (&look, now);
  result->news = look.news;

  g_hash_table_unref (look.fresh);
  g_ptr_array_unref (look.seen);
  g_string_free (look.buffer, TRUE);
}

void
ph_watch_result_clear (PhWatchResult *result)
{
  g_clear_pointer (&result->news, g_ptr_array_unref);
  g_clear_pointer (&result->known, ph_known_unref);
}
