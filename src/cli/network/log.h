// The log of a command that runs unattended.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

namespace spdlog {
class logger;
}

namespace buildable {

enum class LogFormat : std::uint8_t { text, json };

// To standard error, a line an event (in text form: a line of the event), with the time in UTC and
// a level: "2026-05-14T19:06:38Z warning Stays with …", or {"time": …, "level": …, "message": …}.
// Texts may come from outside: what a terminal or a reader of lines would take for more than text
// is escaped. From any thread.
class Log {
 public:
  // `quiet`: warnings and errors only.
  Log(LogFormat format, bool quiet);

  void info(std::string_view text);
  void warning(std::string_view text);

 private:
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace buildable
