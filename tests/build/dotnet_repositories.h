// Repositories of .NET, and what is foretold for them.
#pragma once

#include "build/support.h"

namespace buildable::build::testing::dotnet {

using Texts = std::vector<std::string>;

// default on 2026-06-01: 1.0.5 and 1.0.7; latest on 2025-06-01: 0.4.0 and 0.5.0.
inline Forecast now(const Repository& files) {
  return foretell("dotnet", "default", "2026-06-01", files);
}
inline Forecast before(const Repository& files) {
  return foretell("dotnet", "latest", "2025-06-01", files);
}

inline std::string group(const std::string& framework) {
  return "<PropertyGroup><TargetFramework>" + framework + "</TargetFramework></PropertyGroup>";
}
inline std::string project(const std::string& content) {
  return "<Project Sdk=\"Microsoft.NET.Sdk\">" + content + "</Project>";
}
inline Repository with(const std::string& content) { return {{"a.csproj", project(content)}}; }
inline Repository framework(const std::string& text) { return with(group(text)); }

// A line of a .sln.
inline std::string listed(const std::string& path, const std::string& name = "A",
                          const std::string& id = "11111111-1111-1111-1111-111111111111") {
  return "Project(\"{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}\") = \"" + name + "\", \"" + path +
         "\", \"{" + id + "}\"\r\nEndProject\r\n";
}

inline const Texts eight{"8.0.419", "8.0.420"}, nine{"9.0.312", "9.0.313"},
    ten{"10.0.201", "10.0.203"};

struct Built {
  std::string name;
  Repository files;
  Texts versions;
};
struct Failed {
  std::string name;
  Repository files;
  std::string error;
};

inline void check(const std::vector<Built>& cases, Forecast (*ask)(const Repository&)) {
  for (const Built& each : cases) {
    CAPTURE(each.name);
    const Forecast forecast = ask(each.files);
    CAPTURE(forecast.reason);
    CHECK(forecast.outcome == Outcome::builds);
    CHECK(forecast.versions == each.versions);
  }
}
inline void check(const std::vector<Failed>& cases, Forecast (*ask)(const Repository&)) {
  for (const Failed& each : cases) {
    CAPTURE(each.name);
    const Forecast forecast = ask(each.files);
    CAPTURE(forecast.reason);
    CHECK(forecast.outcome == Outcome::fails);
    CHECK(forecast.error == each.error);
    CHECK(forecast.help.empty() == (each.error == "not detected"));
  }
}
inline void check_unknown(const std::vector<std::pair<std::string, Repository>>& cases) {
  for (const auto& each : cases) {
    CAPTURE(each.first);
    const Forecast forecast = now(each.second);
    CAPTURE(forecast.reason);
    CHECK(forecast.outcome == Outcome::unknown);
    CHECK_FALSE(forecast.rule.empty());
  }
}

}  // namespace buildable::build::testing::dotnet
