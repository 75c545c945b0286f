// Stands in, weakly, for the import whose own file comes next; goes when it is there.
#include "sim/base/error.h"
#include "sim/import/osm_import.h"

namespace shahr {

[[gnu::weak]] City import_osm(const std::filesystem::path& file, const OsmOptions&, ImportReport&) {
    throw InputError(file.string() + " (OpenStreetMap extracts cannot be imported yet) a SUMO network");
}

}  // namespace shahr
