#include "pins/judge_files.h"

#include <algorithm>

#include "base/characters.h"
#include "base/text.h"
#include "base/text_index.h"
#include "model/distributions.h"
#include "pins/judge_rules.h"
#include "policy/describe.h"

namespace buildable::pins {
namespace {

// The reference without its tag: what follows the last colon, if no slash follows that.
std::string_view repository_of(std::string_view reference) {
  const std::size_t colon = reference.rfind(':');
  const bool tagged =
      colon != std::string_view::npos && reference.find('/', colon) == std::string_view::npos;
  return tagged ? reference.substr(0, colon) : reference;
}

bool is_tag_character(char c) { return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-'; }

// A sentence's full stop is not part of a tag.
std::string_view tag_at(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && is_tag_character(text[end])) ++end;
  while (end > begin && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
  return text.substr(begin, end - begin);
}

constexpr std::size_t most_in_one_file = 1000;

PinFinding file_finding(std::string_view rule, Level level, const RepositoryFile& file,
                        TextPosition position, std::string message) {
  PinFinding finding;
  finding.rule = rule;
  finding.level = level;
  finding.pin.file = file.path;
  finding.pin.line = position.line;
  finding.pin.column = position.column;
  finding.reason = std::move(message);
  return finding;
}

// Some triggers are told in words, for people.
bool is_file_name(const std::string& trigger) {
  return !trigger.empty() && trigger.find_first_of(" ,/") == std::string::npos;
}

}  // namespace

FileWatch::FileWatch(const PlatformRules& platform, std::vector<CurrentBuilder> builders,
                     Target target)
    : platform_(platform),
      builders_(std::move(builders)),
      target_(std::move(target)),
      mentions_(platform.mentions) {
  for (const CurrentBuilder& builder : builders_) {
    std::string repository(repository_of(builder.reference));
    if (std::find(repositories_.begin(), repositories_.end(), repository) == repositories_.end())
      repositories_.push_back(std::move(repository));
  }
  for (const FileNotice& notice : platform.notices)
    notices_.push_back({&notice, IgnorePatterns(notice.files),
                        is_meant_for(notice.distro_versions, target_.distro_version)});
}

bool FileWatch::wants_text(std::string_view path) const {
  if (mentions_.matches(path)) return true;
  return std::any_of(notices_.begin(), notices_.end(), [&](const Notice& notice) {
    return !notice.rule->contains.empty() && notice.files.matches(path);
  });
}

bool FileWatch::wants_presence(std::string_view path) const {
  const auto triggers = [&](const InjectedBuildpack& injected) { return injected.trigger == path; };
  if (std::any_of(platform_.injected.begin(), platform_.injected.end(), triggers)) return true;
  return std::any_of(notices_.begin(), notices_.end(), [&](const Notice& notice) {
    return notice.rule->contains.empty() && notice.files.matches(path);
  });
}

std::vector<PinFinding> FileWatch::find(const RepositoryFile& file) const {
  std::vector<PinFinding> findings;
  find_notices(file, findings);
  find_injected(file, findings);
  find_builders(file, findings);
  return findings;
}

void FileWatch::find_notices(const RepositoryFile& file, std::vector<PinFinding>& findings) const {
  for (const Notice& notice : notices_) {
    if (!notice.applies || !notice.files.matches(file.path)) continue;
    std::size_t place = notice.rule->contains.empty() ? 0 : std::string::npos;
    for (const std::string& text : notice.rule->contains)
      place = std::min(place, file.text.find(text));
    if (place == std::string::npos) continue;
    findings.push_back(file_finding(notice.rule->rule, notice.rule->level, file,
                                    position_at(file.text, place), notice.rule->message));
  }
}

// What the platform adds at build time on some of its builders only.
void FileWatch::find_injected(const RepositoryFile& file, std::vector<PinFinding>& findings) const {
  for (const InjectedBuildpack& injected : platform_.injected) {
    if (!is_file_name(injected.trigger) || injected.trigger != file.path) continue;
    if (is_meant_for(injected.distro_versions, target_.distro_version)) continue;
    std::string message = "This builder is on " + target_.distro + " " + target_.distro_version +
                          "; " + injected.what + " are known to be installed on " +
                          join(injected.distro_versions, ", ") + " only.";
    if (!injected.unknown.empty()) message += " Not known: " + injected.unknown;
    findings.push_back(
        file_finding(judge_rule::unread_file, Level::warning, file, {1, 1}, std::move(message)));
  }
}

// What is wrong with a reference; empty where a track uses it and has not ended.
std::string FileWatch::what_stands(std::string_view reference) const {
  std::string wrong;
  std::vector<std::string> current;
  for (const CurrentBuilder& builder : builders_) {
    if (!builder.expired) {
      if (builder.reference == reference) return {};
      current.push_back(builder.track + " is " + std::string(short_reference(builder.reference)));
    } else if (builder.reference == reference) {
      wrong = "is the builder of the " + builder.track + " track, which has ended";
    }
  }
  if (wrong.empty()) wrong = "is not the builder of any track";
  return std::string(short_reference(reference)) + " " + wrong + "; today " + joined(current) +
         ". A build with another builder does not show what a deployment does.";
}

void FileWatch::find_builders(const RepositoryFile& file, std::vector<PinFinding>& findings) const {
  if (!mentions_.matches(file.path)) return;
  const LineIndex lines(file.text);
  const std::size_t first = findings.size();
  for (const std::string& repository : repositories_) {
    for (std::size_t at = file.text.find(repository); at != std::string::npos;
         at = file.text.find(repository, at + 1)) {
      const std::size_t colon = at + repository.size();
      if (colon >= file.text.size() || file.text[colon] != ':') continue;
      const std::string_view tag = tag_at(file.text, colon + 1);
      if (tag.empty()) continue;
      std::string wrong = what_stands(repository + ":" + std::string(tag));
      if (wrong.empty()) continue;
      if (findings.size() - first == most_in_one_file) {
        findings.back().reason += " The rest of this file is not looked at.";
        return;
      }
      findings.push_back(file_finding(judge_rule::stale_builder, Level::warning, file,
                                      lines.position(at), std::move(wrong)));
      findings.back().pin.value = repository + ":" + std::string(tag);
    }
  }
}

}  // namespace buildable::pins
