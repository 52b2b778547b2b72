/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong while gathering: which request, what kind of failure, and the errno the kernel gave. */
#pragma once

#include <stdint.h>

typedef enum
{
  PH_ERROR_NONE = 0,
  PH_ERROR_SYSTEM,      /* a system call failed: see errnum */
  PH_ERROR_KERNEL,      /* the kernel refused the request: errnum is what it answered */
  PH_ERROR_UNSUPPORTED, /* this kernel does not report it, neither by netlink nor in /proc */
  PH_ERROR_DENIED,      /* not permitted */
  PH_ERROR_TRUNCATED,   /* an answer was cut short */
  PH_ERROR_MALFORMED,   /* an answer does not parse */
  PH_ERROR_SENDER,      /* an answer that did not come from the kernel */
} PhErrorCode;

typedef struct
{
  PhErrorCode code;
  int errnum;       /* 0 where no errno belongs to it */
  uint16_t request; /* a PhRequestName, 0 where none was being served */
} PhError;

/* A few words in English for logs and stderr, never NULL. The caller does not free it. */
const char *ph_error_code_name (PhErrorCode code);
