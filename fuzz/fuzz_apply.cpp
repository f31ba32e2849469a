// Whatever a configuration holds: edited once it stays as it is when edited again, and what was put
// in comes out again.
#include "apply/dependabot.h"
#include "apply/renovate.h"
#include "fuzz.h"

using namespace buildable;

namespace {

void check_dependabot(std::string_view text) {
  const std::vector<apply::EcosystemIgnores> wanted{
      {"pip", {{"a", {">= 2", "= 1"}}, {"b\"\\", {"< 1"}}}, {}}};
  const auto once = apply::with_ignores(text, "", wanted);
  if (!fuzz::parsed(once)) return;
  fuzz::require(apply::with_ignores(*once, "", wanted).value() == *once);
  const bool had_marks = text.find("# buildable: ") != text.npos;
  const auto without = apply::with_ignores(*once, "", {});
  fuzz::require(had_marks || without.value() == text);
}

void check_renovate(std::string_view text, std::string_view name) {
  const apply::WantedPreset wanted{"local>a/b:latest", {"default", "latest"}};
  const auto once = apply::with_renovate_preset(text, name, wanted);
  if (!fuzz::parsed(once)) return;
  fuzz::require(apply::with_renovate_preset(*once, name, wanted).value() == *once);
  fuzz::parsed(apply::without_renovate_preset(*once, name, wanted));
}

}  // namespace

static int run(const std::uint8_t* data, std::size_t size) {
  const auto [which, text] = fuzz::choice_and_text(data, size, 3);
  if (which == 0) check_dependabot(text);
  if (which == 1) check_renovate(text, "renovate.json5");
  if (which == 2) check_renovate(text, "package.json");
  return 0;
}

static const fuzz::Registered registered{"apply", "yaml json", run};
