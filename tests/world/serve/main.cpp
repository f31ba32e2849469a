// The world as a program, for benchmarks and for trying things out: writes buildable.toml into a
// directory, then obeys the words on standard input:
//   report   "requests conditional bytes" since the last report
//   urls     every address asked for since the last report, a line each: method, address
#include <fstream>
#include <iostream>

#include "rules/embedded.h"
#include "world/toolforge_world.h"

int main(int count, char** words) {
  using namespace buildable;
  if (count != 3) {
    std::cerr << "usage: toolforge_world DIRECTORY MILLISECONDS\n";
    return 2;
  }
  world::ToolforgeWorld world;
  const std::filesystem::path directory = words[1];
  for (const char* tag : {"24_0.21.5", "24_0.21.7", "22_20240105"}) (void)world.image(tag);
  world.set_page_size(1000);  // as S3 has it
  std::ofstream(directory / "buildable.toml") << world.config(embedded_rules().platform, directory);
  world.set_latency(std::chrono::milliseconds(std::stoi(words[2])));
  std::cout << "ready" << std::endl;
  for (std::string word; std::cin >> word;) {
    const world::Traffic traffic = world.traffic();
    if (word == "urls") {
      for (const world::Exchange& one : traffic.exchanges)
        std::cout << one.method << ' ' << one.url << '\n';
      std::cout << "." << std::endl;
    } else {
      std::cout << traffic.requests << ' ' << traffic.conditional << ' ' << traffic.bytes
                << std::endl;
      world.forget();
    }
  }
  return 0;
}
