#include "ingest/builder_file.h"

#include <algorithm>

#include "ingest/buildpack_reference.h"
#include "ingest/document_view.h"
#include "ingest/limits.h"

namespace buildable {
namespace {

Result<std::string> listed_id(const DocumentView& buildpack) {
  Result<void> known = buildpack.only({"id", "uri", "version"});
  if (!known) return fail(std::move(known.error()));
  return buildpack.text("id");
}

Result<void> check_shape(const DocumentView& file) {
  return file.only({"description", "stack", "lifecycle", "build", "run", "buildpacks", "extensions",
                    "order", "order-extensions", "system", "targets"});
}

Result<void> check_agreement(const DocumentView& file, const std::vector<std::string>& listed,
                             const Candidate& candidate) {
  for (const std::string& id : listed) {
    bool ordered = std::any_of(candidate.buildpacks.begin(), candidate.buildpacks.end(),
                               [&](const auto& buildpack) { return buildpack.id == id; });
    if (!ordered)
      return file.problem("no group of the order has " + id, "its version is not known");
  }
  return {};
}

}  // namespace

Result<BuilderFile> parse_builder_file(std::string_view toml) {
  Result<Node> document = read_toml(toml, ingest_limits::descriptor, "builder.toml");
  if (!document) return fail(std::move(document.error()));
  DocumentView file(*document);
  Result<void> shape = check_shape(file);
  if (!shape) return fail(std::move(shape.error()));

  BuilderFile read;
  auto stack = file.member("stack").and_then([](const auto& table) { return table.text("id"); });
  if (!stack) return fail(std::move(stack.error()));
  read.stack = std::move(*stack);
  auto lifecycle =
      file.member("lifecycle").and_then([](const auto& table) { return table.text("version"); });
  if (!lifecycle) return fail(std::move(lifecycle.error()));
  read.candidate.lifecycle = std::move(*lifecycle);
  auto order = file.member("order").and_then(read_order);
  if (!order) return fail(std::move(order.error()));
  read.candidate.order = std::move(*order);
  auto buildpacks = distinct_buildpacks(read.candidate.order);
  if (!buildpacks) return fail(std::move(buildpacks.error()));
  read.candidate.buildpacks = std::move(*buildpacks);

  auto listed = file.member("buildpacks").and_then([](const DocumentView& list) {
    return list.each(&listed_id);
  });
  if (!listed) return fail(std::move(listed.error()));
  Result<void> agreement = check_agreement(file, *listed, read.candidate);
  if (!agreement) return fail(std::move(agreement.error()));
  return read;
}

}  // namespace buildable
