// The verdicts that bots are held to, many at a time (a process for each would take minutes).
//
//   judge_versions SNAPSHOT INSTANT < questions > verdicts
//
// A question is a line TRACK<tab>RUNTIME<tab>VERSION; its answer is a line: buildable, unbuildable,
// unknown or error (the text is not a version). On a track that is not deployed nothing is
// buildable.
#include <fstream>
#include <iostream>
#include <sstream>

#include "base/text.h"
#include "policy/compile.h"
#include "policy/explain.h"
#include "rules/embedded.h"
#include "rules/load.h"

using namespace buildable;

namespace {

std::string read_file(const char* path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

Result<Policy> policy_at(const char* file, const char* instant) {
  const auto snapshot = parse_snapshot(read_file(file), file);
  if (!snapshot) return fail(snapshot.error());
  const auto at = parse_instant(instant);
  if (!at) return fail(at.error());
  return compile(*snapshot, embedded_rules(), *at, "");
}

std::string_view answer(const Policy& policy, std::string_view question) {
  const std::vector<std::string_view> fields = split(question, '\t');
  if (fields.size() != 3) return "error";
  const TrackPolicy* track = policy.find(fields[0]);
  if (!track) return name_of(Verdict::unbuildable);
  const RuntimePolicy* runtime = track->find(fields[1]);
  if (!runtime) return "error";
  const auto verdict = judge(*runtime, fields[2]);
  return verdict ? name_of(*verdict) : "error";
}

}  // namespace

int main(int count, char** words) {
  if (count != 3) {
    std::cerr << "usage: judge_versions SNAPSHOT INSTANT\n";
    return 2;
  }
  const auto policy = policy_at(words[1], words[2]);
  if (!policy) {
    std::cerr << policy.error().to_text() << '\n';
    return 2;
  }
  for (std::string line; std::getline(std::cin, line);) std::cout << answer(*policy, line) << '\n';
}
