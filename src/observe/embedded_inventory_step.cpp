// The inventory in the image: what is compiled into a buildpack's program, compared with the file
// at its git tag.
#include <algorithm>

#include "base/text.h"
#include "ingest/capability_facts.h"
#include "ingest/embedded_inventory.h"
#include "net/layer.h"
#include "observe/fact_step.h"

namespace buildable::observe {
namespace {

constexpr std::size_t most_layer_bytes = 96U << 20U;  // compressed; a buildpack has some 10 MB

const net::ImageLayer* layer_of(const BuilderReading& builder,
                                const BuildpackReference& buildpack) {
  for (const ingest::BuildpackLayer& described : builder.inside->layers) {
    if (described.id != buildpack.id || described.version != buildpack.version) continue;
    for (const net::ImageLayer& layer : builder.image->layers)
      if (layer.diff_id == described.diff_id) return &layer;
  }
  return nullptr;
}

Result<Capability> inventory_in(const std::string& blob, const net::ImageLayer& layer,
                                const FactReading& fact) {
  const auto tar = net::unpack_layer(blob, layer.diff_id);
  if (!tar) return fail(tar.error());
  const std::string path = net::buildpack_program_path(fact.buildpack.id, fact.buildpack.version);
  const auto binary = net::file_in_layer(*tar, path);
  if (!binary) return fail(binary.error());
  const auto text = ingest::embedded_inventory(*binary);
  if (!text) return fail(Error(text.error()).in_file(path));
  Capability capability;
  const auto taken = ingest::take_inventory(*text, fact.runtime->scheme, fact.target, capability);
  if (!taken) return fail(Error(taken.error()).in_file(path));
  return capability;
}

// "only in the image: 1.2, 1.3 and 4 more"
std::string only_in(const char* where, const std::vector<std::string>& some,
                    const std::vector<std::string>& others) {
  constexpr std::size_t most = 5;
  std::vector<std::string> own;
  for (const std::string& version : some)
    if (std::find(others.begin(), others.end(), version) == others.end()) own.push_back(version);
  if (own.empty()) return {};
  const std::size_t more = own.size() > most ? own.size() - most : 0;
  own.resize(own.size() - more);
  return std::string("; only ") + where + ": " + join(own, ", ") +
         (more > 0 ? " and " + std::to_string(more) + " more" : "");
}

}  // namespace

void FactStep::start_embedded_inventories(const std::deque<BuilderReading>& builders,
                                          net::RegistryClient& layers, const Source& source) {
  std::vector<const FactReading*> seen;
  for (const BuilderReading& builder : builders)
    for (FactReading* fact : facts_of(builder)) {
      const bool again = std::find(seen.begin(), seen.end(), fact) != seen.end();
      if (again || fact->rule == nullptr || fact->rule->mechanism != Mechanism::inventory) continue;
      seen.push_back(fact);
      read_embedded_inventory(*fact, builder, layers, source);
    }
}

void FactStep::read_embedded_inventory(FactReading& fact, const BuilderReading& builder,
                                       net::RegistryClient& layers, const Source& source) {
  const net::ImageLayer* layer = layer_of(builder, fact.buildpack);
  if (layer == nullptr)
    return not_read(fact, source,
                    Error(Diagnostic{.message = "it has no layer in " + builder.reference}));
  const auto& where = builder.location;
  const std::string url = where.registry + "/" + where.repository + "@" + layer->digest;
  layers.read_blob(where, layer->digest, most_layer_bytes,
                   [this, &fact, &source, layer, url](Result<std::string> blob) {
                     if (!blob) return not_read(fact, source, std::move(blob.error()));
                     take_embedded_inventory(fact, *layer, source, *blob, url);
                   });
}

void FactStep::take_embedded_inventory(FactReading& fact, const net::ImageLayer& layer,
                                       const Source& source, const std::string& blob,
                                       const std::string& url) {
  auto in_image = inventory_in(blob, layer, fact);
  if (!in_image) return not_read(fact, source, std::move(in_image.error()));
  session_.fetcher.found(source.name, fact.buildpack.id + " " + fact.buildpack.version + ": " +
                                          std::to_string(in_image->versions.size()));
  fact.in_image = std::move(in_image->versions);
  fact.image_evidence = {
      .source = url,
      .digest = layer.digest,
      .seen = format_instant(session_.options.now),
      .note = "In " + net::buildpack_program_path(fact.buildpack.id, fact.buildpack.version) + "."};
}

// Then git's word stands alone, as it does for every other mechanism.
void FactStep::not_read(const FactReading& fact, const Source& source, Error error) {
  const std::string who = fact.buildpack.id + " " + fact.buildpack.version;
  const Error told = session_.failed(source, std::move(error));
  session_.remark("image_unheard", who + ": " + told.to_text());
}

// What runs is the image: where it differs from git it is right.
void FactStep::compare_embedded_inventories() {
  for (auto& [id, fact] : facts_) {
    if (fact->in_image.empty() || !fact->problems.empty()) continue;
    if (fact->in_image == fact->capability.versions) continue;
    session_.remark("image_differs_from_git",
                    fact->buildpack.id + " " + fact->buildpack.version +
                        ": its inventory in the image is not the one at the git tag" +
                        only_in("in the image", fact->in_image, fact->capability.versions) +
                        only_in("at the tag", fact->capability.versions, fact->in_image),
                    fact->image_evidence);
    fact->capability.versions = fact->in_image;
    fact->capability.evidence = fact->image_evidence;
  }
}

}  // namespace buildable::observe
