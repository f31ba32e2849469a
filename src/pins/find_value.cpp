#include "pins/find_value.h"

#include <algorithm>

#include "base/characters.h"
#include "base/ignore.h"
#include "base/text.h"
#include "pins/roll_forward.h"

namespace buildable::pins {
namespace {

constexpr std::string_view version_mark = "{version}";

// The reading that heroku/dotnet has now; who judges reads it again where it must.
constexpr RollForwardReading newest_reading = RollForwardReading::since_0_12;
constexpr std::string_view newest_reading_name = "since_0_12";

bool is_word(std::string_view pattern, std::string_view text) {
  return pattern == "*" ? text == pattern : glob_matches(pattern, text);
}

// A part of a text that shrinks at both ends.
struct Part {
  std::string_view text;
  std::size_t begin = 0;

  Part after(std::size_t count) const { return {text.substr(count), begin + count}; }
  Part first(std::size_t count) const { return {text.substr(0, count), begin}; }
  Part trimmed() const {
    const std::string_view inner = trim(text);
    return inner.empty()
               ? first(0)
               : Part{inner, begin + static_cast<std::size_t>(inner.data() - text.data())};
  }
};

VersionSet set_of(const Named& named, Scheme scheme) {
  return named.exact ? VersionSet::of(*named.exact)
                     : VersionSet::series(scheme, named.series).finals_only();
}

// The release numbers, whether of a version or of a series.
std::vector<std::string> numbers_of(const Named& named) {
  return named.exact ? named.exact->release() : named.series;
}

class Reader {
 public:
  Reader(const ValueReader& reader, const FoundValue& found, Pin& pin)
      : reader_(reader), rules_(*found.place->rules), found_(found), pin_(pin) {}

  // `part` is what names the version. Returns what of it really does.
  Part read(Part part) {
    part = part.trimmed();
    if (!found_.problem.empty()) return unreadable(part, found_.problem);
    if (!found_.moves.empty()) return moving(part, found_.moves);
    if (!rules_.around.empty()) {
      const auto inner = inside(part);
      if (!inner) return unreadable(part, "there is no \"" + rules_.around + "\" in it");
      part = *inner;
    }
    if (const SeriesName* codename = codename_of(part.text)) return series(part, codename->numbers);
    for (const std::string& word : rules_.moving)
      if (is_word(word, part.text)) return moving(part, what_else_it_names(part.text));
    return rules_.grammar.empty() || found_.names_only ? named(part) : named_or_range(part);
  }

 private:
  Scheme scheme() const { return reader_.runtime->scheme; }

  Part unreadable(Part part, std::string why) {
    pin_.form = PinForm::unreadable;
    pin_.accepts.reset();
    pin_.problem = std::move(why);
    return part;
  }
  Part moving(Part part, std::string how) {
    pin_.form = PinForm::moving;
    pin_.problem = std::move(how);
    return part;
  }
  Part series(Part part, const std::vector<std::string>& numbers) {
    pin_.form = PinForm::series;
    pin_.accepts = VersionSet::series(scheme(), numbers).finals_only();
    return part;
  }

  // Of a word that names no version because it names something else; empty: it means different
  // versions over time.
  std::string what_else_it_names(std::string_view word) const {
    if (rules_.key.starts_with("TargetFramework"))
      return "it is a framework of another kind than .NET's own, such as net8.0";
    for (const std::string_view engine : {"jruby", "truffleruby", "rbx", "mruby"})
      if (word.starts_with(engine)) return "it names another engine than the runtime's own";
    return {};
  }

  // Of ".../gradle-8.5-bin.zip" by "/gradle-{version}-" the "8.5".
  std::optional<Part> inside(Part part) const {
    const std::size_t mark = rules_.around.find(version_mark);
    const std::string_view around = rules_.around;
    const std::string_view before = around.substr(0, mark);
    const std::string_view behind = around.substr(mark + version_mark.size());
    const std::size_t at = before.empty() ? 0 : part.text.rfind(before);
    if (at == std::string_view::npos) return std::nullopt;
    part = part.after(at + before.size());
    if (behind.empty()) return part;
    const std::size_t end = part.text.find(behind);
    return end == std::string_view::npos ? std::nullopt : std::optional(part.first(end));
  }

  const SeriesName* codename_of(std::string_view text) const {
    for (const SeriesName& codename : reader_.codenames) {
      if (codename.name == text) return &codename;
      // Tags of images have no slash: "lts/jod" is "jod" there.
      const std::string_view name = codename.name;
      if (found_.is_image_tag && name.substr(name.rfind('/') + 1) == text) return &codename;
    }
    return nullptr;
  }

