#include "app/bot_configuration.h"

#include <filesystem>
#include <utility>

#include "app/bot_limits.h"
#include "apply/renovate.h"
#include "base/text.h"
#include "rules/embedded.h"
#include "store/file_edit.h"
#include "store/file_reader.h"

namespace buildable::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view dependabot_names[] = {".github/dependabot.yml",
                                                 ".github/dependabot.yaml"};
constexpr const char* new_name = "renovate.json";

// A configuration as it was read.
struct ConfigFile {
  std::string name;  // in the repository
  fs::path path;     // where it really is: links inside the repository are followed
  std::string text;
};

std::vector<std::string> names_of_tracks() {
  std::vector<std::string> names;
  for (const TrackRules& track : embedded_rules().platform.tracks) names.push_back(track.name);
  return names;
}

class BotConfigurer {
 public:
  BotConfigurer(const RepositoryChecker& checker, const BotConfigurationRequest& request,
                const ReadRepository& repository, const Policy& policy)
      : checker_(checker), request_(request), repository_(repository), policy_(policy) {}

  BotConfiguration run() {
    std::vector<ConfigFile> dependabot;
    for (const std::string_view name : dependabot_names)
      if (auto file = read(name)) dependabot.push_back(std::move(*file));
    if (request_.bots.renovate) renovate(!dependabot.empty());
    if (!request_.bots.dependabot) return std::move(made_);
    for (const ConfigFile& file : dependabot) this->dependabot(file);
    if (dependabot.empty() && !request_.remove)
      say("no " + std::string(dependabot_names[0]) +
          ": not created, since it would switch on Dependabot's updates");
    return std::move(made_);
  }

 private:
  std::string shown(std::string_view name) const {
    return store::path_in(repository_.directory, name);
  }
  void say(std::string line) { made_.messages.emplace_back(std::move(line)); }
  void failed(const Error& error) {
    made_.messages.emplace_back(error);
    made_.failed = true;
  }
  // Of a file that was read as `name`.
  void failed_in(std::string_view name, const Error& error) {
    std::vector<Diagnostic> diagnostics = error.diagnostics();
    for (Diagnostic& diagnostic : diagnostics) diagnostic.file = shown(name);
    failed(Error(std::move(diagnostics)));
  }

  std::optional<ConfigFile> read(std::string_view name);
  std::optional<ConfigFile> renovate_config();
  void renovate(bool has_dependabot);
  Result<apply::WantedPreset> preset_to_remove(const ConfigFile& file);
  void remove_renovate(const ConfigFile& file);
  void dependabot(const ConfigFile& file);
  const TrackPolicy& track() const { return *policy_.find(repository_.track); }
  Result<std::vector<apply::EcosystemIgnores>> ignores() const;
  void change(const ConfigFile& file, const Result<std::optional<std::string>>& fresh);
  void create(const std::string& text);

  const RepositoryChecker& checker_;
  const BotConfigurationRequest& request_;
  const ReadRepository& repository_;
  const Policy& policy_;
  BotConfiguration made_;
};

// Nothing where there is none, or where it cannot be read: that is said.
std::optional<ConfigFile> BotConfigurer::read(std::string_view name) {
  const fs::path path = fs::path(repository_.directory) / name;
  std::error_code error;
  if (fs::symlink_status(path, error).type() == fs::file_type::not_found) return std::nullopt;
  const fs::path root = fs::canonical(repository_.directory, error);
  const fs::path real = error ? fs::path() : fs::canonical(path, error);
  const fs::path inside = real.lexically_relative(root);
  if (error || inside.empty() || *inside.begin() == "..") {
    failed(Diagnostic{.message = error ? "cannot be read: " + error.message()
                                       : "leads out of the repository: left alone",
                      .file = shown(name)});
    return std::nullopt;
  }
  auto text = store::read_file(real);
  if (text) return ConfigFile{std::string(name), real, std::move(*text)};
  failed(text.error());
  return std::nullopt;
}

std::optional<ConfigFile> BotConfigurer::renovate_config() {
  for (const std::string_view name : apply::renovate_config_names()) {
    auto file = read(name);
    if (made_.failed) return std::nullopt;
    if (file && apply::is_renovate_config(name, file->text)) return file;
  }
  return std::nullopt;
}

