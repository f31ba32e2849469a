#include <filesystem>

#include "app/network/state_provider.h"
#include "app/network/tree_reader.h"
#include "app/verify_tree.h"
#include "base/digest.h"
#include "base/text.h"
#include "publish/directory.h"
#include "rules/load.h"
#include "store/file_reader.h"

namespace buildable::app {
namespace {

// A tree whose manifest and files were verified.
struct Published {
  publish::Manifest manifest;
  emit::Tree tree;  // with its manifest and signature
  State state;
};

Result<std::vector<publish::PublicKey>> read_keys(const std::string& file) {
  const auto text = store::read_file(file);
  if (!text) return fail(text.error());
  std::vector<publish::PublicKey> keys;
  for (const std::string_view line : split_lines(*text)) {
    if (trim(line).empty()) continue;
    auto key = publish::PublicKey::parse(line, file);
    if (!key) return fail(std::move(key.error()));
    keys.push_back(std::move(*key));
  }
  if (keys.empty()) return fail(Diagnostic{.message = "holds no public key", .file = file});
  return keys;
}

Result<State> state_of(const publish::Manifest& manifest, const emit::Tree& tree) {
  constexpr const char* name = "snapshot.json";
  const auto text = tree.find(name);
  if (text == tree.end()) return fail(Diagnostic{.message = "is missing", .file = name});
  auto snapshot = parse_snapshot(text->second, name);
  if (!snapshot) return fail(std::move(snapshot.error()));
  if (sha256_digest(write_snapshot(*snapshot)) != manifest.snapshot)
    return fail(Diagnostic{.message = "is not the one that the manifest names", .file = name});
  const Instant seen = snapshot->observed;
  return State{std::move(*snapshot), manifest.snapshot, seen, "revision " + manifest.revision,
               true};
}

Result<Published> read_published(const TreeReader& read, const publish::Trust& trust) {
  auto tree = verify_tree(trust, {}, {read, {}});
  if (!tree) return fail(std::move(tree.error()));
  if (tree->refused) return fail(*std::move(tree->refused));
  auto state = state_of(tree->manifest, tree->files);
  if (!state) return fail(std::move(state.error()));
  return Published{std::move(tree->manifest), std::move(tree->files), std::move(*state)};
}

class FollowingProvider : public StateProvider {
 public:
  FollowingProvider(const Settings& settings, TreeReader read, std::vector<publish::PublicKey> keys)
      : settings_(settings), read_(std::move(read)), keys_(std::move(keys)) {}

  Result<http::Material> known(Instant now) override;
  Result<http::Material> refresh(Instant now, RefreshNews& news) override;

 private:
  std::filesystem::path kept() const {
    return std::filesystem::path(settings_.state_directory) / "followed";
  }
  // What was followed last, from the disk.
  void recall();
  Result<Published> take(Instant now);
  Result<http::Material> current_material(Instant now);

  Settings settings_;
  TreeReader read_;
  std::vector<publish::PublicKey> keys_;
  KnownHistory history_;
  std::optional<Published> current_;
};

// What has expired meanwhile is still the best that is known.
void FollowingProvider::recall() {
  if (current_ || settings_.state_directory.empty()) return;
  const auto read = tree_reader(settings_, kept().string());
  auto published = read ? read_published(*read, {keys_, {}, Instant::min()})
                        : Result<Published>(fail(read.error()));
  if (!published) return;
  current_ = std::move(*published);
}

// The tree as it was published; the policy, which questions are answered from, by our rules. What a
// publisher no longer looks up ages here too, however often its tree is read.
Result<http::Material> FollowingProvider::current_material(Instant now) {
  auto material = material_of(current_->state, now, {settings_.base_url}, history_);
  if (!material) return material;
  material->generated.tree = current_->tree;
  material->revision = current_->manifest.revision;
  material->seen = current_->manifest.last_seen.value_or(current_->state.last_seen);
  return material;
}

Result<http::Material> FollowingProvider::known(Instant now) {
  recall();
  return current_ ? current_material(now) : observing_provider(settings_)->known(now);
}

Result<Published> FollowingProvider::take(Instant now) {
  publish::Trust trust{keys_, current_ ? current_->manifest.revision : std::string(), now};
  auto published = read_published(read_, trust);
  if (!published || settings_.state_directory.empty()) return published;
  std::error_code error;
  std::filesystem::create_directories(settings_.state_directory, error);
  auto written = publish::write_tree(kept(), published->tree);
  if (!written) {  // the directory is the program's own: what was changed in it is damage
    std::filesystem::remove_all(kept(), error);
    written = publish::write_tree(kept(), published->tree);
  }
  if (!written) return fail(std::move(written.error()));
  return published;
}

Result<http::Material> FollowingProvider::refresh(Instant now, RefreshNews& news) {
  recall();
  auto published = take(now);
  if (!published) {
    news.sources = {{"follow", "failed", published.error().to_text(), {}}};
    return fail(std::move(published.error()));
  }
  news.changed = !current_ || current_->tree != published->tree;
  news.sources = {
      {"follow", news.changed ? "read" : "unchanged", published->manifest.revision, {}}};
  current_ = std::move(*published);
  return current_material(now);
}

}  // namespace

Result<std::unique_ptr<StateProvider>> following_provider(const Settings& settings) {
  const FollowSettings& follow = settings.follow;
  auto keys = read_keys(follow.key);
  if (!keys) return fail(std::move(keys.error()));
  auto read = tree_reader(settings, follow.url);
  if (!read) return fail(std::move(read.error()));
  return std::unique_ptr<StateProvider>(
      std::make_unique<FollowingProvider>(settings, std::move(*read), std::move(*keys)));
}

}  // namespace buildable::app
