/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter language: what good texts match, what bad ones are told and where, and laws that hold for any record. */
#include "socket-samples.h"

#include "ph-filter.h"

static const PhColumn *shown[64];
static const PhStyle numeric = { .numeric = TRUE };
static const PhFilterContext context = { shown, &numeric };

static void
show_default_columns (void)
{
  guint n = 0;

  for (guint i = 0; i < ph_socket_schema.n_columns; i++)
    if (ph_socket_schema.columns[i].flags & PH_COLUMN_SHOWN)
      shown[n++] = &ph_socket_schema.columns[i];
}

static PhFilter *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  PhFilter *filter = ph_filter_parse (&ph_socket_schema, text, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (filter);
  return filter;
}

/* The samples by letter: L listener, E established, T time_wait, M mapped, U udp, A udp_any, S udp6 (link-local), R
 * raw, N unix_listener, X unix_stream, P packet, K netlink, V vsock. */
static char *
matches (const char *text)
{
  static const char letters[] = "LETMUASRNXPKV";
  g_autoptr (PhFilter) filter = parse (text);
  Samples s = samples_make ();
  GString *found = g_string_new (NULL);

  s.udp.head.mark = PH_MARK_NEW;
  s.raw.head.mark = PH_MARK_CLOSED;
  for (guint i = 0; letters[i] != '\0'; i++)
    if (ph_filter_match (filter, &context, &s.listener + i))
      g_string_append_c (found, letters[i]);
  return g_string_free (found, FALSE);
}

