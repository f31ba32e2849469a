// Finding the pins of a repository: texts in, pins out. No I/O: who walks the directory asks
// `wants` for each path and hands over the texts.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/rules.h"
#include "pins/pin.h"

namespace buildable::pins {

struct RepositoryFile {
  std::string path;  // relative, with "/"
  std::string text;
};

struct FoundPins {
  std::vector<Pin> pins;             // in the order of the file
  std::vector<Diagnostic> problems;  // what could not be read: file, line, what to do
};

// A file larger than this is not read for pins; who walks says so. (A package-lock.json is not a
// pin file; the largest real composer.lock is a few MB.)
inline constexpr std::size_t max_pin_file_size = 8U << 20U;

// Made once from the rules, which must outlive it; then asked for any number of repositories, from
// any thread.
class PinFinder {
 public:
  explicit PinFinder(const Rules& rules);
  ~PinFinder();
  PinFinder(PinFinder&&) noexcept;
  PinFinder& operator=(PinFinder&&) noexcept;

  // Whether the file can hold a pin, by its path alone. Called for every file of a repository: no
  // allocation, tens of nanoseconds.
  bool wants(std::string_view path) const;
  // Whether its name also tells what is in it. Else it may be anything (any YAML can be a manifest
  // of Kubernetes), and what cannot be read of it is not a problem.
  bool wants_surely(std::string_view path) const;
  // A file that is not a text of its syntax (binary junk, a broken document) gives a problem, and
  // whatever could still be read. Documents in which no place is mentioned may not be parsed.
  FoundPins find(const RepositoryFile& file) const;

 private:
  struct Index;
  std::unique_ptr<const Index> index_;
};

}  // namespace buildable::pins
