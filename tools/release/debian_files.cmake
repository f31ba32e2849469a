# Run by CPack before it packs: licences, Debian's changelog, lintian's overrides, compressed pages, and
# one time for all files. The directory is CPACK_TEMPORARY_INSTALL_DIRECTORY.
set(source ${CMAKE_CURRENT_LIST_DIR}/../..)
set(root ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr)
set(documents ${root}/share/doc/buildable)

file(RENAME ${documents}/CHANGELOG.md ${documents}/changelog)
file(REMOVE ${documents}/LICENSE)
file(COPY ${source}/packaging/copyright DESTINATION ${documents})
file(COPY ${source}/packaging/lintian-overrides DESTINATION ${root}/share/lintian/overrides)
file(RENAME ${root}/share/lintian/overrides/lintian-overrides ${root}/share/lintian/overrides/buildable)

# CPack installed into a folder of its own; the package's prefix is another.
include(${source}/cmake/units.cmake)
buildable_write_units(${root} /usr share/doc/buildable)

# Debian's own changelog: one entry that refers to ours. The time is SOURCE_DATE_EPOCH.
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(WRITE ${documents}/changelog.Debian
"buildable (${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; urgency=medium

  * New release; changelog.gz says what is in it.

 -- ${CPACK_PACKAGE_CONTACT}  ${date}
")
# zsh of Debian reads the completions of packages elsewhere than that of zsh's own installation.
file(RENAME ${root}/share/zsh/site-functions ${root}/share/zsh/vendor-completions)

file(GLOB compressed ${root}/share/man/man1/*.1 ${documents}/changelog ${documents}/changelog.Debian)
execute_process(COMMAND gzip -9n ${compressed} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND chmod -R u=rwX,go=rX ${root} COMMAND_ERROR_IS_FATAL ANY)
if(DEFINED ENV{SOURCE_DATE_EPOCH})
  execute_process(COMMAND find ${CPACK_TEMPORARY_INSTALL_DIRECTORY} -exec touch -h -d @$ENV{SOURCE_DATE_EPOCH} {} +
                  COMMAND_ERROR_IS_FATAL ANY)
endif()
