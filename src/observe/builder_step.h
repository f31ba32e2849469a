// What is in each builder image, told by two sources: Harbor's API and the registry itself.
#pragma once

#include <deque>
#include <memory>
#include <optional>

#include "ingest/builder_image.h"
#include "ingest/deployment.h"
#include "net/registry.h"
#include "observe/session.h"

namespace buildable::observe {

struct BuilderReading {
  std::string reference;
  bool ended = true;  // only tracks that have ended use it
  std::string digest;
  Evidence evidence;
  std::optional<ingest::BuilderImage> inside;  // what the labels say
  std::optional<net::Image> image;
  net::ImageReference location;  // where the registry is asked for it
  std::vector<Error> problems;
};

class BuilderStep {
 public:
  explicit BuilderStep(Session& session) : session_(session) {}

  // Each distinct builder once. `ready` is called for each whose labels were read, `all` when none
  // is under way any more.
  void start(const ingest::Deployment& deployment, std::function<void(const BuilderReading&)> ready,
             std::function<void()> all);

  // In the order of the tracks.
  const std::deque<BuilderReading>& builders() const { return builders_; }
  // Null before `start`.
  const net::RegistryClient* registry() const { return registry_.get(); }

 private:
  struct Harbor {
    std::string digest;
    ingest::ImageConfig config;
  };
  struct Pair {
    BuilderReading& reading;
    std::optional<Harbor> harbor;
    int open = 2;
  };

  void list(const ingest::Deployment& deployment);
  void read(BuilderReading& reading);
  Result<net::ImageReference> locate(const std::string& reference) const;
  void ask_harbor(const std::shared_ptr<Pair>& pair, const std::string& digest,
                  const std::string& index);
  void take_harbor(const std::shared_ptr<Pair>& pair, const ingest::HarborArtifact& artifact,
                   const std::string& index);
  void ask_registry(const std::shared_ptr<Pair>& pair);
  void fail_one(Pair& pair, const Source& source, Error error);
  void close(Pair& pair);
  void judge(Pair& pair);
  void end_one();

  Session& session_;
  std::deque<BuilderReading> builders_;
  std::size_t open_ = 0;
  std::unique_ptr<net::RegistryClient> registry_;
  const Source* harbor_source_ = nullptr;
  const Source* registry_source_ = nullptr;
  std::function<void(const BuilderReading&)> ready_;
  std::function<void()> all_;
};

}  // namespace buildable::observe
