#include "serve/generation.h"

#include <utility>

#include "base/document.h"
#include "emit/site/search.h"
#include "serve/api.h"
#include "serve/check_files.h"

namespace buildable::http {
namespace {

std::string_view type_of(std::string_view path) {
  if (path.ends_with(".json")) return json_type;
  if (path.ends_with(".html")) return html_type;
  if (path.ends_with(".yml")) return "application/yaml; charset=utf-8";
  if (path.ends_with(".md")) return "text/markdown; charset=utf-8";
  if (path.ends_with(".svg")) return "image/svg+xml";
  if (path.ends_with(".atom")) return "application/atom+xml; charset=utf-8";
  return "text/plain; charset=utf-8";
}

ResourcePtr resource_of(const std::string& path, std::string body) {
  const bool page = path.ends_with(".html");
  return make_resource(std::move(body), type_of(path),
                       page ? emit::page_security_policy() : std::string(data_security_policy));
}

// That of the generation before where it says the same.
ResourcePtr same_or_new(const ResourcePtr* before, const std::string& path, std::string body) {
  if (before != nullptr && (*before)->identity.full.body == body) return *before;
  return resource_of(path, std::move(body));
}

// Whether repositories have the address in their settings.
bool may_be_extended(std::string_view path, const Rules& rules) {
  if (path.starts_with("/renovate/") || path.starts_with("/datasources/")) return true;
  for (const TrackRules& track : rules.platform.tracks)
    if (path == "/" + track.name + ".json") return true;
  return false;
}

Result<void> check_json(const std::string& path, const std::string& body) {
  if (!path.ends_with(".json")) return {};
  const auto parsed = parse_json(body, path);
  if (!parsed) return fail(parsed.error());
  if (parsed->is(Node::Kind::object)) return {};
  return fail(Diagnostic{.message = "not a JSON object", .file = path});
}

}  // namespace

Result<GenerationPtr> Generation::make(Material material, RefreshStatus status,
                                       const Generation* before) {
  Resources files;
  for (auto& [name, body] : material.generated.tree) {
    std::string path = "/" + name;
    const ResourcePtr* old = before == nullptr ? nullptr : before->file(path);
    if (old == nullptr || (*old)->identity.full.body != body)
      if (auto checked = check_json(path, body); !checked) return fail(std::move(checked.error()));
    ResourcePtr resource = same_or_new(old, path, std::move(body));
    files.emplace(std::move(path), std::move(resource));
  }
  material.generated.tree.clear();
  if (before != nullptr)
    for (const auto& [path, resource] : before->files())
      if (may_be_extended(path, material.rules) && !files.contains(path))
        return fail(
            Diagnostic{.message = "was served before and is missing now",
                       .file = path,
                       .hint = "an address that a repository extends must answer for good"});
  auto content = std::make_shared<Content>(Content{std::move(material), std::move(files), nullptr});
  content->checker = std::make_shared<const FileChecker>(content->material.rules,
                                                         content->material.generated.policy);
  std::shared_ptr<Generation> made(new Generation(std::move(content), std::move(status)));
  made->prepare(before);
  return GenerationPtr(std::move(made));
}

GenerationPtr Generation::with(RefreshStatus status) const {
  std::shared_ptr<Generation> made(new Generation(content_, std::move(status)));
  made->prepare(this);
  return made;
}

void Generation::prepare(const Generation* before) {
  for (auto& [path, body] : prepared_bodies(*this)) {
    const ResourcePtr* old = before == nullptr ? nullptr : before->prepared(path);
    const bool same = old != nullptr && (*old)->identity.full.body == body;
    ResourcePtr resource = same ? *old : make_resource(std::move(body), json_type);
    prepared_.emplace(path, std::move(resource));
  }
  std::string body = page_text({}, {});
  const ResourcePtr* old = before == nullptr ? nullptr : before->prepared("/");
  prepared_.emplace("/",
                    old != nullptr && (*old)->identity.full.body == body
                        ? *old
                        : make_resource(std::move(body), html_type, emit::page_security_policy()));
}

const ResourcePtr* Generation::file(std::string_view path) const {
  const auto found = content_->files.find(path);
  return found == content_->files.end() ? nullptr : &found->second;
}

const ResourcePtr* Generation::prepared(std::string_view path) const {
  const auto found = prepared_.find(path);
  return found == prepared_.end() ? nullptr : &found->second;
}

std::string Generation::page_text(std::string_view question, std::string_view address) const {
  const std::string search =
      emit::search_section(emit::search(site(), question), policy().platform_name);
  return content_->material.page.whole(search, address);
}

}  // namespace buildable::http
