#include "net/registry.h"

#include <map>
#include <utility>

#include "base/digest.h"
#include "base/text.h"
#include "net/registry_challenge.h"
#include "net/registry_documents.h"

namespace buildable::net {
namespace {

constexpr std::size_t most_manifest_bytes = 4U << 20U;
constexpr std::size_t most_config_bytes = 8U << 20U;
constexpr std::size_t most_token_bytes = 64U << 10U;
constexpr int unauthorized = 401;

std::string header_of(const Response& response, const std::string& name) {
  auto at = response.headers.find(name);
  return at == response.headers.end() ? std::string{} : at->second;
}

tl::unexpected<Error> problem_at(const std::string& url, std::string message, std::string hint) {
  return fail(Diagnostic{.message = std::move(message), .file = url, .hint = std::move(hint)});
}

constexpr const char* not_believed =
    "the bytes are not what was asked for: nothing was taken from them";

// An empty digest asks for nothing.
Result<void> check_digest(const Response& response, const std::string& digest) {
  if (digest.empty()) return {};
  std::string found = sha256_digest(response.body);
  if (found == digest) return {};
  return problem_at(response.url, "the digest is " + found + ", not " + in_quotes(digest),
                    not_believed);
}

Result<void> check_descriptor(const Response& response, const ContentDescriptor& descriptor) {
  if (response.body.size() == descriptor.size) return check_digest(response, descriptor.digest);
  return problem_at(response.url,
                    "it has " + std::to_string(response.body.size()) + " bytes, not " +
                        std::to_string(descriptor.size),
                    not_believed);
}

std::string repository_url(const std::string& scheme, const ImageReference& reference) {
  return scheme + "://" + reference.registry + "/v2/" + reference.repository;
}

}  // namespace

// What is known of how a repository wants to be asked. One call finds out, the others wait for it:
// else each of many calls at once would be refused and fetch a token of its own.
struct Authorization {
  bool asking = false;
  bool known = false;
  std::string token;  // empty: none is wanted
  std::vector<std::function<void(const Result<void>&)>> waiting;
};

// By the repository's URL.
struct RegistryClient::Authorizations {
  std::map<std::string, Authorization> of;
};

struct RegistryClient::State : std::enable_shared_from_this<RegistryClient::State> {
  State(Fetcher& with, std::string for_source, std::string over,
        std::shared_ptr<Authorizations> known)
      : fetcher(with),
        source(std::move(for_source)),
        scheme(std::move(over)),
        authorizations(std::move(known)) {}

  struct Call {
    ImageReference reference;
    Request request;
    Fetcher::Done done;
    std::string token;  // with which it was sent last
    bool repeated = false;
  };
  using SharedCall = std::shared_ptr<Call>;

  void get(const ImageReference& reference, const std::string& path, std::string accept,
           std::size_t max_bytes, Fetcher::Done done) {
    Request request{.source = source, .url = repository_url(scheme, reference) + path};
    if (!accept.empty()) request.headers.emplace_back("Accept", std::move(accept));
    request.max_bytes = max_bytes;
    request.expected = {unauthorized};
    auto call = std::make_shared<Call>(Call{reference, std::move(request), std::move(done), {}});
    Authorization& authorization = authorization_of(*call);
    if (authorization.asking) return wait(call);
    authorization.asking = !authorization.known;
    send(call);
  }

  Authorization& authorization_of(const Call& call) {
    return authorizations->of[repository_url(scheme, call.reference)];
  }

  void wait(const SharedCall& call) {
    authorization_of(*call).waiting.push_back(
        [self = shared_from_this(), call](const Result<void>& found) {
          if (!found) return call->done(fail(found.error()));
          self->send(call);
        });
  }

  void send(const SharedCall& call) {
    Request request = call->request;
    call->token = authorization_of(*call).token;
    if (!call->token.empty()) {
      request.headers.emplace_back("Authorization", "Bearer " + call->token);
    }
    fetcher.get(std::move(request), [self = shared_from_this(), call](Result<Response> response) {
      if (response && response->status == unauthorized) return self->refused(call, *response);
      // Whatever came, it was no question for a token.
      if (!self->authorization_of(*call).known) self->settle(call, Result<void>{});
      call->done(std::move(response));
    });
  }

