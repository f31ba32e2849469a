#include "pins/fix_locks.h"

#include "base/ignore.h"

namespace buildable::pins {
namespace {

bool refuses(const Pin& range, const Fixed& fixed, const RuntimePolicy& runtime) {
  const bool in_root = range.file.find('/') == std::string::npos;
  const auto named = parse_named(runtime.scheme, fixed.version);
  if (!in_root || range.ignored || !range.accepts || !named) return false;
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

const LockFile* LockFiles::beside(const Pin& pin) const {
  if (!has_file_) return nullptr;
  const std::size_t slash = pin.file.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : pin.file.substr(0, slash + 1);
  const PinPlace* place = declared_.find(pin);
  const LockFile* found = nullptr;
  if (place)
    for (const LockFile& lock : place->locks)
      if ((!found || (lock.must_agree && !found->must_agree)) && has_file_(folder + lock.file))
        found = &lock;
  if (found || (place && !place->locks.empty())) return found;
  const std::string_view name = std::string_view(pin.file).substr(folder.size());
  for (const ToolLock& each : tool_locks())
    if (glob_matches(each.file, name) && has_file_(folder + each.lock.file)) return &each.lock;
  return nullptr;
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
    const LockFile* lock = beside(*range);
    if (lock && lock->must_agree && refuses(*range, fixed, runtime))
      return range->place + " says \"" + range->value + "\", which excludes " + fixed.version +
             "; change it, run `" + lock->command + "`, then `buildable fix` again";
  }
  return {};
}

}  // namespace buildable::pins
