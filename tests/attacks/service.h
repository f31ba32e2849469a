// The real service in a place of its own, asked by a normal client after each attack.
#pragma once

#include "attacks/attack.h"
#include "serve/program/service.h"

namespace buildable::test {

struct ServedPlace {
  Scratch place;
  testing::Service service;
  int port;

  ServedPlace() : service(configured(place)), port(service.port()) { REQUIRE(port != 0); }

  void check_normal_client() const {
    testing::Client client(port);
    const testing::Reply reply = client.get("/v1/check?runtime=python&version=3.13");
    CHECK(reply.status == 200);
    CHECK(has(reply.body, "\"verdict\""));
  }

 private:
  static const std::filesystem::path& configured(const Scratch& place) {
    put(place / "buildable.toml", "[serve]\nlisten = \"127.0.0.1:0\"\nrefresh_seconds = 0\n");
    return place.path;
  }
};

}  // namespace buildable::test
