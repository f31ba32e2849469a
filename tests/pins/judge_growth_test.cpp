// Eight times as many files or pins take about eight times as long to find and judge. The limit is
// wide, since machines are busy; what grows with the square takes 64 times as long.
#include <ctime>
#include <functional>

#include "judge_support.h"
#include "support/sanitized.h"

using namespace buildable;
using namespace buildable::pins;
using namespace buildable::test;

namespace {

constexpr int small = testing::is_sanitized ? 60 : 200;
constexpr int growth = 8;
constexpr double limit = 3.0 * growth;

// Half of the folders are hidden: their files are held against what the root says.
std::string folder(int i) {
  return (i % 2 == 0 ? ".d" : "d") + std::to_string(i % 17) + "/e" + std::to_string(i) + "/";
}

Files with(Files root, const std::string& name, const std::string& text, int count) {
  for (int i = 0; i < count; ++i) root.push_back({folder(i) + name, text});
  return root;
}

std::string repeated(const std::string& text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

double seconds_of(const Files& files) {
  double least = 1e9;
  for (int round = 0; round < 3; ++round) {
    const std::clock_t begin = std::clock();
    const auto judgement = judged(files, "default", "2026-05-14");
    least = std::min(least, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    REQUIRE(judgement.findings.size() > 0);
  }
  return least;
}

struct Kind {
  const char* name;
  std::function<Files(int)> files;
};

}  // namespace

TEST_CASE("time is proportional to the number of files, and to the pins in a file") {
  const Kind kinds[] = {
      {"mirrors that differ",
       [](int n) {
         return with({{".tool-versions", "python 3.13.1\n"}, {".python-version", "3.14\n"}},
                     ".tool-versions", "python 3.12.1\nnodejs 20.1.0\n", n);
       }},
      {"mirrors that cannot be built, and one that decides",
       [](int n) {
         return with({{"go.mod", "module x\ngo 1.24.1\n"}, {"go.work", "go 1.24.1\n"}}, "go.mod",
                     "module x\ngo 1.99.1\ntoolchain go1.99.2\n", n);
       }},
      {"projects",
       [](int n) {
         return with({}, "x.csproj",
                     "<Project><PropertyGroup><TargetFramework>net99.0</TargetFramework></"
                     "PropertyGroup></Project>\n",
                     n);
       }},
      {"many pins in one file",
       [](int n) {
         return Files{{".tool-versions", repeated("python 3.99.1\n", n / 2)}};
       }},
      {"many jobs with a matrix",
       [](int n) {
         std::string text = "on: push\njobs:\n";
         for (int i = 0; i < n / 2; ++i)
           text += "  j" + std::to_string(i) +
                   ":\n    strategy: {matrix: {v: ['3.99']}}\n    steps:\n"
                   "      - uses: actions/setup-python@v5\n"
                   "        with: {python-version: '${{ matrix.v }}'}\n";
         return Files{{".github/workflows/w.yml", text}};
       }},
      {"builders named on one line",
       [](int n) {
         return Files{{"README.md",
                       repeated("tools-harbor.wmcloud.org/toolforge/heroku-builder:21 ", n / 2)}};
       }},
  };
  for (const Kind& kind : kinds) {
    CAPTURE(kind.name);
    const double few = std::max(seconds_of(kind.files(small)), 0.002);
    const double many = seconds_of(kind.files(small * growth));
    CHECK_MESSAGE(many / few < limit, few << " s, then " << many << " s");
  }
}
