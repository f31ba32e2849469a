#include "publish/remote.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/digest.h"
#include "base/public_url.h"
#include "base/text.h"
#include "publish/workspace.h"

namespace buildable::publish {
namespace {

// Refs of the workspace; the remote never sees their names.
constexpr const char* next_ref = "refs/buildable/next";
std::string fetched_ref(const std::string& branch) { return "refs/buildable/fetched/" + branch; }

// "100644 blob <id>\t<path>"
void add_file(std::map<std::string, BranchFile>& files, std::string_view entry) {
  const auto tab = entry.find('\t');
  const auto words = split(entry.substr(0, tab), ' ');
  if (tab == std::string_view::npos || words.size() != 3) return;
  files[std::string(entry.substr(tab + 1))] = {std::string(words[0]), std::string(words[2])};
}

void append_data(std::string& stream, std::string_view data) {
  stream += "data " + std::to_string(data.size()) + "\n";
  stream += data;
  stream += '\n';
}

std::string signature_of(const NewCommit& commit) {
  return commit.author + " " + std::to_string(commit.when.time_since_epoch().count()) + " +0000\n";
}

void append_tag(std::string& stream, const NewCommit& commit, const std::string& target) {
  stream += "tag " + commit.tag + "\nfrom " + target + "\ntagger " + signature_of(commit);
  append_data(stream, commit.message);
}

// For git fast-import, which makes commit, tag and all contents in one process.
std::string stream_of(const NewCommit& commit) {
  std::string stream = std::string("commit ") + next_ref + "\nmark :1\nauthor " +
                       signature_of(commit) + "committer " + signature_of(commit);
  append_data(stream, commit.message);
  if (!commit.parent.empty()) stream += "from " + commit.parent + "\n";
  for (const std::string& path : commit.removed) stream += "D " + path + "\n";
  for (const auto& [path, content] : commit.written) {
    stream += "M 100644 inline " + path + "\n";
    append_data(stream, content);
  }
  stream += '\n';
  if (!commit.tag.empty()) append_tag(stream, commit, ":1");
  return stream + "get-mark :1\ndone\n";
}

// No link, no folder and no other repository.
bool is_regular_file(const BranchHead& head, const std::string& path) {
  const auto file = head.files.find(path);
  return file != head.files.end() && file->second.mode.starts_with("100");
}

struct Object {
  std::string id;  // empty: it is not there
  std::string type;
  std::string content;
};

// What `git cat-file --batch` answers: "<id> <type> <size>\n<content>\n", or "<name> missing\n".
Result<std::vector<Object>> objects_in(std::string_view batch) {
  std::vector<Object> objects;
  while (!batch.empty()) {
    const auto end = std::min(batch.find('\n'), batch.size());
    const std::string_view line = batch.substr(0, end);
    batch.remove_prefix(std::min(end + 1, batch.size()));
    if (line.ends_with(" missing")) {
      objects.emplace_back();
      continue;
    }
    const auto words = split(line, ' ');
    std::size_t size = 0;
    if (words.size() != 3 ||
        std::from_chars(words[2].data(), words[2].data() + words[2].size(), size).ec !=
            std::errc() ||
        batch.size() < size + 1)
      return fail("git cat-file: an answer that is not understood: " + in_quotes(line));
    objects.push_back(
        {std::string(words[0]), std::string(words[1]), std::string(batch.substr(0, size))});
    batch.remove_prefix(size + 1);
  }
  return objects;
}

// "parent <id>": a shallow history hides it, the commit's own text does not.
std::string parent_in(std::string_view commit) {
  for (const std::string_view line : split_lines(commit)) {
    if (line.empty()) break;
    if (line.starts_with("parent ")) return std::string(line.substr(7));
  }
  return {};
}

bool says(const ProcessResult& result, std::string_view words) {
  return result.out.find(words) != std::string::npos || result.err.find(words) != std::string::npos;
}

// What git says, in its C locale, where trying again changes nothing.
struct Fault {
  std::string_view words;
  const char* message;
  const char* hint;
};

const Fault* fault_in(const ProcessResult& result) {
  static constexpr const char* log_in = "check the token or key that git has for this address";
  static constexpr std::array<Fault, 13> faults{{
      {"File name too long", "the name of the branch or tag is too long for the server",
       "choose a shorter one"},
      {"' exists; cannot create '", "the name of the branch or tag collides with one that is there",
       "\"a\" and \"a/b\" cannot both be branches: choose another name"},
      {"No space left on device", "the server has no space left", ""},
      {"Disk quota exceeded", "the server has no space left for this repository", ""},
      {"Read-only file system", "the server cannot write into the repository", ""},
      {"insufficient permission for adding an object",
       "the server cannot write into the repository", ""},
      {".lock': Permission denied", "the server cannot write into the repository", ""},
      {"Authentication failed", "the server does not know this account", log_in},
      {"Permission denied (", "the server does not know this account", log_in},
      {"could not read Username", "the server asks who this is", log_in},
      {"could not read Password", "the server asks for a password", log_in},
      {"returned error: 401", "the server does not know this account", log_in},
      {"returned error: 403", "this account may not push there", log_in},
  }};
  const auto* found = std::find_if(faults.begin(), faults.end(),
                                   [&](const Fault& each) { return says(result, each.words); });
  return found == faults.end() ? nullptr : found;
}

// Where somebody else was quicker: before the push ("stale info"), or while the server took it.
bool tells_of_a_race(const ProcessResult& result) {
  constexpr std::array<std::string_view, 8> words{
      "(stale info)",          "(fetch first)",       "(non-fast-forward)",   "cannot lock ref",
      "(failed to update ref", "(reference already ", "(incorrect old value", "(already exists)"};
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view each) { return says(result, each); });
}

