// What a command may use of the world: its streams, the time, the settings.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "app/settings.h"
#include "app/state.h"
#include "base/result.h"
#include "base/time.h"
#include "cli/arguments.h"
#include "pins/judge_track.h"

namespace buildable::cli {

struct Context {
  std::ostream& out;  // what a program reads
  std::ostream& err;  // the rest
  Instant now;
  bool out_is_terminal = false;
  const Arguments& arguments;
  app::Settings settings;

  // The instant that the command is about: --at, else now.
  Result<Instant> at() const;
  Result<app::Times> times() const;
  // The track that every repository is held against, whatever it chooses: --track, else the
  // configured one.
  std::optional<pins::ChosenTrack> chosen_track() const;
  // The same; without one the platform's default.
  std::string track(std::string_view platform_default) const;
  bool colored() const;
  // A line for people, unless --quiet; an event of the log with --log-format.
  void say(std::string_view line) const;
  // The same with "warning: " before it; --quiet does not keep it from a log.
  void warn(std::string_view line) const;
  // With --verbose: which program, facts and settings the answer rests on.
  void say_what_it_rests_on() const;
  // Prints the error and gives the exit code for it.
  int failed(const Error& error) const;
};

enum class Color : std::uint8_t { green, red, yellow };
std::string painted(const Context& context, std::string_view text, Color color);

}  // namespace buildable::cli
