// One name, one type: the one-definition rule over all of src/, as no compiler sees it whole. The
// link with -Wodr (./dev odr) compares what the types hold; this needs no build.
#include <doctest/doctest.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "support/paths.h"

namespace fs = std::filesystem;
using buildable::testing::source_dir;

namespace {

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Without comments, literals and lines of the preprocessor, in which braces mean nothing.
std::string code_of(const std::string& text) {
  static const std::regex skipped(
      "R\"\\w*\\([^]*?\\)\\w*\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)+'"
      "|//[^\\n]*|/\\*[^]*?\\*/|#[^\\n]*");
  std::string code;
  auto from = text.begin();
  for (std::sregex_iterator it(text.begin(), text.end(), skipped), end; it != end; ++it) {
    // A quote between digits divides thousands.
    const char first = *(*it)[0].first;
    const bool digits = first == '\'' && (*it)[0].first != text.begin() &&
                        std::isalnum(static_cast<unsigned char>(*((*it)[0].first - 1)));
    code.append(from, digits ? (*it)[0].second : (*it)[0].first);
    from = (*it)[0].second;
  }
  return code.append(from, text.end());
}

// The qualified names of the types that a file defines for all of the program.
std::set<std::string> types_in(const std::string& text) {
  static const std::regex space("(?:^|\\s)(?:inline\\s+)?namespace(?:\\s+([\\w:]+))?\\s*$");
  static const std::regex type(
      "(?:^|\\s)(?:struct|class|union|enum)\\s+(?:class\\s+|struct\\s+)?"
      "(?:\\[\\[[^\\]]*\\]\\]\\s*)?(\\w+)(?:\\s+final)?\\s*(?::[^:][^;]*)?$");
  const std::string code = code_of(text);
  std::set<std::string> names;
  std::vector<std::string> scopes;  // of namespaces their names; "" of everything else
  std::string head;                 // since the last brace or semicolon
  for (const char c : code) {
    if (c == '{') {
      std::smatch found;
      std::string scope;
      bool shared = true;
      std::string prefix;
      for (const std::string& each : scopes) {
        shared = shared && !each.empty();
        prefix += each + "::";
      }
      if (std::regex_search(head, found, space)) {
        scope = found[1].str();  // an unnamed one is nobody else's
      } else if (shared && head.find("template") == head.npos &&
                 std::regex_search(head, found, type)) {
        names.insert(prefix + found[1].str());
      }
      scopes.push_back(scope);
      head.clear();
    } else if (c == '}' || c == ';') {
      if (c == '}' && !scopes.empty()) scopes.pop_back();
      head.clear();
    } else {
      head += c;
    }
  }
  return names;
}

using Definitions = std::map<std::string, std::set<std::string>>;  // of a type, its files

Definitions repeated(const Definitions& all) {
  Definitions several;
  for (const auto& [name, files] : all)
    if (files.size() > 1) several.emplace(name, files);
  return several;
}

}  // namespace

TEST_CASE("what a file defines for the whole program is found") {
  struct Case {
    const char* text;
    std::set<std::string> names;
  };
  const std::vector<Case> cases{
      {"namespace a { struct B { int c; }; }", {"a::B"}},
      {"namespace a::b { class C final : public D { enum E { f }; }; }", {"a::b::C"}},
      {"namespace a { enum class B : std::uint8_t { c }; }", {"a::B"}},
      {"namespace a { namespace { struct B {}; } struct C {}; }", {"a::C"}},
      {"namespace a { void f() { struct B {}; } }", {}},
      {"namespace a { struct B; // struct C {\n/* struct D { */ struct E {}; }", {"a::E"}},
      {"namespace a { const char* b = \"{\"; char c = '{'; int d = 1'000; struct E {}; }",
       {"a::E"}},
      {"namespace a { template <> struct B<C> {}; struct D f() { return {}; } }", {}},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text);
    CHECK(types_in(each.text) == each.names);
  }
}

TEST_CASE("two types of one name are found") {
  Definitions all;
  for (const auto& name : types_in("namespace a { struct Descriptor { int b; }; }"))
    all[name].insert("net.h");
  for (const auto& name : types_in("namespace a { class Descriptor { int c; }; }"))
    all[name].insert("store.h");
  CHECK(repeated(all) == Definitions{{"a::Descriptor", {"net.h", "store.h"}}});
}

TEST_CASE("no two files of src/ define a type of one name") {
  Definitions all;
  const fs::path root = source_dir() / "src";
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".h" && extension != ".cpp") continue;
    for (const auto& name : types_in(text_of(entry.path())))
      all[name].insert(fs::relative(entry.path(), root).string());
  }
  CHECK(all.size() > 200);
  for (const auto& [name, files] : repeated(all)) {
    std::string where;
    for (const std::string& file : files) where += " " + file;
    FAIL_CHECK(name << " is defined in" << where);
  }
}
