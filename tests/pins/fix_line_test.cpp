// Along which versions pins are moved: long-term releases stay among themselves.
#include "fix_support.h"

using namespace buildable;
using namespace buildable::pins;
using namespace buildable::testing;

namespace {

struct Row {
  std::string runtime;
  std::string text;
  std::string grammar;
  std::string nearest;  // empty: left as it is
  std::string upgraded;
  std::string newest;
};

// On the default track of 2026-05-14: Node.js up to 25.9.0, long-term up to 24.
const Row rows[] = {
    {"node", "22.x", "npm", "", "24.x", "25.x"},
    {"node", "^20.11.0", "npm", "", "^24.14.0", "^25.9.0"},
    {"node", "24.x", "npm", "", "", "25.x"},
    {"node", "24.1.0", "npm", "", "24.14.1", "25.9.0"},
    {"node", "20 || 22", "npm", "", "20 || 22 || 24", "20 || 22 || 25"},
    {"node", ">=20 <23", "npm", "", ">=20 <25", ">=20 <26"},
    {"node", ">=20", "npm", "", "", ""},
    // Releases of no long line go to the newest of all.
    {"node", "23.x", "npm", "", "25.x", "25.x"},
    {"node", "25.x", "npm", "", "", ""},
    {"node", "25.1.0", "npm", "", "25.9.0", "25.9.0"},
    // Whether 26 builds is not known that day. What cannot be built goes to the newest long-term
    // release, but not out of its own series.
    {"node", "27.x", "npm", "24.x", "24.x", "25.x"},
    {"node", "26.x", "npm", "24.x", "", ""},
    {"node", "^26.1.0", "npm", "^24.14.0", "", ""},
    {"node", "25.99.0", "npm", "25.9.0", "24.14.1", "25.9.0"},
    {"node", "24.99.0", "npm", "24.14.1", "24.14.1", "25.9.0"},
    {"node", ">=26 <27", "npm", ">=25 <27", "", ""},
    {"java", "27", "", "25", "25", "26"},
    {"java", "17", "", "", "25", "26"},
    {"java", "21", "", "", "25", "26"},
    {"java", "25", "", "", "", "26"},
    {"java", "24", "", "", "26", "26"},
    // No long lines.
    {"python", "3.16", "", "3.14", "3.14", "3.14"},
    {"go", "1.21.0", "", "", "1.26.2", "1.26.2"},
};

std::string value_of(const Row& row, FixAim aim) {
  const RuntimePolicy& runtime = runtime_at("2026-05-14", "default", row.runtime);
  const auto fixed = fix(pin_of(runtime, "a/file", "key", row.text, row.grammar), runtime, aim);
  return fixed ? fixed->value : std::string();
}

}  // namespace

TEST_CASE("a pin follows its line of releases") {
  for (const Row& row : rows) {
    CAPTURE(row.runtime);
    CAPTURE(row.text);
    CHECK(value_of(row, FixAim::nearest) == row.nearest);
    CHECK(value_of(row, FixAim::upgrade) == row.upgraded);
    CHECK(value_of(row, FixAim::newest) == row.newest);
  }
}

TEST_CASE("a series is a long-term release from its day on") {
  CHECK(runtime_at("2025-10-23", "latest", "node").long_term.back() == "22");
  CHECK(runtime_at("2026-03-23", "latest", "node").long_term.back() == "24");
  CHECK(runtime_at("2026-05-14", "default", "python").long_term.empty());
}