// "!\tfrom:refs/heads/main\t[remote rejected] (pre-receive hook declined)" -> what is in brackets.
std::string rejection_in(std::string_view porcelain) {
  for (const std::string_view line : split_lines(porcelain)) {
    if (!line.starts_with("!\t") || line.find("(atomic") != std::string_view::npos) continue;
    const auto fields = split(line, '\t');
    const std::string_view ref = fields.size() > 1 ? fields[1].substr(fields[1].find(':') + 1) : "";
    return "the remote refused " + std::string(ref) + ": " + std::string(fields.back());
  }
  return {};
}

}  // namespace

Result<void> check_branch_name(const std::string& name) {
  // git keeps a branch in files of its name, ".lock" appended while it writes.
  constexpr std::size_t longest_part = 200;
  constexpr std::size_t longest = 500;
  const bool odd = std::any_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' ||
           std::string_view("~^:?*[\\").find(c) != std::string_view::npos;
  });
  bool parts_are_good = true;
  for (const std::string_view part : split(name, '/'))
    parts_are_good = parts_are_good && !part.empty() && part.size() <= longest_part &&
                     part.front() != '.' && !part.ends_with(".lock") && part.back() != '.';
  if (!odd && parts_are_good && name.size() <= longest && name.front() != '-' &&
      name.find("..") == std::string::npos && name.find("@{") == std::string::npos && name != "@")
    return {};
  return fail("not a name for a branch: " + in_quotes(name));
}

Remote::Remote(std::unique_ptr<Workspace> workspace, Git git, std::string url)
    : workspace_(std::move(workspace)), git_(std::move(git)), url_(std::move(url)) {}
Remote::Remote(Remote&&) noexcept = default;
Remote::~Remote() = default;

Result<Remote> Remote::open(const RemoteOptions& options) {
  if (auto checked = check_authority(options.url); !checked)
    return fail(std::move(checked.error()));
  auto workspace = options.cache.empty()
                       ? Workspace::temporary()
                       : Workspace::kept(options.cache, sha256_hex(options.url).substr(0, 16));
  if (!workspace) return fail(std::move(workspace.error()));
  Git git(workspace->directory(), options.url, options.deadline);
  if (workspace->is_new())
    if (auto made = git.init(); !made) return fail(std::move(made.error()));
  return Remote(std::make_unique<Workspace>(std::move(*workspace)), std::move(git), options.url);
}

Result<void> Remote::begin_anew() {
  std::error_code error;
  std::filesystem::remove_all(workspace_->directory(), error);
  return git_.init();
}

// False: the remote has no such branch.
Result<bool> Remote::fetch(const std::string& branch, const std::string& ref) {
  std::error_code error;
  const bool is_known = std::filesystem::exists(workspace_->directory() / ref, error);
  std::vector<std::string> words{"fetch", "--quiet", "--no-tags", "--no-write-fetch-head"};
  // Later only what came since then; where history was written anew, that is what replaced it.
  if (!is_known) words.emplace_back("--depth=1");
  words.insert(words.end(), {"--", url_, "+refs/heads/" + branch + ":" + ref});
  const auto fetched = git_.run(words);
  if (!fetched) return fail(fetched.error());
  if (fetched->code == 0) return true;
  if (fetched->err.find("couldn't find remote ref") != std::string::npos) return false;
  return git_.failure("fetch", *fetched, "is the address right, and may this account read it?");
}

