// heroku/maven. Sources: heroku/buildpacks-jvm, buildpacks/maven/src/main.rs, mode.rs and
// buildpack.toml at the release tags.
#include <algorithm>

#include "base/text.h"
#include "build/model.h"
#include "build/system_properties.h"

namespace buildable::build {
namespace {

constexpr std::string_view key = "maven.version";

bool wants(std::string_view path) { return path == system_properties_file; }

Detection detect(const Context& context) {
  for (const char* extension : {"xml", "atom", "clj", "groovy", "rb", "scala", "yaml", "yml"})
    if (context.files.exists("pom." + std::string(extension)))
      return {.passes = true,
              .provides = {"jvm-application"},
              .requirements = {"jdk", "jvm-application"}};
  return {};
}

bool has_wrapper(const Files& files) {
  return files.exists("mvnw") && files.exists(".mvn/wrapper/maven-wrapper.properties");
}

Answer installed(const Alternative& facts, std::string_view version, Place place) {
  const auto is_it = [&](const Version* each) { return each->text() == version; };
  if (facts.mechanism != Mechanism::fixed)
    return unknown("maven", "maven-version", place,
                   "which versions of Maven this builder has is not known");
  if (std::any_of(facts.known.begin(), facts.known.end(), is_it))
    return builds("maven", "maven-version", std::string(version), place,
                  place.file.empty() ? "the builder's default is Maven " + std::string(version)
                                     : "system.properties asks for Maven " + std::string(version));
  return fails("maven", "maven-version", "UnsupportedMavenVersion", place,
               "this builder does not have Maven " + in_quotes(version) + "; it has " +
                   facts.default_version,
               "write maven.version=" + facts.default_version +
                   ", or delete the line and add the Maven wrapper");
}

void build(const Context& context, std::vector<Answer>& answers) {
  const SystemProperties read = read_system_properties(context.files);
  if (auto refused = refusal(read, "maven", "DetermineModeError")) {
    answers.push_back(std::move(*refused));
    return;
  }
  const Property* property = read.find(key);
  const Place place = property ? Place{system_properties_file, property->line} : Place{};
  const Alternative* facts = context.state.runtime("maven");
  if (!property && has_wrapper(context.files))
    answers.push_back(builds("maven", "maven-wrapper", "wrapper", {"mvnw"},
                             "the Maven wrapper fetches the version that it names"));
  else if (!facts)
    answers.push_back(unknown("maven", "maven-version", place,
                              "which versions of Maven this builder has is not known"));
  else
    answers.push_back(
        installed(*facts, property ? property->value : facts->default_version, place));
}

}  // namespace

const Model maven_model{"heroku/maven", wants, detect, build};

}  // namespace buildable::build
