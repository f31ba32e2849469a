// Good documents from tests/data/rules, and what goes wrong when one place of them is changed.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/files.h"
#include "support/paths.h"

namespace buildable::testing {

inline std::string good_document(const std::string& name) {
  return read_file(source_dir().string() + "/tests/data/rules/good_" + name);
}

// A change of the good document and the errors that it causes.
struct BadRow {
  std::string name;
  std::string from;  // in the good document; empty: `to` is the whole document
  std::string to;
  std::string error;
};

template <class Parse>
void check_bad_rows(const std::string& good, const std::vector<BadRow>& rows, Parse parse) {
  REQUIRE(parse(good).has_value());
  for (const BadRow& row : rows) {
    CAPTURE(row.name);
    std::string text = row.from.empty() ? row.to : good;
    if (!row.from.empty()) {
      std::size_t place = text.find(row.from);
      REQUIRE(place != std::string::npos);
      text.replace(place, row.from.size(), row.to);
    }
    auto result = parse(text);
    CHECK((result ? "no error" : result.error().to_text()) == row.error);
  }
}

}  // namespace buildable::testing
