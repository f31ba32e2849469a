#include "publish/directory_exchange.h"

#include <fcntl.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <set>

#include "store/directory_lock.h"

namespace buildable::publish {
namespace {

namespace fs = std::filesystem;
using Tree = std::map<std::string, std::string>;

constexpr const char* beside_mark = ".buildable-";

// A directory of ours beside the target, gone at the end unless it took the target's place.
class Beside {
 public:
  static Result<Beside> create(const fs::path& target) {
    const std::string stem = "." + target.filename().string() + beside_mark;
    remove_leftovers(target.parent_path(), stem);
    for (int number = 0; number < 1000; ++number) {
      const fs::path path =
          target.parent_path() / (stem + std::to_string(::getpid()) + "-" + std::to_string(number));
      if (::mkdir(path.c_str(), 0777) != 0) {
        if (errno != EEXIST) return store::system_failure("cannot create", path);
      } else if (auto lock = store::DirectoryLock::try_to_take(path)) {
        return Beside(path, std::move(*lock));
      }  // else another run has just taken it for a leftover
    }
    return store::system_failure("cannot create", target.parent_path() / stem, EEXIST);
  }
  Beside(Beside&& other) noexcept
      : path_(std::exchange(other.path_, {})), lock_(std::move(other.lock_)) {}
  Beside& operator=(Beside&&) = delete;
  ~Beside() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }
  void let_go() { path_.clear(); }

 private:
  Beside(fs::path path, store::DirectoryLock lock)
      : path_(std::move(path)), lock_(std::move(lock)) {}
  // What killed runs left: a living one holds the lock of its own.
  static void remove_leftovers(const fs::path& parent, const std::string& stem) {
    std::error_code error;
    for (fs::directory_iterator it(parent, error), end; !error && it != end; it.increment(error)) {
      if (!it->path().filename().string().starts_with(stem)) continue;
      std::error_code ignored;
      const auto lock = store::DirectoryLock::try_to_take(it->path());
      if (lock && lock->is_exclusive()) fs::remove_all(it->path(), ignored);
    }
  }
  fs::path path_;
  store::DirectoryLock lock_;
};

Result<void> fill(const store::InnerFiles& files, const Tree& tree) {
  for (const auto& [path, content] : tree)
    if (auto created = files.create(path, content); !created) return created;
  return {};
}

bool is_working_directory_within(const fs::path& target) {
  std::error_code error;
  const fs::path here = fs::current_path(error);
  const auto [end, ignored] = std::mismatch(target.begin(), target.end(), here.begin(), here.end());
  return error || end == target.end();
}

// Names of the system's own do not count: some systems give them to every file.
bool has_attributes(const fs::path& path) {
  char names[4096];
  const ssize_t size = ::llistxattr(path.c_str(), names, sizeof names);
  if (size < 0) return errno != ENOTSUP;
  for (const char* name = names; name < names + size; name += std::string_view(name).size() + 1)
    if (!std::string_view(name).starts_with("security.")) return true;
  return false;
}

std::set<std::string> folders_above(const std::vector<std::string>& paths) {
  std::set<std::string> folders;
  for (const std::string& path : paths)
    for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1))
      folders.insert(path.substr(0, slash));
  return folders;
}

// Nothing but the files of ours, and the folders that hold them.
bool holds_only(const fs::path& directory, const std::vector<std::string>& ours) {
  const std::set<std::string> files(ours.begin(), ours.end());
  const std::set<std::string> folders = folders_above(ours);
  std::error_code error;
  for (fs::recursive_directory_iterator it(directory, error), end; !error && it != end;
       it.increment(error)) {
    const fs::file_status status = it->symlink_status(error);
    const std::string path = it->path().lexically_relative(directory).string();
    const bool known = fs::is_directory(status)
                           ? folders.contains(path)
                           : fs::is_regular_file(status) && files.contains(path);
    if (error || !known) return false;
  }
  return !error;
}

