#include "serve/routes.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "emit/site/page.h"
#include "emit/site/question.h"
#include "model/runtime_names.h"
#include "serve/api.h"
#include "serve/check.h"

namespace buildable::http {
namespace {

constexpr std::string_view reading = "GET, HEAD, OPTIONS";
constexpr std::string_view reading_and_post = "GET, HEAD, POST, OPTIONS";

AnswerPtr once(int status, std::string body, std::string_view type = json_type) {
  auto answer = std::make_shared<Answer>();
  answer->status = status;
  answer->headers = content_headers(type, keep_nothing);
  answer->body = std::move(body);
  return answer;
}

AnswerPtr health(const Call&) { return once(200, health_body()); }

// A stale state is as good as a fresh one to be asked for: only a service that ends is not ready.
AnswerPtr readiness(const Call& call) {
  const bool stopping = call.moment.stopping;
  return once(stopping ? 503 : 200, readiness_body(*call.moment.generation, stopping));
}

AnswerPtr metrics(const Call& call) {
  const Moment& moment = call.moment;
  return once(200, metrics_text(moment.metrics, *moment.generation, moment.now),
              "text/plain; version=0.0.4; charset=utf-8");
}

// A runtime by another of its names has the same answer.
AnswerPtr by_name_or_unknown(const Call& call) {
  const Generation& generation = *call.moment.generation;
  const std::vector<std::string_view> parts = split(call.path, '/');
  const std::string_view runtime = parts.size() > 5 ? parts[5] : std::string_view();
  const TrackPolicy* track = generation.policy().find(parts[3]);
  if (const RuntimePolicy* named = track ? runtime_named(*track, runtime) : nullptr) {
    const std::string path = "/v1/tracks/" + track->track + "/runtimes/" + named->runtime;
    if (const ResourcePtr* resource = generation.prepared(path))
      return answer_with(*resource, call.request);
  }
  return refuse_unknown(generation, parts[3], runtime);
}

AnswerPtr prepared(const Call& call) {
  if (const ResourcePtr* resource = call.moment.generation->prepared(call.path))
    return answer_with(*resource, call.request);
  return by_name_or_unknown(call);
}

// A day is its first second here: a state of that day is not to be missed.
AnswerPtr changes(const Call& call) {
  if (call.parameters.empty()) return prepared(call);
  const std::string& text = call.parameters.front().second;
  auto since = parse_day(text);
  if (!since) since = parse_instant(text);
  if (!since)
    return problem(400, "since: " + since.error().message(),
                   "write a day, 2026-03-20, or an instant, 2026-03-20T12:00:00Z", "since");
  return answer_once(changes_body(*call.moment.generation, *since), json_type, call.request);
}

const std::vector<Route>& table() {
  static const std::vector<Route> all{
      {"page", "/", false, {"q"}, false, page, emit::longest_question},
      {"health", "/healthz", false, {}, false, health},
      {"readiness", "/readyz", false, {}, false, readiness},
      {"metrics", "/metrics", false, {}, false, metrics},
      {"check", "/v1/check", true, {"runtime", "version", "track"}, true, check},
      {"tracks", "/v1/tracks", false, {}, false, prepared},
      {"track", "/v1/tracks/{track}", false, {}, false, prepared},
      {"runtimes", "/v1/runtimes", false, {}, false, prepared},
      {"runtime", "/v1/tracks/{track}/runtimes/{runtime}", false, {}, false, prepared},
      {"changes", "/v1/changes", false, {"since"}, true, changes},
  };
  return all;
}

bool fits(std::string_view pattern, std::string_view path) {
  if (pattern.find('{') == std::string_view::npos) return pattern == path;
  const std::vector<std::string_view> wanted = split(pattern, '/');
  const std::vector<std::string_view> given = split(path, '/');
  if (wanted.size() != given.size()) return false;
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (wanted[i].starts_with('{') ? given[i].empty() : wanted[i] != given[i]) return false;
  return true;
}

std::size_t tree_route() { return table().size(); }
std::size_t no_route() { return table().size() + 1; }

std::size_t route_at(std::string_view path) {
  const std::vector<Route>& all = table();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Route& route) { return fits(route.pattern, path); });
  return found == all.end() ? no_route() : static_cast<std::size_t>(found - all.begin());
}

// Of a browser that asks whether a page from elsewhere may ask.
AnswerPtr preflight(std::string_view allowed) {
  auto answer = std::make_shared<Answer>();
  answer->headers = {{"Allow", std::string(allowed)},
                     {"Access-Control-Allow-Origin", "*"},
                     {"Access-Control-Allow-Methods", std::string(allowed)},
                     {"Access-Control-Allow-Headers", "Content-Type, If-None-Match"},
                     {"Access-Control-Max-Age", "86400"},
                     {"Cache-Control", std::string(keep_nothing)}};
  return answer;
}

