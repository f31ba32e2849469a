#include "ingest/archive_listing.h"

#include <algorithm>
#include <optional>

#include "base/document.h"
#include "base/text.h"
#include "ingest/inventory.h"
#include "ingest/limits.h"

namespace buildable::ingest {
namespace {

class ListingReader {
 public:
  // Called for each element inside the root.
  Result<void> take(const Node& element) {
    if (element.key == "Contents") return take_key(element);
    if (element.key == "Name") return once(listing_.bucket, element);
    if (element.key == "IsTruncated") return once(truncated_, element);
    if (element.key == "NextContinuationToken") return once(listing_.continuation, element);
    return {};
  }

  Result<ArchiveListing> finish() {
    if (truncated_ != "true" && truncated_ != "false") {
      return fail(Diagnostic{.message = "expected true or false, not " + in_quotes(truncated_),
                             .path = "ListBucketResult.IsTruncated",
                             .hint = "whether there are more archives is not known"});
    }
    listing_.truncated = truncated_ == "true";
    if (listing_.truncated && listing_.continuation.empty()) {
      return fail(Diagnostic{.message = "there are more, but no token to ask for them",
                             .path = "ListBucketResult.NextContinuationToken",
                             .hint = "ask with list-type=2"});
    }
    return std::move(listing_);
  }

 private:
  Result<void> take_key(const Node& contents) {
    for (const Node& element : contents.children) {
      if (element.key != "Key") continue;
      if (listing_.keys.size() == limits::entries) return fail("too many entries");
      listing_.keys.push_back(element.text);
    }
    return {};
  }

  static Result<void> once(std::string& field, const Node& element) {
    if (!field.empty()) return fail("the element " + element.key + " stands twice");
    field = element.text;
    return {};
  }

  ArchiveListing listing_;
  std::string truncated_;
};

// S3's own error, told as it says it.
tl::unexpected<Error> refused(const Node& error) {
  std::string text;
  for (const Node& element : error.children)
    if (element.key == "Code" || element.key == "Message")
      text += (text.empty() ? "" : ": ") + element.text;
  return fail("the archive store refused: " + in_quotes(text),
              "the store may not be listed, or the address is wrong");
}

// What stands before and after the version in a key.
struct KeyPattern {
  std::string before;
  std::string after;
};

Result<KeyPattern> pattern_of(std::string_view url, const Target& target) {
  std::size_t host = url.find("://");
  std::size_t slash = host == std::string_view::npos ? host : url.find('/', host + 3);
  if (slash == std::string_view::npos) return fail("not the URL of an archive: " + in_quotes(url));
  std::string path(url.substr(slash + 1));
  for (auto [name, value] :
       {std::pair{"{stack}", &target.stack}, std::pair{"{distro}", &target.distro},
        std::pair{"{distro_version}", &target.distro_version}, std::pair{"{arch}", &target.arch}}) {
    if (path.find(name) == std::string::npos) continue;
    if (value->empty()) return fail("the target has no " + std::string(name));
    path = replace_all(path, name, *value);
  }
  constexpr std::string_view placeholder = "{version}";
  std::size_t at = path.find(placeholder);
  if (at == std::string::npos) return fail("no {version} in the archive URL " + in_quotes(url));
  KeyPattern pattern{path.substr(0, at), path.substr(at + placeholder.size())};
  if ((pattern.before + pattern.after).find_first_of("{}") == std::string::npos) return pattern;
  return fail("a placeholder that is not known in the archive URL " + in_quotes(url));
}

std::optional<std::string> version_in(std::string_view key, const KeyPattern& pattern) {
  std::size_t around = pattern.before.size() + pattern.after.size();
  bool fits = key.size() > around && key.starts_with(pattern.before) &&
              key.substr(key.size() - pattern.after.size()) == pattern.after;
  if (!fits) return std::nullopt;
  std::string version(key.substr(pattern.before.size(), key.size() - around));
  if (version.find('/') != std::string::npos) return std::nullopt;
  return version;
}

}  // namespace

Result<ArchiveListing> parse_archive_listing(std::string_view xml) {
  Result<void> checked = check_text(xml, limits::listing, "the archive listing");
  if (!checked) return fail(std::move(checked.error()));
  Result<Node> document = parse_xml(xml, {}, {.text_beside_elements = false});
  if (!document) {
    Diagnostic problem = document.error().diagnostics().front();
    if (problem.hint.empty()) problem.hint = "it is cut off, or of another form than expected";
    return fail(std::move(problem));
  }
  const Node& root = document->children.front();
  if (root.key == "Error") return refused(root);
  if (root.key != "ListBucketResult") {
    return fail("no archive listing: its root element is " + in_quotes(root.key),
                "check the address");
  }
  ListingReader reader;
  for (const Node& element : root.children) {
    Result<void> taken = reader.take(element);
    if (!taken) return fail(std::move(taken.error()));
  }
  return reader.finish();
}

Result<ArchiveVersions> archive_versions(const std::vector<std::string>& keys, std::string_view url,
                                         Scheme scheme, const Target& target) {
  Result<KeyPattern> pattern = pattern_of(url, target);
  if (!pattern) return fail(std::move(pattern.error()));
  ArchiveVersions found;
  std::vector<std::string> texts;
  for (const std::string& key : keys) {
    std::optional<std::string> version = version_in(key, *pattern);
    if (!version) continue;
    bool parses = Version::parse(scheme, *version).has_value();
    (parses ? texts : found.strange).push_back(parses ? *version : key);
  }
  if (texts.empty()) {
    return fail("the listing has no archive like " + in_quotes(url),
                "check the address and the rules; a store without archives is not believed");
  }
  auto sorted = sorted_versions(scheme, texts);
  if (!sorted) return fail(std::move(sorted.error()));
  found.versions = std::move(*sorted);
  return found;
}

}  // namespace buildable::ingest