static const struct
{
  const char *text, *found;
} good[] = {
  { "", "LETMUASRNXPKV" },
  { "   \t\n ", "LETMUASRNXPKV" },

  /* words: shown cells only */
  { "tcp", "LETM" },
  { "TCP", "LETM" },
  { "listen", "LN" },
  { "nginx", "LM" },
  { "NGINX.service", "M" },
  { "443", "LE" },
  { "93.184", "E" },
  { "müller", "X" },
  { "MÜLLER", "X" },
  { "\"müller\"", "X" },
  { "@m", "X" },
  { "nginx 443", "L" },
  { "nginx,443", "" },
  { "\"nginx +1\"", "L" },
  { "\"nginx 443\"", "" },
  { "-tcp", "UASRNXPKV" },
  { "-tcp -udp", "RNXPKV" },
  { "-\"nginx\"", "ETUASRNXPKV" },
  { "cubic", "" },
  { "fe80::1", "S" },
  { "::", "MASR" },
  { "::1", "S" },
  { "fe80::1%wlan0", "S" },
  { "::ffff:127.0.0.1", "M" },
  { "1.2", "E" },
  { "<b>", "E" },
  { "\"=cmd|\\\"x\\\"\"", "E" },
  { "a\"b c\"d", "" },
  { "n\"gin\"x", "LM" },
  { "--x", "LETMUASRNXPKV" },
  { "\"port:443\"", "" },
  { "-\"port:443\"", "LETMUASRNXPKV" },
  { "port", "" },
  { "*", "LUASR" },
  { "none", "" },

  /* words that are the end of a connection, as netstat writes it */
  { ":443", "LE" },
  { "*:443", "LE" },
  { "93.184.0.0/16:443", "E" },
  { "93.184:443", "E" },
  { "nosuch.example:443", "" },
  { "[::1]:443", "" },
  { "-:443", "TMUASRNXPKV" },
  { ":443 nginx", "L" },
  { "nginx :443", "L" },
  { ":443 -nginx", "E" },
  { ":0", "" },
  { ":65536", "" },
  { ":", "MASR" },
  { ":80x", "" },

  /* numbers */
  { "port:443", "LE" },
  { "PORT:443", "LE" },
  { "lport:443", "L" },
  { "rport:443", "E" },
  { "local_port:443", "L" },
  { "remote_port:443", "E" },
  { "-port:443", "TMUASRNXPKV" },
  { "port:53,443", "LEU" },
  { "port:1-100", "TU" },
  { "port:443-443", "LE" },
  { "lport:1024-65535", "EMA" },
  { "lport:>443", "EMAS" },
  { "lport:>=443", "LEMAS" },
  { "lport:<53", "" },
  { "lport:<=53", "U" },
  { "lport:>5k", "EMA" },
  { "lport:<0.1k", "TU" },
  { "lport:443.0", "L" },
  { "lport:443.5", "" },
  { "lport:0-70000", "LETMUAS" },
  { "port:99999999999999999999999", "" },
  { "port:<99999999999999999999999", "LETMUAS" },
  { "lport:>18446744073709551615", "" },
  { "port:-1", "" },
  { "port:>-1", "LETMUAS" },
  { "port:443,>50000", "LE" },
  { "port:>=50000,443", "LE" },
  { "rport:*", "LUASR" },
  { "port:https", "" },
  { "recvq:>0", "L" },
  { "recv_q:3", "L" },
  { "sendq:>100", "L" },
  { "sendq:0", "ETMUASRNXPKV" },
  { "rx_bytes:>1M", "E" },
  { "rx_bytes:1.234567M", "E" },
  { "rx_bytes:>1.234567M", "" },
  { "rx_rate:1.2M", "E" },
  { "rx_rate:>=0", "E" },
  { "rtt_us:1k-1.3k", "E" },
  { "cwnd:10", "E" },
  { "drops:>0", "E" },
  { "mark:42", "E" },
  { "age:>=200", "E" },
  { "timer_ms:12.3k", "E" },
  { "inode:0", "" },
  { "peer:77", "X" },
  { "uid:1000", "LEMUASRNXP" },
  { "pid:812", "L" },
  { "pid:813", "L" },
  { "pid:4", "E" },
  { "pid:812-813", "L" },
  { "pid:>4", "L" },
  { "-pid:4", "LTMUASRNXPKV" },

  /* texts */
  { "process:nginx", "LM" },
  { "process:NGI", "LM" },
  { "process:nginx.service", "M" },
  { "process:\"=cmd\"", "E" },
  { "process:\"=cmd|\\\"x\\\",<b>\"", "E" },
  { "process:nginx,cmd", "LEM" },
  { "process:80-90", "" },
  { "process:>5", "" },
  { "user:www", "L" },
  { "user:1000", "LEMUASRNXP" },
  { "user:WWW,root", "L" },
  { "unit:nginx", "LM" },
  { "unit:.service", "LM" },
  { "-unit:nginx", "ETUASRNXPKV" },
  { "cgroup:/system.slice", "LM" },
  { "iface:eth", "E" },
  { "iface:wlan0", "S" },
  { "interface:wlan0,eth0", "ES" },
  { "path:/run", "N" },
  { "path:@", "X" },
  { "path:\"@müller\"", "X" },
  { "path:@MÜLLER", "X" },
  { "congestion:cubic", "E" },
  { "timer:keepalive", "E" },
  { "type:stream", "N" },
  { "type:STREAM,seq", "NX" },
  { "owner_note:service", "M" },
  { "owner_note:\"control group\"", "M" },
  { "owners:813/nginx", "L" },
  { "exposure:any", "LAR" },
  { "exposure:\"every address\"", "LAR" },
  { "exposure:loopback", "U" },

  /* the whole value */
  { "process:=nginx", "L" },
  { "process:=NGINX", "L" },
  { "process:=ngin", "" },
  { "process:=nginx.service", "M" },
  { "process:=nginx,=nginx.service", "LM" },
  { "process:==cmd", "" },
  { "process:=\"=cmd|\\\"x\\\",<b>\"", "E" },
  { "-process:=nginx", "ETMUASRNXPKV" },
  { "unit:=nginx", "" },
  { "unit:=\"nginx.service\"", "LM" },
  { "user:=www", "L" },
  { "user:=ww", "" },
  { "user:=1000", "LEMUASRNXP" },
  { "user:=100", "" },
  { "pid:=812", "L" },
  { "pid:=813,=4", "LE" },
  { "port:=443", "LE" },
  { "lport:=44", "" },
  { "iface:=eth0", "E" },
  { "iface:=eth", "" },
  { "path:=@MÜLLER", "X" },
  { "local:=10.0.0.1", "T" },
  { "local:=10.0.0.0/8", "" },
  { "local:=\"fe80::1%wlan0\"", "S" },
  { "local:=[::]", "AR" },
  { "state:=listen", "LN" },
  { "proto:=tcp", "LETM" },
  { "recvq:=3", "L" },
  { "exposure:=\"every address\"", "LAR" },
  { "exposure:=every", "" },

  /* none at all */
  { "iface:=", "LTMUARNXPKV" },
  { "iface:=\"\"", "LTMUARNXPKV" },
  { "-iface:=", "ES" },
  { "iface:=,=eth0", "LETMUARNXPKV" },
  { "process:=", "TUASRNXPKV" },
  { "user:=", "TKV" },
  { "port:=", "RNXPKV" },
  { "rport:=", "LUASRNXPKV" },

  /* closed sets */
  { "proto:tcp", "LETM" },
  { "proto:TCP", "LETM" },
  { "proto:tcp6", "M" },
  { "proto:tcp4", "LET" },
  { "proto:udp", "UAS" },
  { "proto:udp6", "AS" },
  { "proto:tcp,udp", "LETMUAS" },
  { "proto:ud", "UAS" },
  { "proto:raw", "R" },
  { "proto:unix", "NX" },
  { "proto:unix,packet,netlink,vsock", "NXPKV" },
  { "-proto:tcp,udp", "RNXPKV" },
  { "family:inet", "LETU" },
  { "family:inet6", "MASR" },
  { "family:ipv6", "MASR" },
  { "family:ip", "LETMUASR" },
  { "state:listen", "LN" },
  { "state:LISTENING", "LN" },
  { "state:established", "EXV" },
  { "state:estab", "EXV" },
  { "state:connected", "EXV" },
  { "state:time_wait", "T" },
  { "state:time-wait", "T" },
  { "state:TimeWait", "T" },
  { "state:close", "" },
  { "state:close_wait", "M" },
  { "state:none", "UASRPK" },
  { "-state:none", "LETMNXV" },
  { "scope:internet", "E" },
  { "scope:local", "TS" },
  { "scope:loopback", "MU" },
  { "scope:any", "LAR" },
  { "scope:internet,local", "ETS" },

  /* addresses */
  { "local:0.0.0.0", "L" },
  { "remote:93.184.216.34", "E" },
  { "remote:93.184.0.0/16", "E" },
  { "remote:10.0.0.0/8", "T" },
  { "addr:10.0.0.1", "T" },
  { "addr:10.0.0.2", "T" },
  { "addr:127.0.0.0/8", "MU" },
  { "local:::ffff:127.0.0.1", "M" },
  { "local:::/0", "MASR" },
  { "local:0.0.0.0/0", "LETMU" },
  { "local:[::]", "AR" },
  { "local:fe80::/10", "S" },
  { "local_address:fe80::1", "S" },
  { "remote:93.184", "E" },
  { "local:%wlan", "S" },
  { "local:/run", "N" },
  { "addr:192.168.1.5,127.0.0.53", "EU" },
  { "-addr:0.0.0.0/0", "ASRNXPKV" },
  { "local:1.1.1.1", "" },

  /* is: */
  { "is:listening", "LUASRN" },
  { "is:active", "ETMXPKV" },
  { "is:established", "EXV" },
  { "is:closing", "TM" },
  { "is:closing,established", "ETMXV" },
  { "is:ipv4", "LETU" },
  { "is:ipv6", "MASR" },
  { "is:inet", "LETMUASR" },
  { "is:unix", "NX" },
  { "is:new", "U" },
  { "is:closed", "R" },
  { "is:stale", "" },
  { "-is:inet", "NXPKV" },
  { "IS:New", "U" },

  /* together */
  { "proto:tcp is:listening", "L" },
  { "proto:tcp -is:listening port:80", "T" },
  { "nginx -proto:tcp6", "L" },
  { "is:listening -scope:loopback exposure:any proto:udp", "A" },
};

