// What holds of every set, on thousands of generated ones.
#include <algorithm>

#include "set_generator.h"

namespace buildable {
namespace {

constexpr int rounds = 400;  // of each scheme

bool between(const Version& v, const std::optional<Cut>& low, const std::optional<Cut>& high) {
  return (!low || v.key() >= low->key()) && (!high || v.key() < high->key());
}

VersionSet world_between(Scheme scheme, bool prereleases, const std::optional<Cut>& low,
                         const std::optional<Cut>& high) {
  return prereleases ? VersionSet::prereleases_between(scheme, low, high)
                     : VersionSet::finals_between(scheme, low, high);
}

std::string_view world_name(bool prereleases) {
  return prereleases ? ", prereleases from " : ", finals from ";
}

std::string text_of(const std::optional<Cut>& cut) {
  if (!cut) return "*";
  constexpr std::string_view sides[] = {"floor ", "before ", "after "};
  return std::string(sides[static_cast<int>(cut->side)]) + cut->at.text();
}

TEST_CASE("order is a strict weak order whose equals have equal keys") {
  for (Scheme scheme : every_scheme) {
    SetGenerator generator(scheme);
    for (int i = 0; i < 5 * rounds; ++i) {
      const Version &a = generator.any_version(), &b = generator.any_version(),
                    &c = generator.any_version();
      INFO(name_of(scheme), ": ", a.text(), ", ", b.text(), ", ", c.text());
      CHECK((order(a, a) == 0));
      CHECK(((order(a, b) < 0) == (order(b, a) > 0)));
      if (order(a, b) <= 0 && order(b, c) <= 0) CHECK((order(a, c) <= 0));
      CHECK(((a == b) == (order(a, b) == 0)));
    }
  }
}

TEST_CASE("a version's own spelling parses to itself") {
  for (Scheme scheme : every_scheme)
    for (const Version& v : pool(scheme)) {
      INFO(name_of(scheme), ": ", v.text());
      const Version again = version(scheme, v.text());
      CHECK(again == v);
      CHECK(again.text() == v.text());
      CHECK(again.is_prerelease() == v.is_prerelease());
      CHECK(again.release() == v.release());
    }
}

std::string any_text(std::mt19937& random) {
  constexpr std::string_view characters =
      "00011223456789......----__+!abcprvdevostRCu*xX~[](){}|, ;=\x80\xFF";
  std::string text;
  for (std::size_t length = random() % 12; length > 0; --length)
    text += characters[random() % characters.size()];
  return text;
}

TEST_CASE("any text is not a version, or one that every operation can take") {
  std::mt19937 random{20260514};
  for (int i = 0; i < 20 * rounds; ++i) {
    const std::string text = any_text(random);
    for (Scheme scheme : every_scheme) {
      const auto parsed = Version::parse(scheme, text);
      if (!parsed) continue;
      INFO(name_of(scheme), ": ", text);
      const Version again = version(scheme, parsed->text());
      CHECK(again == *parsed);
      CHECK(again.text() == parsed->text());
      CHECK(again.is_prerelease() == parsed->is_prerelease());
      const VersionSet set = VersionSet::of(*parsed);
      CHECK(set.contains(*parsed));
      CHECK(parse_set(scheme, to_string(set)).value() == set);
      const bool has_epoch = text.find('!') != std::string::npos;
      CHECK((has_epoch || VersionSet::series(scheme, parsed->release()).includes(set)));
    }
  }
}

TEST_CASE("a set between two cuts holds exactly what lies between them") {
  for (Scheme scheme : every_scheme) {
    SetGenerator generator(scheme);
    for (int i = 0; i < rounds; ++i) {
      const std::optional<Cut> low = generator.any_bound(), high = generator.any_bound();
      const bool prereleases = i % 2 == 0;
      const VersionSet set = world_between(scheme, prereleases, low, high);
      INFO(name_of(scheme), world_name(prereleases), text_of(low), " to ", text_of(high), ": ",
           to_string(set));
      for (const Version& v : generator.versions()) {
        const bool expected = v.is_prerelease() == prereleases && between(v, low, high);
        CHECK_MESSAGE(set.contains(v) == expected, v.text());
      }
    }
  }
}

TEST_CASE("operations agree with membership") {
  for (Scheme scheme : every_scheme) {
    SetGenerator generator(scheme);
    for (int i = 0; i < rounds / 4; ++i) {
      const VersionSet a = generator.any_set(), b = generator.any_set();
      INFO(name_of(scheme), ": ", to_string(a), " and ", to_string(b));
      const VersionSet both = a.intersect(b), either = a.unite(b), difference = a.minus(b),
                       rest = a.complement(), finals = a.finals_only();
      for (const Version& v : generator.versions()) {
        const bool in_a = a.contains(v), in_b = b.contains(v);
        const bool agree = both.contains(v) == (in_a && in_b) &&
                           either.contains(v) == (in_a || in_b) &&
                           difference.contains(v) == (in_a && !in_b) && rest.contains(v) != in_a &&
                           finals.contains(v) == (in_a && !v.is_prerelease());
        CHECK_MESSAGE(agree, v.text());
      }
    }
  }
}

TEST_CASE("laws of sets") {
  for (Scheme scheme : every_scheme) {
    SetGenerator generator(scheme);
    const VersionSet none = VersionSet::none(scheme), all = VersionSet::all(scheme);
    for (int i = 0; i < rounds; ++i) {
      const VersionSet a = generator.any_set(), b = generator.any_set(), c = generator.any_set();
      INFO(name_of(scheme), ": ", to_string(a), " and ", to_string(b), " and ", to_string(c));
      CHECK(a.unite(b) == b.unite(a));
      CHECK(a.intersect(b) == b.intersect(a));
      CHECK(a.unite(b.unite(c)) == a.unite(b).unite(c));
      CHECK(a.intersect(b.intersect(c)) == a.intersect(b).intersect(c));
      CHECK(a.intersect(b.unite(c)) == a.intersect(b).unite(a.intersect(c)));
      CHECK(a.unite(b.intersect(c)) == a.unite(b).intersect(a.unite(c)));
      CHECK(a.unite(b).complement() == a.complement().intersect(b.complement()));
      CHECK(a.intersect(b).complement() == a.complement().unite(b.complement()));
      CHECK(a.complement().complement() == a);
      CHECK(a.minus(a) == none);
      CHECK(a.minus(b) == a.minus(a.intersect(b)));
      CHECK(a.minus(b).unite(a.intersect(b)) == a);
      CHECK(a.unite(a.complement()) == all);
      CHECK(a.intersect(a.complement()) == none);
      CHECK(a.unite(none) == a);
      CHECK(a.intersect(all) == a);
      CHECK(a.includes(a.intersect(b)));
      CHECK(a.intersects(b) == !a.intersect(b).empty());
      CHECK((a.includes(b) && b.includes(a)) == (a == b));
    }
  }
}

TEST_CASE("intervals are in order, do not touch and are not empty") {
  for (Scheme scheme : every_scheme) {
    SetGenerator generator(scheme);
    for (int i = 0; i < rounds; ++i) {
      const VersionSet set = generator.any_set();
      INFO(name_of(scheme), ": ", to_string(set));
      for (auto intervals : {set.finals(), set.prereleases()})
        for (std::size_t n = 0; n < intervals.size(); ++n) {
          const Interval& interval = intervals[n];
          if (interval.low && interval.high) CHECK(interval.low->key() < interval.high->key());
          if (n == 0) continue;
          REQUIRE((intervals[n - 1].high && interval.low));
          CHECK(intervals[n - 1].high->key() < interval.low->key());
        }
    }
  }
}

// A set without members is empty and two sets with the same members are equal: where the cuts of an
// interval stay apart, one of these must lie between them.
std::vector<Version> witnesses(Scheme scheme, const std::optional<Cut>& low,
                               const std::optional<Cut>& high) {
  std::vector<Version> candidates = pool(scheme);
  const auto add = [&](const std::string& text) {
    if (auto v = Version::parse(scheme, text)) candidates.push_back(*std::move(v));
  };
  for (const auto& cut : {low, high}) {
    if (!cut) continue;
    const std::string& text = cut->at.text();
    add(text.substr(0, text.find("-dev")) + ".0-dev");
    for (std::string_view more : {".0.0.0.1",
                                  ".0",
                                  ".1",
                                  "0",
                                  "+0",
                                  "+00",
                                  ".dev0",
                                  ".post0.dev0",
                                  ".post0",
                                  ".0-dev",
                                  "-dev",
                                  "-patch",
                                  ".A",
                                  ".A.A.A",
                                  ".0.0.0.1.A",
                                  ".0.0.0.1-ea",
                                  "-alpha-alpha-alpha",
                                  "-sp-alpha-alpha",
                                  "-0",
                                  ".0.0.0.0.1",
                                  ".0.A",
                                  ".0.0.0.A",
                                  "-sp",
                                  ".0.0.0.0",
                                  "+x.00",
                                  ".0.0.0.0-alpha",
                                  ".0.0.0.0a",
                                  "--0",
                                  ".0.0.0.1.dev0",
                                  "-0.0.0.0.1",
                                  "-0.0.0.0.1-alpha",
                                  "+x",
                                  "1"})
      add(text + std::string(more));
  }
  return candidates;
}

TEST_CASE("cuts that part no versions make no interval") {
  for (Scheme scheme : every_scheme) {
    SetGenerator generator(scheme);
    for (int i = 0; i < 4 * rounds; ++i) {
      // Two cuts at one release are the likeliest to have nothing between them.
      const Cut low = generator.any_cut();
      Cut high = generator.any_cut();
      for (int tries = 0; tries < 50 && high.at.release() != low.at.release(); ++tries)
        high = generator.any_cut();
      for (bool prereleases : {false, true}) {
        const VersionSet set = world_between(scheme, prereleases, low, high);
        if (set.empty()) continue;
        INFO(name_of(scheme), world_name(prereleases), text_of(low), " to ", text_of(high), ": ",
             to_string(set));
        const auto versions = witnesses(scheme, low, high);
        CHECK(std::any_of(versions.begin(), versions.end(),
                          [&](const Version& v) { return set.contains(v); }));
      }
    }
  }
}

TEST_CASE("a set of releases holds these and no others") {
  for (Scheme scheme : every_scheme) {
    SetGenerator generator(scheme);
    for (int i = 0; i < rounds / 4; ++i) {
      std::vector<Version> list;
      for (std::size_t n = generator.below(12); n > 0; --n) list.push_back(generator.any_version());
      const VersionSet set = VersionSet::of(scheme, list);
      VersionSet united = VersionSet::none(scheme);
      for (const Version& v : list) united = united.unite(VersionSet::of(v));
      CHECK(set == united);
      std::reverse(list.begin(), list.end());
      CHECK(VersionSet::of(scheme, list) == set);
      for (const Version& v : generator.versions()) {
        // A PEP 440 version stands for its local versions too.
        const bool listed = std::any_of(list.begin(), list.end(), [&](const Version& member) {
          const bool local_of = scheme == Scheme::pep440 &&
                                member.text().find('+') == std::string::npos &&
                                v.key().substr(0, member.key().size()) == member.key();
          return member == v || local_of;
        });
        CHECK_MESSAGE(set.contains(v) == listed, v.text(), " and ", to_string(set));
      }
    }
  }
}

TEST_CASE("a set's text parses to the set") {
  for (Scheme scheme : every_scheme) {
    SetGenerator generator(scheme);
    for (int i = 0; i < 2 * rounds; ++i) {
      const VersionSet set = generator.any_set();
      const std::string text = to_string(set);
      const auto again = parse_set(scheme, text);
      INFO(name_of(scheme), ": ", text);
      REQUIRE(again.has_value());
      CHECK(*again == set);
    }
  }
}

}  // namespace
}  // namespace buildable
