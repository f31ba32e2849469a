#include "observe/archive_step.h"

#include <algorithm>

#include "base/digest.h"
#include "base/text.h"
#include "ingest/archive_listing.h"
#include "ingest/inventory.h"
#include "ingest/limits.h"
#include "net/url.h"

namespace buildable::observe {
namespace {

constexpr int denied = 403;
constexpr int missing = 404;
constexpr int most_pages = 200;

// "https://host/a/{stack}/ruby-{version}.tgz" -> "a/{stack}/ruby-{version}.tgz"
std::string key_pattern(const std::string& url) {
  const std::size_t host = url.find("://");
  const std::size_t path = host == std::string::npos ? host : url.find('/', host + 3);
  return path == std::string::npos ? std::string{} : url.substr(path + 1);
}

// What every key of the pattern begins with.
Result<std::string> key_prefix(const std::string& url, const Target& target) {
  const std::string pattern = key_pattern(url);
  return fill_text(std::string_view(pattern).substr(0, pattern.find("{version}")),
                   placeholders_of(target));
}

// "https://host:port" of the listing: the archives lie beside it.
std::string origin_of(const std::string& url) {
  const std::size_t host = url.find("://");
  return url.substr(0, url.find_first_of("/?", host == std::string::npos ? 0 : host + 3));
}

std::string identity(const RuntimeRules& runtime, const BuildpackRule& rule, const Target& target) {
  std::string id = runtime.id + "/" + target.stack;
  for (const std::string& url : rule.archive_urls) id += "\n" + key_pattern(url);
  return id;
}

}  // namespace

StoreReading& ArchiveStep::list(const RuntimeRules& runtime, const BuildpackRule& rule,
                                const Source& source, const Target& target) {
  auto [at, added] = stores_.try_emplace(identity(runtime, rule, target));
  if (!added) return *at->second;
  at->second = std::make_unique<StoreReading>(
      StoreReading{.runtime = &runtime, .source = &source, .target = target});
  StoreReading& reading = *at->second;
  for (const std::string& url : rule.archive_urls) reading.listings.push_back({.url = url});
  for (Listing& listing : reading.listings) {
    const auto prefix = key_prefix(listing.url, target);
    if (prefix) {
      list_page(reading, listing, *prefix, {});
    } else {
      reading.problems.push_back(session_.failed(source, prefix.error()));
    }
  }
  return reading;
}

void ArchiveStep::list_page(StoreReading& reading, Listing& listing, const std::string& prefix,
                            const std::string& continuation) {
  auto address = fill_url(session_.pattern(*reading.source), {{"prefix", prefix}});
  if (!address) {
    reading.problems.push_back(session_.failed(*reading.source, std::move(address.error())));
    return;
  }
  net::Request request{.url = std::move(*address)};
  if (!continuation.empty()) request.url += "&continuation-token=" + percent_encoded(continuation);
  request.max_bytes = ingest::limits::listing;
  request.expected = {denied};
  session_.request(
      *reading.source, std::move(request),
      [this, &reading, &listing, prefix](Result<Answer> answer) {
        if (!answer) {
          reading.problems.push_back(session_.failed(*reading.source, std::move(answer.error())));
          return;
        }
        take_page(reading, listing, prefix, *answer);
      });
}

void ArchiveStep::take_page(StoreReading& reading, Listing& listing, const std::string& prefix,
                            const Answer& answer) {
  if (answer.status == denied) {
    if (!reading.denied) session_.fetcher.hold(reading.source->name);
    reading.denied = true;
    return;
  }
  auto page = ingest::parse_archive_listing(answer.text);
  if (page && page->truncated && ++listing.pages == most_pages)
    page = fail("more than " + std::to_string(most_pages) + " pages",
                "check the listing's address: does it end?");
  if (!page) {
    reading.problems.push_back(session_.failed(*reading.source, std::move(page.error())));
    return;
  }
  listing.keys.insert(listing.keys.end(), page->keys.begin(), page->keys.end());
  listing.text += answer.text;
  if (listing.evidence.source.empty()) listing.evidence = answer.evidence;
  if (page->truncated) list_page(reading, listing, prefix, page->continuation);
}

void ArchiveStep::look_up() {
  for (auto& [id, reading] : stores_)
    if (reading->denied) look_up(*reading);
}

void ArchiveStep::look_up(StoreReading& reading) {
  const Snapshot* last = session_.options.last_good;
  if (last != nullptr)
    for (const ArchiveStore& store : last->stores)
      if (store.runtime == reading.runtime->id)
        for (const Archive& archive : store.archives) reading.wanted.insert(archive.version);
  for (const std::string& version : reading.wanted) look_up(reading, version);
  session_.fetcher.found(reading.source->name, "no listing allowed, " +
                                                   std::to_string(reading.wanted.size()) +
                                                   " versions looked up one by one");
  session_.fetcher.let_go(reading.source->name);
}

// Under each of the rule's addresses; a store that may not be listed answers 403 for what is not
// there.
void ArchiveStep::look_up(StoreReading& reading, const std::string& version) {
  const std::string origin = origin_of(session_.pattern(*reading.source));
  for (const Listing& listing : reading.listings) {
    Placeholders values = placeholders_of(reading.target);
    values["version"] = version;
    const auto key = fill_url(key_pattern(listing.url), values);
    if (!key) continue;  // list() has told it
    net::Request request{.url = origin + "/" + *key, .method = "HEAD"};
    request.expected = {denied, missing};
    if (reading.store.evidence.source.empty()) {
      reading.store.evidence = {
          .source = public_url(session_.pattern(*reading.source)),
          .seen = format_instant(session_.options.now),
          .note = "It may not be listed: versions were looked up one by one."};
    }
    session_.request(
        *reading.source, std::move(request), [this, &reading, version](Result<Answer> answer) {
          if (!answer) {
            reading.problems.push_back(session_.failed(*reading.source, std::move(answer.error())));
          } else if (answer->status < denied) {
            reading.store.archives.push_back({version, {}});
          }
        });
  }
}

// The first address under which there is anything is the one that this stack uses.
void ArchiveStep::take_listing(StoreReading& reading) {
  std::optional<Error> error;
  for (const Listing& listing : reading.listings) {
    const auto found = ingest::archive_versions(listing.keys, listing.url, reading.runtime->scheme,
                                                reading.target);
    if (!found) {
      if (!error) error = found.error();
      continue;
    }
    for (const std::string& version : found->versions)
      reading.store.archives.push_back({version, {}});
    reading.store.evidence = listing.evidence;
    reading.store.evidence.digest = sha256_digest(listing.text);
    if (listing.pages > 0)
      reading.store.evidence.note = "All " + std::to_string(listing.pages + 1) + " pages.";
    session_.fetcher.found(reading.source->name,
                           std::to_string(found->versions.size()) + " for " + reading.target.stack);
    return;
  }
  if (error) reading.problems.push_back(session_.failed(*reading.source, std::move(*error)));
}

// What was there before keeps the day since when it is known; what is new is known from today on.
void ArchiveStep::keep_days(StoreReading& reading) {
  const Snapshot* last = session_.options.last_good;
  if (last == nullptr) return;
  std::map<std::string, std::string> days;
  bool known = false;
  for (const ArchiveStore& store : last->stores) {
    if (store.id != reading.store.id) continue;
    known = true;
    for (const Archive& archive : store.archives) days[archive.version] = archive.since;
  }
  if (!known) return;
  for (Archive& archive : reading.store.archives) {
    const auto day = days.find(archive.version);
    archive.since = day == days.end() ? format_day(session_.options.now) : day->second;
  }
}

void ArchiveStep::finish() {
  std::map<std::string, int> names;
  for (auto& [id, reading] : stores_) {
    ArchiveStore& store = reading->store;
    store.runtime = reading->runtime->id;
    store.id = id.substr(0, id.find('\n'));
    // Two generations of names in the same place are two stores.
    if (const int count = ++names[store.id]; count > 1) store.id += "/" + std::to_string(count);
    if (!reading->problems.empty()) continue;
    store.complete = !reading->denied;
    if (store.complete) take_listing(*reading);
    const Scheme scheme = reading->runtime->scheme;
    std::sort(store.archives.begin(), store.archives.end(),
              [&](const Archive& a, const Archive& b) {
                const auto one = Version::parse(scheme, a.version);
                const auto other = Version::parse(scheme, b.version);
                return one && other ? order(*one, *other) < 0 : a.version < b.version;
              });
    store.archives.erase(std::unique(store.archives.begin(), store.archives.end()),
                         store.archives.end());
    keep_days(*reading);
  }
}

std::vector<StoreReading*> ArchiveStep::stores() {
  std::vector<StoreReading*> all;
  for (auto& [id, reading] : stores_) all.push_back(reading.get());
  return all;
}

}  // namespace buildable::observe
