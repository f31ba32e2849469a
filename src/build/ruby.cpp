// heroku/ruby. Sources: heroku/buildpacks-ruby, buildpacks/ruby/src/main.rs and
// commons/src/gemfile_lock.rs at the release tags.
#include <algorithm>
#include <optional>

#include "base/text.h"
#include "build/model.h"
#include "build/rust_text.h"

namespace buildable::build {
namespace {

constexpr std::string_view lock_file = "Gemfile.lock";
constexpr std::string_view heading = "RUBY VERSION";

bool wants(std::string_view path) { return path == lock_file; }

bool needs_java(const SourceFile& lock) {
  return lock.known && lock.text.find("(jruby ") != std::string_view::npos;
}

Detection detect(const Context& context) {
  Detection detection{.passes = true, .provides = {"ruby"}};
  const SourceFile* lock = context.files.find(lock_file);
  if (!lock) {
    if (context.files.exists("Gemfile")) detection.requirements = {"ruby"};
    return detection;
  }
  detection.requirements = {"ruby"};
  const bool package = context.files.exists("package.json");
  const bool yarn = context.files.exists("yarn.lock");
  if (context.behaves("requires-heroku-nodejs")) {
    if (package || yarn) detection.requirements.push_back("heroku/nodejs");
  } else {
    if (package) detection.requirements.push_back("node");
    if (yarn) detection.requirements.push_back("yarn");
  }
  if (needs_java(*lock)) detection.requirements.push_back("jdk");
  return detection;
}

std::size_t digits(std::string_view text) {
  return std::min(text.find_first_not_of("0123456789"), text.size());
}

// "3.4.0" at the start; 0 where there are no three numbers.
std::size_t three_numbers(std::string_view text) {
  std::size_t end = 0;
  for (int i = 0; i < 3; ++i) {
    if (i > 0) {
      if (end >= text.size() || text[end] != '.') return 0;
      ++end;
    }
    const std::size_t length = digits(text.substr(end));
    if (length == 0) return 0;
    end += length;
  }
  return end;
}

// ".preview2", "-p123" behind the numbers: up to the last digit before a blank.
std::size_t suffix(std::string_view text) {
  if (!text.starts_with('.') && !text.starts_with('-')) return 0;
  const std::string_view word = rust::words(text).front();
  const std::size_t last = word.find_last_of("0123456789");
  return last == std::string_view::npos || last == 0 ? 0 : last + 1;
}

struct Locked {
  std::string version;
  int line = 0;
};

// What stands behind one heading: any white space character, then the blanks and the version.
std::optional<std::string> version_behind(std::string_view text, const Context& context) {
  const bool windows = text.starts_with("\r\n");
  if (windows || text.empty()) return std::nullopt;
  const std::string_view first = text.substr(0, 1);
  if (!rust::trim(first).empty()) return std::nullopt;
  text.remove_prefix(1);
  const std::size_t blanks = std::min(text.find_first_not_of(' '), text.size());
  if (blanks != 3 && !(blanks == 2 && context.behaves("lock-takes-two-blanks")))
    return std::nullopt;
  text.remove_prefix(blanks);
  if (!text.starts_with("ruby ")) return std::nullopt;
  text.remove_prefix(5);
  std::size_t end = three_numbers(text);
  if (end == 0) return std::nullopt;
  if (context.behaves("lock-takes-prereleases")) end += suffix(text.substr(end));
  return std::string(text.substr(0, end));
}

std::optional<Locked> locked_ruby(std::string_view text, const Context& context) {
  for (std::size_t at = text.find(heading); at != std::string_view::npos;
       at = text.find(heading, at + 1)) {
    auto version = version_behind(text.substr(at + heading.size()), context);
    if (version) return Locked{std::move(*version), position_at(text, at).line + 1};
  }
  return std::nullopt;
}

// "(jruby 9.4.8.0)" anywhere: "9.4.8.0".
std::optional<std::string> locked_jruby(std::string_view text) {
  constexpr std::string_view opening = "(jruby ";
  for (std::size_t at = text.find(opening); at != std::string_view::npos;
       at = text.find(opening, at + 1)) {
    const std::string_view rest = text.substr(at + opening.size());
    const std::size_t end = std::min(rest.find_first_not_of("0123456789."), rest.size());
    if (end > 0 && end < rest.size() && rest[end] == ')') return std::string(rest.substr(0, end));
  }
  return std::nullopt;
}

Answer take_default(const Alternative& facts, const SourceFile& lock) {
  const std::size_t at = lock.text.find(heading);
  const bool named = at != std::string_view::npos;
  const Place place{lock_file, named ? position_at(lock.text, at).line : 0};
  if (facts.default_version.empty())
    return unknown("ruby", "ruby-default", place, "which Ruby is the default is not known");
  if (!named)
    return builds("ruby", "ruby-default", facts.default_version, place,
                  "Gemfile.lock names no Ruby: the build takes its default");
  const bool windows = lock.text.substr(at + heading.size()).starts_with("\r\n");
  Answer answer = builds("ruby", "ruby-default", facts.default_version, place,
                         windows ? "Gemfile.lock has Windows line ends, so the build does not find "
                                   "the Ruby that it names and takes its default"
                                 : "the build cannot read the Ruby that Gemfile.lock names and "
                                   "takes its default");
  answer.help = windows ? "save Gemfile.lock with \"\\n\" line ends"
                        : "write it as Bundler does: three blanks, \"ruby X.Y.Z\"";
  return answer;
}

Answer from_archives(const Context& context, const Alternative& facts, const Locked& locked) {
  const Place place{lock_file, locked.line};
  const std::string reason = "Gemfile.lock names Ruby " + locked.version;
  const auto version = Version::parse(facts.scheme, locked.version);
  const auto is_it = [&](const Version* each) { return version && *each == *version; };
  if (std::any_of(facts.known.begin(), facts.known.end(), is_it))
    return builds("ruby", "ruby-lock", locked.version, place, reason);
  if (version && facts.cannot_build(*version))
    return fails("ruby", "ruby-lock", "RubyInstallError", place,
                 reason + ", of which there is no archive for this builder",
                 "choose another Ruby in the Gemfile and run bundle lock");
  return unknown("ruby", "ruby-lock", place,
                 "whether Ruby " + locked.version + " is in the archives for " +
                     context.state.target().stack + " is not known: they have no list");
}

Answer missing_lock() {
  return fails("ruby", "ruby-lock-missing", "MissingGemfileLock", {"Gemfile"},
               "there is a Gemfile, but no Gemfile.lock",
               "run bundle install and commit Gemfile.lock");
}

void build(const Context& context, std::vector<Answer>& answers) {
  const SourceFile* lock = context.files.find(lock_file);
  const Alternative* facts = context.state.runtime("ruby");
  if (!lock) return answers.push_back(missing_lock());
  if (!lock->known || !facts)
    return answers.push_back(
        unknown("ruby", "file-not-read", {lock_file}, "Gemfile.lock was not read"));
  if (!is_valid_utf8(lock->text))
    return answers.push_back(fails("ruby", "ruby-lock", "MissingGemfileLock", {lock_file},
                                   "Gemfile.lock is not UTF-8 text", "run bundle lock again"));
  auto locked = locked_ruby(lock->text, context);
  if (!locked) return answers.push_back(take_default(*facts, *lock));
  const auto jruby = locked_jruby(lock->text);
  if (!jruby) return answers.push_back(from_archives(context, *facts, *locked));
  // JRuby's archives are recorded nowhere; the buildpack's own readme names the form.
  answers.push_back(builds("ruby", "ruby-lock", locked->version + "-jruby-" + *jruby,
                           {lock_file, locked->line}, "Gemfile.lock names JRuby " + *jruby));
}

}  // namespace

const Model ruby_model{"heroku/ruby", wants, detect, build};

}  // namespace buildable::build
