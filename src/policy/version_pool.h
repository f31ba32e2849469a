// The versions that the facts name, each parsed once: one release stands in the inventories of many
// buildpack versions.
#pragma once

#include <deque>
#include <memory>
#include <string_view>
#include <unordered_map>

#include "version/version.h"

namespace buildable {

class VersionPool {
 public:
  explicit VersionPool(Scheme scheme) : scheme_(scheme) {}

  Scheme scheme() const { return scheme_; }
  // The texts must outlive the pool, the versions live as long as `versions`.
  Result<const Version*> parse(std::string_view text) {
    const auto found = by_text_.find(text);
    if (found != by_text_.end()) return found->second;
    auto parsed = Version::parse(scheme_, text);
    if (!parsed) return fail(std::move(parsed.error()));
    versions_->push_back(*std::move(parsed));
    return by_text_[text] = &versions_->back();
  }
  std::shared_ptr<const std::deque<Version>> versions() const { return versions_; }

 private:
  Scheme scheme_;
  std::shared_ptr<std::deque<Version>> versions_ = std::make_shared<std::deque<Version>>();
  std::unordered_map<std::string_view, const Version*> by_text_;
};

}  // namespace buildable
