/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames in the promised order, see ph-answer.h. */
#include "ph-answer.h"

#include <errno.h>

#include "ph-clock.h"

void
ph_answer_init (PhAnswer *answer, PhRequestName request, PhSink sink, void *user, atomic_bool *stop)
{
  *answer = (PhAnswer){
    .sink = sink,
    .user = user,
    .stop = stop,
    .begin = { .request = request },
    .error = { .request = request },
  };
}

void
ph_answer_begin (PhAnswer *answer, PhFrameFormat format, uint32_t part)
{
  answer->begin.format = format;
  answer->begin.part = part;
  answer->begin.time_us = ph_clock_us ();
  answer->begin_due = true;
}

void
ph_answer_give (PhAnswer *answer, PhFrameKind kind, const void *bytes, size_t length)
{
  if (answer->begin_due)
    {
      answer->begin_due = false;
      answer->sink (answer->user, PH_FRAME_BEGIN, &answer->begin, sizeof answer->begin);
    }
  answer->sink (answer->user, kind, bytes, length);
}

bool
ph_answer_end (PhAnswer *answer)
{
  const int64_t took_us = ph_clock_us () - answer->begin.time_us;
  const PhFrameEnd end = {
    .code = answer->error.code,
    .errnum = answer->error.errnum,
    .flags = answer->flags,
    .took_us = took_us < UINT32_MAX ? (uint32_t) took_us : UINT32_MAX,
  };

  ph_answer_give (answer, PH_FRAME_END, &end, sizeof end);
  return answer->error.code == PH_ERROR_NONE;
}

bool
ph_answer_fail (PhAnswer *answer, PhErrorCode code, int errnum)
{
  if (answer->error.code != PH_ERROR_NONE)
    return false;
  answer->error.code = errnum == EPERM || errnum == EACCES ? PH_ERROR_DENIED : code;
  answer->error.errnum = errnum;
  return false;
}

bool
ph_answer_is_unwanted (const PhAnswer *answer)
{
  return answer->stop != NULL && atomic_load_explicit (answer->stop, memory_order_relaxed);
}

bool
ph_answer_stopped (PhAnswer *answer)
{
  if (!ph_answer_is_unwanted (answer))
    return false;
  ph_answer_fail (answer, PH_ERROR_SYSTEM, ECANCELED);
  return true;
}
