#include "cli/context.h"

#include <ostream>

namespace buildable {

Result<Instant> Context::at() const {
  if (arguments.at.empty()) return now;
  auto instant = parse_instant_or_day(arguments.at);
  if (!instant)
    return fail("--at: " + instant.error().message(), "write 2026-03-20 or 2026-03-20T12:00:00Z");
  return instant;
}

Result<Times> Context::times() const {
  const auto instant = at();
  if (!instant) return fail(instant.error());
  return Times{*instant, now};
}

std::optional<ChosenTrack> Context::chosen_track() const {
  if (!arguments.track.empty()) return ChosenTrack{arguments.track, "--track", {}};
  if (!settings.track.empty()) return ChosenTrack{settings.track, "the settings", {}};
  return std::nullopt;
}

std::string Context::track(std::string_view platform_default) const {
  const auto chosen = chosen_track();
  return chosen ? chosen->track : std::string(platform_default);
}

bool Context::colored() const {
  return arguments.color == "always" || (arguments.color == "auto" && out_is_terminal);
}

void Context::say(std::string_view line) const {
  if (!arguments.quiet) err << line << '\n';
}

int Context::failed(const Error& error) const {
  err << "buildable: " << error.to_text() << '\n';
  return exit_failed;
}

std::string painted(const Context& context, std::string_view text, Color color) {
  if (!context.colored()) return std::string(text);
  constexpr std::string_view codes[] = {"\033[32m", "\033[31m", "\033[33m"};
  return std::string(codes[static_cast<std::size_t>(color)]).append(text).append("\033[0m");
}

}  // namespace buildable
