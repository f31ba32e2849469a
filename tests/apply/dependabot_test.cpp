#include "apply/dependabot.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "apply/layouts.h"
#include "base/text.h"
#include "support/paths.h"
#include "support/scratch.h"

using namespace buildable;
using namespace buildable::apply;
using namespace buildable::testing;
namespace fs = std::filesystem;

namespace {

using Wanted = std::vector<EcosystemIgnores>;

const Wanted usual{{"pip", {{"python", {">= 3.15", "< 3.10"}}}, {}},
                   {"docker", {{"python", {">= 3.15.a"}}}, {}}};
const Wanted later{{"pip", {{"python", {">= 3.16"}}}, {}},
                   {"npm",
                    {{"node",
                      {">= 27", "= \\\"1\"", ">= 24.16.0.a, < 25.a", ">= 25.9.1.a, < 26.a",
                       ">= 26.1.2.a, < 26.9.a"}},
                     {"@types/node", {">= 27"}}},
                    {}}};
constexpr const char* source = "What the builder cannot build, as of 2026-05-14.";

const fs::path data = source_dir() / "tests/data/apply/dependabot";

std::vector<fs::path> files(const std::string& prefix) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(data)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(prefix) && name.ends_with(".yml")) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string applied(const std::string& text, const Wanted& wanted) {
  const auto result = with_ignores(text, "d.yml", wanted);
  REQUIRE_MESSAGE(result.has_value(), result.error().to_text());
  return *result;
}

bool has_marks(const std::string& text) { return text.find("# buildable: ") != text.npos; }

std::vector<std::string> ignored(const Node& entry) {
  std::vector<std::string> shows;
  const Node* ignore = entry.find("ignore");
  if (ignore != nullptr)
    for (const Node& node : ignore->children) shows.push_back(shown(node));
  return shows;
}

// Whether entries of the user's own ignore all of the dependency already.
bool ignores_all(const Node& update, const std::string& dependency) {
  const Node* ignore = update.find("ignore");
  if (ignore == nullptr) return false;
  return std::any_of(ignore->children.begin(), ignore->children.end(), [&](const Node& node) {
    const Node* name = node.find("dependency-name");
    return name != nullptr && name->text == dependency && node.find("versions") == nullptr;
  });
}

std::vector<std::string> ours_for(const Node& entry, const Wanted& wanted) {
  std::vector<std::string> shows;
  const Node* ecosystem = entry.find("package-ecosystem");
  for (const EcosystemIgnores& ignores : wanted) {
    if (ecosystem == nullptr || ecosystem->text != ignores.ecosystem) continue;
    for (const IgnoreEntry& it : ignores.entries) {
      if (ignores_all(entry, it.dependency)) continue;
      std::string ranges;
      for (const std::string& range : it.versions) {
        Node name;
        name.kind = Node::Kind::string;
        name.text = range;
        ranges += (ranges.empty() ? "" : ", ") + shown(name);
      }
      shows.push_back("{dependency-name: \"" + it.dependency + "\", versions: [" + ranges + "]}");
    }
  }
  return shows;
}

Node without_ignore(Node entry) {
  std::erase_if(entry.children, [](const Node& member) { return member.key == "ignore"; });
  return entry;
}

