#include <filesystem>

#include "app/generated_tree.h"
#include "app/network/state_provider.h"
#include "app/network/tree_reader.h"
#include "base/digest.h"
#include "base/text.h"
#include "publish/directory.h"
#include "publish/verification.h"
#include "rules/load.h"
#include "store/file_reader.h"

namespace buildable {
namespace {

// A tree whose manifest and files were verified.
struct Published {
  Manifest manifest;
  Tree tree;  // with its manifest and signature
  State state;
};

std::vector<std::string> paths_of(const Manifest& manifest) {
  std::vector<std::string> paths;
  for (const auto& [path, entry] : manifest.files) paths.push_back(path);
  return paths;
}

Result<std::vector<PublicKey>> read_keys(const std::string& file) {
  const auto text = read_file(file);
  if (!text) return fail(text.error());
  std::vector<PublicKey> keys;
  for (const std::string_view line : split_lines(*text)) {
    if (trim(line).empty()) continue;
    auto key = PublicKey::parse(line, file);
    if (!key) return fail(std::move(key.error()));
    keys.push_back(std::move(*key));
  }
  if (keys.empty()) return fail(Diagnostic{.message = "holds no public key", .file = file});
  return keys;
}

Result<State> state_of(const Manifest& manifest, const Tree& tree) {
  constexpr const char* name = "snapshot.json";
  const auto text = tree.find(name);
  if (text == tree.end()) return fail(Diagnostic{.message = "is missing", .file = name});
  auto snapshot = parse_snapshot(text->second, name);
  if (!snapshot) return fail(std::move(snapshot.error()));
  if (sha256_digest(write_snapshot(*snapshot)) != manifest.snapshot)
    return fail(Diagnostic{.message = "is not the one that the manifest names", .file = name});
  return State{std::move(*snapshot), manifest.snapshot, "revision " + manifest.revision, true};
}

Result<Published> read_published(const TreeReader& read, const Trust& trust) {
  auto sealed = read({manifest_name, signature_name});
  if (!sealed) return fail(std::move(sealed.error()));
  for (const char* name : {manifest_name, signature_name})
    if (!sealed->contains(name)) return fail(Diagnostic{.message = "is missing", .file = name});
  auto manifest = verify_manifest((*sealed)[manifest_name], (*sealed)[signature_name], trust);
  if (!manifest) return fail(std::move(manifest.error()));
  auto files = read(paths_of(*manifest));
  if (!files) return fail(std::move(files.error()));
  if (auto verified = verify_files(*manifest, *files, {}); !verified)
    return fail(std::move(verified.error()));
  auto state = state_of(*manifest, *files);
  if (!state) return fail(std::move(state.error()));
  for (auto& [name, content] : *sealed) (*files)[name] = std::move(content);
  return Published{std::move(*manifest), std::move(*files), std::move(*state)};
}

class FollowingFeed : public FeedSource {
 public:
  FollowingFeed(const Context& context, TreeReader read, std::vector<PublicKey> keys)
      : context_(context), read_(std::move(read)), keys_(std::move(keys)) {}

  Result<Feed> known(Instant now) override;
  Result<Feed> refresh(Instant now, std::vector<FeedReport>& reports) override;

 private:
  std::filesystem::path kept() const {
    return std::filesystem::path(context_.config.state_directory) / "followed";
  }
  // What was followed last, from the disk.
  void recall();
  Result<Published> take(Instant now);
  Result<Feed> feed_of(Instant now);

  Context context_;
  TreeReader read_;
  std::vector<PublicKey> keys_;
  Memory memory_;
  std::optional<Published> current_;
  std::string seen_;
};

// What has expired meanwhile is still the best that is known.
void FollowingFeed::recall() {
  if (current_ || context_.config.state_directory.empty()) return;
  const auto read = tree_reader(context_, kept().string());
  auto published = read ? read_published(*read, {keys_, {}, Instant::min()})
                        : Result<Published>(fail(read.error()));
  if (!published) return;
  seen_ = published->manifest.generated;
  current_ = std::move(*published);
}

// The tree as it was published; the policy, which questions are answered from, by our rules.
Result<Feed> FollowingFeed::feed_of(Instant now) {
  auto feed = feed_of_state(context_, current_->state, now, memory_);
  if (!feed) return feed;
  feed->material.tree = current_->tree;
  feed->material.revision = current_->manifest.revision;
  feed->seen = seen_;
  return feed;
}

Result<Feed> FollowingFeed::known(Instant now) {
  recall();
  return current_ ? feed_of(now) : observing_feed(context_)->known(now);
}

Result<Published> FollowingFeed::take(Instant now) {
  Trust trust{keys_, current_ ? current_->manifest.revision : std::string(), now};
  auto published = read_published(read_, trust);
  if (!published || context_.config.state_directory.empty()) return published;
  std::error_code error;
  std::filesystem::create_directories(context_.config.state_directory, error);
  auto written = write_tree(kept(), published->tree);
  if (!written) {  // the directory is the program's own: what was changed in it is damage
    std::filesystem::remove_all(kept(), error);
    written = write_tree(kept(), published->tree);
  }
  if (!written) return fail(std::move(written.error()));
  return published;
}

Result<Feed> FollowingFeed::refresh(Instant now, std::vector<FeedReport>& reports) {
  recall();
  auto published = take(now);
  if (!published) {
    reports.push_back({"follow", "failed", published.error().to_text()});
    return fail(std::move(published.error()));
  }
  const bool changed = !current_ || current_->tree != published->tree;
  reports.push_back({"follow", changed ? "read" : "unchanged", published->manifest.revision});
  current_ = std::move(*published);
  seen_ = format_instant(now);
  auto feed = feed_of(now);
  if (feed) feed->changed = changed;
  return feed;
}

}  // namespace

Result<std::unique_ptr<FeedSource>> following_feed(const Context& context) {
  const FollowConfig& config = context.config.follow;
  auto keys = read_keys(config.key);
  if (!keys) return fail(std::move(keys.error()));
  auto read = tree_reader(context, config.url);
  if (!read) return fail(std::move(read.error()));
  return std::unique_ptr<FeedSource>(
      std::make_unique<FollowingFeed>(context, std::move(*read), std::move(*keys)));
}

}  // namespace buildable
