// Whatever the bytes are, the OSM import makes a network of them or says in one sentence why not.
// The first byte chooses the format: 'p' for .osm.pbf, all others for XML.
#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/base/error.h"
#include "sim/city/connected_part.h"
#include "sim/import/osm/roads.h"
#include "sim/synthesis/junctions.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1) return 0;
    const std::span bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    try {
        shahr::City city;
        shahr::ImportReport report;
        const auto roads = shahr::osm::read_road_data(bytes, data[0] == 'p' ? "pbf" : "osm", "fuzz");
        const auto hints = shahr::osm::import_roads(roads, "", city, report);
        shahr::synthesise_junctions(city, hints, report);
        shahr::mark_connected_part(city.network);
    } catch (const shahr::InputError&) {
    }
    return 0;
}
