/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of column ids: they are read like those of --columns, so that one that is not there is noticed. */
#include "ph-listing-columns.h"

#include "ph-column-list.h"
#include "ph-i18n.h"

/* What scripts rely on: neither names nor order change, new ones come last. */
static const char *const export_ids[PH_N_TABLES] = {
  [PH_TABLE_SOCKETS]
  = "proto,family,local_address,local_port,remote_address,remote_port,state,recv_q,send_q,uid,user,inode,cookie,"
    "interface,pid,process,owners,owner_note,unit,exposure,rx_bytes,tx_bytes,rx_rate,tx_rate,rtt_us,min_rtt_us,"
    "retransmits,cwnd,delivery_rate,timer,path,peer",
  [PH_TABLE_ROUTES] = "family,destination,prefix_length,gateway,genmask,flags,mss,window,irtt,interface,metric,table,"
                      "protocol,scope,type,source,expires",
  [PH_TABLE_LINKS] = "interface,mtu,metric,rx_ok,rx_err,rx_drp,rx_ovr,tx_ok,tx_err,tx_drp,tx_ovr,flags,state,kind,mac,"
                     "addresses,master,speed,rx_bytes,tx_bytes",
  [PH_TABLE_RULES] = "priority,family,selector,action,table,protocol,goto,from,to,not,tos,fwmark,fwmask,iif,oif,l3mdev,"
                     "uidrange,ipproto,sport,dport,tun_id,realms,suppress_prefixlength,suppress_ifgroup,status",
  [PH_TABLE_NEIGHBOURS] = "address,mac,interface,state,flags,confirmed,used,updated,probes,references,family,type",
  [PH_TABLE_GROUPS] = "interface,users,group,family,index",
  [PH_TABLE_COUNTERS] = "protocol,mib,name,total,rate,meaning",
  [PH_TABLE_ACTIVITY]
  = "time,event,proto,local_address,local_port,remote_address,remote_port,process,pid,unit,exe,owner_note,rx_bytes,"
    "tx_bytes,duration,ended,exposure,interface,prefix,detail,cookie,number",
};

/* Those that the window shows, too, but for the graphs. */
static const PhColumn **
shown_columns (const PhSchema *schema)
{
  const PhColumn **columns = g_new0 (const PhColumn *, schema->n_columns + 1);
  guint n = 0;

  for (guint i = 0; i < schema->n_columns; i++)
    {
      const PhColumn *column = &schema->columns[i];

      if ((column->flags & PH_COLUMN_SHOWN) && !(column->flags & PH_COLUMN_EXPORT_ONLY) && !column->traces)
        columns[n++] = column;
    }
  return columns;
}

/* What netstat's layout of the table shows; NULL: it has none. */
static char *
netstat_ids (const PhOptions *options)
{
  switch (options->table)
    {
    case PH_TABLE_SOCKETS:
      return g_strconcat ("proto,recv_q,send_q,local_address,local_port,remote_address,remote_port,state,path",
                          options->extended ? ",uid,user,inode" : "", options->programs ? ",pid,process" : "",
                          options->timers ? ",timer" : "", NULL);
    case PH_TABLE_ROUTES:
      return g_strconcat ("destination,gateway,genmask,flags,interface", options->extended ? ",metric" : "",
                          options->extended == 1 ? "" : ",mss,window,irtt", options->all_tables ? ",table,type" : "",
                          NULL);
    case PH_TABLE_LINKS:
      return g_strdup (options->extended ? "interface,flags,mtu,addresses,mac,rx_ok,rx_bytes,rx_err,rx_drp,rx_ovr,"
                                           "tx_ok,tx_bytes,tx_err,tx_drp,tx_ovr"
                                         : "interface,mtu,rx_ok,rx_err,rx_drp,rx_ovr,tx_ok,tx_err,tx_drp,tx_ovr,flags");
    case PH_TABLE_COUNTERS:
      return g_strdup ("protocol,name,mib,total");
    default:
      return NULL;
    }
}

const PhColumn **
ph_listing_columns (const PhOptions *options, GError **error)
{
  const PhSchema *schema = ph_topic (options->table)->schema;
  g_autofree char *ids = NULL;

  if (options->columns)
    ids = g_strdup (options->columns);
  else if (options->output != PH_OUTPUT_TEXT)
    ids = g_strdup (export_ids[options->table]);
  else
    ids = netstat_ids (options);
  if (!ids)
    return shown_columns (schema);

  g_autofree const PhColumn **columns = ph_column_list_parse (schema, ids, error);

  for (guint i = 0; columns && columns[i]; i++)
    if ((columns[i]->flags & PH_COLUMN_EXPORT_ONLY) && options->output == PH_OUTPUT_TEXT)
      {
        g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_VALUE, _ ("The column “%s” is for csv and json only"),
                     columns[i]->id);
        return NULL;
      }
  return g_steal_pointer (&columns);
}
