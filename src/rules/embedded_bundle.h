// The bytes that are compiled in, as the build's tool writes and the program reads them.
#pragma once

#include <string_view>
#include <tuple>
#include <vector>

#include "base/fields.h"

namespace buildable {

// Views point into the bytes, so that a snapshot which nobody asks for costs nothing.
struct BundledSnapshot {
  std::string_view name;
  Instant effective;
  std::string_view digest;
  std::string_view bytes;  // encode(Snapshot)
};

struct EmbeddedBundle {
  std::string_view rules;                  // encode(Rules)
  std::string_view history;                // encode(History)
  std::vector<BundledSnapshot> snapshots;  // oldest first
};

template <>
struct Fields<BundledSnapshot> {
  static constexpr auto list() {
    return std::tuple{required("name", &BundledSnapshot::name),
                      required("effective", &BundledSnapshot::effective),
                      required("digest", &BundledSnapshot::digest),
                      required("bytes", &BundledSnapshot::bytes)};
  }
};
template <>
struct Fields<EmbeddedBundle> {
  static constexpr auto list() {
    return std::tuple{required("rules", &EmbeddedBundle::rules),
                      required("history", &EmbeddedBundle::history),
                      required("snapshots", &EmbeddedBundle::snapshots)};
  }
};

}  // namespace buildable
