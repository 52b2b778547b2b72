/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One socket and its process's parents: pieces of a length and its bytes each, the answers as they come; the first one
 * is about the socket, the last one is all that is left. Every value of tcp_info is printed.
 */
#include "fuzz-table.h"
#include "ph-socket-inquiry.h"
#include "ph-tcp-facts.h"

static void
check (const PhSocketReport *report)
{
  g_autoptr (GString) text = g_string_new (NULL);

  fuzz_assert (report->info_length <= sizeof report->info);
  fuzz_assert (report->lineage->len <= PH_LINEAGE_MAX);
  fuzz_check_text (report->congestion);
  for (guint i = 0; i < report->lineage->len; i++)
    fuzz_check_text (((const PhProcess *) g_ptr_array_index (report->lineage, i))->comm);
  for (guint i = 0; i < ph_n_tcp_facts; i++)
    ph_tcp_fact_print (&ph_tcp_facts[i], &report->info, i % 4, text);
  fuzz_check_text (text->str);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  const PhSocket socket = { .key = { .cookie = 1, .family = PH_SOCKET_FAMILY_INET, .protocol = PH_PROTOCOL_TCP },
                            .state = PH_STATE_ESTABLISHED };
  g_autoptr (PhSocketInquiry) inquiry = ph_socket_inquiry_new (&socket, 1000);
  g_autoptr (PhSocketReport) report = NULL;
  PhRequest request;
  guint asked = 0;

  for (; ph_socket_inquiry_next (inquiry, &request); asked++)
    {
      FuzzPiece piece = fuzz_take (&bytes, &length, asked > PH_LINEAGE_MAX);

      fuzz_answer (ph_socket_inquiry_sink, inquiry, request.name, 0,
                   request.name == PH_REQUEST_SOCKET ? PH_FRAME_NETLINK : PH_FRAME_PROCESS, &piece);
      g_free (piece.bytes);
    }
  fuzz_assert (asked <= PH_LINEAGE_MAX + 1);
  report = ph_socket_inquiry_end (inquiry);
  check (report);
  return 0;
}
