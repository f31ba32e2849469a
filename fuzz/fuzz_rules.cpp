#include "fuzz.h"
#include "rules/load.h"

using namespace buildable;

static int run(const std::uint8_t* data, std::size_t size) {
  auto [which, text] = fuzz::choice_and_text(data, size, 2);
  if (which == 0) fuzz::parsed(parse_runtime(text, "fuzz.toml"));
  if (which == 1) fuzz::parsed(parse_platform(text, "fuzz.toml"));
  return 0;
}

static const fuzz::Registered registered{"rules", "toml", run};
