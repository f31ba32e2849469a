// Inside base: what a YAML scalar is and where it ends, of which libyaml's events do not tell.
#pragma once

#include <string_view>

#include "base/document.h"

namespace buildable {

// The type of a plain scalar in YAML 1.2's core schema (yaml.org/spec/1.2.2, 10.3.2).
Node::Kind core_kind(std::string_view plain);

// The length of so many anchors and tags at the begin of a value, with the white space and comments
// behind them.
std::size_t length_of_properties(std::string_view text, int count);

// The end of a literal or folded scalar without the blank lines after it, where those say nothing.
// libyaml's `span` ends at the begin of a line, or with the text.
std::size_t end_of_block_scalar(std::string_view text, TextSpan span);

}  // namespace buildable