static void
test_good (void)
{
  G_STATIC_ASSERT (G_N_ELEMENTS (good) > 100);
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *found = matches (good[i].text);

      if (strcmp (found, good[i].found) != 0)
        g_error ("“%s” finds %s, not %s", good[i].text, found, good[i].found);
    }
}

static const struct
{
  const char *text;
  PhFilterErrorCode code;
  gsize position;
} bad[] = {
  /* fields */
  { "prt:443", PH_FILTER_ERROR_FIELD, 0 },
  { "x:1", PH_FILTER_ERROR_FIELD, 0 },
  { "nginx prt:443", PH_FILTER_ERROR_FIELD, 6 },
  { "-prt:443", PH_FILTER_ERROR_FIELD, 1 },
  { "  foo:bar", PH_FILTER_ERROR_FIELD, 2 },
  { "prt:", PH_FILTER_ERROR_FIELD, 0 },
  { "http://example.org", PH_FILTER_ERROR_FIELD, 0 },
  { "c:\\windows", PH_FILTER_ERROR_FIELD, 0 },
  { "fe80:", PH_FILTER_ERROR_FIELD, 0 },
  { "fe80:zz", PH_FILTER_ERROR_FIELD, 0 },
  { "ports:443", PH_FILTER_ERROR_FIELD, 0 },
  { "por:443", PH_FILTER_ERROR_FIELD, 0 },
  { "port_:443", PH_FILTER_ERROR_FIELD, 0 },
  { "localport:443", PH_FILTER_ERROR_FIELD, 0 },
  { "local_adress:x", PH_FILTER_ERROR_FIELD, 0 },
  { "a234567890123456789012345678901234567890:x", PH_FILTER_ERROR_FIELD, 0 },
  { "ü port:1 wer:2", PH_FILTER_ERROR_FIELD, 10 },
  { "\"a b\" wer:2", PH_FILTER_ERROR_FIELD, 6 },
  { "iss:new", PH_FILTER_ERROR_FIELD, 0 },
  { "title:x", PH_FILTER_ERROR_FIELD, 0 },
  { "a:b:c", PH_FILTER_ERROR_FIELD, 0 },
  { "t0:x", PH_FILTER_ERROR_FIELD, 0 },

  /* no value */
  { "port:", PH_FILTER_ERROR_SYNTAX, 5 },
  { "port: 443", PH_FILTER_ERROR_SYNTAX, 5 },
  { "port:,", PH_FILTER_ERROR_SYNTAX, 5 },
  { "port:443,", PH_FILTER_ERROR_SYNTAX, 9 },
  { "port:443, 80", PH_FILTER_ERROR_SYNTAX, 9 },
  { "port:,443", PH_FILTER_ERROR_SYNTAX, 5 },
  { "port:443,,80", PH_FILTER_ERROR_SYNTAX, 9 },
  { "process:\"\"", PH_FILTER_ERROR_SYNTAX, 8 },
  { "process:a,\"\"", PH_FILTER_ERROR_SYNTAX, 10 },
  { "is:", PH_FILTER_ERROR_SYNTAX, 3 },
  { "-is:", PH_FILTER_ERROR_SYNTAX, 4 },
  { "is:new,", PH_FILTER_ERROR_SYNTAX, 7 },
  { "state:", PH_FILTER_ERROR_SYNTAX, 6 },
  { "local:", PH_FILTER_ERROR_SYNTAX, 6 },
  { "nginx pid:", PH_FILTER_ERROR_SYNTAX, 10 },

  /* nothing */
  { "-", PH_FILTER_ERROR_SYNTAX, 1 },
  { "- x", PH_FILTER_ERROR_SYNTAX, 1 },
  { "x -", PH_FILTER_ERROR_SYNTAX, 3 },
  { "\"\"", PH_FILTER_ERROR_SYNTAX, 0 },
  { "-\"\"", PH_FILTER_ERROR_SYNTAX, 1 },
  { "x \"\" y", PH_FILTER_ERROR_SYNTAX, 2 },
  { "\"\"\"\"", PH_FILTER_ERROR_SYNTAX, 0 },

  /* quotes */
  { "\"", PH_FILTER_ERROR_SYNTAX, 0 },
  { "\"abc", PH_FILTER_ERROR_SYNTAX, 0 },
  { "abc\"", PH_FILTER_ERROR_SYNTAX, 3 },
  { "x \"abc", PH_FILTER_ERROR_SYNTAX, 2 },
  { "-\"abc", PH_FILTER_ERROR_SYNTAX, 1 },
  { "process:\"abc", PH_FILTER_ERROR_SYNTAX, 8 },
  { "process:a\"bc", PH_FILTER_ERROR_SYNTAX, 9 },
  { "process:a,\"b", PH_FILTER_ERROR_SYNTAX, 10 },
  { "=cmd|\\\"x", PH_FILTER_ERROR_SYNTAX, 6 }, /* no escapes outside quotes */
  { "\"a\\\"", PH_FILTER_ERROR_SYNTAX, 0 },
  { "\"a\\", PH_FILTER_ERROR_SYNTAX, 0 },
  { "\"a\"\"b", PH_FILTER_ERROR_SYNTAX, 3 },
  { "is:\"new", PH_FILTER_ERROR_SYNTAX, 3 },
  { "\"a\\\\\\\"", PH_FILTER_ERROR_SYNTAX, 0 },

  /* not UTF-8 */
  { "\377", PH_FILTER_ERROR_SYNTAX, 0 },
  { "caf\351", PH_FILTER_ERROR_SYNTAX, 3 },
  { "port:443 \303", PH_FILTER_ERROR_SYNTAX, 9 },
  { "\"\200\"", PH_FILTER_ERROR_SYNTAX, 1 },
  { "a\355\240\200", PH_FILTER_ERROR_SYNTAX, 1 },

  /* not a number */
  { "pid:nginx", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:12x", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:x12", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:1,x", PH_FILTER_ERROR_VALUE, 6 },
  { "pid:1,2,3,x,5", PH_FILTER_ERROR_VALUE, 10 },
  { "-pid:x", PH_FILTER_ERROR_VALUE, 5 },
  { "pid:\"x\"", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:>", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:>=", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:<", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:=5-6", PH_FILTER_ERROR_VALUE, 4 },
  { "state:=", PH_FILTER_ERROR_SYNTAX, 6 },
  { "state:=lis", PH_FILTER_ERROR_VALUE, 6 },
  { "process:=sh,", PH_FILTER_ERROR_SYNTAX, 12 },
  { "process:=\"sh", PH_FILTER_ERROR_SYNTAX, 9 },
  { "pid:=>5", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:==5", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:>>5", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:>x", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:5>", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:5-", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:-", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:--5", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:5-4", PH_FILTER_ERROR_VALUE, 4 },

  /* what might have been a name, but cannot be one */
  { "port:20-10", PH_FILTER_ERROR_VALUE, 5 },
  { "port:1-2-3", PH_FILTER_ERROR_VALUE, 5 },
  { "port:=20-10", PH_FILTER_ERROR_VALUE, 5 },
  { "lport:80,8.", PH_FILTER_ERROR_VALUE, 9 },
  { "rport:>-", PH_FILTER_ERROR_VALUE, 6 },
  { "rport:<", PH_FILTER_ERROR_VALUE, 6 },

  /* no network */
  { "local:10.0.0.0/40", PH_FILTER_ERROR_VALUE, 6 },
  { "addr:10.0.0.0/", PH_FILTER_ERROR_VALUE, 5 },
  { "remote:::1/129", PH_FILTER_ERROR_VALUE, 7 },
  { "-remote:192.0.2.1,10.0.0.0/8/8", PH_FILTER_ERROR_VALUE, 18 },
  { "pid:5-x", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:1-2-3", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:>1-2", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:1.", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:.5", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:1..2", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:1.2.3", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:0x10", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:1e5", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:5kk", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:5K5", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:k", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:+5", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:10.0.0.1", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:\"1 \"", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:inf", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:nan", PH_FILTER_ERROR_VALUE, 4 },
  { "pid:٣", PH_FILTER_ERROR_VALUE, 4 },
  { "recvq:3/128", PH_FILTER_ERROR_VALUE, 6 },
  { "recvq:full", PH_FILTER_ERROR_VALUE, 6 },
  { "uid:root", PH_FILTER_ERROR_VALUE, 4 },
  { "rtt_us:1ms", PH_FILTER_ERROR_VALUE, 7 },
  { "rx_rate:1MB", PH_FILTER_ERROR_VALUE, 8 },
  { "inode:abc", PH_FILTER_ERROR_VALUE, 6 },
  { "x port:1 cwnd:y", PH_FILTER_ERROR_VALUE, 14 },

  /* not one of the words */
  { "is:foo", PH_FILTER_ERROR_VALUE, 3 },
  { "is:new,foo", PH_FILTER_ERROR_VALUE, 7 },
  { "is:news", PH_FILTER_ERROR_VALUE, 3 },
  { "is:5", PH_FILTER_ERROR_VALUE, 3 },
  { "-is:foo", PH_FILTER_ERROR_VALUE, 4 },
  { "state:foo", PH_FILTER_ERROR_VALUE, 6 },
  { "state:listen,foo", PH_FILTER_ERROR_VALUE, 13 },
  { "state:listens", PH_FILTER_ERROR_VALUE, 6 },
  { "state:-", PH_FILTER_ERROR_VALUE, 6 },
  { "state:wait", PH_FILTER_ERROR_VALUE, 6 },
  { "proto:http", PH_FILTER_ERROR_VALUE, 6 },
  { "proto:tcp7", PH_FILTER_ERROR_VALUE, 6 },
  { "proto:6", PH_FILTER_ERROR_VALUE, 6 },
  { "scope:world", PH_FILTER_ERROR_VALUE, 6 },
  { "family:inet7", PH_FILTER_ERROR_VALUE, 7 },
  { "state:É", PH_FILTER_ERROR_VALUE, 6 },
};

static void
test_bad (void)
{
  G_STATIC_ASSERT (G_N_ELEMENTS (bad) > 100);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize position = 9999;
      PhFilter *filter = ph_filter_parse (&ph_socket_schema, bad[i].text, &position, &error);

      if (filter || error->code != (int) bad[i].code || position != bad[i].position)
        g_error ("“%s”: %s (code %d, at %zu)", bad[i].text, error ? error->message : "accepted",
                 error ? error->code : -1, position);
      g_assert_true (error->domain == PH_FILTER_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_null (ph_filter_parse (&ph_socket_schema, bad[i].text, NULL, NULL));
    }
}

static void
assert_message (const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ph_filter_parse (&ph_socket_schema, text, NULL, &error));
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_messages (void)
{
  g_autofree char *many = g_strnfill (10000, 'z');
  g_autofree char *long_value = g_strconcat ("pid:", many, NULL);
  g_autoptr (GError) error = NULL;

  assert_message ("prt:443", "There is no field “prt”. Did you mean “port”?");
  assert_message ("PRT:443", "There is no field “PRT”. Did you mean “port”?");
  assert_message ("stat:x", "There is no field “stat”. Did you mean “state”?");
  assert_message ("proces:x", "There is no field “proces”. Did you mean “process”?");
  assert_message ("quux:1", "There is no field “quux”");
  assert_message ("scope:x", "“scope:” takes any, loopback, local, internet, but not “x”");
  assert_message ("pid:x", "“pid:” takes a number such as 80, 1024-2048 or >0, but not “x”");
  assert_message ("pid:\"\033[2J\"", "“pid:” takes a number such as 80, 1024-2048 or >0, but not “\\x1B[2J”");
  assert_message ("port:", "There is no value after “port:”");
  assert_message ("\"x", "The quotation mark is not closed");

  g_assert_null (ph_filter_parse (&ph_socket_schema, long_value, NULL, &error));
  g_assert_cmpuint (strlen (error->message), <, 300);
}

static void
test_names (void)
{
  static const char services[] = "https 443/tcp\n";
  g_autoptr (PhNames) names = ph_names_new (16);
  const PhStyle style = { .names = names };
  const PhFilterContext named = { shown, &style };
  Samples s = samples_make ();
  PhAddress wanted[4];
  static const char *const texts[] = { "https",          "port:https",           "rport:HTTPS",    "rport:443",
                                       "remote:example", "remote:93.184.216.34", "example.ORG 443" };

  ph_names_set_services (names, services, sizeof services - 1);
  ph_names_set_host (names, &s.established.remote, "example.org");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PhFilter) filter = parse (texts[i]);

      g_assert_true (ph_filter_match (filter, &named, &s.established));
      g_assert_false (ph_filter_match (filter, &named, &s.time_wait));
    }
  g_assert_cmpuint (ph_names_wanted (names, wanted, 4), ==, 0); /* looking is not asking */
}

