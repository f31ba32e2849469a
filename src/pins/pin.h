// A pin: a place in a repository that names a version of a runtime. Finding one says nothing of
// whether it can be built, nor of whether the buildpack reads it: that is the judge's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/document.h"
#include "model/rules.h"
#include "version/set.h"

namespace buildable::pins {

enum class PinForm : std::uint8_t {
  exact,       // one version: "3.14.2"
  series,      // its first numbers: "3.14", "22.x"
  range,       // an expression of the place's grammar: "^22.11.0", ">=3.12,<3.14"
  moving,      // a name whose meaning moves with time: "lts/*", "stable"; its set is not known
  unreadable,  // the place is there, its text is not a version in any form that the place takes
};

struct Pin {
  std::string runtime;  // id: "python"
  std::string file;     // path in the repository, with "/"
  std::string key;      // inside the file, as rules write it: "engines.node"; empty: the whole file
  std::string place;    // for people: "engines.node of package.json"; free of line numbers
  int line = 0;         // of `value`, 1-based
  int column = 0;       // 1-based, in bytes
  std::string value;    // as written, without quotes: "python-3.12.1", "v22", "3.12-slim"
  TextSpan value_span;
  std::string version;  // what of it names the version: "3.12.1", "22", "3.12"
  TextSpan version_span;
  PinForm form = PinForm::unreadable;
  std::string grammar;  // of a range: a Grammar's name, or that of a reading of rollForward
  // What the pin's own grammar accepts; nothing where the form is moving or unreadable. Of a place
  // where newer versions do as well (PinPlace::minimum), everything from the version up.
  std::optional<VersionSet> accepts;
  Granularity granularity = Granularity::version;  // of its place: what its numbers count
  // Of a member of a list of versions (a matrix of tests, an input with several): the same number
  // in its file as the other members, from 1 on; 0: of no list, or of one that is only seen in the
  // text.
  int list = 0;
  // Of an image's tag: the image as it is written, with its registry ("docker.io/library/python";
  // "$" for a variable that means nothing here), the distribution that the tag names behind the
  // version
  // ("bullseye"), and whether a digest pins the content beside it.
  std::string image;
  std::string distribution;
  bool has_digest = false;
  std::string problem;  // of an unreadable pin: why; of a moving one, sometimes: how it moves
  std::string ignored_reason;  // of an inline "buildable: ignore <reason>"; empty: not ignored
  bool ignored = false;
};

}  // namespace buildable::pins
