#include "model/track_end.h"

namespace buildable {

Result<std::optional<Instant>> track_end(std::string_view valid_until) {
  if (valid_until.empty()) return std::nullopt;
  if (const auto day = parse_day(valid_until)) return *day;
  auto instant = parse_instant_or_day(valid_until);
  if (!instant) return fail(std::move(instant.error()));
  return *instant;
}

}  // namespace buildable
