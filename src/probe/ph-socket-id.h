/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One inet socket and no other, as the kernel tells them apart: struct inet_diag_sockid (linux/inet_diag.h). Its
 * addresses are where the kernel looks, its cookie says whether what is found there is meant.
 */
#pragma once

#include <stdint.h>

typedef struct
{
  uint8_t family;      /* AF_INET, AF_INET6 */
  uint8_t protocol;    /* IPPROTO_TCP, IPPROTO_UDP */
  uint16_t local_port; /* host order */
  uint16_t remote_port;
  uint32_t interface; /* index it is bound to; 0: none */
  uint8_t local[16];  /* network order; the first four of IPv4 */
  uint8_t remote[16];
  uint64_t cookie; /* neither 0 nor all ones, which the kernel takes for "whichever" */
} PhSocketId;
