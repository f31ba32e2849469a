// Whatever a file holds, finding its pins ends, and every pin stands where it says.
#include <array>

#include "base/text.h"
#include "fuzz.h"
#include "pins/find.h"
#include "rules/embedded.h"

using namespace buildable;

namespace {

// One for each syntax and each of its formats.
constexpr std::array<const char*, 20> paths = {".python-version",
                                               "package.json",
                                               "pyproject.toml",
                                               "system.properties",
                                               "a.csproj",
                                               "go.mod",
                                               "Gemfile",
                                               "Gemfile.lock",
                                               ".tool-versions",
                                               "mise.toml",
                                               ".prototools",
                                               "Dockerfile",
                                               "compose.yml",
                                               ".gitlab-ci.yml",
                                               ".github/workflows/a.yml",
                                               "action.yml",
                                               ".devcontainer.json",
                                               "global.json",
                                               ".travis.yml",
                                               "pom.xml"};

}  // namespace

static int run(const std::uint8_t* data, std::size_t size) {
  static const pins::PinFinder finder(embedded_rules());
  const auto [which, text] = fuzz::choice_and_text(data, size, paths.size());
  const pins::RepositoryFile file{paths[which], std::string(text)};
  const pins::FoundPins found = finder.find(file);
  for (const pins::Pin& pin : found.pins) {
    const auto slice = [&file](TextSpan span) {
      fuzz::require(span.begin <= span.end && span.end <= file.text.size());
      return file.text.substr(span.begin, span.end - span.begin);
    };
    fuzz::require(slice(pin.value_span) == pin.value);
    fuzz::require(slice(pin.version_span) == pin.version);
    fuzz::require(pin.value_span.begin <= pin.version_span.begin);
    fuzz::require(pin.version_span.end <= pin.value_span.end);
    const TextPosition position = position_at(file.text, pin.value_span.begin);
    fuzz::require(pin.line == position.line && pin.column == position.column);
    fuzz::require(pin.form != pins::PinForm::unreadable || !pin.problem.empty());
  }
  for (const Diagnostic& problem : found.problems)
    fuzz::require(!problem.message.empty() && problem.file == file.path);
  return 0;
}

static const fuzz::Registered registered{"pins", "pins toml json yaml xml version", run};
