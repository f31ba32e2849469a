// Inputs that once ended a fuzzer, and the data of the other tests, through every fuzzer: what must
// hold for every input is held against these in each run of the tests.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "fuzz.h"
#include "support/paths.h"

using namespace buildable;
namespace fs = std::filesystem;

namespace {

const fs::path data = testing::source_dir() / "tests" / "data";

std::vector<fs::path> files_in(const fs::path& directory) {
  std::vector<fs::path> files;
  if (!fs::is_directory(directory)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(directory))
    if (entry.is_regular_file() && entry.file_size() < 65536) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void run(const fuzz::Fuzzer& fuzzer, const std::string& input) {
  fuzzer.run(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

}  // namespace

TEST_CASE("inputs that once ended a fuzzer end none any more") {
  std::set<std::string> known;
  for (const fuzz::Fuzzer& fuzzer : fuzz::fuzzers()) {
    known.insert(std::string(fuzzer.name));
    for (const fs::path& file : files_in(data / "fuzz" / fuzzer.name)) {
      CAPTURE(file.string());
      run(fuzzer, bytes_of(file));
    }
  }
  // A case of a fuzzer that has another name now would never run again.
  for (const auto& entry : fs::directory_iterator(data / "fuzz"))
    if (entry.is_directory())
      CHECK_MESSAGE(known.contains(entry.path().filename().string()), entry.path().string());
}

TEST_CASE("every fuzzer takes the data of the tests, whole and cut short, and no input at all") {
  std::vector<fs::path> files = files_in(data);
  CHECK(files.size() > 30);
  for (const fuzz::Fuzzer& fuzzer : fuzz::fuzzers()) {
    CAPTURE(std::string(fuzzer.name));
    run(fuzzer, "");
    for (const fs::path& file : files) {
      CAPTURE(file.string());
      const std::string text = bytes_of(file);
      run(fuzzer, text);
      run(fuzzer, '\0' + text.substr(0, text.size() / 2));
    }
  }
}

TEST_CASE("each file in fuzz/ has added its fuzzer to the list, and its dictionaries exist") {
  const fs::path folder = testing::source_dir() / "fuzz";
  std::size_t sources = 0;
  for (const auto& entry : fs::directory_iterator(folder))
    sources += entry.path().filename().string().starts_with("fuzz_") ? 1 : 0;
  CHECK(fuzz::fuzzers().size() == sources);
  for (const fuzz::Fuzzer& fuzzer : fuzz::fuzzers()) {
    CHECK(fs::exists(folder / ("fuzz_" + std::string(fuzzer.name) + ".cpp")));
    std::string dictionaries(fuzzer.dictionaries);
    CHECK(!dictionaries.empty());
    while (!dictionaries.empty()) {
      const std::string name = dictionaries.substr(0, dictionaries.find(' '));
      dictionaries.erase(0, std::min(dictionaries.size(), name.size() + 1));
      CHECK_MESSAGE(fs::exists(folder / "dictionaries" / (name + ".dict")), name);
    }
  }
}
