#include "pins/fix_locks.h"

#include "base/ignore.h"

namespace buildable::pins {
namespace {

bool refuses(const Pin& range, const Fixed& fixed, const RuntimePolicy& runtime) {
  const auto named = parse_named(runtime.scheme, fixed.version);
  if (range.ignored || !range.accepts || !named) return false;
  return named->exact
             ? !range.accepts->contains(*named->exact)
             : !VersionSet::series(runtime.scheme, named->series).intersects(*range.accepts);
}

// Of tools that install any runtime: what locks all that a file of theirs names.
struct ToolLock {
  std::string_view file;  // a pattern
  LockFile lock;
};

const std::vector<ToolLock>& tool_locks() {
  static const std::vector<ToolLock> all = {
      {"devbox.json", {"devbox.lock", "devbox update"}},
      {"pixi.toml", {"pixi.lock", "pixi lock"}},
      {"pyproject.toml", {"pixi.lock", "pixi lock"}},
      {"*environment*.y*ml", {"conda-lock.yml", "conda-lock"}},
      {"*mise*.toml", {"mise.lock", "mise lock"}},
  };
  return all;
}

}  // namespace

LockFiles::Found LockFiles::nearest(const Pin& pin) const {
  if (!has_file_) return {};
  const std::size_t slash = pin.file.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : pin.file.substr(0, slash + 1);
  const PinPlace* place = declared_.find(pin);
  Found found;
  if (place)
    for (const LockFile& lock : place->locks)
      if ((!found.lock || (lock.must_agree && !found.lock->must_agree)) &&
          has_file_(folder + lock.file))
        found = {&lock, folder};
  if (!found.lock && place) found = above(*place, folder);
  if (found.lock || (place && !place->locks.empty())) return found;
  const std::string_view name = std::string_view(pin.file).substr(folder.size());
  for (const ToolLock& each : tool_locks())
    if (glob_matches(each.file, name) && has_file_(folder + each.lock.file))
      return {&each.lock, folder};
  return {};
}

// The members of a workspace have one lock file, in a folder above them.
LockFiles::Found LockFiles::above(const PinPlace& place, std::string folder) const {
  while (!folder.empty()) {
    const std::size_t slash = folder.rfind('/', folder.size() - 2);
    folder.resize(slash == std::string::npos ? 0 : slash + 1);
    for (const LockFile& lock : place.locks)
      if (lock.of_workspace && has_file_(folder + lock.file)) return {&lock, folder};
  }
  return {};
}

std::string LockFiles::why_left(const PinFinding& finding, const Fixed& fixed,
                                const RuntimePolicy& runtime,
                                const std::vector<const Pin*>& pins) const {
  const Pin& pin = finding.pin;
  if (const LockFile* lock = beside(pin); lock && lock->must_agree)
    return lock->file + " must agree with it: write \"" + fixed.value + "\" and run `" +
           lock->command + "`";
  if (finding.role != PinRole::decides || pin.form == PinForm::range) return {};
  for (const Pin* range : pins) {
    if (range->runtime != pin.runtime || range->form != PinForm::range) continue;
    const Found lock = nearest(*range);  // of the root: nothing else is built
    if (lock.lock && lock.lock->must_agree && lock.folder.empty() &&
        refuses(*range, fixed, runtime))
      return range->place + " says \"" + range->value + "\", which excludes " + fixed.version +
             "; change it, run `" + lock.lock->command + "`, then `buildable fix` again";
  }
  return {};
}

}  // namespace buildable::pins
