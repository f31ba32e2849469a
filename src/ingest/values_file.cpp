#include <algorithm>
#include <map>
#include <optional>

#include "base/text.h"
#include "ingest/deployment.h"
#include "ingest/limits.h"
#include "ingest/track_deployment.h"

namespace buildable::ingest {
namespace {

struct Line {
  int number;
  std::string_view text;
};

struct Value {
  std::string text;
  int line = 0;
  std::string problem;  // why the text is not a plain value; empty: it is one
};

struct Entries {
  std::map<std::string, Value, std::less<>> config;
  std::optional<Value> chart_version;
};

tl::unexpected<Error> problem_at(int line, std::string_view key, std::string message,
                                 std::string hint) {
  return fail(Diagnostic{.message = std::move(message),
                         .line = line,
                         .path = std::string(key),
                         .hint = std::move(hint)});
}

std::size_t indentation(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

bool is_blank(std::string_view content) { return content.empty() || content.front() == '#'; }

bool is_template_comment(std::string_view content) {
  bool opens = content.starts_with("{{/*") || content.starts_with("{{- /*");
  std::size_t close = content.find("*/");
  if (!opens || close == std::string_view::npos) return false;
  std::string_view rest = content.substr(close + 2);
  return rest == "}}" || rest == " -}}";
}

// A quoted value; what may follow it is a comment.
Value quoted_value(std::string_view text, int line) {
  std::size_t end = text.find(text.front(), 1);
  if (end == std::string_view::npos) return {"", line, "the quote is not closed"};
  std::string_view inner = text.substr(1, end - 1);
  std::string_view rest = text.substr(end + 1);
  std::string_view after = trim(rest);
  if (!after.empty() && (after.front() != '#' || rest.front() == '#')) {
    return {"", line, "something follows the quoted value"};
  }
  if (text.front() == '"' && inner.find('\\') != std::string_view::npos) {
    return {"", line, "escapes are not read"};
  }
  return {std::string(inner), line, {}};
}

Value plain_value(std::string_view text, int line) {
  for (std::size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1)) {
    if (at == 0 || text[at - 1] == ' ' || text[at - 1] == '\t') {
      text = trim(text.substr(0, at));
      break;
    }
  }
  if (text.find("{{") != std::string_view::npos) return {"", line, "it is a template expression"};
  if (!text.empty() &&
      std::string_view("&*!|>{[%@`,?").find(text.front()) != std::string_view::npos) {
    return {"", line, "it is not a plain or quoted value"};
  }
  if (text.find(": ") != std::string_view::npos) return {"", line, "it is a mapping"};
  bool null = text == "null" || text == "~" || text == "Null" || text == "NULL";
  return {null ? "" : std::string(text), line, {}};
}

Value value_of(std::string_view text, int line) {
  text = trim(text);
  bool is_quoted = !text.empty() && (text.front() == '"' || text.front() == '\'');
  return is_quoted ? quoted_value(text, line) : plain_value(text, line);
}

// Reads the lines into Entries. Mappings below other keys, and below keys of `config`, are passed
// over by their indentation.
class ValuesReader {
 public:
  Result<Entries> read(std::string_view text) {
    int number = 0;
    for (std::string_view line : split_lines(text)) {
      if (Result<void> read = read_line({++number, line}); !read)
        return fail(std::move(read.error()));
    }
    if (!seen_config_) {
      return fail("the values file has no mapping 'config:'",
                  "check the address: this is not the values file of the platform's chart");
    }
    return std::move(entries_);
  }

 private:
  Result<void> read_line(const Line& line) {
    std::string_view content = trim(line.text);
    if (is_blank(content) || is_template_comment(content)) return {};
    if (content == "---" && !seen_anything_) return {};
    seen_anything_ = true;
    if (line.text.size() > limits::line) {
      return problem_at(line.number, "", "the line is too long", "check the address");
    }
    if (content.starts_with("{{")) {
      return problem_at(line.number, "",
                        "a template directive on a line of its own: " + in_quotes(content),
                        "what it encloses is conditional: read the file by hand");
    }
    std::size_t indent = indentation(line.text);
    if (indent < line.text.size() && line.text[indent] == '\t') {
      return problem_at(line.number, "", "a tab in the indentation", "YAML allows none");
    }
    return indent == 0 ? read_top(line, content) : read_inner(line, content, indent);
  }

