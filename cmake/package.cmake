# The Debian package, by CPack: `./dev release` calls it. tools/release/debian_files.cmake adds what
# Debian wants of every package and gives all files one time.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME buildable)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT ${BUILDABLE_CONTACT})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/tools/release/debian_files.cmake)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_HOMEPAGE ${BUILDABLE_HOME})
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
if(BUILDABLE_NETWORK_STATIC)
  set(CPACK_DEBIAN_PACKAGE_DEPENDS ca-certificates)
else()
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
  set(CPACK_DEBIAN_PACKAGE_DEPENDS ca-certificates)
endif()
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "git, openssh-client")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Update bots move runtime versions faster than the Build Service of Wikimedia
Toolforge can build them. This program knows what each track of Toolforge
builds, and says it to Renovate, Dependabot, CI and people in their own words:
presets, ignore blocks, data, and a check that foretells the build of a
repository. It can publish all of this to a git repository, and serve it.")
include(CPack)
