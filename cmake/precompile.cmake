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

# Under sanitizers tests themselves are not optimized, nor is it counted for the fuzzers what they
# reach: they compile in a third of the time.
function(buildable_precompile_tests target)
  target_compile_options(${target} PRIVATE ${BUILDABLE_TEST_OPTIONS})
  if(BUILDABLE_PCH)
    target_precompile_headers(${target} REUSE_FROM buildable_test_headers)
  endif()
endfunction()

# The linker takes one copy of each template, the first: under sanitizers the optimized one of what is
# tested. So the libraries stand before the objects of the tests, whole.
function(buildable_libraries_first target)
  if(NOT BUILDABLE_SANITIZE)
    return()
  endif()
  set(waiting ${target})
  set(found "")
  while(waiting)
    list(POP_FRONT waiting next)
    get_target_property(links ${next} LINK_LIBRARIES)
    foreach(link IN LISTS links)
      if(TARGET ${link} AND link MATCHES "^buildable_" AND NOT link IN_LIST found AND NOT link STREQUAL buildable_world)
        get_target_property(type ${link} TYPE)
        if(type STREQUAL STATIC_LIBRARY)
          list(APPEND found ${link})
          list(APPEND waiting ${link})
        endif()
      endif()
    endforeach()
  endwhile()
  set(files "")
  foreach(library IN LISTS found)
    string(APPEND files " $<TARGET_FILE:${library}>")
  endforeach()
  if(found)
    target_link_options(${target} PRIVATE "SHELL:-Wl,--whole-archive${files} -Wl,--no-whole-archive")
  endif()
endfunction()

# A library of nothing but the precompiled header.
function(buildable_header_set name)
  add_library(${name} OBJECT ${PROJECT_SOURCE_DIR}/cmake/nothing.cpp)
  target_link_libraries(${name} PRIVATE buildable_options)
  target_precompile_headers(${name} PRIVATE ${ARGN})
endfunction()

set(BUILDABLE_TEST_OPTIONS "")
if(BUILDABLE_SANITIZE)
  set(BUILDABLE_TEST_OPTIONS -O0)
endif()
if(BUILDABLE_SANITIZE MATCHES fuzzer)
  list(APPEND BUILDABLE_TEST_OPTIONS -fno-sanitize=fuzzer-no-link)
endif()

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
    target_compile_options(buildable_test_headers PRIVATE ${BUILDABLE_TEST_OPTIONS})
  endif()
endif()

# Whole builds compile several sources of a target at once (CMAKE_UNITY_BUILD in the presets): headers
# and templates are then read once for all of them. These sources are compiled one by one: each is
# one of a row of equals and repeats the private names of the others.
function(buildable_one_by_one target)
  file(GLOB sources CONFIGURE_DEPENDS ${ARGN})
  set_source_files_properties(${sources} TARGET_DIRECTORY ${target} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
