#include "fuzz.h"
#include "version/set.h"

using namespace buildable;

static int run(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t schemes = static_cast<std::size_t>(Scheme::docker) + 1;
  auto [which, text] = fuzz::choice_and_text(data, size, schemes);
  auto scheme = static_cast<Scheme>(which);
  Result<VersionSet> read = parse_set(scheme, text);
  if (!fuzz::parsed(read)) return 0;
  Result<VersionSet> again = parse_set(scheme, to_string(*read));
  fuzz::require(again.has_value() && *again == *read);
  fuzz::require(read->unite(read->complement()) == VersionSet::all(scheme));
  fuzz::require(!read->intersects(read->complement()));
  return 0;
}

static const fuzz::Registered registered{"set", "version", run};