  // A refused call is repeated once: with the token that others were given meanwhile, or with one
  // that is asked for as the challenge says.
  void refused(const SharedCall& call, const Response& refusal) {
    std::string challenge = header_of(refusal, "www-authenticate");
    std::string root = scheme + "://" + call->reference.registry + "/";
    if (call->repeated || refusal.url.rfind(root, 0) != 0) {
      return give_up(call,
                     Error(Diagnostic{.message = "it does not accept an anonymous token (401)",
                                      .file = refusal.url,
                                      .hint = "check the reference: is the image public? It said " +
                                              in_quotes(challenge)}));
    }
    call->repeated = true;
    Authorization& authorization = authorization_of(*call);
    if (authorization.known && authorization.token != call->token) return send(call);
    if (authorization.known && authorization.asking) return wait(call);
    authorization.asking = true;
    std::string scope = "repository:" + call->reference.repository + ":pull";
    Result<std::string> url = token_url(challenge, scope, scheme == "http");
    if (!url) return give_up(call, std::move(url.error()).in_file(refusal.url));
    ask_for_token(call, *url);
  }

  void ask_for_token(const SharedCall& call, const std::string& url) {
    Request request{.source = source, .url = url, .max_bytes = most_token_bytes};
    request.cacheable = false;
    fetcher.get(std::move(request),
                [self = shared_from_this(), call, url](Result<Response> answer) {
                  auto token = answer.and_then(
                      [&url](const Response& response) { return token_in(response.body, url); });
                  if (!token) return self->give_up(call, token.error());
                  self->authorization_of(*call).token = *token;
                  self->settle(call, Result<void>{});
                  self->send(call);
                });
  }

  void give_up(const SharedCall& call, const Error& error) {
    settle(call, fail(error));
    call->done(fail(error));
  }

  // Tells those that wait how it went.
  void settle(const SharedCall& call, const Result<void>& found) {
    Authorization& authorization = authorization_of(*call);
    authorization.asking = false;
    authorization.known = found.has_value();
    for (const auto& waiting : std::exchange(authorization.waiting, {})) waiting(found);
  }

  Fetcher& fetcher;
  std::string source;
  std::string scheme;
  std::shared_ptr<Authorizations> authorizations;
};

namespace {

// One image, from its reference to its config: each step checks what came and asks for the next.
class ImageReading : public std::enable_shared_from_this<ImageReading> {
 public:
  using Get = std::function<void(const std::string& path, std::string accept, std::size_t max_bytes,
                                 Fetcher::Done done)>;
  using Done = std::function<void(Result<Image>)>;

  ImageReading(Get get, ImageReference reference, std::string os, std::string arch, Done done)
      : get_(std::move(get)),
        reference_(std::move(reference)),
        os_(std::move(os)),
        arch_(std::move(arch)),
        done_(std::move(done)) {}

  void start() {
    const std::string& name = reference_.digest.empty() ? reference_.tag : reference_.digest;
    ask("/manifests/" + name, accepted_manifests(), most_manifest_bytes, &ImageReading::take_root);
  }

 private:
  using Step = Result<void> (ImageReading::*)(const Response&);

  void ask(const std::string& path, std::string accept, std::size_t max_bytes, Step step) {
    get_(path, std::move(accept), max_bytes,
         [self = shared_from_this(), step](Result<Response> response) {
           auto taken = response.and_then(
               [&](const Response& answer) { return (self.get()->*step)(answer); });
           if (!taken) self->done_(fail(std::move(taken.error())));
         });
  }

  Result<void> take_root(const Response& response) {
    Result<void> checked = check_digest(response, reference_.digest).and_then([&response] {
      return check_digest(response, header_of(response, "docker-content-digest"));
    });
    if (!checked) return checked;
    image_.digest = sha256_digest(response.body);
    Result<ManifestKind> kind =
        manifest_kind(response.body, header_of(response, "content-type"), response.url);
    if (!kind) return fail(std::move(kind.error()));
    if (*kind == ManifestKind::manifest) return take_manifest(response);
    Result<ContentDescriptor> child = manifest_in_index(response.body, os_, arch_, response.url);
    if (!child) return fail(std::move(child.error()));
    wanted_ = std::move(*child);
    ask("/manifests/" + wanted_.digest, wanted_.media_type, most_manifest_bytes,
        &ImageReading::take_child);
    return {};
  }

