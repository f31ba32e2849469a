// Private to src/pins/fix*.cpp: lock files that repeat what a pin says (PinPlace::locks).
#pragma once

#include <functional>
#include <string>

#include "pins/judge.h"

namespace buildable::pins {

class LockFiles {
 public:
  using HasFile = std::function<bool(const std::string& path)>;  // empty: there is none
  // Both must outlive it.
  LockFiles(const Rules& rules, const HasFile& has_file) : declared_(rules), has_file_(has_file) {}

  const DeclaredPlaces& declared() const { return declared_; }
  // The first that the repository has beside it, one that must agree before others, or that of the
  // workspace that it is part of; null: none.
  const LockFile* beside(const Pin& pin) const { return nearest(pin).lock; }
  // Why the pin cannot become that without a lock file of the repository, whose pins are given,
  // being written again; empty: it can.
  std::string why_left(const PinFinding& finding, const Fixed& fixed, const RuntimePolicy& runtime,
                       const std::vector<const Pin*>& pins) const;

 private:
  struct Found {
    const LockFile* lock = nullptr;
    std::string folder;  // where it lies, with "/" at the end
  };
  Found nearest(const Pin& pin) const;
  Found above(const PinPlace& place, std::string folder) const;

  DeclaredPlaces declared_;
  const HasFile& has_file_;
};

}  // namespace buildable::pins