// Null: it may go on.
AnswerPtr refuse_method(Method method, bool takes_post) {
  const std::string_view allowed = takes_post ? reading_and_post : reading;
  if (method == Method::options) return preflight(allowed);
  const bool good =
      method == Method::get || method == Method::head || (method == Method::post && takes_post);
  return good ? nullptr : method_not_allowed(allowed);
}

AnswerPtr refuse_parameters(const Route& route, const Parameters& parameters) {
  std::vector<std::string_view> seen;
  for (const auto& [name, value] : parameters) {
    const auto& known = route.parameters;
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      if (!route.refuses_others) continue;
      const auto near = nearest(name, known);
      std::string help = near ? "did you mean " + in_quotes(*near) + "?" : "leave it out";
      return problem(400, "no parameter " + in_quotes(name) + " here", help, name);
    }
    if (std::find(seen.begin(), seen.end(), name) != seen.end())
      return problem(400, "parameter " + in_quotes(name) + " is given twice", "give it once", name);
    if (value.size() > route.longest_value)
      return problem(400, "parameter " + in_quotes(name) + " is too long",
                     "send at most " + std::to_string(route.longest_value) + " bytes", name);
    seen.push_back(name);
  }
  return nullptr;
}

AnswerPtr answer_of(const Route& route, const Request& request, const Moment& moment,
                    std::string_view path) {
  if (auto refused = refuse_method(request.method, route.takes_post)) return refused;
  auto parameters = parse_query(query_of(request.target));
  if (!parameters) return problem(400, parameters.error());
  if (auto refused = refuse_parameters(route, *parameters)) return refused;
  return route.answer({request, moment, path, std::move(*parameters)});
}

// What was probably meant. Anybody may ask for anything, so only what can be near is compared.
std::optional<std::string> nearest_address(const Moment& moment, std::string_view path) {
  constexpr std::size_t longest = 64;
  if (path.size() > longest) return std::nullopt;
  std::vector<std::string_view> known;
  const auto consider = [&](std::string_view address) {
    const std::size_t difference =
        std::max(address.size(), path.size()) - std::min(address.size(), path.size());
    if (difference * 3 <= path.size()) known.push_back(address);
  };
  for (const Route& route : table()) consider(route.pattern);
  for (const auto& [file, resource] : moment.generation->files()) consider(file);
  std::sort(known.begin(), known.end());
  return nearest(path, known);
}

// A browser names HTML among what it takes; programs do not.
bool is_person(const Request& request) {
  return to_lower_ascii(request.accept).find("text/html") != std::string::npos;
}

AnswerPtr not_found_page(const Moment& moment, std::string_view path, std::string_view help) {
  auto answer = std::make_shared<Answer>();
  answer->status = 404;
  answer->headers = content_headers(html_type, keep_nothing, emit::page_security_policy());
  answer->headers.push_back({"Vary", "Accept"});
  answer->body =
      emit::not_found_page(moment.generation->policy().platform_name, shortened(path), help);
  return answer;
}

AnswerPtr not_found(const Request& request, const Moment& moment, std::string_view path) {
  const auto near = nearest_address(moment, path);
  if (is_person(request))
    return not_found_page(moment, path, near ? "Did you mean " + *near + "?" : std::string());
  return problem(404, "nothing is served at " + in_quotes(path),
                 (near ? "did you mean " + *near + "? " : std::string()) +
                     "/openapi.json lists what there is");
}

Handled handle_path(const Request& request, const Moment& moment, std::string_view path) {
  if (const ResourcePtr* file = moment.generation->file(path)) {
    // A query on a file means nothing and is let pass: a preset's address may have carried one.
    auto refused = refuse_method(request.method, false);
    return {refused ? std::move(refused) : answer_with(*file, request), tree_route()};
  }
  const std::size_t route = route_at(path);
  return {route == no_route() ? not_found(request, moment, path)
                              : answer_of(table()[route], request, moment, path),
          route};
}

Result<std::string> decoded_path(const Request& request) {
  const std::string_view path = path_of(request.target);
  if (path.find('%') == std::string_view::npos) return std::string(path);
  return decode_path(path);
}

}  // namespace

std::span<const Route> routes() { return table(); }

std::span<const std::string_view> route_names() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    for (const Route& route : table()) all.push_back(route.name);
    all.emplace_back("tree");
    all.emplace_back("none");
    return all;
  }();
  return names;
}

std::size_t route_of(const Request& request) {
  const auto path = decoded_path(request);
  return path ? route_at(*path) : no_route();
}

bool takes_time(const Request& request) {
  if (request.method != Method::post) return false;
  const std::size_t route = route_of(request);
  return route < table().size() && table()[route].takes_post;
}

Handled handle(const Request& request, const Moment& moment) {
  const auto path = decoded_path(request);
  if (!path) return {problem(400, path.error()), no_route()};
  return handle_path(request, moment, *path);
}

}  // namespace buildable::http
