// What can go wrong in the world, one after another: nothing new is believed, the error names where
// it comes from, and the last good state stays as it is, byte for byte.
#include <functional>
#include <regex>

#include "base/text.h"
#include "world/raw_server.h"
#include "world/registry/archives.h"
#include "world/support.h"

using namespace buildable;
using namespace buildable::world;

namespace {

using Break = std::function<void(Place&)>;

struct Fault {
  std::string name;
  Break apply;
  std::vector<std::string> says;  // what the error names
  int code = 3;                   // 5: nobody answered
};

const std::string values = "components/builds-api/values";
const std::string latest_artifact = "/artifacts/24_0.21.7";

Break answers(std::string part, Answer answer) {
  return [part, answer](Place& place) {
    place.world.spoil(part, [answer](const Seen&, Answer& given) { given = answer; });
  };
}

Break status(std::string part, int code) {
  return answers(std::move(part), {.status = code, .body = "no", .type = "text/plain"});
}

Break body(std::string part, std::function<std::string(const std::string&)> change) {
  return [part, change](Place& place) {
    place.world.spoil(part, [change](const Seen&, Answer& given) {
      if (given.status == 200) given.body = change(given.body);
    });
  };
}

Break text(std::string part, std::string from, std::string to) {
  return body(std::move(part),
              [from, to](const std::string& was) { return replace_all(was, from, to); });
}

Break half(std::string part) {
  return body(std::move(part),
              [](const std::string& was) { return was.substr(0, was.size() / 2); });
}

Break redirect(std::string location) {
  return answers(values, {.status = 302, .headers = {{"Location", location}}});
}

// The values file is asked for elsewhere.
Break elsewhere(std::string url, std::string local = {}) {
  return [url, local](Place& place) { place.point("values", url, local); };
}

Break by_script(RawServer::Script script) {
  return [script](Place& place) { place.answer_by("values", "/values", script); };
}

Break label(std::string from, std::string to) {
  return [from, to](Place& place) {
    const std::string labels = place.world.image("24_0.21.7").labels;
    const std::string changed = replace_all(labels, from, to);
    REQUIRE(changed != labels);
    place.world.set_labels("24_0.21.7", changed);
  };
}

Break all(std::vector<Break> breaks) {
  return [breaks](Place& place) {
    for (const Break& one : breaks) one(place);
  };
}

Break deployed(std::function<void(Deployed&)> change) {
  return [change](Place& place) {
    Deployed now;
    change(now);
    place.world.deploy(now);
  };
}

Break pages_of_ten() {
  return [](Place& place) { place.world.set_page_size(10); };
}

// Blobs are layers or configurations; those are JSON.
Break no_layers() {
  return [](Place& place) {
    place.world.spoil("/blobs/", [](const Seen&, Answer& given) {
      if (given.body.substr(0, 1) != "{") given = {.status = 404};
    });
  };
}

std::string nested(std::size_t depth) { return std::string(depth, '['); }

// Python's constants with every series up to 3.`newest`, each with its alias.
std::string with_series_up_to(const std::string& was, int newest) {
  const std::string name = "NEWEST_SUPPORTED_PYTHON_3_MINOR_VERSION: u16 = ";
  const std::size_t at = was.find(name);
  if (at == std::string::npos) return was;
  const int known = std::stoi(was.substr(at + name.size()));
  std::string text = replace_all(was, name + std::to_string(known), name + std::to_string(newest));
  for (int minor = known + 1; minor <= newest; ++minor) {
    const std::string number = std::to_string(minor);
    text += "pub(crate) const LATEST_PYTHON_3_" + number +
            ": PythonVersion = PythonVersion::new(3, " + number + ", 1);\n";
  }
  return text;
}

std::vector<Fault> transport_faults() {
  const int closed = closed_port();
  const std::string nobody = "127.0.0.1:" + std::to_string(closed);
  return {
      {"connection refused",
       elsewhere("http://" + nobody + "/values", nobody),
       {"values", "no_answer"},
       5},
      {"no such host", elsewhere("https://values.invalid/values"), {"values", "no_answer"}, 5},
      {"no TLS behind https",
       [](Place& place) {
         const std::string url = place.world.url_here("https://gitlab.wikimedia.org/values");
         place.point("values", "https" + url.substr(4));
       },
       {"values", "no_answer"},
       5},
      {"500", status(values, 500), {"values", "500", "no_answer"}, 5},
      {"429 for an hour",
       answers(values, {.status = 429, .headers = {{"Retry-After", "3600"}}}),
       {"values", "429", "no_answer"},
       5},
      {"one source is down, and another says what is not believed",
       all({status("go/inventory.toml", 502), half("inventory/nodejs.toml")}),
       {"go_inventory", "nodejs_inventory"}},
      {"404", status(values, 404), {"values", "404"}},
      {"304 without a cached body",
       all({[](Place& place) { place.forget_cache(); }, status(values, 304)}),
       {"values"}},
      {"redirect loop", redirect("/" + values), {"values"}},
      {"redirect to another scheme", redirect("ftp://gitlab.wikimedia.org/v"), {"values"}},
      {"redirect to another host", redirect("https://example.org/values"), {"values"}},
      {"redirect to a private address", redirect("https://10.0.0.1/values"), {"values"}},
      {"body cut by the connection's end",
       by_script([](RawConnection& connection) {
         connection.read_request();
         connection.send("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nconfig:\n");
       }),
       {"values", "no_answer"},
       5},
      {"chunked body without end",
       by_script([](RawConnection& connection) {
         connection.read_request();
         connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
         const std::string chunk = "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
         while (connection.send(chunk)) {
         }
       }),
       {"values"}},
      {"100 MB",
       answers(values, {.body = std::string(100U << 20U, 'x'), .type = "x/y"}),
       {"values"}},
      {"gzip bomb",
       answers(values, {.body = gzip(std::string(100U << 20U, '\0')),
                        .type = "x/y",
                        .headers = {{"Content-Encoding", "gzip"}}}),
       {"values"}},
  };
}

std::vector<Fault> deployment_faults() {
  return {
      {"an HTML page",
       answers(values, {.body = "<html>Sign in</html>", .type = "text/html"}),
       {"values"}},
      {"a new layout", text(values, "\nconfig:", "\nsettings:"), {"values"}},
      {"cut behind the default track",
       body(values, [](const std::string& was) { return was.substr(0, was.find("  latest")); }),
       {"track_vanished", "latest"}},
      {"the default is not there", text(values, "  builder:", "  oldBuilder:"), {"default"}},
      {"an image of another registry",
       text(values, "tools-harbor.wmcloud.org/toolforge/heroku-builder:24_0.21.7",
            "registry.example.org/toolforge/heroku-builder:24_0.21.7"),
       {"registry.example.org"}},
      {"the gateway contradicts",
       answers("/builds/v1/supported-versions",
               {.body = R"({"default":{"builder":"tools-harbor.wmcloud.org/toolforge/)"
                        R"(heroku-builder:24_0.21.8"}})"}),
       {"sources_disagree", "default"}},
      {"back to the builder of 2024",
       deployed([](Deployed& now) { now.latest = "22_20240105"; }),
       {"runtime_vanished"}},
      {"a tag that the registry does not have",
       deployed([](Deployed& now) { now.latest = "24_9.9.9"; }),
       {"harbor", "registry", "24_9.9.9"}},
  };
}

