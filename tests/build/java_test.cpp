// heroku/jvm, heroku/maven and heroku/sbt, by the buildpacks' own errors.
#include "build/java_properties.h"
#include "build/openjdk_version.h"
#include "build/support.h"

using namespace buildable;
using namespace buildable::build;
using namespace buildable::build::testing;

namespace {

using Texts = std::vector<std::string>;

const std::string deployed = "2026-06-01";   // heroku/jvm 7.0.10 and 7.0.11
const std::string old_track = "2025-06-01";  // default: 4.0.2; latest: 6.1.2 and 6.2.0

Forecast java(const std::string& properties, const std::string& track = "default",
              const std::string& at = deployed) {
  return foretell("java", track, at,
                  {{"pom.xml", "<project/>"}, {"system.properties", properties}});
}

Forecast java_line(const std::string& value, const std::string& track = "default",
                   const std::string& at = deployed) {
  return java("java.runtime.version=" + value + "\n", track, at);
}

Properties read(std::string_view text) {
  const auto properties = read_java_properties(text);
  REQUIRE(properties);
  return *properties;
}

std::string value_of(std::string_view text, std::string_view key = "k") {
  const Properties properties = read(text);
  const auto at = properties.find(key);
  return at == properties.end() ? "(absent)" : at->second.value;
}

}  // namespace

TEST_CASE("java.runtime.version: what the inventory resolves") {
  struct Case {
    const char* written;
    Texts versions;
  };
  for (const Case& each : {
           Case{"21", {"21.0.10", "21.0.11"}},
           Case{"zulu-21", {"21.0.10", "21.0.11"}},
           Case{"zulu-21 ", {"21.0.10", "21.0.11"}},
           Case{"+21", {"21.0.10", "21.0.11"}},
           Case{"021", {"21.0.10", "21.0.11"}},
           Case{"17.0", {"17"}},
           Case{"17.0.0", {"17"}},
           Case{"22.0.2.0", {"22.0.2"}},
           Case{"17.0.8.1", {"17.0.8.1"}},
           Case{"zulu-21.0.2+13", {"21.0.2"}},
           Case{"zulu-21.0.2-ea", {"21.0.2"}},
           Case{"8", {"1.8.0_482", "1.8.0_492"}},
           Case{"8u432", {"1.8.0_432"}},
           Case{"8_432", {"1.8.0_432"}},
           Case{"1.8.0_432", {"1.8.0_432"}},
           Case{"1.8_432", {"1.8.0_432"}},
       }) {
    CAPTURE(each.written);
    const Forecast forecast = java_line(each.written);
    CHECK(forecast.outcome == Outcome::builds);
    CHECK(forecast.versions == each.versions);
    CHECK(forecast.file == "system.properties");
  }
}

TEST_CASE(
    "java.runtime.version: Unsupported OpenJDK version, OpenJdkVersionParseError, "
    "UnknownDistribution") {
  struct Case {
    const char* written;
    const char* error;
  };
  for (const Case& each : {
           Case{"8.0.432", "Unsupported OpenJDK version"},
           Case{"1.8", "Unsupported OpenJDK version"},
           Case{"18", "Unsupported OpenJDK version"},
           Case{"99", "Unsupported OpenJDK version"},
           Case{"0", "Unsupported OpenJDK version"},
           Case{"21 ", "OpenJdkVersionParseError"},
           Case{"21\t", "OpenJdkVersionParseError"},
           Case{"21 # LTS", "OpenJdkVersionParseError"},
           Case{"lts", "OpenJdkVersionParseError"},
           Case{"21.", "OpenJdkVersionParseError"},
           Case{"21.x", "OpenJdkVersionParseError"},
           Case{">=21", "OpenJdkVersionParseError"},
           Case{"\"21\"", "OpenJdkVersionParseError"},
           Case{"", "OpenJdkVersionParseError"},
           Case{"99999999999", "OpenJdkVersionParseError"},
           Case{"21-tem", "OpenJdkVersionParseError"},
           Case{"zulu-1.8.0_482+9", "OpenJdkVersionParseError"},
           Case{"zulu-21.0.8+9.0.LTS", "OpenJdkVersionParseError"},
           Case{"openjdk-21", "UnknownDistribution"},
           Case{"heroku-21", "UnknownDistribution"},
           Case{"temurin-21", "UnknownDistribution"},
           Case{"0.0", "panic"},
       }) {
    CAPTURE(each.written);
    const Forecast forecast = java_line(each.written);
    CHECK(forecast.outcome == Outcome::fails);
    CHECK(forecast.error == each.error);
    CHECK_FALSE(forecast.help.empty());
  }
}

