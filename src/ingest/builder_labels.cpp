#include <algorithm>

#include "base/digest.h"
#include "base/text.h"
#include "ingest/builder_image.h"
#include "ingest/buildpack_reference.h"
#include "ingest/document_view.h"
#include "ingest/limits.h"
#include "ingest/reference.h"

namespace buildable::ingest {
namespace {

constexpr std::string_view metadata_label = "io.buildpacks.builder.metadata";
constexpr std::string_view layers_label = "io.buildpacks.buildpack.layers";
constexpr std::string_view order_label = "io.buildpacks.buildpack.order";
constexpr std::string_view stack_label = "io.buildpacks.stack.id";
constexpr std::string_view distro_name_label = "io.buildpacks.base.distro.name";
constexpr std::string_view distro_version_label = "io.buildpacks.base.distro.version";

std::string label_of(const ImageConfig& image, std::string_view name) {
  auto at = image.labels.find(std::string(name));
  return at == image.labels.end() ? std::string{} : at->second;
}

// The error with the label's name before its path.
Error in_label(const Error& error, std::string_view label) {
  std::vector<Diagnostic> diagnostics = error.diagnostics();
  for (Diagnostic& diagnostic : diagnostics) {
    diagnostic.path = std::string(label) + (diagnostic.path.empty() ? "" : " " + diagnostic.path);
  }
  return Error(std::move(diagnostics));
}

template <class Reader>
auto read_label(const ImageConfig& image, std::string_view label, Reader reader)
    -> decltype(reader(std::declval<const DocumentView&>())) {
  std::string text = label_of(image, label);
  if (text.empty()) {
    return fail(Diagnostic{.message = "the label is missing",
                           .path = std::string(label),
                           .hint = "check the reference: this is not a builder image"});
  }
  auto document = read_json(text, limits::json, "the label");
  if (!document) return fail(in_label(document.error(), label));
  auto value = reader(DocumentView(*document));
  if (!value) return fail(in_label(value.error(), label));
  return value;
}

Result<Candidate> candidate_of(const DocumentView& metadata) {
  auto listed = metadata.member("buildpacks").and_then([](const DocumentView& list) {
    return list.each(&read_buildpack);
  });
  if (!listed) return fail(std::move(listed.error()));
  auto buildpacks = distinct_buildpacks({std::move(*listed)});
  if (!buildpacks) return fail(std::move(buildpacks.error()));
  Result<std::string> lifecycle =
      metadata.member("lifecycle").and_then([](const DocumentView& object) {
        return object.text("version");
      });
  if (!lifecycle) return fail(std::move(lifecycle.error()));
  return Candidate{.lifecycle = std::move(*lifecycle), .buildpacks = std::move(*buildpacks)};
}

Result<BuildpackLayer> layer_of(const std::string& id, const std::string& version,
                                const DocumentView& object) {
  BuildpackLayer layer{.id = id, .version = version};
  Result<std::string> diff_id = object.text("layerDiffID");
  if (!diff_id) return fail(std::move(diff_id.error()));
  if (!is_sha256_digest(*diff_id)) return object.problem("no digest: " + in_quotes(*diff_id));
  layer.diff_id = std::move(*diff_id);
  Result<std::optional<DocumentView>> order = object.optional_member("order");
  if (!order) return fail(std::move(order.error()));
  if (!*order) return layer;
  auto parts = read_order(**order);
  if (!parts) return fail(std::move(parts.error()));
  layer.parts = std::move(*parts);
  return layer;
}

Result<std::vector<BuildpackLayer>> layers_of(const DocumentView& object) {
  auto ids = object.members();
  if (!ids) return fail(std::move(ids.error()));
  std::vector<BuildpackLayer> layers;
  for (const auto& [id, by_version] : *ids) {
    auto versions = by_version.members();
    if (!versions) return fail(std::move(versions.error()));
    for (const auto& [version, description] : *versions) {
      Result<BuildpackLayer> layer = layer_of(id, version, description);
      if (!layer) return fail(std::move(layer.error()));
      layers.push_back(std::move(*layer));
    }
  }
  return layers;
}

bool has(const std::vector<BuildpackReference>& buildpacks, const BuildpackReference& wanted) {
  return std::any_of(buildpacks.begin(), buildpacks.end(), [&](const auto& buildpack) {
    return buildpack.id == wanted.id && buildpack.version == wanted.version;
  });
}

// What the order names is there, and what is there has a layer.
Result<void> check_agreement(const BuilderImage& image) {
  for (const OrderGroup& group : image.candidate.order) {
    for (const BuildpackReference& member : group) {
      if (has(image.candidate.buildpacks, member)) continue;
      return fail(Diagnostic{.message = "the builder has no " + member.id + " " + member.version,
                             .path = std::string(order_label),
                             .hint = "its labels contradict each other: do not use it"});
    }
  }
  for (const BuildpackReference& buildpack : image.candidate.buildpacks) {
    bool found = std::any_of(image.layers.begin(), image.layers.end(), [&](const auto& layer) {
      return layer.id == buildpack.id && layer.version == buildpack.version;
    });
    if (found) continue;
    return fail(Diagnostic{.message = "no layer for " + buildpack.id + " " + buildpack.version,
                           .path = std::string(layers_label),
                           .hint = "its labels contradict each other: do not use it"});
  }
  return {};
}

Result<Target> target_of(const ImageConfig& image) {
  std::string stack = label_of(image, stack_label);
  std::string distro = label_of(image, distro_name_label);
  std::string distro_version = label_of(image, distro_version_label);
  Target named{image.os, image.arch, distro, distro_version, stack};
  if (stack.empty() && !distro.empty() && !distro_version.empty()) return named;
  Result<Target> target = target_of_stack(stack, image.arch);
  if (!target) return fail(in_label(target.error(), stack_label));
  target->os = image.os;
  bool agrees = (distro.empty() || distro == target->distro) &&
                (distro_version.empty() || distro_version == target->distro_version);
  if (agrees) return target;
  return fail(Diagnostic{.message = "it is " + in_quotes(distro + " " + distro_version) +
                                    ", the stack is " + in_quotes(stack),
                         .path = std::string(distro_version_label),
                         .hint = "its labels contradict each other: do not use it"});
}

}  // namespace

Result<Target> target_of_stack(std::string_view stack, std::string_view arch) {
  constexpr std::string_view prefix = "heroku-";
  std::string_view year = stack.substr(std::min(prefix.size(), stack.size()));
  bool known = stack.starts_with(prefix) && year.size() == 2 &&
               year.find_first_not_of("0123456789") == std::string_view::npos;
  if (!known) {
    return fail("not a known stack: " + in_quotes(stack),
                "its distribution has to be named by the base image's labels");
  }
  return Target{"linux", std::string(arch), "ubuntu", std::string(year) + ".04",
                std::string(stack)};
}

Result<BuilderImage> parse_builder_labels(const ImageConfig& config) {
  BuilderImage image;
  Result<Candidate> candidate = read_label(config, metadata_label, candidate_of);
  if (!candidate) return fail(std::move(candidate.error()));
  image.candidate = std::move(*candidate);
  auto order = read_label(config, order_label, read_order);
  if (!order) return fail(std::move(order.error()));
  image.candidate.order = std::move(*order);
  auto layers = read_label(config, layers_label, layers_of);
  if (!layers) return fail(std::move(layers.error()));
  image.layers = std::move(*layers);
  Result<Target> target = target_of(config);
  if (!target) return fail(std::move(target.error()));
  image.target = std::move(*target);
  Result<void> agreement = check_agreement(image);
  if (!agreement) return fail(std::move(agreement.error()));
  return image;
}

}  // namespace buildable::ingest
