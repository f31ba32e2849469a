// heroku/ruby. Sources: heroku/buildpacks-ruby, buildpacks/ruby/src/main.rs, layers and
// commons/src/gemfile_lock.rs at the release tags.
#include <algorithm>
#include <optional>

#include "base/characters.h"
#include "base/text.h"
#include "build/gemfile.h"
#include "build/model.h"
#include "build/rust_text.h"
#include "version/range.h"

namespace buildable::build {
namespace {

constexpr std::string_view gem_file = "Gemfile";
constexpr std::string_view version_file = ".ruby-version";
constexpr std::string_view lock_file = "Gemfile.lock";
constexpr std::string_view heading = "RUBY VERSION";

bool wants(std::string_view path) {
  return path == lock_file || path == gem_file || path == version_file;
}

bool needs_java(const SourceFile& lock) {
  return lock.known && lock.text.find("(jruby ") != std::string_view::npos;
}

Answer unreadable_lock(std::string error, bool folder) {
  return fails(
      "ruby", "ruby-lock", std::move(error), {lock_file},
      folder ? "Gemfile.lock is a folder; the build takes a file"
             : "Gemfile.lock is not UTF-8 text",
      folder ? "give the folder another name, and run bundle lock" : "run bundle lock again");
}

Detection detect(const Context& context) {
  Detection detection{.passes = true, .provides = {"ruby"}};
  const SourceFile* lock = context.files.find(lock_file);
  const bool there = context.files.exists(lock_file);
  const bool readable = lock && (!lock->known || is_valid_utf8(lock->text));
  // Where it cannot be read the buildpack ends, and another group of the builder gets its turn.
  if (there && !readable && context.behaves("detect-reads-lock"))
    return {.broken = unreadable_lock("BuildpackDetectionError", !lock)};
  if (!readable) {
    if (context.files.exists(gem_file)) detection.requirements = {"ruby"};
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

// JRuby's archives are on no list of the facts: those that were announced stand in the rules.
Answer from_jruby_archives(const Context& context, const Locked& locked, const std::string& jruby) {
  const Place place{lock_file, locked.line};
  const auto announced = split(context.value("jruby-archives"), ' ');
  if (std::find(announced.begin(), announced.end(), jruby) == announced.end())
    return unknown("ruby", "ruby-lock", place,
                   "whether JRuby " + shortened(jruby, shown_length) + " is in the archives for " +
                       context.state.target().stack + " is not known: they have no list");
  return builds("ruby", "ruby-lock", locked.version + "-jruby-" + jruby, place,
                "Gemfile.lock names JRuby " + jruby);
}

// --- Bundler, which compares the Ruby that it runs on with what the Gemfile asks for ---

// "3.4.4", and no prerelease.
bool is_release(std::string_view version) {
  return three_numbers(version) == version.size() && !version.empty();
}

// "~> 3.4", ">= 3.3.5", "3.4.4": numbers behind an operator, as Gem::Requirement takes them.
bool is_plain_requirement(std::string_view text) {
  text = trim(text);
  text.remove_prefix(std::min(text.find_first_not_of("=!<>~"), text.size()));
  const auto pieces = split(trim(text), '.');
  return std::all_of(pieces.begin(), pieces.end(), is_digits);
}

// `file: ".ruby-version"` is known to Bundler 2.5, which the lock has to name then.
std::vector<std::string> in_version_file(const Files& files, const SourceFile& lock,
                                         std::string_view name) {
  constexpr std::string_view bundled = "BUNDLED WITH\n   ";
  const std::size_t at = lock.text.find(bundled);
  const SourceFile* file = files.find(name);
  if (at == std::string_view::npos || !file || !file->known) return {};
  const std::string_view bundler = lock.text.substr(at + bundled.size(), 4);
  if (!(bundler.starts_with("2.") && bundler >= "2.5.") && !bundler.starts_with("4.")) return {};
  std::string_view version = trim(file->text);
  if (version.starts_with("ruby-")) version.remove_prefix(5);
  return is_release(version) ? std::vector{std::string(version)} : std::vector<std::string>();
}

// What the Gemfile asks for and the Ruby is not; nothing where that is not certain.
std::optional<Answer> refused_by_bundler(const Context& context, const SourceFile& lock,
                                         const std::string& installed) {
  const SourceFile* file = context.files.find(gem_file);
  if (!file || !file->known || !is_release(installed)) return std::nullopt;
  auto asked = ruby_of_gemfile(file->text);
  if (!asked) return std::nullopt;
  if (!asked->file.empty()) asked->requirements = in_version_file(context.files, lock, asked->file);
  const auto version = Version::parse(Scheme::ruby, installed);
  const auto& all = asked->requirements;
  if (!version || !std::all_of(all.begin(), all.end(), is_plain_requirement)) return std::nullopt;
  const bool refuses = std::any_of(all.begin(), all.end(), [&](const std::string& each) {
    const auto range = parse_range(Grammar::ruby, Scheme::ruby, each);
    return range && !range->contains(*version);
  });
  if (!refuses) return std::nullopt;
  const std::string wanted = shortened(join(all, ", "), shown_length);
  return fails("ruby", "ruby-gemfile",
               "BundleInstallCommandError Your Ruby version is " + installed +
                   ", but your Gemfile specified " + wanted,
               {gem_file, asked->line},
               "the build installs Ruby " + installed + ", but the Gemfile asks for " + wanted +
                   ", and Bundler refuses to run",
               "run bundle update --ruby with a Ruby that the Gemfile takes, and commit "
               "Gemfile.lock");
}

Answer missing_lock() {
  return fails("ruby", "ruby-lock-missing", "MissingGemfileLock", {gem_file},
               "there is a Gemfile, but no Gemfile.lock",
               "run bundle install and commit Gemfile.lock");
}

Answer from_lock(const Context& context, const Alternative& facts, const SourceFile& lock) {
  const auto locked = locked_ruby(lock.text, context);
  const auto jruby = locked ? locked_jruby(lock.text) : std::nullopt;
  if (jruby) return from_jruby_archives(context, *locked, *jruby);
  Answer answer = locked ? from_archives(context, facts, *locked) : take_default(facts, lock);
  if (answer.outcome == Outcome::fails) return answer;
  auto refused =
      refused_by_bundler(context, lock, locked ? locked->version : facts.default_version);
  return refused ? std::move(*refused) : answer;
}

void build(const Context& context, std::vector<Answer>& answers) {
  const SourceFile* lock = context.files.find(lock_file);
  const Alternative* facts = context.state.runtime("ruby");
  if (!lock)
    answers.push_back(missing_lock());
  else if (!lock->known || !facts)
    answers.push_back(unknown("ruby", "file-not-read", {lock_file}, "Gemfile.lock was not read"));
  else if (!is_valid_utf8(lock->text))
    answers.push_back(unreadable_lock("MissingGemfileLock", false));
  else
    answers.push_back(from_lock(context, *facts, *lock));
}

}  // namespace

const Model ruby_model{"heroku/ruby", wants, detect, build};

}  // namespace buildable::build
