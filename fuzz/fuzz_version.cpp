#include "fuzz.h"
#include "version/version.h"

using namespace buildable;

static int run(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t schemes = static_cast<std::size_t>(Scheme::docker) + 1;
  auto [which, text] = fuzz::choice_and_text(data, size, schemes);
  auto scheme = static_cast<Scheme>(which);
  Result<Version> read = Version::parse(scheme, text);
  if (fuzz::parsed(read)) {
    Result<Version> again = Version::parse(scheme, read->text());
    fuzz::require(again.has_value() && *again == *read);
    fuzz::require(again->is_prerelease() == read->is_prerelease());
    fuzz::require(!read->release().empty());
    is_partial(*read);
  }
  fuzz::parsed(parse_named(scheme, text));
  return 0;
}

static const fuzz::Registered registered{"version", "version", run};
