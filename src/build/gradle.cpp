// heroku/gradle. Sources: heroku/buildpacks-jvm, buildpacks/gradle/src/main.rs and detect.rs at the
// release tags.
#include "build/model.h"

namespace buildable::build {
namespace {

bool wants(std::string_view) { return false; }

Detection detect(const Context& context) {
  for (const char* name :
       {"build.gradle", "settings.gradle", "build.gradle.kts", "settings.gradle.kts"})
    if (context.files.exists(name))
      return {.passes = true,
              .provides = {"jvm-application"},
              .requirements = {"jdk", "jvm-application"}};
  return {};
}

void build(const Context& context, std::vector<Answer>& answers) {
  if (context.files.exists("gradlew"))
    answers.push_back(builds("gradle", "gradle-wrapper", "wrapper", {"gradlew"},
                             "the Gradle wrapper fetches the version that it names"));
  else
    answers.push_back(fails("gradle", "gradle-wrapper", "GradleWrapperNotFound", {},
                            "the build needs the Gradle wrapper, and there is no gradlew in the "
                            "root of the repository",
                            "run \"gradle wrapper\" and commit what it makes"));
}

}  // namespace

const Model gradle_model{"heroku/gradle", wants, detect, build};

}  // namespace buildable::build
