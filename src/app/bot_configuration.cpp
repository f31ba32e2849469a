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

struct Planned {
  fs::path path;  // where it really is
  pins::FileChange change;
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
    if (request_.bots.dependabot) {
      for (const ConfigFile& file : dependabot) this->dependabot(file);
      if (dependabot.empty() && !request_.remove)
        say("no " + std::string(dependabot_names[0]) +
            ": not created, since it would switch on Dependabot's updates");
    }
    carry_out();
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
  Error named_as_shown(std::string_view name, const Error& error) const {
    std::vector<Diagnostic> diagnostics = error.diagnostics();
    for (Diagnostic& diagnostic : diagnostics) diagnostic.file = shown(name);
    return Error(std::move(diagnostics));
  }
  void failed_in(std::string_view name, const Error& error) { failed(named_as_shown(name, error)); }

  std::optional<ConfigFile> read(std::string_view name);
  std::optional<ConfigFile> renovate_config();
  void renovate(bool has_dependabot);
  Result<apply::WantedPreset> preset_to_remove(const ConfigFile& file);
  void remove_renovate(const ConfigFile& file);
  void dependabot(const ConfigFile& file);
  const TrackPolicy& track() const { return *policy_.find(repository_.track); }
  Result<std::vector<apply::EcosystemIgnores>> ignores(const ConfigFile& file) const;
  void change(const ConfigFile& file, const Result<std::optional<std::string>>& fresh);
  void create(const std::string& text);
  void carry_out();
  Result<void> write(const fs::path& path, const std::optional<std::string>& before,
                     const std::optional<std::string>& after) const;

  const RepositoryChecker& checker_;
  const BotConfigurationRequest& request_;
  const ReadRepository& repository_;
  const Policy& policy_;
  std::vector<Planned> planned_;
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

// The one that is given or configured; else the only entry that surely is ours. An address without
// a name of a track may be anyone's preset.
Result<apply::WantedPreset> BotConfigurer::preset_to_remove(const ConfigFile& file) {
  const auto tracks = names_of_tracks();
  if (!request_.preset.empty()) return preset_on_track(request_.preset, repository_.track, tracks);
  const auto found = apply::preset_to_remove(file.text, file.name, tracks);
  if (!found) return fail(found.error());
  const auto& ours = found->candidates;
  if (ours.empty()) return apply::WantedPreset{{}, tracks};
  if (found->is_certain) return apply::WantedPreset{ours.front(), tracks};
  constexpr const char* hint = "say which with --preset, or set preset in buildable.toml";
  if (ours.size() > 1)
    return fail("several presets may be the one to remove: " + join(ours, ", "), hint);
  return fail(ours.front() + " may be someone else's preset: nothing is removed", hint);
}

void BotConfigurer::remove_renovate(const ConfigFile& file) {
  const auto preset = preset_to_remove(file);
  if (!preset) return failed_in(file.name, preset.error());
  if (preset->preset.empty())
    return say(shown(file.name) +
               ": no preset here names a track; name the one to remove with --preset");
  change(file, apply::without_renovate_preset(file.text, file.name, *preset));
}

Result<std::vector<apply::EcosystemIgnores>> BotConfigurer::ignores(const ConfigFile& file) const {
  if (request_.remove) return std::vector<apply::EcosystemIgnores>{};
  const auto updates = apply::updates_in(file.text, file.name);
  if (!updates) return fail(named_as_shown(file.name, updates.error()));
  const auto moved = dependencies_in(checker_, repository_, *updates);
  if (!moved) return fail(moved.error());
  return ignores_of(track(), *updates, *moved);
}

void BotConfigurer::dependabot(const ConfigFile& file) {
  const auto wanted = ignores(file);
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
  planned_.push_back({file.path, {shown(file.name), file.text, *fresh}});
}

void BotConfigurer::create(const std::string& text) {
  planned_.push_back({shown(new_name), {shown(new_name), std::nullopt, text}});
}

// From what is there to what is to be there; nothing: no file.
Result<void> BotConfigurer::write(const fs::path& path, const std::optional<std::string>& before,
                                  const std::optional<std::string>& after) const {
  if (request_.dry_run) return {};
  if (!before) return store::create_text(path, *after);
  return after ? store::replace_text(path, *before, *after) : store::remove_text(path, *before);
}

// All of it, or nothing: what was done before something fails is taken back.
void BotConfigurer::carry_out() {
  std::size_t done = 0;
  while (!made_.failed && done < planned_.size()) {
    const pins::FileChange& next = planned_[done].change;
    const auto written = write(planned_[done].path, next.before, next.after);
    if (written)
      ++done;
    else
      failed(written.error());
  }
  for (std::size_t i = 0; i < planned_.size(); ++i) {
    const pins::FileChange& change = planned_[i].change;
    const bool back = i >= done || !made_.failed ||
                      write(planned_[i].path, change.after, change.before).has_value();
    if (!made_.failed || !back) made_.changes.push_back(change);
    if (made_.failed && back)
      say(change.path + ": not changed either, since not everything can be done");
  }
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
