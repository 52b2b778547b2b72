/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People know protocols, not requests: the IPv4 and IPv6 halves of one are told as one. */
#include "ph-look-words.h"

#include <errno.h>
#include <glib/gi18n.h>

static PhLook
look_of (const PhSnapshot *snapshot, guint request)
{
  return ph_snapshot_look (snapshot, request)->look;
}

/* Of those whose answers are the rows. */
#define FOR_EACH_REQUEST(request, words)                                                                               \
  for (guint request = 1; request < PH_N_REQUESTS; request++)                                                          \
    if (ph_table_words_requests (words) >> request & 1)

char *
ph_error_words (const PhError *error)
{
  if (error->errnum != 0)
    return g_strdup (g_strerror (error->errnum));
  switch (error->code)
    {
    case PH_ERROR_DENIED:
      return g_strdup (g_strerror (EPERM));
    case PH_ERROR_TRUNCATED:
      return g_strdup (_ ("the answer was cut short"));
    case PH_ERROR_MALFORMED:
      return g_strdup (_ ("the answer could not be understood"));
    case PH_ERROR_SENDER:
      return g_strdup (_ ("the answer did not come from the kernel"));
    case PH_ERROR_UNSUPPORTED:
      return g_strdup (_ ("this kernel does not report it"));
    case PH_ERROR_NONE:
    case PH_ERROR_SYSTEM:
    case PH_ERROR_KERNEL:
    default:
      return g_strdup (_ ("no reason was given"));
    }
}

/* "TCP, UDP, Unix": the kinds that have a request in @requests. */
static char *
kinds_in_words (const PhTableWords *words, guint64 requests)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < words->n_kinds; i++)
    if (words->kinds[i].requests & requests)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", _ (words->kinds[i].title));
  return g_string_free (text, FALSE);
}

/* "12 s", "3 min". */
static char *
ago_in_words (gint64 us)
{
  gint64 seconds = MAX (us, 0) / G_USEC_PER_SEC;

  if (seconds < 120)
    return g_strdup_printf (_ ("%u s"), (guint) seconds);
  return g_strdup_printf (_ ("%u min"), (guint) (seconds / 60));
}

static void
append_failure (GString *text,
                const PhSnapshot *snapshot,
                const PhTableWords *words,
                guint64 requests,
                const PhError *error,
                gint64 last_good)
{
  g_autofree char *kinds = kinds_in_words (words, requests);
  g_autofree char *reason = ph_error_words (error);

  if (text->len > 0)
    g_string_append_c (text, '\n');
  /* Translators: protocols, then the reason */
  g_string_append_printf (text, _ ("%s could not be read: %s."), kinds, reason);
  if (last_good > 0)
    {
      g_autofree char *ago = ago_in_words (ph_snapshot_time (snapshot) - last_good);

      g_string_append_c (text, ' ');
      /* Translators: a time, as "12 s" */
      g_string_append_printf (text, _ ("What you see is from %s ago."), ago);
    }
}

char *
ph_look_failures (const PhSnapshot *snapshot, const PhTableWords *words, const gint64 last_good[PH_N_REQUESTS])
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint64 told = 0;

  FOR_EACH_REQUEST (request, words)
  {
    const PhError *error = &ph_snapshot_look (snapshot, request)->error;
    guint64 requests = 0;
    gint64 oldest = G_MAXINT64;

    if (look_of (snapshot, request) != PH_LOOK_FAILED || (told & (G_GUINT64_CONSTANT (1) << request)))
      continue;
    /* One sentence for all that failed in the same way. */
    FOR_EACH_REQUEST (other, words)
    {
      const PhError *also = &ph_snapshot_look (snapshot, other)->error;

      if (look_of (snapshot, other) == PH_LOOK_FAILED && also->code == error->code && also->errnum == error->errnum)
        {
          requests |= G_GUINT64_CONSTANT (1) << other;
          oldest = MIN (oldest, last_good ? last_good[other] : 0);
        }
    }
    told |= requests;
    append_failure (text, snapshot, words, requests, error, oldest);
  }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static void
append_note (GString *text, const PhTableWords *words, guint64 requests, const char *message)
{
  g_autofree char *kinds = kinds_in_words (words, requests);

  if (requests != 0)
    g_string_append_printf (text, "%s%s %s.", text->len > 0 ? "\n" : "", message, kinds);
}

char *
ph_look_notes (const PhSnapshot *snapshot, const PhTableWords *words)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint64 unsupported = 0, partial = 0, malformed = 0;

  FOR_EACH_REQUEST (request, words)
  {
    const PhLookResult *result = ph_snapshot_look (snapshot, request);
    guint64 bit = G_GUINT64_CONSTANT (1) << request;

    if (result->look == PH_LOOK_UNSUPPORTED)
      unsupported |= bit;
    if (result->look == PH_LOOK_PARTIAL)
      partial |= bit;
    if (result->malformed > 0)
      malformed |= bit;
  }
  append_note (text, words, unsupported, _ ("This kernel does not report:"));
  append_note (text, words, partial, _ ("Changed while they were read, so that rows may be missing or twice:"));
  append_note (text, words, malformed, _ ("Some answers could not be understood and were left out:"));
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

gboolean
ph_look_any (const PhSnapshot *snapshot, const PhTableWords *words, PhLook look)
{
  FOR_EACH_REQUEST (request, words)
  {
    if (look_of (snapshot, request) == look)
      return TRUE;
  }
  return FALSE;
}

gboolean
ph_look_all_unsupported (const PhSnapshot *snapshot, const PhTableWords *words)
{
  gboolean any = FALSE;

  FOR_EACH_REQUEST (request, words)
  {
    PhLook look = look_of (snapshot, request);

    if (look != PH_LOOK_NOT_ASKED && look != PH_LOOK_UNSUPPORTED)
      return FALSE;
    any |= look == PH_LOOK_UNSUPPORTED;
  }
  return any;
}

gboolean
ph_look_all_denied (const PhSnapshot *snapshot, const PhTableWords *words)
{
  gboolean any = FALSE;

  FOR_EACH_REQUEST (request, words)
  {
    const PhLookResult *result = ph_snapshot_look (snapshot, request);
    const PhError *error = &result->error;
    gboolean denied = result->look == PH_LOOK_FAILED
                      && (error->code == PH_ERROR_DENIED || error->errnum == EPERM || error->errnum == EACCES);

    if (result->look == PH_LOOK_GOOD || result->look == PH_LOOK_PARTIAL || (result->look == PH_LOOK_FAILED && !denied))
      return FALSE;
    any |= denied;
  }
  return any;
}
