#include <map>
#include <set>

#include "base/text.h"
#include "pins/syntax_image_text.h"
#include "pins/syntax_workflow.h"

namespace buildable::pins {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// The words of one instruction, over continued lines; `line` becomes the number of the last.
std::vector<TextSpan> words_of(std::string_view text, const std::vector<TextSpan>& lines,
                               std::size_t& line) {
  std::vector<TextSpan> words;
  for (;; ++line) {
    TextSpan rest = trimmed(text, lines[line]);
    const bool comment = rest.begin < rest.end && text[rest.begin] == '#';
    const bool continued = rest.begin < rest.end && text[rest.end - 1] == '\\';
    if (continued) --rest.end;
    if (comment) rest.end = rest.begin;
    for (std::size_t at = rest.begin; at < rest.end;) {
      while (at < rest.end && is_blank(text[at])) ++at;
      const std::size_t begin = at;
      while (at < rest.end && !is_blank(text[at])) ++at;
      if (at > begin) words.push_back({begin, at});
    }
    const bool goes_on = continued || (comment && !words.empty());
    if (!goes_on || line + 1 >= lines.size()) return words;
  }
}

class Dockerfile {
 public:
  Dockerfile(FileReading& file, const Places& places)
      : file_(file), places_(places), lists_(file) {}

  void find() {
    const std::vector<TextSpan> lines = line_spans(file_.text());
    for (std::size_t line = 0; line < lines.size(); ++line) {
      const std::vector<TextSpan> words = words_of(file_.text(), lines, line);
      if (words.empty()) continue;
      const std::string instruction = to_lower_ascii(file_.slice(words[0]));
      if (instruction == "arg") take_arguments(words);
      if (instruction == "from") take_from(words);
      if (instruction == "copy") take_copy(words);
      skip_here_document(words, lines, line);
    }
  }

 private:
  void take_arguments(const std::vector<TextSpan>& words) {
    for (std::size_t i = 1; i < words.size(); ++i) {
      const std::string_view word = file_.slice(words[i]);
      const std::size_t sign = word.find('=');
      if (sign == std::string_view::npos) continue;
      TextSpan value{words[i].begin + sign + 1, words[i].end};
      const std::string_view written = file_.slice(value);
      const bool quoted = written.size() >= 2 && (written[0] == '"' || written[0] == '\'') &&
                          written.back() == written[0];
      if (quoted) value = {value.begin + 1, value.end - 1};
      arguments_[std::string(word.substr(0, sign))] = value;
    }
  }

  void take_from(const std::vector<TextSpan>& words) {
    std::size_t i = 1;
    while (i < words.size() && file_.slice(words[i]).starts_with("--")) ++i;
    if (i >= words.size()) return;
    const std::size_t first = file_.found().size();
    add(words[i], "FROM");
    const bool named = i + 2 < words.size() && to_lower_ascii(file_.slice(words[i + 1])) == "as";
    if (!named) return;
    const std::string_view stage = file_.slice(words[i + 2]);
    stages_.insert(to_lower_ascii(stage));
    for (std::size_t n = first; n < file_.found().size(); ++n)
      lists_.join_named(file_.found()[n], stage);
  }

  void take_copy(const std::vector<TextSpan>& words) {
    constexpr std::string_view flag = "--from=";
    for (const TextSpan word : words)
      if (file_.slice(word).starts_with(flag))
        add({word.begin + flag.size(), word.end}, "COPY --from");
  }

  void add(TextSpan image, std::string_view how) {
    if (stages_.contains(to_lower_ascii(file_.slice(image)))) return;
    const Variables variables = [this](std::string_view name) {
      const auto found = arguments_.find(name);
      return found == arguments_.end() ? std::vector<TextSpan>{} : std::vector{found->second};
    };
    for (const ComposedText& text : compose(file_.text(), image, variables))
      add_image(file_, places_, text, {how, 0, {}, false});
  }

  // RUN <<EOF: what follows up to EOF is not a Dockerfile.
  void skip_here_document(const std::vector<TextSpan>& words, const std::vector<TextSpan>& lines,
                          std::size_t& line) const {
    std::string_view end;
    for (const TextSpan word : words) {
      std::string_view written = file_.slice(word);
      if (written.starts_with("<<") && !written.starts_with("<<<")) end = written.substr(2);
    }
    constexpr std::string_view quotes = "-\"'";
    while (!end.empty() && quotes.find(end.front()) != std::string_view::npos) end.remove_prefix(1);
    while (!end.empty() && quotes.find(end.back()) != std::string_view::npos) end.remove_suffix(1);
    if (end.empty()) return;
    while (++line < lines.size() && file_.slice(trimmed(file_.text(), lines[line])) != end) {
    }
  }

  FileReading& file_;
  const Places& places_;
  WrittenLists lists_;
  std::map<std::string, TextSpan, std::less<>> arguments_;
  std::set<std::string> stages_;
};

}  // namespace

void find_in_dockerfile(FileReading& file, const Places& places) {
  Dockerfile(file, places).find();
}

}  // namespace buildable::pins
