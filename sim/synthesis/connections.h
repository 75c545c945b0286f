// What becomes of the buildings' connections to networks that stand, where the stock of buildings has changed.
#pragma once
#include "sim/city/city.h"
#include "sim/import/report.h"

namespace shahr {

// `before`: the systems as they were when the networks were laid, for the same buildings in the same order. A house that has left
// district heat is shut off, and its pipes stay; one that has come to it gets no pipe: its heat comes without bound. So does the
// electricity of a building that had none. The report counts each.
void keep_connections(City& city, const BuildingSystems& before, ImportReport& report);

}  // namespace shahr
