// The log of the service, whose threads write at the same time.
#pragma once

#include <memory>
#include <string_view>

#include "base/log_line.h"

namespace spdlog {
class logger;
}

namespace buildable::cli {

// To standard error, an event a call, as log_line() has it. From any thread.
class Log {
 public:
  // `quiet`: warnings and errors only.
  Log(LogFormat format, bool quiet);

  void info(std::string_view text);
  void warning(std::string_view text);

 private:
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace buildable::cli
