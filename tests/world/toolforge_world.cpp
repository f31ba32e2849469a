#include "world/toolforge_world.h"

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <stdexcept>

#include "base/digest.h"
#include "base/text.h"

namespace buildable::world {
namespace {

using Json = nlohmann::json;

const std::string harbor = "tools-harbor.wmcloud.org";
const std::string gitlab = "gitlab.wikimedia.org";
const std::string deployment = "/repos/cloud/toolforge/toolforge-deploy/-/raw/main/components/";

constexpr std::size_t usual_page_size = 100;

Answer not_found() { return {.status = 404, .body = "{}"}; }

// The stand-in server would spend its time on compressing what is called text.
const std::string plain_bytes = "application/octet-stream";

Answer text(std::string body, std::string type = plain_bytes) {
  return {.body = std::move(body), .type = std::move(type)};
}

Answer text_if_any(const std::optional<std::string>& body) {
  return body ? text(*body) : not_found();
}

int hexadecimal(char c) { return c <= '9' ? c - '0' : (c | 32) - 'a' + 10; }

std::string percent_decoded(const std::string& text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      plain += static_cast<char>(hexadecimal(text[i + 1]) * 16 + hexadecimal(text[i + 2]));
      i += 2;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

std::string parameter(const std::string& query, const std::string& name) {
  for (const std::string_view pair : split(query, '&'))
    if (pair.substr(0, name.size() + 1) == name + "=")
      return percent_decoded(std::string(pair.substr(name.size() + 1)));
  return {};
}

std::string host_of(const std::string& url) {
  const std::size_t begin = url.find("://") + 3;
  return url.substr(begin, url.find_first_of("/?", begin) - begin);
}

}  // namespace

struct ToolforgeWorld::State {
  HttpServer& server_of(const std::string& host);
  Answer answer(const std::string& host, const Seen& seen);
  Answer content(const std::string& host, const Seen& seen);
  Answer from_gitlab(const Seen& seen) const;
  Answer from_harbor(const Seen& seen);
  Answer artifact(const std::string& reference);
  Answer from_registry(const Seen& seen);
  Answer from_bucket(const std::vector<std::string>& keys, const Seen& seen) const;
  const BuilderImage& image(const std::string& tag);
  const BuilderImage* image_of(const std::string& reference);
  void count(const std::string& host, const Seen& seen, const Answer& answer);

