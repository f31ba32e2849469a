#include "cli/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <optional>
#include <sstream>

#include "app/program_version.h"
#include "base/text.h"
#include "cli/command_table.h"
#include "cli/completion.h"
#include "cli/early_exit.h"
#include "cli/examples.h"

namespace buildable::cli {
namespace {

// Before the exit codes, which a command has from the program. Made only when help is asked for.
void add_examples(CLI::App& command) {
  command.footer([name = command.get_name()] { return "Examples:\n" + examples_of(name); });
}

void add_common(CLI::App& command, Arguments& arguments) {
  command
      .add_option("--config", arguments.config,
                  "Settings (default: buildable.toml here, if there is one)")
      ->type_name("FILE");
  command
      .add_option("--at", arguments.at,
                  "The state of that day or instant (default: now); 2026-03-20 is its end, UTC")
      ->type_name("DATE");
  command.add_option("--color", arguments.color, "When to colour")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("auto|always|never");
  command.add_flag("-q,--quiet", arguments.quiet, "Nothing on stderr but errors");
  command.add_flag("-v,--verbose", arguments.verbose,
                   "More detail, and on stderr what the answer rests on");
  add_examples(command);
}

void add_track(CLI::App& command, Arguments& arguments, const char* placeholder = "TRACK") {
  command.add_option("--track", arguments.track, "default, latest or deprecated")
      ->type_name(placeholder);
}

void add_max_age(CLI::App& command, Arguments& arguments) {
  command
      .add_option("--max-age", arguments.max_age,
                  "Exit 3 where the facts are older (default: say so and go on, from 7 days or the "
                  "configured max_age)")
      ->check(CLI::Range(0, 36500))
      ->type_name("DAYS");
}

void add_format(CLI::App& command, std::string& format, std::vector<std::string> formats) {
  std::string names;
  for (const std::string& name : formats) names += (names.empty() ? "" : "|") + name;
  command.add_option("--format", format, "What to print")
      ->check(CLI::IsMember(std::move(formats)))
      ->type_name(names);
}

// A subcommand with its arguments, which become the command when it is the one given.
template <class Command>
struct Subcommand {
  CLI::App* app;
  std::shared_ptr<Command> values = std::make_shared<Command>();

