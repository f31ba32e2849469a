#include <sys/stat.h>

#include <filesystem>
#include <ostream>

#include "app/publish_run.h"
#include "base/path_name.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/network_program.h"
#include "publish/process.h"
#include "publish/workspace.h"

namespace buildable::cli {
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
  const std::string& author = context.settings.publish.author;
  if (author.empty()) return std::string(usual_author);
  const auto open = author.find(" <");
  const bool formed = open != std::string::npos && open > 0 && author.back() == '>' &&
                      author.find_first_of("<>\n", open + 2) == author.size() - 1 &&
                      author.find_first_of("<>\n") == open + 1;
  if (formed) return author;
  return fail(Diagnostic{.message = "not of the form \"Name <mail>\": " + in_quotes(author),
                         .path = "publish.author"});
}

Result<std::optional<publish::SigningKey>> signing_key(const Context& context) {
  const std::string& file = context.settings.publish.signing_key;
  if (file.empty()) return std::nullopt;
  auto key = app::read_signing_key(file);
  if (!key) return fail(std::move(key.error()));
  struct stat status {};
  if (::stat(file.c_str(), &status) == 0 && (status.st_mode & 077U) != 0)
    context.warn("other users can read the key " + printable(file));
  return std::move(*key);
}

// What git fetched is kept where answers of sources are, else beside the states.
std::filesystem::path cache_of(const app::Settings& settings) {
  const std::string& parent =
      settings.cache_directory.empty() ? settings.state_directory : settings.cache_directory;
  return parent.empty() ? std::filesystem::path() : std::filesystem::path(parent) / "publish";
}

Result<app::PublishRequest> request_of(const Context& context, const PublishArguments& arguments) {
  auto folder = folder_of(arguments.path);
  if (!folder) return fail(std::move(folder.error()));
  if (auto named = publish::check_branch_name(arguments.branch); !named)
    return fail(std::move(named.error()));
  auto author = author_of(context);
  if (!author) return fail(std::move(author.error()));
  auto key = signing_key(context);
  if (!key) return fail(std::move(key.error()));
  const auto times = context.times();
  if (!times) return fail(times.error());
  const emit::TreeOptions tree{arguments.base_url.empty() ? context.settings.base_url
                                                          : arguments.base_url};
  return app::PublishRequest{.branch = arguments.branch,
                             .folder = std::move(*folder),
                             .author = std::move(*author),
                             .key = std::move(*key),
                             .draft = {*times, context.settings.state_directory, tree},
                             .dry_run = arguments.dry_run,
                             .merge_request = arguments.merge_request};
}

// What the other program may leave with, said by it; anything else, by a signal or a program that
// is not it, is that it could not run: 1 would say "unbuildable".
Result<int> code_of_observation(const Context& context, int code) {
  if (code == exit_good) return code;
  context.say("Nothing was published.");
  if (code == exit_failed || code == exit_doubt || code == exit_no_answer) return code;
  return fail("buildable-network observe left with " + std::to_string(code));
}

Result<int> observe(const Context& context, const std::string& program,
                    const std::string& state_directory) {
  publish::ProcessRequest request{.words = {program, "observe", "--state", state_directory},
                                  .environment = publish::inherited_environment(),
                                  .deadline = observation_deadline,
                                  .show_errors = true};
  const Arguments& arguments = context.arguments;
  if (!arguments.config.empty())
    request.words.insert(request.words.end(), {"--config", arguments.config});
  if (!arguments.at.empty()) request.words.insert(request.words.end(), {"--at", arguments.at});
  if (arguments.quiet) request.words.emplace_back("--quiet");
  if (arguments.log_format)
    request.words.insert(
        request.words.end(),
        {"--log-format", *arguments.log_format == LogFormat::json ? "json" : "text"});
  const auto observed = publish::run_process(request);
  if (!observed) return fail(observed.error());
  return code_of_observation(context, observed->code);
}

std::string_view name_of(app::PublishOutcome outcome) {
  constexpr std::string_view names[] = {"unchanged", "published", "tagged", "proposed"};
  return names[static_cast<std::size_t>(outcome)];
}

int print_plan(const Context& context, const app::PublishResult& result) {
  context.out << result.message << '\n';
  for (const app::PlannedChange& change : result.changes)
    context.out << change.mark << ' ' << printable(change.path) << '\n';
  context.say("Nothing was committed (--dry-run).");
  return exit_good;
}

int print(const Context& context, const app::PublishResult& result) {
  if (result.outcome == app::PublishOutcome::planned) return print_plan(context, result);
  if (result.outcome == app::PublishOutcome::refused) {
    context.failed(Error(result.refused));
    context.say("Nothing was published: what stands on the branch stays.");
    return exit_doubt;
  }
  if (!result.message.empty()) context.say(result.message.substr(0, result.message.find('\n')));
  context.out << name_of(result.outcome) << ' ' << result.name << (result.commit.empty() ? "" : " ")
              << result.commit << '\n';
  return exit_good;
}

Result<int> run_publish(const Context& context, const PublishArguments& arguments) {
  auto request = request_of(context, arguments);
  if (!request) return fail(std::move(request.error()));
  std::string network_program;
  if (arguments.observe) {
    auto found = network_program_path();
    if (!found) return fail(std::move(found.error()));
    network_program = std::move(*found);
  }
  std::optional<publish::Workspace> scratch;
  if (arguments.observe && request->draft.state_directory.empty()) {
    auto made = publish::Workspace::temporary();
    if (!made) return fail(std::move(made.error()));
    scratch.emplace(std::move(*made));
    request->draft.state_directory = (scratch->directory() / "state").string();
  }
  auto remote = publish::Remote::open({.url = arguments.repository,
                                       .cache = cache_of(context.settings),
                                       .deadline = std::chrono::seconds(arguments.deadline)});
  if (!remote) return fail(std::move(remote.error()));
  const std::string state_directory = request->draft.state_directory;
  app::PublishRun run(std::move(*request), std::move(*remote),
                      [&context](std::string_view line) { context.say(line); });
  if (arguments.observe) {
    if (auto ready = run.remember_published(); !ready) return fail(std::move(ready.error()));
    auto observed = observe(context, network_program, state_directory);
    if (!observed || *observed != exit_good) return observed;
  }
  const auto result = run.run();
  if (!result) return fail(result.error());
  return print(context, *result);
}

}  // namespace

int command_publish(const Context& context, const PublishArguments& arguments) {
  const auto code = run_publish(context, arguments);
  return code ? *code : context.failed(code.error());
}

}  // namespace buildable::cli
