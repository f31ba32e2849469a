// What pnpm refuses before it installs anything: a version of pnpm that engines.pnpm does not take,
// and a pnpm-workspace.yaml that it cannot read.
#include "base/document.h"
#include "base/text.h"
#include "build/node_install.h"

namespace buildable::build {
namespace {

constexpr std::string_view pnpm_workspace = "pnpm-workspace.yaml";

std::optional<Answer> refused_pnpm_engine(const Installation& it) {
  const auto& written = it.package.pnpm;
  if (!written || written->text.empty()) return std::nullopt;
  // Of the older ones it is not known here.
  if (!releases_from("8.15.9").includes(it.manager.versions)) return std::nullopt;
  const auto range = range_of_npm(written->text);
  if (range && range->intersects(it.manager.versions)) return std::nullopt;
  const std::string how =
      range ? ", which does not take the pnpm that is used" : ", which pnpm cannot read";
  return refused_by_manager(
      it, "ERR_PNPM_UNSUPPORTED_ENGINE", {"package.json", written->line},
      "engines.pnpm is " + in_quotes(written->text) + how + "; it refuses to install",
      "write a range that takes it, for example \">=9\"");
}

// Where our reader of YAML and the one of pnpm (js-yaml) may differ: tabs, complex keys, anchors,
// something right behind the line between documents, a lone dash.
bool may_be_other_yaml(std::string_view text) {
  if (text.find_first_of("\t?&") != std::string_view::npos) return true;
  for (const std::string_view line : split_lines(text)) {
    const std::string_view all = trim(line);
    if (all == "-" || (line.starts_with("---") && all != "---")) return true;
  }
  return false;
}

// A colon that begins a word, which the two read otherwise in brackets.
bool has_leading_colon(std::string_view text) {
  for (std::size_t at = text.find(':'); at != std::string_view::npos; at = text.find(':', at + 1))
    if (at == 0 || std::string_view(" \n,:[{").find(text[at - 1]) != std::string_view::npos)
      return true;
  return false;
}

bool ends_pnpm_too(std::string_view text, const std::string& problem) {
  constexpr std::string_view syntax_error = "not YAML: ";
  // A key that is there twice; a limit of our reader it may be as well.
  if (!problem.starts_with(syntax_error)) return problem.ends_with("is there twice");
  const auto is = [&](std::string_view what) { return problem.find(what) != std::string::npos; };
  if (may_be_other_yaml(text) || is("found unexpected ':'")) return false;
  if (is("did not find expected node content")) return !has_leading_colon(text);
  return !is("did not find expected key") || text.find_first_of("[{") == std::string_view::npos;
}

Answer refused_workspace(const Installation& it, int line, std::string reason, std::string help) {
  return refused_by_manager(it, "package_manager/pnpm/install", {pnpm_workspace, line},
                            "pnpm refuses to install: " + std::move(reason), std::move(help));
}

// Before pnpm 10 the file says which packages there are, and nothing else.
bool lacks_packages(const Installation& it, const std::vector<Node>& documents) {
  if (documents.empty() || !documents.front().is(Node::Kind::object)) return false;
  const Node* packages = documents.front().find("packages");
  return (!packages || packages->is(Node::Kind::null)) &&
         releases_from("8.15.9", "10.0.0").includes(it.manager.versions);
}

std::optional<Answer> refused_workspace_file(const Installation& it) {
  const SourceFile* file = it.files.find(pnpm_workspace);
  if (!file || !file->known || !is_valid_utf8(file->text)) return std::nullopt;
  const auto documents = parse_yaml_documents(file->text, pnpm_workspace, YamlAliases::keep);
  if (!documents) {
    const Diagnostic& first = documents.error().diagnostics().front();
    if (!ends_pnpm_too(file->text, first.message)) return std::nullopt;
    return refused_workspace(it, first.line, std::string(pnpm_workspace) + ": " + first.message,
                             "correct the YAML");
  }
  if (documents->size() > 1)
    return refused_workspace(it, position_at(file->text, (*documents)[1].span.begin).line,
                             "pnpm-workspace.yaml holds several documents",
                             "keep one, without a second line of three hyphens");
  if (lacks_packages(it, *documents))
    return refused_workspace(it, 1,
                             "pnpm-workspace.yaml has no packages, which pnpm needs before "
                             "version 10",
                             "name the packages, or use pnpm 10");
  return std::nullopt;
}

}  // namespace

std::optional<Answer> refused_by_pnpm(const Installation& it) {
  if (auto refused = refused_pnpm_engine(it)) return refused;
  return refused_workspace_file(it);
}

}  // namespace buildable::build
