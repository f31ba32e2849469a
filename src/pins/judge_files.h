// Findings on files beside their pins: that a file is there, or that it names something outdated.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/ignore.h"
#include "pins/judge.h"

namespace buildable::pins {

// A builder that a track uses at present.
struct CurrentBuilder {
  std::string track;
  std::string reference;
  bool expired = false;
};

// Made once for a track; asked from any thread. What it is made of must outlive it.
class FileWatch {
 public:
  FileWatch(const PlatformRules& platform, std::vector<CurrentBuilder> builders, Target target);

  // Whether the file matters by its presence, or by its text. The same for every track.
  bool wants(std::string_view path) const { return wants_text(path) || wants_presence(path); }
  bool wants_text(std::string_view path) const;
  // `text` may be empty where it is not wanted.
  std::vector<PinFinding> find(const RepositoryFile& file) const;

 private:
  struct Notice {
    const FileNotice* rule;
    IgnorePatterns files;
    bool applies;  // to builders on this distribution
  };

  bool wants_presence(std::string_view path) const;
  void find_notices(const RepositoryFile& file, std::vector<PinFinding>& findings) const;
  void find_injected(const RepositoryFile& file, std::vector<PinFinding>& findings) const;
  void find_builders(const RepositoryFile& file, std::vector<PinFinding>& findings) const;
  std::string what_stands(std::string_view reference) const;

  const PlatformRules& platform_;
  std::vector<CurrentBuilder> builders_;
  std::vector<std::string> repositories_;  // of the builders, without tags
  Target target_;
  IgnorePatterns mentions_;
  std::vector<Notice> notices_;
};

}  // namespace buildable::pins
