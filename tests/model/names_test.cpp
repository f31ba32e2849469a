#include <doctest/doctest.h>

#include "model/policy.h"
#include "model/rules.h"
#include "model/rules_fields.h"

using namespace buildable;

TEST_CASE("verdicts have the names that reports promise") {
  CHECK(name_of(Verdict::buildable) == "buildable");
  CHECK(name_of(Verdict::unbuildable) == "unbuildable");
  CHECK(name_of(Verdict::unknown) == "unknown");
}

TEST_CASE("rules and versions spell the schemes alike") {
  for (const auto& entry : EnumNames<Scheme>::list) {
    CAPTURE(entry.first);
    CHECK(name_of(entry.second) == entry.first);
  }
}

TEST_CASE("a runtime is found by its id alone") {
  Rules rules;
  rules.runtimes.resize(2);
  rules.runtimes[0].id = "go";
  rules.runtimes[1].id = "node";
  CHECK(rules.find("node") == &rules.runtimes[1]);
  CHECK(rules.find("nod") == nullptr);
}