bool have_same_rights(const struct stat& a, const struct stat& b) {
  return a.st_mode == b.st_mode && a.st_uid == b.st_uid && a.st_gid == b.st_gid;
}

// What the fresh directory has, too, has the same mode and owner there.
bool have_same_rights(const store::InnerFiles& old, const store::InnerFiles& fresh,
                      const std::vector<std::string>& ours) {
  if (!have_same_rights(old.status(), fresh.status())) return false;
  std::set<std::string> paths = folders_above(ours);
  paths.insert(ours.begin(), ours.end());
  return std::all_of(paths.begin(), paths.end(), [&](const std::string& path) {
    const store::InnerEntry before = old.look(path), after = fresh.look(path);
    return after.kind == store::InnerEntry::Kind::absent ||
           have_same_rights(before.status, after.status);
  });
}

// The old tree, by now beside. What came into it meanwhile is kept, under a name that says so.
void remove_old(const fs::path& beside, const fs::path& target, const DirectoryPlan& plan,
                Delivery& delivery) {
  const auto files = store::InnerFiles::open(beside);
  if (!files) return;
  for (const std::string& path : plan.ours()) static_cast<void>(files->remove(path));
  if (::rmdir(beside.c_str()) == 0) return;
  const fs::path kept = target.string() + ".kept-" + std::to_string(::getpid());
  if (::rename(beside.c_str(), kept.c_str()) == 0)
    delivery.warnings.push_back(
        {.message = "holds what came into the directory while it was replaced",
         .file = kept.string()});
}

}  // namespace

Result<Placed> place_new(const fs::path& target, const Tree& tree) {
  std::error_code error;
  fs::create_directories(target.parent_path(), error);
  if (error) return store::system_failure("cannot create", target.parent_path(), error.value());
  auto fresh = Beside::create(target);
  if (!fresh) return fail(std::move(fresh.error()));
  const auto files = store::InnerFiles::open(fresh->path());
  if (!files) return fail(files.error());
  if (auto filled = fill(*files, tree); !filled) return fail(std::move(filled.error()));
  int done =
      ::renameat2(AT_FDCWD, fresh->path().c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE);
  if (done != 0 && errno == EINVAL)  // a file system without that flag
    done = ::rename(fresh->path().c_str(), target.c_str());
  if (done == 0) {
    fresh->let_go();
    return Placed::yes;
  }
  if (errno == EEXIST || errno == ENOTEMPTY) return Placed::no;
  return store::system_failure("cannot create", target);
}

bool may_be_replaced(const store::InnerFiles& files, const DirectoryPlan& plan) {
  const fs::path& target = files.directory();
  const fs::path parent = target.parent_path();
  struct stat above {};
  return parent != target && ::stat(parent.c_str(), &above) == 0 &&
         above.st_dev == files.status().st_dev && ::access(parent.c_str(), W_OK | X_OK) == 0 &&
         !is_working_directory_within(target) && !has_attributes(target) &&
         holds_only(target, plan.ours());
}

Result<Placed> exchange(const store::InnerFiles& files, const DirectoryPlan& plan, const Tree& tree,
                        Delivery& delivery) {
  auto fresh = Beside::create(files.directory());
  if (!fresh) return Placed::no;
  const auto inside = store::InnerFiles::open(fresh->path());
  if (!inside) return fail(inside.error());
  if (auto filled = fill(*inside, tree); !filled) return fail(std::move(filled.error()));
  if (!have_same_rights(files, *inside, plan.ours())) return Placed::no;
  if (::renameat2(AT_FDCWD, fresh->path().c_str(), AT_FDCWD, files.directory().c_str(),
                  RENAME_EXCHANGE) != 0)
    return Placed::no;
  const fs::path old = fresh->path();
  fresh->let_go();
  remove_old(old, files.directory(), plan, delivery);
  return Placed::yes;
}

}  // namespace buildable::publish
