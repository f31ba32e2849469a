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

install(FILES LICENSE README.md CHANGELOG.md SECURITY.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING PATTERN "*.md" PATTERN decisions EXCLUDE
        PATTERN ci EXCLUDE PATTERN jobs EXCLUDE PATTERN monitoring EXCLUDE)
install(FILES packaging/buildable.toml DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(DIRECTORY docs/jobs docs/ci docs/monitoring DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples
        PATTERN "*.service" EXCLUDE PATTERN "*.timer" EXCLUDE)
# Where systemd reads units of packages; below the prefix, so that no root is needed to try it.
install(FILES docs/jobs/buildable-publish.service docs/jobs/buildable-publish.timer docs/jobs/buildable-serve.service
        DESTINATION lib/systemd/system)
if(UNIX)
  include(cmake/package.cmake)
endif()