/* Words look at what is shown and nowhere else. */
static void
test_columns (void)
{
  const PhColumn *const congestion[] = { ph_schema_find_column (&ph_socket_schema, "congestion"), NULL };
  const PhColumn *const nothing[] = { NULL };
  const PhFilterContext one = { congestion, &numeric }, none = { nothing, &numeric };
  Samples s = samples_make ();
  g_autoptr (PhFilter) cubic = parse ("cubic");
  g_autoptr (PhFilter) tcp = parse ("tcp");
  g_autoptr (PhFilter) no_tcp = parse ("-tcp");

  g_assert_true (ph_filter_match (cubic, &one, &s.established));
  g_assert_false (ph_filter_match (tcp, &one, &s.established));
  g_assert_false (ph_filter_match (tcp, &none, &s.established));
  g_assert_true (ph_filter_match (no_tcp, &none, &s.established));
}

static void
test_flags (void)
{
  static const struct
  {
    const char *text;
    guint with, without;
  } cases[] = {
    { "", 0, ~0u },
    { "nginx is:listening state:listen", 0, PH_COLUMN_OWNER | PH_COLUMN_TCP_INFO },
    { "pid:4", PH_COLUMN_OWNER, PH_COLUMN_TCP_INFO },
    { "process:x", PH_COLUMN_OWNER, PH_COLUMN_TCP_INFO },
    { "-unit:x", PH_COLUMN_OWNER, PH_COLUMN_TCP_INFO },
    { "rtt_us:>1", PH_COLUMN_TCP_INFO, PH_COLUMN_OWNER },
    { "rx_rate:>1 drops:>0", PH_COLUMN_TCP_INFO | PH_COLUMN_TWICE | PH_COLUMN_MEMORY, PH_COLUMN_OWNER },
    { "port:1", 0, PH_COLUMN_OWNER | PH_COLUMN_TCP_INFO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhFilter) filter = parse (cases[i].text);
      guint flags = ph_filter_flags (filter);

      g_assert_cmpuint (flags & cases[i].with, ==, cases[i].with);
      g_assert_cmpuint (flags & cases[i].without, ==, 0);
      g_assert_cmpint (ph_filter_is_empty (filter), ==, cases[i].text[0] == '\0');
    }
}

