#include "facts.h"

#include <fstream>
#include <iterator>

#include "base/text.h"
#include "ingest/limits.h"

namespace buildable {

bool Facts::has(const std::string& file) const {
  return std::filesystem::is_regular_file(folder_ / file);
}

Result<std::string> Facts::text(const std::string& file) const {
  std::ifstream in(folder_ / file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (in.good() || in.eof()) return text;
  return fail(Diagnostic{.message = "cannot be read",
                         .file = (folder_ / file).string(),
                         .hint = "give the folder of facts as the first argument"});
}

Result<Node> Facts::json(const std::string& file) const {
  Result<std::string> read = text(file);
  if (!read) return fail(std::move(read.error()));
  return read_json(*read, ingest_limits::json, file);
}

std::string Facts::folder_of(const std::string& buildpack, const std::string& version) {
  return "buildpacks/" + replace_all(buildpack, "/", "_") + "/" + version + "/";
}

Result<std::vector<ReleaseRow>> rows_of(const Node& index) {
  DocumentView view(index);
  Result<std::string> repository = view.text("repo");
  if (!repository) return fail(std::move(repository.error()));
  auto rows = view.member("rows").and_then([](const DocumentView& list) { return list.items(); });
  if (!rows) return fail(std::move(rows.error()));
  std::vector<ReleaseRow> releases;
  for (const DocumentView& row : *rows) {
    ReleaseRow release{{}, {}, {}, *repository, row};
    for (auto [key, text] :
         {std::pair{"commit", &release.commit}, std::pair{"date", &release.date}}) {
      Result<std::string> found = row.text(key);
      if (!found) return fail(std::move(found.error()));
      *text = std::move(*found);
    }
    Result<std::string> version = row.optional_text("version");
    if (!version) return fail(std::move(version.error()));
    release.version = std::move(*version);
    releases.push_back(std::move(release));
  }
  return releases;
}

Result<std::vector<ReleaseRow>> rows_until(const Node& index, const std::string& version) {
  auto rows = rows_of(index);
  if (!rows) return rows;
  for (std::size_t i = 0; i < rows->size(); ++i) {
    if ((*rows)[i].version != version) continue;
    rows->erase(rows->begin() + static_cast<long>(i) + 1, rows->end());
    return rows;
  }
  return fail("the index has no release " + version);
}

Result<std::vector<std::string>> texts_of(const DocumentView& object, std::string_view key) {
  std::vector<std::string> texts;
  auto list = object.optional_member(key);
  if (!list) return fail(std::move(list.error()));
  if (!*list) return texts;
  auto items = (*list)->items();
  if (!items) return fail(std::move(items.error()));
  for (const DocumentView& item : *items) {
    Result<std::string> text = item.text();
    if (!text) return fail(std::move(text.error()));
    texts.push_back(std::move(*text));
  }
  return texts;
}

Result<std::map<std::string, std::string>> text_map_of(const DocumentView& object) {
  auto members = object.members();
  if (!members) return fail(std::move(members.error()));
  std::map<std::string, std::string> texts;
  for (const auto& [key, value] : *members) {
    Result<std::string> text = value.text();
    if (!text) return fail(std::move(text.error()));
    texts.emplace(key, std::move(*text));
  }
  return texts;
}

}  // namespace buildable
