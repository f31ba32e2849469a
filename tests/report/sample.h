// A report made by hand: every level, an ignored pin, a file's finding, a problem, two
// repositories, and texts that every form must escape.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "report/report.h"

namespace buildable::test {

using namespace report;

inline pins::PinFinding pin_finding(std::string rule, Level level, Verdict verdict,
                                    std::string file, std::string key, std::string value) {
  pins::PinFinding finding;
  finding.rule = std::move(rule);
  finding.level = level;
  finding.verdict = verdict;
  finding.role = pins::PinRole::decides;
  finding.pin.runtime = "snake";
  finding.pin.file = std::move(file);
  finding.pin.key = std::move(key);
  finding.pin.value = std::move(value);
  finding.pin.line = 3;
  finding.pin.column = 7;
  finding.reason = "Because of <this> & \"that\", 100%.";
  return finding;
}

inline Rules sample_rules() {
  Rules rules;
  RuntimeRules snake;
  snake.id = "snake";
  snake.name = "Snake";
  rules.runtimes.push_back(snake);
  rules.platform.homepage = "https://example.org/";
  FileNotice notice;
  notice.rule = "odd-file";
  notice.level = Level::warning;
  notice.title = "An odd file";
  rules.platform.notices.push_back(notice);
  return rules;
}

inline RepositoryReport first_repository() {
  RepositoryReport repository;
  repository.name = "one";
  repository.prefix = "one/";
  repository.track_reason = "the default";
  repository.judgement.track = "default";
  auto& findings = repository.judgement.findings;
  findings.push_back(pin_finding("unbuildable-pin", Level::error, Verdict::unbuildable,
                                 "a,b:c.json", "engines.snake", "9.9"));
  findings.back().suggestion = pins::Fixed{{{10, 13}, "1.2"}, "^1.2", "1.2", {}};
  findings.back().ahead = {"It builds on the latest track."};
  findings.push_back(pin_finding("unbuildable-mirror", Level::warning, Verdict::unbuildable,
                                 "Dockerfile", "image", "9.9\x1b[31m"));
  findings.push_back(pin_finding("unbuildable-mirror", Level::warning, Verdict::unbuildable,
                                 "Dockerfile", "image", "9.9"));
  findings.push_back(
      pin_finding("buildable-pin", Level::note, Verdict::buildable, ".snake", "", "1.2"));
  findings.back().resolved = "1.2.3";
  findings.push_back(
      pin_finding("unbuildable-pin", Level::error, Verdict::unbuildable, "old\xff", "", "0.1"));
  findings.back().pin.ignored = true;
  findings.back().pin.ignored_reason = "kept for a museum";
  pins::PinFinding file;
  file.rule = "odd-file";
  file.level = Level::warning;
  file.pin.file = "odd";
  file.pin.line = file.pin.column = 1;
  file.reason = "It is odd.";
  findings.push_back(file);
  return repository;
}

inline RepositoryReport second_repository() {
  RepositoryReport repository;
  repository.name = "two";
  repository.prefix = "two/";
  repository.track_reason = "--track";
  repository.judgement.track = "latest";
  repository.remarks = {"The latest track is new."};
  repository.judgement.findings.push_back(
      pin_finding("unknown-pin", Level::note, Verdict::unknown, ".snake", "", "stable"));
  repository.judgement.problems.push_back(
      {.message = "cannot be read", .file = "two/x\n::error::y", .line = 2, .hint = "do it"});
  return repository;
}

inline Report sample_report(const Rules& rules) {
  return {rules,
          "sha256:" + std::string(64, 'a'),
          "2026-05-14T00:00:00Z",
          "1.2.3",
          {first_repository(), second_repository()}};
}

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace buildable::test
