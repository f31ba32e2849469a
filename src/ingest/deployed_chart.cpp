#include "ingest/deployed_chart.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "base/text.h"
#include "ingest/document_view.h"
#include "ingest/limits.h"
#include "ingest/reference.h"

namespace buildable::ingest {
namespace {

constexpr std::string_view chart_key = "chartVersion:";

std::string_view without_comment_and_quotes(std::string_view text) {
  text = trim(text.substr(0, text.find(" #")));
  const bool is_quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
                         text.back() == text.front();
  return is_quoted ? text.substr(1, text.size() - 2) : text;
}

bool belongs_to_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         std::string_view("./-_@").find(c) != std::string_view::npos;
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  std::size_t at = 0;
  while (at < line.size()) {
    std::size_t end = at;
    while (end < line.size() && belongs_to_word(line[end])) ++end;
    if (end > at) words.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

bool is_owned_id(std::string_view text) {
  return is_buildpack_id(text) && std::count(text.begin(), text.end(), '/') == 1 &&
         text.find("..") == std::string_view::npos && text.front() != '.';
}

// `key = "value"` anywhere in the line, whatever the quotes.
std::optional<std::string_view> value_of(std::string_view line, std::string_view key) {
  const auto words = words_of(line);
  for (std::size_t i = 0; i + 1 < words.size(); ++i)
    if (words[i] == key && line.find('=') != std::string_view::npos) return words[i + 1];
  return std::nullopt;
}

class ScriptReader {
 public:
  void read(std::string_view line) {
    for (std::string_view word : words_of(line)) {
      const std::size_t at = word.find('@');
      if (at == std::string_view::npos) continue;
      if (is_owned_id(word.substr(0, at)) && is_buildpack_version(word.substr(at + 1)))
        add(std::string(word));
    }
    if (const auto id = value_of(line, "id"); id && is_owned_id(*id)) {
      flush();
      pending_ = *id;
      lines_left_ = 5;
    }
    if (const auto version = value_of(line, "version");
        version && !pending_.empty() && is_buildpack_version(*version)) {
      add(pending_ + "@" + std::string(*version));
      pending_.clear();
    }
    if (lines_left_ > 0 && --lines_left_ == 0) flush();
  }

  std::vector<std::string> finish() {
    flush();
    return std::move(found_);
  }

 private:
  void flush() {
    if (!pending_.empty()) add(std::move(pending_));
    pending_.clear();
  }
  void add(std::string buildpack) {
    if (std::find(found_.begin(), found_.end(), buildpack) == found_.end())
      found_.push_back(std::move(buildpack));
  }

  std::vector<std::string> found_;
  std::string pending_;
  int lines_left_ = 0;
};

}  // namespace

Result<std::string> parse_chart_version(std::string_view values) {
  const auto checked = check_text(values, limits::values_file, "the values file");
  if (!checked) return fail(checked.error());
  std::string version;
  for (std::string_view line : split_lines(values)) {
    if (line.substr(0, chart_key.size()) != chart_key) continue;
    if (!version.empty())
      return fail(Diagnostic{.message = "the key is there twice", .path = "chartVersion"});
    version = without_comment_and_quotes(line.substr(chart_key.size()));
  }
  if (!version.empty()) return version;
  return fail(Diagnostic{.message = "the values file does not name its chart's version",
                         .path = "chartVersion",
                         .hint = "check the address"});
}

Result<std::string> commit_of_chart(std::string_view version) {
  const std::size_t dash = version.rfind('-');
  const std::string_view commit =
      dash == std::string_view::npos ? std::string_view{} : version.substr(dash + 1);
  if (commit.size() >= 8 && commit.size() <= 40 && is_hex(commit, commit.size()))
    return std::string(commit);
  return fail(Diagnostic{.message = "no commit at the end of the version " + in_quotes(version),
                         .path = "chartVersion",
                         .hint = "charts are named otherwise now: read it by hand"});
}

Result<Commit> parse_newest_commit(std::string_view json) {
  const auto document = read_json(json, limits::json, "the list of commits");
  if (!document) return fail(document.error());
  const DocumentView list(*document);
  const auto commits = list.items();
  if (!commits) return fail(commits.error());
  if (commits->empty()) return list.problem("the list is empty", "check the path in the address");
  auto id = commits->front().text("id");
  if (!id) return fail(std::move(id.error()));
  if (!is_hex(*id, 40)) return commits->front().problem("no commit: " + in_quotes(*id));
  const auto text = commits->front().text("committed_date");
  if (!text) return fail(text.error());
  const auto committed = parse_instant(*text);
  if (!committed) return commits->front().problem(committed.error().message());
  return Commit{std::move(*id), *committed};
}

std::vector<std::string> buildpacks_named_in(std::string_view script) {
  ScriptReader reader;
  for (std::string_view line : split_lines(script)) reader.read(line);
  return reader.finish();
}

}  // namespace buildable::ingest
