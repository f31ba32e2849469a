// What each buildpack version knows of each runtime: from the sources of its kind at its git tag,
// from archive stores, and from the image itself.
#pragma once

#include <map>
#include <memory>

#include "observe/archive_step.h"
#include "observe/builder_step.h"
#include "observe/side_steps.h"

namespace buildable::observe {

struct FactReading {
  const RuntimeRules* runtime = nullptr;
  const BuildpackRule* rule = nullptr;
  BuildpackReference buildpack;
  Target target;
  Capability capability;
  StoreReading* store = nullptr;
  std::vector<std::string> in_image;  // what its program in the image holds; empty: not read
  Evidence image_evidence;
  std::vector<Error> problems;
};

class FactStep {
 public:
  FactStep(Session& session, ArchiveStep& archives) : session_(session), archives_(archives) {}

  // Starts reading what decides for the buildpacks of this builder; each once.
  void start(const BuilderReading& builder);
  // When all builders are known: the inventories inside the images.
  void start_embedded_inventories(const std::deque<BuilderReading>& builders,
                                  net::RegistryClient& layers, const Source& source);
  // When they have spoken: where one differs from git, it is right.
  void compare_embedded_inventories();
  // Versions by name, to be looked up where a store may not be listed.
  void name_archives();

  // When all is read: facts that other sources contradict become problems.
  void hold_against_others(const ReleaseStep& releases);

  // The facts of a builder's buildpacks, by runtime.
  std::vector<FactReading*> facts_of(const BuilderReading& builder);

 private:
  using Take = std::function<Result<void>(const std::string& text, Capability& capability)>;

  void start(const RuntimeRules& runtime, const BuildpackReference& buildpack,
             const Target& target);
  void start(FactReading& fact);
  const Source* wanted(FactReading& fact, SourceKind kind, bool needed);
  void read(FactReading& fact, SourceKind kind, std::size_t limit, Take take);
  void read_repository(FactReading& fact);
  void read_packages(FactReading& fact);
  void read_default(FactReading& fact);
  void list_archives(FactReading& fact);
  void hold_against_last(const FactReading& fact);
  void read_embedded_inventory(FactReading& fact, const BuilderReading& builder,
                               net::RegistryClient& layers, const Source& source);
  void not_read(const FactReading& fact, const Source& source, Error error);
  void take_embedded_inventory(FactReading& fact, const net::ImageLayer& layer,
                               const Source& source, const std::string& blob,
                               const std::string& url);

  Session& session_;
  ArchiveStep& archives_;
  std::map<std::string, std::unique_ptr<FactReading>> facts_;
};

}  // namespace buildable::observe
