/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Routes as netstat -r prints them: a section for IPv4 and one for IPv6, which has columns of its own. -e and -ee
 * change the columns of IPv4. With --all-tables each line ends with what netstat has no column for, table and type.
 *
 * What differs from netstat: rtnetlink does not tell how often a route is referred to or used, so that Ref and Use are
 * "-", where netstat prints the zeroes of /proc/net/route, which nothing has counted for years. All hops of a multipath
 * route are shown, a line each; netstat shows the first one of IPv4.
 */
#include "ph-layout.h"
#include "ph-line.h"
#include "ph-route.h"
#include "ph-route-flags.h"

/* netstat's widths. */
enum
{
  WIDTH_ADDRESS = 15,
  WIDTH_FLAGS = 5,
  WIDTH_METRIC = 6,
  WIDTH_REF = 2,
  WIDTH_USE = 7,
  WIDTH_INTERFACE = 8,
  WIDTH_MSS = 5,
  WIDTH_WINDOW = 5,
  WIDTH_WINDOW_LAST = 6, /* with -ee */
  WIDTH_IRTT = 6,

  WIDTH_DESTINATION6 = 30,
  WIDTH_NEXT_HOP6 = 26,
  WIDTH_FLAGS6 = 4,
  WIDTH_METRIC6 = 3,
  WIDTH_REF6 = 3,
  WIDTH_USE6 = 4,

  WIDTH_TABLE = 8,
};

#define NAME_MAX_BYTES 256

typedef struct
{
  const PhOptions *options;
  const PhStyle *style;
  guint8 family; /* PhFamily of the section that was begun last */
} State;

/* --- columns --- */

/* A host's name is its address where it has none. */
static void
put_host (PhLine *line, const PhStyle *style, const PhAddress *address, gsize width)
{
  char name[NAME_MAX_BYTES];

  if (style->numeric || !style->names || ph_address_is_any (address)
      || !ph_names_host (style->names, address, TRUE, name, sizeof name))
    ph_address_format (address, name);
  ph_line_put (line, name, width);
}

/* With a blank before it, as the %5d of a number. */
static void
put_dash_right (PhLine *line, gsize width)
{
  gsize column = ph_line_column (line);

  for (gsize i = 1; i < width; i++)
    ph_line_add (line, " ");
  ph_line_add (line, "-");
  ph_line_end_column (line, column, width);
}

static void
put_table (const State *state, const PhRoute *route, PhLine *line)
{
  const char *type = ph_route_type_name (route->key.type);

  if (!state->options->all_tables)
    return;
  ph_line_put (line, route->table_name ? route->table_name : "-", WIDTH_TABLE);
  ph_line_add (line, type ? type : "-");
}

/* MSS, window and irtt, which have other widths with -ee. */
static void
put_metrics (const PhRoute *route, gboolean reject, gboolean last, PhLine *line)
{
  guint32 window = route->metrics ? route->metrics->window : 0;

  if (last && reject)
    {
      ph_line_put (line, "-", WIDTH_MSS);
      ph_line_put (line, "-", WIDTH_WINDOW_LAST);
      ph_line_put (line, "-", 1);
    }
  else if (last)
    {
      ph_line_put_number_left (line, ph_route_mss (route), WIDTH_MSS);
      ph_line_put_number_left (line, window, WIDTH_WINDOW_LAST);
      ph_line_put_number_left (line, ph_route_irtt (route), 1);
    }
  else if (reject)
    {
      put_dash_right (line, WIDTH_MSS);
      ph_line_put (line, "-", WIDTH_WINDOW);
      put_dash_right (line, WIDTH_IRTT);
    }
  else
    {
      ph_line_put_number (line, ph_route_mss (route), WIDTH_MSS);
      ph_line_put_number_left (line, window, WIDTH_WINDOW);
      ph_line_put_number (line, ph_route_irtt (route), WIDTH_IRTT);
    }
}

/* --- rows --- */

static void
put_ipv4 (const State *state, const PhRoute *route, PhLine *line)
{
  gboolean reject = (ph_route_flags (route) & PH_ROUTE_REJECT) != 0;
  gboolean more = state->options->extended > 1 || state->options->all_tables; /* columns after the interface */
  const char *interface = reject ? "-" : route->interface_name ? route->interface_name : "*";
  static const PhAddress none = { .family = PH_FAMILY_IPV4 };
  char letters[PH_ROUTE_LETTERS_MAX];
  char text[PH_ADDRESS_TEXT_MAX];
  PhAddress mask;

  if (route->key.prefix_length == 0 && !state->style->numeric)
    ph_line_put (line, "default", WIDTH_ADDRESS);
  else if (route->key.prefix_length == 32)
    put_host (line, state->style, &route->key.destination, WIDTH_ADDRESS);
  else
    {
      ph_address_format (&route->key.destination, text);
      ph_line_put (line, text, WIDTH_ADDRESS);
    }

  if (reject)
    ph_line_put (line, "-", WIDTH_ADDRESS);
  else
    put_host (line, state->style, route->key.gateway.family == PH_FAMILY_NONE ? &none : &route->key.gateway,
              WIDTH_ADDRESS);

  ph_route_mask (PH_FAMILY_IPV4, route->key.prefix_length, &mask);
  ph_address_format (&mask, text);
  ph_line_put (line, text, WIDTH_ADDRESS);
  ph_route_letters (route, letters);
  ph_line_put (line, letters, WIDTH_FLAGS);

  if (state->options->extended == 0)
    put_metrics (route, reject, FALSE, line);
  else
    {
      ph_line_put_number_left (line, ph_route_metric (route), WIDTH_METRIC);
      ph_line_put (line, "-", WIDTH_REF);
      put_dash_right (line, WIDTH_USE);
    }
  ph_line_put (line, interface, more ? WIDTH_INTERFACE : 0);
  if (state->options->extended > 1)
    put_metrics (route, reject, TRUE, line);
  put_table (state, route, line);
}

