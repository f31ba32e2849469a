// Generated repositories: what fixing leaves can be built, fixing again changes nothing, and no
// byte outside of the versions is another one.
#include <algorithm>
#include <functional>
#include <random>

#include "fix_repository_support.h"
#include "pins/judge_rules.h"
#include "support/sanitized.h"

using namespace buildable;
using namespace buildable::pins;
using namespace buildable::testing;

namespace {

constexpr int repositories = testing::is_sanitized ? 500 : 2000;

struct State {
  const char* date;
  const char* track;
};
// States in which something of every runtime below can be built, or nothing is known of it.
constexpr State states[] = {{"2025-10-23", "latest"},
                            {"2026-03-23", "latest"},
                            {"2026-05-14", "default"},
                            {"2025-10-23", "default"}};

class Repositories {
 public:
  Files next() {
    Files files;
    for (int count = 1 + below(4); count > 0; --count) add(files);
    return files;
  }

  const State& state() { return states[below(4)]; }

 private:
  int below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(random_); }
  std::string number(int low, int high) { return std::to_string(low + below(high - low + 1)); }
  std::string one_of(std::initializer_list<const char*> texts) {
    return *(texts.begin() + below(static_cast<int>(texts.size())));
  }

  std::string python(bool patch) {
    return "3." + number(7, 16) + (patch ? "." + number(0, 20) : "");
  }
  std::string python() { return python(below(2) == 0); }
  std::string node() {
    switch (below(3)) {
      case 0:
        return number(16, 28);
      case 1:
        return number(16, 28) + "." + number(0, 20);
      default:
        return number(16, 28) + "." + number(0, 20) + "." + number(0, 3);
    }
  }
  std::string python_range() {
    const std::string low = python();
    switch (below(5)) {
      case 0:
        return ">=" + low;
      case 1:
        return ">= " + low + ", < 3." + number(17, 18);
      case 2:
        return "==3." + number(7, 16) + ".*";
      case 3:
        return "~=" + python(true);
      default:
        return ">=3." + number(7, 9) + ",<3." + number(10, 16) + (below(2) ? ".0" : "");
    }
  }
  std::string node_range() {
    const std::string major = number(16, 28);
    switch (below(8)) {
      case 0:
        return major + ".x";
      case 1:
        return "^" + major + "." + number(0, 20) + ".0";
      case 2:
        return "~" + major + "." + number(0, 20) + "." + number(0, 3);
      case 3:
        return ">=" + node() + " <" + number(29, 30);
      case 4:
        return "^" + major + " || ^" + number(16, 28);
      case 5:
        return "v" + node();
      case 6:
        return number(16, 20) + " - " + number(20, 28);
      default:
        return one_of({"", ">=", "~", "^", ">"}) + node();
    }
  }
  std::string php_range() {
    const std::string minor = number(0, 6);
    switch (below(4)) {
      case 0:
        return "^8." + minor;
      case 1:
        return "~8." + minor + ".0";
      case 2:
        return "8." + minor + ".*";
      default:
        return "~8." + minor + ".0 || ~8." + number(0, 6) + ".0";
    }
  }

  void add(Files& files) {
    switch (below(12)) {
      case 0:
        return put(files, ".python-version", one_of({"", "# chosen\n\n"}) + python() + "\n");
      case 1:
        return put(files, "runtime.txt", "python-" + python(true) + "\n");
      case 2:
        return put(files, one_of({"pyproject.toml", "lib/pyproject.toml"}),
                   "[project]\nname = \"x\"\n" +
                       one_of({"requires-python = ", "requires-python=", "requires-python  =  "}) +
                       in_quotes(python_range()) + one_of({"", "  # T408108"}) + "\n");
      case 3:
        return put(files, "package.json",
                   one_of({"{\n  \"engines\": {\n    \"node\": \"", "{\"engines\":{\"node\":\""}) +
                       node_range() + "\"\n  }, \"private\": true }\n");
      case 4:
        return put(files, one_of({".nvmrc", ".node-version", "frontend/.nvmrc"}),
                   one_of({"", "v"}) + node() + "\n");
      case 5:
        return put(files, "go.mod",
                   "module example.org/x // kept\n\ngo 1." + number(17, 28) +
                       one_of({"", ".0", ".3", ".99"}) + "\n\nrequire example.org/y v1.2.3\n");
      case 6:
        return put(
            files, "system.properties",
            "# java\njava.runtime.version" + one_of({"=", " = ", ": "}) + one_of({"", "zulu-"}) +
                one_of({"8", "8u442", "1.8.0_999", "11", "17.0.99", "21.0.77", "27", "31"}) + "\n");
      case 7:
        return put(files, one_of({"Dockerfile", "deploy/Dockerfile"}),
                   "FROM python:" + python() + one_of({"", "-slim", "-slim-bookworm"}) +
                       " AS build\nFROM node:" + node() + one_of({"", "-alpine"}) +
                       "\nRUN echo 3.14.0\n");
      case 8:
        return put(files, "compose.yaml",
                   "services:\n  a:\n    image: node:" + node() +
                       "-alpine # tag\n  b:\n    image: 'python:" + python() + "'\n");
      case 9:
        return put(files, ".github/workflows/ci.yml",
                   "jobs:\n  t:\n    steps:\n      - uses: actions/setup-python@v5\n        with:\n"
                   "          python-version: \"" +
                       python() + "\"\n          cache: pip\n");
      case 10:
        return put(
            files, "composer.json",
            "{\n\t\"require\": { \"php\": \"" + php_range() + "\", \"a/b\": \"^8.1\" }\n}\n");
      default:
        return put(files, "Pipfile",
                   "[requires]\npython_version = " + in_quotes(python(false)) + "\n");
    }
  }

