#include "world/registry/real_registry.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <thread>

#include "base/digest.h"

namespace buildable::world {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

void write_configuration(const fs::path& path, const fs::path& storage,
                         const TokenAuthentication* authentication) {
  Json config = {{"version", "0.1"},
                 {"log", {{"level", "info"}}},
                 {"storage", {{"filesystem", {{"rootdirectory", storage.string()}}}}},
                 {"http", {{"addr", "127.0.0.1:0"}, {"secret", "of a test"}}}};
  if (authentication != nullptr) {
    config["auth"]["token"] = {{"realm", authentication->realm},
                               {"service", authentication->service},
                               {"issuer", authentication->issuer},
                               {"rootcertbundle", authentication->certificate.string()}};
  }
  write(path, config.dump());  // JSON is YAML
}

pid_t start(const fs::path& configuration, const fs::path& log) {
  pid_t process = ::fork();
  if (process < 0) throw std::runtime_error("fork");
  if (process > 0) return process;
  int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(out, STDERR_FILENO);
  ::execlp("docker-registry", "docker-registry", "serve", configuration.c_str(), nullptr);
  ::_exit(127);
}

// "127.0.0.1:port" out of the line in which it says where it listens.
std::string endpoint_in(const std::string& log) {
  const std::string before = "listening on ";
  std::size_t at = log.find(before);
  if (at == std::string::npos) return {};
  at += before.size();
  std::size_t end = log.find_first_of("\", \n", at);
  return end == std::string::npos ? std::string{} : log.substr(at, end - at);
}

std::string wait_for_endpoint(const fs::path& log) {
  for (int tries = 0; tries < 1000; ++tries) {
    std::string endpoint = endpoint_in(text_of(log));
    if (!endpoint.empty()) return endpoint;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return {};
}

const char* const oci_manifest = "application/vnd.oci.image.manifest.v1+json";
const char* const oci_index = "application/vnd.oci.image.index.v1+json";

class Layout {
 public:
  explicit Layout(fs::path root) : root_(std::move(root)) {
    fs::remove_all(root_);
    write(root_ / "oci-layout", R"({"imageLayoutVersion":"1.0.0"})");
  }

  Json add(const std::string& type, const std::string& bytes) const {
    std::string digest = sha256_digest(bytes);
    write(root_ / "blobs" / "sha256" / digest.substr(7), bytes);
    return {{"mediaType", type}, {"digest", digest}, {"size", bytes.size()}};
  }

  Json add(const PlatformImage& one) const {
    for (const auto& [digest, bytes] : one.image.blobs) add("", bytes);
    Json descriptor = add(oci_manifest, one.image.manifest);
    descriptor["platform"] = {{"architecture", one.arch}, {"os", "linux"}};
    return descriptor;
  }

  // What build tools put beside an image to say how it was made.
  Json add_attestation(const std::string& of_digest) const {
    std::string statement = "{}";
    Json config = {{"architecture", "unknown"},
                   {"os", "unknown"},
                   {"config", Json::object()},
                   {"rootfs", {{"type", "layers"}, {"diff_ids", {sha256_digest(statement)}}}}};
    Json manifest = {{"schemaVersion", 2},
                     {"mediaType", oci_manifest},
                     {"config", add("application/vnd.oci.image.config.v1+json", config.dump())},
                     {"layers", {add("application/vnd.in-toto+json", statement)}}};
    Json descriptor = add(oci_manifest, manifest.dump());
    descriptor["annotations"] = {{"vnd.docker.reference.type", "attestation-manifest"},
                                 {"vnd.docker.reference.digest", of_digest}};
    descriptor["platform"] = {{"architecture", "unknown"}, {"os", "unknown"}};
    return descriptor;
  }

  Json add_index(const std::vector<Json>& manifests) const {
    Json index = {{"schemaVersion", 2}, {"mediaType", oci_index}, {"manifests", manifests}};
    return add(oci_index, index.dump());
  }

  void finish(Json root) const {
    root["annotations"] = {{"org.opencontainers.image.ref.name", "image"}};
    write(root_ / "index.json", Json{{"schemaVersion", 2}, {"manifests", {root}}}.dump());
  }

 private:
  fs::path root_;
};

void run(const std::string& command) {
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

}  // namespace

bool has_registry_programs() {
  for (const char* program : {"docker-registry", "skopeo", "openssl"}) {
    std::string command = std::string("command -v ") + program + " >/dev/null";
    if (std::system(command.c_str()) != 0) return false;
  }
  return true;
}

RealRegistry::RealRegistry(const fs::path& directory, const TokenAuthentication* authentication) {
  static int count = 0;
  std::string name = "registry-" + std::to_string(++count);
  fs::path configuration = directory / (name + ".yml");
  fs::path log = directory / (name + ".log");
  write_configuration(configuration, directory / "storage", authentication);
  process_ = start(configuration, log);
  endpoint_ = wait_for_endpoint(log);
  if (!endpoint_.empty()) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  throw std::runtime_error("docker-registry did not start: " + text_of(log));
}

RealRegistry::~RealRegistry() {
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

BuilderImage for_architecture(const BuilderImage& image, const std::string& arch) {
  BuilderImage other = image;
  Json config = Json::parse(image.config);
  Json manifest = Json::parse(image.manifest);
  other.blobs.erase(manifest["config"]["digest"].get<std::string>());
  config["architecture"] = arch;
  other.config = config.dump();
  manifest["config"]["digest"] = sha256_digest(other.config);
  manifest["config"]["size"] = other.config.size();
  other.blobs[sha256_digest(other.config)] = other.config;
  other.manifest = manifest.dump();
  other.digest = sha256_digest(other.manifest);
  return other;
}

void push(const fs::path& scratch, const std::vector<PlatformImage>& images,
          const std::string& reference, const std::string& format) {
  Layout layout(scratch / "layout");
  std::vector<Json> manifests;
  for (const PlatformImage& one : images) manifests.push_back(layout.add(one));
  // skopeo copies an attestation, but cannot convert it to Docker's types.
  if (images.size() > 1 && format == "oci") {
    manifests.push_back(layout.add_attestation(manifests.front()["digest"]));
  }
  layout.finish(images.size() > 1 ? layout.add_index(manifests) : manifests.front());
  run("skopeo --insecure-policy copy --quiet --all --format " + format +
      " --dest-tls-verify=false --dest-no-creds 'oci:" + (scratch / "layout").string() +
      ":image' 'docker://" + reference + "'");
}

}  // namespace buildable::world
