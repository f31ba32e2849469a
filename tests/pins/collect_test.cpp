// Collecting the files of a repository: its limits, and stopping.
#include "pins/collect.h"

#include "judge_support.h"

using namespace buildable;
using namespace buildable::pins;
using namespace buildable::test;

namespace {

const PinFinder& finder() {
  static const PinFinder finder(embedded_rules());
  return finder;
}

const FileWatch& watch() {
  static const FileWatch watch(embedded_rules().platform, builders_at(known_at("2026-08-20")), {});
  return watch;
}

struct LimitCase {
  const char* name;
  CheckLimits limits;
  int taken;  // of the three files
  CheckStop stopped;
  const char* says;
};

}  // namespace

TEST_CASE("a repository beyond a limit is read up to it, and what is missing is told") {
  // Of 5 bytes with one pin each.
  const Files files = {
      {".python-version", "3.13\n"}, {"a/.nvmrc", "v22 \n"}, {"b/.nvmrc", "v20 \n"}};
  const LimitCase cases[] = {
      {"none", {}, 3, CheckStop::none, ""},
      {"just enough", {3, 15, 3}, 3, CheckStop::none, ""},
      {"files", {2, 15, 3}, 2, CheckStop::too_many_files, "more than 2 files"},
      {"bytes", {3, 14, 3}, 2, CheckStop::too_many_bytes, "MiB in files"},
      {"pins", {3, 15, 1}, 1, CheckStop::too_many_pins, "more than 1 pins"},
      {"nothing at all", {0, 0, 0}, 0, CheckStop::too_many_files, "more than 0 files"},
  };
  for (const LimitCase& it : cases) {
    CAPTURE(it.name);
    RepositoryCollector collector(finder(), watch(), it.limits);
    int taken = 0;
    for (const RepositoryFile& file : files) taken += collector.add(file) ? 1 : 0;
    CHECK(taken == it.taken);
    CHECK((collector.stopped() == it.stopped));
    const auto shortfall = collector.shortfall();
    CHECK(shortfall.has_value() == (*it.says != '\0'));
    if (shortfall) CHECK_MESSAGE(has(shortfall->message, it.says), shortfall->message);
    const JudgeInput input = collector.take();
    CHECK(input.files.size() == static_cast<std::size_t>(it.taken));
    CHECK(input.pins.size() == static_cast<std::size_t>(it.taken));
  }
}

TEST_CASE("collecting and judging stop when they are told to, wherever they are") {
  Files files;
  for (int i = 0; i < 40; ++i)
    files.push_back({"a" + std::to_string(i) + "/.python-version", "3.99\n"});
  const Known& known = known_at("2026-08-20");
  const PinJudge judge(embedded_rules(), known.policy, "default");
  int asked_in_all = 0;
  {
    const StopAsked count = [&] { return ++asked_in_all, false; };
    RepositoryCollector collector(finder(), watch(), {}, count);
    for (const RepositoryFile& file : files) REQUIRE(collector.add(file));
    REQUIRE(judge.judge(collector.take(), count));
  }
  CHECK(asked_in_all > 100);  // for each file, each pin and each suggestion
  for (int stop_at = 1; stop_at <= asked_in_all; ++stop_at) {
    CAPTURE(stop_at);
    int asked = 0;
    const StopAsked stop = [&] { return ++asked >= stop_at; };
    RepositoryCollector collector(finder(), watch(), {}, stop);
    bool stopped = false;
    for (const RepositoryFile& file : files) stopped = stopped || !collector.add(file);
    if (!stopped) stopped = !judge.judge(collector.take(), stop);
    CHECK(stopped);
    CHECK(asked <= stop_at + 2);  // hardly anything more is done
  }
}
