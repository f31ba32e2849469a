#include "publish/git.h"

#include <algorithm>
#include <array>

#include "base/no_answer.h"
#include "base/public_url.h"
#include "base/text.h"

namespace buildable::publish {
namespace {

using Clock = std::chrono::steady_clock;

// How a user tells git to reach and prove itself to a server. All other GIT_ variables go.
constexpr std::array<std::string_view, 8> kept_prefixes{
    "GIT_ASKPASS=", "GIT_SSH=",       "GIT_SSH_COMMAND=", "GIT_SSH_VARIANT=",
    "GIT_SSL_",     "GIT_PROXY_SSL_", "GIT_HTTP",         "GIT_CONFIG_"};
constexpr std::array<std::string_view, 4> replaced_names{"LC_ALL=", "LANGUAGE=", "LANG=", "TZ="};

// What the user's own settings may say otherwise.
constexpr std::array<std::string_view, 13> settings{
    "core.hooksPath=/dev/null", "core.fsmonitor=false",     "gc.auto=0",
    "maintenance.auto=false",   "commit.gpgSign=false",     "tag.gpgSign=false",
    "push.gpgSign=false",       "push.followTags=false",    "push.recurseSubmodules=no",
    "push.pushOption=",         "fetch.writeCommitGraph=0", "fetch.recurseSubmodules=no",
    "init.defaultBranch=main"};

template <class Prefixes>
bool begins_with_one_of(std::string_view text, const Prefixes& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [text](std::string_view prefix) { return text.starts_with(prefix); });
}

// What git, its curl and ssh say, in the C locale, where nobody answered: it may pass by itself.
bool tells_of_no_answer(std::string_view text) {
  constexpr std::array<std::string_view, 16> words{"Could not resolve",
                                                   "Couldn't resolve",
                                                   "name resolution",
                                                   "Failed to connect",
                                                   "Couldn't connect",
                                                   "Connection refused",
                                                   "Connection timed out",
                                                   "Operation timed out",
                                                   "Connection reset",
                                                   "Network is unreachable",
                                                   "No route to host",
                                                   "Empty reply from server",
                                                   "early EOF",
                                                   "Recv failure",
                                                   "returned error: 429",
                                                   "returned error: 5"};
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view each) { return text.find(each) != text.npos; });
}

bool asks_a_server(const std::string& command) {
  return command == "fetch" || command == "ls-remote" || command == "push";
}

// The last lines: what git ends with is why it failed.
std::string last_lines(std::string_view text) {
  constexpr std::size_t most = 12;
  const auto lines = split_lines(trim(text));
  std::vector<std::string> last;
  for (std::size_t i = lines.size() > most ? lines.size() - most : 0; i < lines.size(); ++i)
    if (!trim(lines[i]).empty()) last.emplace_back(trim(lines[i]));
  return join(last, "\n  ");
}

}  // namespace

std::vector<std::string> git_environment(const std::vector<std::string>& inherited) {
  std::vector<std::string> environment;
  for (const std::string& value : inherited) {
    if (begins_with_one_of(value, replaced_names)) continue;
    if (value.starts_with("GIT_") && !begins_with_one_of(value, kept_prefixes)) continue;
    environment.push_back(value);
  }
  environment.insert(environment.end(),
                     {"LC_ALL=C", "TZ=UTC", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0",
                      "GIT_ALLOW_PROTOCOL=file:ssh:https:http", "GIT_NO_REPLACE_OBJECTS=1"});
  return environment;
}

Git::Git(std::filesystem::path directory, std::string url, std::chrono::milliseconds deadline)
    : directory_(std::move(directory)),
      url_(std::move(url)),
      deadline_(deadline),
      environment_(git_environment(inherited_environment())) {}

Result<void> Git::init() const {
  const auto made = output({"init", "--quiet", "--bare", "--template=", directory_.string()});
  if (!made) return fail(made.error());
  return {};
}

Result<ProcessResult> Git::run(const std::vector<std::string>& words, std::string input) const {
  ProcessRequest request{.words = {"git", "--git-dir=" + directory_.string()},
                         .environment = environment_,
                         .input = std::move(input),
                         .deadline = deadline_};
  for (const std::string_view setting : settings) {
    request.words.emplace_back("-c");
    request.words.emplace_back(setting);
  }
  request.words.insert(request.words.end(), words.begin(), words.end());
  const auto begin = Clock::now();
  auto result = run_process(request);
  if (result) return result;
  const bool unheard = asks_a_server(words.front()) && Clock::now() - begin >= deadline_;
  return fail(Diagnostic{.message = result.error().message(),
                         .file = public_url(url_),
                         .path = std::string(unheard ? no_answer : ""),
                         .hint = "while it was at `git " + words.front() + "`"});
}

Result<std::string> Git::output(const std::vector<std::string>& words, std::string input) const {
  auto result = run(words, std::move(input));
  if (!result) return fail(std::move(result.error()));
  if (result->code != 0) return failure(words.front(), *result);
  return std::move(result->out);
}

tl::unexpected<Error> Git::failure(const std::string& command, const ProcessResult& result,
                                   std::string hint) const {
  std::string said = last_lines(without_secrets(result.err, url_));
  if (said.empty()) said = "it left with " + std::to_string(result.code);
  const bool unheard = asks_a_server(command) && tells_of_no_answer(result.err);
  return fail(Diagnostic{.message = "git " + command + ": " + said,
                         .file = public_url(url_),
                         .path = std::string(unheard ? no_answer : ""),
                         .hint = std::move(hint)});
}

}  // namespace buildable::publish
