#include "publish/workspace.h"

#include <cstdlib>

#include "store/file_writer.h"

namespace buildable::publish {
namespace {

namespace fs = std::filesystem;

constexpr const char* temporary_name = "buildable-publish-";
constexpr std::size_t most_files = 4000;

tl::unexpected<Error> problem(const fs::path& path, const std::error_code& error) {
  return fail(Diagnostic{.message = error.message(), .file = path.string()});
}

bool has_grown(const fs::path& directory) {
  std::size_t files = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator it(directory, error), end; !error && it != end;
       it.increment(error))
    if (++files > most_files) return true;
  return false;
}

// What killed processes left; no run takes a day.
void remove_old_ones(const fs::path& parent) {
  std::error_code error;
  const auto yesterday = fs::file_time_type::clock::now() - std::chrono::hours(24);
  for (fs::directory_iterator it(parent, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    if (it->path().filename().string().starts_with(temporary_name) &&
        it->last_write_time(ignored) < yesterday && !ignored)
      fs::remove_all(it->path(), ignored);
  }
}

}  // namespace

Result<Workspace> Workspace::kept(const fs::path& parent, const std::string& name) {
  std::error_code error;
  fs::create_directories(parent, error);
  if (error) return problem(parent, error);
  auto lock = store::FileLock::take(parent / (name + ".lock"));
  if (!lock) return fail(std::move(lock.error()));
  Workspace workspace;
  workspace.lock_.emplace(std::move(*lock));
  workspace.directory_ = parent / (name + ".git");
  const fs::path mark = parent / (name + ".busy");
  if (fs::exists(mark, error) || has_grown(workspace.directory_))
    fs::remove_all(workspace.directory_, error);
  workspace.is_new_ = !fs::exists(workspace.directory_, error);
  if (auto marked = store::write_file(mark, "", {.synced = true}); !marked)
    return fail(std::move(marked.error()));
  workspace.mark_ = mark;
  return workspace;
}

Result<Workspace> Workspace::temporary() {
  std::error_code error;
  const fs::path parent = fs::temp_directory_path(error);
  if (error) return fail("there is no directory for temporary files: " + error.message());
  remove_old_ones(parent);
  std::string name = (parent / temporary_name).string() + "XXXXXX";
  if (::mkdtemp(name.data()) == nullptr)
    return problem(parent, std::error_code(errno, std::generic_category()));
  Workspace workspace;
  workspace.directory_ = name;
  return workspace;
}

Workspace::Workspace(Workspace&& other) noexcept
    : directory_(std::move(other.directory_)),
      mark_(std::move(other.mark_)),
      lock_(std::move(other.lock_)),
      is_new_(other.is_new_) {
  other.directory_.clear();
  other.mark_.clear();
  other.lock_.reset();
}

Workspace::~Workspace() {
  std::error_code ignored;
  if (!mark_.empty())
    fs::remove(mark_, ignored);
  else if (!directory_.empty())
    fs::remove_all(directory_, ignored);
}

}  // namespace buildable::publish