std::vector<Fault> image_faults() {
  const std::string metadata = "\"io.buildpacks.builder.metadata\":";
  const std::string config_blob = "/v2/toolforge/heroku-builder/blobs/";
  return {
      {"Harbor is down", status("/api/v2.0/", 502), {"harbor", "no_answer"}, 5},
      {"Harbor's answer is cut", half(latest_artifact), {"harbor"}},
      {"Harbor: JSON 100,000 deep", answers(latest_artifact, {.body = nested(100000)}), {"harbor"}},
      {"Harbor: a key twice",
       body(latest_artifact,
            [](const std::string& was) { return "{\"digest\":\"sha256:0\"," + was.substr(1); }),
       {"harbor"}},
      {"Harbor and the registry contradict each other",
       text(latest_artifact, "heroku-24", "heroku-26"),
       {"sources_disagree", "24_0.21.7"}},
      {"the builder's label is missing",
       label(metadata, "\"other\":"),
       {"label_missing", "24_0.21.7"}},
      {"a label is not JSON",
       label(metadata + "\"{", metadata + "\"?{"),
       {"label_missing", "24_0.21.7"}},
      {"the configuration's bytes do not match its digest",
       body(config_blob, [](std::string was) { return was.replace(3, 1, "#"); }),
       {"registry", "digest"}},
      {"the token is refused", status("/service/token", 403), {"registry"}},
      {"the token is empty", answers("/service/token", {.body = R"({"token":""})"}), {"registry"}},
  };
}

