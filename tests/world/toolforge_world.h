// The platform's world in small: a server for each host that the sources name, on loopback, with
// the real paths behind it. It counts, waits, breaks and moves on as the test tells it.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "model/rules.h"
#include "world/builder_images.h"
#include "world/http_world.h"
#include "world/toolforge_texts.h"

namespace buildable::world {

struct Exchange {
  std::string method;
  std::string url;  // here
  int status = 0;
  bool conditional = false;
};

struct Traffic {
  int requests = 0;
  int conditional = 0;
  int not_modified = 0;
  std::size_t bytes = 0;  // of bodies
  std::vector<Exchange> exchanges;
};

class ToolforgeWorld {
 public:
  ToolforgeWorld();
  ~ToolforgeWorld();
  ToolforgeWorld(const ToolforgeWorld&) = delete;
  ToolforgeWorld& operator=(const ToolforgeWorld&) = delete;

  // A buildable.toml in which every source of the rules points here; states and answers are kept in
  // the directory, under state and cache.
  std::string config(const PlatformRules& rules, const std::filesystem::path& directory);
  // Where a source of the rules lies here, its placeholders kept.
  std::string url_here(const std::string& real_url);

  void deploy(const Deployed& deployed);
  void set_labels(const std::string& tag, const std::string& labels);
  const BuilderImage& image(const std::string& tag);
  void set_latency(std::chrono::milliseconds latency);
  void set_page_size(std::size_t keys);

  // Changes the answers to requests whose "host/path?query" holds `part`.
  using Spoil = std::function<void(const Seen&, Answer&)>;
  void spoil(const std::string& part, Spoil how);
  // As in the beginning again: the deployed state, labels, pages and answers.
  void fix();

  // Since the world began or was last asked to forget.
  Traffic traffic() const;
  void forget();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace buildable::world