// Ours before or behind the user's own, in one piece; everything else is said as before.
void check_says(const std::string& before, const std::string& after, const Wanted& wanted) {
  const auto old_root = parse_yaml(before, "before");
  const auto new_root = parse_yaml(after, "after");
  REQUIRE(old_root.has_value());
  REQUIRE_MESSAGE(new_root.has_value(), new_root.error().to_text());
  REQUIRE(old_root->children.size() == new_root->children.size());
  for (std::size_t m = 0; m < old_root->children.size(); ++m) {
    const Node& old_member = old_root->children[m];
    const Node& new_member = new_root->children[m];
    if (old_member.key != "updates") {
      CHECK(old_member.same_content(new_member));
      continue;
    }
    REQUIRE(old_member.children.size() == new_member.children.size());
    for (std::size_t i = 0; i < old_member.children.size(); ++i) {
      const Node& entry = new_member.children[i];
      CHECK(without_ignore(old_member.children[i]).same_content(without_ignore(entry)));
      const auto own = ignored(old_member.children[i]);
      const auto ours = ours_for(entry, wanted);
      auto first = ours;
      first.insert(first.end(), own.begin(), own.end());
      auto last = own;
      last.insert(last.end(), ours.begin(), ours.end());
      const auto now = ignored(entry);
      CHECK((now == first || now == last));
    }
  }
}

// The lines of a text but those from a begin mark to its end mark.
std::vector<std::string> lines_outside(const std::string& text) {
  std::vector<std::string> lines;
  bool inside = false;
  for (const std::string_view line : split(text, '\n')) {
    if (line.find("# buildable: begin") != line.npos) inside = true;
    if (!inside) lines.emplace_back(line);
    if (line.find("# buildable: end") != line.npos) inside = false;
  }
  return lines;
}

// What holds of every text without marks that can be edited.
void check_laws(const std::string& text) {
  CAPTURE(text);
  const std::string once = applied(text, usual);
  CAPTURE(once);
  check_says(text, once, usual);
  CHECK(applied(once, usual) == once);
  CHECK(applied(once, {}) == text);
  const auto with_source = with_ignores(text, "d.yml", later, source);
  REQUIRE(with_source.has_value());
  check_says(text, *with_source, later);
  CHECK(with_ignores(*with_source, "d.yml", later, "Another day.") == *with_source);
  CHECK(applied(*with_source, {}) == text);
  const std::string moved = applied(once, later);
  check_says(text, moved, later);
  CHECK(applied(moved, later) == moved);
  CHECK(applied(moved, {}) == text);
  CHECK(applied(text, {}) == text);
  const bool in_brackets = once.find("[  # buildable") != once.npos;
  if (!in_brackets && text.ends_with('\n')) {
    const auto lines = split(text, '\n');
    CHECK(lines_outside(once) == std::vector<std::string>(lines.begin(), lines.end()));
  }
}

}  // namespace

TEST_CASE("files as people write them: what is put in, and where") {
  int seen = 0;
  for (const fs::path& file : files("good_")) {
    const std::string text = test::content(file);
    CAPTURE(file.filename().string());
    CHECK(applied(text, usual) == test::content(file.string() + ".applied"));
    if (!has_marks(text)) check_laws(text);
    ++seen;
  }
  CHECK(seen >= 30);
}

TEST_CASE("line ends, a byte order mark and a missing final newline change nothing else") {
  for (const fs::path& file : files("good_")) {
    const std::string text = test::content(file);
    const std::string wanted = test::content(file.string() + ".applied");
    CAPTURE(file.filename().string());
    if (text.find('\r') == text.npos)
      CHECK(applied(replace_all(text, "\n", "\r\n"), usual) == replace_all(wanted, "\n", "\r\n"));
    if (!text.starts_with("\xEF\xBB\xBF"))
      CHECK(applied("\xEF\xBB\xBF" + text, usual) == "\xEF\xBB\xBF" + wanted);
    if (!has_marks(text)) check_laws(text.substr(0, text.find_last_not_of("\r\n") + 1));
  }
}

