/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Interfaces as netstat -i prints them: one line each. */
#include "ph-netstat-links.h"

#include "ph-line.h"

/* netstat's widths. */
enum
{
  WIDTH_INTERFACE = 15,
  WIDTH_MTU = 5,
  WIDTH_OK = 8,
  WIDTH_BAD = 6,
  WIDTH_COUNTERS = 2 * WIDTH_OK + 6 * WIDTH_BAD + 7, /* all of them, with the blanks between */
};

/* --- the list --- */

gpointer
ph_link_list_create (const PhOptions *options, const PhStyle *style)
{
  PhLinkList *list = g_new0 (PhLinkList, 1);

  list->links = g_ptr_array_new ();
  return list;
}

void
ph_link_list_destroy (gpointer data)
{
  PhLinkList *list = data;

  g_ptr_array_unref (list->links);
  g_free (list);
}

void
ph_link_list_begin (gpointer data, const PhSnapshot *snapshot, GString *text)
{
  g_ptr_array_set_size (((PhLinkList *) data)->links, 0);
}

void
ph_link_list_row (gpointer data, gconstpointer record, GString *text)
{
  g_ptr_array_add (((PhLinkList *) data)->links, (gpointer) record);
}

/* Digits compare as the number that they make. */
static int
compare_names (const char *a, const char *b)
{
  while (*a && *b)
    {
      if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b))
        {
          char *a_end, *b_end;
          guint64 a_number = g_ascii_strtoull (a, &a_end, 10);
          guint64 b_number = g_ascii_strtoull (b, &b_end, 10);

          if (a_number != b_number)
            return a_number < b_number ? -1 : 1;
          a = a_end;
          b = b_end;
        }
      else if (*a != *b)
        break;
      else
        {
          a++;
          b++;
        }
    }
  return (guchar) *a - (guchar) *b;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const PhLink *one = *(const PhLink *const *) a;
  const PhLink *other = *(const PhLink *const *) b;
  int order = compare_names (one->name, other->name);

  return order ? order : one->key.index < other->key.index ? -1 : one->key.index > other->key.index;
}

void
ph_link_list_sort (PhLinkList *list)
{
  g_ptr_array_sort (list->links, compare);
}

/* --- the layout --- */

static void
put_link (const PhLink *link, GString *text)
{
  PhLine line;

  ph_line_begin (&line, text);
  ph_line_put (&line, link->name, WIDTH_INTERFACE);
  ph_line_put_number (&line, link->mtu, WIDTH_MTU);
  if (link->has_stats)
    {
      ph_line_put_number (&line, link->stats.rx_packets, WIDTH_OK);
      ph_line_put_number (&line, link->stats.rx_errors, WIDTH_BAD);
      ph_line_put_number (&line, ph_link_rx_drp (link), WIDTH_BAD);
      ph_line_put_number_left (&line, link->stats.rx_fifo_errors, WIDTH_BAD);
      ph_line_put_number (&line, link->stats.tx_packets, WIDTH_OK);
      ph_line_put_number (&line, link->stats.tx_errors, WIDTH_BAD);
      ph_line_put_number (&line, link->stats.tx_dropped, WIDTH_BAD);
      ph_line_put_number (&line, link->stats.tx_fifo_errors, WIDTH_BAD);
    }
  else
    ph_line_put (&line, "     - no statistics available -", WIDTH_COUNTERS);
  ph_line_add (&line, *link->letters ? link->letters : "[NO FLAGS]");
  ph_line_end (&line);
}

static void
end (gpointer data, GString *text)
{
  PhLinkList *list = data;

  ph_link_list_sort (list);
  g_string_append (text, "Kernel Interface table\nIface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR "
                         "TX-DRP TX-OVR Flg\n");
  for (guint i = 0; i < list->links->len; i++)
    put_link (g_ptr_array_index (list->links, i), text);
}

const PhLayout ph_netstat_links = {
  .create = ph_link_list_create,
  .destroy = ph_link_list_destroy,
  .begin = ph_link_list_begin,
  .row = ph_link_list_row,
  .end = end,
};
