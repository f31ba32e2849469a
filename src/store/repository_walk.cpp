#include "store/repository_walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "base/ignore.h"
#include "store/file_reader.h"
#include "store/git_index.h"
#include "store/met_folders.h"

namespace buildable::store {
namespace {

constexpr int deepest = 64;
constexpr std::size_t largest_ignore_file = 1U << 20U;
constexpr std::size_t largest_index = 64U << 20U;
constexpr std::size_t most_problems = 1000;  // that are told of one repository

// What others wrote or a tool made: pins in there say nothing of this repository. Sorted.
constexpr std::array<std::string_view, 26> passed_over_names = {
    ".bundle",       ".cache",        ".eggs",         ".git",        ".gradle",
    ".hg",           ".mypy_cache",   ".next",         ".nox",        ".nuxt",
    ".pnpm-store",   ".pytest_cache", ".ruff_cache",   ".svn",        ".terraform",
    ".tox",          ".venv",         "Pods",          "__pycache__", "bower_components",
    "jspm_packages", "node_modules",  "site-packages", "target",      "vendor",
    "venv"};
static_assert(std::is_sorted(passed_over_names.begin(), passed_over_names.end()));

struct Entry {
  std::string name;
  unsigned char type;
};

struct IgnoreFile {
  std::size_t base;  // length of the directory's path, with its slash
  IgnorePatterns patterns;
};

std::string last_error() { return std::strerror(errno); }

std::optional<std::string> real_path(const std::string& path) {
  std::array<char, PATH_MAX> buffer{};
  if (::realpath(path.c_str(), buffer.data()) == nullptr) return std::nullopt;
  return std::string(buffer.data());
}

// What keeps a symbolic link from being followed, and why; nothing where it leads to what is
// inside.
std::optional<std::pair<std::string, std::string>> wrong_with_link(const std::string& root,
                                                                   std::string_view path) {
  const auto base = real_path(root);
  const auto target = real_path(root + "/" + std::string(path));
  if (!target) return std::pair("is a symbolic link that leads nowhere", "");
  if (!base || !target->starts_with(*base == "/" ? "/" : *base + "/"))
    return std::pair("is a symbolic link out of the repository, which is not followed",
                     "a build sees the link, not what it leads to here");
  return std::nullopt;
}

class Walk {
 public:
  Walk(std::string root, const RepositoryWalk& walk) : root_(std::move(root)), walk_(walk) {}

  void directory(int parent, const char* name, int depth);
  std::vector<Diagnostic> take_problems();

 private:
  void enter_all(int directory, std::vector<Entry> entries, int depth);
  void enter(int directory, const Entry& entry, int depth);
  void pass_over();
  void meet_folders();
  void file(int directory, const Entry& entry);
  void link(int directory, const Entry& entry);
  void keep(int directory, const std::string& name, Links links, FileInterest interest);
  void read_ignore_file(int directory, const std::string& name);
  bool is_ignored(bool is_directory);
  bool is_left_out();
  bool is_committed();
  void read_index();
  void problem(std::string message, std::string hint = {});
  void problem(const Error& error);

