// What lies in the archive stores that buildpacks download from.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>

#include "observe/session.h"

namespace buildable::observe {

// What a store lists under one of the rule's archive_urls.
struct Listing {
  std::string url;
  std::vector<std::string> keys;
  std::string text;  // of all pages, for the digest
  int pages = 0;
  Evidence evidence;
};

struct StoreReading {
  const RuntimeRules* runtime = nullptr;
  const Source* source = nullptr;
  Target target;
  std::vector<Listing> listings;
  bool denied = false;           // the store may not be listed
  std::set<std::string> wanted;  // versions to look up one by one, where denied
  ArchiveStore store;
  std::vector<Error> problems;
};

class ArchiveStep {
 public:
  explicit ArchiveStep(Session& session) : session_(session) {}

  // The store that this rule's archives lie in, for this target; listed once, however many
  // buildpacks use it. `source` lists it.
  StoreReading& list(const RuntimeRules& runtime, const BuildpackRule& rule, const Source& source,
                     const Target& target);
  // After the listings: where one was denied, each wanted version by itself.
  void look_up();
  // After that.
  void finish();

  std::vector<StoreReading*> stores();

 private:
  void list_page(StoreReading& reading, Listing& listing, const std::string& prefix,
                 const std::string& continuation);
  void take_page(StoreReading& reading, Listing& listing, const std::string& prefix,
                 const Answer& answer);
  void look_up(StoreReading& reading);
  void look_up(StoreReading& reading, const std::string& version);
  void take_listing(StoreReading& reading);
  void keep_days(StoreReading& reading);

  Session& session_;
  std::map<std::string, std::unique_ptr<StoreReading>> stores_;
};

}  // namespace buildable::observe
