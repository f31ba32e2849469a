#include "publish/manifest_file.h"

#include <charconv>
#include <vector>

#include "base/digest.h"
#include "base/json_codec.h"
#include "base/path_name.h"
#include "base/text.h"

namespace buildable::publish {
namespace {

// Empty where the text is none.
std::vector<int> numbers_of(std::string_view revision) {
  std::vector<int> numbers;
  for (const std::string_view part : split(revision, '.')) {
    int number = 0;
    const auto end = part.data() + part.size();
    const auto read = std::from_chars(part.data(), end, number);
    if (part.empty() || part.size() > 9 || read.ec != std::errc() || read.ptr != end || number < 0)
      return {};
    numbers.push_back(number);
  }
  return numbers;
}

Result<void> check(const Manifest& manifest) {
  if (manifest.schema_version != 1)
    return fail("the manifest is of form " + std::to_string(manifest.schema_version),
                "this program reads form 1");
  if (auto revision = check_revision(manifest.revision); !revision) return revision;
  for (const auto& [path, entry] : manifest.files) {
    if (auto checked = InnerPath::parse(path); !checked) return fail(std::move(checked.error()));
    if (path == manifest_name || path == signature_name)
      return fail("the manifest names itself: " + in_quotes(path));
  }
  return {};
}

}  // namespace

Result<Manifest> parse_manifest(std::string_view text, std::string_view file) {
  auto manifest = from_json<Manifest>(text, file);
  if (!manifest) return manifest;
  auto checked = check(*manifest);
  if (!checked) return fail(std::move(checked.error()).in_file(file));
  return manifest;
}

Result<void> check_revision(std::string_view text) {
  const std::size_t numbers = numbers_of(text).size();
  if (numbers == 3 || numbers == 4) return {};
  return fail("not a revision: " + in_quotes(text), "they look like 2026.05.14 or 2026.05.14.1");
}

int compare_revisions(std::string_view a, std::string_view b) {
  const std::vector<int> left = numbers_of(a);
  const std::vector<int> right = numbers_of(b);
  if (left == right) return 0;
  return left < right ? -1 : 1;
}

std::optional<std::string> mismatch(const ManifestEntry& entry, std::string_view content) {
  if (content.size() != static_cast<std::size_t>(entry.size))
    return "has " + std::to_string(content.size()) + " bytes where the manifest says " +
           std::to_string(entry.size);
  if (sha256_hex(content) != entry.sha256)
    return "is not what the manifest says: its digest differs";
  return std::nullopt;
}

}  // namespace buildable::publish
