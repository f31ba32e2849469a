// The registry client against answers from a table; net/real_registry_test.cpp has the real one.
#include "net/registry.h"

#include "net/registry_table.h"

namespace buildable::net {
namespace {

using namespace testing;

TEST_CASE("references name a registry, a repository and a tag or a digest") {
  struct Row {
    std::string text, registry, repository, tag, digest;
  };
  for (const Row& row : {
           Row{"a.example/b:c", "a.example", "b", "c", ""},
           Row{"a.example:5000/b/c-d__e/f.g:V1.2_x-y", "a.example:5000", "b/c-d__e/f.g", "V1.2_x-y",
               ""},
           Row{"localhost/b:c", "localhost", "b", "c", ""},
           Row{"127.0.0.1:5000/b:c", "127.0.0.1:5000", "b", "c", ""},
           Row{"a.example/b@" + digest_a, "a.example", "b", "", digest_a},
           Row{"a.example/b:c@" + digest_a, "a.example", "b", "c", digest_a},
       }) {
    CAPTURE(row.text);
    auto reference = parse_image_reference(row.text);
    REQUIRE_MESSAGE(reference, reference.error().to_text());
    CHECK(reference->registry == row.registry);
    CHECK(reference->repository == row.repository);
    CHECK(reference->tag == row.tag);
    CHECK(reference->digest == row.digest);
  }
}

TEST_CASE("a reference that leaves something to a default, or is none, is refused") {
  for (const std::string& text :
       std::vector<std::string>{"",
                                "builder",
                                "builder:tag",
                                "heroku/builder:24",
                                "a.example/b",
                                "a.example/:t",
                                "a.example/b:",
                                "a.example/B:c",
                                "a.example/b//c:d",
                                "a.example/b/:c",
                                "a.example/-b:c",
                                "a.example/b:.c",
                                "a.example/b c:d",
                                "https://a.example/b:c",
                                "user@a.example/b:c",
                                "a.example/b@sha256:abc",
                                "a.example/b@sha512:" + std::string(128, 'a'),
                                "a.example/b:c@" + digest_a + "@" + digest_a,
                                "a.example:0/b:c",
                                "a.example:70000/b:c",
                                "a.example:x/b:c",
                                ".example/b:c",
                                "a..example/b:c",
                                "a.example/../b:c",
                                "a.example/b:" + std::string(129, 'c'),
                                "a.example/" + std::string(600, 'b') + ":c",
                                "a.example/b:c?x",
                                "a.example/b\n:c",
                                "a.example/b:c#"}) {
    CAPTURE(text);
    check_says(parse_image_reference(text), "not an image reference");
  }
}

TEST_CASE("an image is read, whichever media types it has and whether an index leads to it") {
  for (bool docker : {false, true}) {
    for (bool indexed : {false, true}) {
      CAPTURE(docker);
      CAPTURE(indexed);
      Parts parts;
      if (docker) {
        parts.config_type = docker_config;
        parts.manifest_type = docker_manifest;
        parts.index_type = docker_list;
      }
      std::string other = descriptor(parts.manifest_type, digest_a, 5, platform("linux", "arm64"));
      std::string attestation =
          descriptor(parts.manifest_type, digest_a, 5, platform("unknown", "unknown"));
      std::string annotated =
          descriptor(parts.manifest_type, digest_a, 5,
                     platform("linux", "amd64") +
                         R"(,"annotations":{"vnd.docker.reference.type":"attestation-manifest"})");
      if (indexed) {
        parts.index = parts.index_of(
            {other, attestation, annotated, parts.entry(platform("linux", "amd64"))});
      }
      auto image = read(parts);
      REQUIRE_MESSAGE(image, image.error().to_text());
      CHECK(image->manifest_digest == sha256_digest(parts.made_manifest()));
      CHECK(image->digest == sha256_digest(indexed ? parts.index : parts.made_manifest()));
      CHECK(image->config == parts.config);
      REQUIRE(image->layers.size() == 1);
      CHECK(image->layers[0].digest == digest_b);
      CHECK(image->layers[0].diff_id == digest_a);
      CHECK(image->layers[0].size == 7);
    }
  }
}

TEST_CASE("manifests may leave their own media type out") {
  Parts parts;
  parts.manifest =
      replace_all(parts.made_manifest(), R"("mediaType":")" + oci_manifest + R"(",)", "");
  CHECK(parts.manifest.find(oci_manifest) == std::string::npos);
  CHECK(read(parts));
}

TEST_CASE("requests say what they accept and are bounded") {
  TableFetcher fetcher = fetcher_of(table_of(Parts{}));
  REQUIRE(read(fetcher));
  REQUIRE(fetcher.seen.size() == 2);
  for (const std::string& type : {oci_manifest, oci_index, docker_manifest, docker_list}) {
    CHECK(header_in(fetcher.seen[0], "Accept").find(type) != std::string::npos);
  }
  CHECK(fetcher.seen[0].max_bytes == 4U << 20U);
  CHECK(fetcher.seen[1].max_bytes == 8U << 20U);
  for (const Request& request : fetcher.seen) {
    CHECK(request.source == "registry");
    CHECK(header_in(request, "Authorization").empty());
  }
}

TEST_CASE("a digest in the reference is what is asked for and checked") {
  Table table = table_of(Parts{});
  std::string digest = sha256_digest(Parts{}.made_manifest());
  TableFetcher right = fetcher_of(table);
  auto image = read(right, "registry.example/group/builder:tag@" + digest);
  REQUIRE_MESSAGE(image, image.error().to_text());
  CHECK(right.seen[0].url == base + "/manifests/" + digest);
  table[base + "/manifests/" + digest_a] = table[base + "/manifests/tag"];
  TableFetcher wrong = fetcher_of(table);
  check_says(read(wrong, "registry.example/group/builder@" + digest_a), "the digest is " + digest);
}

TEST_CASE("bytes that are not those of their digest are refused") {
  Parts indexed;
  indexed.index = indexed.index_of({indexed.entry(platform("linux", "amd64"))});
  std::string manifest_url = base + "/manifests/" + sha256_digest(indexed.made_manifest());
  std::string config_url = base + "/blobs/" + sha256_digest(indexed.config);
  for (const std::string& url : {manifest_url, config_url}) {
    for (bool same_size : {true, false}) {
      CAPTURE(url);
      Table table = table_of(indexed);
      std::string& body = table[url].body;
      same_size ? void(body.back() = ' ') : body.pop_back();
      TableFetcher fetcher = fetcher_of(table);
      check_says(read(fetcher), same_size ? "the digest is sha256:" : "bytes, not");
    }
  }
  Table table = table_of(indexed);
  table[base + "/manifests/tag"].headers["docker-content-digest"] = digest_a;
  TableFetcher fetcher = fetcher_of(table);
  check_says(read(fetcher), "the digest is sha256:");
}

TEST_CASE("an index that does not lead to one image of the platform is refused") {
  Parts parts;
  std::string amd = parts.entry(platform("linux", "amd64"));
  std::string arm = parts.entry(platform("linux", "arm64"));
  struct Row {
    std::string index;
    const char* says;
  };
  for (const Row& row : {
           Row{parts.index_of({}), "not there for linux/amd64"},
           Row{parts.index_of({arm}), "not there for linux/amd64, only for: linux/arm64"},
           Row{parts.index_of({amd, arm, amd}), "several images for linux/amd64"},
           Row{parts.index_of({parts.entry("")}), "not there for linux/amd64"},
           Row{parts.index_of({R"({"platform":{"os":"linux","architecture":"amd64"}})"}),
               "the key 'mediaType' is missing"},
           Row{parts.index_of({descriptor(oci_index, digest_a, 3, platform("linux", "amd64"))}),
               "the platform has no image"},
           Row{parts.index_of(
                   {descriptor(oci_manifest, "sha256:x", 3, platform("linux", "amd64"))}),
               "manifests[0]: not a sha256 digest"},
           Row{parts.index_of({"3"}), "not there for linux/amd64"},
           Row{R"({"schemaVersion":2,"manifests":{}})", "a list is needed"},
           Row{R"({"schemaVersion":2})", "the key 'manifests' is missing"},
       }) {
    CAPTURE(row.index);
    Parts with_index = parts;
    with_index.index = row.index;
    check_says(read(with_index), row.says);
  }
  std::vector<std::string> many(1001, arm);
  parts.index = parts.index_of(many);
  check_says(read(parts), "too many entries");
}

TEST_CASE("a manifest or a config of another form is refused") {
  const Parts good;
  std::string manifest = good.made_manifest();
  auto with = [](const std::string& text, const std::string& piece, const std::string& by) {
    REQUIRE(text.find(piece) != std::string::npos);
    return replace_all(text, piece, by);
  };
  struct Row {
    std::string manifest, config;
    const char* says;
  };
  for (const Row& row : {
           Row{"not json", "", "tag"},
           Row{std::string(100000, '['), "", "tag"},
           Row{with(manifest, R"("schemaVersion":2)", R"("schemaVersion":2,"schemaVersion":2)"), "",
               "schemaVersion"},
           Row{with(manifest, R"("schemaVersion":2)", R"("schemaVersion":1)"), "",
               "a manifest of schema 1"},
           Row{with(manifest, R"("schemaVersion":2)", R"("schemaVersion":3)"), "",
               "not a known schema"},
           Row{with(manifest, R"("schemaVersion":2,)", ""), "", "'schemaVersion' is missing"},
           Row{with(manifest, oci_manifest, docker_manifest), "", "says it is"},
           Row{with(manifest, oci_config, "application/vnd.cncf.helm.config.v1+json"), "",
               "no container image"},
           Row{with(manifest, R"("layers":[)", R"("layers":["x",)"), "", "layers[0]"},
           Row{with(manifest, R"("size":7)", R"("size":-7)"), "", "layers[0].size: a size"},
           Row{with(manifest, R"("size":7)", R"("size":"7")"), "", "layers[0].size: a size"},
           Row{with(manifest, R"("size":)" + std::to_string(good.config.size()),
                    R"("size":9000000)"),
               "", "the config has 9000000 bytes"},
           Row{"", "not json", "blobs"},
           Row{"", "{}", "the image is for \"/\""},
           Row{"", with(good.config, "amd64", "arm64"), "not for linux/amd64"},
           Row{"", with(good.config, "diff_ids", "ids"), "'diff_ids' is missing"},
           Row{"", with(good.config, digest_a, "md5:1"), "rootfs.diff_ids[0]: not a sha256 digest"},
           Row{"", with(good.config, R"("diff_ids":[)", R"("diff_ids":[")" + digest_b + R"(",)"),
               "the config names 2 layers, the manifest 1"},
       }) {
    CAPTURE(row.says);
    Parts parts;
    parts.manifest = row.manifest;
    if (!row.config.empty()) parts.config = row.config;
    check_says(read(parts), row.says);
  }
}

TEST_CASE("a wrong media type is refused") {
  for (const std::string& type :
       {std::string("text/html"), std::string("application/json"), oci_index, docker_list,
        std::string("application/vnd.docker.distribution.manifest.v1+prettyjws")}) {
    CAPTURE(type);
    Table table = table_of(Parts{});
    table[base + "/manifests/tag"].headers["content-type"] = type;
    TableFetcher fetcher = fetcher_of(table);
    CHECK(!read(fetcher));
  }
  Table table = table_of(Parts{});
  table[base + "/manifests/tag"].headers["content-type"] = oci_manifest + "; charset=utf-8";
  TableFetcher fetcher = fetcher_of(table);
  CHECK(read(fetcher));
}

TEST_CASE("blobs are read by their digest") {
  std::string blob = "bytes";
  auto reference = *parse_image_reference("registry.example/group/builder:tag");
  struct Row {
    std::string digest, body;
    bool good;
  };
  for (const Row& row : {Row{sha256_digest(blob), blob, true},
                         Row{sha256_digest(blob), "other", false}, Row{"sha256:x", blob, false}}) {
    TableFetcher fetcher([&](const Request& request) -> Result<Response> {
      return answer(request.url, row.body, "application/octet-stream");
    });
    RegistryClient client(fetcher, "registry");
    int calls = 0;
    client.read_blob(reference, row.digest, 1000, [&](Result<std::string> read) {
      ++calls;
      CHECK(read.has_value() == row.good);
      if (read) CHECK(*read == blob);
    });
    fetcher.run();
    CHECK(calls == 1);
    if (!fetcher.seen.empty()) CHECK(fetcher.seen[0].max_bytes == 1000);
  }
}

TEST_CASE("an error of the network is the error of the image") {
  TableFetcher fetcher([](const Request&) { return Result<Response>(fail("no route")); });
  check_says(read(fetcher), "no route");
}

}  // namespace
}  // namespace buildable::net