Result<BranchHead> Remote::look(const std::string& branch, const std::vector<std::string>& paths) {
  const std::string ref = fetched_ref(branch);
  const auto found = fetch(branch, ref);
  if (!found) return fail(found.error());
  if (!*found) return BranchHead{};
  const auto listed = git_.output({"ls-tree", "-r", "-z", "--full-tree", ref});
  if (!listed) return fail(listed.error());
  std::string names = ref + "\n";
  for (const std::string& path : paths) names.append(ref).append(":").append(path).append("\n");
  const auto batch = git_.output({"cat-file", "--batch"}, names);
  if (!batch) return fail(batch.error());
  auto objects = objects_in(*batch);
  if (!objects) return fail(std::move(objects.error()));
  if (objects->size() != paths.size() + 1) return fail("git cat-file gave less than it was asked");
  const Object& commit = objects->front();
  BranchHead head{commit.id, parent_in(commit.content), {}, {}};
  for (const std::string_view entry : split(*listed, '\0')) add_file(head.files, entry);
  for (std::size_t i = 0; i < paths.size(); ++i)
    if (is_regular_file(head, paths[i]))
      head.texts[paths[i]] = std::move((*objects)[i + 1].content);
  return head;
}

Result<std::vector<std::string>> Remote::tags(const std::string& beginning) {
  const std::string prefix = "refs/tags/";
  const auto listed =
      git_.output({"ls-remote", "--tags", "--refs", "--", url_, prefix + beginning + "*"});
  if (!listed) return fail(listed.error());
  std::vector<std::string> names;
  for (const std::string_view line : split_lines(*listed)) {
    const auto name = line.find(prefix);
    if (name != std::string_view::npos) names.emplace_back(line.substr(name + prefix.size()));
  }
  return names;
}

Result<std::string> Remote::commit_of(const std::string& branch) {
  const auto listed = git_.output({"ls-remote", "--heads", "--", url_, "refs/heads/" + branch});
  if (!listed) return fail(listed.error());
  return listed->substr(0, listed->find('\t'));
}

Result<std::string> Remote::commit(const NewCommit& commit) {
  const auto made = git_.output({"fast-import", "--quiet", "--force", "--done"}, stream_of(commit));
  if (!made) return fail(made.error());
  return std::string(trim(*made));
}

Result<void> Remote::tag(const NewCommit& tagged, const std::string& commit) {
  std::string stream;
  append_tag(stream, tagged, commit);
  const auto made = git_.output({"fast-import", "--quiet", "--force", "--done"}, stream + "done\n");
  if (!made) return fail(made.error());
  return {};
}

Result<PushOutcome> Remote::push(const Push& push) {
  std::vector<std::string> words{"push", "--porcelain", "--no-verify", "--atomic"};
  for (const std::string& option : push.options) words.push_back("--push-option=" + option);
  std::vector<std::string> refs;
  if (!push.commit.empty()) {
    const std::string branch = "refs/heads/" + push.branch;
    words.push_back("--force-with-lease=" + branch + ":" + push.expected);
    refs.push_back(push.commit + ":" + branch);
  }
  if (!push.tag.empty()) {
    const std::string tag = "refs/tags/" + push.tag;
    words.push_back("--force-with-lease=" + tag + ":");
    refs.push_back(tag + ":" + tag);
  }
  words.insert(words.end(), {"--", url_});
  words.insert(words.end(), refs.begin(), refs.end());
  const auto result = git_.run(words);
  if (!result) return fail(result.error());
  if (result->code == 0) return PushOutcome::done;
  return judge_failure(push, *result);
}

// The answer may have been lost on its way, and what is refused may be so because another was
// quicker: the remote's head tells.
Result<PushOutcome> Remote::judge_failure(const Push& push, const ProcessResult& result) {
  if (!push.commit.empty()) {
    const auto head = commit_of(push.branch);
    if (head && *head == push.commit) return PushOutcome::done;
    if (head && *head != push.expected) return PushOutcome::lost_race;
  }
  if (const Fault* fault = fault_in(result)) {
    const auto failure = git_.failure("push", result);
    const std::string hint = *fault->hint == '\0' ? "" : std::string(fault->hint) + "\n";
    return fail(Diagnostic{.message = fault->message,
                           .file = public_url(url_),
                           .hint = hint + failure.value().message()});
  }
  if (tells_of_a_race(result)) return PushOutcome::lost_race;
  // The branch went back to where it was before what was fetched here, and the new commit is one
  // whose history was cut off then.
  if (result.out.find("shallow update not allowed") != std::string::npos) {
    if (auto emptied = begin_anew(); !emptied) return fail(std::move(emptied.error()));
    return PushOutcome::lost_race;
  }
  const std::string rejection = rejection_in(result.out);
  auto failure = git_.failure("push", result);
  if (rejection.empty()) return failure;
  const Diagnostic& said = failure.value().diagnostics().front();
  return fail(Diagnostic{.message = rejection, .file = said.file, .hint = said.message});
}

}  // namespace buildable::publish