  std::recursive_mutex mutex;  // of what follows
  testing::HerokuFacts facts;
  const std::vector<std::string> python = python_archives(facts);
  const std::vector<std::string> ruby = ruby_archives(facts);
  Deployed deployed;
  std::map<std::string, BuilderImage> images;
  std::vector<std::pair<std::string, Spoil>> spoils;
  std::chrono::milliseconds latency{0};
  std::set<std::string> relabelled;
  std::size_t page_size = usual_page_size;
  Traffic traffic;
  std::map<std::string, std::unique_ptr<HttpServer>> servers;  // the first to end
};

HttpServer& ToolforgeWorld::State::server_of(const std::string& host) {
  std::unique_ptr<HttpServer>& server = servers[host];
  if (!server) {
    server = std::make_unique<HttpServer>();
    server->on_any([this, host](const Seen& seen) { return answer(host, seen); });
  }
  return *server;
}

// The last word has whoever spoils; then come the conditions and the counting.
Answer ToolforgeWorld::State::answer(const std::string& host, const Seen& seen) {
  const std::lock_guard lock(mutex);
  Answer answer = content(host, seen);
  answer.delay += latency;
  for (const auto& [part, how] : spoils)
    if ((host + seen.path + "?" + seen.query).find(part) != std::string::npos) how(seen, answer);
  if (answer.status == 200 && answer.headers.count("Cache-Control") == 0) {
    const std::string etag = "\"" + sha256_hex(answer.body).substr(0, 16) + "\"";
    const auto condition = seen.headers.find("if-none-match");
    answer.headers["ETag"] = etag;
    if (condition != seen.headers.end() && condition->second == etag) {
      answer.status = 304;
      answer.body.clear();
    }
  }
  count(host, seen, answer);
  return answer;
}

void ToolforgeWorld::State::count(const std::string& host, const Seen& seen, const Answer& answer) {
  const bool conditional = seen.headers.count("if-none-match") != 0;
  ++traffic.requests;
  traffic.conditional += conditional ? 1 : 0;
  traffic.not_modified += answer.status == 304 ? 1 : 0;
  if (seen.method != "HEAD") traffic.bytes += answer.body.size();
  const std::string query = seen.query.empty() ? "" : "?" + seen.query;
  traffic.exchanges.push_back(
      {seen.method, servers.at(host)->url(seen.path + query), answer.status, conditional});
}

Answer ToolforgeWorld::State::content(const std::string& host, const Seen& seen) {
  if (host == gitlab) return from_gitlab(seen);
  if (host == harbor) return from_harbor(seen);
  if (host == "raw.githubusercontent.com") return text_if_any(git_file(facts, seen.path));
  if (host == "endoflife.date") return text(release_cycles(seen.path));
  if (host.find("buildpack-python.s3") != std::string::npos) return from_bucket(python, seen);
  if (host.find("buildpack-ruby.s3") != std::string::npos) return from_bucket(ruby, seen);
  if (host.find("php.s3") != std::string::npos)
    return text_if_any(php_repository(facts, seen.path));
  return not_found();  // the gateway, too: 404 is its normal answer
}

Answer ToolforgeWorld::State::from_gitlab(const Seen& seen) const {
  if (seen.path == deployment + "builds-api/values/tools.yaml.gotmpl")
    return text(values_file(deployed));
  if (seen.path == deployment + "builds-builder/values/tools.yaml.gotmpl")
    return text(chart_values());
  if (seen.path.find("/builds-builder/-/raw/39fb286a/") != std::string::npos)
    return text(injection_script());
  if (seen.path.find("/repository/commits") != std::string::npos) return text(commits(deployed));
  if (seen.path.find("/repository/files/") != std::string::npos) return text(values_file(deployed));
  return not_found();
}

const BuilderImage& ToolforgeWorld::State::image(const std::string& tag) {
  auto found = images.find(tag);
  if (found == images.end()) found = images.emplace(tag, make_builder_image(facts, tag)).first;
  return found->second;
}

// By tag, where there are facts of it, or by the digest of one that was asked for by its tag.
const BuilderImage* ToolforgeWorld::State::image_of(const std::string& reference) {
  for (const auto& [tag, image] : images)
    if (image.digest == reference) return &image;
  if (facts.builder(reference) == nullptr) return nullptr;
  return &image(reference);
}

Answer ToolforgeWorld::State::from_harbor(const Seen& seen) {
  if (seen.path == "/service/token")
    return {.body = R"({"token":"world-token","access_token":"","expires_in":1800})",
            .headers = {{"Cache-Control", "no-store"}}};
  if (seen.path.compare(0, 4, "/v2/") == 0) return from_registry(seen);
  static const std::regex form(
      "/api/v2\\.0/projects/toolforge/repositories/heroku-builder/artifacts/([^/]+)");
  std::smatch found;
  return std::regex_match(seen.path, found, form) ? artifact(percent_decoded(found[1]))
                                                  : not_found();
}

Answer ToolforgeWorld::State::artifact(const std::string& reference) {
  const BuilderImage* image = image_of(reference);
  if (image == nullptr) return not_found();
  const Json config = Json::parse(image->config);
  const Json attributes = {{"architecture", config.at("architecture")},
                           {"os", config.at("os")},
                           {"config", {{"Labels", Json::parse(image->labels)}}}};
  return text(Json{{"digest", image->digest},
                   {"type", "IMAGE"},
                   {"repository_name", "toolforge/heroku-builder"},
                   {"references", nullptr},
                   {"tags", {{{"name", reference}, {"immutable", true}}}},
                   {"extra_attrs", attributes}}
                  .dump());
}

Answer ToolforgeWorld::State::from_registry(const Seen& seen) {
  if (seen.headers.count("authorization") == 0 ||
      seen.headers.at("authorization") != "Bearer world-token") {
    const std::string realm = servers.at(harbor)->url("/service/token");
    return {.status = 401,
            .body = R"({"errors":[{"code":"UNAUTHORIZED"}]})",
            .headers = {
                {"WWW-Authenticate", "Bearer realm=\"" + realm +
                                         "\",service=\"harbor-registry\","
                                         "scope=\"repository:toolforge/heroku-builder:pull\""}}};
  }
  static const std::regex form("/v2/toolforge/heroku-builder/(manifests|blobs)/([^/]+)");
  std::smatch found;
  if (!std::regex_match(seen.path, found, form)) return not_found();
  const std::string reference = percent_decoded(found[2]);
  if (found[1] == "manifests") {
    const BuilderImage* image = image_of(reference);
    if (image == nullptr) return not_found();
    return {.body = image->manifest,
            .type = "application/vnd.oci.image.manifest.v1+json",
            .headers = {{"Docker-Content-Digest", image->digest}}};
  }
  for (const auto& [tag, image] : images)
    if (const auto blob = image.blobs.find(reference); blob != image.blobs.end())
      return {.body = blob->second, .type = "application/octet-stream"};
  return not_found();
}

Answer ToolforgeWorld::State::from_bucket(const std::vector<std::string>& keys,
                                          const Seen& seen) const {
  if (parameter(seen.query, "list-type") == "2")
    return text(listing_page(keys, parameter(seen.query, "prefix"),
                             parameter(seen.query, "continuation-token"), page_size));
  const std::string key = percent_decoded(seen.path.substr(1));
  return std::find(keys.begin(), keys.end(), key) != keys.end() ? text("archive") : not_found();
}

ToolforgeWorld::ToolforgeWorld() : state_(std::make_unique<State>()) {}

ToolforgeWorld::~ToolforgeWorld() = default;

std::string ToolforgeWorld::url_here(const std::string& real_url) {
  const std::lock_guard lock(state_->mutex);
  const std::string host = host_of(real_url);
  return state_->server_of(host).url(real_url.substr(real_url.find(host) + host.size()));
}

std::string ToolforgeWorld::config(const PlatformRules& rules,
                                   const std::filesystem::path& directory) {
  std::string sources, local;
  for (const Source& source : rules.sources)
    sources += "[sources." + source.name + "]\nurl = \"" + url_here(source.url) + "\"\n";
  for (const auto& [host, server] : state_->servers)
    local += (local.empty() ? "\"" : ", \"") + server->endpoint() + "\"";
  return "state_directory = \"" + (directory / "state").string() + "\"\ncache_directory = \"" +
         (directory / "cache").string() + "\"\nallow_local = [" + local + "]\n" + sources;
}

void ToolforgeWorld::deploy(const Deployed& deployed) {
  const std::lock_guard lock(state_->mutex);
  state_->deployed = deployed;
}

void ToolforgeWorld::set_labels(const std::string& tag, const std::string& labels) {
  const std::lock_guard lock(state_->mutex);
  state_->relabelled.insert(tag);
  state_->images[tag] = with_labels(make_builder_image(state_->facts, tag), labels);
}

const BuilderImage& ToolforgeWorld::image(const std::string& tag) {
  const std::lock_guard lock(state_->mutex);
  return state_->image(tag);
}

void ToolforgeWorld::set_latency(std::chrono::milliseconds latency) {
  const std::lock_guard lock(state_->mutex);
  state_->latency = latency;
}

void ToolforgeWorld::set_page_size(std::size_t keys) {
  const std::lock_guard lock(state_->mutex);
  state_->page_size = keys;
}

void ToolforgeWorld::spoil(const std::string& part, Spoil how) {
  const std::lock_guard lock(state_->mutex);
  state_->spoils.emplace_back(part, std::move(how));
}

void ToolforgeWorld::fix() {
  const std::lock_guard lock(state_->mutex);
  state_->spoils.clear();
  state_->page_size = usual_page_size;
  state_->deployed = {};
  for (const std::string& tag : state_->relabelled) state_->images.erase(tag);
  state_->relabelled.clear();
}

Traffic ToolforgeWorld::traffic() const {
  const std::lock_guard lock(state_->mutex);
  return state_->traffic;
}

void ToolforgeWorld::forget() {
  const std::lock_guard lock(state_->mutex);
  state_->traffic = {};
}

}  // namespace buildable::world
