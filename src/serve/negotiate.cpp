#include "serve/negotiate.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"

namespace buildable::http {
namespace {

// A weight in thousandths: "q=0.5" is 500. What is not a weight counts as 1.
int weight_of(std::string_view parameters) {
  for (std::string_view parameter : split(parameters, ';')) {
    parameter = trim(parameter);
    if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) continue;
    int weight = 0;
    int scale = 1000;
    for (const char c : parameter.substr(2)) {
      if (c == '.') continue;
      if (c < '0' || c > '9' || scale == 0) break;
      weight += (c - '0') * scale;
      scale /= 10;
    }
    return std::min(weight, 1000);
  }
  return 1000;
}

struct Weights {
  int gzip = -1;  // -1: not named
  int brotli = -1;
  int identity = -1;
  int others = -1;  // "*"
};

Weights weights_of(std::string_view accept_encoding) {
  Weights weights;
  for (const std::string_view item : split(accept_encoding, ',')) {
    const std::size_t semicolon = item.find(';');
    const std::string name = to_lower_ascii(trim(item.substr(0, semicolon)));
    const int weight =
        semicolon == std::string_view::npos ? 1000 : weight_of(item.substr(semicolon + 1));
    if (name == "gzip" || name == "x-gzip") weights.gzip = weight;
    if (name == "br") weights.brotli = weight;
    if (name == "identity") weights.identity = weight;
    if (name == "*") weights.others = weight;
  }
  if (weights.gzip < 0) weights.gzip = std::max(weights.others, 0);
  if (weights.brotli < 0) weights.brotli = std::max(weights.others, 0);
  return weights;
}

}  // namespace

AcceptedCodings takes(std::string_view accept_encoding) {
  const Weights weights = weights_of(accept_encoding);
  return {weights.gzip > 0, weights.brotli > 0};
}

Coding choose(std::string_view accept_encoding, AcceptedCodings available) {
  if (accept_encoding.empty()) return Coding::identity;
  const Weights weights = weights_of(accept_encoding);
  Coding chosen = Coding::identity;
  // Unnamed it is taken, but everything that is named is preferred.
  int best = std::max(weights.identity, 0);
  if (available.gzip && weights.gzip > 0 && weights.gzip >= best) {
    chosen = Coding::gzip;
    best = weights.gzip;
  }
  if (available.brotli && weights.brotli > 0 && weights.brotli >= best) chosen = Coding::brotli;
  return chosen;
}

bool matches(std::string_view if_none_match, std::string_view etag) {
  if (if_none_match.empty()) return false;
  if (trim(if_none_match) == "*") return true;
  // Our tags hold no commas, so a comma within a foreign tag breaks only that tag.
  for (std::string_view tag : split(if_none_match, ',')) {
    tag = trim(tag);
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == etag) return true;
  }
  return false;
}

}  // namespace buildable::http
