#include "publish/commit_walk.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "base/text.h"
#include "publish/git.h"
#include "store/met_folders.h"

namespace buildable::publish {
namespace {

constexpr std::size_t most_in_batch = 10'000;
constexpr std::size_t largest_batch = 16U << 20U;  // bytes of the files in it
constexpr std::size_t longest_revision = 300;
constexpr std::string_view link_mode = "120000";

Result<ProcessResult> git(const std::string& directory, const std::vector<std::string>& words,
                          std::string input = {}) {
  ProcessRequest request{.words = {"git", "-C", directory.empty() ? "." : directory, "-c",
                                   "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"},
                         .environment = git_environment(inherited_environment()),
                         .input = std::move(input)};
  // What is not there is not fetched.
  request.environment.emplace_back("GIT_NO_LAZY_FETCH=1");
  request.words.insert(request.words.end(), words.begin(), words.end());
  return run_process(request);
}

// Its standard output without the last newline; nothing where it fails.
std::optional<std::string> answer(const std::string& directory,
                                  const std::vector<std::string>& words) {
  const auto result = git(directory, words);
  if (!result || result->code != 0) return std::nullopt;
  return std::string(trim(result->out));
}

Result<std::string> output(const std::string& directory, const std::vector<std::string>& words,
                           std::string input = {}) {
  auto result = git(directory, words, std::move(input));
  if (!result) return fail(std::move(result.error()));
  if (result->code == 0) return std::move(result->out);
  return fail(Diagnostic{.message = "git " + words.front() + ": " + std::string(trim(result->err)),
                         .file = directory,
                         .hint = {}});
}

bool is_shallow(const std::string& directory) {
  return answer(directory, {"rev-parse", "--is-shallow-repository"}) == "true";
}

tl::unexpected<Error> no_commit(const std::string& directory, const std::string& revision) {
  const std::string hint =
      is_shallow(directory)
          ? "this clone is shallow; get it with `git fetch --depth=1 origin " + revision +
                "`, or clone with all history (fetch-depth: 0 in GitHub, GIT_DEPTH: 0 in GitLab)"
          : "name a commit, a branch or a tag of this repository";
  return fail(Diagnostic{
      .message = "git knows no commit " + in_quotes(std::string_view(revision)) + " here",
      .file = directory,
      .hint = hint});
}

struct TreeFile {
  std::string path;
  std::string id;
  std::size_t size = 0;
  bool link = false;
};

// "100644 blob 0a1b...     120\tpath"
std::optional<TreeFile> tree_file(std::string_view line) {
  const std::size_t tab = line.find('\t');
  if (tab == std::string_view::npos) return std::nullopt;
  std::vector<std::string_view> words;
  for (const std::string_view word : split(line.substr(0, tab), ' '))
    if (!word.empty()) words.push_back(word);
  if (words.size() != 4 || words[1] != "blob") return std::nullopt;
  TreeFile file{std::string(line.substr(tab + 1)), std::string(words[2]), 0, words[0] == link_mode};
  const auto read = std::from_chars(words[3].data(), words[3].data() + words[3].size(), file.size);
  return read.ec == std::errc() ? std::optional(std::move(file)) : std::nullopt;
}

// The folder on the way to the file that is not looked into; empty: none.
std::string_view passed_over_folder(std::string_view path) {
  for (std::size_t at = path.find('/'); at != std::string_view::npos; at = path.find('/', at + 1))
    if (store::is_passed_over(path.substr(0, at))) return path.substr(0, at);
  return {};
}

struct CommitTree {
  std::vector<TreeFile> files;
  std::vector<std::string> folders;  // as RepositoryWalk is asked for them
};

Result<CommitTree> tree_of(const std::string& directory, const std::string& commit) {
  const auto list = output(directory, {"ls-tree", "-r", "-z", "-l", commit});
  if (!list) return fail(list.error());
  CommitTree tree;
  store::MetFolders met;
  for (const std::string_view line : split(*list, '\0')) {
    auto file = tree_file(line);
    if (!file) continue;
    const std::string_view passed = passed_over_folder(file->path);
    const bool asked = passed.find('/') == std::string_view::npos;  // in the root, or none
    if (asked)
      met.meet(passed.empty() ? file->path : std::string(passed) + "/x",
               [&](std::string_view folder) { tree.folders.emplace_back(folder); });
    if (passed.empty()) tree.files.push_back(*std::move(file));
  }
  return tree;
}

// "a/b" and "../c" give "c"; nothing where it leads out.
std::optional<std::string> target_of(std::string_view link, std::string_view target) {
  std::vector<std::string_view> parts = split(link, '/');
  parts.pop_back();
  if (target.starts_with('/')) return std::nullopt;
  for (const std::string_view step : split(target, '/')) {
    if (step.empty() || step == ".") continue;
    if (step != "..") {
      parts.push_back(step);
      continue;
    }
    if (parts.empty()) return std::nullopt;
    parts.pop_back();
  }
  return join(std::vector<std::string>(parts.begin(), parts.end()), "/");
}

// What `git cat-file --batch` answers: "<id> blob <size>\n<bytes>\n" for each, in order.
Result<std::vector<std::string>> contents_of(const std::string& directory,
                                             const std::vector<const TreeFile*>& files) {
  std::string wanted;
  for (const TreeFile* file : files) wanted += file->id + '\n';
  const auto answered = output(directory, {"cat-file", "--batch"}, std::move(wanted));
  if (!answered) return fail(answered.error());
  std::vector<std::string> contents;
  std::string_view rest = *answered;
  for (const TreeFile* file : files) {
    const std::size_t newline = std::min(rest.find('\n'), rest.size());
    const std::string head = file->id + " blob " + std::to_string(file->size);
    if (rest.substr(0, newline) != head || rest.size() - newline < file->size + 2)
      return fail(Diagnostic{.message = "git does not have the file as it was",
                             .file = file->path,
                             .hint = "in a partial clone, fetch all objects of the commit first"});
    contents.emplace_back(rest.substr(newline + 1, file->size));
    rest.remove_prefix(newline + 1 + file->size + 1);
  }
  return contents;
}

bool is_opened(store::FileInterest interest) {
  return interest != store::FileInterest::none && interest != store::FileInterest::name;
}

class CommitWalk {
 public:
  CommitWalk(const std::string& directory, const store::RepositoryWalk& walk)
      : directory_(directory), walk_(walk) {}

