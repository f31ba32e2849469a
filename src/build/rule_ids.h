// The rules of forecasts: stable ids for programs, with what each decides.
#pragma once

#include <array>
#include <string_view>

namespace buildable::build {

struct BuildRule {
  std::string_view id;
  std::string_view title;
};

inline constexpr std::array build_rules{
    BuildRule{"builder-not-known", "Nothing is known of this builder"},
    BuildRule{"dotnet-app-source", "Which project or solution of .NET is built"},
    BuildRule{"dotnet-global-json", "What global.json asks for"},
    BuildRule{"dotnet-project", "What a project file of .NET has to be"},
    BuildRule{"dotnet-project-toml", "What project.toml says of .NET"},
    BuildRule{"dotnet-sdk", "Which .NET SDK is installed"},
    BuildRule{"dotnet-solution", "Which projects a solution lists"},
    BuildRule{"dotnet-target-framework", "Which TargetFramework is read"},
    BuildRule{"file-not-read", "A file that the build reads was not read here"},
    BuildRule{"go-default", "Which Go is installed where none is asked for"},
    BuildRule{"go-line-newer", "A go line that is newer than the version asked for"},
    BuildRule{"go-mod-file", "What Go itself can read of go.mod"},
    BuildRule{"go-process-name", "The packages of Go that processes are named after"},
    BuildRule{"go-version", "Which Go is installed"},
    BuildRule{"gradle-wrapper", "The Gradle wrapper that the build needs"},
    BuildRule{"java-version", "Which Java is installed"},
    BuildRule{"jvm-system-properties", "What system.properties has to be"},
    BuildRule{"maven-version", "Which Maven is installed"},
    BuildRule{"maven-wrapper", "The Maven wrapper"},
    BuildRule{"no-buildpack", "No buildpack takes part"},
    BuildRule{"node-default", "Which Node.js is installed where none is asked for"},
    BuildRule{"node-engines", "Which Node.js engines.node asks for"},
    BuildRule{"node-install", "What the package manager itself would refuse"},
    BuildRule{"node-lock-file", "Which lock files a package manager needs"},
    BuildRule{"node-package-json", "What package.json has to be"},
    BuildRule{"node-package-manager", "Which package manager is used"},
    BuildRule{"node-package-manager-passed-over", "A package manager that the build passes over"},
    BuildRule{"node-project-toml", "What project.toml has to be for Node.js"},
    BuildRule{"php-composer-files", "What composer.json and composer.lock have to be"},
    BuildRule{"php-composer-install", "What Composer itself would refuse"},
    BuildRule{"php-composer-lock", "The composer.lock that the build needs"},
    BuildRule{"php-extensions", "Which extensions of PHP there are"},
    BuildRule{"php-platform", "Which PHP the project and its locked packages allow"},
    BuildRule{"procfile", "What a Procfile has to be"},
    BuildRule{"python-default", "Which Python is installed where none is asked for"},
    BuildRule{"python-package-manager", "Which package manager of Python is used"},
    BuildRule{"python-requires", "Whether requires-python allows the Python that was chosen"},
    BuildRule{"python-runtime-txt", "What runtime.txt has to be"},
    BuildRule{"python-uv-version-file", "The .python-version that uv needs"},
    BuildRule{"python-version", "Which Python is installed"},
    BuildRule{"python-version-file", "What .python-version has to be"},
    BuildRule{"ruby-default", "Which Ruby is installed where none is locked"},
    BuildRule{"ruby-gemfile", "Which Ruby the Gemfile takes"},
    BuildRule{"ruby-lock", "Which Ruby Gemfile.lock names"},
    BuildRule{"ruby-lock-missing", "The Gemfile.lock that the build needs"},
    BuildRule{"sbt-configuration", "What system.properties says of sbt"},
    BuildRule{"sbt-version", "Which sbt is used"},
    BuildRule{"track-ended", "The track has ended"},
};

}  // namespace buildable::build
