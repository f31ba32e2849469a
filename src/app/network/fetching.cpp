#include "app/network/fetching.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "app/program_version.h"
#include "base/text.h"
#include "net/curl_fetcher.h"
#include "net/record.h"
#include "net/url.h"
#include "store/file_reader.h"

namespace buildable::app {
namespace {

// A URL with placeholders, as far as it names a server.
Result<net::Url> server_of(const std::string& pattern) {
  return net::parse_url(replace_all(replace_all(pattern, "{", "_"), "}", "_"));
}

tl::unexpected<Error> problem(const Settings& settings, const std::string& key, std::string message,
                              std::string hint = {}) {
  return fail(Diagnostic{
      .message = std::move(message), .file = settings.file, .path = key, .hint = std::move(hint)});
}

Result<void> check_url(const Settings& settings, const std::string& key, const std::string& url) {
  const auto server = server_of(url);
  if (!server) return problem(settings, key, server.error().message(), "write https://host/…");
  const auto& local = settings.allow_local;
  const bool is_local = std::find(local.begin(), local.end(), server->endpoint()) != local.end();
  if (server->scheme == "https" || (server->scheme == "http" && is_local)) return {};
  return problem(settings, key, "not encrypted: " + in_quotes(public_url(url)),
                 "use https, or name " + server->endpoint() + " in allow_local");
}

// Everything that the rules or the settings send us to.
std::vector<std::string> hosts_of(const Rules& rules,
                                  const std::map<std::string, std::string>& urls) {
  std::set<std::string> hosts;
  for (const Source& source : rules.platform.sources) {
    const auto configured = urls.find(source.name);
    const auto server = server_of(configured == urls.end() ? source.url : configured->second);
    if (server) hosts.insert(server->host);
  }
  return {hosts.begin(), hosts.end()};
}

}  // namespace

Result<std::map<std::string, std::string>> configured_urls(const Settings& settings,
                                                           const PlatformRules& platform) {
  std::map<std::string, std::string> urls;
  std::vector<std::string_view> names;
  for (const Source& source : platform.sources) names.push_back(source.name);
  for (const auto& [name, source] : settings.sources) {
    const std::string key = "sources." + name;
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      const auto meant = nearest(name, names);
      return problem(settings, key, "no source is called " + in_quotes(name),
                     meant ? "did you mean " + in_quotes(*meant) + "?" : std::string());
    }
    const auto checked = check_url(settings, key + ".url", source.url);
    if (!checked) return fail(checked.error());
    urls[name] = source.url;
  }
  return urls;
}

Result<void> check_ca_file(const Settings& settings) {
  const std::string& file = settings.ca_file;
  if (file.empty()) return {};
  const auto text = store::read_file(file);
  if (text) return {};
  return problem(settings, "ca_file", text.error().to_text());
}

Result<std::unique_ptr<net::Fetcher>> make_fetcher(const Settings& settings,
                                                   const AnswerRecording& recording,
                                                   const Rules& rules,
                                                   const std::map<std::string, std::string>& urls) {
  if (!recording.replay.empty()) {
    std::error_code error;
    if (!std::filesystem::is_directory(recording.replay, error))
      return fail(Diagnostic{.message = "no recording is there", .file = recording.replay});
    return net::replaying_fetcher(recording.replay);
  }
  if (!settings.proxy.empty()) {
    const auto proxy = net::parse_url(settings.proxy);
    if (!proxy)
      return problem(settings, "proxy", proxy.error().message(), "write http://host:port");
  }
  if (auto checked = check_ca_file(settings); !checked) return fail(std::move(checked.error()));
  auto fetcher = net::curl_fetcher({.hosts = hosts_of(rules, urls),
                                    .local_addresses = settings.allow_local,
                                    .proxy = settings.proxy,
                                    .ca_file = settings.ca_file,
                                    .cache = settings.cache_directory,
                                    .user_agent = user_agent()});
  if (recording.record.empty()) return fetcher;
  return net::recording_fetcher(std::move(fetcher), recording.record);
}

}  // namespace buildable::app
