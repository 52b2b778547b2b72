/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be asked of a rule. */
#include "ph-rule.h"

#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>

#include "ph-route-names.h"

/* The three that the kernel starts with (fib_default_rules_init()), whatever the administrator has made of them. */
static gboolean
is_builtin (const PhRule *rule)
{
  static const struct
  {
    guint32 priority;
    guint32 table;
  } builtin[] = { { 0, RT_TABLE_LOCAL }, { 0x7ffe, RT_TABLE_MAIN }, { 0x7fff, RT_TABLE_DEFAULT } };

  for (guint i = 0; i < G_N_ELEMENTS (builtin); i++)
    if (rule->key.action == FR_ACT_TO_TBL && ph_rule_priority (rule) == builtin[i].priority
        && rule->key.table == builtin[i].table)
      return TRUE;
  return FALSE;
}

gboolean
ph_rule_is (const PhRule *rule, PhRuleWord word)
{
  switch (word)
    {
    case PH_RULE_IS_IPV4:
      return rule->key.family == PH_FAMILY_IPV4;
    case PH_RULE_IS_IPV6:
      return rule->key.family == PH_FAMILY_IPV6;
    case PH_RULE_IS_LOOKUP:
      return rule->key.action == FR_ACT_TO_TBL;
    case PH_RULE_IS_REJECT:
      return rule->key.action == FR_ACT_BLACKHOLE || rule->key.action == FR_ACT_UNREACHABLE
             || rule->key.action == FR_ACT_PROHIBIT;
    case PH_RULE_IS_BUILTIN:
      return is_builtin (rule);
    case PH_RULE_IS_NEW:
      return rule->head.mark == PH_MARK_NEW;
    case PH_RULE_IS_CLOSED:
      return rule->head.mark == PH_MARK_CLOSED;
    case PH_RULE_IS_STALE:
      return rule->head.mark == PH_MARK_STALE;
    }
  return FALSE;
}

const char *
ph_rule_action_name (guint8 action)
{
  static const char *const names[] = {
    [FR_ACT_UNSPEC] = "none",       [FR_ACT_TO_TBL] = "lookup",       [FR_ACT_GOTO] = "goto",
    [FR_ACT_NOP] = "nop",           [FR_ACT_BLACKHOLE] = "blackhole", [FR_ACT_UNREACHABLE] = "unreachable",
    [FR_ACT_PROHIBIT] = "prohibit",
  };

  return action < G_N_ELEMENTS (names) && names[action] ? names[action] : ph_number_text (action);
}