TEST_CASE("what cannot be edited safely is refused, with the place and what to do") {
  struct Case {
    const char* file;
    const char* says;
  };
  const Case cases[] = {
      {"a_list", "d.yml:1:1: no configuration of Dependabot: no mapping"},
      {"alias", "d.yml:9:15: a YAML alias, which GitHub refuses in this file"},
      {"entry_in_braces", "d.yml:3:5: an entry in braces cannot be extended: not edited"},
      {"ignore_is_a_mapping", "d.yml:5:7: `ignore` is not a list: not edited"},
      {"ignore_is_null", "d.yml:4:13: `ignore` is not a list: not edited"},
      {"mark_without_begin",
       "d.yml:7:7: the comments \"# buildable: begin\" and \"# buildable: end\" do not pair"},
      {"mark_without_end",
       "d.yml:4:13: the comments \"# buildable: begin\" and \"# buildable: end\" do not pair"},
      {"marks_over_two_entries",
       "d.yml:4:13: the comments \"# buildable: begin\" and \"# buildable: end\" do not pair"},
      {"merge_conflict", "d.yml:4:22: not YAML: could not find expected ':'"},
      {"merge_key", "d.yml:5:9: a YAML alias, which GitHub refuses in this file"},
      {"no_yaml", "d.yml:3:1: not YAML: did not find expected node content"},
      {"not_utf8", "d.yml:2:6: the text is not UTF-8"},
      {"our_entry_changed", "d.yml:4:13: someone else has edited the entries between the marks"},
      {"own_entry_between_the_marks", "d.yml:4:13: someone else has edited the entries between"},
      {"repeated_key", "d.yml:5:5: the key \"ignore\" is there twice"},
      {"tab", "d.yml:3:1: not YAML: found character that cannot start any token"},
      {"two_documents", "d.yml:4:1: a second document, where one was expected"},
      {"updates_in_brackets", "d.yml:1:28: an entry in braces cannot be extended: not edited"},
      {"updates_is_a_mapping", "d.yml:3:3: `updates` is not a list"},
  };
  std::set<std::string> tried;
  for (const Case& it : cases) {
    CAPTURE(it.file);
    const std::string name = std::string("bad_") + it.file + ".yml";
    const auto result = with_ignores(test::content(data / name), "d.yml", usual);
    REQUIRE_FALSE(result.has_value());
    CHECK_MESSAGE(result.error().to_text().starts_with(it.says), result.error().to_text());
    tried.insert(name);
  }
  for (const fs::path& file : files("bad_"))
    CHECK_MESSAGE(tried.contains(file.filename().string()), file.string());
}

TEST_CASE("a refusal has the entries to put in by hand") {
  const auto refused = with_ignores("updates:\n  - {package-ecosystem: docker}\n", "d.yml", usual);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().diagnostics()[0].hint ==
        "put in by hand, under `ignore:`\n"
        "      - dependency-name: \"python\"\n"
        "        versions: [\">= 3.15.a\"]\n");
}

TEST_CASE("random layouts: proven, once is twice, another policy moves nothing, removal restores") {
  int with_ours = 0;
  for (unsigned seed = 0; seed < 4000; ++seed) {
    CAPTURE(seed);
    const std::string text = DependabotWriting(seed).document();
    check_laws(text);
    with_ours += has_marks(applied(text, usual)) ? 1 : 0;
  }
  CHECK(with_ours > 2000);
}

TEST_CASE("what the user's own entries ignore already is not said again") {
  const std::string start = "version: 2\nupdates:\n  - package-ecosystem: docker\n    ignore:\n";
  const auto own = [&](const std::string& entry) {
    return start + "      - dependency-name: " + entry + "\n";
  };
  for (const char* entry : {"python", "\"Python\"", "python\n        versions: [\">= 3.15.a\"]",
                            "python\n        versions: [\"1\", \">= 3.15.a\"]"}) {
    CAPTURE(entry);
    CHECK(applied(own(entry), usual) == own(entry));
    // Ours from before goes, and comes again when theirs has gone.
    const std::string ours = applied(start + "      - dependency-name: x\n", usual);
    const std::string both =
        replace_all(ours, "dependency-name: x", "dependency-name: " + std::string(entry));
    REQUIRE(both != ours);
    CHECK(applied(both, usual) == own(entry));
  }
  for (const char* entry : {"x", "python\n        versions: [\">= 3.16.a\"]",
                            "python\n        update-types: [\"version-update:semver-major\"]"}) {
    CAPTURE(entry);
    CHECK(has_marks(applied(own(entry), usual)));
  }
}

