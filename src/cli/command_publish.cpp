#include <sys/stat.h>

#include <filesystem>

#include "app/publish_run.h"
#include "base/path_name.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/network_program.h"
#include "publish/process.h"
#include "publish/workspace.h"
#include "rules/load.h"
#include "store/file_reader.h"
#include "store/snapshots.h"

namespace buildable {
namespace {

constexpr const char* usual_author = "buildable <buildable@localhost>";
constexpr std::chrono::minutes observation_deadline{20};

// "some/where/" of --path.
Result<std::string> folder_of(std::string path) {
  while (path.starts_with("./")) path.erase(0, 2);
  while (path.ends_with('/')) path.pop_back();
  if (path.empty() || path == ".") return std::string();
  const auto folder = InnerPath::parse(path);
  if (!folder) return fail("--path: " + folder.error().message());
  return folder->text() + "/";
}

// Fast-import reads the name up to "<" and the address up to ">".
Result<std::string> author_of(const Context& context) {
  const std::string& author = context.config.publish.author;
  if (author.empty()) return std::string(usual_author);
  const auto open = author.find(" <");
  const bool formed = open != std::string::npos && open > 0 && author.back() == '>' &&
                      author.find_first_of("<>\n", open + 2) == author.size() - 1 &&
                      author.find_first_of("<>\n") == open + 1;
  if (formed) return author;
  return fail(Diagnostic{.message = "not of the form \"Name <mail>\": " + buildable::quoted(author),
                         .path = "publish.author"});
}

Result<std::optional<SigningKey>> signing_key(const Context& context) {
  const std::string& file = context.config.publish.signing_key;
  if (file.empty()) return std::nullopt;
  const auto text = read_file(file);
  if (!text) return fail(text.error());
  struct stat status {};
  if (::stat(file.c_str(), &status) == 0 && (status.st_mode & 077U) != 0)
    context.say("warning: others than you can read the key " + printable(file));
  auto key = SigningKey::parse(*text, file);
  if (!key) return fail(std::move(key.error()));
  return std::move(*key);
}

// What git fetched is kept where answers of sources are, else beside the states.
std::filesystem::path cache_of(const Config& config) {
  const std::string& parent =
      config.cache_directory.empty() ? config.state_directory : config.cache_directory;
  return parent.empty() ? std::filesystem::path() : std::filesystem::path(parent) / "publish";
}

Result<PublishSettings> settings_of(const Context& context, const PublishArguments& arguments) {
  auto folder = folder_of(arguments.path);
  if (!folder) return fail(std::move(folder.error()));
  if (auto named = check_branch_name(arguments.branch); !named)
    return fail(std::move(named.error()));
  auto author = author_of(context);
  if (!author) return fail(std::move(author.error()));
  auto key = signing_key(context);
  if (!key) return fail(std::move(key.error()));
  const auto at = context.at();
  if (!at) return fail(at.error());
  const TreeOptions tree{arguments.base_url.empty() ? context.config.base_url : arguments.base_url};
  return PublishSettings{std::move(*folder), std::move(*author), std::move(*key),
                         DraftOptions{*at, context.config.state_directory, tree}};
}

// The observation is held against the last good state. Where that is known to the branch alone (a
// job that keeps nothing), it is put into the state directory first.
Result<void> remember(const Standing& standing, const DraftOptions& options, Instant now) {
  const auto known = known_state_at(options.at, options.state_directory, now);
  const auto published = published_state(standing, known ? &*known : nullptr);
  if (!published) return fail(published.error());
  if (!*published) return {};
  if (known && !is_newer((*published)->snapshot, known->snapshot)) return {};
  return SnapshotStore(options.state_directory).put(write_snapshot((*published)->snapshot), now);
}

Result<int> observe(const Context& context, const std::string& state_directory) {
  ProcessRequest request{.words = {network_program_path(), "observe", "--state", state_directory},
                         .environment = inherited_environment(),
                         .deadline = observation_deadline,
                         .show_errors = true};
  const Arguments& arguments = context.arguments;
  if (!arguments.config.empty())
    request.words.insert(request.words.end(), {"--config", arguments.config});
  if (!arguments.at.empty()) request.words.insert(request.words.end(), {"--at", arguments.at});
  if (arguments.quiet) request.words.emplace_back("--quiet");
  const auto observed = run_process(request);
  if (!observed) return fail(observed.error());
  if (observed->code != exit_good) context.say("Nothing was published.");
  return observed->code;
}

// The code of the observation; everything but 0 ends the command.
Result<int> observe_first(const Context& context, const PublishArguments& arguments,
                          const DraftOptions& options, PublishRun& run) {
  const auto standing = run.standing_on(arguments.branch);
  if (!standing) return fail(standing.error());
  auto remembered = remember(*standing, options, context.now);
  if (!remembered) return fail(std::move(remembered.error()));
  return observe(context, options.state_directory);
}

Result<int> run_publish(const Context& context, const PublishArguments& arguments) {
  auto settings = settings_of(context, arguments);
  if (!settings) return fail(std::move(settings.error()));
  std::optional<Workspace> scratch;
  if (arguments.observe && settings->draft.state_directory.empty()) {
    auto made = Workspace::temporary();
    if (!made) return fail(std::move(made.error()));
    scratch.emplace(std::move(*made));
    settings->draft.state_directory = (scratch->directory() / "state").string();
  }
  auto remote = Remote::open({.url = arguments.repository,
                              .cache = cache_of(context.config),
                              .deadline = std::chrono::seconds(arguments.deadline)});
  if (!remote) return fail(std::move(remote.error()));
  const DraftOptions options = settings->draft;
  PublishRun run(context, arguments, std::move(*settings), std::move(*remote));
  if (arguments.observe) {
    auto observed = observe_first(context, arguments, options, run);
    if (!observed || *observed != exit_good) return observed;
  }
  return run.run();
}

}  // namespace

int command_publish(const Context& context, const PublishArguments& arguments) {
  const auto code = run_publish(context, arguments);
  return code ? *code : context.failed(code.error());
}

}  // namespace buildable