  std::string root_;
  const RepositoryWalk& walk_;
  std::string path_;  // of what is being looked at, in the repository; of a directory with "/"
  std::vector<IgnoreFile> ignore_files_;
  std::size_t pattern_steps_ = 0;
  MetFolders folders_;
  std::optional<GitIndex> index_;  // read when it is asked for
  bool ended_ = false;
  std::vector<Diagnostic> problems_;
  std::size_t untold_ = 0;
};

void Walk::problem(std::string message, std::string hint) {
  if (problems_.size() >= most_problems) {
    ++untold_;
    return;
  }
  problems_.push_back({.message = std::move(message),
                       .file = path_in(root_, path_.empty() ? "." : path_),
                       .hint = std::move(hint)});
}

// Of what is being looked at.
void Walk::problem(const Error& error) {
  const Diagnostic& first = error.diagnostics().front();
  problem(first.message, first.hint);
}

// The innermost file that says something decides.
bool Walk::is_ignored(bool is_directory) {
  if (pattern_steps_ > walk_.max_pattern_steps) return false;
  for (auto file = ignore_files_.rbegin(); file != ignore_files_.rend(); ++file) {
    const auto decision = file->patterns.decide(std::string_view(path_).substr(file->base),
                                                is_directory, pattern_steps_);
    if (pattern_steps_ > walk_.max_pattern_steps) {
      problem("the patterns of .gitignore files take too long; from here on nothing is left out",
              "write folders in place of what lies in them");
      return false;
    }
    if (decision != IgnorePatterns::Decision::none)
      return decision == IgnorePatterns::Decision::ignored;
  }
  return false;
}

// Where there is no index, nothing is committed.
void Walk::read_index() {
  index_.emplace();
  const auto refuse = [&](const Error& error) {
    const Diagnostic& first = error.diagnostics().front();
    problems_.push_back({.message = first.message + ": ignored files count as not committed",
                         .file = path_in(root_, ".git/index"),
                         .hint = first.hint});
  };
  const std::string file = root_ + "/.git/index";
  struct stat about {};
  if (::stat(file.c_str(), &about) != 0) return;
  const auto text = read_file(file, {.max_bytes = largest_index, .links = Links::refused});
  if (!text) return refuse(text.error());
  auto index = GitIndex::parse(*text);
  if (!index) return refuse(index.error());
  index_ = *std::move(index);
}

bool Walk::is_committed() {
  if (!index_) read_index();
  return index_->contains(path_);
}

// A file that is ignored but committed all the same is part of what is deployed.
bool Walk::is_left_out() { return is_ignored(false) && !is_committed(); }

// What is not an ignore file to git is none here.
void Walk::read_ignore_file(int directory, const std::string& name) {
  const auto text = read_file(FilePlace{directory, name},
                              {.max_bytes = largest_ignore_file, .links = Links::refused});
  if (!text) return;
  IgnorePatterns patterns(*text);
  if (patterns.has_too_many())
    problems_.push_back({.message = "has more than " + std::to_string(IgnorePatterns::most_wild) +
                                    " patterns with wildcards; the rest is not read",
                         .file = path_in(root_, path_ + name),
                         .hint = "write folders in place of what lies in them"});
  if (!patterns.empty()) ignore_files_.push_back({path_.size(), std::move(patterns)});
}

void Walk::keep(int directory, const std::string& name, Links links, FileInterest interest) {
  std::optional<std::string> text;
  if (interest != FileInterest::presence) {
    auto read =
        read_file(FilePlace{directory, name}, {.max_bytes = walk_.max_bytes, .links = links});
    if (!read && interest == FileInterest::glance) return;
    if (!read && interest != FileInterest::peek) problem(read.error());
    if (!read && links == Links::followed) return;  // it may lead to a folder
    if (read) text = *std::move(read);
  }
  ended_ = !walk_.use(path_, std::move(text));
}

// That there is such a folder, where git knows that there is.
void Walk::pass_over() {
  const std::string folder = path_ + '/';
  if (walk_.interest(folder) == FileInterest::none) return;
  if (!index_) read_index();
  if (index_->contains_below(folder)) ended_ = !walk_.use(folder, std::nullopt);
}

// An empty folder is none to git.
void Walk::meet_folders() {
  if (!folders_.is_new(path_) || is_left_out()) return;
  folders_.meet(path_, [this](std::string_view folder) {
    if (!ended_ && walk_.interest(folder) != FileInterest::none)
      ended_ = !walk_.use(std::string(folder), std::nullopt);
  });
}

void Walk::file(int directory, const Entry& entry) {
  const FileInterest interest = walk_.interest(path_);
  if (interest == FileInterest::none || is_left_out()) return;
  if (interest == FileInterest::name) return void(ended_ = !walk_.use(path_, std::nullopt));
  if (entry.type != DT_REG && interest == FileInterest::glance) return;
  if (entry.type != DT_REG)
    return problem("is " + std::string(kind_of_file(DTTOIF(entry.type))) +
                   ", not a regular file: it is not read");
  keep(directory, entry.name, Links::refused, interest);
}

// A link to a file inside is that file under another name; directories inside are walked anyway.
void Walk::link(int directory, const Entry& entry) {
  const FileInterest interest = walk_.interest(path_);
  if (interest == FileInterest::none || is_left_out()) return;
  if (interest == FileInterest::name) return void(ended_ = !walk_.use(path_, std::nullopt));
  if (const auto wrong = wrong_with_link(root_, path_)) {
    if (interest != FileInterest::glance) problem(wrong->first, wrong->second);
    return;
  }
  keep(directory, entry.name, Links::followed, interest);
}

void Walk::enter(int directory, const Entry& entry, int depth) {
  const std::size_t length = path_.size();
  path_ += entry.name;
  if (entry.type == DT_DIR) {
    const bool in_root = depth == 0;
    if (!is_passed_over(path_)) {
      if (!is_ignored(true)) {
        path_ += '/';
        this->directory(directory, entry.name.c_str(), depth + 1);
      }
    } else if (in_root && entry.name != ".git") {
      pass_over();
    }
  } else {
    meet_folders();
    if (!ended_) entry.type == DT_LNK ? link(directory, entry) : file(directory, entry);
  }
  path_.resize(length);
}

unsigned char type_of(int directory, const char* name) {
  struct stat about {};
  if (::fstatat(directory, name, &about, AT_SYMLINK_NOFOLLOW) != 0) return DT_UNKNOWN;
  return static_cast<unsigned char>(IFTODT(about.st_mode));
}

// By path: what lies in a folder is sorted by the name with "/". Nothing where the directory cannot
// be read to its end.
std::optional<std::vector<Entry>> list(DIR* stream) {
  std::vector<Entry> entries;
  errno = 0;
  while (const dirent* entry = ::readdir(stream)) {
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    const unsigned char type =
        entry->d_type == DT_UNKNOWN ? type_of(::dirfd(stream), entry->d_name) : entry->d_type;
    entries.push_back({std::string(name) + (type == DT_DIR ? "/" : ""), type});
    errno = 0;
  }
  if (errno != 0) return std::nullopt;
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.name < b.name; });
  for (Entry& entry : entries)
    if (entry.type == DT_DIR) entry.name.pop_back();
  return entries;
}

