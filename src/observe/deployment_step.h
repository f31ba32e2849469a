// Which builder each track has, and since when.
#pragma once

#include <optional>

#include "ingest/deployed_chart.h"
#include "ingest/deployment.h"
#include "observe/session.h"

namespace buildable::observe {

class DeploymentStep {
 public:
  explicit DeploymentStep(Session& session) : session_(session) {}

  // The values file, the build API's own answer and the file's history, at once. `ready` is called
  // when the values file was read, and not where it cannot be.
  void start(std::function<void(const ingest::Deployment&)> ready);
  // When everything has been read: the two sources must agree where both speak.
  void finish();

  const std::optional<ingest::Deployment>& deployment() const { return deployment_; }
  const Evidence& evidence() const { return evidence_; }
  // The instant from which on it was deployed, as far as its history is known; else that of the
  // observation.
  Instant effective() const;

 private:
  void read_values(std::function<void(const ingest::Deployment&)> ready);
  void read_api();
  void read_history();
  void compare(const ingest::TrackDeployment& by_api);

  Session& session_;
  std::optional<ingest::Deployment> deployment_;
  Evidence evidence_;
  std::optional<ingest::Deployment> by_api_;
  std::optional<ingest::Commit> commit_;
};

}  // namespace buildable::observe
