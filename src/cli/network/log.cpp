#include "cli/network/log.h"

#include <spdlog/formatter.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <string>

#include "base/json_layout.h"
#include "base/text.h"
#include "base/time.h"

namespace buildable {
namespace {

using Message = spdlog::details::log_msg;

std::string time_of(const Message& message) {
  return format_instant(std::chrono::floor<std::chrono::seconds>(message.time));
}

std::string_view view(spdlog::string_view_t text) { return {text.data(), text.size()}; }

// The lines of an event, without what is not text.
std::vector<std::string> lines_of(const Message& message) {
  std::vector<std::string> lines;
  for (const std::string_view line : split_lines(view(message.payload)))
    lines.push_back(printable(line));
  return lines;
}

class TextFormatter : public spdlog::formatter {
 public:
  void format(const Message& message, spdlog::memory_buf_t& into) override {
    for (const std::string& line : lines_of(message)) {
      const std::string whole = time_of(message) + " " +
                                std::string(view(spdlog::level::to_string_view(message.level))) +
                                " " + line + "\n";
      into.append(whole.data(), whole.data() + whole.size());
    }
  }
  std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<TextFormatter>();
  }
};

class JsonFormatter : public spdlog::formatter {
 public:
  void format(const Message& message, spdlog::memory_buf_t& into) override {
    const std::string level(view(spdlog::level::to_string_view(message.level)));
    const std::string whole =
        "{\"time\": " + json_string(time_of(message)) + ", \"level\": " + json_string(level) +
        ", \"message\": " + json_string(join(lines_of(message), "\n")) + "}\n";
    into.append(whole.data(), whole.data() + whole.size());
  }
  std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<JsonFormatter>();
  }
};

std::unique_ptr<spdlog::formatter> formatter_of(LogFormat format) {
  if (format == LogFormat::json) return std::make_unique<JsonFormatter>();
  return std::make_unique<TextFormatter>();
}

spdlog::string_view_t as_payload(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

Log::Log(LogFormat format, bool quiet)
    : logger_(std::make_shared<spdlog::logger>("buildable",
                                               std::make_shared<spdlog::sinks::stderr_sink_mt>())) {
  logger_->set_formatter(formatter_of(format));
  logger_->set_level(quiet ? spdlog::level::warn : spdlog::level::info);
  logger_->flush_on(spdlog::level::info);
}

void Log::info(std::string_view text) { logger_->log(spdlog::level::info, as_payload(text)); }
void Log::warning(std::string_view text) { logger_->log(spdlog::level::warn, as_payload(text)); }

}  // namespace buildable
