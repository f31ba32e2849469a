// What is read beside the builders and decides nothing: the script that injects buildpacks, and the
// release days of the runtimes' own projects.
#pragma once

#include "observe/session.h"

namespace buildable::observe {

// The script at the commit that the deployed chart's version names. Its digest and the buildpacks
// that it names become a note of the snapshot; one that nobody has reviewed is a remark.
class InjectionStep {
 public:
  explicit InjectionStep(Session& session) : session_(session) {}
  void start();
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  void read_script(const std::string& chart_version);
  void take_script(const Source& source, const Answer& answer);

  Session& session_;
  std::vector<std::string> notes_;
};

class ReleaseStep {
 public:
  explicit ReleaseStep(Session& session) : session_(session) {}
  void start();
  // By runtime, in the order of the rules.
  std::vector<RuntimeReleases> releases() const;
  const RuntimeReleases* find(const std::string& runtime) const;

 private:
  void read(const Source& source, const RuntimeRules& runtime);

  Session& session_;
  std::map<std::string, RuntimeReleases> by_runtime_;
};

}  // namespace buildable::observe
