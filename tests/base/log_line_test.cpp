#include "base/log_line.h"

#include <doctest/doctest.h>

#include <chrono>

using namespace buildable;

namespace {

const Instant noon{std::chrono::seconds(1'778'760'000)};

std::string text(std::string_view message) {
  return log_line(LogFormat::text, noon, "warning", message);
}
std::string json(std::string_view message) {
  return log_line(LogFormat::json, noon, "info", message);
}

}  // namespace

TEST_CASE("a log line has its time, its level and its text") {
  CHECK(text("the state stays") == "2026-05-14T12:00:00Z warning the state stays\n");
  CHECK(json("the state stays") ==
        R"({"time": "2026-05-14T12:00:00Z", "level": "info", "message": "the state stays"})"
        "\n");
}

TEST_CASE("an event of several lines is a line each as text, and one as JSON") {
  CHECK(text("a\n  b") == "2026-05-14T12:00:00Z warning a\n2026-05-14T12:00:00Z warning   b\n");
  CHECK(json("a\n  b").find(R"("message": "a\n  b"})") != std::string::npos);
}

TEST_CASE("what comes from outside begins no line and moves no cursor") {
  CHECK(text("x\r2026-05-14 info all is well").find('\r') == std::string::npos);
  CHECK(text("\x1b[2J").find('\x1b') == std::string::npos);
  CHECK(json("\x1b\xff").find('\x1b') == std::string::npos);
}