std::vector<Fault> fact_faults() {
  const std::string python = "/src/python_version.rs";
  return {
      {"an inventory is empty", answers("go/inventory.toml", {.body = ""}), {"go_inventory"}},
      {"an inventory is cut", half("inventory/nodejs.toml"), {"nodejs_inventory"}},
      {"an inventory is not there", status("dotnet/inventory.toml", 404), {"dotnet_inventory"}},
      {"a constant has another name",
       text(python, "NEWEST_SUPPORTED", "LAST_SUPPORTED"),
       {"python_version"}},
      {"Python 3.99 is the default",
       text(python, "    minor: 14,", "    minor: 99,"),
       {"sources_disagree", "the default 3.99"}},
      {"Python 3.99 is the newest series, with an alias for each",
       body(python, [](const std::string& was) { return with_series_up_to(was, 99); }),
       {"sources_disagree", "3.99", "/api/v1/products/python/"}},
      {"Python 3.15 is the newest series",
       body(python, [](const std::string& was) { return with_series_up_to(was, 15); }),
       {"sources_disagree", "3.15"}},
      {"the alias of Python 3.14 is a release that does not exist",
       body(python,
            [](const std::string& was) {
              return std::regex_replace(was, std::regex("3, 14, [0-9]+"), "3, 14, 99");
            }),
       {"sources_disagree", "3.14.99", "not in the store"}},
      {"Python's default is older than all of its series",
       text(python, "    minor: 14,", "    minor: 8,"),
       {"facts_contradict", "3.8"}},
      {"Node.js 99 is the default",
       body("src/runtimes/nodejs.rs",
            [](const std::string& was) {
              return std::regex_replace(was, std::regex("\"[0-9.x]+\""), "\"99.x\"");
            }),
       {"sources_disagree", "99.x"}},
      {"a descriptor is a page",
       answers("/maven/buildpack.toml", {.body = "<html>"}),
       {"maven_descriptor"}},
      {"a repository is empty",
       answers("/packages-", {.body = R"({"packages":[]})"}),
       {"php_packages"}},
      {"page 2 of a listing is missing",
       all({pages_of_ten(), status("continuation-token", 404)}),
       {"_archives", "404"}},
      {"page 2 of a listing is cut",
       all({pages_of_ten(), half("continuation-token")}),
       {"_archives"}},
      {"a listing that never ends",
       body("buildpack-ruby.s3",
            [](const std::string& was) {
              return replace_all(was, "<IsTruncated>false</IsTruncated>",
                                 "<NextContinuationToken>a</NextContinuationToken>"
                                 "<IsTruncated>true</IsTruncated>");
            }),
       {"ruby_archives"}},
      {"half of the archives are gone, though no default",
       all({text("buildpack-ruby.s3", "/ruby-3.2", "/rubi-3.2"),
            text("buildpack-ruby.s3", "/ruby-3.4", "/rubi-3.4")}),
       {"set_shrank", "Ruby"}},
  };
}

