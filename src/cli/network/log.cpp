#include "cli/network/log.h"

#include <spdlog/formatter.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace buildable::cli {
namespace {

std::string_view view(spdlog::string_view_t text) { return {text.data(), text.size()}; }

class Formatter : public spdlog::formatter {
 public:
  explicit Formatter(LogFormat format) : format_(format) {}

  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& into) override {
    const std::string line =
        log_line(format_, std::chrono::floor<std::chrono::seconds>(message.time),
                 view(spdlog::level::to_string_view(message.level)), view(message.payload));
    into.append(line.data(), line.data() + line.size());
  }
  std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<Formatter>(format_);
  }

 private:
  LogFormat format_;
};

spdlog::string_view_t as_payload(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

Log::Log(LogFormat format, bool quiet)
    : logger_(std::make_shared<spdlog::logger>("buildable",
                                               std::make_shared<spdlog::sinks::stderr_sink_mt>())) {
  logger_->set_formatter(std::make_unique<Formatter>(format));
  logger_->set_level(quiet ? spdlog::level::warn : spdlog::level::info);
  logger_->flush_on(spdlog::level::info);
}

void Log::info(std::string_view text) { logger_->log(spdlog::level::info, as_payload(text)); }
void Log::warning(std::string_view text) { logger_->log(spdlog::level::warn, as_payload(text)); }

}  // namespace buildable::cli
