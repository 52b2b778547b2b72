/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * PhNames gives out each wanted address once; here it is turned into a look-up, and the answer, also "it has none", is
 * told back. An IPv4-mapped address is looked up as the IPv4 address it is, together with that one where both are
 * under way. The unspecified address has no name and is never asked for.
 *
 * A look-up that has begun goes on when the resolver is disabled: PhNames would not give its address out again.
 */
#include "ph-resolver.h"

#include <string.h>

#define MAX_LOOKUPS 16
#define QUIET_US    (G_USEC_PER_SEC / 2) /* between two "resolved" */

struct _PhResolver
{
  GObject parent_instance;

  PhNames *names;
  GResolver *resolver;
  GCancellable *cancellable;
  gboolean enabled;

  GHashTable *lookups; /* set of Lookup, by what is looked up */
  guint generation;    /* of the names, when last told */
  gint64 told;         /* when */
  guint tell_id;
};

/* One question to the resolver. Belongs to "lookups", and to its callback if the resolver is gone by then. */
typedef struct
{
  PhAddress address;  /* without scope, never mapped */
  GArray *answers_to; /* PhAddress: as they were wanted */
  PhResolver *self;   /* borrowed; NULL once it is gone */
} Lookup;

enum
{
  RESOLVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PhResolver, ph_resolver, G_TYPE_OBJECT)

static guint
lookup_hash (gconstpointer key)
{
  const Lookup *lookup = key;
  guint32 words[4];

  memcpy (words, lookup->address.bytes, sizeof words);
  return words[0] ^ words[1] * 31 ^ words[2] * 961 ^ words[3] * 29791;
}

static gboolean
lookup_equal (gconstpointer a, gconstpointer b)
{
  return ph_address_compare (&((const Lookup *) a)->address, &((const Lookup *) b)->address) == 0;
}

static void
lookup_free (Lookup *lookup)
{
  g_array_unref (lookup->answers_to);
  g_free (lookup);
}

static gboolean
tell (gpointer user_data)
{
  PhResolver *self = user_data;

  self->tell_id = 0;
  self->told = g_get_monotonic_time ();
  self->generation = ph_names_generation (self->names);
  g_signal_emit (self, signals[RESOLVED], 0);
  return G_SOURCE_REMOVE;
}

/* Names come in one by one; redrawing for each would cost more than looking them up. */
static void
tell_soon (PhResolver *self)
{
  if (self->tell_id != 0 || ph_names_generation (self->names) == self->generation)
    return;

  gint64 wait = CLAMP (self->told + QUIET_US - g_get_monotonic_time (), 0, QUIET_US);
  self->tell_id = g_timeout_add ((wait + 999) / 1000, tell, self);
}

static void
looked_up (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Lookup *lookup = user_data;
  PhResolver *self = lookup->self;
  g_autofree char *host = g_resolver_lookup_by_address_finish (G_RESOLVER (object), result, NULL);

  if (self != NULL)
    {
      g_hash_table_remove (self->lookups, lookup);
      for (guint i = 0; i < lookup->answers_to->len; i++)
        ph_names_set_host (self->names, &g_array_index (lookup->answers_to, PhAddress, i), host);
      tell_soon (self);
      ph_resolver_kick (self);
    }
  lookup_free (lookup);
}

/* The address to look up for @wanted. A scope says where an address lies, not what its name is. */
static void
plain_address (const PhAddress *wanted, PhAddress *address)
{
  if (ph_address_is_mapped (wanted))
    ph_address_set (address, PH_FAMILY_IPV4, wanted->bytes + 12);
  else
    ph_address_set (address, wanted->family, wanted->bytes);
}

