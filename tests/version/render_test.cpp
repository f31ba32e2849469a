// Sets in the grammars of pins: by table, and read back.
#include "version/render.h"

#include <doctest/doctest.h>

#include "version/range.h"
#include "version/render_support.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

struct Renderer {
  Scheme scheme;
  Grammar grammar;
  Rendered (*render)(const VersionSet&);
};
const Renderer renderers[] = {
    {Scheme::semver, Grammar::npm, to_npm},   {Scheme::dotnet, Grammar::npm, to_npm},
    {Scheme::go, Grammar::npm, to_npm},       {Scheme::pep440, Grammar::pep440, to_pep440},
    {Scheme::ruby, Grammar::ruby, to_ruby},   {Scheme::composer, Grammar::composer, to_composer},
    {Scheme::maven, Grammar::maven, to_maven}};

struct Row {
  Scheme scheme;
  const char* set;
  const char* text;
  bool exact = true;
};

void check_rows(Rendered (*render)(const VersionSet&), std::span<const Row> rows) {
  for (const Row& row : rows) {
    CAPTURE(row.set);
    const Rendered rendered = render(set_of(row.scheme, row.set));
    CHECK(rendered.text == std::string(row.text));
    CHECK(rendered.exact == row.exact);
    CHECK(rendered.remark.empty() == row.exact);
  }
}

}  // namespace

TEST_CASE("npm ranges") {
  const Row rows[] = {
      {Scheme::semver, "none", "<0.0.0-0"},
      {Scheme::semver, "[0.0.0, *)", "*"},
      {Scheme::semver, "[18, 23) | [24, *)", ">=18 <23 || >=24"},
      {Scheme::semver, "{22.1.0, 22.1.1, 24.0.0}", ">=22.1 <=22.1.1 || 24.0.0"},
      {Scheme::semver, "[22.1.0, 23); pre {24.0.0-rc.1}", ">=22.1 <23 || 24.0.0-rc.1"},
      {Scheme::semver, "[22, 23); pre [~23, ~24)", ">=22 <23", false},
      {Scheme::go, "[1.24.0, 1.24.4); pre {1.25rc1}", ">=1.24 <=1.24.3", false},
  };
  check_rows(to_npm, rows);
}

TEST_CASE("PEP 440 specifiers") {
  const Row rows[] = {
      {Scheme::pep440, "none", "==0,!=0"},
      {Scheme::pep440, "[3.10, 3.15)", ">=3.10,<3.15"},
      {Scheme::pep440, "{3.14.2}", "==3.14.2"},
      {Scheme::pep440, "{3.14}", "==3.14.0"},
      {Scheme::pep440, "none; pre {3.15.0rc1}", "==3.15.0rc1"},
      {Scheme::pep440, "[3.9, 3.10) | [3.12, 3.15)", ">=3.9,<3.15,!=3.10.*,!=3.11.*"},
      {Scheme::pep440, "{3.9.1, 3.9.2, 3.9.4}", ">=3.9.1,<=3.9.4,!=3.9.3"},
      {Scheme::pep440, "[2.7, 3) | [3.3, *)", ">=2.7,!=3.0.*,!=3.1.*,!=3.2.*"},
      // What lies below 3.10.5 has no finite list of exclusions: the series goes.
      {Scheme::pep440, "[3.9, 3.10.5) | [3.11, 3.12)", ">=3.9,<3.12,!=3.10.*", false},
      {Scheme::pep440, "{3.9.1} | {3.10.2} | {3.11.3}", "==3.11.3", false},
      {Scheme::pep440, "[3.10, 3.15); pre {3.15.0rc1}", ">=3.10,<3.15", false},
  };
  check_rows(to_pep440, rows);
}

TEST_CASE("Ruby requirements") {
  const Row rows[] = {
      {Scheme::ruby, "none", "= 0, != 0"},
      {Scheme::ruby, "{3.4.2}", "= 3.4.2"},
      {Scheme::ruby, "none; pre {3.4.0.preview1}", "= 3.4.0.preview1"},
      {Scheme::ruby, "[3.2, 3.5)", ">= 3.2, < 3.5.a", false},
      {Scheme::ruby, "{3.4.1, 3.4.2, 3.4.4}", ">= 3.4.1, <= 3.4.4, != 3.4.3", false},
      {Scheme::ruby, "{3.3.1} | [3.4, *)", ">= 3.4", false},
  };
  check_rows(to_ruby, rows);
}

