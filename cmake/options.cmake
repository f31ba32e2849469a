# What the options of CMakeLists.txt decide.
include(GNUInstallDirs)

if(NOT BUILDABLE_CCACHE STREQUAL OFF AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(CCACHE ccache)
  if(CCACHE)
    # A precompiled header is cached by its content.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
  elseif(BUILDABLE_CCACHE STREQUAL ON)
    message(FATAL_ERROR "BUILDABLE_CCACHE is ON, and there is no ccache")
  endif()
endif()

# An archive for what is linked statically, else the shared library alone.
function(buildable_find_library variable name)
  if(BUILDABLE_STATIC OR BUILDABLE_NETWORK_STATIC)
    find_library(${variable} NAMES lib${name}.a ${name} REQUIRED)
  else()
    find_library(${variable} NAMES lib${name}.so REQUIRED)
  endif()
endfunction()

# Where buildable looks for buildable-network when it does not lie beside it: from the folder of the
# one to that of the other, so that an installation can be moved.
file(RELATIVE_PATH BUILDABLE_LIBEXEC ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBEXECDIR}/buildable)

# The commit: as given; else as `git archive` wrote it into cmake/commit.txt; else as git says.
set(BUILDABLE_COMMIT_KNOWN ${BUILDABLE_COMMIT})
if(BUILDABLE_COMMIT STREQUAL AUTO)
  file(STRINGS ${PROJECT_SOURCE_DIR}/cmake/commit.txt exported LIMIT_COUNT 1)
  set(BUILDABLE_COMMIT_KNOWN "")
  if(exported MATCHES "^([0-9a-f]+) ")
    set(BUILDABLE_COMMIT_KNOWN ${CMAKE_MATCH_1})
  else()
    find_package(Git QUIET)
    if(Git_FOUND AND EXISTS ${PROJECT_SOURCE_DIR}/.git)
      execute_process(COMMAND ${GIT_EXECUTABLE} rev-parse HEAD WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
                      OUTPUT_VARIABLE BUILDABLE_COMMIT_KNOWN OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    endif()
  endif()
endif()
