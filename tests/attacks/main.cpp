// Runs the attacks, prints how often each promise was tried, and fails where one was not.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>

#include "support/trials.h"

int main(int count, char** words) {
  doctest::Context context(count, words);
  const int failed = context.run();
  if (context.shouldExit()) return failed;
  std::fputs(buildable::test::trials_table().c_str(), stdout);
  const auto& trials = buildable::test::trials();
  const bool only_some = count > 1;  // chosen on the command line
  if (only_some || std::count(trials.begin(), trials.end(), 0) == 0) return failed;
  std::fputs("a promise was not tried\n", stderr);
  return 1;
}