TEST_CASE("java.runtime.version: what to write instead") {
  const auto help = [](const char* written) { return java_line(written).help; };
  const auto write = [](const char* version) {
    return std::string("write java.runtime.version=") + version +
           " with nothing before or after the number";
  };
  CHECK(help("21 ") == write("21"));
  CHECK(help("1.8") == "write java.runtime.version=8");
  CHECK(help("temurin-17.0.9") == write("17"));
  CHECK(help("18") == "write java.runtime.version=25");
  CHECK(help("lts") == write("25"));
  CHECK(java_line("8.0.432").reason ==
        "this builder does not have Java 8.0.432, which it calls 1.8.0_432");
}

TEST_CASE("java.runtime.version: before 5.0.0 a table and the archives decide") {
  struct Case {
    const char* written;
    Outcome outcome;
    const char* what;  // the version or the error
  };
  for (const Case& each : {
           Case{"8", Outcome::builds, "1.8.0_392"},
           Case{"1.8", Outcome::builds, "1.8.0_392"},
           Case{"1.9", Outcome::builds, "9.0.4"},
           Case{"18", Outcome::builds, "18.0.2.1"},
           Case{"zulu-21 ", Outcome::builds, "21.0.1"},
           Case{"19.0.2", Outcome::builds, "19.0.2"},
           Case{"1.11", Outcome::fails, "archive 404"},
           Case{"21\t", Outcome::fails, "archive 404"},
           Case{"lts", Outcome::fails, "archive 404"},
           Case{"", Outcome::fails, "archive 404"},
           Case{"21-tem", Outcome::fails, "UnknownDistribution"},
           Case{"22", Outcome::unknown, ""},
           Case{"21.0.2", Outcome::unknown, ""},
           Case{"openjdk-8", Outcome::unknown, ""},
       }) {
    CAPTURE(each.written);
    const Forecast forecast = java_line(each.written, "default", old_track);
    CHECK(forecast.outcome == each.outcome);
    if (each.outcome == Outcome::builds) CHECK(forecast.versions == Texts{each.what});
    if (each.outcome == Outcome::fails) CHECK(forecast.error == each.what);
  }
}

TEST_CASE("no java.runtime.version: the builder's default") {
  const std::pair<std::string, Texts> cases[] = {{"default", {"1.8.0_392"}},
                                                 {"latest", {"21.0.5"}}};
  for (const auto& [track, versions] : cases)
    CHECK(foretell("java", track, old_track, {{"pom.xml", ""}}).versions == versions);
  CHECK(java("maven.version=3.9.4\n").versions == Texts{"25.0.2", "25.0.3"});
}

TEST_CASE("of a key given twice the last one decides") {
  CHECK(java("java.runtime.version=99\njava.runtime.version=17\n").versions ==
        Texts{"17.0.18", "17.0.19"});
  CHECK(java("java.runtime.version=17\njava.runtime.version=99\n").outcome == Outcome::fails);
}