  Result<std::vector<Diagnostic>> run(CommitTree tree) {
    for (const std::string& folder : tree.folders)
      if (!ended_ && walk_.interest(folder) != store::FileInterest::none)
        ended_ = !walk_.use(folder, std::nullopt);
    files_ = std::move(tree.files);
    const auto first = std::find_if(files_.begin(), files_.end(), [this](const TreeFile& file) {
      return file.path == walk_.first;
    });
    if (first != files_.end()) std::rotate(files_.begin(), first, first + 1);
    if (auto followed = follow_links(); !followed) return fail(followed.error());
    for (const TreeFile& file : files_) {
      if (ended_) break;
      if (auto given = give(file); !given) return fail(given.error());
    }
    if (auto given = give_batch(); !given) return fail(given.error());
    return std::move(problems_);
  }

 private:
  // A link stands for the file that it leads to, under its own name.
  Result<void> follow_links() {
    std::vector<const TreeFile*> links;
    for (const TreeFile& file : files_)
      if (file.link && file.size < 4096 && links.size() < most_in_batch &&
          is_opened(walk_.interest(file.path)))
        links.push_back(&file);
    std::map<std::string, std::string> targets;
    if (!links.empty()) {
      const auto contents = contents_of(directory_, links);
      if (!contents) return fail(contents.error());
      for (std::size_t i = 0; i < links.size(); ++i)
        if (auto target = target_of(links[i]->path, (*contents)[i]))
          targets.emplace(links[i]->path, *std::move(target));
    }
    std::map<std::string, const TreeFile*> regular;
    if (!targets.empty())
      for (const TreeFile& file : files_)
        if (!file.link) regular.emplace(file.path, &file);
    for (TreeFile& file : files_) {
      const auto target = targets.find(file.path);
      if (!file.link || target == targets.end()) continue;
      const auto found = regular.find(target->second);
      if (found == regular.end()) continue;
      file.id = found->second->id;
      file.size = found->second->size;
      file.link = false;
    }
    std::erase_if(files_, [](const TreeFile& file) { return file.link; });
    return {};
  }

  Result<void> give(const TreeFile& file) {
    const store::FileInterest interest = walk_.interest(file.path);
    if (interest == store::FileInterest::none) return {};
    bool read = interest != store::FileInterest::presence && interest != store::FileInterest::name;
    if (read && file.size > walk_.max_bytes) {
      if (interest == store::FileInterest::glance) return {};
      if (interest != store::FileInterest::peek)
        problems_.push_back({.message = "larger than " + std::to_string(walk_.max_bytes) + " bytes",
                             .file = store::path_in(directory_, file.path),
                             .hint = {}});
      read = false;
    }
    const std::size_t size = read ? file.size : 0;
    if (batch_.size() >= most_in_batch || size > largest_batch - std::min(bytes_, largest_batch))
      if (auto given = give_batch(); !given) return given;
    batch_.push_back({&file, read});
    bytes_ += size;
    return {};
  }

  Result<void> give_batch() {
    std::vector<const TreeFile*> texts;
    for (const Waiting& each : batch_)
      if (each.read) texts.push_back(each.file);
    std::vector<std::string> contents;
    if (!texts.empty()) {
      auto read = contents_of(directory_, texts);
      if (!read) return fail(read.error());
      contents = *std::move(read);
    }
    std::size_t next = 0;
    for (const Waiting& each : batch_) {
      if (ended_) break;
      ended_ = !walk_.use(each.file->path,
                          each.read ? std::optional(std::move(contents[next++])) : std::nullopt);
    }
    batch_.clear();
    bytes_ = 0;
    return {};
  }

  struct Waiting {
    const TreeFile* file;
    bool read;
  };

  const std::string& directory_;
  const store::RepositoryWalk& walk_;
  std::vector<TreeFile> files_;
  std::vector<Waiting> batch_;
  std::size_t bytes_ = 0;
  bool ended_ = false;
  std::vector<Diagnostic> problems_;
};

}  // namespace

Result<BaseCommit> base_commit(const std::string& directory, const std::string& revision) {
  if (revision.empty() || revision.size() > longest_revision || revision.starts_with('-'))
    return fail(in_quotes(std::string_view(revision)) + " is not a revision of git");
  if (auto inside = output(directory, {"rev-parse", "--git-dir"}); !inside)
    return fail(inside.error());
  const auto commit = answer(
      directory, {"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"});
  if (!commit) return no_commit(directory, revision);
  if (auto common = answer(directory, {"merge-base", *commit, "HEAD"}))
    return BaseCommit{*std::move(common), {}};
  BaseCommit base{*commit, {}};
  if (is_shallow(directory))
    base.remark = "This clone is shallow: where its history and that of " + revision +
                  " part is not known, so the two are compared as they are.";
  return base;
}

Result<std::vector<Diagnostic>> walk_commit(const std::string& directory, const std::string& commit,
                                            const store::RepositoryWalk& walk) {
  auto tree = tree_of(directory, commit);
  if (!tree) return fail(tree.error());
  return CommitWalk(directory, walk).run(*std::move(tree));
}

}  // namespace buildable::publish
