#include "build/npm_lock.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/text.h"

namespace buildable::build {
namespace {

using LockJson = nlohmann::json;

constexpr std::string_view node_modules = "node_modules/";

// Keeps what is asked for and forgets the rest while it is read: lock files are long.
class NpmLockReader final : public nlohmann::json_sax<LockJson> {
 public:
  bool null() override { return value(); }
  bool boolean(bool) override { return value(); }
  bool number_integer(number_integer_t) override { return value(); }
  bool number_unsigned(number_unsigned_t) override { return value(); }
  bool number_float(number_float_t, const string_t&) override { return value(); }
  bool string(string_t& text) override {
    if (is_at(3, "packages") && key_at(3) == "version") keep(packages, text);
    if (is_at(3, "dependencies") && key_at(3) == "version") keep(dependencies, text);
    return value();
  }
  bool binary(binary_t&) override { return false; }
  bool key(string_t& name) override {
    if (depth_ < keys_.size()) keys_[depth_] = std::move(name);
    return true;
  }
  bool start_object(std::size_t) override {
    if (depth_ == 0) is_object = true;
    if (is_at(1, "packages")) packages.emplace();
    if (is_at(1, "dependencies")) dependencies.emplace();
    value();
    return open();
  }
  bool start_array(std::size_t) override {
    value();
    return open();
  }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& exception) override {
    error_offset = position;
    is_syntax_error = exception.id == 101;
    return false;
  }

  using Packages = std::map<std::string, std::string, std::less<>>;
  bool is_object = false;
  std::optional<Packages> packages;  // by place: "node_modules/a"
  std::optional<Packages> dependencies;
  std::set<std::string, std::less<>> optional_requests;
  std::size_t error_offset = 0;
  bool is_syntax_error = false;

 private:
  // The name under which something of this depth is being read.
  const std::string& key_at(std::size_t depth) const { return keys_[depth]; }
  bool is_at(std::size_t depth, std::string_view first) const {
    return depth_ == depth && keys_[1] == first;
  }
  void keep(std::optional<Packages>& kept, std::string text) {
    if (kept) (*kept)[keys_[2]] = std::move(text);
  }
  // Of any kind.
  bool value() {
    if (is_at(2, "packages")) keep(packages, {});
    if (is_at(2, "dependencies")) keep(dependencies, {});
    if (is_at(4, "packages") && keys_[2].empty() && keys_[3] == "optionalDependencies")
      optional_requests.insert(keys_[4]);
    return true;
  }
  bool open() {
    if (++depth_ < keys_.size()) keys_[depth_] = "[";  // what is in a list has no name
    return true;
  }
  bool close() {
    --depth_;
    return true;
  }

  std::size_t depth_ = 0;  // of lists and objects that are open
  std::array<std::string, 5> keys_;
};

// What JavaScript reads and our reader does not: halves of surrogate pairs, bytes that are no
// UTF-8. npm itself settles the conflicts that git marked.
bool npm_may_read(std::string_view text) {
  return !is_valid_utf8(text) || text.find("\\ud") != std::string_view::npos ||
         text.find("\\uD") != std::string_view::npos ||
         text.find("<<<<<<<") != std::string_view::npos;
}

NpmLock lock_of(NpmLockReader& reader) {
  NpmLock lock;
  lock.optional_requests = std::move(reader.optional_requests);
  if (!reader.packages) {
    if (reader.dependencies) lock.packages = std::move(*reader.dependencies);
    return lock;
  }
  for (auto& [place, version] : *reader.packages)
    if (place.starts_with(node_modules) && place.find("/node_modules/") == std::string::npos)
      lock.packages.emplace(place.substr(node_modules.size()), std::move(version));
  return lock;
}

}  // namespace

NpmLockReading read_npm_lock(std::string_view text) {
  NpmLockReader reader;
  if (LockJson::sax_parse(text.begin(), text.end(), &reader)) {
    if (!reader.is_object) return {};
    return {.lock = lock_of(reader)};
  }
  if (!reader.is_syntax_error || npm_may_read(text)) return {};
  return {.error = trim(text).empty() ? "it is empty" : "it is not valid JSON",
          .line = position_at(text, std::min(reader.error_offset, text.size())).line};
}

}  // namespace buildable::build
