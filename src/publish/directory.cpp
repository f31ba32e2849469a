#include "publish/directory.h"

#include "base/digest.h"
#include "base/path_name.h"
#include "publish/directory_exchange.h"
#include "publish/directory_plan.h"
#include "store/directory_lock.h"

namespace buildable::publish {
namespace {

namespace fs = std::filesystem;
using Tree = std::map<std::string, std::string>;

constexpr const char* unfinished_name = ".buildable-new";
constexpr const char* ready_name = ".buildable-ready";

std::string in_ready(const std::string& path) { return std::string(ready_name) + "/" + path; }

// The directory itself, links on the way followed; without a slash at its end.
Result<fs::path> place_of(const fs::path& directory) {
  std::error_code error;
  const fs::file_status there = fs::symlink_status(directory, error);
  // A relative path of which nothing exists would stay relative, and have no directory above it.
  fs::path place = fs::exists(there) ? fs::canonical(directory, error)
                                     : fs::weakly_canonical(fs::absolute(directory), error);
  if (error)
    return fail(Diagnostic{.message = fs::is_symlink(there) ? "is a link that leads nowhere"
                                                            : "cannot be found: " + error.message(),
                           .file = directory.string()});
  if (!place.has_filename()) place = place.parent_path();
  if (fs::exists(there) && !fs::is_directory(place, error))
    return fail(Diagnostic{.message = "is not a directory", .file = directory.string()});
  return place;
}

// What lies ready is moved to its place, the manifest last; then nothing is ready any more.
Result<void> move_into_place(const store::InnerFiles& files, const DirectoryPlan& plan) {
  const auto move = [&files](const PlannedWrite& planned) -> Result<void> {
    // Carrying on: a file that stood there when all was made ready, and was deleted since.
    if (files.look(in_ready(planned.path)).kind == store::InnerEntry::Kind::absent) return {};
    return files.move(in_ready(planned.path), planned.path, planned.replaced.has_value());
  };
  for (const PlannedWrite& planned : plan.written)
    if (auto moved = move(planned); !moved) return moved;
  for (const std::string& path : plan.removed)
    if (auto removed = files.remove(path); !removed) return removed;
  for (const std::string& path : plan.gone) files.remove_empty_folders_above(path);
  if (plan.manifest)
    if (auto moved = move(*plan.manifest); !moved) return moved;
  return files.remove_folder(ready_name);
}

NewEntries entries_of(const Tree& tree) {
  NewEntries entries;
  for (const auto& [path, content] : tree)
    entries[path] = {static_cast<int>(content.size()), sha256_hex(content)};
  return entries;
}

// The files that lie ready, as a tree would have them; those that were moved already are told by
// the manifest that lies there.
Result<NewEntries> ready_entries(const store::InnerFiles& files, const Manifest& manifest) {
  NewEntries entries = manifest.files;
  for (const char* name : {manifest_name, signature_name}) {
    const store::InnerEntry ready = files.look(in_ready(name));
    if (ready.kind != store::InnerEntry::Kind::file) continue;
    const auto text =
        files.read_up_to(in_ready(name), static_cast<std::size_t>(ready.status.st_size));
    if (!text) return fail(text.error());
    entries[name] = {static_cast<int>(text->size()), sha256_hex(*text)};
  }
  return entries;
}

// Of a run that was killed. One that had everything ready is carried on: some of its files may be
// in their places, and without its manifest they would be nobody's.
Result<void> finish_interrupted(const store::InnerFiles& files) {
  if (files.look(unfinished_name).kind == store::InnerEntry::Kind::folder)
    if (auto removed = files.remove_folder(unfinished_name); !removed) return removed;
  if (files.look(ready_name).kind != store::InnerEntry::Kind::folder) return {};
  const std::string manifest_path = in_ready(manifest_name);
  if (files.look(manifest_path).kind == store::InnerEntry::Kind::absent)
    return files.remove_folder(ready_name);
  const auto text = files.read_up_to(manifest_path, max_manifest_size);
  if (!text) return fail(text.error());
  const auto manifest = parse_manifest(*text, (files.directory() / manifest_path).string());
  if (!manifest) return fail(manifest.error());
  const auto standing = standing_manifest(files);
  if (!standing) return fail(standing.error());
  const auto entries = ready_entries(files, *manifest);
  if (!entries) return fail(entries.error());
  auto plan = plan_directory(files, *standing, *entries);
  if (!plan) return fail(std::move(plan.error()));
  return move_into_place(files, *plan);
}

Result<void> prepare(const store::InnerFiles& files, const DirectoryPlan& plan, const Tree& tree) {
  if (auto created = files.create_folder(unfinished_name); !created) return created;
  const auto create = [&](const PlannedWrite& planned) {
    return files.create(std::string(unfinished_name) + "/" + planned.path, tree.at(planned.path),
                        planned.replaced ? &*planned.replaced : nullptr);
  };
  for (const PlannedWrite& planned : plan.written)
    if (auto created = create(planned); !created) return created;
  // Also where it stands already: what lies ready is known by it.
  if (auto created = create(plan.manifest.value_or(PlannedWrite{manifest_name, std::nullopt}));
      !created)
    return created;
  return files.move(unfinished_name, ready_name, false);
}

Result<void> write_into(const store::InnerFiles& files, const DirectoryPlan& plan,
                        const Tree& tree) {
  if (auto prepared = prepare(files, plan, tree); !prepared) {
    static_cast<void>(files.remove_folder(unfinished_name));
    return prepared;
  }
  return move_into_place(files, plan);
}

Result<Delivery> update(const store::InnerFiles& files, const Tree& tree, bool is_linked) {
  if (auto finished = finish_interrupted(files); !finished)
    return fail(std::move(finished.error()));
  const auto standing = standing_manifest(files);
  if (!standing) return fail(standing.error());
  const auto plan = plan_directory(files, *standing, entries_of(tree));
  if (!plan) return fail(plan.error());
  Delivery delivery{plan->warnings};
  if (!plan->changes()) return delivery;
  if (!is_linked && may_be_replaced(files, *plan)) {
    const auto exchanged = exchange(files, *plan, tree, delivery);
    if (!exchanged) return fail(exchanged.error());
    if (*exchanged == Placed::yes) return delivery;
  }
  delivery.in_one_step = false;
  if (auto written = write_into(files, *plan, tree); !written)
    return fail(std::move(written.error()));
  return delivery;
}

Result<void> check_tree(const Tree& tree) {
  for (const auto& [path, content] : tree)
    if (const auto checked = InnerPath::parse(path); !checked) return fail(checked.error());
  const auto manifest = tree.find(manifest_name);
  if (manifest == tree.end()) return fail("the tree has no " + std::string(manifest_name));
  const auto parsed = parse_manifest(manifest->second, manifest_name);
  if (!parsed) return fail(parsed.error());
  for (const auto& [path, content] : tree)
    if (path != manifest_name && path != signature_name && !parsed->files.contains(path))
      return fail(Diagnostic{.message = "is not named by the tree's manifest", .file = path});
  return {};
}

}  // namespace

Result<Delivery> write_tree(const fs::path& directory, const Tree& tree) {
  if (auto checked = check_tree(tree); !checked) return fail(std::move(checked.error()));
  const auto target = place_of(directory);
  if (!target) return fail(target.error());
  std::error_code ignored;
  const bool is_linked = fs::is_symlink(directory, ignored);
  // Each turn ends, or somebody else has just created, replaced or removed the directory.
  constexpr int most_turns = 100;
  for (int turn = 0; turn < most_turns; ++turn) {
    std::error_code error;
    if (!fs::exists(*target, error)) {
      const auto placed = place_new(*target, tree);
      if (!placed) return fail(placed.error());
      if (*placed == Placed::yes) return Delivery{};
      continue;
    }
    const auto files = store::InnerFiles::open(*target);
    if (!files) return fail(files.error());
    const auto lock = store::DirectoryLock::wait_for(*target);
    struct stat now {};
    if (!lock || ::stat(target->c_str(), &now) != 0 || now.st_ino != files->status().st_ino)
      continue;
    return update(*files, tree, is_linked);
  }
  return fail(Diagnostic{.message = "other programs keep replacing the directory",
                         .file = target->string()});
}

}  // namespace buildable::publish