  Result<void> read_top(const Line& line, std::string_view content) {
    in_config_ = false;
    if (content.front() == '-' && !has_key(content)) return {};
    Result<std::string_view> key = key_of(line, content);
    if (!key) return fail(std::move(key.error()));
    Value value = value_of(content.substr(key->size() + 1), line.number);
    if (*key == "chartVersion") return read_chart_version(std::move(value));
    if (*key != "config") return {};
    if (seen_config_) {
      return problem_at(line.number, "config", "the mapping stands twice", "only one can count");
    }
    if (!value.text.empty() || !value.problem.empty()) {
      return problem_at(line.number, "config", "not a mapping of one key a line",
                        "its form has changed: read the file by hand");
    }
    seen_config_ = in_config_ = true;
    return {};
  }

  Result<void> read_chart_version(Value value) {
    if (entries_.chart_version) {
      return problem_at(value.line, "chartVersion", "the key is there twice", "only one can count");
    }
    entries_.chart_version = std::move(value);
    return {};
  }

  Result<void> read_inner(const Line& line, std::string_view content, std::size_t indent) {
    if (!in_config_) return {};
    if (config_indent_ == 0) config_indent_ = indent;
    if (indent > config_indent_) return {};
    if (indent < config_indent_) {
      return problem_at(line.number, "config", "the indentation does not fit",
                        "its form has changed: read the file by hand");
    }
    Result<std::string_view> key = key_of(line, content);
    if (!key) return fail(std::move(key.error()));
    Value value = value_of(content.substr(key->size() + 1), line.number);
    auto [at, added] = entries_.config.emplace(std::string(*key), std::move(value));
    if (added) return {};
    return problem_at(
        line.number, "config." + at->first,
        "the key is there twice (first in line " + std::to_string(at->second.line) + ")",
        "only one can count");
  }

  static bool has_key(std::string_view content) {
    return content.find(": ") != std::string_view::npos || content.back() == ':';
  }

  static Result<std::string_view> key_of(const Line& line, std::string_view content) {
    std::size_t colon = content.find(':');
    bool ends =
        colon != std::string_view::npos &&
        (colon + 1 == content.size() || content[colon + 1] == ' ' || content[colon + 1] == '\t');
    std::string_view key = content.substr(0, ends ? colon : 0);
    constexpr std::string_view letters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
    if (key.empty() || key.find_first_not_of(letters) != std::string_view::npos) {
      return problem_at(line.number, "", "no 'key: value': " + in_quotes(content),
                        "check the address: this is not a values file");
    }
    return key;
  }

  Entries entries_;
  bool seen_anything_ = false;
  bool seen_config_ = false;
  bool in_config_ = false;
  std::size_t config_indent_ = 0;
};

// The text of a key of `config`: empty where it is absent, empty or null.
Result<std::string> text_of(const Entries& entries, std::string_view key) {
  auto at = key.empty() ? entries.config.end() : entries.config.find(key);
  if (at == entries.config.end()) return std::string{};
  if (at->second.problem.empty()) return at->second.text;
  return problem_at(at->second.line, "config." + at->first, at->second.problem,
                    "a plain or quoted value is needed here: read the file by hand");
}

Result<std::optional<TrackDeployment>> track_of(const Entries& entries, const TrackRules& rules,
                                                bool required) {
  TrackDeployment track{.track = rules.name};
  for (auto [key, text] :
       {std::pair{&rules.builder_key, &track.builder}, std::pair{&rules.runner_key, &track.runner},
        std::pair{&rules.valid_until_key, &track.valid_until}}) {
    Result<std::string> found = text_of(entries, *key);
    if (!found) return fail(std::move(found.error()));
    *text = std::move(*found);
  }
  TrackKeys keys{"config." + rules.builder_key, "config." + rules.runner_key,
                 rules.valid_until_key.empty() ? "" : "config." + rules.valid_until_key};
  return checked_track(std::move(track), keys, required);
}

}  // namespace

Result<Deployment> parse_values_file(std::string_view text, const PlatformRules& platform) {
  Result<void> checked = check_text(text, limits::values_file, "the values file");
  if (!checked) return fail(std::move(checked.error()));
  Result<Entries> entries = ValuesReader{}.read(text);
  if (!entries) return fail(std::move(entries.error()));

  Deployment deployment;
  if (entries->chart_version) deployment.chart_version = entries->chart_version->text;
  for (const TrackRules& rules : platform.tracks) {
    auto track = track_of(*entries, rules, rules.name == platform.default_track);
    if (!track) return fail(std::move(track.error()));
    if (*track) deployment.tracks.push_back(std::move(**track));
  }
  return deployment;
}

}  // namespace buildable::ingest