/* For any record: either a term matches or its exclusion; and-ing is set intersection; a list is a union. */
static void
test_laws (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  PhSocket socket = { 0 };

  for (guint n = 0; n < 20000; n++)
    {
      const char *a = good[g_rand_int_range (rand, 2, G_N_ELEMENTS (good))].text;
      const char *b = good[g_rand_int_range (rand, 2, G_N_ELEMENTS (good))].text;
      g_autofree char *both_text = g_strdup_printf ("%s %s", a, b);
      g_autoptr (PhFilter) first = parse (a), second = parse (b), both = parse (both_text);
      gboolean matches_first, matches_second;

      sample_random (rand, &socket);
      matches_first = ph_filter_match (first, &context, &socket);
      matches_second = ph_filter_match (second, &context, &socket);
      g_assert_cmpint (ph_filter_match (both, &context, &socket), ==, matches_first && matches_second);

      if (*a != '-' && (strchr (a, ' ') == NULL || *a == '"'))
        {
          g_autofree char *not_text = g_strconcat ("-", a, NULL);
          g_autoptr (PhFilter) not = parse (not_text);

          g_assert_cmpint (ph_filter_match (not, &context, &socket), ==, !matches_first);
        }
    }
}

static void
test_lists (void)
{
  static const char *const lists[][3] = {
    { "port:443", "port:80", "port:443,80" },
    { "state:listen", "state:close_wait", "state:listen,close_wait" },
    { "remote:10.0.0.0/8", "remote:::1", "remote:10.0.0.0/8,::1" },
    { "process:nginx", "process:cmd", "process:nginx,cmd" },
    { "pid:4", "pid:800-900", "pid:4,800-900" },
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  PhSocket socket = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (PhFilter) a = parse (lists[i][0]), b = parse (lists[i][1]), list = parse (lists[i][2]);
      guint n = 0;

      for (guint k = 0; k < 3000; k++)
        {
          gboolean either;

          sample_random (rand, &socket);
          either = ph_filter_match (a, &context, &socket) || ph_filter_match (b, &context, &socket);
          g_assert_cmpint (ph_filter_match (list, &context, &socket), ==, either);
          n += either;
        }
      g_assert_cmpuint (n, >, 0);
    }
}

