/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A cgroup path is read from its root: slices only sort, the first component below them is the unit. What lies deeper
 * is made by the unit itself (delegation) and may carry any name, so it is not believed. The one exception is the
 * user's own manager, user@UID.service: below it the same game begins anew; and below the service of an engine only
 * containers count.
 *
 * Engines of containers show as a prefix of a scope (systemd's cgroup driver) or as a folder (cgroupfs driver), always
 * with the 64 hex digits of the container's id, of which people know the first twelve.
 */
#include "ph-unit.h"

#include <string.h>

#include "ph-text.h"

#define SHORT_ID       12
#define LONG_ID        64
#define UUID           36
#define PATH_MAX_BYTES 4096

typedef struct
{
  PhUnit unit;
  gatomicrefcount refs;
  char text[]; /* name, then path */
} Unit;

/* A part of the path, not terminated. */
typedef struct
{
  const char *start;
  gsize length;
} Span;

static const struct
{
  const char *prefix;
  const char *engine;
} engines[] = {
  { "docker-", "docker" },   { "libpod-", "podman" }, { "crio-", "cri-o" }, { "cri-containerd-", "containerd" },
  { "nerdctl-", "nerdctl" }, { "cri-o-", "cri-o" },
};

static const struct
{
  const char *folder;
  const char *engine;
} folders[] = {
  { "docker", "docker" },
  { "libpod_parent", "podman" },
  { "kubepods", "kubernetes" },
  { "kubepods.slice", "kubernetes" },
};

static gboolean
span_is (Span s, const char *text)
{
  return strlen (text) == s.length && memcmp (s.start, text, s.length) == 0;
}

static gboolean
take_prefix (Span *s, const char *prefix)
{
  gsize n = strlen (prefix);

  if (s->length < n || memcmp (s->start, prefix, n) != 0)
    return FALSE;
  s->start += n;
  s->length -= n;
  return TRUE;
}

static gboolean
take_suffix (Span *s, const char *suffix)
{
  gsize n = strlen (suffix);

  if (s->length <= n || memcmp (s->start + s->length - n, suffix, n) != 0)
    return FALSE;
  s->length -= n;
  return TRUE;
}

static gboolean
span_ends_with (Span s, const char *suffix)
{
  return take_suffix (&s, suffix);
}

/* Cuts at the last @c: TRUE where there is one with something on both sides. @tail gets what follows it. */
static gboolean
cut_at_last (Span *s, char c, Span *tail)
{
  const char *at = s->length > 0 ? memrchr (s->start, c, s->length) : NULL;

  if (!at || at == s->start || at + 1 == s->start + s->length)
    return FALSE;
  tail->start = at + 1;
  tail->length = (gsize) (s->start + s->length - tail->start);
  s->length = (gsize) (at - s->start);
  return TRUE;
}

static gboolean
is_hex (Span s, gsize at_least)
{
  if (s.length < at_least || s.length > LONG_ID)
    return FALSE;
  for (gsize i = 0; i < s.length; i++)
    if (!g_ascii_isxdigit (s.start[i]) || g_ascii_isupper (s.start[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_digits (Span s)
{
  for (gsize i = 0; i < s.length; i++)
    if (!g_ascii_isdigit (s.start[i]))
      return FALSE;
  return s.length > 0;
}

/* The next component, past any "." and "..", which a cgroup namespace puts in front of what lies outside of it. */
static gboolean
next_component (Span *rest, Span *component)
{
  while (rest->length > 0)
    {
      const char *slash = memchr (rest->start, '/', rest->length);
      gsize n = slash ? (gsize) (slash - rest->start) : rest->length;

      component->start = rest->start;
      component->length = n;
      rest->start += n + (slash ? 1 : 0);
      rest->length -= n + (slash ? 1 : 0);
      if (n == 0 || span_is (*component, ".") || span_is (*component, ".."))
        continue;
      /* systemd puts a "_" before names that would clash with the kernel's own files. */
      if (n > 1 && component->start[0] == '_')
        {
          component->start++;
          component->length--;
        }
      return TRUE;
    }
  return FALSE;
}

/* Undoes systemd-escape(1)'s \xNN, then makes the result fit to show: what was escaped may be anything. */
static void
append_unescaped (GString *name, Span s)
{
  g_autoptr (GString) raw = g_string_sized_new (s.length);

  for (gsize i = 0; i < s.length; i++)
    {
      if (i + 3 < s.length && s.start[i] == '\\' && s.start[i + 1] == 'x' && g_ascii_isxdigit (s.start[i + 2])
          && g_ascii_isxdigit (s.start[i + 3]))
        {
          g_string_append_c (
              raw, (char) (g_ascii_xdigit_value (s.start[i + 2]) * 16 + g_ascii_xdigit_value (s.start[i + 3])));
          i += 3;
        }
      else
        g_string_append_c (raw, s.start[i]);
    }
  ph_text_sanitize (raw->str, raw->len, name);
}

static void
append_container (GString *name, const char *engine, Span id)
{
  g_string_append_printf (name, "%s ", engine);
  g_string_append_len (name, id.start, SHORT_ID);
}

/* docker-ID.scope, libpod-ID, kubepods-…-podUID.slice:cri-containerd:ID and the like. */
static gboolean
read_container (Span unit, GString *name)
{
  Span id;

  take_suffix (&unit, ".scope");
  for (gsize i = 0; i < G_N_ELEMENTS (engines); i++)
    {
      id = unit;
      if (take_prefix (&id, engines[i].prefix) && is_hex (id, SHORT_ID))
        {
          append_container (name, engines[i].engine, id);
          return TRUE;
        }
    }
  if (cut_at_last (&unit, ':', &id) && is_hex (id, SHORT_ID))
    {
      append_container (name, span_ends_with (unit, ":docker") ? "docker" : "containerd", id);
      return TRUE;
    }
  return FALSE;
}

/* machine-NAME.scope of systemd-machined (virtual machines too), systemd-nspawn@NAME.service, lxc.payload.NAME. */
static gboolean
read_machine (Span unit, GString *name)
{
  Span s = unit;
  const char *engine;

  if (take_prefix (&s, "lxc.payload."))
    engine = "lxc";
  else if (take_prefix (&s, "systemd-nspawn@") && take_suffix (&s, ".service"))
    engine = "nspawn";
  else if (s = unit, take_prefix (&s, "machine-") && take_suffix (&s, ".scope"))
    engine = "machine";
  else
    return FALSE;
  if (s.length == 0)
    return FALSE;
  g_string_append_printf (name, "%s ", engine);
  append_unescaped (name, s);
  return TRUE;
}

/* What follows "app-" without its ending: [LAUNCHER-]ID, where a "-" inside is written \x2d.
 * https://systemd.io/DESKTOP_ENVIRONMENTS/ */
static void
append_application (GString *name, Span s)
{
  const char *dash = memchr (s.start, '-', s.length);

  if (dash && dash + 1 < s.start + s.length)
    {
      s.length -= (gsize) (dash + 1 - s.start);
      s.start = dash + 1;
    }
  append_unescaped (name, s);
}

static PhUnitKind
read_scope (Span unit, GString *name)
{
  Span whole = unit, s, number;

  take_suffix (&whole, ".scope");
  s = whole;
  if (take_prefix (&s, "session-"))
    {
      ph_text_sanitize (unit.start, unit.length, name);
      return PH_UNIT_SESSION;
    }
  s = whole;
  if ((take_prefix (&s, "app-flatpak-") || take_prefix (&s, "flatpak-")) && cut_at_last (&s, '-', &number)
      && is_digits (number))
    {
      append_unescaped (name, s);
      return PH_UNIT_FLATPAK;
    }
  s = whole;
  if (take_prefix (&s, "app-") && cut_at_last (&s, '-', &number))
    {
      append_application (name, s);
      return PH_UNIT_APP;
    }
  s = whole; /* snap.NAME.PROGRAM-UUID.scope */
  if (take_prefix (&s, "snap.") && s.length > 1 + UUID && s.start[s.length - UUID - 1] == '-')
    {
      s.length -= 1 + UUID;
      append_unescaped (name, s);
      return PH_UNIT_APP;
    }
  ph_text_sanitize (unit.start, unit.length, name);
  return PH_UNIT_SCOPE;
}

static PhUnitKind
read_service (Span unit, GString *name)
{
  Span s = unit, instance;

  take_suffix (&s, ".service");
  if (take_prefix (&s, "app-"))
    {
      cut_at_last (&s, '@', &instance);
      append_application (name, s);
      return PH_UNIT_APP;
    }
  /* dbus-:1.2-org.example.App@0.service: started by the session bus for its name. */
  if (take_prefix (&s, "dbus-:") && cut_at_last (&s, '@', &instance))
    {
      append_application (name, s);
      return PH_UNIT_APP;
    }
  ph_text_sanitize (unit.start, unit.length, name);
  return PH_UNIT_SERVICE;
}

/* A scope without a telling name inside the slice of an app, as terminals make one for each tab. */
static PhUnitKind
read_slice_of_app (Span slice, GString *name)
{
  take_prefix (&slice, "app-");
  take_suffix (&slice, ".slice");
  append_unescaped (name, slice);
  return PH_UNIT_APP;
}

/* The services that put containers below themselves. */
static gboolean
is_engine (Span service)
{
  return span_is (service, "containerd.service") || span_is (service, "docker.service")
         || span_is (service, "crio.service") || span_is (service, "podman.service");
}

static PhUnitKind
read_path (Span path, GString *name)
{
  Span rest = path, component, last = { NULL, 0 }, app_slice = { NULL, 0 }, manager = { NULL, 0 };
  Span engine = { NULL, 0 };
  const char *folder_engine = NULL;

  while (next_component (&rest, &component))
    {
      last = component;
      if (read_container (component, name) || read_machine (component, name))
        return PH_UNIT_CONTAINER;
      if (is_hex (component, LONG_ID))
        {
          append_container (name, folder_engine ? folder_engine : "container", component);
          return PH_UNIT_CONTAINER;
        }
      for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
        if (span_is (component, folders[i].folder))
          folder_engine = folders[i].engine;

      if (span_ends_with (component, ".slice"))
        {
          Span s = component;

          if (take_prefix (&s, "app-"))
            app_slice = component;
        }
      else if (engine.start)
        continue;
      else if (span_ends_with (component, ".service"))
        {
          Span s = component;

          if (!manager.start && take_prefix (&s, "user@") && take_suffix (&s, ".service") && is_digits (s))
            {
              manager = component;
              continue;
            }
          if (!is_engine (component))
            return read_service (component, name);
          engine = component;
        }
      else if (span_ends_with (component, ".scope"))
        {
          PhUnitKind kind;

          if (manager.start && span_is (component, "init.scope"))
            return read_service (manager, name); /* the manager itself */
          kind = read_scope (component, name);
          if (kind == PH_UNIT_SCOPE && app_slice.start)
            {
              g_string_truncate (name, 0);
              return read_slice_of_app (app_slice, name);
            }
          return kind;
        }
      else if (folder_engine == NULL && span_is (component, "lxc") && next_component (&rest, &component))
        {
          g_string_append (name, "lxc ");
          append_unescaped (name, component);
          return PH_UNIT_CONTAINER;
        }
    }

  if (engine.start)
    return read_service (engine, name);
  if (last.start == manager.start && manager.start)
    return read_service (manager, name);
  if (take_prefix (&last, "openrc."))
    {
      ph_text_sanitize (last.start, last.length, name);
      return PH_UNIT_SERVICE;
    }
  ph_text_sanitize (last.start, last.length, name);
  return PH_UNIT_OTHER;
}

PhUnit *
ph_unit_parse (const char *path, gsize length)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GString) shown = g_string_new (NULL);
  Span whole = { path, MIN (length, PATH_MAX_BYTES) };
  PhUnitKind kind;
  Unit *unit;

  take_suffix (&whole, " (deleted)"); /* what the kernel adds for a cgroup that was removed */
  kind = read_path (whole, name);
  if (name->len == 0)
    return NULL;
  ph_text_sanitize (whole.start, whole.length, shown);

  unit = g_malloc (sizeof *unit + name->len + 1 + shown->len + 1);
  g_atomic_ref_count_init (&unit->refs);
  memcpy (unit->text, name->str, name->len + 1);
  memcpy (unit->text + name->len + 1, shown->str, shown->len + 1);
  unit->unit.kind = kind;
  unit->unit.name = unit->text;
  unit->unit.path = unit->text + name->len + 1;
  return &unit->unit;
}

PhUnit *
ph_unit_parse_proc (const char *text, gsize length)
{
  /* By rank: the unified hierarchy, systemd's own in the hybrid layout, another manager's. */
  Span found[3] = { { NULL, 0 } };

  while (length > 0)
    {
      const char *newline = memchr (text, '\n', length);
      gsize n = newline ? (gsize) (newline - text) : length;
      const char *first = memchr (text, ':', n);
      const char *second = first ? memchr (first + 1, ':', n - (gsize) (first + 1 - text)) : NULL;

      if (second)
        {
          Span controllers = { first + 1, (gsize) (second - first - 1) };
          Span path = { second + 1, n - (gsize) (second + 1 - text) };
          gboolean unified = controllers.length == 0 && first == text + 1 && *text == '0';
          guint rank = unified ? 0 : span_is (controllers, "name=systemd") ? 1 : 2;

          if ((rank < 2 || take_prefix (&controllers, "name=")) && !found[rank].start)
            found[rank] = path;
        }
      text += n + (newline ? 1 : 0);
      length -= n + (newline ? 1 : 0);
    }

  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    if (found[i].start)
      {
        PhUnit *unit = ph_unit_parse (found[i].start, found[i].length);

        if (unit)
          return unit;
      }
  return NULL;
}

PhUnit *
ph_unit_ref (const PhUnit *unit)
{
  Unit *self = (Unit *) unit;

  g_atomic_ref_count_inc (&self->refs);
  return &self->unit;
}

void
ph_unit_unref (PhUnit *unit)
{
  Unit *self = (Unit *) unit;

  if (self && g_atomic_ref_count_dec (&self->refs))
    g_free (self);
}