/* A destination has its prefix with it, so that a host is no name. */
static void
put_ipv6 (const State *state, const PhRoute *route, PhLine *line)
{
  static const PhAddress none = { .family = PH_FAMILY_IPV6 };
  char letters[PH_ROUTE_LETTERS_MAX];
  char destination[PH_ADDRESS_TEXT_MAX];
  gsize column = ph_line_column (line);

  ph_address_format (&route->key.destination, destination);
  ph_line_add (line, destination);
  ph_line_add (line, "/");
  ph_line_add_number (line, route->key.prefix_length);
  ph_line_end_column (line, column, WIDTH_DESTINATION6);
  put_host (line, state->style, route->key.gateway.family == PH_FAMILY_NONE ? &none : &route->key.gateway,
            WIDTH_NEXT_HOP6);
  ph_route_letters (route, letters);
  ph_line_put (line, letters, WIDTH_FLAGS6);
  ph_line_put_number_left (line, ph_route_metric (route), WIDTH_METRIC6);
  ph_line_put (line, "-", WIDTH_REF6);
  put_dash_right (line, WIDTH_USE6);
  ph_line_put (line, route->interface_name ? route->interface_name : "-",
               state->options->all_tables ? WIDTH_INTERFACE : 0);
  put_table (state, route, line);
}

/* --- headings --- */

static void
put_heading (const State *state, guint8 family, GString *text)
{
  const char *what = state->options->cached ? "cache" : "table";
  const char *last = !state->options->all_tables    ? ""
                     : state->options->extended > 1 ? " Table    Type"
                                                    : "    Table    Type";

  if (family == PH_FAMILY_IPV6)
    g_string_append_printf (text, "Kernel IPv6 routing %s\n%-30s %-26s Flag Met Ref  Use If%s%s\n", what, "Destination",
                            "Next Hop", *last ? "   " : "", last);
  else
    g_string_append_printf (text, "Kernel IP routing %s\n%-15s %-15s %-15s %s%s\n", what, "Destination", "Gateway",
                            "Genmask",
                            state->options->extended == 0   ? "Flags   MSS Window  irtt Iface"
                            : state->options->extended == 1 ? "Flags Metric Ref    Use Iface"
                                                            : "Flags Metric Ref    Use Iface    MSS   Window irtt",
                            last);
}

static gboolean
is_asked (const State *state, guint8 family)
{
  const PhOptions *options = state->options;

  return options->ipv4 == options->ipv6 || (family == PH_FAMILY_IPV4 ? options->ipv4 : options->ipv6);
}

/* The headings up to and with that of @family. */
static void
open_section (State *state, guint8 family, GString *text)
{
  static const guint8 families[] = { PH_FAMILY_IPV4, PH_FAMILY_IPV6 };

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    if (families[i] > state->family && families[i] <= family)
      {
        state->family = families[i];
        if (is_asked (state, families[i]))
          put_heading (state, families[i], text);
      }
}

/* --- the layout --- */

static gpointer
create (const PhOptions *options, const PhStyle *style)
{
  State *state = g_new0 (State, 1);

  state->options = options;
  state->style = style;
  return state;
}

static void
begin (gpointer data, const PhSnapshot *snapshot, GString *text)
{
  ((State *) data)->family = PH_FAMILY_NONE;
}

static void
row (gpointer data, gconstpointer record, GString *text)
{
  const PhRoute *route = record;
  State *state = data;
  PhLine line;

  /* It has no gateway and no interface of its own: its hops, which follow, have. */
  if (route->n_hops > 0 && ph_route_hop (route) == 0)
    return;

  open_section (state, route->key.family, text);
  ph_line_begin (&line, text);
  if (route->key.family == PH_FAMILY_IPV6)
    put_ipv6 (state, route, &line);
  else
    put_ipv4 (state, route, &line);
  ph_line_end (&line);
}

static void
end (gpointer data, GString *text)
{
  open_section (data, PH_FAMILY_IPV6, text);
}

const PhLayout ph_netstat_routes = {
  .create = create,
  .destroy = g_free,
  .begin = begin,
  .row = row,
  .end = end,
};