void Walk::enter_all(int directory, std::vector<Entry> entries, int depth) {
  const auto named = [&](std::string_view name) {
    return std::find_if(entries.begin(), entries.end(),
                        [name](const Entry& entry) { return entry.name == name; });
  };
  if (depth == 0) read_ignore_file(directory, ".git/info/exclude");
  if (named(".gitignore") != entries.end()) read_ignore_file(directory, ".gitignore");
  if (const auto first = named(walk_.first); depth == 0 && first != entries.end())
    std::rotate(entries.begin(), first, first + 1);
  for (const Entry& entry : entries)
    if (!ended_) enter(directory, entry, depth);
}

void Walk::directory(int parent, const char* name, int depth) {
  if (depth > deepest) return problem("is too deep: not looked into");
  const int number =
      ::openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (depth > 0 ? O_NOFOLLOW : 0));
  DIR* stream = number < 0 ? nullptr : ::fdopendir(number);
  if (stream == nullptr) {
    problem("the directory cannot be read: " + last_error());
    if (number >= 0) ::close(number);
    return;
  }
  auto entries = list(stream);
  if (!entries) problem("the directory cannot be read: " + last_error());
  const std::size_t ignore_files = ignore_files_.size();
  if (entries) enter_all(::dirfd(stream), *std::move(entries), depth);
  ignore_files_.resize(ignore_files);
  ::closedir(stream);
}

std::vector<Diagnostic> Walk::take_problems() {
  std::stable_sort(problems_.begin(), problems_.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return a.file < b.file; });
  if (untold_ > 0)
    problems_.push_back({.message = std::to_string(untold_) + " more files cannot be read",
                         .file = path_in(root_, "."),
                         .hint = {}});
  return std::move(problems_);
}

bool is_directory(const std::string& path) {
  struct stat about {};
  return ::stat(path.c_str(), &about) == 0 && S_ISDIR(about.st_mode);
}

std::vector<Diagnostic> single_file(const std::string& root, const RepositoryWalk& walk) {
  const std::string name = root.substr(root.rfind('/') + 1);
  const FileInterest interest = walk.interest(name);
  if (interest == FileInterest::none || interest == FileInterest::name) return {};
  auto text = read_file(root, {.max_bytes = walk.max_bytes});
  if (!text) return text.error().diagnostics();
  walk.use(name, *std::move(text));
  return {};
}

}  // namespace

bool is_passed_over(std::string_view folder) {
  const std::size_t slash = folder.rfind('/');
  const std::string_view name = folder.substr(slash + 1);
  const std::string_view parent = folder.substr(0, slash == std::string_view::npos ? 0 : slash);
  // Yarn keeps its own program there, which builds run; beside it are its caches.
  if (parent == ".yarn" || parent.ends_with("/.yarn")) return name != "releases";
  return std::binary_search(passed_over_names.begin(), passed_over_names.end(), name);
}

Result<std::vector<Diagnostic>> walk_repository(const std::string& root,
                                                const RepositoryWalk& walk) {
  struct stat about {};
  if (::stat(root.c_str(), &about) != 0)
    return fail(Diagnostic{
        .message = "cannot be opened: " + last_error(), .file = root, .hint = "check the path"});
  if (!S_ISDIR(about.st_mode)) return single_file(root, walk);
  Walk walking(root, walk);
  walking.directory(AT_FDCWD, root.c_str(), 0);
  return walking.take_problems();
}

Result<std::string> read_again(const std::string& directory, std::string_view path,
                               std::size_t max_bytes) {
  const std::string file = path_in(directory, path);
  struct stat about {};
  const bool link = ::lstat(file.c_str(), &about) == 0 && S_ISLNK(about.st_mode);
  if (link)
    if (const auto wrong = wrong_with_link(directory, path))
      return fail(Diagnostic{.message = wrong->first, .file = file, .hint = wrong->second});
  return read_file(file,
                   {.max_bytes = max_bytes, .links = link ? Links::followed : Links::refused});
}

std::string directory_of_repository(const std::string& root) {
  if (is_directory(root)) return root;
  const std::size_t slash = root.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : root.substr(0, slash);
}

std::string path_in(std::string_view directory, std::string_view file) {
  while (directory.starts_with("./")) directory.remove_prefix(2);
  while (directory.size() > 1 && directory.ends_with('/')) directory.remove_suffix(1);
  if (directory.empty() || directory == ".") return std::string(file);
  if (file == ".") return std::string(directory);
  return std::string(directory) + (directory == "/" ? "" : "/") + std::string(file);
}

}  // namespace buildable::store