  std::string in_quotes(const std::string& text) {
    const char* quote = below(2) ? "\"" : "'";
    return quote + text + quote;
  }

  // With either newline, with and without a byte order mark and a last newline.
  void put(Files& files, const std::string& path, std::string text) {
    if (below(4) == 0) {
      std::string carriage;
      for (const char c : text) carriage += c == '\n' ? std::string("\r\n") : std::string(1, c);
      text = carriage;
    }
    if (below(6) == 0 && text.back() == '\n' && text.find('\r') == std::string::npos)
      text.pop_back();
    if (below(8) == 0) text = "\xEF\xBB\xBF" + text;
    files[path] = text;
  }

  std::mt19937 random_{20260514};
};

bool is_held(const PinFinding& finding) {
  return finding.reason.find("change both by hand") != std::string::npos;
}

// All is fixed but images that may not exist for the distribution that their tags name, and pins
// that would not fit another one then.
void check_remaining(const RepositoryEdits& fixing) {
  for (const PinFinding& finding : fixing.remaining)
    if (finding.pin.distribution.empty() && !is_held(finding))
      FAIL_CHECK("left: " << finding.pin.file << " " << finding.pin.value << ": "
                          << finding.reason);
  for (const Diagnostic& problem : fixing.problems)
    FAIL_CHECK("problem: " << problem.file << ": " << problem.message);
}

void check_bytes(const RepositoryEdits& fixing) {
  for (const FileChange& change : fixing.changes) {
    if (!change.before || !change.after) continue;
    CHECK(without_versions(change.path, *change.before) ==
          without_versions(change.path, *change.after));
    CHECK(*change.before != *change.after);
  }
}

// Of every pin of a file with one that was moved up: what it says builds.
void check_upgraded(const State& state, const RepositoryEdits& fixing) {
  for (const FileChange& change : fixing.changes) {
    if (!change.after) continue;
    for (const Pin& pin : finder().find({change.path, *change.after}).pins) {
      const RuntimePolicy& runtime = runtime_at(state.date, state.track, pin.runtime);
      REQUIRE(pin.accepts);
      if (!pin.distribution.empty()) continue;  // may have been left
      CHECK_MESSAGE(!runtime.unbuildable.includes(*pin.accepts), pin.file << " " << pin.value);
    }
  }
}

void check_fixing(FixAim aim) {
  Repositories generator;
  int changed = 0;
  std::ptrdiff_t held = 0;
  for (int i = 0; i < repositories; ++i) {
    const Files files = generator.next();
    const State& state = generator.state();
    std::string shown;
    for (const auto& [path, text] : files) shown += path + ":\n" + text;
    CAPTURE(shown);
    CAPTURE(state.date);
    CAPTURE(state.track);
    const auto fixing = fixing_of(state.date, state.track, files, aim);
    changed += fixing.changes.empty() ? 0 : 1;
    held += std::count_if(fixing.remaining.begin(), fixing.remaining.end(), is_held);
    check_remaining(fixing);
    check_bytes(fixing);
    if (aim == FixAim::newest) check_upgraded(state, fixing);
    const Files fixed = applied(files, fixing);
    const auto again = fixing_of(state.date, state.track, fixed, aim);
    CHECK(again.changes.empty());
    check_remaining(again);
  }
  // Not vacuous.
  CHECK(changed > repositories / 2);
  CHECK(held < repositories / 100);
}

}  // namespace

TEST_CASE("fixed repositories build, stay as they are, and keep their other bytes") {
  check_fixing(FixAim::nearest);
}

TEST_CASE("upgraded repositories build, stay as they are, and keep their other bytes") {
  check_fixing(FixAim::newest);
}