static void
look_up (PhResolver *self, const PhAddress *wanted)
{
  Lookup key;
  char host[256];

  if (wanted->family == PH_FAMILY_NONE || ph_address_is_any (wanted))
    {
      ph_names_set_host (self->names, wanted, NULL);
      return;
    }

  plain_address (wanted, &key.address);
  Lookup *lookup = g_hash_table_lookup (self->lookups, &key);
  if (lookup != NULL)
    {
      g_array_append_vals (lookup->answers_to, wanted, 1);
      return;
    }
  if (ph_address_is_mapped (wanted) && ph_names_host (self->names, &key.address, FALSE, host, sizeof host))
    {
      ph_names_set_host (self->names, wanted, host);
      tell_soon (self);
      return;
    }

  lookup = g_new0 (Lookup, 1);
  lookup->self = self;
  lookup->address = key.address;
  lookup->answers_to = g_array_new (FALSE, FALSE, sizeof (PhAddress));
  g_array_append_vals (lookup->answers_to, wanted, 1);
  g_hash_table_add (self->lookups, lookup);

  GSocketFamily family = key.address.family == PH_FAMILY_IPV4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6;
  g_autoptr (GInetAddress) address = g_inet_address_new_from_bytes (key.address.bytes, family);
  g_resolver_lookup_by_address_async (self->resolver, address, self->cancellable, looked_up, lookup);
}

static void
ph_resolver_dispose (GObject *object)
{
  PhResolver *self = PH_RESOLVER (object);
  GHashTableIter iter;
  gpointer lookup;

  g_clear_handle_id (&self->tell_id, g_source_remove);
  g_hash_table_iter_init (&iter, self->lookups);
  while (g_hash_table_iter_next (&iter, &lookup, NULL))
    ((Lookup *) lookup)->self = NULL;
  g_hash_table_remove_all (self->lookups);
  g_cancellable_cancel (self->cancellable);
  self->enabled = FALSE;

  G_OBJECT_CLASS (ph_resolver_parent_class)->dispose (object);
}

static void
ph_resolver_finalize (GObject *object)
{
  PhResolver *self = PH_RESOLVER (object);

  g_hash_table_unref (self->lookups);
  g_object_unref (self->cancellable);
  g_object_unref (self->resolver);
  ph_names_unref (self->names);

  G_OBJECT_CLASS (ph_resolver_parent_class)->finalize (object);
}

static void
ph_resolver_class_init (PhResolverClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = ph_resolver_dispose;
  object_class->finalize = ph_resolver_finalize;

  signals[RESOLVED]
      = g_signal_new ("resolved", PH_TYPE_RESOLVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ph_resolver_init (PhResolver *self)
{
  self->cancellable = g_cancellable_new ();
  self->lookups = g_hash_table_new (lookup_hash, lookup_equal);
  self->told = -QUIET_US;
  self->enabled = TRUE;
}

PhResolver *
ph_resolver_new (PhNames *names, GResolver *resolver)
{
  g_return_val_if_fail (names != NULL, NULL);
  g_return_val_if_fail (resolver == NULL || G_IS_RESOLVER (resolver), NULL);

  PhResolver *self = g_object_new (PH_TYPE_RESOLVER, NULL);
  self->names = ph_names_ref (names);
  self->generation = ph_names_generation (names);
  self->resolver = resolver != NULL ? g_object_ref (resolver) : g_resolver_get_default ();
  return self;
}

void
ph_resolver_kick (PhResolver *self)
{
  PhAddress wanted[MAX_LOOKUPS];
  guint n, n_free;

  g_return_if_fail (PH_IS_RESOLVER (self));

  while (self->enabled && (n_free = MAX_LOOKUPS - g_hash_table_size (self->lookups)) > 0
         && (n = ph_names_wanted (self->names, wanted, n_free)) > 0)
    {
      for (guint i = 0; i < n; i++)
        look_up (self, &wanted[i]);
    }
}

void
ph_resolver_set_enabled (PhResolver *self, gboolean enabled)
{
  g_return_if_fail (PH_IS_RESOLVER (self));

  self->enabled = !!enabled;
  ph_resolver_kick (self);
}