  Subcommand(CLI::App& parent, Arguments& arguments, const char* name, const char* description)
      : app(parent.add_subcommand(name, description)) {
    app->callback([chosen = values, &arguments] { arguments.command = *chosen; });
  }
};

constexpr const char* unattended =
    "text or json: standard error as a log, with the time and a level in each line";

void add_log_format(CLI::App& app, Arguments& arguments, const char* description) {
  const std::map<std::string, LogFormat> formats{{"text", LogFormat::text},
                                                 {"json", LogFormat::json}};
  app.add_option_function<std::string>(
         "--log-format",
         [&arguments, formats](const std::string& name) {
           arguments.log_format = formats.at(name);
         },
         description)
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("FORMAT");
}

void add_generate(CLI::App& app, Arguments& arguments) {
  Subcommand<GenerateArguments> command(app, arguments, "generate",
                                        "Write presets, ignore blocks and data for every track");
  command.app->add_option("--out", command.values->out, "Where to; replaced as a whole")
      ->required()
      ->type_name("DIR");
  command.app
      ->add_option("--snapshot", command.values->snapshot,
                   "What was observed (default: the newest state known to this program)")
      ->type_name("FILE");
  command.app
      ->add_option("--base-url", command.values->base_url,
                   "Where the tree will be reachable; coverage.json then uses its datasources")
      ->type_name("URL");
  add_common(*command.app, arguments);
}

void add_explain(CLI::App& app, Arguments& arguments) {
  Subcommand<ExplainArguments> command(app, arguments, "explain",
                                       "Whether a version can be built, and why");
  command.app
      ->add_option("RUNTIME", command.values->runtime,
                   "Its name, as `buildable versions` lists them; with the version: python@3.14")
      ->required();
  command.app->add_option("VERSION", command.values->version, "3.14.0, or a series: 3.14");
  add_format(*command.app, command.values->format, {"text", "json"});
  add_track(*command.app, arguments, "TRACK|all");
  add_max_age(*command.app, arguments);
  add_common(*command.app, arguments);
}

void add_versions(CLI::App& app, Arguments& arguments) {
  Subcommand<VersionsArguments> command(app, arguments, "versions", "What can be built, as tables");
  command.app->add_option("RUNTIME", command.values->runtime, "Only this one");
  add_format(*command.app, command.values->format, {"text", "json"});
  add_track(*command.app, arguments, "TRACK|all");
  add_max_age(*command.app, arguments);
  add_common(*command.app, arguments);
}

void add_builder(CLI::App& app, Arguments& arguments) {
  Subcommand<BuilderArguments> command(
      app, arguments, "builder",
      "The builder image and its buildpacks; shell: a `pack build` line; github, gitlab: the "
      "same as outputs of a step, as variables");
  add_format(*command.app, command.values->format, {"text", "json", "shell", "github", "gitlab"});
  add_track(*command.app, arguments);
  add_max_age(*command.app, arguments);
  add_common(*command.app, arguments);
}

void add_diff(CLI::App& app, Arguments& arguments) {
  Subcommand<DiffArguments> command(app, arguments, "diff",
                                    "What became buildable between two states, and what ceased to");
  command.app
      ->add_option("OLD", command.values->older, "A snapshot, a tree, or the date of a known state")
      ->required();
  command.app->add_option("NEW", command.values->newer, "The same")->required();
  add_format(*command.app, command.values->format, {"text", "json"});
  add_common(*command.app, arguments);
}

void add_check(CLI::App& app, Arguments& arguments) {
  Subcommand<CheckArguments> command(
      app, arguments, "check",
      "Find every version that a repository names, and say what a deployment would do with it");
  CheckArguments& values = *command.values;
  command.app->add_option("PATH", values.paths, "Repositories, or single files (default: here)");
  command.app->add_option("--paths-from", values.paths_from, "More of them, one a line; - is stdin")
      ->type_name("FILE");
  command.app->add_option("--only", values.only, "Only what fails the deployment")
      ->check(CLI::IsMember({"errors"}))
      ->type_name("errors");
  CLI::Option* since = command.app->add_option(
      "--since", values.since,
      "Only what came since this commit of git (or since the history parted from it)");
  since->type_name("REV");
  command.app
      ->add_option("--changed-from", values.changed_from,
                   "Only what these files bring: a list as `git diff --name-only` prints it, one a "
                   "line; - is stdin")
      ->type_name("FILE")
      ->excludes(since);
  command.app->add_flag("--strict", values.strict, "Warnings fail the check, too");
  add_format(*command.app, values.format,
             {"text", "json", "sarif", "codequality", "github", "junit"});
  add_track(*command.app, arguments);
  add_max_age(*command.app, arguments);
  add_common(*command.app, arguments);
}

void add_fix(CLI::App& app, Arguments& arguments) {
  Subcommand<FixArguments> command(
      app, arguments, "fix",
      "Rewrite pins that cannot be built to the nearest version that can; prints a diff");
  command.app->add_option("PATH", command.values->paths,
                          "Directories of repositories, or single files (default: this directory)");
  command.app->add_flag("--upgrade", command.values->upgrade,
                        "Every pin to the newest version that can be built; one to a long-term "
                        "release to the newest of these");
  command.app->add_flag("--newest", command.values->newest,
                        "Every pin to the newest version that can be built");
  command.app->add_flag("--dry-run", command.values->dry_run, "Only print what would change");
  add_track(*command.app, arguments);
  add_max_age(*command.app, arguments);
  add_common(*command.app, arguments);
}

void add_apply(CLI::App& app, Arguments& arguments) {
  Subcommand<ApplyArguments> command(app, arguments, "apply",
                                     "Have the repository's Renovate and Dependabot configuration "
                                     "follow the track; prints a diff");
  ApplyArguments& values = *command.values;
  command.app->add_option("PATH", values.path, "Directory of a repository (default: this one)");
  command.app
      ->add_option("--preset", values.preset,
                   "How Renovate is to name our preset, as local>group/repo:{track} (default: the "
                   "configured preset, else the configured base_url)")
      ->type_name("PRESET");
  command.app
      ->add_option("--bot", values.bots,
                   "Only this bot; Renovate is then set up where only Dependabot is (default: the "
                   "bots that are set up, else Renovate)")
      ->check(CLI::IsMember({"renovate", "dependabot"}))
      ->take_all()
      ->type_name("renovate|dependabot");
  command.app->add_flag("--check", values.check, "Write nothing; exit 1 if anything would change");
  command.app->add_flag("--remove", values.remove, "Take out again what apply put in");
  add_track(*command.app, arguments);
  add_max_age(*command.app, arguments);
  add_common(*command.app, arguments);
}

void add_observe(CLI::App& app, Arguments& arguments) {
  Subcommand<ObserveArguments> command(
      app, arguments, "observe",
      "Read what is deployed from all sources; write it, or say why not");
  command.app
      ->add_option("--out", command.values->out, "The snapshot's file (default: standard output)")
      ->type_name("FILE");
  command.app
      ->add_option("--state", command.values->state,
                   "Where states are kept (default: the configured state_directory)")
      ->type_name("DIR");
  CLI::Option* record =
      command.app->add_option("--record", command.values->record, "Keep every answer there");
  record->type_name("DIR");
  command.app
      ->add_option("--replay", command.values->replay,
                   "Take the answers from a recording, as of its time; the network is not used")
      ->type_name("DIR")
      ->excludes(record);
  add_format(*command.app, command.values->format, {"text", "json"});
  add_log_format(*command.app, arguments, unattended);
  add_common(*command.app, arguments);
}

void add_serve(CLI::App& app, Arguments& arguments) {
  Subcommand<ServeArguments> command(
      app, arguments, "serve",
      "The tree, a page and an API over HTTP, observed again and again in the background");
  command.app
      ->add_option("--listen", command.values->listen,
                   "Where (default: port $PORT of every address, else the configured address, else "
                   "127.0.0.1:8080)")
      ->type_name("ADDRESS:PORT");
  command.app->add_flag("--probe", command.values->probe,
                        "Do not serve: ask whether a service answers there; exit 5 if not");
  add_log_format(*command.app, arguments,
                 "text (default) or json: a line an event, on standard error");
  add_common(*command.app, arguments);
}

void add_publish(CLI::App& app, Arguments& arguments) {
  Subcommand<PublishArguments> command(
      app, arguments, "publish", "Commit the tree to a git repository if, and only if, it changed");
  PublishArguments& values = *command.values;
  command.app->add_option("--repo", values.repository, "A path, or an address that git knows")
      ->required()
      ->type_name("URL");
  command.app->add_option("--branch", values.branch, "Which branch (default: main)")
      ->type_name("BRANCH");
  command.app->add_option("--path", values.path, "Folder in the repository (default: its root)")
      ->type_name("DIR");
  command.app
      ->add_option("--base-url", values.base_url,
                   "Where the tree will be reachable; coverage.json then uses its datasources")
      ->type_name("URL");
  command.app->add_flag("--observe", values.observe, "Observe first; on doubt publish nothing");
  command.app->add_flag("--merge-request", values.merge_request,
                        "Push to buildable/update and have GitLab open a merge request");
  command.app->add_flag("-n,--dry-run", values.dry_run, "Print what would be committed");
  command.app
      ->add_option("--deadline", values.deadline,
                   "For each exchange with the server (default: 120)")
      ->check(CLI::Range(1, 3600))
      ->type_name("SECONDS");
  add_log_format(*command.app, arguments, unattended);
  add_common(*command.app, arguments);
}

void add_verify(CLI::App& app, Arguments& arguments) {
  Subcommand<VerifyArguments> command(
      app, arguments, "verify",
      "Whether a published tree is signed, whole, no older than known, and not expired");
  VerifyArguments& values = *command.values;
  command.app
      ->add_option("TREE", values.place, "A directory, an https address, or git+URL#BRANCH:FOLDER")
      ->required();
  command.app->add_option("--key", values.keys, "Public key; may be repeated: one must have signed")
      ->required()
      ->allow_extra_args(false)
      ->type_name("FILE");
  command.app->add_option("--not-older-than", values.not_older_than, "Refuse older revisions")
      ->type_name("REVISION");
  command.app->add_option("--state", values.state, "Remember the revision there, refuse older ones")
      ->type_name("DIR");
  command.app
      ->add_option("--allow", values.allowed, "File that may be there besides; may be repeated")
      ->allow_extra_args(false)
      ->type_name("PATH");
  add_common(*command.app, arguments);
}

void add_keygen(CLI::App& app, Arguments& arguments) {
  Subcommand<KeygenArguments> command(app, arguments, "keygen",
                                      "Make a key to sign published trees with");
  command.app
      ->add_option("--out", command.values->out,
                   "The secret key's file; the public one is FILE.pub")
      ->required()
      ->type_name("FILE");
  add_common(*command.app, arguments);
}

void add_completion(CLI::App& app, Arguments& arguments) {
  Subcommand<CompletionArguments> command(app, arguments, "completion",
                                          "A completion script for your shell");
  command.app->add_option("SHELL", command.values->shell, "bash, zsh or fish")
      ->check(CLI::IsMember({"bash", "zsh", "fish"}))
      ->required();
  add_examples(*command.app);
}

void add_commands(CLI::App& app, Arguments& arguments) {
  app.set_version_flag("--version", app::version_text());
  app.footer(exit_code_lines());
  app.require_subcommand(1);
  add_generate(app, arguments);
  add_explain(app, arguments);
  add_versions(app, arguments);
  add_builder(app, arguments);
  add_diff(app, arguments);
  add_check(app, arguments);
  add_fix(app, arguments);
  add_apply(app, arguments);
  add_observe(app, arguments);
  add_serve(app, arguments);
  add_publish(app, arguments);
  add_verify(app, arguments);
  add_keygen(app, arguments);
  add_completion(app, arguments);
}

// "help CMD" is "CMD --help", and "help" alone "--help".
std::vector<const char*> without_help(int count, const char* const* words) {
  std::vector<const char*> given(words, words + count);
  if (count < 2 || std::string_view(words[1]) != "help") return given;
  given.erase(given.begin() + 1);
  given.push_back("--help");
  return given;
}

constexpr const char* program_summary =
    "buildable: which runtime versions Toolforge's Build Service can build,\n"
    "told to Renovate, Dependabot, CI and people in their own words.";

}  // namespace

CommandTable command_table() {
  Arguments unused;
  CLI::App app(program_summary, "buildable");
  add_commands(app, unused);
  return table_of(app);
}

std::vector<OptionRow> program_options() {
  Arguments unused;
  CLI::App app(program_summary, "buildable");
  add_commands(app, unused);
  return options_of(app);
}

std::variant<Arguments, EarlyExit> parse_arguments(int given_count, const char* const* given) {
  const std::vector<const char*> all = without_help(given_count, given);
  const int count = static_cast<int>(all.size());
  const char* const* words = all.data();
  Arguments arguments;
  CLI::App app(program_summary, "buildable");
  add_commands(app, arguments);
  if (auto unknown = unknown_command(app, count, words)) return std::move(*unknown);
  try {
    app.parse(count, words);
  } catch (const CLI::Error& error) {
    return early_exit(app, error);
  }
  if (const auto* completion = std::get_if<CompletionArguments>(&arguments.command))
    return EarlyExit{completion_script(completion->shell, table_of(app)), {}, exit_good};
  return arguments;
}

}  // namespace buildable::cli
