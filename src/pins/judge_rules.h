// The rules of findings: stable ids for programs, with what they mean. Those of file notices stand
// in the platform's rules and are not listed here.
#pragma once

#include <array>
#include <string_view>

#include "model/rules.h"

namespace buildable::pins {

struct JudgeRule {
  std::string_view id;
  Level level;  // as long as nothing lowers or raises it
  std::string_view title;
};

namespace judge_rule {
inline constexpr std::string_view unbuildable = "unbuildable-pin";
inline constexpr std::string_view unreadable = "unreadable-pin";
inline constexpr std::string_view wrong_form = "wrong-form";
inline constexpr std::string_view refused_file = "refused-file";
inline constexpr std::string_view unbuildable_mirror = "unbuildable-mirror";
inline constexpr std::string_view unreadable_mirror = "unreadable-mirror";
inline constexpr std::string_view differing = "differing-pin";
inline constexpr std::string_view breaks_ahead = "breaks-ahead";
inline constexpr std::string_view unread_file = "unread-file";
inline constexpr std::string_view stale_builder = "stale-builder";
inline constexpr std::string_view broken_bot_rule = "broken-bot-rule";
inline constexpr std::string_view idle_bot_rule = "idle-bot-rule";
inline constexpr std::string_view leaking_bot_rule = "leaking-bot-rule";
inline constexpr std::string_view blocking_bot_rule = "blocking-bot-rule";
inline constexpr std::string_view unknown = "unknown-pin";
inline constexpr std::string_view buildable = "buildable-pin";
}  // namespace judge_rule

inline constexpr std::array<JudgeRule, 16> judge_rules{{
    {judge_rule::unbuildable, Level::error, "The build fails: it cannot take this version"},
    {judge_rule::unreadable, Level::error, "The build finds no version where it looks for one"},
    {judge_rule::wrong_form, Level::error, "The build does not take versions in this form"},
    {judge_rule::refused_file, Level::error, "The build fails because this file is there"},
    {judge_rule::unbuildable_mirror, Level::warning,
     "A version that cannot be built, in a place that the build does not read"},
    {judge_rule::unreadable_mirror, Level::note,
     "No version, in a place that the build does not read"},
    {judge_rule::differing, Level::warning, "Another version than the build takes"},
    {judge_rule::breaks_ahead, Level::warning, "It builds today and will not when the track moves"},
    {judge_rule::unread_file, Level::warning, "A file that this builder does not read"},
    {judge_rule::stale_builder, Level::warning, "A builder image that no track uses any more"},
    {judge_rule::broken_bot_rule, Level::warning, "A limit for a bot that the bot cannot read"},
    {judge_rule::idle_bot_rule, Level::warning, "A limit for a bot that holds back no version"},
    {judge_rule::leaking_bot_rule, Level::warning,
     "A limit for a bot that lets through what cannot be built"},
    {judge_rule::blocking_bot_rule, Level::note,
     "A limit for a bot that holds back what can be built"},
    {judge_rule::unknown, Level::note, "Whether it can be built is not known"},
    {judge_rule::buildable, Level::note, "It can be built"},
}};

}  // namespace buildable::pins
