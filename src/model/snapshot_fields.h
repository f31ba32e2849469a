// The fields by which JSON and the compiled-in form spell the structs of model/snapshot.h. Only
// what reads or writes them includes this: it costs the compiler more than the structs do.
#pragma once

#include <tuple>

#include "base/fields.h"
#include "model/snapshot.h"

namespace buildable {

template <>
struct Fields<Evidence> {
  static constexpr auto list() {
    return std::tuple{required("source", &Evidence::source), optional("digest", &Evidence::digest),
                      optional("seen", &Evidence::seen), optional("note", &Evidence::note)};
  }
};
template <>
struct Fields<BuildpackReference> {
  static constexpr auto list() {
    return std::tuple{required("id", &BuildpackReference::id),
                      required("version", &BuildpackReference::version),
                      optional("optional", &BuildpackReference::optional)};
  }
};
template <>
struct Fields<Candidate> {
  static constexpr auto list() {
    return std::tuple{optional("lifecycle", &Candidate::lifecycle),
                      required("buildpacks", &Candidate::buildpacks),
                      optional("order", &Candidate::order),
                      required("evidence", &Candidate::evidence)};
  }
};
template <>
struct Fields<Target> {
  static constexpr auto list() {
    return std::tuple{required("os", &Target::os), required("arch", &Target::arch),
                      required("distro", &Target::distro),
                      required("distro_version", &Target::distro_version),
                      required("stack", &Target::stack)};
  }
};
template <>
struct Fields<Witness> {
  static constexpr auto list() {
    return std::tuple{
        required("runtime", &Witness::runtime), required("version", &Witness::version),
        optional("request", &Witness::request), optional("grammar", &Witness::grammar),
        required("evidence", &Witness::evidence)};
  }
};
template <>
struct Fields<Builder> {
  static constexpr auto list() {
    return std::tuple{
        required("reference", &Builder::reference), optional("digest", &Builder::digest),
        required("target", &Builder::target),       required("candidates", &Builder::candidates),
        optional("reasoning", &Builder::reasoning), optional("witnesses", &Builder::witnesses)};
  }
};
template <>
struct Fields<Track> {
  static constexpr auto list() {
    return std::tuple{required("name", &Track::name), required("builder", &Track::builder),
                      optional("runner", &Track::runner),
                      optional("valid_until", &Track::valid_until),
                      required("evidence", &Track::evidence)};
  }
};
template <>
struct Fields<Capability> {
  static constexpr auto list() {
    return std::tuple{required("runtime", &Capability::runtime),
                      required("buildpack", &Capability::buildpack),
                      required("version", &Capability::version),
                      optional("versions", &Capability::versions),
                      optional("oldest_series", &Capability::oldest_series),
                      optional("newest_series", &Capability::newest_series),
                      optional("series", &Capability::series),
                      optional("aliases", &Capability::aliases),
                      optional("default_version", &Capability::default_version),
                      optional("store", &Capability::store),
                      optional("repository", &Capability::repository),
                      required("evidence", &Capability::evidence)};
  }
};
template <>
struct Fields<Archive> {
  static constexpr auto list() {
    return std::tuple{required("version", &Archive::version), optional("since", &Archive::since)};
  }
};
template <>
struct Fields<ArchiveStore> {
  static constexpr auto list() {
    return std::tuple{required("id", &ArchiveStore::id),
                      required("runtime", &ArchiveStore::runtime),
                      required("complete", &ArchiveStore::complete),
                      required("archives", &ArchiveStore::archives),
                      required("evidence", &ArchiveStore::evidence)};
  }
};
template <>
struct Fields<ReleaseCycle> {
  static constexpr auto list() {
    return std::tuple{required("series", &ReleaseCycle::series),
                      optional("released", &ReleaseCycle::released),
                      optional("latest", &ReleaseCycle::latest),
                      optional("latest_released", &ReleaseCycle::latest_released),
                      optional("end_of_life", &ReleaseCycle::end_of_life)};
  }
};
template <>
struct Fields<RuntimeReleases> {
  static constexpr auto list() {
    return std::tuple{required("runtime", &RuntimeReleases::runtime),
                      required("cycles", &RuntimeReleases::cycles),
                      required("evidence", &RuntimeReleases::evidence)};
  }
};
template <>
struct Fields<Snapshot> {
  static constexpr auto list() {
    return std::tuple{required("schema_version", &Snapshot::schema_version),
                      required("platform", &Snapshot::platform),
                      required("effective", &Snapshot::effective),
                      required("observed", &Snapshot::observed),
                      required("tracks", &Snapshot::tracks),
                      required("builders", &Snapshot::builders),
                      required("capabilities", &Snapshot::capabilities),
                      required("stores", &Snapshot::stores),
                      optional("releases", &Snapshot::releases),
                      optional("notes", &Snapshot::notes)};
  }
};

}  // namespace buildable
