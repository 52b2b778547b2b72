/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words for what can go wrong while gathering. */
#include "ph-error.h"

const char *
ph_error_code_name (PhErrorCode code)
{
  switch (code)
    {
    case PH_ERROR_NONE:
      return "no error";
    case PH_ERROR_SYSTEM:
      return "system call failed";
    case PH_ERROR_KERNEL:
      return "refused by the kernel";
    case PH_ERROR_UNSUPPORTED:
      return "not reported by this kernel";
    case PH_ERROR_DENIED:
      return "not permitted";
    case PH_ERROR_TRUNCATED:
      return "answer cut short";
    case PH_ERROR_MALFORMED:
      return "answer does not parse";
    case PH_ERROR_SENDER:
      return "answer from a stranger";
    }
  return "unknown error";
}