/* Any bytes: parsed or refused, never more; what is parsed can be matched. */
static void
test_garbage (void)
{
  static const char *const pieces[] = { "port",
                                        ":",
                                        "443",
                                        "-",
                                        ",",
                                        "\"",
                                        " ",
                                        ">",
                                        "=",
                                        "\\",
                                        "is",
                                        "new",
                                        "ü",
                                        "\377",
                                        "k",
                                        ".",
                                        "/",
                                        "[",
                                        "]",
                                        "proto",
                                        "tcp",
                                        "::1",
                                        "10.0.0.0/8",
                                        "local",
                                        "x",
                                        "\001",
                                        "state",
                                        "listen",
                                        "process",
                                        "pid",
                                        "99999999999999999999" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  PhSocket socket = { 0 };
  guint parsed = 0;

  for (guint n = 0; n < 50000; n++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (PhFilter) filter = NULL;
      gsize position = 0;

      for (int i = g_rand_int_range (rand, 1, 9); i > 0; i--)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      filter = ph_filter_parse (&ph_socket_schema, text->str, &position, &error);
      g_assert_true ((filter == NULL) == (error != NULL));
      g_assert_cmpuint (position, <=, text->len);
      if (!filter)
        continue;
      parsed++;
      sample_random (rand, &socket);
      ph_filter_match (filter, &context, &socket);
    }
  g_assert_cmpuint (parsed, >, 1000);
}

/* Half a megabyte of terms, or of values in one term, is parsed whole and without recursion. */
static void
test_long (void)
{
  static const char *const units[] = { "a ", "port:1 ", "\"a b\" ", "-x ", "state:listen " };
  static const char *const tails[] = { "port:1", ",2" };

  for (guint i = 0; i <= G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) text = g_string_new (i < G_N_ELEMENTS (units) ? "" : tails[0]);
      g_autoptr (GError) error = NULL;
      g_autoptr (PhFilter) filter = NULL;
      gsize position;

      while (text->len < 500000)
        g_string_append (text, i < G_N_ELEMENTS (units) ? units[i] : tails[1]);
      filter = ph_filter_parse (&ph_socket_schema, text->str, &position, &error);
      g_assert_no_error (error);
      g_assert_nonnull (filter);

      /* A mistake at its very end is found there. */
      g_string_append (text, " \"");
      g_assert_null (ph_filter_parse (&ph_socket_schema, text->str, &position, NULL));
      g_assert_cmpuint (position, ==, text->len - 1);
    }
}

