#include "cli/context.h"

#include <chrono>
#include <ostream>

#include "app/program_version.h"
#include "base/log_line.h"
#include "base/text.h"

namespace buildable::cli {

Result<Instant> Context::at() const {
  if (arguments.at.empty()) return now;
  auto instant = parse_instant_or_day(arguments.at);
  if (!instant)
    return fail("--at: " + instant.error().message(), "write 2026-03-20 or 2026-03-20T12:00:00Z");
  return instant;
}

Result<app::Times> Context::times() const {
  const auto instant = at();
  if (!instant) return fail(instant.error());
  return app::Times{*instant, now};
}

std::optional<pins::ChosenTrack> Context::chosen_track() const {
  if (!arguments.track.empty()) return pins::ChosenTrack{arguments.track, "--track", {}};
  if (!settings.track.empty()) return pins::ChosenTrack{settings.track, "the settings", {}};
  return std::nullopt;
}

std::string Context::track(std::string_view platform_default) const {
  const auto chosen = chosen_track();
  return chosen ? chosen->track : std::string(platform_default);
}

bool Context::colored() const {
  return arguments.color == "always" || (arguments.color == "auto" && out_is_terminal);
}

namespace {

void log(const Context& context, std::string_view level, std::string_view text) {
  const Instant time = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  context.err << log_line(*context.arguments.log_format, time, level, text) << std::flush;
}

}  // namespace

void Context::say(std::string_view line) const {
  if (arguments.quiet) return;
  if (arguments.log_format) return log(*this, "info", line);
  err << line << '\n';
}

void Context::warn(std::string_view line) const {
  if (arguments.log_format) return log(*this, "warning", line);
  say("warning: " + std::string(line));
}

void Context::say_what_it_rests_on() const {
  if (!arguments.verbose) return;
  say("Using " + app::version_text() + ", " +
      (settings.was_read ? "settings from " + printable(settings.file) : "no settings") + ".");
}

int Context::failed(const Error& error) const {
  if (arguments.log_format)
    log(*this, "error", error.to_text());
  else
    err << "buildable: " << error.to_text() << '\n';
  return exit_failed;
}

std::string painted(const Context& context, std::string_view text, Color color) {
  if (!context.colored()) return std::string(text);
  constexpr std::string_view codes[] = {"\033[32m", "\033[31m", "\033[33m"};
  return std::string(codes[static_cast<std::size_t>(color)]).append(text).append("\033[0m");
}

}  // namespace buildable::cli
