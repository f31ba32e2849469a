#include "net/addresses.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace buildable::net {
namespace {

struct Block {
  std::uint32_t first;
  int length;  // of the prefix, in bits
};

constexpr std::uint32_t ipv4(unsigned a, unsigned b, unsigned c, unsigned d) {
  return a << 24U | b << 16U | c << 8U | d;
}

constexpr std::array<Block, 15> not_public{{
    {ipv4(0, 0, 0, 0), 8},        // this network, unspecified
    {ipv4(10, 0, 0, 0), 8},       // private
    {ipv4(100, 64, 0, 0), 10},    // shared by carriers
    {ipv4(127, 0, 0, 0), 8},      // loopback
    {ipv4(169, 254, 0, 0), 16},   // link-local
    {ipv4(172, 16, 0, 0), 12},    // private
    {ipv4(192, 0, 0, 0), 24},     // protocol assignments
    {ipv4(192, 0, 2, 0), 24},     // documentation
    {ipv4(192, 88, 99, 0), 24},   // relays to IPv6, given up
    {ipv4(192, 168, 0, 0), 16},   // private
    {ipv4(198, 18, 0, 0), 15},    // benchmarks
    {ipv4(198, 51, 100, 0), 24},  // documentation
    {ipv4(203, 0, 113, 0), 24},   // documentation
    {ipv4(224, 0, 0, 0), 4},      // multicast
    {ipv4(240, 0, 0, 0), 4},      // reserved, broadcast
}};

bool is_public_ipv4(std::uint32_t address) {
  return std::none_of(not_public.begin(), not_public.end(), [&](const Block& block) {
    return (address ^ block.first) >> (32 - block.length) == 0;
  });
}

using Bytes = std::array<std::uint8_t, 16>;

std::uint32_t ipv4_at(const Bytes& bytes, std::size_t at) {
  return ipv4(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]);
}

bool begins(const Bytes& bytes, std::initializer_list<std::uint8_t> prefix) {
  return std::equal(prefix.begin(), prefix.end(), bytes.begin());
}

bool is_public_ipv6(const Bytes& bytes) {
  if (begins(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}) ||     // mapped
      begins(bytes, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0})) {  // NAT64
    return is_public_ipv4(ipv4_at(bytes, 12));
  }
  if (begins(bytes, {0x20, 0x02})) return is_public_ipv4(ipv4_at(bytes, 2));  // 6to4
  const bool documentation =
      begins(bytes, {0x20, 0x01, 0x0d, 0xb8}) || (begins(bytes, {0x3f, 0xff}) && bytes[2] < 0x10);
  const bool protocol = begins(bytes, {0x20, 0x01}) && bytes[2] < 2;  // 2001::/23, with Teredo
  return (bytes[0] & 0xe0U) == 0x20 && !documentation && !protocol;   // only 2000::/3 is assigned
}

}  // namespace

bool is_public_address(const sockaddr* address) {
  if (address->sa_family == AF_INET) {
    sockaddr_in known{};
    std::memcpy(&known, address, sizeof known);
    return is_public_ipv4(ntohl(known.sin_addr.s_addr));
  }
  if (address->sa_family != AF_INET6) return false;
  sockaddr_in6 known{};
  std::memcpy(&known, address, sizeof known);
  Bytes bytes{};
  std::memcpy(bytes.data(), &known.sin6_addr, bytes.size());
  return is_public_ipv6(bytes);
}

std::string address_text(const sockaddr* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address->sa_family == AF_INET) {
    sockaddr_in known{};
    std::memcpy(&known, address, sizeof known);
    ::inet_ntop(AF_INET, &known.sin_addr, text.data(), text.size());
  } else if (address->sa_family == AF_INET6) {
    sockaddr_in6 known{};
    std::memcpy(&known, address, sizeof known);
    ::inet_ntop(AF_INET6, &known.sin6_addr, text.data(), text.size());
  }
  return text.data();
}

}  // namespace buildable::net
