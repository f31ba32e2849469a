#include "app/network/tree_reader.h"

#include <filesystem>

#include "app/network/fetching.h"
#include "app/program_version.h"
#include "base/text.h"
#include "net/curl_fetcher.h"
#include "net/url.h"
#include "publish/remote.h"
#include "store/file_reader.h"

namespace buildable::app {
namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;
using Paths = std::vector<std::string>;

constexpr std::size_t largest_file = 64U << 20U;

// What 404 and 410 answer is not there; anything else but 2xx cannot be told.
Result<Files> read_from_server(const Settings& settings, const net::Url& base, const Paths& paths) {
  const auto fetcher = net::curl_fetcher({.hosts = {base.host},
                                          .local_addresses = settings.allow_local,
                                          .proxy = settings.proxy,
                                          .ca_file = settings.ca_file,
                                          .cache = settings.cache_directory,
                                          .user_agent = user_agent()});
  Files files;
  std::vector<Diagnostic> problems;
  const std::string root = base.text.ends_with('/') ? base.text : base.text + "/";
  for (const std::string& path : paths) {
    net::Request request{.source = "tree", .url = root + path, .max_bytes = largest_file};
    request.headers = {{"Accept", "text/html, */*"}};  // a page is among the files
    request.expected = {404, 410};
    fetcher->get(std::move(request), [&files, &problems, path](Result<net::Response> response) {
      if (!response) {
        const auto& found = response.error().diagnostics();
        problems.insert(problems.end(), found.begin(), found.end());
      } else if (response->status < 300) {
        files[path] = std::move(response->body);
      }
    });
  }
  fetcher->run();
  if (!problems.empty()) return fail(Error(std::move(problems)));
  return files;
}

struct GitPlace {
  std::string url;
  std::string branch = "main";
  std::string folder;  // empty, or with a "/" at its end
};

GitPlace git_place(std::string_view text) {
  GitPlace place;
  const std::size_t hash = text.rfind('#');
  place.url = text.substr(0, hash);
  if (hash == std::string_view::npos) return place;
  const std::string_view rest = text.substr(hash + 1);
  const std::size_t colon = rest.find(':');
  if (colon != 0) place.branch = rest.substr(0, colon);
  if (colon != std::string_view::npos) place.folder = rest.substr(colon + 1);
  if (!place.folder.empty() && !place.folder.ends_with('/')) place.folder += '/';
  return place;
}

Result<Files> read_from_git(const Settings& settings, const GitPlace& place, const Paths& paths) {
  const fs::path cache =
      settings.cache_directory.empty() ? fs::path() : fs::path(settings.cache_directory) / "follow";
  auto remote = publish::Remote::open({.url = place.url, .cache = cache});
  if (!remote) return fail(std::move(remote.error()));
  Paths there;
  for (const std::string& path : paths) there.push_back(place.folder + path);
  auto head = remote->look(place.branch, there);
  if (!head) return fail(std::move(head.error()));
  if (head->commit.empty())
    return fail("no branch " + in_quotes(place.branch) + " there", "name it after # in follow.url");
  Files files;
  for (auto& [path, content] : head->texts)
    files[path.substr(place.folder.size())] = std::move(content);
  return files;
}

}  // namespace

Result<TreeReader> tree_reader(const Settings& settings, const std::string& place) {
  constexpr std::string_view git = "git+";
  if (place.starts_with(git)) {
    const GitPlace parsed = git_place(std::string_view(place).substr(git.size()));
    if (auto checked = publish::check_branch_name(parsed.branch); !checked)
      return fail(std::move(checked.error()));
    return TreeReader(
        [settings, parsed](const Paths& paths) { return read_from_git(settings, parsed, paths); });
  }
  if (place.find("://") == std::string::npos) {
    return TreeReader(
        [place](const Paths& paths) { return store::read_regular_files(place, paths); });
  }
  if (auto checked = check_ca_file(settings); !checked) return fail(std::move(checked.error()));
  const auto base = net::parse_url(place);
  if (!base) return fail(base.error());
  return TreeReader([settings, url = *base](const Paths& paths) {
    return read_from_server(settings, url, paths);
  });
}

}  // namespace buildable::app
