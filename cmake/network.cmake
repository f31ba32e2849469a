# The network. What needs it is a second program: `buildable` stays small and starts in a millisecond.
# It runs buildable-network for the commands that need it.
#
# Debian's libcurl.a and libmicrohttpd.a cannot be linked statically: they refer to libraries of which
# Debian has no archives (Kerberos, p11-kit). tools/release/libraries.sh builds both from Debian's own
# sources without these parts; everything else is Debian's archives.
if(BUILDABLE_NETWORK STREQUAL OFF)
  return()
endif()

if(BUILDABLE_NETWORK_PREFIX)
  set(ENV{PKG_CONFIG_PATH} ${BUILDABLE_NETWORK_PREFIX}/lib/pkgconfig)
  set(PKG_CONFIG_ARGN --define-prefix)
endif()
pkg_check_modules(CURL IMPORTED_TARGET libcurl>=7.85)
pkg_check_modules(ARCHIVE IMPORTED_TARGET libarchive)
pkg_check_modules(BROTLI IMPORTED_TARGET libbrotlienc)
pkg_check_modules(ZLIB IMPORTED_TARGET zlib)
pkg_check_modules(MICROHTTPD IMPORTED_TARGET libmicrohttpd)
# The log of what runs unattended.
find_package(spdlog QUIET)
find_package(Threads REQUIRED)

# The libraries of buildable-network, each under one name however it is linked.
function(buildable_network_library name shared)
  add_library(buildable_${name} INTERFACE)
  if(BUILDABLE_NETWORK_STATIC)
    foreach(archive ${ARGN})
      string(MAKE_C_IDENTIFIER ARCHIVE_${archive} found)
      find_library(${found} NAMES lib${archive}.a HINTS ${BUILDABLE_NETWORK_PREFIX}/lib REQUIRED)
      target_link_libraries(buildable_${name} INTERFACE ${${found}})
    endforeach()
    target_include_directories(buildable_${name} SYSTEM INTERFACE ${BUILDABLE_NETWORK_PREFIX}/include)
  else()
    target_link_libraries(buildable_${name} INTERFACE ${shared})
  endif()
endfunction()

# The handler of the HTTP service is pure; what it compresses with is a library of functions.
if(BROTLI_FOUND AND ZLIB_FOUND)
  buildable_network_library(compression "PkgConfig::BROTLI;PkgConfig::ZLIB" brotlienc brotlicommon z)
  buildable_library(serve buildable_report buildable_compression)
endif()
if(TARGET buildable_serve AND MICROHTTPD_FOUND)
  buildable_network_library(httpd PkgConfig::MICROHTTPD microhttpd)
  file(GLOB transport_sources CONFIGURE_DEPENDS src/serve/transport/*.cpp)
  add_library(buildable_transport STATIC ${transport_sources})
  buildable_precompile(buildable_transport)
  target_link_libraries(buildable_transport PUBLIC buildable_serve buildable_httpd Threads::Threads)
endif()

if(CURL_FOUND AND ARCHIVE_FOUND AND spdlog_FOUND AND TARGET buildable_transport)
  buildable_network_library(curl PkgConfig::CURL curl cares ssl crypto nghttp2 brotlidec brotlicommon zstd z)
  buildable_network_library(archive PkgConfig::ARCHIVE archive nettle acl lzma zstd lz4 bz2 z xml2 icuuc icudata)
  buildable_library(net buildable_store buildable_curl buildable_archive)
  buildable_library(observe buildable_ingest buildable_policy buildable_net)
  file(GLOB app_network_sources CONFIGURE_DEPENDS src/app/network/*.cpp)
  add_library(buildable_app_network STATIC ${app_network_sources})
  buildable_precompile(buildable_app_network)
  target_link_libraries(buildable_app_network PUBLIC buildable_app buildable_observe buildable_serve Threads::Threads)
  file(GLOB network_sources CONFIGURE_DEPENDS src/cli/network/*.cpp)
  add_executable(buildable-network ${network_sources})
  buildable_precompile(buildable-network)
  target_link_libraries(buildable-network PRIVATE buildable_cli buildable_app_network buildable_transport)
  if(BUILDABLE_NETWORK_STATIC)
    # Debian has neither spdlog nor fmt as archives; both can be used as headers alone.
    find_package(fmt REQUIRED)
    target_compile_definitions(buildable-network PRIVATE SPDLOG_FMT_EXTERNAL)
    target_link_libraries(buildable-network PRIVATE fmt::fmt-header-only)
    target_link_options(buildable-network PRIVATE -static-pie)
  else()
    target_link_libraries(buildable-network PRIVATE spdlog::spdlog)
  endif()
elseif(BUILDABLE_NETWORK STREQUAL ON)
  message(FATAL_ERROR "BUILDABLE_NETWORK is ON, and libcurl (7.85 or later), libarchive, libmicrohttpd, "
                      "libspdlog, libbrotlienc or zlib is missing")
else()
  message(STATUS "libcurl (7.85 or later), libarchive, libmicrohttpd, libspdlog, libbrotlienc or zlib is missing: "
                 "no commands that use the network")
endif()