TEST_CASE("entries for one of the `updates` go to that one") {
  const std::string update = "  - package-ecosystem: docker\n";
  const std::string text = "version: 2\nupdates:\n" + update + "    directory: /a\n" + update +
                           "    directories: [/b, \"c/*\"]\n" + update + "    directories: [[x]]\n";
  const auto updates = updates_in(text, "d.yml");
  REQUIRE(updates.has_value());
  REQUIRE(updates->size() == 3);
  CHECK((*updates)[0].ecosystem == "docker");
  CHECK((*updates)[0].directories == std::vector<std::string>{"/a"});
  CHECK((*updates)[1].directories == std::vector<std::string>{"/b", "c/*"});
  CHECK((*updates)[2].directories.empty());
  const Wanted apart{{"docker", {{"python", {">= 3.15.a"}}}, {}, 0},
                     {"docker", {{"node", {">= 27.a"}}}, {}, 1}};
  const std::string once = applied(text, apart);
  CAPTURE(once);
  CHECK(once.find("python") < once.find("/b"));
  CHECK(once.find("node") > once.find("/b"));
  CHECK(once.find("node") < once.find("[[x]]"));
  CHECK(applied(once, apart) == once);
  CHECK(applied(once, {}) == text);
}

TEST_CASE("between brackets every line is deeper than the key, as YAML 1.2 wants it") {
  const std::string start = "updates:\n  - package-ecosystem: pip\n    ignore:";
  const std::string spaces = "      ";
  for (const char* own :
       {" [{dependency-name: x}]", " [ {dependency-name: x}]",
        " [   {dependency-name: x}, {dependency-name: y} ] # why", " []", "  [ ]"}) {
    const std::string text = start + own + "\n    labels: []\n";
    CAPTURE(text);
    const std::string once = applied(text, usual);
    CAPTURE(once);
    const std::size_t bracket = once.find('[');
    const std::size_t end = once.find("\n    labels");
    for (std::size_t at = once.find('\n', bracket); at < end; at = once.find('\n', at + 1))
      CHECK(once.substr(at + 1).starts_with(spaces));
    CHECK(applied(once, usual) == once);
    CHECK(applied(once, {}) == text);

    // As an earlier version wrote it: it is brought deeper, and taken out without a trace.
    std::string earlier = once;
    earlier.erase(earlier.find("[  #") + 1, 1);
    earlier.erase(earlier.find('\n', earlier.find("# buildable: end")) + 1, 2);
    CAPTURE(earlier);
    CHECK(applied(earlier, usual) == once);
    CHECK(applied(earlier, {}) == text);
    CHECK(applied(earlier, later) == applied(text, later));
  }
}

TEST_CASE("entries that a user adds behind ours stay, whatever becomes of ours") {
  const std::string once = applied(test::content(data / "good_usual.yml"), usual);
  const std::string own = "      - dependency-name: \"django\"\n";
  std::string text = once;
  text.insert(text.find("      # buildable: end\n") + 23, own);
  const std::string moved = applied(text, later);
  CHECK(moved.find("# buildable: end\n" + own) != moved.npos);
  CHECK(applied(moved, usual) == text);
  const std::string removed = applied(text, {});
  CHECK(removed.find("    ignore:\n" + own) != removed.npos);
  CHECK_FALSE(has_marks(removed));
}

TEST_CASE("what a formatter does to the entries between the marks is not an edit of theirs") {
  std::string text = applied(test::content(data / "good_usual.yml"), usual);
  text = replace_all(text, "\"python\"", "'python'");
  text = replace_all(text, "[\">= 3.15\"]", "\n          - '>= 3.15'");
  CHECK(applied(text, usual) == text);
  CHECK(applied(text, {}) == test::content(data / "good_usual.yml"));
}