  // Behind the longest prefix that makes a version of it; as it is where none does.
  std::pair<Part, std::optional<Named>> without_prefix(Part part) const {
    std::pair<Part, std::optional<Named>> best{part, std::nullopt};
    std::size_t longest = 0;
    const auto consider = [&](std::string_view prefix) {
      if (!part.text.starts_with(prefix) || (best.second && prefix.size() <= longest)) return;
      const Part rest = part.after(prefix.size());
      const auto named = parse_named(scheme(), rest.text);
      if (!named || rest.text.empty()) return;
      best = {rest, *named};
      longest = prefix.size();
    };
    consider({});
    for (const std::string& prefix : rules_.prefixes) consider(prefix);
    return best;
  }

  Part named(Part part) {
    const auto [rest, named] = without_prefix(part);
    if (named) return version(rest, *named);
    if (part.text.empty()) return unreadable(part, "it is empty");
    if (found_.is_image_tag && !is_digit(part.text[0]))
      return moving(part,
                    "the tag means different versions over time; write one with a version number");
    return unreadable(part, in_quotes(part.text) + " is not a version of " + reader_.runtime->name);
  }

  // A text with a prefix is a version, not a range: Go's comment reads "go1.23" as "=1.23".
  Part named_or_range(Part part) {
    const auto [rest, named] = without_prefix(part);
    if (named && rest.begin != part.begin) return version(rest, *named);
    const auto grammar = grammar_named(rules_.grammar);
    if (!grammar) return unreadable(part, grammar.error().message());
    const auto set = parse_range(*grammar, scheme(), part.text, reader_.codenames);
    if (!set) return unreadable(part, set.error().message());
    if (named && set_of(*named, scheme()) == set->finals_only()) return version(rest, *named);
    if (named && named->exact && set_of(*named, scheme()) == *set) return version(rest, *named);
    pin_.form = PinForm::range;
    pin_.grammar = rules_.grammar;
    pin_.accepts = *set;
    return part;
  }

  Part version(Part part, const Named& named) {
    pin_.form = named.exact ? PinForm::exact : PinForm::series;
    pin_.accepts = set_of(named, scheme());
    if (!rules_.roll_forward.empty() && named.exact) return roll_forward(part, *named.exact);
    if (rules_.granularity == Granularity::series) {
      std::vector<std::string> numbers = numbers_of(named);
      const auto count = static_cast<std::size_t>(reader_.runtime->series_components);
      if (numbers.size() > count) numbers.resize(count);
      return series(part, numbers);
    }
    if (rules_.minimum) pin_.accepts = from(named);
    return part;
  }

  VersionSet from(const Named& named) const {
    const auto lowest = named.exact ? Result<Version>(*named.exact)
                                    : Version::parse(scheme(), join(named.series, "."));
    const auto side = named.exact ? Cut::Side::before : Cut::Side::floor;
    return lowest ? VersionSet::finals_between(scheme(), Cut{*lowest, side}, std::nullopt)
                  : set_of(named, scheme());
  }

  Part roll_forward(Part part, const Version& sdk) {
    const auto set = sdks_by_roll_forward(sdk, found_.roll_forward, newest_reading);
    if (!set) return unreadable(part, set.error().message());
    if (*set == VersionSet::of(sdk)) return part;
    pin_.form = PinForm::range;
    pin_.grammar = newest_reading_name;
    pin_.accepts = *set;
    return part;
  }

  const ValueReader& reader_;
  const PinPlace& rules_;
  const FoundValue& found_;
  Pin& pin_;
};

}  // namespace

ValueReader::ValueReader(const RuntimeRules& rules) : runtime(&rules) {
  for (const Codename& codename : rules.codenames) {
    SeriesName name{codename.name, {}};
    for (const std::string_view number : split(codename.series, '.'))
      name.numbers.emplace_back(number);
    codenames.push_back(std::move(name));
  }
}

Pin ValueReader::read(const FoundValue& found, std::string_view path, std::string_view text) const {
  const auto slice = [text](TextSpan span) {
    return text.substr(span.begin, span.end - span.begin);
  };
  Pin pin;
  pin.runtime = runtime->id;
  pin.file = path;
  pin.key = found.key;
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::string& where = found.where.empty() ? found.key : found.where;
  pin.place = where.empty() ? std::string(name) : where + " of " + std::string(name);
  pin.value = slice(found.value);
  pin.value_span = found.value;
  pin.granularity = found.place->rules->granularity;
  pin.list = found.list;
  pin.image = found.image;
  pin.distribution = found.distribution;
  pin.has_digest = found.has_digest;
  const std::string_view written = slice(found.version);
  const std::string_view said = found.said ? std::string_view(*found.said) : written;
  const Part read = Reader(*this, found, pin).read({said, found.version.begin});
  // Where the text says it in other letters, places inside it are not known.
  pin.version = found.said ? std::string(written) : std::string(read.text);
  pin.version_span =
      found.said ? found.version : TextSpan{read.begin, read.begin + read.text.size()};
  return pin;
}

}  // namespace buildable::pins
