/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One piece of memory holds the process and its strings, so that a snapshot keeps one reference and nothing else. */
#include "ph-process.h"

#include <string.h>

#include "ph-text.h"

G_DEFINE_QUARK (ph_process_error_quark, ph_process_error)

typedef struct
{
  PhProcess process;
  gatomicrefcount refs;
  char text[]; /* comm, exe, cmdline */
} Process;

/* One argument; quoted as a shell would want it where it would otherwise read as several or as none. */
static void
append_argument (GString *text, const char *argument, gsize length)
{
  gboolean quote = length == 0;

  for (gsize i = 0; i < length && !quote; i++)
    quote = argument[i] == ' ' || argument[i] == '\'' || argument[i] == '"';
  if (!quote)
    {
      ph_text_sanitize (argument, length, text);
      return;
    }
  g_string_append_c (text, '\'');
  while (length > 0)
    {
      const char *mark = memchr (argument, '\'', length);
      gsize n = mark ? (gsize) (mark - argument) : length;

      ph_text_sanitize (argument, n, text);
      if (mark)
        g_string_append (text, "'\\''");
      argument += n + (mark ? 1 : 0);
      length -= n + (mark ? 1 : 0);
    }
  g_string_append_c (text, '\'');
}

static void
append_cmdline (GString *text, const char *bytes, gsize length)
{
  gboolean cut = length >= PH_CMDLINE_MAX;

  while (length > 0 && bytes[length - 1] == '\0')
    length--;
  /* A single argument with blanks is nearly always a title that the program gave itself: "nginx: worker process". */
  if (length > 0 && !memchr (bytes, '\0', length))
    ph_text_sanitize (bytes, length, text);
  else
    while (length > 0)
      {
        const char *end = memchr (bytes, '\0', length);
        gsize n = end ? (gsize) (end - bytes) : length;

        append_argument (text, bytes, n);
        bytes += n;
        length -= n;
        if (end)
          {
            g_string_append_c (text, ' ');
            bytes++;
            length--;
          }
      }
  if (cut)
    g_string_append (text, "…");
}

PhProcess *
ph_process_decode (const void *bytes, gsize length, GError **error)
{
  PhFrameProcess head;
  const char *strings;
  g_autoptr (GString) text = NULL;
  gsize exe_at, cmdline_at;
  Process *self;

  if (length < sizeof head)
    {
      g_set_error (error, PH_PROCESS_ERROR, PH_PROCESS_ERROR_MALFORMED, "process frame of %" G_GSIZE_FORMAT " bytes",
                   length);
      return NULL;
    }
  memcpy (&head, bytes, sizeof head);
  if ((guint64) head.comm_length + head.exe_length + head.cmdline_length + head.cgroup_length != length - sizeof head
      || head.pid <= 0)
    {
      g_set_error (error, PH_PROCESS_ERROR, PH_PROCESS_ERROR_MALFORMED, "process frame whose lengths do not add up");
      return NULL;
    }
  if (head.start_ticks == 0)
    return NULL;
  strings = (const char *) bytes + sizeof head;

  text = g_string_sized_new (length + 16);
  ph_text_sanitize (strings, head.comm_length, text);
  g_string_append_c (text, '\0');
  strings += head.comm_length;
  exe_at = text->len;
  ph_text_sanitize (strings, head.exe_length, text);
  g_string_append_c (text, '\0');
  strings += head.exe_length;
  cmdline_at = text->len;
  append_cmdline (text, strings, head.cmdline_length);
  strings += head.cmdline_length;

  self = g_malloc (sizeof *self + text->len + 1);
  g_atomic_ref_count_init (&self->refs);
  memcpy (self->text, text->str, text->len + 1);
  self->process = (PhProcess){
    .pid = head.pid,
    .ppid = head.ppid,
    .start_ticks = head.start_ticks,
    .net_ns = head.net_ns,
    .uid = head.uid,
    .comm = self->text,
    .exe = self->text + exe_at,
    .cmdline = self->text + cmdline_at,
    .unit = ph_unit_parse_proc (strings, head.cgroup_length),
  };
  return &self->process;
}

gboolean
ph_process_equal (const PhProcess *a, const PhProcess *b)
{
  return a->pid == b->pid && a->ppid == b->ppid && a->start_ticks == b->start_ticks && a->net_ns == b->net_ns
         && a->uid == b->uid && strcmp (a->comm, b->comm) == 0 && strcmp (a->exe, b->exe) == 0
         && strcmp (a->cmdline, b->cmdline) == 0
         && g_strcmp0 (a->unit ? a->unit->path : NULL, b->unit ? b->unit->path : NULL) == 0;
}

PhProcess *
ph_process_ref (const PhProcess *process)
{
  Process *self = (Process *) process;

  g_atomic_ref_count_inc (&self->refs);
  return &self->process;
}

void
ph_process_unref (PhProcess *process)
{
  Process *self = (Process *) process;

  if (self && g_atomic_ref_count_dec (&self->refs))
    {
      ph_unit_unref (self->process.unit);
      g_free (self);
    }
}
