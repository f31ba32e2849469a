#include "model/track_end.h"

namespace buildable {

Result<std::optional<Instant>> track_end(std::string_view valid_until) {
  if (valid_until.empty()) return std::nullopt;
  auto end = valid_until.size() == std::string_view("2026-04-27").size()
                 ? parse_day(valid_until)
                 : parse_instant(valid_until);
  if (!end) return fail(end.error().message(), "write it as 2026-04-27 or as 2026-04-27T00:00:00Z");
  return *end;
}

}  // namespace buildable
