#include "cli/repository_walk.h"

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
#include "base/text.h"

namespace buildable {
namespace {

constexpr int deepest = 64;
constexpr std::size_t largest_ignore_file = 1U << 20U;
constexpr std::size_t largest_index = 64U << 20U;

// What others wrote or a tool made: pins in there say nothing of this repository. Sorted.
constexpr std::array<std::string_view, 27> passed_over = {
    ".bundle",       ".cache",       ".eggs",
    ".git",          ".gradle",      ".hg",
    ".mypy_cache",   ".next",        ".nox",
    ".nuxt",         ".pnpm-store",  ".pytest_cache",
    ".ruff_cache",   ".svn",         ".terraform",
    ".tox",          ".venv",        ".yarn",
    "Pods",          "__pycache__",  "bower_components",
    "jspm_packages", "node_modules", "site-packages",
    "target",        "vendor",       "venv"};
static_assert(std::is_sorted(passed_over.begin(), passed_over.end()));

bool is_passed_over(std::string_view name) {
  return std::binary_search(passed_over.begin(), passed_over.end(), name);
}

// A file descriptor that is closed at the end.
class Handle {
 public:
  explicit Handle(int number) : number_(number) {}
  ~Handle() {
    if (number_ >= 0) ::close(number_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  explicit operator bool() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_;
};

struct Entry {
  std::string name;
  unsigned char type;
};

struct IgnoreFile {
  std::size_t base;  // length of the directory's path, with its slash
  IgnorePatterns patterns;
};

struct ReadText {
  std::optional<std::string> text;
  std::string problem;
};

std::string last_error() { return std::strerror(errno); }

// Without waiting for the other end of a pipe.
ReadText read_at(int directory, const char* name, int flags, std::size_t largest) {
  const Handle file(::openat(directory, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | flags));
  struct stat about {};
  if (!file || ::fstat(file.number(), &about) != 0) return {{}, "cannot be read: " + last_error()};
  if (!S_ISREG(about.st_mode)) return {{}, "is no regular file"};
  const auto size = static_cast<std::size_t>(about.st_size);
  if (size > largest)
    return {{}, "has " + std::to_string(size) + " bytes: too many for such a file, not read"};
  std::string text(size, '\0');
  std::size_t filled = 0;
  while (filled < size) {
    const ssize_t count = ::read(file.number(), text.data() + filled, size - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return {{}, "cannot be read: " + last_error()};
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  text.resize(filled);
  return {std::move(text), {}};
}

std::optional<std::string> real_path(const std::string& path) {
  std::array<char, PATH_MAX> buffer{};
  if (::realpath(path.c_str(), buffer.data()) == nullptr) return std::nullopt;
  return std::string(buffer.data());
}

class Walk {
 public:
  Walk(std::string root, const FileInterestOf& interest)
      : root_(std::move(root)), interest_(interest) {}

  void directory(int parent, const char* name, int depth);
  WalkedRepository take();

 private:
  void enter(int directory, const Entry& entry, int depth);
  void file(int directory, const Entry& entry);
  void link(int directory, const Entry& entry);
  void keep(int directory, const char* name, int flags, FileInterest interest);
  void read_ignore_file(int directory, const char* name);
  bool is_ignored(bool is_directory) const;
  bool is_left_out();
  bool is_committed();
  void problem(std::string message, std::string hint = {});

  std::string root_;
  const FileInterestOf& interest_;
  std::string path_;  // of what is being looked at, in the repository; of a directory with "/"
  std::vector<IgnoreFile> ignore_files_;
  std::optional<std::string> index_;  // git's, read when it is asked for
  WalkedRepository found_;
};

void Walk::problem(std::string message, std::string hint) {
  found_.problems.push_back({.message = std::move(message),
                             .file = path_in(root_, path_.empty() ? "." : path_),
                             .hint = std::move(hint)});
}

// The innermost file that says something decides.
bool Walk::is_ignored(bool is_directory) const {
  for (auto file = ignore_files_.rbegin(); file != ignore_files_.rend(); ++file) {
    const auto decision =
        file->patterns.decide(std::string_view(path_).substr(file->base), is_directory);
    if (decision != IgnorePatterns::Decision::none)
      return decision == IgnorePatterns::Decision::ignored;
  }
  return false;
}

// Whether an entry of git's index (gitformat-index(5), versions 2 and 3) has this path: the length
// stands in the entry's flags, just before the path, and a zero byte follows it.
bool Walk::is_committed() {
  if (!index_) {
    const std::string file = root_ + "/.git/index";
    index_ = read_at(AT_FDCWD, file.c_str(), O_NOFOLLOW, largest_index).text.value_or("");
  }
  const std::string sought = path_ + '\0';
  const auto says_length = [&](std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>((*index_)[i]); };
    return ((byte(at) & 0xFU) << 8U | byte(at + 1)) == path_.size();
  };
  for (std::size_t at = index_->find(sought); at != std::string::npos;
       at = index_->find(sought, at + 1))
    if (at >= 4 && (says_length(at - 2) || says_length(at - 4))) return true;
  return false;
}

// A file that is ignored but committed all the same is part of what is deployed.
bool Walk::is_left_out() { return is_ignored(false) && !is_committed(); }

void Walk::read_ignore_file(int directory, const char* name) {
  const ReadText read = read_at(directory, name, O_NOFOLLOW, largest_ignore_file);
  if (!read.text) return;
  IgnorePatterns patterns(*read.text);
  if (!patterns.empty()) ignore_files_.push_back({path_.size(), std::move(patterns)});
}

void Walk::keep(int directory, const char* name, int flags, FileInterest interest) {
  RepositoryFile kept{path_, {}};
  if (interest == FileInterest::text) {
    ReadText read = read_at(directory, name, flags, max_pin_file_size);
    if (!read.text) return problem(read.problem);
    kept.text = *std::move(read.text);
  }
  found_.files.push_back(std::move(kept));
}

void Walk::file(int directory, const Entry& entry) {
  const FileInterest interest = interest_(path_);
  if (interest == FileInterest::none || is_left_out()) return;
  if (entry.type != DT_REG) return problem("is no regular file");
  keep(directory, entry.name.c_str(), O_NOFOLLOW, interest);
}

// A link to a file inside is that file under another name; directories inside are walked anyway.
void Walk::link(int directory, const Entry& entry) {
  const FileInterest interest = interest_(path_);
  if (interest == FileInterest::none || is_left_out()) return;
  const auto base = real_path(root_);
  const auto target = real_path(root_ + "/" + path_);
  if (!target) return problem("is a symbolic link that leads nowhere");
  if (!base || !target->starts_with(*base + "/"))
    return problem("is a symbolic link out of the repository, which is not followed",
                   "a build sees the link, not what it leads to here");
  keep(directory, entry.name.c_str(), 0, interest);
}

void Walk::enter(int directory, const Entry& entry, int depth) {
  const std::size_t length = path_.size();
  path_ += entry.name;
  if (entry.type == DT_DIR) {
    if (!is_passed_over(entry.name) && !is_ignored(true)) {
      path_ += '/';
      this->directory(directory, entry.name.c_str(), depth + 1);
    }
  } else if (entry.type == DT_LNK) {
    link(directory, entry);
  } else {
    file(directory, entry);
  }
  path_.resize(length);
}

unsigned char type_of(int directory, const char* name) {
  struct stat about {};
  if (::fstatat(directory, name, &about, AT_SYMLINK_NOFOLLOW) != 0) return DT_UNKNOWN;
  return static_cast<unsigned char>(IFTODT(about.st_mode));
}

// Nothing where it cannot be read to its end.
std::optional<std::vector<Entry>> list(DIR* stream) {
  std::vector<Entry> entries;
  errno = 0;
  while (const dirent* entry = ::readdir(stream)) {
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    const unsigned char type =
        entry->d_type == DT_UNKNOWN ? type_of(::dirfd(stream), entry->d_name) : entry->d_type;
    entries.push_back({std::string(name), type});
    errno = 0;
  }
  if (errno != 0) return std::nullopt;
  return entries;
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
  const auto entries = list(stream);
  if (!entries) problem("the directory cannot be read: " + last_error());
  const std::size_t ignore_files = ignore_files_.size();
  if (entries) {
    const int directory = ::dirfd(stream);
    if (depth == 0) read_ignore_file(directory, ".git/info/exclude");
    const auto has_ignore_file =
        std::any_of(entries->begin(), entries->end(),
                    [](const Entry& entry) { return entry.name == ".gitignore"; });
    if (has_ignore_file) read_ignore_file(directory, ".gitignore");
    for (const Entry& entry : *entries) enter(directory, entry, depth);
  }
  ignore_files_.resize(ignore_files);
  ::closedir(stream);
}

WalkedRepository Walk::take() {
  const auto by_path = [](const auto& a, const auto& b) { return a.path < b.path; };
  const auto by_file = [](const auto& a, const auto& b) { return a.file < b.file; };
  std::sort(found_.files.begin(), found_.files.end(), by_path);
  std::stable_sort(found_.problems.begin(), found_.problems.end(), by_file);
  return std::move(found_);
}

bool is_directory(const std::string& path) {
  struct stat about {};
  return ::stat(path.c_str(), &about) == 0 && S_ISDIR(about.st_mode);
}

WalkedRepository single_file(const std::string& root, const FileInterestOf& interest) {
  WalkedRepository found;
  const std::string name = root.substr(root.rfind('/') + 1);
  const FileInterest wanted = interest(name);
  if (wanted == FileInterest::none) return found;
  ReadText read = read_at(AT_FDCWD, root.c_str(), 0, max_pin_file_size);
  if (!read.text) {
    found.problems.push_back({.message = read.problem, .file = root});
  } else {
    found.files.push_back({name, *std::move(read.text)});
  }
  return found;
}

}  // namespace

Result<WalkedRepository> walk_repository(const std::string& root, const FileInterestOf& interest) {
  struct stat about {};
  if (::stat(root.c_str(), &about) != 0)
    return fail(Diagnostic{.message = "cannot be looked into: " + last_error(), .file = root});
  if (!S_ISDIR(about.st_mode)) return single_file(root, interest);
  Walk walk(root, interest);
  walk.directory(AT_FDCWD, root.c_str(), 0);
  return walk.take();
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

}  // namespace buildable
