// What is served from one refresh to the next: one immutable value, complete before anybody sees
// it. All bodies are serialized, compressed and hashed.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "emit/site/page.h"
#include "emit/site/site_input.h"
#include "emit/tree.h"
#include "serve/resource.h"

namespace buildable::http {

// How a source went the last time, and how often it went how since the start.
struct SourceStatus {
  std::string source;
  std::string outcome;  // "read", "unchanged", "absent", "failed"
  std::string detail;
  std::map<std::string, std::uint64_t> counts;  // by outcome
};

// How the refreshing goes.
struct RefreshStatus {
  std::optional<Instant> attempted;  // the last refresh, however it went
  std::optional<Instant> succeeded;  // the last that went well
  bool stale = false;                // the last refresh failed
  std::string problem;               // why; for people
  std::vector<SourceStatus> sources;
  std::map<std::string, std::uint64_t> counts;  // "new", "unchanged", "failed"
};

// What a generation is made from.
struct Material {
  const Rules& rules;             // outlive every generation
  emit::GeneratedTree generated;  // its tree with the manifest
  emit::PageParts page;
  std::string revision;
  std::string origin;           // for people: "the state of 2026-05-14, compiled in"
  std::optional<Instant> seen;  // when the state was last looked up and found to stand
};

// Lookup by views.
struct PathHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view path) const {
    return std::hash<std::string_view>()(path);
  }
};
using Resources = std::unordered_map<std::string, ResourcePtr, PathHash, std::equal_to<>>;

class FileChecker;
class Generation;
using GenerationPtr = std::shared_ptr<const Generation>;

class Generation {
 public:
  // Fails where a JSON file does not parse, or where a preset or datasource that `before` serves
  // (null: nothing was served) would be gone: what was ever published answers for good. Bodies that
  // are equal are taken over from `before` as they are.
  static Result<GenerationPtr> make(Material material, RefreshStatus status,
                                    const Generation* before);
  // The same state with other news of the refreshing.
  GenerationPtr with(RefreshStatus status) const;

  // A file of the tree by its path with a leading "/"; null where there is none.
  const ResourcePtr* file(std::string_view path) const;
  // An answer of the API that does not depend on parameters, by its path.
  const ResourcePtr* prepared(std::string_view path) const;
  // The page with the answer to a question; without one where it is empty. `address`: of PageParts.
  std::string page_text(std::string_view question, std::string_view address) const;
  // Whether the page depends on the address under which it is asked for: none is configured.
  bool page_names_address() const { return !content_->material.page.around_address.empty(); }
  const Resources& files() const { return content_->files; }

  const Rules& rules() const { return content_->material.rules; }
  const Policy& policy() const { return content_->material.generated.policy; }
  const std::vector<HistoryState>& history() const { return content_->material.generated.history; }
  // What answers to persons are made from.
  emit::SiteInput site() const {
    const emit::GeneratedTree& generated = content_->material.generated;
    return {rules(), policy(), generated.history, generated.releases};
  }
  const std::string& revision() const { return content_->material.revision; }
  const std::string& origin() const { return content_->material.origin; }
  std::optional<Instant> seen() const { return content_->material.seen; }
  const FileChecker& checker() const { return *content_->checker; }
  const RefreshStatus& status() const { return status_; }

 private:
  struct Content {
    Material material;
    Resources files;
    std::shared_ptr<const FileChecker> checker;
  };
  Generation(std::shared_ptr<const Content> content, RefreshStatus status)
      : content_(std::move(content)), status_(std::move(status)) {}
  void prepare(const Generation* before);

  std::shared_ptr<const Content> content_;
  RefreshStatus status_;
  Resources prepared_;
};

}  // namespace buildable::http
