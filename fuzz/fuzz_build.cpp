// Whatever the files of a repository hold, foretelling its build ends, and every forecast is whole:
// what builds has no error, what fails says why and what to do, and the line is in the file.
#include <array>
#include <memory>
#include <string>

#include "base/text.h"
#include "build/foretell.h"
#include "fuzz.h"
#include "policy/compile.h"
#include "rules/embedded.h"

using namespace buildable;

namespace {

constexpr std::array<const char*, 32> paths = {".python-version",
                                               "runtime.txt",
                                               "requirements.txt",
                                               "pyproject.toml",
                                               "uv.lock",
                                               "poetry.lock",
                                               "package.json",
                                               "yarn.lock",
                                               ".yarnrc.yml",
                                               "go.mod",
                                               "Gemfile.lock",
                                               "composer.json",
                                               "composer.lock",
                                               "system.properties",
                                               "pom.xml",
                                               "project/build.properties",
                                               "build.sbt",
                                               "a.csproj",
                                               "x.sln",
                                               "global.json",
                                               "app.cs",
                                               "project.toml",
                                               "packages/a/pyproject.toml",
                                               "package-lock.json",
                                               "pnpm-workspace.yaml",
                                               ".npmrc",
                                               ".yarnrc",
                                               "Procfile",
                                               "Gemfile",
                                               "go.work",
                                               "gradlew",
                                               "gradle/wrapper/gradle-wrapper.properties"};

struct Embedded {
  Policy policy;
  std::vector<build::Foreteller> tracks;
};

const Embedded& embedded() {
  static const auto made = [] {
    auto all = std::make_unique<Embedded>();
    const EmbeddedSnapshot& newest = embedded_snapshots().back();
    auto policy =
        compile(embedded_snapshot(newest), embedded_rules(), newest.effective, newest.digest);
    fuzz::require(policy.has_value());
    all->policy = std::move(*policy);
    for (const TrackPolicy& track : all->policy.tracks) {
      auto foreteller = build::Foreteller::make(embedded_rules(), track);
      fuzz::require(foreteller.has_value());
      all->tracks.push_back(std::move(*foreteller));
    }
    return all;
  }();
  return *made;
}

void require_whole(const build::Forecast& forecast) {
  fuzz::require(!forecast.rule.empty() && !forecast.reason.empty());
  if (forecast.outcome == build::Outcome::builds) fuzz::require(forecast.error.empty());
  if (forecast.outcome == build::Outcome::fails)
    fuzz::require(!forecast.help.empty() && forecast.versions.empty());
}

// Files are taken from the input one after the other: a byte for the path, then the text up to a
// zero byte.
int run(const std::uint8_t* data, std::size_t size) {
  const std::string_view all = fuzz::text_of(data, size);
  std::vector<build::SourceFile> files;
  for (const std::string_view piece : split(all, '\0')) {
    if (piece.empty()) continue;
    const auto which = static_cast<unsigned char>(piece.front()) % paths.size();
    files.push_back({.path = paths[which], .text = piece.substr(1)});
  }
  const build::Files repository(std::move(files));
  for (const build::Foreteller& track : embedded().tracks)
    for (const build::Forecast& forecast : track.foretell(repository)) require_whole(forecast);
  return 0;
}

const fuzz::Registered registered{"build", "pins toml json yaml xml version", run};

}  // namespace