void BotConfigurer::renovate(bool has_dependabot) {
  const bool before = std::exchange(made_.failed, false);
  const auto file = renovate_config();
  const bool unreadable = made_.failed;
  made_.failed = made_.failed || before;
  if (unreadable || (!file && request_.remove)) return;
  if (!file && has_dependabot && !request_.bots.creates_renovate)
    return say("Renovate is not set up here, so it was left out; --bot renovate sets it up");
  if (request_.remove) return remove_renovate(*file);
  const auto preset = preset_on_track(request_.preset, repository_.track, names_of_tracks());
  if (!preset) return failed(preset.error());
  if (!file) return create(apply::new_renovate_config(preset->preset));
  auto fresh = apply::with_renovate_preset(file->text, file->name, *preset);
  if (!fresh) return failed_in(file->name, fresh.error());
  const auto behind = apply::presets_behind_ours(*fresh, file->name, *preset);
  if (!behind.empty())
    say(shown(file->name) + ": " + join(behind, ", ") +
        " comes after buildable's preset and overrides it; move that preset to the end of "
        "\"extends\" by hand, since there are comments");
  change(*file, std::optional(std::move(*fresh)));
}

// The one that is given or configured; else the only entry that names a track of ours. An address
// without a name may be anyone's preset.
Result<apply::WantedPreset> BotConfigurer::preset_to_remove(const ConfigFile& file) {
  const auto tracks = names_of_tracks();
  if (!request_.preset.empty()) return preset_on_track(request_.preset, repository_.track, tracks);
  const auto presets = apply::presets_in(file.text, file.name);
  if (!presets) return fail(presets.error());
  std::vector<std::string> ours;
  for (const std::string& preset : *presets)
    if (apply::names_a_track(preset, tracks)) ours.push_back(preset);
  if (ours.size() <= 1)
    return apply::WantedPreset{ours.empty() ? std::string() : ours.front(), tracks};
  return fail("several presets may be the one to remove: " + join(ours, ", "),
              "say which with --preset, or set preset in buildable.toml");
}

void BotConfigurer::remove_renovate(const ConfigFile& file) {
  const auto preset = preset_to_remove(file);
  if (!preset) return failed_in(file.name, preset.error());
  if (preset->preset.empty())
    return say(shown(file.name) +
               ": no preset here names a track; name the one to remove with --preset");
  change(file, apply::without_renovate_preset(file.text, file.name, *preset));
}

Result<std::vector<apply::EcosystemIgnores>> BotConfigurer::ignores() const {
  if (request_.remove) return std::vector<apply::EcosystemIgnores>{};
  const auto dependencies = dependencies_in(checker_, repository_);
  if (!dependencies) return fail(dependencies.error());
  return ignores_of(track(), *dependencies);
}

void BotConfigurer::dependabot(const ConfigFile& file) {
  const auto wanted = ignores();
  if (!wanted) return failed(wanted.error());
  auto fresh =
      apply::with_ignores(file.text, file.name, *wanted, source_of_ignores(policy_, track()));
  if (!fresh) return failed_in(file.name, fresh.error());
  change(file, std::optional(std::move(*fresh)));
}

// Nothing in place of a text: the file goes.
void BotConfigurer::change(const ConfigFile& file,
                           const Result<std::optional<std::string>>& fresh) {
  if (!fresh) return failed_in(file.name, fresh.error());
  if (*fresh == file.text) return;
  if (!request_.dry_run) {
    const auto done = *fresh ? store::replace_text(file.path, file.text, **fresh)
                             : store::remove_text(file.path, file.text);
    if (!done) return failed(done.error());
  }
  made_.changes.push_back({shown(file.name), file.text, *fresh});
}

void BotConfigurer::create(const std::string& text) {
  if (!request_.dry_run)
    if (auto done = store::create_text(shown(new_name), text); !done) return failed(done.error());
  made_.changes.push_back({shown(new_name), std::nullopt, text});
}

}  // namespace

Result<BotConfiguration> configure_bots(const RepositoryChecker& checker,
                                        const BotConfigurationRequest& request) {
  const auto repository = checker.read(request.root);
  if (!repository) return fail(repository.error());
  // Fails where there is no such track.
  const auto policy = checker.policy(repository->track);
  if (!policy) return fail(policy.error());
  return BotConfigurer(checker, request, *repository, **policy).run();
}

}  // namespace buildable::app
