/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Says to ThreadSanitizer where a thing goes from one thread to another through a GTask, a GMutex or a count of
 * references.
 *
 * GLib orders the two well enough, but by futexes of its own, in a library that is not instrumented: the sanitizer does
 * not see it and takes every GTask for a race. With the hand-over told, it finds the real ones. Without the sanitizer
 * this is nothing.
 */
#pragma once

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define PH_HAS_TSAN 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define PH_HAS_TSAN 1
#endif

#ifdef PH_HAS_TSAN
void __tsan_acquire (void *address);
void __tsan_release (void *address);
#define PH_HAND_OVER(thing) __tsan_release (thing)
#define PH_TAKE_OVER(thing) __tsan_acquire (thing)
#else
#define PH_HAND_OVER(thing) ((void) (thing))
#define PH_TAKE_OVER(thing) ((void) (thing))
#endif