TEST_CASE("damaged texts are edited as proven, or refused") {
  std::mt19937 random(11);
  for (unsigned seed = 0; seed < 400; ++seed) {
    std::string text = applied(DependabotWriting(seed).document(), usual);
    for (int i = 0; i < 10; ++i) {
      std::string damaged = text;
      damaged[random() % damaged.size()] = " #-:[]{}\n\"x"[random() % 11];
      const auto after = with_ignores(damaged, "d.yml", later);
      if (after) CHECK(applied(*after, later) == *after);
    }
  }
}

TEST_CASE("ranges for older pins stay when the pins move on, and go when the limit moves") {
  const std::string text = "version: 2\nupdates:\n  - package-ecosystem: docker\n";
  const std::string old_gap = ">= 1.22.13.a, < 1.23.a";
  const std::string limit = ">= 1.26.3.a";
  const std::string for_older = applied(text, {{"docker", {{"golang", {old_gap, limit}}}, {}}});
  const auto go = [](std::vector<std::string> needed, std::vector<std::string> also) {
    Wanted wanted{{"docker", {}, {{"golang", std::move(also)}}}};
    if (!needed.empty()) wanted[0].entries.push_back({"golang", std::move(needed)});
    return wanted;
  };
  CHECK(applied(for_older, go({limit}, {old_gap, limit})) == for_older);
  CHECK(applied(for_older, go({limit}, {limit})) == applied(text, go({limit}, {})));
  CHECK(applied(for_older, go({">= 1.27.1.a"}, {old_gap})) ==
        applied(text, go({">= 1.27.1.a"}, {})));
  CHECK(applied(for_older, go({}, {old_gap, limit})) == text);
}

TEST_CASE("entries of one dependency for each range become one, and are known as ours") {
  const std::string text = "version: 2\nupdates:\n  - package-ecosystem: pip\n";
  const std::string once = applied(text, usual);
  const std::string long_ago = replace_all(
      once, "[\">= 3.15\", \"< 3.10\"]",
      "[\">= 3.15\"]\n      - dependency-name: \"python\"\n        versions: [\"< 3.10\"]");
  REQUIRE(long_ago != once);
  CHECK(applied(long_ago, usual) == once);
  CHECK(applied(long_ago, {}) == text);
}

TEST_CASE("a comment says where the entries come from and that they age; long lists are broken") {
  const auto made =
      with_ignores("version: 2\nupdates:\n  - package-ecosystem: npm\n", "d.yml", later, source);
  REQUIRE(made.has_value());
  const std::size_t begin = made->find('\n', made->find("# buildable: begin")) + 1;
  CHECK(made->substr(begin) ==
        "      # What the builder cannot build, as of 2026-05-14.\n"
        "      # They age: run \"buildable apply\" again to renew them.\n"
        "      - dependency-name: \"node\"\n"
        "        versions: [\">= 27\", \"= \\\\\\\"1\\\"\", \">= 24.16.0.a, < 25.a\", \">= "
        "25.9.1.a, < 26.a\",\n"
        "                   \">= 26.1.2.a, < 26.9.a\"]\n"
        "      - dependency-name: \"@types/node\"\n"
        "        versions: [\">= 27\"]\n"
        "      # buildable: end\n");
}

TEST_CASE("many ranges cost in proportion") {
  // Every byte of the text and every range is looked at a bounded number of times.
  Wanted many{{"docker", {}, {}}};
  for (int i = 0; i < 3000; ++i)
    many[0].entries.push_back({"image" + std::to_string(i), {">= 1", ">= 2"}});
  many[0].also = many[0].entries;
  const std::string text = "version: 2\nupdates:\n  - package-ecosystem: docker\n";
  const std::string once = applied(text, many);
  CHECK(applied(once, many) == once);
  CHECK(applied(once, {}) == text);
}
