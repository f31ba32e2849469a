# buildable_rules_text reads rules/; buildable_rules is that and rules/ itself, compiled in. Only what
# needs the latter waits for, and fails with, the reading of the files.
file(GLOB rules_sources CONFIGURE_DEPENDS src/rules/*.cpp)
list(REMOVE_ITEM rules_sources ${PROJECT_SOURCE_DIR}/src/rules/embedded.cpp)
add_library(buildable_rules_text STATIC ${rules_sources})
buildable_precompile(buildable_rules_text)
target_link_libraries(buildable_rules_text PUBLIC buildable_model)

add_executable(buildable_embed tools/embed.cpp)
buildable_precompile(buildable_embed)
target_link_libraries(buildable_embed PRIVATE buildable_policy)

# Relative names, so that errors read the same everywhere.
file(GLOB rules_files RELATIVE ${PROJECT_SOURCE_DIR} CONFIGURE_DEPENDS
     rules/platforms/*.toml rules/runtimes/*.toml rules/snapshots/*/*.json)
list(TRANSFORM rules_files PREPEND ${PROJECT_SOURCE_DIR}/ OUTPUT_VARIABLE rules_paths)
set(BUILDABLE_EMBEDDED_BYTES ${PROJECT_BINARY_DIR}/embedded.bin)
add_custom_command(
  OUTPUT ${BUILDABLE_EMBEDDED_BYTES}
  COMMAND buildable_embed ${BUILDABLE_EMBEDDED_BYTES} ${rules_files}
  DEPENDS buildable_embed ${rules_paths}
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
  COMMENT "Reading rules/"
  VERBATIM)

add_library(buildable_rules STATIC src/rules/embedded.cpp)
buildable_embedded_file(buildable_rules embedded_bundle ${BUILDABLE_EMBEDDED_BYTES})
target_link_libraries(buildable_rules PUBLIC buildable_rules_text)
