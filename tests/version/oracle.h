// The bots' own libraries as oracles (tests/oracles): one run of node answers all questions of a
// test.
#pragma once

#include <doctest/doctest.h>

#include <unistd.h>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "support/paths.h"

namespace buildable::testing {

// The same sequence on every machine: the standard's distributions are not.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  std::size_t below(std::size_t bound) { return engine_() % bound; }
  bool one_in(std::size_t count) { return below(count) == 0; }
  template <class Container>
  const auto& pick(const Container& choices) {
    return choices[below(std::size(choices))];
  }

 private:
  std::mt19937_64 engine_;
};

inline std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  REQUIRE_MESSAGE(pipe, "cannot run " << command);
  std::string output;
  std::array<char, 65536> buffer;
  for (std::size_t count; (count = fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;) {
    output.append(buffer.data(), count);
  }
  return output;
}

class Oracle {
 public:
  // Nothing, with a message, where node or the packages are missing; a failure if the environment
  // variable BUILDABLE_REQUIRE_ORACLES is set.
  static std::optional<Oracle> find() {
    std::string modules = output_of("sh '" + sources() + "/install.sh' --where");
    while (!modules.empty() && modules.back() == '\n') modules.pop_back();
    const bool installed = std::filesystem::is_directory(modules + "/node_modules");
    if (installed && !output_of("command -v node").empty()) return Oracle(modules);
    const std::string message = "no oracles: they need node, and tests/oracles/install.sh run once";
    if (std::getenv("BUILDABLE_REQUIRE_ORACLES")) FAIL(message);
    MESSAGE("skipped, " << message);
    return std::nullopt;
  }

  // One answer a question; tests/oracles/answer.cjs says how they are written.
  std::vector<std::string> ask(const std::vector<std::string>& questions) const {
    const std::filesystem::path file =
        std::filesystem::temp_directory_path() / ("buildable-oracle-" + std::to_string(getpid()));
    {
      std::ofstream out(file, std::ios::binary);
      for (const std::string& question : questions) out << question << '\n';
    }
    std::istringstream answers(output_of("node '" + sources() + "/answer.cjs' '" + modules_ +
                                         "' < '" + file.string() + "'"));
    std::filesystem::remove(file);
    std::vector<std::string> result;
    for (std::string line; std::getline(answers, line);) result.push_back(line);
    REQUIRE(result.size() == questions.size());
    return result;
  }

 private:
  explicit Oracle(std::string modules) : modules_(std::move(modules)) {}
  static std::string sources() { return source_dir().string() + "/tests/oracles"; }

  std::string modules_;
};

// Holds answers against each other. A difference that has a reason is counted under it, any other
// one is a failure.
class Comparison {
 public:
  void add(const std::string& question, const std::string& ours, const std::string& theirs,
           std::string_view reason) {
    ++answers_[theirs];
    if (ours == theirs) return;
    if (!reason.empty()) {
      ++deliberate_[std::string(reason)];
      return;
    }
    constexpr int shown = 20;
    if (++mismatches_ <= shown) MESSAGE(question << ": ours " << ours << ", theirs " << theirs);
  }

  void report() const {
    for (const auto& [answer, count] : answers_) MESSAGE(answer << ": " << count);
    for (const auto& [reason, count] : deliberate_) MESSAGE(count << " differ: " << reason);
    CHECK(mismatches_ == 0);
  }
  int count(const std::string& answer) const {
    const auto found = answers_.find(answer);
    return found == answers_.end() ? 0 : found->second;
  }

 private:
  std::map<std::string, int> answers_;
  std::map<std::string, int> deliberate_;
  int mismatches_ = 0;
};

}  // namespace buildable::testing