void check(Place& place, const std::vector<Fault>& faults) {
  const Ran good = place.observe("2026-04-10", "--quiet");
  REQUIRE_MESSAGE(good.code == 0, good.err);
  const Files before = files_in(place.here / "state");
  REQUIRE(before.size() >= 2);
  const std::string snapshot = content(place.here / "snapshot.json");
  for (const Fault& fault : faults) {
    CAPTURE(fault.name);
    fault.apply(place);
    const Ran ran = place.observe("2026-04-25", "--quiet");
    CAPTURE(ran.err);
    CHECK(ran.code == fault.code);
    for (const std::string& part : fault.says) CHECK(has(ran.err, part));
    CHECK(files_in(place.here / "state") == before);
    CHECK(content(place.here / "snapshot.json") == snapshot);
    place.repair();
  }
  const Ran again = place.observe("2026-04-25");
  CHECK_MESSAGE(again.code == 0, again.err);
}

}  // namespace

TEST_CASE("faults on the way leave the last good state as it is") {
  Place place;
  check(place, transport_faults());
}

TEST_CASE("faults of the deployment leave the last good state as it is") {
  Place place;
  check(place, deployment_faults());
}

TEST_CASE("faults of images leave the last good state as it is") {
  Place place;
  check(place, image_faults());
}

TEST_CASE("faults of facts leave the last good state as it is") {
  Place place;
  check(place, fact_faults());
}

// Both at once: each takes as long as the limits of a request allow.
TEST_CASE("a source that never answers and one that drips are given up") {
  Place place;
  REQUIRE(place.observe("2026-04-10", "--quiet").code == 0);
  const Files before = files_in(place.here / "state");
  place.answer_by("dotnet_inventory", "/{version}",
                  [](RawConnection& connection) { connection.wait_for_end(); });
  place.answer_by("python_version", "/{version}", [](RawConnection& connection) {
    connection.read_request();
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n");
    while (connection.send("x") && connection.wait(std::chrono::milliseconds(300))) {
    }
  });
  const Ran ran = place.observe("2026-04-25", "--quiet");
  CAPTURE(ran.err);
  CHECK(ran.code == 5);
  for (const char* source : {"dotnet_inventory: ", "python_version: "}) CHECK(has(ran.err, source));
  CHECK(files_in(place.here / "state") == before);
}

// Sources without which the state is known, too.
TEST_CASE("what is optional may fail") {
  const std::vector<Fault> faults{
      {"the gateway is down", status("/builds/v1/supported-versions", 500), {"supported_versions"}},
      {"the gateway wants a certificate", status("/builds/v1/supported-versions", 401), {}},
      {"no release dates", status("/api/v1/products/", 500), {"releases"}},
      {"no history", status("/repository/commits", 404), {"values_history"}},
      {"no injection script", status("/builds-builder/-/raw/", 404), {"injection_script"}},
      {"no layers", no_layers(), {"image_unheard"}},
      {"archives may not be listed", status("list-type=2", 403), {"one by one"}},
      {"git's inventory is not the image's",
       text("go/inventory.toml", "\"go1.25.8\"", "\"go1.25.99\""),
       {"image_differs_from_git", "1.25.8"}},
  };
  Place place;
  REQUIRE(place.observe("2026-04-10").code == 0);
  for (const Fault& fault : faults) {
    CAPTURE(fault.name);
    fault.apply(place);
    const Ran ran = place.observe("2026-04-25");
    CAPTURE(ran.err);
    CHECK(ran.code == 0);
    for (const std::string& part : fault.says) CHECK(has(ran.err, part));
    place.repair();
  }
}