static gpointer
match_many (gpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  PhSocket socket = { 0 };
  guint n = 0;

  for (guint i = 0; i < 20000; i++)
    {
      sample_random (rand, &socket);
      socket.key.cookie = 0;
      n += ph_filter_match (data, &context, &socket) ? 1 : 0;
    }
  return GUINT_TO_POINTER (n);
}

static void
test_threads (void)
{
  g_autoptr (PhFilter) filter = parse ("tcp -state:listen addr:0.0.0.0/0 nginx");
  GThread *threads[4];
  gpointer counts[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("match", match_many, filter);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    counts[i] = g_thread_join (threads[i]);
  g_assert_cmpuint (GPOINTER_TO_UINT (counts[0]), >, 0);
  for (guint i = 1; i < G_N_ELEMENTS (threads); i++)
    g_assert_true (counts[i] == counts[0]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  show_default_columns ();
  g_test_add_func ("/filter/good", test_good);
  g_test_add_func ("/filter/bad", test_bad);
  g_test_add_func ("/filter/messages", test_messages);
  g_test_add_func ("/filter/names", test_names);
  g_test_add_func ("/filter/columns", test_columns);
  g_test_add_func ("/filter/flags", test_flags);
  g_test_add_func ("/filter/laws", test_laws);
  g_test_add_func ("/filter/lists", test_lists);
  g_test_add_func ("/filter/garbage", test_garbage);
  g_test_add_func ("/filter/long", test_long);
  g_test_add_func ("/filter/threads", test_threads);
  return g_test_run ();
}
