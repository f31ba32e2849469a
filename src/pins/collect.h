// From the files of a repository to what the judge is given: one file after the other, whose texts
// are not kept. Bounded in files, bytes and pins, and able to stop. No I/O.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "pins/find.h"
#include "pins/judge.h"
#include "pins/judge_files.h"

namespace buildable::pins {

// What one repository may cost. The defaults are far above what people keep: the largest
// repositories have some ten thousand such files of a few kilobytes.
struct CheckLimits {
  std::size_t files = 200'000;      // that hold pins or matter by being there
  std::size_t bytes = 256U << 20U;  // of their texts, each name of a file counted
  std::size_t pins = 100'000;       // findings of whole files included
};

enum class CheckStop : std::uint8_t { none, too_many_files, too_many_bytes, too_many_pins, asked };

class RepositoryCollector {
 public:
  // What it is given must outlive it.
  RepositoryCollector(const PinFinder& finder, const FileWatch& watch, CheckLimits limits = {},
                      StopAsked stop_asked = {});

  // Finds what is in the file and keeps that, but not its text. Whether it goes on: false once a
  // limit is reached or a stop was asked for; then the file counts as not read.
  bool add(const RepositoryFile& file);
  // The same of a file whose text is not read: only that it is there counts.
  bool add_unread(const std::string& path);
  CheckStop stopped() const { return stopped_; }
  // What to say of a limit that was reached, without a file; nothing where none was.
  std::optional<Diagnostic> shortfall() const;

  // All that was found. Problems name files as they were added.
  JudgeInput take() { return std::move(input_); }

 private:
  bool stop(CheckStop why);
  bool add(const RepositoryFile& file, bool read);

  const PinFinder& finder_;
  const FileWatch& watch_;
  CheckLimits limits_;
  StopAsked stop_asked_;
  CheckStop stopped_ = CheckStop::none;
  std::size_t bytes_ = 0;
  JudgeInput input_;
};

}  // namespace buildable::pins