TEST_CASE("system.properties is read as the crate java-properties reads it") {
  CHECK(value_of("k=v") == "v");
  CHECK(value_of("  k : v  \n") == "v  ");
  CHECK(value_of("k v") == "v");
  CHECK(value_of("k\tv") == "v");
  CHECK(value_of("k  =  = v") == "= v");
  CHECK(value_of("k") == "");
  CHECK(value_of("k=") == "");
  CHECK(value_of("k=a\\\n   b\n") == "ab");
  CHECK(value_of("k=a\\\\\nb=c") == "a\\");
  CHECK(value_of("k=2\\u0031") == "21");
  CHECK(value_of("k=\\u+031") == "1");
  CHECK(value_of("k=a\\tb\\q") == "a\tbq");
  CHECK(value_of("\\k=v") == "v");
  CHECK(value_of("a\\=b=v", "a=b") == "v");
  CHECK(value_of("# k=v\n! k=w\n") == "(absent)");
  CHECK(value_of("#\\\nk=v\n") == "v");
  CHECK(value_of("a\\\n#k=v", "a#k") == "v");
  CHECK(value_of("k=v\r\n") == "v");
  CHECK(value_of("x=1\rk=v\r") == "v");
  CHECK(value_of("\xEF\xBB\xBFk=v") == "v");
  CHECK(value_of(std::string("\xFF\xFEk\0=\0v\0", 8)) == "v");
  CHECK(value_of("k=\xE9") == "\xC3\xA9");
  CHECK(value_of("k=v\\") == "(absent)");
  CHECK(value_of("k=v\\\n") == "v");
  CHECK(value_of("=v", "") == "v");
  CHECK(read("a=1\n\nk=v\n").find("k")->second.line == 3);
}

TEST_CASE("PropertiesError: an escape that is broken, in a comment too") {
  for (const char* text : {"k=\\u12", "k=\\uzzzz", "# C:\\users\\me\nk=v", "k=\\ud800"}) {
    CAPTURE(text);
    CHECK_FALSE(read_java_properties(text));
    CHECK(foretell("java", "default", deployed,
                   {{"pom.xml", ""}, {"system.properties", text}, {"requirements.txt", ""}})
              .error == "not detected");
    const Forecast forecast =
        foretell("java", "default", deployed, {{"pom.xml", ""}, {"system.properties", text}});
    CHECK(forecast.error == "ReadSystemPropertiesError");
    CHECK(forecast.file == "system.properties");
  }
}

TEST_CASE("OpenJDK versions: what equals what") {
  const auto version = [](std::string_view text) {
    const auto parsed = parse_openjdk_version(text);
    REQUIRE_MESSAGE(parsed.version, text);
    return *parsed.version;
  };
  CHECK(version("22.0.0") == version("22"));
  CHECK(version("8u442") == version("1.8.0_442"));
  CHECK_FALSE(version("8.0.442") == version("1.8.0_442"));
  CHECK(version("21-ea+13-LTS") == version("21"));
  CHECK(version("21+-foo.bar") == version("21"));
  CHECK(version("11.0.9.1").rest == std::vector<std::uint32_t>{0, 9, 1});
  CHECK(openjdk_spelling("8.0.442") == "1.8.0_442");
  CHECK(openjdk_spelling("17.0.8.1") == "17.0.8.1");
}

TEST_CASE("Maven: UnsupportedMavenVersion, the wrapper, the default") {
  const auto maven = [](const Repository& files) {
    return foretell("maven", "default", deployed, files);
  };
  const std::string wrapper = ".mvn/wrapper/maven-wrapper.properties";
  CHECK(maven({{"pom.xml", ""}}).versions == Texts{"3.9.4"});
  CHECK(maven({{"pom.yaml", ""}}).versions == Texts{"3.9.4"});
  CHECK(maven({{"pom.xml", ""}, {"mvnw", ""}, {wrapper, ""}}).versions == Texts{"wrapper"});
  CHECK(maven({{"pom.xml", ""}, {wrapper, ""}}).versions == Texts{"3.9.4"});
  CHECK(maven({{"pom.xml", ""}, {"mvnw", ""}}).versions == Texts{"3.9.4"});
  const Repository asked{
      {"pom.xml", ""}, {"mvnw", ""}, {wrapper, ""}, {"system.properties", "maven.version=3.9.9"}};
  CHECK(maven(asked).error == "UnsupportedMavenVersion");
  for (const char* written : {"3.9", "3.9.4 ", "", "v3.9.4"}) {
    CAPTURE(written);
    CHECK(maven({{"pom.xml", ""}, {"system.properties", std::string("maven.version=") + written}})
              .error == "UnsupportedMavenVersion");
  }
}

