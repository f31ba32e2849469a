# The standard headers that nearly every file includes, and for the tests doctest and nlohmann_json,
# read once. A file still includes what it uses: with -DBUILDABLE_PCH=OFF everything builds the same,
# only slower. <filesystem> stays outside: its std::quoted is found before ours.
#
# ccache must be told that it may trust a precompiled header; the launcher tells it. The header
# itself is cached too, and is the same in every clone.

function(buildable_precompile target)
  if(BUILDABLE_PCH)
    target_precompile_headers(${target} REUSE_FROM buildable_headers)
  endif()
endfunction()

function(buildable_precompile_tests target)
  if(BUILDABLE_PCH)
    target_precompile_headers(${target} REUSE_FROM buildable_test_headers)
  endif()
endfunction()

# The same for tests that mostly wait for programs, servers and files: under sanitizers they are not
# optimized, and compile in half the time. (Where a test works itself this costs more than it saves:
# the linker takes one copy of each template, for the tests and for what they test.)
function(buildable_precompile_waiting_tests target)
  if(NOT BUILDABLE_SANITIZE)
    buildable_precompile_tests(${target})
    return()
  endif()
  target_compile_options(${target} PRIVATE -O0)
  if(BUILDABLE_PCH)
    target_precompile_headers(${target} REUSE_FROM buildable_waiting_test_headers)
  endif()
endfunction()

# A library of nothing but the precompiled header.
function(buildable_header_set name)
  add_library(${name} OBJECT ${PROJECT_SOURCE_DIR}/cmake/nothing.cpp)
  target_link_libraries(${name} PRIVATE buildable_options)
  target_precompile_headers(${name} PRIVATE ${ARGN})
endfunction()

set(BUILDABLE_STANDARD_HEADERS
    <algorithm> <array> <charconv> <chrono> <cstdint> <cstdlib> <functional> <map> <memory> <optional> <set>
    <span> <string> <string_view> <tuple> <utility> <variant> <vector> <tl/expected.hpp>)

if(BUILDABLE_PCH)
  # What the compilers need for a header that depends on its content alone, not on its time.
  target_compile_options(
    buildable_options
    INTERFACE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fpch-preprocess>
              "$<$<COMPILE_LANG_AND_ID:CXX,Clang>:SHELL:-Xclang -fno-pch-timestamp>")
  buildable_header_set(buildable_headers ${BUILDABLE_STANDARD_HEADERS})
  if(BUILDABLE_TESTS)
    find_package(doctest REQUIRED)
    set(BUILDABLE_TEST_HEADERS ${BUILDABLE_STANDARD_HEADERS} <doctest/doctest.h> <fstream> <nlohmann/json.hpp> <random>)
    buildable_header_set(buildable_test_headers ${BUILDABLE_TEST_HEADERS})
    target_link_libraries(buildable_test_headers PRIVATE doctest::doctest)
    if(BUILDABLE_SANITIZE)
      buildable_header_set(buildable_waiting_test_headers ${BUILDABLE_TEST_HEADERS})
      target_compile_options(buildable_waiting_test_headers PRIVATE -O0)
      target_link_libraries(buildable_waiting_test_headers PRIVATE doctest::doctest)
    endif()
  endif()
endif()

# Whole builds compile several sources of a target at once (CMAKE_UNITY_BUILD in the presets): headers
# and templates are then read once for all of them. These sources are compiled one by one: each is
# one of a row of equals and repeats the private names of the others.
function(buildable_one_by_one target)
  file(GLOB sources CONFIGURE_DEPENDS ${ARGN})
  set_source_files_properties(${sources} TARGET_DIRECTORY ${target} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