  Result<void> take_child(const Response& response) {
    Result<void> checked = check_descriptor(response, wanted_);
    if (!checked) return checked;
    Result<ManifestKind> kind =
        manifest_kind(response.body, header_of(response, "content-type"), response.url);
    if (!kind) return fail(std::move(kind.error()));
    if (*kind == ManifestKind::manifest) return take_manifest(response);
    return problem_at(response.url, "an index inside an index", not_believed);
  }

  Result<void> take_manifest(const Response& response) {
    Result<ImageManifest> manifest = parse_image_manifest(response.body, response.url);
    if (!manifest) return fail(std::move(manifest.error()));
    if (manifest->config.size > most_config_bytes) {
      return problem_at(response.url,
                        "the config has " + std::to_string(manifest->config.size) + " bytes",
                        "this is not a builder image: check the reference");
    }
    image_.manifest_digest = sha256_digest(response.body);
    for (const ContentDescriptor& layer : manifest->layers) {
      image_.layers.push_back({layer.digest, {}, layer.media_type, layer.size});
    }
    wanted_ = std::move(manifest->config);
    ask("/blobs/" + wanted_.digest, {}, most_config_bytes, &ImageReading::take_config);
    return {};
  }

  Result<void> take_config(const Response& response) {
    Result<void> checked = check_descriptor(response, wanted_);
    if (!checked) return checked;
    auto diff_ids = diff_ids_in_config(response.body, os_, arch_, response.url);
    if (!diff_ids) return fail(std::move(diff_ids.error()));
    if (diff_ids->size() != image_.layers.size()) {
      return problem_at(response.url,
                        "the config names " + std::to_string(diff_ids->size()) +
                            " layers, the manifest " + std::to_string(image_.layers.size()),
                        "the image contradicts itself: do not use it");
    }
    for (std::size_t i = 0; i < diff_ids->size(); ++i) image_.layers[i].diff_id = (*diff_ids)[i];
    image_.config = response.body;
    done_(std::move(image_));
    return {};
  }

  Get get_;
  ImageReference reference_;
  std::string os_;
  std::string arch_;
  Done done_;
  Image image_;
  ContentDescriptor wanted_;  // of what was asked for
};

}  // namespace

RegistryClient::RegistryClient(Fetcher& fetcher, std::string source, std::string scheme)
    : state_(std::make_shared<State>(fetcher, std::move(source), std::move(scheme),
                                     std::make_shared<Authorizations>())) {}

RegistryClient::RegistryClient(const RegistryClient& other, std::string source)
    : state_(std::make_shared<State>(other.state_->fetcher, std::move(source), other.state_->scheme,
                                     other.state_->authorizations)) {}

void RegistryClient::read_image(const ImageReference& reference, const std::string& os,
                                const std::string& arch, std::function<void(Result<Image>)> done) {
  auto get = [state = state_, reference](const std::string& path, std::string accept,
                                         std::size_t max_bytes, Fetcher::Done then) {
    state->get(reference, path, std::move(accept), max_bytes, std::move(then));
  };
  std::make_shared<ImageReading>(std::move(get), reference, os, arch, std::move(done))->start();
}

void RegistryClient::read_blob(const ImageReference& reference, const std::string& digest,
                               std::size_t max_bytes,
                               std::function<void(Result<std::string>)> done) {
  if (!is_sha256_digest(digest)) {
    return done(
        fail("not a sha256 digest: " + in_quotes(digest), "blobs are read by their digest"));
  }
  state_->get(reference, "/blobs/" + digest, {}, max_bytes,
              [digest, done = std::move(done)](Result<Response> response) {
                done(response.and_then([&](Response& blob) {
                  return check_digest(blob, digest).map([&blob] { return std::move(blob.body); });
                }));
              });
}

}  // namespace buildable::net
