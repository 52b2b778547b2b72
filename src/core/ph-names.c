/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cache behind ph-names.h. Every address it knows has one entry, which is wanted, asked or answered; the oldest
 * goes when there are too many. Reading takes the shared side of the lock, so that a window and a filter do not wait
 * for each other; only a name that is missed for the first time needs the other side.
 */
#include "ph-names.h"

#include <string.h>

#include "ph-error.h"
#include "ph-services.h"
#include "ph-text.h"

#define HOST_MAX_BYTES 255 /* RFC 1035: a name has at most 253 */

typedef struct
{
  PhAddress address;
  char *name; /* NULL: none, or no answer yet */
  GList age;  /* in PhNames.ages, oldest first */
  GList wish; /* in PhNames.wanted while it is wanted */
  gboolean wanted;
} Host;

struct _PhNames
{
  gatomicrefcount refs;
  GRWLock lock;
  PhServices *services; /* NULL until they are set */
  GString *incoming;    /* the text of the next ones, while it comes in; the sink's own */
  GHashTable *hosts;    /* Host.address → Host, owned */
  GQueue ages;
  GQueue wanted;
  guint max_hosts;
  guint generation; /* atomic */
};

static guint
address_hash (gconstpointer key)
{
  const PhAddress *address = key;
  guint64 high, low;

  memcpy (&high, address->bytes, sizeof high);
  memcpy (&low, address->bytes + 8, sizeof low);
  high = (high ^ low * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  return (guint) (high >> 32) ^ address->scope ^ address->family;
}

static gboolean
address_equal (gconstpointer a, gconstpointer b)
{
  return ph_address_compare (a, b) == 0;
}

static void
host_free (gpointer data)
{
  Host *host = data;

  g_free (host->name);
  g_free (host);
}

PhNames *
ph_names_new (guint max_hosts)
{
  PhNames *names = g_new0 (PhNames, 1);

  g_atomic_ref_count_init (&names->refs);
  g_rw_lock_init (&names->lock);
  names->hosts = g_hash_table_new_full (address_hash, address_equal, NULL, host_free);
  g_queue_init (&names->ages);
  g_queue_init (&names->wanted);
  names->max_hosts = MAX (max_hosts, 1);
  names->incoming = g_string_new (NULL);
  return names;
}

PhNames *
ph_names_ref (PhNames *names)
{
  g_atomic_ref_count_inc (&names->refs);
  return names;
}

void
ph_names_unref (PhNames *names)
{
  if (!names || !g_atomic_ref_count_dec (&names->refs))
    return;
  ph_services_free (names->services);
  g_string_free (names->incoming, TRUE);
  g_hash_table_unref (names->hosts); /* the queues' links are inside */
  g_rw_lock_clear (&names->lock);
  g_free (names);
}

/* Copies what fits, without cutting a character. */
static void
copy_name (char *name, gsize size, const char *from)
{
  gsize length = strlen (from);

  if (size == 0)
    return;
  if (length >= size)
    for (length = size - 1; length > 0 && ((guint8) from[length] & 0xc0) == 0x80;)
      length--;
  memcpy (name, from, length);
  name[length] = '\0';
}

/* --- services --- */

void
ph_names_set_services (PhNames *names, const char *text, gsize length)
{
  PhServices *services = ph_services_parse (text, length);
  PhServices *old;

  g_rw_lock_writer_lock (&names->lock);
  old = names->services;
  names->services = services;
  g_rw_lock_writer_unlock (&names->lock);
  ph_services_free (old);
}

void
ph_names_services_sink (void *user, PhFrameKind kind, const void *bytes, size_t length)
{
  PhNames *names = user;
  PhFrameEnd end = { .code = PH_ERROR_MALFORMED };

  if (kind == PH_FRAME_BEGIN || kind == PH_FRAME_RESTART)
    g_string_truncate (names->incoming, 0);
  else if (kind == PH_FRAME_TEXT)
    g_string_append_len (names->incoming, bytes, (gssize) length);
  else if (kind == PH_FRAME_END)
    {
      if (length == sizeof end)
        memcpy (&end, bytes, sizeof end);
      if (end.code == PH_ERROR_NONE)
        ph_names_set_services (names, names->incoming->str, names->incoming->len);
      g_string_truncate (names->incoming, 0);
    }
}

gboolean
ph_names_service (PhNames *names, const char *protocol, guint16 port, char *name, gsize size)
{
  const char *found;

  g_rw_lock_reader_lock (&names->lock);
  found = names->services ? ph_services_find (names->services, protocol, port) : NULL;
  if (found)
    copy_name (name, size, found);
  g_rw_lock_reader_unlock (&names->lock);
  return found != NULL;
}

/* --- hosts; the writer's lock is held --- */

static void
forget_wish (PhNames *names, Host *host)
{
  if (host->wanted)
    g_queue_unlink (&names->wanted, &host->wish);
  host->wanted = FALSE;
}

static Host *
add_host (PhNames *names, const PhAddress *address)
{
  Host *host = g_new0 (Host, 1);

  while (names->ages.length >= names->max_hosts)
    {
      Host *oldest = names->ages.head->data;

      forget_wish (names, oldest);
      g_queue_unlink (&names->ages, &oldest->age);
      g_hash_table_remove (names->hosts, &oldest->address);
    }
  host->address = *address;
  host->age.data = host;
  host->wish.data = host;
  g_queue_push_tail_link (&names->ages, &host->age);
  g_hash_table_insert (names->hosts, &host->address, host);
  return host;
}

static void
want_host (PhNames *names, const PhAddress *address)
{
  Host *host;

  g_rw_lock_writer_lock (&names->lock);
  if (!g_hash_table_contains (names->hosts, address)) /* another thread may have been faster */
    {
      host = add_host (names, address);
      host->wanted = TRUE;
      g_queue_push_tail_link (&names->wanted, &host->wish);
    }
  g_rw_lock_writer_unlock (&names->lock);
}

/* --- hosts --- */

gboolean
ph_names_host (PhNames *names, const PhAddress *address, gboolean want, char *name, gsize size)
{
  const Host *host;
  gboolean named;

  g_rw_lock_reader_lock (&names->lock);
  host = g_hash_table_lookup (names->hosts, address);
  named = host && host->name;
  if (named)
    copy_name (name, size, host->name);
  g_rw_lock_reader_unlock (&names->lock);

  if (!host && want && address->family != PH_FAMILY_NONE)
    want_host (names, address);
  return named;
}

guint
ph_names_wanted (PhNames *names, PhAddress *addresses, guint max)
{
  guint n = 0;

  g_rw_lock_writer_lock (&names->lock);
  while (n < max && names->wanted.length > 0)
    {
      Host *host = names->wanted.head->data;

      forget_wish (names, host);
      addresses[n++] = host->address;
    }
  g_rw_lock_writer_unlock (&names->lock);
  return n;
}

static char *
fit_host_name (const PhAddress *address, const char *host)
{
  char number[PH_ADDRESS_TEXT_MAX];
  GString *name;

  if (!host || *host == '\0')
    return NULL;
  ph_address_format (address, number);
  if (strcmp (host, number) == 0) /* a resolver that echoes the number knows no name */
    return NULL;
  name = g_string_new (NULL);
  ph_text_sanitize (host, strnlen (host, HOST_MAX_BYTES), name);
  return g_string_free (name, FALSE);
}

void
ph_names_set_host (PhNames *names, const PhAddress *address, const char *host)
{
  char *name = fit_host_name (address, host);
  Host *entry;

  g_rw_lock_writer_lock (&names->lock);
  entry = g_hash_table_lookup (names->hosts, address);
  if (!entry)
    entry = add_host (names, address);
  forget_wish (names, entry);
  g_free (entry->name);
  entry->name = name;
  g_rw_lock_writer_unlock (&names->lock);

  if (name)
    g_atomic_int_inc (&names->generation);
}

guint
ph_names_generation (PhNames *names)
{
  return (guint) g_atomic_int_get (&names->generation);
}