TEST_CASE("Composer constraints") {
  const Row rows[] = {
      {Scheme::composer, "none", "<0"},
      {Scheme::composer, "[8.2, 8.5)", ">=8.2 <8.5"},
      {Scheme::composer, "{8.2.1, 8.4.0, 8.4.1}", "8.2.1 || >=8.4 <=8.4.1"},
      {Scheme::composer, "none; pre {8.5.0RC1}", "8.5.0-RC1"},
      // Naming a prerelease would let in those of 8.4 too.
      {Scheme::composer, "[8.4, 8.5); pre {8.5.0RC1}", ">=8.4 <8.5", false},
  };
  check_rows(to_composer, rows);
}

TEST_CASE("Maven ranges") {
  const Row rows[] = {
      {Scheme::maven, "all", "(,)"},
      {Scheme::maven, "{3.9.8, 3.9.9}", "[3.9.8],[3.9.9]"},
      {Scheme::maven, "[3.9, 4)", "[3.9,4-alpha)", false},
      {Scheme::maven, "[3.9, 4) | {4.0.1}; pre {3.9.1-rc-1, 4.0.0-rc-3}",
       "[3.9,4-alpha),[4.0.0-rc-3],[4.0.1]", false},
  };
  check_rows(to_maven, rows);
}

TEST_CASE("read back, a text admits the set's releases or fewer, and says which") {
  std::uint64_t seed = 100;
  for (const Renderer& renderer : renderers) {
    PolicySets sets(renderer.scheme, ++seed);
    int exact = 0;
    for (int round = 0; round < 400; ++round) {
      const VersionSet set = sets.next();
      const Rendered rendered = renderer.render(set);
      INFO(name_of(renderer.grammar) << ": " << rendered.text << " of " << to_string(set));
      const Result<VersionSet> read = parse_range(renderer.grammar, renderer.scheme, rendered.text);
      REQUIRE(read);
      bool fewer = false;
      for (const Texts& numbers : neighbourhood(set)) {
        const Version version = version_of(renderer.scheme, dotted_numbers(numbers));
        CHECK((set.contains(version) || !read->contains(version)));
        fewer = fewer || (set.contains(version) && !read->contains(version));
      }
      exact += rendered.exact;
      CHECK(!(fewer && rendered.exact));
      CHECK(rendered.exact == rendered.remark.empty());
      if (rendered.exact) CHECK(read->minus(read->finals_only()) == set.minus(set.finals_only()));
    }
    MESSAGE(name_of(renderer.grammar)
            << " over " << name_of(renderer.scheme) << ": " << exact << " of 400 exact");
  }
}

TEST_CASE("a hull is made of whole series and no more than it needs") {
  CHECK(series_hull(set_of(Scheme::dotnet, "{8.0.100, 9.0.203, 9.0.204}"), 2) ==
        set_of(Scheme::dotnet, "[8.0.0, 8.1.0) | [9.0.0, 9.1.0)"));
  CHECK(series_hull(set_of(Scheme::semver, "[18, 23) | {24.1.2}"), 1) ==
        set_of(Scheme::semver, "[18, 23) | [24, 25)"));
  CHECK(series_hull(set_of(Scheme::pep440, "[3.10.2, *)"), 2) ==
        set_of(Scheme::pep440, "[3.10, *)"));
  CHECK(series_hull(set_of(Scheme::dotnet, "none; pre {10.0.100-rc.1}"), 2) ==
        set_of(Scheme::dotnet, "none; pre [~10.0.0, ~10.1.0)"));
  CHECK(series_hull(VersionSet::none(Scheme::go), 2).empty());

  std::uint64_t seed = 200;
  for (const Scheme scheme : {Scheme::pep440, Scheme::semver, Scheme::dotnet, Scheme::ruby}) {
    PolicySets sets(scheme, ++seed);
    for (int round = 0; round < 200; ++round) {
      const VersionSet set = sets.next();
      for (const int components : {1, 2}) {
        const VersionSet hull = series_hull(set, components);
        INFO(to_string(hull) << " of " << to_string(set));
        CHECK(hull.includes(set));
        CHECK(series_hull(hull, components) == hull);
        for (Texts numbers : neighbourhood(set)) {
          numbers.resize(static_cast<std::size_t>(components));
          const VersionSet series = VersionSet::series(scheme, numbers).finals_only();
          CHECK(hull.intersects(series) == set.intersects(series));
          CHECK(hull.includes(series) == set.intersects(series));
        }
      }
    }
  }
}