TEST_CASE("project.toml: a Salesforce function gets Java 8") {
  const auto built = [](const std::string& toml, const std::string& properties = "") {
    return foretell("java", "default", deployed,
                    {{"pom.xml", ""}, {"project.toml", toml}, {"system.properties", properties}});
  };
  const Texts eight{"1.8.0_482", "1.8.0_492"};
  const Texts newest{"25.0.2", "25.0.3"};
  CHECK(built("[com.salesforce]\ntype = \"function\"\n").versions == eight);
  CHECK(built("[com.salesforce]\ntype = \"function\"\n").line == 2);
  CHECK(built("[com]\nsalesforce = \"function\"\n").versions == eight);
  CHECK(built("[com.salesforce]\ntype = \"app\"\n").versions == newest);
  CHECK(built("[com.salesforce\n").versions == newest);
  CHECK(built("").versions == newest);
  CHECK(built("[com.salesforce]\ntype = \"function\"\n", "java.runtime.version=17\n").versions ==
        Texts{"17.0.18", "17.0.19"});
}

TEST_CASE("sbt: InvalidPreTaskList, InvalidTaskList") {
  const auto sbt = [](const std::string& properties) {
    return foretell(
        "sbt", "default", deployed,
        {{"project/build.properties", "sbt.version=1.9.0"}, {"system.properties", properties}});
  };
  CHECK(sbt("sbt.tasks=compile \"stage\n").error == "InvalidTaskList");
  CHECK(sbt("sbt.pre-tasks=it's\n").error == "InvalidPreTaskList");
  CHECK(sbt("sbt.clean=yes\nsbt.tasks='\n").error == "InvalidTaskList");
  CHECK(sbt("sbt.clean=yes\nsbt.tasks='\n").line == 2);
  CHECK(sbt("sbt.tasks=a\\\\\\'b\n").outcome == Outcome::builds);
  CHECK(sbt("sbt.tasks=a 'b c' \"d 'e\"\n").outcome == Outcome::builds);
  CHECK(sbt("sbt.tasks=a # it's\n").outcome == Outcome::builds);
  CHECK(sbt("sbt.tasks=a#it's\n").error == "InvalidTaskList");
  CHECK(sbt("sbt.tasks=\n").outcome == Outcome::builds);
  CHECK(sbt("sbt.tasks=a \\\\\n").outcome == Outcome::builds);
}

TEST_CASE(
    "sbt: CouldNotParseVersion, UnsupportedSbtVersion, MissingVersionProperty, "
    "UnknownSbtVersion") {
  const auto sbt = [](const std::string& properties) {
    return foretell("sbt", "default", deployed,
                    {{"build.sbt", ""}, {"project/build.properties", properties}});
  };
  for (const char* written : {"sbt.version=1.10.7", "sbt.version = 1.10.7", "sbt.version: 1.10.7"})
    CHECK(sbt(written).versions == Texts{"1.10.7"});
  struct Case {
    const char* properties;
    const char* error;
  };
  for (const Case& each : {
           Case{"sbt.version=1.10", "CouldNotParseVersion"},
           Case{"sbt.version=1.10.7 ", "CouldNotParseVersion"},
           Case{"sbt.version=v1.5.5", "CouldNotParseVersion"},
           Case{"sbt.version=01.5.5", "CouldNotParseVersion"},
           Case{"sbt.version=1.9.x", "CouldNotParseVersion"},
           Case{"sbt.version=2.0.0", "UnsupportedSbtVersion"},
           Case{"sbt.version=0.13.18", "UnsupportedSbtVersion"},
           Case{"sbt.version=1.11.0-M1", "UnsupportedSbtVersion"},
           Case{"sbt.version=", "MissingVersionProperty"},
           Case{"", "MissingVersionProperty"},
           Case{"# \\u", "CouldNotParseBuildProperties"},
       }) {
    CAPTURE(each.properties);
    CHECK(sbt(each.properties).error == each.error);
  }
  CHECK(foretell("sbt", "default", deployed, {{"build.sbt", ""}}).error == "UnknownSbtVersion");
  CHECK(foretell("sbt", "default", deployed, {{"project/Build.scala", ""}}).error ==
        "UnknownSbtVersion");
  CHECK(foretell("sbt", "default", deployed,
                 {{"project/build.properties", "sbt.version=1.9.0"},
                  {"system.properties", "sbt.clean=yes"}})
            .error == "InvalidSbtClean");
  CHECK(foretell("sbt", "default", old_track, {{"project/build.properties", "sbt.version=0.13.18"}})
            .versions == Texts{"0.13.18"});
}
