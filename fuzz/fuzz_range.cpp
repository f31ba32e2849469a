#include "fuzz.h"
#include "version/range.h"

using namespace buildable;

static int run(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t grammars = static_cast<std::size_t>(Grammar::maven) + 1;
  auto [which, text] = fuzz::choice_and_text(data, size, grammars);
  constexpr Scheme schemes[] = {Scheme::semver,   Scheme::pep440, Scheme::pep440, Scheme::ruby,
                                Scheme::composer, Scheme::go,     Scheme::maven};
  Result<VersionSet> read = parse_range(static_cast<Grammar>(which), schemes[which], text);
  if (!fuzz::parsed(read)) return 0;
  Result<VersionSet> again = parse_set(schemes[which], to_string(*read));
  fuzz::require(again.has_value() && *again == *read);
  fuzz::require(read->complement().complement() == *read);
  return 0;
}

static const fuzz::Registered registered{"range", "version", run};
