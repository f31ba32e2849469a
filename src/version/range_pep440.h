// Version specifiers of Python, which Poetry's constraints share.
// https://packaging.python.org/en/latest/specifications/version-specifiers/
#pragma once

#include <string>
#include <string_view>

#include "version/range_parts.h"

namespace buildable {

// What stands behind an operator: "3.14", "1!2.0rc1", "3.14.*".
struct Pep440Operand {
  Version version;    // without the wildcard
  std::string epoch;  // "1!" or empty
  Numbers numbers;
  bool wildcard = false;
  bool has_local = false;

  // A release of the same epoch.
  std::string release(const Numbers& other) const { return epoch + join(other); }
};

Result<Pep440Operand> parse_pep440_operand(Scheme scheme, std::string_view text);

// What one specifier holds for by itself, prereleases by plain order.
Result<VersionSet> pep440_reach(std::string_view op, const Pep440Operand& operand);

// Whether the specifier asks for prereleases by naming one.
bool names_prerelease(std::string_view op, const Pep440Operand& operand);

}  // namespace buildable
