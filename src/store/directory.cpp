#include "store/directory.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <set>

#include "store/file_descriptor.h"
#include "store/file_reader.h"

namespace buildable {
namespace {

namespace fs = std::filesystem;

Result<void> write_new(const fs::path& path, const std::string& content) {
  FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (!file.is_open()) return system_failure("cannot create", path);
  if (!write_all(file.value(), content) || !file.close())
    return system_failure("cannot write", path);
  return {};
}

// A name beside the target that nobody else uses.
fs::path beside(const fs::path& target) {
  return fs::path(target.string() + ".new-" + std::to_string(::getpid()));
}

// The target without a trailing slash, absolute: names beside it can be built from it.
fs::path clean(const fs::path& directory) {
  fs::path path = fs::absolute(directory).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

Result<std::set<std::string>> files_in(const fs::path& directory) {
  std::set<std::string> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(directory, error), end; !error && it != end;
       it.increment(error)) {
    if (!it->is_directory(error)) files.insert(it->path().lexically_relative(directory).string());
  }
  if (error) return system_failure("cannot list", directory, error.value());
  return files;
}

// The files that an earlier tree put there, by its own manifest.
Result<std::set<std::string>> our_files(const fs::path& directory) {
  const fs::path manifest = directory / "manifest.json";
  std::error_code error;
  if (!fs::exists(manifest, error)) {
    return fail({.message = "the directory is not empty and no tree of buildable is in it",
                 .file = directory.string(),
                 .hint = "name an empty or a new directory, or one written by `generate` before"});
  }
  auto text = read_file(manifest);
  if (!text) return fail(std::move(text.error()));
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  if (json.is_discarded() || !json.contains("files") || !json["files"].is_object()) {
    return fail({.message = "not a manifest of buildable",
                 .file = manifest.string(),
                 .hint = "remove the directory, or name another one"});
  }
  std::set<std::string> files{"manifest.json", "manifest.json.sig"};
  for (const auto& [name, entry] : json["files"].items()) files.insert(name);
  return files;
}

// Everything in the old directory that is not ours must be in the new one too.
Result<void> carry_over(const fs::path& from, const fs::path& to,
                        const std::map<std::string, std::string>& tree) {
  auto present = files_in(from);
  if (!present) return fail(std::move(present.error()));
  if (present->empty()) return {};
  auto ours = our_files(from);
  if (!ours) return fail(std::move(ours.error()));
  for (const std::string& name : *present) {
    if (ours->contains(name) || tree.contains(name)) continue;
    std::error_code error;
    fs::create_directories((to / name).parent_path(), error);
    if (!error) fs::create_hard_link(from / name, to / name, error);
    if (error) return system_failure("cannot keep", from / name, error.value());
  }
  return {};
}

Result<void> fill(const fs::path& directory, const std::map<std::string, std::string>& tree) {
  fs::path last;
  for (const auto& [name, content] : tree) {
    const fs::path path = directory / name;
    if (path.parent_path() != last) {
      last = path.parent_path();
      std::error_code error;
      fs::create_directories(last, error);
      if (error) return system_failure("cannot create", last, error.value());
    }
    if (auto written = write_new(path, content); !written) return written;
  }
  return {};
}

Result<void> put_in_place(const fs::path& fresh, const fs::path& target) {
  std::error_code error;
  if (!fs::exists(target, error)) {
    fs::rename(fresh, target, error);
    if (error) return system_failure("cannot rename to", target, error.value());
    return {};
  }
  if (::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, target.c_str(), RENAME_EXCHANGE) != 0) {
    return system_failure("cannot exchange with the new tree", target, errno);
  }
  fs::remove_all(fresh, error);  // the old tree by now; left behind it does no harm
  return {};
}

}  // namespace

Result<void> write_tree(const fs::path& directory, const std::map<std::string, std::string>& tree) {
  const fs::path target = clean(directory);
  const fs::path fresh = beside(target);
  std::error_code error;
  fs::create_directories(target.parent_path(), error);
  if (error) return system_failure("cannot create", target.parent_path(), error.value());
  Result<void> done = fill(fresh, tree);
  if (done && fs::exists(target, error)) done = carry_over(target, fresh, tree);
  if (done) done = put_in_place(fresh, target);
  if (!done) fs::remove_all(fresh, error);
  return done;
}

}  // namespace buildable
