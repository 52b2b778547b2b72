/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry of the log in one line, see ph-activity-words.h. The parts are those of the table's cells. */
#include "ph-activity-words.h"

#include "ph-activity-columns.h"
#include "ph-i18n.h"

typedef void (*Cell) (gconstpointer record, const PhStyle *style, GString *text);

static gboolean
append_cell (const PhActivity *entry, const PhStyle *style, GString *text, const char *before, Cell cell)
{
  const gsize start = text->len;
  gsize begun;

  g_string_append (text, before);
  begun = text->len;
  cell (entry, style, text);
  if (text->len > begun)
    return TRUE;
  g_string_truncate (text, start);
  return FALSE;
}

/* "192.0.2.1:443", "[::1]:22" */
static void
append_end (const PhAddress *address, guint16 port, GString *text)
{
  char number[PH_ADDRESS_TEXT_MAX];

  if (port != 0)
    {
      ph_address_print_end (address, port, text);
      return;
    }
  ph_address_format (address, number);
  g_string_append (text, number);
}

static void
append_ends (const PhActivity *entry, const PhStyle *style, GString *text)
{
  g_string_append_c (text, ' ');
  g_string_append (text, ph_protocol_label (entry->socket.protocol, entry->socket.family));
  g_string_append_c (text, ' ');
  append_end (&entry->local, entry->local_port, text);
  if (entry->remote_port != 0)
    {
      g_string_append (text, " – ");
      append_end (&entry->remote, entry->remote_port, text);
    }
}

static void
append_owner (const PhActivity *entry, const PhStyle *style, GString *text)
{
  if (append_cell (entry, style, text, ", ", ph_activity_format_process))
    {
      if (entry->pid != 0)
        g_string_append_printf (text, " (%d)", entry->pid);
    }
}

static void
append_traffic (const PhActivity *entry, const PhStyle *style, GString *text)
{
  append_cell (entry, style, text, ", ↓ ", ph_activity_format_rx_bytes);
  append_cell (entry, style, text, ", ↑ ", ph_activity_format_tx_bytes);
  append_cell (entry, style, text, ", ", ph_activity_format_duration);
  append_cell (entry, style, text, ", ", ph_activity_format_ended);
}

static void
append_detail (gconstpointer record, const PhStyle *style, GString *text)
{
  const char *detail = ((const PhActivity *) record)->detail;

  if (detail)
    g_string_append (text, detail);
}

static void
append_interface (gconstpointer record, const PhStyle *style, GString *text)
{
  const char *name = ((const PhActivity *) record)->interface_name;

  if (name)
    g_string_append (text, name);
}

void
ph_activity_words (const PhActivity *entry, const PhStyle *style, GString *text)
{
  ph_activity_format_event (entry, style, text);
  if (entry->kind == PH_ACTIVITY_EVENTS_LOST)
    {
      append_cell (entry, style, text, ": ", append_detail);
      return;
    }
  g_string_append_c (text, ':');

  if (ph_activity_is (entry, PH_ACTIVITY_IS_PORTS) || ph_activity_is (entry, PH_ACTIVITY_IS_CONNECTIONS))
    {
      append_ends (entry, style, text);
      append_cell (entry, style, text, ", ", ph_activity_format_exposure);
      append_owner (entry, style, text);
      append_traffic (entry, style, text);
    }
  else if (ph_activity_is (entry, PH_ACTIVITY_IS_ROUTES))
    append_cell (entry, style, text, " ", ph_activity_format_remote_address);
  else if (ph_activity_is (entry, PH_ACTIVITY_IS_ADDRESSES))
    append_cell (entry, style, text, " ", ph_activity_format_local_address);
  else if (ph_activity_is (entry, PH_ACTIVITY_IS_NEIGHBOURS))
    append_cell (entry, style, text, " ", ph_activity_format_remote_address);

  if (ph_activity_is (entry, PH_ACTIVITY_IS_LINKS))
    append_cell (entry, style, text, " ", append_interface);
  else if (!ph_activity_is (entry, PH_ACTIVITY_IS_ROUTES))
    append_cell (entry, style, text, ", ", append_interface);
  append_cell (entry, style, text, ", ", append_detail);
}

void
ph_activity_line (const PhActivity *entry, const PhStyle *style, GString *text)
{
  ph_activity_print_time (entry->time_us, text);
  g_string_append_len (text, "  ", 2);
  ph_activity_words (entry, style, text);
  g_string_append_c (text, '\n');
}
