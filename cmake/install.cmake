# What `cmake --install` and the package hold: programs, manual pages, completion scripts, systemd
# units, example settings, alert rules, the licence.
install(TARGETS buildable)
if(TARGET buildable-network)
  install(TARGETS buildable-network DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/buildable)
endif()

if(BUILDABLE_DOCUMENTS)
  add_executable(buildable_documents tools/documents.cpp)
  buildable_precompile(buildable_documents)
  target_link_libraries(buildable_documents PRIVATE buildable_cli)
  set(documents ${PROJECT_BINARY_DIR}/share)
  add_custom_command(
    OUTPUT ${documents}/made
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${documents}
    COMMAND buildable_documents ${documents} "${BUILDABLE_DATE}"
    COMMAND ${CMAKE_COMMAND} -E touch ${documents}/made
    DEPENDS buildable_documents
    COMMENT "Writing manual pages and completion scripts"
    VERBATIM)
  add_custom_target(documents ALL DEPENDS ${documents}/made)
  install(DIRECTORY ${documents}/ DESTINATION ${CMAKE_INSTALL_DATADIR} PATTERN made EXCLUDE)
endif()

# What the README sends people to, where it says so: links in installed documents work. ARCHITECTURE.md and
# the rest are for work on the source.
install(FILES LICENSE README.md CHANGELOG.md SECURITY.md action.yml .pre-commit-hooks.yaml
        DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs templates deploy DESTINATION ${CMAKE_INSTALL_DOCDIR} USE_SOURCE_PERMISSIONS)
install(FILES packaging/buildable.toml DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
# Where systemd reads units of packages; below the prefix, so that no root is needed to try it.
file(GLOB units CONFIGURE_DEPENDS docs/jobs/*.service docs/jobs/*.timer)
install(FILES ${units} DESTINATION lib/systemd/system)
# They call the program where it will be: below the prefix, or below BUILDABLE_PREFIX of the environment where
# what is installed is packed to be unpacked there.
install(CODE "include(\"${PROJECT_SOURCE_DIR}/cmake/units.cmake\")
set(prefix \"\${CMAKE_INSTALL_PREFIX}\")
if(DEFINED ENV{BUILDABLE_PREFIX})
  set(prefix \"\$ENV{BUILDABLE_PREFIX}\")
endif()
buildable_write_units(\"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}\" \"\${prefix}\" \"${CMAKE_INSTALL_DOCDIR}\")")
if(UNIX)
  include(cmake/package.cmake)
endif()
