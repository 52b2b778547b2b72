/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decision table of ph-owner-reason.c, line by line. */
#include "ph-owner-reason.h"

#define NOT_TOLD PH_UID_UNKNOWN

typedef struct
{
  const char *name;
  guint64 inode;
  PhProtocol protocol;
  PhSocketState state;
  guint32 uid;
  const char *path;
  PhOwnerEvidence evidence;
  PhOwnerNote note;
} Case;

#define TCP PH_PROTOCOL_TCP
#define UP  PH_STATE_ESTABLISHED

static const Case cases[] = {
  { "time-wait", 0, TCP, PH_STATE_TIME_WAIT, 0, NULL, { 0 }, PH_OWNER_KERNEL_STATE },
  { "orphan", 0, TCP, PH_STATE_FIN_WAIT2, 0, NULL, { .looked = TRUE }, PH_OWNER_KERNEL_STATE },
  { "to be accepted", 0, PH_PROTOCOL_UNIX, UP, 0, NULL, { 0 }, PH_OWNER_KERNEL_STATE },
  { "bound by nobody", 0, TCP, PH_STATE_LISTEN, 0, NULL, { 0 }, PH_OWNER_KERNEL },
  { "udp by nobody", 0, PH_PROTOCOL_UDP, UP, 0, NULL, { 0 }, PH_OWNER_KERNEL },
  { "packet by nobody", 0, PH_PROTOCOL_PACKET, PH_STATE_UNKNOWN, 0, NULL, { 0 }, PH_OWNER_KERNEL },
  { "netlink", 9, PH_PROTOCOL_NETLINK, 0, NOT_TOLD, "route:kernel", { 0 }, PH_OWNER_KERNEL },
  { "netlink of a process", 9, PH_PROTOCOL_NETLINK, 0, NOT_TOLD, "route:12", { 0 }, PH_OWNER_UNKNOWN },
  { "unix named like it", 9, PH_PROTOCOL_UNIX, UP, 0, "/x:kernel", { 0 }, PH_OWNER_UNKNOWN },
  { "not looked for", 9, TCP, UP, 0, NULL, { .denied = TRUE, .sees_kernel = TRUE }, PH_OWNER_UNKNOWN },
  { "refused, another's", 9, TCP, UP, 0, NULL, { .looked = TRUE, .denied = TRUE }, PH_OWNER_OTHER_USER },
  { "refused, another's, came",
    9,
    TCP,
    UP,
    0,
    NULL,
    { .looked = TRUE, .denied = TRUE, .in_flux = TRUE },
    PH_OWNER_OTHER_USER },
  { "refused, own", 9, TCP, UP, 5, NULL, { .looked = TRUE, .denied = TRUE, .own_uid = TRUE }, PH_OWNER_PROTECTED },
  { "refused, own, came",
    9,
    TCP,
    UP,
    5,
    NULL,
    { .looked = TRUE, .denied = TRUE, .own_uid = TRUE, .in_flux = TRUE },
    PH_OWNER_GONE },
  { "refused, own, first",
    9,
    TCP,
    UP,
    5,
    NULL,
    { .looked = TRUE, .denied = TRUE, .own_uid = TRUE, .first_look = TRUE },
    PH_OWNER_UNKNOWN },
  { "refused, own, first, listens",
    9,
    TCP,
    PH_STATE_LISTEN,
    5,
    NULL,
    { .looked = TRUE, .denied = TRUE, .own_uid = TRUE, .first_look = TRUE },
    PH_OWNER_PROTECTED },
  { "refused, not told", 9, TCP, UP, NOT_TOLD, NULL, { .looked = TRUE, .denied = TRUE }, PH_OWNER_PROTECTED },
  { "all seen, came", 9, TCP, UP, 5, NULL, { .looked = TRUE, .sees_kernel = TRUE, .in_flux = TRUE }, PH_OWNER_GONE },
  { "all seen, stays", 9, TCP, UP, 5, NULL, { .looked = TRUE, .sees_kernel = TRUE }, PH_OWNER_KERNEL },
  { "all seen, first, root",
    9,
    TCP,
    UP,
    0,
    NULL,
    { .looked = TRUE, .sees_kernel = TRUE, .first_look = TRUE, .kernel_cgroup = TRUE },
    PH_OWNER_UNKNOWN },
  { "all seen, first, user",
    9,
    TCP,
    UP,
    5,
    NULL,
    { .looked = TRUE, .sees_kernel = TRUE, .first_look = TRUE, .kernel_cgroup = TRUE },
    PH_OWNER_GONE },
  { "all seen, first, cgroup",
    9,
    TCP,
    UP,
    0,
    NULL,
    { .looked = TRUE, .sees_kernel = TRUE, .first_look = TRUE },
    PH_OWNER_GONE },
  { "sandbox, own", 9, TCP, UP, 5, NULL, { .looked = TRUE, .own_uid = TRUE }, PH_OWNER_OTHER_NETNS },
  { "sandbox, nobody", 9, TCP, UP, 65534, NULL, { .looked = TRUE }, PH_OWNER_OTHER_NETNS },
  { "sandbox, not told", 9, TCP, UP, NOT_TOLD, NULL, { .looked = TRUE, .first_look = TRUE }, PH_OWNER_OTHER_NETNS },
  { "sandbox, came", 9, TCP, UP, 5, NULL, { .looked = TRUE, .own_uid = TRUE, .in_flux = TRUE }, PH_OWNER_GONE },
  { "hidepid, another's", 9, TCP, UP, 33, NULL, { .looked = TRUE }, PH_OWNER_OTHER_USER },
  { "container's root, another's", 9, TCP, UP, 33, NULL, { .looked = TRUE, .sees_root = TRUE }, PH_OWNER_OTHER_NETNS },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  PhSocket socket = { 0 };

  socket.inode = c->inode;
  socket.key.protocol = (guint16) c->protocol;
  socket.state = (guint8) c->state;
  socket.uid = c->uid;
  socket.path = c->path;
  g_assert_cmpstr (ph_owner_note_name (ph_owner_reason (&socket, &c->evidence)), ==, ph_owner_note_name (c->note));
}

/* Every note has a name of its own and a sentence. */
static void
test_words (void)
{
  for (guint a = 0; a <= PH_OWNER_PROTECTED; a++)
    {
      g_autofree char *sentence = ph_owner_note_sentence (a, "FIN_WAIT2", "root");
      g_autofree char *bare = ph_owner_note_sentence (a, NULL, NULL);

      g_assert_cmpuint (g_utf8_strlen (sentence, -1), >, 10);
      g_assert_cmpuint (g_utf8_strlen (bare, -1), >, 10);
      g_assert_true (a != PH_OWNER_KERNEL_STATE || g_strrstr (sentence, "FIN_WAIT2"));
      g_assert_true (a != PH_OWNER_OTHER_USER || g_strrstr (sentence, "root"));
      g_assert_null (g_strrstr (bare, "null"));
      for (guint b = 0; b < a; b++)
        g_assert_cmpstr (ph_owner_note_name (a), !=, ph_owner_note_name (b));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/owner-reason/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/owner-reason/words", test_words);
  return g_test_run ();
}
