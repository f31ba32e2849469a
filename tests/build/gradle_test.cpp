// heroku/gradle: the wrapper, and the Java that its Gradle runs on.
#include "build/support.h"

using namespace buildable::build;
using namespace buildable::build::testing;

namespace {

using Texts = std::vector<std::string>;

const std::string deployed = "2026-06-01";  // heroku/jvm 7.0.10 and 7.0.11

// Without the scripts of the build.
Repository gradle_project(const std::string& version) {
  return {
      {"gradlew", "#!/bin/sh\nexec java -jar \"$APP_HOME/gradle/wrapper/gradle-wrapper.jar\"\n"},
      {"gradle/wrapper/gradle-wrapper.jar", ""},
      {"gradle/wrapper/gradle-wrapper.properties",
       "zipStorePath=wrapper/dists\n"
       "distributionUrl=https\\://services.gradle.org/distributions/gradle-" +
           version + "-bin.zip\n"}};
}

}  // namespace

TEST_CASE("Gradle: GradleWrapperNotFound; Maven comes before it") {
  const auto gradle = [](const Repository& files) {
    return foretell("gradle", "default", deployed, files);
  };
  for (const char* file :
       {"build.gradle", "settings.gradle", "build.gradle.kts", "settings.gradle.kts"}) {
    CAPTURE(file);
    CHECK(gradle({{file, ""}}).error == "GradleWrapperNotFound");
    CHECK(gradle({{file, ""}, {"gradlew", ""}}).versions == Texts{"wrapper"});
  }
  CHECK(gradle({{"gradlew", ""}}).error == "not detected");
  CHECK(gradle({{"build.gradle", ""}, {"gradlew", ""}, {"pom.xml", ""}}).error == "not detected");
  CHECK(foretell("java", "default", deployed, {{"build.gradle", ""}, {"gradlew", ""}}).outcome ==
        Outcome::builds);
}

TEST_CASE("Gradle: StartGradleDaemonError, the wrapper's Gradle and the Java that is installed") {
  struct Case {
    const char* gradle;
    const char* java;  // null: the builder's default, 25
    const char* script;
    Outcome outcome;
  };
  for (const Case& each : {
           Case{"7.6", nullptr, "build.gradle", Outcome::fails},
           Case{"8.14.3", nullptr, "build.gradle.kts", Outcome::fails},
           Case{"6.9.4", "17", "build.gradle", Outcome::fails},
           Case{"7.1", "17", "settings.gradle", Outcome::fails},
           Case{"7.6.4", "21", "build.gradle", Outcome::fails},
           Case{"8.1.1", "21", "build.gradle", Outcome::fails},
           Case{"9.0.0", "11", "build.gradle.kts", Outcome::fails},
           Case{"9.1.0", "8", "build.gradle", Outcome::fails},
           Case{"9.1.0", nullptr, "build.gradle", Outcome::builds},
           Case{"9.0.0", nullptr, "build.gradle", Outcome::builds},
           Case{"9.0.0", "17", "build.gradle", Outcome::builds},
           Case{"8.14.3", "11", "build.gradle", Outcome::builds},
           Case{"8.5", "21", "build.gradle", Outcome::builds},
           Case{"8.4", "21", "build.gradle", Outcome::builds},
           Case{"7.6.4", "21", "build.gradle.kts", Outcome::builds},
           Case{"7.3", "17", "build.gradle", Outcome::builds},
           Case{"4.10", "11", "build.gradle", Outcome::builds},
           Case{"8.0-rc-1", nullptr, "build.gradle", Outcome::builds},
       }) {
    CAPTURE(each.gradle);
    CAPTURE(each.script);
    Repository files = gradle_project(each.gradle);
    files[each.script] = "";
    if (each.java) files["system.properties"] = std::string("java.runtime.version=") + each.java;
    const Forecast forecast = foretell("gradle", "default", deployed, files);
    CHECK(forecast.outcome == each.outcome);
    if (each.outcome == Outcome::builds) continue;
    CHECK(forecast.error == "StartGradleDaemonError");
    CHECK(forecast.file == "gradle/wrapper/gradle-wrapper.properties");
    CHECK(forecast.line == 2);
    CHECK_FALSE(forecast.help.empty());
  }
}

TEST_CASE("Gradle: what may run on another Java builds") {
  const auto built = [](const std::string& path, const std::string& text) {
    Repository files = gradle_project("7.6");
    files["build.gradle"] = "";
    files[path] = text;
    return foretell("gradle", "default", deployed, files).outcome;
  };
  CHECK(built("README.md", "") == Outcome::fails);
  CHECK(built("gradle.properties", "org.gradle.jvmargs=-Xmx1g\n") == Outcome::fails);
  CHECK(built("gradle.properties", "org.gradle.java.home=jdk\n") == Outcome::builds);
  CHECK(built("gradle/gradle-daemon-jvm.properties", "toolchainVersion=17\n") == Outcome::builds);
  CHECK(built("gradlew", "#!/bin/sh\ncurl -o jdk.tgz x\njava -jar gradle-wrapper.jar\n") ==
        Outcome::builds);
  CHECK(built("gradlew", "#!/bin/sh\n") == Outcome::builds);
  CHECK(built("system.properties", "java.runtime.version=lts\n") == Outcome::builds);
  CHECK(built("gradle/wrapper/gradle-wrapper.properties", "distributionUrl=my-gradle.zip\n") ==
        Outcome::builds);
}

TEST_CASE("Gradle: the jar that gradlew starts") {
  Repository files = gradle_project("9.1.0");
  files["build.gradle"] = "";
  CHECK(foretell("gradle", "default", deployed, files).outcome == Outcome::builds);
  files.erase("gradle/wrapper/gradle-wrapper.jar");
  const Forecast without = foretell("gradle", "default", deployed, files);
  CHECK(without.error == "StartGradleDaemonError");
  CHECK(without.file == "gradlew");
  files["gradlew"] += "curl -o gradle/wrapper/gradle-wrapper.jar x\n";
  CHECK(foretell("gradle", "default", deployed, files).outcome == Outcome::builds);
}
