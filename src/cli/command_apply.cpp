#include <filesystem>
#include <optional>
#include <ostream>
#include <utility>

#include "apply/renovate.h"
#include "base/text.h"
#include "base/unified_diff.h"
#include "cli/apply_wish.h"
#include "cli/commands.h"
#include "store/file_edit.h"
#include "store/file_reader.h"

namespace buildable {
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

class Applier {
 public:
  Applier(const Context& context, const ApplyArguments& arguments, const RepositoryChecker& checker)
      : context_(context), arguments_(arguments), checker_(checker) {}

  int run() {
    auto repository = checker_.read(arguments_.path);
    if (!repository) return context_.failed(repository.error());
    repository_ = std::move(*repository);
    // Fails where there is no such track.
    const auto policy = checker_.policy(repository_.track);
    if (!policy) return context_.failed(policy.error());
    policy_ = *policy;
    std::vector<ConfigFile> dependabot;
    for (const std::string_view name : dependabot_names)
      if (auto file = read(name)) dependabot.push_back(std::move(*file));
    renovate(!dependabot.empty());
    for (const ConfigFile& file : dependabot) this->dependabot(file);
    if (dependabot.empty() && !arguments_.remove)
      context_.say("no " + std::string(dependabot_names[0]) +
                   ": none is made, since it would switch Dependabot's updates on");
    if (failed_) return exit_failed;
    if (!changes_) context_.say("nothing to change");
    return changes_ && arguments_.check ? exit_unbuildable : exit_good;
  }

 private:
  std::string shown(std::string_view name) const { return path_in(repository_.directory, name); }
  void failed(const Error& error) {
    context_.failed(error);
    failed_ = true;
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
  void dependabot(const ConfigFile& file);
  Result<std::vector<EcosystemIgnores>> ignores() const;
  void change(const ConfigFile& file, const Result<std::optional<std::string>>& fresh);
  void create(const std::string& text);
  void print(std::string_view name, const std::optional<std::string>& before,
             const std::optional<std::string>& after);

  const Context& context_;
  const ApplyArguments& arguments_;
  const RepositoryChecker& checker_;
  ReadRepository repository_;
  const Policy* policy_ = nullptr;
  bool changes_ = false;
  bool failed_ = false;
};

// Nothing where there is none, or where it cannot be read: that is said.
std::optional<ConfigFile> Applier::read(std::string_view name) {
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
  auto text = read_file(real);
  if (text) return ConfigFile{std::string(name), real, std::move(*text)};
  failed(text.error());
  return std::nullopt;
}

std::optional<ConfigFile> Applier::renovate_config() {
  for (const std::string_view name : renovate_config_names()) {
    auto file = read(name);
    if (failed_) return std::nullopt;
    if (file && is_renovate_config(name, file->text)) return file;
  }
  return std::nullopt;
}

void Applier::renovate(bool has_dependabot) {
  const bool before = std::exchange(failed_, false);
  const auto file = renovate_config();
  const bool unreadable = failed_;
  failed_ = failed_ || before;
  if (unreadable || (!file && arguments_.remove)) return;
  if (!file && has_dependabot && arguments_.preset.empty())
    return context_.say(
        "no configuration of Renovate: none is made beside Dependabot's, unless "
        "--preset is given");
  const auto wish = preset_wish(context_, arguments_, repository_.track, names_of_tracks());
  if (!wish) return failed(wish.error());
  if (!file) return create(new_renovate_config(wish->preset));
  if (arguments_.remove)
    return change(*file, without_renovate_preset(file->text, file->name, *wish));
  auto fresh = with_renovate_preset(file->text, file->name, *wish);
  if (!fresh) return failed_in(file->name, fresh.error());
  change(*file, std::optional(std::move(*fresh)));
}

Result<std::vector<EcosystemIgnores>> Applier::ignores() const {
  if (arguments_.remove) return std::vector<EcosystemIgnores>{};
  const auto runtimes = runtimes_in(repository_);
  if (!runtimes) return fail(runtimes.error());
  return ignores_of(*policy_, *policy_->find(repository_.track), *runtimes);
}

void Applier::dependabot(const ConfigFile& file) {
  const auto wanted = ignores();
  if (!wanted) return failed(wanted.error());
  auto fresh = with_ignores(file.text, file.name, *wanted);
  if (!fresh) return failed_in(file.name, fresh.error());
  change(file, std::optional(std::move(*fresh)));
}

void Applier::print(std::string_view name, const std::optional<std::string>& before,
                    const std::optional<std::string>& after) {
  const auto side = [&](const char* prefix, bool exists) {
    std::string path = printable(shown(name));
    path.erase(0, path.find_first_not_of('/'));
    return exists ? prefix + path : std::string("/dev/null");
  };
  context_.out << unified_diff(before.value_or(""), after.value_or(""),
                               side("a/", before.has_value()), side("b/", after.has_value()));
}

// Nothing in place of a text: the file goes.
void Applier::change(const ConfigFile& file, const Result<std::optional<std::string>>& fresh) {
  if (!fresh) return failed_in(file.name, fresh.error());
  if (*fresh == file.text) return;
  if (!arguments_.check) {
    const auto done =
        *fresh ? replace_text(file.path, file.text, **fresh) : remove_text(file.path, file.text);
    if (!done) return failed(done.error());
  }
  changes_ = true;
  print(file.name, file.text, *fresh);
}

void Applier::create(const std::string& text) {
  if (!arguments_.check)
    if (auto done = create_text(shown(new_name), text); !done) return failed(done.error());
  changes_ = true;
  print(new_name, std::nullopt, text);
}

}  // namespace

int command_apply(const Context& context, const ApplyArguments& arguments) {
  std::error_code error;
  if (!fs::is_directory(arguments.path, error))
    return context.failed(
        Diagnostic{.message = "is no directory of a repository", .file = arguments.path});
  const auto in_force = state_in_force(context);
  if (!in_force) return context.failed(in_force.error());
  const RepositoryChecker checker(context, in_force->state, in_force->at);
  return Applier(context, arguments, checker).run();
}

}  // namespace buildable
