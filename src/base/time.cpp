#include "base/time.h"

#include <algorithm>
#include <optional>

#include "base/characters.h"
#include "base/text.h"

namespace buildable {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;

// Takes pieces off the front of a text; after the first piece that is not there nothing matches.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  int number(std::size_t digits) {
    if (!ok_ || rest_.size() < digits) return fail();
    int value = 0;
    for (char c : rest_.substr(0, digits)) {
      if (!is_digit(c)) return fail();
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(digits);
    return value;
  }

  // The character taken, one of `wanted`; '\0' when it is none of them.
  char one_of(std::string_view wanted) {
    if (!ok_ || rest_.empty() || wanted.find(rest_.front()) == std::string_view::npos) {
      fail();
      return '\0';
    }
    char taken = rest_.front();
    rest_.remove_prefix(1);
    return taken;
  }

  void fraction() {
    if (!ok_ || rest_.empty() || rest_.front() != '.') return;
    rest_.remove_prefix(1);
    number(1);
    while (!rest_.empty() && is_digit(rest_.front())) rest_.remove_prefix(1);
  }

  bool ok() const { return ok_; }
  bool finished() const { return ok_ && rest_.empty(); }

 private:
  int fail() {
    ok_ = false;
    return 0;
  }

  std::string_view rest_;
  bool ok_ = true;
};

std::optional<sys_days> scan_day(Scanner& scanner) {
  int year = scanner.number(4);
  scanner.one_of("-");
  int month = scanner.number(2);
  scanner.one_of("-");
  int day = scanner.number(2);
  std::chrono::year_month_day date{std::chrono::year(year),
                                   std::chrono::month(static_cast<unsigned>(month)),
                                   std::chrono::day(static_cast<unsigned>(day))};
  if (!scanner.ok() || !date.ok()) return std::nullopt;
  return sys_days(date);
}

// How far local time is ahead of UTC.
std::optional<seconds> scan_offset(Scanner& scanner) {
  char sign = scanner.one_of("Zz+-");
  if (!scanner.ok()) return std::nullopt;
  if (sign == 'Z' || sign == 'z') return seconds(0);
  int hour = scanner.number(2);
  scanner.one_of(":");
  int minute = scanner.number(2);
  if (!scanner.ok() || hour > 23 || minute > 59) return std::nullopt;
  seconds offset = hours(hour) + minutes(minute);
  return sign == '-' ? -offset : offset;
}

std::optional<seconds> scan_clock(Scanner& scanner) {
  int hour = scanner.number(2);
  scanner.one_of(":");
  int minute = scanner.number(2);
  scanner.one_of(":");
  int second = scanner.number(2);
  scanner.fraction();
  // 60 is a leap second; it is the first second of the next minute to a clock that has none.
  if (!scanner.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return hours(hour) + minutes(minute) + seconds(second);
}

std::optional<Instant> scan_instant(std::string_view text) {
  Scanner scanner(text);
  std::optional<sys_days> day = scan_day(scanner);
  scanner.one_of("Tt ");
  std::optional<seconds> clock = scan_clock(scanner);
  std::optional<seconds> offset = scan_offset(scanner);
  if (!day || !clock || !offset || !scanner.finished()) return std::nullopt;
  return Instant(*day) + *clock - *offset;
}

std::optional<Instant> scan_whole_day(std::string_view text) {
  Scanner scanner(text);
  std::optional<sys_days> day = scan_day(scanner);
  if (!day || !scanner.finished()) return std::nullopt;
  return Instant(*day);
}

std::string padded(int value, std::size_t digits) {
  std::string text = std::to_string(value);
  return std::string(digits - std::min(digits, text.size()), '0') + text;
}

constexpr const char* instant_example = "write it as RFC 3339 has it: 2026-05-14T19:06:38Z";
constexpr const char* day_example = "write it as 2026-05-14";

}  // namespace

Result<Instant> parse_instant(std::string_view text) {
  if (std::optional<Instant> instant = scan_instant(text)) return *instant;
  return fail(in_quotes(text) + " is not an instant", instant_example);
}

Result<Instant> parse_instant_or_day(std::string_view text) {
  if (std::optional<Instant> instant = scan_instant(text)) return *instant;
  if (std::optional<Instant> day = scan_whole_day(text)) return *day + hours(24) - seconds(1);
  return fail(in_quotes(text) + " is neither a date nor an instant",
              "write 2026-05-14 or 2026-05-14T19:06:38Z");
}

Result<Instant> parse_day(std::string_view text) {
  if (std::optional<Instant> day = scan_whole_day(text)) return *day;
  return fail(in_quotes(text) + " is not a date", day_example);
}

std::string format_day(Instant instant) {
  std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(instant)};
  return padded(static_cast<int>(date.year()), 4) + "-" +
         padded(static_cast<int>(static_cast<unsigned>(date.month())), 2) + "-" +
         padded(static_cast<int>(static_cast<unsigned>(date.day())), 2);
}

std::string format_instant(Instant instant) {
  seconds clock = instant - std::chrono::floor<std::chrono::days>(instant);
  int total = static_cast<int>(clock.count());
  return format_day(instant) + "T" + padded(total / 3600, 2) + ":" + padded(total / 60 % 60, 2) +
         ":" + padded(total % 60, 2) + "Z";
}

}  // namespace buildable
